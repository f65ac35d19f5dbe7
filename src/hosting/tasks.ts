import type { Id } from '../kernel/ids.ts';
import type { Refusal } from '../kernel/outcome.ts';
import { type Day, type Instant, weekday } from '../kernel/time.ts';
import { words } from './words.ts';

export type TaskKind = 'keys' | 'cleaning' | 'parcel' | 'other';
export const taskKinds: readonly TaskKind[] = ['keys', 'cleaning', 'parcel', 'other'];

/** Something to do in a space on a day. */
export interface Task {
  /** Null while nobody did what a rule asks for that day. */
  readonly taskId: Id<'tsk'> | null;
  readonly ruleId: Id<'trl'> | null;
  readonly spaceId: Id<'spc'>;
  readonly kind: TaskKind;
  readonly title: string;
  readonly dueOn: Day;
  readonly personId: Id<'per'> | null;
  readonly doneAt: Instant | null;
  /** Null once they are erased. */
  readonly doneBy: Id<'per'> | null;
}

/** `working_days`: Monday to Friday. */
export type Rhythm = { readonly every: 'working_days' } | { readonly every: 'weekly'; readonly weekday: number };

export interface TaskRule {
  readonly ruleId: Id<'trl'>;
  readonly spaceId: Id<'spc'>;
  readonly kind: TaskKind;
  readonly title: string;
  readonly rhythm: Rhythm;
  readonly firstDay: Day;
  readonly lastDay: Day | null;
}

/** Does a rule ask for something that day? */
export const occursOn = ({ rhythm, firstDay, lastDay }: TaskRule, day: Day): boolean =>
  firstDay <= day &&
  (lastDay === null || day <= lastDay) &&
  (rhythm.every === 'weekly' ? weekday(day) === rhythm.weekday : weekday(day) <= 5);

export const taskOf = ({ ruleId, spaceId, kind, title }: TaskRule, dueOn: Day): Task => ({
  ...{ taskId: null, ruleId, spaceId, kind, title, dueOn },
  ...{ personId: null, doneAt: null, doneBy: null },
});

export interface DayTasks {
  /** Late ones first, then in the order in which they were asked for. */
  readonly open: readonly Task[];
  readonly done: readonly Task[];
}

/** A day's tasks: those dated, those late, and those that rules ask for on a day that opens. */
export function dayTasks(
  day: Day,
  {
    tasks,
    rules,
    opens,
  }: { readonly tasks: readonly Task[]; readonly rules: readonly TaskRule[]; readonly opens: boolean },
): DayTasks {
  const done = tasks.filter(one => one.doneAt !== null && one.dueOn === day);
  const known = new Set(tasks.filter(one => one.dueOn === day).map(one => one.ruleId));
  const asked = opens ? rules.filter(rule => occursOn(rule, day) && !known.has(rule.ruleId)) : [];
  const dated = tasks.filter(one => one.doneAt === null && one.dueOn <= day);
  return { open: [...dated, ...asked.map(rule => taskOf(rule, day))], done };
}

const longestTitle = 200;

/** The first reason why something cannot be asked for. */
export function taskRefusal(
  { title, from }: { readonly title: string; readonly from: Day },
  today: Day,
): Refusal | null {
  if (title === '' || title.length > longestTitle) return words.badTitle;
  return from < today ? words.taskInThePast : null;
}
