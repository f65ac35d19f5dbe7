import type { Id } from '../kernel/ids.ts';
import { floor } from '../kernel/rational.ts';
import { localDay } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import { recordDestruction } from '../platform/destruction.ts';
import { parameterList, parametersOn } from '../platform/parameters/parameters.ts';
import { sheets } from './parameters.ts';
import { deleteShownOf } from './store/shown.ts';
import { deleteDone, forgetTasks } from './store/task.ts';

export { type Capacity, capacityOf } from './jobs/capacity.ts';
export { type Here, isShown, showMe, whoIsHere } from './jobs/here.ts';
export { addRule, addTask, dropTask, endRule, setDone, type TaskSheet, tasksOf } from './jobs/tasks.ts';

export const parameters = parameterList('hosting', sheets);

/** Someone who is erased, or set aside until then: shown to nobody, and nothing waits for them. */
export async function forgetPerson(work: Work, personId: Id<'per'>): Promise<void> {
  const shown_name = await deleteShownOf(work, personId);
  await recordDestruction(work, { shown_name, task: await forgetTasks(work, personId) });
}

/** Destroys what was done long enough ago. */
export async function purge(work: Work): Promise<void> {
  const { done_tasks_kept_days } = await parametersOn(work, parameters, localDay(work.now, 'Europe/Paris'));
  const before = work.now.subtract({ hours: 24 * Number(floor(done_tasks_kept_days)) });
  await recordDestruction(work, { task: await deleteDone(work, before) }, before);
}
