-- A month monitored, reported, sealed: batches of accounting lines, and the one scheme that each presence serves.
create schema mrv;

-- A closed month. `content` is batch.json of its dossier; `checks`, `method`, `factors`, `checkpoint` and `vkey` are other
-- files of it: the dossier is rebuilt from here byte for byte, whatever the code has become since.
create table mrv.batch (
  network_id text not null references people.network (network_id),
  batch_id text not null check (batch_id ~ '^[0-9a-f]{64}$'),
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  project text not null,
  vintage smallint not null,
  content jsonb not null,
  checks jsonb not null,
  method jsonb not null,
  factors jsonb not null,
  checkpoint text not null,
  vkey text not null,
  -- Bytes of the two files made for people, kept because a newer program might draw them otherwise.
  readme text not null,
  summary bytea not null,
  closed_by text not null,
  closed_at timestamptz not null,
  -- Order of closing: each batch takes the rest that the one before it left, whichever months they are.
  closing bigint generated always as identity,
  primary key (network_id, batch_id),
  constraint one_batch_a_month unique (network_id, month)
);
call platform.isolate('mrv.batch');
call platform.append_only('mrv.batch');

-- One accounting line a presence. It stays when a person leaves: the sums need it, and it names no one.
create table mrv.line (
  network_id text not null,
  line_id text not null,
  batch_id text not null,
  presence_id text not null,
  seq bigint not null,
  leaf bytea not null check (octet_length(leaf) = 32),
  scheme text not null check (scheme in ('cee', 'lbc', 'other', 'none')),
  reason text not null,
  gross_mg text not null,
  net_mg text not null,
  avoided_m bigint not null,
  unallocated_m bigint not null,
  -- Set on credited lines only: a keyed hash of the person and the day.
  person_day text check ((person_day is null) = (scheme = 'none')),
  primary key (network_id, line_id),
  constraint a_line_belongs_to_a_batch foreign key (network_id, batch_id) references mrv.batch (network_id, batch_id),
  constraint one_presence_one_scheme unique (network_id, presence_id),
  constraint one_credited_line_a_person_day unique (network_id, person_day),
  constraint one_line_a_leaf unique (network_id, seq)
);
create index on mrv.line (network_id, batch_id, seq);
call platform.isolate('mrv.line');
call platform.append_only('mrv.line');

-- What a line's leaf commits to. Rows can be destroyed when a person asks: the proofs and totals stay.
create table mrv.line_content (
  network_id text not null,
  line_id text not null,
  entry jsonb not null,
  payload jsonb not null,
  salt text not null check (salt ~ '^[0-9a-f]{64}$'),
  primary key (network_id, line_id),
  constraint content_of_a_line foreign key (network_id, line_id) references mrv.line (network_id, line_id)
);
call platform.isolate('mrv.line_content');

-- Who read pseudonymous lines, and when: reading under mandate is itself on record.
create table mrv.reading (
  network_id text not null,
  reading_id text not null,
  batch_id text not null,
  person_id text not null,
  what text not null check (what in ('dossier', 'lines')),
  read_at timestamptz not null,
  primary key (network_id, reading_id),
  constraint a_reading_is_of_a_batch foreign key (network_id, batch_id) references mrv.batch (network_id, batch_id)
);
call platform.isolate('mrv.reading');
call platform.append_only('mrv.reading');
