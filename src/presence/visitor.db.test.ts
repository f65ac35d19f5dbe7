import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { actorAs, openAttendedSpaces, secrets } from '../../tools/attended-spaces.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import type { Id } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import { destructions } from '../platform/destruction.ts';
import type { Mount } from '../platform/http.ts';
import { purgeVisitors } from './jobs/visitors.ts';
import { attestDay, buildingNow, leave, receiveVisitor, visitorLeaves } from './presence.ts';
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
const receives = (name: string, who = host()) => net.work(w => receiveVisitor(w, who, { spaceId, name }));
const building = async () => done(await net.work(w => buildingNow(w, host(), spaceId)));

describe('a visitor', () => {
  test('is on the day’s list, is no presence, and goes after thirty days; the destruction is recorded', async () => {
    done(await receives(' Mme Roux '));
    expect((await building()).visitors.map(one => one.name)).toEqual(['Mme Roux']);
    const events = await sql<{ count: bigint }>`select count(*) from presence.access_event`.execute(net.database.db);
    expect(events.rows[0]!.count).toBe(0n);
    net.at('2026-06-16T01:00:00Z');
    expect(done(await net.work(w => attestDay(w, { day, secrets }))).attestationIds).toEqual([]);
    expect((await building()).visitors).toEqual([]);
    const kept = async () =>
      (await sql<{ count: bigint }>`select count(*) from presence.visitor`.execute(net.database.db)).rows[0]!.count;
    net.at('2026-07-15T03:00:00Z');
    await net.work(purgeVisitors);
    expect(await kept()).toBe(1n);
    net.at('2026-07-16T03:00:00Z');
    await net.work(purgeVisitors);
    expect(await kept()).toBe(0n);
    expect((await net.work(destructions)).map(one => [one.record, one.destroyed])).toEqual([['visitor', 1]]);
  });

  test('is noted by who receives people there, under a name, and leaves once', async () => {
    expect(codeOf(await receives('Mme Roux', actorAs(net.people[0]!)))).toBe('presence.not_host');
    expect(codeOf(await receives('   '))).toBe('presence.visitor_without_name');
    expect(codeOf(await receives('x'.repeat(121)))).toBe('presence.visitor_without_name');
    const { visitorId } = done(await receives('Mme Roux'));
    net.at('2026-06-15T08:00:00Z');
    const gone = done(await net.work(w => visitorLeaves(w, host(), visitorId)));
    net.at('2026-06-15T09:00:00Z');
    expect(done(await net.work(w => visitorLeaves(w, host(), visitorId))).leftAt).toEqual(gone.leftAt);
    expect(codeOf(await net.work(w => visitorLeaves(w, host(), 'vis_00000000')))).toBe('presence.unknown_visitor');
    expect(codeOf(await net.work(w => visitorLeaves(w, actorAs(net.people[0]!), visitorId)))).toBe('presence.not_host');
  });
});

describe('who is in the building', () => {
  test('is whoever was noted today and did not note that they left, or came again since', async () => {
    for (const n of [0, 1]) await net.come(n, `2026-06-15T07:0${n}:00Z`);
    net.at('2026-06-15T10:00:00Z');
    done(await net.work(w => leave(w, actorAs(net.people[0]!))));
    const names = async () => (await building()).people.map(one => one.firstName);
    expect(await names()).toEqual(['Prénom1']);
    await net.come(0, '2026-06-15T11:00:00Z');
    expect(await names()).toEqual(['Prénom0', 'Prénom1']);
    expect(codeOf(await net.work(w => buildingNow(w, actorAs(net.people[0]!), spaceId)))).toBe('presence.not_host');
  });

  test('on a page to print, and by the API', async () => {
    await net.come(0, '2026-06-15T07:00:00Z');
    const app = roomApp(net, [withSecrets], { actor: host(), now: '2026-06-15T07:05:00Z' });
    const page = `/accueil/${net.spaces[0]!.slug}/presents`;
    expect((await app.request(page, form({ nom: 'M. Petit', request_id: 'a' }))).status).toBe(303);
    const list = await (await app.request(page)).text();
    expect(list).toContain('Prénom0 Nom');
    expect(list).toContain('M. Petit');
    const visiteur = /name="visiteur" value="([^"]+)"/.exec(list)![1]!;
    expect((await app.request(`${page}/parti`, form({ visiteur, request_id: 'b' }))).status).toBe(303);
    expect((await app.request(page, form({ nom: '' }))).status).toBe(422);
    const visitors = `/api/v1/spaces/${spaceId}/visitors`;
    const noted = await app.request(visitors, json('POST', { name: 'Mme Roux' }));
    const { visitor_id } = (await noted.json()) as { visitor_id: string };
    expect((await app.request(`/api/v1/visitors/${visitor_id}/leave`, json('POST'))).status).toBe(200);
    const told = (await (await app.request(visitors)).json()) as { people_present: number; visitors: unknown[] };
    expect([told.people_present, told.visitors.length]).toEqual([1, 2]);
    const stranger = roomApp(net, [withSecrets], { actor: actorAs(net.people[0]!), now: at });
    expect([(await stranger.request(page)).status, (await stranger.request(visitors)).status]).toEqual([403, 403]);
  });
});
