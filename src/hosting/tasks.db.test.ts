import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type EveryRoom, everyRoom } from '../../tools/every-room.ts';
import { actorOf, type HostedSpace, openHostedSpace } from '../../tools/hosted-space.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { book } from '../booking/booking.ts';
import type { Actor } from '../kernel/visit.ts';
import { erase } from '../people/people.ts';
import { destructions } from '../platform/destruction.ts';
import type { Mail } from '../platform/mail.ts';
import { addTask, purge, setDone } from './hosting.ts';
import { routes } from './routes.ts';

let town: HostedSpace;
let rooms: EveryRoom;
const mails: Mail[] = [];
const today = '2026-06-15';

beforeAll(async () => {
  town = await openHostedSpace(['Maya', 'Noé']);
  rooms = await everyRoom(town, { post: async mail => void mails.push(mail) });
});
afterAll(async () => {
  await rooms.close();
  await town.database.db.destroy();
});

const app = (who: Actor | null) => roomApp(town, [routes], { actor: who, now: '2026-06-15T09:00:00Z' });
const ask = async (path: string, init?: RequestInit, who: Actor | null = town.host) => {
  const answer = await app(who).request(`/api/v1${path}`, init);
  return { status: answer.status, told: (await answer.json()) as Told };
};
interface Told {
  readonly code: string;
  readonly task_id: string;
  readonly rule_id: string;
  readonly done_at: string | null;
  readonly done_by: string | null;
  readonly open: readonly Told[];
  readonly done: readonly Told[];
  readonly title: string;
}
const tasks = () => `/spaces/${town.space.spaceId}/tasks`;
const sheet = async (day = today) => (await ask(`${tasks()}?day=${day}`)).told;
const add = (body: object) => ask(tasks(), json('POST', { kind: 'other', title: 'Ampoule', due_on: today, ...body }));

describe('a host’s tasks', () => {
  test('are asked for, done once by whoever came first, and taken up again', async () => {
    const { status, told } = await add({});
    expect(status).toBe(201);
    expect((await sheet()).open.map(one => one.title)).toEqual(['Ampoule']);
    const path = `/tasks/${told.task_id}/done`;
    const first = await ask(path, json('PUT', { done: true }));
    const second = await ask(path, json('PUT', { done: true }), town.operator);
    expect(first.told.done_by).toBe(town.host.personId);
    expect(second.told).toEqual(first.told);
    expect((await ask(`/tasks/${told.task_id}`, json('DELETE'))).told.code).toBe('hosting.already_done');
    expect((await ask(path, json('PUT', { done: false }))).told.done_at).toBeNull();
    expect((await ask(`/tasks/${told.task_id}`, json('DELETE'))).status).toBe(200);
    expect((await sheet()).open).toEqual([]);
  });

  test('that come again are asked for each working day that opens, and done day by day', async () => {
    const asked = { kind: 'cleaning', title: 'Café', first_day: today, weekday: null };
    const { told } = await ask(`/spaces/${town.space.spaceId}/task-rules`, json('POST', asked));
    const titles = async (day: string) => (await sheet(day)).open.map(one => one.title);
    expect([await titles(today), await titles('2026-06-20')]).toEqual([['Café'], []]);
    // 14 July is a public holiday: the space does not open.
    expect(await titles('2026-07-14')).toEqual([]);
    const path = `/task-rules/${told.rule_id}/days/${today}/done`;
    const marked = await Promise.all([1, 2, 3, 4].map(() => ask(path, json('PUT', { done: true }))));
    expect(new Set(marked.map(one => one.told.task_id)).size).toBe(1);
    expect([await titles(today), await titles('2026-06-16')]).toEqual([[], ['Café']]);
    expect((await ask(path, json('PUT', { done: false }))).told.task_id).toBeNull();
    expect(await titles(today)).toEqual(['Café']);
    const early = `/task-rules/${told.rule_id}/days/2026-06-16/done`;
    expect((await ask(early, json('PUT', { done: true }))).told.code).toBe('hosting.task_to_come');
    for (const _ of [1, 2]) expect((await ask(`/task-rules/${told.rule_id}`, json('DELETE'))).status).toBe(200);
    expect(await titles(today)).toEqual([]);
  });

  test('are late until they are done', async () => {
    const { told } = await add({ title: 'Clés' });
    expect((await sheet('2026-06-18')).open.map(one => one.title)).toEqual(['Clés']);
    await ask(`/tasks/${told.task_id}`, json('DELETE'));
  });

  test.each<[string, () => Promise<{ status: number; told: Told }>, number, string]>([
    ['by someone who comes there', () => ask(`${tasks()}?day=${today}`, {}, town.actors[0]), 403, 'hosting.not_host'],
    ['without words', () => add({ title: '  ' }), 422, 'hosting.bad_title'],
    ['for yesterday', () => add({ due_on: '2026-06-14' }), 422, 'hosting.task_in_the_past'],
    ['for a day that is none', () => add({ due_on: '2026-02-30' }), 422, 'request.invalid'],
    ['for nobody we know', () => add({ person_id: 'per_nobody000' }), 404, 'hosting.unknown_person'],
    ['that is none', () => ask('/tasks/tsk_none00000/done', json('PUT', { done: true })), 404, 'hosting.unknown_task'],
    [
      'of no rule',
      () => ask(`/task-rules/trl_none00000/days/${today}/done`, json('PUT', { done: true })),
      404,
      'hosting.unknown_task',
    ],
  ])('asked %s are refused', async (_, asked, status, code) => {
    const answer = await asked();
    expect([answer.status, answer.told.code]).toEqual([status, code]);
  });

  test('of another space are not found by its host', async () => {
    const { told } = await add({});
    const elsewhere = actorOf('per_elsewhere', 'host', 'spc_elsewhere');
    const refused = await town.work(work => setDone(work, elsewhere, { taskId: told.task_id, done: true }));
    expect(codeOf(refused)).toBe('hosting.unknown_task');
    await ask(`/tasks/${told.task_id}`, json('DELETE'));
  });
});

describe('a parcel', () => {
  test('is told by mail, once, to whom it is for, after commit; handed over, to nobody', async () => {
    const { space, people, host } = town;
    const parcel = { space, kind: 'parcel', dueOn: today, person: { email: people[0]!.email } } as const;
    const kept = await town.work(async work => done(await addTask(work, host, { ...parcel, title: 'Deux cartons' })));
    const gone = await town.work(async work => done(await addTask(work, host, { ...parcel, title: 'Une enveloppe' })));
    await town.work(async work => done(await setDone(work, host, { taskId: gone.taskId!, done: true })));
    expect(mails).toEqual([]);
    for (const _ of [1, 2]) await rooms.hear('2026-06-15T09:30:00Z');
    expect(mails.map(mail => [mail.to, mail.subject])).toEqual([
      [people[0]!.email, 'Un colis vous attend\u00a0: L’Atelier'],
    ]);
    expect(mails[0]!.text).toContain('Deux cartons');
    await town.work(async work => done(await setDone(work, host, { taskId: kept.taskId!, done: true })));
  });

  test('is destroyed ninety days after, with who received it; recorded', async () => {
    const count = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from hosting.task`.execute(town.database.db)).rows[0]!.n;
    const before = await count();
    town.at('2026-09-12T09:00:00Z');
    await town.work(purge);
    expect(await count()).toBe(before);
    town.at('2026-09-13T09:00:00Z');
    await town.work(purge);
    expect(await count()).toBe(0);
    expect((await town.work(destructions))[0]).toMatchObject({ record: 'task', destroyed: before });
    town.at('2026-06-15T09:00:00Z');
  });

  test('of someone erased goes with them; what an erased host did stays, by nobody', async () => {
    const { space, people, actors, host } = town;
    await town.work(async work => {
      const asked = { space, dueOn: today } as const;
      done(
        await addTask(work, host, { ...asked, kind: 'parcel', title: 'Pour Noé', person: { email: people[1]!.email } }),
      );
      const mine = done(await addTask(work, host, { ...asked, kind: 'other', title: 'Ampoule' }));
      done(await setDone(work, host, { taskId: mine.taskId!, done: true }));
      done(await erase(work, actors[1]!, { personId: people[1]!.personId, reason: '' }));
      done(await erase(work, host, { personId: host.personId, reason: '' }));
    });
    await rooms.hear('2026-06-15T10:00:00Z');
    const left = await sql<{ title: string; text: string }>`select title, t::text as text from hosting.task t`.execute(
      town.database.db,
    );
    expect(left.rows.map(row => row.title)).toEqual(['Ampoule']);
    expect(left.rows[0]!.text).not.toContain('per_');
  });
});

describe('the pages of tasks', () => {
  test('add, do and end, without a script; what is refused comes back as typed', async () => {
    const path = `/hote/${town.space.slug}/taches`;
    const post = (to: string, fields: Record<string, string>) => app(town.host).request(to, form(fields));
    const typed = { jour: today, genre: 'keys', quoi: 'Badge à rendre', pour: today, repete: 'non' };
    const unknown = await post(path, { ...typed, email: 'personne@ailleurs.invalid' });
    expect(unknown.status).toBe(404);
    expect(await unknown.text()).toMatch(/value="Badge à rendre"[\s\S]*personne@ailleurs\.invalid/);
    expect((await post(path, typed)).status).toBe(303);
    expect((await post(path, { ...typed, quoi: 'Plantes', repete: 'semaine' })).status).toBe(303);
    const page = await (await app(town.host).request(`${path}?jour=${today}`)).text();
    expect(page).toContain('chaque lundi');
    const [, task] = /name="tache" value="(tsk_\w+)"/.exec(page)!;
    const back = await post(`${path}/faite`, { jour: today, tache: task!, retour: 'accueil' });
    expect(back.headers.get('location')).toBe(`/accueil/${town.space.slug}/${today}#taches`);
    const [, rule] = /name="regle" value="(trl_\w+)"/.exec(page)!;
    expect((await post(`${path}/cesser`, { jour: today, regle: rule! })).status).toBe(303);
    expect((await post(`${path}/enlever`, { jour: today, tache: task! })).status).toBe(409);
    expect((await post(`${path}/faite`, { jour: 'demain', tache: task! })).status).toBe(422);
  });

  test('say by when to open, from who booked', async () => {
    const { space, actors } = town;
    await town.work(async work =>
      done(await book(work, actors[0]!, { spaceId: space.spaceId, day: '2026-06-17', part: 'day' })),
    );
    const page = await (await app(town.host).request(`/hote/${space.slug}/taches?jour=2026-06-17`)).text();
    expect(page).toContain('Ouvrir pour 8:30\u00a0: 1 personne attendue');
  });
});
