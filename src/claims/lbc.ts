import { groupBy } from '../kernel/group.ts';
import {
  floor,
  multiply,
  parseRational,
  type Rational,
  rational,
  subtract,
  sum,
  text,
  zero,
} from '../kernel/rational.ts';
import type { Day } from '../kernel/time.ts';
import { filingMass, mayFile, type Rebates, settle } from '../method/method.ts';
import type { Basis, ClaimableTotal, LineRow } from '../mrv/mrv.ts';
import { claimsEngine, type LbcResult } from './result.ts';

/** One unit is one tonne. */
const mgPerUnit = 1_000_000_000n;

const ceiling = (value: Rational): bigint => -floor(subtract(zero, value));

const exact = (mass: string): Rational => parseRational(mass)!;

/** Exact sum of many masses, few of which differ. */
const massOf = (lines: readonly LineRow[], key: 'gross_mg' | 'net_mg'): Rational => {
  const counts = [...groupBy(lines, line => line[key])];
  return sum(counts.map(([mass, some]) => multiply(exact(mass), rational(BigInt(some.length)))));
};

const metresOf = (lines: readonly LineRow[]): bigint => lines.reduce((total, line) => total + line.avoided_m, 0n);

/** No rebate is known for this method: `demo` applies none, and says so. */
const noRebates: Rebates = { combine: 'multiplicative', rates: [] };

export const rebatesOf = ({ certified }: Basis): Rebates => certified?.rebates ?? noRebates;

/** How many people and spaces stand behind lines; people are counted by pseudonym, one a year. */
const breadthOf = (lines: readonly LineRow[]) => {
  const told = lines.flatMap(({ content }) => ('erased' in content ? [] : [content]));
  return {
    spaces: new Set(told.map(content => content.site)).size,
    users: new Set(told.map(content => content.personCommit)).size,
  };
};

/** Lines for a carbon claim: neither those taken back, nor what takes them back. */
export const standing = (lines: readonly LineRow[]): readonly LineRow[] => {
  const undone = new Set(lines.flatMap(line => line.reverses?.seq ?? []));
  return lines.filter(line => line.reverses === null && !undone.has(line.seq));
};

/** A project against the threshold of its filing: ten tonnes, and ten spaces or thirty users. */
export interface Gauge {
  /** Exact milligrams that the threshold weighs. */
  readonly mass_mg: string;
  readonly spaces: number;
  readonly users: number;
  /** First day that counts, when there is one. */
  readonly first: Day | null;
  readonly reached: boolean;
}

const massIn = ({ masses }: ClaimableTotal): Rational =>
  sum(masses.map(({ net_mg, lines }) => multiply(exact(net_mg), rational(BigInt(lines)))));

/** `totals` are those of the project, one a vintage: who came in two years counts once, so the larger year is taken. */
export function gaugeOf(totals: readonly ClaimableTotal[], basis: Basis): Gauge {
  const net_mg = sum(totals.map(massIn));
  const { recognised_mg } = settle(net_mg, rebatesOf(basis), zero);
  const mass = basis.certified === null ? recognised_mg : filingMass(basis.certified, { net_mg, recognised_mg });
  const [spaces, users] = [Math.max(0, ...totals.map(one => one.spaces)), Math.max(0, ...totals.map(one => one.users))];
  const first = totals.map(one => one.first).sort()[0] ?? null;
  return { mass_mg: text(mass), spaces, users, first, reached: mayFile(mass, spaces, users) };
}

/** What was claimed and should not have been, exact; and the units that answer for it. */
export interface TakenBack {
  readonly lines: number;
  /** After rebates; negative when losses were taken back. */
  readonly recognised_mg: string;
  readonly units: bigint;
  /** What the units exceed it by: the next claim of the project and vintage carries it. */
  readonly surplus_mg: string;
}

/** `back` are lines with the other sign; `standing` the units of the claim that nothing was taken from yet. */
export function takenBackFrom({ settlement }: LbcResult, back: readonly LineRow[], standing: bigint): TakenBack {
  const rebates = { combine: settlement.rebates.combine, rates: settlement.rebates.rates.map(exact) } as Rebates;
  const net = subtract(zero, massOf(back, 'net_mg'));
  const { recognised_mg } = settle(net, rebates, zero);
  const whole = ceiling(multiply(recognised_mg, rational(1n, mgPerUnit)));
  const units = whole < 0n ? 0n : whole > standing ? standing : whole;
  const surplus = subtract(rational(units * mgPerUnit), recognised_mg);
  return { lines: back.length, recognised_mg: text(recognised_mg), units, surplus_mg: text(surplus) };
}

export interface Monitored {
  readonly claimId: string;
  readonly turn: number;
  readonly projectId: string;
  readonly vintage: number;
  readonly on: Day;
  readonly lines: readonly LineRow[];
  readonly basis: Basis;
  /** The exact rest that the claim before left, in milligrams. */
  readonly carry_in_mg: string;
}

/** What a monitoring period comes to, in the words of `batch.json`: one rounding, downward, on whole tonnes. */
export function lbcResult(asked: Monitored): LbcResult {
  const { claimId, turn, projectId, vintage, on, lines, basis, carry_in_mg } = asked;
  const [gross, net] = [massOf(lines, 'gross_mg'), massOf(lines, 'net_mg')];
  const rebates = rebatesOf(basis);
  const settled = settle(net, rebates, exact(carry_in_mg));
  const { spaces, users } = breadthOf(lines);
  return {
    id: claimId,
    kind: 'lbc',
    project: projectId,
    vintage,
    on,
    lines: lines.map(line => line.seq),
    spaces,
    users,
    avoided_m: String(metresOf(lines)),
    gross_mg: text(gross),
    settlement: {
      net_mg: text(net),
      rebates: { combine: rebates.combine, rates: rebates.rates.map(text) },
      recognised_mg: text(settled.recognised_mg),
      carry_in_mg,
      credits: String(settled.credits),
      carry_out_mg: text(settled.carry_mg),
      mg_per_credit: String(mgPerUnit),
    },
    turn,
    engine: claimsEngine,
  };
}
