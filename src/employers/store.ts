import { sql } from 'kysely';
import type { Id } from '../kernel/ids.ts';
import type { Day } from '../kernel/time.ts';
import type { Work } from '../platform/database.ts';
import type { NewSite, Site } from './employer.ts';
import type { Plan, StaffLink, Subscription } from './payer.ts';

interface SubscriptionRow extends Omit<Subscription, 'plan'> {
  readonly plan: Plan['kind'];
  readonly day_eur_cents: bigint | null;
  readonly half_day_eur_cents: bigint | null;
  readonly month_eur_cents: bigint | null;
  readonly pack_half_days: number | null;
  readonly spaceId: Id<'spc'> | null;
  readonly payeeId: Id<'org'> | null;
}

// `a_plan_says_its_own_prices` holds that what a plan needs is there.
function planOf(row: SubscriptionRow): Plan {
  const { day_eur_cents, half_day_eur_cents } = row;
  if (row.plan === 'per_day') return { kind: 'per_day', day_eur_cents, half_day_eur_cents };
  if (row.plan === 'monthly_desk') {
    return {
      kind: 'monthly_desk',
      month_eur_cents: row.month_eur_cents!,
      spaceId: row.spaceId!,
      payeeId: row.payeeId!,
    };
  }
  return {
    kind: 'day_pack',
    day_eur_cents: day_eur_cents!,
    half_day_eur_cents: half_day_eur_cents!,
    pack_half_days: row.pack_half_days!,
  };
}

const subscriptionOf = (row: SubscriptionRow): Subscription => ({
  subscriptionId: row.subscriptionId,
  employerId: row.employerId,
  plan: planOf(row),
  cap_half_days: row.cap_half_days,
  from: row.from,
  until: row.until,
});

const subscriptionColumns = sql`subscription_id as "subscriptionId", organisation_id as "employerId", plan,
  day_eur_cents, half_day_eur_cents, month_eur_cents, pack_half_days, space_id as "spaceId", payee_id as "payeeId",
  cap_half_days, lower(valid) as "from", upper(valid) as "until"`;

const linkColumns = sql`staff_link_id as "staffLinkId", person_id as "personId", organisation_id as "employerId",
  site_id as "siteId", telework_basis as basis, weekdays, lower(valid) as "from", upper(valid) as "until"`;

/** Staff links of people that touch a period, locked so that two bookings of one person count each other. */
export async function lockLinks(
  work: Work,
  { personIds, from, until }: { personIds: readonly string[]; from: Day; until: Day },
): Promise<StaffLink[]> {
  const found = await sql<StaffLink>`select ${linkColumns} from employers.staff_link
    where network_id = ${work.networkId} and person_id = any(${personIds}) and valid && daterange(${from}, ${until})
    order by staff_link_id for no key update`.execute(work.tx);
  return found.rows;
}

/** Subscriptions of employers that touch a period; packs are locked, because all their staff draw on them. */
export async function lockSubscriptions(
  work: Work,
  { employerIds, from, until }: { employerIds: readonly string[]; from: Day; until: Day },
): Promise<Subscription[]> {
  const touching = sql`network_id = ${work.networkId} and organisation_id = any(${employerIds})
    and valid && daterange(${from}, ${until})`;
  await sql`select 1 from employers.subscription where ${touching} and plan = 'day_pack'
    order by subscription_id for no key update`.execute(work.tx);
  const found =
    await sql<SubscriptionRow>`select ${subscriptionColumns} from employers.subscription where ${touching}`.execute(
      work.tx,
    );
  return found.rows.map(subscriptionOf);
}

export async function insertEmployer(work: Work, employerId: string): Promise<void> {
  await sql`insert into employers.employer (network_id, organisation_id, recorded_at)
    values (${work.networkId}, ${employerId}, ${work.now.toString()}) on conflict do nothing`.execute(work.tx);
}

export async function isEmployer(work: Work, employerId: string): Promise<boolean> {
  const found = await sql`select 1 from employers.employer
    where network_id = ${work.networkId} and organisation_id = ${employerId}`.execute(work.tx);
  return found.rows.length === 1;
}

export async function employerIds(work: Work): Promise<Id<'org'>[]> {
  const found = await sql<{ id: Id<'org'> }>`select organisation_id as id from employers.employer
    where network_id = ${work.networkId} order by organisation_id`.execute(work.tx);
  return found.rows.map(row => row.id);
}

export async function insertSites(
  work: Work,
  employerId: string,
  sites: readonly (NewSite & { siteId: Id<'sit'> })[],
): Promise<void> {
  const rows = sites.map(({ place, ...site }) => ({ ...site, ...place }));
  await sql`insert into employers.site (network_id, site_id, organisation_id, name, address, commune_code, lon_udeg, lat_udeg,
      headcount, recorded_at)
    select ${work.networkId}, "siteId", ${employerId}, name, address, "communeCode", lon_udeg, lat_udeg, headcount,
      ${work.now.toString()}
    from json_to_recordset(${JSON.stringify(rows)}::json) as site ("siteId" text, name text, address text,
      "communeCode" text, lon_udeg integer, lat_udeg integer, headcount integer)`.execute(work.tx);
}

type SiteRow = Omit<Site, 'place'> & Site['place'];

const siteOf = ({ lon_udeg, lat_udeg, ...site }: SiteRow): Site => ({ ...site, place: { lon_udeg, lat_udeg } });

export async function sitesOf(work: Work, employerIdList: readonly string[]): Promise<Site[]> {
  const found = await sql<SiteRow>`select site_id as "siteId", organisation_id as "employerId", name, address,
      commune_code as "communeCode", lon_udeg, lat_udeg, headcount
    from employers.site where network_id = ${work.networkId} and organisation_id = any(${employerIdList})
    order by site_id`.execute(work.tx);
  return found.rows.map(siteOf);
}

/** False when the employer already has a subscription over part of the period. */
export async function insertSubscription(work: Work, { plan, ...subscription }: Subscription): Promise<boolean> {
  const row = JSON.stringify({ ...subscription, ...plan }, (_key, value) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  const added = await sql`insert into employers.subscription (network_id, subscription_id, organisation_id, plan,
      day_eur_cents, half_day_eur_cents, month_eur_cents, pack_half_days, space_id, payee_id, cap_half_days, valid, recorded_at)
    select ${work.networkId}, "subscriptionId", "employerId", kind, day_eur_cents, half_day_eur_cents, month_eur_cents,
      pack_half_days, "spaceId", "payeeId", cap_half_days, daterange("from", "until"), ${work.now.toString()}
    from json_to_record(${row}::json) as s ("subscriptionId" text, "employerId" text, kind text, day_eur_cents bigint,
      half_day_eur_cents bigint, month_eur_cents bigint, pack_half_days integer, "spaceId" text, "payeeId" text,
      cap_half_days integer, "from" date, "until" date)
    on conflict do nothing returning 1`.execute(work.tx);
  return added.rows.length === 1;
}

/** Subscriptions of an employer, newest first. */
export async function subscriptionsOf(work: Work, employerId: string): Promise<Subscription[]> {
  const found = await sql<SubscriptionRow>`select ${subscriptionColumns} from employers.subscription
    where network_id = ${work.networkId} and organisation_id = ${employerId} order by valid desc`.execute(work.tx);
  return found.rows.map(subscriptionOf);
}

/** Subscriptions by the month that touch a month, over all employers. */
export async function monthlySubscriptions(
  work: Work,
  { from, until }: { from: Day; until: Day },
): Promise<Subscription[]> {
  const found = await sql<SubscriptionRow>`select ${subscriptionColumns} from employers.subscription
    where network_id = ${work.networkId} and plan = 'monthly_desk' and valid && daterange(${from}, ${until})
    order by subscription_id`.execute(work.tx);
  return found.rows.map(subscriptionOf);
}

/** Ends a subscription of an employer on a day (the first not covered). False when there was nothing left to end. */
export async function endSubscription(
  work: Work,
  { id, employerId, on }: { id: string; employerId: string; on: Day },
): Promise<boolean> {
  const ended = await sql`update employers.subscription set valid = daterange(lower(valid), ${on})
    where network_id = ${work.networkId} and subscription_id = ${id} and organisation_id = ${employerId}
      and lower(valid) < ${on} and (upper_inf(valid) or upper(valid) > ${on}) returning 1`.execute(work.tx);
  return ended.rows.length === 1;
}

/** Adds links; those of people already employed over part of the period are left out of the answer. */
export async function insertLinks(work: Work, links: readonly StaffLink[]): Promise<string[]> {
  const added = await sql<{ id: string }>`insert into employers.staff_link (network_id, staff_link_id, person_id,
      organisation_id, site_id, telework_basis, weekdays, valid, recorded_at)
    select ${work.networkId}, "staffLinkId", "personId", "employerId", "siteId", basis, weekdays,
      daterange("from", "until"), ${work.now.toString()}
    from json_to_recordset(${JSON.stringify(links)}::json) as link ("staffLinkId" text, "personId" text, "employerId" text,
      "siteId" text, basis text, weekdays smallint[], "from" date, "until" date)
    on conflict do nothing returning staff_link_id as id`.execute(work.tx);
  return added.rows.map(row => row.id);
}

/** Links of an employer in force on a day or later, oldest first. */
export async function linksOf(work: Work, employerId: string, day: Day): Promise<StaffLink[]> {
  const found = await sql<StaffLink>`select ${linkColumns} from employers.staff_link
    where network_id = ${work.networkId} and organisation_id = ${employerId} and valid && daterange(${day}, null)
    order by staff_link_id`.execute(work.tx);
  return found.rows;
}

/**
 * Ends a link of an employer on a day (the first not covered); one that would not have begun is taken back. False when
 * there was nothing left to end.
 */
export async function endLink(
  work: Work,
  { id, employerId, on }: { id: string; employerId: string; on: Day },
): Promise<boolean> {
  const mine = sql`network_id = ${work.networkId} and staff_link_id = ${id} and organisation_id = ${employerId}`;
  const ended = await sql`update employers.staff_link set valid = daterange(lower(valid), ${on})
    where ${mine} and lower(valid) < ${on} and (upper_inf(valid) or upper(valid) > ${on}) returning 1`.execute(work.tx);
  const undone =
    await sql`delete from employers.staff_link where ${mine} and lower(valid) >= ${on} returning 1`.execute(work.tx);
  return ended.rows.length + undone.rows.length === 1;
}

/** Who employs each of these people on a day, and at which site. */
export async function workplacesOn(
  work: Work,
  personIds: readonly string[],
  day: Day,
): Promise<(Site & { personId: Id<'per'> })[]> {
  const found = await sql<SiteRow & { personId: Id<'per'> }>`
    select link.person_id as "personId", site.site_id as "siteId", site.organisation_id as "employerId", site.name,
      site.address, site.commune_code as "communeCode", site.lon_udeg, site.lat_udeg, site.headcount
    from employers.staff_link link join employers.site site using (network_id, site_id)
    where link.network_id = ${work.networkId} and link.person_id = any(${personIds}) and link.valid @> ${day}::date
    order by link.person_id`.execute(work.tx);
  return found.rows.map(({ personId, ...site }) => ({ personId, ...siteOf(site) }));
}

/** Whose site each of these is. */
export async function selectSiteEmployers(
  work: Work,
  siteIds: readonly Id<'sit'>[],
): Promise<ReadonlyMap<Id<'sit'>, Id<'org'>>> {
  const found = await sql<{ siteId: Id<'sit'>; employerId: Id<'org'> }>`
    select site_id as "siteId", organisation_id as "employerId" from employers.site
    where network_id = ${work.networkId} and site_id = any(${siteIds})`.execute(work.tx);
  return new Map(found.rows.map(row => [row.siteId, row.employerId]));
}

/** Ends the links of one person from a day on: those of that day or later never were. */
export async function endLinksOf(work: Work, personId: string, on: Day): Promise<void> {
  const mine = sql`network_id = ${work.networkId} and person_id = ${personId}`;
  await sql`delete from employers.staff_link where ${mine} and lower(valid) >= ${on}`.execute(work.tx);
  await sql`update employers.staff_link set valid = daterange(lower(valid), ${on})
    where ${mine} and (upper(valid) is null or upper(valid) > ${on})`.execute(work.tx);
}

export async function deleteLinksOf(work: Work, personId: string): Promise<number> {
  const gone = await sql`delete from employers.staff_link
    where network_id = ${work.networkId} and person_id = ${personId}`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0n);
}
