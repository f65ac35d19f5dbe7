import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Day } from '../kernel/time.ts';
import { type Ask, amountDue, type Facts, payersOf, personMonth, type StaffLink, type Subscription } from './payer.ts';
import { daysText, weekdaysText } from './words.ts';

const link: StaffLink = {
  staffLinkId: 'stf_00000001',
  personId: 'per_camille1',
  employerId: 'org_employer1',
  siteId: 'sit_00000001',
  basis: 'agreement',
  weekdays: [1, 2, 4],
  from: '2026-01-01',
  until: '2026-09-01',
};
const perDay: Subscription = {
  subscriptionId: 'sub_00000001',
  employerId: 'org_employer1',
  plan: { kind: 'per_day', day_eur_cents: null, half_day_eur_cents: null },
  cap_half_days: 4,
  from: '2026-03-01',
  until: null,
};
const ask: Ask = { personId: 'per_camille1', day: '2026-06-16', halves: 2, spaceId: 'spc_ganges01' };
const facts: Facts = { links: [link], subscriptions: [perDay], usedByPerson: new Map(), usedBySubscription: new Map() };
const used = (halves: number) => new Map([[personMonth('org_employer1', 'per_camille1', '2026-06'), halves]]);
const pack: Subscription = {
  ...perDay,
  cap_half_days: null,
  plan: { kind: 'day_pack', day_eur_cents: 1800n, half_day_eur_cents: 1000n, pack_half_days: 3 },
};
const monthly: Subscription = {
  ...perDay,
  plan: { kind: 'monthly_desk', month_eur_cents: 12000n, spaceId: 'spc_ganges01', payeeId: 'org_commune1' },
};

/** The answer in one word: who pays and how much, or the code of the refusal. The tariff of the space is 15,00 €. */
const answer = (asked: Partial<Ask>, known: Partial<Facts> = {}): string => {
  const payer = payersOf([{ ...ask, ...asked }], { ...facts, ...known })[0]!;
  if ('code' in payer) return payer.code;
  return payer.kind === 'self' ? 'self' : `employer ${amountDue(payer.price, 1500n)}`;
};

describe('who pays a day', () => {
  test.each<[string, string, Partial<Ask>, Partial<Facts>?]>([
    ['the employer, at the tariff of the space', 'employer 1500', {}],
    ['the person without an employer', 'self', { personId: 'per_another1' }],
    ['the person before the link begins', 'self', { day: '2025-12-30' }],
    ['the employer on the last day of the link', 'employer 1500', { day: '2026-08-31' }],
    ['the person on the first day after it', 'self', { day: '2026-09-01' }],
    ['the person while the employer subscribes to nothing', 'self', { day: '2026-02-24' }],
    ['nobody on a day that is not agreed', 'employers.weekday_not_allowed', { day: '2026-06-17' }],
    ['the employer up to the cap', 'employer 1500', {}, { usedByPerson: used(2) }],
    ['nobody beyond it, by half a day', 'employers.cap_reached', {}, { usedByPerson: used(3) }],
    ['a cap counts its own month only', 'employer 1500', { day: '2026-07-02' }, { usedByPerson: used(4) }],
    ['an agreed price for a day', 'employer 1800', {}, { subscriptions: [pack] }],
    ['an agreed price for half a day', 'employer 1000', { halves: 1 }, { subscriptions: [pack] }],
    [
      'nobody once a pack is used up',
      'employers.pack_used_up',
      {},
      { subscriptions: [pack], usedBySubscription: new Map([[pack.subscriptionId, 2]]) },
    ],
    ['nothing more for a desk by the month', 'employer 0', {}, { subscriptions: [monthly] }],
    [
      'nobody in another space than the one by the month',
      'employers.other_space',
      { spaceId: 'spc_vouziers' },
      { subscriptions: [monthly] },
    ],
    [
      'the weekday is said before the cap',
      'employers.weekday_not_allowed',
      { day: '2026-06-17' },
      { usedByPerson: used(4) },
    ],
  ])('%s', (_name, expected, asked, known) => {
    expect(answer(asked, known)).toBe(expected);
  });

  test('in a list, each day counts those before it, and no order passes a cap or a pack', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 30 }), { maxLength: 20 });
    fc.assert(
      fc.property(
        days,
        fc.constantFrom(perDay, pack),
        fc.constantFrom(1 as const, 2 as const),
        (numbers, subscription, halves) => {
          const asks = numbers.map(n => ({ ...ask, halves, day: `2026-06-${String(n).padStart(2, '0')}` as Day }));
          const everyDay = { ...link, weekdays: [1, 2, 3, 4, 5, 6, 7] };
          const payers = payersOf(asks, { ...facts, links: [everyDay], subscriptions: [subscription] });
          const paid = payers.filter(payer => 'kind' in payer).length * halves;
          const limit = subscription === pack ? 3 : 4;
          expect(paid).toBe(Math.min(asks.length * halves, limit - (limit % halves)));
        },
      ),
    );
  });
});

describe('words', () => {
  test.each([
    [1, 'une demi-journée', 'half a day'],
    [2, '1 journée', '1 day'],
    [3, '1,5 journée', '1.5 days'],
    [4, '2 journées', '2 days'],
    [-3, '−1,5 journée', '−1.5 days'],
    [0, '0 journée', '0 days'],
  ])('%d half-days read %s', (halves, fr, en) => {
    expect(daysText(halves)).toEqual({ fr, en });
  });
  test('weekdays are listed', () => {
    expect(weekdaysText([1, 2, 4])).toEqual({ fr: 'lundi, mardi et jeudi', en: 'Monday, Tuesday and Thursday' });
  });
});
