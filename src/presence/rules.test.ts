import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashOf } from '../kernel/canonical.ts';
import { parseRational } from '../kernel/rational.ts';
import { initialValues } from '../platform/parameters/parameters.ts';
import { benchWith, rules, rulesOfTrips } from './rules/catalogue.ts';
import { ordinary, type PresenceFacts } from './rules/facts.ts';
import { catalogueHash, judging, type Rule, wholeFacts } from './rules/rule.ts';
import { sheets, type ThresholdName, type Thresholds } from './rules/thresholds.ts';

const initial: Thresholds = initialValues({ room: 'presence', sheets });

interface Vector {
  readonly rule: string;
  readonly facts: Partial<PresenceFacts>;
  readonly thresholds?: Partial<Record<ThresholdName, string>>;
  readonly expected: string;
}

const vectors = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors', 'rules.json'), 'utf8')) as Vector[];

const valuesOf = ({ thresholds = {} }: Vector): Thresholds => ({
  ...initial,
  ...Object.fromEntries(Object.entries(thresholds).map(([name, value]) => [name, parseRational(value)!])),
});

const said = (rule: Rule<PresenceFacts, Thresholds>, vector: Vector): string =>
  rule.judge({ ...ordinary, ...vector.facts }, valuesOf(vector));

describe('each rule judges as its table says', () => {
  test.each(rules.map(rule => [rule.id, rule] as const))('%s', (id, rule) => {
    const own = vectors.filter(one => one.rule === id);
    for (const vector of own) expect([vector, said(rule, vector)]).toEqual([vector, vector.expected]);
    const found = own.filter(one => one.expected === 'review' || one.expected === 'blocked');
    expect(found.length).toBeGreaterThanOrEqual(3);
    expect(own.filter(one => one.expected === 'passed').length).toBeGreaterThanOrEqual(3);
  });

  test('and no line of the table is of another rule', () => {
    expect(vectors.filter(one => !rules.some(rule => rule.id === one.rule))).toEqual([]);
  });
});

describe('a rule', () => {
  test.each(rules.map(rule => [rule.id, rule] as const))('%s reads exactly the facts that it names', (id, rule) => {
    const read = new Set<string>();
    for (const vector of vectors.filter(one => one.rule === id)) {
      const watched = new Proxy(
        { ...ordinary, ...vector.facts },
        {
          get: (facts, name: keyof PresenceFacts & string) => {
            read.add(name);
            return facts[name];
          },
        },
      );
      rule.judge(watched, valuesOf(vector));
    }
    expect([...read].toSorted()).toEqual([...rule.reads].toSorted());
  });

  test('tells its threshold from the values in force, in both languages', () => {
    const f19 = rules.find(rule => rule.id === 'F19')!;
    expect(f19.threshold(initial)).toEqual({ fr: 'plus de 5 jours', en: 'more than 5 days' });
    expect(f19.threshold({ ...initial, week_days: parseRational('4')! }).fr).toBe('plus de 4 jours');
    for (const { id, threshold, title, advice } of rules)
      for (const words of [threshold(initial), title, advice])
        expect([id, words.fr.length > 3 && words.en.length > 3 && words.fr !== words.en]).toEqual([id, true]);
  });

  test('names no person, space, operator, employer or network (I-22)', () => {
    const folder = join(import.meta.dirname, 'rules');
    for (const file of readdirSync(folder)) {
      const code = readFileSync(join(folder, file), 'utf8');
      expect([file, /\b(per|spc|org|net|ksk|prs)_[0-9a-z]|[0-9a-f]{64}|\bSIREN\b|\d{9}/.exec(code)]).toEqual([
        file,
        null,
      ]);
    }
    const names = Object.keys(ordinary).filter(name =>
      /pseudonym|personId|spaceId|networkId|name|email|hour$/.test(name),
    );
    expect(names).toEqual([]);
  });

  test('has an id of its own, and so have the rules of trips', () => {
    const ids = [...rules.map(rule => `presence ${rule.id}`), ...rulesOfTrips.map(rule => `commute ${rule.id}`)];
    expect(new Set(ids).size).toBe(ids.length);
    const all = new Set([...rules, ...rulesOfTrips].map(rule => rule.id));
    for (let n = 1; n <= 20; n++) expect(all).toContain(`F${String(n).padStart(2, '0')}`);
  });
});

describe('judging', () => {
  const bench = benchWith(initial);
  const anyFacts = fc.constantFrom(...vectors).map(one => one.facts);

  test('keeps only what is not ordinary, under a hash; what was kept judges the same again (I-21)', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (one, other) => {
        const facts = { ...ordinary, ...one, ...other };
        const judged = judging(bench)(facts);
        expect(wholeFacts(judged.facts, ordinary)).toEqual(facts);
        const kept = JSON.parse(JSON.stringify(judged.facts)) as typeof judged.facts;
        expect(hashOf(kept)).toBe(judged.factsSha256);
        expect(judging(bench)(wholeFacts(kept, ordinary))).toEqual(judged);
      }),
    );
  });

  test('finds what each rule alone says, and nothing else', () => {
    const judge = judging(bench);
    fc.assert(
      fc.property(anyFacts, anyFacts, (one, other) => {
        const facts = { ...ordinary, ...one, ...other };
        const alone = rules.flatMap(rule => {
          const status = rule.judge(facts, initial);
          return status === 'passed' ? [] : [[rule.id, status]];
        });
        expect(judge(facts).findings.map(found => [found.rule, found.status])).toEqual(alone);
      }),
    );
  });

  test('a rule that fails has not completed: its presence waits, the others do not', () => {
    const broken = {
      ...rules[0]!,
      id: 'F99',
      judge: (facts: PresenceFacts) => {
        if (facts.halves === 1) throw new Error('a bug');
        return 'passed' as const;
      },
    };
    const judge = judging({ ...bench, rules: [...rules, broken] });
    expect(judge({ ...ordinary, halves: 1 }).findings.map(f => [f.rule, f.status])).toEqual([['F99', 'pending']]);
    expect(judge({ ...ordinary, halves: 2 }).findings).toEqual([]);
  });

  test('an exemption lets pass the rule that it names, and tells it', () => {
    const judge = judging(bench);
    const facts = { ...ordinary, group_people: 9, staff: true };
    expect(judge({ ...facts, exempt: ['F09'] }).findings.map(f => [f.rule, f.status])).toEqual([
      ['F09', 'noted'],
      ['F15', 'blocked'],
    ]);
    expect(judge({ ...ordinary, exempt: ['F09'] }).findings).toEqual([]);
  });

  test('under other values or another version is another catalogue', () => {
    const stricter = benchWith({ ...initial, week_days: parseRational('4')! });
    const renewed = { ...bench, rules: rules.map(rule => (rule.id === 'F19' ? { ...rule, version: 'next' } : rule)) };
    expect(new Set([bench, stricter, renewed].map(one => catalogueHash(one))).size).toBe(3);
    expect(catalogueHash(benchWith({ ...initial }))).toBe(catalogueHash(bench));
  });
});
