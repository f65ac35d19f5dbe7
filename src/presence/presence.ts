import { type Booking, book, bookingsOf, bookingsOn, bookingsOnDays, mayHost } from '../booking/booking.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { addDays, type Day, type DayPart, type Instant, localDay } from '../kernel/time.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import { peopleById, personByEmail } from '../people/people.ts';
import type { Work } from '../platform/database.ts';
import { announce } from '../platform/outbox.ts';
import type { Secrets } from '../platform/secrets.ts';
import { type Space, spacesByIds } from '../spaces/spaces.ts';
import {
  answerTo,
  arrivalOf,
  clockReading,
  type KioskEvent,
  listRefusal,
  type MarksAsked,
  marksOf,
  receive,
} from './arrival.ts';
import { type AttendanceLine, attendanceOf } from './attendance.ts';
import type { Attestation } from './attestation.ts';
import { opens, readCode } from './codes.ts';
import type { AccessEvent } from './evidence.ts';
import type { Standing } from './facts.ts';
import { type Kiosk, keyOf, kioskTime, newKiosk, openingKeyOf } from './kiosk.ts';
import { type Recorded, standingOf } from './ledger.ts';
import * as attestations from './store/attestation.ts';
import * as events from './store/event.ts';
import * as kiosks from './store/kiosk.ts';
import { reverseAll } from './store/ledger.ts';
import { type ContestReason, words } from './words.ts';

export type { KioskEvent, MarksAsked } from './arrival.ts';
export { type AttendanceLine, isHere } from './attendance.ts';
export type { Attestation, AttestationId, Axes, Axis, AxisStatus, EvidenceClass, Finality } from './attestation.ts';
export { step_s } from './codes.ts';
export { rules as fraudRules } from './fraud-rules.ts';
export { type Attested, attestDay, attestDays, checkDue, forgetPerson, purgeAccessEvents } from './jobs.ts';
export { codeAt, codesFrom, type Kiosk, openingKeyOf, shortName } from './kiosk.ts';
export { payloadOf } from './ledger.ts';
export type { Destruction } from './store/event.ts';

type SpaceId = Id<'spc'>;
type PersonId = Id<'per'>;

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

/** The one space, if the actor may keep its door. */
async function hosted(work: Work, actor: Actor, spaceId: SpaceId): Promise<Outcome<Space>> {
  const [space] = await spacesByIds(work, [spaceId]);
  if (!space) return refuse(words.unknownSpace);
  return mayHost(actor, space) ? accept(space) : refuse(words.notHost);
}

// Kiosks

export interface OpenedKiosk {
  readonly kiosk: Kiosk;
  /** Opens the kiosk's page on a tablet: to be shown to who manages the space, once. */
  readonly key: string;
}

interface NewKiosks {
  readonly spaceIds: readonly SpaceId[];
  readonly name: string;
  readonly secrets: Secrets;
}

/** Puts a kiosk in service in each of these spaces, all or none. */
export async function openKiosks(
  work: Work,
  actor: Actor,
  { spaceIds, name, secrets }: NewKiosks,
): Promise<Outcome<readonly OpenedKiosk[]>> {
  const spaces = await spacesByIds(work, spaceIds);
  if (spaces.length < spaceIds.length) return refuse(words.unknownSpace);
  if (!spaces.every(space => mayHost(actor, space))) return refuse(words.notHost);
  if (name.trim() === '') return refuse(words.emptyName);
  const made = spaceIds.map(spaceId => newKiosk(work.newId('ksk'), { spaceId, name: name.trim() }));
  await kiosks.insertKiosks(work, made);
  return accept(made.map(kiosk => ({ kiosk, key: openingKeyOf(kiosk, secrets) })));
}

/** One kiosk; see `openKiosks`. */
export async function openKiosk(
  work: Work,
  actor: Actor,
  { spaceId, ...asked }: Omit<NewKiosks, 'spaceIds'> & { readonly spaceId: SpaceId },
): Promise<Outcome<OpenedKiosk>> {
  const opened = await openKiosks(work, actor, { ...asked, spaceIds: [spaceId] });
  return opened.ok ? accept(opened.value[0]!) : opened;
}

interface KioskAsked {
  readonly kioskId: string;
  readonly secrets: Secrets;
}

const kioskNamed = async (work: Work, kioskId: string): Promise<Kiosk | undefined> =>
  (await kiosks.selectKiosks(work, { kioskIds: [kioskId] }))[0];

/** The key of a kiosk in service, for who keeps the door; `renew` shuts out whoever has the present one. */
export async function kioskKey(
  work: Work,
  actor: Actor,
  { kioskId, secrets, renew = false }: KioskAsked & { readonly renew?: boolean },
): Promise<Outcome<OpenedKiosk>> {
  const known = await kioskNamed(work, kioskId);
  if (!known) return refuse(words.unknownKiosk);
  const space = await hosted(work, actor, known.spaceId);
  if (!space.ok) return space;
  const kiosk = renew ? ((await kiosks.renewKiosk(work, kioskId)) ?? known) : known;
  return accept({ kiosk, key: openingKeyOf(kiosk, secrets) });
}

/** The kiosk that a key opens. */
export async function kioskOpenedBy(
  work: Work,
  { kioskId, key, secrets }: KioskAsked & { readonly key: string },
): Promise<Outcome<Kiosk>> {
  const kiosk = await kioskNamed(work, kioskId);
  if (!kiosk) return refuse(words.unknownKiosk);
  return opens(keyOf(kiosk, secrets), key) ? accept(kiosk) : refuse(words.wrongKey);
}

/** Kiosks in service in these spaces. */
export const kiosksOf = (work: Work, spaceIds: readonly SpaceId[]): Promise<readonly Kiosk[]> =>
  kiosks.selectKiosks(work, { spaceIds });

/** Notes how far a kiosk's clock is from ours; refused, and not noted, when it must be set right first. */
export async function reportClock(
  work: Work,
  { kioskId, kioskSays }: { readonly kioskId: string; readonly kioskSays: Instant },
): Promise<Outcome<{ readonly offset_s: number }>> {
  const { offset_s, refusal } = clockReading(kioskSays, work.now);
  if (refusal) return refuse(refusal);
  await kiosks.measureClock(work, kioskId, offset_s);
  return accept({ offset_s });
}

// Check-ins

/** Someone noted somewhere. */
export interface CheckIn extends AccessEvent {
  readonly space: Space;
  /** Their live booking there that day, when they have one. */
  readonly booking: Booking | null;
}

const around = (work: Work, personId: PersonId) => {
  const today = localDay(work.now, 'UTC');
  return bookingsOf(work, { personId, from: addDays(today, -1), to: addDays(today, 1) });
};

const bookingAt = (bookings: readonly Booking[], event: AccessEvent): Booking | null =>
  bookings.find(b => b.spaceId === event.spaceId && b.day === event.day && b.personId === event.personId) ?? null;

/** Notes someone who typed or scanned what the kiosk shows. Our clock and the kiosk's judge, never the phone's. */
export async function checkIn(
  work: Work,
  actor: Actor,
  {
    code,
    kioskId,
    secrets,
  }: { readonly code: string; readonly kioskId?: string | undefined; readonly secrets: Secrets },
): Promise<Outcome<CheckIn>> {
  const bookings = await around(work, actor.personId);
  const booked = new Set(bookings.map(b => b.spaceId));
  const known = await kiosks.selectKiosks(work, kioskId === undefined ? 'all' : { kioskIds: [kioskId] });
  if (known.length === 0) return refuse(words.unknownKiosk);
  const likelyFirst = known.toSorted((a, b) => Number(booked.has(b.spaceId)) - Number(booked.has(a.spaceId)));
  const reading = readCode(
    likelyFirst.map(kiosk => ({ ...keyOf(kiosk, secrets), at: kioskTime(kiosk, work.now) })),
    code,
  );
  if (reading.kind !== 'good') return refuse(reading.kind === 'old' ? words.oldCode : words.wrongCode);
  const kiosk = known.find(k => k.kioskId === reading.kioskId)!;
  const space = (await spacesByIds(work, [kiosk.spaceId]))[0]!;
  const caught = {
    eventId: work.newId('acc'),
    personId: actor.personId,
    kioskId: kiosk.kioskId,
    happened_at: work.now,
  };
  const event = arrivalOf({ ...caught, method: 'rotating_code', counter: reading.counter }, space, work.now);
  if (!(await events.insertEvents(work, [event])).has(event.eventId)) {
    const [twin] = await events.selectTwins(work, [event]);
    return refuse(words.codeUsed(twin?.happened_at ?? work.now, space.zone));
  }
  return accept({ ...event, space, booking: bookingAt(bookings, event) });
}

export interface KioskBatch {
  readonly kioskId: string;
  readonly events: readonly KioskEvent[];
}

/**
 * Receives what kiosks kept, however late: each event is checked against the code that its kiosk showed when it was
 * captured, and written once. Answers in the order sent; sent again, answers the same. An unknown kiosk hinders no other.
 */
export async function syncKiosks(
  work: Work,
  { batches, secrets }: { readonly batches: readonly KioskBatch[]; readonly secrets: Secrets },
): Promise<readonly Outcome<readonly Outcome<CheckIn>[]>[]> {
  const known = await kiosks.selectKiosks(work, { kioskIds: batches.map(b => b.kioskId) });
  const spaces = await spacesByIds(work, unique(known.map(k => k.spaceId)));
  const named = unique(batches.flatMap(b => b.events.map(e => e.personId)));
  const persons = new Set((await peopleById(work, named)).map(p => p.personId));
  const { now, newId } = work;
  const received = batches.map(batch => {
    const kiosk = known.find(k => k.kioskId === batch.kioskId);
    const space = spaces.find(s => s.spaceId === kiosk?.spaceId);
    if (!kiosk || !space) return null;
    const taken = receive(batch.events, { kiosk, key: keyOf(kiosk, secrets), space, persons, now, newId });
    return { sent: batch.events, space, taken };
  });
  const arrivals = received.flatMap(one => one?.taken ?? []).filter(one => 'eventId' in one);
  const written = await events.insertEvents(work, arrivals);
  const added = new Map(arrivals.toReversed().flatMap(a => (written.has(a.eventId) ? [[a.eventId, a]] : [])));
  const again = arrivals.filter(a => !added.has(a.eventId));
  const twins = again.length === 0 ? [] : await events.selectTwins(work, again);
  const days = unique(arrivals.map(a => a.day));
  const bookings = await bookingsOnDays(work, { days, spaceIds: spaces.map(s => s.spaceId) });
  return received.map(batch => {
    if (batch === null) return refuse(words.unknownKiosk);
    const { sent, space, taken } = batch;
    const answers = taken.map((one, n) => {
      const kept = 'eventId' in one ? answerTo(one, { sent: sent[n]!, added, twins, space }) : refuse(one);
      return kept.ok ? accept({ ...kept.value, space, booking: bookingAt(bookings, kept.value) }) : kept;
    });
    return accept(answers);
  });
}

/** What one kiosk kept; see `syncKiosks`. */
export const syncKiosk = async (work: Work, { secrets, ...batch }: KioskBatch & KioskAsked) =>
  (await syncKiosks(work, { batches: [batch], secrets }))[0]!;

// The host's list

/**
 * Writes lines of lists by hand, all or none: the host for anyone, a person for themselves. Each side alone is a
 * declaration; both together are one proof.
 */
export async function markPresences(
  work: Work,
  actor: Actor,
  lists: readonly MarksAsked[],
): Promise<Outcome<readonly CheckIn[]>> {
  const spaceIds = unique(lists.map(l => l.spaceId));
  const spaces = new Map((await spacesByIds(work, spaceIds)).map(s => [s.spaceId, s]));
  const whys = lists.map(list => listRefusal(actor, list, { space: spaces.get(list.spaceId), now: work.now }));
  const why = whys.find(refusal => refusal !== null);
  if (why) return refuse(why);
  const persons = unique(lists.flatMap(l => l.marks.map(m => m.personId)));
  if ((await peopleById(work, persons)).length < persons.length) return refuse(words.unknownPerson);
  const written = lists.flatMap(list => marksOf(actor, list, work));
  await events.insertEvents(work, written);
  const bookings = await bookingsOnDays(work, { days: unique(lists.map(l => l.day)), spaceIds });
  return accept(
    written.map(event => ({ ...event, space: spaces.get(event.spaceId)!, booking: bookingAt(bookings, event) })),
  );
}

/** One list of a space; see `markPresences`. */
export const markPresence = (work: Work, actor: Actor, list: MarksAsked): Promise<Outcome<readonly CheckIn[]>> =>
  markPresences(work, actor, [list]);

/** Receives someone who came without booking: a free desk is booked for them today, and they are noted. */
export async function walkIn(
  work: Work,
  actor: Actor,
  { spaceId, email, part }: { readonly spaceId: SpaceId; readonly email: string; readonly part: DayPart },
): Promise<Outcome<CheckIn>> {
  const space = await hosted(work, actor, spaceId);
  if (!space.ok) return space;
  const person = await personByEmail(work, email);
  if (!person) return refuse(words.unknownPerson);
  const day = localDay(work.now, space.value.zone);
  const booked = await book(work, actor, { spaceId, day, part, personId: person.personId });
  if (!booked.ok) return booked;
  const marks = [{ personId: person.personId, part, present: true }];
  const noted = await markPresence(work, actor, { spaceId, day, marks });
  return noted.ok ? accept(noted.value[0]!) : noted;
}

/** A space's day for its host: who is expected, who came, by what means. */
export async function attendance(
  work: Work,
  actor: Actor,
  { spaceId, day }: { readonly spaceId: SpaceId; readonly day: Day },
): Promise<Outcome<{ readonly space: Space; readonly lines: readonly AttendanceLine[] }>> {
  const space = await hosted(work, actor, spaceId);
  return space.ok ? accept({ space: space.value, lines: await linesOf(work, space.value, day) }) : space;
}

async function linesOf(work: Work, { spaceId }: Space, day: Day): Promise<readonly AttendanceLine[]> {
  const bookings = await bookingsOn(work, { day, spaceIds: [spaceId] });
  const noted = await events.selectEventsOn(work, { days: [day], spaceIds: [spaceId] });
  const people = await peopleById(work, unique([...bookings, ...noted].map(one => one.personId)));
  return attendanceOf(people, noted, bookings);
}

/** What a kiosk's page shows: the code of the moment and today's people. */
export async function kioskScreen(work: Work, kiosk: Kiosk) {
  const space = (await spacesByIds(work, [kiosk.spaceId]))[0]!;
  const day = localDay(work.now, space.zone);
  return { kiosk, space, day, lines: await linesOf(work, space, day) };
}

/** Someone's own check-ins, with their hours: for them alone, while they are kept. */
export const checkInsOf = events.selectEventsOf;

// Attestations

/** Attestations with where they stand now, by day; reversed ones are among them and say so. */
export const attestationsOf = async (work: Work, which: attestations.Which): Promise<readonly Attestation[]> =>
  (await attestations.selectRecorded(work, which)).map(standingOf(work.now));

/** Of these attestations, those that nothing has reversed: who, where, which day, and no more. */
export const standingAmong = (work: Work, attestationIds: readonly string[]): Promise<readonly Standing[]> =>
  attestations.selectStanding(work, { attestationIds });

/** Whom pseudonyms stand for; erased people are absent. Only for rooms that compute with the person's own data. */
export const personsOf = async (work: Work, pseudonyms: readonly string[]): Promise<ReadonlyMap<string, PersonId>> =>
  new Map((await attestations.selectLinks(work, { pseudonyms })).map(link => [link.pseudonym, link.personId]));

/** Someone's own days, both days included; none before the first attestation or after erasure. */
export async function presencesOf(
  work: Work,
  { personId, from, to }: { readonly personId: PersonId; readonly from: Day; readonly to: Day },
): Promise<readonly Attestation[]> {
  const [link] = await attestations.selectLinks(work, { personIds: [personId] });
  return link ? attestationsOf(work, { pseudonym: link.pseudonym, from, to }) : [];
}

/** The salts with which `payloadCommit` can be checked by who may see the payload; erased ones are absent. */
export const { selectSalts: saltsOf, selectReversedIds: reversedIds } = attestations;

// Contest, correction, destruction

async function recordedOne(work: Work, attestationId: string): Promise<Outcome<Recorded>> {
  const [kept] = await attestations.selectRecorded(work, { attestationIds: [attestationId] });
  if (!kept) return refuse(words.unknownPresence);
  return kept.reversed ? refuse(words.alreadyReversed) : accept(kept);
}

/** A person says that their day is wrong, or takes that back (`reason: null`). Until then it is not creditable. */
export async function contest(
  work: Work,
  actor: Actor,
  { attestationId, reason }: { readonly attestationId: string; readonly reason: ContestReason | null },
): Promise<Outcome<{ readonly contested: boolean }>> {
  const kept = await recordedOne(work, attestationId);
  if (!kept.ok) return kept;
  const [link] = await attestations.selectLinks(work, { personIds: [actor.personId] });
  if (link?.pseudonym !== kept.value.pseudonym) return refuse(words.notYours);
  const open = kept.value.lastContest === 'opened';
  if (open === (reason !== null)) return refuse(open ? words.alreadyContested : words.notContested);
  const entry = { attestationId: kept.value.attestationId, reason, author: link.pseudonym };
  await attestations.insertContestEntry(work, { ...entry, kind: reason === null ? 'withdrawn' : 'opened' });
  await announce(work, { event: 'presence.contested', payload: { attestation_id: attestationId, open: !open } });
  return accept({ contested: !open });
}

/** The network answers a contest: the day is reversed, or stands. */
export async function decideContest(
  work: Work,
  actor: Actor,
  asked: { readonly attestationId: string; readonly upheld: boolean; readonly secrets: Secrets },
): Promise<Outcome<null>> {
  if (!holds(actor, 'network_operator')) return refuse(words.notOperator);
  const kept = await recordedOne(work, asked.attestationId);
  if (!kept.ok) return kept;
  if (kept.value.lastContest !== 'opened') return refuse(words.notContested);
  const entry = { attestationId: kept.value.attestationId, reason: null, author: actor.personId };
  await attestations.insertContestEntry(work, { ...entry, kind: asked.upheld ? 'upheld' : 'dismissed' });
  if (asked.upheld) await reverseAll(work, [{ ...kept.value, why: 'contest_upheld' }], asked.secrets);
  return accept(null);
}

/** Takes a day back, at any time: there is no date after which the truth is refused. */
export async function reverse(
  work: Work,
  actor: Actor,
  { attestationId, secrets }: { readonly attestationId: string; readonly secrets: Secrets },
): Promise<Outcome<null>> {
  if (!holds(actor, 'network_operator')) return refuse(words.notOperator);
  const kept = await recordedOne(work, attestationId);
  if (!kept.ok) return kept;
  await reverseAll(work, [{ ...kept.value, why: 'operator' }], secrets);
  await announce(work, { event: 'presence.reversed', payload: { attestation_id: attestationId, day: kept.value.day } });
  return accept(null);
}

/** What was destroyed, when, and how many: the proof of destruction. */
export const destructions = events.selectDestructions;
