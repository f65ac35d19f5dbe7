import type { FreeDesks } from '../booking/booking.ts';
import { type Lang, show } from '../kernel/bilingual.ts';
import type { Day } from '../kernel/time.ts';
import { isProvisional, labelStates } from '../labelling/labelling.ts';
import {
  kinds,
  type Resource,
  type ResourceKind,
  resourceKinds,
  type Tariff,
  type TariffPart,
} from '../spaces/spaces.ts';
import type { Listing, Mode, Trip } from './listing.ts';
import { texts } from './texts.ts';

/** Longer than this, nobody goes that way each week: the list says so rather than a number. */
const longest_s: Readonly<Record<Mode, number>> = { foot: 5_400, bicycle: 7_200, car: 14_400 };

/** `12 min`, `environ 1 h 10`, or null when it is too far that way. An estimate is rounded to five minutes above ten. */
export function tripText({ mode, seconds, estimated }: Trip, lang: Lang): string | null {
  if (seconds > longest_s[mode]) return null;
  if (!estimated) return show.duration(Math.max(60, seconds), lang);
  const minutes = seconds / 60;
  const rounded = minutes > 10 ? Math.round(minutes / 5) * 5 : Math.max(1, Math.round(minutes));
  return `${texts.about[lang]} ${show.duration(rounded * 60, lang)}`;
}

/** Address of the booking page for half a day of a space. */
export const bookHref = (slug: string, { day, half }: Pick<FreeDesks, 'day' | 'half'>): string =>
  `/reserver?espace=${slug}&jour=${day}&moment=${half === 'morning' ? 'matin' : 'apres-midi'}`;

/** `mardi 24 novembre, matin` */
export const halfText = ({ day, half }: Pick<FreeDesks, 'day' | 'half'>, lang: Lang): string =>
  `${show.day(day, lang)}, ${texts[half][lang]}`;

/** What a row of small stones says, in words: `mercredi 25 novembre, matin : libre ; …` */
export const halvesText = (halves: readonly FreeDesks[], lang: Lang): string =>
  halves
    .map(h => `${halfText(h, lang)}${lang === 'fr' ? ' :' : ':'} ${(h.free > 0 ? texts.free : texts.full)[lang]}`)
    .join(' ; ');

/** `5 libres`, `complet`, or `fermé` when there is nothing to count. */
export const freeText = (free: number | null, lang: Lang): string => {
  if (free === null) return texts.closed[lang];
  return free === 0 ? texts.full[lang] : `${free} ${(free === 1 ? texts.free : texts.freeMany)[lang]}`;
};

export interface LabelBadge {
  readonly text: string;
  readonly tone: 'good' | 'pending' | 'bad';
}

/** The label in a word, its reserve included: on a provisional grid nothing is more than provisional. */
export function labelBadge({ label }: Pick<Listing, 'label'>, lang: Lang): LabelBadge | null {
  const { state, gridVersion } = label;
  if (state === 'none' || state === 'refused' || state === 'withdrawn') return null;
  if (state === 'labelled' && isProvisional(gridVersion)) return { text: texts.provisionalLabel[lang], tone: 'good' };
  const tone = state === 'labelled' ? 'good' : state === 'candidate' ? 'pending' : 'bad';
  return { text: labelStates[state][lang], tone };
}

const plural: Readonly<Record<ResourceKind, Readonly<Record<Lang, string>>>> = {
  desk: { fr: 'bureaux partagés', en: 'shared desks' },
  office: { fr: 'bureaux fermés', en: 'closed offices' },
  meeting_room: { fr: 'salles de réunion', en: 'meeting rooms' },
  phone_booth: { fr: 'cabines téléphoniques', en: 'phone booths' },
  locker: { fr: 'casiers', en: 'lockers' },
  parking: { fr: 'places de stationnement', en: 'parking places' },
};

/** `8 bureaux partagés, 2 bureaux fermés, 1 salle de réunion` */
export const roomsText = (resources: readonly Resource[], lang: Lang): string =>
  resourceKinds
    .map(kind => [kind, resources.filter(r => r.kind === kind).length] as const)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `${count} ${count === 1 ? kinds[kind][lang] : plural[kind][lang]}`)
    .join(', ');

/** One line a kind of resource, with its prices. */
export interface PriceLine {
  readonly kind: ResourceKind;
  readonly halfDay: Tariff | null;
  readonly day: Tariff | null;
  /** By the hour, the week or the month. */
  readonly others: readonly Tariff[];
}

export const priceLines = (tariffs: readonly Tariff[]): readonly PriceLine[] =>
  resourceKinds
    .map(kind => {
      const own = tariffs.filter(t => t.kind === kind);
      const priced = (part: TariffPart) => own.find(t => t.part === part) ?? null;
      const others = own.filter(t => t.part !== 'half_day' && t.part !== 'day');
      return { kind, halfDay: priced('half_day'), day: priced('day'), others };
    })
    .filter(line => line.halfDay !== null || line.day !== null || line.others.length > 0);

/** A path with a day in it: `?jour=2026-11-24`, other parameters kept. */
export const dayHref = (path: string, params: Readonly<Record<string, string>>, day: Day): string =>
  `${path}?${new URLSearchParams({ ...params, jour: day })}`;
