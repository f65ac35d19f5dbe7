import { sql } from 'kysely';
import type { Canonical } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import type { Day, Instant } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import type { OfferSpan } from './allocation.ts';
import type { Eligibility } from './eligibility.ts';
import type { Member, Step } from './project.ts';

export interface Contract {
  readonly contractId: Id<'con'>;
  readonly obligatedPartyId: Id<'org'>;
  readonly label: string;
  readonly validFrom: Day;
  /** First day out of force. */
  readonly validUntil: Day | null;
  readonly terms: Canonical;
  /** Wording of the statement that employers sign; null until whoever pays has fixed it. */
  readonly statementText: string | null;
}

const contractColumns = sql`contract_id as "contractId", obligated_party_id as "obligatedPartyId", label,
  valid_from as "validFrom", valid_until as "validUntil", terms, statement_text as "statementText"`;

export async function selectContracts(work: Work): Promise<Contract[]> {
  const found = await sql<Contract>`select ${contractColumns} from schemes.contract_version
    where network_id = ${work.networkId} order by valid_from desc, label`.execute(work.tx);
  return found.rows;
}

/** False when that party already has a version of that name. */
export async function insertContract(work: Work, one: Contract, addedBy: string): Promise<boolean> {
  const added =
    await sql`insert into schemes.contract_version (network_id, contract_id, obligated_party_id, label, valid_from,
      valid_until, terms, statement_text, added_by, recorded_at)
    values (${work.networkId}, ${one.contractId}, ${one.obligatedPartyId}, ${one.label}, ${one.validFrom}, ${one.validUntil},
      ${JSON.stringify(one.terms)}::jsonb, ${one.statementText}, ${addedBy}, ${work.now.toString()})
    on conflict on constraint one_version_of_a_contract_by_label do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

export interface Offer extends OfferSpan {
  readonly offerId: Id<'ofa'>;
  readonly signatory: string;
  readonly acceptedAt: Instant;
}

const offerColumns = sql`offer_id as "offerId", contract_id as "contractId", employer_id as "employerId", signatory,
  accepted_at as "acceptedAt", lower(counts) as "from", upper(counts) as "until"`;

export async function selectOffers(work: Work): Promise<Offer[]> {
  const found = await sql<Offer>`select ${offerColumns} from schemes.offer
    where network_id = ${work.networkId} order by lower(counts) desc, offer_id`.execute(work.tx);
  return found.rows;
}

/** False when the employer has another offer that runs over some of these days. */
export async function insertOffer(work: Work, one: Offer, acceptedBy: string): Promise<boolean> {
  const added =
    await sql`insert into schemes.offer (network_id, offer_id, contract_id, employer_id, signatory, accepted_by,
      accepted_at, counts)
    values (${work.networkId}, ${one.offerId}, ${one.contractId}, ${one.employerId}, ${one.signatory}, ${acceptedBy},
      ${one.acceptedAt.toString()}, daterange(${one.from}, ${one.until}))
    on conflict on constraint one_offer_at_a_time_per_employer do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

/** The offer as it ends; null when it is unknown, over already, or would end before it begins. */
export async function endOffer(work: Work, offerId: string, until: Day): Promise<Offer | null> {
  const ended = await sql<Offer>`update schemes.offer set counts = daterange(lower(counts), ${until})
    where network_id = ${work.networkId} and offer_id = ${offerId} and upper_inf(counts) and lower(counts) < ${until}
    returning ${offerColumns}`.execute(work.tx);
  return ended.rows[0] ?? null;
}

export interface ProjectRow {
  readonly projectId: Id<'prj'>;
  readonly name: string;
  readonly holderId: Id<'org'>;
}

export async function selectProjects(work: Work): Promise<ProjectRow[]> {
  const found = await sql<ProjectRow>`select project_id as "projectId", name, holder_id as "holderId"
    from schemes.project where network_id = ${work.networkId} order by recorded_at, project_id`.execute(work.tx);
  return found.rows;
}

export async function insertProject(work: Work, one: ProjectRow, addedBy: string): Promise<void> {
  await sql`insert into schemes.project (network_id, project_id, name, holder_id, added_by, recorded_at)
    values (${work.networkId}, ${one.projectId}, ${one.name}, ${one.holderId}, ${addedBy}, ${work.now.toString()})`.execute(
    work.tx,
  );
}

export interface ProjectStep extends Step {
  readonly projectId: Id<'prj'>;
}

export async function selectSteps(work: Work): Promise<ProjectStep[]> {
  const found = await sql<ProjectStep>`select project_id as "projectId", sequence, command, state,
      happened_on as "happenedOn", reference, reason, details
    from schemes.project_step where network_id = ${work.networkId} order by project_id, sequence`.execute(work.tx);
  return found.rows;
}

/** False when someone took that step first. */
export async function insertStep(work: Work, step: ProjectStep, actor: string): Promise<boolean> {
  const added =
    await sql`insert into schemes.project_step (network_id, project_id, sequence, command, state, happened_on,
      reference, reason, details, actor, recorded_at)
    values (${work.networkId}, ${step.projectId}, ${step.sequence}, ${step.command}, ${step.state}, ${step.happenedOn},
      ${step.reference}, ${step.reason}, ${JSON.stringify(step.details)}::jsonb, ${actor}, ${work.now.toString()})
    on conflict on constraint one_step_at_a_time do nothing returning 1`.execute(work.tx);
  return added.rows.length > 0;
}

export interface Mandate extends Member {
  readonly mandateId: Id<'mdt'>;
  readonly projectId: Id<'prj'>;
  readonly spaceId: Id<'spc'>;
  readonly signatory: string;
  readonly signedOn: Day;
  readonly eligibility: Eligibility;
}

export async function selectMandates(work: Work): Promise<Mandate[]> {
  const found = await sql<Mandate>`select mandate_id as "mandateId", project_id as "projectId", space_id as "spaceId",
      signatory, signed_on as "signedOn", notified_on as "notifiedOn", ended_on as "endedOn", eligibility
    from schemes.mandate where network_id = ${work.networkId} order by signed_on, mandate_id`.execute(work.tx);
  return found.rows;
}

/** How many of these mandates were added: a space that is in a project already is left out. */
export async function insertMandates(work: Work, mandates: readonly Mandate[]): Promise<number> {
  const rows = mandates.map(m => ({
    mandate_id: m.mandateId,
    project_id: m.projectId,
    space_id: m.spaceId,
    signatory: m.signatory,
    signed_on: m.signedOn,
    notified_on: m.notifiedOn,
    eligibility: m.eligibility,
  }));
  const added =
    await sql`insert into schemes.mandate (network_id, mandate_id, project_id, space_id, signatory, signed_on,
      notified_on, eligibility, recorded_at)
    select ${work.networkId}, mandate_id, project_id, space_id, signatory, signed_on, notified_on, eligibility,
      ${work.now.toString()}
    from json_to_recordset(${JSON.stringify(rows)}::json) as m (mandate_id text, project_id text, space_id text,
      signatory text, signed_on date, notified_on date, eligibility jsonb)
    on conflict do nothing returning 1`.execute(work.tx);
  return added.rows.length;
}

export async function endMandates(work: Work, spaceIds: readonly string[], on: Day): Promise<void> {
  await sql`update schemes.mandate set ended_on = ${on}
    where network_id = ${work.networkId} and space_id = any(${spaceIds}) and ended_on is null`.execute(work.tx);
}

/** Notification of a whole project is that of its members who were not notified apart. */
export async function notifyMandates(work: Work, projectId: string, on: Day): Promise<void> {
  await sql`update schemes.mandate set notified_on = ${on}
    where network_id = ${work.networkId} and project_id = ${projectId} and notified_on is null and ended_on is null`.execute(
    work.tx,
  );
}

export interface CertifiedRow {
  readonly unknownId: `U${number}`;
  readonly value: Canonical;
  readonly source: string;
  readonly vouchedBy: string;
  readonly enteredOn: Day;
}

/** The last revision of each value. */
export async function selectCertified(work: Work): Promise<CertifiedRow[]> {
  const found = await sql<CertifiedRow>`select distinct on (unknown_id) unknown_id as "unknownId", value, source,
      vouched_by as "vouchedBy", entered_on as "enteredOn"
    from schemes.certified_value where network_id = ${work.networkId} order by unknown_id, revision desc`.execute(
    work.tx,
  );
  return found.rows;
}

export async function insertCertified(work: Work, row: CertifiedRow, enteredBy: string): Promise<void> {
  await sql`insert into schemes.certified_value (network_id, unknown_id, revision, value, source, vouched_by, entered_by,
      entered_on, recorded_at)
    select ${work.networkId}, ${row.unknownId}, coalesce(max(revision), 0) + 1, ${JSON.stringify(row.value)}::jsonb,
      ${row.source}, ${row.vouchedBy}, ${enteredBy}, ${row.enteredOn}, ${work.now.toString()}
    from schemes.certified_value where network_id = ${work.networkId} and unknown_id = ${row.unknownId}`.execute(
    work.tx,
  );
}
