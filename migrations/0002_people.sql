-- Who someone is, in which network, and what they may do there.
create schema people;

-- The tenant itself: the one table without row security, because a visit must find its network first.
create table people.network (
  network_id text primary key check (network_id ~ '^net_[0-9a-z]{8,40}$'),
  name text not null,
  hostname text constraint one_network_per_hostname unique,
  profile text not null check (profile in ('demo', 'certifying')),
  fictitious boolean not null,
  created_at timestamptz not null
);

create table people.organisation (
  network_id text not null references people.network (network_id),
  organisation_id text not null,
  kind text not null check (kind in ('commune', 'epci', 'operator', 'employer', 'funder', 'audit_firm', 'association')),
  name text not null check (name <> ''),
  siren text constraint siren_has_nine_digits check (siren ~ '^\d{9}$'),
  siret text constraint siret_has_fourteen_digits check (siret ~ '^\d{14}$'),
  created_at timestamptz not null,
  primary key (network_id, organisation_id),
  constraint siret_starts_with_its_siren check (siret is null or siren is not null and left(siret, 9) = siren),
  constraint one_organisation_per_siret unique (network_id, siret)
);
call platform.isolate('people.organisation');

create table people.person (
  network_id text not null references people.network (network_id),
  person_id text not null,
  email text not null constraint email_is_kept_in_lower_case check (email = lower(email)),
  first_name text not null check (first_name <> ''),
  last_name text not null,
  locale text not null check (locale in ('fr', 'en')),
  created_at timestamptz not null,
  primary key (network_id, person_id),
  constraint one_person_per_email unique (network_id, email)
);
call platform.isolate('people.person');

-- A role over the network (scope null), a space or an organisation, for a time.
create table people.membership (
  network_id text not null,
  membership_id text not null,
  person_id text not null,
  role text not null check (role in
    ('worker', 'host', 'space_manager', 'employer_admin', 'network_operator', 'auditor', 'funder')),
  scope text,
  valid tstzrange not null check (not isempty(valid)),
  recorded_at timestamptz not null,
  primary key (network_id, membership_id),
  foreign key (network_id, person_id) references people.person (network_id, person_id),
  constraint a_role_is_held_once_at_a_time exclude using gist
    (network_id with =, person_id with =, role with =, (coalesce(scope, '')) with =, valid with &&)
);
call platform.isolate('people.membership');

-- Someone typed an e-mail and asked for a link: kept an hour, for the mail job and for the limits. Known and unknown
-- e-mails leave the same row, so that neither the answer nor its time tells who has an account.
create table people.sign_in_request (
  network_id text not null references people.network (network_id),
  request_id text not null,
  email text not null,
  address text not null,
  lang text not null check (lang in ('fr', 'en')),
  origin text not null,
  back_to text not null,
  requested_at timestamptz not null,
  answered_at timestamptz,
  primary key (network_id, request_id)
);
create index on people.sign_in_request (network_id, email, requested_at);
create index on people.sign_in_request (network_id, address, requested_at);
call platform.isolate('people.sign_in_request');

-- Only the hash of a link's token is kept: reading this table lets nobody in.
create table people.sign_in_link (
  network_id text not null,
  request_id text not null,
  token_sha256 text not null,
  person_id text not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  primary key (network_id, request_id),
  foreign key (network_id, request_id) references people.sign_in_request (network_id, request_id) on delete cascade,
  foreign key (network_id, person_id) references people.person (network_id, person_id),
  constraint one_link_per_token unique (network_id, token_sha256)
);
call platform.isolate('people.sign_in_link');

create table people.session (
  network_id text not null,
  session_id text not null,
  token_sha256 text not null,
  person_id text not null,
  entered_by text not null check (entered_by in ('link', 'persona')),
  started_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  primary key (network_id, session_id),
  foreign key (network_id, person_id) references people.person (network_id, person_id),
  constraint one_session_per_token unique (network_id, token_sha256)
);
create index on people.session (network_id, person_id);
call platform.isolate('people.session');

-- The cast of a fictitious network, in the order in which visitors may enter as them.
create table people.persona (
  network_id text not null,
  person_id text not null,
  rank integer not null,
  sentence_fr text not null,
  sentence_en text not null,
  primary key (network_id, person_id),
  foreign key (network_id, person_id) references people.person (network_id, person_id)
);
call platform.isolate('people.persona');
