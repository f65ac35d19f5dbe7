import type { Instant } from '../kernel/time.ts';
import { countOf, type SerialRange, split } from './serial.ts';

export type RangeState = 'reserve' | 'active' | 'sent_out' | 'retired' | 'cancelled';

export type PostingVerb = 'issue' | 'split' | 'transfer' | 'retire' | 'cancel' | 'send_out';

/** A run of units with one holder and one state. */
export interface Holding extends SerialRange {
  readonly rangeId: string;
  /** An organisation (`org_…`), the network itself (`net_…`) or a party from outside (`pty_…`). */
  readonly holderId: string;
  /** Whoever stands behind it asked not to be named in public. */
  readonly anonymous: boolean;
  readonly state: RangeState;
  /** The range that it was part of; null for what a batch issued. */
  readonly parentId: string | null;
  readonly batchId: string;
  readonly openedAt: Instant;
}

/** A range as the books keep it, open or not. */
export interface RangeRow extends Holding {
  readonly closedAt: Instant | null;
}

/** The first `count` units, then what stays, if anything does; null when the range has not that many. */
export const parted = (range: SerialRange, count: bigint): readonly SerialRange[] | null =>
  count === countOf(range) ? [range] : split(range, count);

export const unitsIn = (ranges: readonly SerialRange[]): bigint =>
  ranges.reduce((sum, range) => sum + countOf(range), 0n);

const states: readonly RangeState[] = ['active', 'reserve', 'sent_out', 'retired', 'cancelled'];

/** Units in each state, of ranges that are open. */
export type Balance = Readonly<Record<RangeState, bigint>>;

export const balanceOf = (open: readonly (SerialRange & Pick<Holding, 'state'>)[]): Balance =>
  Object.fromEntries(
    states.map(state => [state, unitsIn(open.filter(one => one.state === state))]),
  ) as unknown as Balance;

/** Some units of a range, the first ones. */
export interface Units {
  readonly rangeId: string;
  readonly quantity: bigint;
}
