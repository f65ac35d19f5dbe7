import { sql } from 'kysely';
import { sha256 } from '../src/kernel/canonical.ts';
import { isIntact, placesOf, sealPending, submit } from '../src/notary/notary.ts';
import { randomId, systemClock } from '../src/platform/clock.ts';
import { inNetwork, type OpenDatabase, openDatabase, type Work } from '../src/platform/database.ts';
import { inScratchDatabase } from '../src/platform/open.ts';
import { openSecretsOf } from '../src/platform/secrets.ts';
import { readSettings } from '../src/platform/settings.ts';
import { judged, type Row, type Suite, timed } from './suite.ts';

const networkId = 'net_benchnetwork';
const keyring = { secrets: openSecretsOf('bench'), host: null };
const [writers, rounds, backlog] = [64, 40, 100_000];

const entryOf = (name: string) => ({
  type: 'presence',
  site: 'spc_00000001',
  day: '2026-06-15',
  person_commit: sha256(`person ${name}`),
  payload_commit: sha256(`payload ${name}`),
});

const percentile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

/** Writers that each submit one entry after the other; milliseconds that each submission took. */
async function writing(run: <T>(task: (work: Work) => Promise<T>) => Promise<T>, name: string) {
  const taken_ms: number[] = [];
  const writer = async (n: number) => {
    for (let round = 0; round < rounds; round++) {
      taken_ms.push(await timed(() => run(work => submit(work, [entryOf(`${name} ${n} ${round}`)]))));
    }
  };
  const all_ms = await timed(() => Promise.all(Array.from({ length: writers }, (_, n) => writer(n))));
  return {
    p95_ms: percentile(taken_ms, 0.95),
    p99_ms: percentile(taken_ms, 0.99),
    a_second: taken_ms.length / (all_ms / 1000),
  };
}

async function measured({ url }: OpenDatabase): Promise<readonly Row[]> {
  const { db } = openDatabase(url, writers + 2);
  const source = { db, clock: systemClock, newId: randomId };
  const run = <T>(task: (work: Work) => Promise<T>) => inNetwork(source, networkId, task);
  const sealAll = () => run(work => sealPending(work, keyring));
  await sql`insert into people.network (network_id, name, profile, fictitious, created_at)
    values (${networkId}, 'Bench', 'demo', true, now())`.execute(db);
  await writing(run, 'warm up');
  const alone = await writing(run, 'alone');
  let over = false;
  let seals = 0;
  const sealing = (async () => {
    for (; !over; seals++) await sealAll();
  })();
  const beside = await writing(run, 'beside');
  over = true;
  await sealing;
  const waiting = Array.from({ length: backlog }, (_, n) => entryOf(`backlog ${n}`));
  const ids = await run(work => submit(work, waiting));
  const seal_ms = await timed(async () => {
    for (let sealed = await sealAll(); sealed.ok && sealed.value !== null; ) sealed = await sealAll();
  });
  const placed = (await run(work => placesOf(work, ids))).size;
  const intact = await run(isIntact);
  await db.destroy();
  return [
    judged({ name: `submissions, ${writers} writers`, value: alone.a_second, unit: '/s', goal: '>= 700' }),
    judged({ name: 'one submission, p95', value: alone.p95_ms, unit: 'ms', goal: '<= 150' }),
    judged({
      name: 'the same beside a sealer',
      value: beside.p95_ms / alone.p95_ms,
      unit: '×',
      goal: '<= 2',
      ratio_to: 'p95 alone',
    }),
    judged({ name: 'one submission beside a sealer, p99', value: beside.p99_ms, unit: 'ms', goal: '<= 300' }),
    judged({ name: 'seals meanwhile', value: seals, unit: '', goal: '>= 2' }),
    judged({ name: `sealing ${backlog} entries`, value: seal_ms / 1000, unit: 's', goal: '<= 12' }),
    judged({ name: 'of them placed, in a log that holds', value: intact ? placed : 0, unit: '', goal: `= ${backlog}` }),
  ];
}

export const log: Suite = {
  name: 'log',
  summary: 'the sealed log: many writers beside a sealer, a backlog sealed',
  run: () => inScratchDatabase(readSettings(), measured),
};
