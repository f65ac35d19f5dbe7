import { countByKind, mayHost } from '../../booking/booking.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, daysFrom, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import {
  openIntervals,
  type ResourceKind,
  resourceKinds,
  resourcesOf,
  type Space,
  seatKinds,
} from '../../spaces/spaces.ts';
import { countsOf, type HalfCount, ratesOf, type WeekdayRate } from '../capacity.ts';
import { words } from '../words.ts';

/** Today and the two weeks that follow. */
const ahead_days = 15;
const back_days = 28;

export interface Capacity {
  readonly today: Day;
  /** The kinds of places that the space has, in the order of its list. */
  readonly kinds: readonly ResourceKind[];
  readonly ahead: readonly HalfCount[];
  /** The four weeks before today, by day of the week. */
  readonly past: readonly WeekdayRate[];
}

/** How full a space is and was, of one kind of place or of all where one sits, for who receives people there. */
export async function capacityOf(
  work: Work,
  actor: Actor,
  { space, kind }: { readonly space: Space; readonly kind: ResourceKind | null },
): Promise<Outcome<Capacity>> {
  if (!mayHost(actor, space)) return refuse(words.notHost);
  const { spaceId } = space;
  const today = localDay(work.now, space.zone);
  const [from, to] = [addDays(today, -back_days), addDays(today, ahead_days - 1)];
  const days = daysFrom(from, back_days + ahead_days);
  const [openDays, resources, taken] = await Promise.all([
    openIntervals(work, { spaceIds: [spaceId], days }),
    resourcesOf(work, [spaceId]),
    countByKind(work, { spaceId, from, to }),
  ]);
  const kinds = resourceKinds.filter(one => resources.some(place => place.kind === one));
  const seats = kinds.filter(one => seatKinds.includes(one));
  const counts = countsOf({ openDays, kinds: kind === null ? seats : [kind], places: resources, taken });
  return accept({
    ...{ today, kinds },
    ahead: counts.filter(one => one.day >= today),
    past: ratesOf(counts.filter(one => one.day < today)),
  });
}
