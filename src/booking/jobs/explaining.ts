import { daysFrom } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { lookup } from '../allotment.ts';
import { nextFree } from '../availability.ts';
import type { Asked } from '../claim.ts';
import { judge } from '../rules.ts';
import { type Step, traceOf } from '../trace.ts';
import { alternativesWithin_days, freeDesks, offersFor, payersOf, read } from './allotting.ts';

/** Every rule that a request meets, in order, the payer's and the tariff's last; null in a space that does not exist. */
export async function explained(work: Work, asked: Asked): Promise<readonly Step[] | null> {
  const [known, payers] = await Promise.all([read(work, [asked]), payersOf(work, [asked])]);
  const facts = lookup(known, work.now).factsOf(asked);
  const days = daysFrom(asked.day, alternativesWithin_days);
  const lines = await freeDesks(work, { spaceIds: [asked.spaceId], days, kind: asked.kind });
  const steps = traceOf(asked, facts, { now: work.now, next: nextFree(lines, 3) });
  const judgement = judge(asked, facts, work.now);
  if (steps === null) return null;
  if (!judgement.ok) return [...steps, { rule: 'payable', said: 'not_asked', refusal: null }];
  const [offer] = offersFor([{ ...judgement.place, asked }], { known, payers });
  return [
    ...steps,
    offer!.ok
      ? { rule: 'payable', said: 'passed', refusal: null }
      : { rule: 'payable', said: 'refused', refusal: offer!.refusal },
  ];
}
