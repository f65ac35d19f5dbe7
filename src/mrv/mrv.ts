import { monthTotals, recomputeRuns } from '../commute/commute.ts';
import { type Canonical, canonical, sha256 } from '../kernel/canonical.ts';
import { groupBy } from '../kernel/group.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { daysOfMonth, type Month } from '../kernel/time.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import {
  inclusionProofs,
  isIntact,
  journal,
  type Keyring,
  type LogKey,
  type Published,
  signText,
} from '../notary/notary.ts';
import { networkOf, peopleById } from '../people/people.ts';
import type { Work } from '../platform/database.ts';
import type { Scheme } from '../schemes/schemes.ts';
import { spacesByIds } from '../spaces/spaces.ts';
import type { Batch } from './batch.ts';
import { type Check, checksOf, closableFrom } from './checks.ts';
import { type Dossier, type DossierSource, dossierName, lineJson, manifested, sealed } from './dossier.ts';
import { flowOf, type Leak, leakByPlace } from './flow.ts';
import { basis, presenceReader, today } from './jobs/read.ts';
import type { MonthPresence } from './line.ts';
import type { MonthRow, MonthView } from './month-view.ts';
import { periodState } from './period.ts';
import type { LineRow } from './sealed-line.ts';
import * as batchStore from './store/batch.ts';
import * as claimStore from './store/claim.ts';
import * as lineStore from './store/line.ts';
import { words } from './words.ts';

export type { Batch } from './batch.ts';
export type { Check } from './checks.ts';
export { type Dossier, jsonFileHash } from './dossier.ts';
export type { Flow, Leak, LeakAt } from './flow.ts';
export { type Close, closePeriod } from './jobs/close.ts';
export { basis } from './jobs/read.ts';
export type { Reason } from './line.ts';
export type { MonthRow, MonthView } from './month-view.ts';
export { type Recount, recount } from './recount.ts';
export type { LineRow } from './sealed-line.ts';
export type { ClaimableTotal, Reallocation } from './store/claim.ts';
export { type Basis, basisTold } from './terms.ts';
export { reasonWords, schemeWords } from './words.ts';

interface MonthState {
  readonly presences: readonly MonthPresence[];
  readonly checks: readonly Check[];
}

/** A month as its closing would find it, without counting anything. */
async function stateOf(work: Work, month: Month): Promise<Outcome<MonthState>> {
  const under = await basis(work);
  if (!under.ok) return under;
  const { factors } = under.value;
  const presences = await presenceReader(factors)(work, daysOfMonth(month));
  const held = await lineStore.allocatedOn(work, daysOfMonth(month));
  const checks = checksOf({
    month,
    today: today(work),
    presences: presences.length,
    undecided: presences.filter(presence => presence.standing === 'pending').length,
    factors,
    logIntact: await isIntact(work),
    alreadyAllocated: presences.filter(presence => held.presences.has(presence.presenceId)).length,
    // Nothing is counted yet: the closing itself holds every metre to account.
    metresConserved: true,
  });
  return accept({ presences, checks });
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
  const state = await stateOf(work, month);
  if (!state.ok) return state;
  const batch = (await batchStore.batchOfMonth(work, month))?.content ?? null;
  return accept({
    month,
    state: periodState(month, today(work), batch !== null),
    closable_from: closableFrom(month),
    flow: flowOf(state.value.presences),
    checks: state.value.checks,
    batch,
    recount: (await recomputeRuns(work)).find(run => run.month === month) ?? null,
    places: await placesOf(work, state.value.presences, reason),
  });
}

/** Every month that has trips, the latest first, with its state. */
export async function monthList(work: Work, actor: Actor): Promise<Outcome<readonly MonthRow[]>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const closed = new Map((await batchStore.allBatches(work)).map(batch => [batch.month, batch]));
  const rows = (await monthTotals(work)).map(({ month, trips, avoided_m }) => {
    const batch = closed.get(month) ?? null;
    return { month, trips, avoided_m, batch, state: periodState(month, today(work), batch !== null) };
  });
  return accept(rows.sort((a, b) => (a.month < b.month ? 1 : -1)));
}

const mayRead = (actor: Actor): boolean => holds(actor, 'auditor') || holds(actor, 'network_operator');

/** Closed months, the latest first: totals only, no line. */
export const batches = (work: Work): Promise<readonly Batch[]> => batchStore.allBatches(work);

/** What an auditor needs before any line: the batches, the log and its key. */
export interface AuditDesk {
  readonly batches: readonly Batch[];
  readonly log: Published | null;
  /** The key that signed each batch, by the batch's id. */
  readonly keys: ReadonlyMap<string, LogKey>;
}

/** The key that signed each batch's own checkpoint, as it stands today. */
const keysOf = (signed: ReadonlyMap<string, string>, keys: readonly LogKey[]): AuditDesk['keys'] =>
  new Map([...signed].map(([batchId, vkey]) => [batchId, keys.find(key => key.vkey === vkey)!]));

export async function auditView(work: Work, actor: Actor): Promise<Outcome<AuditDesk>> {
  if (!mayRead(actor)) return refuse(words.auditorOnly);
  const [log, batches] = [await journal(work), await batchStore.allBatches(work)];
  if (!log.ok) return accept({ batches, log: null, keys: new Map() });
  return accept({ batches, log: log.value, keys: keysOf(await batchStore.vkeys(work), log.value.keys) });
}

/** Lines as a dossier tells them, proved against one size of the log. */
async function told(work: Work, rows: readonly LineRow[], checkpoint: string): Promise<DossierSource['lines']> {
  const size = Number(checkpoint.split('\n')[1]);
  const proofs = await inclusionProofs(work, { indexes: rows.map(line => line.seq), size });
  return rows.map((line, i) => ({ seq: line.seq, leaf: line.leaf, told: lineJson(line), proof: proofs[i]! }));
}

async function sourceOf(work: Work, row: batchStore.BatchRow): Promise<DossierSource> {
  const { networkId, name, profile, fictitious } = await networkOf(work);
  const { content, checks, method, factors, checkpoint, vkey, readme, summary } = row;
  const lines = await told(work, await lineStore.linesOfBatch(work, content.id), checkpoint);
  const about = { kind: 'month', network: { id: networkId, name }, profile, fictitious } as const;
  const result = content as unknown as Canonical;
  const files = { checks, method, factors, lines, checkpoint, vkey, readme, summary, more: [] };
  return { ...about, period: content.month, id: content.id, result, ...files };
}

/** What a claim's dossier says beside its lines. */
export type ClaimFiles = Pick<
  DossierSource,
  | 'kind'
  | 'period'
  | 'id'
  | 'result'
  | 'checks'
  | 'method'
  | 'factors'
  | 'checkpoint'
  | 'vkey'
  | 'readme'
  | 'summary'
  | 'more'
>;

/** The dossier of a claim, the same bytes each time, signed with the log's key of its day. */
export async function claimDossier(
  work: Work,
  {
    files,
    rows,
    keyring,
  }: { readonly files: ClaimFiles; readonly rows: readonly LineRow[]; readonly keyring: Keyring },
): Promise<Outcome<Dossier>> {
  const { networkId, name, profile, fictitious } = await networkOf(work);
  const lines = await told(work, rows, files.checkpoint);
  return signed(work, keyring, { ...files, network: { id: networkId, name }, profile, fictitious, lines });
}

async function signed(work: Work, keyring: Keyring, source: DossierSource): Promise<Outcome<Dossier>> {
  const files = manifested(source);
  const note = await signText(work, keyring, files.noteText, source.vkey);
  if (!note.ok) return note;
  const bytes = sealed(files, note.value);
  return accept({ name: dossierName(source), bytes, sha256: sha256(bytes) });
}

/**
 * The dossier of a batch, the same bytes each time: rebuilt from what was kept at closing, signed with the log's key. Lines
 * of people erased since are shown as such.
 */
export async function buildDossier(
  work: Work,
  { batchId, keyring }: { readonly batchId: string; readonly keyring: Keyring },
): Promise<Outcome<Dossier>> {
  const row = await batchStore.batchById(work, batchId);
  return row ? signed(work, keyring, await sourceOf(work, row)) : refuse(words.noBatch);
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
    await batchStore.insertReading(work, { batchId: asked.batchId, personId: actor.personId, what: 'dossier' });
  return dossier;
}

export interface BatchLines {
  readonly batch: Batch;
  readonly checkpoint: string;
  /** The key that signed this batch. */
  readonly key: LogKey;
  readonly lines: readonly LineRow[];
  /** Names of the spaces on this page, by id. */
  readonly sites: ReadonlyMap<string, string>;
  /** Who read this batch's lines before, the latest first. */
  readonly readings: readonly batchStore.Reading[];
  /** Names of those readers, by id; erased people are absent. */
  readonly readers: ReadonlyMap<string, string>;
}

/** A page of a batch's lines, without identity; the reading is recorded. `after` is a place in the log. */
export async function linesOf(
  work: Work,
  actor: Actor,
  { batchId, after = -1 }: { readonly batchId: string; readonly after?: number },
): Promise<Outcome<BatchLines>> {
  if (!mayRead(actor)) return refuse(words.auditorOnly);
  const row = await batchStore.batchById(work, batchId);
  if (!row) return refuse(words.noBatch);
  await batchStore.insertReading(work, { batchId, personId: actor.personId, what: 'lines' });
  const lines = await lineStore.linesOfBatch(work, batchId, { after, limit: pageLength });
  const log = await journal(work);
  if (!log.ok) return log;
  const readings = await batchStore.readingsOf(work, batchId);
  const people = await peopleById(work, [...new Set(readings.map(one => one.personId))]);
  return accept({
    batch: row.content,
    checkpoint: row.checkpoint,
    key: log.value.keys.find(({ vkey }) => vkey === row.vkey)!,
    lines,
    sites: await spaceNames(work, lines.flatMap(siteOf)),
    readings,
    readers: new Map(people.map(one => [one.personId, `${one.firstName} ${one.lastName}`])),
  });
}

const siteOf = ({ content }: LineRow): readonly string[] => ('erased' in content ? [] : [content.site]);

export const pageLength = 100;

/**
 * Destroys what the log commits to for these presences, all of one person: totals and proofs stay valid, and nothing leads
 * back. `kept` are presences of the same person that the law makes us keep for now.
 */
export const forgetPresences = (
  work: Work,
  forgotten: readonly Id<'prs'>[],
  kept: readonly Id<'prs'>[] = [],
): Promise<number> => lineStore.forgetLines(work, { forgotten, kept });

// Allocation: what each presence serves, and its change before a claim holds it.

export interface PresenceAccount {
  readonly lines: readonly (LineRow & { readonly month: Month })[];
  /** The claim that holds each line, by its place in the log. */
  readonly claims: ReadonlyMap<number, string>;
  readonly asked: readonly claimStore.Reallocation[];
}

/** Everything that was counted of one presence: each line, its scheme, what took it back. Who may see it, the caller knows. */
export async function accountOf(work: Work, presenceId: string): Promise<PresenceAccount> {
  const lines = await lineStore.linesOfPresence(work, presenceId);
  const claims = await claimStore.claimsOn(
    work,
    lines.map(line => line.seq),
  );
  return { lines, claims, asked: await claimStore.reallocationsOf(work, presenceId) };
}

export interface ReallocationAsked {
  readonly presenceId: string;
  readonly scheme: Scheme;
  /** The contract version or project that may claim it from then on; empty for none. */
  readonly claimant: string;
  readonly reason: string;
}

/** Gives a presence to another scheme at the next closing, by a reversing line; refused once a claim holds its line. */
export async function reallocate(
  work: Work,
  actor: Actor,
  asked: ReallocationAsked,
): Promise<Outcome<{ readonly reallocationId: string }>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  if (asked.reason.trim() === '') return refuse(words.reasonMissing);
  const [line] = await lineStore.standingLines(work, [asked.presenceId]);
  if (!line) return refuse(words.noLine);
  if (line.reason !== 'credited') return refuse(words.notCredited);
  if (line.scheme === asked.scheme && line.claimant === asked.claimant) return refuse(words.sameScheme);
  if ((asked.scheme === 'none') !== (asked.claimant === '')) return refuse(words.claimantMissing);
  if ((await claimStore.claimsOn(work, [line.seq])).size > 0) return refuse(words.alreadyClaimed);
  const one = { ...asked, reason: asked.reason.trim(), reallocationId: work.newId('rea'), askedAt: work.now };
  const added = await claimStore.insertReallocation(work, one, actor.personId);
  return added ? accept({ reallocationId: one.reallocationId }) : refuse(words.alreadyAsked);
}

// Lines on their way to a claim: for the room above.

export interface LinesAsked {
  readonly scheme: Exclude<Scheme, 'none'>;
  readonly claimant: string;
  readonly vintage?: number;
}

/** What stands under each claimant and vintage, and no claim holds. */
export const claimableTotals = (work: Work): Promise<readonly claimStore.ClaimableTotal[]> =>
  claimStore.claimableTotals(work);

/** What claims hold of each closed month now, for indicators: no person, no line. */
export const claimedMonths = (work: Work): Promise<readonly claimStore.ClaimedMonth[]> =>
  claimStore.claimedMonths(work);

/** Pseudonyms behind each reason of a closed month's lines; erased people are one. For whoever publishes counts of enough people. */
export const peopleByReason = (work: Work, month: Month): Promise<ReadonlyMap<string, ReadonlySet<string>>> =>
  claimStore.peopleByReason(work, month);

/** Lines counted under one method and one set of factors, in the order of the log. */
export interface Countable {
  readonly method: Canonical;
  readonly factors: Canonical;
  readonly lines: readonly LineRow[];
}

/**
 * Lines that a claimant may claim now, those that take others back among them: apart when they were counted under other methods
 * or factors, the oldest first.
 */
export async function claimableLines(work: Work, asked: LinesAsked): Promise<readonly Countable[]> {
  const lines = await claimStore.unclaimedLines(work, asked);
  const bases = await batchStore.basesOf(work, [...new Set(lines.map(line => line.batchId))]);
  const keyOf = new Map([...bases].map(([id, basis]) => [id, sha256(canonical({ ...basis }))]));
  const groups = groupBy(lines, line => keyOf.get(line.batchId)!);
  return [...groups.values()].map(some => ({ ...bases.get(some[0]!.batchId)!, lines: some }));
}

/** The claim that holds each of these lines, by place in the log; a line that none holds is left out. */
export const heldBy = (work: Work, seqs: readonly number[]): Promise<ReadonlyMap<number, string>> =>
  claimStore.claimsOn(work, seqs);

/** Lines at these places, in the order of the log. */
export const linesAt = (work: Work, seqs: readonly number[]): Promise<readonly LineRow[]> =>
  claimStore.linesAt(work, seqs);

/** Lines that no claim holds and that take back a line of this claim: found false after it was made. */
export const takenBackSince = (work: Work, claimId: string): Promise<readonly LineRow[]> =>
  claimStore.takenBackSince(work, claimId);

/** Ties lines to a claim, all or none: a line is claimed once. */
export async function claimLines(
  work: Work,
  claimId: string,
  seqs: readonly number[],
): Promise<Outcome<{ readonly claimed: number }>> {
  const claimed = await claimStore.insertClaimed(work, claimId, seqs);
  return claimed === seqs.length ? accept({ claimed }) : refuse(words.alreadyClaimed);
}

/** Lets lines go from a claim that was refused. */
export const releaseLines = claimStore.deleteClaimed;
