import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import type { Outcome } from '../kernel/outcome.ts';
import type { Actor } from '../kernel/visit.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces } from '../spaces/spaces.ts';
import { gridOn } from './grid.ts';
import {
  type ApplicationId,
  applyAll,
  changeLabel,
  decideAll,
  evaluateAll,
  labelSheet,
  labelsOf,
} from './labelling.ts';

const operator = (n: number): Actor => ({
  personId: `per_0000000${n}`,
  firstName: 'Ada',
  memberships: [{ role: 'network_operator', scope: null }],
});
const worker: Actor = { personId: 'per_00000009', firstName: 'Wim', memberships: [{ role: 'worker', scope: null }] };
const findings = gridOn('2026-06-15')!.criteria.map(({ code }) => ({ code, answer: 'met' as const }));
const today = '2026-06-15';

let net: TestNetwork;
let spaceId: `spc_${string}`;
let applicationId: ApplicationId;
beforeEach(async () => {
  net = await freshNetwork();
  spaceId = done(await net.work(w => addSpaces(w, operator(1), [sampleSpace()])))[0]!.spaceId;
  applicationId = done(await net.work(w => applyAll(w, operator(1), [{ spaceId, selfAssessment: findings }])))[0]!;
});

const evaluate = (by = operator(1)) =>
  net.work(w => evaluateAll(w, by, [{ applicationId, visitedOn: '2026-06-12', findings }]));
const decide = (by: Actor) =>
  net.work(w =>
    decideAll(w, by, [{ applicationId, kind: 'label', validUntil: '2029-06-15', reason: 'Visite favorable.' }]),
  );
const state = async () => (await net.work(w => labelsOf(w, { spaceIds: [spaceId], day: today })))[0]!.state;

describe('the way to a label', () => {
  test('asked, visited by one, decided by another: labelled, and the sheet says what was checked', async () => {
    expect(await state()).toBe('candidate');
    done(await evaluate());
    expect(await state()).toBe('candidate');
    done(await decide(operator(2)));
    const sheet = await net.work(w => labelSheet(w, spaceId, today));
    expect(sheet.label).toMatchObject({ state: 'labelled', since: today, validUntil: '2029-06-15' });
    expect([sheet.score, sheet.visitedOn, sheet.open]).toEqual([{ met: 11, of: 11 }, '2026-06-12', null]);
  });

  test('suspended then reinstated by two more lines, none rewritten', async () => {
    done(await evaluate());
    done(await decide(operator(2)));
    done(await net.work(w => changeLabel(w, operator(2), { spaceId, kind: 'suspend', reason: 'Dégât des eaux.' })));
    expect(await state()).toBe('suspended');
    done(await net.work(w => changeLabel(w, operator(1), { spaceId, kind: 'reinstate', reason: 'Travaux reçus.' })));
    expect(await state()).toBe('labelled');
    expect((await net.work(w => labelSheet(w, spaceId, today))).decisions.map(d => d.kind)).toEqual([
      'label',
      'suspend',
      'reinstate',
    ]);
  });

  test.each<[string, () => Promise<Outcome<unknown>>, string]>([
    ['a decision before any visit', () => decide(operator(2)), 'labelling.not_evaluated'],
    ['a visit by a worker', () => evaluate(worker), 'labelling.not_operator'],
    [
      'a second application',
      () => net.work(w => applyAll(w, operator(1), [{ spaceId, selfAssessment: findings }])),
      'labelling.already_applied',
    ],
    [
      'an application by a worker',
      () => net.work(w => applyAll(w, worker, [{ spaceId, selfAssessment: findings }])),
      'labelling.not_manager',
    ],
    [
      'to suspend a candidate',
      () => net.work(w => changeLabel(w, operator(1), { spaceId, kind: 'suspend', reason: 'x' })),
      'labelling.not_in_that_state',
    ],
  ])('%s is refused', async (_case, act, refused) => {
    expect(codeOf(await act())).toBe(refused);
  });

  test('whoever made the visit does not decide, in the rules and in the database', async () => {
    done(await evaluate(operator(1)));
    expect(codeOf(await decide(operator(1)))).toBe('labelling.same_reviewer');
    const forced = net.work(w =>
      sql`insert into labelling.decision select ${w.networkId}, 'lde_99999999', ${spaceId}, 1, 'label', application_id,
          evaluation_id, evaluator_id, evaluator_id, '2026-06-15', '2029-06-15', 'provisoire-2026-1', 'x', now()
        from labelling.evaluation`.execute(w.tx),
    );
    await expect(forced).rejects.toMatchObject({ constraint: 'the_second_reviewer_is_not_the_first' });
  });
});

describe('two people at once', () => {
  test('ten applications: one holds', async () => {
    const other = done(await net.work(w => addSpaces(w, operator(1), [sampleSpace({ name: 'La Halle' })])))[0]!.spaceId;
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, () =>
        net.work(w => applyAll(w, operator(1), [{ spaceId: other, selfAssessment: findings }])),
      ),
    );
    expect(outcomes.filter(o => o.ok)).toHaveLength(1);
  });

  test('ten decisions: one holds and nine are told so', async () => {
    done(await evaluate());
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => decide(operator(2))));
    expect(outcomes.map(codeOf).toSorted()).toEqual(['accepted', ...Array(9).fill('labelling.already_decided')]);
  });

  test('decisions and evaluations refuse to be rewritten', async () => {
    done(await evaluate());
    done(await decide(operator(2)));
    for (const table of ['decision', 'evaluation'])
      await expect(
        net.work(w => sql`delete from ${sql.ref(`labelling.${table}`)}`.execute(w.tx)),
      ).rejects.toMatchObject({
        constraint: 'evidence_is_append_only',
      });
  });
});
