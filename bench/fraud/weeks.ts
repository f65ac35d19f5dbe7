import { sql } from 'kysely';
import { bookMany } from '../../src/booking/booking.ts';
import { answerDays, recordAttested, tripsOf } from '../../src/commute/commute.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { addDays, addSeconds, type Day, wallTime, weekday } from '../../src/kernel/time.ts';
import type { Work } from '../../src/platform/database.ts';
import {
  type Attestation,
  attestationsOf,
  attestDay,
  checkDue,
  checkIn,
  codeAt,
  markPresence,
  personsOf,
  syncKiosk,
} from '../../src/presence/presence.ts';
import { chanceFrom, done, secrets } from '../claims/network.ts';
import { type Act, actsOn, attacks, ownOf, weeks } from './acts.ts';
import { declarationOf, declare, type Town } from './town.ts';

const zone = 'Europe/Paris';
const day_s = 86_400;

/** The evening before: everyone who means to come has a desk, or finds none and stays away. */
async function book(town: Town, day: Day, acts: readonly Act[]): Promise<readonly Act[]> {
  const asked = acts.filter(act => act.book !== null);
  town.at(wallTime(addDays(day, -1), 20 * 60, zone).toString());
  const requests = asked.map(({ person, space, book: part }) => ({
    ...{ spaceId: town.spaces[space]!.spaceId, day, part: part! },
    personId: town.people[person]!.personId,
  }));
  const outcomes = await town.work(work => bookMany(work, requests));
  const away = new Set(asked.filter((_, n) => !outcomes[n]!.ok).map(act => `${act.person} ${act.space}`));
  return acts.filter(act => !away.has(`${act.person} ${act.space}`));
}

/** One act through the product's own verb, at its own second. */
function played(work: Work, town: Town, { day, act }: { day: Day; act: Act }): Promise<Outcome<unknown>> {
  const [person, space, kiosk] = [town.people[act.person]!, town.spaces[act.space]!, town.kiosks[act.space]!];
  const { personId } = person;
  const { spaceId } = space;
  const now = addSeconds(wallTime(day, 0, zone), act.at_s);
  const then: Work = { ...work, now };
  if (act.by === 'host') {
    const host = {
      personId: 'per_benchhost0',
      firstName: 'Maya',
      memberships: [{ role: 'host', scope: spaceId }],
    } as const;
    const part = act.book ?? 'day';
    return markPresence(then, host, { spaceId, day, marks: [{ personId, part, present: true }] });
  }
  if (act.by === 'moved_clock') {
    const captured_at = addSeconds(now, day_s);
    const event = {
      personId,
      method: 'rotating_code',
      captured_at,
      ...codeAt(kiosk, { at: captured_at, secrets }),
    } as const;
    return syncKiosk(then, { kioskId: kiosk.kioskId, events: [event], secrets }).then(sent => {
      const [answer] = done(sent);
      return answer!;
    });
  }
  const { code } = codeAt(kiosk, { at: addSeconds(now, -act.read_s), secrets });
  const device = { cookie: act.device, clock_ms: now.epochMilliseconds + act.skew_s * 1_000 };
  const actor = { personId, firstName: 'Ana', memberships: [] };
  return checkIn(then, actor, { code, kioskId: kiosk.kioskId, device, secrets });
}

async function judgeDue(town: Town): Promise<void> {
  const roads = async () => town.roads;
  while ((await town.work(work => checkDue(work, roads))).checked > 0);
}

/** A day of everyone, then what its two nights do: attest, count, judge. */
async function live(town: Town, day: Day, acts: readonly Act[]): Promise<void> {
  const coming = (await book(town, day, acts)).toSorted((a, b) => a.at_s - b.at_s);
  town.at(wallTime(day, 19 * 60, zone).toString());
  await town.work(async work => {
    for (const act of coming) await played(work, town, { day, act });
    const there = [...new Set(coming.map(act => act.person))];
    await answerDays(
      work,
      there.map(n => ({ personId: town.people[n]!.personId, day, replaced: 'office' })),
    );
  });
  town.at(wallTime(addDays(day, 1), 3 * 60, zone).toString());
  const { attestationIds } = done(await town.work(work => attestDay(work, { day, secrets })));
  await town.work(work => recordAttested(work, attestationIds));
  await judgeDue(town);
}

/** Their first homes are half way to the office; the new ones, beside the space: three times the kilometres avoided. */
export const movers = attacks.findIndex(one => one.title.startsWith('a new far home'));

const move = (town: Town, from: Day): Promise<void> =>
  declare(
    town,
    from,
    ownOf(movers).map(n => {
      const { personId, space } = town.people[n]!;
      const where = { space, spaceId: town.spaces[space]!.spaceId, away_udeg: 20_000, plate: null };
      return { personId, ...declarationOf(n, where) };
    }),
  );

export interface Lived {
  readonly act: Act;
  readonly day: Day;
}

/** Every week, day by day; gives all that was tried. */
export async function liveWeeks(town: Town, monday: Day, people?: number): Promise<readonly Lived[]> {
  const chance = chanceFrom(2_026);
  const tried: Lived[] = [];
  for (let n = 0; n < weeks * 7; n++) {
    const day = addDays(monday, n);
    const when = { week: Math.floor(n / 7), weekday: weekday(day) };
    if (when.week === weeks - 1 && when.weekday === 1) {
      town.at(wallTime(addDays(day, -1), 12 * 60, zone).toString());
      await move(town, day);
    }
    if (when.weekday > 5) continue;
    const acts = actsOn(when, chance, people);
    tried.push(...acts.map(act => ({ act, day })));
    await live(town, day, acts);
  }
  town.at(wallTime(addDays(monday, weeks * 7 + 12), 3 * 60, zone).toString());
  await judgeDue(town);
  return tried;
}

/** How one person's day ended: `shared` days count, for their share of one car. */
export type End = 'absent' | 'weak' | 'review' | 'blocked' | 'shared' | 'waiting' | 'counted';

const endOf = ({ finality, axes }: Attestation, isShared: boolean): End => {
  if (finality === 'creditable') return isShared ? 'shared' : 'counted';
  if (finality === 'blocked') return 'blocked';
  if (finality !== 'provisional') return 'waiting';
  return Object.values(axes).includes('review') ? 'review' : 'weak';
};

const order: readonly End[] = ['counted', 'waiting', 'shared', 'weak', 'review', 'blocked'];

/** The end of each person's day, `person day`; of two presences of one day, the one that counts for more. */
export async function endsOf(town: Town, days: readonly Day[]): Promise<ReadonlyMap<string, End>> {
  return town.work(async work => {
    const attested = (await attestationsOf(work, { days })).filter(one => one.finality !== 'reversed');
    const persons = await personsOf(work, [...new Set(attested.map(one => one.pseudonym))]);
    const trips = await tripsOf(work, { attestationIds: attested.map(one => one.attestationId) });
    const shared = new Set(trips.flatMap(trip => (trip.sharers ? [trip.attestationId] : [])));
    const ends = new Map<string, End>();
    for (const one of attested) {
      const key = `${persons.get(one.pseudonym)} ${one.day}`;
      const end = endOf(one, shared.has(one.attestationId));
      const before = ends.get(key);
      if (before === undefined || order.indexOf(end) < order.indexOf(before)) ends.set(key, end);
    }
    return ends;
  });
}

/** Which rules stop each person's day, `person day`. */
export async function rulesOf(town: Town): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = await sql<{ pseudonym: string; day: Day; rules: string[] }>`
    select a.pseudonym, a.local_day as day, json_agg(distinct f ->> 'rule') as rules
    from presence.judgement j, jsonb_array_elements(j.findings) f, presence.day_attestation a
    where a.network_id = j.network_id and a.attestation_id = j.attestation_id and f ->> 'status' in ('review', 'blocked')
      and not exists (select from presence.judgement l where l.network_id = j.network_id
        and l.attestation_id = j.attestation_id and l.judge = j.judge and l.revision > j.revision)
    group by 1, 2`.execute(town.db);
  const persons = await town.work(work => personsOf(work, [...new Set(found.rows.map(row => row.pseudonym))]));
  return new Map(found.rows.map(row => [`${persons.get(row.pseudonym)} ${row.day}`, row.rules]));
}
