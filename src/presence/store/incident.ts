import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Day, Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Departure, Incident } from '../slip.ts';

/** Someone's own days, both included. */
interface Own {
  readonly personId: string;
  readonly from: Day;
  readonly to: Day;
}

export async function insertDeparture(
  work: Work,
  { departureId, personId, spaceId, day, at }: Departure,
): Promise<void> {
  await sql`insert into presence.departure (network_id, departure_id, person_id, space_id, local_day, happened_at)
    values (${work.networkId}, ${departureId}, ${personId}, ${spaceId}, ${day}, ${at.toString()})`.execute(work.tx);
}

export async function selectDepartures(work: Work, { personId, from, to }: Own): Promise<readonly Departure[]> {
  const found =
    await sql<Departure>`select departure_id as "departureId", person_id as "personId", space_id as "spaceId",
      local_day as day, happened_at as at
    from presence.departure where network_id = ${work.networkId} and person_id = ${personId}
      and local_day between ${from} and ${to} order by happened_at`.execute(work.tx);
  return found.rows;
}

export async function insertIncident(work: Work, incident: Incident): Promise<void> {
  await sql`insert into presence.incident (network_id, incident_id, person_id, space_id, local_day, happened_at, told, declared_at)
    values (${work.networkId}, ${incident.incidentId}, ${incident.personId}, ${incident.spaceId}, ${incident.day},
      ${incident.at.toString()}, ${incident.told}, ${incident.declaredAt.toString()})`.execute(work.tx);
}

export async function selectIncidents(work: Work, { personId, from, to }: Own): Promise<readonly Incident[]> {
  const found = await sql<Incident>`select incident_id as "incidentId", person_id as "personId", space_id as "spaceId",
      local_day as day, happened_at as at, told, declared_at as "declaredAt"
    from presence.incident where network_id = ${work.networkId} and person_id = ${personId}
      and local_day between ${from} and ${to} order by happened_at`.execute(work.tx);
  return found.rows;
}

/** Takes an incident of someone's back; says whether there was one. */
export async function deleteIncident(
  work: Work,
  { incidentId, personId }: Pick<Incident, 'incidentId' | 'personId'>,
): Promise<boolean> {
  const gone = await sql`delete from presence.incident
    where network_id = ${work.networkId} and incident_id = ${incidentId} and person_id = ${personId}`.execute(work.tx);
  return (gone.numAffectedRows ?? 0n) > 0n;
}

type Old = { readonly before: Instant; readonly except: readonly Id<'per'>[] } | { readonly personId: string };

export async function deleteDepartures(work: Work, which: Old): Promise<bigint> {
  const gone = await sql`delete from presence.departure d where d.network_id = ${work.networkId} and ${
    'before' in which
      ? sql`d.happened_at < ${which.before.toString()} and d.person_id <> all(${which.except}) and not exists (
          select from presence.incident i where i.network_id = d.network_id and i.person_id = d.person_id
            and i.local_day = d.local_day)`
      : sql`d.person_id = ${which.personId}`
  }`.execute(work.tx);
  return gone.numAffectedRows ?? 0n;
}

export async function deleteIncidents(work: Work, which: Old): Promise<bigint> {
  const gone = await sql`delete from presence.incident where network_id = ${work.networkId} and ${
    'before' in which
      ? sql`declared_at < ${which.before.toString()} and person_id <> all(${which.except})`
      : sql`person_id = ${which.personId}`
  }`.execute(work.tx);
  return gone.numAffectedRows ?? 0n;
}
