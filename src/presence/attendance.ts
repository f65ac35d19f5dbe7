import { type Booking, type Half, halvesOf } from '../booking/booking.ts';
import { groupBy } from '../kernel/group.ts';
import type { Id } from '../kernel/ids.ts';
import type { DayPart, Instant } from '../kernel/time.ts';
import { type AccessEvent, isCoded, type Method } from './evidence.ts';

/** How one half of someone's day stands on the host's list. */
export interface HalfState {
  readonly expected: boolean;
  /** The means by which they were noted; empty when they were not. */
  readonly methods: readonly Method[];
  readonly since: Instant | null;
}

/** One person on the host's list. */
export interface AttendanceLine {
  readonly personId: Id<'per'>;
  readonly firstName: string;
  readonly lastName: string;
  readonly resourceIds: readonly Id<'res'>[];
  readonly booked: DayPart | null;
  readonly morning: HalfState;
  readonly afternoon: HalfState;
}

interface Named {
  readonly personId: Id<'per'>;
  readonly firstName: string;
  readonly lastName: string;
}

/** A half's events after a host's last "absent": by hand they fall, a code stays. */
const standing = (events: readonly AccessEvent[]): readonly AccessEvent[] => {
  const lastDenial = events.findLastIndex(e => !e.present);
  return events.filter((e, n) => e.present && (isCoded(e.method) || n > lastDenial));
};

const halfState = (half: Half, events: readonly AccessEvent[], bookings: readonly Booking[]): HalfState => {
  const noted = standing(events.filter(e => e.half === half));
  return {
    expected: bookings.some(b => halvesOf(b.part).includes(half)),
    methods: [...new Set(noted.map(e => e.method))],
    since: noted[0]?.happened_at ?? null,
  };
};

const bookedPart = (bookings: readonly Booking[]): DayPart | null =>
  bookings.length > 1 ? 'day' : (bookings[0]?.part ?? null);

/** The day of a space as its host sees it: who has booked and who came, by family name. */
export const attendanceOf = (
  people: readonly Named[],
  events: readonly AccessEvent[],
  bookings: readonly Booking[],
): readonly AttendanceLine[] =>
  people.map(({ personId, firstName, lastName }) => {
    const own = bookings.filter(b => b.personId === personId);
    const noted = events.filter(e => e.personId === personId);
    return {
      personId,
      firstName,
      lastName,
      resourceIds: [...new Set(own.map(b => b.resourceId))],
      booked: bookedPart(own),
      morning: halfState('morning', noted, own),
      afternoon: halfState('afternoon', noted, own),
    };
  });

/** Of people noted on a day, those who stand as having come, in either half: `space person day`. */
export const cameAmong = (events: readonly AccessEvent[]): ReadonlySet<string> => {
  const halfDays = groupBy(events, e => `${e.spaceId} ${e.personId} ${e.day} ${e.half}`);
  const there = [...halfDays.values()].filter(own => standing(own).length > 0);
  return new Set(there.map(own => `${own[0]!.spaceId} ${own[0]!.personId} ${own[0]!.day}`));
};

export const isHere = (line: AttendanceLine, half: Half): boolean => line[half].methods.length > 0;
