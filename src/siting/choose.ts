/** Something a choice would bring: `amount` to the home numbered `home`, when no earlier choice brings it more. */
export interface Gain {
  readonly home: number;
  readonly amount: number;
}

export interface Choice {
  /** Position of the candidate in the list given. */
  readonly candidate: number;
  /** What it adds to the choices before it. */
  readonly added: number;
  /** What it would bring if it were alone. */
  readonly alone: number;
}

const addedBy = (gains: readonly Gain[], best: readonly number[]): number =>
  gains.reduce((sum, { home, amount }) => sum + Math.max(0, amount - best[home]!), 0);

/**
 * Chooses `openings` candidates one after the other, each the one that adds most to those before (the first of the list among
 * equals). `served` is what each home already has. A home is served once, by its best choice, so what a candidate adds
 * can only shrink: an old figure is an upper bound, and a candidate is weighed again only when it comes to the top.
 */
export function chooseGreedily(
  candidates: readonly (readonly Gain[])[],
  served: readonly number[],
  openings: number,
): readonly Choice[] {
  const best = [...served];
  const alone = candidates.map(gains => addedBy(gains, served));
  const waiting = alone.map((bound, candidate) => ({ candidate, bound, round: 0 }));
  const before = (a: { bound: number; candidate: number }, b: { bound: number; candidate: number }) =>
    b.bound - a.bound || a.candidate - b.candidate;
  waiting.sort(before);
  const chosen: Choice[] = [];
  for (let round = 1; round <= openings && waiting.length > 0; round++) {
    while (waiting[0]!.round !== round) {
      const top = waiting.shift()!;
      const weighed = { ...top, bound: addedBy(candidates[top.candidate]!, best), round };
      const at = waiting.findIndex(other => before(weighed, other) < 0);
      waiting.splice(at < 0 ? waiting.length : at, 0, weighed);
    }
    const { candidate, bound } = waiting.shift()!;
    if (bound <= 0) break;
    for (const { home, amount } of candidates[candidate]!) best[home] = Math.max(best[home]!, amount);
    chosen.push({ candidate, added: bound, alone: alone[candidate]! });
  }
  return chosen;
}
