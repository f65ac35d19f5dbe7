import { sql } from 'kysely';
import type { OpenDatabase } from '../../src/platform/database.ts';
import { resourcesOf } from '../../src/spaces/spaces.ts';
import { judged, type Row } from '../suite.ts';
import { quantile } from './load.ts';
import { serverOn } from './server.ts';
import { foundTown, type Town } from './town.ts';

const spaces = 500;
const desks = 20;

/** Bookings of whole days, desk after desk, from two years back to the last day that can be booked. */
async function fill({ db }: OpenDatabase, town: Town, bookings: number): Promise<void> {
  const resources = await town.run(work => resourcesOf(work, town.spaceIds));
  await sql`insert into booking.booking (network_id, booking_id, space_id, resource_id, kind, person_id, local_day, part, during, keeps,
      price_eur_cents, payer_kind, payer_id, booked_by, booked_at)
    select ${town.networkId}, 'bkg_' || lpad(n::text, 10, '0'), r.space, r.resource, 'desk', 'per_' || lpad(n::text, 10, '0'), day,
      'day', tstzrange(day + time '08:00', day + time '17:00'), tstzrange(day + time '08:00', day + time '17:00'), 1400, 'person', 'per_' || lpad(n::text, 10, '0'),
      'per_' || lpad(n::text, 10, '0'), now()
    from (select n, (${town.days.at(-1)!}::date - (n / ${resources.length}::int)::int) as day, n % ${resources.length}::int + 1 as place
        from generate_series(0, ${bookings - 1}::int) n) one
      join unnest(${resources.map(one => one.spaceId)}::text[], ${resources.map(one => one.resourceId)}::text[])
        with ordinality as r (space, resource, place) on r.place = one.place`.execute(db);
  // A network at rest: what these bookings change was told long ago, and autovacuum has been.
  await sql`delete from platform.change`.execute(db);
  await sql`vacuum analyze`.execute(db);
}

/** Every space of a large network with what is free on a day, over HTTP, among so many bookings. */
export async function availability(scratch: OpenDatabase, home: string, bookings: number): Promise<readonly Row[]> {
  const town = await foundTown(scratch.db, 'benchlarge', { spaces, desks, people: 1, signedIn: 1 });
  await fill(scratch, town, bookings);
  const server = await serverOn(scratch.url, home);
  try {
    const taken_ms: number[] = [];
    // Two hundred, so that the 95th percentile is more than the third worst.
    for (let n = 0; n < 210; n++) {
      const day = town.days[n % town.days.length]!;
      const from = performance.now();
      const answer = await fetch(`${server.address}/api/v1/spaces?day=${day}`);
      const { spaces: found } = (await answer.json()) as { spaces: readonly unknown[] };
      if (found.length !== spaces) throw new Error(`${found.length} spaces of ${spaces}`);
      if (n >= 10) taken_ms.push(performance.now() - from);
    }
    return [
      judged({
        name: `availability of ${spaces} spaces over ${bookings} bookings, p95`,
        ...{ value: quantile(taken_ms, 0.95), unit: 'ms', goal: '<= 50' },
      }),
    ];
  } finally {
    await server.stop();
  }
}
