import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept } from '../../kernel/outcome.ts';
import { type Day, isDay } from '../../kernel/time.ts';
import { actorIn, endpoint, type Mount } from '../../platform/http.ts';
import * as hosting from '../hosting.ts';
import type { Task, TaskRule } from '../tasks.ts';
import { words } from '../words.ts';
import { spaceById, spaceId } from './shapes.ts';

const day = z.string().refine(isDay, '2026-11-24').openapi({ format: 'date' });
const kind = z.enum(['keys', 'cleaning', 'parcel', 'other']);
const title = z.string().max(2_000);

const taskShape = z
  .object({
    task_id: z.string().nullable().openapi({ description: 'Null while nobody did what a rule asks for that day.' }),
    rule_id: z.string().nullable(),
    kind,
    title: z.string(),
    due_on: z.string(),
    person_id: z.string().nullable(),
    done_at: z.string().nullable(),
    done_by: z.string().nullable(),
  })
  .openapi('Task');

const told = (task: Task): z.input<typeof taskShape> => ({
  task_id: task.taskId,
  rule_id: task.ruleId,
  kind: task.kind,
  title: task.title,
  due_on: task.dueOn,
  person_id: task.personId,
  done_at: task.doneAt?.toString() ?? null,
  done_by: task.doneBy,
});

const ruleShape = z
  .object({
    rule_id: z.string(),
    kind,
    title: z.string(),
    weekday: z.number().int().nullable().openapi({ description: '1 is Monday; null: Monday to Friday.' }),
    first_day: z.string(),
    last_day: z.string().nullable(),
  })
  .openapi('TaskRule');

const ruleTold = (rule: TaskRule): z.input<typeof ruleShape> => ({
  rule_id: rule.ruleId,
  kind: rule.kind,
  title: rule.title,
  weekday: rule.rhythm.every === 'weekly' ? rule.rhythm.weekday : null,
  first_day: rule.firstDay,
  last_day: rule.lastDay,
});

const ofSpace = { tag: 'hosting', params: z.object({ id: spaceId }) };

function spaceEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      ...ofSpace,
      method: 'get',
      path: '/spaces/{id}/tasks',
      summary: 'What a space’s hosts have to do on a day, what is late, and what was done of that day.',
      query: z.object({ day }),
      returns: z.object({ open: z.array(taskShape), done: z.array(taskShape), rules: z.array(ruleShape) }),
      refusals: ['hosting.not_host'],
    },
    async ({ params, query }, work, visit) => {
      const actor = actorIn(visit);
      const space = await spaceById(work, params.id, words.notHost);
      if (!space.ok) return space;
      const sheet = await hosting.tasksOf(work, actor, { space: space.value, day: query.day as Day });
      if (!sheet.ok) return sheet;
      const { open, done, rules } = sheet.value;
      return accept({ open: open.map(told), done: done.map(told), rules: rules.map(ruleTold) });
    },
  );
  endpoint(
    mount,
    {
      ...ofSpace,
      method: 'post',
      path: '/spaces/{id}/tasks',
      summary: 'Ask for something on a day. Someone for whom a parcel has come is told by mail.',
      body: z.object({
        kind,
        title,
        due_on: day,
        person_id: z
          .string()
          .regex(/^per_[0-9a-z]{8,40}$/, 'per_…')
          .optional(),
      }),
      returns: taskShape,
      status: 201,
      refusals: ['hosting.not_host', 'hosting.bad_title', 'hosting.task_in_the_past', 'hosting.unknown_person'],
    },
    async ({ params, body }, work, visit) => {
      const actor = actorIn(visit);
      const space = await spaceById(work, params.id, words.notHost);
      if (!space.ok) return space;
      const person = body.person_id === undefined ? undefined : { personId: body.person_id as Id<'per'> };
      const asked = { space: space.value, kind: body.kind, title: body.title, dueOn: body.due_on as Day, person };
      const task = await hosting.addTask(work, actor, asked);
      return task.ok ? accept(told(task.value)) : task;
    },
  );
  endpoint(
    mount,
    {
      ...ofSpace,
      method: 'post',
      path: '/spaces/{id}/task-rules',
      summary: 'Ask for something again and again: Monday to Friday, or one day of the week, while the space opens.',
      body: z.object({ kind, title, first_day: day, weekday: z.number().int().min(1).max(7).nullable() }),
      returns: ruleShape,
      status: 201,
      refusals: ['hosting.not_host', 'hosting.bad_title', 'hosting.task_in_the_past'],
    },
    async ({ params, body }, work, visit) => {
      const actor = actorIn(visit);
      const space = await spaceById(work, params.id, words.notHost);
      if (!space.ok) return space;
      const rhythm =
        body.weekday === null
          ? ({ every: 'working_days' } as const)
          : ({ every: 'weekly', weekday: body.weekday } as const);
      const asked = { space: space.value, kind: body.kind, title: body.title, firstDay: body.first_day as Day, rhythm };
      const rule = await hosting.addRule(work, actor, asked);
      return rule.ok ? accept(ruleTold(rule.value)) : rule;
    },
  );
}

const one = { tag: 'hosting', params: z.object({ id: z.string().max(60) }) };
const doneBody = z.object({ done: z.boolean() });

function taskEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      ...one,
      method: 'put',
      path: '/tasks/{id}/done',
      summary: 'Say that something was done or a parcel handed over, or that it was not after all.',
      body: doneBody,
      returns: taskShape,
      refusals: ['hosting.unknown_task'],
    },
    async ({ params, body }, work, visit) => {
      const task = await hosting.setDone(work, actorIn(visit), { taskId: params.id, done: body.done });
      return task.ok ? accept(told(task.value)) : task;
    },
  );
  endpoint(
    mount,
    {
      ...one,
      method: 'delete',
      path: '/tasks/{id}',
      summary: 'Take back something that was asked for and is not done.',
      returns: z.object({}),
      refusals: ['hosting.unknown_task', 'hosting.already_done'],
    },
    async ({ params }, work, visit) => {
      const dropped = await hosting.dropTask(work, actorIn(visit), params.id);
      return dropped.ok ? accept({}) : dropped;
    },
  );
  endpoint(
    mount,
    {
      method: 'put',
      path: '/task-rules/{id}/days/{day}/done',
      tag: 'hosting',
      summary: 'Say that what a rule asks for on a day was done, or was not after all.',
      params: z.object({ id: z.string().max(60), day }),
      body: doneBody,
      returns: taskShape,
      refusals: ['hosting.unknown_task', 'hosting.task_to_come'],
    },
    async ({ params, body }, work, visit) => {
      const which = { ruleId: params.id, day: params.day as Day, done: body.done };
      const task = await hosting.setDone(work, actorIn(visit), which);
      return task.ok ? accept(told(task.value)) : task;
    },
  );
  endpoint(
    mount,
    {
      ...one,
      method: 'delete',
      path: '/task-rules/{id}',
      summary: 'End a rule: it asks for nothing from today on.',
      returns: z.object({}),
      refusals: ['hosting.unknown_task'],
    },
    async ({ params }, work, visit) => {
      const ended = await hosting.endRule(work, actorIn(visit), params.id);
      return ended.ok ? accept({}) : ended;
    },
  );
}

/** Tasks of a space's hosts under `/api/v1`. */
export function tasksApi(mount: Mount): void {
  spaceEndpoints(mount);
  taskEndpoints(mount);
}
