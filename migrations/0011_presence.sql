-- Who was there, on what evidence: raw check-ins that are destroyed after three months, and hour-free attestations that
-- only grow. The two never share an id.
create schema presence;

-- A kiosk's key is derived from the installation's secret, the kiosk and its generation: a stolen kiosk is shut out by
-- a new generation, and this table gives nothing away.
create table presence.kiosk (
  network_id text not null,
  kiosk_id text not null check (kiosk_id ~ '^ksk_[0-9a-z]{8,40}$'),
  space_id text not null,
  name text not null check (name <> ''),
  generation smallint not null default 1 check (generation > 0),
  -- By how many seconds the kiosk's clock runs ahead of ours, as last measured.
  clock_offset_s integer not null default 0,
  clock_seen_at timestamptz,
  added_at timestamptz not null,
  closed_at timestamptz,
  primary key (network_id, kiosk_id),
  foreign key (network_id, space_id) references spaces.space
);
call platform.isolate('presence.kiosk');
create index kiosk_by_space on presence.kiosk (network_id, space_id);

-- The raw record: who, where, which second, by what means. Never evidence by itself; kept three months.
create table presence.access_event (
  network_id text not null references people.network,
  event_id text not null check (event_id ~ '^acc_[0-9a-z]{8,40}$'),
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  space_id text not null,
  local_day date not null,
  half text not null check (half in ('morning', 'afternoon')),
  method text not null check (method in ('rotating_code', 'kiosk_name', 'host_list', 'own_declaration')),
  present boolean not null default true,
  kiosk_id text,
  counter bigint,
  noted_by text,
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  constraint a_code_comes_from_a_kiosk check ((method = 'rotating_code') = (counter is not null)
    and (method in ('rotating_code', 'kiosk_name')) = (kiosk_id is not null)),
  constraint only_a_host_says_someone_is_absent check (present or method = 'host_list'),
  primary key (network_id, event_id),
  foreign key (network_id, space_id) references spaces.space,
  foreign key (network_id, kiosk_id) references presence.kiosk,
  constraint a_code_serves_a_person_once unique (network_id, kiosk_id, counter, person_id)
);
call platform.isolate('presence.access_event');
create index access_event_by_day on presence.access_event (network_id, local_day, space_id);
create index access_event_by_person on presence.access_event (network_id, person_id, local_day);
create index access_event_by_age on presence.access_event (network_id, happened_at);

-- The proof of what was destroyed, when: how many, never who.
create table presence.destruction (
  network_id text not null references people.network,
  destruction_id text not null check (destruction_id ~ '^dst_[0-9a-z]{8,40}$'),
  record text not null check (record in ('access_event', 'person_link')),
  happened_before timestamptz,
  destroyed integer not null check (destroyed >= 0),
  destroyed_at timestamptz not null,
  primary key (network_id, destruction_id)
);
call platform.isolate('presence.destruction');
call platform.append_only('presence.destruction');

-- One key a network makes one pseudonym a person, the same in every space: in this database only, never in the log.
create table presence.network_key (
  network_id text primary key references people.network,
  pseudonym_key bytea not null check (length(pseudonym_key) = 32),
  made_at timestamptz not null
);
call platform.isolate('presence.network_key');

-- The vault: the only way from a pseudonym to a person, and the keys behind the log's commitments. Deleting a line
-- leaves every total and every proof valid, and nothing that leads back.
create table presence.person_link (
  network_id text not null references people.network,
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  pseudonym text not null check (pseudonym ~ '^[0-9a-f]{64}$'),
  person_key bytea not null check (length(person_key) = 32),
  made_at timestamptz not null,
  constraint one_pseudonym_per_person primary key (network_id, person_id),
  constraint one_person_per_pseudonym unique (network_id, pseudonym)
);
call platform.isolate('presence.person_link');

create table presence.attestation_salt (
  network_id text not null references people.network,
  attestation_id text not null,
  salt bytea not null check (length(salt) = 32),
  primary key (network_id, attestation_id)
);
call platform.isolate('presence.attestation_salt');

-- One person, one space, one day, half or whole: no hour and no name. A correction is a row that reverses another.
create table presence.day_attestation (
  network_id text not null,
  attestation_id text not null check (attestation_id ~ '^prs_[0-9a-z]{8,40}$'),
  pseudonym text not null check (pseudonym ~ '^[0-9a-f]{64}$'),
  space_id text not null,
  commune_code text not null,
  local_day date not null,
  halves smallint not null check (halves in (1, 2)),
  evidence_class text not null check (evidence_class in ('A', 'B', 'C')),
  evidence_sha256 text[] not null check (cardinality(evidence_sha256) > 0),
  booking_sha256 text,
  person_commit text not null,
  payload_commit text not null,
  reverses text,
  reason text check (reason in ('more_evidence', 'less_evidence', 'contest_upheld', 'operator')),
  recorded_at timestamptz not null,
  constraint only_a_reversal_has_a_reason check ((reverses is null) = (reason is null)),
  constraint class_c_is_corroborated check (evidence_class <> 'C' or booking_sha256 is not null),
  primary key (network_id, attestation_id),
  foreign key (network_id, space_id) references spaces.space,
  constraint only_an_attestation_is_reversed foreign key (network_id, reverses) references presence.day_attestation,
  constraint an_attestation_is_reversed_once unique (network_id, reverses)
);
call platform.isolate('presence.day_attestation');
call platform.append_only('presence.day_attestation');
create index attestation_by_day on presence.day_attestation (network_id, local_day);
create index attestation_by_pseudonym on presence.day_attestation (network_id, pseudonym, local_day);

-- A person-day is two halves whatever the spaces, operators and employers: each attestation holds one or two of them,
-- and gives them back when it is reversed.
create table presence.person_day_half (
  network_id text not null,
  pseudonym text not null,
  local_day date not null,
  half smallint not null check (half in (1, 2)),
  attestation_id text not null,
  constraint a_person_day_is_at_most_one_day primary key (network_id, pseudonym, local_day, half)
);
call platform.isolate('presence.person_day_half');
create index person_day_half_by_attestation on presence.person_day_half (network_id, attestation_id);

-- What each rule said of each presence, in which version, on which inputs.
create table presence.verdict (
  network_id text not null,
  attestation_id text not null,
  rule_id text not null,
  rule_version text not null,
  axis text not null check (axis in ('acquisition', 'fraud', 'anomaly')),
  status text not null check (status in ('passed', 'review', 'blocked')),
  input_sha256 text not null,
  recorded_at timestamptz not null,
  constraint one_verdict_per_rule_version_and_input
    primary key (network_id, attestation_id, rule_id, rule_version, input_sha256),
  foreign key (network_id, attestation_id) references presence.day_attestation
);
call platform.isolate('presence.verdict');
call platform.append_only('presence.verdict');

-- A person's word on their own day: an open contest freezes it. Reasons are codes, so that no free text is kept for ever.
create table presence.contest_entry (
  network_id text not null,
  entry_id text not null check (entry_id ~ '^cts_[0-9a-z]{8,40}$'),
  attestation_id text not null,
  kind text not null check (kind in ('opened', 'withdrawn', 'upheld', 'dismissed')),
  reason text check (reason in ('not_there', 'other_space', 'half_only', 'other')),
  author text not null,
  recorded_at timestamptz not null,
  constraint an_opened_contest_says_why check ((kind = 'opened') = (reason is not null)),
  primary key (network_id, entry_id),
  foreign key (network_id, attestation_id) references presence.day_attestation
);
call platform.isolate('presence.contest_entry');
call platform.append_only('presence.contest_entry');
create index contest_by_attestation on presence.contest_entry (network_id, attestation_id, recorded_at);
