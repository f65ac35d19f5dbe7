import type { FreeDesks } from '../booking/booking.ts';
import type { Day } from '../kernel/time.ts';
import type { Label } from '../labelling/labelling.ts';
import type { Space, Tariff } from '../spaces/spaces.ts';

/** A space as lists show it: where it stands with the label, what is free, what a desk costs. */
export interface Listing {
  readonly space: Space;
  readonly label: Label;
  /** Half-days from the first day read, in order of time. */
  readonly halves: readonly FreeDesks[];
  /** Prices of a desk on the first day read; null where the council has not said. */
  readonly halfDay: Tariff | null;
  readonly day: Tariff | null;
}

export type Mode = 'foot' | 'bicycle' | 'car';
export const modes: readonly Mode[] = ['foot', 'bicycle', 'car'];

/** One way of going there. An estimate is a guess from a straight line and is always shown as one. */
export interface Trip {
  readonly mode: Mode;
  readonly seconds: number;
  readonly metres: number;
  readonly estimated: boolean;
}

export type Result = Listing & { readonly trips: readonly Trip[] };

/** Ordinary speeds on ordinary roads, in metres an hour, for estimates only; ours, and 4 km/h on foot as IGN walks. */
const speeds_m_per_h: Readonly<Record<Mode, number>> = { foot: 4_000, bicycle: 15_000, car: 45_000 };

/** A guess from an estimated road distance. 15,000 m by bicycle → 3,600 s. */
export const guessed = (mode: Mode, metres: number): Trip => ({
  mode,
  metres,
  seconds: Math.round((metres * 3600) / speeds_m_per_h[mode]),
  estimated: true,
});

const secondsBy = (result: Result, mode: Mode): number => result.trips.find(t => t.mode === mode)?.seconds ?? Infinity;

/** Nearest first by car, which decides for most; then on foot, then by name, so that the order never wavers. */
export const ranked = (results: readonly Result[]): readonly Result[] =>
  results.toSorted(
    (a, b) =>
      secondsBy(a, 'car') - secondsBy(b, 'car') ||
      secondsBy(a, 'foot') - secondsBy(b, 'foot') ||
      (a.space.slug < b.space.slug ? -1 : 1),
  );

/** The day to show when none is asked: the first on which something is free, else the first read. */
export const firstFreeDay = (halves: readonly FreeDesks[], otherwise: Day): Day =>
  halves.reduce<Day | null>((first, h) => (h.free > 0 && (first === null || h.day < first) ? h.day : first), null) ??
  otherwise;

const bookable = (half: FreeDesks): boolean => half.total > 0;

/** The next half-days on which the space opens, from a day on: `count` at most. */
export const nextHalves = (halves: readonly FreeDesks[], from: Day, count: number): readonly FreeDesks[] =>
  halves.filter(h => h.day >= from && bookable(h) && h.open).slice(0, count);

/** The two halves of one day. */
export const halvesOn = (halves: readonly FreeDesks[], day: Day): readonly FreeDesks[] =>
  halves.filter(h => h.day === day);

/** The most desks free in one half of the day; null when the space is closed or the day is over. */
export function freeOn(listing: Listing, day: Day): number | null {
  const open = halvesOn(listing.halves, day).filter(h => h.open);
  return open.length === 0 ? null : Math.max(...open.map(h => h.free));
}
