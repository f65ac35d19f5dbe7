import { beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, roomApp } from '../../tools/room-app.ts';
import { done } from '../../tools/small-network.ts';
import type { Id } from '../kernel/ids.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { addPersons } from '../people/people.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, resourcesOf, type Space } from '../spaces/spaces.ts';
import { type Booking, book, bookingsOf } from './booking.ts';
import { routes } from './routes.ts';

const actor = (personId: Id<'per'>, role: Role = 'worker', scope: Id | null = null): Actor => ({
  personId,
  firstName: 'Maya',
  memberships: [{ role, scope }],
});

let net: TestNetwork;
let space: Space;
let maya: Id<'per'>;
let held: Booking;
const operator = actor('per_operator0', 'network_operator');
const host = () => actor('per_hosting00', 'host', space.spaceId);
const app = (who: Actor) => roomApp(net, [routes], { actor: who });
const week = () => `/planning/${space.slug}?vue=semaine&jour=2026-06-18`;

beforeAll(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  [space] = done(await net.work(w => addSpaces(w, operator, [sampleSpace()]))) as [Space];
  const sheet = { email: 'maya@example.org', firstName: 'Maya', lastName: 'Essai' };
  maya = done(await net.work(w => addPersons(w, operator, [sheet])))[0]!.personId;
  held = done(
    await net.work(w => book(w, actor(maya), { spaceId: space.spaceId, day: '2026-06-18', part: 'morning' })),
  );
});

describe('the planning board', () => {
  test('shows a host who has what, by day, week and month, and the same as a list', async () => {
    for (const view of ['jour', 'semaine', 'mois']) {
      const page = await (await app(host()).request(`/planning/${space.slug}?vue=${view}&jour=2026-06-18`)).text();
      expect(page).toContain('Maya E.');
      expect(page).toContain('La même chose en liste');
    }
  });

  test('is closed to whoever does not receive people there', async () => {
    for (const who of [actor(maya), actor('per_elsewhere', 'host', 'spc_elsewhere')])
      expect((await app(who).request(week())).status).toBe(403);
    const sent = { vue: 'semaine', vers: '2026-06-18', jour: '2026-06-18', moment: 'matin', poste: held.resourceId };
    const asked = await app(actor(maya)).request(
      `/planning/${space.slug}/reserver`,
      form({ ...sent, email: 'maya@example.org' }),
    );
    expect(asked.status).toBe(403);
  });

  test('picks a booking up and puts it down, without a script; refused, it says why and holds it still', async () => {
    const picked = await (await app(host()).request(`${week()}&deplacer=${held.bookingId}`)).text();
    expect(picked).toContain('Vous déplacez Maya E.');
    const [, other] = await net.work(w => resourcesOf(w, [space.spaceId]));
    const down = (jour: string) =>
      app(host()).request(
        `/planning/${space.slug}/deplacer`,
        form({
          ...{ vue: 'semaine', vers: '2026-06-18', reservation: held.bookingId },
          ...{ jour, moment: 'matin', poste: other!.resourceId },
        }),
      );
    const closed = await down('2026-06-21');
    expect(closed.status).toBe(409);
    expect(await closed.text()).toContain('Vous déplacez Maya E.');
    expect((await down('2026-06-17')).status).toBe(303);
    const mine = await net.work(w => bookingsOf(w, { personId: maya, from: '2026-06-15', to: '2026-06-21' }));
    expect(mine.map(one => [one.day, one.resourceId])).toEqual([['2026-06-17', other!.resourceId]]);
  });

  test('books a free place for someone; an address that nobody has is told on the form', async () => {
    const [first] = await net.work(w => resourcesOf(w, [space.spaceId]));
    const sent = {
      vue: 'semaine',
      vers: '2026-06-18',
      jour: '2026-06-19',
      moment: 'journee',
      poste: first!.resourceId,
    };
    const ask = (email: string) => app(host()).request(`/planning/${space.slug}/reserver`, form({ ...sent, email }));
    const unknown = await ask('nobody@example.org');
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toContain('Personne du réseau n’a cette adresse');
    expect((await ask('maya@example.org')).status).toBe(303);
    const mine = await net.work(w => bookingsOf(w, { personId: maya, from: '2026-06-19', to: '2026-06-19' }));
    expect(mine).toHaveLength(1);
  });
});
