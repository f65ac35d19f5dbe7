import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Id } from '../kernel/ids.ts';
import { addDays, type Day, instant, weekday } from '../kernel/time.ts';
import { dayTasks, occursOn, type Rhythm, type Task, type TaskRule, taskRefusal } from './tasks.ts';

const monday: Day = '2026-06-15';
const rule = (rhythm: Rhythm, more: Partial<TaskRule> = {}): TaskRule => ({
  ...{ ruleId: 'trl_essai000', spaceId: 'spc_essai000', kind: 'cleaning', title: 'Ménage', rhythm },
  ...{ firstDay: monday, lastDay: null, ...more },
});
const daily = rule({ every: 'working_days' });
const task = (n: number, dueOn: Day, more: Partial<Task> = {}): Task => ({
  ...{
    taskId: `tsk_essai00${n}` as Id<'tsk'>,
    ruleId: null,
    spaceId: 'spc_essai000',
    kind: 'other',
    title: `Tâche ${n}`,
  },
  ...{ dueOn, personId: null, doneAt: null, doneBy: null, ...more },
});
const done = { doneAt: instant('2026-06-15T08:00:00Z'), doneBy: 'per_hote0000' as Id<'per'> };

describe('a rule', () => {
  test.each<[string, TaskRule, Day, boolean]>([
    ['of working days comes on a Friday', daily, '2026-06-19', true],
    ['of working days leaves Saturday out', daily, '2026-06-20', false],
    ['does not come before its first day', daily, '2026-06-12', false],
    ['comes on its last day', rule({ every: 'working_days' }, { lastDay: '2026-06-18' }), '2026-06-18', true],
    ['is over the day after', rule({ every: 'working_days' }, { lastDay: '2026-06-18' }), '2026-06-19', false],
    ['of Thursdays comes on Thursday', rule({ every: 'weekly', weekday: 4 }), '2026-06-18', true],
    ['of Thursdays comes on no Friday', rule({ every: 'weekly', weekday: 4 }), '2026-06-19', false],
    ['ended before it began never comes', rule({ every: 'working_days' }, { lastDay: '2026-06-14' }), monday, false],
  ])('%s', (_, one, day, expected) => {
    expect(occursOn(one, day)).toBe(expected);
  });

  test('of one day of the week comes once in any seven days', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 7 }), fc.nat(400), (number, after) => {
        const weekly = rule({ every: 'weekly', weekday: number });
        const week = Array.from({ length: 7 }, (_, n) => addDays(monday, after + n));
        const days = week.filter(day => occursOn(weekly, day));
        expect(days.map(weekday)).toEqual([number]);
      }),
    );
  });
});

describe('the tasks of a day', () => {
  const open = (tasks: readonly Task[], rules: readonly TaskRule[] = [], opens = true) =>
    dayTasks(monday, { tasks, rules, opens }).open.map(one => [one.title, one.taskId === null]);

  test('are those dated and late, then those of rules', () => {
    expect(open([task(1, '2026-06-12'), task(2, monday)], [daily])).toEqual([
      ['Tâche 1', false],
      ['Tâche 2', false],
      ['Ménage', true],
    ]);
  });
  test('leave out what rules ask for when the space is closed', () => {
    expect(open([task(1, monday)], [daily], false)).toEqual([['Tâche 1', false]]);
  });
  test('have what a rule asks for once: done, it is no longer to be done', () => {
    const cleaned = task(1, monday, { ...done, ruleId: daily.ruleId, title: 'Ménage' });
    const sheet = dayTasks(monday, { tasks: [cleaned], rules: [daily], opens: true });
    expect([sheet.open, sheet.done]).toEqual([[], [cleaned]]);
  });
});

test.each<[string, string, Day, string | undefined]>([
  ['without words', '', monday, 'hosting.bad_title'],
  ['in too many words', 'a'.repeat(201), monday, 'hosting.bad_title'],
  ['for yesterday', 'Clés', '2026-06-14', 'hosting.task_in_the_past'],
  ['for today, in two hundred letters', 'a'.repeat(200), monday, undefined],
])('a task %s', (_, title, from, code) => {
  expect(taskRefusal({ title, from }, monday)?.code).toBe(code);
});
