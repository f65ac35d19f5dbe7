import { createHash } from 'node:crypto';
import type { Canonical } from '../kernel/canonical.ts';
import { BrokenInvariant } from '../kernel/outcome.ts';
import { parseRational, type Rational, sum, text, zero } from '../kernel/rational.ts';
import type { Month } from '../kernel/time.ts';
import type { Rebates, Settlement } from '../method/method.ts';
import { type Reason, reasons, type Scheme, schemes } from './line.ts';

/** What the sums of a batch need of a line: it stays when the person is erased. */
export interface LineFigures {
  readonly scheme: Scheme;
  readonly reason: Reason;
  readonly gross_mg: string;
  readonly net_mg: string;
  readonly avoided_m: bigint;
  readonly unallocated_m: bigint;
}

/** A mass kept as text is always an exact fraction. */
export const exact = (mass: string): Rational => {
  const read = parseRational(mass);
  if (read === null) throw new BrokenInvariant(`not an exact mass: ${mass}`);
  return read;
};

const massOf = (lines: readonly LineFigures[], key: 'gross_mg' | 'net_mg'): string =>
  text(sum(lines.map(line => exact(line[key]))));
const metresOf = (lines: readonly LineFigures[], key: 'avoided_m' | 'unallocated_m'): string =>
  String(lines.reduce((total, line) => total + line[key], 0n));

const allocationOf = (lines: readonly LineFigures[]) => {
  const tally = (scheme: Scheme) => {
    const some = lines.filter(line => line.scheme === scheme);
    return { lines: some.length, avoided_m: metresOf(some, 'avoided_m'), net_mg: massOf(some, 'net_mg') };
  };
  return { cee: tally('cee'), lbc: tally('lbc'), other: tally('other'), none: tally('none') };
};

const reasonsOf = (lines: readonly LineFigures[]): Readonly<Record<string, ReasonTally>> => {
  const tallies = reasons.map(reason => [reason, lines.filter(line => line.reason === reason)] as const);
  return Object.fromEntries(
    tallies
      .filter(([, some]) => some.length > 0)
      .map(([reason, some]) => [reason, { lines: some.length, unallocated_m: metresOf(some, 'unallocated_m') }]),
  );
};

interface ReasonTally {
  readonly lines: number;
  readonly unallocated_m: string;
}

interface SchemeTally {
  readonly lines: number;
  readonly avoided_m: string;
  readonly net_mg: string;
}

/** `batch.json` of a dossier. Masses are exact milligrams, metres whole; both as text. */
export interface Batch {
  readonly id: string;
  readonly network: string;
  readonly month: Month;
  readonly project: string;
  readonly vintage: number;
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
  readonly allocation: Readonly<Record<Scheme, SchemeTally>>;
  readonly reasons: Readonly<Record<string, ReasonTally>>;
  readonly settlement: {
    readonly net_mg: string;
    readonly recognised_mg: string;
    readonly carry_in_mg: string;
    readonly credits: string;
    readonly carry_out_mg: string;
  };
  /** Presences of the month that are under review or contested: they stay for a later batch. */
  readonly waiting: number;
  /** Serial ranges issued; format 1 bears none. */
  readonly units: readonly Canonical[];
}

export interface BatchHead {
  readonly network: string;
  readonly month: Month;
  readonly project: string;
  readonly engine: string;
  readonly closed_at: string;
  readonly waiting: number;
  readonly method_sha256: string;
  readonly factors_sha256: string;
}

/** The hash of what makes a batch: same content, same id; `docs/reference/dossier.md` §6. */
export const batchId = (head: BatchHead, leaves: readonly string[]): string => {
  const { network, month, method_sha256, factors_sha256, engine } = head;
  const lines = [
    'parvis-batch/1',
    `network ${network}`,
    `month ${month}`,
    `method ${method_sha256}`,
    `factors ${factors_sha256}`,
    `engine ${engine}`,
    ...[...leaves].sort(),
  ];
  return createHash('sha256')
    .update(`${lines.join('\n')}\n`)
    .digest('hex');
};

export interface Settling {
  readonly rebates: Rebates;
  readonly carry_in_mg: string;
  readonly settle: (net_mg: Rational, rebates: Rebates, carry_mg: Rational) => Settlement;
}

/** The batch that these lines make: sums, one rounding on whole tonnes, the exact rest carried. */
export function batchOf(
  head: BatchHead,
  lines: readonly (LineFigures & { readonly leaf: string })[],
  { rebates, carry_in_mg, settle }: Settling,
): Batch {
  const allocation = allocationOf(lines);
  const settled = settle(exact(allocation.lbc.net_mg), rebates, exact(carry_in_mg));
  const { network, month, project, engine, closed_at, waiting } = head;
  return {
    id: batchId(
      head,
      lines.map(line => line.leaf),
    ),
    network,
    month,
    project,
    vintage: Number(month.slice(0, 4)),
    engine,
    closed_at,
    lines: lines.length,
    totals: {
      credited: lines.filter(line => line.reason === 'credited').length,
      avoided_m: metresOf(lines, 'avoided_m'),
      unallocated_m: metresOf(lines, 'unallocated_m'),
      gross_mg: massOf(lines, 'gross_mg'),
      net_mg: massOf(lines, 'net_mg'),
    },
    allocation,
    reasons: reasonsOf(lines),
    settlement: {
      net_mg: allocation.lbc.net_mg,
      recognised_mg: text(settled.recognised_mg),
      carry_in_mg,
      credits: String(settled.credits),
      carry_out_mg: text(settled.carry_mg),
    },
    waiting,
    units: [],
  };
}

/** Nothing carried: the first batch of a project and vintage. */
export const noCarry = text(zero);

/** Are all lines of exactly one known scheme, and is each metre either avoided or said to be unallocated? */
export const isConserved = (
  lines: readonly (LineFigures & { readonly trip_m: bigint; readonly home: boolean })[],
): boolean =>
  lines.every(line => {
    if (!schemes.includes(line.scheme)) return false;
    if (line.reason !== 'credited')
      return line.scheme === 'none' && line.avoided_m === 0n && line.unallocated_m === line.trip_m;
    return line.scheme !== 'none' && line.unallocated_m === 0n && (line.home || line.avoided_m === line.trip_m);
  });
