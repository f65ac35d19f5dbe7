import { offerPass, sell } from '../../passes/passes.ts';
import type { Work } from '../../platform/database.ts';
import { type Crowd, done } from '../jobs.ts';

/** What the first worker's space sells ahead; a carnet of theirs pays for the guests whom they bring. */
export async function sellCarnets(work: Work, { operator, spaces, plan, personIds }: Crowd): Promise<void> {
  const { spaceId } = spaces[plan.people[0]!.space]!;
  const terms = { spaceId, deliberation: '2026-058 (délibération fictive)', resourceKinds: ['desk', 'meeting_room'] };
  const carnet = {
    ...{ ...terms, everywhere: true, name: 'Dix demi-journées', kind: 'half_days' as const, quantity: 10 },
    ...{ price_eur_cents: 6000n, validity_days: 365 },
  };
  const credit = {
    ...{ ...terms, everywhere: false, name: 'Crédit de 50 €', kind: 'cents' as const, quantity: 5000 },
    ...{ price_eur_cents: 4500n, validity_days: 180 },
  };
  const { offerId } = done(await offerPass(work, operator, carnet));
  done(await offerPass(work, operator, credit));
  done(await sell(work, operator, { offerId, spaceId, personId: personIds[0]! }));
}
