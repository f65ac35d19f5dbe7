import { computeDistances, declareBaseline } from '../src/commute/commute.ts';
import { sampleDeclaration } from '../src/commute/sample.ts';
import type { Id } from '../src/kernel/ids.ts';
import { daysOfMonth, type Month, nextMonth, weekday } from '../src/kernel/time.ts';
import type { Actor, Role } from '../src/kernel/visit.ts';
import signed from '../src/method/lbc-tiers-lieux/signed-example.json' with { type: 'json' };
import { fictitiousContract } from '../src/method/method.ts';
import { closePeriod } from '../src/mrv/mrv.ts';
import type { Keyring } from '../src/notary/notary.ts';
import { addOrganisations, organisations } from '../src/people/people.ts';
import { acceptOffer, addContract, enterCertified } from '../src/schemes/schemes.ts';
import { done, foundSmallNetwork, liveDay, type SmallNetwork, type SmallTown } from './small-network.ts';
import { straightRoads } from './straight-roads.ts';

export const cast = (operator: Actor, role: Role, scope: Id | null = null): Actor => ({
  ...operator,
  memberships: [{ role, scope }],
});

/** Workers who would drive; distances known from the first day on. */
export async function claimTown(keyring: Keyring, changes: Partial<SmallTown> = {}): Promise<SmallNetwork> {
  const net = await foundSmallNetwork({
    foundedOn: '2026-01-05',
    keyring,
    space: { opensOnPublicHolidays: true },
    office: { communeCode: '34172', place: { lon_udeg: 3_876_000, lat_udeg: 43_611_000 } },
    workers: 3,
    ...changes,
  });
  for (const worker of net.workers) {
    const declared = sampleDeclaration({ spaceIds: [net.space.spaceId], validFrom: '2026-01-05' });
    const { baselineId } = done(await net.work(work => declareBaseline(work, worker, declared)));
    done(await net.work(work => computeDistances(work, straightRoads(), baselineId)));
  }
  return net;
}

/** Such a town whose few days make a tonne, with every value of its method signed. */
export async function carbonTown(keyring: Keyring, changes: Partial<SmallTown> = {}): Promise<SmallNetwork> {
  const net = await claimTown(keyring, {
    ...changes,
    profile: 'certifying',
    office: { communeCode: '69123', place: { lon_udeg: 4_835_000, lat_udeg: 45_764_000 } },
  });
  for (const { unknown, value, source, vouched_by } of signed) {
    const entry = { unknownId: unknown as 'U1', value: value as never, source, vouchedBy: vouched_by };
    done(await net.work(work => enterCertified(work, net.operator, entry)));
  }
  return net;
}

/** The first office days of a month, lived, and the month closed. */
export async function live(net: SmallNetwork, month: Month, days: number): Promise<readonly Id<'prs'>[]> {
  const ids: Id<'prs'>[] = [];
  const office = daysOfMonth(month).filter(day => [1, 2, 4].includes(weekday(day)) && day > `${month}-11`);
  for (const day of office.slice(0, days)) ids.push(...(await liveDay(net, day)));
  net.at(`${nextMonth(month)}-09T08:00:00Z`);
  done(await net.work(work => closePeriod(work, net.operator, { month, keyring: net.keyring })));
  return ids;
}

export interface Energy {
  readonly employerId: Id<'org'>;
  readonly partyId: Id<'org'>;
  readonly contractId: Id<'con'>;
}

/** A contract that pays 5/3 € a day, and the employer’s acceptance of its offer. */
export async function energyContract({ work, operator }: SmallNetwork, statementText: string): Promise<Energy> {
  const employerId = (await work(organisations)).find(one => one.kind === 'employer')!.organisationId;
  return work(async tx => {
    const party = { kind: 'obligated_party', name: 'Énergie Exemple' } as const;
    const [obligated] = done(await addOrganisations(tx, operator, [party]));
    const terms = {
      ...{ ...fictitiousContract, unit: 'day', price_per_unit_eur_cents: '500/3' },
      ...{ min_residual_cost_eur_cents: 1, control_rate: '1/4' },
    } as const;
    const asked = { validFrom: '2026-01-01', validUntil: null, label: 'v1', terms, statementText } as const;
    const partyId = obligated!.organisationId;
    const { contractId } = done(await addContract(tx, operator, { ...asked, obligatedPartyId: partyId }));
    const employer = cast(operator, 'employer_admin', employerId);
    done(await acceptOffer(tx, employer, { contractId, employerId, signatory: 'M. Essai' }));
    return { employerId, partyId, contractId };
  });
}
