import type { Bilingual } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import { type AccessEvent, isCoded } from './evidence.ts';

/** What a space asks for an arrival to be noted: the host's list is enough, a code is needed, or a code and a booking. */
export const levels = ['host_list', 'code', 'code_and_booking'] as const;
export type Level = (typeof levels)[number];

export interface DatedLevel {
  readonly spaceId: Id<'spc'>;
  readonly validFrom: Day;
  readonly level: Level;
}

/** The newest level whose first day has come. */
export const levelOn = (dated: readonly DatedLevel[], spaceId: Id<'spc'>, day: Day): Level =>
  dated
    .filter(one => one.spaceId === spaceId && one.validFrom <= day)
    .toSorted((a, b) => (a.validFrom < b.validFrom ? 1 : -1))[0]?.level ?? 'host_list';

export const strictnessWords = {
  codeNeeded: refusal('presence.code_needed', 409, {
    fr: 'Cet espace note les arrivées par un code : celui de la borne, un code personnel, une étiquette ou un badge. Saisissez le code affiché par la borne.',
    en: 'This space notes arrivals by a code: the kiosk’s, a personal one, a tag or a badge. Type the code that the kiosk shows.',
  }),
  bookingNeeded: refusal('presence.booking_needed', 409, {
    fr: 'Cet espace demande une réservation pour ce jour. Réservez une place libre, ou demandez à l’hôte, puis saisissez un nouveau code.',
    en: 'This space asks for a booking for that day. Book a free place, or ask the host, then type a new code.',
  }),
  inThePast: refusal(
    'presence.rule_in_the_past',
    422,
    {
      fr: 'Une règle d’arrivée commence aujourd’hui au plus tôt.',
      en: 'An arrival rule begins today at the earliest.',
    },
    'from',
  ),
  notManager: refusal('presence.not_manager', 403, {
    fr: 'Seule la personne qui gère cet espace change ses règles d’arrivée.',
    en: 'Only who manages this space changes its arrival rules.',
  }),
} as const;

/** Why an arrival is not noted under a level; null when it is. Somebody's absence is noted under any. */
export function levelRefusal(
  level: Level,
  { method, present }: Pick<AccessEvent, 'method' | 'present'>,
  booked: boolean,
): Refusal | null {
  if (level === 'host_list' || !present) return null;
  if (!isCoded(method)) return strictnessWords.codeNeeded;
  return level === 'code_and_booking' && !booked ? strictnessWords.bookingNeeded : null;
}

export const strictnessLabels = {
  title: { fr: 'Pour être noté présent', en: 'To be noted as present' },
  lead: {
    fr: 'Vaut pour toutes les arrivées de cet espace, à partir d’un jour. Ce qui a été noté avant ne change pas.',
    en: 'Holds for all arrivals in this space, from a day on. What was noted before does not change.',
  },
  level: { fr: 'Il faut', en: 'It takes' },
  host_list: { fr: 'Un code, ou la liste de l’hôte', en: 'A code, or the host’s list' },
  code: {
    fr: 'Un code : borne, code personnel, étiquette ou badge',
    en: 'A code: kiosk, personal code, tag or badge',
  },
  code_and_booking: { fr: 'Un code et une réservation', en: 'A code and a booking' },
} as const satisfies Record<string, Bilingual>;
