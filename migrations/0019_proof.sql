-- The proof engine: every rule's word in one compact row a presence and judge, what people decide on it, and where each
-- presence stands now, so that a month of presences is read without reading what was said of each.

-- A personal device leaves a keyed hash of its cookie, and how far its clock was off; both go with the check-in.
alter table presence.access_event
  add column device text,
  add column clock_skew_s integer,
  -- Where it was signed; nothing for lists, whose time is that of their writing.
  add column since_midnight_s integer,
  add constraint only_a_personal_device_is_told_apart
    check (method = 'rotating_code' or (device is null and clock_skew_s is null));

create index access_event_arrival on presence.access_event (network_id, local_day, person_id) include (since_midnight_s);

-- A correction by hand names its author; what remains of a corrected day is a new row that replaces the other.
alter table presence.day_attestation
  add column author text,
  add column author_role text check (author_role in ('manager', 'operator')),
  add column replaces text,
  add column upgraded_by text,
  -- Noted by hand only: no code of a kiosk. Unknown of older rows, where a declaration alone stands for it.
  add column manual boolean,
  add constraint only_an_attestation_is_replaced foreign key (network_id, replaces) references presence.day_attestation,
  add constraint an_attestation_is_replaced_once unique (network_id, replaces),
  add constraint an_author_has_a_role check ((author is null) = (author_role is null)),
  drop constraint class_c_is_corroborated,
  add constraint class_c_is_corroborated_or_decided
    check (evidence_class <> 'C' or booking_sha256 is not null or upgraded_by is not null),
  drop constraint day_attestation_reason_check,
  add constraint a_reason_is_one_of_ours check (reason in ('more_evidence', 'less_evidence', 'contest_upheld', 'operator',
    'not_there', 'other_space', 'half_only', 'other', 'upgraded'));

-- A person may also say that their day is right: with the host's word, a late declaration is then countersigned.
alter table presence.contest_entry
  drop constraint contest_entry_kind_check,
  add constraint an_entry_is_one_of_ours check (kind in ('opened', 'withdrawn', 'upheld', 'dismissed', 'confirmed'));

-- Where each presence stands: what the rows of the room come to, kept up with each of them and made again from them.
-- Three letters, one an axis (acquisition, fraud, anomaly): w waits, p passed, r under review, b blocked.
create table presence.standing (
  network_id text not null,
  attestation_id text not null,
  local_day date not null,
  manual boolean not null,
  -- Since when the rules are to be run; null once they were.
  due_at timestamptz,
  own text not null default 'www' check (length(own) = 3),
  own_revision smallint not null default 0,
  own_blocked_by text,
  trip text not null default 'www' check (length(trip) = 3),
  trip_revision smallint not null default 0,
  trip_blocked_by text,
  contested boolean not null default false,
  reversed boolean not null default false,
  primary key (network_id, attestation_id)
);
create index standing_due on presence.standing (network_id, due_at) where due_at is not null;
create index standing_without_trip on presence.standing (network_id, local_day) where trip_revision = 0 and not reversed;
create index standing_in_question on presence.standing (network_id, local_day)
  where (own not in ('ppp', 'www') or trip not in ('ppp', 'www')) and not reversed;

-- How many presences stand in a space on a day: what a month's share and a week's volume add up.
create table presence.space_day (
  network_id text not null,
  space_id text not null,
  local_day date not null,
  presences integer not null,
  manual integer not null,
  halves integer not null,
  constraint one_count_per_space_and_day primary key (network_id, space_id, local_day)
);

-- What one judge said of one presence: the facts that are not ordinary, and every rule that did not simply pass. Said
-- again only when it changes. Rows are written for what is in presence.standing alone: no foreign key checks it once more.
create table presence.judgement (
  network_id text not null,
  attestation_id text not null,
  judge text not null check (judge in ('presence', 'commute')),
  revision smallint not null check (revision > 0),
  -- SHA-256 of the rules, their versions and the values in force: same catalogue and facts, same judgement.
  catalogue bytea not null check (length(catalogue) = 32),
  facts jsonb not null,
  facts_sha256 bytea not null check (length(facts_sha256) = 32),
  acquisition text not null check (acquisition in ('pending', 'passed', 'review', 'blocked')),
  fraud text not null check (fraud in ('pending', 'passed', 'review', 'blocked')),
  anomaly text not null check (anomaly in ('pending', 'passed', 'review', 'blocked')),
  findings jsonb not null,
  recorded_at timestamptz not null,
  constraint one_judgement_at_a_time primary key (network_id, attestation_id, judge, revision)
);

-- One operator decides a review; it holds for these very facts.
create table presence.decision (
  network_id text not null references people.network,
  decision_id text not null check (decision_id ~ '^dcs_[0-9a-z]{8,40}$'),
  attestation_id text not null,
  judge text not null check (judge in ('presence', 'commute')),
  facts_sha256 bytea not null,
  rule_id text not null,
  kind text not null check (kind in ('let_pass', 'block')),
  reason text not null,
  author text not null,
  recorded_at timestamptz not null,
  primary key (network_id, decision_id),
  foreign key (network_id, attestation_id) references presence.day_attestation
);
call platform.isolate('presence.decision');
call platform.append_only('presence.decision');
create index decision_by_attestation on presence.decision (network_id, attestation_id, recorded_at);

-- Setting a finding aside, or raising a class of evidence, takes two people: one proposes, another confirms.
create table presence.override (
  network_id text not null references people.network,
  override_id text not null check (override_id ~ '^ovr_[0-9a-z]{8,40}$'),
  attestation_id text not null,
  kind text not null check (kind in ('finding', 'class')),
  judge text check (judge in ('presence', 'commute')),
  facts_sha256 bytea,
  rule_id text,
  reason text not null,
  proposed_by text not null,
  proposed_at timestamptz not null,
  primary key (network_id, override_id),
  constraint a_finding_is_named check ((kind = 'finding') = (rule_id is not null and judge is not null and facts_sha256 is not null)),
  constraint a_proposal_has_one_author unique (network_id, override_id, proposed_by),
  foreign key (network_id, attestation_id) references presence.day_attestation
);
call platform.isolate('presence.override');
call platform.append_only('presence.override');
create index override_by_attestation on presence.override (network_id, attestation_id, proposed_at);

create table presence.override_confirmation (
  network_id text not null,
  override_id text not null,
  proposed_by text not null,
  confirmed_by text not null,
  reason text not null,
  confirmed_at timestamptz not null,
  primary key (network_id, override_id),
  constraint an_override_needs_two_people check (confirmed_by <> proposed_by),
  constraint the_one_who_proposed_is_told foreign key (network_id, override_id, proposed_by)
    references presence.override (network_id, override_id, proposed_by)
);
call platform.isolate('presence.override_confirmation');
call platform.append_only('presence.override_confirmation');

-- A rule set aside for a space or a person, for a time, by someone who answers for it.
create table presence.exemption (
  network_id text not null references people.network,
  exemption_id text not null check (exemption_id ~ '^exm_[0-9a-z]{8,40}$'),
  rule_id text not null,
  space_id text,
  pseudonym text,
  valid daterange not null check (not isempty(valid) and not lower_inf(valid) and not upper_inf(valid)),
  reason text not null,
  approved_by text not null,
  recorded_at timestamptz not null,
  primary key (network_id, exemption_id),
  constraint an_exemption_is_of_a_space_or_a_person check ((space_id is null) <> (pseudonym is null))
);
call platform.isolate('presence.exemption');
call platform.append_only('presence.exemption');

-- Someone close to those who run a space, who said so: their presences there are not counted.
create table presence.relative (
  network_id text not null,
  relative_id text not null check (relative_id ~ '^rel_[0-9a-z]{8,40}$'),
  pseudonym text not null check (pseudonym ~ '^[0-9a-f]{64}$'),
  space_id text not null,
  valid daterange not null check (not isempty(valid) and not lower_inf(valid)),
  declared_by text not null,
  recorded_at timestamptz not null,
  primary key (network_id, relative_id),
  foreign key (network_id, space_id) references spaces.space
);
call platform.isolate('presence.relative');
call platform.append_only('presence.relative');

-- What an employer chose to say of its people's days, for the checks alone: destroyed after three months.
create table presence.day_code (
  network_id text not null references people.network,
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  local_day date not null,
  code text not null check (code in ('leave', 'sick', 'holiday', 'office_badge', 'home_telework', 'office_half')),
  employer_id text not null,
  recorded_at timestamptz not null,
  constraint one_code_of_a_kind_a_day primary key (network_id, person_id, local_day, code)
);
call platform.isolate('presence.day_code');
create index day_code_by_day on presence.day_code (network_id, local_day);
alter table presence.destruction
  drop constraint destruction_record_check,
  add constraint a_record_is_one_of_ours check (record in ('access_event', 'person_link', 'day_code'));

-- Fastest road between two spaces, asked once of an engine when someone was seen in both on one day.
create table presence.space_road (
  network_id text not null references people.network,
  from_space_id text not null,
  to_space_id text not null,
  seconds integer not null check (seconds >= 0),
  engine text not null,
  engine_version text not null,
  data_sha256 text not null,
  asked_at timestamptz not null,
  constraint one_road_between_two_spaces primary key (network_id, from_space_id, to_space_id)
);
call platform.isolate('presence.space_road');
call platform.append_only('presence.space_road');

-- What a rule says of a space over a week or a month: once, the day it is found.
create table presence.site_finding (
  network_id text not null,
  space_id text not null,
  rule_id text not null,
  period_from date not null,
  recorded_at timestamptz not null,
  constraint a_space_is_told_once_a_period primary key (network_id, space_id, rule_id, period_from),
  foreign key (network_id, space_id) references spaces.space
);
call platform.isolate('presence.site_finding');
call platform.append_only('presence.site_finding');

-- What was said one rule a row becomes one row a presence, under the four rules of then: the hash of each rule's inputs
-- stands for the facts, which were not kept. A presence on which one of the four had not spoken is to be judged anew.
-- An ordinary owner is bound by row security: it is lifted while every network's rows are carried over.
alter table presence.day_attestation no force row level security;
alter table presence.contest_entry no force row level security;
alter table presence.verdict no force row level security;

insert into presence.standing (network_id, attestation_id, local_day, manual, due_at, contested, reversed)
select a.network_id, a.attestation_id, a.local_day, a.evidence_class = 'A', a.recorded_at,
  coalesce((select c.kind = 'opened' from presence.contest_entry c
    where c.network_id = a.network_id and c.attestation_id = a.attestation_id
    order by c.recorded_at desc, c.entry_id desc limit 1), false),
  exists (select from presence.day_attestation r where r.network_id = a.network_id and r.reverses = a.attestation_id)
from presence.day_attestation a where a.reverses is null;

with last_words as (
  select distinct on (network_id, attestation_id, rule_id) * from presence.verdict
  order by network_id, attestation_id, rule_id, recorded_at desc
), axes as (
  select network_id, attestation_id, axis,
    (array['passed', 'review', 'blocked'])[max(array_position(array['passed', 'review', 'blocked'], status))] as status
  from last_words group by network_id, attestation_id, axis
), said as (
  select w.network_id, w.attestation_id, max(w.recorded_at) as recorded_at,
    jsonb_object_agg(w.rule_id, w.input_sha256) as inputs,
    (select jsonb_object_agg(a.axis, a.status) from axes a
      where a.network_id = w.network_id and a.attestation_id = w.attestation_id) as axes,
    coalesce(jsonb_agg(jsonb_build_object('rule', w.rule_id, 'version', w.rule_version, 'axis', w.axis, 'status', w.status)
      order by w.rule_id) filter (where w.status <> 'passed'), '[]') as findings,
    string_agg(w.rule_id, ' ' order by w.rule_id) filter (where w.status = 'blocked') as blocked_by
  from last_words w group by w.network_id, w.attestation_id having count(*) = 4
), written as (
  insert into presence.judgement
  select network_id, attestation_id, 'presence', 1, sha256('F03 F07 F08 F11 2026-11'), jsonb_build_object('inputs', inputs),
    sha256(convert_to(inputs::text, 'utf8')), axes ->> 'acquisition', axes ->> 'fraud', axes ->> 'anomaly', findings,
    recorded_at
  from said
)
update presence.standing s set due_at = null, own_revision = 1, own_blocked_by = said.blocked_by,
  own = left(axes ->> 'acquisition', 1) || left(axes ->> 'fraud', 1) || left(axes ->> 'anomaly', 1)
from said where s.network_id = said.network_id and s.attestation_id = said.attestation_id;
update presence.standing set due_at = null where reversed;
do $$ begin
  if (select count(*) from presence.judgement) <> (select count(*) from (select from presence.verdict
    group by network_id, attestation_id having count(distinct rule_id) = 4) judged) then
    raise exception 'every presence on which the four rules had spoken has its judgement';
  end if;
end $$;
drop table presence.verdict;

insert into presence.space_day (network_id, space_id, local_day, presences, manual, halves)
select a.network_id, a.space_id, a.local_day, count(*), count(*) filter (where s.manual), sum(a.halves)
from presence.day_attestation a join presence.standing s using (network_id, attestation_id)
where not s.reversed group by a.network_id, a.space_id, a.local_day;

alter table presence.day_attestation force row level security;
alter table presence.contest_entry force row level security;
call platform.isolate('presence.standing');
call platform.isolate('presence.space_day');
call platform.isolate('presence.judgement');
call platform.append_only('presence.judgement');

-- From here on the database keeps both up with the ledger, whoever writes to it.
create function presence.keep_standing() returns trigger language plpgsql as $$
begin
  insert into presence.standing (network_id, attestation_id, local_day, manual, due_at)
  select network_id, attestation_id, local_day, coalesce(manual, evidence_class = 'A'), recorded_at
  from written where reverses is null;
  if exists (select from written where reverses is not null) then
    update presence.standing s set reversed = true, due_at = null
    from written w where w.network_id = s.network_id and w.reverses = s.attestation_id;
  end if;
  insert into presence.space_day (network_id, space_id, local_day, presences, manual, halves)
  select network_id, space_id, local_day, sum(sign), coalesce(sum(sign) filter (where coalesce(manual, evidence_class = 'A')), 0),
    sum(sign * halves)
  from (select *, case when reverses is null then 1 else -1 end as sign from written) w
  group by network_id, space_id, local_day order by network_id, space_id, local_day
  on conflict on constraint one_count_per_space_and_day do update set
    presences = space_day.presences + excluded.presences, manual = space_day.manual + excluded.manual,
    halves = space_day.halves + excluded.halves;
  return null;
end $$;
create trigger a_standing_follows_the_ledger after insert on presence.day_attestation
  referencing new table as written for each statement execute function presence.keep_standing();

create function presence.keep_contests() returns trigger language plpgsql as $$
begin
  update presence.standing s set contested = w.kind = 'opened' from written w
  where w.kind <> 'confirmed' and w.network_id = s.network_id and w.attestation_id = s.attestation_id;
  return null;
end $$;
create trigger a_standing_follows_contests after insert on presence.contest_entry
  referencing new table as written for each statement execute function presence.keep_contests();
