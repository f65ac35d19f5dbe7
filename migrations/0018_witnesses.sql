-- Outside eyes on the log, keys that can change, and entries that wait to be sealed without making anyone queue.

-- The log's keys, one generation after the other; the secret itself is derived and never here.
create table notary.key (
  network_id text not null references notary.log (network_id),
  generation smallint not null check (generation between 1 and 999),
  vkey text not null,
  valid_from timestamptz not null,
  constraint one_key_per_generation primary key (network_id, generation),
  constraint no_key_serves_twice unique (network_id, vkey)
);

-- Each log's first key was written beside its name. Row security is lifted for the copy: it would hide every row.
alter table notary.log no force row level security;
insert into notary.key (network_id, generation, vkey, valid_from) select network_id, 1, vkey, opened_at from notary.log;
do $$ begin
  if (select count(*) from notary.key) <> (select count(*) from notary.log) then
    raise exception 'every log keeps its first key';
  end if;
end $$;
alter table notary.log force row level security;
alter table notary.log drop column vkey;
call platform.isolate('notary.key');
call platform.append_only('notary.key');

-- How a key ended: retired for the next one at a moment, or revoked since a moment after which its word is worth nothing.
create table notary.key_end (
  network_id text not null,
  generation smallint not null,
  kind text not null check (kind in ('retired', 'revoked')),
  ended_at timestamptz not null,
  recorded_at timestamptz not null,
  constraint a_key_ends_once_in_each_way primary key (network_id, generation, kind),
  foreign key (network_id, generation) references notary.key (network_id, generation)
);
call platform.isolate('notary.key_end');
call platform.append_only('notary.key_end');

-- Entries waiting for their place. No link to the log's row: writers would then wait for whoever seals. No hour either, and
-- the id is the hash of the entry, so that it tells neither who came first nor when.
create table notary.pending (
  network_id text not null references people.network (network_id),
  pending_id bytea not null check (octet_length(pending_id) = 32),
  type text not null,
  site text not null,
  day date not null,
  person_commit text not null,
  payload_commit text not null,
  constraint an_entry_holds_commitments_only check (person_commit || payload_commit ~ '^[0-9a-f]{128}$'),
  constraint an_entry_waits_once primary key (network_id, pending_id)
);
call platform.isolate('notary.pending');

-- Which place in the log an entry got. The entry itself is gone.
create table notary.sealed (
  network_id text not null references notary.log (network_id),
  pending_id bytea not null check (octet_length(pending_id) = 32),
  seq bigint not null check (seq >= 0),
  constraint an_entry_is_sealed_once primary key (network_id, pending_id),
  constraint one_entry_per_place unique (network_id, seq)
);
call platform.isolate('notary.sealed');
call platform.append_only('notary.sealed');

-- Who else watches the log, and what they answered last: the one table of these that is kept up to date in place.
create table notary.witness (
  network_id text not null references people.network (network_id),
  witness_id text not null,
  name text not null check (btrim(name) <> ''),
  vkey text not null,
  url text not null check (url ~ '^https?://'),
  added_at timestamptz not null,
  removed_at timestamptz,
  asked_at timestamptz,
  answer text check (answer in
    ('cosigned', 'ahead', 'other_history', 'unknown_log', 'unknown_key', 'bad_answer', 'unreachable')),
  known_size bigint check (known_size >= 0),
  primary key (network_id, witness_id)
);
create unique index a_key_witnesses_once on notary.witness (network_id, vkey) where removed_at is null;
call platform.isolate('notary.witness');

-- Dated words on a checkpoint: "at that moment, this was the largest log I had seen". The log says it too, once a day.
create table notary.cosignature (
  network_id text not null,
  size bigint not null,
  vkey text not null,
  signed_at timestamptz not null,
  line text not null,
  constraint one_cosignature_at_a_time primary key (network_id, size, vkey, signed_at),
  foreign key (network_id, size) references notary.checkpoint (network_id, size)
);
call platform.isolate('notary.cosignature');
call platform.append_only('notary.cosignature');

-- RFC 3161 time stamps over the SHA-256 of a checkpoint's note, verbatim.
create table notary.timestamp (
  network_id text not null,
  size bigint not null,
  stamped_at timestamptz not null,
  authority text not null,
  token bytea not null,
  constraint one_time_stamp_at_a_time primary key (network_id, size, stamped_at),
  foreign key (network_id, size) references notary.checkpoint (network_id, size)
);
call platform.isolate('notary.timestamp');
call platform.append_only('notary.timestamp');
