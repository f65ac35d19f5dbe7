/** Repeatable chance: the same seed gives the same draws, on any machine. Integers only. */
export interface Random {
  /** A whole number from 0 to `below` − 1. */
  readonly under: (below: number) => number;
  /** True `percent` times in a hundred. */
  readonly chance: (percent: number) => boolean;
  readonly pick: <T>(items: readonly T[]) => T;
  /** `count` different items, in drawing order. */
  readonly some: <T>(items: readonly T[], count: number) => T[];
}

/** xorshift32 (Marsaglia 2003): enough to make a town look lived in, never for secrets. */
export function seeded(seed: number): Random {
  let state = seed >>> 0 || 1;
  const next = (): number => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
  for (let i = 0; i < 8; i++) next();
  const under = (below: number) => next() % below;
  const pick = <T>(items: readonly T[]): T => items[under(items.length)]!;
  return {
    under,
    chance: percent => under(100) < percent,
    pick,
    some: (items, count) => {
      const left = [...items];
      return Array.from({ length: Math.min(count, left.length) }, () => left.splice(under(left.length), 1)[0]!);
    },
  };
}
