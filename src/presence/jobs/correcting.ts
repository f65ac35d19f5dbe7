import { mayHost } from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { daysBetween, localDay } from '../../kernel/time.ts';
import { type Actor, holds } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import type { AttestationId } from '../attestation.ts';
import type { Author, Recorded, ReversalReason } from '../ledger.ts';
import { whole } from '../rules/thresholds.ts';
import * as attestations from '../store/attestation.ts';
import { holdJudging, judgeAgain } from '../store/judgement.ts';
import { announceChange, lookAgain, replaceOne, reverseAll } from '../store/ledger.ts';
import { selectConfirmed } from '../store/surroundings.ts';
import { thresholdsOn } from '../store/thresholds.ts';
import { type ContestReason, words } from '../words.ts';

// People's word on a day: the person who was there, who runs the space, the network.

/** One word at a time on a network's presences: whoever comes second sees what the first one changed. */
async function recordedOne(work: Work, attestationId: string): Promise<Outcome<Recorded>> {
  await holdJudging(work);
  const [kept] = await attestations.selectRecorded(work, { attestationIds: [attestationId] });
  if (!kept) return refuse(words.unknownPresence);
  return kept.reversed ? refuse(words.alreadyReversed) : accept(kept);
}

async function ownOne(work: Work, { personId }: Actor, attestationId: string): Promise<Outcome<Recorded>> {
  const kept = await recordedOne(work, attestationId);
  if (!kept.ok) return kept;
  const [link] = await attestations.selectLinks(work, { personIds: [personId] });
  return link?.pseudonym === kept.value.pseudonym ? kept : refuse(words.notYours);
}

/** A person says that their day is wrong, or takes that back (`reason: null`). Until then it is not creditable. */
export async function contest(
  work: Work,
  actor: Actor,
  { attestationId, reason }: { readonly attestationId: string; readonly reason: ContestReason | null },
): Promise<Outcome<{ readonly contested: boolean }>> {
  const kept = await ownOne(work, actor, attestationId);
  if (!kept.ok) return kept;
  const { contested, pseudonym } = kept.value;
  if (contested === (reason !== null)) return refuse(contested ? words.alreadyContested : words.notContested);
  const entry = { attestationId: kept.value.attestationId, reason, author: pseudonym };
  await attestations.insertContestEntry(work, { ...entry, kind: reason === null ? 'withdrawn' : 'opened' });
  await announce(work, { event: 'presence.contested', payload: { attestation_id: attestationId, open: !contested } });
  return accept({ contested: !contested });
}

/** A person says that their day is right: with the host's word, even a late declaration is then countersigned. */
export async function confirm(
  work: Work,
  actor: Actor,
  { attestationId }: { readonly attestationId: string },
): Promise<Outcome<null>> {
  const kept = await ownOne(work, actor, attestationId);
  if (!kept.ok) return kept;
  if (kept.value.contested) return refuse(words.alreadyContested);
  const ids = [kept.value.attestationId];
  if ((await selectConfirmed(work, ids)).has(kept.value.attestationId)) return accept(null);
  const entry = { attestationId: kept.value.attestationId, reason: null, author: kept.value.pseudonym };
  await attestations.insertContestEntry(work, { ...entry, kind: 'confirmed' });
  await judgeAgain(work, { attestationIds: ids });
  return accept(null);
}

interface Change {
  readonly why: ReversalReason;
  readonly author: Author;
  /** Halves that remain: none takes the day back. */
  readonly halves: 0 | 1;
  readonly secrets: Secrets;
}

async function change(
  work: Work,
  kept: Recorded,
  { why, author, halves, secrets }: Change,
): Promise<AttestationId | null> {
  const taken = { ...kept, why, author };
  const left = halves === 0 ? null : await replaceOne(work, taken, { remains: { halves }, secrets });
  if (left === null) await reverseAll(work, [taken], secrets);
  await lookAgain(work, [kept]);
  await announceChange(work, { reversed: kept, added: left });
  return left;
}

const operatorOf = ({ personId }: Actor): Author => ({ id: personId, role: 'operator' });

/** The network answers a contest: the day is reversed, or stands. */
export async function decideContest(
  work: Work,
  actor: Actor,
  {
    attestationId,
    upheld,
    secrets,
  }: { readonly attestationId: string; readonly upheld: boolean; readonly secrets: Secrets },
): Promise<Outcome<null>> {
  if (!holds(actor, 'network_operator')) return refuse(words.notOperator);
  const kept = await recordedOne(work, attestationId);
  if (!kept.ok) return kept;
  if (!kept.value.contested) return refuse(words.notContested);
  const entry = { attestationId: kept.value.attestationId, reason: null, author: actor.personId };
  await attestations.insertContestEntry(work, { ...entry, kind: upheld ? 'upheld' : 'dismissed' });
  if (upheld) await change(work, kept.value, { why: 'contest_upheld', author: operatorOf(actor), halves: 0, secrets });
  return accept(null);
}

/** Takes a day back, at any time: there is no date after which the truth is refused. */
export async function reverse(
  work: Work,
  actor: Actor,
  { attestationId, secrets }: { readonly attestationId: string; readonly secrets: Secrets },
): Promise<Outcome<null>> {
  if (!holds(actor, 'network_operator')) return refuse(words.notOperator);
  const kept = await recordedOne(work, attestationId);
  if (!kept.ok) return kept;
  await change(work, kept.value, { why: 'operator', author: operatorOf(actor), halves: 0, secrets });
  return accept(null);
}

/** Who may correct a day of a space, and under what title; whoever runs the space may for a few days only. */
async function correctorOf(work: Work, actor: Actor, { spaceId, day }: Recorded): Promise<Outcome<Author>> {
  if (holds(actor, 'network_operator')) return accept(operatorOf(actor));
  const [space] = await spacesByIds(work, [spaceId]);
  if (!space || !mayHost(actor, space)) return refuse(words.notHost);
  const open_days = whole((await thresholdsOn(work, [day]))(day).correction_days);
  if (daysBetween(day, localDay(work.now, space.zone)) > open_days) return refuse(words.notOpenToCorrection(open_days));
  return accept({ id: actor.personId, role: 'manager' });
}

export interface Correction {
  readonly attestationId: string;
  /** `half_only` leaves half of a whole day; any other reason takes the day back. */
  readonly reason: ContestReason;
  readonly secrets: Secrets;
}

/**
 * Corrects a day: who runs the space for a week, the network at any time. The row is reversed and, when something remains,
 * replaced; both stay to be read. Raising is not a correction: a host notes what was missing on the list.
 */
export async function correctDay(
  work: Work,
  actor: Actor,
  { attestationId, reason, secrets }: Correction,
): Promise<Outcome<{ readonly attestationId: AttestationId | null }>> {
  const kept = await recordedOne(work, attestationId);
  if (!kept.ok) return kept;
  const author = await correctorOf(work, actor, kept.value);
  if (!author.ok) return author;
  if (reason === 'half_only' && kept.value.halves === 1) return refuse(words.alreadyHalf);
  const halves = reason === 'half_only' ? 1 : 0;
  const left = await change(work, kept.value, { why: reason, author: author.value, halves, secrets });
  return accept({ attestationId: left });
}

/** Whom presences of a space's day stand for, for who keeps its door: to correct them. */
export async function attestedAt(
  work: Work,
  { spaceId, day }: { readonly spaceId: Id<'spc'>; readonly day: Recorded['day'] },
): Promise<readonly { readonly personId: Id<'per'>; readonly attestationId: AttestationId; readonly halves: 1 | 2 }[]> {
  const kept = await attestations.selectRecorded(work, { days: [day] });
  const here = kept.filter(one => one.spaceId === spaceId && !one.reversed);
  const links = await attestations.selectLinks(work, { pseudonyms: here.map(one => one.pseudonym) });
  const personOf = new Map(links.map(link => [link.pseudonym, link.personId]));
  return here.flatMap(({ pseudonym, attestationId, halves }) => {
    const personId = personOf.get(pseudonym);
    return personId === undefined ? [] : [{ personId, attestationId, halves }];
  });
}
