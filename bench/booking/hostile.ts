import { sql } from 'kysely';
import { book, bookMany, cancel } from '../../src/booking/booking.ts';
import type { Id } from '../../src/kernel/ids.ts';
import type { Day, DayPart } from '../../src/kernel/time.ts';
import type { Actor } from '../../src/kernel/visit.ts';
import { randomId, systemClock } from '../../src/platform/clock.ts';
import { type Database, inNetwork, type OpenDatabase, openDatabase, type Work } from '../../src/platform/database.ts';
import { chanceFrom } from '../claims/network.ts';
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
  const create = async (): Promise<number> => {
    const request = asked(pick(days));
    const actor: Actor = { personId: request.personId, firstName: '', memberships: [] };
    const made = await run(work => book(work, actor, request));
    if (made.ok) own.push({ bookingId: made.value.bookingId, actor });
    return Number(made.ok);
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
    for (const one of made) if (one.ok) own.push({ bookingId: one.value.bookingId, actor });
    return made.filter(one => one.ok).length;
  };
  const free = async (): Promise<number> => {
    const one = own.pop();
    if (one === undefined) return 0;
    await run(work => cancel(work, one.actor, one));
    return 0;
  };
  return () => {
    const draw = chance();
    return draw < 0.45 ? create() : draw < 0.55 ? series() : free();
  };
}

/** Every verb on the same few desks at once; what the database then holds is counted in the database. */
export async function hostile({ db, url }: OpenDatabase, attempts: number): Promise<readonly Row[]> {
  const town = await foundTown(db, 'benchhostile', scarce);
  const many = openDatabase(url, connections);
  const source = { db: many.db, clock: systemClock, newId: randomId };
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
      where network_id = ${town.networkId} and status <> 'cancelled' and price_eur_cents > 0 and 1 <> (
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
