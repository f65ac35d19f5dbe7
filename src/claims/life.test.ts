import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRational, text } from '../kernel/rational.ts';
import { sampleLines, sampleMonth } from '../mrv/sample.ts';
import { takenBackFrom } from './lbc.ts';
import {
  type ClaimCommand,
  type ClaimKind,
  type ClaimState,
  type ClaimStep,
  commands,
  commandsFrom,
  isOver,
  releasesAll,
  type StepFacts,
  stateAfter,
  stateOf,
  states,
  stepRefusal,
} from './life.ts';
import type { LbcResult } from './result.ts';
import { draw, sampleSize } from './sample.ts';
import { commandNames, stateNames } from './words.ts';

const asked = (command: ClaimCommand) => ({
  command,
  happenedOn: '2026-06-01' as const,
  reference: 'R-1',
  reason: 'motif',
  details: { register: 'LBC-1', volume: '1' },
});
const facts = (kind: ClaimKind, steps: readonly ClaimStep[], over: Partial<StepFacts> = {}): StepFacts => ({
  ...{ kind, steps, today: '2026-12-31', unsigned: 0, lines: 4, accepted: 4, refused: 0 },
  ...{ archiveUntil: null, sampleLeft: 0 },
  ...over,
});
const then = (kind: ClaimKind, steps: readonly ClaimStep[], command: ClaimCommand, over = {}): readonly ClaimStep[] => [
  ...steps,
  {
    ...{ sequence: steps.length + 1, command, state: stateAfter(asked(command), facts(kind, steps, over)) },
    ...{ happenedOn: '2026-06-01', reference: null, reason: null, details: {} },
  },
];
const lived = (kind: ClaimKind, ...taken: ClaimCommand[]): ClaimState =>
  stateOf(taken.reduce((steps, command) => then(kind, steps, command), [] as readonly ClaimStep[]));

describe('the life of a claim', () => {
  test.each<[ClaimKind, ClaimCommand[], ClaimState]>([
    ['cee', [], 'sealed'],
    ['cee', ['submit', 'conclude', 'pay', 'record_issue', 'archive'], 'archived'],
    ['lbc', ['request', 'verify'], 'verified'],
    ['lbc', ['request', 'reduce', 'take_back'], 'reduced'],
    ['lbc', ['request', 'reject'], 'rejected'],
    ['lbc', ['withdraw'], 'withdrawn'],
  ])('%s: %j ends %s', (kind, taken, end) => {
    expect(lived(kind, ...taken)).toBe(end);
  });

  test.each([
    [{ accepted: 4, refused: 0 }, 'accepted'],
    [{ accepted: 3, refused: 1 }, 'accepted_in_part'],
    [{ accepted: 0, refused: 4 }, 'refused'],
  ])('answers %j lead to %s', (answers, end) => {
    const steps = then('cee', [], 'submit');
    expect(stateOf(then('cee', steps, 'conclude', answers))).toBe(end);
  });

  test.each<[ClaimCommand, ClaimKind, readonly ClaimCommand[], Partial<StepFacts>, string]>([
    ['submit', 'cee', [], { unsigned: 1 }, 'claims.statement_missing'],
    ['submit', 'cee', [], { sampleLeft: 2 }, 'claims.sample_not_checked'],
    ['conclude', 'cee', ['submit'], { accepted: 3 }, 'claims.lines_not_answered'],
    [
      'archive',
      'cee',
      ['submit', 'conclude', 'pay', 'record_issue'],
      { archiveUntil: '2027-01-01' },
      'claims.kept_until',
    ],
    ['verify', 'lbc', ['request'], { sampleLeft: 1 }, 'claims.sample_not_checked'],
    ['verify', 'lbc', [], {}, 'claims.not_from_here'],
    ['request', 'cee', [], {}, 'claims.not_from_here'],
    ['submit', 'cee', [], { today: '2026-05-31' }, 'claims.out_of_time'],
  ])('%s of a %s claim after %j with %j is refused: %s', (command, kind, before, over, code) => {
    const steps = before.reduce((all, one) => then(kind, all, one), [] as readonly ClaimStep[]);
    expect(stepRefusal(asked(command), facts(kind, steps, over))?.code).toBe(code);
  });

  test('whatever is attempted, only the table moves it; what let its lines go never moves again', () => {
    const attempts = fc.array(fc.constantFrom(...commands), { maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom<ClaimKind>('cee', 'lbc'), attempts, fc.nat(4), (kind, list, refused) => {
        const answers = { accepted: 4 - refused, refused };
        let steps: readonly ClaimStep[] = [];
        for (const command of list) {
          const [before, allowed] = [stateOf(steps), commandsFrom(kind, stateOf(steps))];
          const why = stepRefusal(asked(command), facts(kind, steps, answers));
          expect(why === null).toBe(allowed.includes(command));
          if (why === null) steps = then(kind, steps, command, answers);
          if (releasesAll.has(before) && before !== 'refused') expect(stateOf(steps)).toBe(before);
          if (isOver(before)) expect(isOver(stateOf(steps))).toBe(true);
        }
      }),
    );
  });

  test('every state and command has its words', () => {
    expect(Object.keys(stateNames).sort()).toEqual([...states].sort());
    expect(Object.keys(commandNames).sort()).toEqual([...commands].sort());
  });
});

describe('a sample', () => {
  const lines = Array.from({ length: 50 }, (_, seq) => ({ seq, lineId: `lin_${seq}` }));

  test('I-37: is the same for whoever draws it, in any order, and another under another checkpoint', () => {
    const drawn = draw(lines, 'checkpoint', 5);
    expect(draw([...lines].reverse(), 'checkpoint', 5)).toEqual(drawn);
    expect(drawn).toHaveLength(5);
    expect(draw(lines, 'another', 5)).not.toEqual(drawn);
    expect(draw(lines, 'checkpoint', 8)).toEqual(expect.arrayContaining([...drawn]));
  });

  test('leaves no line out of reach: over many checkpoints, each is drawn about as often', () => {
    const counts = new Map<number, number>();
    for (let n = 0; n < 400; n++) for (const seq of draw(lines, `${n}`, 5)) counts.set(seq, (counts.get(seq) ?? 0) + 1);
    // 400 draws of one in ten: 40 each, give or take five deviations of 6.
    expect(lines.filter(({ seq }) => Math.abs((counts.get(seq) ?? 0) - 40) > 30)).toEqual([]);
  });

  test.each([
    [0, 1n, 10n, 0],
    [1, 1n, 10n, 1],
    [10, 1n, 10n, 1],
    [11, 1n, 10n, 2],
    [4, 1n, 1n, 4],
  ])('of %i lines at %i/%i is %i', (count, numerator, denominator, size) => {
    expect(sampleSize(count, { numerator, denominator })).toBe(size);
  });
});

describe('what is taken back', () => {
  const granted = (rates: readonly string[]) =>
    ({ settlement: { rebates: { combine: 'multiplicative', rates } } }) as unknown as LbcResult;
  const [line] = sampleLines(sampleMonth, 0);
  const back = (...masses: string[]) => masses.map(net_mg => ({ ...line!, net_mg }) as never);
  test.each<[string, string[], string[], bigint, string, bigint, string]>([
    ['a little costs a whole unit, and the excess is carried', [], ['-300000000'], 5n, '300000000', 1n, '700000000'],
    ['rebates had been taken off it', ['1/10'], ['-1000000000'], 5n, '900000000', 1n, '100000000'],
    ['more than what stands is owed by the next claim', [], ['-3000000000'], 2n, '3000000000', 2n, '-1000000000'],
    ['losses taken back give no unit', [], ['250000000'], 5n, '-250000000', 0n, '250000000'],
  ])('%s', (_name, rates, masses, standing, recognised, units, surplus) => {
    const taken = takenBackFrom(granted(rates), back(...masses), standing);
    expect([taken.recognised_mg, taken.units, taken.surplus_mg]).toEqual([recognised, units, surplus]);
    expect(text(parseRational(taken.surplus_mg)!)).toBe(surplus);
  });
});
