import { sql } from 'kysely';
import type { OpenDatabase } from '../../src/platform/database.ts';
import type { Running } from '../server.ts';
import { judged, type Row } from '../suite.ts';
import { wrongsIn } from './hostile.ts';
import { client } from './load.ts';
import { serverOn } from './server.ts';
import { foundTown } from './town.ts';

const clients = 16;
const kills = 5;
const between_ms = 3_000;

/**
 * The program killed (SIGKILL) and started again while people book and cancel: whatever it answered before it died stands in
 * the database, and each live booking has its one charge.
 */
export async function killed({ db, url }: OpenDatabase, home: string): Promise<readonly Row[]> {
  const town = await foundTown(db, 'benchkilled', { spaces: 4, desks: 8, people: 64, signedIn: 64 });
  let server: Running | null = await serverOn(url, home);
  let over = false;
  let broken = 0;
  const told = new Map<string, 'confirmed' | 'cancelled'>();
  const doubt = new Set<string>();
  const run = async (c: number) => {
    let turn = c;
    const own: string[] = [];
    const tokens = town.tokens.filter((_, i) => i % clients === c);
    while (!over) {
      const at = server?.address;
      if (at === undefined) {
        await new Promise(wait => setTimeout(wait, 20));
        continue;
      }
      const { ask, close } = client(at);
      try {
        for (; !over; turn++) {
          const token = tokens[turn % tokens.length]!;
          const day = town.days[turn % 20]!;
          const body = { space_id: town.spaceIds[turn % 4]!, day, part: turn % 3 === 0 ? 'morning' : 'day' };
          const booked = await ask('/api/v1/bookings', { token, body });
          if (booked.status !== 201) {
            const gone = own.shift();
            if (gone === undefined) continue;
            const [id, holder] = gone.split(' ');
            doubt.add(id!);
            const moved = await ask(`/api/v1/bookings/${id}/move`, { token: holder!, body: { part: 'afternoon' } });
            doubt.delete(id!);
            if (moved.status === 200) {
              told.set(id!, 'cancelled');
              told.set((JSON.parse(moved.body) as { booking_id: string }).booking_id, 'confirmed');
            }
            continue;
          }
          const { booking_id } = JSON.parse(booked.body) as { booking_id: string };
          told.set(booking_id, 'confirmed');
          own.push(`${booking_id} ${token}`);
        }
      } catch {
        // The server died under this request: nobody was told anything.
        broken++;
        await new Promise(wait => setTimeout(wait, 20));
      } finally {
        close();
      }
    }
  };
  const running = Array.from({ length: clients }, (_, c) => run(c));
  for (let n = 0; n < kills; n++) {
    await new Promise(wait => setTimeout(wait, between_ms));
    const dying: Running | null = server;
    server = null;
    await dying?.stop('SIGKILL');
    server = await serverOn(url, home);
  }
  await new Promise(wait => setTimeout(wait, between_ms));
  over = true;
  await Promise.all(running);
  await server?.stop();
  const stands = await sql<{ id: string; status: string }>`select booking_id as id, status from booking.booking
    where network_id = ${town.networkId}`.execute(db);
  const status = new Map(stands.rows.map(row => [row.id, row.status]));
  // A request that died on its way may have been done without anyone being told.
  const lost = [...told].filter(([id, said]) => !doubt.has(id) && status.get(id) !== said).length;
  const { overlaps } = await wrongsIn(db, town.networkId);
  return [
    judged({ name: `acknowledged bookings lost, ${kills} kills -9`, value: lost, unit: '', goal: '= 0' }),
    judged({ name: 'acknowledged meanwhile', value: told.size, unit: '', goal: '>= 100' }),
    judged({ name: 'requests that died with the server', value: broken, unit: '', goal: '>= 1' }),
    judged({ name: 'overlaps after the kills', value: overlaps, unit: '', goal: '= 0' }),
  ];
}
