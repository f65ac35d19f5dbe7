import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Day } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { toJson } from '../../platform/first-answer.ts';
import type { AttestationId } from '../attestation.ts';
import type { EmployerCode } from '../day-codes.ts';
import type { Exemption, Term } from '../facts.ts';
import type { Pair, Sighting } from '../sightings.ts';

/** Check-ins of some days that still stand, of people who are still known, in the order of time. */
export const selectSightings = async (work: Work, days: readonly Day[]): Promise<readonly Sighting[]> => {
  const found = await sql<Sighting>`
    select l.pseudonym, e.space_id as "spaceId", e.local_day as day, e.method, e.kiosk_id as "kioskId",
      e.counter::integer as counter, e.device, e.clock_skew_s,
      (date_part('epoch', e.happened_at - e.local_day::timestamp at time zone 'UTC') * 1000)::integer as at_ms
    from presence.access_event e
    join presence.person_link l on l.network_id = e.network_id and l.person_id = e.person_id
    where e.local_day = any(${days}::date[]) and e.present order by e.local_day, e.happened_at, e.event_id`.execute(
    work.tx,
  );
  return found.rows;
};

interface Span {
  readonly from: Day;
  readonly to: Day;
}

/** Days of people who have more than `most` of them in one week, by pseudonym. */
export const selectFullWeeks = async (
  work: Work,
  { from, to, most }: Span & { readonly most: number },
): Promise<ReadonlyMap<string, readonly Day[]>> => {
  const found = await sql<{ pseudonym: string; days: string }>`
    select a.pseudonym, string_agg(distinct a.local_day::text, ' ' order by a.local_day::text) as days
    from presence.day_attestation a
    join presence.standing s on s.network_id = a.network_id and s.attestation_id = a.attestation_id
    where a.local_day between ${from} and ${to} and not s.reversed
    group by a.pseudonym, date_trunc('week', a.local_day)
    having count(distinct a.local_day) > ${most}`.execute(work.tx);
  const days = new Map<string, readonly Day[]>();
  for (const row of found.rows)
    days.set(row.pseudonym, [...(days.get(row.pseudonym) ?? []), ...(row.days.split(' ') as Day[])]);
  return days;
};

/** First signed check-ins of people with at least `least` days of them, in seconds from midnight: the latest first. */
export const selectArrivals = async (
  work: Work,
  { from, to, least, among }: Span & { readonly least: number; readonly among: readonly Day[] },
): Promise<ReadonlyMap<string, readonly { readonly day: Day; readonly time_s: number }[]>> => {
  const found = await sql<{ pseudonym: string; days: readonly string[]; times: readonly number[] }>`
    -- One reading of the span, whatever statistics say of a table that is being filled.
    with arrived as materialized (select person_id, local_day, min(since_midnight_s) as time_s
      from presence.access_event where local_day between ${from} and ${to} and since_midnight_s is not null
      group by person_id, local_day),
    often as (select person_id, json_agg(local_day order by local_day desc) as days,
        json_agg(time_s order by local_day desc) as times
      from arrived group by person_id having count(*) >= ${least} and bool_or(local_day = any(${among}::date[])))
    select l.pseudonym, o.days, o.times from often o join presence.person_link l using (person_id)`.execute(work.tx);
  return new Map(
    found.rows.map(({ pseudonym, days, times }) => [
      pseudonym,
      days.map((day, i) => ({ day: day as Day, time_s: times[i]! })),
    ]),
  );
};

/** Of these presences, other standing ones of the same person and day that rest on a piece of the same evidence. */
export const selectSharing = async (
  work: Work,
  attestationIds: readonly string[],
): Promise<ReadonlyMap<string, readonly AttestationId[]>> => {
  const found = await sql<{ id: string; sharing: readonly AttestationId[] }>`
    select a.attestation_id as id, json_agg(distinct o.attestation_id) as sharing
    from presence.day_attestation a
    join presence.day_attestation o on o.network_id = a.network_id and o.pseudonym = a.pseudonym
      and o.local_day = a.local_day and o.attestation_id <> a.attestation_id and o.reverses is null
      and o.evidence_sha256 && a.evidence_sha256
    join presence.standing s on s.network_id = o.network_id and s.attestation_id = o.attestation_id and not s.reversed
    where a.attestation_id = any(${attestationIds}) group by a.attestation_id`.execute(work.tx);
  return new Map(found.rows.map(row => [row.id, row.sharing]));
};

/** Presences by hand and in all, in each space's month up to some of its days: `space day`. */
export const selectMonths = async (
  work: Work,
  asked: readonly { readonly spaceId: string; readonly day: Day }[],
): Promise<ReadonlyMap<string, { readonly manualBefore: number; readonly presences: number }>> => {
  const found = await sql<{ key: string; manualBefore: number; presences: number }>`
    select a."spaceId" || ' ' || a.day as key, coalesce(sum(d.presences), 0)::integer as presences,
      coalesce(sum(d.manual) filter (where d.local_day < a.day), 0)::integer as "manualBefore"
    from json_to_recordset(${toJson(asked)}::json) as a ("spaceId" text, day date)
    left join presence.space_day d
      on d.space_id = a."spaceId" and d.local_day >= date_trunc('month', a.day) and d.local_day <= a.day
    group by a."spaceId", a.day`.execute(work.tx);
  return new Map(found.rows.map(row => [row.key, row]));
};

/** Halves by space and Monday, `space monday`, and the first day of each space that ever received someone. */
export const selectVolumes = async (
  work: Work,
  { from, to, spaceIds }: Span & { readonly spaceIds: readonly string[] },
): Promise<{ readonly weeks: ReadonlyMap<string, number>; readonly firstDays: ReadonlyMap<string, Day> }> => {
  const weeks = await sql<{ space_id: string; monday: Day; halves: number }>`
    select space_id, date_trunc('week', local_day)::date as monday, sum(halves)::integer as halves
    from presence.space_day where space_id = any(${spaceIds}) and local_day between ${from} and ${to}
    group by space_id, monday`.execute(work.tx);
  const first = await sql<{ space_id: string; day: Day }>`
    select s.id as space_id, (select d.local_day from presence.space_day d where d.space_id = s.id and d.presences > 0
      order by d.local_day limit 1) as day
    from unnest(${spaceIds}::text[]) as s (id)`.execute(work.tx);
  return {
    weeks: new Map(weeks.rows.map(row => [`${row.space_id} ${row.monday}`, row.halves])),
    firstDays: new Map(first.rows.map(row => [row.space_id, row.day])),
  };
};

/** Of these presences, those whose person confirmed the day. */
export const selectConfirmed = async (work: Work, attestationIds: readonly string[]): Promise<ReadonlySet<string>> => {
  const found = await sql<{ id: string }>`select distinct attestation_id as id from presence.contest_entry
    where kind = 'confirmed' and attestation_id = any(${attestationIds})`.execute(work.tx);
  return new Set(found.rows.map(row => row.id));
};

/** What employers said of these days, under the people's pseudonyms. */
export const selectCodes = async (
  work: Work,
  days: readonly Day[],
): Promise<readonly { readonly pseudonym: string; readonly day: Day; readonly code: EmployerCode }[]> => {
  const found = await sql<{ pseudonym: string; day: Day; code: EmployerCode }>`
    select l.pseudonym, c.local_day as day, c.code from presence.day_code c
    join presence.person_link l on l.network_id = c.network_id and l.person_id = c.person_id
    where c.local_day = any(${days}::date[]) order by c.local_day, l.pseudonym, c.code`.execute(work.tx);
  return found.rows;
};

export const selectRelatives = async (
  work: Work,
  spaceIds: readonly string[],
): Promise<readonly (Term & { readonly pseudonym: string; readonly spaceId: string })[]> => {
  const found = await sql<Term & { pseudonym: string; spaceId: string }>`
    select pseudonym, space_id as "spaceId", lower(valid) as "from", upper(valid) as until
    from presence.relative where space_id = any(${spaceIds})`.execute(work.tx);
  return found.rows;
};

export const selectExemptions = async (work: Work): Promise<readonly Exemption[]> => {
  const found =
    await sql<Exemption>`select rule_id as "ruleId", space_id as "spaceId", pseudonym, lower(valid) as "from",
      upper(valid) as until
    from presence.exemption order by recorded_at, exemption_id`.execute(work.tx);
  return found.rows;
};

/** Fastest roads already asked for, in seconds: `from to`. */
export const selectRoads = async (work: Work, pairs: readonly Pair[]): Promise<ReadonlyMap<string, number>> => {
  if (pairs.length === 0) return new Map();
  const found = await sql<{ from: string; to: string; seconds: number }>`
    select r.from_space_id as "from", r.to_space_id as "to", r.seconds from presence.space_road r
    join json_to_recordset(${toJson(pairs)}::json) as p ("from" text, "to" text)
      on p."from" = r.from_space_id and p."to" = r.to_space_id`.execute(work.tx);
  return new Map(found.rows.map(row => [`${row.from} ${row.to}`, row.seconds]));
};

export interface SpaceRoad extends Pair {
  readonly seconds: number;
  readonly engine: string;
  readonly engine_version: string;
  readonly data_sha256: string;
}

export const insertRoads = async (work: Work, roads: readonly SpaceRoad[]): Promise<void> => {
  await sql`insert into presence.space_road (network_id, from_space_id, to_space_id, seconds, engine, engine_version,
      data_sha256, asked_at)
    select ${work.networkId}, "from", "to", seconds, engine, engine_version, data_sha256, ${work.now.toString()}
    from json_to_recordset(${toJson(roads)}::json) as r ("from" text, "to" text, seconds integer, engine text,
      engine_version text, data_sha256 text)
    on conflict do nothing`.execute(work.tx);
};

export interface SiteFinding {
  readonly spaceId: Id<'spc'>;
  readonly ruleId: string;
  readonly periodFrom: Day;
}

/** Notes what a rule found of a space over a period, the first time it does. */
export const insertSiteFindings = async (work: Work, findings: readonly SiteFinding[]): Promise<void> => {
  if (findings.length === 0) return;
  await sql`insert into presence.site_finding (network_id, space_id, rule_id, period_from, recorded_at)
    select ${work.networkId}, "spaceId", "ruleId", "periodFrom", ${work.now.toString()}
    from json_to_recordset(${toJson(findings)}::json) as f ("spaceId" text, "ruleId" text, "periodFrom" date)
    on conflict do nothing`.execute(work.tx);
};

export const selectSiteFindings = async (work: Work, since: Day): Promise<readonly SiteFinding[]> => {
  const found = await sql<SiteFinding>`select space_id as "spaceId", rule_id as "ruleId", period_from as "periodFrom"
    from presence.site_finding where period_from >= ${since} order by period_from desc, rule_id, space_id`.execute(
    work.tx,
  );
  return found.rows;
};
