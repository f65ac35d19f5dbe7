import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { type Actor, holds } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import type { AttestationId } from '../attestation.ts';
import { afterDecisions, standingAfter } from '../axes.ts';
import type { Recorded } from '../ledger.ts';
import type { Judge } from '../rules/catalogue.ts';
import type { Finding } from '../rules/rule.ts';
import * as attestations from '../store/attestation.ts';
import * as store from '../store/decision.ts';
import * as judgements from '../store/judgement.ts';
import { announceChange, lookAgain, replaceOne } from '../store/ledger.ts';
import { type DecisionReason, words } from '../words.ts';

// What the network decides on what the rules found: one operator on a review, two on all the rest.

/** A finding as it stands after what was decided, and the facts on which it was found. */
export interface OpenFinding extends Finding {
  readonly judge: Judge;
  readonly factsSha256: string;
}

/** The findings of both judges on each presence, under the decisions taken. */
export async function findingsOn(
  work: Work,
  attestationIds: readonly string[],
): Promise<ReadonlyMap<string, readonly OpenFinding[]>> {
  if (attestationIds.length === 0) return new Map();
  const last = await judgements.selectLastJudgements(work, attestationIds);
  const decisions = await judgements.selectDecisions(work, attestationIds);
  const found = new Map<string, OpenFinding[]>();
  for (const one of last) {
    const own = decisions.filter(decision => decision.attestationId === one.attestationId);
    const open = afterDecisions(one, own).map(finding => ({
      ...finding,
      judge: one.judge,
      factsSha256: one.factsSha256,
    }));
    found.set(one.attestationId, [...(found.get(one.attestationId) ?? []), ...open]);
  }
  return found;
}

/** Makes what was decided part of where presences stand. */
async function settle(work: Work, attestationIds: readonly AttestationId[]): Promise<void> {
  const [last, decisions] = [
    await judgements.selectLastJudgements(work, attestationIds),
    await judgements.selectDecisions(work, attestationIds),
  ];
  for (const judge of ['presence', 'commute'] as const) {
    const rows = last
      .filter(one => one.judge === judge)
      .map(one => {
        const own = decisions.filter(decision => decision.attestationId === one.attestationId);
        return { attestationId: one.attestationId, ...standingAfter(afterDecisions(one, own)) };
      });
    if (rows.length > 0) await judgements.decideStandings(work, judge, rows);
  }
}

/** An operator, on presences that stand and are not their own. */
async function mayDecide(
  work: Work,
  actor: Actor,
  attestationIds: readonly string[],
): Promise<Outcome<readonly Recorded[]>> {
  if (!holds(actor, 'network_operator')) return refuse(words.notOperator);
  await judgements.holdJudging(work);
  const kept = await attestations.selectRecorded(work, { attestationIds });
  if (kept.length < new Set(attestationIds).size) return refuse(words.unknownPresence);
  if (kept.some(one => one.reversed)) return refuse(words.alreadyReversed);
  const [link] = await attestations.selectLinks(work, { personIds: [actor.personId] });
  return kept.some(one => one.pseudonym === link?.pseudonym) ? refuse(words.ownPresence) : accept(kept);
}

export interface Review {
  readonly attestationIds: readonly string[];
  readonly ruleId: string;
  readonly kind: 'let_pass' | 'block';
  readonly reason: DecisionReason;
}

/** One operator lets reviews of a rule pass, or blocks them, all or none; it holds until the facts change. */
export async function decideReviews(work: Work, actor: Actor, review: Review): Promise<Outcome<null>> {
  const { ruleId, kind, reason } = review;
  const kept = await mayDecide(work, actor, review.attestationIds);
  if (!kept.ok) return kept;
  const found = await findingsOn(work, review.attestationIds);
  const open = kept.value.flatMap(({ attestationId }) =>
    (found.get(attestationId) ?? [])
      .filter(one => one.rule === ruleId && one.status === 'review')
      .map(({ judge, factsSha256 }) => ({
        attestationId,
        judge,
        factsSha256,
        ruleId,
        kind,
        reason,
        author: actor.personId,
      })),
  );
  if (new Set(open.map(one => one.attestationId)).size < kept.value.length) return refuse(words.nothingToDecide);
  await store.insertDecisions(work, open);
  await settle(
    work,
    open.map(one => one.attestationId),
  );
  return accept(null);
}

/** What may be proposed: to set one finding aside, or to raise a proof to class C. */
export type Proposal = { readonly attestationId: string; readonly reason: DecisionReason } & (
  | { readonly kind: 'finding'; readonly ruleId: string }
  | { readonly kind: 'class' }
);

const isOpen = ({ status }: Finding): boolean => status === 'blocked' || status === 'pending';

/** Why nothing is to be proposed; null when something is. */
function proposalRefusal(kept: Recorded, asked: Proposal, finding: OpenFinding | undefined): Refusal | null {
  if (asked.kind === 'class') return kept.evidenceClass === 'C' ? words.nothingToOverride : null;
  return finding === undefined ? words.nothingToOverride : null;
}

/** A first person proposes; nothing changes before another one confirms. */
export async function proposeOverride(
  work: Work,
  actor: Actor,
  asked: Proposal,
): Promise<Outcome<{ readonly overrideId: Id<'ovr'> }>> {
  const kept = await mayDecide(work, actor, [asked.attestationId]);
  if (!kept.ok) return kept;
  const [one] = kept.value;
  const found = (await findingsOn(work, [asked.attestationId])).get(asked.attestationId) ?? [];
  const finding = asked.kind === 'finding' ? found.find(f => f.rule === asked.ruleId && isOpen(f)) : undefined;
  const why = proposalRefusal(one!, asked, finding);
  if (why) return refuse(why);
  const named = {
    judge: finding?.judge ?? null,
    factsSha256: finding?.factsSha256 ?? null,
    ruleId: finding?.rule ?? null,
  };
  const before = await store.selectOverrides(work, { attestationIds: [asked.attestationId] });
  const same = before.some(
    o => !o.confirmed && o.kind === asked.kind && o.ruleId === named.ruleId && o.factsSha256 === named.factsSha256,
  );
  if (same) return refuse(words.alreadyProposed);
  const overrideId = work.newId('ovr');
  const { kind, reason } = asked;
  const row = { overrideId, attestationId: one!.attestationId, kind, ...named, reason, proposedBy: actor.personId };
  await store.insertOverride(work, row);
  return accept({ overrideId });
}

/** Another person confirms: the finding is set aside on these facts, or the day is written again in class C. */
export async function confirmOverride(
  work: Work,
  actor: Actor,
  {
    overrideId,
    reason,
    secrets,
  }: { readonly overrideId: string; readonly reason: DecisionReason; readonly secrets: Secrets },
): Promise<Outcome<{ readonly attestationId: AttestationId }>> {
  if (!holds(actor, 'network_operator')) return refuse(words.notOperator);
  await judgements.holdJudging(work);
  const [proposed] = await store.selectOverrides(work, { overrideId });
  if (!proposed) return refuse(words.unknownOverride);
  if (proposed.confirmed) return refuse(words.alreadyConfirmed);
  if (proposed.proposedBy === actor.personId) return refuse(words.needsSecondPerson);
  const kept = await mayDecide(work, actor, [proposed.attestationId]);
  if (!kept.ok) return kept;
  const one = kept.value[0]!;
  await store.insertConfirmation(work, proposed, { confirmedBy: actor.personId, reason });
  if (proposed.kind === 'finding') {
    await settle(work, [one.attestationId]);
    return accept({ attestationId: one.attestationId });
  }
  const author = { id: actor.personId, role: 'operator' as const };
  const taken = { ...one, why: 'upgraded' as const, author };
  const remains = { evidenceClass: 'C' as const, upgradedBy: overrideId };
  const attestationId = await replaceOne(work, taken, { remains, secrets });
  await lookAgain(work, [one]);
  await announceChange(work, { reversed: one, added: attestationId });
  return accept({ attestationId });
}
