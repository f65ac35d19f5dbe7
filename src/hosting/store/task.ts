import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Day, Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Rhythm, Task, TaskKind, TaskRule } from '../tasks.ts';

/** A task that is written. */
export type KeptTask = Task & { readonly taskId: Id<'tsk'> };

const taskColumns = sql`task_id as "taskId", rule_id as "ruleId", space_id as "spaceId", kind, title, due_on as "dueOn",
  person_id as "personId", done_at as "doneAt", done_by as "doneBy"`;

/** What is open until a day, and what is done of that day. */
export const selectTasks = async (
  work: Work,
  { spaceId, day }: { readonly spaceId: Id<'spc'>; readonly day: Day },
): Promise<readonly KeptTask[]> => {
  const found = await sql<KeptTask>`select ${taskColumns} from hosting.task
    where network_id = ${work.networkId} and space_id = ${spaceId} and due_on <= ${day}
      and (done_at is null or due_on = ${day})
    order by due_on, made_at, task_id`.execute(work.tx);
  return found.rows;
};

export const selectTask = async (work: Work, taskId: string): Promise<KeptTask | null> => {
  const found = await sql<KeptTask>`select ${taskColumns} from hosting.task
    where network_id = ${work.networkId} and task_id = ${taskId}`.execute(work.tx);
  return found.rows[0] ?? null;
};

/** Writes a task; one that its rule already has for that day is left as it is. */
export const insertTask = async (work: Work, task: KeptTask, madeBy: Id<'per'>): Promise<KeptTask> => {
  await sql`insert into hosting.task (network_id, task_id, space_id, kind, title, due_on, person_id, rule_id, made_by,
      made_at, done_at, done_by)
    values (${work.networkId}, ${task.taskId}, ${task.spaceId}, ${task.kind}, ${task.title}, ${task.dueOn},
      ${task.personId}, ${task.ruleId}, ${madeBy}, ${work.now.toString()}, ${task.doneAt?.toString() ?? null},
      ${task.doneBy})
    on conflict on constraint one_task_per_rule_and_day do nothing`.execute(work.tx);
  if (task.ruleId === null) return task;
  const found = await sql<KeptTask>`select ${taskColumns} from hosting.task
    where network_id = ${work.networkId} and rule_id = ${task.ruleId} and due_on = ${task.dueOn}`.execute(work.tx);
  return found.rows[0]!;
};

/** Marks a task done unless it is: whoever came first did it. */
export const finishTask = async (work: Work, taskId: Id<'tsk'>, doneBy: Id<'per'>): Promise<void> => {
  await sql`update hosting.task set done_at = ${work.now.toString()}, done_by = ${doneBy}
    where network_id = ${work.networkId} and task_id = ${taskId} and done_at is null`.execute(work.tx);
};

export const reopenTask = async (work: Work, taskId: Id<'tsk'>): Promise<void> => {
  await sql`update hosting.task set done_at = null, done_by = null
    where network_id = ${work.networkId} and task_id = ${taskId}`.execute(work.tx);
};

export const deleteTask = async (work: Work, taskId: Id<'tsk'>): Promise<void> => {
  await sql`delete from hosting.task where network_id = ${work.networkId} and task_id = ${taskId}`.execute(work.tx);
};

export const deleteOfRule = async (work: Work, ruleId: Id<'trl'>, dueOn: Day): Promise<void> => {
  await sql`delete from hosting.task
    where network_id = ${work.networkId} and rule_id = ${ruleId} and due_on = ${dueOn}`.execute(work.tx);
};

interface RuleRow extends Omit<TaskRule, 'rhythm'> {
  readonly kind: TaskKind;
  readonly every: Rhythm['every'];
  readonly weekday: number | null;
}

const ruleColumns = sql`rule_id as "ruleId", space_id as "spaceId", kind, title, rhythm as every, weekday,
  first_day as "firstDay", last_day as "lastDay"`;

const ruleOf = ({ every, weekday, ...rule }: RuleRow): TaskRule => ({
  ...rule,
  rhythm: every === 'weekly' ? { every, weekday: weekday! } : { every },
});

/** The rules that hold on a day or later. */
export const selectRules = async (
  work: Work,
  { spaceId, day }: { readonly spaceId: Id<'spc'>; readonly day: Day },
): Promise<readonly TaskRule[]> => {
  const found = await sql<RuleRow>`select ${ruleColumns} from hosting.task_rule
    where network_id = ${work.networkId} and space_id = ${spaceId} and (last_day is null or last_day >= ${day})
    order by made_at, rule_id`.execute(work.tx);
  return found.rows.map(ruleOf);
};

export const selectRule = async (work: Work, ruleId: string): Promise<TaskRule | null> => {
  const found = await sql<RuleRow>`select ${ruleColumns} from hosting.task_rule
    where network_id = ${work.networkId} and rule_id = ${ruleId}`.execute(work.tx);
  return found.rows[0] ? ruleOf(found.rows[0]) : null;
};

export const insertRule = async (work: Work, rule: TaskRule, madeBy: Id<'per'>): Promise<void> => {
  const { rhythm } = rule;
  await sql`insert into hosting.task_rule (network_id, rule_id, space_id, kind, title, rhythm, weekday, first_day,
      last_day, made_by, made_at)
    values (${work.networkId}, ${rule.ruleId}, ${rule.spaceId}, ${rule.kind}, ${rule.title}, ${rhythm.every},
      ${rhythm.every === 'weekly' ? rhythm.weekday : null}, ${rule.firstDay}, ${rule.lastDay}, ${madeBy},
      ${work.now.toString()})`.execute(work.tx);
};

/** A rule asks for nothing any more from a day on. */
export const endRuleOn = async (work: Work, ruleId: Id<'trl'>, lastDay: Day): Promise<void> => {
  await sql`update hosting.task_rule set last_day = greatest(first_day - 1, ${lastDay}::date)
    where network_id = ${work.networkId} and rule_id = ${ruleId}`.execute(work.tx);
};

/** Destroys what was done before a moment. */
export const deleteDone = async (work: Work, before: Instant): Promise<number> => {
  const gone = await sql`delete from hosting.task
    where network_id = ${work.networkId} and done_at < ${before.toString()}`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0n);
};

/** What was for someone goes; what they asked for or did stays, by nobody. */
export const forgetTasks = async (work: Work, personId: Id<'per'>): Promise<number> => {
  const gone = await sql`delete from hosting.task
    where network_id = ${work.networkId} and person_id = ${personId}`.execute(work.tx);
  await sql`update hosting.task set made_by = nullif(made_by, ${personId}), done_by = nullif(done_by, ${personId})
    where network_id = ${work.networkId} and ${personId} in (made_by, done_by)`.execute(work.tx);
  await sql`update hosting.task_rule set made_by = null
    where network_id = ${work.networkId} and made_by = ${personId}`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0n);
};
