import { Temporal } from 'temporal-polyfill';
import type { Bilingual } from '../kernel/bilingual.ts';
import { type Day, remembering } from '../kernel/time.ts';

const fixed: readonly (readonly [monthDay: string, name: Bilingual])[] = [
  ['01-01', { fr: 'jour de l’An', en: 'New Year’s Day' }],
  ['05-01', { fr: 'fête du Travail', en: 'Labour Day' }],
  ['05-08', { fr: 'victoire de 1945', en: 'Victory Day' }],
  ['07-14', { fr: 'fête nationale', en: 'Bastille Day' }],
  ['08-15', { fr: 'Assomption', en: 'Assumption' }],
  ['11-01', { fr: 'Toussaint', en: 'All Saints’ Day' }],
  ['11-11', { fr: 'armistice de 1918', en: 'Armistice Day' }],
  ['12-25', { fr: 'Noël', en: 'Christmas Day' }],
];

/** Days after Easter Sunday. */
const movable: readonly (readonly [days: number, name: Bilingual])[] = [
  [1, { fr: 'lundi de Pâques', en: 'Easter Monday' }],
  [39, { fr: 'Ascension', en: 'Ascension Day' }],
  [50, { fr: 'lundi de Pentecôte', en: 'Whit Monday' }],
];

/** Easter Sunday of a Gregorian year, by the anonymous computus (Meeus, *Astronomical Algorithms*, ch. 8). 2026 → 5 April. */
export const easterSunday = (year: number): Temporal.PlainDate => {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearOfCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7;
  const late = Math.floor((golden + 11 * epact + 22 * toSunday) / 451);
  const sum = epact + toSunday - 7 * late + 114;
  return Temporal.PlainDate.from({ year, month: Math.floor(sum / 31), day: (sum % 31) + 1 });
};

const abolition: Bilingual = { fr: 'abolition de l’esclavage', en: 'Abolition of Slavery Day' };

/**
 * Holidays of some territories only, by the beginning of their communes' INSEE codes. Abolition: decree 83-1003 of 23 November
 * 1983. Alsace and Moselle: Code du travail, L3134-13; Good Friday, a holiday only where there is a Protestant church, is a closure
 * to be entered. New Caledonia: its own labour code, Lp. 241-1.
 */
const local: readonly {
  readonly codes: readonly string[];
  /** Month and day. */
  readonly on: string;
  readonly name: Bilingual;
}[] = [
  { codes: ['976'], on: '04-27', name: abolition },
  { codes: ['972'], on: '05-22', name: abolition },
  { codes: ['971'], on: '05-27', name: abolition },
  { codes: ['973'], on: '06-10', name: abolition },
  { codes: ['974'], on: '12-20', name: abolition },
  { codes: ['57', '67', '68'], on: '12-26', name: { fr: 'deuxième jour de Noël', en: 'Boxing Day' } },
  { codes: ['988'], on: '09-24', name: { fr: 'fête de la Citoyenneté', en: 'Citizenship Day' } },
];

const localCodes = local.flatMap(one => one.codes);

/** What a commune's holidays depend on: the beginning of its INSEE code where there are some of its own, else nothing. */
export const holidayZone = (communeCode: string): string => localCodes.find(code => communeCode.startsWith(code)) ?? '';

const holidaysKnown = remembering<ReadonlyMap<Day, Bilingual>>();

function holidaysOf(year: number, zone: string): ReadonlyMap<Day, Bilingual> {
  const easter = easterSunday(year);
  const own = local.filter(one => one.codes.includes(zone));
  return new Map<Day, Bilingual>([
    ...fixed.map(([monthDay, name]) => [`${year}-${monthDay}` as Day, name] as const),
    ...movable.map(([days, name]) => [easter.add({ days }).toString() as Day, name] as const),
    ...own.map(({ on, name }) => [`${year}-${on}` as Day, name] as const),
  ]);
}

/** The eleven legal holidays of France (Code du travail, L3133-1) in a year, by day, and those of a commune's own territory. */
export const publicHolidays = (year: number, communeCode: string): ReadonlyMap<Day, Bilingual> => {
  const zone = holidayZone(communeCode);
  return holidaysKnown(`${year} ${zone}`, () => holidaysOf(year, zone));
};
