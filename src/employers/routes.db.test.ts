import { beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { roomApp } from '../../tools/room-app.ts';
import { done } from '../../tools/small-network.ts';
import { chargeMany } from '../billing/billing.ts';
import type { Lang } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import { place } from '../kernel/place.ts';
import type { Actor } from '../kernel/visit.ts';
import { addOrganisations, addPersons, appointFirstOperator } from '../people/people.ts';
import { addEmployer, linkStaff, subscribe } from './employers.ts';
import { routes } from './routes.ts';

let net: TestNetwork;
let manager: Actor;
let employerId: Id<'org'>;
let siteId: Id<'sit'>;

beforeAll(async () => {
  net = await freshNetwork();
  await net.work(async work => {
    const ana = { email: 'ana@reseau.test', firstName: 'Ana', lastName: 'Roy' };
    const operator = done(await appointFirstOperator(work, ana));
    const organisations = [
      { kind: 'employer', name: '=Cévennes "Études"' },
      { kind: 'commune', name: 'Ganges' },
    ] as const;
    const [employer, commune] = done(await addOrganisations(work, operator, organisations));
    employerId = employer!.organisationId;
    const site = {
      name: 'Siège',
      address: '1 rue fictive',
      communeCode: '34172',
      place: place(3.87, 43.61),
      headcount: 40,
    };
    siteId = done(await addEmployer(work, operator, { employerId, sites: [site] }))[0]!.siteId;
    const names = ['Adèle', 'Bastien', 'Camille', 'Damien', 'Élise', 'Fatou'];
    const people = done(
      await addPersons(
        work,
        operator,
        names.map((firstName, i) => ({ email: `p${i}@exemple.fr`, firstName, lastName: 'Roux' })),
      ),
    );
    const links = people.map(({ personId }) => ({
      personId,
      siteId,
      basis: 'charter' as const,
      weekdays: [1, 2],
      from: '2026-01-01' as const,
      until: null,
    }));
    done(await linkStaff(work, operator, { employerId, links }));
    const plan = { kind: 'per_day', day_eur_cents: 1500n, half_day_eur_cents: 833n } as const;
    done(await subscribe(work, operator, { employerId, plan, cap_half_days: 16, from: '2026-01-01', until: null }));
    const day = (person: number, cents: bigint) => ({
      reference: work.newId('bkg'),
      payerId: employerId,
      payeeId: commune!.organisationId,
      spaceId: 'spc_ganges01' as const,
      personId: people[person]!.personId,
      day: '2026-06-16' as const,
      half_days: 2 as const,
      amount_eur_cents: cents,
      label: { fr: 'Bureau, journée', en: 'Desk, day' },
    });
    done(
      await chargeMany(
        work,
        [0, 1, 2, 3, 4, 5].map(person => day(person, 1500n + BigInt(person))),
      ),
    );
    manager = {
      personId: 'per_manager1',
      firstName: 'Manon',
      memberships: [{ role: 'employer_admin', scope: employerId }],
    };
  });
  net.at('2026-05-10T08:00:00Z');
  await net.work(async work => {
    const people = done(
      await addPersons(work, manager, [{ email: 'alone@exemple.fr', firstName: 'Solène', lastName: 'Rey' }]),
    );
    done(
      await chargeMany(work, [
        {
          reference: work.newId('bkg'),
          payerId: employerId,
          payeeId: 'org_commune1',
          spaceId: 'spc_ganges01',
          personId: people[0]!.personId,
          day: '2026-05-12',
          half_days: 1,
          amount_eur_cents: 833n,
          label: { fr: 'Bureau, demi-journée', en: 'Desk, half day' },
        },
      ]),
    );
  });
});

const appFor = (actor: Actor | null, lang: Lang = 'fr') => roomApp(net, [routes], { actor, lang });

describe('a month’s statement', () => {
  const urls = (month: string) => [
    `/releves/${employerId}/${month}`,
    `/releves/${employerId}/${month}.csv`,
    `/api/v1/statements/${employerId}/${month}`,
    `/employeur?mois=${month}`,
  ];

  test('says the same cents in the page, the file and the API', async () => {
    const app = appFor(manager);
    const [page, file, api] = await Promise.all(urls('2026-06').map(async url => (await app.request(url)).text()));
    expect(page).toMatch(/90,15\s€/);
    expect(page).toContain('Relevé, ne vaut pas facture');
    expect(page).toContain('Élise Roux');
    const cents = file!
      .trim()
      .split('\r\n')
      .slice(1)
      .map(row => BigInt(row.split(',').at(-2)!));
    expect(cents.reduce((sum, n) => sum + n, 0n)).toBe(9015n);
    expect(file).toContain(',fictives\r\n');
    expect(JSON.parse(api!)).toMatchObject({
      amount_eur_cents: '9015',
      half_days: 12,
      totals_only: false,
      fictitious: true,
    });
  });

  test('of a small group names nobody, in the page, the file or the API', async () => {
    const app = appFor(manager);
    for (const url of urls('2026-05').slice(0, 3)) {
      const text = await (await app.request(url)).text();
      expect(text, url).not.toMatch(/Solène|per_[0-9a-z]{8}|2026-05-12|12 mai/);
      expect(text, url).toMatch(/8,33|833/);
    }
  });

  test('is closed to everyone else', async () => {
    const other: Actor = { ...manager, memberships: [{ role: 'employer_admin', scope: 'org_somebody1' }] };
    const worker: Actor = { ...manager, memberships: [{ role: 'worker', scope: null }] };
    for (const url of urls('2026-06')) {
      expect((await appFor(other).request(url)).status, url).toBe(403);
      expect((await appFor(worker).request(url)).status, url).toBe(403);
      expect((await appFor(null).request(url)).status, url).toBe(401);
    }
  });

  test.each(['2026-13', '2026-6', '../../x', '2026-06.csv.csv'])(
    'of “%s” is a page that does not exist',
    async month => {
      const answer = await appFor(manager).request(`/releves/${employerId}/${encodeURIComponent(month)}`);
      expect(answer.status).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 'employers.bad_month' });
    },
  );

  test('keeps its file name and its rows marked as fictitious', async () => {
    const answer = await appFor(manager).request(`/releves/${employerId}/2026-06.csv`);
    expect(answer.headers.get('content-disposition')).toBe(
      'attachment; filename="releve-2026-06-donnees-fictives.csv"',
    );
  });
});

describe('the employer’s page', () => {
  const send = (form: Record<string, string | string[]>) => {
    const body = new URLSearchParams();
    for (const [name, values] of Object.entries(form)) for (const one of [values].flat()) body.append(name, one);
    return appFor(manager).request('/employeur', { method: 'POST', body });
  };
  const noe = {
    email: 'noe@exemple.fr',
    prenom: 'Noé',
    nom: 'Petit',
    cadre: 'written',
    jours: ['1', '3'],
    debut: '2026-06-15',
  };

  test('links someone by e-mail, and shows them with their days', async () => {
    const answer = await send({ ...noe, employeur: employerId, site: siteId });
    expect(answer.status).toBe(303);
    const html = await (await appFor(manager).request(answer.headers.get('location')!)).text();
    expect(html).toContain('Noé Petit');
    expect(html).toContain('lundi et mercredi');
  });

  test('comes back with what was typed, and what to correct', async () => {
    const answer = await send({ ...noe, email: 'lea@exemple.fr', jours: [], employeur: employerId, site: siteId });
    expect(answer.status).toBe(422);
    const html = await answer.text();
    expect(html).toContain('Cochez au moins un jour');
    expect(html).toContain('value="lea@exemple.fr"');
    expect(html).toContain('href="#jours"');
  });

  test.each(['fr', 'en'] as const)('is drawn in %s with one title and no hour', async lang => {
    for (const url of [
      '/employeur?mois=2026-06',
      '/employeur?mois=2026-05',
      '/employeur?mois=1999-01',
      `/releves/${employerId}/2026-06`,
    ]) {
      const html = await (await appFor(manager, lang).request(url)).text();
      expect(html.match(/<h1/g), url).toHaveLength(1);
      expect(html).not.toMatch(/undefined|\[object|NaN|\b\d{1,2}:\d{2}\b/);
    }
  });
});
