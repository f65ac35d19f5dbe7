import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EveryRoom, everyRoom } from '../../tools/every-room.ts';
import { actorOf, type HostedSpace, openHostedSpace } from '../../tools/hosted-space.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import type { Actor } from '../kernel/visit.ts';
import { addPersons, erase } from '../people/people.ts';
import { drawPlan, inRows, type Plan, plansOf } from './floors.ts';
import { fieldsOf } from './form.ts';
import { routes } from './routes.ts';

let town: HostedSpace;
let rooms: EveryRoom;
let manager: Actor;

beforeAll(async () => {
  town = await openHostedSpace(['Maya']);
  rooms = await everyRoom(town);
  const sheet = { email: 'maire@exemple.invalid', firstName: 'Bruno', lastName: 'Essai' };
  const [person] = done(await town.work(work => addPersons(work, town.operator, [sheet])));
  manager = actorOf(person!.personId, 'space_manager', town.space.managerId);
});
afterAll(async () => {
  await rooms.close();
  await town.database.db.destroy();
});

const app = (who: Actor | null) => roomApp(town, [routes], { actor: who, now: '2026-06-15T09:00:00Z' });
const inForce = () => town.work(work => plansOf(work, town.space.spaceId));
const draw = (floor: number, basedOn: string | null, places = inRows(town.resources).places) =>
  town.work(work =>
    drawPlan(work, manager, {
      ...{ space: town.space, floor, basedOn },
      drawing: { ...inRows(town.resources), places },
    }),
  );
const forget = async () => {
  await sql`delete from floors.place`.execute(town.database.db);
  await sql`delete from floors.plan`.execute(town.database.db);
};

describe('a plan', () => {
  test('is replaced, and the old one kept with its time', async () => {
    const first = done(await draw(0, null));
    town.at('2026-06-16T08:00:00Z');
    const second = done(await draw(0, first.planId, first.places.slice(1)));
    expect((await inForce()).map(one => [one.planId, one.places.length])).toEqual([[second.planId, 3]]);
    const page = await app(manager).request(`/plans/${town.space.slug}/0?plan=${first.planId}`);
    expect(await page.text()).toContain('Depuis 15 juin 2026, jusqu’au 16 juin 2026');
    town.at('2026-06-15T08:00:00Z');
    await forget();
  });

  test('started from one that someone replaced meanwhile is refused, and nothing is lost', async () => {
    const first = done(await draw(0, null));
    const at = (minute: number) => town.at(`2026-06-15T09:0${minute}:00Z`);
    at(1);
    const saved = await Promise.all([1, 2, 3, 4].map(() => draw(0, first.planId)));
    expect(saved.map(codeOf).toSorted()).toEqual(['accepted', ...Array(3).fill('floors.plan_changed')].toSorted());
    expect(codeOf(await draw(1, null, []))).toBe('accepted');
    const [, ground] = await inForce();
    at(2);
    expect(codeOf(await draw(2, null, ground!.places.slice(0, 1)))).toBe('floors.on_another_floor');
    await forget();
  });

  test.each([
    ['someone who comes there', () => town.actors[0]!],
    ['a host', () => town.host],
    ['a manager of elsewhere', () => actorOf('per_elsewhere', 'space_manager', 'org_elsewhere')],
  ])('is not drawn by %s', async (_, who) => {
    const path = `/api/v1/spaces/${town.space.spaceId}/plans/0`;
    const body = { ...inRows([]), based_on: null };
    const answer = await app(who()).request(path, json('PUT', body));
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([403, 'floors.not_manager']);
    expect((await app(who()).request(`/plans/${town.space.slug}`)).status).toBe(403);
    expect((await app(who()).request(`/plans/${town.space.slug}/0`)).status).toBe(403);
  });

  test('is drawn, read and taken away by the API; what is wrong is named', async () => {
    const path = `/api/v1/spaces/${town.space.spaceId}/plans`;
    const { places, ...size } = inRows(town.resources);
    const told = places.map(({ resourceId: resource_id, ...one }) => ({ resource_id, ...one }));
    const put = async (more: object, floor: number | string = 0) => {
      const body = { ...size, places: told, based_on: null, ...more };
      const answer = await app(manager).request(`${path}/${floor}`, json('PUT', body));
      return { status: answer.status, told: (await answer.json()) as { code: string; plan_id: string } };
    };
    expect((await put({ places: told.map(one => ({ ...one, x_cm: 0 })) })).told.code).toBe('floors.places_overlap');
    expect((await put({ places: [{ ...told[0], turn_deg: 45 }] })).status).toBe(422);
    expect((await put({}, 61)).told.code).toBe('floors.unknown_floor');
    expect((await put({}, 'toit')).status).toBe(422);
    const first = await put({});
    expect(first.status).toBe(200);
    const read = (await (await app(null).request(path)).json()) as { plans: readonly { places: unknown }[] };
    expect(read.plans.map(one => one.places)).toEqual([told]);
    expect((await put({})).told.code).toBe('floors.plan_changed');
    const gone = await app(manager).request(`${path}/0?based_on=${first.told.plan_id}`, { method: 'DELETE' });
    expect([gone.status, await inForce()]).toEqual([200, []]);
    await forget();
  });

  test('is drawn by its form, without a script; refused, it comes back as typed', async () => {
    const path = `/plans/${town.space.slug}/0`;
    const start = await (await app(manager).request(path)).text();
    expect(start).toContain('Garder ce plan');
    const fields = fieldsOf(inRows(town.resources));
    const [one, other] = town.resources;
    const over = { [`x-${one!.resourceId}`]: fields[`x-${other!.resourceId}`]! };
    const refused = await app(manager).request(path, form({ ...fields, ...over, noms: '10 20 Entrée' }));
    expect(refused.status).toBe(422);
    expect(await refused.text()).toMatch(/se recouvrent[\s\S]*10 20 Entrée/);
    expect((await app(manager).request(path, form({ ...fields, largeur: '' }))).status).toBe(422);
    expect((await app(manager).request(path, form(fields))).status).toBe(303);
    const [plan] = (await inForce()) as [Plan];
    const sent = await app(manager).request(`${path}/retirer`, form({ base: plan.planId }));
    expect([sent.status, await inForce()]).toEqual([303, []]);
    expect((await app(manager).request('/plans/nulle-part')).status).toBe(404);
    expect((await app(manager).request(`/plans/${town.space.slug}/toit`)).status).toBe(404);
    await forget();
  });

  test('names whoever drew it no longer, once they are erased', async () => {
    done(await draw(0, null));
    await town.work(async work => done(await erase(work, manager, { personId: manager.personId, reason: '' })));
    await rooms.hear('2026-06-15T10:00:00Z');
    const rows = await sql<{ drawn_by: string | null }>`select drawn_by from floors.plan`.execute(town.database.db);
    expect(rows.rows).toEqual([{ drawn_by: null }]);
    await forget();
  });
});

describe('whatever the program does, the database refuses', () => {
  const attack = async (change: (plan: Plan) => Promise<unknown>): Promise<string> => {
    await forget();
    const plan = done(await draw(0, null));
    const caught = await change(plan).then(
      () => null,
      (error: unknown) => error as { constraint: string },
    );
    return caught?.constraint ?? 'accepted';
  };
  const first = () => town.resources[0]!.resourceId;

  test.each<[string, (plan: Plan) => Promise<unknown>]>([
    [
      'one_plan_per_floor_at_a_time',
      plan =>
        sql`insert into floors.plan select network_id, 'pln_twin00000', space_id, floor,
      width_cm, depth_cm, walls, labels, during, drawn_by from floors.plan where plan_id = ${plan.planId}`.execute(
          town.database.db,
        ),
    ],
    [
      'no_two_places_overlap_on_a_plan',
      plan =>
        sql`update floors.place set x_cm = ${plan.places[1]!.x_cm + 1}
      where resource_id = ${first()}`.execute(town.database.db),
    ],
    [
      'a_place_lies_on_its_floor',
      plan =>
        sql`update floors.place set x_cm = ${plan.width_cm}, y_cm = ${plan.depth_cm}
      where resource_id = ${first()}`.execute(town.database.db),
    ],
    [
      'one_resource_once_on_the_plans',
      async plan => {
        await sql`insert into floors.plan select network_id, 'pln_above0000', space_id, 1, width_cm, depth_cm, walls, labels,
        during, drawn_by from floors.plan where plan_id = ${plan.planId}`.execute(town.database.db);
        await sql`insert into floors.place (network_id, plan_id, space_id, floor_width_cm, floor_depth_cm, during, resource_id,
          x_cm, y_cm, width_cm, depth_cm, turn_deg)
        select network_id, 'pln_above0000', space_id, floor_width_cm, floor_depth_cm, during, resource_id, x_cm, y_cm,
          width_cm, depth_cm, turn_deg from floors.place where resource_id = ${first()}`.execute(town.database.db);
      },
    ],
    [
      'a_place_follows_its_plan',
      () =>
        sql`update floors.place set floor_width_cm = floor_width_cm + 500
      where resource_id = ${first()}`.execute(town.database.db),
    ],
  ])('%s', async (rule, change) => {
    expect(await attack(change)).toBe(rule);
  });
});
