import type { Day, DayPart, Interval } from '../kernel/time.ts';
import { overlaps } from '../kernel/time.ts';
import type { OpenDay } from '../spaces/spaces.ts';

/** What an outer calendar takes of one day of a place. */
export interface Block {
  readonly day: Day;
  /** The part that is no longer offered. */
  readonly part: DayPart;
  readonly during: Interval;
}

const later = (a: Interval['from'], b: Interval['from']) => (a.epochMilliseconds < b.epochMilliseconds ? b : a);
const sooner = (a: Interval['from'], b: Interval['from']) => (a.epochMilliseconds < b.epochMilliseconds ? a : b);

/** Half-days are what is booked: a meeting in the morning takes the morning, one over lunch only the whole day's bookings. */
const partOf = (time: Interval, { parts }: OpenDay): DayPart => {
  const [morning, afternoon] = [parts.morning, parts.afternoon].map(part => part !== null && overlaps(part, time));
  return morning === afternoon ? 'day' : morning ? 'morning' : 'afternoon';
};

/** Busy times as what they take of the days when the space opens; what falls outside its hours takes nothing. */
export const blocksOf = (busy: readonly Interval[], openDays: readonly OpenDay[]): readonly Block[] =>
  openDays.flatMap(openDay => {
    const { day, parts } = openDay;
    const offered = [parts.day, parts.morning, parts.afternoon].filter(part => part !== null);
    const [first] = offered;
    if (first === undefined) return [];
    const open = offered.reduce(
      (all, part) => ({ from: sooner(all.from, part.from), to: later(all.to, part.to) }),
      first,
    );
    return busy
      .filter(time => overlaps(time, open))
      .map(time => ({
        ...{ day, part: partOf(time, openDay) },
        during: { from: later(time.from, open.from), to: sooner(time.to, open.to) },
      }));
  });

const keyOf = ({ during }: Pick<Block, 'during'>): string => `${during.from} ${during.to}`;

/** What must go and what must come for a place to be blocked as its calendar says. */
export function difference<T extends Block>(
  standing: readonly T[],
  wanted: readonly Block[],
): { readonly gone: readonly T[]; readonly fresh: readonly Block[] } {
  const [there, asked] = [new Set(standing.map(keyOf)), new Set(wanted.map(keyOf))];
  return {
    gone: standing.filter(one => !asked.has(keyOf(one))),
    fresh: wanted.filter(one => !there.has(keyOf(one))),
  };
}
