import { Temporal } from 'temporal-polyfill';
import type { Day, Instant } from './time.ts';

/** French is the language of the field and comes first; English is complete. */
export type Lang = 'fr' | 'en';

export interface Bilingual {
  readonly fr: string;
  readonly en: string;
}

/** The same words in both languages: names, codes, numbers already formatted. */
export const same = (text: string): Bilingual => ({ fr: text, en: text });

/** Our two typefaces draw the narrow no-break space (U+202F) as almost nothing: numbers keep an ordinary one. */
const spaced = (text: string): string => text.replaceAll('\u202f', '\u00a0');

const locale = { fr: 'fr-FR', en: 'en-GB' } as const;
const perLang = <T>(make: (locale: string) => T) => ({ fr: make(locale.fr), en: make(locale.en) });

// Intl formatters cost milliseconds to build and microseconds to use: each is built once.
const euros = perLang(l => new Intl.NumberFormat(l, { style: 'currency', currency: 'EUR' }));
const whole = perLang(l => new Intl.NumberFormat(l, { maximumFractionDigits: 0 }));
const tenths = perLang(l => new Intl.NumberFormat(l, { maximumFractionDigits: 1 }));
const longDay = perLang(
  l => new Intl.DateTimeFormat(l, { weekday: 'long', day: 'numeric', month: 'long', timeZone: 'UTC' }),
);
const fullDay = perLang(
  l => new Intl.DateTimeFormat(l, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }),
);
const shortDay = perLang(l => new Intl.DateTimeFormat(l, { weekday: 'short', day: 'numeric', timeZone: 'UTC' }));
const monthYear = perLang(l => new Intl.DateTimeFormat(l, { month: 'long', year: 'numeric', timeZone: 'UTC' }));

const utcNoon = (day: Day) =>
  Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)), 12);

/** French says « 1er » for the first of a month, and Intl does not. */
const firstOfMonth = (text: string, lang: Lang): string =>
  lang === 'fr' ? text.replace(/(^|\s)1(?=\s)/, '$11er') : text;

/** Texts for people. Rounding here is for display only: sums are always made on the exact values. */
export const show = {
  /** `1250` → `12,50 €` */
  euros: (cents: bigint | number, lang: Lang) => spaced(euros[lang].format(Number(cents) / 100)),
  /** `12345` → `12 345` */
  count: (n: bigint | number, lang: Lang) => spaced(whole[lang].format(n)),
  /** Metres as kilometres: below 10 km one decimal, above none. `35200` → `35 km` */
  km: (metres: bigint | number, lang: Lang) => {
    const km = Number(metres) / 1000;
    return spaced(`${(Math.abs(km) < 10 ? tenths : whole)[lang].format(km)}\u00a0km`);
  },
  /** Milligrams as kilograms or tonnes of CO2e. `857614800` → `857,6 kg` is written `858 kg` above 100 kg. */
  co2: (milligrams: bigint, lang: Lang) => {
    const kg = Number(milligrams / 1000n) / 1000;
    if (Math.abs(kg) >= 1000) return spaced(`${tenths[lang].format(kg / 1000)}\u00a0t`);
    return spaced(`${(Math.abs(kg) < 100 ? tenths : whole)[lang].format(kg)}\u00a0kg`);
  },
  /** Seconds as `2 h 10` or `25 min`. */
  duration: (seconds: number, lang: Lang) => {
    const minutes = Math.round(seconds / 60);
    if (minutes < 60) return `${whole[lang].format(minutes)} min`;
    return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
  },
  /** `2026-11-24` → `mardi 24 novembre` */
  day: (day: Day, lang: Lang) => firstOfMonth(longDay[lang].format(utcNoon(day)), lang),
  /** `2026-11-24` → `24 novembre 2026` */
  date: (day: Day, lang: Lang) => firstOfMonth(fullDay[lang].format(utcNoon(day)), lang),
  /** `2026-11-24` → `mar. 24` */
  dayShort: (day: Day, lang: Lang) => shortDay[lang].format(utcNoon(day)),
  /** `2026-11` → `novembre 2026` */
  month: (month: string, lang: Lang) => monthYear[lang].format(utcNoon(`${month}-15` as Day)),
  /** The clock on the wall of a space: `9:05`. */
  clock: (at: Instant, zone: string) => {
    const local = Temporal.Instant.from(at.toString()).toZonedDateTimeISO(zone);
    return `${local.hour}:${String(local.minute).padStart(2, '0')}`;
  },
};

/** Both languages of one formatted value, for refusals and documents. */
export const both = (text: (lang: Lang) => string): Bilingual => ({ fr: text('fr'), en: text('en') });
