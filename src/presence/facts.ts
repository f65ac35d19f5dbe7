import type { OpenDay, Resource } from '../spaces/spaces.ts';
import type { PresenceFacts } from './fraud-rules.ts';
import type { Recorded } from './ledger.ts';

/** What is counted of a presence. */
export type Standing = Pick<Recorded, 'attestationId' | 'pseudonym' | 'spaceId' | 'day' | 'halves'>;

/** What was read around the presences to judge. */
export interface Surroundings {
  /** Every standing presence of the same days, in the order of their records. */
  readonly sameDays: readonly Standing[];
  readonly resources: readonly Resource[];
  readonly openDays: readonly OpenDay[];
  readonly sharing: ReadonlyMap<string, number>;
}

const plus = (counts: Map<string, number>, key: string, more: number): number => {
  const sum = (counts.get(key) ?? 0) + more;
  counts.set(key, sum);
  return sum;
};

const openHalves = ({ parts }: OpenDay): number => Number(parts.morning !== null) + Number(parts.afternoon !== null);

/** Counts, for each presence to judge, what the rules may know. */
export function factsOn(judged: readonly Standing[], around: Surroundings): readonly PresenceFacts[] {
  const personDays = new Map<string, number>();
  const spaceDays = new Map<string, number>();
  const soFar = new Map<string, number>();
  for (const one of around.sameDays) {
    plus(personDays, `${one.pseudonym} ${one.day}`, one.halves);
    soFar.set(one.attestationId, plus(spaceDays, `${one.spaceId} ${one.day}`, one.halves));
  }
  const places = new Map<string, number>();
  for (const { spaceId, capacity } of around.resources) plus(places, spaceId, capacity);
  const open = new Map(around.openDays.map(o => [`${o.spaceId} ${o.day}`, openHalves(o)]));
  return judged.map(({ attestationId, pseudonym, spaceId, day, halves }) => ({
    attestationId,
    halves,
    person_day_halves: personDays.get(`${pseudonym} ${day}`) ?? 0,
    space_halves_so_far: soFar.get(attestationId) ?? 0,
    space_halves_most: 2 * (places.get(spaceId) ?? 0),
    open_halves: open.get(`${spaceId} ${day}`) ?? 0,
    evidence_shared_with: around.sharing.get(attestationId) ?? 0,
  }));
}
