import { render } from 'preact-render-to-string';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { place } from '../kernel/place.ts';
import type { Actor, Role, Visit } from '../kernel/visit.ts';
import { SitingPage } from './pages.tsx';
import { fictitiousStudy, loadFlows, rankCandidates, type Town } from './siting.ts';

let net: TestNetwork;
beforeAll(async () => {
  net = await freshNetwork();
});
afterAll(() => net.database.db.destroy());

const as = (role: Role): Actor => ({
  personId: 'per_00000001',
  firstName: 'Ana',
  memberships: [{ role, scope: null }],
});
const ranked = (role: Role, openings = 5) => net.work(work => rankCandidates(work, as(role), { openings }));

/** A row of small towns 6 km apart, with a city at its end. */
const towns: readonly Town[] = Array.from({ length: 9 }, (_, i) => ({
  code: `9900${i}`,
  name: i === 8 ? 'La Ville' : `Bourg ${i}`,
  population: i === 8 ? 90_000 : 2_000 + i,
  place: place(2 + i * 0.08, 46),
}));

describe('a siting study', () => {
  test('is missing at first, and that is said', async () => {
    expect(await ranked('network_operator')).toMatchObject({ ok: false, refusal: { code: 'siting.no_study' } });
  });

  test('is loaded whole, and loading it again replaces it', async () => {
    const load = () => net.work(work => loadFlows(work, fictitiousStudy(towns, 7)));
    const loaded = await load();
    expect(loaded).toMatchObject({ ok: true, value: { towns: 9, candidates: 8 } });
    const before = await ranked('funder');
    expect(await load()).toEqual(loaded);
    expect(await ranked('funder')).toEqual(before);
  });

  test('ranks towns for who runs or funds the network, and for no one else', async () => {
    const answer = await ranked('funder', 3);
    if (!answer.ok) throw new Error(answer.refusal.message.en);
    const { candidates, fictitious, distances, open } = answer.value;
    expect({ fictitious, distances, open }).toEqual({ fictitious: true, distances: 'estimate', open: [] });
    expect(candidates.map(c => c.rank)).toEqual([1, 2, 3]);
    expect(candidates[0]!.potential_m).toBeGreaterThan(candidates[1]!.potential_m);
    expect(candidates[0]!.reasons.length).toBeGreaterThan(0);
    expect(await ranked('worker')).toMatchObject({ ok: false, refusal: { code: 'siting.not_allowed', status: 403 } });
  });

  test('that names an unknown town is refused, and the one in force stays', async () => {
    const study = fictitiousStudy(towns, 7);
    const wrong = { ...study, flows: [{ homeCode: '99000', workCode: '00000', commuters: 3 }] };
    expect(await net.work(work => loadFlows(work, wrong))).toMatchObject({ refusal: { code: 'siting.unknown_town' } });
    expect(await ranked('funder')).toMatchObject({ ok: true });
  });

  test.each([
    ['fr', 'Données fictives', 'Potentiel par jour', 'Avec 20 postes'],
    ['en', 'Fictitious data', 'Potential a day', 'With 20 desks'],
  ] as const)('its page in %s calls a potential one, and fictitious what is', async (lang, ...said) => {
    const answer = await ranked('network_operator');
    if (!answer.ok) throw new Error(answer.refusal.message.en);
    const visit: Visit = {
      network: { networkId: 'net_testnetwork', name: 'Essai', profile: 'demo', fictitious: true },
      ...{ actor: as('network_operator'), lang, path: '/implantation', origin: 'http://localhost', nav: [] },
    };
    const html = render(SitingPage({ visit, ranking: answer.value, openings: 5 }));
    for (const words of said) expect(html).toContain(words);
    expect(html.match(/<h1/g)).toHaveLength(1);
    for (const { town } of answer.value.candidates) expect(html).toContain(town.name);
  });
});
