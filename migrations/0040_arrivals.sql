-- Places given back when nobody came, and what follows from it: a strike a booking, lifted by an arrival or by a host who says why.

-- From its first day on; without one a space gives nothing back by itself.
create table booking.no_show_policy (
  network_id text not null,
  space_id text not null,
  valid_from date not null,
  release_after_minutes smallint
    constraint a_place_is_kept_a_quarter_of_an_hour_at_least check (release_after_minutes between 15 and 240),
  strikes_allowed smallint not null check (strikes_allowed between 1 and 20),
  strike_window_days smallint not null check (strike_window_days between 7 and 365),
  recorded_at timestamptz not null,
  recorded_by text not null,
  constraint one_no_show_policy_per_space_and_first_day primary key (network_id, space_id, valid_from),
  foreign key (network_id, space_id) references spaces.space
);
call platform.isolate('booking.no_show_policy');
call platform.watch('booking.no_show_policy', 'places');

create table booking.strike (
  network_id text not null,
  booking_id text not null,
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  space_id text not null,
  local_day date not null,
  noted_at timestamptz not null,
  restored_at timestamptz,
  lifted_at timestamptz,
  -- Who lifted it, or 'arrival'.
  lifted_by text,
  lift_reason text check (length(lift_reason) between 1 and 300),
  constraint a_booking_is_released_once primary key (network_id, booking_id),
  constraint whoever_lifts_a_strike_says_why check (num_nulls(lifted_at, lifted_by, lift_reason) in (0, 3)),
  constraint a_place_given_again_leaves_no_strike check (restored_at is null or lifted_at is not null),
  foreign key (network_id, booking_id) references booking.booking
);
call platform.isolate('booking.strike');
create index strike_by_person on booking.strike (network_id, person_id, space_id);
create index strike_by_space on booking.strike (network_id, space_id, local_day);

-- More ways of being noted: a personal code read by the kiosk, an NFC tag, a badge at the door, a signed sheet entered later.
alter table presence.access_event
  -- The tag, the badge or the sheet.
  add column source_id text,
  -- Hours written on a sheet, in minutes from midnight: said, never a date of capture.
  add column said_from_min smallint check (said_from_min between 0 and 1439),
  add column said_to_min smallint check (said_to_min between 0 and 1439),
  drop constraint access_event_method_check,
  add constraint a_method_is_one_of_ours check (method in ('rotating_code', 'personal_code', 'tag', 'badge', 'kiosk_name',
    'host_list', 'paper_sheet', 'own_declaration')),
  drop constraint a_code_comes_from_a_kiosk,
  add constraint a_code_comes_from_a_kiosk check (
    (method in ('rotating_code', 'personal_code')) = (counter is not null)
    and (method in ('rotating_code', 'personal_code', 'kiosk_name')) = (kiosk_id is not null)),
  add constraint what_was_read_is_named check ((method in ('tag', 'badge', 'paper_sheet')) = (source_id is not null)),
  add constraint only_a_sheet_says_hours check (method = 'paper_sheet' or num_nonnulls(said_from_min, said_to_min) = 0);
-- Whichever kiosk reads it.
create unique index a_personal_code_serves_once on presence.access_event (network_id, person_id, counter)
  where method = 'personal_code';
create unique index a_sheet_notes_a_half_day_once on presence.access_event (network_id, person_id, local_day, half)
  where method = 'paper_sheet';

-- What a space asks for an arrival to be noted, from a first day on; without a line the host's list is enough.
create table presence.arrival_rule (
  network_id text not null,
  space_id text not null,
  valid_from date not null,
  level text not null check (level in ('host_list', 'code', 'code_and_booking')),
  recorded_at timestamptz not null,
  recorded_by text not null,
  constraint one_arrival_rule_per_space_and_first_day primary key (network_id, space_id, valid_from),
  foreign key (network_id, space_id) references spaces.space
);
call platform.isolate('presence.arrival_rule');
call platform.watch('presence.arrival_rule', 'places');

-- A printed attendance sheet: where and for which days. What it says once signed is entered as events of its day.
create table presence.sheet (
  network_id text not null,
  sheet_id text not null check (sheet_id ~ '^sht_[0-9a-z]{8,40}$'),
  space_id text not null,
  first_day date not null,
  days smallint not null,
  printed_by text not null,
  printed_at timestamptz not null,
  primary key (network_id, sheet_id),
  constraint a_sheet_covers_a_week_at_most check (days between 1 and 7),
  foreign key (network_id, space_id) references spaces.space
);
call platform.isolate('presence.sheet');
create index sheet_by_space on presence.sheet (network_id, space_id, first_day);

-- A day of a sheet that someone has entered; until then its arrivals are on paper.
create table presence.sheet_entry (
  network_id text not null,
  sheet_id text not null,
  local_day date not null,
  entered_by text not null,
  entered_at timestamptz not null,
  constraint a_day_of_a_sheet_is_first_entered_once primary key (network_id, sheet_id, local_day),
  foreign key (network_id, sheet_id) references presence.sheet on delete cascade
);
call platform.isolate('presence.sheet_entry');

-- Who is showing a personal code to the kiosk of which space: a few minutes, one space at a time. The code itself is derived.
create table presence.personal_code (
  network_id text not null,
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  space_id text not null,
  shown_until timestamptz not null,
  constraint a_person_shows_one_code_at_a_time primary key (network_id, person_id),
  foreign key (network_id, space_id) references spaces.space
);
call platform.isolate('presence.personal_code');

-- NFC tags whose address changes at each reading (NXP NTAG 424 DNA). Their keys are kept sealed.
create table presence.tag (
  network_id text not null,
  tag_id text not null check (tag_id ~ '^tag_[0-9a-z]{8,40}$'),
  space_id text not null,
  -- The desk that it lies on; null at the entrance.
  resource_id text,
  name text not null check (length(name) between 1 and 80),
  uid_mac bytea not null,
  keys_sealed bytea not null,
  -- How many times it had been read when it was last used.
  last_counter integer not null default 0 check (last_counter >= 0),
  registered_by text not null,
  registered_at timestamptz not null,
  revoked_by text,
  revoked_at timestamptz,
  primary key (network_id, tag_id),
  constraint whoever_revokes_a_tag_is_named check ((revoked_by is null) = (revoked_at is null)),
  foreign key (network_id, space_id) references spaces.space,
  constraint a_tag_lies_on_a_desk_of_its_space
    foreign key (network_id, space_id, resource_id) references spaces.resource (network_id, space_id, resource_id)
);
call platform.isolate('presence.tag');
create unique index a_tag_is_registered_once on presence.tag (network_id, uid_mac) where revoked_at is null;

-- An address copied from a tag has a counter that was used, or that a later reading has overtaken.
create function presence.keep_counter_growing() returns trigger language plpgsql as $$
begin
  if new.last_counter <= old.last_counter then
    raise exception 'presence.tag: the counter of a tag only grows'
      using errcode = 'integrity_constraint_violation', constraint = 'a_tag_counter_only_grows';
  end if;
  return new;
end $$;
create trigger a_tag_counter_only_grows before update of last_counter on presence.tag
  for each row execute function presence.keep_counter_growing();

-- People who visit a space without working there: a name for the day's safety list, kept thirty days, and no presence of any kind.
create table presence.visitor (
  network_id text not null,
  visitor_id text not null check (visitor_id ~ '^vis_[0-9a-z]{8,40}$'),
  space_id text not null,
  local_day date not null,
  name text not null check (length(name) between 1 and 120),
  arrived_at timestamptz not null,
  left_at timestamptz,
  noted_by text not null,
  primary key (network_id, visitor_id),
  constraint nobody_leaves_before_they_come check (left_at >= arrived_at),
  foreign key (network_id, space_id) references spaces.space
);
call platform.isolate('presence.visitor');
create index visitor_by_space on presence.visitor (network_id, space_id, local_day);

-- Badges that open a door and are registered to someone. The number itself is not kept: a keyed hash of it is.
create table presence.badge (
  network_id text not null,
  badge_id text not null check (badge_id ~ '^bdg_[0-9a-z]{8,40}$'),
  space_id text not null,
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  number_mac bytea not null,
  registered_by text not null,
  registered_at timestamptz not null,
  withdrawn_at timestamptz,
  primary key (network_id, badge_id),
  foreign key (network_id, space_id) references spaces.space
);
call platform.isolate('presence.badge');
create unique index a_badge_is_one_persons_in_a_space on presence.badge (network_id, space_id, number_mac)
  where withdrawn_at is null;
create index badge_by_person on presence.badge (network_id, person_id);
