import { unique } from '../../kernel/group.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Day } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { peopleById } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import {
  type OpenDay,
  offeredOn,
  openIntervals,
  type Resource,
  resourcesOf,
  type Space,
  spaceBySlug,
} from '../../spaces/spaces.ts';
import type { Booking } from '../claim.ts';
import { shortName } from '../planning.ts';
import { mayHost } from '../rules.ts';
import { selectBlocksOn } from '../store/block.ts';
import * as store from '../store.ts';
import { words } from '../words.ts';

export interface Planning {
  readonly space: Space;
  readonly resources: readonly Resource[];
  readonly openDays: readonly OpenDay[];
  readonly bookings: readonly Booking[];
  /** What outer calendars take. */
  readonly blocks: readonly Booking[];
  /** What awaits an answer, on these days or on others. */
  readonly requests: readonly Booking[];
  /** First name and initial of who holds a booking; nobody for someone erased. */
  readonly names: ReadonlyMap<string, string>;
}

/** Everything that a planning board shows of some days, for who receives people in that space. */
export async function planningOf(
  work: Work,
  actor: Actor,
  { slug, days }: { readonly slug: string; readonly days: readonly Day[] },
): Promise<Outcome<Planning>> {
  const space = await spaceBySlug(work, slug);
  if (!space.ok) return space;
  if (!mayHost(actor, space.value)) return refuse(words.boardNotHost);
  const spaceIds = [space.value.spaceId];
  const bookings = await store.selectOn(work, { days, spaceIds });
  const blocks = await selectBlocksOn(work, { days, spaceIds });
  const requests = await store.selectRequested(work, space.value.spaceId);
  const holders = await peopleById(work, unique([...bookings, ...requests].map(one => one.personId)));
  return accept({
    space: space.value,
    resources: offeredOn(await resourcesOf(work, spaceIds), days[0]!),
    openDays: await openIntervals(work, { spaceIds, days }),
    bookings,
    blocks,
    requests,
    names: new Map(holders.map(one => [one.personId, shortName(one)])),
  });
}
