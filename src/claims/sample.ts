import { sha256 } from '../kernel/canonical.ts';

/** A line that may be drawn. */
export interface Drawable {
  readonly seq: number;
  readonly lineId: string;
}

/**
 * The lines that a checkpoint draws: those with the smallest SHA-256(seed ‖ id), where the seed is the hash of the checkpoint,
 * verbatim. Nobody who knew the lines before the checkpoint was published could choose them; anyone can draw them again.
 */
export function draw(lines: readonly Drawable[], checkpoint: string, count: number): readonly number[] {
  const seed = sha256(checkpoint);
  return lines
    .map(({ seq, lineId }) => ({ seq, key: sha256(`${seed}${lineId}`) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .slice(0, count)
    .map(({ seq }) => seq)
    .sort((a, b) => a - b);
}

/** How many lines a rate asks for, rounded up; one at least when there are any. */
export const sampleSize = (
  lines: number,
  { numerator, denominator }: { numerator: bigint; denominator: bigint },
): number => (lines === 0 ? 0 : Math.max(1, Number((BigInt(lines) * numerator + denominator - 1n) / denominator)));
