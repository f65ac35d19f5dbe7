import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addYears } from '../../kernel/time.ts';
import { type Actor, holds } from '../../kernel/visit.ts';
import { claimLines, linesAt, releaseLines, takenBackSince } from '../../mrv/mrv.ts';
import { networkOf } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import * as registry from '../../registry/registry.ts';
import { advance, type Contract, type Project } from '../../schemes/schemes.ts';
import { type TakenBack, takenBackFrom } from '../lbc.ts';
import {
  type ClaimState,
  type ClaimStep,
  projectCommands,
  releasesAll,
  type StepAsked,
  stateAfter,
  stepRefusal,
} from '../life.ts';
import { asJson, type ClaimResult, type LbcResult } from '../result.ts';
import * as store from '../store.ts';
import { words } from '../words.ts';
import { type Claim, claimOf, isObligated } from './claim.ts';
import { computedAgain, sampleLeft } from './control.ts';
import { today } from './seal.ts';

// One step in the life of a claim, with everything that follows from it.

const takenBackBefore = (steps: readonly ClaimStep[]): bigint =>
  steps.reduce((sum, { details }) => sum + BigInt((details['units'] as string | undefined) ?? '0'), 0n);

/** Units answer for lines that proved false: from the reserve, then what is not sold, then a duty to replace. */
async function takeBackUnits(
  work: Work,
  actor: Actor,
  { found, granted, reason }: { found: Claim; granted: LbcResult; reason: string },
): Promise<Outcome<TakenBack>> {
  const back = await takenBackSince(work, found.row.claimId);
  if (back.length === 0) return refuse(words.nothingTakenBack);
  const left = BigInt(granted.settlement.credits) - takenBackBefore(found.steps);
  const taken = takenBackFrom(granted, back, left);
  const seqs = back.map(line => line.seq);
  const tied = await claimLines(work, found.row.claimId, seqs);
  if (!tied.ok) return tied;
  if (taken.units === 0n) return accept(taken);
  const batchId = found.row.claimId;
  const clawed = await registry.clawBack(work, actor, { batchId, quantity: taken.units, reason });
  return clawed.ok ? accept(taken) : clawed;
}

/** What was reversed of a claim since it was granted; null when nothing was. */
export async function takenBack(work: Work, { row, result, steps }: Claim): Promise<TakenBack | null> {
  if (result.kind !== 'lbc') return null;
  const back = await takenBackSince(work, row.claimId);
  const left = BigInt(result.settlement.credits) - takenBackBefore(steps);
  return back.length === 0 ? null : takenBackFrom(result, back, left);
}

/** What the lines that were accepted come to. */
async function settledAgain(work: Work, { row, answers, contract }: Claim): Promise<Outcome<ClaimResult>> {
  const kept = new Set(answers.filter(one => one.accepted).map(one => one.seq));
  const lines = (await linesAt(work, row.result.lines)).filter(line => kept.has(line.seq));
  return computedAgain(work, { sealed: row.result, method: row.method, lines, contract });
}

/** Units of a verified quantity, under the reference of the State's register. */
async function issueUnits(
  work: Work,
  actor: Actor,
  { row, project, quantity, register }: { row: store.ClaimRow; project: Project; quantity: bigint; register: string },
): Promise<Outcome<null>> {
  const { profile } = await networkOf(work);
  if (quantity === 0n && profile !== 'demo') return accept(null);
  const range = await registry.issue(work, actor, {
    ...{ profile, scheme: 'lbc', project: project.projectId, vintage: row.vintage!, batchId: row.claimId, quantity },
    holderId: project.holderId,
  });
  if (!range.ok) return range;
  const { rangeId } = range.value;
  const tied = await registry.recordExternal(work, actor, { rangeId, reference: register, quantity });
  return tied.ok ? accept(null) : tied;
}

/** What a carbon claim's step does to its project and to the registry. */
async function carbonEffects(
  work: Work,
  actor: Actor,
  { found, sealed, asked }: { found: Claim; sealed: LbcResult; asked: StepAsked },
): Promise<Outcome<ClaimStep['details']>> {
  const command = projectCommands[asked.command];
  if (!command) return accept({});
  const { happenedOn, reference, reason, details } = asked;
  const moved = await advance(work, actor, {
    projectId: sealed.project,
    command,
    happenedOn,
    reference,
    reason,
    details,
  });
  if (!moved.ok) return moved;
  if (command !== 'verify' && command !== 'reduce') return accept({});
  const claimed = BigInt(sealed.settlement.credits);
  const quantity = command === 'verify' ? claimed : BigInt(details?.['volume'] ?? '0');
  if (quantity > claimed) return refuse(words.volumeTooLarge);
  const register = details?.['register'] ?? '';
  const issued = await issueUnits(work, actor, { row: found.row, project: moved.value, quantity, register });
  if (!issued.ok) return issued;
  // A reduced quantity is lost; the exact rest below one tonne was never asked for and is carried.
  const granted = { ...sealed, settlement: { ...sealed.settlement, credits: String(quantity) } };
  return accept({ granted: asJson(granted) });
}

async function effectsOf(
  work: Work,
  actor: Actor,
  { found, asked, state }: { found: Claim; asked: StepAsked; state: ClaimState },
): Promise<Outcome<ClaimStep['details']>> {
  const { row, answers } = found;
  if (releasesAll.has(state)) await releaseLines(work, row.claimId, row.result.lines);
  if (asked.command === 'take_back' && found.result.kind === 'lbc') {
    const taken = await takeBackUnits(work, actor, { found, granted: found.result, reason: asked.reason ?? '' });
    if (!taken.ok) return taken;
    return accept({ units: String(taken.value.units), surplus_mg: taken.value.surplus_mg });
  }
  if (row.result.kind === 'lbc') return carbonEffects(work, actor, { found, sealed: row.result, asked });
  if (asked.command !== 'conclude' || state === 'refused') return accept({});
  const refused = answers.filter(one => !one.accepted).map(one => one.seq);
  await releaseLines(work, row.claimId, refused);
  const granted = await settledAgain(work, found);
  return granted.ok ? accept({ granted: asJson(granted.value) }) : granted;
}

/** The last step asked again, word for word, has its first answer. */
const isRepeated = ({ command, happenedOn, reference, reason }: StepAsked, steps: readonly ClaimStep[]): boolean => {
  const last = steps.at(-1);
  const said = (text: string | null | undefined) => text?.trim() || null;
  return (
    last?.command === command &&
    last.happenedOn === happenedOn &&
    last.reference === said(reference) &&
    last.reason === said(reason)
  );
};

const archiveYears = (contract: Contract | null): number =>
  Number((contract?.terms as { readonly archive_years?: number } | undefined)?.archive_years ?? 10);

/** Takes one step in the life of a claim, with all that follows from it or nothing. Of two at once, one is taken. */
export async function step(
  work: Work,
  actor: Actor,
  { claimId, ...asked }: StepAsked & { readonly claimId: string },
): Promise<Outcome<Claim>> {
  const found = await claimOf(work, claimId);
  if (!found) return refuse(words.unknownClaim);
  const may = holds(actor, 'network_operator') || (asked.command === 'conclude' && isObligated(actor, found.contract));
  if (!may) return refuse(words.operatorOnly);
  const { row, steps, answers, statements, contract } = found;
  const employers = row.result.kind === 'cee' ? row.result.employers.length : 0;
  const issued =
    steps.findLast(one => one.command === 'record_issue' || one.command === 'conclude')?.happenedOn ?? null;
  const facts = {
    kind: row.kind,
    steps,
    today: today(work),
    unsigned: employers - statements.length,
    lines: row.result.lines.length,
    accepted: answers.filter(one => one.accepted).length,
    refused: answers.filter(one => !one.accepted).length,
    archiveUntil: issued && addYears(issued, archiveYears(contract)),
    sampleLeft: sampleLeft(found),
  };
  if (isRepeated(asked, steps)) return accept(found);
  const why = stepRefusal(asked, facts);
  if (why) return refuse(why);
  const state = stateAfter(asked, facts);
  const effects = await effectsOf(work, actor, { found, asked, state });
  if (!effects.ok) return effects;
  const taken: ClaimStep = {
    ...{ sequence: steps.length + 1, command: asked.command, state, happenedOn: asked.happenedOn },
    reference: asked.reference?.trim() || null,
    reason: asked.reason?.trim() || null,
    details: { ...asked.details, ...effects.value },
  };
  if (!(await store.insertStep(work, claimId, taken, actor.personId))) return refuse(words.stepTaken);
  return accept((await claimOf(work, claimId))!);
}
