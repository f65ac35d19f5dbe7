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
  digest: 'fef0e1c1f07c4fa7120abdef78ed6a25300c4ef3c6eb1e29617159696e93c43b',
};

export const inventory20261: PublishedVersion = {
  method: 'inventory',
  version: '2026-1',
  published_on: '2026-11-25',
  digest: '8693f088e5620e1a8b77ada8f24d6c7c3ca8643fa6e243e2aff3645d53273579',
};
