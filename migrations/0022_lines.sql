-- Lines by the million: the trip behind a person's days is kept once a batch, a line is its place in the log, and what a presence
-- serves now stands apart from the lines, which only grow. Months closed under the first format, all of them in fictitious
-- networks, are closed again.
drop table mrv.reading, mrv.line_content, mrv.line, mrv.batch;

-- A closed month. `content` is batch.json of its dossier; `checks`, `method` and `factors` are other files of it: the dossier is
-- rebuilt from here byte for byte, whatever the code has become since.
create table mrv.batch (
  network_id text not null references people.network (network_id),
  batch_id text not null check (batch_id ~ '^[0-9a-f]{64}$'),
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  first_seq bigint not null check (first_seq >= 0),
  lines bigint not null check (lines >= 0),
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
  primary key (network_id, batch_id),
  constraint one_batch_a_month unique (network_id, month)
);
call platform.isolate('mrv.batch');
call platform.append_only('mrv.batch');

-- What the lines of one usual trip share: figures, scheme, reason and the legs behind them, written once a closing. The legs can be
-- destroyed when the person asks: the sums stay.
create table mrv.account (
  network_id text not null references people.network (network_id),
  account_no bigint not null check (account_no > 0),
  scheme text not null check (scheme in ('cee', 'lbc', 'other', 'none')),
  claimant text not null,
  vintage smallint not null,
  reason text not null,
  gross_mg text not null,
  net_mg text not null,
  avoided_m bigint not null,
  unallocated_m bigint not null,
  halves smallint not null check (halves in (1, 2)),
  evidence text not null check (evidence in ('A', 'B', 'C')),
  -- Whose employee the trip's declaration names.
  employer_id text,
  -- The place of the line that this one takes back.
  reverses bigint,
  -- The method and factors that its figures come from, when an earlier month counted them under others.
  under text,
  trip jsonb,
  constraint a_scheme_has_a_claimant check ((scheme = 'none') = (claimant = '')),
  primary key (network_id, account_no)
);
create unique index a_line_is_reversed_once on mrv.account (network_id, reverses) where reverses is not null;
call platform.isolate('mrv.account');

create function mrv.only_forgotten() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (to_jsonb(new) - 'trip') = (to_jsonb(old) - 'trip') and new.trip is null then
    return new;
  end if;
  raise exception 'mrv.account rows are evidence: post a reversing entry instead'
    using errcode = 'integrity_constraint_violation', constraint = 'evidence_is_append_only';
end $$;
create trigger evidence_is_append_only before update or delete on mrv.account
  for each row execute function mrv.only_forgotten();
create trigger evidence_is_not_emptied before truncate on mrv.account
  for each statement execute function platform.refuse_change();

-- An accounting line, at its place in the log: the batch whose places hold it is its batch. It stays when a person leaves: the sums
-- need it, and it names no one. A line that reverses another bears the same figures with the other sign. While it stands, it says
-- what its presence serves. What its leaf commits to can be destroyed: those columns then hold nothing.
create table mrv.line (
  network_id text not null,
  seq bigint not null,
  line_id text not null,
  presence_id text not null,
  day date not null,
  standing boolean not null,
  -- Set when the line is credited: a keyed hash of the person and the day.
  person_day bytea check (octet_length(person_day) = 32),
  leaf bytea not null check (octet_length(leaf) = 32),
  account_no bigint not null,
  salt bytea check (octet_length(salt) = 32),
  site text,
  person_commit bytea check (octet_length(person_commit) = 32),
  constraint a_commitment_is_whole_or_gone check (num_nulls(salt, site, person_commit) in (0, 3)),
  primary key (network_id, seq)
);
create unique index one_presence_one_scheme on mrv.line (network_id, presence_id) where standing;
create unique index one_credited_line_a_person_day on mrv.line (network_id, person_day) where standing and person_day is not null;
create index line_by_presence on mrv.line (network_id, presence_id) where not standing;
create index line_by_day on mrv.line (network_id, day);
call platform.isolate('mrv.line');

-- A line bears two changes, each once: it no longer stands, when a line has reversed it; what it commits to is destroyed.
create function mrv.only_reversed_or_forgotten() returns trigger language plpgsql as $$
declare
  loose constant text[] := array['standing', 'salt', 'site', 'person_commit'];
begin
  if tg_op = 'UPDATE' and (to_jsonb(new) - loose) = (to_jsonb(old) - loose)
     and (new.standing = old.standing or old.standing and exists (
       select from mrv.account r where r.network_id = old.network_id and r.reverses = old.seq))
     and (new.salt is null or (new.salt, new.site, new.person_commit) = (old.salt, old.site, old.person_commit)) then
    return new;
  end if;
  raise exception 'mrv.line rows are evidence: post a reversing entry instead'
    using errcode = 'integrity_constraint_violation', constraint = 'evidence_is_append_only';
end $$;
create trigger evidence_is_append_only before update or delete on mrv.line
  for each row execute function mrv.only_reversed_or_forgotten();
create trigger evidence_is_not_emptied before truncate on mrv.line
  for each statement execute function platform.refuse_change();

-- A line that a claim holds cannot be given to another scheme; a claim that is refused lets it go.
create table mrv.claimed (
  network_id text not null,
  seq bigint not null,
  claim_id text not null,
  constraint a_line_is_claimed_once primary key (network_id, seq),
  foreign key (network_id, seq) references mrv.line (network_id, seq)
);
create index claimed_by_claim on mrv.claimed (network_id, claim_id, seq);
call platform.isolate('mrv.claimed');

-- Asked by an operator, with a reason: the presence serves another scheme from the next closing on.
create table mrv.reallocation (
  network_id text not null references people.network (network_id),
  reallocation_id text not null,
  presence_id text not null,
  scheme text not null check (scheme in ('cee', 'lbc', 'other', 'none')),
  claimant text not null,
  reason text not null check (btrim(reason) <> ''),
  actor text not null,
  asked_at timestamptz not null,
  done_seq bigint,
  primary key (network_id, reallocation_id),
  constraint a_scheme_has_a_claimant check ((scheme = 'none') = (claimant = ''))
);
create unique index one_reallocation_at_a_time on mrv.reallocation (network_id, presence_id) where done_seq is null;
call platform.isolate('mrv.reallocation');

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
