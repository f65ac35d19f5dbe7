import type { Bilingual } from '../kernel/bilingual.ts';
import { compare, one, type Rational, subtract, text, zero } from '../kernel/rational.ts';
import { sentence } from './figures.ts';
import {
  type DayQuantity,
  emissionsMg,
  type Leg,
  type Rebates,
  type Rebound,
  type Settlement,
} from './lbc-tiers-lieux/2026-1/quantify.ts';
import type { CountedDay } from './request.ts';

/** One line of the explanation: a stable key, the exact figures it used, and the same thing said twice. */
export interface ExplanationLine {
  readonly key: string;
  readonly values: Readonly<Record<string, string>>;
  readonly text: Bilingual;
}

const line = (key: string, values: Readonly<Record<string, string>>, words: Bilingual): ExplanationLine => ({
  key,
  values,
  text: words,
});

const legLine = (key: string, leg: Leg): ExplanationLine => {
  const mg = emissionsMg([leg]);
  const { ug_per_m, denominator } = leg.rate;
  const people = 'occupancy' in leg ? leg.occupancy : one;
  const shared = compare(people, one) !== 0;
  return line(
    key,
    { metres: String(leg.metres), ug_per_m: String(ug_per_m), denominator, occupancy: text(people), mg: text(mg) },
    sentence(
      n =>
        `${n(leg.metres)} m × ${n(ug_per_m)} µg/m${shared ? ` ÷ ${n(people)} personnes` : ''} ÷ ${n(1000)} = ${n(mg)} mg`,
      n =>
        `${n(leg.metres)} m × ${n(ug_per_m)} µg/m${shared ? ` ÷ ${n(people)} people` : ''} ÷ ${n(1000)} = ${n(mg)} mg`,
    ),
  );
};

const reasons: Readonly<Record<CountedDay['replaced'], Bilingual>> = {
  office: { fr: 'une journée au bureau', en: 'an office day' },
  home: { fr: 'du télétravail à domicile', en: 'home telework' },
  other: { fr: 'autre chose qu’une journée de travail', en: 'something other than a working day' },
  unknown: { fr: 'on ne sait quoi', en: 'nobody knows what' },
};

const symbolLine = (day: CountedDay): ExplanationLine =>
  line(
    'day.symbols',
    { count: String(day.count), x: String(day.x), replaced: day.replaced, s: text(day.s) },
    sentence(
      n =>
        `${n(day.count)} jour${day.count > 1 ? 's' : ''}. x = ${day.x} : ${day.x === 1 ? 'pas de trajet vers l’entreprise' : 'un trajet vers l’entreprise, les deux côtés sont la chaîne réelle des trajets'}. La journée a remplacé ${reasons[day.replaced].fr}${day.replaced === 'office' || day.replaced === 'home' ? ` : s = ${n(day.s)}` : ''}.`,
      n =>
        `${n(day.count)} day${day.count > 1 ? 's' : ''}. x = ${day.x}: ${day.x === 1 ? 'no trip to the company' : 'a trip to the company, both sides are the real chain of legs'}. The day replaced ${reasons[day.replaced].en}${day.replaced === 'office' || day.replaced === 'home' ? `: s = ${n(day.s)}` : ''}.`,
    ),
  );

const notCreditedLine = (day: CountedDay, result: DayQuantity): ExplanationLine =>
  line(
    'day.not_credited',
    { reason: result.reason, unallocated_m: String(result.unallocated_m) },
    sentence(
      n =>
        `Rien n’est compté : ${day.replaced === 'unknown' ? 'personne n’a dit ce que la journée remplaçait' : 'la journée ne remplaçait ni le bureau ni le télétravail à domicile'}. 0 mg, 0 m ; ${n(result.unallocated_m)} m par jour restent non affectés.`,
      n =>
        `Nothing counts: ${day.replaced === 'unknown' ? 'nobody said what the day replaced' : 'the day replaced neither the office nor home telework'}. 0 mg, 0 m; ${n(result.unallocated_m)} m a day stay unallocated.`,
    ),
  );

const sumLine = (key: string, symbol: string, mg: Rational, fr: string, en: string): ExplanationLine =>
  line(
    key,
    { mg: text(mg) },
    sentence(
      n => `${fr} : ${symbol} = ${n(mg)} mg`,
      n => `${en}: ${symbol} = ${n(mg)} mg`,
    ),
  );

const grossLine = ({ reference_mg, actual_mg, gross_mg }: DayQuantity): ExplanationLine =>
  line(
    'day.gross',
    { mg: text(gross_mg) },
    sentence(
      n => `Écart brut : ${n(reference_mg)} − ${n(actual_mg)} = ${n(gross_mg)} mg${negativeKept(gross_mg).fr}`,
      n => `Gross difference: ${n(reference_mg)} − ${n(actual_mg)} = ${n(gross_mg)} mg${negativeKept(gross_mg).en}`,
    ),
  );

const negativeKept = (mg: Rational): Bilingual =>
  compare(mg, zero) < 0 ? { fr: ' ; une perte reste comptée', en: '; a loss stays counted' } : { fr: '', en: '' };

const substitutionLine = (day: CountedDay, { gross_mg, actual_mg, substituted_mg }: DayQuantity): ExplanationLine =>
  line(
    'day.substituted',
    { s: text(day.s), mg: text(substituted_mg) },
    sentence(
      n =>
        `Part de télétravail à domicile remplacée : ${n(subtract(one, day.s))} × ${n(gross_mg)} − ${n(day.s)} × ${n(actual_mg)} = ${n(substituted_mg)} mg`,
      n =>
        `Share of home telework replaced: ${n(subtract(one, day.s))} × ${n(gross_mg)} − ${n(day.s)} × ${n(actual_mg)} = ${n(substituted_mg)} mg`,
    ),
  );

/** What the rebound rate bears upon, written with the figures of the day. */
const reboundBase = (day: CountedDay, result: DayQuantity, rebound: Rebound) =>
  rebound.variant === 'reference'
    ? (n: (value: Rational) => string) =>
        `${n(rebound.rate)} × ${n(subtract(one, day.s))} × ${n(result.reference_mg)} = ${n(result.rebound_mg)} mg`
    : (n: (value: Rational) => string) =>
        `${n(rebound.rate)} × max(0, ${n(result.substituted_mg)}) = ${n(result.rebound_mg)} mg`;

const reboundLine = (day: CountedDay, result: DayQuantity, rebound: Rebound): ExplanationLine => {
  const values = { variant: rebound.variant, rate: text(rebound.rate), mg: text(result.rebound_mg) };
  if (day.x === 0) {
    return line('day.rebound', values, {
      fr: 'Effet rebond : aucun, un trajet vers l’entreprise a eu lieu (x = 0)',
      en: 'Rebound: none, there was a trip to the company (x = 0)',
    });
  }
  if (rebound.variant === 'none') {
    return line('day.rebound', values, { fr: 'Effet rebond : non déduit', en: 'Rebound: not deducted' });
  }
  const base = reboundBase(day, result, rebound);
  return line(
    'day.rebound',
    values,
    sentence(
      n => `Effet rebond : ${base(n)}`,
      n => `Rebound: ${base(n)}`,
    ),
  );
};

const netLine = (day: CountedDay, result: DayQuantity): ExplanationLine => {
  const { substituted_mg, rebound_mg, net_mg } = result;
  return line(
    'day.net',
    { space_energy_mg: text(day.space_energy_mg), mg: text(net_mg) },
    sentence(
      n =>
        `Gain net d’un jour : ${n(substituted_mg)} − ${n(rebound_mg)} (rebond) − ${n(day.space_energy_mg)} (énergie de l’espace) = ${n(net_mg)} mg`,
      n =>
        `Net saving of a day: ${n(substituted_mg)} − ${n(rebound_mg)} (rebound) − ${n(day.space_energy_mg)} (energy of the space) = ${n(net_mg)} mg`,
    ),
  );
};

const avoidedLine = (day: CountedDay, { avoided_m }: DayQuantity): ExplanationLine =>
  line(
    'day.avoided',
    { metres: String(avoided_m) },
    day.replaced === 'home'
      ? sentence(
          n => `Kilomètres : rien n’était à éviter, le trajet vers l’espace s’ajoute : ${n(avoided_m)} m`,
          n => `Kilometres: there was nothing to avoid, the trip to the space is added: ${n(avoided_m)} m`,
        )
      : sentence(
          n => `Kilomètres évités : trajets de référence moins trajets faits = ${n(avoided_m)} m`,
          n => `Kilometres avoided: reference legs less actual legs = ${n(avoided_m)} m`,
        ),
  );

const leftOutLine = ({ unallocated_m }: DayQuantity): ExplanationLine =>
  line(
    'day.left_out',
    { unallocated_m: String(unallocated_m) },
    sentence(
      n => `${n(unallocated_m)} m de la journée de référence ne se font pas par la route : ils restent non affectés`,
      n => `${n(unallocated_m)} m of the reference day are not by road: they stay unallocated`,
    ),
  );

/** How one kind of day was counted, from its legs to its net saving. */
export const explainDay = (day: CountedDay, result: DayQuantity, rebound: Rebound): readonly ExplanationLine[] => {
  if (!result.credited) return [symbolLine(day), notCreditedLine(day, result)];
  return [
    symbolLine(day),
    ...day.reference.map(leg => legLine('day.reference.leg', leg)),
    sumLine('day.reference', 'E_ref', result.reference_mg, 'Trajets de référence', 'Reference legs'),
    ...day.actual.map(leg => legLine('day.actual.leg', leg)),
    sumLine('day.actual', 'E_prj', result.actual_mg, 'Trajets faits', 'Actual legs'),
    grossLine(result),
    ...(compare(day.s, zero) === 0 ? [] : [substitutionLine(day, result)]),
    reboundLine(day, result, rebound),
    netLine(day, result),
    avoidedLine(day, result),
    ...(result.unallocated_m === 0n ? [] : [leftOutLine(result)]),
  ];
};

const rebatesLine = (net_mg: Rational, rebates: Rebates, recognised_mg: Rational): ExplanationLine => {
  const values = { combine: rebates.combine, rates: rebates.rates.map(text).join(' '), mg: text(recognised_mg) };
  if (compare(net_mg, zero) <= 0) {
    return line(
      'total.rebates',
      values,
      sentence(
        n => `Rabais : aucun sur un total qui n’est pas positif ; reste ${n(recognised_mg)} mg`,
        n => `Rebates: none on a total that is not positive; ${n(recognised_mg)} mg remain`,
      ),
    );
  }
  const share = (n: (value: Rational) => string) =>
    rebates.combine === 'additive'
      ? `(1 − ${rebates.rates.map(n).join(' − ')})`
      : rebates.rates.map(rate => `(1 − ${n(rate)})`).join(' × ');
  return line(
    'total.rebates',
    values,
    sentence(
      n => `Rabais : ${n(net_mg)} × ${share(n)} = ${n(recognised_mg)} mg`,
      n => `Rebates: ${n(net_mg)} × ${share(n)} = ${n(recognised_mg)} mg`,
    ),
  );
};

const creditsLine = (carried: Rational, { recognised_mg, credits, carry_mg }: Settlement): ExplanationLine =>
  line(
    'total.credits',
    { carried_mg: text(carried), credits: String(credits), carry_mg: text(carry_mg) },
    sentence(
      n =>
        `Report ${n(carried)} + ${n(recognised_mg)} mg : ${n(credits)} tonne${credits > 1n ? 's' : ''} entière${credits > 1n ? 's' : ''} de 10⁹ mg, arrondi une seule fois vers le bas ; ${n(carry_mg)} mg reportés exactement`,
      n =>
        `Carry ${n(carried)} + ${n(recognised_mg)} mg: ${n(credits)} whole tonne${credits === 1n ? '' : 's'} of 10⁹ mg, rounded once, downward; ${n(carry_mg)} mg carried exactly`,
    ),
  );

export interface Totals {
  readonly net_mg: Rational;
  readonly avoided_m: bigint;
  readonly unallocated_m: bigint;
  readonly rebates: Rebates;
  readonly carried_mg: Rational;
  readonly settlement: Settlement;
  readonly watermark: Bilingual | null;
}

/** How the days became credits: total, rebates, one rounding, carry, and what the result is worth. */
export const explainTotals = (totals: Totals): readonly ExplanationLine[] => [
  line(
    'total.net',
    { net_mg: text(totals.net_mg), avoided_m: String(totals.avoided_m), unallocated_m: String(totals.unallocated_m) },
    sentence(
      n =>
        `Total des jours : ${n(totals.net_mg)} mg nets, ${n(totals.avoided_m)} m évités, ${n(totals.unallocated_m)} m non affectés`,
      n =>
        `Total of the days: ${n(totals.net_mg)} mg net, ${n(totals.avoided_m)} m avoided, ${n(totals.unallocated_m)} m unallocated`,
    ),
  ),
  ...(totals.rebates.rates.length === 0
    ? []
    : [rebatesLine(totals.net_mg, totals.rebates, totals.settlement.recognised_mg)]),
  creditsLine(totals.carried_mg, totals.settlement),
  ...(totals.watermark === null ? [] : [line('watermark', {}, totals.watermark)]),
];
