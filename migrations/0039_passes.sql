-- Days on which someone usually comes, guests beside a booking, and passes that pay for places: each with the rules that no path may break.

-- "I usually come on Tuesdays": a wish that a task of the clock books as far ahead as the space allows.
create table booking.usual (
  network_id text not null references people.network,
  usual_id text not null check (usual_id ~ '^usu_[0-9a-z]{8,40}$'),
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  space_id text not null,
  weekday smallint not null check (weekday between 1 and 7),
  part text not null check (part in ('morning', 'afternoon', 'day')),
  -- The halves of the day that it takes, to be compared.
  halves int4range not null generated always as (
    case part when 'morning' then int4range(0, 1) when 'afternoon' then int4range(1, 2) else int4range(0, 2) end) stored,
  set_at timestamptz not null,
  paused_at timestamptz,
  ended_at timestamptz,
  primary key (network_id, usual_id),
  foreign key (network_id, space_id) references spaces.space (network_id, space_id),
  constraint one_usual_place_per_half_day exclude using gist (
    network_id with =, person_id with =, weekday with =, halves with &&) where (ended_at is null)
);
call platform.isolate('booking.usual');
create index usual_by_person on booking.usual (network_id, person_id) where ended_at is null;

-- What came of each day of a usual day: booked once, or why not yet; and whether its holder was told.
create table booking.usual_day (
  network_id text not null,
  usual_id text not null,
  local_day date not null,
  booking_id text,
  refusal jsonb,
  tried_at timestamptz not null,
  told_at timestamptz,
  constraint a_usual_day_is_played_once primary key (network_id, usual_id, local_day),
  foreign key (network_id, usual_id) references booking.usual (network_id, usual_id),
  constraint a_usual_day_is_booked_or_says_why check (num_nulls(booking_id, refusal) = 1)
);
call platform.isolate('booking.usual_day');

-- Days between which someone said that they do not come: nothing is booked for them meanwhile without their asking.
create table booking.away (
  network_id text not null references people.network,
  away_id text not null check (away_id ~ '^awy_[0-9a-z]{8,40}$'),
  person_id text not null check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  first_day date not null,
  last_day date not null,
  told_at timestamptz not null,
  primary key (network_id, away_id),
  constraint an_absence_ends_after_it_begins check (first_day <= last_day),
  constraint one_absence_between_two_days unique (network_id, person_id, first_day, last_day)
);
call platform.isolate('booking.away');

create schema passes;

-- What a space, or all those of one who runs them, sells ahead: so many units, at a price voted by its council.
create table passes.offer (
  network_id text not null references people.network,
  offer_id text not null check (offer_id ~ '^pof_[0-9a-z]{8,40}$'),
  manager_id text not null check (manager_id ~ '^org_'),
  -- The only space that takes it; null: all those of its manager.
  space_id text,
  name text not null check (length(name) between 1 and 80),
  kind text not null check (kind in ('half_days', 'days', 'minutes', 'cents')),
  quantity integer not null check (quantity between 1 and 1000000),
  price_eur_cents bigint not null check (price_eur_cents between 0 and 10000000),
  deliberation text not null check (deliberation <> ''),
  validity_days integer not null check (validity_days between 1 and 1827),
  resource_kinds text[] not null check (cardinality(resource_kinds) > 0),
  recorded_at timestamptz not null,
  recorded_by text not null,
  -- No longer sold; what was sold keeps its units.
  withdrawn_at timestamptz,
  primary key (network_id, offer_id),
  foreign key (network_id, space_id) references spaces.space (network_id, space_id)
);
call platform.isolate('passes.offer');

-- What someone bought: the terms are those of the day of sale.
create table passes.pass (
  network_id text not null references people.network,
  pass_id text not null check (pass_id ~ '^pas_[0-9a-z]{8,40}$'),
  offer_id text not null,
  -- Null once its holder is erased: what was sold and used stays known, not by whom.
  person_id text check (person_id ~ '^per_[0-9a-z]{8,40}$'),
  manager_id text not null check (manager_id ~ '^org_'),
  space_id text,
  sold_in text not null,
  kind text not null check (kind in ('half_days', 'days', 'minutes', 'cents')),
  resource_kinds text[] not null,
  quantity integer not null check (quantity > 0),
  price_eur_cents bigint not null check (price_eur_cents >= 0),
  valid_from date not null,
  -- The last day that it pays.
  valid_until date not null,
  balance integer not null,
  sold_at timestamptz not null,
  sold_by text not null,
  reminded_at timestamptz,
  -- Sold by mistake: the money is given back.
  taken_back_at timestamptz,
  primary key (network_id, pass_id),
  foreign key (network_id, offer_id) references passes.offer (network_id, offer_id),
  foreign key (network_id, sold_in) references spaces.space (network_id, space_id),
  constraint a_pass_is_never_overdrawn check (balance >= 0),
  constraint a_pass_never_holds_more_than_was_sold check (balance <= quantity),
  constraint what_is_taken_back_is_whole check (taken_back_at is null or balance = quantity),
  constraint a_pass_ends_after_it_begins check (valid_from <= valid_until),
  constraint a_draw_knows_the_term_of_its_pass unique (network_id, pass_id, valid_until)
);
call platform.isolate('passes.pass');
create index pass_by_person on passes.pass (network_id, person_id) where person_id is not null;
create index pass_by_end on passes.pass (network_id, valid_until) where reminded_at is null;

-- What a booking took of a pass, and what that saved; given back, the same with both signs turned.
create table passes.draw (
  network_id text not null,
  draw_id text not null check (draw_id ~ '^drw_[0-9a-z]{8,40}$'),
  pass_id text not null,
  valid_until date not null,
  booking_id text not null check (booking_id ~ '^bkg_[0-9a-z]{8,40}$'),
  reversal_of text,
  -- The day booked, not the day of booking.
  local_day date not null,
  quantity integer not null,
  saved_eur_cents bigint not null,
  drawn_at timestamptz not null,
  reversed_quantity integer generated always as (case when reversal_of is not null then -quantity end) stored,
  reversed_eur_cents bigint generated always as (case when reversal_of is not null then -saved_eur_cents end) stored,
  primary key (network_id, draw_id),
  foreign key (network_id, pass_id, valid_until) references passes.pass (network_id, pass_id, valid_until),
  constraint a_pass_pays_no_day_after_its_end check (local_day <= valid_until),
  constraint a_draw_is_positive_and_its_reversal_negative check (
    reversal_of is null and quantity > 0 and saved_eur_cents > 0
    or reversal_of is not null and quantity < 0 and saved_eur_cents < 0),
  constraint a_draw_can_be_reversed_exactly unique (network_id, draw_id, pass_id, booking_id, quantity, saved_eur_cents),
  constraint a_reversal_turns_the_whole_draw
    foreign key (network_id, reversal_of, pass_id, booking_id, reversed_quantity, reversed_eur_cents)
    references passes.draw (network_id, draw_id, pass_id, booking_id, quantity, saved_eur_cents),
  constraint a_draw_is_reversed_at_most_once unique (network_id, reversal_of)
);
call platform.isolate('passes.draw');
create unique index one_draw_per_pass_and_booking on passes.draw (network_id, booking_id, pass_id) where reversal_of is null;
create index draw_by_pass on passes.draw (network_id, pass_id);

-- Whoever draws changes the balance, on every path: the constraint of the pass has the last word.
create function passes.weigh() returns trigger language plpgsql as $$
begin
  update passes.pass set balance = balance - new.quantity where network_id = new.network_id and pass_id = new.pass_id;
  return null;
end $$;
create trigger a_draw_weighs_on_its_pass after insert on passes.draw for each row execute function passes.weigh();

-- Draws are only added; those of someone erased go, with what would tell which bookings were theirs.
create function passes.only_forgotten() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and exists (select from passes.pass p
       where p.network_id = old.network_id and p.pass_id = old.pass_id and p.person_id is null) then
    return old;
  end if;
  raise exception 'passes.draw rows are evidence: post a reversing entry instead'
    using errcode = 'integrity_constraint_violation', constraint = 'evidence_is_append_only';
end $$;
create trigger evidence_is_append_only before update or delete on passes.draw
  for each row execute function passes.only_forgotten();
create trigger evidence_is_not_emptied before truncate on passes.draw
  for each statement execute function platform.refuse_change();

-- What passes paid of a booking's price; the price is what is left to pay.
alter table booking.booking
  add column covered_eur_cents bigint not null default 0 check (covered_eur_cents >= 0),
  add constraint only_a_person_pays_with_passes check (covered_eur_cents = 0 or payer_kind = 'person');

-- A guest sits at a place that whoever invites them holds and pays for: no account, no presence, and a name that is kept for a while.
create table booking.guest (
  network_id text not null references people.network,
  guest_id text not null check (guest_id ~ '^gst_[0-9a-z]{8,40}$'),
  name text not null check (length(name) between 1 and 120),
  email text check (length(email) between 3 and 254),
  local_day date not null,
  primary key (network_id, guest_id)
);
call platform.isolate('booking.guest');
create index guest_by_day on booking.guest (network_id, local_day);

alter table booking.booking
  add column guest_id text check (guest_id ~ '^gst_[0-9a-z]{8,40}$'),
  add constraint whoever_invites_pays check (guest_id is null or payer_kind = 'person'),
  drop constraint one_desk_per_person_at_a_time,
  add constraint one_desk_per_person_at_a_time exclude using gist (
    network_id with =, person_id with =, during with &&) where (status <> 'cancelled' and guest_id is null);
alter table booking.policy
  add column guests_a_day smallint not null default 2 check (guests_a_day between 0 and 20);
