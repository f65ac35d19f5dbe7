import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { actorAs, openAttendedSpaces, operator, secrets } from '../../tools/attended-spaces.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import type { Id } from '../kernel/ids.ts';
import { type Day, instant } from '../kernel/time.ts';
import type { Mount } from '../platform/http.ts';
import { badgesAt, badgesOf, forgetPerson, giveBadge, noteBadge, setLevel, withdrawBadge } from './presence.ts';
import { routes } from './routes.ts';

const withSecrets = (mount: Mount) => routes({ ...mount, shell: { ...mount.shell, secrets } });
const day: Day = '2026-06-15';
const at = '2026-06-15T07:00:00Z';

let net: Awaited<ReturnType<typeof openAttendedSpaces>>;
let spaceId: Id<'spc'>;
beforeEach(async () => {
  net = await openAttendedSpaces(at, 4);
  spaceId = net.spaces[0]!.spaceId;
});

const host = () => actorAs(net.people[3]!, 'host', spaceId);
const gives = (person: number, number: string, who = host()) =>
  net.work(w => giveBadge(w, who, { spaceId, email: `p${person}@example.org`, number, secrets }));
const passes = (number: string, more: { eventId?: string; at?: string; who?: ReturnType<typeof host> } = {}) =>
  net.work(w =>
    noteBadge(w, more.who ?? host(), {
      ...{ eventId: more.eventId ?? 'door-1', spaceId, number },
      ...{ happened_at: instant(more.at ?? at), secrets },
    }),
  );
const events = async () =>
  (await sql<{ count: bigint }>`select count(*) from presence.access_event`.execute(net.database.db)).rows[0]!.count;

describe('a badge', () => {
  test('read by a door is one proof, never more: it may be lent', async () => {
    done(await gives(0, '04:A1:B2:C3'));
    await net.book(0, day);
    expect(done(await passes('04a1b2c3'))).toMatchObject({ method: 'badge', personId: net.people[0], kioskId: null });
    await net.attest(day, '2026-06-16');
    expect((await net.of(0, day)).map(one => [one.halves, one.evidenceClass])).toEqual([[2, 'B']]);
  });

  test('its passage is told once, whoever tells it at the same time; an id says one thing only', async () => {
    done(await gives(0, '04a1b2c3'));
    done(await gives(1, '04a1b2c4'));
    const twice = await Promise.all([passes('04a1b2c3'), passes('04a1b2c3')]);
    expect(twice.map(one => done(one).eventId)).toEqual([done(twice[0]!).eventId, done(twice[0]!).eventId]);
    expect(await events()).toBe(1n);
    expect(codeOf(await passes('04a1b2c4'))).toBe('presence.event_id_reused');
    expect(codeOf(await passes('04a1b2c3', { at: '2026-06-15T07:00:30Z' }))).toBe('presence.event_id_reused');
    expect(codeOf(await passes('04a1b2c4', { eventId: 'door-2' }))).toBe('accepted');
  });

  test('that is nobody’s leaves no trace; nor does one withdrawn, of another space, or before it was given', async () => {
    expect(codeOf(await passes('04ffffff'))).toBe('presence.unknown_badge');
    const { badgeId } = done(await gives(0, '04a1b2c3'));
    expect(codeOf(await passes('04a1b2c3', { at: '2026-06-15T06:59:00Z' }))).toBe('presence.unknown_badge');
    const elsewhere = { eventId: 'x', spaceId: net.spaces[1]!.spaceId, number: '04a1b2c3', happened_at: instant(at) };
    expect(codeOf(await net.work(w => noteBadge(w, operator, { ...elsewhere, secrets })))).toBe(
      'presence.unknown_badge',
    );
    done(await net.work(w => withdrawBadge(w, actorAs(net.people[0]!), badgeId)));
    expect(codeOf(await passes('04a1b2c3'))).toBe('presence.unknown_badge');
    expect(await events()).toBe(0n);
  });

  test('of a time to come or too long ago, or told by someone else, is refused', async () => {
    done(await gives(0, '04a1b2c3'));
    expect(codeOf(await passes('04a1b2c3', { at: '2026-06-15T07:02:00Z' }))).toBe('presence.captured_in_the_future');
    expect(codeOf(await passes('04a1b2c3', { at: '2026-05-15T07:00:00Z' }))).toBe('presence.captured_too_long_ago');
    expect(codeOf(await passes('!'))).toBe('presence.badge_number_unreadable');
    expect(codeOf(await passes('04a1b2c3', { who: actorAs(net.people[0]!) }))).toBe('presence.not_host');
    done(await net.work(w => setLevel(w, operator, { spaceId, level: 'code_and_booking', from: day })));
    expect(codeOf(await passes('04a1b2c3'))).toBe('presence.booking_needed');
  });

  test('is one person’s in a space, known by a hash, and goes with them', async () => {
    const { badgeId } = done(await gives(0, '04a1b2c3'));
    expect(codeOf(await gives(1, '04-A1-B2-C3'))).toBe('presence.badge_registered');
    expect(codeOf(await gives(9, '04a1b2c5'))).toBe('presence.unknown_person');
    expect(codeOf(await gives(1, 'x'))).toBe('presence.badge_number_unreadable');
    expect(codeOf(await gives(1, '04a1b2c5', actorAs(net.people[1]!)))).toBe('presence.not_host');
    expect(codeOf(await net.work(w => withdrawBadge(w, actorAs(net.people[1]!), badgeId)))).toBe(
      'presence.badge_not_yours',
    );
    const kept = await sql<{ text: string }>`select row_to_json(b)::text as text from presence.badge b`.execute(
      net.database.db,
    );
    expect(kept.rows[0]!.text).not.toContain('04a1b2c3');
    expect(await net.work(w => badgesOf(w, actorAs(net.people[0]!)))).toHaveLength(1);
    await net.work(w => forgetPerson(w, { personId: net.people[0]! }));
    expect(done(await net.work(w => badgesAt(w, host(), spaceId)))).toEqual([]);
  });
});

describe('its pages and its endpoints', () => {
  const desk = () => roomApp(net, [withSecrets], { actor: host(), now: at });
  const bearer = () => roomApp(net, [withSecrets], { actor: actorAs(net.people[0]!), now: at });

  test('a host gives a badge; its bearer sees it and withdraws it', async () => {
    const page = `/accueil/${net.spaces[0]!.slug}/badges`;
    const given = await desk().request(page, form({ email: 'p0@example.org', numero: '04A1B2C3' }));
    expect(given.headers.get('location')).toBe(page);
    expect(await (await desk().request(page)).text()).toContain('Prénom0 Nom');
    const again = await desk().request(page, form({ email: 'p1@example.org', numero: '04A1B2C3' }));
    expect([again.status, (await again.text()).includes('href="#numero"')]).toEqual([409, true]);
    const own = await (await bearer().request('/mon-espace/code')).text();
    const badge = /name="badge" value="([^"]+)"/.exec(own)![1]!;
    const gone = await bearer().request('/mon-espace/badges/retirer', form({ badge, request_id: 'a' }));
    expect(gone.headers.get('location')).toBe('/mon-espace/code');
    expect(await (await desk().request(page)).text()).toContain('Aucun badge');
    expect((await bearer().request(page)).status).toBe(403);
  });

  test('by the API, as a door does', async () => {
    const badges = `/api/v1/spaces/${spaceId}/badges`;
    const given = await desk().request(badges, json('POST', { email: 'p0@example.org', number: '04a1b2c3' }));
    const { badge_id } = (await given.json()) as { badge_id: string };
    const passage = {
      event_id: 'p-17',
      space_id: spaceId,
      badge: '04:A1:B2:C3',
      happened_at: '2026-06-15T09:00:00+02:00',
    };
    const told = () => desk().request('/api/v1/badge-events', json('POST', passage));
    const first = await (await told()).json();
    expect(first).toMatchObject({ day, half: 'morning' });
    expect(await (await told()).json()).toEqual(first);
    expect(await (await desk().request(badges)).json()).toEqual({
      badges: [{ badge_id, space_id: spaceId, person_id: net.people[0] }],
    });
    expect((await desk().request(`/api/v1/badges/${badge_id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await desk().request('/api/v1/badge-events', json('POST', { ...passage, event_id: '' }))).status).toBe(422);
  });
});
