import { beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import type { Actor } from '../kernel/visit.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces } from '../spaces/spaces.ts';
import { routes } from './routes.ts';

const worker = (n: number): Actor => ({
  personId: `per_0000000${n}`,
  firstName: 'Ada',
  memberships: [{ role: 'worker', scope: null }],
});
const operator: Actor = { ...worker(9), memberships: [{ role: 'network_operator', scope: null }] };

let net: TestNetwork;
let slug: string;
let spaceId: string;
const app = (n = 1, lang: 'fr' | 'en' = 'fr') => roomApp(net, [routes], { actor: worker(n), lang });

beforeAll(async () => {
  net = await freshNetwork();
  const added = await net.work(w => addSpaces(w, operator, [sampleSpace()]));
  if (!added.ok) throw new Error(added.refusal.code);
  ({ slug, spaceId } = added.value[0]!);
});

describe('booking on the web', () => {
  test('two taps: the page of a half-day, then its button; the confirmation has a calendar file and a way out', async () => {
    const page = await (await app().request(`/reserver?espace=${slug}&jour=2026-06-16&moment=matin`)).text();
    expect(page).toContain('Réserver mardi 16 juin');
    expect(page).toMatch(/value="matin"[^>]*checked/);
    expect(page).toMatch(/8:30 – 12:30 · 3 libres · Bureau \d · 8,00/);
    const booked = await app().request(
      '/reserver',
      form({ espace: slug, jour: '2026-06-16', moment: 'matin', request_id: 'first' }),
    );
    expect(booked.status).toBe(303);
    const sheet = booked.headers.get('location')!;
    expect(await (await app().request(sheet)).text()).toContain('C’est réservé');
    const path = sheet.split('?')[0]!;
    const file = await (await app().request(`${path}/agenda.ics`)).text();
    expect(file).toContain('DTSTART:20260616T063000Z\r\nDTEND:20260616T103000Z');
    expect((await app(2).request(path)).status).toBe(403);
    const cancelled = await app().request(`${path}/annuler`, form({ request_id: 'second' }));
    expect(cancelled.headers.get('location')).toBe(path);
    expect(await (await app().request(path)).text()).toContain('reste due');
  });

  test('a form sent twice books once', async () => {
    const fields = { espace: slug, jour: '2026-06-17', moment: 'journee', request_id: 'twice' };
    const [first, second] = [
      await app().request('/reserver', form(fields)),
      await app().request('/reserver', form(fields)),
    ];
    expect(second.headers.get('location')).toBe(first.headers.get('location'));
  });

  test('a refusal shows the same page with the reason on top', async () => {
    const refused = await app().request('/reserver', form({ espace: slug, jour: '2026-06-17', moment: 'matin' }));
    expect(refused.status).toBe(409);
    const page = await refused.text();
    expect(page).toContain('Vous avez déjà un bureau mercredi 17 juin, toute la journée, à L’Atelier.');
    expect(page).toContain('error-summary');
  });

  test('without a space it asks where, in both languages', async () => {
    expect(await (await app(1, 'en').request('/reserver')).text()).toContain('Where do you want to work?');
  });

  test('a visitor who is not signed in sees prices and is asked to sign in', async () => {
    const page = await (await roomApp(net, [routes]).request(`/reserver?espace=${slug}&jour=2026-06-18`)).text();
    expect(page).toContain('/connexion?retour=%2Freserver%3Fespace%3D');
    expect(page).toContain('14,00');
  });

  test('my bookings lists what is to come', async () => {
    expect(await (await app().request('/mes-reservations')).text()).toContain('mercredi 17 juin, toute la journée');
    expect(await (await app(3).request('/mes-reservations')).text()).toContain('Aucune réservation à venir');
  });
});

describe('several days', () => {
  const fields = {
    espace: slug,
    jours: ['2', '6'],
    moment: 'journee',
    rythme: '1',
    du: '2026-06-23',
    jusquau: '2026-07-07',
  };

  test('the form offers the weekdays on which the space opens', async () => {
    const page = await (await app(5).request(`/reserver/serie?espace=${slug}`)).text();
    expect(page).toContain('Réserver plusieurs jours à L’Atelier');
    expect([...page.matchAll(/name="jours" type="checkbox" value="(\d)"/g)].map(m => m[1])).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
    ]);
    expect((await app(5).request('/reserver/serie')).headers.get('location')).toBe('/reserver');
  });

  test('are booked, those that cannot be told with their reason; sent twice, booked once', async () => {
    const sent = () =>
      app(5).request('/reserver/serie', form({ ...fields, espace: slug, sauter: 'yes', request_id: 'series' }));
    const page = await (await sent()).text();
    expect(page).toContain('3 jours réservés, 2 laissés de côté');
    expect(page).toContain('L’espace n’ouvre pas samedi 27 juin');
    expect(await (await sent()).text()).toContain('3 jours réservés, 2 laissés de côté');
    expect((await (await app(5).request('/mes-reservations')).text()).match(/\/reservations\/bkg_/g)).toHaveLength(3);
  });

  test('a refusal keeps what was typed', async () => {
    const refused = await app(6).request('/reserver/serie', form({ ...fields, espace: slug, request_id: 'all' }));
    expect(refused.status).toBe(409);
    const page = await refused.text();
    expect(page).toContain('Rien n’est réservé\u00a0: 2 des 5 jours de la série ne peuvent pas l’être.');
    expect(page).toMatch(/name="jours" type="checkbox" value="2"[^>]*checked/);
    expect(page).toContain('value="2026-07-07"');
  });

  test('“I am away” gives them back in one go', async () => {
    const answer = await app(5).request('/mes-reservations/absence', form({ du: '2026-06-20', jusquau: '2026-06-30' }));
    expect(await answer.text()).toContain('2 réservations annulées.');
    const wrong = await app(5).request('/mes-reservations/absence', form({ du: '2026-06-30', jusquau: '2026-06-20' }));
    expect([wrong.status, await wrong.text()]).toEqual([
      422,
      expect.stringContaining('Le dernier jour vient avant le premier'),
    ]);
  });

  test('by the API, the same', async () => {
    const body = { space_id: spaceId, part: 'morning', from: '2026-06-22', until: '2026-06-28', weekdays: [5, 7] };
    const made = await app(7).request('/api/v1/bookings/series', json('POST', body));
    expect(made.status).toBe(201);
    expect(await made.json()).toMatchObject({
      booked: [{ day: '2026-06-26', part: 'morning' }],
      skipped: [{ day: '2026-06-28', code: 'booking.space_closed' }],
    });
    const away = await app(7).request(
      '/api/v1/bookings/away',
      json('POST', { from: '2026-06-22', until: '2026-06-28' }),
    );
    expect(await away.json()).toMatchObject({
      cancelled: [{ booking: { day: '2026-06-26' }, refunded: true }],
      kept: [],
    });
    const none = await app(7).request(
      '/api/v1/bookings/series',
      json('POST', { ...body, weekdays: [7], skip_clashes: false }),
    );
    expect(await none.json()).toMatchObject({ status: 409, code: 'booking.series_clashes' });
  });
});

describe('booking by the API', () => {
  test('books, lists, reads and cancels', async () => {
    const body = { space_id: spaceId, day: '2026-06-19', part: 'day' };
    const made = await app(4).request('/api/v1/bookings', json('POST', body));
    expect(made.status).toBe(201);
    const { booking_id } = (await made.json()) as { booking_id: string };
    const listed = await app(4).request('/api/v1/bookings?from=2026-06-15&to=2026-06-30');
    expect(await listed.json()).toMatchObject({ bookings: [{ booking_id, price_eur_cents: '1400' }] });
    expect((await app(4).request(`/api/v1/bookings/${booking_id}`)).status).toBe(200);
    const gone = await app(4).request(`/api/v1/bookings/${booking_id}`, { method: 'DELETE' });
    expect(await gone.json()).toMatchObject({ refunded: true, booking: { status: 'cancelled' } });
  });

  test('a refusal is a problem with its code and both languages', async () => {
    const body = { space_id: spaceId, day: '2026-06-21', part: 'day' };
    const refused = await app(4).request('/api/v1/bookings', json('POST', body));
    expect(refused.status).toBe(409);
    expect(await refused.json()).toMatchObject({
      code: 'booking.space_closed',
      detail_fr: expect.stringContaining('L’espace n’ouvre pas dimanche 21 juin'),
    });
  });

  test('free desks by half-day', async () => {
    const free = await app().request(`/api/v1/spaces/${spaceId}/free-desks?from=2026-06-17&days=1`);
    expect(await free.json()).toEqual({
      half_days: [
        { day: '2026-06-17', half: 'morning', open: true, free: 2, total: 3 },
        { day: '2026-06-17', half: 'afternoon', open: true, free: 2, total: 3 },
      ],
    });
  });
});
