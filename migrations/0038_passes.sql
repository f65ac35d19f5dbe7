-- Days on which someone usually comes, guests beside a booking, and passes that pay for places: each with the rules that no path may break.

-- "I usually come on Tuesdays": a wish that a task of the clock books as far ahead as the space allows.
create table booking.usual (
  network_id text not null references people.network,
  usual_id text not null check (usual_id ~ '^usu_[0-9a-z]{8,40}$'),
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  space_id text not null,
  weekday smallint not null check (weekday between 1 and 7),
  part text not null check (part in ('morning', 'afternoon', 'day')),
  -- The halves of the day that it takes, to be compared.
  halves int4range not null generated always as (
    case part when 'morning' then int4range(0, 1) when 'afternoon' then int4range(1, 2) else int4range(0, 2) end) stored,
  set_at timestamptz not null,
  paused_at timestamptz,
  ended_at timestamptz,
  primary key (network_id, usual_id),
  foreign key (network_id, space_id) references spaces.space (network_id, space_id),
  constraint one_usual_place_per_half_day exclude using gist (
    network_id with =, person_id with =, weekday with =, halves with &&) where (ended_at is null)
);
call platform.isolate('booking.usual');
create index usual_by_person on booking.usual (network_id, person_id) where ended_at is null;

-- What came of each day of a usual day: booked once, or why not yet; and whether its holder was told.
create table booking.usual_day (
  network_id text not null,
  usual_id text not null,
  local_day date not null,
  booking_id text,
  refusal jsonb,
  tried_at timestamptz not null,
  told_at timestamptz,
  constraint a_usual_day_is_played_once primary key (network_id, usual_id, local_day),
  foreign key (network_id, usual_id) references booking.usual (network_id, usual_id),
  constraint a_usual_day_is_booked_or_says_why check (num_nulls(booking_id, refusal) = 1)
);
call platform.isolate('booking.usual_day');

-- Days between which someone said that they do not come: nothing is booked for them meanwhile without their asking.
create table booking.away (
  network_id text not null references people.network,
  away_id text not null check (away_id ~ '^awy_[0-9a-z]{8,40}$'),
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  first_day date not null,
  last_day date not null,
  told_at timestamptz not null,
  primary key (network_id, away_id),
  constraint an_absence_ends_after_it_begins check (first_day <= last_day),
  constraint one_absence_between_two_days unique (network_id, person_id, first_day, last_day)
);
call platform.isolate('booking.away');
