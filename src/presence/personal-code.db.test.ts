import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { actorAs, openAttendedSpaces, operator, secrets } from '../../tools/attended-spaces.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { addSeconds, type Day, instant } from '../kernel/time.ts';
import type { Mount } from '../platform/http.ts';
import { forgetPerson, kioskKey, personalCodes, readPersonalCode, setLevel, showPersonalCode } from './presence.ts';
import { routes } from './routes.ts';

const withSecrets = (mount: Mount) => routes({ ...mount, shell: { ...mount.shell, secrets } });
const day: Day = '2026-06-15';
const at = '2026-06-15T07:00:00Z';

let net: Awaited<ReturnType<typeof openAttendedSpaces>>;
beforeEach(async () => {
  net = await openAttendedSpaces(at, 3);
});

const worker = (n: number) => actorAs(net.people[n]!);
const later = (seconds: number) => addSeconds(instant(at), seconds).toString();
/** Someone shows their code to a space: the code of a step later than the first. */
const shows = async (n: number, space = 0, step = 0) => {
  const { spaceId } = net.spaces[space]!;
  return done(await net.work(w => showPersonalCode(w, worker(n), { spaceId, secrets }))).codes[step]!;
};
const reads = (code: string, kiosk = 0) =>
  net.work(w => readPersonalCode(w, { kioskId: net.kiosks[kiosk]!.kioskId, code, secrets }));

describe('a code that its owner shows to the kiosk', () => {
  test('is a strong proof under the kiosk’s name: class C with a charged booking, B without', async () => {
    await net.book(0, day);
    const read = done(await reads(await shows(0)));
    expect(read).toMatchObject({ method: 'personal_code', kioskId: net.kiosks[0]!.kioskId, name: 'Prénom0 N.' });
    expect(read.booking).toMatchObject({ day });
    done(await reads(await shows(1)));
    await net.attest(day, '2026-06-16');
    const classes = [await net.of(0, day), await net.of(1, day)].map(own => own.map(one => one.evidenceClass));
    expect(classes).toEqual([['C'], ['B']]);
  });

  test('serves once: not twice, not at once, not at the space’s other kiosk', async () => {
    const code = await shows(0);
    const twice = await Promise.all([reads(code), reads(code)]);
    expect(twice.map(codeOf).toSorted()).toEqual(['accepted', 'presence.personal_code_used']);
    await sql`update presence.kiosk set space_id = ${net.spaces[0]!.spaceId}`.execute(net.database.db);
    expect(codeOf(await reads(code, 1))).toBe('presence.personal_code_used');
    const kept = await sql<{ count: bigint }>`select count(*) from presence.access_event`.execute(net.database.db);
    expect(kept.rows[0]!.count).toBe(1n);
  });

  test('serves no other space, and what was shown before another was chosen serves none', async () => {
    const first = await shows(0, 0);
    expect(codeOf(await reads(first, 1))).toBe('presence.personal_code_elsewhere');
    await shows(0, 1);
    expect(codeOf(await reads(first))).toBe('presence.personal_code_wrong');
  });

  test('is nobody else’s, nor anybody’s who shows none; a moved clock makes none', async () => {
    const [mine, future] = [await shows(0), await shows(0, 0, 12)];
    expect(done(await reads(mine)).personId).toBe(net.people[0]);
    expect(codeOf(await reads(future))).toBe('presence.personal_code_wrong');
    net.at(later(31));
    expect(codeOf(await reads(await shows(1)))).toBe('accepted');
    expect(codeOf(await reads(mine))).toBe('presence.personal_code_expired');
    net.at(later(180));
    expect(codeOf(await reads(future))).toBe('accepted');
    expect(codeOf(await reads('12345678'))).toBe('presence.personal_code_wrong');
    const nowhere = { kioskId: 'ksk_00000000', code: future, secrets };
    expect(codeOf(await net.work(w => readPersonalCode(w, nowhere)))).toBe('presence.unknown_kiosk');
  });

  test('ends after ten minutes, and with the person', async () => {
    await shows(0);
    net.at(later(599));
    const { codes } = (await net.work(w => personalCodes(w, worker(0), secrets)))!;
    expect(codes.length).toBeLessThanOrEqual(2);
    net.at(later(601));
    expect(await net.work(w => personalCodes(w, worker(0), secrets))).toBeNull();
    const last = await shows(0);
    await net.work(w => forgetPerson(w, { personId: net.people[0]! }));
    expect(codeOf(await reads(last))).toBe('presence.personal_code_wrong');
  });

  test('is not enough where a booking is asked for', async () => {
    const { spaceId } = net.spaces[0]!;
    done(await net.work(w => setLevel(w, operator, { spaceId, level: 'code_and_booking', from: day })));
    expect(codeOf(await reads(await shows(0)))).toBe('presence.booking_needed');
    await net.book(0, day);
    expect(codeOf(await reads(await shows(0)))).toBe('accepted');
  });
});

describe('its pages', () => {
  test('a phone shows the code that the kiosk’s form takes, without script; the kiosk’s key is needed', async () => {
    const phone = roomApp(net, [withSecrets], { actor: worker(0), now: at });
    const shown = await phone.request('/mon-espace/code', form({ espace: net.spaces[0]!.slug, request_id: 'a' }));
    expect(shown.headers.get('location')).toBe('/mon-espace/code');
    const page = await (await phone.request('/mon-espace/code')).text();
    const code = /<span aria-hidden="true">(\d{4} \d{4})</.exec(page)![1]!;
    expect(page).toContain('http-equiv="refresh"');
    const { kioskId } = net.kiosks[0]!;
    const tablet = roomApp(net, [withSecrets], { now: at });
    expect((await tablet.request(`/kiosque/${kioskId}/code`, form({ code }))).status).toBe(403);
    const { key } = done(await net.work(w => kioskKey(w, operator, { kioskId, secrets })));
    const cookie = `parvis_kiosk=${kioskId}.${key}`;
    const type = (typed: string) => {
      const sent = form({ code: typed });
      return tablet.request(`/kiosque/${kioskId}/code`, { ...sent, headers: { ...sent.headers, cookie } });
    };
    expect(await (await type(code)).text()).toContain('Arrivée notée, Prénom0 N.');
    const again = await type(code);
    expect([again.status, (await again.text()).includes('déjà servi')]).toEqual([409, true]);
    expect((await phone.request('/mon-espace/code', form({ espace: 'nulle-part' }))).status).toBe(404);
  });

  test('by the API; touching a name is offered only where the host’s list is enough', async () => {
    const { kioskId, spaceId } = net.kiosks[0]!;
    const { key } = done(await net.work(w => kioskKey(w, operator, { kioskId, secrets })));
    const phone = roomApp(net, [withSecrets], { actor: worker(0), now: at });
    const shown = await phone.request('/api/v1/personal-codes', json('POST', { space_id: spaceId }));
    const { codes } = (await shown.json()) as { codes: readonly string[] };
    const tablet = roomApp(net, [withSecrets], { now: at });
    const send = (opening: string) =>
      tablet.request(`/api/v1/kiosks/${kioskId}/personal-codes`, json('POST', { key: opening, code: codes[0] }));
    expect((await send('not the key')).status).toBe(403);
    expect(await (await send(key)).json()).toMatchObject({ name: 'Prénom0 N.', half: 'morning' });
    const sync = async () => {
      const sent = json('POST', { key, kiosk_time: at, events: [] });
      return (await (await tablet.request(`/api/v1/kiosks/${kioskId}/sync`, sent)).json()) as { by_name: boolean };
    };
    expect((await sync()).by_name).toBe(true);
    done(await net.work(w => setLevel(w, operator, { spaceId, level: 'code', from: day })));
    expect((await sync()).by_name).toBe(false);
  });
});
