-- Places and people are compared by 64 bits of their ids: a third of what writing a booking costs was comparing texts. Two that share them
-- by chance, one pair in ten billion billion, would be taken for one: a place refused, never one had twice.
alter table booking.booking
  drop constraint one_booking_per_desk_at_a_time,
  drop constraint one_desk_per_person_at_a_time,
  drop constraint one_hour_per_person_at_a_time,
  add constraint one_booking_per_desk_at_a_time exclude using gist (
    hashtextextended(network_id || resource_id, 0) with =, keeps with &&) where (status <> 'cancelled'),
  add constraint one_desk_per_person_at_a_time exclude using gist (
    hashtextextended(network_id || person_id, 0) with =, during with &&)
    where (status <> 'cancelled' and guest_id is null and begins_min is null and kind in ('desk', 'office', 'meeting_room', 'phone_booth')),
  add constraint one_hour_per_person_at_a_time exclude using gist (
    hashtextextended(network_id || person_id, 0) with =, during with &&)
    where (status <> 'cancelled' and guest_id is null and begins_min is not null and kind in ('meeting_room', 'phone_booth'));

-- The row of the place is held by the booking's foreign key, whose trigger comes first by its name: whoever withdraws the place waits,
-- or has been waited for, and is seen here.
create or replace function booking.refuse_withdrawn() returns trigger language plpgsql as $$
begin
  if exists (select from spaces.resource r
    where r.network_id = new.network_id and r.resource_id = new.resource_id and r.withdrawn_from <= new.local_day) then
    raise exception '% is withdrawn on %', new.resource_id, new.local_day
      using errcode = 'integrity_constraint_violation', constraint = 'a_withdrawn_place_is_not_booked';
  end if;
  return null;
end $$;

create or replace function booking.refuse_withdrawal() returns trigger language plpgsql as $$
begin
  if exists (select from booking.booking b
    where b.network_id = new.network_id and b.space_id = new.space_id and b.resource_id = new.resource_id
      and b.status not in ('cancelled', 'blocked') and b.local_day >= new.withdrawn_from) then
    raise exception '% has bookings on or after %', new.resource_id, new.withdrawn_from
      using errcode = 'integrity_constraint_violation', constraint = 'a_withdrawn_place_has_no_booking_to_come';
  end if;
  return null;
end $$;
