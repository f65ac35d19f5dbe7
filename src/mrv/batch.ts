import { createHash } from 'node:crypto';
import { groupBy } from '../kernel/group.ts';
import { BrokenInvariant } from '../kernel/outcome.ts';
import { multiply, parseRational, type Rational, rational, sum, text } from '../kernel/rational.ts';
import type { Month } from '../kernel/time.ts';
import { type Scheme, schemes } from '../schemes/schemes.ts';
import type { Figures } from './account.ts';

/** How many lines bear the same figures: what a batch sums, instead of a million lines one by one. */
export interface Tally {
  readonly figures: Figures;
  readonly lines: number;
}

/** A mass kept as text is always an exact fraction. */
export const exact = (mass: string): Rational => {
  const read = parseRational(mass);
  if (read === null) throw new BrokenInvariant(`not an exact mass: ${mass}`);
  return read;
};

const massOf = (tallies: readonly Tally[], key: 'gross_mg' | 'net_mg'): string =>
  text(sum(tallies.map(({ figures, lines }) => multiply(exact(figures[key]), rational(BigInt(lines))))));
const metresOf = (tallies: readonly Tally[], key: 'avoided_m' | 'unallocated_m'): string =>
  String(tallies.reduce((total, { figures, lines }) => total + figures[key] * BigInt(lines), 0n));
const countOf = (tallies: readonly Tally[]): number => tallies.reduce((total, { lines }) => total + lines, 0);

export interface SchemeTotal {
  readonly lines: number;
  readonly avoided_m: string;
  readonly net_mg: string;
}

const totalOf = (some: readonly Tally[]): SchemeTotal => ({
  lines: countOf(some),
  avoided_m: metresOf(some, 'avoided_m'),
  net_mg: massOf(some, 'net_mg'),
});

const allocationOf = (tallies: readonly Tally[]): Readonly<Record<Scheme, SchemeTotal>> => {
  const of = (scheme: Scheme) => totalOf(tallies.filter(({ figures }) => figures.scheme === scheme));
  return { cee: of('cee'), lbc: of('lbc'), other: of('other'), none: of('none') };
};

export interface ReasonTotal {
  readonly lines: number;
  readonly avoided_m: string;
  readonly unallocated_m: string;
}

/** What one claimant may claim of one vintage. */
export interface Claimable extends SchemeTotal {
  readonly scheme: Scheme;
  readonly claimant: string;
  readonly vintage: number;
  readonly gross_mg: string;
}

const grouped = <K extends string>(tallies: readonly Tally[], keyOf: (figures: Figures) => K) => {
  const groups = groupBy(tallies, ({ figures }) => keyOf(figures));
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
};

const claimablesOf = (tallies: readonly Tally[]): readonly Claimable[] =>
  grouped(
    tallies.filter(({ figures }) => figures.scheme !== 'none'),
    ({ scheme, claimant, vintage }) => `${scheme} ${claimant} ${vintage}`,
  ).map(([, some]) => {
    const { scheme, claimant, vintage } = some[0]!.figures;
    return { scheme, claimant, vintage, ...totalOf(some), gross_mg: massOf(some, 'gross_mg') };
  });

/** `batch.json` of a dossier. Masses are exact milligrams, metres whole; both as text. Nothing is rounded. */
export interface Batch {
  readonly id: string;
  readonly network: string;
  readonly month: Month;
  readonly engine: string;
  readonly closed_at: string;
  readonly lines: number;
  readonly totals: {
    readonly credited: number;
    readonly avoided_m: string;
    readonly unallocated_m: string;
    readonly gross_mg: string;
    readonly net_mg: string;
  };
  readonly allocation: Readonly<Record<Scheme, SchemeTotal>>;
  readonly reasons: Readonly<Record<string, ReasonTotal>>;
  readonly claimable: readonly Claimable[];
  /** The month's presences under review or contested: they have no line yet. */
  readonly waiting: number;
}

export interface BatchHead {
  readonly network: string;
  readonly month: Month;
  readonly engine: string;
  readonly closed_at: string;
  readonly waiting: number;
  readonly method_sha256: string;
  readonly factors_sha256: string;
}

/** The hash of what makes a batch: same content, same id; `docs/reference/dossier.md` §6. Leaves are sorted as bytes. */
export const batchId = (head: BatchHead, leaves: readonly Uint8Array[]): string => {
  const { network, month, method_sha256, factors_sha256, engine } = head;
  const lines = [
    'parvis-batch/2',
    `network ${network}`,
    `month ${month}`,
    `method ${method_sha256}`,
    `factors ${factors_sha256}`,
    `engine ${engine}`,
  ];
  // As text of one character a byte they sort the same, and a million of them much faster.
  const sorted = leaves.map(leaf => Buffer.from(leaf.buffer, leaf.byteOffset, leaf.length).toString('latin1')).sort();
  return createHash('sha256')
    .update(`${lines.join('\n')}\n`)
    .update(sorted.join(''), 'latin1')
    .digest('hex');
};

/** The batch that these lines make: exact sums by scheme, by reason and by claimant. */
export function batchOf(head: BatchHead, tallies: readonly Tally[], leaves: readonly Uint8Array[]): Batch {
  const { network, month, engine, closed_at, waiting } = head;
  const reasons = grouped(tallies, figures => figures.reason).map(([reason, some]) => [
    reason,
    {
      lines: countOf(some),
      avoided_m: metresOf(some, 'avoided_m'),
      unallocated_m: metresOf(some, 'unallocated_m'),
    },
  ]);
  return {
    id: batchId(head, leaves),
    network,
    month,
    engine,
    closed_at,
    lines: countOf(tallies),
    totals: {
      credited: countOf(tallies.filter(({ figures }) => figures.reason === 'credited')),
      avoided_m: metresOf(tallies, 'avoided_m'),
      unallocated_m: metresOf(tallies, 'unallocated_m'),
      gross_mg: massOf(tallies, 'gross_mg'),
      net_mg: massOf(tallies, 'net_mg'),
    },
    allocation: allocationOf(tallies),
    reasons: Object.fromEntries(reasons) as Batch['reasons'],
    claimable: claimablesOf(tallies),
    waiting,
  };
}

/** A line to be held against the trip behind it. */
export interface Balanced extends Figures {
  readonly trip_m: bigint;
  readonly home: boolean;
}

/** Is each metre of a line either avoided under one known scheme, or said to be unallocated? */
const isBalanced = (line: Balanced): boolean => {
  if (!schemes.includes(line.scheme) || (line.scheme === 'none') !== (line.claimant === '')) return false;
  if (line.scheme === 'none') return line.avoided_m === 0n && line.unallocated_m === line.trip_m;
  // A day of home telework avoids no way to the office; what the baselines leave out is said to be unallocated.
  return line.home ? line.unallocated_m === 0n : line.avoided_m + line.unallocated_m === line.trip_m;
};

export const isConserved = (lines: readonly Balanced[]): boolean => lines.every(isBalanced);
