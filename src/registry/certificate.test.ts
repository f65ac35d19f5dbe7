import { describe, expect, it } from 'vitest';
import { instant, instantText } from '../kernel/time.ts';
import { type CertificateFacts, certificateOf, flagOf } from './certificate.ts';
import { ending } from './ending.ts';
import type { Holding } from './range.ts';

const at = (day: string) => instant(`2026-${day}T08:00:00Z`);
const series = { scheme: 'lbc', project: '0001', vintage: 2026 } as const;
const held = (rangeId: string, over: Partial<Holding> = {}): Holding => ({
  ...{ ...series, first: 1n, beyond: 11n, rangeId, holderId: 'org_holder01', anonymous: false, state: 'active' },
  ...{ parentId: null, batchId: 'batch one', openedAt: at('05-01') },
  ...over,
});
const facts: CertificateFacts = {
  range: { ...series, first: 1n, beyond: 11n },
  issuedAt: at('01-01'),
  batchId: 'batch one',
  references: ['FR-1'],
  flag: null,
  open: [held('rng_1')],
  endings: [],
  nameOf: id => `name of ${id}`,
};
const use = { beneficiary: 'Commune', purpose: 'contribution', year: 2026, mention: 'Merci' } as const;

describe('the flag of a batch', () => {
  const duty = (batchId: string, day: string, quantity: bigint, met: bigint) => ({
    ...{ batchId, quantity, met },
    since: at(day),
  });

  it('adds up what the batch owes and what was made good, since the first day, and looks at no other batch', () => {
    const duties = [duty('a', '04-01', 5n, 2n), duty('b', '01-01', 90n, 80n), duty('a', '03-01', 3n, 3n)];
    for (const some of [duties, duties.toReversed()]) {
      const flag = flagOf('a', some);
      expect(flag && { ...flag, since: instantText(flag.since) }).toEqual({
        since: '2026-03-01T08:00:00Z',
        owed: 8n,
        met: 5n,
      });
    }
    expect(flagOf('b', duties)).toMatchObject({ owed: 90n, met: 80n });
  });

  it('is none without a duty', () => {
    expect(flagOf('c', [duty('a', '04-01', 5n, 2n)])).toBeNull();
  });
});

describe('a certificate', () => {
  it('says what anyone may read of its units', () => {
    const { open: _, endings: _e, nameOf: _n, ...shown } = facts;
    expect(certificateOf(facts)).toEqual({
      ...shown,
      status: 'valid',
      since: at('01-01'),
      parts: [{ range: facts.range, state: 'active', since: at('05-01'), holder: 'name of org_holder01', end: null }],
    });
  });

  it('gives each part its own range, holder and end', () => {
    const open = [
      held('rng_2', { beyond: 6n, state: 'retired', holderId: 'pty_buyer001', openedAt: at('06-01') }),
      held('rng_3', { first: 6n }),
    ];
    const end = { ...ending({ state: 'retired', ...use }), rangeId: 'rng_2' };
    const other = { ...ending({ state: 'cancelled', reason: 'late_fraud' }), rangeId: 'rng_9' };
    const { parts, status, since } = certificateOf({ ...facts, open, endings: [other, end] });
    expect({ status, since }).toEqual({ status: 'amended', since: at('06-01') });
    expect(parts).toEqual([
      {
        range: { ...series, first: 1n, beyond: 6n },
        state: 'retired',
        since: at('06-01'),
        holder: 'name of pty_buyer001',
        end: { ...use, reason: null, register: null, reference: null },
      },
      {
        range: { ...series, first: 6n, beyond: 11n },
        state: 'active',
        since: at('05-01'),
        holder: 'name of org_holder01',
        end: null,
      },
    ]);
  });

  it('tells to which register units left, and under which reference', () => {
    const end = { ...ending({ state: 'sent_out', register: 'EMMY', reference: 'E-1' }), rangeId: 'rng_1' };
    const open = [held('rng_1', { state: 'sent_out' })];
    const [part] = certificateOf({ ...facts, open, endings: [end] }).parts;
    expect(part!.end).toEqual({
      ...{ beneficiary: null, mention: null, purpose: null, year: null, reason: null },
      ...{ register: 'EMMY', reference: 'E-1' },
    });
  });

  it('keeps the name of who asked not to be named, as holder and as beneficiary', () => {
    const open = [held('rng_1', { state: 'retired', anonymous: true })];
    const end = { ...ending({ state: 'retired', ...use }), rangeId: 'rng_1' };
    const [part] = certificateOf({ ...facts, open, endings: [end] }).parts;
    expect(part).toMatchObject({
      holder: null,
      end: { beneficiary: null, mention: null, purpose: 'contribution', year: 2026 },
    });
  });

  it('is amended since the day when units of its batch were first owed', () => {
    const flag = { since: at('02-01'), owed: 3n, met: 0n };
    expect(certificateOf({ ...facts, flag })).toMatchObject({ status: 'amended', since: at('02-01'), flag });
  });
});
