-- The trips not taken: dated declarations, distances asked once of a road engine, and what each presence avoided.
create schema commute;

-- A declaration holds from its first day until the person's next one. Erasing a person empties who and where; the rest stays.
create table commute.baseline (
  network_id text not null references people.network (network_id),
  baseline_id text not null check (baseline_id ~ '^bas_[0-9a-z]{8,40}$'),
  person_id text check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  valid_from date not null,
  home_commune_code text check (home_commune_code ~ '^[0-9AB]{5}$'),
  home_commune_name text,
  -- Whether the point measured from was an address or, for want of one, the centre of the commune.
  home_precision text not null check (home_precision in ('address', 'commune')),
  site_id text check (site_id ~ '^sit_'),
  workplace_name text not null,
  workplace_commune_code text not null check (workplace_commune_code ~ '^[0-9AB]{5}$'),
  workplace_lon_udeg integer not null check (workplace_lon_udeg between -180000000 and 180000000),
  workplace_lat_udeg integer not null check (workplace_lat_udeg between -90000000 and 90000000),
  office_mode text not null,
  office_energy text,
  office_occupancy text not null check (office_occupancy ~ '^\d+(/\d+)?$'),
  space_mode text not null,
  space_energy text,
  space_occupancy text not null check (space_occupancy ~ '^\d+(/\d+)?$'),
  office_weekdays smallint[] not null check (office_weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[]),
  usual_replaced text not null check (usual_replaced in ('office', 'home', 'other', 'unknown')),
  declared_office_m integer check (declared_office_m between 1 and 500000),
  space_ids text[] not null,
  recorded_at timestamptz not null,
  primary key (network_id, baseline_id)
);
call platform.isolate('commute.baseline');
create index baseline_by_person on commute.baseline (network_id, person_id, valid_from desc);

-- Where someone lives, to the metre: here only until the distances are known, then deleted.
create table commute.home_point (
  network_id text not null,
  baseline_id text not null,
  lon_udeg integer not null check (lon_udeg between -180000000 and 180000000),
  lat_udeg integer not null check (lat_udeg between -90000000 and 90000000),
  primary key (network_id, baseline_id),
  foreign key (network_id, baseline_id) references commute.baseline (network_id, baseline_id)
);
call platform.isolate('commute.home_point');

-- What the road engine answered, one direction each, with what it takes to ask again. The hash of the question holds a
-- home, which could be guessed: it is kept under a salt that erasure destroys.
create table commute.route (
  network_id text not null,
  baseline_id text not null,
  leg text not null check (leg in ('home_office', 'office_home', 'home_space', 'space_home', 'space_office')),
  space_id text not null default '',
  mode text not null check (mode in ('car', 'bicycle', 'foot')),
  routed_m integer not null check (routed_m >= 0),
  seconds integer not null check (seconds >= 0),
  engine text not null,
  engine_version text not null,
  data_sha256 text not null check (data_sha256 ~ '^[0-9a-f]{64}$'),
  costing text not null,
  snap_m integer not null constraint snapped_within_500_m check (snap_m between 0 and 500),
  question_commit text not null check (question_commit ~ '^[0-9a-f]{64}$'),
  recorded_at timestamptz not null,
  constraint one_route_per_leg_and_space primary key (network_id, baseline_id, leg, space_id),
  constraint a_space_is_named_when_the_leg_has_one check ((space_id = '') = (leg in ('home_office', 'office_home'))),
  foreign key (network_id, baseline_id) references commute.baseline (network_id, baseline_id)
);
call platform.isolate('commute.route');
call platform.append_only('commute.route');

create table commute.route_salt (
  network_id text not null,
  baseline_id text not null,
  salt text not null,
  primary key (network_id, baseline_id),
  foreign key (network_id, baseline_id) references commute.baseline (network_id, baseline_id)
);
call platform.isolate('commute.route_salt');

-- "What would you have done today?", in the worker's own words for that day. The last answer holds.
create table commute.answer (
  network_id text not null references people.network (network_id),
  person_id text not null,
  day date not null,
  replaced text not null check (replaced in ('office', 'home', 'other', 'unknown')),
  also_office boolean not null,
  answered_at timestamptz not null,
  constraint one_answer_per_person_and_day primary key (network_id, person_id, day)
);
call platform.isolate('commute.answer');

-- What one presence avoided. A correction is a further revision; the last one holds, the others stay to be read.
create table commute.trip (
  network_id text not null,
  attestation_id text not null check (attestation_id ~ '^prs_[0-9a-z]{8,40}$'),
  revision integer not null check (revision > 0),
  day date not null,
  space_id text not null check (space_id ~ '^spc_'),
  baseline_id text not null,
  x smallint not null check (x in (0, 1)),
  replaced text not null check (replaced in ('office', 'home', 'other', 'unknown')),
  source text not null check (source in ('worker', 'none')),
  reference jsonb not null,
  actual jsonb not null,
  avoided_m bigint not null,
  recorded_at timestamptz not null,
  constraint one_revision_at_a_time primary key (network_id, attestation_id, revision),
  constraint nothing_counts_without_an_answer check (source = 'worker' or replaced = 'unknown'),
  constraint what_is_unknown_avoids_nothing check (replaced in ('office', 'home') or avoided_m = 0),
  constraint home_telework_avoids_nothing check (replaced <> 'home' or avoided_m <= 0),
  foreign key (network_id, baseline_id) references commute.baseline (network_id, baseline_id)
);
call platform.isolate('commute.trip');
call platform.append_only('commute.trip');
create index trip_by_day on commute.trip (network_id, day);
create index trip_by_baseline on commute.trip (network_id, baseline_id);
