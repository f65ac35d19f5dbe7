import { createHash } from 'node:crypto';
import type { Canonical } from '../kernel/canonical.ts';
import type { Day } from '../kernel/time.ts';
import { dayQuantifier, methodSheet } from '../method/method.ts';
import type { Hash } from '../notary/notary.ts';
import { type Counted, counter } from './account.ts';
import { type Batch, batchOf, type Tally } from './batch.ts';
import { checksJson, checksOf } from './checks.ts';
import { type DossierSource, jsonFileHash, lineJson } from './dossier.ts';
import { type Sealed, sealer, tripTold } from './entries.ts';
import type { CountedLeg, CountedTrip, MonthPresence } from './line.ts';
import { readmeText } from './readme-text.ts';
import type { LineRow } from './sealed-line.ts';
import { accountingEngine, type Basis, basisOf } from './terms.ts';

/** A month made up for tests: a few people, some of whose presences cannot be credited. */

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

export const sampleLeg = (direction: 'out' | 'back', metres: number, over: Partial<CountedLeg> = {}): CountedLeg => ({
  direction,
  metres,
  routed_m: metres,
  factor: 'car',
  occupancy: '1',
  engine: 'valhalla 3.6.1',
  data_sha256: digest('map'),
  snap_m: 12,
  ...over,
});

export const sampleTrip = (over: Partial<CountedTrip> = {}): CountedTrip => ({
  x: 1,
  replaced: 'office',
  replaced_source: 'worker',
  reference: [sampleLeg('out', 40_120), sampleLeg('back', 39_480)],
  actual: [sampleLeg('out', 5_030), sampleLeg('back', 4_890)],
  space_energy_mg: '0',
  ...over,
});

export const samplePresence = (id: number, over: Partial<MonthPresence> = {}): MonthPresence => ({
  presenceId: `prs_${String(id).padStart(8, '0')}`,
  personCommit: digest(`person ${id % 5}`),
  spaceId: `spc_0000000${id % 3}`,
  day: `2026-10-${String(1 + (id % 28)).padStart(2, '0')}` as Day,
  halves: 2,
  evidence: 'C',
  standing: 'settled',
  trip: sampleTrip(),
  employerId: null,
  ...over,
});

const bike = { factor: 'e_bike' as const };
const byBike = (direction: 'out' | 'back'): CountedLeg => {
  const { occupancy, ...leg } = sampleLeg(direction, 5_000, bike);
  return leg;
};

/** Every kind of line: credited, negative, shared car, and each reason not to credit. */
export const sampleMonth: readonly MonthPresence[] = [
  samplePresence(1),
  samplePresence(2, { trip: sampleTrip({ replaced: 'home' }) }),
  samplePresence(3, {
    trip: sampleTrip({
      reference: [sampleLeg('out', 40_000, { occupancy: '7/5' }), sampleLeg('back', 40_000, { occupancy: '3' })],
    }),
  }),
  samplePresence(4, { trip: sampleTrip({ replaced: 'unknown', replaced_source: 'none' }) }),
  samplePresence(5, { trip: sampleTrip({ replaced: 'other' }) }),
  samplePresence(6, { evidence: 'B' }),
  samplePresence(7, { trip: null }),
  samplePresence(8, { trip: sampleTrip({ actual: [sampleLeg('out', 5_000, { engine: 'estimate' })] }) }),
  samplePresence(9, { standing: 'blocked' }),
  samplePresence(10, { halves: 1, trip: sampleTrip({ actual: [byBike('out'), byBike('back')] }) }),
  samplePresence(11, { halves: 1, day: '2026-10-11', personCommit: digest('person 0') }),
  samplePresence(12, { trip: sampleTrip({ reference: [sampleLeg('out', 30_000, { routed_m: 31_000 })] }) }),
];

const demo = () => (basisOf('demo', [], '2026-11-09') as { readonly ok: true; readonly value: Basis }).value;

/** Counted presences, all under one project. */
export function sampleCounted(
  presences: readonly MonthPresence[],
  creditedBefore: ReadonlySet<string> = new Set(),
): readonly Counted[] {
  const quantify = dayQuantifier(demo().terms);
  if (!quantify.ok) throw new Error(quantify.refusal.code);
  const allocate = () => ({ scheme: 'lbc', claimant: 'prj_sample0001' }) as const;
  const counted = counter({ allocate, quantify: quantify.value })(presences, creditedBefore);
  if (!counted.ok) throw new Error(counted.refusal.code);
  return counted.value;
}

/** Lines of a made-up month, placed in the log from `firstSeq` on. */
export const sampleLines = (presences: readonly MonthPresence[], firstSeq: number): readonly Sealed[] =>
  sealer(Buffer.from(digest('seed'), 'hex'))(sampleCounted(presences), firstSeq);

/** A sealed line as the accounts give it back. */
export const rowOf = ({ account, leaf, salt, ...line }: Sealed): LineRow => ({
  ...account,
  seq: line.seq,
  lineId: line.lineId,
  presenceId: line.presenceId,
  leaf: Buffer.from(leaf).toString('hex'),
  content: {
    ...line,
    salt: Buffer.from(salt).toString('hex'),
    evidence: account.evidence,
    halves: account.halves,
    trip: account.trip && tripTold(account.trip),
  },
});

/** A line as it is once its person was erased. */
export const erasedRow = ({ content: { day, halves }, ...row }: LineRow): LineRow => ({
  ...row,
  content: { erased: true, day, halves },
});

export const tallyOf = (lines: readonly Counted[]): readonly Tally[] =>
  lines.map(({ account }) => ({ figures: account, lines: 1 }));

export interface SampleLog {
  readonly vkey: string;
  readonly checkpoint: string;
  readonly proofOf: (seq: number) => readonly Hash[];
}

const sampleChecks = (): Canonical =>
  checksJson(
    checksOf({
      month: '2026-10',
      today: '2026-11-09',
      presences: sampleMonth.length,
      undecided: 0,
      factors: methodSheet().factors,
      logIntact: true,
      alreadyAllocated: 0,
      metresConserved: true,
    }),
  );

export const sampleBatch = (lines: readonly Sealed[]): Batch => {
  const head = {
    network: 'net_testnetwork',
    month: '2026-10' as const,
    engine: accountingEngine,
    closed_at: '2026-11-09T08:00:00Z',
    waiting: 0,
    method_sha256: jsonFileHash(demo().method),
    factors_sha256: jsonFileHash(demo().factors as unknown as Canonical),
  };
  return batchOf(
    head,
    tallyOf(lines),
    lines.map(line => line.leaf),
  );
};

/** A whole dossier, still unsigned. */
export function sampleDossier(lines: readonly Sealed[], log: SampleLog): DossierSource {
  const batch = sampleBatch(lines);
  const facts = { network: 'Réseau d’essai', profile: 'demo', fictitious: true } as const;
  return {
    ...facts,
    kind: 'month',
    network: { id: 'net_testnetwork', name: facts.network },
    period: batch.month,
    id: batch.id,
    result: batch as unknown as Canonical,
    checks: sampleChecks(),
    method: demo().method,
    factors: demo().factors as unknown as Canonical,
    lines: lines
      .map(rowOf)
      .map(row => ({ seq: row.seq, leaf: row.leaf, told: lineJson(row), proof: log.proofOf(row.seq) })),
    checkpoint: log.checkpoint,
    vkey: log.vkey,
    readme: readmeText({ ...facts, batch, vkey: log.vkey }),
    summary: Buffer.from('%PDF-1.7 sample'),
    more: [],
  };
}
