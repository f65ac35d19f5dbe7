import { type Bilingual, show } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';
import type { Day, Month } from '../kernel/time.ts';
import type { Plan, TeleworkBasis } from './payer.ts';

const weekdayNames = {
  fr: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
} as const;

/** `[1, 2, 4]` → `lundi, mardi et jeudi`. */
export const weekdaysText = (weekdays: readonly number[]): Bilingual => ({
  fr: listed(
    weekdays.map(day => weekdayNames.fr[day - 1] ?? ''),
    'et',
  ),
  en: listed(
    weekdays.map(day => weekdayNames.en[day - 1] ?? ''),
    'and',
  ),
});

const listed = (items: readonly string[], and: string): string =>
  items.length < 2 ? items.join('') : `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}`;

/** Half-days as people say them: 1 → `une demi-journée`, 5 → `2,5 journées`. */
export const daysText = (halfDays: number): Bilingual => {
  if (halfDays === 1) return { fr: 'une demi-journée', en: 'half a day' };
  const days = (decimal: string) =>
    `${halfDays < 0 ? '−' : ''}${Math.floor(Math.abs(halfDays) / 2)}${halfDays % 2 === 0 ? '' : `${decimal}5`}`;
  const many = Math.abs(halfDays) >= 4;
  return { fr: `${days(',')} journée${many ? 's' : ''}`, en: `${days('.')} day${Math.abs(halfDays) === 2 ? '' : 's'}` };
};

/** The line of a desk rented by the month. */
export const monthlyLabel = (month: Month): Bilingual => ({
  fr: `Bureau au mois, ${show.month(month, 'fr')}`,
  en: `Desk by the month, ${show.month(month, 'en')}`,
});

export const basisNames: Readonly<Record<TeleworkBasis, Bilingual>> = {
  agreement: { fr: 'accord collectif', en: 'collective agreement' },
  charter: { fr: 'charte', en: 'charter' },
  written: { fr: 'accord écrit avec la personne', en: 'written agreement with the person' },
};

/** What a subscription buys, in one line. */
export function planText(plan: Plan): Bilingual {
  const euros = (cents: bigint): Bilingual => ({ fr: show.euros(cents, 'fr'), en: show.euros(cents, 'en') });
  if (plan.kind === 'monthly_desk') {
    const month = euros(plan.month_eur_cents);
    return { fr: `Bureau au mois, ${month.fr} par mois`, en: `Desk by the month, ${month.en} a month` };
  }
  if (plan.day_eur_cents === null || plan.half_day_eur_cents === null) {
    return { fr: 'À la journée, au tarif de chaque espace', en: 'By the day, at the tariff of each space' };
  }
  const [day, half] = [euros(plan.day_eur_cents), euros(plan.half_day_eur_cents)];
  const prices: Bilingual = {
    fr: `${day.fr} la journée, ${half.fr} la demi-journée`,
    en: `${day.en} a day, ${half.en} half a day`,
  };
  if (plan.kind === 'per_day') return { fr: `À la journée, ${prices.fr}`, en: `By the day, ${prices.en}` };
  const pack = daysText(plan.pack_half_days);
  return { fr: `Carnet de ${pack.fr}, ${prices.fr}`, en: `Pack of ${pack.en}, ${prices.en}` };
}

export const words = {
  weekdayNotAllowed: (day: Day, allowed: readonly number[]) =>
    refusal(
      'employers.weekday_not_allowed',
      422,
      {
        fr: `Votre employeur n’autorise pas le télétravail le ${show.day(day, 'fr')}. Jours convenus : ${weekdaysText(allowed).fr}. Choisissez l’un d’eux, ou voyez avec votre employeur.`,
        en: `Your employer does not allow telework on ${show.day(day, 'en')}. Agreed days: ${weekdaysText(allowed).en}. Choose one of them, or ask your employer.`,
      },
      'day',
    ),
  otherSpace: () =>
    refusal(
      'employers.other_space',
      422,
      {
        fr: 'Votre employeur loue un bureau au mois dans un autre espace et ne paie que celui-là. Réservez dans cet espace, ou voyez avec votre employeur.',
        en: 'Your employer rents a desk by the month in another space and pays for that one only. Book there, or ask your employer.',
      },
      'space',
    ),
  capReached: (month: Month, cap: number, used: number) =>
    refusal(
      'employers.cap_reached',
      409,
      {
        fr: `Votre employeur paie ${daysText(cap).fr} par personne en ${show.month(month, 'fr')} (déjà réservé : ${daysText(used).fr}). Annulez une réservation, choisissez un autre mois, ou voyez avec votre employeur.`,
        en: `Your employer pays for ${daysText(cap).en} per person in ${show.month(month, 'en')} (already booked: ${daysText(used).en}). Cancel a booking, choose another month, or ask your employer.`,
      },
      'day',
    ),
  packUsedUp: (pack: number) =>
    refusal('employers.pack_used_up', 409, {
      fr: `Le carnet de ${daysText(pack).fr} de votre employeur est épuisé. Demandez-lui d’en souscrire un autre.`,
      en: `Your employer’s pack of ${daysText(pack).en} is used up. Ask them to subscribe to another.`,
    }),
  notYours: () =>
    refusal('employers.not_yours', 403, {
      fr: 'Cette page est réservée aux personnes qui gèrent cet employeur et au réseau. Demandez-leur un accès.',
      en: 'This page is for the people who manage this employer and for the network. Ask them for access.',
    }),
  operatorOnly: () =>
    refusal('employers.operator_only', 403, {
      fr: 'Seul le réseau peut enregistrer un employeur ou un abonnement. Contactez-le.',
      en: 'Only the network can register an employer or a subscription. Contact it.',
    }),
  unknown: () =>
    refusal('employers.unknown', 404, {
      fr: 'Cet employeur n’existe pas dans ce réseau. Vérifiez l’adresse, ou revenez à votre page.',
      en: 'This employer does not exist in this network. Check the address, or go back to your page.',
    }),
  badMonth: () =>
    refusal('employers.bad_month', 404, {
      fr: 'Un mois s’écrit comme 2026-06. Corrigez l’adresse, ou revenez à la page de l’employeur.',
      en: 'A month is written like 2026-06. Correct the address, or go back to the employer’s page.',
    }),
  unknownPerson: () =>
    refusal('employers.unknown_person', 404, {
      fr: 'Une de ces personnes n’existe pas dans ce réseau. Créez d’abord son compte.',
      en: 'One of these people does not exist in this network. Create their account first.',
    }),
  unknownSite: () =>
    refusal(
      'employers.unknown_site',
      404,
      {
        fr: 'Ce lieu de travail n’est pas un site de cet employeur. Choisissez l’un de ses sites.',
        en: 'This workplace is not a site of this employer. Choose one of its sites.',
      },
      'site_id',
    ),
  badSite: (field: string) =>
    refusal(
      'employers.bad_site',
      422,
      {
        fr: 'Un site a un nom, une adresse, un code commune de cinq caractères (34111), un point sur Terre et un effectif entier d’au moins 1. Corrigez le champ signalé.',
        en: 'A site has a name, an address, a five-character commune code (34111), a point on Earth and a whole headcount of at least 1. Correct the field shown.',
      },
      field,
    ),
  badPeriod: () =>
    refusal(
      'employers.bad_period',
      422,
      {
        fr: 'La période doit finir après avoir commencé. Corrigez la date de fin.',
        en: 'The period must end after it begins. Correct the end date.',
      },
      'until',
    ),
  badPrice: (field: string) =>
    refusal(
      'employers.bad_price',
      422,
      {
        fr: 'Un prix est un nombre entier de centimes, zéro ou plus ; un plafond ou un carnet compte au moins une demi-journée. Corrigez le champ signalé.',
        en: 'A price is a whole number of cents, zero or more; a cap or a pack counts at least half a day. Correct the field shown.',
      },
      field,
    ),
  badWeekdays: () =>
    refusal(
      'employers.bad_weekdays',
      422,
      {
        fr: 'Cochez au moins un jour de la semaine, chacun une seule fois.',
        en: 'Tick at least one weekday, each only once.',
      },
      'weekdays',
    ),
  alreadySubscribed: () =>
    refusal(
      'employers.already_subscribed',
      409,
      {
        fr: 'Cet employeur a déjà un abonnement sur tout ou partie de cette période. Mettez-y fin d’abord, ou choisissez d’autres dates.',
        en: 'This employer already has a subscription for all or part of this period. End it first, or choose other dates.',
      },
      'from',
    ),
  alreadyEmployed: () =>
    refusal(
      'employers.already_employed',
      409,
      {
        fr: 'Cette personne est déjà rattachée à un employeur sur tout ou partie de cette période. Mettez fin au premier rattachement, ou choisissez d’autres dates.',
        en: 'This person is already linked to an employer for all or part of this period. End the first link, or choose other dates.',
      },
      'from',
    ),
  nothingToEnd: () =>
    refusal('employers.nothing_to_end', 404, {
      fr: 'Il n’y a rien à arrêter à cette date : la période est déjà finie, ou n’existe pas.',
      en: 'There is nothing to end on that date: the period is already over, or does not exist.',
    }),
};
