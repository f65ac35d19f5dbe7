-- Who gets which desk, when: two exclusion constraints have the last word on every path, whatever was read before.
create schema booking;

create table booking.booking (
  network_id text not null references people.network,
  booking_id text not null check (booking_id ~ '^bkg_[0-9a-z]{8,40}$'),
  space_id text not null,
  resource_id text not null,
  kind text not null check (kind in ('desk', 'office', 'meeting_room')),
  -- Known by the id alone: a person may be erased while the desk's history stays.
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  local_day date not null,
  part text not null check (part in ('morning', 'afternoon', 'day')),
  during tstzrange not null,
  status text not null default 'confirmed' check (status in ('confirmed', 'cancelled')),
  price_eur_cents bigint not null check (price_eur_cents >= 0),
  payer_kind text not null check (payer_kind in ('employer', 'person')),
  payer_id text not null,
  -- The subscription that pays. The charge itself stands in billing under the booking's id.
  contract_id text,
  booked_by text not null,
  booked_at timestamptz not null,
  cancelled_by text,
  cancelled_at timestamptz,
  constraint a_booking_lasts_and_ends check (
    not isempty(during) and lower_inc(during) and not upper_inc(during)
    and not lower_inf(during) and not upper_inf(during)),
  constraint a_cancelled_booking_says_when check ((status = 'cancelled') = (cancelled_at is not null)),
  constraint only_an_employer_has_a_contract check (contract_id is null or payer_kind = 'employer'),
  primary key (network_id, booking_id),
  constraint a_booked_desk_stands_in_its_space
    foreign key (network_id, space_id, resource_id) references spaces.resource (network_id, space_id, resource_id),
  -- Whatever is not cancelled holds its desk: a hold or a request awaiting approval will too.
  constraint one_booking_per_desk_at_a_time exclude using gist (
    network_id with =, resource_id with =, during with &&) where (status <> 'cancelled'),
  constraint one_desk_per_person_at_a_time exclude using gist (
    network_id with =, person_id with =, during with &&) where (status <> 'cancelled')
);
call platform.isolate('booking.booking');
create index booking_by_space_and_day on booking.booking (network_id, space_id, local_day) where status <> 'cancelled';
create index booking_by_person_and_day on booking.booking (network_id, person_id, local_day);
create index booking_by_day on booking.booking (network_id, local_day) where status <> 'cancelled';

-- How far ahead one may book and until when one may cancel. `scope` is a space or 'network'; the newest line whose
-- first day has come holds, the space's before the network's. An older line keeps what it decided.
create table booking.policy (
  network_id text not null references people.network,
  scope text not null check (scope = 'network' or scope ~ '^spc_[0-9a-z]{8,40}$'),
  valid_from date not null,
  furthest_days smallint not null check (furthest_days between 1 and 731),
  cancel_hours smallint not null check (cancel_hours between 0 and 720),
  late_cancellation text not null check (late_cancellation in ('charged', 'refused')),
  recorded_at timestamptz not null,
  recorded_by text not null,
  constraint one_policy_per_scope_and_first_day primary key (network_id, scope, valid_from)
);
call platform.isolate('booking.policy');
