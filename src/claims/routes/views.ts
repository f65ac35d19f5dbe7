import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Day, localDay } from '../../kernel/time.ts';
import { type Actor, holds } from '../../kernel/visit.ts';
import { publicUnknowns } from '../../method/method.ts';
import {
  accountOf,
  type ClaimableTotal,
  claimableTotals,
  type LineRow,
  linesAt,
  type PresenceAccount,
} from '../../mrv/mrv.ts';
import { type Organisation, organisations, peopleById } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { type Attestation, presenceFile } from '../../presence/presence.ts';
import { countOf, holdings, serialText } from '../../registry/registry.ts';
import {
  type CertifiedRow,
  type Contract,
  certifiedValues,
  contracts,
  type Offer,
  offers,
  type Project,
  projectById,
  projects,
} from '../../schemes/schemes.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import * as claims from '../claims.ts';
import type { Stage } from '../progress.ts';
import { words } from '../words.ts';

// What pages show, read in one unit of work.

export type NameOf = (id: string) => string;

/** Names of organisations, projects and contracts by id. */
async function namesOf(work: Work): Promise<NameOf> {
  const names = new Map<string, string>([
    ...(await organisations(work)).map(one => [one.organisationId, one.name] as const),
    ...(await projects(work)).map(one => [one.projectId, one.name] as const),
    ...(await contracts(work)).map(one => [one.contractId, one.label] as const),
  ]);
  return id => names.get(id) ?? id;
}

export interface SchemesView {
  readonly contracts: readonly Contract[];
  readonly offers: readonly Offer[];
  readonly projects: readonly Project[];
  readonly open: readonly ClaimableTotal[];
  readonly claims: readonly claims.ClaimSummary[];
  readonly organisations: readonly Organisation[];
  readonly nameOf: NameOf;
}

/** Everything about both schemes for the operator and the auditor; an obligated party sees its contracts and claims. */
export async function schemesView(work: Work, actor: Actor): Promise<Outcome<SchemesView>> {
  const whole = holds(actor, 'network_operator') || holds(actor, 'auditor');
  const known = await contracts(work);
  const own = known.filter(one => whole || holds(actor, 'obligated_party', one.obligatedPartyId));
  if (!whole && !holds(actor, 'obligated_party')) return refuse(words.readerOnly);
  return accept({
    contracts: own,
    offers: whole ? await offers(work) : [],
    projects: whole ? await projects(work) : [],
    open: whole ? await claimableTotals(work) : [],
    claims: await claims.claims(work, actor),
    organisations: whole ? await organisations(work) : [],
    nameOf: await namesOf(work),
  });
}

export interface ContractView extends Pick<SchemesView, 'open' | 'claims' | 'nameOf'> {
  readonly contract: Contract;
  readonly offers: readonly Offer[];
}

export async function contractView(work: Work, actor: Actor, contractId: string): Promise<Outcome<ContractView>> {
  const view = await schemesView(work, actor);
  if (!view.ok) return view;
  const { value } = view;
  const contract = value.contracts.find(one => one.contractId === contractId);
  if (!contract) return refuse(words.unknownContract);
  return accept({
    contract,
    nameOf: value.nameOf,
    offers: value.offers.filter(one => one.contractId === contractId),
    open: value.open.filter(one => one.claimant === contractId),
    claims: value.claims.filter(one => one.row.claimant === contractId),
  });
}

export interface ProjectView extends Pick<SchemesView, 'open' | 'claims' | 'nameOf'> {
  readonly project: Project;
  readonly gauge: claims.Gauge;
  readonly today: Day;
  readonly spaces: ReadonlyMap<string, string>;
  /** Runs of its units that anyone may look up, with their count. */
  readonly units: readonly { readonly serial: string; readonly units: bigint }[];
}

/** A project with its gauge. What claims it has made is for who may read them. */
export async function projectView(work: Work, actor: Actor | null, projectId: string): Promise<Outcome<ProjectView>> {
  const project = await projectById(work, projectId);
  if (!project.ok) return project;
  const gauge = await claims.gauge(work, projectId);
  if (!gauge.ok) return gauge;
  const known = await spacesByIds(
    work,
    project.value.members.map(one => one.spaceId),
  );
  return accept({
    project: project.value,
    gauge: gauge.value,
    today: localDay(work.now, 'Europe/Paris'),
    spaces: new Map(known.map(space => [space.spaceId as string, space.name])),
    units: (await holdings(work))
      .filter(one => one.scheme === 'lbc' && one.project === projectId)
      .map(one => ({ serial: serialText(one), units: countOf(one) })),
    open: (await claimableTotals(work)).filter(one => one.claimant === projectId),
    claims: actor === null ? [] : (await claims.claims(work, actor)).filter(one => one.row.claimant === projectId),
    nameOf: await namesOf(work),
  });
}

export interface ClaimView {
  readonly claim: claims.Claim;
  readonly lines: readonly LineRow[];
  /** The lines drawn for control, in the order of the log. */
  readonly sampled: readonly LineRow[];
  readonly progress: readonly Stage[];
  readonly today: Day;
  /** Names of the spaces of these lines. */
  readonly sites: ReadonlyMap<string, string>;
  readonly takenBack: claims.TakenBack | null;
  readonly readings: readonly claims.Reading[];
  /** First and last names of who read, by person. */
  readonly readers: ReadonlyMap<string, string>;
  readonly nameOf: NameOf;
}

/** A claim and a page of its lines; the reading of lines is recorded. */
export async function claimView(
  work: Work,
  actor: Actor,
  { claimId, after }: { readonly claimId: string; readonly after: number },
): Promise<Outcome<ClaimView>> {
  const found = await claims.claim(work, actor, claimId);
  if (!found.ok) return found;
  const { value: claim } = found;
  const lines = await claims.readLines(work, actor, { claim, after });
  const sampled = await linesAt(work, claim.sample?.seqs ?? []);
  const [back, nameOf] = [await claims.takenBack(work, claim), await namesOf(work)];
  const spaceIds = [...lines, ...sampled].flatMap(({ content }) =>
    'erased' in content ? [] : [content.site as Id<'spc'>],
  );
  const sites = new Map(
    (await spacesByIds(work, [...new Set(spaceIds)])).map(one => [one.spaceId as string, one.name]),
  );
  const readings = await claims.readings(work, claimId);
  const people = await peopleById(work, [...new Set(readings.map(one => one.personId))]);
  const readers = new Map(people.map(one => [one.personId as string, `${one.firstName} ${one.lastName}`]));
  const [progress, today] = [claims.progress(claim), localDay(work.now, 'Europe/Paris')];
  return accept({ claim, lines, sampled, progress, today, sites, takenBack: back, readings, readers, nameOf });
}

export interface EnergyView {
  readonly employers: readonly Organisation[];
  readonly employer: Organisation;
  /** Contracts that the employer may accept, and offers it has accepted. */
  readonly contracts: readonly Contract[];
  readonly offers: readonly Offer[];
  readonly statements: readonly claims.StatementAsked[];
  readonly nameOf: NameOf;
}

/** What one employer may accept, has accepted and is asked to sign. */
export async function energyView(work: Work, actor: Actor, asked: string | undefined): Promise<Outcome<EnergyView>> {
  const all = (await organisations(work)).filter(
    one => one.kind === 'employer' && holds(actor, 'employer_admin', one.organisationId),
  );
  const employer = all.find(one => one.organisationId === asked) ?? (asked === undefined ? all[0] : undefined);
  if (!employer) return refuse(words.employerOnly);
  const statements = await claims.statementsOf(work, actor, employer.organisationId);
  if (!statements.ok) return statements;
  return accept({
    ...{ employers: all, employer, contracts: await contracts(work), statements: statements.value },
    offers: (await offers(work)).filter(one => one.employerId === employer.organisationId),
    nameOf: await namesOf(work),
  });
}

export interface CertifiedView {
  readonly unknowns: ReturnType<typeof publicUnknowns>;
  readonly entered: ReadonlyMap<string, CertifiedRow>;
}

/** Every unknown of the approved method, with the value that someone vouches for. */
export async function certifiedView(work: Work, actor: Actor): Promise<Outcome<CertifiedView>> {
  if (!holds(actor, 'network_operator') && !holds(actor, 'auditor')) return refuse(words.readerOnly);
  const entered = await certifiedValues(work);
  return accept({ unknowns: publicUnknowns(), entered: new Map(entered.map(one => [one.unknownId as string, one])) });
}

export interface AccountView {
  readonly attestation: Attestation;
  readonly lines: PresenceAccount['lines'];
  /** Where the claim that holds a line stands, by the line's place in the log. */
  readonly claimed: ReadonlyMap<number, claims.ClaimState>;
  /** A change of scheme that waits for the next closing. */
  readonly waiting: PresenceAccount['asked'];
  /** Who else may claim it, for the operator. */
  readonly claimants: readonly { readonly value: string; readonly label: string }[];
  readonly nameOf: NameOf;
}

/** What was counted of one presence, for the person who lived it and the operator: nothing of who or when. */
export async function accountView(work: Work, actor: Actor, presenceId: string): Promise<Outcome<AccountView>> {
  const file = await presenceFile(work, actor, presenceId);
  if (!file.ok) return file;
  const { lines, claims: held, asked } = await accountOf(work, presenceId);
  const states = await claims.statesOf(work, [...new Set(held.values())]);
  const nameOf = await namesOf(work);
  const operator = holds(actor, 'network_operator');
  const open = operator ? [...(await contracts(work)), ...(await projects(work))] : [];
  return accept({
    ...{ attestation: file.value.attestation, lines, nameOf },
    claimed: new Map([...held].map(([seq, claimId]) => [seq, states.get(claimId) ?? 'sealed'])),
    waiting: asked.filter(one => one.doneSeq === null),
    claimants: open.map(one =>
      'contractId' in one
        ? { value: `cee ${one.contractId}`, label: one.label }
        : { value: `lbc ${one.projectId}`, label: one.name },
    ),
  });
}
