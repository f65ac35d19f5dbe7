import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import type { Id } from '../kernel/ids.ts';
import { instant } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { addPersons } from '../people/people.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { declareIncident, forgetPerson, leave, purgeAccessEvents, slipOf, withdrawIncident } from './presence.ts';
import { routes } from './routes.ts';
import { insertEvents } from './store/event.ts';

const actorOf = (personId: Id<'per'>, role: Role = 'worker', scope: Id | null = null): Actor => ({
  ...{ personId, firstName: 'Nadia', memberships: [{ role, scope }] },
});
const operator = actorOf('per_99999999', 'network_operator');

let net: TestNetwork;
let space: Space;
let nadia: Actor;
const stranger = actorOf('per_00000007');
const arrives = (at: string, personId = nadia.personId) =>
  net.work(w =>
    insertEvents(w, [
      {
        ...{ eventId: w.newId('acc'), personId, spaceId: space.spaceId, day: '2026-06-16', half: 'morning' },
        ...{ method: 'own_declaration', present: true, kioskId: null, counter: null, notedBy: null, device: null },
        ...{ clock_skew_s: null, since_midnight_s: null, happened_at: instant(at), recorded_at: instant(at) },
      },
    ]),
  );
const june = { from: '2026-06-01', to: '2026-06-30' } as const;
const passes = async (who = nadia) => done(await net.work(w => slipOf(w, who, june))).passes.map(one => one.how);

beforeEach(async () => {
  net = await freshNetwork('2026-06-16T15:30:00Z');
  [space] = done(await net.work(w => addSpaces(w, operator, [sampleSpace()]))) as [Space];
  const [person] = done(
    await net.work(w =>
      addPersons(w, operator, [{ email: 'nadia@exemple.test', firstName: 'Nadia', lastName: 'Vidal' }]),
    ),
  );
  nadia = actorOf(person!.personId);
});

describe('a departure', () => {
  test('is noted once after an arrival, again after another, and not without one', async () => {
    expect(codeOf(await net.work(w => leave(w, nadia)))).toBe('presence.not_here_today');
    await arrives('2026-06-16T06:40:00Z');
    const first = done(await net.work(w => leave(w, nadia)));
    expect(done(await net.work(w => leave(w, nadia)))).toEqual(first);
    await arrives('2026-06-16T15:45:00Z');
    net.at('2026-06-16T16:00:00Z');
    expect(done(await net.work(w => leave(w, nadia))).departureId).not.toBe(first.departureId);
    expect(await passes()).toEqual(['own_declaration', 'departure', 'own_declaration', 'departure']);
    expect(await passes(stranger)).toEqual([]);
  });
});

describe('an incident', () => {
  const told = 'Chute dans l’escalier';
  const declares = (at: string, who = nadia) =>
    net.work(w => declareIncident(w, who, { spaceId: space.spaceId, at: instant(at), told }));
  const purged = async (at: string) => {
    net.at(at);
    await net.work(purgeAccessEvents);
    return passes();
  };

  test('is told by whoever came there that day, and of the past', async () => {
    await arrives('2026-06-16T06:40:00Z');
    expect(codeOf(await declares('2026-06-16T15:31:00Z'))).toBe('presence.incident_to_come');
    expect(codeOf(await declares('2026-06-15T10:00:00Z'))).toBe('presence.not_there_that_day');
    expect(codeOf(await declares('2026-06-16T10:00:00Z', stranger))).toBe('presence.not_there_that_day');
    expect(codeOf(await declares('2026-06-16T10:00:00Z'))).toBe('accepted');
  });

  test('holds the passes of its day for two years, and of nobody else', async () => {
    await arrives('2026-06-16T06:40:00Z');
    await arrives('2026-06-16T06:45:00Z', stranger.personId);
    done(await net.work(w => leave(w, nadia)));
    done(await declares('2026-06-16T10:00:00Z'));
    expect(await purged('2026-09-17T08:00:00Z')).toEqual(['own_declaration', 'departure']);
    expect(await passes(stranger)).toEqual([]);
    expect(await purged('2028-06-16T15:29:00Z')).toEqual(['own_declaration', 'departure']);
    expect(await purged('2028-06-16T15:31:00Z')).toEqual([]);
  });

  test('withdrawn by its author alone, lets them go at their term', async () => {
    await arrives('2026-06-16T06:40:00Z');
    const { incidentId } = done(await declares('2026-06-16T10:00:00Z'));
    expect(codeOf(await net.work(w => withdrawIncident(w, stranger, incidentId)))).toBe('presence.unknown_incident');
    expect(codeOf(await net.work(w => withdrawIncident(w, nadia, incidentId)))).toBe('accepted');
    expect(await purged('2026-09-17T08:00:00Z')).toEqual([]);
  });

  test('goes with its author’s departures when they are forgotten', async () => {
    await arrives('2026-06-16T06:40:00Z');
    done(await net.work(w => leave(w, nadia)));
    done(await declares('2026-06-16T10:00:00Z'));
    await net.work(w => forgetPerson(w, { personId: nadia.personId }));
    const { passes: left, incidents } = done(await net.work(w => slipOf(w, nadia, june)));
    expect([left, incidents]).toEqual([[], []]);
  });
});

describe('a slip', () => {
  const app = (actor: Actor) => roomApp(net, [routes], { actor, now: '2026-06-16T15:30:00Z' });
  test('is a page and a PDF of one’s own, with departure and incident by their forms', async () => {
    await arrives('2026-06-16T06:40:00Z');
    expect((await app(nadia).request('/mes-presences/depart', form({}))).status).toBe(303);
    const incident = { espace: space.slug, jour: '2026-06-16', heure: '11:15', recit: 'Chute <dans> l’escalier' };
    expect((await app(nadia).request('/mes-presences/incidents', form({ ...incident, heure: '25:00' }))).status).toBe(
      422,
    );
    const later = await app(nadia).request('/mes-presences/incidents', form({ ...incident, heure: '23:00' }));
    expect([later.status, (await later.text()).includes('Chute &lt;dans')]).toEqual([422, true]);
    expect((await app(nadia).request('/mes-presences/incidents', form(incident))).status).toBe(303);
    const page = await (await app(nadia).request('/mes-presences/fiche')).text();
    for (const words of [' 8:40', 'départ noté par vous', 'Chute &lt;dans', space.name]) expect(page).toContain(words);
    const pdf = await app(nadia).request('/mes-presences/fiche.pdf?du=2026-06-01&au=2026-06-30');
    expect([pdf.headers.get('content-type'), (await pdf.text()).slice(0, 5)]).toEqual(['application/pdf', '%PDF-']);
    expect(await (await app(stranger).request('/mes-presences/fiche')).text()).not.toContain(' 8:40');
  });

  test('says what is wrong with its days; the API tells passes and notes a departure', async () => {
    await arrives('2026-06-16T06:40:00Z');
    const status = async (query: string) => (await app(nadia).request(`/mes-presences/fiche?${query}`)).status;
    expect(await Promise.all([status('du=2026-06-02&au=2026-06-01'), status('du=2026-01-01&au=2026-06-01')])).toEqual([
      422, 422,
    ]);
    expect((await app(nadia).request('/api/v1/check-outs', json('POST', {}))).status).toBe(201);
    const slip = await (await app(nadia).request('/api/v1/presence-slip?from=2026-06-01&to=2026-06-30')).json();
    expect(slip).toMatchObject({ passes: [{ how: 'own_declaration', day: '2026-06-16' }, { how: 'departure' }] });
  });
});
