-- Erasing a person at their request: one row says that it was asked, and when it was done. What a law makes us keep
-- is held aside until a day that is known, and is erased by the clock afterwards.

create table people.legal_hold (
  network_id text not null,
  hold_id text not null check (hold_id ~ '^hld_[0-9a-z]{8,40}$'),
  person_id text not null,
  reason text not null check (reason <> ''),
  -- First day on which it holds no more.
  until date not null,
  author text not null,
  recorded_at timestamptz not null,
  primary key (network_id, hold_id),
  foreign key (network_id, person_id) references people.person (network_id, person_id)
);
create index on people.legal_hold (network_id, person_id);
call platform.isolate('people.legal_hold');
call platform.append_only('people.legal_hold');

create table people.erasure (
  network_id text not null,
  person_id text not null,
  -- The person themself, or an operator who writes why.
  asked_by text not null,
  reason text not null,
  asked_at timestamptz not null,
  -- Nothing while it is held.
  erased_at timestamptz,
  constraint a_person_is_erased_once primary key (network_id, person_id),
  foreign key (network_id, person_id) references people.person (network_id, person_id)
);
create index on people.erasure (network_id) where erased_at is null;
call platform.isolate('people.erasure');

-- Who a held person is, for whoever the hold serves; nobody else reads it.
create table people.identity_aside (
  network_id text not null,
  person_id text not null,
  email text not null,
  first_name text not null,
  last_name text not null,
  primary key (network_id, person_id),
  constraint only_a_held_person_is_set_aside foreign key (network_id, person_id)
    references people.erasure (network_id, person_id)
);
call platform.isolate('people.identity_aside');
