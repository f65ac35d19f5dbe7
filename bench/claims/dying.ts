import { openDatabase } from '../../src/platform/database.ts';
import { type Errand, issuedAt, requests } from './issuing.ts';
import { done, openNetwork } from './network.ts';

const die = () => process.kill(process.pid, 'SIGKILL');

/** Runs one request and tells how many statements it took; every await on the database counts as one. */
async function run({ url, networkId, projectId, claimId, request, dies_at, dies }: Errand): Promise<void> {
  const { db, pool } = openDatabase(url, 1);
  let statements = 0;
  pool.on('connect', client => {
    const query = client.query.bind(client) as (...asked: unknown[]) => unknown;
    const counted = (...asked: unknown[]): unknown => {
      const isLast = ++statements === dies_at;
      if (isLast && dies === 'before') die();
      const answer = query(...asked);
      if (isLast) setImmediate(die);
      return answer;
    };
    Object.assign(client, { query: counted });
  });
  const { work } = openNetwork(db, networkId, issuedAt);
  done(await work(w => requests[request]!(w, projectId, claimId)));
  await db.destroy();
  process.stdout.write(String(statements));
}

await run(JSON.parse(process.argv[2] ?? '{}') as Errand);
