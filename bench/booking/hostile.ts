import { sql } from 'kysely';
import {
  type Booking,
  book,
  bookMany,
  cancel,
  confirm,
  decide,
  endPending,
  move,
  promote,
  setPolicy,
  wait,
} from '../../src/booking/booking.ts';
import { defaultPolicy } from '../../src/booking/policy.ts';
import type { Id } from '../../src/kernel/ids.ts';
import type { Outcome } from '../../src/kernel/outcome.ts';
import { type Day, type DayPart, localDay } from '../../src/kernel/time.ts';
import type { Actor } from '../../src/kernel/visit.ts';
import { randomId, systemClock } from '../../src/platform/clock.ts';
import { type Database, inNetwork, type OpenDatabase, openDatabase, type Work } from '../../src/platform/database.ts';
import { chanceFrom, done, operator } from '../claims/network.ts';
import { judged, type Row, timed } from '../suite.ts';
import { foundTown, type Town } from './town.ts';

const connections = 64;

/** Live bookings that overlap on a desk or a person, and charges that are not one a live booking. */
export async function wrongsIn(db: Database, networkId: Id<'net'>) {
  const found = await sql<{ overlaps: number; live: number }>`
    with live as (select * from booking.booking where network_id = ${networkId} and status <> 'cancelled')
    select (select count(*) from live a join live b on a.booking_id < b.booking_id and a.during && b.during
        and (a.resource_id = b.resource_id or a.person_id = b.person_id))::int as overlaps,
      (select count(*) from live)::int as live`.execute(db);
  return found.rows[0]!;
}

const parts: readonly DayPart[] = ['morning', 'afternoon', 'day'];

/** Few people, few desks, few days: nearly every attempt meets a rival. */
const scarce = { spaces: 2, desks: 4, people: 80, signedIn: 0 };

type Verb = () => Promise<number>;

function attacker(town: Town, seed: number, run: Town['run']) {
  const chance = chanceFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(chance() * list.length)]!;
  const own: { bookingId: string; actor: Actor }[] = [];
  const days = town.days.slice(0, 6);
  const asked = (day: Day) => ({
    spaceId: pick(town.spaceIds),
    day,
    part: pick(parts),
    personId: pick(town.personIds),
  });
  const keep = (made: Outcome<Booking>, actor: Actor): number => {
    if (made.ok) own.push({ bookingId: made.value.bookingId, actor });
    return Number(made.ok);
  };
  const create = async (hold: boolean): Promise<number> => {
    const request = asked(pick(days));
    const actor: Actor = { personId: request.personId, firstName: '', memberships: [] };
    return keep(await run(work => book(work, actor, { ...request, hold })), actor);
  };
  const series = async (): Promise<number> => {
    const first = asked(days[0]!);
    const actor: Actor = { personId: first.personId, firstName: '', memberships: [] };
    const made = await run(work =>
      bookMany(
        work,
        days.map(day => ({ ...first, day })),
      ),
    );
    return made.reduce((sum, one) => sum + keep(one, actor), 0);
  };
  const change = async (): Promise<number> => {
    const one = own.pop();
    if (one === undefined) return 0;
    const to = chance() < 0.3 ? { part: 'day' as const } : { day: pick(days), part: pick(parts) };
    const made = await run(work => move(work, one.actor, { bookingId: one.bookingId, ...to }));
    if (!made.ok) own.push(one);
    return keep(made, one.actor);
  };
  const onLast = (verb: (work: Work, one: (typeof own)[number]) => Promise<unknown>) => async (): Promise<number> => {
    const one = own.at(-1);
    if (one !== undefined) await run(work => verb(work, one));
    return 0;
  };
  const settle = onLast((work, one) => confirm(work, one.actor, one.bookingId));
  const answer = onLast((work, { bookingId }) =>
    decide(work, operator, { bookingId, approved: chance() < 0.7, reason: '' }),
  );
  const queue = async (): Promise<number> => {
    const { personId, ...request } = asked(pick(days));
    await run(work => wait(work, { personId, firstName: '', memberships: [] }, request));
    return 0;
  };
  const free = async (): Promise<number> => {
    const one = own.pop();
    if (one !== undefined) await run(work => cancel(work, one.actor, one));
    return 0;
  };
  const verbs: readonly (readonly [upTo: number, verb: Verb])[] = [
    [0.25, () => create(false)],
    [0.35, () => create(true)],
    [0.42, series],
    [0.57, change],
    [0.64, settle],
    [0.71, answer],
    [0.74, queue],
    [0.76, async () => (await run(work => promote(work, { spaceIds: town.spaceIds, days }))).length],
    [0.78, async () => Number((await run(endPending)).length < 0)],
    [1, free],
  ];
  return () => {
    const draw = chance();
    return verbs.find(([upTo]) => draw < upTo)![1]();
  };
}

/** A clock a hundred times as fast: what is kept ten minutes ends in six seconds. */
function fastClock(): () => ReturnType<typeof systemClock> {
  const from = systemClock();
  return () => from.add({ milliseconds: 100 * (systemClock().epochMilliseconds - from.epochMilliseconds) });
}

/** Every verb on the same few desks at once; what the database then holds is counted in the database. */
export async function hostile({ db, url }: OpenDatabase, attempts: number): Promise<readonly Row[]> {
  const town = await foundTown(db, 'benchhostile', scarce);
  const [, asking] = town.spaceIds;
  const rules = {
    ...defaultPolicy,
    furthest_days: 60,
    cancel_hours: 1,
    late_cancellation: 'charged',
    approval: 'required',
  } as const;
  done(
    await town.run(work =>
      setPolicy(work, operator, { spaceId: asking!, from: localDay(work.now, 'Europe/Paris'), ...rules }),
    ),
  );
  const many = openDatabase(url, connections);
  const source = { db: many.db, clock: fastClock(), newId: randomId };
  const run = <T>(task: (work: Work) => Promise<T>) => inNetwork(source, town.networkId, task);
  let [left, granted] = [attempts, 0];
  const rival = async (n: number) => {
    const attempt = attacker(town, 20_261_128 + n, run);
    while (left-- > 0) {
      const more = await attempt();
      granted += more;
    }
  };
  const taken_ms = await timed(() => Promise.all(Array.from({ length: connections }, (_, n) => rival(n))));
  await many.db.destroy();
  const { overlaps, live } = await wrongsIn(db, town.networkId);
  const { unpaid } = (
    await sql<{ unpaid: number }>`select count(*)::int as unpaid from booking.booking b
      where network_id = ${town.networkId} and status <> 'cancelled' and price_eur_cents > 0 and (status = 'confirmed')::int <> (
        select count(*) from billing.charge c where c.network_id = b.network_id and c.reference = b.booking_id and c.reversal_of is null)`.execute(
      db,
    )
  ).rows[0]!;
  return [
    judged({
      name: `overlaps after ${attempts} attempts of ${connections} rivals`,
      value: overlaps,
      unit: '',
      goal: '= 0',
    }),
    judged({ name: 'live bookings without their one charge', value: unpaid, unit: '', goal: '= 0' }),
    judged({ name: 'bookings granted meanwhile', value: granted, unit: '', goal: '>= 100' }),
    judged({ name: 'live at the end', value: live, unit: '', goal: '>= 1' }),
    judged({ name: 'attempts', value: attempts / (taken_ms / 1000), unit: '/s', goal: '>= 200' }),
  ];
}
