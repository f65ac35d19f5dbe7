import type { Id } from '../kernel/ids.ts';
import { type Day, type DayPart, type Instant, isBefore, weekday } from '../kernel/time.ts';
import { inPlaceOrder, type OpenDay, offeredOn, type Resource } from '../spaces/spaces.ts';
import { halves, meet } from './availability.ts';
import { type Booking, type Half, halvesOf } from './claim.ts';

/** One or both halves of a day of a resource, on a planning board. */
export interface Cell {
  readonly day: Day;
  readonly part: DayPart;
  /** `over`: free, and too late for anyone to take it. */
  readonly state: 'free' | 'taken' | 'closed' | 'over' | 'picked' | 'target';
  readonly booking: Booking | null;
  /** What is booked by the hour then: the rest of it may be free. */
  readonly byHour: readonly Booking[];
}

export interface Row {
  readonly resource: Resource;
  readonly cells: readonly Cell[];
}

export interface BoardFacts {
  readonly resources: readonly Resource[];
  readonly openDays: readonly OpenDay[];
  readonly bookings: readonly Booking[];
  readonly now: Instant;
  /** The booking in hand, to be put down elsewhere. */
  readonly picked: Booking | null;
}

const key = (resourceId: string, day: Day): string => `${resourceId} ${day}`;

/** May the booking in hand be put down here? Its own place counts as free. */
const takes = (picked: Booking, resource: Resource, part: DayPart): boolean =>
  picked.kind === resource.kind && (picked.part === 'day') === (part === 'day');

/** A day of a resource: one cell for a booking of the day, or for one that looks for a whole day; else a cell a half. */
function cellsOf(resource: Resource, openDay: OpenDay, facts: BoardFacts, there: readonly Booking[]): readonly Cell[] {
  const { day, parts, closed } = openDay;
  const { picked, now } = facts;
  const [halfDays, byHour] = [there.filter(one => one.hours === null), there.filter(one => one.hours !== null)];
  if (closed !== null || offeredOn([resource], day).length === 0)
    return [{ day, part: 'day', state: 'closed', booking: null, byHour: [] }];
  const whole = halfDays.find(booking => booking.part === 'day');
  if (whole !== undefined && (whole.bookingId !== picked?.bookingId || picked.part === 'day'))
    return [
      {
        day,
        part: 'day',
        state: whole.bookingId === picked?.bookingId ? 'picked' : 'taken',
        booking: whole,
        byHour: [],
      },
    ];
  const one = (part: DayPart): Cell => {
    const booking = halfDays.find(other => meet(other.part, part)) ?? null;
    const hourly = byHour.filter(other => meet(other.part, part));
    const cell = { day, part, booking, byHour: hourly };
    const first = booking ?? hourly[0];
    if (first) {
      const mine = [booking, ...hourly].some(one => one !== null && one.bookingId === picked?.bookingId);
      return { ...cell, state: mine ? 'picked' : 'taken' };
    }
    const during = parts[part];
    if (during === null) return { ...cell, state: 'closed' };
    if (!isBefore(now, during.to)) return { ...cell, state: 'over' };
    return { ...cell, state: picked && takes(picked, resource, part) ? 'target' : 'free' };
  };
  const wholeDay = one('day');
  return wholeDay.state === 'target' ? [wholeDay] : halves.map(one);
}

/** Resources × days: who has what, what is free, and where the booking in hand may go. */
export function rowsOf(facts: BoardFacts): readonly Row[] {
  const there = new Map<string, Booking[]>();
  for (const booking of facts.bookings) {
    const at = key(booking.resourceId, booking.day);
    there.set(at, [...(there.get(at) ?? []), booking]);
  }
  const sorted = facts.resources.toSorted(inPlaceOrder);
  return sorted.map(resource => ({
    resource,
    cells: facts.openDays.flatMap(openDay =>
      cellsOf(resource, openDay, facts, there.get(key(resource.resourceId, openDay.day)) ?? []),
    ),
  }));
}

/** Days worth a column: those that open, those that have bookings, and the working days of a week that closes. */
export const daysWorthShowing = (
  openDays: readonly OpenDay[],
  bookings: readonly Pick<Booking, 'day'>[],
): readonly OpenDay[] =>
  openDays.filter(
    ({ day, closed }) => closed === null || weekday(day) < 6 || bookings.some(booking => booking.day === day),
  );

/** Half-days that can be had and half-days that are had, of one kind of resource or of all. */
export interface Occupancy {
  readonly taken: number;
  readonly total: number;
}

const offered = ({ parts }: OpenDay): readonly Half[] => halves.filter(half => parts[half] !== null);

/** How full each day is: halves offered by the hours, times the resources. */
export function occupancyOf(
  facts: Pick<BoardFacts, 'resources' | 'openDays' | 'bookings'>,
): ReadonlyMap<Day, Occupancy> {
  const ids = new Set<Id>(facts.resources.map(resource => resource.resourceId));
  // A half-day of a room is taken once, however many have an hour of it.
  const halvesTaken = facts.bookings
    .filter(one => ids.has(one.resourceId))
    .flatMap(one => halvesOf(one.part).map(half => `${one.day} ${one.resourceId} ${half}`));
  const taken = new Map<string, number>();
  for (const at of new Set(halvesTaken)) taken.set(at.slice(0, 10), (taken.get(at.slice(0, 10)) ?? 0) + 1);
  return new Map(
    facts.openDays.map(openDay => [
      openDay.day,
      { taken: taken.get(openDay.day) ?? 0, total: offered(openDay).length * ids.size },
    ]),
  );
}

/** Whole per cent, rounded down: 100 only when all is taken. */
export const percentOf = ({ taken, total }: Occupancy): number =>
  total === 0 ? 0 : Math.min(100, Math.floor((100 * taken) / total));

export const sumOf = (all: Iterable<Occupancy>): Occupancy => {
  let [taken, total] = [0, 0];
  for (const one of all) [taken, total] = [taken + one.taken, total + one.total];
  return { taken, total };
};

/** `Maya E.` */
export const shortName = ({ firstName, lastName }: { readonly firstName: string; readonly lastName: string }): string =>
  `${firstName} ${lastName.slice(0, 1)}${lastName === '' ? '' : '.'}`.trim();
