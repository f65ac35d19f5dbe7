import { book } from '../src/booking/booking.ts';
import { answerDays, recordAttested } from '../src/commute/commute.ts';
import { addEmployer, linkStaff, subscribe } from '../src/employers/employers.ts';
import type { Id } from '../src/kernel/ids.ts';
import type { Outcome } from '../src/kernel/outcome.ts';
import type { Place } from '../src/kernel/place.ts';
import { addDays, type Day, wallTime } from '../src/kernel/time.ts';
import type { Actor, Network } from '../src/kernel/visit.ts';
import type { Keyring } from '../src/notary/notary.ts';
import { addOrganisations, addPersons, appointFirstOperator, grant } from '../src/people/people.ts';
import { attestDay, checkDue, checkIn, codeAt, type Kiosk, openKiosk } from '../src/presence/presence.ts';
import { advance, changeMembers, draftProject } from '../src/schemes/schemes.ts';
import { sampleSpace } from '../src/spaces/sample.ts';
import { addSpaces, type NewSpace, type Space } from '../src/spaces/spaces.ts';
import { freshNetwork, type TestNetwork } from './fresh-database.ts';

/** What a verb gives; a refusal is the failure of the test, in its own words. */
export function done<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.message.en}`);
  return outcome.value;
}

export const codeOf = (outcome: Outcome<unknown>): string => (outcome.ok ? 'accepted' : outcome.refusal.code);

/** A collective project whose notification was received on a day, with these spaces as members: their later days may count. */
export async function notifiedProject(
  work: TestNetwork['work'],
  operator: Actor,
  { spaceIds, on }: { readonly spaceIds: readonly Id<'spc'>[]; readonly on: Day },
): Promise<Id<'prj'>> {
  const eligibility = {
    densityLevel: 5,
    densityVintage: '2024',
    individualOffices: true,
    exchangeArea: true,
    forEmployees: true,
    nouveauxLiens: false,
    fabrique: false,
  };
  const member = { signatory: 'Le maire', signedOn: on, notifiedOn: null, eligibility };
  return work(async tx => {
    const [holder] = done(await addOrganisations(tx, operator, [{ kind: 'operator', name: 'Réseau d’essai' }]));
    const { projectId } = done(
      await draftProject(tx, operator, { name: 'Projet d’essai', holderId: holder!.organisationId }),
    );
    const joining = spaceIds.map(spaceId => ({ ...member, spaceId }));
    done(await changeMembers(tx, operator, { projectId, joining, leaving: [] }));
    done(await advance(tx, operator, { projectId, command: 'notify', happenedOn: on }));
    return projectId;
  });
}

export interface SmallTown {
  readonly foundedOn: Day;
  readonly keyring: Keyring;
  readonly space: Partial<NewSpace>;
  readonly office: { readonly communeCode: string; readonly place: Place };
  readonly workers: number;
  readonly profile?: Network['profile'];
}

/** One space with a kiosk, one employer with a site, and its workers: the least in which a month can be lived. */
export interface SmallNetwork extends TestNetwork {
  readonly operator: Actor;
  readonly workers: readonly Actor[];
  /** The collective project that the space has joined. */
  readonly projectId: Id<'prj'>;
  readonly space: Space;
  readonly kiosk: Kiosk;
  readonly keyring: Keyring;
}

type Net = Pick<SmallNetwork, 'work' | 'operator'>;

async function employ({ work, operator }: Net, { office, workers, foundedOn }: SmallTown): Promise<readonly Actor[]> {
  const from = { from: foundedOn, until: null };
  const names = Array.from({ length: workers }, (_, n) => ({
    email: `personne.${n}@exemple.invalid`,
    firstName: 'Ana',
    lastName: 'Essai',
  }));
  return work(async tx => {
    const [employer] = done(await addOrganisations(tx, operator, [{ kind: 'employer', name: 'Essai SA' }]));
    const employerId = employer!.organisationId;
    const site = { ...office, name: 'Siège', address: '1 rue de l’Essai', headcount: null };
    const [added] = done(await addEmployer(tx, operator, { employerId, sites: [site] }));
    const plan = { kind: 'per_day', day_eur_cents: 1200n, half_day_eur_cents: 700n } as const;
    done(await subscribe(tx, operator, { employerId, plan, cap_half_days: null, ...from }));
    const people = done(await addPersons(tx, operator, names));
    done(
      await grant(
        tx,
        operator,
        people.map(({ personId }) => ({ personId, role: 'worker' as const })),
      ),
    );
    const link = { siteId: added!.siteId, basis: 'agreement', weekdays: [1, 2, 3, 4, 5], ...from } as const;
    done(await linkStaff(tx, operator, { employerId, links: people.map(({ personId }) => ({ ...link, personId })) }));
    return people.map(({ personId, firstName }) => ({
      personId,
      firstName,
      memberships: [{ role: 'worker', scope: null }],
    }));
  });
}

export async function foundSmallNetwork(town: SmallTown): Promise<SmallNetwork> {
  const net = await freshNetwork(wallTime(town.foundedOn, 8 * 60, 'Europe/Paris').toString(), town.profile);
  const operator = done(
    await net.work(work =>
      appointFirstOperator(work, { email: 'olga@exemple.invalid', firstName: 'Olga', lastName: 'Essai' }),
    ),
  );
  const workers = await employ({ work: net.work, operator }, town);
  const { secrets } = town.keyring;
  const { space, kiosk } = await net.work(async work => {
    const [manager] = done(await addOrganisations(work, operator, [{ kind: 'commune', name: 'Commune d’essai' }]));
    const sheet = sampleSpace({ ...town.space, managerId: manager!.organisationId, openedOn: town.foundedOn });
    const [opened] = done(await addSpaces(work, operator, [sheet]));
    const { spaceId } = opened!;
    return { space: opened!, ...done(await openKiosk(work, operator, { spaceId, name: 'Entrée', secrets })) };
  });
  const projectId = await notifiedProject(net.work, operator, { spaceIds: [space.spaceId], on: town.foundedOn });
  return { ...net, operator, workers, space, kiosk, projectId, keyring: town.keyring };
}

/**
 * Everyone books the day, types the code that the kiosk shows, and says what the day replaced; the next day it is attested
 * and counted, and the day after judged.
 */
export async function liveDay(net: SmallNetwork, day: Day): Promise<readonly Id<'prs'>[]> {
  const { space, kiosk, workers } = net;
  const { spaceId, zone } = space;
  const { secrets } = net.keyring;
  const at = (on: Day, minutes: number) => net.at(wallTime(on, minutes, zone).toString());
  at(addDays(day, -1), 18 * 60);
  for (const actor of workers) done(await net.work(work => book(work, actor, { spaceId, day, part: 'day' })));
  for (const [n, actor] of workers.entries()) {
    at(day, 8 * 60 + 30 + n);
    const { code } = codeAt(kiosk, { at: wallTime(day, 8 * 60 + 30 + n, zone), secrets });
    done(await net.work(work => checkIn(work, actor, { code, secrets })));
  }
  at(day, 19 * 60);
  const answers = workers.map(({ personId }) => ({ personId, day, replaced: 'office' as const }));
  await net.work(work => answerDays(work, answers));
  at(addDays(day, 1), 60);
  const { attestationIds } = done(await net.work(work => attestDay(work, { day, secrets })));
  await net.work(work => recordAttested(work, attestationIds));
  at(addDays(day, 2), 60);
  while ((await net.work(work => checkDue(work))).checked > 0);
  return attestationIds;
}
