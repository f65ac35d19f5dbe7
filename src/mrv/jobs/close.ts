import type { Canonical } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Day, daysOfMonth, type Month } from '../../kernel/time.ts';
import { type Actor, holds, type Network } from '../../kernel/visit.ts';
import { dayQuantifier, type FactorSet, methodSheet } from '../../method/method.ts';
import { beginSeal, type Hash, isIntact, type Keyring, type Seal, type Sealing, seal } from '../../notary/notary.ts';
import { networkOf } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import { allocator } from '../../schemes/schemes.ts';
import { type Account, type CountDay, counter } from '../account.ts';
import { type Batch, batchOf, isConserved, type Tally } from '../batch.ts';
import { allPassed, type Check, checksJson, checksOf } from '../checks.ts';
import { jsonFileHash } from '../dossier.ts';
import { legMetres, type MonthPresence } from '../line.ts';
import { summaryPdf } from '../pages/summary-pdf.ts';
import { isDecided, monthsLeftWaiting } from '../period.ts';
import { readmeText } from '../readme-text.ts';
import * as batchStore from '../store/batch.ts';
import * as lineStore from '../store/line.ts';
import { accountingEngine, type Basis, basisKey, type Earlier, factorsJson } from '../terms.ts';
import { words } from '../words.ts';
import { bookkeeper, breathe } from './books.ts';
import { basis, presenceReader, today } from './read.ts';
import { takeBack } from './taken-back.ts';

// Closing a month: read day by day, counted, sealed and written while the next day is read.

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
  /** Bases of the lines taken back that this month does not count under. */
  readonly earlier: readonly Earlier[];
}

const balanced = ({ trip, ...figures }: Account) => ({
  ...figures,
  trip_m: figures.reverses === null ? legMetres(trip) : -legMetres(trip),
  home: trip?.replaced === 'home',
});

interface Sweep {
  readonly month: Month;
  readonly method: Basis['method'];
  readonly factors: FactorSet;
  readonly count: CountDay;
  readonly closed: readonly Batch[];
  readonly sealing: Sealing;
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

type Held = Awaited<ReturnType<typeof lineStore.allocatedOn>>;
/** Some days, their presences, and what lines already hold of them. */
type Reading = readonly [days: readonly Day[], found: readonly MonthPresence[], held: Held];

/** About how many presences are read at a time: a small network's month in a few readings, a large one's day by day. */
const presencesAtOnce = 20_000;

/** Days to read after `days` that held `presences`. An empty Sunday says little of the Monday: at most twice as many. */
const daysAtOnce = (days: number, presences: number): number =>
  Math.min(2 * days, Math.ceil((presencesAtOnce * days) / Math.max(presences, 1)));

/** Counts every day and writes its lines. Whatever the answer, nothing lasts unless the closing goes to its end. */
async function sweep(work: Work, { month, method, factors, count, closed, sealing }: Sweep): Promise<Outcome<Swept>> {
  const read = presenceReader(factors);
  const books = await bookkeeper(work, sealing);
  const earlier = await takeBack(work, books, basisKey(method, factorsJson(factors)));
  const days = [...daysLeft(month, closed), ...daysOfMonth(month)];
  const readNext = (most: number): Promise<Reading> => {
    const some = days.splice(0, most);
    // Presences and trips are read beside the writing, by a second connection; what lines hold is this closing's own to say.
    const reading = Promise.all([some, work.beside(other => read(other, some)), lineStore.allocatedOn(work, some)]);
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
    ahead = days.length === 0 ? null : readNext(daysAtOnce(some.length, found.length));
    await breathe();
    const due = found.filter(one => isDecided(one) && !held.presences.has(one.presenceId));
    const counted = count(due, held.personDays);
    if (!counted.ok) return counted;
    await books.write(counted.value);
    const own = (presences: readonly MonthPresence[]) => presences.filter(one => one.day.startsWith(month));
    seen = plus(seen, seenOn(own(found), own(due)));
  }
  await books.settled();
  return accept({ ...seen, ...books.totals(), earlier });
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
  readonly firstSeq: number;
  readonly seal: Seal;
  readonly closedBy: Id<'per'>;
}

async function writeBatch(work: Work, closing: Closing): Promise<Batch> {
  const { network, month, under, swept, checks, firstSeq, seal } = closing;
  const method: Canonical = { ...under.method, earlier: swept.earlier.map(one => ({ ...one })) };
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
  const told = { network: name, profile, fictitious, batch: content, closedAt: work.now, vkey: seal.vkey };
  await batchStore.insertBatch(work, {
    content,
    firstSeq,
    checks: checksJson(checks),
    method,
    factors,
    checkpoint: seal.checkpoint,
    vkey: seal.vkey,
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
  const already = await batchStore.batchOfMonth(work, month);
  if (already) return accept(already.content);
  const network = await networkOf(work);
  const under = await basis(work);
  if (!under.ok) return under;
  const count = await policyFor(work, under.value);
  if (!count.ok) return count;
  const { factors } = under.value;
  const closed = await batchStore.allBatches(work);
  const { method } = under.value;
  const swept = await sweep(work, { month, method, factors, count: count.value, closed, sealing: begun.value });
  if (!swept.ok) return swept;
  const checks = await checksAfter(work, { month, factors }, swept.value);
  if (!allPassed(checks))
    return refuse(
      words.checksFailed(
        month,
        checks.filter(check => !check.passed),
      ),
    );
  const sealed = await seal(work, keyring, begun.value);
  if (!sealed.ok) return sealed;
  const closing = {
    network,
    month,
    under: under.value,
    swept: swept.value,
    checks,
    firstSeq: begun.value.size,
    seal: sealed.value,
    closedBy: actor.personId,
  };
  const batch = await writeBatch(work, closing);
  await announce(work, { event: 'mrv.period_closed', payload: { month, batch_id: batch.id } });
  return accept(batch);
}
