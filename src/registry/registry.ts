import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { type Actor, holds, type Network } from '../kernel/visit.ts';
import type { Work } from '../platform/database.ts';
import { countOf, type SerialRange, split, type UnitScheme } from './serial.ts';
import * as store from './store.ts';
import { words } from './words.ts';

export { type SerialRange, serialText, type UnitScheme } from './serial.ts';
export type { Holding, RangeState } from './store.ts';

export interface Issue {
  readonly profile: Network['profile'];
  readonly scheme: UnitScheme;
  readonly project: string;
  readonly vintage: number;
  /** The batch whose whole units these are: it issues once. */
  readonly batchId: string;
  readonly quantity: bigint;
  readonly holderId: string;
}

/**
 * Numbers the whole units of a batch, the next free ones of their series. Nothing is ever issued in the demo profile.
 * Asked again for the same batch, answers the range it made.
 */
export async function issue(work: Work, actor: Actor, asked: Issue): Promise<Outcome<store.Holding>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  if (asked.profile === 'demo') return refuse(words.demoCannotIssue);
  if (asked.quantity <= 0n) return refuse(words.nothingToIssue);
  await store.lockSeries(work, asked);
  const already = await store.issuedBy(work, asked.batchId);
  if (already) return countOf(already) === asked.quantity ? accept(already) : refuse(words.otherQuantity);
  const first = await store.nextNumber(work, asked);
  const { scheme, project, vintage, batchId, holderId } = asked;
  const range: store.Holding = {
    ...{ scheme, project, vintage, batchId, holderId, first },
    beyond: first + asked.quantity,
    rangeId: work.newId('rng'),
    state: 'active',
    parentId: null,
    openedAt: work.now,
  };
  await store.insertRange(work, range);
  await store.insertPosting(work, { rangeId: range.rangeId, verb: 'issue', actorId: actor.personId, reason: batchId });
  return accept(range);
}

export interface Retirement {
  readonly rangeId: string;
  readonly quantity: bigint;
  readonly beneficiary: string;
  readonly purpose: string;
  readonly year: number;
}

const retirementRefusal = ({ beneficiary, purpose, year }: Retirement) =>
  beneficiary.trim() === '' || purpose.trim() === '' || !Number.isInteger(year) ? words.purposeMissing : null;

/** What becomes of a range from which `count` units leave: those first, then what stays. */
const parted = (range: store.Holding, count: bigint): readonly SerialRange[] | null =>
  count === countOf(range) ? [range] : split(range, count);

/** Uses units for good, for one year and purpose: the range is closed and its parts opened, one of them final. */
export async function retire(work: Work, actor: Actor, asked: Retirement): Promise<Outcome<store.Holding>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const why = retirementRefusal(asked);
  if (why) return refuse(why);
  const range = (await store.openRanges(work)).find(one => one.rangeId === asked.rangeId && one.state === 'active');
  const parts = range && parted(range, asked.quantity);
  if (!range || !parts) return refuse(words.noRange);
  await store.closeRange(work, range.rangeId);
  const opened = parts.map(
    (part, i): store.Holding => ({
      ...range,
      ...part,
      rangeId: work.newId('rng'),
      parentId: range.rangeId,
      state: i === 0 ? 'retired' : 'active',
      openedAt: work.now,
    }),
  );
  for (const part of opened) await store.insertRange(work, part);
  const [retired] = opened as [store.Holding];
  const reason = `${asked.beneficiary}, ${asked.purpose}, ${asked.year}`;
  await store.insertPosting(work, { rangeId: retired.rangeId, verb: 'retire', actorId: actor.personId, reason });
  return accept(retired);
}

/** Every open range: who holds what, in which state. */
export const holdings = (work: Work): Promise<readonly store.Holding[]> => store.openRanges(work);
