import {
  acceptOtherLines,
  answerLines,
  drawSample,
  noteFinding,
  type StepAsked,
  sealEnergyClaim,
  signStatement,
  step,
} from '../../claims/claims.ts';
import { addDays, type Day } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { contracts } from '../../schemes/schemes.ts';
import { type At, type Crowd, done } from '../jobs.ts';
import { fictitiousStatement } from '../scenery.ts';

/** Two lines are refused, so that a claim granted in part is there to be seen. */
const refusedLines = 2;

/** An energy claim from its sealing to its payment, in the three weeks that follow the closing of a month. */
export async function claimEnergy(
  at: At,
  { operator, auditor, employerAdmin, employer, obligatedAgent }: Crowd,
  closed: Day,
): Promise<void> {
  const { claimId, result } = await at(addDays(closed, 1), 10 * 60, async work => {
    const [contract] = await contracts(work);
    return done(await sealEnergyClaim(work, operator, { contractId: contract!.contractId }));
  });
  const days = (count: number, command: StepAsked['command'], reference?: string) => async (work: Work) =>
    done(await step(work, operator, { claimId, command, happenedOn: addDays(closed, count), reference }));
  await at(addDays(closed, 3), 9 * 60, async work => {
    const signed = { claimId, employerId: employer, signatory: 'La direction (fictive)', text: fictitiousStatement };
    done(await signStatement(work, employerAdmin, signed));
  });
  await at(addDays(closed, 5), 14 * 60, async work => {
    const { seqs } = done(await drawSample(work, auditor, { claimId }));
    done(await noteFinding(work, auditor, { claimId, seqs, conforms: true, note: '' }));
  });
  await at(addDays(closed, 6), 9 * 60, days(6, 'submit'));
  await at(addDays(closed, 17), 15 * 60, async work => {
    const answers = result.lines
      .slice(0, refusedLines)
      .map(seq => ({ seq, accepted: false, reason: 'Motorisation à confirmer (réponse fictive)' }));
    done(await answerLines(work, obligatedAgent, { claimId, answers }));
    done(await acceptOtherLines(work, obligatedAgent, claimId));
  });
  await at(addDays(closed, 18), 9 * 60, days(18, 'conclude'));
  await at(addDays(closed, 24), 11 * 60, days(24, 'pay', 'VIR-FICTIF-1'));
}
