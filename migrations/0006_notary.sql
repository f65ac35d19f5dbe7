-- Nothing changes unseen: the hashes of everything sealed, and what the log said of itself each time.
create schema notary;

-- The log's name and key, written when it seals for the first time. Locking this row queues the sealers.
create table notary.log (
  network_id text primary key references people.network (network_id),
  origin text not null,
  vkey text not null,
  opened_at timestamptz not null
);
call platform.isolate('notary.log');
call platform.append_only('notary.log');

-- Rows of the tree as C2SP tiles cut them: row 0 has one hash per leaf, row 1 one per 256 leaves, and so on. No entry is
-- kept here: a hash tells nothing of the person it is about.
create table notary.row_hash (
  network_id text not null references notary.log (network_id),
  level smallint not null check (level between 0 and 5),
  position bigint not null check (position >= 0),
  hash bytea not null check (octet_length(hash) = 32),
  primary key (network_id, level, position)
);
create index row_hash_leaves on notary.row_hash (network_id, hash) where level = 0;
call platform.isolate('notary.row_hash');
call platform.append_only('notary.row_hash');

-- Signed checkpoints, verbatim. One size has one root for ever: two of them would be a fork.
create table notary.checkpoint (
  network_id text not null references notary.log (network_id),
  size bigint not null check (size >= 0),
  root bytea not null check (octet_length(root) = 32),
  note text not null,
  sealed_at timestamptz not null,
  constraint one_root_for_a_size primary key (network_id, size)
);
call platform.isolate('notary.checkpoint');
call platform.append_only('notary.checkpoint');
