-- A space's day beside its bookings: who agreed to be seen there, and what its hosts have to do.
create schema hosting;

-- Someone lets the people of a space see their first name on the days when they are there. Without a row, they do not.
create table hosting.shown_name (
  network_id text not null references people.network,
  space_id text not null,
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  agreed_at timestamptz not null,
  constraint one_choice_per_person_and_space primary key (network_id, space_id, person_id),
  foreign key (network_id, space_id) references spaces.space (network_id, space_id)
);
call platform.isolate('hosting.shown_name');
create index shown_name_by_person on hosting.shown_name (network_id, person_id);
