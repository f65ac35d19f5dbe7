/** What someone does on one day; times are seconds from midnight on the space's own wall. */
export interface Act {
  /** The number of the attack; absent for honest people. */
  readonly attack?: number;
  readonly person: number;
  readonly space: number;
  readonly book: 'day' | 'morning' | 'afternoon' | null;
  /** A code typed, a line of the host's list, or what a tablet with a moved clock sends. */
  readonly by: 'code' | 'host' | 'moved_clock';
  readonly at_s: number;
  /** How long ago the kiosk showed the code. */
  readonly read_s: number;
  readonly device: string;
  readonly skew_s: number;
}

export interface When {
  /** Counted from the first day of the story, 0 is a Monday of week 0. */
  readonly week: number;
  /** 1 is Monday. */
  readonly weekday: number;
}

type Chance = () => number;

/** Twenty places and some twelve people a day in each, as the network sizes itself. */
export const spaces = 40;
export const honest = 1_040;
export const weeks = 9;
const lastWeek = weeks - 1;

const hour = (h: number, minutes = 0): number => h * 3_600 + minutes * 60;

/** Near a bell: the sum of four draws, between −1 and 1. */
const around = (chance: Chance): number => (chance() + chance() + chance() + chance() - 2) / 2;

const code = (person: number, space: number, at_s: number, chance: Chance): Act => ({
  ...{ person, space, at_s: Math.round(at_s), book: 'day', by: 'code', read_s: 2 + Math.floor(chance() * 11) },
  ...{ device: `phone ${person}`, skew_s: Math.round(around(chance) * 6) },
});

/** Two weekdays of their own, sometimes one or three; a habit of arrival, more or less kept. */
function honestActs(person: number, { weekday }: When, chance: Chance): readonly Act[] {
  const space = person % spaces;
  const own = Math.floor(person / spaces);
  const [first, step] = [own % 5, 1 + (own % 2)];
  const usual = [first + 1, ((first + step) % 5) + 1];
  if (!usual.includes(weekday) ? chance() > 0.03 : chance() > 0.92) return [];
  const spread = hour(0, 8 + (person % 25));
  const arrives = hour(8, 20 + (person % 50)) + around(chance) * 2 * spread;
  const act = code(person, space, arrives, chance);
  const drawn = chance();
  if (drawn < 0.015) return [{ ...act, by: 'host', at_s: hour(17) }];
  if (drawn < 0.12) return [{ ...act, book: 'morning' }];
  if (drawn < 0.13) {
    const next = (space + 1) % spaces;
    const after = code(person, next, hour(14, 10) + around(chance) * hour(0, 20), chance);
    return [
      { ...act, book: 'morning' },
      { ...after, book: 'afternoon' },
    ];
  }
  // Some pass the kiosk again on the way out; some phones are a minute off.
  const leaves = { ...code(person, space, hour(17) + around(chance) * hour(0, 40), chance), book: null };
  const slow = chance() < 0.01 ? { ...act, skew_s: 40 + Math.floor(chance() * 60) } : act;
  return drawn < 0.3 ? [slow, leaves] : [slow];
}

export interface Attack {
  readonly title: string;
  /** Percent of its days to stop, when it takes days to be told from honest ones. */
  readonly least?: number;
  readonly people: number;
  /** Where they go; the n-th person of the attack. */
  readonly space: number;
  readonly acts: (own: readonly number[], when: When, chance: Chance) => readonly Act[];
}

const each = (own: readonly number[], acts: (person: number, n: number) => readonly Act[]): readonly Act[] =>
  own.flatMap(acts);
const usually = (on: readonly number[], { weekday }: When): boolean => on.includes(weekday);
const morning = (chance: Chance): number => hour(8, 50) + around(chance) * hour(0, 35);

/** Twelve ways to be counted without having come, or for more than is true. */
export const attacks: readonly Attack[] = [
  {
    title: 'one phone signs in absent colleagues',
    ...{ people: 4, space: 0 },
    acts: (own, when, chance) =>
      usually([1, 3], when)
        ? each(own, (person, n) => [{ ...code(person, 0, hour(9, 5) + n * 40, chance), device: 'one phone' }])
        : [],
  },
  {
    title: 'a code sent to someone away, after its window',
    ...{ people: 3, space: 1 },
    acts: (own, when, chance) =>
      usually([2, 4], when) ? each(own, person => [{ ...code(person, 1, morning(chance), chance), read_s: 75 }]) : [],
  },
  {
    title: 'a kiosk’s clock moved to tomorrow',
    ...{ people: 3, space: 2 },
    acts: (own, when, chance) =>
      usually([1, 2, 3], when) ? each(own, person => [{ ...code(person, 2, hour(9), chance), by: 'moved_clock' }]) : [],
  },
  {
    title: 'a host invents presences by hand',
    ...{ people: 6, space: 3 },
    acts: (own, when, chance) =>
      usually([1, 2, 4], when) ? each(own, person => [{ ...code(person, 3, hour(18, 10), chance), by: 'host' }]) : [],
  },
  {
    title: 'in two spaces at once, with a friend',
    ...{ people: 4, space: 4 },
    acts: (own, when, chance) =>
      usually([2, 5], when)
        ? each(own, person => [
            code(person, 4, morning(chance), chance),
            { ...code(person, 9, hour(10, 5) + around(chance) * 600, chance), book: null, device: `friend ${person}` },
            { ...code(person, 4, hour(11, 30) + around(chance) * 600, chance), book: null },
            { ...code(person, 9, hour(12, 20) + around(chance) * 600, chance), book: null, device: `friend ${person}` },
          ])
        : [],
  },
  {
    title: 'a hundred kilometres in half an hour',
    ...{ people: 4, space: 5 },
    acts: (own, when, chance) =>
      usually([3], when)
        ? each(own, person => [
            { ...code(person, 5, morning(chance), chance), book: 'morning' },
            { ...code(person, 5, hour(12, 50) + around(chance) * 120, chance), book: null },
            { ...code(person, 8, hour(13, 22) + around(chance) * 120, chance), book: 'afternoon' },
          ])
        : [],
  },
  {
    title: 'a machine that arrives at nine sharp',
    // Fifteen days make a habit: the fourteen before stand.
    least: 65,
    ...{ people: 4, space: 6 },
    acts: (own, _when, chance) => each(own, person => [code(person, 6, hour(9) + around(chance) * 30, chance)]),
  },
  {
    title: 'more people than places',
    ...{ people: 30, space: 7 },
    acts: (own, when, chance) =>
      usually([4], when) && when.week % 2 === 0
        ? each(own, person => [{ ...code(person, 7, morning(chance), chance), book: null }])
        : [],
  },
  {
    title: 'a new far home in the last week',
    ...{ people: 8, space: 8 },
    acts: (own, when, chance) =>
      usually([1, 3], when)
        ? each(own, person => [
            { ...code(person, 8, morning(chance), chance), ...(when.week < lastWeek && { attack: -1 }) },
          ])
        : [],
  },
  {
    title: 'two drivers alone in one car',
    ...{ people: 8, space: 10 },
    acts: (own, when, chance) =>
      usually([1, 4], when) ? each(own, person => [code(person, 10, morning(chance), chance)]) : [],
  },
  {
    title: 'who runs the space counts relatives',
    ...{ people: 4, space: 11 },
    acts: (own, when, chance) =>
      usually([1, 2, 5], when) ? each(own, person => [code(person, 11, morning(chance), chance)]) : [],
  },
  {
    title: 'a space that doubles in a week',
    ...{ people: 25, space: 12 },
    acts: (own, { week }, chance) =>
      week === lastWeek ? each(own, person => [code(person, 12, morning(chance), chance)]) : [],
  },
];

/** The first person of each attack: cheats come after the honest people. */
export const firstOf = attacks.map((_, n) => honest + attacks.slice(0, n).reduce((sum, one) => sum + one.people, 0));
export const everyone = firstOf.at(-1)! + attacks.at(-1)!.people;
export const ownOf = (attack: number): readonly number[] =>
  Array.from({ length: attacks[attack]!.people }, (_, n) => firstOf[attack]! + n);

/** All that is done on one day, honest people's share of it included. */
export const actsOn = (when: When, chance: Chance, people = honest): readonly Act[] => [
  ...Array.from({ length: people }, (_, person) => honestActs(person, when, chance)).flat(),
  ...attacks.flatMap(({ acts }, attack) =>
    // Days on which a cheat does as everyone does are marked −1 by the attack itself.
    acts(ownOf(attack), when, chance).map(({ attack: own, ...act }) => (own === -1 ? act : { ...act, attack })),
  ),
];
