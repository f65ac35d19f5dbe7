-- What is taken on a day, of every space, is counted from the index alone.
drop index booking.booking_by_day;
create index booking_by_day on booking.booking (network_id, local_day, kind, space_id)
  include (part, resource_id, held_until) where status <> 'cancelled';
