import { describe, expect, it } from 'vitest';
import { text } from '../kernel/rational.ts';
import { isDay } from '../kernel/time.ts';
import golden from './lbc-tiers-lieux/2026-1/vectors/golden.json' with { type: 'json' };
import refusals from './lbc-tiers-lieux/2026-1/vectors/refusals.json' with { type: 'json' };
import {
  type DayQuantity,
  dayQuantifier,
  explain,
  families,
  familySheet,
  methodFingerprint,
  methodSheet,
  metresAvoided,
  publicSets,
  publicUnknowns,
  type QuantifyRequest,
  quantify,
  quantifyLine,
  setHashes,
} from './method.ts';
import { ceeRelaisEdf20261, inventory20261, lbcTiersLieux20261 } from './published.ts';

const requestOf = (input: unknown) => input as QuantifyRequest;

const oneDay = ({ method, profile, rebound, days }: QuantifyRequest): DayQuantity => {
  const { count: _, ...day } = days[0]!;
  const quantifier = dayQuantifier({ method, profile, rebound });
  if (!quantifier.ok) throw new Error(quantifier.refusal.code);
  const result = quantifier.value(day);
  if (!result.ok) throw new Error(result.refusal.code);
  return result.value;
};

const written = (value: DayQuantity[keyof DayQuantity]) => (typeof value === 'object' ? text(value) : String(value));

describe('golden vectors', () => {
  it.each(golden.filter(v => v.expected_day !== undefined))('$name, one day: $title', vector => {
    const day = oneDay(requestOf(vector.input));
    const found = Object.keys(vector.expected_day!).map(key => [key, written(day[key as keyof DayQuantity])]);
    expect(Object.fromEntries(found)).toEqual(vector.expected_day);
  });
});

describe('what a request says', () => {
  const request = requestOf(golden[1]!.input);
  const codeOf = (change: object) => {
    const result = quantify({ ...request, ...change });
    return result.ok ? 'accepted' : result.refusal.code;
  };
  const withLeg = (factor: string) => ({ days: [{ ...request.days[0]!, actual: [{ metres: 1, factor }] }] });

  it.each([
    ['2021-02-28', 'method.factor_not_yet_valid'],
    ['2021-03-01', 'accepted'],
    ['2030-12-31', 'accepted'],
    ['2031-01-01', 'method.factor_expired'],
  ])('is judged on the day %s: %s', (on, code) => {
    expect(codeOf({ on })).toBe(code);
  });

  it.each(['car_petrol', 'walk_slowly', 'constructor'])('names the factors of its set when %s is not one', factor => {
    const result = quantify({ ...request, ...withLeg(factor) });
    expect(result).toMatchObject({ ok: false, refusal: { code: 'method.unknown_factor' } });
    expect(result.ok ? '' : result.refusal.message.en).toContain('Known factors: car, car_electric, bus,');
  });

  it('names the methods that there are when it asks for another', () => {
    const result = quantify({ ...request, method: 'cee-relais-edf' });
    expect(result.ok ? '' : result.refusal.message.en).toContain('Known methods: lbc-tiers-lieux.');
    const { profile, rebound } = request;
    expect(dayQuantifier({ method: 'cee-relais-edf', profile, rebound })).toEqual(result);
  });

  it.each([
    [5, 'accepted'],
    ['5/3', 'accepted'],
    [1.5, 'method.malformed_rational'],
    [true, 'method.malformed_rational'],
  ])('may carry %j: %s', (carry_mg, code) => {
    expect(codeOf({ carry_mg })).toBe(code);
  });

  it('says where a share contradicts what the day replaced, alone or in a list', () => {
    const home = { ...request.days[0]!, replaced: 'home' as const };
    expect(codeOf({ days: [{ ...home, s: '1' }] })).toBe('accepted');
    const listed = quantify({ ...request, days: [{ ...home, s: '1/2' }] });
    expect(listed).toMatchObject({ ok: false, refusal: { field: 'days[0].s' } });
    const { count: _, ...alone } = home;
    const { method, profile, rebound } = request;
    const quantifier = dayQuantifier({ method, profile, rebound });
    expect(quantifier.ok && quantifier.value({ ...alone, s: '1/2' })).toMatchObject({
      ok: false,
      refusal: { field: 's' },
    });
  });

  it('is refused by what explains it too, in French unless asked otherwise', () => {
    expect(explain({ ...request, id: 7 as never })).toMatchObject({
      ok: false,
      refusal: { code: 'method.not_a_text' },
    });
    const { message } = (JSON.parse(quantifyLine('[]')) as { refusal: { message: string } }).refusal;
    expect(message).toBe('Un objet JSON est attendu pour la demande.');
  });

  it('has metres of its own, whatever the profile and the rebound', () => {
    const { count: _, ...day } = request.days[0]!;
    expect(metresAvoided(day)).toEqual({ ok: true, value: 70_000n });
    expect(metresAvoided({ ...day, replaced: 'unknown' })).toEqual({ ok: true, value: 0n });
    const own = { metres: 9_000, factor: { ug_per_m: 1, denominator: 'pers_km' as const } };
    expect(metresAvoided({ ...day, s: '1/2', actual: [own] })).toEqual({ ok: true, value: 71_000n });
    expect(metresAvoided({ ...day, x: 2 as never })).toMatchObject({
      ok: false,
      refusal: { code: 'method.x_not_binary' },
    });
  });
});

describe('what the public reads', () => {
  it('is three families, each whole, with what it rests on', () => {
    expect(families().map(({ version }) => version)).toEqual([lbcTiersLieux20261, ceeRelaisEdf20261, inventory20261]);
    const rests = families().map(({ version: { method } }) => {
      const sheet = familySheet(method);
      if (!sheet.ok) throw new Error(sheet.refusal.code);
      const { factor_sets, unknowns, assumptions, counts } = sheet.value;
      expect([counts.fr, counts.en]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
      return [factor_sets.length, unknowns.length, assumptions.length];
    });
    expect(rests).toEqual([
      [4, 24, 2],
      [0, 0, 0],
      [4, 0, 2],
    ]);
  });

  it('names each set by its hash, and says of each unknown what may be signed', () => {
    expect(publicSets().map(({ id, sha256 }) => [id, sha256])).toEqual(Object.entries(setHashes));
    expect(publicUnknowns().find(({ id }) => id === 'U4')).toMatchObject({
      possible: '"fixed"',
      certifying: 'required',
    });
  });

  it('is not found under another name', () => {
    const sheet = familySheet('constructor');
    expect(sheet).toMatchObject({ ok: false, refusal: { code: 'method.no_such_method', status: 404 } });
    expect(sheet.ok ? '' : sheet.refusal.message.en).toContain('lbc-tiers-lieux, cee-relais-edf, inventory');
  });
});

describe('refusals', () => {
  it.each(refusals)('$name: $title', ({ input, expected }) => {
    const result = quantify(requestOf(input));
    if (result.ok) throw new Error('this request was accepted');
    expect(result.refusal).toMatchObject({ code: `method.${expected.code}`, field: expected.field });
    expect(result.refusal.message.fr).not.toBe(result.refusal.message.en);
    expect(JSON.parse(quantifyLine(JSON.stringify(input), 'en'))).toEqual({
      id: typeof input.id === 'string' ? input.id : null,
      refusal: { code: expected.code, message: result.refusal.message.en },
    });
  });

  it.each(['', '{', 'GV-02', '{"id":"a"}{"id":"b"}'])('the line %j is not JSON', line => {
    expect(JSON.parse(quantifyLine(line))).toMatchObject({ id: null, refusal: { code: 'not_json' } });
  });

  it.each(['null', '[]', '7', '"GV-02"'])('the JSON document %s is no request', line => {
    expect(JSON.parse(quantifyLine(line))).toMatchObject({ id: null, refusal: { code: 'not_an_object' } });
  });

  it('names each missing value under the profile certifying, and nothing that is not required', () => {
    const result = quantify({ ...requestOf(golden[0]!.input), profile: 'certifying' });
    const message = result.ok ? '' : result.refusal.message.en;
    const named = [...message.matchAll(/U\d+/g)].map(([id]) => id);
    expect(named).toEqual(
      methodSheet()
        .unknowns.filter(u => u.certifying === 'required')
        .map(u => u.id),
    );
    expect(named).toHaveLength(22);
    const { rebound, method } = requestOf(golden[1]!.input);
    expect(dayQuantifier({ method, rebound, profile: 'certifying' })).toMatchObject({
      ok: false,
      refusal: { code: 'method.profile_incomplete' },
    });
  });
});

it('a result of the profile demo is watermarked and never issuable', () => {
  const told = explain(requestOf(golden[1]!.input));
  expect(told).toMatchObject({ ok: true, value: { issuable: false, watermark: { en: 'unofficial estimate' } } });
});

describe('a published version', () => {
  it.each([lbcTiersLieux20261, ceeRelaisEdf20261, inventory20261])('$method $version says on which day', version => {
    expect(isDay(version.published_on) && version.published_on >= '2026-11-23').toBe(true);
  });

  it('seals its digest and that of its factors', () => {
    expect(methodFingerprint().method_hash).toBe(lbcTiersLieux20261.digest);
    expect(lbcTiersLieux20261.digest).toBe('46ffcd647ed8936abedda667372e59847016f6b435c65816634137770e3da15d');
  });

  it('gives each factor a unit, a denominator, a boundary, a vintage, a source, a licence and two dates', () => {
    const { factors } = methodSheet();
    expect(new Set(factors.factors.map(f => f.id)).size).toBe(15);
    for (const factor of factors.factors) {
      expect(Number.isSafeInteger(factor.ug_per_m) && factor.ug_per_m >= 0).toBe(true);
      expect(['veh_km', 'pers_km']).toContain(factor.denominator);
    }
    expect(factors).toMatchObject({ boundary: 'use_phase', vintage: '2021-03/2021-09' });
    expect(factors.source && factors.licence.fr && factors.valid_from < factors.best_before).toBe(true);
    expect(methodFingerprint().factor_set_hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('lists U1 to U24, each with a label and a default in both languages', () => {
    const { unknowns } = methodSheet();
    expect(unknowns.map(u => u.id)).toEqual(Array.from({ length: 24 }, (_, i) => `U${i + 1}`));
    for (const { label, demo_default } of unknowns) {
      expect([label.fr, label.en, demo_default.fr, demo_default.en].every(words => words.length > 0)).toBe(true);
    }
  });
});
