import { sha256 } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Actor, holds } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import type { Contract } from '../../schemes/schemes.ts';
import type { ClaimState } from '../life.ts';
import type { CeeResult } from '../result.ts';
import * as store from '../store.ts';
import { words } from '../words.ts';
import { claimOf, isObligated } from './claim.ts';

// What others say of a claim: the statement of each employer, the obligated party's answer to each line.

export interface Signing {
  readonly claimId: string;
  readonly employerId: Id<'org'>;
  /** Name and function. */
  readonly signatory: string;
  /** The wording that was read, whole. */
  readonly text: string;
}

/** An employer declares on its honour what its contract words. Signed again, the statement already signed. */
export async function signStatement(
  work: Work,
  actor: Actor,
  { claimId, employerId, signatory, text }: Signing,
): Promise<Outcome<store.Statement>> {
  const found = await claimOf(work, claimId);
  if (found?.row.result.kind !== 'cee') return refuse(words.unknownClaim);
  if (!holds(actor, 'employer_admin', employerId)) return refuse(words.employerOnly);
  if (!found.row.result.employers.some(one => one.employer === employerId)) return refuse(words.unknownEmployer);
  const already = found.statements.find(one => one.employerId === employerId);
  if (already) return accept(already);
  if (found.state !== 'sealed') return refuse(words.tooLate);
  const wording = found.contract?.statementText ?? null;
  if (wording === null) return refuse(words.noWording);
  if (text.replaceAll('\r\n', '\n') !== wording) return refuse(words.otherWording);
  if (signatory.trim() === '') return refuse(words.signatoryMissing);
  const signed = { employerId, signatory: signatory.trim(), textSha256: sha256(wording), signedAt: work.now };
  return (await store.insertStatement(work, claimId, signed, actor.personId))
    ? accept(signed)
    : refuse(words.alreadySigned);
}

/** What one employer sees of a claim: its own figures and the wording, no line. */
export interface StatementAsked {
  readonly claimId: string;
  readonly period: string;
  readonly state: ClaimState;
  readonly employer: CeeResult['employers'][number];
  readonly contract: Contract;
  readonly signed: store.Statement | null;
}

/** Statements that an employer has signed or is asked to sign, the latest claim first. */
export async function statementsOf(
  work: Work,
  actor: Actor,
  employerId: Id<'org'>,
): Promise<Outcome<StatementAsked[]>> {
  if (!holds(actor, 'employer_admin', employerId)) return refuse(words.employerOnly);
  const heads = (await store.selectHeads(work)).filter(head => head.kind === 'cee' && head.state !== 'withdrawn');
  const asked: StatementAsked[] = [];
  for (const { claimId } of heads) {
    const found = (await claimOf(work, claimId))!;
    const own = found.result.kind === 'cee' && found.result.employers.find(one => one.employer === employerId);
    if (!own || !found.contract) continue;
    const signed = found.statements.find(one => one.employerId === employerId) ?? null;
    const { row, state, contract } = found;
    asked.push({ claimId, period: row.period, state, employer: own, contract, signed });
  }
  return accept(asked);
}

export interface AnswersAsked {
  readonly claimId: string;
  readonly answers: readonly store.Answer[];
}

/** Accepts or refuses lines, all or none of those given. A line is answered once. */
export async function answerLines(
  work: Work,
  actor: Actor,
  { claimId, answers }: AnswersAsked,
): Promise<Outcome<{ readonly answered: number }>> {
  const found = await claimOf(work, claimId);
  if (!found) return refuse(words.unknownClaim);
  if (!isObligated(actor, found.contract)) return refuse(words.obligatedPartyOnly);
  if (found.state !== 'submitted') return refuse(words.notSubmitted);
  const known = new Set(found.row.result.lines);
  const stranger = answers.find(({ seq }) => !known.has(seq));
  if (stranger) return refuse(words.notInClaim(stranger.seq));
  const silent = answers.some(({ accepted, reason }) => !accepted && !reason?.trim());
  if (silent) return refuse(words.refusalWithoutReason);
  const written = answers.map(({ reason, ...one }) => ({ ...one, reason: one.accepted ? null : reason!.trim() }));
  const added = await store.insertAnswers(work, claimId, written, actor.personId);
  return added === answers.length ? accept({ answered: added }) : refuse(words.alreadyAnswered);
}

/** Accepts every line that has no answer yet. */
export async function acceptOtherLines(
  work: Work,
  actor: Actor,
  claimId: string,
): Promise<Outcome<{ readonly answered: number }>> {
  const found = await claimOf(work, claimId);
  if (!found) return refuse(words.unknownClaim);
  const known = new Set(found.answers.map(answer => answer.seq));
  const rest = found.row.result.lines.filter(seq => !known.has(seq));
  const answers = rest.map(seq => ({ seq, accepted: true, reason: null }));
  return answerLines(work, actor, { claimId, answers });
}
