import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import type { Id } from '../kernel/ids.ts';
import { addDays, type Day, type DayPart } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { book, setPolicy } from './booking.ts';
import { defaultPolicy } from './policy.ts';
import { routes } from './routes.ts';

const person = (n: number, role: Role = 'worker', scope: Id | null = null): Actor => ({
  personId: `per_${String(n).padStart(8, '0')}`,
  firstName: `Personne ${n}`,
  memberships: [{ role, scope }],
});
const operator = person(99, 'network_operator');

let net: TestNetwork;
let space: Space;
const monday: Day = '2026-06-15';
const books = (day: Day, part: DayPart, who = person(1)) =>
  net.work(w => book(w, who, { spaceId: space.spaceId, day, part }));

beforeEach(async () => {
  net = await freshNetwork('2026-06-12T08:00:00Z');
  [space] = done(await net.work(w => addSpaces(w, operator, [sampleSpace()]))) as [Space];
});

const shares = (half_days_a_week: number | null) =>
  net.work(w =>
    setPolicy(w, operator, { ...defaultPolicy, half_days_a_week, spaceId: space.spaceId, from: '2026-06-12' }),
  );

describe('a share of the week', () => {
  test('is not passed by ten bookings asked for at once, each by its own connection', async () => {
    await shares(3);
    const halves = [0, 1, 2, 3, 4].flatMap(n => [
      [addDays(monday, n), 'morning'] as const,
      [addDays(monday, n), 'afternoon'] as const,
    ]);
    const got = (await Promise.all(halves.map(([day, part]) => books(day, part)))).map(codeOf);
    expect(got.filter(one => one === 'accepted')).toHaveLength(3);
    expect(new Set(got)).toEqual(new Set(['accepted', 'booking.quota_reached']));
    expect(codeOf(await books(addDays(monday, 7), 'morning'))).toBe('accepted');
  });
});

describe('why was I refused?', () => {
  const app = (actor: Actor) => roomApp(net, [routes], { actor });
  test('the page and the API say each rule, what it said, and the refusal that booking gives', async () => {
    await shares(1);
    done(await books(monday, 'morning'));
    const query = `space_id=${space.spaceId}&day=${addDays(monday, 1)}&part=morning`;
    const told = (await (await app(person(1)).request(`/api/v1/bookings/explained?${query}`)).json()) as {
      granted: boolean;
      rules: { rule: string; said: string; code: string | null }[];
    };
    const refused = { rule: 'within_quota', said: 'refused', code: 'booking.quota_reached' };
    expect([told.granted, told.rules.at(-2)]).toMatchObject([false, refused]);
    expect(told.rules.at(-1)).toMatchObject({ rule: 'payable', said: 'not_asked', code: null });
    expect(codeOf(await books(addDays(monday, 1), 'morning'))).toBe(refused.code);
    const address = `/reserver/pourquoi?espace=${space.slug}&jour=${addDays(monday, 1)}&moment=matin`;
    const page = await (await app(person(1)).request(address)).text();
    expect(page).toContain('Cette demande serait refusée.');
    expect(page).toContain('pas demandé');
    expect(page).not.toContain('Changer les règles');
    expect(await (await app(operator).request(address)).text()).toContain('Changer les règles');
    const other = (await (await app(person(2)).request(`/api/v1/bookings/explained?${query}`)).json()) as {
      granted: boolean;
    };
    expect(other.granted).toBe(true);
  });

  test('of someone else is for their host; a strange address is refused', async () => {
    const query = `space_id=${space.spaceId}&day=${monday}&part=morning&person_id=per_00000001`;
    const asked = async (actor: Actor) => (await app(actor).request(`/api/v1/bookings/explained?${query}`)).status;
    expect([await asked(person(2)), await asked(person(9, 'host', space.spaceId))]).toEqual([403, 200]);
    expect(
      (await app(person(1)).request('/reserver/pourquoi?espace=nulle-part&jour=2026-06-15&moment=matin')).status,
    ).toBe(404);
    expect((await app(person(1)).request('/reserver/pourquoi?espace=x&jour=demain&moment=matin')).status).toBe(422);
  });
});
