-- One waits for hours of a place too, from and to on the space's wall, as a booking by the hour has them; `part` says then which
-- halves of the day they meet.
alter table booking.wait
  add column begins_min smallint,
  add column ends_min smallint,
  add constraint hours_waited_for_are_whole_quarters_of_one_day check (
    num_nulls(begins_min, ends_min) in (0, 2)
    and (begins_min is null or 0 <= begins_min and begins_min < ends_min and ends_min <= 1440
      and begins_min % 15 = 0 and ends_min % 15 = 0)),
  add constraint only_some_places_are_waited_for_by_the_hour
    check (begins_min is null or kind in ('meeting_room', 'phone_booth', 'parking'));
-- Two waits for a part of the day have no hours, and are one all the same.
drop index booking.one_wait_for_a_place_at_a_time;
create unique index one_wait_for_a_place_at_a_time
  on booking.wait (network_id, person_id, space_id, kind, local_day, part, begins_min, ends_min) nulls not distinct
  where status = 'waiting';
