import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, localDay } from '../../kernel/time.ts';
import { type Actor, holds } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { recordDestruction } from '../../platform/destruction.ts';
import { announce } from '../../platform/outbox.ts';
import * as store from '../store/erasure.ts';
import * as people from '../store.ts';
import { words } from '../words.ts';

/** Where an erasure stands: done, or held until a day. */
export type Erasure =
  | { readonly personId: string; readonly state: 'erased' }
  | { readonly personId: string; readonly state: 'restricted'; readonly until: Day };

const today = (work: Work): Day => localDay(work.now, 'Europe/Paris');

/** Longest time for which anyone's data may be held without saying so again: ten years, the longest of accounting rules. */
const longestHold_days = 3_660;

/** Destroys here, and tells every room to: each destroys what it holds of this person, in its own transaction. */
async function destroy(work: Work, personId: string): Promise<void> {
  await store.closeErasure(work, personId);
  await recordDestruction(work, { person: 1 });
  await announce(work, { event: 'people.erased', payload: { person_id: personId } });
}

export interface ErasureAsked {
  readonly personId: string;
  /** Why, when an operator asks for someone; empty from the person. */
  readonly reason: string;
}

/**
 * Erases a person at their own request, or at an operator's with a reason. While something holds their data they are set aside
 * instead: nobody sees them, nothing new is done with them, and the clock erases them when the hold ends. Asked again, the
 * answer is where it stands.
 */
export async function erase(work: Work, actor: Actor, { personId, reason }: ErasureAsked): Promise<Outcome<Erasure>> {
  const own = actor.personId === personId;
  if (!own && !holds(actor, 'network_operator')) return refuse(words.mayNot());
  if (!own && reason.trim() === '') return refuse(words.reasonMissing());
  // One at a time: neither two operators at once, nor a hold that arrives meanwhile, are missed.
  await people.networkOf(work, true);
  const [person] = await people.peopleById(work, [personId]);
  if (!person) return refuse(words.unknownPerson());
  const operators = await people.holdersOf(work, 'network_operator', null);
  if (operators.length === 1 && operators[0] === personId) return refuse(words.lastOperator());
  const first = await store.insertErasure(work, { personId, askedBy: actor.personId, reason: reason.trim() });
  const until = await store.heldUntil(work, personId, today(work));
  if (first) {
    if (until !== null) await store.setAside(work, personId);
    await store.blank(work, personId);
    if (until === null) await destroy(work, personId);
    else await announce(work, { event: 'people.restricted', payload: { person_id: personId } });
  }
  const known = await store.selectErasure(work, personId);
  return accept(
    known?.erasedAt === null && until !== null
      ? { personId, state: 'restricted', until }
      : { personId, state: 'erased' },
  );
}

export interface HoldAsked {
  readonly personId: string;
  readonly reason: string;
  /** First day on which it holds no more. */
  readonly until: Day;
}

/** Holds someone's data until a day, for a reason that a law gives: an erasure asked meanwhile waits for that day. */
export async function hold(work: Work, actor: Actor, asked: HoldAsked): Promise<Outcome<store.Hold>> {
  if (!holds(actor, 'network_operator')) return refuse(words.mayNot());
  if (asked.reason.trim() === '') return refuse(words.reasonMissing());
  const last = addDays(today(work), longestHold_days);
  if (asked.until <= today(work) || asked.until > last) return refuse(words.badHold());
  await people.networkOf(work, true);
  const [person] = await people.peopleById(work, [asked.personId]);
  if (!person) return refuse(words.unknownPerson());
  if ((await store.selectErasure(work, asked.personId))?.erasedAt) return refuse(words.alreadyErased());
  const { personId } = person;
  const one = { ...asked, personId, reason: asked.reason.trim(), holdId: work.newId('hld') };
  await store.insertHold(work, one, actor.personId);
  return accept(one);
}

/** Lifts a hold before its day, and says why: whoever asked to be erased meanwhile is, by the clock. */
export async function lift(
  work: Work,
  actor: Actor,
  { holdId, reason }: { readonly holdId: string; readonly reason: string },
): Promise<Outcome<{ readonly holdId: string }>> {
  if (!holds(actor, 'network_operator')) return refuse(words.mayNot());
  if (reason.trim() === '') return refuse(words.reasonMissing());
  await people.networkOf(work, true);
  const [known] = await store.selectHolds(work, holdId);
  if (!known) return refuse(words.unknownHold());
  if (!isHolding(known, today(work))) return refuse(words.holdOver());
  await store.liftHold(work, { holdId, reason: reason.trim(), by: actor.personId });
  return accept({ holdId });
}

const isHolding = ({ liftedAt, until }: store.HoldRow, day: Day): boolean => liftedAt === null && until > day;

export interface Holds {
  /** The first to end first. */
  readonly standing: readonly store.HoldRow[];
  readonly over: readonly store.HoldRow[];
}

/** The network's holds, for its operator. */
export async function legalHolds(work: Work, actor: Actor): Promise<Outcome<Holds>> {
  if (!holds(actor, 'network_operator')) return refuse(words.mayNot());
  const all = await store.selectHolds(work);
  const isStanding = (one: store.HoldRow) => isHolding(one, today(work));
  return accept({ standing: all.filter(isStanding), over: all.filter(one => !isStanding(one)) });
}

/** People whose data a hold keeps today: what a term would destroy waits for them. */
export const heldPersons = (work: Work): Promise<readonly Id<'per'>[]> => store.heldPersons(work, today(work));

/** Erases whoever asked and is held no more: a task of the clock. */
export async function eraseDue(work: Work): Promise<void> {
  for (const personId of await store.dueErasures(work, today(work))) await destroy(work, personId);
}
