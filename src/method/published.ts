import type { Day } from '../kernel/time.ts';

/** A published version never changes: a test recomputes this digest from the files of its folder. */
export interface PublishedVersion {
  readonly method: string;
  readonly version: string;
  readonly published_on: Day;
  /** SHA-256 over the canonical list of `{path, sha256}` of every file of the version's folder. */
  readonly digest: string;
}

export const lbcTiersLieux20261: PublishedVersion = {
  method: 'lbc-tiers-lieux',
  version: '2026-1',
  published_on: '2026-11-23',
  digest: '46ffcd647ed8936abedda667372e59847016f6b435c65816634137770e3da15d',
};

export const ceeRelaisEdf20261: PublishedVersion = {
  method: 'cee-relais-edf',
  version: '2026-1',
  published_on: '2026-11-25',
  digest: '44b57adea4217a16ec491080e8ac09c5ea8f8bcb1d8075d913eca4d9bfa8ee96',
};

export const inventory20261: PublishedVersion = {
  method: 'inventory',
  version: '2026-1',
  published_on: '2026-11-25',
  digest: '15f148f7edfc7842e12c0222884687388ab1e946107231e4086b700984993a6b',
};
