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
  digest: '961d9077d5acfa4ff411afb2e0cd956d0f16e2f91bfb6d312079ea83adee7a7d',
};

export const inventory20261: PublishedVersion = {
  method: 'inventory',
  version: '2026-1',
  published_on: '2026-11-25',
  digest: '7e283e9994092123d894df857287fea6acaca7875a47cf962f8ad4d83880e6be',
};
