import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Id } from '../../src/kernel/ids.ts';
import { closePeriod } from '../../src/mrv/mrv.ts';
import type { OpenDatabase } from '../../src/platform/database.ts';
import { readSettings } from '../../src/platform/settings.ts';
import { judged, type Row } from '../suite.ts';
import { type Errand, issuedAt, requests } from './issuing.ts';
import { type BenchNetwork, done, foundNetwork, keyring, liveMonth, operator } from './network.ts';

const presences = 220;

interface Ended {
  readonly killed: boolean;
  readonly said: string;
}

/** The errand in a process of its own. */
const sent = (errand: Errand): Promise<Ended> =>
  new Promise((ended, fail) => {
    const program = join(readSettings().root, 'dist', 'server', 'bench-dying.js');
    const child = spawn(process.execPath, [program, JSON.stringify(errand)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let said = '';
    child.stdout.on('data', (piece: Buffer) => {
      said += piece.toString();
    });
    child.on('error', fail);
    child.on('close', (_code, signal) => ended({ killed: signal === 'SIGKILL', said }));
  });

const claimOf = async ({ db, networkId }: BenchNetwork): Promise<string> => {
  const found = await sql<{
    claim_id: string;
  }>`select claim_id from claims.claim where network_id = ${networkId}`.execute(db);
  return found.rows[0]?.claim_id ?? '';
};

/** Asks for what is left, from one request on. */
async function goOn(net: BenchNetwork, from: number, until = requests.length): Promise<void> {
  for (const request of requests.slice(from, until)) {
    const claimId = await claimOf(net);
    done(await net.work(work => request(work, net.projectId, claimId)));
  }
}

/** A certifying network whose month is closed, with nothing claimed. */
async function ready({ db }: OpenDatabase, networkId: Id<'net'>): Promise<BenchNetwork> {
  const asked = { networkId, profile: 'certifying', spaces: 1, people: presences / 22, contract: false } as const;
  const net = await foundNetwork(db, asked);
  await liveMonth(net, '2026-09', { presences, mark: '09' });
  net.at(issuedAt);
  done(await net.work(work => closePeriod(work, operator, { month: '2026-09', keyring })));
  return net;
}

/** By how many claims, lines and units the books differ from one issue of what the claim came to. */
async function residualOf({ db, networkId }: BenchNetwork): Promise<number> {
  const found = await sql<{ off: number }>`
    with own as (select claim_id, (result -> 'settlement' ->> 'credits')::int as credits,
        jsonb_array_length(result -> 'lines') as lines from claims.claim where network_id = ${networkId}),
      units as (select coalesce(sum(n) filter (where parent_id is null), 0) as issued,
          coalesce(sum(n) filter (where closed_at is null), 0) as open, count(*) filter (where parent_id is null) as roots
        from (select *, upper(numbers) - lower(numbers) as n from registry.unit_range where network_id = ${networkId}) r)
    select (abs((select count(*) from own) - 1)
      + abs((select count(*) from mrv.claimed where network_id = ${networkId}) - (select sum(lines) from own))
      + abs(roots - 1) + abs(issued - open) + abs(issued - (select sum(credits) from own)) + (issued = 0)::int
      + abs((select coalesce(sum(upper(numbers) - lower(numbers)), 0) from registry.external_tie
          where network_id = ${networkId}) - issued)
      + abs((select count(*) from claims.step where network_id = ${networkId}) - 2))::int as off
    from units`.execute(db);
  return found.rows[0]!.off;
}

/** Dies at each await of each request, before and after its statement leaves; then the same request is made again. */
export async function killed(scratch: OpenDatabase, share: number): Promise<readonly Row[]> {
  const every = Math.max(1, Math.round(1 / share));
  const counted = { kills: 0, off: 0, finished: 0 };
  const errandOf = async (net: BenchNetwork, request: number): Promise<Errand> => ({
    ...{ url: scratch.url, networkId: net.networkId, projectId: net.projectId, claimId: await claimOf(net) },
    ...{ request, dies_at: 0, dies: 'before' },
  });
  const whole = await ready(scratch, 'net_benchwhole');
  for (const request of requests.keys()) {
    const { said } = await sent(await errandOf(whole, request));
    if (Number(said) === 0) throw new Error(`request ${request} ended without a word`);
    for (let dies_at = 1; dies_at <= Number(said); dies_at += every) {
      for (const dies of ['before', 'after'] as const) {
        const net = await ready(scratch, `net_benchkill${request}${dies}${dies_at}`);
        await goOn(net, 0, request);
        const end = await sent({ ...(await errandOf(net, request)), dies_at, dies });
        counted.kills += Number(end.killed);
        counted.finished += Number(!end.killed);
        await goOn(net, request);
        counted.off += await residualOf(net);
      }
    }
  }
  counted.off += await residualOf(whole);
  return [
    judged({
      name: `claims, lines and units off after ${counted.kills} kills −9 of an issue, each repeated`,
      ...{ value: counted.off, unit: '', goal: '= 0' },
    }),
    judged({ name: 'processes that outlived their kill', value: counted.finished, unit: '', goal: '= 0' }),
  ];
}
