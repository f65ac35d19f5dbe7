-- From sealed lines to what someone grants for them: batches handed to an obligated party, monitoring periods handed to the State's
-- verification, what was answered, paid and issued; and the samples drawn to check them.
create schema claims;

-- A claim as it was sealed; `result` is batch.json of its dossier. What happened to it since is in its steps.
create table claims.claim (
  network_id text not null references people.network (network_id),
  claim_id text not null check (claim_id ~ '^clm_[0-9a-f]{64}$'),
  kind text not null check (kind in ('cee', 'lbc')),
  claimant text not null,
  -- Carbon units bear one vintage; energy claims follow their contract.
  vintage smallint,
  period text not null,
  -- Order of the claims of one claimant: each takes the exact rest that the one before it left.
  turn integer not null check (turn > 0),
  result jsonb not null,
  method jsonb not null,
  factors jsonb not null,
  checks jsonb not null,
  more jsonb not null,
  checkpoint text not null,
  vkey text not null,
  readme text not null,
  summary bytea not null,
  made_by text not null,
  made_at timestamptz not null,
  constraint a_carbon_claim_has_a_vintage check ((kind = 'lbc') = (vintage is not null)),
  constraint one_claim_a_turn unique (network_id, claimant, turn),
  primary key (network_id, claim_id)
);

call platform.isolate('claims.claim');
call platform.append_only('claims.claim');

create table claims.step (
  network_id text not null,
  claim_id text not null,
  sequence integer not null check (sequence > 0),
  command text not null,
  state text not null,
  happened_on date not null,
  reference text,
  reason text,
  details jsonb not null default '{}',
  actor text not null,
  recorded_at timestamptz not null,
  constraint one_step_at_a_time primary key (network_id, claim_id, sequence),
  foreign key (network_id, claim_id) references claims.claim (network_id, claim_id)
);
call platform.isolate('claims.step');
call platform.append_only('claims.step');

-- What an employer declares on its honour of its own lines: wording fixed by whoever pays, signed once.
create table claims.statement (
  network_id text not null,
  claim_id text not null,
  employer_id text not null,
  signatory text not null check (btrim(signatory) <> ''),
  text_sha256 text not null check (text_sha256 ~ '^[0-9a-f]{64}$'),
  signed_by text not null,
  signed_at timestamptz not null,
  constraint an_employer_signs_a_claim_once primary key (network_id, claim_id, employer_id),
  foreign key (network_id, claim_id) references claims.claim (network_id, claim_id)
);
call platform.isolate('claims.statement');
call platform.append_only('claims.statement');

-- The obligated party's word on each line.
create table claims.answer (
  network_id text not null,
  claim_id text not null,
  seq bigint not null,
  accepted boolean not null,
  reason text,
  answered_by text not null,
  answered_at timestamptz not null,
  constraint a_refused_line_says_why check (accepted or btrim(coalesce(reason, '')) <> ''),
  constraint a_line_is_answered_once primary key (network_id, claim_id, seq),
  foreign key (network_id, claim_id) references claims.claim (network_id, claim_id)
);
call platform.isolate('claims.answer');
call platform.append_only('claims.answer');

-- Lines drawn for a control: the draw follows from the checkpoint that the claim was sealed under, published before it was made.
create table claims.sample (
  network_id text not null,
  claim_id text not null,
  seqs bigint[] not null,
  drawn_by text not null,
  drawn_at timestamptz not null,
  constraint one_sample_a_claim primary key (network_id, claim_id),
  foreign key (network_id, claim_id) references claims.claim (network_id, claim_id)
);
call platform.isolate('claims.sample');
call platform.append_only('claims.sample');

create table claims.finding (
  network_id text not null,
  finding_id text not null,
  claim_id text not null,
  seq bigint not null,
  conforms boolean not null,
  note text not null default '',
  found_by text not null,
  found_at timestamptz not null,
  constraint a_fault_is_described check (conforms or btrim(note) <> ''),
  primary key (network_id, finding_id),
  foreign key (network_id, claim_id) references claims.claim (network_id, claim_id)
);
create index finding_by_claim on claims.finding (network_id, claim_id, seq, found_at);
call platform.isolate('claims.finding');
call platform.append_only('claims.finding');

-- Who read a claim's lines or took its dossier.
create table claims.reading (
  network_id text not null,
  reading_id text not null,
  claim_id text not null,
  person_id text not null,
  what text not null check (what in ('dossier', 'lines')),
  read_at timestamptz not null,
  primary key (network_id, reading_id),
  foreign key (network_id, claim_id) references claims.claim (network_id, claim_id)
);
create index reading_by_claim on claims.reading (network_id, claim_id, read_at desc);
call platform.isolate('claims.reading');
call platform.append_only('claims.reading');
