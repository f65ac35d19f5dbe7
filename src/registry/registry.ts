import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { type Day, localDay } from '../kernel/time.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import { type Keyring, signText } from '../notary/notary.ts';
import { networkOf, organisations, organisationsById } from '../people/people.ts';
import type { Work } from '../platform/database.ts';
import { parameterList, parametersOn } from '../platform/parameters/parameters.ts';
import { type Certificate, certificateOf, flagOf } from './certificate.ts';
import { type ClawBackAsked, debitPlan, standingUnits } from './claw-back.ts';
import { clockTerms, type DeclarationClock, declarationClock } from './declaration.ts';
import {
  type Cancellation,
  type CancelReason,
  type Departure,
  type Ending,
  ending,
  type Purpose,
  type Retirement,
  useRefusal,
} from './ending.ts';
import type { ExternalAsked } from './external.ts';
import { type Issue, reservedOf } from './issue.ts';
import { sheets } from './parameters.ts';
import { type Holding, type PostingVerb, parted, type RangeRow, type RangeState, type Units } from './range.ts';
import { countOf, parseSerial } from './serial.ts';
import { standingsOf, statusListText } from './status.ts';
import * as duties from './store/duty.ts';
import * as externals from './store/external.ts';
import * as ranges from './store/range.ts';
import * as transfers from './store/transfer.ts';
import { type Buyer, type TransferAsked, termsRefusal } from './transfer.ts';
import { words } from './words.ts';

export type { Holding, RangeState } from './range.ts';
export { countOf, type SerialRange, serialText, type UnitScheme } from './serial.ts';

/** What a network may set of this room. */
export const parameters = parameterList('registry', sheets);

/** Registers of France count its days. */
const today = (work: Work): Day => localDay(work.now, 'Europe/Paris');

interface Move {
  readonly range: Holding;
  readonly count: bigint;
  readonly to: Partial<Pick<Holding, 'state' | 'holderId' | 'anonymous'>>;
  readonly posting: Pick<ranges.Posting, 'verb' | 'reason'>;
}

/** Closes a range and opens its parts: the first `count` units become what they are to be, the others stay as they were. */
async function move(work: Work, actor: Actor, { range, count, to, posting }: Move): Promise<Outcome<Holding>> {
  const parts = parted(range, count);
  if (!parts) return refuse(words.notThatMany(countOf(range)));
  await ranges.closeRange(work, range.rangeId);
  const opened = parts.map((part, i): Holding => {
    const own = { rangeId: work.newId('rng'), parentId: range.rangeId, openedAt: work.now };
    return { ...range, ...part, ...(i === 0 && to), ...own };
  });
  for (const part of opened) await ranges.insertRange(work, part);
  const moved = opened[0]!;
  await ranges.insertPosting(work, { ...posting, rangeId: moved.rangeId, actorId: actor.personId });
  return accept(moved);
}

/**
 * Numbers the whole units of a batch, the next free ones of their series, the first of them in reserve. Nothing is ever
 * issued in the demo profile. Gives the whole range; asked again for the same batch, the range it made.
 */
export async function issue(work: Work, actor: Actor, asked: Issue): Promise<Outcome<Holding>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  if (asked.profile === 'demo') return refuse(words.demoCannotIssue);
  if (asked.quantity <= 0n) return refuse(words.nothingToIssue);
  const { scheme, project, vintage, batchId, holderId, quantity } = asked;
  await ranges.lockSeries(work, asked);
  const before = await ranges.rootsOf(work, batchId);
  if (before.some(root => root.scheme !== scheme || root.holderId !== holderId)) return refuse(words.otherQuantity);
  const already = before.find(root => root.project === project && root.vintage === vintage);
  if (already) return countOf(already) === quantity ? accept(already) : refuse(words.otherQuantity);
  const first = await ranges.nextNumber(work, asked);
  const range: Holding = {
    ...{ scheme, project, vintage, batchId, holderId, first, beyond: first + quantity },
    ...{ rangeId: work.newId('rng'), parentId: null, state: 'active', anonymous: false, openedAt: work.now },
  };
  await ranges.insertRange(work, range);
  await ranges.insertPosting(work, {
    rangeId: range.rangeId,
    verb: 'issue',
    actorId: actor.personId,
    reason: batchId,
  });
  const share = asked.reserve_share ?? (await parametersOn(work, parameters, today(work))).reserve_share;
  const count = reservedOf(quantity, share);
  if (count === 0n) return accept(range);
  const posting = { verb: 'split', reason: 'integrity_reserve' } as const;
  const reserved = await move(work, actor, { range, count, to: { state: 'reserve' }, posting });
  return reserved.ok ? accept(range) : reserved;
}

/**
 * The open range that an act is about, which nobody else moves before the end of the transaction; or why it stays as it is.
 * Everything that moves units goes through here, so of two acts on the same units one comes first.
 */
async function takeable(
  work: Work,
  rangeId: string,
  from: readonly RangeState[] = ['active'],
): Promise<Outcome<RangeRow>> {
  const known = await ranges.rangeById(work, rangeId);
  if (!known) return refuse(words.noRange);
  await ranges.lockSeries(work, known);
  const range = (await ranges.rangeById(work, rangeId))!;
  if (range.closedAt) return refuse(words.rangeMoved);
  if (from.includes(range.state)) return accept(range);
  return refuse(words.stays[range.state as Exclude<RangeState, 'active'>]);
}

/** Makes two ranges of one; nobody and nothing else changes. */
export async function splitRange(work: Work, actor: Actor, { rangeId, quantity }: Units): Promise<Outcome<Holding>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const taken = await takeable(work, rangeId);
  if (!taken.ok) return taken;
  if (quantity === countOf(taken.value)) return refuse(words.notThatMany(quantity - 1n));
  const posting = { verb: 'split', reason: '' } as const;
  return move(work, actor, { range: taken.value, count: quantity, to: {}, posting });
}

async function holderIdOf(work: Work, to: Buyer): Promise<Outcome<string>> {
  if ('name' in to) {
    const name = to.name.trim();
    return name === '' ? refuse(words.holderMissing) : accept(await transfers.partyNamed(work, name));
  }
  const [known] = await organisationsById(work, [to.organisationId]);
  return known ? accept(known.organisationId) : refuse(words.unknownHolder);
}

/** Sells units of an active range under a private contract, to be declared in the State's register within its term. */
export async function transfer(
  work: Work,
  actor: Actor,
  { rangeId, quantity, to, ...terms }: TransferAsked,
): Promise<Outcome<transfers.Transfer>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const why = termsRefusal(terms, today(work));
  if (why) return refuse(why);
  const taken = await takeable(work, rangeId);
  if (!taken.ok) return taken;
  const holder = await holderIdOf(work, to);
  if (!holder.ok) return holder;
  const fromId = taken.value.holderId;
  if (holder.value === fromId) return refuse(words.sameHolder);
  const { anonymous, contract } = terms;
  const moved = await move(work, actor, {
    range: taken.value,
    count: quantity,
    to: { holderId: holder.value, anonymous },
    posting: { verb: 'transfer', reason: contract.trim() },
  });
  if (!moved.ok) return moved;
  const made = { ...terms, contract: contract.trim(), fromId, toId: holder.value, rangeId: moved.value.rangeId };
  const row: transfers.Transfer = { ...made, transferId: work.newId('trf') };
  await transfers.insertTransfer(work, row);
  return accept(row);
}

/** Records that the State's register was told of a transfer. Only carbon credits are declared so. */
export async function declare(
  work: Work,
  actor: Actor,
  { reference, ...asked }: Omit<transfers.Declaration, 'declaredBy'>,
): Promise<Outcome<transfers.Declaration>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const [found] = await transfers.selectTransfers(work, asked.transferId);
  if (found?.scheme !== 'lbc') return refuse(words.noTransfer);
  if (asked.declaredOn > today(work) || asked.declaredOn < found.signedOn) return refuse(words.wrongDay('declared_on'));
  if (reference.trim() === '') return refuse(words.referenceMissing);
  const row = { ...asked, reference: reference.trim(), declaredBy: actor.personId };
  return (await transfers.insertDeclaration(work, row)) ? accept(row) : refuse(words.alreadyDeclared);
}

interface End extends Units {
  readonly from?: readonly RangeState[];
  readonly end: Ending;
  readonly verb: PostingVerb;
  /** Nobody is named in public, if nobody was before. */
  readonly anonymous?: boolean;
}

/** Units reach one of their three ends. */
async function finish(work: Work, actor: Actor, asked: End): Promise<Outcome<Holding>> {
  const taken = await takeable(work, asked.rangeId, asked.from);
  if (!taken.ok) return taken;
  const { end } = asked;
  const moved = await move(work, actor, {
    range: taken.value,
    count: asked.quantity,
    to: { state: end.state, anonymous: taken.value.anonymous || (asked.anonymous ?? false) },
    posting: { verb: asked.verb, reason: end.purpose ?? end.reason ?? end.register ?? '' },
  });
  if (moved.ok) await transfers.insertEnding(work, moved.value.rangeId, end);
  return moved;
}

/** Uses units for good, for one beneficiary, purpose and year. */
export async function retire(work: Work, actor: Actor, asked: Retirement): Promise<Outcome<Holding>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const { beneficiary, purpose, year, mention = '', anonymous = false, ...units } = asked;
  const why = useRefusal({ beneficiary, purpose, year, mention });
  if (why) return refuse(why);
  const use = { beneficiary: beneficiary.trim(), purpose: purpose as Purpose, year, mention: mention.trim() || null };
  return finish(work, actor, { ...units, anonymous, verb: 'retire', end: ending({ state: 'retired', ...use }) });
}

const cancelled = (reason: CancelReason): Pick<End, 'end' | 'verb' | 'from'> => ({
  verb: 'cancel',
  from: ['active', 'reserve'],
  end: ending({ state: 'cancelled', reason }),
});

/** Strikes units off for good, those in reserve too. Nobody has used them and nobody will. */
export async function cancel(work: Work, actor: Actor, { reason, ...units }: Cancellation): Promise<Outcome<Holding>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  return finish(work, actor, { ...units, ...cancelled(reason) });
}

/** Units leave for another register; they live on there and end here. */
export async function sendOut(work: Work, actor: Actor, asked: Departure): Promise<Outcome<Holding>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const [register, reference] = [asked.register.trim(), asked.reference.trim()];
  if (register === '' || reference === '') return refuse(words.destinationMissing);
  const end = ending({ state: 'sent_out', register, reference });
  return finish(work, actor, { rangeId: asked.rangeId, quantity: asked.quantity, verb: 'send_out', end });
}

/**
 * Fraud found after issue: takes units back from the batch's reserve, then from what its project holder has not sold; the
 * project holder owes the rest, unit for unit. What was sold stays sold, what was retired stays retired.
 */
export async function clawBack(work: Work, actor: Actor, asked: ClawBackAsked): Promise<Outcome<duties.ClawBack>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  if (asked.reason.trim() === '') return refuse(words.reasonMissing);
  const roots = await ranges.rootsOf(work, asked.batchId);
  const [root] = roots;
  if (!root) return refuse(words.noBatch);
  for (const series of roots) await ranges.lockSeries(work, series);
  const open = await ranges.openRanges(work, asked.batchId);
  const standing = standingUnits(open, await duties.selectDuties(work));
  if (asked.quantity <= 0n || asked.quantity > standing) return refuse(words.notThatMany(standing));
  const plan = debitPlan(open, { projectHolderId: root.holderId, quantity: asked.quantity });
  for (const { range, count } of plan.debits) {
    const units = { rangeId: range.rangeId, quantity: count };
    const done = await finish(work, actor, { ...units, ...cancelled('late_fraud') });
    if (!done.ok) return done;
  }
  const { debits: _, ...sums } = plan;
  const row = { ...asked, ...sums, reason: asked.reason.trim(), clawBackId: work.newId('clb') };
  await duties.insertClawBack(work, row, actor.personId);
  if (plan.owed > 0n) {
    const { clawBackId, batchId } = row;
    const duty = { clawBackId, batchId, scheme: root.scheme, holderId: root.holderId, quantity: plan.owed };
    await duties.insertDuty(work, { ...duty, dutyId: work.newId('dut') });
  }
  return accept(row);
}

/** Meets a duty, or a part of it, by striking off sound units that whoever owes them holds: unsold, reserved or bought. */
export async function meetDuty(
  work: Work,
  actor: Actor,
  { dutyId, ...units }: Units & { readonly dutyId: string },
): Promise<Outcome<Holding>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  await duties.lockDuty(work, dutyId);
  const duty = (await duties.selectDuties(work)).find(one => one.dutyId === dutyId);
  if (!duty) return refuse(words.noDuty);
  const taken = await takeable(work, units.rangeId, ['active', 'reserve']);
  if (!taken.ok) return taken;
  const { scheme, holderId, batchId } = taken.value;
  if (scheme !== duty.scheme || holderId !== duty.holderId || batchId === duty.batchId)
    return refuse(words.notForThisDuty);
  const due = duty.quantity - duty.met;
  if (units.quantity > due) return refuse(words.notThatMany(due));
  const done = await finish(work, actor, { ...units, ...cancelled('replacement') });
  if (done.ok) await duties.insertReplacement(work, { dutyId, rangeId: done.value.rangeId, quantity: units.quantity });
  return done;
}

/** Puts the units of a range, open or not, under the State's own number: each unit under one, and never more than it has. */
export async function recordExternal(
  work: Work,
  actor: Actor,
  asked: ExternalAsked,
): Promise<Outcome<externals.ExternalReference>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const reference = asked.reference.trim();
  if (reference === '') return refuse(words.referenceMissing);
  const range = await ranges.rangeById(work, asked.rangeId);
  if (!range) return refuse(words.noRange);
  if (asked.quantity <= 0n) return refuse(words.moreThanExternal(0n));
  const [quantity, recordedBy] = [asked.quantity, actor.personId];
  const known = await externals.holdReference(work, { scheme: range.scheme, reference, quantity, recordedBy });
  if (known.quantity !== quantity) return refuse(words.otherExternalQuantity(known.quantity));
  const left = quantity - (await externals.tiedUnder(work, known.referenceId));
  if (countOf(range) > left) return refuse(words.moreThanExternal(left));
  const tied = await externals.insertTie(work, range, { referenceId: known.referenceId, recordedBy });
  return tied ? accept(known) : refuse(words.alreadyTied);
}

/** Records what the State's register shows under a reference on a day, be it more or less than here. */
export async function readExternal(
  work: Work,
  actor: Actor,
  asked: externals.Reading,
): Promise<Outcome<externals.Reading>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  if (!(await externals.compareAll(work)).some(one => one.referenceId === asked.referenceId))
    return refuse(words.noReference);
  if (asked.readOn > today(work)) return refuse(words.wrongDay('read_on'));
  await externals.insertReading(work, asked, actor.personId);
  return accept(asked);
}

/** Every open range: who holds what, in which state. */
export const holdings = (work: Work): Promise<readonly Holding[]> => ranges.openRanges(work);

/** Names of holders by id: the network, its organisations, those from outside. */
export async function holderNames(work: Work): Promise<(holderId: string) => string> {
  const network = await networkOf(work);
  const names = new Map<string, string>([
    [network.networkId, network.name],
    ...(await organisations(work)).map(one => [one.organisationId, one.name] as const),
    ...(await transfers.partyNames(work)).map(one => [one.id, one.name] as const),
  ]);
  return holderId => names.get(holderId) ?? holderId;
}

export interface DeclaredTransfer extends transfers.TransferRow {
  /** Null for units that are not declared so. */
  readonly clock: DeclarationClock | null;
}

/** Transfers with their declaration's clock, the first signed first; one of them when it is named. */
export async function transfersMade(work: Work, transferId?: string): Promise<readonly DeclaredTransfer[]> {
  const terms = clockTerms(await parametersOn(work, parameters, today(work)));
  return (await transfers.selectTransfers(work, transferId)).map(row => ({
    ...row,
    clock: row.scheme === 'lbc' ? declarationClock(row, today(work), terms) : null,
  }));
}

/** What anyone may read of a run of units that is, or was, a range. */
export async function certificate(work: Work, serial: string): Promise<Outcome<Certificate>> {
  const range = parseSerial(serial);
  const open = range ? await ranges.openWithin(work, range) : [];
  const [first] = open;
  if (!range || !first) return refuse(words.noSerial);
  const { batchId } = first;
  const root = (await ranges.rootsOf(work, batchId)).find(
    one => one.project === range.project && one.vintage === range.vintage,
  )!;
  const endings = await transfers.endingsOf(
    work,
    open.map(one => one.rangeId),
  );
  const [references, nameOf] = [await externals.referencesOf(work, range), await holderNames(work)];
  const flag = flagOf(batchId, await duties.selectDuties(work));
  return accept(certificateOf({ range, issuedAt: root.openedAt, flag, batchId, references, open, endings, nameOf }));
}

/** The status of every run of units that is, or was, a range: a note that the log's key signs. */
export async function statusList(work: Work, keyring: Keyring): Promise<Outcome<string>> {
  const owed = await duties.selectDuties(work);
  const standings = standingsOf(await ranges.allRanges(work), ({ batchId, openedAt }) => ({
    issuedAt: openedAt,
    flaggedAt: flagOf(batchId, owed)?.since ?? null,
  }));
  return signText(work, keyring, statusListText(work.now, standings));
}
