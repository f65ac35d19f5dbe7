import { groupBy } from '../../kernel/group.ts';
import type { Day } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { recall } from '../../platform/memory.ts';
import type { Closure, DatedHours, Resource, Space, SpaceId, Tariff } from '../space.ts';
import { selectClosures, selectHours, selectOrder, selectResources, selectSpaces, selectTariffs } from '../store.ts';

/** All that is known of a space, whatever the day. */
export interface SpaceFacts {
  readonly space: Space;
  readonly resources: readonly Resource[];
  readonly hours: readonly DatedHours[];
  readonly closures: readonly Closure[];
  readonly tariffs: readonly Tariff[];
}

const everyDay = { from: '0001-01-01' as Day, to: '9999-12-31' as Day };

async function load(work: Work, spaceIds: readonly SpaceId[]): Promise<ReadonlyMap<string, SpaceFacts>> {
  const [spaces, resources, hours, closures, tariffs] = await Promise.all([
    selectSpaces(work, spaceIds),
    selectResources(work, spaceIds),
    selectHours(work, { spaceIds, ...everyDay }),
    selectClosures(work, { spaceIds, ...everyDay }),
    selectTariffs(work, { spaceIds, ...everyDay }),
  ]);
  const of = <T extends { readonly spaceId: SpaceId }>(all: readonly T[]) => {
    const groups = groupBy(all, one => one.spaceId);
    return (spaceId: SpaceId): readonly T[] => groups.get(spaceId) ?? [];
  };
  const [resourcesOf, hoursOf, closuresOf, tariffsOf] = [of(resources), of(hours), of(closures), of(tariffs)];
  return new Map(
    spaces.map(space => {
      const id = space.spaceId;
      const dated = { hours: hoursOf(id), closures: closuresOf(id), tariffs: tariffsOf(id) };
      return [id, { space, resources: resourcesOf(id), ...dated }];
    }),
  );
}

/** Every space of the network, by town then name; from memory while none of them changed. */
export async function recallAll(work: Work): Promise<readonly Space[]> {
  const load = async () => new Map([['all', await selectSpaces(work, 'all')]]);
  const found = await recall(work, { subject: 'places', shelf: 'all spaces', ids: ['all'], load });
  return found.get('all') ?? [];
}

/** Which place each space has among all, by town then name. */
async function ranks(work: Work): Promise<ReadonlyMap<string, number>> {
  const load = async () => new Map([['all', new Map((await selectOrder(work)).map((id, n) => [id as string, n]))]]);
  const found = await recall(work, { subject: 'places', shelf: 'order of spaces', ids: ['all'], load });
  return found.get('all') ?? new Map();
}

/** What is known of these spaces, by town then name; from memory while none of it changed. An unknown id is absent. */
export async function recallSpaces(work: Work, spaceIds: readonly SpaceId[]): Promise<readonly SpaceFacts[]> {
  const loading = (ids: readonly string[]) => load(work, ids as readonly SpaceId[]);
  const [found, order] = await Promise.all([
    recall(work, { subject: 'places', shelf: 'spaces', ids: spaceIds, load: loading }),
    spaceIds.length > 1 ? ranks(work) : null,
  ]);
  const facts = [...found.values()];
  return order === null ? facts : facts.sort((a, b) => order.get(a.space.spaceId)! - order.get(b.space.spaceId)!);
}
