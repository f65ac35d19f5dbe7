import { type Bilingual, type Lang, show } from '../kernel/bilingual.ts';
import { parseRational } from '../kernel/rational.ts';
import type { Day } from '../kernel/time.ts';

// What a contract says, as people read it: `"1/2"` is 50 %, `10000` metres are 10 km.

type Terms = Readonly<Record<string, unknown>>;
type Written = (value: never, terms: Terms, lang: Lang) => string;

const unitNames: Readonly<Record<string, Bilingual>> = {
  km: { fr: 'kilomètre évité', en: 'kilometre avoided' },
  day: { fr: 'journée', en: 'day' },
  kWh: { fr: 'kWh cumac', en: 'kWh cumac' },
};
const wordNames: Readonly<Record<string, Bilingual>> = {
  ...{ car: { fr: 'voiture', en: 'car' }, motorbike: { fr: 'deux-roues motorisé', en: 'motorbike' } },
  ...{ petrol: { fr: 'essence', en: 'petrol' }, diesel: { fr: 'diesel', en: 'diesel' } },
  ...{ hybrid: { fr: 'hybride', en: 'hybrid' }, plug_in: { fr: 'hybride rechargeable', en: 'plug-in hybrid' } },
  ...{ lpg: { fr: 'GPL', en: 'LPG' }, e85: { fr: 'E85', en: 'E85' }, electric: { fr: 'électrique', en: 'electric' } },
  ...{ combustion: { fr: 'thermique, sans précision', en: 'combustion, not specified' } },
  ...{
    none: { fr: 'aucune', en: 'none' },
    office: { fr: 'bureau', en: 'office' },
    home: { fr: 'domicile', en: 'home' },
  },
};

const word = (name: string, lang: Lang): string => wordNames[name]?.[lang] ?? name;
const words: Written = (names: readonly string[], _, lang) => names.map(name => word(name, lang)).join(', ');
const date: Written = (day: Day, _, lang) => show.date(day, lang);
const days: Written = (n: number, _, lang) => `${show.count(n, lang)} ${lang === 'fr' ? 'jours' : 'days'}`;

/** A share in per cent when it falls on a whole one, else the exact fraction. */
const share: Written = (text: string) => {
  const exact = parseRational(text);
  const percent = exact && exact.numerator * 100n;
  return exact && percent! % exact.denominator === 0n ? `${percent! / exact.denominator}\u00a0%` : text;
};

const price: Written = (text: string, { unit }, lang) => {
  const exact = parseRational(text);
  const cents = lang === 'fr' ? 'centime(s)' : 'cent(s)';
  const amount = exact?.denominator === 1n ? show.euros(exact.numerator, lang) : `${text} ${cents}`;
  const name = unitNames[String(unit)]?.[lang];
  return name === undefined ? amount : `${amount} ${lang === 'fr' ? 'par' : 'a'} ${name}`;
};

interface Cooldown {
  readonly operation: string;
  readonly days: number;
}

const written: Readonly<Record<string, Written>> = {
  ...{ valid_from: date, valid_until: date, eligible_modes: words, eligible_energies: words, replaced_allowed: words },
  ...{ max_share_of_rent: share, control_rate: share, claim_window_days: days, application_delay_days: days },
  price_per_unit_eur_cents: price,
  unit: (unit: string, _, lang) => unitNames[unit]?.[lang] ?? unit,
  min_distance_m: (metres: number, _, lang) => show.km(metres, lang),
  min_residual_cost_eur_cents: (cents: number, _, lang) => show.euros(cents, lang),
  min_batch_wh_cumac: (wh: number, _, lang) => `${show.count(wh, lang)} Wh cumac`,
  archive_years: (n: number, _, lang) => `${show.count(n, lang)} ${lang === 'fr' ? 'ans' : 'years'}`,
  cooldown_rules: (rules: readonly Cooldown[], _, lang) =>
    rules.map(one => `${one.operation}, ${days(one.days as never, {}, lang)}`).join(' ; ') || word('none', lang),
};

/** One term of a contract in words; null when the contract does not say. */
export function termText(symbol: string, terms: Terms, lang: Lang): string | null {
  const value = terms[symbol];
  if (value === undefined || value === null) return null;
  return written[symbol]?.(value as never, terms, lang) ?? String(value);
}
