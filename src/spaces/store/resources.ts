import { sql } from 'kysely';
import type { Day } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Resource, ResourceId, SheetTexts, SpaceId } from '../space.ts';

/** True unless the space has a resource of that name, withdrawn ones included. */
export async function insertResource({ tx, networkId }: Work, one: Resource): Promise<boolean> {
  const { rows } = await sql`insert into spaces.resource (network_id, resource_id, space_id, kind, name, capacity)
    values (${networkId}, ${one.resourceId}, ${one.spaceId}, ${one.kind}, ${one.name}, ${one.capacity})
    on conflict on constraint one_resource_per_name_in_a_space do nothing returning 1`.execute(tx);
  return rows.length > 0;
}

/** False when another resource of the space has that name; the space is locked. */
export async function renameResource({ tx, networkId }: Work, one: Resource, name: string): Promise<boolean> {
  const { rows } = await sql`update spaces.resource set name = ${name}
    where network_id = ${networkId} and resource_id = ${one.resourceId} and not exists (
      select from spaces.resource other where other.network_id = ${networkId} and other.space_id = ${one.spaceId}
        and other.name = ${name} and other.resource_id <> ${one.resourceId}) returning 1`.execute(tx);
  return rows.length > 0;
}

export async function spaceOfResource({ tx, networkId }: Work, resourceId: string): Promise<SpaceId | null> {
  const { rows } = await sql<{ space_id: SpaceId }>`select space_id from spaces.resource
    where network_id = ${networkId} and resource_id = ${resourceId}`.execute(tx);
  return rows[0]?.space_id ?? null;
}

/** Nobody books them until the end of the work; whoever was booking them has ended. */
export async function lockResources({ tx, networkId }: Work, resourceIds: readonly ResourceId[]): Promise<void> {
  await sql`select 1 from spaces.resource where network_id = ${networkId} and resource_id = any(${resourceIds}::text[])
    order by resource_id for update`.execute(tx);
}

export async function setWithdrawn({ tx, networkId }: Work, resourceId: ResourceId, from: Day | null): Promise<void> {
  await sql`update spaces.resource set withdrawn_from = ${from}
    where network_id = ${networkId} and resource_id = ${resourceId}`.execute(tx);
}

export async function setSheet({ tx, networkId }: Work, spaceId: SpaceId, sheet: SheetTexts): Promise<void> {
  await sql`update spaces.space set name = ${sheet.name}, address = ${sheet.address}, postcode = ${sheet.postcode},
      host_first_name = ${sheet.hostFirstName}, description = ${JSON.stringify(sheet.description)}::jsonb,
      getting_there = ${JSON.stringify(sheet.gettingThere)}::jsonb
    where network_id = ${networkId} and space_id = ${spaceId}`.execute(tx);
}

export async function setZone({ tx, networkId }: Work, spaceId: SpaceId, zone: string): Promise<void> {
  await sql`update spaces.space set zone = ${zone}
    where network_id = ${networkId} and space_id = ${spaceId}`.execute(tx);
}
