-- Calendars kept elsewhere: of a person, or of one place of a space. Of what they hold, times alone are kept. A place that is taken
-- there is blocked here by the constraint that parts two bookings.
create schema calendars;

create table calendars.outer_calendar (
  network_id text not null references people.network,
  calendar_id text not null check (calendar_id ~ '^cal_[0-9a-z]{8,40}$'),
  person_id text check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  space_id text,
  resource_id text,
  -- Whoever knows the address reads the calendar: sealed under the installation's secret. Its host is shown.
  address_sealed bytea not null,
  address_mac bytea not null,
  host text not null,
  added_at timestamptz not null,
  next_read_at timestamptz not null,
  -- When it was last read whole, what the server said then to know it again, and what of it could not be read.
  read_at timestamptz,
  etag text,
  unread integer not null default 0 check (unread >= 0),
  -- Why the last attempt failed; null when it did not.
  failure text,
  failures integer not null default 0 check (failures >= 0),
  primary key (network_id, calendar_id),
  constraint a_calendar_is_of_a_person_or_of_a_place check (num_nonnulls(person_id, resource_id) = 1),
  constraint a_place_stands_in_its_space check ((resource_id is null) = (space_id is null)),
  constraint one_outer_calendar_per_place unique (network_id, resource_id),
  constraint one_address_once_a_person unique (network_id, person_id, address_mac),
  foreign key (network_id, space_id, resource_id) references spaces.resource (network_id, space_id, resource_id)
);
create index outer_calendar_due on calendars.outer_calendar (network_id, next_read_at);
call platform.isolate('calendars.outer_calendar');

create table calendars.busy (
  network_id text not null,
  calendar_id text not null,
  during tstzrange not null check (not isempty(during) and not lower_inf(during) and not upper_inf(during)),
  foreign key (network_id, calendar_id) references calendars.outer_calendar (network_id, calendar_id) on delete cascade,
  constraint busy_times_of_a_calendar_are_apart exclude using gist (
    network_id with =, calendar_id with =, during with &&)
);
call platform.isolate('calendars.busy');

-- Taken by an outer calendar, for nobody: it holds its place like a booking.
alter table booking.booking
  drop constraint booking_status_check,
  add constraint booking_status_check check (status in ('held', 'requested', 'confirmed', 'cancelled', 'blocked')),
  drop constraint only_what_is_pending_ends_by_itself,
  add constraint only_what_is_pending_ends_by_itself check (
    case when status in ('confirmed', 'blocked') then held_until is null when status = 'cancelled' then true
      else held_until is not null end),
  add constraint what_is_blocked_costs_nobody check (status <> 'blocked' or price_eur_cents = 0 and contract_id is null);
create index booking_blocked on booking.booking (network_id, resource_id) where status = 'blocked';

-- What an outer calendar no longer takes is given back like any place.
create function booking.note_unblocked() returns trigger language plpgsql as $$
begin
  insert into platform.change (network_id, event, space_id, local_day)
  values (old.network_id, 'booking.freed', old.space_id, old.local_day);
  return null;
end $$;
create trigger what_is_unblocked_is_announced after delete on booking.booking
  for each row when (old.status = 'blocked') execute function booking.note_unblocked();

-- A place that its calendar alone takes may be withdrawn.
create or replace function booking.refuse_withdrawal() returns trigger language plpgsql as $$
begin
  if exists (select from booking.booking b
    where b.network_id = new.network_id and b.resource_id = new.resource_id and b.status not in ('cancelled', 'blocked')
      and b.local_day >= new.withdrawn_from) then
    raise exception '% has bookings on or after %', new.resource_id, new.withdrawn_from
      using errcode = 'integrity_constraint_violation', constraint = 'a_withdrawn_place_has_no_booking_to_come';
  end if;
  return null;
end $$;
