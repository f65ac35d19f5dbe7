import { accept, type Outcome } from '../kernel/outcome.ts';
import { secondsBetween } from '../kernel/time.ts';
import { coverAll, type Need, type Pass, savedIn } from '../passes/passes.ts';
import { halvesOf } from './claim.ts';
import type { Offer } from './offer.ts';

/** Hours, weeks and months have prices of their own: no unit of half a day pays them. */
const halvesIn = ({ part, hours, term }: Offer['asked']): Need['halves'] => {
  if (hours || term) return 0;
  return halvesOf(part).length === 2 ? 2 : 1;
};

/** What a pass would have to pay; null where an employer does. */
const needOf = ({ asked, space, resource, during, payer, price_eur_cents }: Offer): Need | null =>
  payer.kind === 'employer'
    ? null
    : {
        ...{ personId: asked.personId, spaceId: space.spaceId, managerId: space.managerId, day: asked.day },
        ...{ resourceKind: resource.kind, price_eur_cents, halves: halvesIn(asked) },
        minutes: Math.floor(secondsBetween(during.from, during.to) / 60),
      };

/** Offers with what people's passes pay of them: the price becomes what is left to pay. Each counts those before it. */
export function coveredBy(offers: readonly Outcome<Offer>[], passes: readonly Pass[]): readonly Outcome<Offer>[] {
  if (passes.length === 0) return offers;
  const plans = coverAll(
    offers.map(offer => (offer.ok ? needOf(offer.value) : null)),
    passes,
  );
  return offers.map((offer, i) => {
    const plan = plans[i]!;
    if (!offer.ok || plan.length === 0) return offer;
    const covered_eur_cents = savedIn(plan);
    return accept({
      ...{ ...offer.value, plan, covered_eur_cents },
      price_eur_cents: offer.value.price_eur_cents - covered_eur_cents,
    });
  });
}
