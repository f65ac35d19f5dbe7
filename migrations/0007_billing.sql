-- What is owed to whom, to the cent, as rows that are only ever added.
create schema billing;

-- One line of money: who owes, to whom, for whose day, under which contract. Ids of other rooms are kept as they are:
-- this ledger outlives what they name. A reversal is the same line with both signs turned.
create table billing.charge (
  network_id text not null references people.network (network_id),
  charge_id text not null,
  reference text not null,
  reversal_of text,
  payer_id text not null check (payer_id ~ '^(org|per)_'),
  payee_id text not null check (payee_id ~ '^org_'),
  contract_id text,
  space_id text not null check (space_id ~ '^spc_'),
  person_id text check (person_id ~ '^per_'),
  day date not null,
  half_days smallint not null check (half_days between -2 and 2),
  amount_eur_cents bigint not null,
  label_fr text not null,
  label_en text not null,
  statement_month text not null check (statement_month ~ '^\d{4}-\d{2}$'),
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  reversed_half_days smallint generated always as (case when reversal_of is not null then -half_days end) stored,
  reversed_eur_cents bigint generated always as (case when reversal_of is not null then -amount_eur_cents end) stored,
  primary key (network_id, charge_id),
  constraint a_charge_is_positive_and_its_reversal_negative check (
    reversal_of is null and amount_eur_cents >= 0 and half_days >= 0
    or reversal_of is not null and amount_eur_cents <= 0 and half_days <= 0),
  constraint a_charge_can_be_reversed_exactly unique (network_id, charge_id, reference, half_days, amount_eur_cents),
  constraint a_reversal_turns_the_whole_charge
    foreign key (network_id, reversal_of, reference, reversed_half_days, reversed_eur_cents)
    references billing.charge (network_id, charge_id, reference, half_days, amount_eur_cents),
  constraint reversed_at_most_once unique (network_id, reversal_of)
);
-- A booking is charged once, for ever: changing it means reversing it and booking again.
create unique index one_charge_per_booking on billing.charge (network_id, reference) where reversal_of is null;
create index on billing.charge (network_id, payer_id, statement_month);
create index on billing.charge (network_id, payer_id, person_id, day);
create index on billing.charge (network_id, contract_id) where contract_id is not null;
call platform.isolate('billing.charge');
call platform.append_only('billing.charge');
