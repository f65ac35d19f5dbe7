import { type Bilingual, same } from '../../kernel/bilingual.ts';
import { ownThreshold } from '../../kernel/parameter.ts';
import type { Rational } from '../../kernel/rational.ts';

const theClock: Bilingual = { fr: 'l’horloge publiée', en: 'the published clock' };

/** Every delay and threshold of the room: dated data that a network may set, read at the presence's day. */
export const sheets = {
  checking_hours: ownThreshold(
    { fr: 'Correction libre avant vérification', en: 'Free correction before the checks' },
    'hours',
    ['1', '24', '168'],
    theClock,
  ),
  provisional_hours: ownThreshold(
    { fr: 'Fin des vérifications', en: 'End of the checks' },
    'hours',
    ['1', '48', '336'],
    theClock,
  ),
  creditable_days: ownThreshold(
    { fr: 'Délai avant qu’une journée compte', en: 'Days before a day counts' },
    'days',
    ['1', '7', '60'],
    theClock,
  ),
  correction_days: ownThreshold(
    { fr: 'Correction par qui gère l’espace', en: 'Correction by who manages the space' },
    'days',
    ['0', '7', '60'],
    theClock,
  ),
  sheet_entry_days: ownThreshold(
    { fr: 'Saisie d’une feuille signée', en: 'Entry of a signed sheet' },
    'days',
    ['0', '7', '60'],
    theClock,
  ),
  travel_share: ownThreshold(
    { fr: 'Trajet trop rapide : part du temps de route', en: 'Travel too fast: share of the road time' },
    'share',
    ['0', '4/5', '1'],
    same('F02'),
  ),
  late_hours: ownThreshold(
    { fr: 'Déclaration tardive, après la fin du jour', en: 'Late declaration, after the end of the day' },
    'hours',
    ['0', '24', '720'],
    same('F04'),
  ),
  device_people: ownThreshold(
    { fr: 'Personnes sur un appareil, à peu d’intervalle', en: 'People on one device, close in time' },
    'people',
    ['2', '2', '50'],
    same('F05'),
  ),
  device_minutes: ownThreshold(
    { fr: 'Intervalle entre deux personnes sur un appareil', en: 'Time between two people on one device' },
    'minutes',
    ['1', '15', '720'],
    same('F05'),
  ),
  device_people_day: ownThreshold(
    { fr: 'Personnes sur un appareil, en un jour', en: 'People on one device in a day' },
    'people',
    ['2', '3', '50'],
    same('F05'),
  ),
  clock_skew_s: ownThreshold(
    { fr: 'Écart d’horloge d’un téléphone', en: 'How far a phone’s clock may be off' },
    'seconds',
    ['1', '120', '86400'],
    same('F06'),
  ),
  group_people: ownThreshold(
    { fr: 'Arrivées simultanées', en: 'Simultaneous arrivals' },
    'people',
    ['2', '3', '50'],
    same('F09'),
  ),
  group_seconds: ownThreshold(
    { fr: 'Arrivées simultanées : durée', en: 'Simultaneous arrivals: time' },
    'seconds',
    ['0', '2', '60'],
    same('F09'),
  ),
  arrival_minutes: ownThreshold(
    { fr: 'Arrivées trop régulières : écart type', en: 'Arrivals too regular: standard deviation' },
    'minutes',
    ['0', '2', '60'],
    same('F10'),
  ),
  arrival_days: ownThreshold(
    { fr: 'Arrivées trop régulières : nombre de jours', en: 'Arrivals too regular: number of days' },
    'days',
    ['2', '15', '60'],
    same('F10'),
  ),
  manual_share: ownThreshold(
    {
      fr: 'Part de journées notées à la main, par espace et par mois',
      en: 'Share of days noted by hand, a space and month',
    },
    'share',
    ['0', '5/100', '1'],
    same('F16'),
  ),
  manual_floor: ownThreshold(
    { fr: 'Journées notées à la main toujours admises', en: 'Days noted by hand that are always allowed' },
    'presences',
    ['0', '2', '1000'],
    same('F16'),
  ),
  volume_mads: ownThreshold(
    { fr: 'Hausse d’un espace : écarts absolus médians', en: 'Rise of a space: median absolute deviations' },
    'ratio',
    ['1', '3', '20'],
    same('F17'),
  ),
  volume_weeks: ownThreshold(
    { fr: 'Hausse d’un espace : semaines comparées', en: 'Rise of a space: weeks compared' },
    'weeks',
    ['2', '8', '12'],
    same('F17'),
  ),
  volume_floor: ownThreshold(
    { fr: 'Hausse d’un espace toujours admise', en: 'Rise of a space that is always allowed' },
    'half_days',
    ['0', '10', '1000'],
    same('F17'),
  ),
  week_days: ownThreshold({ fr: 'Jours par semaine', en: 'Days a week' }, 'days', ['1', '5', '7'], same('F19')),
} as const;

export type ThresholdName = keyof typeof sheets;

/** The values in force on one day. */
export type Thresholds = Readonly<Record<ThresholdName, Rational>>;

/** Is a count above a limit? Exactly, whatever fraction the limit is. */
export const above = (count: number, { numerator, denominator }: Rational): boolean =>
  BigInt(count) * denominator > numerator;

/** Does a count reach a limit? */
export const reaches = (count: number, { numerator, denominator }: Rational): boolean =>
  BigInt(count) * denominator >= numerator;

/** Is a count above a share of another? `6` above `5/100` of `100`. */
export const aboveShare = (count: number, of: number, { numerator, denominator }: Rational): boolean =>
  BigInt(count) * denominator > BigInt(of) * numerator;

/** A whole threshold as a plain number: for words, and for what is gathered before judging. */
export const whole = ({ numerator, denominator }: Rational): number => Number(numerator / denominator);
