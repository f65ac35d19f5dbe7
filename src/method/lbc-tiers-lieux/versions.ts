import { lbcTiersLieux20261, type PublishedVersion } from '../published.ts';
import { quantifyPersonDay, settle } from './2026-1/quantify.ts';

/** The equations of one version. The next version is one more line of `versions`; none is ever taken out. */
export interface Version {
  readonly published: PublishedVersion;
  readonly quantifyPersonDay: typeof quantifyPersonDay;
  readonly settle: typeof settle;
}

const version20261: Version = { published: lbcTiersLieux20261, quantifyPersonDay, settle };

export const versions: ReadonlyMap<string, Version> = new Map([['2026-1', version20261]]);

/** The version in force: what `demo` computes with. */
export const currentVersion: Version = version20261;
