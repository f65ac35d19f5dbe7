import type { Id } from '../kernel/ids.ts';
import { type Day, type DayPart, type Instant, type Interval, isBefore, overlaps } from '../kernel/time.ts';
import type { Offered, OpenDay, Resource } from '../spaces/spaces.ts';
import type { Booking, Half } from './claim.ts';

export const halves: readonly Half[] = ['morning', 'afternoon'];

/** Two bookings of one day meet when they share a half. */
export const meet = (a: DayPart, b: DayPart): boolean => a === b || a === 'day' || b === 'day';

/** Live bookings of a kind of resource in a space on a day, by half. */
export interface Taken {
  readonly spaceId: Id<'spc'>;
  readonly day: Day;
  readonly morning: number;
  readonly afternoon: number;
}

/** What is left of one half of one day in one space. `total` is 0 when the space is closed. */
export interface FreeDesks {
  readonly spaceId: Id<'spc'>;
  readonly day: Day;
  readonly half: Half;
  /** Offered by the opening hours and not over yet. */
  readonly open: boolean;
  readonly free: number;
  readonly total: number;
}

const totalOn = (offered: readonly Offered[], day: Day): number =>
  offered.reduce((sum, { count, until }) => (until === null || day < until ? sum + count : sum), 0);

/** Desks less bookings, one line a space, a day and a half, in the order of the opening days. */
export function freeDesksOf(
  openDays: readonly OpenDay[],
  facts: {
    readonly total: ReadonlyMap<string, readonly Offered[]>;
    readonly taken: readonly Taken[];
    readonly now: Instant;
  },
): readonly FreeDesks[] {
  const takenOn = new Map(facts.taken.map(t => [`${t.spaceId} ${t.day}`, t]));
  return openDays.flatMap(({ spaceId, day, parts }) =>
    halves.map(half => {
      const during = parts[half];
      const total = during === null ? 0 : totalOn(facts.total.get(spaceId) ?? [], day);
      const taken = takenOn.get(`${spaceId} ${day}`)?.[half] ?? 0;
      const open = during !== null && isBefore(facts.now, during.to);
      return { spaceId, day, half, open, total, free: open ? Math.max(0, total - taken) : 0 };
    }),
  );
}

export type Claimed = Pick<Booking, 'resourceId' | 'part' | 'hours' | 'during' | 'freeAgain'>;

/** A part of the day or some hours of it, with the time kept free after. */
export type Wanted = Pick<Booking, 'part' | 'hours' | 'during' | 'freeAgain'>;

/** Would both keep one place at once? By half-days as the day has them, whatever the hours were when each was booked. */
const collide = (a: Wanted, b: Wanted): boolean =>
  (a.hours === null && b.hours === null && meet(a.part, b.part)) || overlaps(keptBy(a), keptBy(b));

const keptBy = ({ during, freeAgain }: Wanted): Interval => ({ from: during.from, to: freeAgain });

/** The resources that nobody has then. */
export const freeResources = (
  resources: readonly Resource[],
  bookings: readonly Claimed[],
  wanted: Wanted,
): readonly Resource[] =>
  resources.filter(r => !bookings.some(b => b.resourceId === r.resourceId && collide(b, wanted)));

/** Spreads people over desks, so that two who book at once seldom want the same one. */
const startFor = (personId: string, count: number): number =>
  [...personId].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 65_521, 7) % count;

/** The desk chosen for someone: a free one, always the same for the same person while it is free. */
export function chooseFor(
  personId: Id<'per'>,
  resources: readonly Resource[],
  free: readonly Resource[],
): Resource | null {
  if (free.length === 0) return null;
  const start = startFor(personId, resources.length);
  const turned = [...resources.slice(start), ...resources.slice(0, start)];
  return turned.find(r => free.includes(r)) ?? null;
}

/** Free half-days in order of time: what to offer when the one asked for is full. */
export const nextFree = (lines: readonly FreeDesks[], count: number): readonly FreeDesks[] =>
  lines
    .filter(line => line.free > 0)
    .toSorted((a, b) => (a.day === b.day ? halves.indexOf(a.half) - halves.indexOf(b.half) : a.day < b.day ? -1 : 1))
    .slice(0, count);
