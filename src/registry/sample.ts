import { rational } from '../kernel/rational.ts';
import type { Actor } from '../kernel/visit.ts';
import type { Issue } from './issue.ts';
import type { TransferAsked } from './transfer.ts';

// One operator, one batch and one buyer, for tests of this room.

export const operator: Actor = {
  personId: 'per_operator1',
  firstName: 'Olga',
  memberships: [{ role: 'network_operator', scope: null }],
};

/** 25 units of a certifying network, none in reserve. */
export const sampleIssue = (over: Partial<Issue> = {}): Issue => ({
  profile: 'certifying',
  scheme: 'lbc',
  project: '0001',
  vintage: 2026,
  batchId: 'batch one',
  quantity: 25n,
  holderId: 'org_holder01',
  reserve_share: rational(0n),
  ...over,
});

/** A sale outside the network, signed on 1 June 2026 and paid after verification. */
export const sampleTransfer = (
  rangeId: string,
  quantity: bigint,
  over: Partial<TransferAsked> = {},
): TransferAsked => ({
  rangeId,
  quantity,
  to: { name: 'Acheteur SA' },
  contract: 'C-2026-1',
  signedOn: '2026-06-01',
  purpose: 'contribution',
  price_eur_cents: 3500n,
  project_holder_eur_cents: 3000n,
  shortfallBearer: null,
  anonymous: false,
  ...over,
});

export const sampleUse = { beneficiary: 'Commune de Ganges', purpose: 'contribution', year: 2026 } as const;
