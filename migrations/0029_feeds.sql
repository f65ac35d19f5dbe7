-- Addresses that calendars read again and again: a person's bookings, or what is booked in a space or on a desk of it. Whoever has
-- the address reads it, so only its hash is kept, and whoever opened it can take it back.
create table booking.feed (
  network_id text not null references people.network,
  feed_id text not null check (feed_id ~ '^fed_[0-9a-z]{8,40}$'),
  -- Whose bookings; null for a space's.
  person_id text check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  space_id text,
  resource_id text,
  detail text not null check (detail in ('full', 'busy')),
  token_sha256 text not null check (token_sha256 ~ '^[0-9a-f]{64}$'),
  opened_by text not null check (opened_by ~ '^per_[0-9a-z]{8,40}$'),
  opened_at timestamptz not null,
  revoked_at timestamptz,
  primary key (network_id, feed_id),
  constraint one_feed_an_address unique (network_id, token_sha256),
  constraint a_feed_is_of_a_person_or_of_a_space check (num_nonnulls(person_id, space_id) = 1),
  constraint a_desk_stands_in_its_space check (resource_id is null or space_id is not null),
  foreign key (network_id, space_id, resource_id) references spaces.resource (network_id, space_id, resource_id)
);
create index feed_by_opener on booking.feed (network_id, opened_by) where revoked_at is null;
call platform.isolate('booking.feed');
