import { employersOfBaselines, routesOf, type Trip, tripsOf } from '../commute/commute.ts';
import { type Canonical, sha256 } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { type Day, daysOfMonth, localDay, type Month } from '../kernel/time.ts';
import { type Actor, holds, type Network } from '../kernel/visit.ts';
import { dayQuantifier, type FactorSet, methodSheet } from '../method/method.ts';
import { beginSeal, type Hash, isIntact, type Keyring, type Seal, seal } from '../notary/notary.ts';
import { networkOf } from '../people/people.ts';
import type { Work } from '../platform/database.ts';
import { announce } from '../platform/outbox.ts';
import { attestationsOf, reversedIds } from '../presence/presence.ts';
import { allocator, certifiedValues } from '../schemes/schemes.ts';
import { type Account, type CountDay, type Counted, counter, reallocated, reversalOf } from './account.ts';
import { type Batch, batchOf, isConserved, type Tally } from './batch.ts';
import { allPassed, type Check, checksJson, checksOf } from './checks.ts';
import { jsonFileHash } from './dossier.ts';
import { type Sealed, sealer, tripTold } from './entries.ts';
import { presencesFrom, tripCounter } from './gather.ts';
import { legMetres, type MonthPresence } from './line.ts';
import { summaryPdf } from './pages/summary-pdf.ts';
import { isDecided, monthsLeftWaiting } from './period.ts';
import { readmeText } from './readme-text.ts';
import { sealedLineOf } from './sealed-line.ts';
import * as store from './store.ts';
import { accountingEngine, type Basis, basisOf } from './terms.ts';
import { words } from './words.ts';

// Closing a month: read day by day, counted, sealed and written while the next day is read.

/** Months are those of metropolitan France; a presence's own day comes from its space. */
const zone = 'Europe/Paris';
export const today = (work: Work): Day => localDay(work.now, zone);

/** Under what this network computes today. */
export const basis = async (work: Work): Promise<Outcome<Basis>> =>
  basisOf((await networkOf(work)).profile, await certifiedValues(work), today(work));

/** A factor set as the files of a dossier hold it. */
const factorsJson = (set: FactorSet): Canonical => set as unknown as Canonical;

const perVehicle = (set: FactorSet): ((factor: string) => boolean) => {
  const ids = new Set(set.factors.filter(one => one.denominator === 'veh_km').map(factor => factor.id));
  return factor => ids.has(factor);
};

/** Reads presences of some days with their trips; equal trips are one object for all the days that one reader reads. */
export function presenceReader(
  work: Work,
  factors: FactorSet,
): (days: readonly Day[]) => Promise<readonly MonthPresence[]> {
  const known = new Map<string, ReturnType<typeof tripCounter>>();
  const employers = new Map<string, string | null>();
  const isPerVehicle = perVehicle(factors);
  const countTrip = (trip: Trip) => known.get(trip.baselineId)!(trip);
  return async days => {
    const attestations = await attestationsOf(work, { days });
    const trips = await tripsOf(work, { days });
    const unknown = [...new Set(trips.map(trip => trip.baselineId))].filter(id => !known.has(id));
    if (unknown.length > 0) {
      const routes = await routesOf(work, unknown);
      const own = tripCounter(routes, isPerVehicle);
      for (const id of unknown) known.set(id, own);
      for (const [id, employerId] of await employersOfBaselines(work, unknown)) employers.set(id, employerId);
    }
    return presencesFrom({ attestations, trips, countTrip, employerOf: id => employers.get(id) ?? null });
  };
}

/** Days of earlier closed months of the same year that left presences waiting for a decision. */
const daysLeft = (month: Month, closed: readonly Batch[]): readonly Day[] =>
  monthsLeftWaiting(month, closed).flatMap(daysOfMonth);

const policyFor = async (work: Work, { terms }: Basis): Promise<Outcome<CountDay>> => {
  const quantify = dayQuantifier(terms);
  if (!quantify.ok) return quantify;
  return accept(counter({ quantify: quantify.value, allocate: await allocator(work) }));
};

interface Swept {
  readonly tallies: readonly (Tally & { readonly figures: Account })[];
  readonly leaves: readonly Hash[];
  readonly undecided: number;
  readonly waiting: number;
  readonly presences: number;
  readonly alreadyAllocated: number;
}

const balanced = ({ trip, ...figures }: Account) => ({
  ...figures,
  trip_m: figures.reverses === null ? legMetres(trip) : -legMetres(trip),
  home: trip?.replaced === 'home',
});

/** Lines that take others back: presences reversed since their line was sealed, and those to serve another scheme. */
async function takenBack(work: Work) {
  const reversed = (await store.standingLines(work, await reversedIds(work))).flatMap(row => sealedLineOf(row) ?? []);
  const gone = new Set(reversed.map(line => line.presenceId));
  const asked = (await store.openReallocations(work)).filter(one => !gone.has(one.presenceId));
  const standing = new Map(
    (
      await store.standingLines(
        work,
        asked.map(one => one.presenceId),
      )
    ).map(row => [row.presenceId, row] as const),
  );
  const moved = asked.flatMap(one => {
    const line = standing.has(one.presenceId) ? sealedLineOf(standing.get(one.presenceId)!) : null;
    return line ? [{ one, line }] : [];
  });
  return {
    back: [
      ...reversed.map(line => reversalOf(line, 'reversed')),
      ...moved.map(({ line }) => reversalOf(line, 'reallocated')),
    ],
    again: moved.map(({ one, line }) => ({ one, counted: reallocated(line, one) })),
  };
}

interface Sweep {
  readonly month: Month;
  readonly factors: FactorSet;
  readonly count: CountDay;
  readonly closed: readonly Batch[];
  readonly size: number;
}

/** Numbers the accounts of this closing, each the first time that one of its lines is written. */
function numbering(last: number) {
  const known = new Map<Account, number>();
  return (lines: readonly Sealed[]) => {
    const made: store.NumberedAccount[] = [];
    const numbered = lines.map(line => {
      const { account } = line;
      const before = known.get(account);
      if (before !== undefined) return { ...line, accountNo: before };
      const accountNo = last + known.size + 1;
      known.set(account, accountNo);
      made.push({ accountNo, account, trip: account.trip && tripTold(account.trip) });
      return { ...line, accountNo };
    });
    return { made, numbered };
  };
}

/** Lines placed and sent at a time: while the database writes some, the next are counted. */
const linesAtOnce = 4_000;

/** Lets what waits for the database go out before a long computation. */
const breathe = (): Promise<void> => new Promise(done => setImmediate(done));

type InTurn = <T>(task: () => Promise<T>) => Promise<T>;

/** A transaction has one connection: what is asked of it while it works waits its turn. */
function inTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return task => {
    const turn = last.then(task);
    // Whoever asked hears of a failure; the next in turn only needs to know that it is over.
    last = turn.catch(() => {});
    return turn;
  };
}

/**
 * Writes lines in their places, a few thousand at a time, one write under way at most. `settled` waits for the last and throws
 * what stopped it.
 */
async function bookkeeper(work: Work, size: number, turn: InTurn) {
  const seed = Array.from({ length: 4 }, () => work.newId('salt')).join(' ');
  const place = sealer(Buffer.from(sha256(seed), 'hex'));
  const number = numbering(await store.lastAccountNo(work));
  const tallies = new Map<Account, number>();
  const leaves: Hash[] = [];
  let writing: Promise<unknown> = Promise.resolve();

  const send = ({ made, numbered }: ReturnType<typeof number>) =>
    turn(async () => {
      await store.insertAccounts(work, made);
      await store.insertLines(work, numbered);
    });
  const write = async (counted: readonly Counted[]): Promise<readonly Sealed[]> => {
    const all: Sealed[] = [];
    for (let from = 0; from < counted.length; from += linesAtOnce) {
      const some = counted.slice(from, from + linesAtOnce);
      const lines = place(some, size + leaves.length);
      for (const line of lines) leaves.push(line.leaf);
      for (const { account } of some) tallies.set(account, (tallies.get(account) ?? 0) + 1);
      all.push(...lines);
      const ready = number(lines);
      await writing;
      writing = send(ready);
      // Heard by whoever awaits it next: a failure must not end the process meanwhile.
      writing.catch(() => {});
      await breathe();
    }
    return all;
  };
  const totals = () => ({ tallies: [...tallies].map(([figures, lines]) => ({ figures, lines })), leaves });
  return { write, settled: () => writing, totals };
}

type Bookkeeper = Awaited<ReturnType<typeof bookkeeper>>;

/** Takes back the lines that no longer hold, and moves those that serve another scheme from now on. */
async function takeBack(work: Work, books: Bookkeeper): Promise<void> {
  const { back, again } = await takenBack(work);
  await books.write(back);
  await books.settled();
  await store.endStanding(
    work,
    back.map(line => line.account.reverses!.seq),
  );
  const moved = await books.write(again.map(({ counted }) => counted));
  await books.settled();
  await store.closeReallocations(
    work,
    again.map(({ one }, i) => ({ reallocationId: one.reallocationId, seq: moved[i]!.seq })),
  );
}

const emptyDay = { presences: 0, undecided: 0, waiting: 0, alreadyAllocated: 0 };

/** What the days of the month come to; those of earlier months only bring what waited. */
const seenOn = (found: readonly MonthPresence[], due: readonly MonthPresence[]): typeof emptyDay => {
  const undecided = found.filter(one => one.standing === 'pending').length;
  const waiting = found.filter(one => one.standing === 'waiting').length;
  const alreadyAllocated = found.length - undecided - waiting - due.length;
  return { presences: found.length, undecided, waiting, alreadyAllocated };
};

const plus = (a: typeof emptyDay, b: typeof emptyDay): typeof emptyDay => ({
  presences: a.presences + b.presences,
  undecided: a.undecided + b.undecided,
  waiting: a.waiting + b.waiting,
  alreadyAllocated: a.alreadyAllocated + b.alreadyAllocated,
});

type Held = Awaited<ReturnType<typeof store.allocatedOn>>;
/** Some days, their presences, and what lines already hold of them. */
type Reading = readonly [days: readonly Day[], found: readonly MonthPresence[], held: Held];

/** About how many presences are read at a time: a small network's month in two readings, a large one's day by day. */
const presencesAtOnce = 20_000;

/** Counts every day and writes its lines. Whatever the answer, nothing lasts unless the closing goes to its end. */
async function sweep(work: Work, { month, factors, count, closed, size }: Sweep): Promise<Outcome<Swept>> {
  const read = presenceReader(work, factors);
  const turn = inTurn();
  const books = await bookkeeper(work, size, turn);
  await takeBack(work, books);
  const days = [...daysLeft(month, closed), ...daysOfMonth(month)];
  const readNext = (most: number): Promise<Reading> => {
    const some = days.splice(0, most);
    const reading = turn(async (): Promise<Reading> => [some, await read(some), await store.allocatedOn(work, some)]);
    // A day that could not be written spoils what is read after it: its own failure is the one to tell.
    const told = reading.catch(async (error: unknown): Promise<never> => {
      await books.settled();
      throw error;
    });
    told.catch(() => {});
    return told;
  };
  let seen = emptyDay;
  let ahead: Promise<Reading> | null = readNext(1);
  while (ahead !== null) {
    const [some, found, held]: Reading = await ahead;
    ahead = days.length === 0 ? null : readNext(Math.ceil((presencesAtOnce * some.length) / Math.max(found.length, 1)));
    await breathe();
    const due = found.filter(one => isDecided(one) && !held.presences.has(one.presenceId));
    const counted = count(due, held.personDays);
    if (!counted.ok) return counted;
    await books.write(counted.value);
    const own = (presences: readonly MonthPresence[]) => presences.filter(one => one.day.startsWith(month));
    seen = plus(seen, seenOn(own(found), own(due)));
  }
  await books.settled();
  return accept({ ...seen, ...books.totals() });
}

const checksAfter = async (
  work: Work,
  { month, factors }: Pick<Sweep, 'month' | 'factors'>,
  swept: Swept,
): Promise<readonly Check[]> =>
  checksOf({
    month,
    today: today(work),
    presences: swept.presences,
    undecided: swept.undecided,
    factors,
    logIntact: await isIntact(work),
    alreadyAllocated: swept.alreadyAllocated,
    metresConserved: isConserved(swept.tallies.map(({ figures }) => balanced(figures))),
  });

interface Closing {
  readonly network: Network;
  readonly month: Month;
  readonly under: Basis;
  readonly swept: Swept;
  readonly checks: readonly Check[];
  readonly size: number;
  readonly sealing: Seal;
  readonly closedBy: Id<'per'>;
}

async function writeBatch(work: Work, closing: Closing): Promise<Batch> {
  const { network, month, under, swept, checks, size, sealing } = closing;
  const { method } = under;
  const factors = factorsJson(under.factors);
  const head = {
    network: work.networkId,
    month,
    engine: accountingEngine,
    closed_at: work.now.toString(),
    waiting: swept.waiting,
    method_sha256: jsonFileHash(method),
    factors_sha256: jsonFileHash(factors),
  };
  const content = batchOf(head, swept.tallies, swept.leaves);
  const { name, profile, fictitious } = network;
  const told = { network: name, profile, fictitious, batch: content, closedAt: work.now, vkey: sealing.vkey };
  await store.insertBatch(work, {
    content,
    firstSeq: size,
    checks: checksJson(checks),
    method,
    factors,
    checkpoint: sealing.checkpoint,
    vkey: sealing.vkey,
    readme: readmeText(told),
    summary: await summaryPdf({ ...told, method: methodSheet(), factors: under.factors, checks }),
    closedBy: closing.closedBy,
    closedAt: work.now,
  });
  return content;
}

export interface Close {
  readonly month: Month;
  readonly keyring: Keyring;
}

/**
 * Closes a month: counts every line, seals them in the log, checks everything and writes the batch, in one transaction. One
 * check that does not pass and nothing is counted. A month already closed answers with its batch.
 */
export async function closePeriod(work: Work, actor: Actor, { month, keyring }: Close): Promise<Outcome<Batch>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  // Closings of a network queue here, so that the second of two at once finds the batch of the first.
  const begun = await beginSeal(work, keyring);
  if (!begun.ok) return begun;
  const already = await store.batchOfMonth(work, month);
  if (already) return accept(already.content);
  const network = await networkOf(work);
  const under = await basis(work);
  if (!under.ok) return under;
  const count = await policyFor(work, under.value);
  if (!count.ok) return count;
  const { factors } = under.value;
  const { size } = begun.value;
  const closed = await store.allBatches(work);
  const swept = await sweep(work, { month, factors, count: count.value, closed, size });
  if (!swept.ok) return swept;
  const checks = await checksAfter(work, { month, factors }, swept.value);
  if (!allPassed(checks))
    return refuse(
      words.checksFailed(
        month,
        checks.filter(check => !check.passed),
      ),
    );
  const sealing = await seal(work, keyring, { size, leaves: swept.value.leaves });
  if (!sealing.ok) return sealing;
  const closing = {
    network,
    month,
    under: under.value,
    swept: swept.value,
    checks,
    size,
    sealing: sealing.value,
    closedBy: actor.personId,
  };
  const batch = await writeBatch(work, closing);
  await announce(work, { event: 'mrv.period_closed', payload: { month, batch_id: batch.id } });
  return accept(batch);
}
