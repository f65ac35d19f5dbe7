import type { Canonical } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { addDays, type Day, localDay } from '../kernel/time.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import { organisationsById } from '../people/people.ts';
import type { Work } from '../platform/database.ts';
import { spacesByIds } from '../spaces/spaces.ts';
import { allocatorOf, type Claimants } from './allocation.ts';
import { type Eligibility, ineligible } from './eligibility.ts';
import {
  type Attempt,
  membersRefusal,
  type ProjectState,
  receivedOn,
  type Step,
  stateAfter,
  stepRefusal,
  transitions,
} from './project.ts';
import * as store from './store.ts';
import { words } from './words.ts';

export { type Allocation, allocatorOf, type Scheme, schemes } from './allocation.ts';
export type { Eligibility } from './eligibility.ts';
export {
  commands as projectCommands,
  commandsFrom,
  creditableUntil,
  type Needed,
  needsOf,
  type ProjectCommand,
  type ProjectState,
  type Step,
} from './project.ts';
export type { CertifiedRow, Contract, Mandate, Offer } from './store.ts';
export { commandNames, eventNames, stateNames } from './words.ts';

/** Days of contracts, offers and projects are those of metropolitan France. */
const zone = 'Europe/Paris';
const today = (work: Work): Day => localDay(work.now, zone);

// Energy-saving certificates: what an obligated party pays for, and the employer's prior acceptance.

export interface NewContract {
  readonly obligatedPartyId: Id<'org'>;
  readonly label: string;
  readonly validFrom: Day;
  readonly validUntil: Day | null;
  /** Parameters of the contract as the method family reads them; a missing one lets it simulate, never claim. */
  readonly terms: Canonical;
  readonly statementText: string | null;
}

/** Adds a dated version of an obligated party's contract; a version is never changed. */
export async function addContract(work: Work, actor: Actor, asked: NewContract): Promise<Outcome<store.Contract>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  if (asked.label.trim() === '') return refuse(words.nameMissing);
  if ((await organisationsById(work, [asked.obligatedPartyId])).length === 0) return refuse(words.unknownHolder);
  if (asked.validUntil !== null && asked.validUntil <= asked.validFrom) return refuse(words.contractOver);
  const contract = { ...asked, label: asked.label.trim(), contractId: work.newId('con') };
  return (await store.insertContract(work, contract, actor.personId)) ? accept(contract) : refuse(words.labelTaken);
}

/** Every contract version, the latest first. */
export const contracts = (work: Work): Promise<readonly store.Contract[]> => store.selectContracts(work);

/** Every offer accepted, the latest first. */
export const offers = (work: Work): Promise<readonly store.Offer[]> => store.selectOffers(work);

export interface Acceptance {
  readonly contractId: string;
  readonly employerId: Id<'org'>;
  /** Name and function of who signs for the employer. */
  readonly signatory: string;
}

const inForce = ({ validFrom, validUntil }: store.Contract, day: Day): boolean =>
  validFrom <= day && (validUntil === null || day < validUntil);

/** An employer accepts an offer, before any day that it will count: days count from the day after. */
export async function acceptOffer(
  work: Work,
  actor: Actor,
  { contractId, employerId, signatory }: Acceptance,
): Promise<Outcome<store.Offer>> {
  if (!holds(actor, 'employer_admin', employerId)) return refuse(words.employerOnly);
  const contract = (await store.selectContracts(work)).find(one => one.contractId === contractId);
  if (!contract) return refuse(words.unknownContract);
  if (signatory.trim() === '') return refuse(words.signatoryMissing);
  const from = addDays(today(work), 1);
  if (!inForce(contract, from)) return refuse(words.contractOver);
  const offer: store.Offer = {
    offerId: work.newId('ofa'),
    contractId: contract.contractId,
    employerId,
    signatory: signatory.trim(),
    acceptedAt: work.now,
    from,
    until: contract.validUntil,
  };
  return (await store.insertOffer(work, offer, actor.personId)) ? accept(offer) : refuse(words.otherOffer);
}

/** Ends an offer after today; what it counted stays counted. The employer or the operator may. */
export async function endOffer(work: Work, actor: Actor, offerId: string): Promise<Outcome<store.Offer>> {
  const offer = (await store.selectOffers(work)).find(one => one.offerId === offerId);
  if (!offer) return refuse(words.unknownOffer);
  const may = holds(actor, 'network_operator') || holds(actor, 'employer_admin', offer.employerId);
  if (!may) return refuse(words.employerOnly);
  const ended = await store.endOffer(work, offerId, addDays(today(work), 1));
  return ended ? accept(ended) : refuse(words.unknownOffer);
}

// Label Bas-Carbone: a collective project, its members and its life.

/** A project as it stands. */
export interface Project extends store.ProjectRow {
  readonly state: ProjectState;
  /** The day on which its notification was received; nothing of that day or earlier counts. */
  readonly receivedOn: Day | null;
  readonly steps: readonly Step[];
  readonly members: readonly store.Mandate[];
}

/** Every project of the network, the oldest first. */
export async function projects(work: Work): Promise<readonly Project[]> {
  const rows = await store.selectProjects(work);
  const [steps, mandates] = [await store.selectSteps(work), await store.selectMandates(work)];
  return rows.map(row => {
    const own = steps.filter(step => step.projectId === row.projectId);
    const members = mandates.filter(mandate => mandate.projectId === row.projectId);
    return { ...row, state: stateAfter(own), receivedOn: receivedOn(own), steps: own, members };
  });
}

export const projectById = async (work: Work, projectId: string): Promise<Outcome<Project>> => {
  const found = (await projects(work)).find(one => one.projectId === projectId);
  return found ? accept(found) : refuse(words.unknownProject);
};

/** Opens a collective project, as a draft. */
export async function draftProject(
  work: Work,
  actor: Actor,
  { name, holderId }: { readonly name: string; readonly holderId: Id<'org'> },
): Promise<Outcome<Project>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  if (name.trim() === '') return refuse(words.nameMissing);
  if ((await organisationsById(work, [holderId])).length === 0) return refuse(words.unknownHolder);
  const row = { projectId: work.newId('prj'), name: name.trim(), holderId };
  await store.insertProject(work, row, actor.personId);
  return projectById(work, row.projectId);
}

export interface NewMember {
  readonly spaceId: Id<'spc'>;
  readonly signatory: string;
  readonly signedOn: Day;
  /** Received apart from the project's own notification, when it was. */
  readonly notifiedOn: Day | null;
  readonly eligibility: Eligibility;
}

export interface MembersAsked {
  readonly projectId: string;
  readonly joining: readonly NewMember[];
  readonly leaving: readonly Id<'spc'>[];
}

async function joiningRefusal(work: Work, joining: readonly NewMember[]) {
  const known = await spacesByIds(
    work,
    joining.map(one => one.spaceId),
  );
  if (known.length < joining.length) return words.unknownSpace;
  for (const { signatory, signedOn, notifiedOn, eligibility } of joining) {
    if (signatory.trim() === '') return words.signatoryMissing;
    if (signedOn > today(work) || (notifiedOn ?? signedOn) < signedOn || (notifiedOn ?? signedOn) > today(work))
      return words.wrongDates;
    const why = ineligible(eligibility);
    if (why) return words.notEligible(why);
  }
  return null;
}

/** Changes the list of members: freely while a draft; once, and by little, after notification. All or none. */
export async function changeMembers(
  work: Work,
  actor: Actor,
  { projectId, joining, leaving }: MembersAsked,
): Promise<Outcome<Project>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const found = await projectById(work, projectId);
  if (!found.ok) return found;
  const { steps, members, state } = found.value;
  const why =
    (await joiningRefusal(work, joining)) ??
    membersRefusal({
      state,
      members,
      changesBefore: steps.filter(step => step.command === 'amend_members').length,
      touched: joining.length + leaving.length,
      notifiedOn:
        joining
          .map(one => one.notifiedOn ?? today(work))
          .sort()
          .at(-1) ?? today(work),
    });
  if (why) return refuse(why);
  await store.endMandates(work, leaving, today(work));
  const mandates = joining.map(one => ({
    ...one,
    mandateId: work.newId('mdt'),
    projectId: found.value.projectId,
    notifiedOn: one.notifiedOn ?? (state === 'draft' ? null : today(work)),
    endedOn: null,
  }));
  if ((await store.insertMandates(work, mandates)) < mandates.length) return refuse(words.alreadyMember);
  if (state !== 'draft') {
    const change = { command: 'amend_members' as const, happenedOn: today(work), reference: null, reason: null };
    const details = { joining: String(joining.length), leaving: String(leaving.length) };
    const taken = { ...change, projectId: found.value.projectId, sequence: steps.length + 1, state, details };
    if (!(await store.insertStep(work, taken, actor.personId))) return refuse(words.stepTaken);
  }
  return projectById(work, projectId);
}

/** What the rooms above know of a claim when a step is attempted. */
export interface ClaimFacts {
  readonly gaugeReached: boolean;
  readonly allAfterReceipt: boolean;
}

export const noClaim: ClaimFacts = { gaugeReached: false, allAfterReceipt: true };

/** Takes one step in the life of a project. Of two at once, one is taken. */
export async function advance(
  work: Work,
  actor: Actor,
  { projectId, facts = noClaim, ...attempt }: Attempt & { readonly projectId: string; readonly facts?: ClaimFacts },
): Promise<Outcome<Project>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const found = await projectById(work, projectId);
  if (!found.ok) return found;
  const { steps, members } = found.value;
  const current = members.filter(member => member.endedOn === null);
  const why = stepRefusal(attempt, { ...facts, steps, today: today(work), mandates: current.length });
  if (why) return refuse(why);
  const taken = await store.insertStep(
    work,
    {
      projectId: found.value.projectId,
      sequence: steps.length + 1,
      command: attempt.command,
      state: transitions[attempt.command].to,
      happenedOn: attempt.happenedOn,
      reference: attempt.reference?.trim() || null,
      reason: attempt.reason?.trim() || null,
      details: attempt.details ?? {},
    },
    actor.personId,
  );
  if (!taken) return refuse(words.stepTaken);
  if (attempt.command === 'notify') await store.notifyMandates(work, projectId, attempt.happenedOn);
  return projectById(work, projectId);
}

/** Which scheme may use each day: read once, then asked as often as wanted. */
export async function allocator(work: Work): Promise<ReturnType<typeof allocatorOf>> {
  const claimants: Claimants = {
    offers: await store.selectOffers(work),
    projects: await projects(work),
  };
  return allocatorOf(claimants);
}

// Values that the approved method leaves open.

/** The last value entered for each unknown of the method. */
export const certifiedValues = (work: Work): Promise<readonly store.CertifiedRow[]> => store.selectCertified(work);

/** Enters the value of an unknown, with its source and who vouches for it. Whether the method can honour it, it says itself. */
export async function enterCertified(
  work: Work,
  actor: Actor,
  asked: Omit<store.CertifiedRow, 'enteredOn'>,
): Promise<Outcome<store.CertifiedRow>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  if (asked.source.trim() === '' || asked.vouchedBy.trim() === '') return refuse(words.sourceMissing);
  const row = { ...asked, enteredOn: today(work) };
  await store.insertCertified(work, row, actor.personId);
  return accept(row);
}
