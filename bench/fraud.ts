import { sha256 } from '../src/kernel/canonical.ts';
import { groupBy } from '../src/kernel/group.ts';
import type { OpenDatabase } from '../src/platform/database.ts';
import { inScratchDatabase } from '../src/platform/open.ts';
import { readSettings } from '../src/platform/settings.ts';
import { attacks, everyone, honest, ownOf, spaces } from './fraud/acts.ts';
import { foundTown } from './fraud/town.ts';
import { type End, endsOf, type Lived, liveWeeks, movers, rulesOf } from './fraud/weeks.ts';
import { judged, type Row, type Suite } from './suite.ts';

/** `PARVIS_BENCH_SCALE=0.1` lets a tenth of the honest people come. */
const people = Math.round(honest * Math.min(1, Number(process.env['PARVIS_BENCH_SCALE'] ?? 1)));

const titled = (start: string): number => attacks.findIndex(({ title }) => title.startsWith(start));
const [drivers, relatives, rise] = [titled('two drivers'), titled('who runs'), titled('a space that doubles')];

const spaceOf = (person: number): number => {
  const attack = attacks.findIndex((_, n) => ownOf(n).includes(person));
  return attack < 0 ? person % spaces : attacks[attack]!.space;
};

const awayOf = (person: number): number =>
  ownOf(movers).includes(person) ? 250_000 : 20_000 + ((person * 53) % 50) * 1_000;

/** Two by two, those of one attack say that they drive the same car. */
const plateOf = (person: number): string | null => {
  const n = ownOf(drivers).indexOf(person);
  return n < 0 ? null : sha256(`plate ${Math.floor(n / 2)}`);
};

type Count = Readonly<Record<End, number>>;

/** How each person's day of some acts ended, a day counted once. */
function countOf(acts: readonly Lived[], endOn: (one: Lived) => End): Count {
  const count: Record<End, number> = { absent: 0, weak: 0, review: 0, blocked: 0, shared: 0, waiting: 0, counted: 0 };
  const days = new Map(acts.map(one => [`${one.act.person} ${one.day}`, one]));
  for (const one of days.values()) count[endOn(one)]++;
  return count;
}

const told = (count: Count): string =>
  Object.entries(count)
    .filter(([, number]) => number > 0)
    .map(([end, number]) => `${number} ${end}`)
    .join(', ');

const sumOf = (count: Count): number => Object.values(count).reduce((sum, number) => sum + number, 0);
const stoppedOf = (count: Count): number => sumOf(count) - count.counted - count.waiting;

function rowsOf(tried: readonly Lived[], endOn: (one: Lived) => End): readonly Row[] {
  const counts = attacks.map((_, n) =>
    countOf(
      tried.filter(one => one.act.attack === n),
      endOn,
    ),
  );
  const fair = countOf(
    tried.filter(one => one.act.attack === undefined),
    endOn,
  );
  const there = sumOf(fair) - fair.absent;
  const rows = attacks.map(({ title, least = 95 }, n) => {
    process.stderr.write(`  ${title}: ${told(counts[n]!)}\n`);
    const value = (100 * stoppedOf(counts[n]!)) / sumOf(counts[n]!);
    return judged({ name: `${n + 1}. ${title}, ${sumOf(counts[n]!)} days`, value, unit: '%', goal: `>= ${least}` });
  });
  process.stderr.write(`  honest: ${told(fair)}\n`);
  const [stopped, all] = [counts.map(stoppedOf), counts.map(sumOf)].map(list =>
    list.reduce((sum, one) => sum + one, 0),
  );
  return [
    ...rows,
    judged({ name: `stopped, of ${all} false days`, value: (100 * stopped!) / all!, unit: '%', goal: '>= 95' }),
    judged({
      name: `honest days stopped, of ${there} by ${people} people`,
      value: (100 * (fair.blocked + fair.review)) / there,
      unit: '%',
      goal: '<= 1',
    }),
    judged({ name: 'days still waiting for a check', value: fair.waiting, unit: '', goal: '= 0' }),
  ];
}

async function measured({ db }: OpenDatabase): Promise<readonly Row[]> {
  const town = await foundTown(db, {
    ...{ founded: '2026-09-04', spaces, people: everyone, spaceOf, plateOf, awayOf },
    desksIn: space => (space === attacks[rise]!.space ? 45 : 20),
    managers: ownOf(relatives).slice(0, 1),
    relatives: ownOf(relatives).slice(1),
  });
  const tried = await liveWeeks(town, '2026-09-07', people);
  const ends = await endsOf(town, [...new Set(tried.map(one => one.day))]);
  const keyOf = ({ act, day }: Lived) => `${town.people[act.person]!.personId} ${day}`;
  const rules = await rulesOf(town);
  const fair = new Map(tried.filter(one => one.act.attack === undefined).map(one => [keyOf(one), one]));
  const stops = groupBy(
    [...fair.keys()].flatMap(key => rules.get(key) ?? []),
    rule => rule,
  );
  process.stderr.write(
    `  rules on honest days: ${[...stops]
      .map(([rule, all]) => `${rule} ${all.length}`)
      .sort()
      .join(', ')}\n`,
  );
  return rowsOf(tried, one => ends.get(keyOf(one)) ?? 'absent');
}

export const fraud: Suite = {
  name: 'fraud',
  summary: 'twelve frauds among a thousand honest people over nine weeks, through check-in, attestation and checks',
  run: () => inScratchDatabase(readSettings(), measured),
};
