-- Under which scheme a presence may count: contracts of obligated parties and the offers that employers accepted, collective
-- carbon projects with their mandates and their life, and the values of the method that someone vouches for.
create schema schemes;

alter table people.organisation drop constraint organisation_kind_check;
alter table people.organisation add constraint organisation_kind_check check (kind in
  ('commune', 'epci', 'operator', 'employer', 'funder', 'audit_firm', 'association', 'obligated_party'));
alter table people.membership drop constraint membership_role_check;
alter table people.membership add constraint membership_role_check check (role in
  ('worker', 'host', 'space_manager', 'employer_admin', 'network_operator', 'auditor', 'funder', 'obligated_party'));

-- What an obligated party pays for, in one dated version: every value a parameter, none invented, none edited.
create table schemes.contract_version (
  network_id text not null references people.network (network_id),
  contract_id text not null check (contract_id ~ '^con_[0-9a-z]{8,40}$'),
  obligated_party_id text not null,
  label text not null check (btrim(label) <> ''),
  valid_from date not null,
  valid_until date check (valid_until > valid_from),
  terms jsonb not null,
  -- Wording of the statement that employers sign, fixed by whoever pays: nobody alters it. Without it nothing is signed.
  statement_text text,
  added_by text not null,
  recorded_at timestamptz not null,
  primary key (network_id, contract_id),
  constraint an_obligated_party_is_an_organisation foreign key (network_id, obligated_party_id)
    references people.organisation (network_id, organisation_id),
  constraint one_version_of_a_contract_by_label unique (network_id, obligated_party_id, label)
);
call platform.isolate('schemes.contract_version');
call platform.append_only('schemes.contract_version');

-- The employer accepts before the first counted day: days count from the day after.
create table schemes.offer (
  network_id text not null,
  offer_id text not null check (offer_id ~ '^ofa_[0-9a-z]{8,40}$'),
  contract_id text not null,
  employer_id text not null,
  signatory text not null check (btrim(signatory) <> ''),
  accepted_by text not null,
  accepted_at timestamptz not null,
  counts daterange not null check (not isempty(counts) and lower_inc(counts)),
  primary key (network_id, offer_id),
  constraint an_offer_is_of_a_contract foreign key (network_id, contract_id)
    references schemes.contract_version (network_id, contract_id),
  constraint an_offer_is_for_an_employer foreign key (network_id, employer_id)
    references people.organisation (network_id, organisation_id),
  constraint one_offer_at_a_time_per_employer exclude using gist
    (network_id with =, employer_id with =, counts with &&)
);
call platform.isolate('schemes.offer');

-- An offer bears one change: it ends, once, and never earlier than the day it is ended.
create function schemes.only_end() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and upper_inf(old.counts) and not upper_inf(new.counts) and lower(new.counts) = lower(old.counts)
     and (to_jsonb(new) - 'counts') = (to_jsonb(old) - 'counts') then
    return new;
  end if;
  raise exception 'schemes.offer rows are evidence: end the offer and accept another instead'
    using errcode = 'integrity_constraint_violation', constraint = 'evidence_is_append_only';
end $$;
create trigger evidence_is_append_only before update or delete on schemes.offer
  for each row execute function schemes.only_end();
create trigger evidence_is_not_emptied before truncate on schemes.offer
  for each statement execute function platform.refuse_change();

create table schemes.project (
  network_id text not null references people.network (network_id),
  project_id text not null check (project_id ~ '^prj_[0-9a-z]{8,40}$'),
  name text not null check (btrim(name) <> ''),
  holder_id text not null,
  added_by text not null,
  recorded_at timestamptz not null,
  primary key (network_id, project_id),
  constraint a_project_has_a_holder foreign key (network_id, holder_id)
    references people.organisation (network_id, organisation_id)
);
call platform.isolate('schemes.project');
call platform.append_only('schemes.project');

-- The life of a project, one step after another: the state is the last step's.
create table schemes.project_step (
  network_id text not null,
  project_id text not null,
  sequence integer not null check (sequence > 0),
  command text not null,
  state text not null,
  happened_on date not null,
  reference text,
  reason text,
  details jsonb not null default '{}',
  actor text not null,
  recorded_at timestamptz not null,
  constraint one_step_at_a_time primary key (network_id, project_id, sequence),
  foreign key (network_id, project_id) references schemes.project (network_id, project_id)
);
call platform.isolate('schemes.project_step');
call platform.append_only('schemes.project_step');

-- A principal gives mandate for a space; the space's eligibility is frozen with it.
create table schemes.mandate (
  network_id text not null,
  mandate_id text not null check (mandate_id ~ '^mdt_[0-9a-z]{8,40}$'),
  project_id text not null,
  space_id text not null,
  signatory text not null check (btrim(signatory) <> ''),
  signed_on date not null,
  notified_on date,
  eligibility jsonb not null,
  ended_on date,
  recorded_at timestamptz not null,
  primary key (network_id, mandate_id),
  foreign key (network_id, project_id) references schemes.project (network_id, project_id),
  foreign key (network_id, space_id) references spaces.space (network_id, space_id),
  constraint a_mandate_is_signed_before_it_is_notified check (notified_on is null or notified_on >= signed_on),
  constraint one_mandate_per_space_and_project unique (network_id, project_id, space_id)
);
-- Between projects too: a space whose presences count is a member of one project only.
create unique index a_space_is_in_one_project_at_a_time on schemes.mandate (network_id, space_id) where ended_on is null;
call platform.isolate('schemes.mandate');

-- A value that the approved method leaves open, as the person who holds its text gives it. A later row replaces it.
create table schemes.certified_value (
  network_id text not null references people.network (network_id),
  unknown_id text not null check (unknown_id ~ '^U\d+$'),
  revision integer not null check (revision > 0),
  value jsonb not null,
  source text not null check (btrim(source) <> ''),
  vouched_by text not null check (btrim(vouched_by) <> ''),
  entered_by text not null,
  entered_on date not null,
  recorded_at timestamptz not null,
  constraint one_revision_at_a_time primary key (network_id, unknown_id, revision)
);
call platform.isolate('schemes.certified_value');
call platform.append_only('schemes.certified_value');
