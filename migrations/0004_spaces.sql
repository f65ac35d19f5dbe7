-- Where one can work: places, what can be booked in them, when they open, what a half-day costs.
create schema spaces;

create table spaces.space (
  network_id text not null references people.network,
  space_id text not null check (space_id ~ '^spc_[0-9a-z]{8,40}$'),
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  name text not null,
  address text not null,
  postcode text not null check (postcode ~ '^[0-9]{5}$'),
  commune_code text not null check (commune_code ~ '^([0-9]{2}|2[AB])[0-9]{3}$'),
  commune_name text not null,
  lon_udeg integer not null check (lon_udeg between -180000000 and 180000000),
  lat_udeg integer not null check (lat_udeg between -90000000 and 90000000),
  zone text not null,
  -- An organisation of `people`, which stands on the same floor: known by its id alone.
  manager_id text not null check (manager_id ~ '^org_[0-9a-z]{8,40}$'),
  host_first_name text not null,
  description jsonb not null check (description ?& array['fr', 'en']),
  getting_there jsonb not null check (getting_there ?& array['fr', 'en']),
  nearby jsonb not null default '[]' check (jsonb_typeof(nearby) = 'array'),
  equipment text[] not null default '{}',
  accessibility text[] not null default '{}',
  opened_on date not null,
  status text not null check (status in ('planned', 'open', 'closed')),
  density_level smallint check (density_level between 1 and 7),
  density_vintage text,
  small_town_programme boolean not null default false,
  opens_on_public_holidays boolean not null default false,
  recorded_at timestamptz not null,
  constraint a_density_has_its_vintage check ((density_level is null) = (density_vintage is null)),
  primary key (network_id, space_id),
  constraint one_space_per_slug unique (network_id, slug)
);
call platform.isolate('spaces.space');

create table spaces.resource (
  network_id text not null,
  resource_id text not null check (resource_id ~ '^res_[0-9a-z]{8,40}$'),
  space_id text not null,
  kind text not null check (kind in ('desk', 'office', 'meeting_room')),
  name text not null,
  capacity smallint not null check (capacity > 0),
  primary key (network_id, resource_id),
  constraint one_resource_per_name_in_a_space unique (network_id, space_id, name),
  -- Lets a booking prove by its foreign key that its resource stands in its space.
  constraint a_resource_stands_in_one_space unique (network_id, space_id, resource_id),
  foreign key (network_id, space_id) references spaces.space
);
call platform.isolate('spaces.resource');

-- Minutes from midnight on the space's own clock. Hours are replaced from a day on, never rewritten: what was open
-- last month must stay what it was.
create table spaces.weekly_hours (
  network_id text not null,
  space_id text not null,
  weekday smallint not null check (weekday between 1 and 7),
  opens_min smallint not null,
  closes_min smallint not null,
  valid_from date not null,
  valid_until date,
  constraint a_space_closes_after_it_opens check (0 <= opens_min and opens_min < closes_min and closes_min <= 1440),
  constraint hours_end_after_they_begin check (valid_from < valid_until),
  primary key (network_id, space_id, weekday, opens_min, valid_from),
  foreign key (network_id, space_id) references spaces.space,
  constraint hours_of_a_day_never_overlap exclude using gist (
    network_id with =, space_id with =, weekday with =,
    int4range(opens_min, closes_min) with &&, daterange(valid_from, valid_until) with &&)
);
call platform.isolate('spaces.weekly_hours');

create table spaces.closure (
  network_id text not null,
  closure_id text not null check (closure_id ~ '^clo_[0-9a-z]{8,40}$'),
  space_id text not null,
  first_day date not null,
  last_day date not null,
  reason text not null check (reason in ('holidays', 'works', 'event', 'staff', 'other')),
  note text,
  recorded_at timestamptz not null,
  constraint a_closure_ends_after_it_begins check (first_day <= last_day),
  primary key (network_id, closure_id),
  foreign key (network_id, space_id) references spaces.space,
  constraint one_closure_a_day exclude using gist (
    network_id with =, space_id with =, daterange(first_day, last_day, '[]') with &&)
);
call platform.isolate('spaces.closure');

-- A public space's price stands on a decision of its council; an older price keeps its dates.
create table spaces.tariff (
  network_id text not null,
  space_id text not null,
  kind text not null check (kind in ('desk', 'office', 'meeting_room')),
  part text not null check (part in ('half_day', 'day')),
  amount_eur_cents bigint not null check (amount_eur_cents >= 0),
  deliberation text not null check (deliberation <> ''),
  valid_from date not null,
  valid_until date,
  constraint a_tariff_ends_after_it_begins check (valid_from < valid_until),
  primary key (network_id, space_id, kind, part, valid_from),
  foreign key (network_id, space_id) references spaces.space,
  constraint one_tariff_at_a_time exclude using gist (
    network_id with =, space_id with =, kind with =, part with =, daterange(valid_from, valid_until) with &&)
);
call platform.isolate('spaces.tariff');
