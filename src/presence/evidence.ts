import { type Booking, type Half, halvesOf, isCharged } from '../booking/booking.ts';
import { hashOf } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import { type Day, type Instant, instantText } from '../kernel/time.ts';
import type { EvidenceClass } from './attestation.ts';

/** How someone came to be noted. */
export type Method =
  | 'rotating_code'
  | 'personal_code'
  | 'tag'
  | 'badge'
  | 'kiosk_name'
  | 'host_list'
  | 'paper_sheet'
  | 'own_declaration';

/** Means that a machine signed; all others are somebody's word. */
const coded: ReadonlySet<Method> = new Set(['rotating_code', 'personal_code', 'tag', 'badge']);
export const isCoded = (method: Method): boolean => coded.has(method);

export interface AccessEvent {
  readonly eventId: Id<'acc'>;
  readonly personId: Id<'per'>;
  readonly spaceId: Id<'spc'>;
  /** On the space's own wall. */
  readonly day: Day;
  readonly half: Half;
  readonly method: Method;
  /** False when a host takes back what was noted by hand. */
  readonly present: boolean;
  readonly kioskId: Id<'ksk'> | null;
  readonly counter: bigint | null;
  /** The tag, the badge or the sheet; nothing for other means. */
  readonly sourceId?: string | null;
  /** Hours written on a sheet, in minutes from midnight. */
  readonly said?: { readonly from_min: number | null; readonly to_min: number | null };
  /** Who wrote the line of a list; the person themself where their phone kept a code and says when. */
  readonly notedBy: Id<'per'> | null;
  /** Keyed hash of a personal device, and how far its clock was off; null when nothing is known of it. */
  readonly device: string | null;
  readonly clock_skew_s: number | null;
  /** Seconds since midnight where it was signed; null on lists, whose time is that of their writing. */
  readonly since_midnight_s: number | null;
  readonly happened_at: Instant;
  readonly recorded_at: Instant;
}

/** What a day's events come to for one person in one space: an attestation without its pseudonym. */
export interface Shown {
  readonly personId: Id<'per'>;
  readonly spaceId: Id<'spc'>;
  readonly day: Day;
  readonly halves: 1 | 2;
  readonly evidenceClass: EvidenceClass;
  readonly evidenceSha256: readonly string[];
  readonly bookingSha256: string | null;
  /** Noted by hand only: nothing that a machine signed. */
  readonly manual: boolean;
}

/** The event's id, made by chance, keeps the hash from being guessed. */
export const evidenceHash = (event: AccessEvent): string =>
  hashOf({
    event: event.eventId,
    method: event.method,
    kiosk: event.kioskId,
    counter: event.counter === null ? null : String(event.counter),
    ...(event.sourceId && { source: event.sourceId }),
    happened_at: instantText(event.happened_at),
  });

export const bookingHash = ({ bookingId, spaceId, day, part }: Booking): string =>
  hashOf({ booking: bookingId, space: spaceId, day, part });

/** What an event proves. A code that came late from a phone was shown then, but may have reached the phone afterwards. */
export type Proof = Method | 'kept_code';

export const proofOf = ({ method, notedBy }: Pick<AccessEvent, 'method' | 'notedBy'>): Proof =>
  method === 'rotating_code' && notedBy !== null ? 'kept_code' : method;

/** A secret signed that this person was before it, at that moment. */
const strong: readonly Proof[] = ['rotating_code', 'personal_code', 'tag'];

/**
 * A: someone said so. B: one proof, or two people who say so, the one there and the host. C: a code of the kiosk, of the person or
 * of a tag, and a booking that an account bears: a proof and a corroboration that do not depend on each other. A code that a
 * phone kept needs the host's word as well. A badge opens a door and may be lent; a signed sheet is the host's word.
 */
export function classOf(methods: ReadonlySet<Proof>, corroborated: boolean): EvidenceClass {
  const proved = strong.some(one => methods.has(one)) || (methods.has('kept_code') && methods.has('host_list'));
  if (proved) return corroborated ? 'C' : 'B';
  if (methods.has('kept_code') || methods.has('badge')) return 'B';
  const declared = methods.has('own_declaration') || methods.has('kiosk_name');
  return declared && (methods.has('host_list') || methods.has('paper_sheet')) ? 'B' : 'A';
}

const byHand = (method: Method): boolean => !isCoded(method);

/** What stands of a half's events: a host's "absent" takes back what was noted by hand before it, never a code. */
const standing = (events: readonly AccessEvent[]): readonly AccessEvent[] => {
  const inOrder = events.toSorted(
    (a, b) => a.happened_at.epochMilliseconds - b.happened_at.epochMilliseconds || (a.eventId < b.eventId ? -1 : 1),
  );
  const lastDenial = inOrder.findLastIndex(e => !e.present);
  return inOrder.filter((e, i) => e.present && (!byHand(e.method) || i > lastDenial));
};

interface HalfShown {
  readonly spaceId: Id<'spc'>;
  readonly half: Half;
  readonly events: readonly AccessEvent[];
  readonly booking: Booking | null;
  readonly evidenceClass: EvidenceClass;
}

const halfShown = (events: readonly AccessEvent[], half: Half, bookings: readonly Booking[]): HalfShown | null => {
  const first = events[0];
  if (!first) return null;
  const booking =
    bookings.find(b => b.spaceId === first.spaceId && isCharged(b) && halvesOf(b.part).includes(half)) ?? null;
  const evidenceClass = classOf(new Set(events.map(proofOf)), booking !== null);
  return { spaceId: first.spaceId, half, events, booking, evidenceClass };
};

/** Of two spaces that say the same person was there in the same half, the better proof; then the earlier. */
const better = (a: HalfShown, b: HalfShown): number =>
  a.evidenceClass === b.evidenceClass
    ? a.events[0]!.happened_at.epochMilliseconds - b.events[0]!.happened_at.epochMilliseconds
    : a.evidenceClass > b.evidenceClass
      ? -1
      : 1;

const groupBy = <T>(items: readonly T[], key: (item: T) => string): readonly (readonly T[])[] => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return [...groups.values()];
};

const inHalf = (events: readonly AccessEvent[], half: Half, bookings: readonly Booking[]): HalfShown | null =>
  groupBy(
    events.filter(e => e.half === half),
    e => e.spaceId,
  )
    .flatMap(group => halfShown(standing(group), half, bookings) ?? [])
    .toSorted(better)[0] ?? null;

/**
 * Someone who came in the morning with a booking for the day is taken to have stayed, unless the afternoon shows
 * otherwise. The other way round proves nothing: who came in the afternoon has half a day.
 */
function stayed(morning: HalfShown | null, bookings: readonly Booking[]): HalfShown | null {
  const wholeDay = morning && bookings.some(b => b.spaceId === morning.spaceId && b.part === 'day' && b.hours === null);
  return wholeDay ? halfShown(morning.events, 'afternoon', bookings) : null;
}

/** What one person's events of one day come to. Halves proved differently stay apart: nothing is upgraded silently. */
function ofPerson(events: readonly AccessEvent[], bookings: readonly Booking[]): readonly Shown[] {
  const { personId, day } = events[0]!;
  const morning = inHalf(events, 'morning', bookings);
  const afternoon = inHalf(events, 'afternoon', bookings) ?? stayed(morning, bookings);
  const shown = [morning, afternoon].filter(half => half !== null);
  return groupBy(shown, half => `${half.spaceId} ${half.evidenceClass} ${half.booking === null}`).map(group => {
    const all = new Map(group.flatMap(half => half.events).map(e => [e.eventId, e]));
    const bookings = [...new Set(group.flatMap(half => half.booking ?? []))].map(bookingHash).toSorted();
    return {
      personId,
      spaceId: group[0]!.spaceId,
      day,
      halves: group.length === 2 ? 2 : 1,
      evidenceClass: group[0]!.evidenceClass,
      evidenceSha256: [...all.values()].map(evidenceHash).toSorted(),
      // Two half-days booked apart corroborate one day together.
      bookingSha256: bookings.length > 1 ? hashOf(bookings) : (bookings[0] ?? null),
      manual: [...all.values()].every(e => byHand(e.method)),
    };
  });
}

/** Turns one day's events into what can be attested: at most two halves a person, each in one space. */
export function shownBy(events: readonly AccessEvent[], bookings: readonly Booking[]): readonly Shown[] {
  const bookingsOf = new Map(groupBy(bookings, b => b.personId).map(group => [group[0]!.personId as string, group]));
  return groupBy(events, e => e.personId).flatMap(own => ofPerson(own, bookingsOf.get(own[0]!.personId) ?? []));
}
