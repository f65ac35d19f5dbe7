import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { add, compare, parseRational, type Rational, rational, sum, text } from '../../kernel/rational.ts';
import { addDays } from '../../kernel/time.ts';
import {
  type CeeClaim,
  type CeeRequest,
  type CeeSimulation,
  fictitiousContract,
  judgeCee,
  quantifyCee,
  simulateCee,
} from '../method.ts';
import { parameterNames, reasonWords } from './words.ts';

type CeeDayRequest = CeeRequest['days'][number];

const some = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const day: fc.Arbitrary<Omit<CeeDayRequest, 'presence_id'>> = fc.record({
  employer: some('org_a', 'org_b', 'org_c'),
  day: fc.integer({ min: 0, max: 60 }).map(n => addDays('2026-08-01', n)),
  mode: some('car', 'car', 'car', 'ter'),
  energy: some('petrol', 'diesel', 'electric'),
  replaced: some('office', 'office', 'home', 'unknown'),
  avoided_m: fc.integer({ min: -20_000, max: 120_000 }),
  share: some('1', '1/2'),
});
const days = fc
  .array(day, { maxLength: 30 })
  .map(list => list.map((one, i): CeeDayRequest => ({ ...one, presence_id: `prs_${i}` })));
const unit = some('km', 'day', 'kWh');
const fraction = fc
  .tuple(fc.integer({ min: 0, max: 900 }), fc.integer({ min: 1, max: 97 }))
  .map(([a, b]) => `${a}/${b}`);
const contract = fc
  .record({ unit, price_per_unit_eur_cents: fraction, wh_cumac_per_m: fraction })
  .map(terms => ({ ...fictitiousContract, ...terms, min_residual_cost_eur_cents: 1 }));

const employers = ['org_a', 'org_b', 'org_c'].map(employer => ({
  employer,
  offer_accepted_on: '2026-08-10' as const,
  rent_eur_cents: 100_000,
}));
const request = (terms: CeeRequest['contract'], list: readonly CeeDayRequest[]): CeeRequest => ({
  id: 'batch',
  on: '2026-10-15',
  contract: terms,
  employers,
  days: list,
});
const claimed = (asked: CeeRequest): CeeClaim => {
  const result = quantifyCee(asked);
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
};
const exact = (mass: string) => parseRational(mass)!;

describe('a claim', () => {
  it('does not depend on the order of its days or employers', () => {
    fc.assert(
      fc.property(contract, days, (terms, list) => {
        const [one, other] = [
          claimed(request(terms, list)),
          claimed({ ...request(terms, [...list].reverse()), employers: [...employers].reverse() }),
        ];
        const byName = (claim: CeeClaim) => [...claim.employers].sort((a, b) => (a.employer < b.employer ? -1 : 1));
        expect(byName(other)).toEqual(byName(one));
        expect([other.wh_cumac, other.lines.length]).toEqual([one.wh_cumac, one.lines.length]);
      }),
    );
  });

  it('in two batches, the second carrying what the first left, comes to the same in all', () => {
    fc.assert(
      fc.property(contract, days, fc.nat({ max: 30 }), (terms, list, cut) => {
        const uncapped = { ...terms, max_share_of_rent: '1' };
        const roomy = employers.map(employer => ({ ...employer, rent_eur_cents: 10_000_000_000 }));
        const first = claimed({ ...request(uncapped, list.slice(0, cut)), employers: roomy });
        const carried = roomy.map(employer => {
          const left = first.employers.find(one => one.employer === employer.employer);
          return left
            ? { ...employer, carry_wh_cumac: text(left.wh_cumac.carry), carry_eur_cents: text(left.incentive.carry) }
            : employer;
        });
        const second = claimed({ ...request(uncapped, list.slice(cut)), employers: carried });
        const whole = claimed({ ...request(uncapped, list), employers: roomy });
        const total = (key: 'wh_cumac' | 'incentive', ...claims: readonly CeeClaim[]): Rational =>
          sum(claims.flatMap(claim => claim.employers.map(one => one[key].exact)));
        for (const key of ['wh_cumac', 'incentive'] as const)
          expect(text(total(key, first, second))).toBe(text(total(key, whole)));
      }),
    );
  });

  it('conserves: what was earned and carried in is paid, above the cap, or carried out', () => {
    const carry = fc
      .tuple(fc.integer({ min: -3_000, max: 3_000 }), fc.integer({ min: 1, max: 7 }))
      .map(([a, b]) => `${a}/${b}`);
    fc.assert(
      fc.property(contract, days, carry, carry, (terms, list, wh, cents) => {
        const carried = employers.map(employer => ({ ...employer, carry_wh_cumac: wh, carry_eur_cents: cents }));
        for (const { wh_cumac, incentive, residual_cost_eur_cents } of claimed({
          ...request(terms, list),
          employers: carried,
        }).employers) {
          expect(text(add(wh_cumac.exact, exact(wh)))).toBe(text(add(rational(wh_cumac.whole), wh_cumac.carry)));
          expect(text(add(incentive.exact, exact(cents)))).toBe(
            text(add(rational(incentive.paid + incentive.above_cap), incentive.carry)),
          );
          expect(residual_cost_eur_cents + incentive.paid).toBe(100_000n);
          expect(incentive.paid >= 0n && incentive.above_cap >= 0n && incentive.paid <= 50_000n).toBe(true);
          for (const floored of [wh_cumac, incentive])
            expect(floored.whole === 0n || compare(floored.carry, rational(0n)) >= 0).toBe(true);
        }
      }),
    );
  });

  it('never pays less when the cap rises', () => {
    const share = fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: 41, max: 99 }));
    fc.assert(
      fc.property(contract, days, share, share, (terms, list, [a, b], [c, d]) => {
        const [low, high] = [`${a}/${b}`, `${c}/${d}`].sort((x, y) => compare(exact(x), exact(y)));
        const paid = (cap: string) =>
          claimed(request({ ...terms, max_share_of_rent: cap }, list)).employers.map(one => one.incentive.paid);
        const [least, most] = [paid(low!), paid(high!)];
        expect(least.every((cents, i) => cents <= most[i]!)).toBe(true);
      }),
    );
  });

  it('and another over the same months are paid together what one alone would be, up to the cap', () => {
    fc.assert(
      fc.property(contract, days, fc.nat({ max: 100_000 }), (terms, list, paid_before_eur_cents) => {
        const alone = claimed(request(terms, list));
        const later = employers.map(employer => ({ ...employer, paid_before_eur_cents }));
        const second = quantifyCee({ ...request(terms, list), employers: later });
        if (!second.ok) {
          expect(second.refusal.code).toBe('cee.residual_cost_too_low');
          return;
        }
        for (const { employer, incentive, residual_cost_eur_cents } of second.value.employers) {
          const before = BigInt(paid_before_eur_cents);
          const room = 50_000n - before < 0n ? 0n : 50_000n - before;
          const whole = alone.employers.find(one => one.employer === employer)!.incentive.whole;
          expect(incentive.paid).toBe(whole < room ? whole : room);
          expect(incentive.paid + incentive.above_cap).toBe(whole);
          expect(residual_cost_eur_cents).toBe(100_000n - incentive.paid - before);
        }
      }),
    );
  });

  it('that takes days back counts them for what they were, whatever their window', () => {
    const one: CeeDayRequest = {
      presence_id: 'prs_1',
      employer: 'org_a',
      day: '2026-09-01',
      mode: 'car',
      energy: 'petrol',
      replaced: 'office',
      avoided_m: 40_000,
    };
    const back = { ...one, presence_id: 'prs_2', avoided_m: -40_000, share: '-1', corrects: true };
    const long_ago = { ...back, presence_id: 'prs_3', day: '2024-09-01' } as const;
    const none = claimed(request(fictitiousContract, [one, back]));
    expect(none.employers[0]).toMatchObject({ avoided_m: 0n, wh_cumac: { whole: 0n }, incentive: { paid: 0n } });
    const debt = claimed(request(fictitiousContract, [long_ago]));
    expect(debt.lines).toEqual([{ presence_id: 'prs_3', reason: 'eligible' }]);
    expect(debt.employers[0]).toMatchObject({ wh_cumac: { whole: 0n }, avoided_m: -40_000n });
    expect(text(debt.employers[0]!.wh_cumac.carry)).toBe('-20000');
  });

  it('leaves out whoever is not eligible without moving the others', () => {
    fc.assert(
      fc.property(contract, days, (terms, list) => {
        const { lines, employers: all } = claimed(request(terms, list));
        const kept = list.filter((_, i) => lines[i]!.reason === 'eligible');
        expect(claimed(request(terms, kept)).employers).toEqual(all);
      }),
    );
  });

  it('a simulation of a complete contract tells the same figures, and cannot be claimed', () => {
    fc.assert(
      fc.property(contract, days, (terms, list) => {
        const simulated = simulateCee(request(terms, list));
        const { employers: claims, lines } = claimed(request(terms, list));
        expect(simulated).toMatchObject({
          ok: true,
          value: { claimable: false, employers: claims, lines, missing: [] },
        });
      }),
    );
  });
});

/** Does `Given` fit where `Asked` is asked? The compiler answers: a wrong word below does not build. */
type Fits<Given, Asked> = Given extends Asked ? 'fits' : 'does not';

describe('a simulation', () => {
  it('in types: fits nowhere that a claim is asked', () => {
    const answers: [Fits<CeeSimulation, CeeClaim>, Fits<CeeClaim | CeeSimulation, CeeClaim>] = ['does not', 'does not'];
    const result = simulateCee({ ...request({}, []), employers: [] });
    expect([answers[0], result.ok && result.value.claimable]).toEqual(['does not', false]);
  });

  it('bears its mark, and whether its contract was made up', () => {
    const result = simulateCee(request(fictitiousContract, []));
    expect(result).toMatchObject({
      ok: true,
      value: {
        fictitious: true,
        watermark: { fr: 'simulation : aucune prime n’en découle', en: 'simulation: no incentive comes of it' },
      },
    });
    expect(simulateCee(request({}, []))).toMatchObject({ ok: true, value: { fictitious: false } });
  });
});

describe('refusals', () => {
  const one = request(fictitiousContract, [
    {
      presence_id: 'prs_1',
      employer: 'org_a',
      day: '2026-09-01',
      mode: 'car',
      energy: 'petrol',
      replaced: 'office',
      avoided_m: 70_000,
    },
  ]);

  it('name each missing parameter, with its words', () => {
    const result = quantifyCee({ ...one, contract: { unit: 'km', fictitious: true } });
    const message = result.ok ? { fr: '', en: '' } : result.refusal.message;
    const named = [...message.en.matchAll(/\b([a-z_]+) \(/g)].map(([, name]) => name);
    const defaults = ['claim_window_days', 'application_delay_days', 'archive_years', 'replaced_allowed'];
    expect(named).toEqual(Object.keys(parameterNames).filter(name => name !== 'unit' && !defaults.includes(name)));
    expect(message.fr).toContain('price_per_unit_eur_cents (prix par unité)');
  });

  it.each([
    ['the least that the contract asks', { min_residual_cost_eur_cents: 2_000 }, 2_349, 'en: €19.99 €20.00'],
    [
      'one cent where it asks for nothing',
      { min_residual_cost_eur_cents: 0, max_share_of_rent: '1' },
      350,
      'en: €0.00 €0.01',
    ],
  ])('say what would be left, and %s', (_what, terms, rent_eur_cents, said) => {
    const result = quantifyCee({
      ...one,
      contract: { ...fictitiousContract, ...terms },
      employers: [{ ...employers[0]!, rent_eur_cents }],
    });
    const message = result.ok ? '' : result.refusal.message.en;
    expect(`en: ${[...message.matchAll(/€[\d.]+\d/g)].join(' ')}`).toBe(said);
    expect(message).toContain('The residual cost of org_a');
  });

  it('the words are there for every reason and parameter, in both languages', () => {
    for (const { fr, en } of [...Object.values(reasonWords), ...Object.values(parameterNames)]) {
      expect(fr !== '' && en !== '').toBe(true);
    }
  });

  it('a day may be judged alone, whatever it would come to', () => {
    const poor = { ...one, employers: [{ ...employers[0]!, rent_eur_cents: 0 }] };
    expect(judgeCee(poor)).toEqual({ ok: true, value: [{ presence_id: 'prs_1', reason: 'eligible' }] });
    for (const verb of [judgeCee, simulateCee, quantifyCee]) {
      expect(verb({ ...one, on: 'today' as never })).toMatchObject({
        ok: false,
        refusal: { code: 'method.not_a_day' },
      });
    }
  });

  it('what is not so may be said or left unsaid: fictitious, and correcting', () => {
    const { fictitious: _, ...signed } = fictitiousContract;
    const said = { ...one, contract: { ...signed, fictitious: false }, days: [{ ...one.days[0]!, corrects: false }] };
    const unsaid = claimed({ ...one, contract: signed });
    expect({ ...claimed(said), contract_sha256: unsaid.contract_sha256 }).toEqual(unsaid);
    expect(unsaid.fictitious).toBe(false);
  });

  it('reads what comes from anyone without ever throwing', () => {
    const near = fc.tuple(fc.constantFrom('contract', 'employers', 'days', 'on', 'id'), fc.jsonValue());
    fc.assert(
      fc.property(
        fc.oneof(
          fc.jsonValue(),
          near.map(([key, odd]) => ({ ...one, [key]: odd })),
        ),
        odd => {
          const result = quantifyCee(odd as CeeRequest);
          expect(result.ok || /^(cee|method)\./.test(result.refusal.code)).toBe(true);
        },
      ),
    );
  });
});
