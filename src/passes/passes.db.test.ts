import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf as code, done as value } from '../../tools/small-network.ts';
import { statement } from '../billing/billing.ts';
import type { Id } from '../kernel/ids.ts';
import { instant } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { addPersons, appointFirstOperator } from '../people/people.ts';
import { randomId } from '../platform/clock.ts';
import type { Shell } from '../platform/http.ts';
import { hearAll } from '../platform/jobs.ts';
import { silentLog } from '../platform/log.ts';
import type { Mail } from '../platform/mail.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { listeners, timetable } from './jobs.ts';
import {
  draw,
  forgetPerson,
  type OfferAsked,
  offerPass,
  offersIn,
  type Pass,
  passesOf,
  restore,
  saleSheet,
  sell,
  takeBack,
  usablePasses,
  withdrawOffer,
} from './passes.ts';
import { routes } from './routes.ts';

const someone = (role: Role, scope: Id | null = null): Actor => ({
  ...{ personId: 'per_someone01', firstName: 'Sam', memberships: [{ role, scope }] },
});
let net: TestNetwork;
let operator: Actor;
let maya: Actor;
let space: Space;
let other: Space;
let host: Actor;

beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  const named = (firstName: string) => ({
    email: `${firstName.toLowerCase()}@example.org`,
    firstName,
    lastName: 'Essai',
  });
  operator = value(await net.work(w => appointFirstOperator(w, named('Olga'))));
  const [person] = value(await net.work(w => addPersons(w, operator, [named('Maya')])));
  maya = { personId: person!.personId, firstName: 'Maya', memberships: [{ role: 'worker', scope: null }] };
  const news = [sampleSpace(), sampleSpace({ name: 'La Halle' })];
  [space, other] = value(await net.work(w => addSpaces(w, operator, news))) as [Space, Space];
  host = someone('host', space.spaceId);
});

const terms = (over: Partial<OfferAsked> = {}): OfferAsked => ({
  ...{ spaceId: space.spaceId, everywhere: false, name: 'Dix demi-journées', kind: 'half_days', quantity: 10 },
  ...{ price_eur_cents: 6000n, deliberation: '2026-12 du 3 mars 2026', validity_days: 30, resourceKinds: ['desk'] },
  ...over,
});
const offers = (over: Partial<OfferAsked> = {}, actor = operator) => net.work(w => offerPass(w, actor, terms(over)));
const sells = (
  offerId: string,
  over: { actor?: Actor; spaceId?: Id<'spc'>; personId?: Id<'per'>; passId?: Id<'pas'> } = {},
) =>
  net.work(w =>
    sell(w, over.actor ?? host, { ...{ offerId, spaceId: space.spaceId, personId: maya.personId }, ...over }),
  );
const sold = async (over: Partial<OfferAsked> = {}): Promise<Pass> =>
  value(await sells(value(await offers(over)).offerId));
const balance = async () => (await net.work(w => passesOf(w, maya))).map(one => one.pass.balance);
const takes = ({ passId, validUntil }: Pass, bookingId: Id<'bkg'>, quantity = 1, day = '2026-06-16' as const) =>
  net.work(w => draw(w, [{ bookingId, day, plan: [{ passId, validUntil, quantity, saved_eur_cents: 700n }] }]));

describe('an offer', () => {
  test.each<[string, Partial<OfferAsked>, string]>([
    ['without a name', { name: ' ' }, 'passes.name_missing'],
    ['of nothing', { quantity: 0 }, 'passes.quantity_out_of_range'],
    ['of a part of a unit', { quantity: 1.5 }, 'passes.quantity_out_of_range'],
    ['at less than nothing', { price_eur_cents: -1n }, 'passes.price_out_of_range'],
    ['that no council decided', { deliberation: '' }, 'passes.deliberation_missing'],
    ['that ends before it begins', { validity_days: 0 }, 'passes.validity_out_of_range'],
    ['for no place', { resourceKinds: [] }, 'passes.no_kind_of_place'],
    ['for a place that nobody knows', { resourceKinds: ['castle'] }, 'passes.no_kind_of_place'],
    ['in no space', { spaceId: 'spc_nowhere01' }, 'passes.unknown_space'],
  ])('%s is refused', async (_, over, refused) => expect(code(await offers(over))).toBe(refused));

  test('is for who manages the space, or all of the spaces where it holds', async () => {
    expect(code(await offers({}, host))).toBe('passes.not_manager');
    const manager = someone('space_manager', space.spaceId);
    expect(code(await offers({}, manager))).toBe('accepted');
    expect(code(await offers({ everywhere: true }, manager))).toBe('passes.not_manager');
    expect(code(await offers({ everywhere: true }, someone('space_manager', space.managerId)))).toBe('accepted');
    const seen = async (spaceId?: string) => value(await net.work(w => offersIn(w, spaceId))).length;
    expect([await seen(space.spaceId), await seen(other.spaceId), await seen()]).toEqual([2, 1, 2]);
  });

  test('withdrawn is sold no longer, and keeps what was sold', async () => {
    const { offerId } = value(await offers());
    value(await sells(offerId));
    expect(code(await net.work(w => withdrawOffer(w, host, offerId)))).toBe('passes.not_manager');
    for (let n = 0; n < 2; n++) value(await net.work(w => withdrawOffer(w, operator, offerId)));
    expect(code(await sells(offerId))).toBe('passes.unknown_offer');
    expect(await balance()).toEqual([10]);
  });
});

describe('a sale', () => {
  test('is charged once to the buyer, whoever asks how often', async () => {
    const { offerId } = value(await offers());
    const asked = await Promise.all(Array.from({ length: 12 }, () => sells(offerId, { passId: 'pas_mine0001' })));
    expect(new Set(asked.map(one => value(one).passId))).toEqual(new Set(['pas_mine0001']));
    const june = await net.work(w => statement(w, { payerId: maya.personId, month: '2026-06' }));
    expect(june).toMatchObject({ amount_eur_cents: 6000n, half_days: 0 });
    expect(june.lines.map(one => one.label.fr)).toEqual(['Carnet « Dix demi-journées », L’Atelier']);
    expect(value(asked[0]!)).toMatchObject({ validFrom: '2026-06-15', validUntil: '2026-07-14', balance: 10 });
    const other = value(await offers({ name: 'Autre' })).offerId;
    expect(code(await sells(other, { passId: 'pas_mine0001' }))).toBe('passes.id_reused');
  });

  test('is for who receives people there, of what that space sells, to someone who exists', async () => {
    const { offerId } = value(await offers());
    expect(code(await sells(offerId, { actor: maya }))).toBe('passes.not_host');
    expect(code(await sells(offerId, { spaceId: other.spaceId }))).toBe('passes.not_host');
    expect(code(await sells(offerId, { spaceId: other.spaceId, actor: operator }))).toBe('passes.unknown_offer');
    expect(code(await sells(offerId, { personId: 'per_nobody001' }))).toBe('passes.unknown_person');
    expect(code(await sells('pof_nothing01'))).toBe('passes.unknown_offer');
  });
});

describe('a sale made by mistake', () => {
  const back = (passId: string, actor = host) => net.work(w => takeBack(w, actor, passId));

  test('is undone and paid back once, and pays nothing any more', async () => {
    const { passId } = await sold();
    expect(code(await back(passId, maya))).toBe('passes.not_host');
    expect(code(await back('pas_nothing01'))).toBe('passes.unknown_pass');
    await Promise.all(Array.from({ length: 8 }, async () => value(await back(passId))));
    const june = await net.work(w => statement(w, { payerId: maya.personId, month: '2026-06' }));
    expect([june.amount_eur_cents, june.lines.length, await balance()]).toEqual([0n, 2, []]);
    const asked = { personIds: [maya.personId], from: '2026-06-15', lock: false } as const;
    expect(await net.work(w => usablePasses(w, asked))).toEqual([]);
  });

  test('stands once it has paid a place; drawn and taken back at once, one of the two is refused', async () => {
    const pass = await sold();
    await takes(pass, 'bkg_used00001', 1);
    expect(code(await back(pass.passId))).toBe('passes.already_used');
    await net.work(w => restore(w, ['bkg_used00001']));
    const both = await Promise.allSettled([
      takes(pass, 'bkg_used00002', 1),
      back(pass.passId).then(one => (one.ok ? null : Promise.reject(new Error(one.refusal.code)))),
    ]);
    expect(both.filter(one => one.status === 'fulfilled')).toHaveLength(1);
    for (const one of both)
      if (one.status === 'rejected')
        expect(String(one.reason)).toMatch(/what_is_taken_back_is_whole|passes.already_used/);
  });
});

describe('the database refuses what the door would never write', () => {
  test('more than a pass holds, by thirty connections at once: ten have it', async () => {
    const pass = await sold();
    const rivals = await Promise.allSettled(
      Array.from({ length: 30 }, (_, n) => takes(pass, `bkg_rival${String(n).padStart(4, '0')}`)),
    );
    expect(rivals.filter(one => one.status === 'fulfilled')).toHaveLength(10);
    for (const one of rivals)
      if (one.status === 'rejected') expect(String(one.reason)).toContain('a_pass_is_never_overdrawn');
    expect(await balance()).toEqual([0]);
  });

  test('given back by twenty connections at once, units come back once', async () => {
    const pass = await sold();
    await takes(pass, 'bkg_back00001', 2);
    await Promise.all(Array.from({ length: 20 }, () => net.work(w => restore(w, ['bkg_back00001']))));
    expect(await balance()).toEqual([10]);
  });

  test('a day after its end; a second draw of one booking; more given back than was sold', async () => {
    const pass = await sold();
    await takes(pass, 'bkg_once00001', 1);
    await expect(takes(pass, 'bkg_once00001', 1)).rejects.toThrow('one_draw_per_pass_and_booking');
    await expect(takes(pass, 'bkg_late00001', 1, '2026-07-15' as '2026-06-16')).rejects.toThrow(
      'a_pass_pays_no_day_after_its_end',
    );
    await expect(sql`update passes.pass set balance = 11`.execute(net.database.db)).rejects.toThrow(
      'a_pass_never_holds_more_than_was_sold',
    );
  });

  test.each(['update passes.draw set quantity = 1', 'delete from passes.draw', 'truncate passes.draw'])(
    '%s',
    async text => {
      await takes(await sold(), 'bkg_kept00001', 2);
      await expect(sql.raw(text).execute(net.database.db)).rejects.toThrow(/post a reversing entry instead/);
    },
  );

  test('half of a draw given back', async () => {
    await takes(await sold(), 'bkg_half00001', 2);
    const half = sql`insert into passes.draw (network_id, draw_id, pass_id, valid_until, booking_id, reversal_of, local_day,
        quantity, saved_eur_cents, drawn_at)
      select network_id, 'drw_half00001', pass_id, valid_until, booking_id, draw_id, local_day, -1, -700, drawn_at
      from passes.draw`;
    await expect(half.execute(net.database.db)).rejects.toThrow('a_reversal_turns_the_whole_draw');
  });
});

test('I-41: someone erased leaves what was sold and used, and nothing that tells which bookings it paid', async () => {
  const pass = await sold();
  await takes(pass, 'bkg_gone00001', 3);
  await takes(pass, 'bkg_gone00002', 2);
  await net.work(w => restore(w, ['bkg_gone00002']));
  for (let n = 0; n < 2; n++) await net.work(w => forgetPerson(w, maya.personId));
  const { sales } = value(await net.work(w => saleSheet(w, host, space.slug)));
  expect(sales.map(one => [one.holder, one.balance, one.personId])).toEqual([[null, 7, null]]);
  await net.work(w => forgetPerson(w, host.personId));
  const told = await sql`select 1 from passes.pass p
    where p::text like ${`%${host.personId}%`}`.execute(net.database.db);
  expect(told.rows).toEqual([]);
  const rows = await sql<{ n: bigint }>`select count(*) as n from passes.draw`.execute(net.database.db);
  expect(rows.rows[0]!.n).toBe(0n);
});

test('whoever has something left is mailed once, two weeks before the end', async () => {
  await sold({ validity_days: 21 });
  await sold({ name: 'Longue', validity_days: 300 });
  await takes(await sold({ name: 'Vide', validity_days: 21, quantity: 2 }), 'bkg_empty0001', 2);
  const mails: Mail[] = [];
  let now = '2026-06-15T05:32:00Z';
  const shell = {
    settings: { publicUrl: null },
    post: async (mail: Mail) => void mails.push(mail),
    ...{ db: net.database.db, clock: () => instant(now), newId: randomId, log: silentLog },
  } as unknown as Shell;
  for (const day of ['06-20', '06-21', '06-22', '06-23']) {
    now = `2026-${day}T05:32:00Z`;
    for (const { task } of timetable(shell)) await task();
    await hearAll(net.database, { listeners: listeners(shell), log: silentLog });
    expect([day, mails.length]).toEqual([day, day < '06-21' ? 0 : 1]);
  }
  expect(mails.map(one => [one.to, one.subject])).toEqual([
    ['maya@example.org', 'Carnet « Dix demi-journées » : il reste 10 demi-journées jusqu’au 5 juillet 2026'],
  ]);
});

describe('on the web and in the API', () => {
  const app = (actor: Actor) => roomApp(net, [routes], { actor });
  const fields = {
    ...{ nom: 'Crédit de 50 €', sorte: 'cents', quantite: '50', prix: '45,50', deliberation: '2026-12', duree: '365' },
    ...{ places: ['desk', 'office'], ou: 'ici' },
  };

  test('a manager puts a pass on sale, a host sells it, its holder reads it', async () => {
    const page = `/carnets/${space.slug}`;
    const offered = await app(operator).request(page, form(fields));
    expect([offered.status, offered.headers.get('location')]).toEqual([303, `${page}?fait=offre`]);
    const [offer] = value(await net.work(w => offersIn(w)));
    expect(offer).toMatchObject({ quantity: 5000, price_eur_cents: 4550n, resourceKinds: ['desk', 'office'] });
    const shown = await (await app(host).request(page)).text();
    expect([shown.includes('Vendre un carnet'), shown.includes('Mettre un carnet en vente')]).toEqual([true, false]);
    const sale = (email: string) => app(host).request(`${page}/vendre`, form({ carnet: offer!.offerId, email }));
    const unknown = await sale('nobody@example.org');
    expect([unknown.status, (await unknown.text()).includes('value="nobody@example.org"')]).toEqual([404, true]);
    expect((await sale('Maya@example.org')).headers.get('location')).toBe(`${page}?fait=vendu`);
    expect(await (await app(host).request(page)).text()).toContain('Maya E.');
    const own = await (await app(maya).request('/mes-carnets')).text();
    expect(own).toMatch(/Crédit de 50 €[\s\S]*50,00\s€[\s\S]*14 juin 2027/);
    expect((await app(maya).request(page)).status).toBe(403);
    const undo = /action="(\/carnets\/[^"]*\/reprendre)"/.exec(await (await app(host).request(page)).text())![1]!;
    expect((await app(host).request(undo, form({}))).status).toBe(303);
    expect(await (await app(host).request(page)).text()).toContain('repris, remboursé');
    const withdrawn = await app(operator).request(`${page}/${offer!.offerId}/retirer`, form({}));
    expect(withdrawn.status).toBe(303);
  });

  test('a form that is refused comes back with what was typed', async () => {
    const back = await app(operator).request(`/carnets/${space.slug}`, form({ ...fields, prix: 'douze' }));
    expect(back.status).toBe(422);
    const page = await back.text();
    expect(page).toContain('Le prix va de 0 à 100');
    expect([page.includes('value="douze"'), /value="office"[^>]*checked/.test(page)]).toEqual([true, true]);
  });

  test('/api/v1/pass-offers and /api/v1/passes', async () => {
    const call = async (actor: Actor, path: string, init?: RequestInit) => {
      const answer = await app(actor).request(`/api/v1${path}`, init);
      return [answer.status, await answer.json()] as const;
    };
    const body = {
      name: 'Vingt heures',
      kind: 'minutes',
      quantity: 1200,
      price_eur_cents: 3000,
      deliberation: '2026-12',
    };
    const there = { space_id: space.spaceId, validity_days: 90, resource_kinds: ['desk'] };
    const [status, offer] = await call(operator, '/pass-offers', json('POST', { ...body, ...there }));
    expect([status, offer]).toMatchObject([201, { ...body, space_id: space.spaceId }]);
    const { offer_id } = offer as { offer_id: string };
    const buying = { offer_id, space_id: space.spaceId, person_id: maya.personId, pass_id: 'pas_mine0002' };
    for (let n = 0; n < 2; n++)
      expect(await call(host, '/passes', json('POST', buying))).toMatchObject([201, { balance: 1200 }]);
    expect(await call(maya, '/passes')).toMatchObject([200, { passes: [{ pass_id: 'pas_mine0002', draws: [] }] }]);
    expect(await call(maya, `/pass-offers?space_id=${other.spaceId}`)).toEqual([200, { offers: [] }]);
    expect((await call(maya, `/pass-offers/${offer_id}`, json('DELETE')))[0]).toBe(403);
    expect((await call(operator, `/pass-offers/${offer_id}`, json('DELETE')))[0]).toBe(200);
    expect((await call(maya, '/passes/pas_mine0002', json('DELETE')))[0]).toBe(403);
    expect(await call(host, '/passes/pas_mine0002', json('DELETE'))).toMatchObject([200, { balance: 1200 }]);
    expect((await call(host, '/passes', json('POST', { ...buying, person_id: 'x' })))[0]).toBe(422);
  });
});
