-- What a person may tell of their own day, for themselves: when they left, and that something happened to them.
create table presence.departure (
  network_id text not null references people.network,
  departure_id text not null check (departure_id ~ '^dep_[0-9a-z]{8,40}$'),
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  space_id text not null,
  local_day date not null,
  happened_at timestamptz not null,
  primary key (network_id, departure_id),
  foreign key (network_id, space_id) references spaces.space
);
call platform.isolate('presence.departure');
create index departure_by_person on presence.departure (network_id, person_id, local_day);
create index departure_by_age on presence.departure (network_id, happened_at);

-- While it stands, the passes of that person on that day outlive their term.
create table presence.incident (
  network_id text not null references people.network,
  incident_id text not null check (incident_id ~ '^inc_[0-9a-z]{8,40}$'),
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  space_id text not null,
  local_day date not null,
  happened_at timestamptz not null,
  told text not null check (length(told) between 1 and 2000),
  declared_at timestamptz not null,
  constraint nothing_happens_after_it_is_told check (happened_at <= declared_at),
  primary key (network_id, incident_id),
  foreign key (network_id, space_id) references spaces.space
);
call platform.isolate('presence.incident');
create index incident_by_person on presence.incident (network_id, person_id, local_day);
