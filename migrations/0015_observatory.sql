-- What the network has said in public, month by month: an edition is never rewritten, a correction comes in the next one.
create schema observatory;

create table observatory.edition (
  network_id text not null references people.network (network_id),
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  batch_id text not null check (batch_id ~ '^[0-9a-f]{64}$'),
  -- What anyone may read: totals, intervals, and only the parts that enough people share.
  content jsonb not null,
  published_at timestamptz not null,
  constraint one_edition_a_month primary key (network_id, month)
);
call platform.isolate('observatory.edition');
call platform.append_only('observatory.edition');
