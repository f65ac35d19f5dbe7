import { type Bilingual, both, same, show } from '../kernel/bilingual.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import type { ResourceKind, TariffPart } from './kinds.ts';
import type { Closure, ClosureReason } from './space.ts';

export const kinds: Readonly<Record<ResourceKind, Bilingual>> = {
  desk: { fr: 'bureau partagé', en: 'shared desk' },
  office: { fr: 'bureau fermé', en: 'closed office' },
  meeting_room: { fr: 'salle de réunion', en: 'meeting room' },
  phone_booth: { fr: 'cabine téléphonique', en: 'phone booth' },
  locker: { fr: 'casier', en: 'locker' },
  parking: { fr: 'place de stationnement', en: 'parking place' },
};

export const parts: Readonly<Record<TariffPart, Bilingual>> = {
  hour: { fr: 'heure', en: 'hour' },
  half_day: { fr: 'demi-journée', en: 'half-day' },
  day: { fr: 'journée', en: 'day' },
  week: { fr: 'semaine', en: 'week' },
  month: { fr: 'mois', en: 'month' },
};

export const weekdays: readonly Bilingual[] = [
  { fr: 'lundi', en: 'Monday' },
  { fr: 'mardi', en: 'Tuesday' },
  { fr: 'mercredi', en: 'Wednesday' },
  { fr: 'jeudi', en: 'Thursday' },
  { fr: 'vendredi', en: 'Friday' },
  { fr: 'samedi', en: 'Saturday' },
  { fr: 'dimanche', en: 'Sunday' },
];

const weekdayOf = (weekday: number): Bilingual => weekdays[weekday - 1] ?? same(String(weekday));

export const closureReasons: Readonly<Record<ClosureReason, Bilingual>> = {
  holidays: { fr: 'congés', en: 'holidays' },
  works: { fr: 'travaux', en: 'building works' },
  event: { fr: 'événement dans les locaux', en: 'an event on the premises' },
  staff: { fr: 'absence de l’hôte', en: 'the host is away' },
  other: { fr: 'fermeture exceptionnelle', en: 'exceptional closure' },
};

/** What a page says, and what a verb refuses. */
export const words = {
  closedForGood: { fr: 'cet espace a fermé', en: 'this space has closed down' },
  closedThatWeekday: { fr: 'fermé ce jour de la semaine', en: 'closed on this weekday' },
  notYetOpen: (openedOn: Day): Bilingual => ({
    fr: `ouvre le ${show.date(openedOn, 'fr')}`,
    en: `opens on ${show.date(openedOn, 'en')}`,
  }),
  closedFor: (closure: Closure): Bilingual => ({
    fr: `fermé : ${closure.note ?? closureReasons[closure.reason].fr}`,
    en: `closed: ${closure.note ?? closureReasons[closure.reason].en}`,
  }),
  closedOnHoliday: (name: Bilingual): Bilingual => ({
    fr: `fermé : jour férié (${name.fr})`,
    en: `closed: public holiday (${name.en})`,
  }),

  unknownSpace: refusal('spaces.unknown_space', 404, {
    fr: 'Cet espace n’existe pas dans ce réseau. La liste des espaces est à la page « Espaces ».',
    en: 'There is no such space in this network. The “Spaces” page lists them all.',
  }),
  notOperator: refusal('spaces.not_operator', 403, {
    fr: 'Seule une personne qui anime le réseau peut ajouter un espace.',
    en: 'Only a network operator may add a space.',
  }),
  notManager: refusal('spaces.not_manager', 403, {
    fr: 'Seule une personne qui gère cet espace peut changer ses horaires, ses fermetures ou ses tarifs.',
    en: 'Only a manager of this space may change its hours, closures or tariffs.',
  }),
  unknownZone: (zone: string): Refusal =>
    refusal('spaces.unknown_zone', 422, {
      fr: `« ${zone} » n’est pas un fuseau horaire. Donnez-en un comme « Europe/Paris ».`,
      en: `“${zone}” is not a time zone. Give one such as “Europe/Paris”.`,
    }),
  unknownEquipment: (code: string): Refusal =>
    refusal('spaces.unknown_equipment', 422, {
      fr: `L’équipement « ${code} » n’est pas dans la liste.`,
      en: `The equipment “${code}” is not on the list.`,
    }),
  nameTaken: (name: string): Refusal =>
    refusal('spaces.name_taken', 409, {
      fr: `Un espace du réseau porte déjà le nom « ${name} » dans cette commune. Choisissez un autre nom.`,
      en: `A space of the network already bears the name “${name}” in this town. Choose another name.`,
    }),
  hoursReversed: (weekday: number): Refusal =>
    refusal(
      'spaces.hours_reversed',
      422,
      {
        fr: `Le ${weekdayOf(weekday).fr}, l’heure de fermeture doit être après l’heure d’ouverture.`,
        en: `On ${weekdayOf(weekday).en}, the closing time must be after the opening time.`,
      },
      `hours_${weekday}`,
    ),
  hoursOverlap: (weekday: number): Refusal =>
    refusal(
      'spaces.hours_overlap',
      422,
      {
        fr: `Le ${weekdayOf(weekday).fr}, deux plages d’ouverture se recouvrent. Réunissez-les en une seule.`,
        en: `On ${weekdayOf(weekday).en}, two opening periods overlap. Merge them into one.`,
      },
      `hours_${weekday}`,
    ),
  unreadableHours: (weekday: number, text: string): Refusal =>
    refusal(
      'spaces.unreadable_hours',
      422,
      {
        fr: `Le ${weekdayOf(weekday).fr}, « ${text} » ne se lit pas comme des horaires. Écrivez par exemple « 8:30-12:30, 13:30-18:00 », ou laissez vide si l’espace est fermé.`,
        en: `On ${weekdayOf(weekday).en}, “${text}” does not read as opening hours. Write for instance “8:30-12:30, 13:30-18:00”, or leave it empty when the space is closed.`,
      },
      `hours_${weekday}`,
    ),
  fromThePast: (today: Day, field: string): Refusal =>
    refusal(
      'spaces.from_the_past',
      422,
      {
        fr: `Un changement vaut à partir d’aujourd’hui au plus tôt (${show.date(today, 'fr')}) : ce qui est passé ne se réécrit pas.`,
        en: `A change holds from today at the earliest (${show.date(today, 'en')}): the past is not rewritten.`,
      },
      field,
    ),
  closureReversed: refusal(
    'spaces.closure_reversed',
    422,
    {
      fr: 'Le dernier jour de fermeture doit être le premier jour ou un jour qui le suit.',
      en: 'The last closed day must be the first one or a later day.',
    },
    'last_day',
  ),
  alreadyClosed: refusal(
    'spaces.already_closed',
    409,
    {
      fr: 'L’espace est déjà fermé une partie de ces jours. Annulez d’abord l’autre fermeture, ou choisissez d’autres jours.',
      en: 'The space is already closed on some of these days. Cancel the other closure first, or choose other days.',
    },
    'first_day',
  ),
  sheetIncomplete: (field: string): Refusal =>
    refusal(
      'spaces.sheet_incomplete',
      422,
      {
        fr: 'La fiche a besoin d’un nom, d’une adresse, d’un code postal de cinq chiffres, d’un prénom d’hôte et des textes dans les deux langues.',
        en: 'The sheet needs a name, an address, a postcode of five digits, a host’s first name and the texts in both languages.',
      },
      field,
    ),
  unknownResource: refusal('spaces.unknown_resource', 404, {
    fr: 'Cette place n’existe pas dans cet espace. Celles qui y sont se lisent à la page de gestion de l’espace.',
    en: 'There is no such place in this space. Those that are there are on the space’s management page.',
  }),
  resourceNameTaken: (name: string): Refusal =>
    refusal(
      'spaces.resource_name_taken',
      409,
      {
        fr: `Une place de cet espace porte déjà le nom « ${name} », peut-être retirée. Choisissez-en un autre.`,
        en: `A place of this space already bears the name “${name}”, perhaps one that was withdrawn. Choose another one.`,
      },
      'name',
    ),
  resourceNameless: refusal(
    'spaces.resource_nameless',
    422,
    {
      fr: 'Donnez un nom à la place, tel qu’on le lira sur la porte ou sur la table.',
      en: 'Give the place a name, as people will read it on the door or on the table.',
    },
    'name',
  ),
  nobodyFits: refusal(
    'spaces.nobody_fits',
    422,
    { fr: 'Une place reçoit de 1 à 500 personnes.', en: 'A place holds 1 to 500 people.' },
    'capacity',
  ),
  alreadyWithdrawn: refusal('spaces.already_withdrawn', 409, {
    fr: 'Cette place est déjà retirée : ce qui est passé ne se réécrit pas. Ajoutez-en une autre.',
    en: 'This place is already withdrawn: the past is not rewritten. Add another one.',
  }),
  sameZone: refusal(
    'spaces.same_zone',
    422,
    { fr: 'L’espace est déjà à cette heure-là.', en: 'The space already keeps that time.' },
    'zone',
  ),
  unknownClosure: refusal('spaces.unknown_closure', 404, {
    fr: 'Cette fermeture n’existe pas, ou elle a déjà été annulée.',
    en: 'There is no such closure, or it was already cancelled.',
  }),
  closureIsPast: refusal('spaces.closure_is_past', 409, {
    fr: 'Cette fermeture est passée : elle reste dans l’histoire de l’espace.',
    en: 'This closure is over: it stays in the history of the space.',
  }),
  noDeliberation: refusal(
    'spaces.no_deliberation',
    422,
    {
      fr: 'Indiquez la délibération qui fixe ce tarif (par exemple « 2026-014 du 12 mars 2026 »).',
      en: 'Give the council decision that sets this tariff (for instance “2026-014 of 12 March 2026”).',
    },
    'deliberation',
  ),
  negativeAmount: refusal(
    'spaces.negative_amount',
    422,
    { fr: 'Un tarif est de zéro euro ou plus.', en: 'A tariff is zero euros or more.' },
    'amount',
  ),
  noSuchUnit: (kind: ResourceKind, part: TariffPart): Refusal =>
    refusal(
      'spaces.no_such_unit',
      422,
      both(lang =>
        lang === 'fr'
          ? `Ceci ne se loue pas à cette durée : ${kinds[kind].fr}, ${parts[part].fr}. Choisissez-en une autre.`
          : `This is not let by that length of time: ${kinds[kind].en}, ${parts[part].en}. Choose another one.`,
      ),
      'part',
    ),
  unreadableAmount: (text: string): Refusal =>
    refusal(
      'spaces.unreadable_amount',
      422,
      {
        fr: `« ${text} » ne se lit pas comme un montant en euros. Écrivez par exemple « 7,50 ».`,
        en: `“${text}” does not read as an amount in euros. Write for instance “7.50”.`,
      },
      'amount',
    ),
  onlyByTheHour: (kind: ResourceKind, day: Day): Refusal =>
    refusal(
      'spaces.only_by_the_hour',
      422,
      both(lang =>
        lang === 'fr'
          ? `Le ${show.date(day, lang)}, ceci n’a de prix qu’à l’heure ici : ${kinds[kind].fr}. Dites de quelle heure à quelle heure, par quarts d’heure.`
          : `On ${show.date(day, lang)} this has a price by the hour only here: ${kinds[kind].en}. Say from when to when, by quarters of an hour.`,
      ),
      'part',
    ),
  noTariff: (kind: ResourceKind, part: TariffPart, day: Day): Refusal =>
    refusal(
      'spaces.no_tariff',
      422,
      both(lang =>
        lang === 'fr'
          ? `Aucun tarif n’est fixé le ${show.date(day, lang)} pour : ${kinds[kind].fr}, ${parts[part].fr}. Le gestionnaire de l’espace doit le saisir.`
          : `No tariff is set on ${show.date(day, lang)} for: ${kinds[kind].en}, ${parts[part].en}. The space’s manager must enter it.`,
      ),
    ),
} as const;
