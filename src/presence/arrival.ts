import { type Half, halvesOf, mayHost } from '../booking/booking.ts';
import type { Id, NewId } from '../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import {
  addSeconds,
  type Day,
  type DayPart,
  daysBetween,
  type Instant,
  isBefore,
  localDay,
  secondsBetween,
  wallTime,
} from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { halfDaySplit_min, type Space } from '../spaces/spaces.ts';
import { deviceHash, type KioskKey, kioskClockTolerance_s, wasShown } from './codes.ts';
import type { AccessEvent, Method } from './evidence.ts';
import { type KeyFor, type Kiosk, kioskTime } from './kiosk.ts';
import { words } from './words.ts';

/** Longest time that a kiosk may keep events before sending them. A product choice, above the seven days promised. */
export const longestOffline_days = 14;

/** What a kiosk sends: caught now, or days ago while it had no network. */
export interface KioskEvent {
  /** Made by the kiosk, so that an event sent twice is one event. */
  readonly eventId?: Id<'acc'> | undefined;
  readonly personId: Id<'per'>;
  readonly method: 'rotating_code' | 'kiosk_name';
  readonly code?: string | undefined;
  readonly counter?: bigint | undefined;
  readonly captured_at: Instant;
}

/** The half of its day in which a moment falls, on the space's own wall. */
export const halfAt = (at: Instant, zone: string): Half =>
  isBefore(at, wallTime(localDay(at, zone), halfDaySplit_min, zone)) ? 'morning' : 'afternoon';

interface Caught {
  readonly eventId: Id<'acc'>;
  readonly personId: Id<'per'>;
  readonly kioskId: Id<'ksk'> | null;
  readonly method: Method;
  readonly counter: bigint | null;
  readonly happened_at: Instant;
}

/** What is known of the personal device that gave a code. */
export type Device = Pick<AccessEvent, 'device' | 'clock_skew_s'>;

/** What a personal device says of itself. */
export interface DeviceSeen {
  /** Its own cookie; absent where it keeps none. */
  readonly cookie?: string | undefined;
  /** Its own time when the code was sent; absent without a script. */
  readonly clock_ms?: number | undefined;
}

/** The largest difference of clocks that is kept: ten years, a phone that never had the time. */
const furthestSkew_s = 315_360_000;

/** Whole seconds by which a device's clock runs ahead of ours. */
export const skewOf = (clock_ms: number, now: Instant): number => {
  const ahead_s = Math.round((clock_ms - now.epochMilliseconds) / 1_000);
  return Math.max(-furthestSkew_s, Math.min(furthestSkew_s, ahead_s));
};

/** A device as the record keeps it: a keyed hash, and whole seconds of difference, positive when it runs ahead. */
export const deviceOf = (
  { cookie, clock_ms }: DeviceSeen = {},
  { secrets, now }: { readonly secrets: KeyFor; readonly now: Instant },
): Device => ({
  device: cookie === undefined ? null : deviceHash(secrets('presence devices'), cookie),
  clock_skew_s: clock_ms === undefined ? null : skewOf(clock_ms, now),
});

const noDevice: Device = { device: null, clock_skew_s: null };

/** A kiosk's event in the words of the record. */
export function arrivalOf(
  caught: Caught,
  { spaceId, zone }: Pick<Space, 'spaceId' | 'zone'>,
  { now, device = noDevice }: { readonly now: Instant; readonly device?: Device },
): AccessEvent {
  const day = localDay(caught.happened_at, zone);
  const half = halfAt(caught.happened_at, zone);
  const since_midnight_s = secondsBetween(wallTime(day, 0, zone), caught.happened_at);
  const where = { spaceId, day, half, since_midnight_s };
  return { ...caught, ...device, ...where, present: true, notedBy: null, recorded_at: now };
}

/** A space's list of a day, or some of its lines. */
export interface MarksAsked {
  readonly spaceId: Id<'spc'>;
  readonly day: Day;
  readonly marks: readonly { readonly personId: Id<'per'>; readonly part: DayPart; readonly present: boolean }[];
}

/** Lines of a list as events, one a half. They are dated by when they were written: no hour is claimed. */
export const marksOf = (
  { personId: notedBy }: Pick<Actor, 'personId'>,
  { spaceId, day, marks }: MarksAsked,
  { now, newId }: { readonly now: Instant; readonly newId: NewId },
): readonly AccessEvent[] =>
  marks.flatMap(({ part, ...mark }) =>
    halvesOf(part).map(half => ({
      ...mark,
      eventId: newId('acc'),
      spaceId,
      day,
      half,
      method: mark.personId === notedBy ? ('own_declaration' as const) : ('host_list' as const),
      kioskId: null,
      counter: null,
      notedBy,
      ...noDevice,
      since_midnight_s: null,
      happened_at: now,
      recorded_at: now,
    })),
  );

/** The first reason why the actor may not write that list now: seen from the space's own wall, its day is open or not. */
export function listRefusal(
  actor: Actor,
  { day, marks }: MarksAsked,
  {
    space,
    now,
    open_days,
  }: {
    readonly space: Pick<Space, 'spaceId' | 'managerId' | 'zone'> | undefined;
    readonly now: Instant;
    /** For how many days after the day itself a list can be corrected. */
    readonly open_days: number;
  },
): Refusal | null {
  if (!space) return words.unknownSpace;
  const own = marks.every(m => m.personId === actor.personId && m.present);
  if (!own && !mayHost(actor, space)) return words.notHost;
  const age = daysBetween(day, localDay(now, space.zone));
  return age < 0 || age > open_days ? words.dayNotOpenToMarks(open_days) : null;
}

/** The first reason why a kiosk's event is not kept: later than now, too old, or a code that the kiosk did not show. */
export function eventRefusal(event: KioskEvent, kiosk: KioskKey, now: Instant): Refusal | null {
  const { captured_at, method, code, counter } = event;
  if (secondsBetween(now, captured_at) > kioskClockTolerance_s) return words.capturedLater;
  if (secondsBetween(captured_at, now) > longestOffline_days * 24 * 3_600) {
    return words.capturedTooEarly(longestOffline_days);
  }
  if (method === 'kiosk_name') return null;
  const complete = code !== undefined && counter !== undefined;
  return complete && wasShown(kiosk, { code, counter, captured_at }) ? null : words.forgedCode;
}

interface Reception {
  readonly kiosk: Kiosk;
  readonly key: KioskKey;
  readonly space: Pick<Space, 'spaceId' | 'zone'>;
  /** People known to the network. */
  readonly persons: ReadonlySet<string>;
  readonly now: Instant;
  readonly newId: NewId;
}

/** Each event sent by a kiosk as it will be recorded, on our clock; or why it is not kept. */
export const receive = (sent: readonly KioskEvent[], by: Reception): readonly (Refusal | AccessEvent)[] =>
  sent.map(one => {
    const { personId, method, counter = null } = one;
    if (!by.persons.has(personId)) return words.unknownPerson;
    const refusal = eventRefusal(one, by.key, kioskTime(by.kiosk, by.now));
    if (refusal) return refusal;
    const happened_at = addSeconds(one.captured_at, -by.kiosk.clock_offset_s);
    const eventId = one.eventId ?? by.newId('acc');
    return arrivalOf({ eventId, personId, method, counter, happened_at, kioskId: by.kiosk.kioskId }, by.space, by);
  });

const isSame = (a: AccessEvent, b: AccessEvent): boolean =>
  a.personId === b.personId && a.kioskId === b.kioskId && a.method === b.method && a.counter === b.counter;

const isTwin = (kept: AccessEvent, sent: AccessEvent): boolean =>
  kept.eventId === sent.eventId || (sent.counter !== null && isSame(kept, sent));

/** What to answer to an event: itself when new, the first one when it is sent again, else why it is not kept. */
export function answerTo(
  event: AccessEvent,
  by: {
    readonly sent: KioskEvent;
    /** What was written, by its id: of two events under one id, the first. */
    readonly added: ReadonlyMap<string, AccessEvent>;
    readonly twins: readonly AccessEvent[];
    readonly space: Pick<Space, 'zone'>;
  },
): Outcome<AccessEvent> {
  const kept = by.added.get(event.eventId) ?? by.twins.find(twin => isTwin(twin, event));
  if (!kept || !isSame(kept, event)) return refuse(words.eventIdReused);
  const underOtherId = kept.eventId !== event.eventId && by.sent.eventId !== undefined;
  return underOtherId ? refuse(words.codeUsed(kept.happened_at, by.space.zone)) : accept(kept);
}

/** How far a kiosk's clock is from ours, and what to do about it. Positive when it runs ahead. */
export function clockReading(
  kioskSays: Instant,
  now: Instant,
): { readonly offset_s: number; readonly refusal: Refusal | null } {
  const offset_s = Math.round((kioskSays.epochMilliseconds - now.epochMilliseconds) / 1000);
  return { offset_s, refusal: Math.abs(offset_s) > kioskClockTolerance_s ? words.clockOff(offset_s) : null };
}
