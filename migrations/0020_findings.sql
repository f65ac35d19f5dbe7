-- What is found on trips: one car for two people who both say that they drive alone, a second road engine's word, and
-- months counted again.

-- A plate is kept as a hash under the network's own key, never as it is read: enough to see one car twice.
alter table commute.baseline
  add column plate_hash text check (plate_hash ~ '^[0-9a-f]{64}$');
create index baseline_by_plate on commute.baseline (network_id, plate_hash) where plate_hash is not null;

-- People who say they drive alone in one car that day, this one included; nothing when there is nobody else.
alter table commute.trip
  add column sharers smallint check (sharers > 1);

-- The same question asked of another engine while the home was still known: what it answered, for the longest difference
-- to be looked at. It is never counted.
create table commute.route_audit (
  network_id text not null,
  baseline_id text not null,
  leg text not null,
  space_id text not null default '',
  audited_m integer not null check (audited_m >= 0),
  engine text not null,
  engine_version text not null,
  data_sha256 text not null,
  recorded_at timestamptz not null,
  constraint one_audit_per_leg_and_space primary key (network_id, baseline_id, leg, space_id),
  constraint an_audit_is_of_a_route foreign key (network_id, baseline_id, leg, space_id)
    references commute.route (network_id, baseline_id, leg, space_id)
);
call platform.isolate('commute.route_audit');
call platform.append_only('commute.route_audit');

-- Each time a month was counted again from what was kept: how many trips, how many differ, by how many metres in all.
create table commute.recompute_run (
  network_id text not null references people.network (network_id),
  run_id text not null check (run_id ~ '^rec_[0-9a-z]{8,40}$'),
  month text not null check (month ~ '^\d{4}-\d{2}$'),
  trips integer not null check (trips >= 0),
  -- Roads between a space and an office that were asked again of the engine that had answered, over the same map.
  roads_asked integer not null check (roads_asked >= 0),
  differing integer not null check (differing >= 0),
  difference_m bigint not null check (difference_m >= 0),
  recorded_at timestamptz not null,
  primary key (network_id, run_id)
);
call platform.isolate('commute.recompute_run');
call platform.append_only('commute.recompute_run');
create index recompute_run_by_month on commute.recompute_run (network_id, month, recorded_at desc);

create table commute.recompute_difference (
  network_id text not null,
  run_id text not null,
  attestation_id text not null check (attestation_id ~ '^prs_[0-9a-z]{8,40}$'),
  revision integer not null,
  difference_m bigint not null check (difference_m >= 0),
  primary key (network_id, run_id, attestation_id),
  foreign key (network_id, run_id) references commute.recompute_run (network_id, run_id)
);
call platform.isolate('commute.recompute_difference');
call platform.append_only('commute.recompute_difference');
create index recompute_difference_by_presence on commute.recompute_difference (network_id, attestation_id);
