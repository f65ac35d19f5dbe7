// Runs where payload-reserve was installed, on a database of its own: the same bookings as ours, through its local API.
import { postgresAdapter } from '@payloadcms/db-postgres';
import { buildConfig, getPayload } from 'payload';
import { payloadReserve } from 'payload-reserve';

const { DATABASE_URL, CLIENTS, MOST_MS, CONTESTED } = process.env;
const [clients, most_ms, contested] = [CLIENTS, MOST_MS, CONTESTED].map(Number);
const config = await buildConfig({
  secret: 'bench',
  telemetry: false,
  typescript: { autoGenerate: false },
  logger: { options: { level: 'fatal' } },
  db: postgresAdapter({ pool: { connectionString: DATABASE_URL, max: clients }, push: true, schemaName: 'peer' }),
  collections: [{ slug: 'users', auth: true, fields: [] }],
  plugins: [payloadReserve({})],
});
const payload = await getPayload({ config });
// Its tables are made in development alone; it is measured as in production.
if (process.env['NODE_ENV'] === 'development') process.exit(0);
const create = (collection, data) => payload.create({ collection, data, depth: 0, overrideAccess: true });
const service = await create('services', { name: 'Poste', duration: 240, durationType: 'fixed', price: 12 });
const resources = [];
for (let n = 0; n < 100; n++)
  resources.push((await create('resources', { name: `Bureau ${n}`, services: [service.id], quantity: 1 })).id);
const customers = [];
for (let n = 0; n < clients; n++) {
  const person = {
    firstName: 'Camille',
    lastName: `Essai ${n}`,
    email: `personne-${n}@example.org`,
    password: 'bench-bench',
  };
  customers.push((await create('customers', person)).id);
}
const first = Date.UTC(new Date().getUTCFullYear() + 1, 0, 4, 8);
const book = (resource, customer, slot) => {
  const startTime = new Date(first + slot * 4 * 3_600_000).toISOString();
  return create('reservations', { service: service.id, resource, customer, startTime });
};
const refusals = new Map();
const tried = asked =>
  asked.then(
    () => true,
    error => {
      const why = error.data?.errors?.[0]?.message ?? error.message;
      refusals.set(why, (refusals.get(why) ?? 0) + 1);
      return false;
    },
  );

let made = 0;
const began = performance.now();
await Promise.all(
  customers.map(async (customer, c) => {
    for (let turn = 0; performance.now() - began < most_ms; turn++) {
      const own = resources.filter((_, n) => n % clients === c);
      if (await tried(book(own[turn % own.length], customer, Math.floor(turn / own.length)))) made++;
    }
  }),
);
const a_second = made / ((performance.now() - began) / 1000);

const contestedBegan = performance.now();
for (let n = 0; n < contested; n++) {
  const resource = resources[n % resources.length];
  const slot = 10_000 + Math.floor(n / resources.length);
  await Promise.all(customers.map(customer => tried(book(resource, customer, slot))));
}
const contested_ms = (performance.now() - contestedBegan) / contested;
const { rows } = await payload.db.pool.query(
  `select count(*)::int as granted, count(*) filter (where copies > 1)::int as doubled from (
     select count(*) as copies from peer.reservations where start_time >= $1 and status <> 'cancelled' group by resource_id, start_time) s`,
  [new Date(first + 10_000 * 4 * 3_600_000).toISOString()],
);
process.stdout.write(`${JSON.stringify({ a_second, contested_ms, ...rows[0], refusals: [...refusals] })}\n`);
process.exit(0);
