import { sha256 } from '../../src/kernel/canonical.ts';
import {
  add,
  multiply,
  parseRational,
  type Rational,
  rational,
  subtract,
  sum,
  zero,
} from '../../src/kernel/rational.ts';
import { dayQuantifier, settle } from '../../src/method/method.ts';
import {
  type CountDay,
  type Counted,
  counter,
  reallocated,
  reversalOf,
  type SealedLine,
} from '../../src/mrv/account.ts';
import { legMetres, type MonthPresence, personDayOf } from '../../src/mrv/line.ts';
import { samplePresence, sampleTrip } from '../../src/mrv/sample.ts';
import { basisOf } from '../../src/mrv/terms.ts';
import { parted, unitsIn } from '../../src/registry/range.ts';
import type { SerialRange } from '../../src/registry/serial.ts';
import { allocatorOf, type Scheme } from '../../src/schemes/schemes.ts';
import { judged, type Row } from '../suite.ts';
import { chanceFrom, done } from './network.ts';

const trips = [
  sampleTrip(),
  sampleTrip({ replaced: 'home' }),
  sampleTrip({ replaced: 'unknown', replaced_source: 'none' }),
  null,
] as const;
const people = ['ana', 'béa', 'cid'].map(name => sha256(name));
const employers = ['org_offered1', 'org_without1', null] as const;
const claimants: readonly (readonly [Scheme, string])[] = [
  ['cee', 'con_bench0001'],
  ['lbc', 'prj_bench0001'],
  ['none', ''],
];

/** Decided days: an offer for one employer's people, a project for one of the spaces, nothing for the other. */
function counting(): CountDay {
  const { terms } = done(basisOf('demo', [], '2026-11-09'));
  const notified = { sequence: 1, command: 'notify', state: 'notified', happenedOn: '2026-09-30' } as const;
  const said = { reference: null, reason: null, details: {} };
  const allocate = allocatorOf({
    offers: [{ contractId: 'con_bench0001', employerId: 'org_offered1', from: '2026-10-01', until: '2026-10-03' }],
    projects: [
      {
        projectId: 'prj_bench0001',
        steps: [{ ...notified, ...said }],
        members: [{ spaceId: 'spc_00000001', notifiedOn: null, endedOn: null }],
      },
    ],
  });
  return counter({ allocate, quantify: done(dayQuantifier(terms)) });
}

/** The books of one sequence, as the database would hold them. */
interface Books {
  readonly presences: Map<string, MonthPresence>;
  readonly lines: SealedLine[];
  readonly standing: Map<string, SealedLine>;
  units: readonly SerialRange[];
  carry_mg: Rational;
  settled_mg: Rational;
  credits: bigint;
}

const emptyBooks = (): Books => ({
  ...{ presences: new Map(), lines: [], standing: new Map(), units: [] },
  ...{ carry_mg: zero, settled_mg: zero, credits: 0n },
});

const isOwn = ({ account }: Counted) => account.reverses === null;

function write(books: Books, counted: Counted): SealedLine {
  const line = { ...counted, seq: books.lines.length, lineId: `lin_${books.lines.length}` };
  books.lines.push(line);
  if (isOwn(line)) books.standing.set(line.presenceId, line);
  else books.standing.delete(line.presenceId);
  return line;
}

const pick = <T>(list: readonly T[], chance: () => number): T => list[Math.floor(chance() * list.length)]!;

function live(books: Books, chance: () => number): void {
  const id = books.presences.size + 1;
  const trip = pick(trips, chance);
  const presence = samplePresence(id, {
    ...{ day: `2026-10-0${1 + Math.floor(chance() * 4)}` as MonthPresence['day'], personCommit: pick(people, chance) },
    ...{ spaceId: pick(['spc_00000001', 'spc_00000002'], chance), employerId: pick(employers, chance), trip },
    ...{ halves: chance() < 0.5 ? 1 : 2, standing: chance() < 0.1 ? 'blocked' : 'settled' },
  });
  books.presences.set(presence.presenceId, presence);
}

function close(books: Books, count: CountDay): void {
  const due = [...books.presences.values()].filter(
    one => !books.lines.some(line => line.presenceId === one.presenceId && isOwn(line)),
  );
  const credited = [...books.standing.values()].filter(line => line.account.scheme !== 'none');
  const before = new Set(credited.map(line => personDayOf(line)));
  for (const line of done(count(due, before))) write(books, line);
}

function takeBack(books: Books, chance: () => number): void {
  const line = pick([...books.standing.values()], chance);
  if (line) write(books, reversalOf(line, 'reversed'));
}

function move(books: Books, chance: () => number): void {
  const credited = [...books.standing.values()].filter(one => one.account.reason === 'credited');
  const [scheme, claimant] = pick(claimants, chance);
  const line = pick(credited, chance);
  if (line === undefined || line.account.claimant === claimant) return;
  write(books, reversalOf(line, 'reallocated'));
  write(books, reallocated(line, { scheme, claimant }));
}

const massOf = (lines: readonly SealedLine[]): Rational => sum(lines.map(line => parseRational(line.account.net_mg)!));

/** What the lines come to beyond what was settled before becomes whole units, and a carry; units are cut at random. */
function issue(books: Books, chance: () => number): void {
  // Ten thousand times what a day is worth, so that days make tonnes.
  const total = multiply(massOf(books.lines), rational(10_000n));
  const settled = settle(subtract(total, books.settled_mg), { combine: 'multiplicative', rates: [] }, books.carry_mg);
  const beyond = 1n + books.credits;
  if (settled.credits > 0n) {
    const range = {
      scheme: 'lbc',
      project: '0001',
      vintage: 2026,
      first: beyond,
      beyond: beyond + settled.credits,
    } as const;
    const cut = parted(range, 1n + BigInt(Math.floor(chance() * Number(settled.credits))));
    books.units = [...books.units, ...(cut ?? [range])];
  }
  books.credits += settled.credits;
  books.carry_mg = settled.carry_mg;
  books.settled_mg = total;
}

const size = (value: bigint): bigint => (value < 0n ? -value : value);

/** Metres, milligrams and units that the books leave over after a command. */
function residualOf(books: Books): bigint {
  const own = books.lines.filter(isOwn).length;
  const back = books.lines.length - own;
  let left = size(BigInt(own - back - books.standing.size));
  const all = { metres: 0n, mass: zero };
  for (const { account } of books.lines) all.metres += account.avoided_m + account.unallocated_m;
  for (const { account, presenceId } of books.standing.values()) {
    all.metres -= account.avoided_m + account.unallocated_m;
    const trip = books.presences.get(presenceId)!.trip;
    // A day of home telework avoids no way to the office.
    const home = account.scheme !== 'none' && trip?.replaced === 'home';
    const due = home ? account.avoided_m : legMetres(trip);
    left += size(account.avoided_m + account.unallocated_m - due);
  }
  all.mass = subtract(massOf(books.lines), massOf([...books.standing.values()]));
  const issued = add(rational(books.credits * 1_000_000_000n), books.carry_mg);
  const mass = size(all.mass.numerator) + size(subtract(issued, books.settled_mg).numerator);
  return left + size(all.metres) + mass + size(unitsIn(books.units) - books.credits);
}

/** Person-days that two standing lines credit. */
function doublesIn(books: Books): number {
  const credited = [...books.standing.values()].filter(line => line.account.scheme !== 'none').map(personDayOf);
  return credited.length - new Set(credited).size;
}

/** Random lives of a small network in memory: the pure cores alone, without a constraint to lean on. */
export function sequences(count: number): readonly Row[] {
  const [chance, counted] = [chanceFrom(52), counting()];
  const found = { doubles: 0, residual: 0n, commands: 0, credited: 0 };
  for (let n = 0; n < count; n++) {
    const books = emptyBooks();
    for (let step = 0; step < 14; step++) {
      const command = chance();
      if (command < 0.5) live(books, chance);
      else if (command < 0.7) close(books, counted);
      else if (command < 0.8) takeBack(books, chance);
      else if (command < 0.9) move(books, chance);
      else issue(books, chance);
      found.doubles += doublesIn(books);
      found.residual += residualOf(books);
      found.commands++;
    }
    found.credited += books.standing.size;
  }
  return [
    judged({
      ...{ name: `counted twice in ${count} sequences in memory`, value: found.doubles },
      ...{ unit: '', goal: '= 0' },
    }),
    judged({
      name: `m, mg and units left over after each of ${found.commands} commands`,
      value: Number(found.residual),
      unit: '',
      goal: '= 0',
    }),
    judged({ name: 'lines that stand at their ends', value: found.credited, unit: '', goal: `>= ${count}` }),
  ];
}
