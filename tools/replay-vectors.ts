import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Outcome } from '../src/kernel/outcome.ts';
import { parseRational, type Rational, text } from '../src/kernel/rational.ts';
import signedExample from '../src/method/lbc-tiers-lieux/signed-example.json' with { type: 'json' };
import {
  type Basis,
  type CeeRequest,
  type CertifiedEntry,
  certifyingTerms,
  type DayGroup,
  differenceReport,
  explain,
  factorSets,
  filingMass,
  type InventoryRequest,
  inventoryOf,
  mayFile,
  type QuantifyRequest,
  quantify,
  quantifyCee,
  quantifyLine,
  type Rebates,
  readCertified,
  sensitivity,
  settle,
  simulateCee,
  type Terms,
  totalsByFactor,
  uncertainty,
} from '../src/method/method.ts';

/** One golden vector: JSON in, JSON out, in any language. */
export interface Vector {
  readonly name: string;
  readonly title: string;
  readonly input: unknown;
  readonly expected: unknown;
}

const exact = (written: string): Rational => parseRational(written)!;

const isRational = (value: unknown): value is Rational =>
  typeof value === 'object' && value !== null && 'numerator' in value && 'denominator' in value;

/** Plain JSON of an answer: fractions and large integers as exact texts, a refusal as its code alone. */
const plain = (answer: unknown): unknown => {
  const write = (_key: string, value: unknown): unknown => {
    if (typeof value === 'bigint') return String(value);
    if (isRational(value)) return text(value);
    return value;
  };
  return JSON.parse(JSON.stringify(answer, write));
};

const answerOf = <T>(outcome: Outcome<T>, tell: (value: T) => unknown): unknown =>
  plain(outcome.ok ? tell(outcome.value) : { refused: outcome.refusal.code });

const rebatesOf = ({ combine, rates }: { combine: Rebates['combine']; rates: string[] }): Rebates => ({
  combine,
  rates: rates.map(exact),
});

interface Carry {
  readonly rebates: { combine: Rebates['combine']; rates: string[] };
  readonly carry_mg: string;
  readonly periods_mg: readonly string[];
}

const carried = ({ rebates, carry_mg, periods_mg }: Carry): unknown => {
  let carry = exact(carry_mg);
  return periods_mg.map(period => {
    const settled = settle(exact(period), rebatesOf(rebates), carry);
    carry = settled.carry_mg;
    return { credits: String(settled.credits), carry_mg: text(carry) };
  });
};

const inEachSet = (mode: string): unknown => {
  const found = Object.values(factorSets).map(({ id, factors }) => {
    const factor = factors.find(one => one.id === mode);
    if (factor === undefined) return [id, null];
    const { ug_per_m, denominator, construction_ug_per_m: made } = factor;
    return [id, { ug_per_m: String(ug_per_m), denominator, ...(made && { construction_ug_per_m: String(made) }) }];
  });
  return Object.fromEntries(found);
};

interface Grouped {
  readonly groups: readonly DayGroup[];
  readonly terms: Terms;
  readonly half_widths: { readonly factor: string; readonly distance: string };
  readonly from: Basis;
  readonly to: Basis;
}

const sensitivityAnswer = ({ groups, terms }: Grouped): unknown =>
  answerOf(sensitivity(groups, terms), ({ main: { avoided_m, unallocated_m, gross_mg, net_mg }, rows }) => ({
    main: { avoided_m, unallocated_m, gross_mg, net_mg },
    rows: rows.map(({ result, ...basis }) => ({
      ...basis,
      ...(result.ok ? result.value : { refused: result.refusal.code }),
    })),
  }));

const uncertaintyAnswer = ({ groups, terms, half_widths: { factor, distance } }: Grouped): unknown =>
  answerOf(totalsByFactor(groups, terms), totals => ({
    factors: totals.factors,
    ...uncertainty(totals, { factor: exact(factor), distance: exact(distance) }),
  }));

const differenceAnswer = ({ groups, from, to }: Grouped): unknown =>
  answerOf(differenceReport(groups, from, to), report => {
    const masses = ({ gross_mg, net_mg, recognised_mg }: (typeof report)['from']) => ({
      gross_mg,
      net_mg,
      recognised_mg,
    });
    return { from: masses(report.from), to: masses(report.to), difference: report.difference };
  });

const refusalAnswer = (request: QuantifyRequest): unknown => {
  const result = quantify(request);
  if (result.ok) return plain(result.value);
  const { code, field } = result.refusal;
  return { code: code.slice('method.'.length), ...(field !== undefined && { field }) };
};

const explanationAnswer = (request: QuantifyRequest): unknown =>
  answerOf(explain(request), ({ explanation: { days, totals } }) => ({ days: days.map(day => day.lines), totals }));

interface Certifying {
  /** What differs from the complete list of `signed-example.json`, and which of it is missing. */
  readonly values: Readonly<Record<string, CertifiedEntry['value']>>;
  readonly without?: readonly string[];
  readonly request: Pick<QuantifyRequest, 'id' | 'days'> & Partial<QuantifyRequest>;
  readonly spaces: number;
  readonly users: number;
}

const entriesOf = ({ values, without = [] }: Certifying): readonly CertifiedEntry[] => {
  const all = signedExample as readonly CertifiedEntry[];
  const changed = Object.entries(values).map(([unknown, value]) => ({ ...all[0]!, unknown, value }) as CertifiedEntry);
  return [...all.filter(({ unknown }) => !(unknown in values)), ...changed].filter(
    ({ unknown }) => !without.includes(unknown),
  );
};

const certifyingAnswer = (input: Certifying): unknown => {
  const { request, spaces, users } = input;
  const certified = readCertified(entriesOf(input));
  if (!certified.ok) return answerOf(certified, plain);
  const result = quantify({ ...certifyingTerms(certified.value), ...request });
  return answerOf(result, ({ id, fingerprint, watermark, ...figures }) => ({
    ...figures,
    may_file: mayFile(filingMass(certified.value, figures), spaces, users),
  }));
};

/** How the vectors of each file are computed; the input of a file is what its replayer takes. */
const replayers: Readonly<Record<string, (input: never) => unknown>> = {
  'lbc-tiers-lieux/2026-1/vectors/golden.json': (input: unknown) => JSON.parse(quantifyLine(JSON.stringify(input))),
  'lbc-tiers-lieux/2026-1/vectors/refusals.json': refusalAnswer,
  'lbc-tiers-lieux/2026-1/vectors/thresholds.json': (input: { recognised_mg: string; spaces: number; users: number }) =>
    mayFile(exact(input.recognised_mg), input.spaces, input.users),
  'lbc-tiers-lieux/2026-1/vectors/rebates.json': (input: { net_mg: string; rebates: Carry['rebates'] }) => ({
    recognised_mg: text(settle(exact(input.net_mg), rebatesOf(input.rebates), exact('0')).recognised_mg),
  }),
  'lbc-tiers-lieux/2026-1/vectors/carry.json': carried,
  'lbc-tiers-lieux/vectors/certified.json': certifyingAnswer,
  'lbc-tiers-lieux/vectors/explanations.json': explanationAnswer,
  'factors/vectors/modes.json': (input: { mode: string }) => inEachSet(input.mode),
  'comparison/vectors/sensitivity.json': sensitivityAnswer,
  'comparison/vectors/uncertainty.json': uncertaintyAnswer,
  'comparison/vectors/difference.json': differenceAnswer,
  'inventory/2026-1/vectors/inventory.json': (input: InventoryRequest) =>
    answerOf(inventoryOf(input), ({ employer, from, until, fingerprint, watermark, ...figures }) => figures),
  'cee-relais-edf/2026-1/vectors/claims.json': (input: CeeRequest) =>
    answerOf(quantifyCee(input), ({ id, method, version, method_hash, contract_sha256, ...claim }) => claim),
  'cee-relais-edf/2026-1/vectors/simulations.json': (input: CeeRequest) =>
    answerOf(
      simulateCee(input),
      ({ id, method, version, method_hash, contract_sha256, fictitious, watermark, ...simulation }) => simulation,
    ),
  'cee-relais-edf/2026-1/vectors/refusals.json': (input: CeeRequest) => answerOf(quantifyCee(input), plain),
};

export interface Replay {
  readonly file: string;
  readonly vector: Vector;
  readonly answer: () => unknown;
}

/** Every vector under the room `method`, ready to be computed; a file that nothing replays, or that is gone, is a fault. */
export const replays = (root: string): readonly Replay[] => {
  const room = join(root, 'src', 'method');
  const files = readdirSync(room, { recursive: true, encoding: 'utf8' })
    .map(path => path.replaceAll('\\', '/'))
    .filter(path => /\/vectors\/[a-z-]+\.json$/.test(path))
    .sort();
  const strange = [
    ...files.filter(file => !(file in replayers)),
    ...Object.keys(replayers).filter(f => !files.includes(f)),
  ];
  if (strange.length > 0) throw new Error(`vector files and tools/replay-vectors.ts differ: ${strange.join(', ')}`);
  return files.flatMap(file => {
    const vectors = JSON.parse(readFileSync(join(room, file), 'utf8')) as readonly Vector[];
    return vectors.map(vector => ({ file, vector, answer: () => replayers[file]!(vector.input as never) }));
  });
};
