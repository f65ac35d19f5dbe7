import type { Instant } from '../kernel/time.ts';

export interface ExternalAsked {
  readonly rangeId: string;
  /** The number that the State's carbon register, or EMMY, gave. */
  readonly reference: string;
  /** Units that it issued under that number; ours under it may be fewer. */
  readonly quantity: bigint;
}

interface Compared {
  readonly referenceId: string;
  readonly external: bigint;
  readonly ours: bigint;
}

interface Found extends Compared {
  readonly foundAt: Instant;
}

/** Units that the State's register shows and we do not; negative when we show more. Zero when the books agree. */
export const gapOf = ({ external, ours }: Compared): bigint => external - ours;

/** Comparisons that come out otherwise than the last time. `found` is the latest first. */
export const news = <T extends Compared>(compared: readonly T[], found: readonly Found[]): readonly T[] =>
  compared.filter(({ referenceId, external, ours }) => {
    const last = found.find(row => row.referenceId === referenceId);
    return last?.external !== external || last.ours !== ours;
  });

/** Since when the books under a reference have disagreed, whatever the gap; null when they last agreed. */
export function disagreeingSince(referenceId: string, found: readonly Found[]): Instant | null {
  const own = found.filter(row => row.referenceId === referenceId);
  const agreed = own.findIndex(row => gapOf(row) === 0n);
  return own.slice(0, agreed < 0 ? own.length : agreed).at(-1)?.foundAt ?? null;
}
