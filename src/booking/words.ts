import { type Bilingual, both, type Lang, show } from '../kernel/bilingual.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';
import { type Day, type DayPart, type Instant, localDay } from '../kernel/time.ts';
import { clockText } from '../spaces/spaces.ts';
import type { FreeDesks } from './availability.ts';
import type { WallHours } from './hours.ts';

export const partNames: Readonly<Record<DayPart, Bilingual>> = {
  morning: { fr: 'matin', en: 'morning' },
  afternoon: { fr: 'après-midi', en: 'afternoon' },
  day: { fr: 'toute la journée', en: 'all day' },
};

/** `mardi 24 novembre matin`, `Tuesday 24 November, all day` */
export const whenText = (day: Day, part: DayPart, lang: Lang): string => {
  const comma = lang === 'en' || part === 'day' ? ',' : '';
  return `${show.day(day, lang)}${comma} ${partNames[part][lang]}`;
};

/** What was asked or booked, and when. */
export interface Moment {
  readonly day: Day;
  readonly part: DayPart;
  readonly hours?: WallHours | null | undefined;
}

/** The same with the hours, where there are some: `mardi 24 novembre de 9:00 à 10:30`, `Tuesday 24 November, 9:00 to 10:30` */
export const whenOf = ({ day, part, hours }: Moment, lang: Lang): string => {
  if (!hours) return whenText(day, part, lang);
  const [from, to] = [clockText(hours.begins_min), clockText(hours.ends_min)];
  return lang === 'fr' ? `${show.day(day, lang)} de ${from} à ${to}` : `${show.day(day, lang)}, ${from} to ${to}`;
};

const list = (items: readonly string[], or: string): string =>
  items.length < 2 ? (items[0] ?? '') : `${items.slice(0, -1).join(', ')} ${or} ${items.at(-1)}`;

const otherTimes = (next: readonly FreeDesks[]): Bilingual =>
  next.length === 0
    ? {
        fr: 'Aucune demi-journée n’est libre ici dans les deux semaines qui suivent : regardez un autre espace.',
        en: 'No half-day is free here in the two weeks that follow: look at another space.',
      }
    : both(lang => {
        const times = list(
          next.map(n => whenText(n.day, n.half, lang)),
          lang === 'fr' ? 'ou' : 'or',
        );
        return lang === 'fr' ? `Il reste de la place ${times}.` : `There is room on ${times}.`;
      });

export const join = (...sentences: readonly Bilingual[]): Bilingual =>
  both(lang => sentences.map(s => s[lang]).join(' '));

const freeNow = (count: number, then: Moment): Bilingual =>
  both(lang => {
    const when = whenOf(then, lang);
    if (lang === 'fr') return count === 1 ? `Un autre est libre ${when}.` : `${count} autres sont libres ${when}.`;
    return count === 1 ? `Another one is free on ${when}.` : `${count} others are free on ${when}.`;
  });

/** Why a place that looks free is not. */
const keptFree = (minutes: number): readonly Bilingual[] =>
  minutes === 0
    ? []
    : [
        {
          fr: `L’espace y garde ${minutes} minutes libres après chaque réservation.`,
          en: `The space keeps ${minutes} minutes free there after each booking.`,
        },
      ];

/** Refusals, in the order in which `rules.ts` looks for them. */
export const words = {
  unknownSpace: refusal(
    'booking.unknown_space',
    404,
    {
      fr: 'Cet espace n’existe pas dans ce réseau. Choisissez-en un dans la liste des espaces.',
      en: 'There is no such space in this network. Choose one from the list of spaces.',
    },
    'space',
  ),
  notForThem: refusal('booking.not_for_them', 403, {
    fr: 'Vous ne pouvez réserver que pour vous-même. L’hôte de l’espace peut réserver pour une autre personne.',
    en: 'You can only book for yourself. The space’s host can book for someone else.',
  }),
  unknownDesk: (kind: Bilingual): Refusal =>
    refusal(
      'booking.unknown_desk',
      404,
      {
        fr: `Cet espace n’a pas ce ${kind.fr}. Laissez le choix ouvert : nous en prenons un de libre.`,
        en: `This space has no such ${kind.en}. Leave the choice open: we pick a free one.`,
      },
      'desk',
    ),
  bookedByHost: (kind: Bilingual): Refusal =>
    refusal(
      'booking.booked_by_host',
      403,
      {
        fr: `Ici, un ${kind.fr} se réserve auprès de l’espace : demandez-le à la personne qui l’accueille.`,
        en: `Here a ${kind.en} is booked through the space: ask the person who hosts it.`,
      },
      'kind',
    ),
  tooLate: (latest: Instant, zone: string, next: readonly FreeDesks[]): Refusal =>
    refusal(
      'booking.too_late_to_book',
      409,
      join(
        both(lang => {
          const [day, clock] = [show.day(localDay(latest, zone), lang), show.clock(latest, zone)];
          return lang === 'fr'
            ? `Cette place se réservait jusqu’au ${day} à ${clock}.`
            : `This place could be booked until ${day}, ${clock}.`;
        }),
        otherTimes(next),
      ),
      'day',
    ),
  quotaReached: (most: number, monday: Day): Refusal =>
    refusal(
      'booking.quota_reached',
      409,
      both(lang =>
        lang === 'fr'
          ? `Cet espace se réserve ${most} demi-journée${most > 1 ? 's' : ''} par personne et par semaine : vous les avez pour la semaine du ${show.date(monday, lang)}. Annulez-en une, ou choisissez une autre semaine.`
          : `This space is booked for ${most} half-day${most > 1 ? 's' : ''} a person and week: you have them for the week of ${show.date(monday, lang)}. Cancel one, or choose another week.`,
      ),
      'day',
    ),
  /** `begun`: nobody waits any more for what has begun, though it might still be booked. */
  past: (then: Moment, today: Day, begun = false): Refusal =>
    refusal(
      'booking.past_day',
      422,
      both(lang => {
        const when = whenOf(then, lang);
        if (lang === 'fr') {
          const from = then.hours ? 'des heures à venir, aujourd’hui' : 'une demi-journée à partir d’aujourd’hui';
          return `${begun ? 'C’est déjà commencé' : 'C’est déjà passé'} (${when}). Choisissez ${from}, ${show.day(today, lang)}.`;
        }
        const from = then.hours ? 'hours to come, today' : 'a half-day from today';
        return `${begun ? 'This has already begun' : 'This is already over'} (${when}). Choose ${from}, ${show.day(today, lang)}.`;
      }),
      'day',
    ),
  tooFar: (day: Day, furthest: Day): Refusal =>
    refusal(
      'booking.too_far_ahead',
      422,
      both(lang =>
        lang === 'fr'
          ? `Le ${show.date(day, lang)} est trop loin : cet espace se réserve jusqu’au ${show.date(furthest, lang)}.`
          : `${show.date(day, lang)} is too far ahead: this space can be booked until ${show.date(furthest, lang)}.`,
      ),
      'day',
    ),
  closed: (day: Day, why: Bilingual, next: readonly FreeDesks[]): Refusal =>
    refusal(
      'booking.space_closed',
      409,
      join(
        both(lang =>
          lang === 'fr'
            ? `L’espace n’ouvre pas ${show.day(day, lang)} (${why.fr}).`
            : `The space does not open on ${show.day(day, lang)} (${why.en}).`,
        ),
        otherTimes(next),
      ),
      'day',
    ),
  outsideHours: (then: Moment, next: readonly FreeDesks[]): Refusal =>
    refusal(
      'booking.outside_hours',
      409,
      join(
        both(lang =>
          lang === 'fr'
            ? `L’espace n’est pas ouvert ${whenOf(then, lang)}.`
            : `The space is not open on ${whenOf(then, lang)}.`,
        ),
        otherTimes(next),
      ),
      'part',
    ),
  deskTaken: (then: Moment, others: number, buffer_minutes: number): Refusal =>
    refusal(
      'booking.desk_taken',
      409,
      join(
        { fr: 'Ce bureau est pris.', en: 'This desk is taken.' },
        freeNow(others, then),
        ...keptFree(buffer_minutes),
      ),
      'desk',
    ),
  full: (then: Moment, next: readonly FreeDesks[], buffer_minutes = 0): Refusal =>
    refusal(
      'booking.space_full',
      409,
      join(
        both(lang =>
          lang === 'fr' ? `Tout est pris ${whenOf(then, lang)}.` : `Everything is taken on ${whenOf(then, lang)}.`,
        ),
        otherTimes(next),
        ...keptFree(buffer_minutes),
      ),
      'part',
    ),
  alreadyBooked: (held: Moment, space: string): Refusal =>
    refusal(
      'booking.already_booked',
      409,
      both(lang =>
        lang === 'fr'
          ? `Vous avez déjà ${held.hours ? 'une place' : 'un bureau'} ${whenOf(held, lang)}, à ${space}. ${held.hours ? 'Rendez-la d’abord si vous préférez celle-ci' : 'Annulez-le d’abord si vous préférez celui-ci'}.`
          : `You already have a ${held.hours ? 'place' : 'desk'} on ${whenOf(held, lang)}, at ${space}. Cancel it first if you prefer this one.`,
      ),
      'part',
    ),
  idReused: refusal('booking.id_reused', 409, {
    fr: 'Cet identifiant désigne déjà une autre réservation. Envoyez-en un nouveau.',
    en: 'This id already names another booking. Send a new one.',
  }),
  endsBeforeItBegins: refusal(
    'booking.ends_before_it_begins',
    422,
    {
      fr: 'Le dernier jour vient avant le premier. Échangez-les, ou choisissez-en un plus tardif.',
      en: 'The last day comes before the first. Swap them, or choose a later one.',
    },
    'until',
  ),
  seriesTooLong: (most_days: number): Refusal =>
    refusal(
      'booking.series_too_long',
      422,
      {
        fr: `Une série dure ${most_days} jours au plus. Rapprochez le dernier jour ; vous pourrez la prolonger.`,
        en: `A series lasts ${most_days} days at most. Bring the last day nearer; you can extend it later.`,
      },
      'until',
    ),
  oddRhythm: (mostWeeks: number): Refusal =>
    refusal(
      'booking.odd_rhythm',
      422,
      {
        fr: `Une série revient chaque semaine, ou toutes les deux à ${mostWeeks} semaines.`,
        en: `A series comes back every week, or every 2 to ${mostWeeks} weeks.`,
      },
      'every_weeks',
    ),
  noDayInSeries: refusal(
    'booking.no_day_in_series',
    422,
    {
      fr: 'Aucun jour à venir ne tombe dans cette série. Choisissez au moins un jour de la semaine, et un dernier jour plus tardif.',
      en: 'No day to come falls in this series. Choose at least one weekday, and a later last day.',
    },
    'weekdays',
  ),
  seriesClashes: ({
    clashes,
    of,
    first,
  }: {
    readonly clashes: number;
    readonly of: number;
    readonly first: Refusal;
  }): Refusal =>
    refusal(
      'booking.series_clashes',
      409,
      join(
        {
          fr: `Rien n’est réservé : ${clashes} des ${of} jours de la série ne peuvent pas l’être. Le premier :`,
          en: `Nothing is booked: ${clashes} of the ${of} days of the series cannot be. The first one:`,
        },
        first.message,
      ),
      clashes === of ? 'weekdays' : 'skip_clashes',
    ),
  unknownFeed: refusal('booking.unknown_feed', 404, {
    fr: 'Cette adresse d’agenda n’existe pas. Créez-en une à la page « Mes réservations ».',
    en: 'There is no such calendar address. Make one on the “My bookings” page.',
  }),
  feedRevoked: refusal('booking.feed_revoked', 410, {
    fr: 'Cette adresse d’agenda a été retirée. Retirez-la de votre agenda, ou créez-en une autre à la page « Mes réservations ».',
    en: 'This calendar address was taken back. Remove it from your calendar, or make another one on the “My bookings” page.',
  }),
  feedNotHost: refusal('booking.feed_not_host', 403, {
    fr: 'L’agenda d’un espace est à qui y accueille. Le vôtre est à la page « Mes réservations ».',
    en: 'A space’s calendar is for those who receive people there. Yours is on the “My bookings” page.',
  }),
  unknownResource: refusal('booking.unknown_resource', 404, {
    fr: 'Cet espace n’a pas ce bureau ni cette salle.',
    en: 'This space has no such desk or room.',
  }),
  unknownBooking: refusal('booking.unknown_booking', 404, {
    fr: 'Cette réservation n’existe pas. Vos réservations sont à la page « Mes réservations ».',
    en: 'There is no such booking. Yours are on the “My bookings” page.',
  }),
  notYours: refusal('booking.not_yours', 403, {
    fr: 'Cette réservation n’est pas la vôtre. Son titulaire ou l’hôte de l’espace peuvent l’annuler.',
    en: 'This booking is not yours. Its holder or the space’s host can cancel it.',
  }),
  begun: refusal('booking.too_late_to_cancel', 409, {
    fr: 'Cette réservation a commencé : elle ne s’annule plus. Si vous n’êtes pas venu, dites-le à l’hôte de l’espace.',
    en: 'This booking has begun: it can no longer be cancelled. If you did not come, tell the space’s host.',
  }),
  deadlinePassed: (until: Instant, zone: string): Refusal => {
    const local = until.toZonedDateTimeISO(zone).toPlainDate().toString() as Day;
    return refusal(
      'booking.cancel_deadline_passed',
      409,
      both(lang =>
        lang === 'fr'
          ? `L’annulation était possible jusqu’au ${show.day(local, lang)} à ${show.clock(until, zone)}. L’hôte de l’espace peut encore vous aider.`
          : `Cancelling was possible until ${show.day(local, lang)} at ${show.clock(until, zone)}. The space’s host can still help you.`,
      ),
    );
  },
  boardNotHost: refusal('booking.board_not_host', 403, {
    fr: 'Le planning d’un espace est à qui y accueille. Vos réservations sont à la page « Mes réservations ».',
    en: 'A space’s board is for those who receive people there. Your bookings are on the “My bookings” page.',
  }),
  unknownPerson: refusal(
    'booking.unknown_person',
    404,
    {
      fr: 'Personne du réseau n’a cette adresse. Vérifiez-la, ou accueillez la personne le jour même à la page « Accueil du jour ».',
      en: 'Nobody in the network has this address. Check it, or receive the person on the day, on the “Today’s desk” page.',
    },
    'email',
  ),
  holdOver: refusal('booking.hold_over', 409, {
    fr: 'Le délai pour confirmer est passé : la place n’est plus gardée. Réservez-la de nouveau si elle est libre.',
    en: 'The time to confirm is over: the place is no longer kept. Book it again if it is free.',
  }),
  awaitsApproval: refusal('booking.awaits_approval', 409, {
    fr: 'Cette demande attend la réponse de l’espace : elle ne se confirme pas. Vous recevrez un message.',
    en: 'This request awaits the space’s answer: it is not yours to confirm. You will get a message.',
  }),
  nothingToDecide: refusal('booking.nothing_to_decide', 409, {
    fr: 'Cette réservation n’attend pas, ou plus, de réponse.',
    en: 'This booking does not await an answer, or no longer.',
  }),
  payerChanged: refusal('booking.payer_changed', 409, {
    fr: 'Qui devait payer ne paie plus cette journée. Annulez, puis réservez de nouveau : le prix vous sera dit.',
    en: 'Who was to pay no longer pays this day. Cancel, then book again: you will be told the price.',
  }),
  nothingToWaitFor: (then: Moment): Refusal =>
    refusal(
      'booking.nothing_to_wait_for',
      409,
      both(lang =>
        lang === 'fr'
          ? `Il reste de la place ${whenOf(then, lang)} : réservez-la.`
          : `There is room on ${whenOf(then, lang)}: book it.`,
      ),
    ),
  unknownWait: refusal('booking.unknown_wait', 404, {
    fr: 'Cette attente n’existe pas, ou n’est pas la vôtre. Les vôtres sont à la page « Mes réservations ».',
    en: 'There is no such wait, or it is not yours. Yours are on the “My bookings” page.',
  }),
  movesNowhere: refusal('booking.moves_nowhere', 422, {
    fr: 'C’est déjà là que vous avez réservé. Choisissez un autre jour, un autre moment ou un autre bureau.',
    en: 'This is already what you booked. Choose another day, another time or another desk.',
  }),
  movedOrCancelled: refusal('booking.no_longer_stands', 409, {
    fr: 'Cette réservation a été annulée ou déplacée. Celles qui tiennent sont à la page « Mes réservations ».',
    en: 'This booking was cancelled or moved. Those that stand are on the “My bookings” page.',
  }),
  movedTooLate: refusal('booking.too_late_to_move', 409, {
    fr: 'Cette réservation a commencé : elle peut encore être prolongée, plus déplacée. Réservez à part ce qu’il vous faut.',
    en: 'This booking has begun: it can still be extended, no longer moved. Book apart what you need.',
  }),
  moveDeadlinePassed: (until: Instant, zone: string): Refusal =>
    refusal(
      'booking.move_deadline_passed',
      409,
      both(lang =>
        lang === 'fr'
          ? `On pouvait la déplacer jusqu’au ${show.day(localDay(until, zone), lang)} à ${show.clock(until, zone)}. Elle peut encore être prolongée, ou annulée selon les règles de l’espace.`
          : `It could be moved until ${show.day(localDay(until, zone), lang)} at ${show.clock(until, zone)}. It can still be extended, or cancelled as the space’s rules say.`,
      ),
    ),
} as const;
