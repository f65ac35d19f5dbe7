import { type Bilingual, both, type Lang, show } from '../kernel/bilingual.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import { join, type Moment, whenOf } from './words.ts';

const most = 6;

/** The first few, then how many more: `mardi 24 novembre matin, … et 12 autres` */
const listOf = (moments: readonly Moment[], lang: Lang): string => {
  const told = moments.slice(0, most).map(one => whenOf(one, lang));
  const more = moments.length - told.length;
  if (more > 0) told.push(lang === 'fr' ? `et ${more} autre${more > 1 ? 's' : ''}` : `and ${more} more`);
  return told.join(lang === 'fr' ? ' ; ' : '; ');
};

/** Refusals about places themselves, and about the length of time for which they are booked. */
export const placeWords = {
  notByTheHour: (kind: Bilingual): Refusal =>
    refusal(
      'booking.not_by_the_hour',
      422,
      {
        fr: `Ceci ne se réserve pas à l’heure : ${kind.fr}. Choisissez une demi-journée ou une journée.`,
        en: `This is not booked by the hour: ${kind.en}. Choose half a day or a day.`,
      },
      'part',
    ),
  oddHours: refusal(
    'booking.odd_hours',
    422,
    {
      fr: 'Les heures vont de quart d’heure en quart d’heure, la fin après le début, le même jour.',
      en: 'Hours go by quarters of an hour, the end after the beginning, on one day.',
    },
    'begins',
  ),
  noMoment: refusal(
    'booking.no_moment',
    422,
    {
      fr: 'Dites quand : une partie de la journée, ou de quelle heure à quelle heure.',
      en: 'Say when: a part of the day, or from when to when.',
    },
    'part',
  ),
  notByTheTerm: (kind: Bilingual): Refusal =>
    refusal(
      'booking.not_by_the_term',
      422,
      {
        fr: `Ceci ne se réserve ni à la semaine ni au mois : ${kind.fr}.`,
        en: `This is booked neither by the week nor by the month: ${kind.en}.`,
      },
      'kind',
    ),
  termBegun: (first: Day): Refusal =>
    refusal(
      'booking.term_begun',
      422,
      both(lang =>
        lang === 'fr'
          ? `Cette période a commencé le ${show.date(first, lang)}. Choisissez un jour de la suivante, ou réservez les jours qui restent un à un.`
          : `This period began on ${show.date(first, lang)}. Choose a day of the next one, or book the days that remain one by one.`,
      ),
      'day',
    ),
  nothingOpenInTerm: refusal(
    'booking.nothing_open_in_term',
    409,
    { fr: 'L’espace n’ouvre aucun jour de cette période.', en: 'The space opens on no day of this period.' },
    'day',
  ),
  termClashes: (first: Refusal): Refusal =>
    refusal(
      'booking.term_clashes',
      409,
      join(
        {
          fr: 'Rien n’est réservé : aucune place n’est à vous chaque jour de la période. La première raison :',
          en: 'Nothing is booked: no place is yours each day of the period. The first reason:',
        },
        first.message,
      ),
      'day',
    ),
  unknownTerm: refusal('booking.unknown_term', 404, {
    fr: 'Cette période n’existe pas, ou n’est pas la vôtre. Vos réservations sont à la page « Mes réservations ».',
    en: 'There is no such period, or it is not yours. Your bookings are on the “My bookings” page.',
  }),
  placeStillBooked: (moments: readonly Moment[]): Refusal =>
    refusal(
      'booking.place_still_booked',
      409,
      both(lang =>
        lang === 'fr'
          ? `Rien n’est changé : ${count(moments.length, 'fr')} et ne trouve${moments.length > 1 ? 'nt' : ''} pas d’autre place de la même sorte (${listOf(moments, lang)}). Choisissez un jour plus tardif, ajoutez une place, ou demandez que ce soit rendu sans frais.`
          : `Nothing is changed: ${count(moments.length, 'en')} and no other place of the same kind is free then (${listOf(moments, lang)}). Choose a later day, add a place, or ask that this be given back free of charge.`,
      ),
      'displace',
    ),
  placeInUse: refusal(
    'booking.place_in_use',
    409,
    {
      fr: 'Quelqu’un y est en ce moment, ou y était aujourd’hui. Retirez la place à partir de demain.',
      en: 'Someone is there now, or was today. Withdraw the place from tomorrow on.',
    },
    'from',
  ),
  clockCollides: (moments: readonly Moment[]): Refusal =>
    refusal(
      'booking.clock_collides',
      409,
      both(lang =>
        lang === 'fr'
          ? `L’heure de l’espace n’est pas changée : à la nouvelle heure, ces réservations se heurteraient à d’autres, ou n’existeraient pas (${listOf(moments, lang)}). Déplacez-les ou annulez-les d’abord.`
          : `The space’s time is not changed: by the new clock these bookings would clash with others, or not exist (${listOf(moments, lang)}). Move or cancel them first.`,
      ),
      'zone',
    ),
} as const;

const count = (n: number, lang: Lang): string => {
  if (lang === 'fr') return n === 1 ? '1 réservation y tient encore' : `${n} réservations y tiennent encore`;
  return n === 1 ? '1 booking still stands there' : `${n} bookings still stand there`;
};

/** `3 réservations ont changé de place, 2 sont rendues sans frais.` */
export const withdrawnText = (moved: number, cancelled: number, from: Day): Bilingual =>
  both(lang => {
    const day = show.date(from, lang);
    return lang === 'fr'
      ? `La place n’est plus proposée à partir du ${day}. Réservations mises à une autre place : ${moved} ; rendues sans frais : ${cancelled}. Chaque personne reçoit un message.`
      : `The place is no longer offered from ${day}. Bookings given another place: ${moved}; given back free of charge: ${cancelled}. Each person gets a message.`;
  });
