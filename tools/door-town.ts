import {
  accessSheet,
  type Codes,
  codesOf,
  type GrantTold,
  type LockTold,
  setLock,
  setOpened,
} from '../src/access/access.ts';
import { checkLock } from '../src/access/jobs/telling.ts';
import { listeners as accessHears, timetable } from '../src/access/jobs.ts';
import { type Booking, book } from '../src/booking/booking.ts';
import { listeners as bookingHears } from '../src/booking/jobs.ts';
import type { Id } from '../src/kernel/ids.ts';
import type { Outcome } from '../src/kernel/outcome.ts';
import { type Day, instant } from '../src/kernel/time.ts';
import type { Actor } from '../src/kernel/visit.ts';
import { systemChance } from '../src/platform/clock.ts';
import type { Shell } from '../src/platform/http.ts';
import { hearAll, type Listener } from '../src/platform/jobs.ts';
import { silentLog } from '../src/platform/log.ts';
import { openSecretsOf } from '../src/platform/secrets.ts';
import { sampleSpace } from '../src/spaces/sample.ts';
import { addSpaces, resourcesOf, type Space } from '../src/spaces/spaces.ts';
import { type DoorServer, startDoor } from './door-server.ts';
import { countingIds, freshNetwork, type TestNetwork } from './fresh-database.ts';
import { done } from './small-network.ts';

export const worker = (n: number): Actor => ({
  personId: `per_0000000${n}`,
  firstName: 'Ada',
  memberships: [{ role: 'worker', scope: null }],
});
export const operator: Actor = { ...worker(9), memberships: [{ role: 'network_operator', scope: null }] };

/** What a lock that speaks the contract names: a front door, and an office's. */
export const groupsTold = {
  schema: 'parvis.access/1',
  groups: [
    { id: 'front', name: 'Porte d’entrée' },
    { id: 'office', name: 'Cabinet' },
  ],
};

const secrets = openSecretsOf('doors');
const means = { secrets, chance: systemChance };

type World = Shell & { readonly patience_ms: number };

/** A free space on its own network, with a lock that agrees to everything; its office has a door of its own. */
export interface DoorTown {
  readonly net: TestNetwork;
  readonly door: DoorServer;
  readonly space: Space;
  readonly office: Id<'res'>;
  readonly means: typeof means;
  readonly world: (over?: Partial<Pick<Shell, 'secrets' | 'chance'>>) => World;
  readonly at: (moment: string) => void;
  /** What booking and access do about what was announced. */
  readonly hear: () => Promise<void>;
  /** What the clock sets off each minute. */
  readonly minute: (world?: World) => Promise<void>;
  readonly lock: (over?: Partial<Parameters<typeof setLock>[2]>) => Promise<Outcome<LockTold>>;
  /** Someone new books the morning of 16 June, unless told otherwise. */
  readonly someoneBooks: (over?: Partial<Parameters<typeof book>[2]>) => Promise<{ n: number; booking: Booking }>;
  readonly grants: () => Promise<readonly GrantTold[]>;
  readonly grantOf: (booking: Booking) => Promise<GrantTold>;
  readonly codes: (n: number, booking: Booking) => Promise<Codes>;
  readonly close: () => Promise<void>;
}

const tariffs = (['desk', 'office'] as const).flatMap(kind =>
  (['half_day', 'day'] as const).map(part => ({ kind, part, amount_eur_cents: 0n, deliberation: '2024-041' })),
);

export async function openDoorTown(): Promise<DoorTown> {
  let now = '2026-06-15T08:00:00Z';
  const door = await startDoor(({ path }) =>
    path === '/groups' ? { status: 200, body: groupsTold } : { status: 204 },
  );
  const net = await freshNetwork(now);
  const [space] = done(await net.work(w => addSpaces(w, operator, [sampleSpace({ tariffs })]))) as [Space];
  const { spaceId } = space;
  const office = (await net.work(w => resourcesOf(w, [spaceId]))).find(one => one.kind === 'office')!.resourceId;
  const ids = countingIds();
  const outer = {
    db: net.database.db,
    database: net.database,
    clock: () => instant(now),
    newId: kind => ids(kind).replace('_', '_h') as Id<typeof kind>,
    ...{ secrets, chance: systemChance, patience_ms: 300, post: async () => {} },
    settings: { publicUrl: null } as Shell['settings'],
  } satisfies Partial<World> as unknown as World;
  const world: DoorTown['world'] = over => ({ ...outer, ...over });
  const hear = async (): Promise<void> => {
    const table: Record<string, Listener[]> = {};
    for (const room of [bookingHears(outer), accessHears(outer)])
      for (const [event, heard] of Object.entries(room)) table[event] = [...(table[event] ?? []), ...heard];
    await hearAll(net.database, { listeners: table, log: silentLog });
  };
  const lock: DoorTown['lock'] = over =>
    net.work(w =>
      setLock(w, operator, {
        ...{ spaceId, adapter: 'webhook', address: door.address, token: 'jeton-secret', means },
        ...{ opens: true, givesPin: true, before_min: 15, after_min: 30 },
        ...over,
      }),
    );
  const grants = async () => done(await net.work(w => accessSheet(w, operator, space.slug))).grants;
  let people = 0;
  done(await lock());
  await checkLock(outer, net.networkId, spaceId);
  const resources = [{ resourceId: office, groupId: 'office' }];
  done(await net.work(w => setOpened(w, operator, { spaceId, everyone: ['front'], resources, means })));
  door.forget();
  return {
    ...{ net, door, space, office, means, world, hear, lock, grants },
    at: moment => {
      now = moment;
      net.at(moment);
    },
    minute: async (from = outer) => {
      await timetable(from)
        .find(one => one.name === 'access.tell')!
        .task();
    },
    someoneBooks: async over => {
      people += 1;
      const n = people;
      const asked = { spaceId, day: '2026-06-16' as Day, part: 'morning', ...over } as const;
      return { n, booking: done(await net.work(w => book(w, worker(n), asked))) };
    },
    grantOf: async ({ bookingId }) => (await grants()).find(one => one.bookingId === bookingId)!,
    codes: async (n, { bookingId }) => done(await net.work(w => codesOf(w, worker(n), { bookingId, secrets }))),
    close: async () => {
      await door.close();
      await net.database.db.destroy();
    },
  };
}
