import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Instant } from '../../kernel/time.ts';
import { type Actor, holds } from '../../kernel/visit.ts';
import { type Organisation, organisations, peopleById } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { type Flag, flagOf } from '../certificate.ts';
import type { Ending } from '../ending.ts';
import { disagreeingSince } from '../external.ts';
import { lineage, partsOf, type Stage } from '../lineage.ts';
import type { RangeRow } from '../range.ts';
import { type DeclaredTransfer, type Holding, holderNames, holdings, transfersMade } from '../registry.ts';
import { type DutyRow, selectDuties } from '../store/duty.ts';
import { type Comparison, compareAll, type Found, referencesOf, selectFound } from '../store/external.ts';
import { familyOf, openRanges, type PostingRow, postingsOf, rangeById } from '../store/range.ts';
import { endingsOf, partyNames } from '../store/transfer.ts';
import { words } from '../words.ts';

// What the operator's pages show, read in one unit of work.

type NameOf = (holderId: string) => string;

/** Reads for the operator; anyone else is refused. */
const forOperator = async <T>(actor: Actor, read: () => Promise<Outcome<T>>): Promise<Outcome<T>> =>
  holds(actor, 'network_operator') ? read() : refuse(words.operatorOnly);

export interface ComparedReference extends Comparison {
  /** Since when the books have disagreed; null when they agreed at the last daily comparison. */
  readonly since: Instant | null;
}

async function comparedReferences(work: Work): Promise<readonly ComparedReference[]> {
  const [compared, found] = [await compareAll(work), await selectFound(work)];
  return compared.map(one => ({ ...one, since: disagreeingSince(one.referenceId, found) }));
}

export interface RegisterView {
  readonly holdings: readonly Holding[];
  /** Transfers that are still to be declared. */
  readonly toDeclare: readonly DeclaredTransfer[];
  readonly compared: readonly ComparedReference[];
  readonly duties: readonly DutyRow[];
  readonly nameOf: NameOf;
}

export const registerView = (work: Work, actor: Actor): Promise<Outcome<RegisterView>> =>
  forOperator(actor, async () =>
    accept({
      holdings: await holdings(work),
      toDeclare: (await transfersMade(work)).filter(({ clock }) => clock !== null && clock.state !== 'declared'),
      compared: await comparedReferences(work),
      duties: await selectDuties(work),
      nameOf: await holderNames(work),
    }),
  );

export interface RangeView {
  readonly range: RangeRow;
  readonly stages: readonly Stage[];
  readonly parts: readonly RangeRow[];
  readonly postings: readonly (PostingRow & { readonly by: string })[];
  readonly transfers: readonly DeclaredTransfer[];
  readonly ending: Ending | null;
  readonly references: readonly string[];
  readonly flag: Flag | null;
  readonly organisations: readonly Organisation[];
  readonly parties: readonly string[];
  readonly nameOf: NameOf;
}

async function postingsOn(work: Work, stages: readonly Stage[]) {
  const rangeIds = stages.flatMap(({ range, left }) => [range, ...left].map(one => one.rangeId));
  const postings = await postingsOf(work, rangeIds);
  const people = await peopleById(work, [...new Set(postings.map(one => one.actorId))] as Id<'per'>[]);
  const names = new Map<string, string>(people.map(one => [one.personId, `${one.firstName} ${one.lastName}`]));
  return postings.map(one => ({ ...one, by: names.get(one.actorId) ?? one.actorId }));
}

export const rangeView = (work: Work, actor: Actor, rangeId: string): Promise<Outcome<RangeView>> =>
  forOperator(actor, async () => {
    const range = await rangeById(work, rangeId);
    if (!range) return refuse(words.noRange);
    const family = await familyOf(work, range);
    const stages = lineage(family, rangeId);
    const along = new Set(stages.flatMap(stage => [stage.range, ...stage.left].map(one => one.rangeId)));
    return accept({
      range,
      stages,
      parts: partsOf(family, range),
      postings: await postingsOn(work, stages),
      transfers: (await transfersMade(work)).filter(one => along.has(one.rangeId)),
      ending: (await endingsOf(work, [rangeId]))[0] ?? null,
      references: await referencesOf(work, range),
      flag: flagOf(range.batchId, await selectDuties(work)),
      organisations: await organisations(work),
      parties: (await partyNames(work)).map(one => one.name),
      nameOf: await holderNames(work),
    });
  });

export interface TransferView {
  readonly transfer: DeclaredTransfer;
  readonly nameOf: NameOf;
}

export const transferView = (work: Work, actor: Actor, transferId: string): Promise<Outcome<TransferView>> =>
  forOperator(actor, async () => {
    const [transfer] = await transfersMade(work, transferId);
    return transfer ? accept({ transfer, nameOf: await holderNames(work) }) : refuse(words.noTransfer);
  });

export interface ReferenceView {
  readonly compared: ComparedReference;
  readonly found: readonly Found[];
}

export const referenceView = (work: Work, actor: Actor, referenceId: string): Promise<Outcome<ReferenceView>> =>
  forOperator(actor, async () => {
    const compared = (await comparedReferences(work)).find(one => one.referenceId === referenceId);
    if (!compared) return refuse(words.noReference);
    return accept({ compared, found: (await selectFound(work)).filter(one => one.referenceId === referenceId) });
  });

export interface DutyView {
  readonly duty: DutyRow;
  /** Ranges that may meet it. */
  readonly fitting: readonly RangeRow[];
  readonly nameOf: NameOf;
}

export const dutyView = (work: Work, actor: Actor, dutyId: string): Promise<Outcome<DutyView>> =>
  forOperator(actor, async () => {
    const duty = (await selectDuties(work)).find(one => one.dutyId === dutyId);
    if (!duty) return refuse(words.noDuty);
    const fitting = (await openRanges(work)).filter(
      one =>
        (one.state === 'active' || one.state === 'reserve') &&
        one.scheme === duty.scheme &&
        one.holderId === duty.holderId &&
        one.batchId !== duty.batchId,
    );
    return accept({ duty, fitting, nameOf: await holderNames(work) });
  });
