import { sealCarbonClaim, step } from '../../src/claims/claims.ts';
import type { Id } from '../../src/kernel/ids.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import type { Work } from '../../src/platform/database.ts';
import { operator } from './network.ts';

/** The moment of every request, here and in the process that repeats it. */
export const issuedAt = '2026-11-09T08:00:00Z';
const happenedOn = '2026-11-09';

/** From sealed lines to units: three requests, each asked again until it is answered. `claimId` is that of the first. */
export const requests: readonly ((work: Work, projectId: string, claimId: string) => Promise<Outcome<unknown>>)[] = [
  (work, projectId) => sealCarbonClaim(work, operator, { projectId, vintage: 2026 }),
  (work, _, claimId) => {
    const audit = { auditor: 'Bureau du banc', independent: 'yes', impartial: 'yes', competent: 'yes', report: 'R-1' };
    return step(work, operator, { claimId, command: 'request', happenedOn, details: audit });
  },
  (work, _, claimId) =>
    step(work, operator, {
      ...{ claimId, command: 'verify', happenedOn, reference: 'V-1' },
      details: { register: `LBC-${claimId.slice(-8)}` },
    }),
];

/** One request in a process that dies on the way. */
export interface Errand {
  readonly url: string;
  readonly networkId: Id<'net'>;
  readonly projectId: string;
  readonly claimId: string;
  readonly request: number;
  /** The statement at which it dies, from 1 on; 0 for none. */
  readonly dies_at: number;
  /** Before that statement leaves, or once it has left and nothing is known of it. */
  readonly dies: 'before' | 'after';
}
