import type { Place } from '../kernel/place.ts';
import type { Month } from '../kernel/time.ts';
import { type ClaimedMonth, type Compared, comparedIn } from './comparison.ts';
import { areEnough, disclosed, isSafe, leastPeople, type Part, together } from './disclosure.ts';
import { halfWidth } from './interval.ts';
import { employersOf, type PairDays, type PairedPresence, pairsOf } from './pairs.ts';
import { type Past, persistenceOf, type Return } from './persistence.ts';

/** What of a closed month the observatory needs. Metres and milligrams are exact texts, masses maybe fractions. */
export interface ClosedMonth {
  readonly id: string;
  readonly month: Month;
  readonly totals: {
    readonly credited: number;
    readonly avoided_m: string;
    readonly gross_mg: string;
    readonly net_mg: string;
  };
  readonly reasons: Readonly<Record<string, { readonly lines: number }>>;
  /** Pseudonyms behind each reason: they are never published. */
  readonly behind: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A presence that has passed every check, with what it avoided; `avoided_m` null when its trip is not counted. */
export interface PassedPresence extends PairedPresence {
  readonly avoided_m: bigint | null;
}

export interface NamedSpace {
  readonly spaceId: string;
  readonly slug: string;
  readonly name: string;
  readonly commune: string;
  readonly place: Place;
}

export interface SpaceDays extends NamedSpace {
  /** Half-days spent there. */
  readonly halves: number;
}

/** What is published of a month, as it is kept and as it is downloaded. */
export interface Edition {
  readonly month: Month;
  readonly batchId: string;
  /** Fewer people than may be published: the month has no figure at all. */
  readonly withheld: boolean;
  readonly people: number;
  readonly halves: number;
  /** Sealed presences, credited or not: those that wait enter a later month. Credited ones alone when the others are of too few people. */
  readonly presences: number;
  readonly credited: number;
  readonly avoided_m: string;
  /** Half of the 95 % interval of `avoided_m`; null when it cannot be computed. */
  readonly half_width_m: string | null;
  readonly gross_mg: string;
  readonly net_mg: string;
  /** Presences not credited, by reason; reasons of too few people are added up under `other`. */
  readonly reasons: readonly { readonly reason: string; readonly presences: number }[];
  readonly spaces: readonly SpaceDays[];
  readonly otherSpaces: { readonly spaces: number; readonly halves: number };
  /** Half-days by where people live and where they work, and those that may not be told apart or of which it is not known. */
  readonly pairs: readonly PairDays[];
  readonly otherPairs: { readonly halves: number };
  /** Who came again after 3, 6 and 12 months; a cohort that may not be told apart is left out. */
  readonly persistence: readonly Return[];
  /** Claimed beside measured, for each month already public of which something was claimed. */
  readonly comparison: readonly Compared[];
}

/** Milligrams floored to a whole number, for display and download; the exact value stays in the batch. */
const wholeMg = (mass: string): string => {
  const [numerator = '0', denominator = '1'] = mass.split('/');
  const [n, d] = [BigInt(numerator), BigInt(denominator)];
  return String(n % d !== 0n && n < 0n ? n / d - 1n : n / d);
};

const groupBy = <T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return groups;
};

type Enough = ReturnType<typeof areEnough>;

const halvesOf = (presences: readonly PassedPresence[]): number => presences.reduce((sum, one) => sum + one.halves, 0);

const spacesOf = (presences: readonly PassedPresence[], spaces: readonly NamedSpace[], isEnough: Enough) => {
  const bySpace = groupBy(presences, one => one.spaceId);
  const parts = spaces.flatMap((space): Part<SpaceDays>[] => {
    const there = bySpace.get(space.spaceId);
    if (!there) return [];
    return [{ of: { ...space, halves: halvesOf(there) }, people: new Set(there.map(one => one.person)) }];
  });
  const { shown, hidden } = disclosed(parts, { isEnough, order: space => space.spaceId });
  return {
    spaces: [...shown].sort((a, b) => b.halves - a.halves || (a.slug < b.slug ? -1 : 1)),
    otherSpaces: { spaces: hidden.length, halves: hidden.reduce((sum, space) => sum + space.halves, 0) },
  };
};

/** Why presences were not credited; nothing when all of them together are those of too few people. */
function reasonsOf({ reasons, behind }: ClosedMonth): Edition['reasons'] {
  const parts = Object.entries(reasons)
    .filter(([reason, { lines }]) => reason !== 'credited' && lines > 0)
    .map(([reason, { lines }]) => ({
      of: { reason, presences: lines },
      people: behind.get(reason) ?? new Set<string>(),
    }));
  if (together(parts) < leastPeople) return [];
  const { shown, hidden } = disclosed(parts, { order: one => one.reason });
  const rest = hidden.reduce((sum, one) => sum + one.presences, 0);
  return rest > 0 ? [...shown, { reason: 'other', presences: rest }] : shown;
}

const perPerson = (presences: readonly PassedPresence[]): readonly bigint[] =>
  [
    ...groupBy(
      presences.filter(one => one.avoided_m !== null),
      one => one.person,
    ).values(),
  ].map(days => days.reduce((sum, day) => sum + (day.avoided_m ?? 0n), 0n));

/** People behind the credited lines of a month, at least: those that claims hold and those that none holds may be the same. */
const creditedPeople = (month: Month, claimed: readonly ClaimedMonth[]): number =>
  Math.max(0, ...claimed.filter(one => one.month === month).flatMap(({ people, others }) => [people, others]));

/** What the house knows of a month beside its batch. */
export interface Told {
  readonly presences: readonly PassedPresence[];
  readonly spaces: readonly NamedSpace[];
  readonly past: Past;
  readonly claimed: readonly ClaimedMonth[];
}

/** Makes what is published of a closed month out of what only the house may see. */
export function editionOf(closed: ClosedMonth, { presences, spaces, past, claimed }: Told): Edition {
  const { id: batchId, month, totals } = closed;
  const present = new Set(presences.map(one => one.person));
  if (present.size < leastPeople || !isSafe(creditedPeople(month, claimed))) return withheldEdition(month, batchId);
  const reasons = reasonsOf(closed);
  const isEnough = areEnough(employersOf(presences));
  const bySpace = spacesOf(presences, spaces, isEnough);
  const shown = new Set(bySpace.spaces.map(space => space.spaceId));
  return {
    month,
    batchId,
    withheld: false,
    people: present.size,
    halves: halvesOf(presences),
    presences: reasons.reduce((sum, one) => sum + one.presences, totals.credited),
    credited: totals.credited,
    avoided_m: totals.avoided_m,
    half_width_m: halfWidth(perPerson(presences))?.toString() ?? null,
    gross_mg: wholeMg(totals.gross_mg),
    net_mg: wholeMg(totals.net_mg),
    reasons,
    ...bySpace,
    ...pairsOf(presences, { shown, isEnough }),
    persistence: persistenceOf(month, { present, ...past }),
    comparison: comparedIn(month, { claimed, published: past.published }),
  };
}

const withheldEdition = (month: Month, batchId: string): Edition => ({
  month,
  batchId,
  withheld: true,
  people: 0,
  halves: 0,
  presences: 0,
  credited: 0,
  avoided_m: '0',
  half_width_m: null,
  gross_mg: '0',
  net_mg: '0',
  reasons: [],
  spaces: [],
  otherSpaces: { spaces: 0, halves: 0 },
  pairs: [],
  otherPairs: { halves: 0 },
  persistence: [],
  comparison: [],
});
