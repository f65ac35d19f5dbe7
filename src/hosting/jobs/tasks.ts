import { bookingsOn, mayHost } from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, type Instant, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { type Person, peopleById, personByEmail } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import { openIntervals, type Space, spacesByIds } from '../../spaces/spaces.ts';
import * as store from '../store/task.ts';
import {
  type DayTasks,
  dayTasks,
  occursOn,
  type Rhythm,
  type Task,
  type TaskKind,
  type TaskRule,
  taskOf,
  taskRefusal,
} from '../tasks.ts';
import { words } from '../words.ts';

export interface TaskSheet extends DayTasks {
  readonly today: Day;
  readonly rules: readonly TaskRule[];
  /** Those whom the tasks are for and those who did them; someone erased is absent. */
  readonly people: ReadonlyMap<Id<'per'>, Person>;
  /** When the first of those who booked may come, and how many they are; null when nobody booked. */
  readonly firstArrival: { readonly at: Instant; readonly expected: number } | null;
}

/** What is to be done and what was done in a space on a day, for who receives people there. */
export async function tasksOf(
  work: Work,
  actor: Actor,
  { space, day }: { readonly space: Space; readonly day: Day },
): Promise<Outcome<TaskSheet>> {
  if (!mayHost(actor, space)) return refuse(words.notHost);
  const { spaceId } = space;
  const today = localDay(work.now, space.zone);
  const [tasks, rules, [openDay], bookings] = await Promise.all([
    store.selectTasks(work, { spaceId, day }),
    store.selectRules(work, { spaceId, day: day < today ? day : today }),
    openIntervals(work, { spaceIds: [spaceId], days: [day] }),
    bookingsOn(work, { day, spaceIds: [spaceId] }),
  ]);
  const sheet = dayTasks(day, { tasks, rules, opens: openDay?.closed === null });
  const named = [...sheet.open, ...sheet.done].flatMap(one => [one.personId, one.doneBy]).filter(id => id !== null);
  const people = new Map((await peopleById(work, [...new Set(named)])).map(one => [one.personId, one]));
  const [first] = bookings.map(one => one.during.from).toSorted((a, b) => a.epochMilliseconds - b.epochMilliseconds);
  const expected = new Set(bookings.map(one => one.personId)).size;
  return accept({ ...sheet, today, rules, people, firstArrival: first ? { at: first, expected } : null });
}

export interface NewTask {
  readonly space: Space;
  readonly kind: TaskKind;
  readonly title: string;
  readonly dueOn: Day;
  /** Whom it is for, by id or by address. */
  readonly person?: { readonly personId: Id<'per'> } | { readonly email: string } | undefined;
}

/** Asks for something on a day. Someone for whom a parcel waits is told by mail. */
export async function addTask(work: Work, actor: Actor, { space, person, ...asked }: NewTask): Promise<Outcome<Task>> {
  if (!mayHost(actor, space)) return refuse(words.notHost);
  const title = asked.title.trim();
  const why = taskRefusal({ title, from: asked.dueOn }, localDay(work.now, space.zone));
  if (why) return refuse(why);
  const found = person === undefined ? undefined : await named(work, person);
  if (found === null) return refuse(words.unknownPerson);
  const task: store.KeptTask = {
    ...{ taskId: work.newId('tsk'), ruleId: null, spaceId: space.spaceId, kind: asked.kind, title, dueOn: asked.dueOn },
    ...{ personId: found?.personId ?? null, doneAt: null, doneBy: null },
  };
  await store.insertTask(work, task, actor.personId);
  if (task.kind === 'parcel' && task.personId !== null)
    await announce(work, { event: 'hosting.parcel_arrived', payload: { task_id: task.taskId } });
  return accept(task);
}

const named = async (work: Work, person: NonNullable<NewTask['person']>): Promise<Person | null> =>
  'email' in person ? personByEmail(work, person.email) : ((await peopleById(work, [person.personId]))[0] ?? null);

export interface NewRule {
  readonly space: Space;
  readonly kind: TaskKind;
  readonly title: string;
  readonly rhythm: Rhythm;
  readonly firstDay: Day;
}

/** Asks for something again and again: each working day, or one day of the week. Days on which the space is closed are left out. */
export async function addRule(work: Work, actor: Actor, { space, ...asked }: NewRule): Promise<Outcome<TaskRule>> {
  if (!mayHost(actor, space)) return refuse(words.notHost);
  const title = asked.title.trim();
  const why = taskRefusal({ title, from: asked.firstDay }, localDay(work.now, space.zone));
  if (why) return refuse(why);
  const rule = { ...asked, title, ruleId: work.newId('trl'), spaceId: space.spaceId, lastDay: null };
  await store.insertRule(work, rule, actor.personId);
  return accept(rule);
}

/** The space of a task or a rule, if the actor receives people there; unknown ids and others' tasks are told apart by nobody. */
async function hostedIn(work: Work, actor: Actor, spaceId: Id<'spc'> | undefined): Promise<Space | null> {
  const [space] = spaceId === undefined ? [] : await spacesByIds(work, [spaceId]);
  return space && mayHost(actor, space) ? space : null;
}

/** Ends a rule: it asks for nothing from today on. */
export async function endRule(work: Work, actor: Actor, ruleId: string): Promise<Outcome<null>> {
  const rule = await store.selectRule(work, ruleId);
  const space = await hostedIn(work, actor, rule?.spaceId);
  if (!rule || !space) return refuse(words.unknownTask);
  const yesterday = addDays(localDay(work.now, space.zone), -1);
  if (rule.lastDay === null || rule.lastDay > yesterday) await store.endRuleOn(work, rule.ruleId, yesterday);
  return accept(null);
}

/** A task that is written, or what a rule asks for on a day. */
export type Which = { readonly taskId: string } | { readonly ruleId: string; readonly day: Day };

async function ofRule(work: Work, { ruleId, day }: { ruleId: string; day: Day }): Promise<store.KeptTask | null> {
  const rule = await store.selectRule(work, ruleId);
  return rule && occursOn(rule, day) ? { ...taskOf(rule, day), taskId: work.newId('tsk') } : null;
}

/** Not done after all: what a rule asks for is asked for again, by the rule. */
async function undone(work: Work, task: store.KeptTask): Promise<Task> {
  if (task.ruleId === null) await store.reopenTask(work, task.taskId);
  else await store.deleteOfRule(work, task.ruleId, task.dueOn);
  return { ...task, taskId: task.ruleId === null ? task.taskId : null, doneAt: null, doneBy: null };
}

/** Says that something was done, by whom and when, or that it was not after all. Done twice, the first time stays. */
export async function setDone(
  work: Work,
  actor: Actor,
  { done, ...which }: Which & { readonly done: boolean },
): Promise<Outcome<Task>> {
  const task = 'taskId' in which ? await store.selectTask(work, which.taskId) : await ofRule(work, which);
  const space = await hostedIn(work, actor, task?.spaceId);
  if (!task || !space) return refuse(words.unknownTask);
  if (task.ruleId !== null && task.dueOn > localDay(work.now, space.zone)) return refuse(words.notYet);
  if (!done) return accept(await undone(work, task));
  const { taskId } = 'taskId' in which ? task : await store.insertTask(work, task, actor.personId);
  await store.finishTask(work, taskId, actor.personId);
  return accept((await store.selectTask(work, taskId))!);
}

/** Takes back something that was asked for and is not done. */
export async function dropTask(work: Work, actor: Actor, taskId: string): Promise<Outcome<null>> {
  const task = await store.selectTask(work, taskId);
  if (!task || !(await hostedIn(work, actor, task.spaceId))) return refuse(words.unknownTask);
  if (task.doneAt !== null) return refuse(words.alreadyDone);
  await store.deleteTask(work, task.taskId);
  return accept(null);
}
