import { Temporal } from 'temporal-polyfill';
import type { Lang } from '../kernel/bilingual.ts';
import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import { isAccessibility, isEquipment } from './equipment.ts';
import { isPriced, type ResourceKind, resourceKinds, type TariffPart, tariffParts } from './kinds.ts';
import type { NewSpace, NewTariff, OpeningHours, Resource, SheetTexts, Space, SpaceId, Tariff } from './space.ts';
import { words } from './words.ts';

/** A network operator, or a manager of this space or of the organisation that runs it. */
export const mayManage = (actor: Actor, space: Pick<Space, 'spaceId' | 'managerId'>): boolean =>
  holds(actor, 'network_operator') ||
  holds(actor, 'space_manager', space.spaceId) ||
  holds(actor, 'space_manager', space.managerId);

/** `Vouziers`, `Le Relais d’Argonne` → `vouziers-le-relais-d-argonne` */
export const slugOf = (...names: readonly string[]): string =>
  names
    .join(' ')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');

export const isZone = (zone: string): boolean => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(zone);
    return true;
  } catch {
    return false;
  }
};

/** The first reason why these weekly hours cannot hold: reversed, then overlapping; null when they can. */
export function hoursRefusal(hours: readonly OpeningHours[]): Refusal | null {
  const reversed = hours.find(h => h.opens_min >= h.closes_min || h.opens_min < 0 || h.closes_min > 1440);
  if (reversed) return words.hoursReversed(reversed.weekday);
  const overlap = hours.find((a, i) =>
    hours.some((b, j) => j > i && a.weekday === b.weekday && a.opens_min < b.closes_min && b.opens_min < a.closes_min),
  );
  return overlap ? words.hoursOverlap(overlap.weekday) : null;
}

export function tariffRefusal(tariff: NewTariff): Refusal | null {
  if (tariff.amount_eur_cents < 0n) return words.negativeAmount;
  if (!isPriced(tariff.kind, tariff.part)) return words.noSuchUnit(tariff.kind, tariff.part);
  return tariff.deliberation.trim() === '' ? words.noDeliberation : null;
}

/** The first reason why a space cannot be added: zone, equipment, hours, tariffs. */
export function newSpaceRefusal(space: NewSpace): Refusal | null {
  if (!isZone(space.zone)) return words.unknownZone(space.zone);
  const unknown =
    space.equipment.find(code => !isEquipment(code)) ?? space.accessibility.find(code => !isAccessibility(code));
  if (unknown !== undefined) return words.unknownEquipment(unknown);
  return hoursRefusal(space.hours) ?? space.tariffs.map(tariffRefusal).find(r => r !== null) ?? null;
}

/** Does it hold on a day? `validUntil` is the first day on which it no longer does. */
export const holdsOn = ({ validFrom, validUntil }: Pick<Tariff, 'validFrom' | 'validUntil'>, day: Day): boolean =>
  validFrom <= day && (validUntil === null || day < validUntil);

/** The first thing that a sheet lacks; null when it is whole. */
export function sheetRefusal({ description, gettingThere, ...sheet }: SheetTexts): Refusal | null {
  const texts = {
    ...{ name: sheet.name, address: sheet.address, host: sheet.hostFirstName },
    ...{ description_fr: description.fr, description_en: description.en },
    ...{ getting_there_fr: gettingThere.fr, getting_there_en: gettingThere.en },
  };
  const empty = Object.entries(texts).find(([, text]) => text.trim() === '');
  if (empty) return words.sheetIncomplete(empty[0]);
  return /^\d{5}$/.test(sheet.postcode) ? null : words.sheetIncomplete('postcode');
}

/** The tariff among those that hold on a day, if the space has set one. */
export const tariffOf = (
  tariffs: readonly Tariff[],
  asked: { readonly spaceId: SpaceId; readonly kind: ResourceKind; readonly part: TariffPart; readonly day: Day },
): Tariff | null =>
  tariffs.find(
    t => t.spaceId === asked.spaceId && t.kind === asked.kind && t.part === asked.part && holdsOn(t, asked.day),
  ) ?? null;

const inOrder = new Intl.Collator('fr', { numeric: true });

/** Kinds together in their order, and « Poste 2 » before « Poste 10 ». */
export const inPlaceOrder = (a: Pick<Resource, 'kind' | 'name'>, b: Pick<Resource, 'kind' | 'name'>): number =>
  resourceKinds.indexOf(a.kind) - resourceKinds.indexOf(b.kind) || inOrder.compare(a.name, b.name);

/** Kinds together in their order, the shortest time first. */
export const inPriceOrder = (a: Pick<Tariff, 'kind' | 'part'>, b: Pick<Tariff, 'kind' | 'part'>): number =>
  resourceKinds.indexOf(a.kind) - resourceKinds.indexOf(b.kind) ||
  tariffParts.indexOf(a.part) - tariffParts.indexOf(b.part);

/** What a space offers on a day: all but what is withdrawn by then. */
export const offeredOn = (resources: readonly Resource[], day: Day): readonly Resource[] =>
  resources.filter(one => one.withdrawnFrom === null || day < one.withdrawnFrom);

const clockTime = /^(\d{1,2})(?:[:h](\d{2})?)?$/;

const minutesOf = (text: string): number | null => {
  const match = clockTime.exec(text.trim());
  if (!match) return null;
  const [hours, minutes] = [Number(match[1]), Number(match[2] ?? '0')];
  return hours > 24 || minutes > 59 ? null : hours * 60 + minutes;
};

/** Reads one weekday as people write it: `8:30-12:30, 13h30 – 18h`. Empty is closed; null when it does not read. */
export function readHours(weekday: number, text: string): readonly OpeningHours[] | null {
  const spans = text
    .split(/[,;]/)
    .map(part => part.trim())
    .filter(part => part !== '');
  const read = spans.map((span): OpeningHours | null => {
    const [opens, closes, extra] = span.split(/[-–—]/);
    const [opens_min, closes_min] = [minutesOf(opens ?? ''), minutesOf(closes ?? '')];
    if (opens_min === null || closes_min === null || extra !== undefined) return null;
    return { weekday, opens_min, closes_min };
  });
  return read.includes(null) ? null : (read as readonly OpeningHours[]);
}

/** A week as typed, one text a weekday from Monday: the hours, or the first day that does not read. */
export function readWeek(texts: readonly string[]): Outcome<readonly OpeningHours[]> {
  const read = texts.map((text, n) => readHours(n + 1, text));
  const wrong = read.indexOf(null);
  if (wrong >= 0) return refuse(words.unreadableHours(wrong + 1, texts[wrong]!));
  return accept(read.flatMap(hours => hours ?? []));
}

/** `7,50`, `7.5` or `7` euros in cents. */
export function readEuros(text: string): Outcome<bigint> {
  const match = /^(\d{1,7})(?:[.,](\d{1,2}))?\s*€?$/.exec(text.trim());
  if (!match) return refuse(words.unreadableAmount(text));
  return accept(BigInt(match[1]!) * 100n + BigInt((match[2] ?? '').padEnd(2, '0')));
}

/** `510` → `8:30` */
export const clockText = (minutes: number): string =>
  `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

/** Hours as a page says them: `8 h 30 – 12 h 30, 13 h 30 – 18 h`, “8:30–12:30, 13:30–18:00”; empty when closed. */
export const hoursSpoken = (hours: readonly OpeningHours[], weekday: number, lang: Lang): string => {
  const clock = (minutes: number) =>
    lang === 'en'
      ? clockText(minutes)
      : clockText(minutes)
          .replace(':', '\u00a0h\u00a0')
          .replace(/\u00a000$/, '');
  const dash = lang === 'en' ? '–' : ' – ';
  return hours
    .filter(h => h.weekday === weekday)
    .toSorted((a, b) => a.opens_min - b.opens_min)
    .map(h => `${clock(h.opens_min)}${dash}${clock(h.closes_min)}`)
    .join(', ');
};

/** The inverse of `readHours`: `8:30-12:30, 13:30-18:00`. */
export const hoursText = (hours: readonly OpeningHours[], weekday: number): string =>
  hours
    .filter(h => h.weekday === weekday)
    .toSorted((a, b) => a.opens_min - b.opens_min)
    .map(h => `${clockText(h.opens_min)}-${clockText(h.closes_min)}`)
    .join(', ');
