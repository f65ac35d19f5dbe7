import { type Booking, book, bookingsOn, bookingsOnDays, confirmedOf, halves } from '../../booking/booking.ts';
import { unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, type DayPart, daysFrom, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { peopleById, personByEmail } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { type Space, spacesByIds } from '../../spaces/spaces.ts';
import {
  answerTo,
  arrivalOf,
  type DeviceSeen,
  deviceOf,
  type KioskEvent,
  listRefusal,
  type MarksAsked,
  marksOf,
  receive,
} from '../arrival.ts';
import { type AttendanceLine, attendanceOf, isHere } from '../attendance.ts';
import { readCode } from '../codes.ts';
import type { AccessEvent } from '../evidence.ts';
import { type Kiosk, keyOf, kioskTime } from '../kiosk.ts';
import { whole } from '../rules/thresholds.ts';
import * as events from '../store/event.ts';
import * as kiosks from '../store/kiosk.ts';
import { thresholdsOn } from '../store/thresholds.ts';
import { words } from '../words.ts';
import { hosted, type KioskAsked } from './kiosks.ts';
import { record } from './recording.ts';
import { levelFor, refusedByLevel } from './strictness.ts';

// Noting who is there: by a code, by what a kiosk kept, by the host's list.

type SpaceId = Id<'spc'>;
type PersonId = Id<'per'>;

/** Someone noted somewhere. */
export interface CheckIn extends AccessEvent {
  readonly space: Space;
  /** Their live booking there that day, when they have one. */
  readonly booking: Booking | null;
}

const around = (work: Work, personId: PersonId) => {
  const today = localDay(work.now, 'UTC');
  return confirmedOf(work, { personId, from: addDays(today, -1), to: addDays(today, 1) });
};

/** A record with where it was and the booking that it answers. */
export async function checkInOf(work: Work, event: AccessEvent, space: Space): Promise<CheckIn> {
  const range = { personId: event.personId, from: event.day, to: event.day };
  return { ...event, space, booking: bookingAt(await confirmedOf(work, range), event) };
}

const bookingAt = (bookings: readonly Booking[], event: AccessEvent): Booking | null =>
  bookings.find(b => b.spaceId === event.spaceId && b.day === event.day && b.personId === event.personId) ?? null;

/** Notes someone who typed or scanned what the kiosk shows. Our clock and the kiosk's judge, never the phone's. */
export async function checkIn(
  work: Work,
  actor: Actor,
  {
    code,
    kioskId,
    device,
    secrets,
  }: {
    readonly code: string;
    readonly kioskId?: string | undefined;
    /** What is known of the personal device on which the code was typed. */
    readonly device?: DeviceSeen | undefined;
    readonly secrets: Secrets;
  },
): Promise<Outcome<CheckIn>> {
  const [bookings, known] = await Promise.all([
    around(work, actor.personId),
    kiosks.selectKiosks(work, kioskId === undefined ? 'all' : { kioskIds: [kioskId] }),
  ]);
  const booked = new Set(bookings.map(b => b.spaceId));
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
  const by = { now: work.now, device: deviceOf(device, { secrets, now: work.now }) };
  const event = arrivalOf({ ...caught, method: 'rotating_code', counter: reading.counter }, space, by);
  const [notNoted] = await refusedByLevel(work, [event]);
  if (notNoted) return refuse(notNoted);
  const { added, restored } = await record(work, [event]);
  if (!added.has(event.eventId)) {
    const [twin] = await events.selectTwins(work, [event]);
    return refuse(words.codeUsed(twin?.happened_at ?? work.now, space.zone));
  }
  if (restored > 0) return accept(await checkInOf(work, event, space));
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
  const caught = received.flatMap(one => one?.taken ?? []).filter(one => 'eventId' in one);
  const levels = await refusedByLevel(work, caught);
  const notNoted = new Map(caught.flatMap((one, n) => (levels[n] ? [[one, levels[n]] as const] : [])));
  const arrivals = caught.filter(one => !notNoted.has(one));
  const { added: written } = await record(work, arrivals);
  const added = new Map(arrivals.toReversed().flatMap(a => (written.has(a.eventId) ? [[a.eventId, a]] : [])));
  const again = arrivals.filter(a => !added.has(a.eventId));
  const twins = again.length === 0 ? [] : await events.selectTwins(work, again);
  const days = unique(arrivals.map(a => a.day));
  const bookings = await bookingsOnDays(work, { days, spaceIds: spaces.map(s => s.spaceId) });
  return received.map(batch => {
    if (batch === null) return refuse(words.unknownKiosk);
    const { sent, space, taken } = batch;
    const answers = taken.map((one, n) => {
      const why = 'eventId' in one ? notNoted.get(one) : one;
      const kept = why ? refuse(why) : answerTo(one as AccessEvent, { sent: sent[n]!, added, twins, space });
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
  const valuesOn = await thresholdsOn(work, unique(lists.map(l => l.day)));
  const whys = lists.map(list => {
    const open_days = whole(valuesOn(list.day).correction_days);
    return listRefusal(actor, list, { space: spaces.get(list.spaceId), now: work.now, open_days });
  });
  const why = whys.find(refusal => refusal !== null);
  if (why) return refuse(why);
  const persons = unique(lists.flatMap(l => l.marks.map(m => m.personId)));
  if ((await peopleById(work, persons)).length < persons.length) return refuse(words.unknownPerson);
  const written = lists.flatMap(list => marksOf(actor, list, work));
  const notNoted = (await refusedByLevel(work, written)).find(one => one !== null);
  if (notNoted) return refuse(notNoted);
  await record(work, written);
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

/** Who is expected or noted in a space on a day, without hours: for rooms above that have looked at rights. */
export const thoseOf = async (
  work: Work,
  { space, day }: { readonly space: Space; readonly day: Day },
): Promise<readonly Pick<AttendanceLine, 'personId' | 'firstName'>[]> =>
  (await linesOf(work, space, day))
    .filter(line => line.booked !== null || halves.some(half => isHere(line, half)))
    .map(({ personId, firstName }) => ({ personId, firstName }));

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
  const byName = (await levelFor(work, { spaceId: kiosk.spaceId, day })) === 'host_list';
  return { kiosk, space, day, lines: await linesOf(work, space, day), byName };
}

/** Days that a kiosk goes on alone. */
const kioskAlone_days = 7;

/** The days to come of a kiosk's space, today first: what it needs to go on alone. */
export async function kioskWeek(work: Work, kiosk: Kiosk) {
  const space = (await spacesByIds(work, [kiosk.spaceId]))[0]!;
  const today = localDay(work.now, space.zone);
  const days = daysFrom(today, kioskAlone_days + 1);
  const week: { readonly day: Day; readonly lines: readonly AttendanceLine[] }[] = [];
  for (const day of days) week.push({ day, lines: await linesOf(work, space, day) });
  return week;
}
