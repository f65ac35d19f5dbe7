import { beforeEach, describe, expect, test } from 'vitest';
import { actorAs, openAttendedSpaces, operator, secrets } from '../../tools/attended-spaces.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import type { Id } from '../kernel/ids.ts';
import { type Day, instant } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import type { Mount } from '../platform/http.ts';
import { checkIn, codeAt, type Level, levelFor, markPresence, setLevel, syncKiosk, walkIn } from './presence.ts';
import { routes } from './routes.ts';

const withSecrets = (mount: Mount) => routes({ ...mount, shell: { ...mount.shell, secrets } });
const day: Day = '2026-06-15';
const at = '2026-06-15T07:00:00Z';

let net: Awaited<ReturnType<typeof openAttendedSpaces>>;
let spaceId: Id<'spc'>;
beforeEach(async () => {
  net = await openAttendedSpaces(at, 3);
  spaceId = net.spaces[0]!.spaceId;
});

const asks = (level: Level, more: { from?: Day; who?: Actor } = {}) =>
  net.work(w => setLevel(w, more.who ?? operator, { spaceId, level, from: more.from ?? day }));
const types = (person: number) => {
  const { code } = codeAt(net.kiosks[0]!, { at: instant(at), secrets });
  return net.work(w => checkIn(w, actorAs(net.people[person]!), { code, secrets }));
};
const marks = (who: Actor, person: number, present = true) =>
  net.work(w =>
    markPresence(w, who, { spaceId, day, marks: [{ personId: net.people[person]!, part: 'day', present }] }),
  );
const touches = async (person: number) => {
  const events = [{ personId: net.people[person]!, method: 'kiosk_name' as const, captured_at: instant(at) }];
  return done(await net.work(w => syncKiosk(w, { kioskId: net.kiosks[0]!.kioskId, secrets, events })))[0]!;
};

describe('a space that asks for a code', () => {
  test('notes no one by hand, whoever says so, and says what to do; absences are still said', async () => {
    done(await asks('code'));
    await net.book(0, day);
    expect(codeOf(await marks(operator, 0))).toBe('presence.code_needed');
    expect(codeOf(await marks(actorAs(net.people[0]!), 0))).toBe('presence.code_needed');
    expect(codeOf(await touches(0))).toBe('presence.code_needed');
    const received = await net.work(w => walkIn(w, operator, { spaceId, email: 'p1@example.org', part: 'day' }));
    expect(codeOf(received)).toBe('presence.code_needed');
    expect(codeOf(await types(1))).toBe('accepted');
    expect(codeOf(await marks(operator, 0, false))).toBe('accepted');
  });

  test('and for a booking: one is needed, that of another day or space will not do', async () => {
    done(await asks('code_and_booking'));
    expect(codeOf(await types(0))).toBe('presence.booking_needed');
    await net.book(0, '2026-06-16');
    await net.book(0, day, 1);
    expect(codeOf(await types(0))).toBe('presence.booking_needed');
    await net.book(1, day);
    expect(codeOf(await types(1))).toBe('accepted');
  });

  test('among what a kiosk sends, each arrival is answered for itself', async () => {
    done(await asks('code_and_booking'));
    await net.book(1, day);
    const { code, counter } = codeAt(net.kiosks[0]!, { at: instant(at), secrets });
    const events = [0, 1].map(n => ({
      ...{ personId: net.people[n]!, method: 'rotating_code' as const, code, counter },
      captured_at: instant(at),
    }));
    const sent = () => net.work(w => syncKiosk(w, { kioskId: net.kiosks[0]!.kioskId, secrets, events }));
    const answers = ['presence.booking_needed', 'accepted'];
    expect(done(await sent()).map(codeOf)).toEqual(answers);
    expect(done(await sent()).map(codeOf)).toEqual(answers);
  });

  test('from its first day on, set by who manages it, today at the earliest', async () => {
    done(await asks('code', { from: '2026-06-16' }));
    expect(codeOf(await marks(operator, 0))).toBe('accepted');
    expect(await net.work(w => levelFor(w, { spaceId, day: '2026-06-16' }))).toBe('code');
    expect(codeOf(await asks('code', { from: '2026-06-14' }))).toBe('presence.rule_in_the_past');
    const host = actorAs(net.people[2]!, 'host', spaceId);
    expect(codeOf(await asks('code', { who: host }))).toBe('presence.not_manager');
    const nowhere = { spaceId: 'spc_00000000' as const, level: 'code' as const, from: day };
    expect(codeOf(await net.work(w => setLevel(w, operator, nowhere)))).toBe('presence.unknown_space');
  });

  test('is set on the page and by the API', async () => {
    const app = roomApp(net, [withSecrets], { actor: operator, now: at });
    const rules = `/accueil/${net.spaces[0]!.slug}/regles`;
    const set = await app.request(`${rules}/niveau`, form({ niveau: 'code', niveau_du: day, request_id: 'a' }));
    expect(set.headers.get('location')).toBe(`${rules}?fait=oui`);
    expect(await (await app.request(rules)).text()).toMatch(
      /<option [^>]*selected[^>]*value="code"|value="code"[^>]*selected/,
    );
    const level = `/api/v1/spaces/${spaceId}/arrival-level`;
    expect(await (await app.request(`${level}?day=${day}`)).json()).toEqual({ level: 'code' });
    const put = await app.request(level, json('POST', { level: 'host_list', from: day }));
    expect(await put.json()).toEqual({ level: 'host_list', from: day });
    expect((await app.request(level, json('POST', { level: 'none', from: day }))).status).toBe(422);
    const late = await app.request(`${rules}/niveau`, form({ niveau: 'code', niveau_du: '2026-06-01' }));
    expect([late.status, (await late.text()).includes('href="#niveau_du"')]).toEqual([422, true]);
  });
});
