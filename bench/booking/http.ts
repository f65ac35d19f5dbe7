import { sql } from 'kysely';
import type { DayPart } from '../../src/kernel/time.ts';
import type { OpenDatabase } from '../../src/platform/database.ts';
import { resourcesOf } from '../../src/spaces/spaces.ts';
import { builtProgram, root, start } from '../server.ts';
import { judged, type Row } from '../suite.ts';
import { arrivals } from './arrivals.ts';
import { wrongsIn } from './hostile.ts';
import { type Answer, load, type NextAsk, quantile } from './load.ts';
import { serverOn } from './server.ts';
import { foundTown, type Town } from './town.ts';

const clients = 10;
const most_ms = 20_000;
const halves: readonly DayPart[] = ['morning', 'afternoon'];

const count = (answers: readonly Answer[], status: number): number =>
  answers.filter(answer => answer.status === status).length;

/** Each client books for people of its own, half-day after half-day, each in the space next to the last one's. */
function bookers(town: Town): readonly NextAsk[] {
  const slots = town.days.flatMap(day => halves.map(part => ({ day, part })));
  return Array.from({ length: clients }, (_, c) => {
    const tokens = town.tokens.filter((_, i) => i % clients === c);
    let turn = 0;
    return () => {
      const slot = slots[Math.floor(turn / tokens.length)];
      if (slot === undefined) return null;
      const token = tokens[turn % tokens.length]!;
      const space_id = town.spaceIds[(turn * clients + c) % town.spaceIds.length]!;
      turn++;
      return { path: '/api/v1/bookings', token, body: { ...slot, space_id } };
    };
  });
}

const bareAsks = (): readonly NextAsk[] =>
  Array.from({ length: clients }, (_, c) => {
    let turn = 0;
    return () => {
      const at = Date.UTC(2027, 0, 4, 8) + turn++ * 3_600_000;
      const [from, to] = [new Date(at).toISOString(), new Date(at + 3_600_000).toISOString()];
      return { path: '/', token: 'none', body: { resource_id: `res_${c}_${turn % 100}`, from, to } };
    };
  });

/** Ten people want the same desk for the same half-day, desk after desk, on days that nobody else has reached yet. */
async function rivalry(town: Town, address: string, rounds: number) {
  const desks = await town.run(work => resourcesOf(work, town.spaceIds));
  const days = town.days.slice(-4);
  const groups = Math.floor(town.tokens.length / clients);
  const taken_ms: number[] = [];
  let odd = 0;
  for (let n = 0; n < rounds; n++) {
    const desk = desks[n % desks.length]!;
    const slot = { day: days[Math.floor(n / groups) % days.length]!, part: 'morning' };
    const body = { ...slot, space_id: desk.spaceId, resource_id: desk.resourceId };
    const asks = town.tokens.slice((n % groups) * clients, (n % groups) * clients + clients).map((token): NextAsk => {
      const left = [{ path: '/api/v1/bookings', token, body }];
      return () => left.pop() ?? null;
    });
    const { answers, p95_ms } = await load(address, asks);
    taken_ms.push(p95_ms);
    odd += Number(count(answers, 201) !== 1 || count(answers, 409) !== clients - 1);
  }
  return { odd, p95_ms: quantile(taken_ms, 0.95) };
}

/** Full bookings over HTTP (session, rules, payer, price, charge, outbox) beside the least that a booking can be. */
export async function throughput({ db, url }: OpenDatabase, home: string): Promise<readonly Row[]> {
  const bare = await start(builtProgram('bench-bare'), { DATABASE_URL: url }, root);
  const least = await load(bare.address, bareAsks(), most_ms / 2);
  await bare.stop();
  const town = await foundTown(db, 'benchhttp', { spaces: 50, desks: 20, people: 400, signedIn: 400 });
  const server = await serverOn(url, home);
  try {
    const nexts = bookers(town);
    await load(server.address, nexts, 2_000);
    // What autovacuum does within a minute: plans made for an empty table would be measured instead.
    await sql`analyze booking.booking, billing.charge`.execute(db);
    const full = await load(server.address, nexts, most_ms);
    const rivals = await rivalry(town, server.address, 100);
    const arrived = await arrivals(town, server.address);
    const { overlaps } = await wrongsIn(db, town.networkId);
    return [
      judged({ name: 'a bare booking over HTTP', value: least.a_second, unit: '/s', goal: '>= 1' }),
      judged({ name: `bookings over HTTP, ${clients} clients`, value: full.a_second, unit: '/s', goal: '>= 1000' }),
      judged({
        name: 'share of the bare one',
        value: (100 * full.a_second) / least.a_second,
        unit: '%',
        goal: '>= 15',
        ratio_to: 'a bare booking',
      }),
      judged({ name: 'p95', value: full.p95_ms, unit: 'ms', goal: '<= 40' }),
      judged({ name: 'not booked', value: full.answers.length - count(full.answers, 201), unit: '', goal: '= 0' }),
      judged({
        name: `slots of ${clients} rivals without one 201 and ${clients - 1} 409`,
        ...{ value: rivals.odd, unit: '', goal: '= 0' },
      }),
      judged({ name: 'rivals, p95', value: rivals.p95_ms, unit: 'ms', goal: '<= 60' }),
      judged({ name: 'overlaps', value: overlaps, unit: '', goal: '= 0' }),
      ...arrived,
    ];
  } finally {
    await server.stop();
  }
}
