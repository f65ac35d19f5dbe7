import { sql } from 'kysely';
import type { Bilingual } from '../kernel/bilingual.ts';
import type { Day } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import { toJson } from '../platform/first-answer.ts';
import type { AccessibilityCode, EquipmentCode } from './equipment.ts';
import type {
  Closure,
  DatedHours,
  Nearby,
  NewTariff,
  OpeningHours,
  Resource,
  ResourceId,
  Space,
  SpaceId,
  SpaceStatus,
  Tariff,
} from './space.ts';

interface SpaceRow {
  readonly space_id: SpaceId;
  readonly slug: string;
  readonly name: string;
  readonly address: string;
  readonly postcode: string;
  readonly commune_code: string;
  readonly commune_name: string;
  readonly lon_udeg: number;
  readonly lat_udeg: number;
  readonly zone: string;
  readonly manager_id: Space['managerId'];
  readonly host_first_name: string;
  readonly description: Bilingual;
  readonly getting_there: Bilingual;
  readonly nearby: readonly Nearby[];
  readonly equipment: readonly EquipmentCode[];
  readonly accessibility: readonly AccessibilityCode[];
  readonly opened_on: Day;
  readonly status: SpaceStatus;
  readonly density_level: number | null;
  readonly density_vintage: string | null;
  readonly small_town_programme: boolean;
  readonly opens_on_public_holidays: boolean;
}

const spaceOf = (row: SpaceRow): Space => ({
  spaceId: row.space_id,
  slug: row.slug,
  name: row.name,
  address: row.address,
  postcode: row.postcode,
  commune: { code: row.commune_code, name: row.commune_name },
  place: { lon_udeg: row.lon_udeg, lat_udeg: row.lat_udeg },
  zone: row.zone,
  managerId: row.manager_id,
  hostFirstName: row.host_first_name,
  description: row.description,
  gettingThere: row.getting_there,
  nearby: row.nearby,
  equipment: row.equipment,
  accessibility: row.accessibility,
  openedOn: row.opened_on,
  status: row.status,
  density: row.density_level === null ? null : { level: row.density_level, vintage: row.density_vintage ?? '' },
  smallTownProgramme: row.small_town_programme,
  opensOnPublicHolidays: row.opens_on_public_holidays,
});

const rowOf = (space: Space): SpaceRow => ({
  space_id: space.spaceId,
  slug: space.slug,
  name: space.name,
  address: space.address,
  postcode: space.postcode,
  commune_code: space.commune.code,
  commune_name: space.commune.name,
  ...space.place,
  zone: space.zone,
  manager_id: space.managerId,
  host_first_name: space.hostFirstName,
  description: space.description,
  getting_there: space.gettingThere,
  nearby: space.nearby,
  equipment: space.equipment,
  accessibility: space.accessibility,
  opened_on: space.openedOn,
  status: space.status,
  density_level: space.density?.level ?? null,
  density_vintage: space.density?.vintage ?? null,
  small_town_programme: space.smallTownProgramme,
  opens_on_public_holidays: space.opensOnPublicHolidays,
});

/** Adds the spaces whose slug is free; answers the slugs that were. */
export async function insertSpaces({ tx, networkId, now }: Work, spaces: readonly Space[]): Promise<readonly string[]> {
  const { rows } = await sql<{ slug: string }>`
    insert into spaces.space (network_id, space_id, slug, name, address, postcode, commune_code, commune_name, lon_udeg,
      lat_udeg, zone, manager_id, host_first_name, description, getting_there, nearby, equipment, accessibility,
      opened_on, status, density_level, density_vintage, small_town_programme, opens_on_public_holidays, recorded_at)
    select ${networkId}, space_id, slug, name, address, postcode, commune_code, commune_name, lon_udeg, lat_udeg, zone,
      manager_id, host_first_name, description, getting_there, nearby, equipment, accessibility, opened_on, status,
      density_level, density_vintage, small_town_programme, opens_on_public_holidays, ${now.toString()}
    from jsonb_to_recordset(${JSON.stringify(spaces.map(rowOf))}::jsonb) as new(
      space_id text, slug text, name text, address text, postcode text, commune_code text, commune_name text,
      lon_udeg int, lat_udeg int, zone text, manager_id text, host_first_name text, description jsonb,
      getting_there jsonb, nearby jsonb, equipment text[], accessibility text[], opened_on date, status text,
      density_level smallint, density_vintage text, small_town_programme boolean, opens_on_public_holidays boolean)
    on conflict on constraint one_space_per_slug do nothing returning slug`.execute(tx);
  return rows.map(row => row.slug);
}

export async function insertResources(
  { tx, networkId }: Work,
  resources: readonly Omit<Resource, 'withdrawnFrom'>[],
): Promise<void> {
  const rows = resources.map(r => ({ ...r, resource_id: r.resourceId, space_id: r.spaceId }));
  await sql`insert into spaces.resource (network_id, resource_id, space_id, kind, name, capacity)
    select ${networkId}, resource_id, space_id, kind, name, capacity
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as new(
      resource_id text, space_id text, kind text, name text, capacity smallint)`.execute(tx);
}

export type HoursFrom = OpeningHours & { readonly spaceId: SpaceId; readonly validFrom: Day };

export async function insertHours({ tx, networkId }: Work, hours: readonly HoursFrom[]): Promise<void> {
  await sql`insert into spaces.weekly_hours (network_id, space_id, weekday, opens_min, closes_min, valid_from)
    select ${networkId}, "spaceId", weekday, opens_min, closes_min, "validFrom"
    from jsonb_to_recordset(${JSON.stringify(hours)}::jsonb) as new(
      "spaceId" text, weekday smallint, opens_min smallint, closes_min smallint, "validFrom" date)`.execute(tx);
}

export type TariffFrom = NewTariff & { readonly spaceId: SpaceId; readonly validFrom: Day };

export async function insertTariffs({ tx, networkId }: Work, tariffs: readonly TariffFrom[]): Promise<void> {
  await sql`insert into spaces.tariff (network_id, space_id, kind, part, amount_eur_cents, deliberation, valid_from)
    select ${networkId}, "spaceId", kind, part, amount_eur_cents, deliberation, "validFrom"
    from jsonb_to_recordset(${toJson(tariffs)}::jsonb) as new(
      "spaceId" text, kind text, part text, amount_eur_cents bigint, deliberation text, "validFrom" date)`.execute(tx);
}

/** One writer at a time on a space's hours, closures and tariffs; false when there is no such space. */
export async function lockSpace({ tx }: Work, spaceId: SpaceId): Promise<boolean> {
  const { rows } = await sql`select 1 from spaces.space where space_id = ${spaceId} for update`.execute(tx);
  return rows.length > 0;
}

/** Ends the hours that hold on `day` the day before, and forgets those planned for later. */
export async function endHours({ tx }: Work, spaceId: SpaceId, day: Day): Promise<void> {
  await sql`delete from spaces.weekly_hours where space_id = ${spaceId} and valid_from >= ${day}::date`.execute(tx);
  await sql`update spaces.weekly_hours set valid_until = ${day}::date
    where space_id = ${spaceId} and (valid_until is null or valid_until > ${day}::date)`.execute(tx);
}

/** Ends the tariff that holds on `day` the day before, and forgets those planned for later. */
export async function endTariff({ tx }: Work, { spaceId, kind, part, validFrom }: TariffFrom): Promise<void> {
  await sql`delete from spaces.tariff where space_id = ${spaceId} and kind = ${kind} and part = ${part}
    and valid_from >= ${validFrom}::date`.execute(tx);
  await sql`update spaces.tariff set valid_until = ${validFrom}::date
    where space_id = ${spaceId} and kind = ${kind} and part = ${part}
      and (valid_until is null or valid_until > ${validFrom}::date)`.execute(tx);
}

/** True unless the space is already closed on one of these days. */
export async function insertClosure({ tx, networkId, now }: Work, closure: Closure): Promise<boolean> {
  const { rows } = await sql`insert into spaces.closure
      (network_id, closure_id, space_id, first_day, last_day, reason, note, recorded_at)
    values (${networkId}, ${closure.closureId}, ${closure.spaceId}, ${closure.firstDay}, ${closure.lastDay},
      ${closure.reason}, ${closure.note}, ${now.toString()})
    on conflict do nothing returning 1`.execute(tx);
  return rows.length > 0;
}

export async function deleteClosure({ tx }: Work, closureId: Closure['closureId']): Promise<void> {
  await sql`delete from spaces.closure where closure_id = ${closureId}`.execute(tx);
}

const spaceColumns = sql`space_id, slug, name, address, postcode, commune_code, commune_name, lon_udeg, lat_udeg, zone,
  manager_id, host_first_name, description, getting_there, nearby, equipment, accessibility, opened_on, status,
  density_level, density_vintage, small_town_programme, opens_on_public_holidays`;

export async function selectSpaceBySlug({ tx }: Work, slug: string): Promise<Space | null> {
  const { rows } = await sql<SpaceRow>`select ${spaceColumns} from spaces.space where slug = ${slug}`.execute(tx);
  return rows[0] ? spaceOf(rows[0]) : null;
}

const byTownThenName = sql`commune_name collate "fr-x-icu", name collate "fr-x-icu", space_id`;

/** The spaces of these ids, or all of them, by town then name. */
export async function selectSpaces({ tx }: Work, spaceIds: readonly SpaceId[] | 'all'): Promise<readonly Space[]> {
  const wanted = spaceIds === 'all' ? sql`true` : sql`space_id = any(${spaceIds}::text[])`;
  const { rows } = await sql<SpaceRow>`
    select ${spaceColumns} from spaces.space where ${wanted} order by ${byTownThenName}`.execute(tx);
  return rows.map(spaceOf);
}

/** Every space, by town then name. */
export async function selectOrder({ tx }: Work): Promise<readonly SpaceId[]> {
  const { rows } = await sql<{
    space_id: SpaceId;
  }>`select space_id from spaces.space order by ${byTownThenName}`.execute(tx);
  return rows.map(row => row.space_id);
}

export async function selectResources({ tx }: Work, spaceIds: readonly SpaceId[]): Promise<readonly Resource[]> {
  const { rows } = await sql<{
    resource_id: ResourceId;
    space_id: SpaceId;
    kind: Resource['kind'];
    name: string;
    capacity: number;
    withdrawn_from: Day | null;
  }>`select resource_id, space_id, kind, name, capacity, withdrawn_from from spaces.resource
    where space_id = any(${spaceIds}::text[]) order by space_id, kind, name collate "C", resource_id`.execute(tx);
  return rows.map(row => ({
    resourceId: row.resource_id,
    spaceId: row.space_id,
    kind: row.kind,
    name: row.name,
    capacity: row.capacity,
    withdrawnFrom: row.withdrawn_from,
  }));
}

/** Spaces and the days asked of them, both included. */
export interface SpacesAndDays {
  readonly spaceIds: readonly SpaceId[];
  readonly from: Day;
  readonly to: Day;
}

/** Weekly hours that bear on some days. */
export async function selectHours({ tx }: Work, { spaceIds, from, to }: SpacesAndDays): Promise<readonly DatedHours[]> {
  const { rows } = await sql<
    OpeningHours & { space_id: SpaceId; valid_from: Day; valid_until: Day | null }
  >`select space_id, weekday, opens_min, closes_min, valid_from, valid_until from spaces.weekly_hours
    where space_id = any(${spaceIds}::text[]) and daterange(valid_from, valid_until) && daterange(${from}, ${to}, '[]')
    order by space_id, weekday, opens_min, valid_from`.execute(tx);
  return rows.map(row => ({
    spaceId: row.space_id,
    weekday: row.weekday,
    opens_min: row.opens_min,
    closes_min: row.closes_min,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
  }));
}

interface ClosureRow {
  readonly closure_id: Closure['closureId'];
  readonly space_id: SpaceId;
  readonly first_day: Day;
  readonly last_day: Day;
  readonly reason: Closure['reason'];
  readonly note: string | null;
}

const closureOf = (row: ClosureRow): Closure => ({
  closureId: row.closure_id,
  spaceId: row.space_id,
  firstDay: row.first_day,
  lastDay: row.last_day,
  reason: row.reason,
  note: row.note,
});

export async function selectClosures({ tx }: Work, { spaceIds, from, to }: SpacesAndDays): Promise<readonly Closure[]> {
  const { rows } = await sql<ClosureRow>`
    select closure_id, space_id, first_day, last_day, reason, note from spaces.closure
    where space_id = any(${spaceIds}::text[]) and daterange(first_day, last_day, '[]') && daterange(${from}, ${to}, '[]')
    order by space_id, first_day`.execute(tx);
  return rows.map(closureOf);
}

export async function selectClosure({ tx }: Work, closureId: string): Promise<Closure | null> {
  const { rows } = await sql<ClosureRow>`select closure_id, space_id, first_day, last_day, reason, note
    from spaces.closure where closure_id = ${closureId}`.execute(tx);
  return rows[0] ? closureOf(rows[0]) : null;
}

export async function selectTariffs({ tx }: Work, { spaceIds, from, to }: SpacesAndDays): Promise<readonly Tariff[]> {
  const { rows } = await sql<{
    space_id: SpaceId;
    kind: Tariff['kind'];
    part: Tariff['part'];
    amount_eur_cents: bigint;
    deliberation: string;
    valid_from: Day;
    valid_until: Day | null;
  }>`select space_id, kind, part, amount_eur_cents, deliberation, valid_from, valid_until from spaces.tariff
    where space_id = any(${spaceIds}::text[]) and daterange(valid_from, valid_until) && daterange(${from}, ${to}, '[]')
    order by space_id, kind, part desc, valid_from`.execute(tx);
  return rows.map(row => ({
    spaceId: row.space_id,
    kind: row.kind,
    part: row.part,
    amount_eur_cents: row.amount_eur_cents,
    deliberation: row.deliberation,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
  }));
}
