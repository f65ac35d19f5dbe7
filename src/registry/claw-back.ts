import { type Holding, unitsIn } from './range.ts';
import { countOf } from './serial.ts';

export interface Debit {
  readonly range: Holding;
  readonly count: bigint;
}

/** Where units that should not have been issued are taken from, and how many nobody has any more. */
export interface DebitPlan {
  readonly debits: readonly Debit[];
  readonly from_reserve: bigint;
  readonly from_unsold: bigint;
  /** Sold, retired or gone: to be replaced by other units. */
  readonly owed: bigint;
}

const take = (ranges: readonly Holding[], wanted: bigint): readonly Debit[] => {
  const debits: Debit[] = [];
  let left = wanted;
  for (const range of ranges) {
    const count = left < countOf(range) ? left : countOf(range);
    if (count > 0n) debits.push({ range, count });
    left -= count;
  }
  return debits;
};

const total = (debits: readonly Debit[]): bigint => debits.reduce((sum, { count }) => sum + count, 0n);

/** Reserve first, then what the project holder has not sold, then a duty to replace. `open` is a batch's open ranges. */
export function debitPlan(
  open: readonly Holding[],
  { projectHolderId, quantity }: { readonly projectHolderId: string; readonly quantity: bigint },
): DebitPlan {
  const reserve = take(
    open.filter(one => one.state === 'reserve'),
    quantity,
  );
  const unsold = take(
    open.filter(one => one.state === 'active' && one.holderId === projectHolderId),
    quantity - total(reserve),
  );
  const [from_reserve, from_unsold] = [total(reserve), total(unsold)];
  return { debits: [...reserve, ...unsold], from_reserve, from_unsold, owed: quantity - from_reserve - from_unsold };
}

export interface ClawBackAsked {
  readonly batchId: string;
  readonly quantity: bigint;
  readonly reason: string;
}

/** Units of a batch that may still prove wrong: neither struck off nor owed already. */
export const standingUnits = (
  open: readonly Holding[],
  duties: readonly { readonly batchId: string; readonly quantity: bigint }[],
): bigint => {
  const owed = duties.filter(duty => duty.batchId === open[0]?.batchId).reduce((sum, duty) => sum + duty.quantity, 0n);
  return unitsIn(open.filter(range => range.state !== 'cancelled')) - owed;
};
