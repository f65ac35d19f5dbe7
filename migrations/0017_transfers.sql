-- The life of units after their issue: transfers and their declaration, ends, the State's references, late fraud.

-- Ranges: what follows from what. The open ranges of a series are disjoint already; these rules leave no unit out.
alter table registry.unit_range
  -- Whoever stands behind the range asked not to be named in public.
  add column holder_anonymous boolean not null default false,
  add constraint a_range_keeps_its_state unique (network_id, range_id, state);
create index on registry.unit_range (network_id, parent_id);
create index on registry.unit_range (network_id, batch_id);

alter table registry.posting drop constraint posting_verb_check;
alter table registry.posting add constraint posting_verb_check
  check (verb in ('issue', 'split', 'transfer', 'retire', 'cancel', 'send_out'));
create index on registry.posting (network_id, range_id);

create function registry.check_opening() returns trigger language plpgsql as $$
declare
  parent registry.unit_range;
begin
  if new.closed_at is not null then
    raise exception 'a range is open when it enters the books'
      using errcode = 'integrity_constraint_violation', constraint = 'a_range_begins_open';
  end if;
  if new.parent_id is null then
    if lower(new.numbers) <> (select coalesce(max(upper(r.numbers)), 1) from registry.unit_range r
        where r.network_id = new.network_id and r.scheme = new.scheme and r.project = new.project
          and r.vintage = new.vintage) then
      raise exception 'the units of a series are numbered one after the other'
        using errcode = 'integrity_constraint_violation', constraint = 'a_series_has_no_gap';
    end if;
    return new;
  end if;
  select * into parent from registry.unit_range r where r.network_id = new.network_id and r.range_id = new.parent_id;
  if parent.closed_at is null or not new.numbers <@ parent.numbers
     or (new.scheme, new.project, new.vintage, new.batch_id)
       is distinct from (parent.scheme, parent.project, parent.vintage, parent.batch_id) then
    raise exception 'a part has its numbers, series and batch from the closed range that it comes from'
      using errcode = 'integrity_constraint_violation', constraint = 'a_part_is_of_its_whole';
  end if;
  if parent.state not in ('reserve', 'active')
     or (parent.state = 'reserve' and new.state not in ('reserve', 'cancelled')) then
    raise exception 'no unit goes from % to %', parent.state, new.state
      using errcode = 'integrity_constraint_violation', constraint = 'final_states_are_never_left';
  end if;
  return new;
end $$;
create trigger a_range_follows_from_another before insert on registry.unit_range
  for each row execute function registry.check_opening();

-- Judged when the transaction ends, once all parts are written. Parts lie inside and never overlap: equal counts mean
-- that each unit went to exactly one part.
create function registry.check_parts() returns trigger language plpgsql as $$
begin
  if upper(new.numbers) - lower(new.numbers) <> (select coalesce(sum(upper(r.numbers) - lower(r.numbers)), 0)
      from registry.unit_range r where r.network_id = new.network_id and r.parent_id = new.range_id) then
    raise exception 'a closed range goes on in its parts, to the last unit'
      using errcode = 'integrity_constraint_violation', constraint = 'no_unit_vanishes';
  end if;
  return null;
end $$;
create constraint trigger no_unit_vanishes after update on registry.unit_range
  deferrable initially deferred for each row execute function registry.check_parts();

-- Buyers from outside, by name; organisations of the network keep their own ids.
create table registry.party (
  network_id text not null references people.network (network_id),
  party_id text not null check (party_id ~ '^pty_[0-9a-z]{8,40}$'),
  name text not null check (btrim(name) <> ''),
  recorded_at timestamptz not null,
  primary key (network_id, party_id),
  constraint a_party_is_named_once unique (network_id, name)
);
call platform.isolate('registry.party');
call platform.append_only('registry.party');

-- Units change hands by a private contract. Prices go to the State's register and are never public.
create table registry.transfer (
  network_id text not null,
  transfer_id text not null check (transfer_id ~ '^trf_[0-9a-z]{8,40}$'),
  range_id text not null,
  from_id text not null,
  to_id text not null,
  contract text not null check (btrim(contract) <> ''),
  signed_on date not null,
  purpose text not null check (purpose in ('contribution', 'voluntary_offset', 'mandatory_offset')),
  price_eur_cents bigint not null check (price_eur_cents >= 0),
  project_holder_eur_cents bigint not null check (project_holder_eur_cents >= 0),
  -- Null when the units are paid after verification: then no shortfall can come.
  shortfall_bearer text check (shortfall_bearer in ('buyer', 'project_holder')),
  anonymous boolean not null,
  recorded_at timestamptz not null,
  primary key (network_id, transfer_id),
  constraint a_transfer_moves_one_range unique (network_id, range_id),
  constraint a_transfer_is_of_a_range foreign key (network_id, range_id)
    references registry.unit_range (network_id, range_id),
  constraint a_transfer_changes_the_holder check (from_id <> to_id)
);
call platform.isolate('registry.transfer');
call platform.append_only('registry.transfer');

-- The applicant declares each transfer in the State's register: once, on a day, under the register's reference.
create table registry.declaration (
  network_id text not null,
  transfer_id text not null,
  declared_on date not null,
  reference text not null check (btrim(reference) <> ''),
  declared_by text not null,
  recorded_at timestamptz not null,
  constraint a_transfer_is_declared_once primary key (network_id, transfer_id),
  foreign key (network_id, transfer_id) references registry.transfer (network_id, transfer_id)
);
call platform.isolate('registry.declaration');
call platform.append_only('registry.declaration');

create table registry.declaration_alarm (
  network_id text not null,
  transfer_id text not null,
  threshold text not null check (threshold in ('alarm', 'red', 'late')),
  recorded_at timestamptz not null,
  constraint each_threshold_is_told_once primary key (network_id, transfer_id, threshold),
  foreign key (network_id, transfer_id) references registry.transfer (network_id, transfer_id)
);
call platform.isolate('registry.declaration_alarm');
call platform.append_only('registry.declaration_alarm');

-- How units ended: used for good, struck off, or gone to another register. Three different ends, one row a range.
create table registry.ending (
  network_id text not null,
  range_id text not null,
  state text not null check (state in ('retired', 'cancelled', 'sent_out')),
  beneficiary text,
  purpose text check (purpose in ('contribution', 'voluntary_offset', 'mandatory_offset')),
  year smallint check (year between 2000 and 2999),
  mention text,
  reason text check (reason in ('issued_in_error', 'state_decision', 'late_fraud', 'replacement')),
  register text,
  reference text,
  recorded_at timestamptz not null,
  primary key (network_id, range_id),
  constraint an_end_is_that_of_its_range foreign key (network_id, range_id, state)
    references registry.unit_range (network_id, range_id, state),
  constraint a_retirement_has_beneficiary_purpose_and_year check
    (state <> 'retired' or (coalesce(btrim(beneficiary), '') <> '' and purpose is not null and year is not null)),
  constraint a_cancellation_has_a_reason_code check (state <> 'cancelled' or reason is not null),
  constraint a_departure_has_a_register_and_a_reference check
    (state <> 'sent_out' or (coalesce(btrim(register), '') <> '' and coalesce(btrim(reference), '') <> ''))
);
call platform.isolate('registry.ending');
call platform.append_only('registry.ending');

create function registry.check_end() returns trigger language plpgsql as $$
begin
  if not exists (select from registry.ending e where e.network_id = new.network_id and e.range_id = new.range_id) then
    raise exception 'a range that ends says how'
      using errcode = 'integrity_constraint_violation', constraint = 'an_end_says_how';
  end if;
  return null;
end $$;
create constraint trigger an_end_says_how after insert on registry.unit_range deferrable initially deferred
  for each row when (new.state in ('retired', 'cancelled', 'sent_out')) execute function registry.check_end();

-- The State's own number (its carbon register's, or EMMY's) and how many units it issued under it.
create table registry.external_reference (
  network_id text not null references people.network (network_id),
  reference_id text not null check (reference_id ~ '^ext_[0-9a-z]{8,40}$'),
  scheme text not null check (scheme in ('cee', 'lbc')),
  reference text not null check (btrim(reference) <> ''),
  quantity bigint not null check (quantity > 0),
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (network_id, reference_id),
  constraint an_external_reference_is_entered_once unique (network_id, scheme, reference),
  constraint a_reference_keeps_its_scheme unique (network_id, reference_id, scheme)
);
call platform.isolate('registry.external_reference');
call platform.append_only('registry.external_reference');

-- Numbers of ours, not ranges: a tie outlives every split.
create table registry.external_tie (
  network_id text not null,
  reference_id text not null,
  scheme text not null,
  project text not null,
  vintage smallint not null,
  numbers int8range not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  primary key (network_id, scheme, project, vintage, numbers),
  constraint a_tie_is_to_a_reference_of_its_scheme foreign key (network_id, reference_id, scheme)
    references registry.external_reference (network_id, reference_id, scheme),
  constraint a_unit_has_one_external_reference exclude using gist (
    network_id with =, scheme with =, project with =, vintage with =, numbers with &&)
);
call platform.isolate('registry.external_tie');
call platform.append_only('registry.external_tie');

-- Whoever ties units waits for whoever does so under the same reference, then counts what is there.
create function registry.check_tie() returns trigger language plpgsql as $$
declare
  allowed bigint;
begin
  select e.quantity into allowed from registry.external_reference e
    where e.network_id = new.network_id and e.reference_id = new.reference_id for update;
  if allowed < upper(new.numbers) - lower(new.numbers) + (select coalesce(sum(upper(t.numbers) - lower(t.numbers)), 0)
      from registry.external_tie t where t.network_id = new.network_id and t.reference_id = new.reference_id) then
    raise exception 'our units under an external reference are at most its own'
      using errcode = 'integrity_constraint_violation', constraint = 'our_units_fit_the_external_quantity';
  end if;
  return new;
end $$;
create trigger our_units_fit_the_external_quantity before insert on registry.external_tie
  for each row execute function registry.check_tie();

-- What the State's register shows under a reference, as someone read it there. The latest reading counts.
create table registry.external_count (
  network_id text not null,
  reference_id text not null,
  sequence integer not null check (sequence > 0),
  quantity bigint not null check (quantity >= 0),
  read_on date not null,
  recorded_by text not null,
  recorded_at timestamptz not null,
  constraint one_reading_at_a_time primary key (network_id, reference_id, sequence),
  foreign key (network_id, reference_id) references registry.external_reference (network_id, reference_id)
);
call platform.isolate('registry.external_count');
call platform.append_only('registry.external_count');

-- A row when the comparison comes out otherwise than before: the last one of a reference stands. Unequal is an alarm.
create table registry.reconciliation (
  network_id text not null,
  reference_id text not null,
  found_at timestamptz not null,
  external bigint not null,
  ours bigint not null,
  primary key (network_id, reference_id, found_at),
  foreign key (network_id, reference_id) references registry.external_reference (network_id, reference_id)
);
call platform.isolate('registry.reconciliation');
call platform.append_only('registry.reconciliation');

-- Fraud found after issue: from the reserve, from what the project holder still has, then by a duty to replace.
create table registry.claw_back (
  network_id text not null,
  claw_back_id text not null check (claw_back_id ~ '^clb_[0-9a-z]{8,40}$'),
  batch_id text not null,
  quantity bigint not null check (quantity > 0),
  from_reserve bigint not null check (from_reserve >= 0),
  from_unsold bigint not null check (from_unsold >= 0),
  owed bigint not null check (owed >= 0),
  reason text not null check (btrim(reason) <> ''),
  actor_id text not null,
  recorded_at timestamptz not null,
  primary key (network_id, claw_back_id),
  constraint a_claw_back_takes_what_it_says check (from_reserve + from_unsold + owed = quantity)
);
call platform.isolate('registry.claw_back');
call platform.append_only('registry.claw_back');

create table registry.replacement_duty (
  network_id text not null,
  duty_id text not null check (duty_id ~ '^dut_[0-9a-z]{8,40}$'),
  claw_back_id text not null,
  batch_id text not null,
  scheme text not null check (scheme in ('cee', 'lbc')),
  holder_id text not null,
  quantity bigint not null check (quantity > 0),
  recorded_at timestamptz not null,
  primary key (network_id, duty_id),
  constraint one_duty_per_claw_back unique (network_id, claw_back_id),
  foreign key (network_id, claw_back_id) references registry.claw_back (network_id, claw_back_id)
);
create index on registry.replacement_duty (network_id, batch_id);
call platform.isolate('registry.replacement_duty');
call platform.append_only('registry.replacement_duty');

create function registry.check_duty() returns trigger language plpgsql as $$
begin
  perform from registry.unit_range r
    where r.network_id = new.network_id and r.batch_id = new.batch_id and r.parent_id is null for update;
  if new.quantity + (select coalesce(sum(d.quantity), 0) from registry.replacement_duty d
      where d.network_id = new.network_id and d.batch_id = new.batch_id)
     > (select coalesce(sum(upper(r.numbers) - lower(r.numbers)), 0) from registry.unit_range r
      where r.network_id = new.network_id and r.batch_id = new.batch_id and r.closed_at is null
        and r.state <> 'cancelled') then
    raise exception 'no more units are replaced than still stand in their batch'
      using errcode = 'integrity_constraint_violation', constraint = 'a_duty_is_for_units_that_stand';
  end if;
  return new;
end $$;
create trigger a_duty_is_for_units_that_stand before insert on registry.replacement_duty
  for each row execute function registry.check_duty();

-- A duty is met by cancelled units of its scheme, each of which serves once.
create table registry.replacement (
  network_id text not null,
  duty_id text not null,
  range_id text not null,
  state text not null default 'cancelled' check (state = 'cancelled'),
  quantity bigint not null check (quantity > 0),
  recorded_at timestamptz not null,
  constraint a_cancelled_range_meets_one_duty primary key (network_id, range_id),
  constraint a_duty_is_met_by_cancelled_units foreign key (network_id, range_id, state)
    references registry.unit_range (network_id, range_id, state),
  foreign key (network_id, duty_id) references registry.replacement_duty (network_id, duty_id)
);
create index on registry.replacement (network_id, duty_id);
call platform.isolate('registry.replacement');
call platform.append_only('registry.replacement');

create function registry.check_replacement() returns trigger language plpgsql as $$
declare
  duty registry.replacement_duty;
  spent registry.unit_range;
begin
  select * into duty from registry.replacement_duty d
    where d.network_id = new.network_id and d.duty_id = new.duty_id for update;
  select * into spent from registry.unit_range r where r.network_id = new.network_id and r.range_id = new.range_id;
  if spent.scheme <> duty.scheme or spent.batch_id = duty.batch_id
     or new.quantity <> upper(spent.numbers) - lower(spent.numbers)
     or new.quantity + (select coalesce(sum(p.quantity), 0) from registry.replacement p
      where p.network_id = new.network_id and p.duty_id = new.duty_id) > duty.quantity then
    raise exception 'a duty is met by other units of its scheme, up to its quantity'
      using errcode = 'integrity_constraint_violation', constraint = 'a_duty_is_met_once_by_other_units';
  end if;
  return new;
end $$;
create trigger a_duty_is_met_once_by_other_units before insert on registry.replacement
  for each row execute function registry.check_replacement();
