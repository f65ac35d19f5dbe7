import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EveryRoom, everyRoom } from '../../tools/every-room.ts';
import { actorOf, type HostedSpace, openHostedSpace } from '../../tools/hosted-space.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { done } from '../../tools/small-network.ts';
import { book } from '../booking/booking.ts';
import type { Actor } from '../kernel/visit.ts';
import { erase } from '../people/people.ts';
import { destructions } from '../platform/destruction.ts';
import { markPresence } from '../presence/presence.ts';
import { routes } from './routes.ts';

let town: HostedSpace;
let rooms: EveryRoom;
const today = '2026-06-15';

beforeAll(async () => {
  town = await openHostedSpace(['Maya', 'Noé', 'Léa', 'Zoé', 'Ugo']);
  rooms = await everyRoom(town);
  const { space, actors, host, people } = town;
  await town.work(async work => {
    for (const who of [0, 1]) done(await book(work, actors[who]!, { spaceId: space.spaceId, day: today, part: 'day' }));
    done(await book(work, actors[3]!, { spaceId: space.spaceId, day: '2026-06-16', part: 'day' }));
    // Léa came without having booked: she is there, too.
    const marks = [{ personId: people[2]!.personId, part: 'morning' as const, present: true }];
    done(await markPresence(work, host, { spaceId: space.spaceId, day: today, marks }));
  });
});
afterAll(async () => {
  await rooms.close();
  await town.database.db.destroy();
});

const app = (who: Actor | null) => roomApp(town, [routes], { actor: who, now: '2026-06-15T09:00:00Z' });
const path = () => `/api/v1/spaces/${town.space.spaceId}/here`;
const seen = async (who: Actor) => {
  const answer = await app(who).request(path());
  return [answer.status, await answer.json()] as const;
};
const choose = (who: Actor, shown: boolean) => app(who).request(`${path()}/me`, json('PUT', { shown }));

describe('who is here today', () => {
  test('names nobody before they agree, then those who agreed, in that space', async () => {
    const [maya, , lea] = town.actors;
    expect(await seen(maya!)).toEqual([200, { day: today, first_names: [], others: 2, shown: false }]);
    for (const who of [town.actors[1]!, lea!]) expect((await choose(who, true)).status).toBe(200);
    expect(await seen(maya!)).toEqual([200, { day: today, first_names: ['Léa', 'Noé'], others: 0, shown: false }]);
    expect(await seen(lea!)).toEqual([200, { day: today, first_names: ['Noé'], others: 1, shown: true }]);
    expect((await seen(town.host))[1]).toMatchObject({ first_names: ['Léa', 'Noé'], others: 1 });
  });

  test('can be taken back, and asked twice is as asked once', async () => {
    const [maya, noe] = town.actors;
    for (const shown of [false, false]) expect(await (await choose(noe!, shown)).json()).toEqual({ shown: false });
    expect((await seen(maya!))[1]).toMatchObject({ first_names: ['Léa'], others: 1 });
    for (const shown of [true, true]) await choose(noe!, shown);
    expect((await seen(maya!))[1]).toMatchObject({ first_names: ['Léa', 'Noé'], others: 0 });
  });

  test.each([
    ['someone who comes tomorrow', () => town.actors[3]!, 403, 'hosting.not_there_today'],
    ['a host of elsewhere', () => actorOf('per_elsewhere', 'host', 'spc_elsewhere'), 403, 'hosting.not_there_today'],
    [
      'someone’s employer',
      () => actorOf('per_employer0', 'employer_admin', 'org_employer0'),
      403,
      'hosting.not_there_today',
    ],
  ])('is hidden from %s', async (_, who, status, code) => {
    const [answered, told] = await seen(who());
    expect([answered, (told as { code: string }).code]).toEqual([status, code]);
    expect(JSON.stringify(told)).not.toContain('Noé');
    const page = await app(who()).request(`/ici/${town.space.slug}`);
    expect(page.status).toBe(200);
    expect(await page.text()).not.toMatch(/Noé|Léa|autre personne/);
  });

  test('asks who you are first; bad input is told', async () => {
    expect((await app(null).request(path())).status).toBe(401);
    expect((await app(town.actors[0]!).request('/api/v1/spaces/spc_unknown00/here')).status).toBe(404);
    expect((await app(town.actors[0]!).request(`${path()}/me`, json('PUT', { shown: 'yes' }))).status).toBe(422);
    expect((await app(town.actors[0]!).request(`/ici/${town.space.slug}`, form({ montrer: 'peut-être' }))).status).toBe(
      422,
    );
  });

  test('tells no hour, no family name, and works by its form', async () => {
    const answer = await app(town.actors[0]!).request(`/ici/${town.space.slug}`, form({ montrer: 'oui' }));
    expect(answer.status).toBe(303);
    const page = await (await app(town.actors[0]!).request(answer.headers.get('location')!)).text();
    const main = page.slice(page.indexOf('<main'));
    expect(main).toContain('Ne plus montrer mon prénom');
    expect(main).not.toMatch(/Essai\d|\d h|\d:\d\d|matin/);
  });

  test('forgets the choice of whoever is erased, and records it', async () => {
    const [, noe] = town.actors;
    await town.work(async work => done(await erase(work, noe!, { personId: noe!.personId, reason: '' })));
    await rooms.hear('2026-06-15T10:00:00Z');
    const left = await sql`select from hosting.shown_name where person_id = ${noe!.personId}`.execute(town.database.db);
    expect(left.rows).toEqual([]);
    expect((await town.work(destructions)).map(one => [one.record, one.destroyed])).toContainEqual(['shown_name', 1]);
    expect((await seen(town.actors[0]!))[1]).toMatchObject({ first_names: ['Léa'] });
  });
});
