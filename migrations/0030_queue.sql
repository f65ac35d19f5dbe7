-- A booking moved to another time or desk is given back and booked again in one transaction: the new one says which it continues.
alter table booking.booking
  add column continues text check (continues ~ '^bkg_[0-9a-z]{8,40}$'),
  add column moves smallint not null default 0 check (moves >= 0),
  add constraint only_a_moved_booking_continues_another check ((moves = 0) = (continues is null));
create unique index one_booking_continues_another_at_a_time on booking.booking (network_id, continues, moves)
  where continues is not null;

-- Who wants a place where everything is taken, in the order in which they asked. A place given back goes to the first of them.
create table booking.wait (
  network_id text not null references people.network,
  wait_id text not null check (wait_id ~ '^wai_[0-9a-z]{8,40}$'),
  space_id text not null,
  kind text not null check (kind in ('desk', 'office', 'meeting_room')),
  -- Known by the id alone, as in a booking.
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  local_day date not null,
  part text not null check (part in ('morning', 'afternoon', 'day')),
  status text not null default 'waiting' check (status in ('waiting', 'promoted', 'left', 'over')),
  booking_id text,
  asked_by text not null,
  asked_at timestamptz not null,
  ended_at timestamptz,
  constraint a_promoted_wait_names_its_booking check ((status = 'promoted') = (booking_id is not null)),
  constraint a_wait_that_ended_says_when check ((status = 'waiting') = (ended_at is null)),
  primary key (network_id, wait_id),
  foreign key (network_id, space_id) references spaces.space (network_id, space_id)
);
call platform.isolate('booking.wait');
create unique index one_wait_for_a_place_at_a_time on booking.wait (network_id, person_id, space_id, kind, local_day, part)
  where status = 'waiting';
create index wait_by_space_and_day on booking.wait (network_id, space_id, local_day) where status = 'waiting';
create index wait_by_day on booking.wait (network_id, local_day) where status = 'waiting';
