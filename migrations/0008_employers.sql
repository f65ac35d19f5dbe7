-- Whose days are paid by whom: employers, their sites, what they subscribed to, and who works for them.
create schema employers;

create table employers.employer (
  network_id text not null,
  organisation_id text not null,
  recorded_at timestamptz not null,
  primary key (network_id, organisation_id),
  foreign key (network_id, organisation_id) references people.organisation (network_id, organisation_id)
);
call platform.isolate('employers.employer');

-- Where people of an employer work when they do not work near home. The point is in microdegrees.
create table employers.site (
  network_id text not null,
  site_id text not null,
  organisation_id text not null,
  name text not null check (name <> ''),
  address text not null,
  commune_code text not null check (commune_code ~ '^[0-9AB]{5}$'),
  lon_udeg integer not null check (lon_udeg between -180000000 and 180000000),
  lat_udeg integer not null check (lat_udeg between -90000000 and 90000000),
  headcount integer check (headcount > 0),
  recorded_at timestamptz not null,
  primary key (network_id, site_id),
  foreign key (network_id, organisation_id) references employers.employer (network_id, organisation_id),
  constraint a_site_is_of_one_employer unique (network_id, organisation_id, site_id)
);
call platform.isolate('employers.site');

-- Days are local days, half-open. A per-day plan without a price follows the tariff voted for each space.
create table employers.subscription (
  network_id text not null,
  subscription_id text not null,
  organisation_id text not null,
  plan text not null check (plan in ('per_day', 'day_pack', 'monthly_desk')),
  day_eur_cents bigint check (day_eur_cents >= 0),
  half_day_eur_cents bigint check (half_day_eur_cents >= 0),
  month_eur_cents bigint check (month_eur_cents >= 0),
  pack_half_days integer check (pack_half_days > 0),
  space_id text check (space_id ~ '^spc_'),
  payee_id text check (payee_id ~ '^org_'),
  cap_half_days integer constraint cap_is_per_person_and_month check (cap_half_days > 0),
  valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
  recorded_at timestamptz not null,
  primary key (network_id, subscription_id),
  foreign key (network_id, organisation_id) references employers.employer (network_id, organisation_id),
  constraint a_plan_says_its_own_prices check (
    (day_eur_cents is null) = (half_day_eur_cents is null)
    and case plan
      when 'per_day' then num_nonnulls(month_eur_cents, pack_half_days, space_id, payee_id) = 0
      when 'day_pack' then num_nulls(day_eur_cents, pack_half_days) = 0
        and num_nonnulls(month_eur_cents, space_id, payee_id) = 0
      else num_nulls(month_eur_cents, space_id, payee_id) = 0 and num_nonnulls(day_eur_cents, pack_half_days) = 0
    end),
  constraint one_subscription_per_employer_at_a_time exclude using gist
    (network_id with =, organisation_id with =, valid with &&)
);
call platform.isolate('employers.subscription');

-- Who works for whom, from where, on what telework basis (Code du travail, L1222-9), on which ISO weekdays.
create table employers.staff_link (
  network_id text not null,
  staff_link_id text not null,
  person_id text not null,
  organisation_id text not null,
  site_id text not null,
  telework_basis text not null check (telework_basis in ('agreement', 'charter', 'written')),
  weekdays smallint[] not null check (
    cardinality(weekdays) between 1 and 7 and weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[]),
  valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
  recorded_at timestamptz not null,
  primary key (network_id, staff_link_id),
  foreign key (network_id, person_id) references people.person (network_id, person_id),
  foreign key (network_id, organisation_id, site_id)
    references employers.site (network_id, organisation_id, site_id),
  constraint one_employer_per_person_at_a_time exclude using gist
    (network_id with =, person_id with =, valid with &&)
);
create index on employers.staff_link (network_id, organisation_id);
call platform.isolate('employers.staff_link');
