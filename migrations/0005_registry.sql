-- Units: who holds what. A sub-ledger that reconciles to the State's registers and never stands in for them.
create schema registry;

-- Serial ranges, half-open. A range has one holder and one state; a split or a move closes it and opens its successors,
-- so that the open ranges of a project and vintage are always disjoint.
create table registry.unit_range (
  network_id text not null references people.network (network_id),
  range_id text not null,
  scheme text not null check (scheme in ('cee', 'lbc')),
  project text not null,
  vintage smallint not null check (vintage between 2000 and 2999),
  numbers int8range not null
    check (lower_inc(numbers) and not upper_inc(numbers) and lower(numbers) >= 1 and not isempty(numbers)),
  holder_id text not null,
  state text not null check (state in ('reserve', 'active', 'sent_out', 'retired', 'cancelled')),
  parent_id text,
  batch_id text not null,
  opened_at timestamptz not null,
  closed_at timestamptz,
  primary key (network_id, range_id),
  constraint a_range_comes_from_one_of_ours foreign key (network_id, parent_id)
    references registry.unit_range (network_id, range_id),
  constraint final_states_are_never_left check (closed_at is null or state not in ('retired', 'cancelled')),
  constraint a_unit_is_in_one_open_range exclude using gist (
    network_id with =, scheme with =, project with =, vintage with =, numbers with &&) where (closed_at is null)
);
-- A batch issues once: its first ranges have no parent.
create unique index a_batch_issues_once on registry.unit_range (network_id, batch_id, scheme, project, vintage)
  where parent_id is null;
call platform.isolate('registry.unit_range');

-- The one change a range bears is its closing, once.
create function registry.only_close() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.closed_at is null and new.closed_at is not null
     and (to_jsonb(new) - 'closed_at') = (to_jsonb(old) - 'closed_at') then
    return new;
  end if;
  raise exception 'registry.unit_range rows are a ledger: close a range and open its successors instead'
    using errcode = 'integrity_constraint_violation', constraint = 'evidence_is_append_only';
end $$;
create trigger evidence_is_append_only before update or delete on registry.unit_range
  for each row execute function registry.only_close();
create trigger evidence_is_not_emptied before truncate on registry.unit_range
  for each statement execute function platform.refuse_change();

-- What happened to ranges, by whom and why.
create table registry.posting (
  network_id text not null references people.network (network_id),
  posting_id text not null,
  range_id text not null,
  verb text not null check (verb in ('issue', 'transfer', 'retire', 'cancel', 'split')),
  actor_id text not null,
  reason text not null,
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  primary key (network_id, posting_id),
  constraint a_posting_is_about_a_range foreign key (network_id, range_id)
    references registry.unit_range (network_id, range_id)
);
call platform.isolate('registry.posting');
call platform.append_only('registry.posting');
