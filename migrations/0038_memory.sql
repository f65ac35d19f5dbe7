-- What changes seldom is kept by each process for as long as its revision here is the same: one small row is read instead of many.
create sequence platform.revision_number;

create table platform.revision (
  network_id text not null references people.network,
  subject text not null,
  -- Drawn anew by each statement that changes something, and never given back: no two states bear the same.
  revision bigint not null,
  primary key (network_id, subject)
);
call platform.isolate('platform.revision');

create function platform.revise() returns trigger language plpgsql as $$
begin
  insert into platform.revision (network_id, subject, revision)
  select network_id, tg_argv[0], nextval('platform.revision_number')
  from (select distinct network_id from changed order by network_id) networks
  on conflict (network_id, subject) do update set revision = excluded.revision;
  return null;
end $$;

-- A statement that changes rows of the table gives the subject another revision, in the same transaction.
create procedure platform.watch(target regclass, subject text) language plpgsql as $$
begin
  execute format('create trigger revised_by_insert after insert on %s referencing new table as changed
    for each statement execute function platform.revise(%L)', target, subject);
  execute format('create trigger revised_by_update after update on %s referencing new table as changed
    for each statement execute function platform.revise(%L)', target, subject);
  execute format('create trigger revised_by_delete after delete on %s referencing old table as changed
    for each statement execute function platform.revise(%L)', target, subject);
end $$;

call platform.watch('spaces.space', 'places');
call platform.watch('spaces.resource', 'places');
call platform.watch('spaces.weekly_hours', 'places');
call platform.watch('spaces.closure', 'places');
call platform.watch('spaces.tariff', 'places');
call platform.watch('booking.policy', 'places');

-- Places that changed, gathered and announced together: a job of the queue for each would cost as much as what it tells of.
create table platform.change (
  network_id text not null,
  change_id bigint not null generated always as identity,
  event text not null,
  space_id text not null,
  local_day date not null,
  primary key (network_id, change_id)
);
call platform.isolate('platform.change');

-- Announces what changed since last time, once, spaces that changed on the same days together; says how many announcements it made.
create function platform.tell_changes() returns integer language plpgsql as $$
declare
  network text;
  told integer := 0;
  here integer;
begin
  for network in select network_id from people.network order by 1 loop
    perform set_config('app.network', network, true);
    with taken as (
      delete from platform.change where network_id = network returning event, space_id, local_day),
    by_space as (
      select event, space_id, array_agg(distinct local_day order by local_day) as days from taken group by event, space_id),
    alike as (
      select event, days, array_agg(space_id order by space_id) as spaces from by_space group by event, days)
    select count(platform.announce(event,
        json_build_object('space_ids', spaces, 'days', days, 'network_id', network))) into here from alike;
    told := told + here;
  end loop;
  return told;
end $$;

-- What bookings take and give back, by whichever path: a row each, for what is looked at is one booking, most often.
create function booking.note_change() returns trigger language plpgsql as $$
begin
  insert into platform.change (network_id, event, space_id, local_day)
  values (new.network_id, tg_argv[0], new.space_id, new.local_day);
  return null;
end $$;
create trigger what_is_taken_is_announced after insert on booking.booking
  for each row when (new.status = 'confirmed') execute function booking.note_change('booking.taken');
create trigger what_changes_is_announced after update on booking.booking
  for each row when (new.status = 'confirmed'
    and (old.status, old.resource_id, old.during) is distinct from (new.status, new.resource_id, new.during))
  execute function booking.note_change('booking.taken');
create trigger what_is_given_back_is_announced after update on booking.booking
  for each row when (new.status = 'cancelled' and old.status <> 'cancelled')
  execute function booking.note_change('booking.freed');
