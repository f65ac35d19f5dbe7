-- Doors that open for those who booked. A door is told of one grant a booking; codes are kept sealed, and no arrival is kept at all.
create schema access;

-- How a space's doors are spoken to.
create table access.lock (
  network_id text not null references people.network,
  space_id text not null,
  adapter text not null check (adapter in ('webhook', 'home_assistant')),
  address text not null check (address ~ '^https?://'),
  -- Sealed under a key of the installation's secret.
  token bytea not null,
  service text,
  -- Off: what was granted is withdrawn, and nothing is granted.
  opens boolean not null,
  gives_pin boolean not null,
  before_min smallint not null check (before_min between 0 and 240),
  after_min smallint not null check (after_min between 0 and 240),
  -- Groups of doors that every booking opens.
  everyone text[] not null default '{}',
  checked_at timestamptz,
  check_failure text,
  check_status smallint,
  set_by text not null,
  set_at timestamptz not null,
  constraint one_lock_per_space primary key (network_id, space_id),
  constraint only_home_assistant_runs_a_service check ((adapter = 'home_assistant') = (service is not null)),
  constraint only_a_checked_lock_has_failed check (check_failure is null or checked_at is not null),
  foreign key (network_id, space_id) references spaces.space (network_id, space_id)
);
call platform.isolate('access.lock');

-- Groups of doors, as the lock last named them.
create table access.door_group (
  network_id text not null,
  space_id text not null,
  group_id text not null check (length(group_id) between 1 and 120),
  name text not null check (length(name) between 1 and 200),
  primary key (network_id, space_id, group_id),
  foreign key (network_id, space_id) references access.lock (network_id, space_id)
);
call platform.isolate('access.door_group');

-- Groups that a booking of one desk or room opens besides.
create table access.resource_group (
  network_id text not null,
  space_id text not null,
  resource_id text not null,
  group_id text not null,
  primary key (network_id, space_id, resource_id, group_id),
  foreign key (network_id, space_id, resource_id) references spaces.resource (network_id, space_id, resource_id),
  constraint only_a_named_group_opens
    foreign key (network_id, space_id, group_id) references access.door_group (network_id, space_id, group_id)
);
call platform.isolate('access.resource_group');

-- "Whoever holds this booking has these groups until then": what the door must know, and what it was told of it. Nobody is named:
-- the holder is found by the booking, and no longer once its person is erased.
create table access.door_grant (
  network_id text not null,
  grant_id text not null check (grant_id ~ '^grt_[0-9a-z]{8,40}$'),
  booking_id text not null check (booking_id ~ '^bkg_[0-9a-z]{8,40}$'),
  space_id text not null,
  resource_id text not null,
  local_day date not null,
  groups text[] not null check (cardinality(groups) > 0),
  during tstzrange not null,
  wanted text not null check (wanted in ('open', 'withdrawn')),
  -- Grows with each change: a door that knows a later one ignores an earlier one.
  revision integer not null check (revision > 0),
  sent_revision integer not null default 0,
  state text not null check (state in ('waiting', 'granted', 'withdrawn', 'failed')),
  failure text check (failure in ('unreachable', 'slow', 'refused', 'broken', 'unreadable', 'token_lost')),
  failure_status smallint,
  attempts smallint not null default 0,
  -- When it is told next; null once it is told, or where only someone can mend it.
  next_try_at timestamptz,
  -- Whoever is telling it has until then: one telling at a time.
  sending_until timestamptz,
  told_at timestamptz,
  pin_sealed bytea,
  pin_mac bytea,
  primary key (network_id, grant_id),
  constraint one_grant_per_booking unique (network_id, booking_id),
  constraint a_grant_lasts_and_ends check (
    not isempty(during) and lower_inc(during) and not upper_inc(during) and not lower_inf(during) and not upper_inf(during)),
  constraint nothing_is_sent_before_it_is_written check (sent_revision between 0 and revision),
  constraint a_failed_grant_says_why check ((state = 'failed') = (failure is not null)),
  constraint a_door_is_told_what_is_wanted check (
    case state when 'granted' then wanted = 'open' when 'withdrawn' then wanted = 'withdrawn' else true end),
  constraint a_code_is_kept_sealed check (num_nulls(pin_sealed, pin_mac) in (0, 2)),
  -- A code withdrawn may still open until the door knows.
  constraint one_code_per_space_at_a_time exclude using gist (
    network_id with =, space_id with =, pin_mac with =, during with &&) where (state <> 'withdrawn'),
  foreign key (network_id, space_id) references access.lock (network_id, space_id)
);
call platform.isolate('access.door_grant');
create index door_grant_by_space_and_day on access.door_grant (network_id, space_id, local_day);
create index door_grant_to_tell on access.door_grant (network_id, next_try_at) where next_try_at is not null;

-- Codes of the space's Wi-Fi, as its box made them.
create table access.voucher (
  network_id text not null references people.network,
  voucher_id text not null check (voucher_id ~ '^vch_[0-9a-z]{8,40}$'),
  space_id text not null,
  -- Null once its day is long over: what remains says that it was used.
  code_sealed bytea,
  code_mac bytea not null,
  place integer not null,
  imported_by text not null,
  imported_at timestamptz not null,
  primary key (network_id, voucher_id),
  constraint a_voucher_is_imported_once unique (network_id, space_id, code_mac),
  foreign key (network_id, space_id) references spaces.space (network_id, space_id)
);
call platform.isolate('access.voucher');
create index voucher_in_order on access.voucher (network_id, space_id, imported_at, place);

create table access.voucher_given (
  network_id text not null,
  voucher_id text not null,
  -- Null once its day is long over.
  booking_id text,
  local_day date not null,
  given_at timestamptz not null,
  constraint a_voucher_is_given_once primary key (network_id, voucher_id),
  constraint one_voucher_per_booking unique (network_id, booking_id),
  foreign key (network_id, voucher_id) references access.voucher (network_id, voucher_id)
);
call platform.isolate('access.voucher_given');
