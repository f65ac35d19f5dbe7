import { statement as statementOf } from '../../billing/billing.ts';
import { type Canonical, sha256 } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { add, parseRational, type Rational, sum, text } from '../../kernel/rational.ts';
import { type Day, localDay, type Month } from '../../kernel/time.ts';
import { type Actor, holds, type Network } from '../../kernel/visit.ts';
import { judgeCee, quantifyCee } from '../../method/method.ts';
import { basis, claimableLines, claimLines, heldBy, jsonFileHash, type LineRow } from '../../mrv/mrv.ts';
import { type Published, published } from '../../notary/notary.ts';
import { networkOf, organisationsById } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import { type Contract, contracts, creditableUntil, offers, type Project, projectById } from '../../schemes/schemes.ts';
import { type ClaimLine, ceeRequest, ceeResult, type EmployerFacts, monthsByEmployer } from '../cee.ts';
import { checksOf } from '../checks.ts';
import { lbcResult, standing } from '../lbc.ts';
import { type ClaimKind, isOver } from '../life.ts';
import { claimSummaryPdf } from '../pages/summary-pdf.ts';
import { readmeText } from '../readme-text.ts';
import { type CeeResult, type ClaimResult, claimsEngine } from '../result.ts';
import * as store from '../store.ts';
import { words } from '../words.ts';

// Sealing a claim: which lines, what they come to, and what will never change of it.

/** Claims are made in metropolitan France. */
const zone = 'Europe/Paris';
export const today = (work: Work): Day => localDay(work.now, zone);

interface Turn {
  readonly turn: number;
  /** What every claim that holds came to, as far as it was granted, the oldest first. */
  readonly held: readonly ClaimResult[];
  /** What units taken back exceeded what was false by, in exact milligrams. */
  readonly surplus_mg: Rational;
}

type Begun = Turn | { readonly already: store.ClaimRow };

/**
 * The claimant's next turn: one claim at a time, so that each knows the exact rest that the one before it left. Asked again
 * while that claim has gone nowhere, the claim itself.
 */
async function nextTurn(
  work: Work,
  { kind, claimant, vintage }: { kind: ClaimKind; claimant: string; vintage: number | null },
): Promise<Outcome<Begun>> {
  await store.lockClaimant(work, claimant);
  const turns = await store.selectTurns(work, kind, claimant);
  const open = turns.find(({ state }) => !isOver(state ?? 'sealed'));
  if (open?.state === null && open.vintage === vintage)
    return accept({ already: (await store.selectClaim(work, open.claimId))! });
  if (open) return refuse(words.otherOpen);
  const own = turns.filter(one => one.vintage === vintage && one.granted !== null);
  return accept({
    turn: (turns.at(-1)?.turn ?? 0) + 1,
    held: own.map(one => one.granted!),
    surplus_mg: sum(own.flatMap(one => one.surpluses).map(mass => parseRational(mass)!)),
  });
}

interface Claimed {
  readonly kind: ClaimKind;
  readonly claimant: string;
  readonly vintage: number | null;
  readonly turn: number;
  readonly method: Canonical;
  readonly factors: Canonical;
  readonly lines: readonly LineRow[];
}

/** The hash of what makes a claim: `docs/reference/dossier.md` §9. */
const claimIdOf = (work: Work, { kind, claimant, vintage, turn, method, factors, lines }: Claimed): `clm_${string}` => {
  const head = [
    'parvis-claim/1',
    `network ${work.networkId}`,
    `kind ${kind}`,
    `claimant ${claimant}`,
    `vintage ${vintage ?? '-'}`,
    `turn ${turn}`,
    `method ${jsonFileHash(method)}`,
    `factors ${jsonFileHash(factors)}`,
    `engine ${claimsEngine}`,
    ...lines.map(line => line.leaf).sort(),
  ];
  return `clm_${sha256(`${head.join('\n')}\n`)}`;
};

const periodOf = (lines: readonly LineRow[]): string => {
  const months = lines.map(({ content }) => content.day.slice(0, 7)).sort();
  const [first, last] = [months[0] ?? '', months.at(-1) ?? ''];
  return first === last ? first : `${first}/${last}`;
};

interface Sealing {
  readonly claimed: Claimed;
  readonly claimId: `clm_${string}`;
  readonly result: ClaimResult;
  readonly more: store.ClaimRow['more'];
  readonly network: Network;
  readonly log: Published;
  readonly party: string;
}

/** Writes the claim and ties its lines to it, all or nothing: a line is claimed once. */
async function write(work: Work, actor: Actor, sealing: Sealing): Promise<Outcome<store.ClaimRow>> {
  const { claimed, claimId, result, more, network, log, party } = sealing;
  const period = periodOf(claimed.lines);
  const told = { network, kind: claimed.kind, party, period, result, vkey: log.vkey, madeAt: work.now };
  const row: store.ClaimRow = {
    ...{ claimId, period, result, more, kind: claimed.kind, claimant: claimed.claimant, vintage: claimed.vintage },
    ...{ turn: claimed.turn, method: claimed.method, factors: claimed.factors, checks: checksOf(result) },
    ...{ checkpoint: log.checkpoint, vkey: log.vkey, readme: readmeText(told), summary: await claimSummaryPdf(told) },
    ...{ madeBy: actor.personId, madeAt: work.now },
  };
  if (!(await store.insertClaim(work, row))) return refuse(words.stepTaken);
  const tied = await claimLines(
    work,
    claimId,
    claimed.lines.map(line => line.seq),
  );
  if (!tied.ok) return tied;
  await announce(work, { event: 'claims.sealed', payload: { claim_id: claimId, kind: claimed.kind } });
  return accept(row);
}

// Energy-saving certificates.

/** Lines for an energy claim: a line taken back before any claim held it is left out, with what takes it back. */
async function energyLines(work: Work, lines: readonly LineRow[]): Promise<readonly ClaimLine[]> {
  const back = lines.flatMap(line => line.reverses?.seq ?? []);
  const held = await heldBy(work, back);
  const undone = new Set(back.filter(seq => !held.has(seq)));
  return lines
    .filter(({ seq, reverses }) => !undone.has(seq) && (reverses === null || held.has(reverses.seq)))
    .map(line => ({ line, corrects: line.reverses !== null }));
}

const invoiced = async (work: Work, employerId: string, months: readonly string[]): Promise<number> => {
  let total = 0n;
  for (const month of months) {
    const { amount_eur_cents } = await statementOf(work, { payerId: employerId as Id<'org'>, month: month as Month });
    total += amount_eur_cents;
  }
  return total > 0n ? Number(total) : 0;
};

const ofEmployer = (result: ClaimResult, employerId: string): CeeResult['employers'] =>
  result.kind === 'cee' ? result.employers.filter(one => one.employer === employerId) : [];

/** What every employer of these lines brings: rent of their months, earlier incentives over them, the rest carried. */
async function employerFacts(
  work: Work,
  lines: readonly LineRow[],
  held: readonly ClaimResult[],
): Promise<readonly EmployerFacts[]> {
  const facts: EmployerFacts[] = [];
  for (const [employerId, months] of monthsByEmployer(lines)) {
    const earlier = held.flatMap(result => ofEmployer(result, employerId));
    const over = earlier.filter(one => one.months.some(month => months.includes(month)));
    const last = earlier.at(-1);
    facts.push({
      employerId,
      months,
      rent_eur_cents: await invoiced(work, employerId, months),
      paid_before_eur_cents: over.reduce((sum, one) => sum + Number(one.incentive_eur_cents), 0),
      carry_wh_cumac: last?.carry_wh_cumac ?? '0',
      carry_eur_cents: last?.carry_eur_cents ?? '0',
    });
  }
  return facts;
}

/** An employer as far as judging its days needs it. */
const unpaid = (employerId: string): EmployerFacts => ({
  ...{ employerId, months: [], rent_eur_cents: 0, paid_before_eur_cents: 0 },
  ...{ carry_wh_cumac: '0', carry_eur_cents: '0' },
});

export interface EnergyAsked {
  readonly contractId: string;
}

/** The contract as the claim's dossier holds it. */
const contractJson = ({ contractId, label, terms, statementText }: Contract): Canonical => ({
  contract: contractId,
  label,
  terms,
  statement: statementText,
});

/**
 * Seals what one contract pays for: lines old enough, each day after the employer's acceptance, under the cap on the share of
 * rent. Lines that the contract does not take stay unclaimed, with the reason.
 */
export async function sealEnergyClaim(
  work: Work,
  actor: Actor,
  { contractId }: EnergyAsked,
): Promise<Outcome<store.ClaimRow>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const contract = (await contracts(work)).find(one => one.contractId === contractId);
  if (!contract) return refuse(words.unknownContract);
  const turn = await nextTurn(work, { kind: 'cee', claimant: contractId, vintage: null });
  if (!turn.ok) return turn;
  if ('already' in turn.value) return accept(turn.value.already);
  const [countable] = await claimableLines(work, { scheme: 'cee', claimant: contractId });
  const lines = await energyLines(work, countable?.lines ?? []);
  if (!countable || lines.length === 0) return refuse(words.nothingToClaim);
  const accepted = (await offers(work)).filter(offer => offer.contractId === contractId);
  const shared = { on: today(work), contract, offers: accepted, turn: turn.value.turn };
  const named = lines.flatMap(({ line }) => line.employerId ?? []);
  const judged = judgeCee(
    ceeRequest({ ...shared, claimId: 'none yet', lines, employers: [...new Set(named)].map(unpaid) }),
  );
  if (!judged.ok) return judged;
  const eligible = new Set(judged.value.filter(one => one.reason === 'eligible').map(one => one.presence_id));
  const taken = lines.filter(({ line }) => eligible.has(line.lineId));
  if (taken.length === 0) return refuse(words.nothingToClaim);
  const rows = taken.map(({ line }) => line);
  const { method, factors } = countable;
  const head = { kind: 'cee', claimant: contractId, vintage: null, turn: turn.value.turn } as const;
  const claimed: Claimed = { ...head, method, factors, lines: rows };
  const claimId = claimIdOf(work, claimed);
  const own = { ...shared, claimId, lines: taken, employers: await employerFacts(work, rows, turn.value.held) };
  const claim = quantifyCee(ceeRequest(own));
  if (!claim.ok) return claim;
  if (!claim.value.reaches_minimum) return refuse(words.belowMinimum(String(claim.value.wh_cumac)));
  const [network, log] = [await networkOf(work), await published(work)];
  if (!log.ok) return log;
  const [party] = await organisationsById(work, [contract.obligatedPartyId]);
  return write(work, actor, {
    ...{ claimed, claimId, network, log: log.value, party: party!.name, result: ceeResult(claim.value, own) },
    more: { 'contract.json': contractJson(contract) },
  });
}

// Label Bas-Carbone.

export interface CarbonAsked {
  readonly projectId: string;
  readonly vintage: number;
}

/** Days that a project may claim, as its steps say today. */
function outsideProject({ receivedOn, steps }: Project, lines: readonly LineRow[]) {
  const until = creditableUntil(steps);
  const days = lines.map(({ content }) => content.day);
  if (receivedOn === null || days.some(day => day <= receivedOn)) return words.beforeReceipt;
  return until !== null && days.some(day => day > until) ? words.afterCreditable(until) : null;
}

const projectJson = ({ projectId, name, holderId, steps, members }: Project): Canonical => ({
  project: projectId,
  name,
  holder: holderId,
  steps: steps.map(({ sequence, command, state, happenedOn, reference, details }) => ({
    ...{ sequence, command, state, reference, details },
    happened_on: happenedOn,
  })),
  members: members.map(({ spaceId, signedOn, notifiedOn, endedOn }) => ({
    ...{ space: spaceId, signed_on: signedOn, notified_on: notifiedOn, ended_on: endedOn },
  })),
});

/** Seals what one project monitored of one vintage: rebates, the exact rest carried, one rounding downward to whole tonnes. */
export async function sealCarbonClaim(
  work: Work,
  actor: Actor,
  { projectId, vintage }: CarbonAsked,
): Promise<Outcome<store.ClaimRow>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const project = await projectById(work, projectId);
  if (!project.ok) return project;
  if (project.value.state !== 'monitoring') return refuse(words.notMonitoring);
  const turn = await nextTurn(work, { kind: 'lbc', claimant: projectId, vintage });
  if (!turn.ok) return turn;
  if ('already' in turn.value) return accept(turn.value.already);
  const under = await basis(work);
  if (!under.ok) return under;
  const [countable] = await claimableLines(work, { scheme: 'lbc', claimant: projectId, vintage });
  const lines = standing(countable?.lines ?? []);
  if (!countable || lines.length === 0) return refuse(words.nothingToClaim);
  const why = outsideProject(project.value, lines);
  if (why) return refuse(why);
  const { method, factors } = countable;
  const claimed = { kind: 'lbc' as const, claimant: projectId, vintage, turn: turn.value.turn, method, factors, lines };
  const claimId = claimIdOf(work, claimed);
  const last = turn.value.held.at(-1);
  const left = parseRational(last?.kind === 'lbc' ? last.settlement.carry_out_mg : '0')!;
  const carry_in_mg = text(add(left, turn.value.surplus_mg));
  const asked = { claimId, turn: turn.value.turn, projectId, vintage, on: today(work), lines };
  const result = lbcResult({ ...asked, basis: under.value, carry_in_mg });
  const [network, log] = [await networkOf(work), await published(work)];
  if (!log.ok) return log;
  return write(work, actor, {
    ...{ claimed, claimId, result, network, log: log.value, party: project.value.name },
    more: { 'project.json': projectJson(project.value) },
  });
}
