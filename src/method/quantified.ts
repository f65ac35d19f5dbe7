import type { Bilingual } from '../kernel/bilingual.ts';
import type { Rational } from '../kernel/rational.ts';
import { exactSum } from './exact-sum.ts';
import type { FactorSet } from './factors/factor-set.ts';
import { factorSets, setHashes } from './factors/sets.ts';
import type { DayQuantity, PersonDay, Rebound } from './lbc-tiers-lieux/2026-1/quantify.ts';
import type { CertifiedTerms } from './lbc-tiers-lieux/certified.ts';
import { everyMode, roadOnly } from './lbc-tiers-lieux/road-only.ts';
import { currentVersion, type Version } from './lbc-tiers-lieux/versions.ts';
import type { CountedDay, ReadRequest } from './request.ts';
import { watermark } from './words.ts';

/** What a batch seals about its computation: same fingerprint and same days, same result, on any machine. */
export interface MethodFingerprint {
  readonly method: string;
  readonly version: string;
  readonly method_hash: string;
  readonly factor_set: string;
  readonly factor_set_hash: string;
}

/** Masses are exact milligrams, before rebates unless named otherwise; metres are whole. */
interface Figures {
  readonly id: string;
  readonly avoided_m: bigint;
  readonly unallocated_m: bigint;
  readonly gross_mg: Rational;
  readonly net_mg: Rational;
  readonly recognised_mg: Rational;
  readonly credits: bigint;
  readonly carry_mg: Rational;
  readonly fingerprint: MethodFingerprint;
}

/** An estimate: it bears a watermark, and no type that asks for `issuable: true` takes it. */
export interface DemoQuantified extends Figures {
  readonly issuable: false;
  readonly watermark: Bilingual;
}

/** Computed under signed values, which its hash pins. */
export interface CertifiedQuantified extends Figures {
  readonly issuable: true;
  readonly watermark: null;
  readonly certified_sha256: string;
}

export type Quantified = DemoQuantified | CertifiedQuantified;

/** What turns one read day into quantities. */
export interface Computation {
  readonly version: Version;
  readonly set: FactorSet;
  readonly baselines: CertifiedTerms['baselines'];
}

export const computationOf = (certified: CertifiedTerms | null): Computation =>
  certified ?? { version: currentVersion, set: factorSets.A, baselines: 'own_factor_negative_kept' };

/** A batch that names these pins the frozen files of the version and every factor it used. */
export const fingerprintOf = ({ version: { published }, set }: Computation): MethodFingerprint => ({
  method: published.method,
  version: published.version,
  method_hash: published.digest,
  factor_set: set.id,
  factor_set_hash: setHashes[set.id],
});

export interface Counted<D extends PersonDay> {
  /** The day as it was weighed: without the reference legs that the baselines leave out. */
  readonly day: D;
  readonly result: DayQuantity;
}

/** Weighs days one by one: the version's equations, after the switch on baselines. */
export const counterOf = ({ version: { quantifyPersonDay }, set, baselines }: Computation) => {
  const baseline = baselines === 'road_only' ? roadOnly(set) : everyMode;
  return <D extends PersonDay>(asked: D, rebound: Rebound): Counted<D> => {
    const { day, left_out_m } = baseline(asked);
    const result = quantifyPersonDay(day, rebound);
    return { day, result: left_out_m === 0n ? result : { ...result, unallocated_m: left_out_m } };
  };
};

export interface Sums {
  readonly avoided_m: bigint;
  readonly unallocated_m: bigint;
  readonly gross_mg: Rational;
  readonly net_mg: Rational;
}

/** Adds days up, each `count` times. */
export const tally = () => {
  const [gross, net] = [exactSum(), exactSum()];
  let [avoided_m, unallocated_m] = [0n, 0n];
  return {
    take: (day: DayQuantity, count: bigint): void => {
      gross.add(day.gross_mg, count);
      net.add(day.net_mg, count);
      avoided_m += day.avoided_m * count;
      unallocated_m += day.unallocated_m * count;
    },
    sums: (): Sums => ({ avoided_m, unallocated_m, gross_mg: gross.total(), net_mg: net.total() }),
  };
};

export const countDays = (request: ReadRequest): readonly Counted<CountedDay>[] => {
  const count = counterOf(computationOf(request.certified));
  return request.days.map(day => count(day, request.rebound));
};

/** Sums the days and settles the total, once. */
export const concludeDays = (request: ReadRequest, counted: readonly Counted<CountedDay>[]): Quantified => {
  const days = tally();
  for (const { day, result } of counted) days.take(result, BigInt(day.count));
  const sums = days.sums();
  const { certified } = request;
  const computation = computationOf(certified);
  const figures = {
    id: request.id,
    ...sums,
    ...computation.version.settle(sums.net_mg, request.rebates, request.carry_mg),
    fingerprint: fingerprintOf(computation),
  };
  return certified === null
    ? { ...figures, issuable: false, watermark }
    : { ...figures, issuable: true, watermark: null, certified_sha256: certified.sha256 };
};
