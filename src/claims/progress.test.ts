import { describe, expect, test } from 'vitest';
import { type ProgressFacts, progressOf } from './progress.ts';

const sealed: ProgressFacts = {
  ...{ kind: 'cee', state: 'sealed', passed: [], signed: 0, employers: 2, drawn: null, sampleLeft: 3, answered: 0 },
  lines: 30,
};
const told = (over: Partial<ProgressFacts>) =>
  progressOf({ ...sealed, ...over }).map(
    ({ name, state, count }) => `${name} ${state}${count ? ` ${count.done}/${count.of}` : ''}`,
  );

describe('where a claim stands', () => {
  test.each<[string, Partial<ProgressFacts>, string]>([
    ['sealed: the employers sign first', { signed: 1 }, 'sign current 1/2'],
    ['signed: the sample is drawn', { signed: 2 }, 'control current'],
    ['drawn: line by line', { signed: 2, drawn: 3, sampleLeft: 2 }, 'control current 1/3'],
    ['checked: the operator sends', { signed: 2, drawn: 3, sampleLeft: 0 }, 'submit current'],
    ['a contract that controls nothing', { signed: 2, sampleLeft: 0 }, 'submit current'],
    [
      'sent: the obligated party answers',
      { state: 'submitted', passed: ['submit'], signed: 2, sampleLeft: 0, answered: 4 },
      'answer current 4/30',
    ],
    [
      'answered: the operator concludes',
      { state: 'submitted', passed: ['submit'], signed: 2, sampleLeft: 0, answered: 30 },
      'conclude current',
    ],
    ['carbon: verification is requested first', { kind: 'lbc' }, 'request current'],
    [
      'carbon, requested: the auditor',
      { kind: 'lbc', state: 'requested', passed: ['request'], sampleLeft: 0 },
      'control current',
    ],
  ])('%s', (_, over, current) => {
    const stages = told(over);
    expect(stages.filter(stage => stage.includes(' current'))).toEqual([current]);
    expect(stages.indexOf(current)).toBe(stages.findIndex(stage => !stage.includes(' done')));
  });

  test('nothing is left once the certificates are recorded', () => {
    const passed = ['submit', 'conclude', 'pay', 'record_issue'] as const;
    const all = told({ state: 'issued', passed, signed: 2, drawn: 3, sampleLeft: 0, answered: 30 });
    expect(all).toHaveLength(7);
    expect(all.every(stage => stage.includes(' done'))).toBe(true);
  });

  test('a reduced quantity is a decision of the State like another', () => {
    expect(told({ kind: 'lbc', state: 'reduced', passed: ['request', 'reduce'], drawn: 2, sampleLeft: 0 }).at(-1)).toBe(
      'verify done',
    );
  });

  test.each(['refused', 'rejected', 'withdrawn'] as const)('%s: nothing more is expected of anyone', state => {
    expect(told({ state })).toEqual([]);
  });
});
