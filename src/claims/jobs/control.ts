import { type Canonical, canonical } from '../../kernel/canonical.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { parseRational, rational } from '../../kernel/rational.ts';
import { type Actor, holds } from '../../kernel/visit.ts';
import { quantifyCee } from '../../method/method.ts';
import { basisTold, claimDossier, type Dossier, type LineRow, linesAt, type Recount, recount } from '../../mrv/mrv.ts';
import type { Keyring } from '../../notary/notary.ts';
import type { Work } from '../../platform/database.ts';
import { type Contract, offers } from '../../schemes/schemes.ts';
import { ceeRequest, ceeResult, factsIn } from '../cee.ts';
import { lbcResult } from '../lbc.ts';
import { asJson, type ClaimResult } from '../result.ts';
import { draw, sampleSize } from '../sample.ts';
import * as store from '../store.ts';
import { words } from '../words.ts';
import { type Claim, claimOf, mayRead } from './claim.ts';

// For whoever checks a claim: the sample, the findings, the dossier, and the same computation again.

/** Share of the lines that is drawn when a contract does not say: the auditor of a carbon project may ask for more. */
const controlShare = rational(1n, 10n);

const sampleAskedBy = ({ row, contract }: Claim): number => {
  const said = (contract?.terms as { readonly control_rate?: string } | undefined)?.control_rate;
  return sampleSize(row.result.lines.length, (said === undefined ? null : parseRational(said)) ?? controlShare);
};

/**
 * Draws the lines to check. The checkpoint that the claim was sealed under decides, published before the claim was made: nobody
 * chooses, and anyone can draw again. A claim has one sample.
 */
export async function drawSample(
  work: Work,
  actor: Actor,
  { claimId, count = 0 }: { readonly claimId: string; readonly count?: number },
): Promise<Outcome<store.Sample>> {
  if (!holds(actor, 'auditor')) return refuse(words.auditorOnly);
  const found = await claimOf(work, claimId);
  if (!found) return refuse(words.unknownClaim);
  if (found.sample) return accept(found.sample);
  if (!['sealed', 'requested'].includes(found.state)) return refuse(words.tooLate);
  const lines = await linesAt(work, found.row.result.lines);
  const seqs = draw(lines, found.row.checkpoint, Math.max(count, sampleAskedBy(found)));
  return (await store.insertSample(work, claimId, seqs, actor.personId))
    ? accept({ seqs, drawnAt: work.now })
    : refuse(words.alreadySampled);
}

export interface FindingAsked {
  readonly claimId: string;
  readonly seqs: readonly number[];
  readonly conforms: boolean;
  readonly note: string;
}

/** What the auditor found of lines drawn, all or none; a later finding of a line replaces it, and both stay written. */
export async function noteFinding(
  work: Work,
  actor: Actor,
  { claimId, seqs, conforms, note }: FindingAsked,
): Promise<Outcome<{ readonly noted: number }>> {
  if (!holds(actor, 'auditor')) return refuse(words.auditorOnly);
  const found = await claimOf(work, claimId);
  if (!found) return refuse(words.unknownClaim);
  if (!['sealed', 'requested'].includes(found.state)) return refuse(words.tooLate);
  const lines = [...new Set(seqs)];
  if (lines.length === 0 || !lines.every(seq => found.sample?.seqs.includes(seq))) return refuse(words.notSampled);
  if (!conforms && note.trim() === '') return refuse(words.noteMissing);
  for (const seq of lines)
    await store.insertFinding(work, claimId, { seq, conforms, note: note.trim() }, actor.personId);
  return accept({ noted: lines.length });
}

/** Lines drawn that still stand in the way: not looked at, or found at fault. */
export const sampleLeft = (found: Claim): number => {
  const last = new Map(found.findings.map(one => [one.seq, one.conforms]));
  // A carbon project's auditor draws when they want to; a contract's control is due before anything is sent.
  if (!found.sample) return found.row.kind === 'cee' ? sampleAskedBy(found) : 0;
  return found.sample.seqs.filter(seq => last.get(seq) !== true).length;
};

interface Again {
  readonly sealed: ClaimResult;
  readonly method: Canonical;
  readonly lines: readonly LineRow[];
  readonly contract: Contract | null;
}

/** The same computation as at sealing, on these lines. */
export async function computedAgain(
  work: Work,
  { sealed, method, lines, contract }: Again,
): Promise<Outcome<ClaimResult>> {
  if (sealed.kind === 'lbc') {
    const under = basisTold(method, sealed.on);
    if (!under.ok) return under;
    const { id: claimId, turn, project: projectId, vintage, on, settlement } = sealed;
    const { carry_in_mg } = settlement;
    return accept(lbcResult({ claimId, turn, projectId, vintage, on, lines, basis: under.value, carry_in_mg }));
  }
  const facts = {
    ...{ claimId: sealed.id, on: sealed.on, turn: sealed.turn, contract: contract!, employers: factsIn(sealed) },
    offers: (await offers(work)).filter(offer => offer.contractId === sealed.contract),
    lines: lines.map(line => ({ line, corrects: line.reverses !== null, sealed: true as const })),
  };
  const claimed = quantifyCee(ceeRequest(facts));
  return claimed.ok ? accept(ceeResult(claimed.value, facts)) : claimed;
}

const controlJson = ({ sample, findings }: Claim): Canonical => ({
  lines: sample === null ? null : [...sample.seqs],
  findings: findings.map(({ seq, conforms, note }) => ({ seq, conforms, note })),
});

const statementsJson = ({ statements }: Claim): Canonical =>
  statements.map(({ employerId, signatory, textSha256, signedAt }) => ({
    ...{ employer: employerId, signatory, text_sha256: textSha256, signed_at: signedAt.toString() },
  }));

/** The dossier of a claim, the same bytes as long as nothing is added to it. The reading is recorded. */
export async function readDossier(
  work: Work,
  actor: Actor,
  { claimId, keyring }: { readonly claimId: string; readonly keyring: Keyring },
): Promise<Outcome<Dossier>> {
  const found = await claimOf(work, claimId);
  if (!found) return refuse(words.unknownClaim);
  if (!mayRead(actor, found)) return refuse(words.readerOnly);
  const { row } = found;
  const { kind, period, result, checks, method, factors, checkpoint, vkey, readme, summary } = row;
  const more = {
    ...row.more,
    'control.json': controlJson(found),
    ...(kind === 'cee' && { 'statements.json': statementsJson(found) }),
  };
  const files = { kind, period, id: claimId, checks, method, factors, checkpoint, vkey, readme, summary };
  const rows = await linesAt(work, row.result.lines);
  const told = { ...files, result: asJson(result), more: Object.entries(more) };
  const dossier = await claimDossier(work, { files: told, rows, keyring });
  if (dossier.ok) await store.insertReading(work, { claimId, personId: actor.personId, what: 'dossier' });
  return dossier;
}

export interface Rerun extends Recount {
  /** Is the claim, computed again from its lines, what was sealed? Null when erased lines leave it unknown. */
  readonly same: boolean | null;
}

/** Computes a claim again: every line from its legs, then what the lines come to. */
export async function rerun(work: Work, actor: Actor, claimId: string): Promise<Outcome<Rerun>> {
  const found = await claimOf(work, claimId);
  if (!found) return refuse(words.unknownClaim);
  if (!mayRead(actor, found)) return refuse(words.readerOnly);
  const { row, contract } = found;
  const lines = await linesAt(work, row.result.lines);
  const counted = recount(lines, row.method, row.result.on);
  if (!counted.ok) return counted;
  const again = await computedAgain(work, { sealed: row.result, method: row.method, lines, contract });
  if (!again.ok) return again;
  const same = counted.value.erased > 0 ? null : canonical(asJson(again.value)) === canonical(asJson(row.result));
  return accept({ ...counted.value, same });
}
