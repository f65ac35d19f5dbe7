import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actorOf, type HostedSpace, openHostedSpace } from '../../tools/hosted-space.ts';
import { roomApp } from '../../tools/room-app.ts';
import { done } from '../../tools/small-network.ts';
import { book, cancel } from '../booking/booking.ts';
import { addDays, type Day } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { routes } from './routes.ts';

let town: HostedSpace;
const monday: Day = '2026-06-15';

beforeAll(async () => {
  town = await openHostedSpace(['Maya', 'Noé']);
  const { space, actors } = town;
  const take = (who: number, day: Day, part: 'morning' | 'day') =>
    town.work(async work => done(await book(work, actors[who]!, { spaceId: space.spaceId, day, part })));
  for (const who of [0, 1]) await take(who, addDays(monday, 1), 'day');
  await take(0, addDays(monday, 3), 'morning');
  const given = await take(1, addDays(monday, 3), 'morning');
  await town.work(async work => done(await cancel(work, actors[1]!, { bookingId: given.bookingId })));
});
afterAll(() => town.database.db.destroy());

const ask = (who: Actor | null, path: string, now = '2026-06-15T08:00:00Z') =>
  roomApp(town, [routes], { actor: who, now }).request(path);

interface Told {
  readonly half_days: readonly { day: Day; half: string; taken: number; total: number }[];
  readonly weekdays: readonly { weekday: number; taken: number; total: number }[];
}

describe('how full a space is', () => {
  test('is told by half-day for fifteen days, given-back places apart', async () => {
    const answer = await ask(town.host, `/api/v1/spaces/${town.space.spaceId}/occupancy?kind=desk`);
    const { half_days } = (await answer.json()) as Told;
    expect(half_days).toHaveLength(30);
    const taken = half_days.filter(one => one.taken > 0);
    expect(taken.map(one => [one.day, one.half, one.taken, one.total])).toEqual([
      ['2026-06-16', 'morning', 2, 3],
      ['2026-06-16', 'afternoon', 2, 3],
      ['2026-06-18', 'morning', 1, 3],
    ]);
  });

  test('and, once past, by day of the week', async () => {
    const path = `/api/v1/spaces/${town.space.spaceId}/occupancy`;
    const { weekdays } = (await (await ask(town.host, path, '2026-07-13T08:00:00Z')).json()) as Told;
    // Four Tuesdays but 14 July is ahead: 16, 23, 30 June and 7 July, eight halves of four places.
    expect(weekdays.find(one => one.weekday === 2)).toEqual({ weekday: 2, taken: 4, total: 32 });
    expect(weekdays.find(one => one.weekday === 6)).toBeUndefined();
  });

  test.each([
    ['someone who comes there', () => town.actors[0]!],
    ['a host of elsewhere', () => actorOf('per_elsewhere', 'host', 'spc_elsewhere')],
  ])('is told to no one else: %s', async (_, who) => {
    const answer = await ask(who(), `/api/v1/spaces/${town.space.spaceId}/occupancy`);
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'hosting.not_host']);
    expect((await ask(who(), `/hote/${town.space.slug}/occupation`)).status).toBe(403);
  });

  test('on a page, with its figures in a table and the way to each day', async () => {
    const page = await (await ask(town.host, `/hote/${town.space.slug}/occupation?genre=desk`)).text();
    expect(page).toContain('Le plus rempli\u00a0: mardi 16 juin matin (2 sur 3)');
    expect(page).toContain(`/planning/${town.space.slug}?vue=jour&amp;jour=2026-06-16`);
    expect(page).toContain('<table');
    expect((await ask(town.host, `/hote/${town.space.slug}/occupation?genre=bureau`)).status).toBe(200);
    expect((await ask(town.host, '/hote/nulle-part/occupation')).status).toBe(404);
  });
});
