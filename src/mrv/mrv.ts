import { monthTotals, routesOf, tripsOf } from '../commute/commute.ts';
import { type Canonical, sha256 } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { type Day, localDay, type Month } from '../kernel/time.ts';
import { type Actor, holds, type Network } from '../kernel/visit.ts';
import { dayQuantifier, methodSheet, settle } from '../method/method.ts';
import {
  beginSeal,
  inclusionProofs,
  isIntact,
  type Keyring,
  type Published,
  published,
  type Seal,
  seal,
  signText,
} from '../notary/notary.ts';
import { networkOf } from '../people/people.ts';
import type { Work } from '../platform/database.ts';
import { announce } from '../platform/outbox.ts';
import { attestationsOf } from '../presence/presence.ts';
import { type Holding, issue } from '../registry/registry.ts';
import { spacesByIds } from '../spaces/spaces.ts';
import { type Batch, type BatchHead, batchOf, isConserved, noCarry } from './batch.ts';
import { allPassed, type Check, checksJson, checksOf, closableFrom } from './checks.ts';
import { type Dossier, type DossierSource, dossierName, jsonFileHash, manifested, sealed } from './dossier.ts';
import { flowOf, type Leak, leakByPlace } from './flow.ts';
import { presencesFrom } from './gather.ts';
import { type Account, accountsOf, type Line, lineAt, type MonthPresence, personDayOf, tripMetres } from './line.ts';
import type { MonthRow, MonthView } from './month-view.ts';
import { summaryPdf } from './pages/summary-pdf.ts';
import { isDecided, monthsLeftWaiting, periodState } from './period.ts';
import { readmeText } from './readme-text.ts';
import * as store from './store.ts';
import { accountingEngine, methodJson, projectOf, rebates, termsOf } from './terms.ts';
import { words } from './words.ts';

export type { Batch } from './batch.ts';
export type { Check } from './checks.ts';
export type { Dossier } from './dossier.ts';
export type { Flow, Leak, LeakAt } from './flow.ts';
export type { Reason, Scheme } from './line.ts';
export type { MonthRow, MonthView } from './month-view.ts';

/** Months are those of metropolitan France; a presence's own day comes from its space. */
const zone = 'Europe/Paris';
const today = (work: Work): Day => localDay(work.now, zone);

/** The factor set as the files of a dossier hold it. */
const factorSet = (): Canonical => methodSheet().factors as unknown as Canonical;

const isPerVehicle = (): ((factor: string) => boolean) => {
  const perVehicle = new Set(
    methodSheet()
      .factors.factors.filter(f => f.denominator === 'veh_km')
      .map(f => f.id),
  );
  return factor => perVehicle.has(factor);
};

async function presencesOf(work: Work, month: Month): Promise<readonly MonthPresence[]> {
  const attestations = await attestationsOf(work, { month });
  const trips = await tripsOf(work, { month });
  const routes = await routesOf(work, [...new Set(trips.map(trip => trip.baselineId))]);
  return presencesFrom({ attestations, trips, routes, isPerVehicle: isPerVehicle() });
}

/** Presences of earlier closed months of the same year that were waiting for a decision, and have it now. */
async function decidedSince(work: Work, month: Month, closed: readonly Batch[]): Promise<readonly MonthPresence[]> {
  const presences: MonthPresence[] = [];
  for (const earlier of monthsLeftWaiting(month, closed)) presences.push(...(await presencesOf(work, earlier)));
  const held = await store.allocated(
    work,
    presences.map(presence => presence.presenceId),
  );
  return presences.filter(presence => !held.has(presence.presenceId) && isDecided(presence));
}

interface MonthState {
  readonly presences: readonly MonthPresence[];
  /** Those that a batch closed now would hold: decided, this month's and earlier ones'. */
  readonly due: readonly MonthPresence[];
  readonly checks: readonly Check[];
}

const tripOf = (account: Account) => ({
  ...account,
  trip_m: tripMetres(account.presence),
  home: account.presence.trip?.replaced === 'home',
});

async function stateOf(work: Work, network: Network, month: Month): Promise<Outcome<MonthState>> {
  const closed = await store.allBatches(work);
  const presences = await presencesOf(work, month);
  const due = [...presences.filter(isDecided), ...(await decidedSince(work, month, closed))];
  const accounts = await accountsFor(work, network, due);
  if (!accounts.ok) return accounts;
  const held = await store.allocated(
    work,
    due.map(presence => presence.presenceId),
  );
  const checks = checksOf({
    month,
    today: today(work),
    presences: presences.length,
    undecided: presences.filter(presence => presence.standing === 'pending').length,
    factors: methodSheet().factors,
    logIntact: await isIntact(work),
    alreadyAllocated: held.size,
    metresConserved: isConserved(accounts.value.map(tripOf)),
  });
  return accept({ presences, due, checks });
}

/** Accounts under the terms of the network's profile, judged today; `certifying` is refused while incomplete. */
async function accountsFor(
  work: Work,
  { profile }: Network,
  presences: readonly MonthPresence[],
): Promise<Outcome<readonly Account[]>> {
  const quantify = dayQuantifier(termsOf(profile, today(work)));
  if (!quantify.ok) return quantify;
  const creditedBefore = await store.creditedPersonDays(work, presences.map(personDayOf));
  return accountsOf(presences, { scheme: 'lbc', quantify: quantify.value, creditedBefore });
}

const linesAfter = (work: Work, size: number, accounts: readonly Account[]): readonly Line[] =>
  accounts.map((account, i) =>
    lineAt(account, {
      lineId: work.newId('lin'),
      seq: size + i,
      // Two ids hold 160 bits of chance: nobody tries them all to guess a payload.
      salt: sha256(`${work.newId('salt')} ${work.newId('salt')}`),
    }),
  );

const withPersonDay = (line: Line) => ({
  line,
  personDay: line.account.scheme === 'none' ? null : personDayOf(line.account.presence),
});

interface Closing {
  readonly network: Network;
  readonly month: Month;
  readonly state: MonthState;
  readonly lines: readonly Line[];
  readonly sealing: Seal;
  readonly closedBy: Id<'per'>;
}

const headOf = (work: Work, { network, month, state }: Closing): BatchHead => ({
  network: work.networkId,
  month,
  project: projectOf(work.networkId),
  engine: accountingEngine,
  closed_at: work.now.toString(),
  waiting: state.presences.filter(presence => presence.standing === 'waiting').length,
  method_sha256: jsonFileHash(methodJson(network.profile)),
  factors_sha256: jsonFileHash(factorSet()),
});

async function writeBatch(work: Work, closing: Closing): Promise<Batch> {
  const { network, lines, sealing } = closing;
  const figures = lines.map(({ account, leaf }) => ({ ...account, leaf: Buffer.from(leaf).toString('hex') }));
  const carry_in_mg = (await store.carryLeft(work, Number(closing.month.slice(0, 4)))) ?? noCarry;
  const content = batchOf(headOf(work, closing), figures, { rebates, carry_in_mg, settle });
  const { name, profile, fictitious } = network;
  const told = { network: name, profile, fictitious, batch: content, vkey: sealing.vkey };
  await store.insertBatch(work, {
    content,
    checks: checksJson(closing.state.checks),
    method: methodJson(profile),
    factors: factorSet(),
    checkpoint: sealing.checkpoint,
    vkey: sealing.vkey,
    readme: readmeText(told),
    summary: await summaryPdf({ ...told, method: methodSheet(), checks: closing.state.checks }),
    closedBy: closing.closedBy,
    closedAt: work.now,
  });
  await store.insertLines(work, content.id, lines.map(withPersonDay));
  await store.insertContents(work, lines);
  return content;
}

export interface Close {
  readonly month: Month;
  readonly keyring: Keyring;
}

/**
 * Closes a month: checks everything, computes every line, seals them in the log and writes the batch, in one transaction.
 * One check that does not pass and nothing is counted. A month already closed answers with its batch.
 */
export async function closePeriod(work: Work, actor: Actor, { month, keyring }: Close): Promise<Outcome<Batch>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  // Closings of a network queue here, so that the second of two at once finds the batch of the first.
  const begun = await beginSeal(work, keyring);
  if (!begun.ok) return begun;
  const already = await store.batchOfMonth(work, month);
  if (already) return accept(already.content);
  const network = await networkOf(work);
  const state = await stateOf(work, network, month);
  if (!state.ok) return state;
  if (!allPassed(state.value.checks))
    return refuse(
      words.checksFailed(
        month,
        state.value.checks.filter(check => !check.passed),
      ),
    );
  const accounts = await accountsFor(work, network, state.value.due);
  if (!accounts.ok) return accounts;
  const { size } = begun.value;
  const lines = linesAfter(work, size, accounts.value);
  const sealing = await seal(work, keyring, { size, leaves: lines.map(line => line.leaf) });
  if (!sealing.ok) return sealing;
  const closing = { network, month, state: state.value, lines, sealing: sealing.value, closedBy: actor.personId };
  const batch = await writeBatch(work, closing);
  await announce(work, { event: 'mrv.period_closed', payload: { month, batch_id: batch.id } });
  return accept(batch);
}

/** `Ganges, La Filature`, by the id of the space. */
async function spaceNames(work: Work, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const spaces = await spacesByIds(work, [...new Set(ids)] as Id<'spc'>[]);
  return new Map(spaces.map(({ spaceId, commune, name }) => [spaceId, `${commune.name}, ${name}`]));
}

async function placesOf(work: Work, presences: readonly MonthPresence[], reason: Leak['reason'] | undefined) {
  const places = reason === undefined ? [] : leakByPlace(presences, reason);
  const names = await spaceNames(
    work,
    places.map(place => place.spaceId),
  );
  return places.map(place => ({ ...place, name: names.get(place.spaceId) ?? place.spaceId }));
}

/** The operator's month, closed or not; `reason` asks where one leak happens. */
export async function monthView(
  work: Work,
  actor: Actor,
  { month, reason }: { readonly month: Month; readonly reason?: Leak['reason'] | undefined },
): Promise<Outcome<MonthView>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const state = await stateOf(work, await networkOf(work), month);
  if (!state.ok) return state;
  const batch = (await store.batchOfMonth(work, month))?.content ?? null;
  return accept({
    month,
    state: periodState(month, today(work), batch !== null),
    closable_from: closableFrom(month),
    flow: flowOf(state.value.presences),
    checks: state.value.checks,
    batch,
    places: await placesOf(work, state.value.presences, reason),
  });
}

/** Every month that has trips, the latest first, with its state. */
export async function monthList(work: Work, actor: Actor): Promise<Outcome<readonly MonthRow[]>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const closed = new Map((await store.allBatches(work)).map(batch => [batch.month, batch]));
  const rows = (await monthTotals(work)).map(({ month, trips, avoided_m }) => {
    const batch = closed.get(month) ?? null;
    return { month, trips, avoided_m, batch, state: periodState(month, today(work), batch !== null) };
  });
  return accept(rows.sort((a, b) => (a.month < b.month ? 1 : -1)));
}

/** Asks for the units of a closed month. In the demo profile the answer is always no, with the reason. */
export async function issueUnits(work: Work, actor: Actor, month: Month): Promise<Outcome<Holding>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const row = await store.batchOfMonth(work, month);
  if (!row) return refuse(words.notClosed(month));
  const { profile } = await networkOf(work);
  const { project, vintage, id, settlement } = row.content;
  const quantity = BigInt(settlement.credits);
  return issue(work, actor, {
    profile,
    scheme: 'lbc',
    project,
    vintage,
    batchId: id,
    quantity,
    holderId: work.networkId,
  });
}

const mayRead = (actor: Actor): boolean => holds(actor, 'auditor') || holds(actor, 'network_operator');

/** Closed months, the latest first: totals only, no line. */
export const batches = (work: Work): Promise<readonly Batch[]> => store.allBatches(work);

/** What an auditor needs before any line: the batches, the log and its key. */
export interface AuditDesk {
  readonly batches: readonly Batch[];
  readonly log: Published | null;
}

export async function auditView(work: Work, actor: Actor): Promise<Outcome<AuditDesk>> {
  if (!mayRead(actor)) return refuse(words.auditorOnly);
  const log = await published(work);
  return accept({ batches: await store.allBatches(work), log: log.ok ? log.value : null });
}

async function sourceOf(work: Work, row: store.BatchRow): Promise<DossierSource> {
  const network = await networkOf(work);
  const rows = await store.linesOfBatch(work, row.content.id);
  const size = Number(row.checkpoint.split('\n')[1]);
  const proofs = await inclusionProofs(work, { indexes: rows.map(line => line.seq), size });
  return {
    network: { id: network.networkId, name: network.name },
    profile: network.profile,
    fictitious: network.fictitious,
    batch: row.content,
    checks: row.checks,
    method: row.method,
    factors: row.factors,
    lines: rows.map((line, i) => ({ ...line, proof: proofs[i]! })),
    checkpoint: row.checkpoint,
    vkey: row.vkey,
    readme: row.readme,
    summary: row.summary,
  };
}

/**
 * The dossier of a batch, the same bytes each time: rebuilt from what was kept at closing, signed with the log's key. Lines
 * of people erased since are shown as such.
 */
export async function buildDossier(
  work: Work,
  { batchId, keyring }: { readonly batchId: string; readonly keyring: Keyring },
): Promise<Outcome<Dossier>> {
  const row = await store.batchById(work, batchId);
  if (!row) return refuse(words.noBatch);
  const files = manifested(await sourceOf(work, row));
  const note = await signText(work, keyring, files.noteText, row.vkey);
  if (!note.ok) return note;
  const bytes = sealed(files, note.value);
  return accept({ name: dossierName(row.content), bytes, sha256: sha256(bytes) });
}

/** The dossier, read by someone: the reading is recorded. */
export async function readDossier(
  work: Work,
  actor: Actor,
  asked: { readonly batchId: string; readonly keyring: Keyring },
): Promise<Outcome<Dossier>> {
  if (!mayRead(actor)) return refuse(words.auditorOnly);
  const dossier = await buildDossier(work, asked);
  if (dossier.ok)
    await store.insertReading(work, { batchId: asked.batchId, personId: actor.personId, what: 'dossier' });
  return dossier;
}

export interface BatchLines {
  readonly batch: Batch;
  readonly checkpoint: string;
  readonly lines: readonly store.LineRow[];
  /** Names of the spaces on this page, by id. */
  readonly sites: ReadonlyMap<string, string>;
  /** Who read this batch's lines before, the latest first. */
  readonly readings: readonly store.Reading[];
}

/** A page of a batch's lines, without identity; the reading is recorded. `after` is a place in the log. */
export async function linesOf(
  work: Work,
  actor: Actor,
  { batchId, after = -1 }: { readonly batchId: string; readonly after?: number },
): Promise<Outcome<BatchLines>> {
  if (!mayRead(actor)) return refuse(words.auditorOnly);
  const row = await store.batchById(work, batchId);
  if (!row) return refuse(words.noBatch);
  await store.insertReading(work, { batchId, personId: actor.personId, what: 'lines' });
  const lines = await store.linesOfBatch(work, batchId, { after, limit: pageLength });
  return accept({
    batch: row.content,
    checkpoint: row.checkpoint,
    lines,
    sites: await spaceNames(work, lines.flatMap(siteOf)),
    readings: await store.readingsOf(work, batchId),
  });
}

const siteOf = ({ content }: store.LineRow): readonly string[] =>
  'erased' in content ? [] : [String((content.entry as { site: string }).site)];

export const pageLength = 100;

/** Destroys what the log commits to for these presences: totals and proofs stay valid, and nothing leads back. */
export const forgetPresences = (work: Work, presenceIds: readonly Id<'prs'>[]): Promise<number> =>
  store.deleteContents(work, presenceIds);
