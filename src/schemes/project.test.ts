import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allocatorOf, nobody } from './allocation.ts';
import {
  type Attempt,
  changeableMembers,
  commands,
  commandsFrom,
  membersRefusal,
  type ProjectCommand,
  type ProjectState,
  receivedOn,
  type Step,
  stateAfter,
  states,
  stepRefusal,
  transitions,
} from './project.ts';

const full = {
  reference: 'DREAL-2026-7',
  reason: 'motif',
  details: {
    report: 'MR-1',
    auditor: 'Cabinet Vert',
    independent: 'yes',
    impartial: 'yes',
    competent: 'yes',
    year: '2026',
    use: 'contribution',
  },
};
const attempt = (command: ProjectCommand, over: Partial<Attempt> = {}): Attempt => ({
  command,
  happenedOn: '2026-06-01',
  ...full,
  ...over,
});
const facts = (steps: readonly Step[], over = {}) => ({
  steps,
  today: '2026-12-31' as const,
  mandates: 12,
  gaugeReached: true,
  allAfterReceipt: true,
  ...over,
});

const take = (steps: readonly Step[], one: Attempt): readonly Step[] => [
  ...steps,
  {
    sequence: steps.length + 1,
    command: one.command,
    state: transitions[one.command].to,
    happenedOn: one.happenedOn,
    reference: one.reference ?? null,
    reason: one.reason ?? null,
    details: one.details ?? {},
  },
];
const lived = (...commandsTaken: ProjectCommand[]): readonly Step[] =>
  commandsTaken.reduce((steps, command) => take(steps, attempt(command)), [] as readonly Step[]);

describe('the life of a project', () => {
  test('goes from its draft to verified credits and their retirement', () => {
    const path = ['notify', 'file', 'label', 'start_monitoring', 'request_verification', 'verify', 'retire'] as const;
    let steps: readonly Step[] = [];
    for (const command of path) {
      expect(stepRefusal(attempt(command), facts(steps)), command).toBeNull();
      steps = take(steps, attempt(command));
    }
    expect(stateAfter(steps)).toBe('retired');
    expect(commandsFrom('retired')).toEqual([]);
  });

  test('only takes the steps of the table, whatever the sequence', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 30 }), sequence => {
        let steps: readonly Step[] = [];
        for (const command of sequence) {
          const from = stateAfter(steps);
          const refused = stepRefusal(attempt(command), facts(steps));
          expect(refused === null).toBe(transitions[command].from.includes(from));
          if (refused === null) steps = take(steps, attempt(command));
          else expect(refused.code).toBe('schemes.not_from_here');
        }
        expect(states).toContain(stateAfter(steps));
      }),
    );
  });

  const ends: readonly ProjectState[] = [
    'notification_void',
    'refused',
    'rejected',
    'retired',
    'withdrawn',
    'mandate_ended',
  ];
  test.each(ends)('once %s, no command leads on', state => {
    expect(commandsFrom(state)).toEqual([]);
  });

  const lacking: readonly (readonly [
    title: string,
    steps: readonly Step[],
    asked: Attempt,
    over: object,
    code: string,
  ])[] = [
    ['notification without a mandate', [], attempt('notify'), { mandates: 0 }, 'schemes.no_mandate'],
    [
      'filing below the threshold',
      lived('notify'),
      attempt('file'),
      { gaugeReached: false },
      'schemes.gauge_not_reached',
    ],
    [
      'filing a presence of before',
      lived('notify'),
      attempt('file'),
      { allAfterReceipt: false },
      'schemes.presence_before_receipt',
    ],
    [
      'a decision without a reference',
      lived('notify', 'file'),
      attempt('label', { reference: ' ' }),
      {},
      'schemes.reference_missing',
    ],
    ['a withdrawal without a reason', [], attempt('withdraw', { reason: '' }), {}, 'schemes.reason_missing'],
    [
      'verification without the report',
      lived('notify', 'file', 'label', 'start_monitoring'),
      attempt('request_verification', { details: {} }),
      {},
      'schemes.report_missing',
    ],
    [
      'verification by an auditor of whom impartiality is not stated',
      lived('notify', 'file', 'label', 'start_monitoring'),
      attempt('request_verification', { details: { ...full.details, impartial: 'no' } }),
      {},
      'schemes.auditor_missing',
    ],
    [
      'retirement without its year',
      lived('notify', 'file', 'label', 'start_monitoring', 'request_verification', 'verify'),
      attempt('retire', { details: { use: 'contribution' } }),
      {},
      'schemes.year_and_use_missing',
    ],
    ['a step of tomorrow', [], attempt('notify', { happenedOn: '2027-01-01' }), {}, 'schemes.out_of_time'],
    [
      'a step before the previous one',
      lived('notify'),
      attempt('file', { happenedOn: '2026-05-31' }),
      {},
      'schemes.out_of_time',
    ],
    [
      'monitoring beyond three years',
      lived('notify', 'file', 'label', 'start_monitoring', 'request_verification', 'verify'),
      attempt('continue', { happenedOn: '2029-06-02' }),
      { today: '2029-12-31' },
      'schemes.monitoring_too_long',
    ],
  ];
  test.each(lacking)('%s is refused', (_, steps, asked, over, code) => {
    expect(stepRefusal(asked, facts(steps, over))?.code).toBe(code);
  });

  test('a changed notified datum voids the date: nothing counts any more', () => {
    expect(receivedOn(lived('notify'))).toBe('2026-06-01');
    expect(receivedOn(lived('notify', 'amend_notified_data'))).toBeNull();
  });
});

describe('the list of members', () => {
  test.each([
    [1, 0],
    [2, 2],
    [19, 2],
    [20, 2],
    [21, 3],
    [30, 3],
    [31, 4],
  ])('of %d may change by %d, once', (members, allowed) => {
    expect(changeableMembers(members)).toBe(allowed);
    const change = {
      state: 'labelled' as const,
      changesBefore: 0,
      members: Array.from({ length: members }, (_, i) => ({
        spaceId: `spc_${i}`,
        notifiedOn: '2026-01-10' as const,
        endedOn: null,
      })),
      notifiedOn: '2026-06-01' as const,
    };
    expect(membersRefusal({ ...change, touched: allowed })).toBeNull();
    expect(membersRefusal({ ...change, touched: allowed + 1 })?.code).toBe('schemes.too_many_changes');
    expect(membersRefusal({ ...change, touched: 0, changesBefore: 1 })?.code).toBe('schemes.list_already_changed');
    expect(membersRefusal({ ...change, touched: 0, notifiedOn: '2027-01-11' })?.code).toBe(
      'schemes.notifications_too_far_apart',
    );
    expect(membersRefusal({ ...change, touched: 0, state: 'verified' })?.code).toBe('schemes.list_closed');
  });
});

describe('I-11, I-12, I-13: a day serves the one scheme in force on that day', () => {
  const steps = lived('notify');
  const scheme = allocatorOf({
    offers: [{ contractId: 'con_a', employerId: 'org_a', from: '2026-03-01', until: '2026-09-01' }],
    projects: [
      {
        projectId: 'prj_a',
        steps: take(steps, { command: 'file', happenedOn: '2026-10-01', details: { creditable_until: '2027-12-31' } }),
        members: [
          { spaceId: 'spc_a', notifiedOn: '2026-05-01', endedOn: null },
          { spaceId: 'spc_b', notifiedOn: '2026-07-15', endedOn: '2026-11-01' },
          { spaceId: 'spc_c', notifiedOn: null, endedOn: null },
        ],
      },
    ],
  });
  test.each([
    ['org_a', 'spc_a', '2026-02-28', nobody],
    ['org_a', 'spc_a', '2026-03-01', { scheme: 'cee', claimant: 'con_a' }],
    ['org_a', 'spc_a', '2026-08-31', { scheme: 'cee', claimant: 'con_a' }],
    ['org_a', 'spc_a', '2026-09-01', { scheme: 'lbc', claimant: 'prj_a' }],
    ['org_b', 'spc_a', '2026-06-01', nobody],
    ['org_b', 'spc_a', '2026-06-02', { scheme: 'lbc', claimant: 'prj_a' }],
    [null, 'spc_b', '2026-07-15', nobody],
    [null, 'spc_b', '2026-07-16', { scheme: 'lbc', claimant: 'prj_a' }],
    [null, 'spc_b', '2026-10-31', { scheme: 'lbc', claimant: 'prj_a' }],
    [null, 'spc_b', '2026-11-01', nobody],
    [null, 'spc_c', '2026-12-01', nobody],
    [null, 'spc_a', '2027-12-31', { scheme: 'lbc', claimant: 'prj_a' }],
    [null, 'spc_a', '2028-01-01', nobody],
    [null, 'spc_z', '2026-12-01', nobody],
  ] as const)('%s at %s on %s', (employerId, spaceId, day, expected) => {
    expect(scheme({ employerId, spaceId, day })).toEqual(expected);
  });
});
