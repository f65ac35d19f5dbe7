import { place } from '../kernel/place.ts';
import type { Month } from '../kernel/time.ts';
import type { ClaimedMonth } from './comparison.ts';
import { type ClosedMonth, editionOf, type NamedSpace, type PassedPresence } from './edition.ts';
import type { Pair } from './pairs.ts';
import type { Past } from './persistence.ts';

/** A made-up network for tests: three spaces, of which the last is seldom used. */
export const sampleSpaces: readonly NamedSpace[] = [
  {
    spaceId: 'spc_00000001',
    slug: 'ganges-la-filature',
    name: 'La Filature',
    commune: 'Ganges',
    place: place(3.71, 43.93),
  },
  {
    spaceId: 'spc_00000002',
    slug: 'vouziers-le-relais',
    name: 'Le Relais',
    commune: 'Vouziers',
    place: place(4.7, 49.4),
  },
  {
    spaceId: 'spc_00000003',
    slug: 'die-la-clairette',
    name: 'La Clairette',
    commune: 'Die',
    place: place(5.37, 44.75),
  },
  { spaceId: 'spc_00000004', slug: 'autun-porte', name: 'Porte d’Arroux', commune: 'Autun', place: place(4.3, 46.95) },
];

/** Everyone of a space lives and works in the same two areas. */
const samplePair = (at: number): Pair => ({
  home: { code: `20000000${at}`, name: `CC du Vallon ${at}` },
  work: { code: `24000000${at}`, name: `CA de la Plaine ${at}` },
  employer: null,
});

/** `people` persons who came `days` times to each space, 20 km and a bit avoided a day. */
export const samplePresences = (peopleBySpace: readonly number[], days = 3): readonly PassedPresence[] =>
  peopleBySpace.flatMap((people, at) =>
    Array.from({ length: people * days }, (_, n) => ({
      person: `person ${at} ${n % people}`,
      spaceId: sampleSpaces[at]!.spaceId,
      halves: n % 4 === 0 ? (1 as const) : (2 as const),
      avoided_m: n % 5 === 0 ? null : 20_000n + BigInt(n) * 1_000n,
      pair: samplePair(at),
    })),
  );

const crowd = (name: string, size: number): ReadonlySet<string> =>
  new Set(Array.from({ length: size }, (_, n) => `${name} ${n}`));

export const sampleMonth = (month: Month, over: Partial<ClosedMonth> = {}): ClosedMonth => ({
  id: month.replace('-', '').padEnd(64, 'a'),
  month,
  totals: { credited: 90, avoided_m: '3100000', gross_mg: '598300000', net_mg: '2889789001/7' },
  reasons: { credited: { lines: 90 }, replaced_unknown: { lines: 22 }, no_trip: { lines: 7 }, blocked: { lines: 1 } },
  behind: new Map([
    ['replaced_unknown', crowd('unknown', 9)],
    ['no_trip', crowd('no trip', 5)],
    ['blocked', crowd('blocked', 1)],
  ]),
  ...over,
});

/** Nobody came before, and nothing is public. */
export const noPast: Past = { firsts: new Map(), published: [] };

/** The twenty people of July, all new then and public: those of the first space are among them. */
export const samplePast: Past = {
  firsts: new Map(Array.from({ length: 20 }, (_, n) => [`person 0 ${n}`, '2026-07'])),
  published: [
    editionOf(sampleMonth('2026-07'), {
      presences: samplePresences([20]),
      spaces: sampleSpaces,
      past: noPast,
      claimed: [],
    }),
  ],
};

/** All that was measured in July is claimed. */
export const sampleClaimed: readonly ClaimedMonth[] = [
  { month: '2026-07', masses: [{ net_mg: '137609000', lines: 3 }], people: 20, others: 0 },
];
