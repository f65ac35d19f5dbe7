import type { RangeRow } from './range.ts';

/** One step from what a batch issued toward a range: the range that went on, and those that left at that step. */
export interface Stage {
  readonly range: RangeRow;
  readonly left: readonly RangeRow[];
}

/** How a range came to be, what its batch issued first, itself last. `family` is every range of its batch and series. */
export function lineage(family: readonly RangeRow[], rangeId: string): readonly Stage[] {
  const byId = new Map(family.map(range => [range.rangeId, range]));
  const stages: Stage[] = [];
  for (let range = byId.get(rangeId); range; range = byId.get(range.parentId ?? '')) {
    const { parentId, rangeId: own } = range;
    const left = family.filter(one => parentId !== null && one.parentId === parentId && one.rangeId !== own);
    stages.unshift({ range, left });
  }
  return stages;
}

/** The open ranges that a range's units are in now: itself while it is open. */
export const partsOf = (family: readonly RangeRow[], { first, beyond }: RangeRow): readonly RangeRow[] =>
  family.filter(one => one.closedAt === null && one.first >= first && one.beyond <= beyond);
