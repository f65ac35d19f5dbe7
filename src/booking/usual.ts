import { sha256 } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/outcome.ts';
import { addDays, type Day, type DayPart, type Instant, weekday } from '../kernel/time.ts';
import { meet } from './availability.ts';
import type { Booking, BookingId } from './claim.ts';

export type UsualId = Id<'usu'>;

/** "I usually come on Tuesdays": a wish, not a booking. */
export interface Usual {
  readonly usualId: UsualId;
  readonly personId: Id<'per'>;
  readonly spaceId: Id<'spc'>;
  /** ISO: 1 is Monday. */
  readonly weekday: number;
  readonly part: DayPart;
  readonly setAt: Instant;
  readonly pausedAt: Instant | null;
}

/** Why a usual day could not be booked, as it was said then. */
export type Reason = Pick<Refusal, 'code' | 'message'>;

/** What came of one day of a usual day. */
export interface UsualDay {
  readonly usualId: UsualId;
  readonly day: Day;
  readonly bookingId: BookingId | null;
  readonly refusal: Reason | null;
}

/** Days, both included, on which someone said that they do not come. */
export interface Absence {
  readonly awayId: Id<'awy'>;
  readonly from: Day;
  readonly until: Day;
}

export interface Around {
  /** Today on the space's own wall. */
  readonly today: Day;
  readonly furthest: Day;
  readonly absences: readonly Pick<Absence, 'from' | 'until'>[];
  /** What the person, or the space for them, cancelled or moved there. */
  readonly givenBack: readonly Pick<Booking, 'day' | 'part'>[];
  /** Days already booked once under this usual day, whatever became of them. */
  readonly played: ReadonlySet<Day>;
}

/** The days still to be booked, from tomorrow on: none that is away, given back once, or booked once. */
export const daysToPlay = (usual: Pick<Usual, 'weekday' | 'part'>, around: Around): readonly Day[] => {
  const days: Day[] = [];
  const first = addDays(around.today, 1);
  const start = addDays(first, (usual.weekday - weekday(first) + 7) % 7);
  for (let day = start; day <= around.furthest; day = addDays(day, 7)) {
    const away = around.absences.some(one => one.from <= day && day <= one.until);
    const back = around.givenBack.some(one => one.day === day && meet(one.part, usual.part));
    if (!away && !back && !around.played.has(day)) days.push(day);
  }
  return days;
};

/** A day of a usual day has one booking id for ever: asked twice, it books once. */
export const bookingIdOf = (usualId: UsualId, day: Day): BookingId => `bkg_${sha256(`${usualId} ${day}`).slice(0, 32)}`;

/** A day that its holder has already booked otherwise is as they want it: nothing to tell. */
export const isWorthTelling = ({ refusal }: Pick<UsualDay, 'refusal'>): boolean =>
  refusal?.code !== 'booking.already_booked';
