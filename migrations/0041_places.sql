-- More kinds of place, places withdrawn from a day on, hours beside half-days, terms of a week or a month, and time kept free
-- between two bookings.
alter table spaces.resource
  drop constraint resource_kind_check,
  add constraint resource_kind_check
    check (kind in ('desk', 'office', 'meeting_room', 'phone_booth', 'locker', 'parking')),
  -- The first day on which it is no longer offered; what was booked in it before stays.
  add column withdrawn_from date,
  -- In a unique key, so that a withdrawal locks the row against bookings, which hold it by their foreign key.
  add constraint a_withdrawal_waits_for_bookings unique (network_id, resource_id, withdrawn_from);

alter table spaces.tariff
  drop constraint tariff_kind_check,
  drop constraint tariff_part_check,
  add constraint tariff_kind_check
    check (kind in ('desk', 'office', 'meeting_room', 'phone_booth', 'locker', 'parking')),
  add constraint tariff_part_check check (part in ('hour', 'half_day', 'day', 'week', 'month')),
  add constraint only_some_places_go_by_the_hour
    check (part <> 'hour' or kind in ('meeting_room', 'phone_booth', 'parking')),
  add constraint only_some_places_go_by_the_term
    check (part not in ('week', 'month') or kind in ('desk', 'office', 'locker', 'parking'));

alter table booking.wait
  drop constraint wait_kind_check,
  add constraint wait_kind_check
    check (kind in ('desk', 'office', 'meeting_room', 'phone_booth', 'locker', 'parking'));

alter table booking.policy
  drop constraint policy_by_host_check,
  add constraint policy_by_host_check
    check (by_host <@ array['desk', 'office', 'meeting_room', 'phone_booth', 'locker', 'parking']),
  add column buffer_minutes smallint not null default 0 check (buffer_minutes between 0 and 240);

alter table booking.booking
  drop constraint booking_kind_check,
  drop constraint one_booking_per_desk_at_a_time,
  drop constraint one_desk_per_person_at_a_time,
  -- Minutes from midnight on the space's wall, for what is booked by the hour; `part` says then which halves of the day it meets.
  add column begins_min smallint,
  add column ends_min smallint,
  -- How often its hours or its desk were changed under it; calendars are told by it.
  add column amended smallint not null default 0 check (amended >= 0),
  -- What a week or a month booked at once has in common.
  add column term_id text check (term_id ~ '^trm_[0-9a-z]{8,40}$'),
  add column keeps tstzrange;
-- A rewrite fills it for every network, which an update under row-level security would not.
alter table booking.booking alter column keeps type tstzrange using during;
alter table booking.booking
  alter column keeps set not null,
  add constraint booking_kind_check
    check (kind in ('desk', 'office', 'meeting_room', 'phone_booth', 'locker', 'parking')),
  add constraint hours_are_whole_quarters_of_one_day check (
    num_nulls(begins_min, ends_min) in (0, 2)
    and (begins_min is null or 0 <= begins_min and begins_min < ends_min and ends_min <= 1440
      and begins_min % 15 = 0 and ends_min % 15 = 0)),
  add constraint only_some_places_are_booked_by_the_hour
    check (begins_min is null or kind in ('meeting_room', 'phone_booth', 'parking')),
  add constraint a_term_is_made_of_days check (term_id is null or begins_min is null),
  add constraint what_is_kept_holds_what_is_booked check (keeps @> during),
  add constraint one_booking_per_desk_at_a_time exclude using gist (
    network_id with =, resource_id with =, keeps with &&) where (status <> 'cancelled'),
  -- Where someone sits for the day, and where for an hour of it: one of each. Nobody sits in a locker.
  add constraint one_desk_per_person_at_a_time exclude using gist (
    network_id with =, person_id with =, during with &&)
    where (status <> 'cancelled' and guest_id is null and begins_min is null and kind in ('desk', 'office', 'meeting_room', 'phone_booth')),
  add constraint one_hour_per_person_at_a_time exclude using gist (
    network_id with =, person_id with =, during with &&)
    where (status <> 'cancelled' and guest_id is null and begins_min is not null and kind in ('meeting_room', 'phone_booth'));
create index booking_by_term on booking.booking (network_id, term_id) where term_id is not null;

-- Under a lock until the end of the transaction: whoever withdraws the place meanwhile waits, and then sees what was booked.
create function spaces.offers(of_network text, of_resource text, on_day date) returns boolean language plpgsql as $$
declare
  first_day_without date;
begin
  select withdrawn_from into first_day_without from spaces.resource
    where network_id = of_network and resource_id = of_resource for key share;
  return first_day_without is null or on_day < first_day_without;
end $$;

create function booking.refuse_withdrawn() returns trigger language plpgsql as $$
begin
  if not spaces.offers(new.network_id, new.resource_id, new.local_day) then
    raise exception '% is withdrawn on %', new.resource_id, new.local_day
      using errcode = 'integrity_constraint_violation', constraint = 'a_withdrawn_place_is_not_booked';
  end if;
  return null;
end $$;
create constraint trigger a_withdrawn_place_is_not_booked
  after insert or update of status, resource_id, local_day on booking.booking
  for each row when (new.status <> 'cancelled') execute function booking.refuse_withdrawn();

create function booking.refuse_withdrawal() returns trigger language plpgsql as $$
begin
  if exists (select from booking.booking b
    where b.network_id = new.network_id and b.resource_id = new.resource_id and b.status <> 'cancelled'
      and b.local_day >= new.withdrawn_from) then
    raise exception '% has bookings on or after %', new.resource_id, new.withdrawn_from
      using errcode = 'integrity_constraint_violation', constraint = 'a_withdrawn_place_has_no_booking_to_come';
  end if;
  return null;
end $$;
create constraint trigger a_withdrawn_place_has_no_booking_to_come
  after update of withdrawn_from on spaces.resource
  for each row when (new.withdrawn_from is not null) execute function booking.refuse_withdrawal();
