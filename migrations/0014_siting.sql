-- Where the next space should open: one study a network, the flows it rests on, and the roads between homes and candidates.
create schema siting;

create table siting.study (
  network_id text not null,
  -- Where the flows come from, in both languages, as the pages print it.
  source_fr text not null check (source_fr <> ''),
  source_en text not null check (source_en <> ''),
  fictitious boolean not null,
  -- 'estimate': distances are guessed from straight lines.
  distances text not null check (distances in ('estimate', 'matrix')),
  reach_m integer not null check (reach_m > 0),
  uptake_percent integer not null check (uptake_percent between 1 and 100),
  desks integer not null check (desks > 0),
  loaded_at timestamptz not null,
  constraint one_study_per_network primary key (network_id)
);
call platform.isolate('siting.study');

create table siting.town (
  network_id text not null,
  insee_code text not null,
  name text not null,
  population integer not null check (population >= 0),
  lon_udeg integer not null,
  lat_udeg integer not null,
  candidate boolean not null,
  primary key (network_id, insee_code),
  foreign key (network_id) references siting.study
);
call platform.isolate('siting.town');

create table siting.flow (
  network_id text not null,
  home_code text not null,
  work_code text not null,
  commuters integer not null check (commuters > 0),
  -- One way.
  road_m integer not null check (road_m >= 0),
  constraint one_flow_per_pair primary key (network_id, home_code, work_code),
  foreign key (network_id, home_code) references siting.town,
  foreign key (network_id, work_code) references siting.town
);
call platform.isolate('siting.flow');

create table siting.reach (
  network_id text not null,
  town_code text not null,
  home_code text not null,
  road_m integer not null check (road_m >= 0),
  constraint one_road_per_pair primary key (network_id, town_code, home_code),
  foreign key (network_id, town_code) references siting.town,
  foreign key (network_id, home_code) references siting.town
);
call platform.isolate('siting.reach');
