import { type RawBuilder, sql } from 'kysely';
import { groupBy } from '../kernel/group.ts';
import type { Id } from '../kernel/ids.ts';
import { addDays, type Day, type DayPart, type Instant, instantText, mondayOf } from '../kernel/time.ts';
import { among, within } from '../platform/among.ts';
import type { Work } from '../platform/database.ts';
import { toJson } from '../platform/first-answer.ts';
import { recall } from '../platform/memory.ts';
import { hourlyKinds } from '../spaces/spaces.ts';
import type { Taken } from './availability.ts';
import type { BookableKind, Booking, BookingId, BookingStatus } from './claim.ts';
import type { NewBooking } from './offer.ts';
import type { DatedPolicy } from './policy.ts';

interface BookingRow {
  readonly booking_id: BookingId;
  readonly space_id: Id<'spc'>;
  readonly resource_id: Id<'res'>;
  readonly kind: BookableKind;
  readonly person_id: Id<'per'>;
  readonly local_day: Day;
  readonly part: DayPart;
  readonly begins: Instant;
  readonly ends: Instant;
  readonly free_again: Instant;
  readonly begins_min: number | null;
  readonly ends_min: number | null;
  readonly status: BookingStatus;
  readonly price_eur_cents: bigint;
  readonly covered_eur_cents: bigint;
  readonly payer_kind: Booking['payerKind'];
  readonly payer_id: Booking['payerId'];
  readonly contract_id: Booking['contractId'];
  readonly booked_at: Instant;
  readonly cancelled_at: Instant | null;
  readonly continues: BookingId | null;
  readonly moves: number;
  readonly guest_id: Booking['guestId'];
  readonly held_until: Instant | null;
  readonly amended: number;
  readonly term_id: Booking['termId'];
}

const columns = sql`booking_id, space_id, resource_id, kind, person_id, local_day, part, lower(during) as begins,
  upper(during) as ends, upper(keeps) as free_again, begins_min, ends_min, status, price_eur_cents, covered_eur_cents,
  payer_kind, payer_id, contract_id, booked_at, cancelled_at, continues, moves, guest_id, held_until, amended, term_id`;

const bookingOf = (row: BookingRow): Booking => ({
  bookingId: row.booking_id,
  spaceId: row.space_id,
  resourceId: row.resource_id,
  kind: row.kind,
  personId: row.person_id,
  day: row.local_day,
  part: row.part,
  hours:
    row.begins_min === null || row.ends_min === null ? null : { begins_min: row.begins_min, ends_min: row.ends_min },
  during: { from: row.begins, to: row.ends },
  freeAgain: row.free_again,
  status: row.status,
  price_eur_cents: row.price_eur_cents,
  covered_eur_cents: row.covered_eur_cents,
  payerKind: row.payer_kind,
  payerId: row.payer_id,
  contractId: row.contract_id,
  bookedAt: row.booked_at,
  cancelledAt: row.cancelled_at,
  continues: row.continues,
  moves: row.moves,
  guestId: row.guest_id,
  heldUntil: row.held_until,
  amended: row.amended,
  termId: row.term_id,
});

/** Bookings alone, without what outer calendars block. */
const select = (work: Work, where: RawBuilder<unknown>): Promise<readonly Booking[]> =>
  selectAll(work, sql`status <> 'blocked' and (${where})`);

export const selectAll = async (work: Work, where: RawBuilder<unknown>): Promise<readonly Booking[]> => {
  const found = await sql<BookingRow>`select ${columns} from booking.booking where ${where}
    order by local_day, begins, space_id, resource_id`.execute(work.tx);
  return found.rows.map(bookingOf);
};

/** Live bookings that bear on requests: those of the spaces on the days, and those of the people in the weeks of the days. */
export const selectAround = async (
  work: Work,
  asked: {
    readonly spaceIds: readonly Id[];
    readonly personIds: readonly Id[];
    readonly days: readonly Day[];
  },
): Promise<readonly Booking[]> => {
  const days = asked.days.toSorted();
  // Whole weeks, for quotas, and one day more: a local day of one zone may overlap the day before or after of another.
  const weeks = { from: addDays(mondayOf(days[0]!), -1), to: addDays(mondayOf(days.at(-1)!), 7) };
  const ofSpaces = sql`${among('space_id', asked.spaceIds)} and ${among('local_day', days)}`;
  // Each half finds its index, however young the network; the two in one condition did not.
  const found = await sql<BookingRow>`
    select ${columns} from booking.booking where status <> 'cancelled' and ${ofSpaces}
    union all
    select ${columns} from booking.booking
      where status <> 'cancelled' and ${among('person_id', asked.personIds)} and ${within('local_day', weeks)} and not (${ofSpaces})
    order by local_day, begins, space_id, resource_id`.execute(work.tx);
  return found.rows.map(bookingOf);
};

/** Holds some people's bookings until the end of the work: whoever else books for them under a quota waits. */
export async function lockPeople(work: Work, personIds: readonly Id[]): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${work.networkId} || ' booking ' || id, 0))
    from unnest(${personIds.toSorted()}::text[]) as id`.execute(work.tx);
}

export const selectByIds = (work: Work, ids: readonly string[]): Promise<readonly Booking[]> =>
  select(work, sql`booking_id = any(${ids})`);

/** What a booking was moved to, if it was. */
export const selectMovedTo = async (work: Work, { bookingId, continues, moves }: Booking): Promise<Booking | null> => {
  const first = continues ?? bookingId;
  return (await select(work, sql`continues = ${first} and moves = ${moves + 1}`))[0] ?? null;
};

/** Some bookings, held until the end of the work: locked in one order, so that two who cancel the same ones do not block. */
export const lockBookings = async (work: Work, ids: readonly string[]): Promise<readonly Booking[]> => {
  const found = await sql<BookingRow>`select ${columns} from booking.booking
    where booking_id = any(${ids}) and status <> 'blocked' order by booking_id for update`.execute(work.tx);
  return found.rows.map(bookingOf);
};

export const selectOfPerson = (
  work: Work,
  { personId, from, to }: { readonly personId: string; readonly from: Day; readonly to: Day },
): Promise<readonly Booking[]> =>
  select(work, sql`person_id = ${personId} and ${within('local_day', { from, to })} and status <> 'cancelled'`);

/** Live bookings that the holders of some have in the same spaces on the same days. */
export const selectBeside = (work: Work, own: readonly Booking[]): Promise<readonly Booking[]> =>
  select(
    work,
    sql`status <> 'cancelled' and person_id = any(${own.map(one => one.personId)})
      and (space_id, local_day) in (select * from unnest(${own.map(one => one.spaceId)}::text[], ${own.map(one => one.day)}::date[]))`,
  );

/** Live bookings of a space, by day then hour; both days included. */
export const selectInSpace = (
  work: Work,
  { spaceId, from, to }: { readonly spaceId: string; readonly from: Day; readonly to: Day },
): Promise<readonly Booking[]> =>
  select(work, sql`space_id = ${spaceId} and ${within('local_day', { from, to })} and status <> 'cancelled'`);

export const selectOn = (
  work: Work,
  { days, spaceIds }: { readonly days: readonly Day[]; readonly spaceIds: readonly Id[] | 'all' },
): Promise<readonly Booking[]> =>
  select(
    work,
    spaceIds === 'all'
      ? sql`local_day = any(${days}::date[]) and status <> 'cancelled'`
      : sql`local_day = any(${days}::date[]) and space_id = any(${spaceIds}) and status <> 'cancelled'`,
  );

/**
 * Writes those that no live booking hinders, and names them: a desk or a person already taken by then is left out, once
 * the rival has committed. Lists of rivals are written in one order, so that none waits for what waits for it.
 */
export const insertBookings = async (work: Work, news: readonly NewBooking[]): Promise<readonly BookingId[]> => {
  const rows = news.map(b => ({
    booking_id: b.bookingId,
    space_id: b.spaceId,
    resource_id: b.resourceId,
    kind: b.kind,
    person_id: b.personId,
    local_day: b.day,
    part: b.part,
    begins: instantText(b.during.from),
    ends: instantText(b.during.to),
    free_again: instantText(b.freeAgain),
    begins_min: b.hours?.begins_min ?? null,
    ends_min: b.hours?.ends_min ?? null,
    price_eur_cents: b.price_eur_cents.toString(),
    covered_eur_cents: b.covered_eur_cents.toString(),
    payer_kind: b.payerKind,
    payer_id: b.payerId,
    contract_id: b.contractId,
    booked_by: b.bookedBy,
    continues: b.continues,
    moves: b.moves,
    guest_id: b.guestId,
    status: b.status,
    held_until: b.heldUntil === null ? null : instantText(b.heldUntil),
    amended: b.amended,
    term_id: b.termId,
  }));
  const added = await sql<{ booking_id: BookingId }>`
    insert into booking.booking (network_id, booking_id, space_id, resource_id, kind, person_id, local_day, part, during, keeps,
      begins_min, ends_min, amended, term_id,
      price_eur_cents, payer_kind, payer_id, contract_id, booked_by, booked_at, continues, moves,
      status, held_until, covered_eur_cents, guest_id)
    select ${work.networkId}, booking_id, space_id, resource_id, kind, person_id, local_day, part,
      tstzrange(begins, ends), tstzrange(begins, free_again), begins_min, ends_min, amended, term_id, price_eur_cents,
      payer_kind, payer_id, contract_id, booked_by, ${instantText(work.now)},
      continues, moves, status, held_until, covered_eur_cents, guest_id
    from json_to_recordset(${toJson(rows)}::json) as b (booking_id text, space_id text, resource_id text, kind text,
      person_id text, local_day date, part text, begins timestamptz, ends timestamptz, free_again timestamptz,
      begins_min smallint, ends_min smallint, amended smallint, term_id text, price_eur_cents bigint,
      payer_kind text, payer_id text, contract_id text, booked_by text, continues text, moves smallint,
      status text, held_until timestamptz, covered_eur_cents bigint, guest_id text)
    order by local_day, resource_id, begins
    on conflict do nothing returning booking_id`.execute(work.tx);
  return added.rows.map(row => row.booking_id);
};

export const cancelBookings = async (
  work: Work,
  {
    bookingIds,
    cancelledBy,
  }: { readonly bookingIds: readonly BookingId[]; readonly cancelledBy: Id<'per'> | 'closure' | 'no_show' },
): Promise<readonly Booking[]> => {
  const changed = await sql<BookingRow>`update booking.booking
    set status = 'cancelled', cancelled_at = ${instantText(work.now)}, cancelled_by = ${cancelledBy}
    where booking_id = any(${bookingIds}) returning ${columns}`.execute(work.tx);
  return changed.rows.map(bookingOf);
};

/** Requests of a space that await an answer, the soonest first. */
export const selectRequested = (work: Work, spaceId: Id<'spc'>): Promise<readonly Booking[]> =>
  select(
    work,
    sql`status = 'requested' and held_until > ${instantText(work.now)}
      and space_id = ${spaceId}`,
  );

/** Ends the pending bookings whose time is over, those named or all of them. */
export const expire = async (work: Work, bookingIds: readonly BookingId[] | 'all'): Promise<readonly Booking[]> => {
  const which = bookingIds === 'all' ? sql`true` : sql`booking_id = any(${bookingIds})`;
  const changed = await sql<BookingRow>`update booking.booking
    set status = 'cancelled', cancelled_at = ${instantText(work.now)}, cancelled_by = 'expiry'
    where network_id = ${work.networkId} and status in ('held', 'requested') and held_until <= ${instantText(work.now)}
      and ${which} returning ${columns}`.execute(work.tx);
  return changed.rows.map(bookingOf);
};

/** A pending booking stands from now on. */
export const settlePending = async (work: Work, bookingId: BookingId): Promise<Booking> => {
  const changed = await sql<BookingRow>`update booking.booking set status = 'confirmed', held_until = null
    where network_id = ${work.networkId} and booking_id = ${bookingId} returning ${columns}`.execute(work.tx);
  return bookingOf(changed.rows[0]!);
};

/** Live bookings counted by half, for one kind of resource: a line a space and a day that has any. */
export const countTaken = async (
  work: Work,
  asked: { readonly spaceIds: readonly Id[]; readonly days: readonly Day[]; readonly kind: BookableKind },
): Promise<readonly Taken[]> => {
  // A room taken by two people for an hour each is one room less that half-day.
  const what = hourlyKinds.includes(asked.kind) ? sql`distinct resource_id` : sql`*`;
  const counted = await sql<{ space_id: Id<'spc'>; local_day: Day; morning: number; afternoon: number }>`
    select space_id, local_day, count(${what}) filter (where part <> 'afternoon')::integer as morning,
      count(${what}) filter (where part <> 'morning')::integer as afternoon
    from booking.booking
    where status <> 'cancelled' and (held_until is null or held_until > ${instantText(work.now)}) and kind = ${asked.kind}
      -- As a value read on the way: of a list that it sees, PostgreSQL weighs each item, which takes longer than counting.
      and space_id = any((select ${asked.spaceIds}::text[])::text[]) and ${among('local_day', asked.days)}
    group by space_id, local_day`.execute(work.tx);
  return counted.rows.map(({ space_id, local_day, ...halves }) => ({ spaceId: space_id, day: local_day, ...halves }));
};

const loadPolicies = async (work: Work): Promise<readonly DatedPolicy[]> => {
  const found = await sql<
    Omit<DatedPolicy, 'validFrom'> & { readonly valid_from: Day }
  >`select scope, valid_from, furthest_days, cancel_hours, late_cancellation, approval, notice_minutes, half_days_a_week,
      by_host, guests_a_day, buffer_minutes
    from booking.policy`.execute(work.tx);
  return found.rows.map(({ valid_from, ...policy }) => ({ ...policy, validFrom: valid_from }));
};

/** The policies of these spaces and of the network, those to come included; from memory while none of the network's changed. */
export const selectPolicies = async (work: Work, spaceIds: readonly Id[]): Promise<readonly DatedPolicy[]> => {
  const load = async () => new Map([['all', groupBy(await loadPolicies(work), policy => policy.scope)]]);
  const found = await recall(work, { subject: 'places', shelf: 'policies', ids: ['all'], load });
  return ['network' as const, ...spaceIds].flatMap(scope => found.get('all')?.get(scope as DatedPolicy['scope']) ?? []);
};

/** A policy written again for the same first day replaces what was planned. */
export const upsertPolicy = async (work: Work, policy: DatedPolicy, recordedBy: Id<'per'>): Promise<void> => {
  await sql`insert into booking.policy (network_id, scope, valid_from, furthest_days, cancel_hours, late_cancellation,
      approval, notice_minutes, half_days_a_week, by_host, guests_a_day, buffer_minutes, recorded_at, recorded_by)
    values (${work.networkId}, ${policy.scope}, ${policy.validFrom}, ${policy.furthest_days}, ${policy.cancel_hours},
      ${policy.late_cancellation}, ${policy.approval}, ${policy.notice_minutes}, ${policy.half_days_a_week},
      ${policy.by_host}, ${policy.guests_a_day}, ${policy.buffer_minutes}, ${instantText(work.now)}, ${recordedBy})
    on conflict on constraint one_policy_per_scope_and_first_day do update set furthest_days = excluded.furthest_days,
      cancel_hours = excluded.cancel_hours, late_cancellation = excluded.late_cancellation, approval = excluded.approval,
      notice_minutes = excluded.notice_minutes, half_days_a_week = excluded.half_days_a_week, by_host = excluded.by_host,
      guests_a_day = excluded.guests_a_day, buffer_minutes = excluded.buffer_minutes,
      recorded_at = excluded.recorded_at, recorded_by = excluded.recorded_by`.execute(work.tx);
};

/** Gives each booking of someone another id of a person, of its own: nothing says any more that they were one person's. */
export async function sever(work: Work, personId: Id<'per'>): Promise<number> {
  const found = await sql<{ id: string }>`select booking_id as id from booking.booking
    where ${personId} in (person_id, booked_by, cancelled_by, payer_id)`.execute(work.tx);
  const ids = found.rows.map(row => row.id);
  const others = ids.map(() => work.newId('per'));
  await sql`update booking.booking b set person_id = replace(person_id, ${personId}, o.other),
      booked_by = replace(booked_by, ${personId}, o.other), cancelled_by = replace(cancelled_by, ${personId}, o.other),
      payer_id = replace(payer_id, ${personId}, o.other)
    from unnest(${ids}::text[], ${others}::text[]) as o (id, other) where b.booking_id = o.id`.execute(work.tx);
  return ids.length;
}
