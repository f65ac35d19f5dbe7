import type { Plan } from '../../floors/floors.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Space } from '../../spaces/spaces.ts';
import type { Booking } from '../booking.ts';
import { guestOfText } from '../guest-labels.ts';
import type { Occupancy, Row } from '../planning.ts';
import { planningLabels as t } from '../planning-labels.ts';

// What the parts of a planning board share.

export type View = 'jour' | 'semaine' | 'mois';

export interface PlanningProps {
  visit: Visit;
  space: Space;
  view: View;
  /** The day asked for: the board shows its day, its week or its month. */
  day: Day;
  today: Day;
  days: readonly Day[];
  rows: readonly Row[];
  occupancy: ReadonlyMap<Day, Occupancy>;
  bookings: readonly Booking[];
  /** What awaits an answer, whatever the days shown. */
  requests: readonly Booking[];
  /** Who holds each booking, by person; someone erased has no name. */
  names: ReadonlyMap<string, string>;
  picked: Booking | null;
  /** The free place that was chosen, to book it for someone. */
  chosen: { readonly day: Day; readonly part: 'morning' | 'afternoon' | 'day'; readonly resourceId: string } | null;
  done: 'booked' | 'moved' | null;
  /** Floors that are drawn, for the board of one day. */
  plans: readonly Plan[];
  requestId: string;
  typed?: string | undefined;
  refusal?: Refusal | undefined;
}

export const address = (
  { space, view, day }: Pick<PlanningProps, 'space' | 'view' | 'day'>,
  more: Readonly<Record<string, string>> = {},
): string => `/planning/${space.slug}?${new URLSearchParams({ vue: view, jour: day, ...more })}`;

export const nameOf = ({ names, visit }: PlanningProps, booking: Pick<Booking, 'personId' | 'guestId'>): string =>
  booking.guestId === null
    ? (names.get(booking.personId) ?? t.erased[visit.lang])
    : guestOfText(names.get(booking.personId) ?? t.erased[visit.lang])[visit.lang];
