import { beforeEach, describe, expect, test } from 'vitest';
import { type DoorTown, openDoorTown, operator, worker } from '../../tools/door-town.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { routes as bookingRoutes } from '../booking/routes.ts';
import type { Mount } from '../platform/http.ts';
import { besideBooking, routes } from './routes.ts';

let town: DoorTown;
beforeEach(async () => {
  town = await openDoorTown();
  return town.close;
});

/** Booking and access together, as the program mounts them. */
const app = (actor = operator, lang: 'fr' | 'en' = 'fr', now = '2026-06-15T08:00:00Z') => {
  const room = (mount: Mount) => {
    const { secrets, chance, patience_ms } = town.world();
    const shell = { ...mount.shell, secrets, chance, patience_ms };
    const whole = { ...mount, shell, besideBooking: [besideBooking(shell)] };
    bookingRoutes(whole);
    routes(whole);
  };
  return roomApp(town.net, [room], { actor, lang, now });
};
const page = async (path: string, ...by: Parameters<typeof app>) => (await app(...by).request(path)).text();
const dawn = '2026-06-16T05:00:00Z';

describe('the page of a space’s doors', () => {
  const path = () => `/acces/${town.space.slug}`;
  const fields = () => ({
    ...{ adapter: 'webhook', address: town.door.address, before_min: '10', after_min: '20' },
    ...{ gives_pin: 'yes', opens: 'yes' },
  });

  test('sets the lock, tries it, sets its doors, and shows what it was told', async () => {
    const saved = await app().request(`${path()}/serrure`, form({ ...fields(), token: 'nouveau', request_id: 'a' }));
    expect(saved.headers.get('location')).toBe(`${path()}?fait=oui`);
    expect((await app().request(`${path()}/essayer`, form({}))).status).toBe(303);
    expect(town.door.heard.at(-1)).toMatchObject({ path: '/groups', token: 'nouveau' });
    const doors = form({ everyone: ['front'], [town.office]: ['front', 'office'], request_id: 'b' });
    expect((await app().request(`${path()}/portes`, doors)).status).toBe(303);
    await town.someoneBooks({ resourceId: town.office, kind: 'office' });
    await town.hear();
    const shown = await page(path());
    expect(shown).toContain('La serrure a répondu le 15 juin 2026');
    expect(shown).toContain('Porte d’entrée, Cabinet');
    expect(shown).toMatch(/mardi 16 juin, 8:20 – 12:50/);
    expect(shown).toContain('ouvert');
    expect(shown).not.toContain('nouveau');
    expect(shown).not.toContain(String(town.door.heard.at(-1)!.body!['pin']));
    expect(await page(path(), operator, 'en')).toContain('Doors and Wi-Fi');
  });

  test('shows a failure with its reason, and a button to retry', async () => {
    town.door.say(() => ({ status: 422 }));
    await town.someoneBooks();
    await town.hear();
    expect(await page(path())).toMatch(/La serrure refuse\.[^<]*/);
    expect(await page(path())).toContain('Recommencer ce qui a échoué');
    town.door.say(() => ({ status: 204 }));
    expect((await app().request(`${path()}/recommencer`, form({ request_id: 'r' }))).status).toBe(303);
    await town.hear();
    expect((await town.grants())[0]!.state).toBe('granted');
  });

  test.each([
    ['an address that is none', { address: 'serrure' }, 422, 'Écrivez l’adresse de la serrure'],
    ['an address with a password', { address: 'https://moi:secret@serrure.invalid' }, 422, 'sans identifiant'],
    ['a file', { address: 'file:///etc/passwd' }, 422, 'Écrivez l’adresse de la serrure'],
    ['another address without its token', { address: 'https://ailleurs.invalid' }, 422, 'Écrivez le jeton'],
    ['a token that cannot be sent', { token: 'jeton\nclé' }, 422, 'ne peut pas être envoyé'],
    ['a script that is none', { adapter: 'home_assistant', service: 'Ouvre la porte' }, 422, 'Nommez le script'],
    ['a margin too long', { before_min: '241' }, 422, 'de 0 à 240 minutes'],
    ['a margin that is no number', { after_min: 'dix' }, 422, 'after_min'],
  ])('refuses %s, with the form as it was typed', async (_, over, status, why) => {
    const refused = await app().request(`${path()}/serrure`, form({ ...fields(), ...over }));
    expect(refused.status).toBe(status);
    expect(await refused.text()).toContain(why);
  });

  test('refuses a door that the lock never named, and anyone who does not manage the space', async () => {
    expect((await app().request(`${path()}/portes`, form({ everyone: ['cave'] }))).status).toBe(422);
    for (const request of [undefined, form({ ...fields(), token: 'x' })] as const) {
      const answer = await app(worker(1)).request(`${path()}${request ? '/serrure' : ''}`, request);
      expect(answer.status).toBe(403);
    }
    for (const verb of ['portes', 'essayer', 'recommencer', 'wifi'])
      expect((await app(worker(1)).request(`${path()}/${verb}`, form({ codes: 'WIFI-1' }))).status, verb).toBe(403);
  });

  test('imports Wi-Fi codes, pasted and from a file', async () => {
    const body = new FormData();
    body.set('codes', 'WIFI-0001');
    body.set('fichier', new File(['code,heures\nWIFI-0002,4\n'], 'codes.csv', { type: 'text/csv' }));
    const added = await app().request(`${path()}/wifi`, { method: 'POST', body });
    expect(added.headers.get('location')).toBe(`${path()}?ajoutes=2&connus=0`);
    const shown = await page(`${path()}?ajoutes=2&connus=0`);
    expect(shown).toContain('2 codes ajoutés.');
    expect(shown).toContain('2 codes restent à donner');
    expect(shown).not.toContain('WIFI-0001');
  });
});

describe('one’s own booking', () => {
  test('shows the door code and gives the Wi-Fi code, to its holder alone', async () => {
    const { n, booking } = await town.someoneBooks();
    await town.hear();
    const pin = String(town.door.heard[0]!.body!['pin']);
    const told = `${pin.slice(0, 3)}\u00a0${pin.slice(3)}`;
    const sheet = `/reservations/${booking.bookingId}`;
    expect(await page(sheet, worker(n))).toContain(told);
    const asHost = await app(operator).request(sheet);
    expect([asHost.status, (await asHost.text()).includes(told)]).toEqual([200, false]);
    expect((await app(operator).request(`${sheet}/acces`)).status).toBe(403);
    const own = await app(worker(n)).request(`${sheet}/acces`);
    expect(own.headers.get('cache-control')).toBe('no-store');
    expect(await own.text()).toContain('Aucun passage n’est enregistré ici, et l’employeur ne voit rien');
    await app().request(`/acces/${town.space.slug}/wifi`, form({ codes: 'WIFI-0001' }));
    town.at(dawn);
    expect(await page(sheet, worker(n), 'fr', dawn)).toContain('Prendre mon code Wi-Fi');
    const taken = await app(worker(n), 'fr', dawn).request(`${sheet}/acces/wifi`, form({ request_id: 'w' }));
    expect(taken.status).toBe(303);
    expect(await page(taken.headers.get('location')!, worker(n), 'en', dawn)).toContain('WIFI-0001');
  });

  test('says plainly that there is neither door nor code', async () => {
    await town.lock({ token: undefined, opens: false });
    const { n, booking } = await town.someoneBooks();
    await town.hear();
    const sheet = `/reservations/${booking.bookingId}`;
    expect(await page(sheet, worker(n))).not.toContain('Code de la porte');
    expect(await page(`${sheet}/acces`, worker(n))).toContain('n’ouvre pas ses portes par Parvis');
    const refused = await app(worker(n)).request(`${sheet}/acces/wifi`, form({ request_id: 'w' }));
    expect([refused.status, (await refused.text()).includes('le jour même')]).toEqual([409, true]);
  });
});

describe('the API', () => {
  const api = async (path: string, request?: RequestInit, ...by: Parameters<typeof app>) => {
    const answer = await app(...by).request(`/api/v1${path}`, request);
    return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
  };

  test('does what the pages do', async () => {
    const at = `/spaces/${town.space.spaceId}/access`;
    const set = { adapter: 'webhook', opens: true, gives_pin: true, before_min: 5, after_min: 5 };
    const body = { ...set, address: town.door.address, token: 'nouveau' };
    expect(await api(at, json('POST', body))).toMatchObject({ status: 200, body: { ...set, everyone: ['front'] } });
    expect(await api(`${at}/check`, json('POST'))).toEqual({ status: 200, body: { asked: true } });
    const doors = { everyone: ['front'], resources: [{ resource_id: town.office, group_id: 'office' }] };
    expect(await api(`${at}/doors`, json('POST', doors))).toEqual({ status: 200, body: doors });
    const codes = { codes: 'WIFI-0001' };
    expect(await api(`${at}/wifi-codes`, json('POST', codes))).toEqual({ status: 200, body: { added: 1, known: 0 } });
    const { n, booking } = await town.someoneBooks();
    await town.hear();
    expect(town.door.heard.map(one => one.path)).toContain('/groups');
    expect(await api(`${at}/retry`, json('POST'))).toEqual({ status: 200, body: { retried: 0 } });
    const read = await api(at);
    expect(read.body).toMatchObject({
      ...{ lock: { checked_at: '2026-06-15T08:00:00Z', check_failure: null }, vouchers: { left: 1, given: 0 } },
      grants: [{ booking_id: booking.bookingId, state: 'granted', groups: ['front'], from: '2026-06-16T06:25:00Z' }],
    });
    expect(JSON.stringify(read.body)).not.toMatch(/"pin"|"token"|nouveau/);
    const own = `/bookings/${booking.bookingId}/access`;
    expect((await api(own, undefined, worker(n))).body).toMatchObject({
      ...{ door: { state: 'granted', pin: expect.stringMatching(/^\d{6}$/) }, wifi_code: null },
    });
    expect(await api(own)).toMatchObject({ status: 403, body: { code: 'access.not_holder' } });
    const take = () => api(`/bookings/${booking.bookingId}/wifi`, json('POST'), worker(n), 'fr', dawn);
    expect([await take(), await take()]).toEqual([1, 2].map(() => ({ status: 200, body: { taken: true } })));
    expect((await api(own, undefined, worker(n), 'fr', dawn)).body).toMatchObject({ wifi_code: 'WIFI-0001' });
  });

  test.each([
    ['/spaces/spc_nowhere00/access', undefined, 403, 'access.not_manager'],
    ['/spaces/nulle-part/access', undefined, 422, 'request.invalid'],
    ['/bookings/bkg_nowhere00/access', undefined, 404, 'booking.unknown_booking'],
    ['/bookings/bkg_nowhere00/wifi', json('POST'), 404, 'booking.unknown_booking'],
  ])('%s is refused in words', async (path, request, status, code) => {
    expect(await api(path, request)).toMatchObject({ status, body: { code } });
  });
});
