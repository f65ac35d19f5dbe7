import type { Booking, WallHours } from '../booking/booking.ts';
import { type Bilingual, both, type Lang, show } from '../kernel/bilingual.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Day, DayPart } from '../kernel/time.ts';
import { clockText } from '../spaces/spaces.ts';

/**
 * `bookable`: would be booked; `booked`: has just been; `repeat`: was taken over before, nothing changes; `odd`: the half-day that
 * holds it is offered; `clash`: a booking or a rule stands in the way; `unknown`: a place, a person or a time cannot be told;
 * `left`: not a booking that stands, there or any more.
 */
export const states = ['bookable', 'booked', 'repeat', 'odd', 'clash', 'unknown', 'left'] as const;
export type State = (typeof states)[number];

/** A booking in the way of another. */
export interface Against {
  readonly bookingId: Booking['bookingId'];
  /** The entry of this file that it comes from. */
  readonly ref: string | null;
  readonly day: Day;
  readonly part: DayPart;
  readonly hours: WallHours | null;
  readonly person: string | null;
}

/** One day of one entry, and what becomes of it. */
export interface Line {
  readonly ref: string;
  /** As the other system calls them. */
  readonly room: string;
  readonly person: string;
  readonly day: Day | null;
  readonly part: DayPart | null;
  /** Of what goes by the hour; `part` is then the halves of the day that they meet. */
  readonly hours: WallHours | null;
  readonly place: { readonly space: string; readonly resource: string | null } | null;
  readonly state: State;
  readonly reason: Refusal | null;
  readonly against: readonly Against[];
  readonly bookingId: Booking['bookingId'] | null;
  readonly price_eur_cents: bigint | null;
}

export interface Report {
  readonly written: boolean;
  readonly counts: Readonly<Record<State, number>>;
  readonly lines: readonly Line[];
}

export const reportOf = (lines: readonly Line[], written: boolean): Report => ({
  written,
  counts: Object.fromEntries(
    states.map(state => [state, lines.filter(line => line.state === state).length]),
  ) as Report['counts'],
  lines,
});

export const stateNames: Readonly<Record<State, Bilingual>> = {
  bookable: { fr: 'à réserver', en: 'to book' },
  booked: { fr: 'réservé', en: 'booked' },
  repeat: { fr: 'déjà repris', en: 'taken over before' },
  odd: { fr: 'heures à élargir', en: 'hours to widen' },
  clash: { fr: 'en conflit', en: 'in conflict' },
  unknown: { fr: 'inconnu', en: 'unknown' },
  left: { fr: 'laissé', en: 'left out' },
};

const partNames: Readonly<Record<DayPart, Bilingual>> = {
  morning: { fr: 'matin', en: 'morning' },
  afternoon: { fr: 'après-midi', en: 'afternoon' },
  day: { fr: 'journée', en: 'all day' },
};

/** `de 9:00 à 10:30`, where no line ends before an hour. */
const hoursText = ({ begins_min, ends_min }: WallHours, lang: Lang): string => {
  const [from, to] = [clockText(begins_min), clockText(ends_min)];
  return lang === 'fr' ? `de\u00a0${from} à\u00a0${to}` : `${from} to\u00a0${to}`;
};

/** `24 novembre 2026, matin`; `24 novembre 2026, de 9:00 à 10:30` */
export const whenText = ({ day, part, hours }: Pick<Line, 'day' | 'part' | 'hours'>, lang: Lang): string =>
  [day && show.date(day, lang), hours ? hoursText(hours, lang) : part && partNames[part][lang]]
    .filter(Boolean)
    .join(', ');

const againstText = ({ bookingId, ref, person, ...when }: Against, lang: Lang): string => {
  const which =
    ref === null
      ? `${lang === 'fr' ? 'la réservation' : 'booking'} ${bookingId}`
      : `${lang === 'fr' ? 'l’entrée' : 'entry'} ${ref}`;
  return `${which} (${[whenText(when, lang), person].filter(Boolean).join(', ')})`;
};

/** Why a line is not booked, and what stands in its way. */
export const reasonText = ({ reason, against }: Line): Bilingual =>
  both(lang => {
    const inTheWay = against.map(one => againstText(one, lang)).join(' ; ');
    const sentence = inTheWay && `${lang === 'fr' ? 'Y est déjà :' : 'Already there:'} ${inTheWay}.`;
    return [reason?.message[lang], sentence].filter(Boolean).join(' ');
  });

const dryText: Bilingual = {
  fr: 'Rien n’est écrit. Ajoutez --write pour réserver.',
  en: 'Nothing is written. Add --write to book.',
};

/** `3 booked, 1 in conflict` */
export const countsText = ({ counts }: Report, lang: Lang): string =>
  states
    .filter(state => counts[state] > 0)
    .map(state => `${show.count(counts[state], lang)} ${stateNames[state][lang]}`)
    .join(', ');

/** A report as text for a terminal: what is not plainly booked or known, then the sums. */
export const reportText = (report: Report, lang: Lang): string => {
  const rows = report.lines
    .filter(({ state }) => state !== 'repeat' && state !== 'booked')
    .map(line => {
      const what = [line.ref, line.room, line.person, whenText(line, lang)].filter(Boolean).join(' · ');
      const why = reasonText(line)[lang];
      return `  ${stateNames[line.state][lang]} · ${what}${why && `\n      ${why}`}`;
    });
  return [...rows, `${countsText(report, lang)}.`, ...(report.written ? [] : [dryText[lang]])].join('\n');
};
