import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtProgram, root, start } from './server.ts';
import { judged, median, type Row, type Suite, timed } from './suite.ts';

const builtServer = builtProgram('main');

/** From nothing at all: a clone of the last commit, an empty npm cache, an empty home. */
async function coldStart(): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'parvis-cold-'));
  const clone = spawnSync('git', ['clone', '--quiet', '--depth', '1', `file://${root}`, join(dir, 'parvis')]);
  if (clone.status !== 0) throw new Error(`the clone failed: ${clone.stderr}`);
  const cold = await start(
    ['npm', 'start'],
    { npm_config_cache: join(dir, 'npm'), PARVIS_ROOT: '' },
    join(dir, 'parvis'),
  );
  await cold.stop();
  rmSync(dir, { recursive: true, force: true });
  return cold.ready_s;
}

/** Resident memory of the web process in MB, as Linux counts it. */
const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;

/** Bytes on the wire, compressed as browsers ask. */
const bytesOf = (url: string): Promise<number> =>
  new Promise((done, fail) => {
    const asked = get(url, { headers: { 'accept-encoding': 'gzip' } }, answer => {
      let bytes = 0;
      answer.on('data', (piece: Buffer) => {
        bytes += piece.length;
      });
      answer.on('end', () => done(bytes));
    });
    asked.on('error', fail);
  });

/** What a first visit loads: the page, then its styles, scripts and fonts. */
async function firstLoadKb(address: string): Promise<number> {
  const html = await (await fetch(address)).text();
  const loaded = [...html.matchAll(/(?:src|href)="(\/assets\/[^"]+\.(?:css|js|woff2))"/g)].map(match => match[1]!);
  const sizes = await Promise.all(['/', ...new Set(loaded)].map(path => bytesOf(address + path)));
  return sizes.reduce((sum, size) => sum + size, 0) / 1000;
}

const medianMs = async (address: string, times: number): Promise<number> => {
  await fetch(address);
  const samples: number[] = [];
  for (let i = 0; i < times; i++) samples.push(await timed(async () => (await fetch(address)).arrayBuffer()));
  return median(samples);
};

/** Signs in as a character of the fictitious network; gives the session's cookie. */
async function enter(address: string, who: RegExp): Promise<string> {
  const page = await (await fetch(`${address}/entrer`)).text();
  const card = page.split('<article').find(text => who.test(text));
  const personId = /value="(per_[0-9a-z]+)"/.exec(card ?? '')?.[1];
  if (!personId) throw new Error(`nobody like ${who} on /entrer`);
  const entered = await fetch(`${address}/entrer`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({ personne: personId }),
    headers: { origin: address },
  });
  return entered.headers
    .getSetCookie()
    .find(cookie => cookie.startsWith('parvis_session='))!
    .split(';')[0]!;
}

const weekdaysAhead = (from: string, count: number): string[] =>
  Array.from({ length: 2 * count }, (_, n) => new Date(Date.parse(from) + (n + 2) * 86_400_000))
    .filter(date => date.getUTCDay() % 6 !== 0)
    .slice(0, count)
    .map(date => date.toISOString().slice(0, 10));

/** Milliseconds that a booking through the API takes, the median of one person's many half-days; each is cancelled after. */
async function bookingMs(address: string): Promise<number> {
  const headers = { cookie: await enter(address, /travaille près/), 'content-type': 'application/json' };
  const { day, spaces } = (await (await fetch(`${address}/api/v1/spaces`)).json()) as {
    day: string;
    spaces: { space_id: string }[];
  };
  const asks = weekdaysAhead(day, 20).flatMap((on, n) =>
    (['morning', 'afternoon'] as const).map(part => ({
      space_id: spaces[(7 * n) % spaces.length]!.space_id,
      day: on,
      part,
    })),
  );
  const samples: number[] = [];
  const booked: string[] = [];
  for (const ask of asks) {
    const from = performance.now();
    const made = await fetch(`${address}/api/v1/bookings`, { method: 'POST', headers, body: JSON.stringify(ask) });
    const answer = (await made.json()) as { booking_id?: string };
    if (made.status !== 201 || !answer.booking_id) continue;
    samples.push(performance.now() - from);
    booked.push(answer.booking_id);
  }
  if (booked.length < asks.length / 4)
    throw new Error(`only ${booked.length} of ${asks.length} bookings were accepted`);
  for (const id of booked) await fetch(`${address}/api/v1/bookings/${id}`, { method: 'DELETE', headers });
  return median(samples);
}

/** Seconds to close the month that the story leaves open, and how many lines that sealed. */
async function closing(address: string): Promise<{ readonly seconds: number; readonly lines: number }> {
  const headers = { cookie: await enter(address, /clôt les mois/), 'content-type': 'application/json' };
  const now = new Date();
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 15)).toISOString().slice(0, 7);
  let answer: Response | undefined;
  const ms = await timed(async () => {
    answer = await fetch(`${address}/api/v1/months/${month}/close`, { method: 'POST', headers });
  });
  const batch = (await answer!.json()) as { lines?: number; detail?: string };
  if (batch.lines === undefined) throw new Error(`${month} was not closed: ${batch.detail}`);
  return { seconds: ms / 1000, lines: batch.lines };
}

async function measure(): Promise<readonly Row[]> {
  const rows: Row[] = [
    judged({ name: 'empty npm cache to first 200', value: await coldStart(), unit: 's', goal: '<= 30' }),
  ];
  const home = mkdtempSync(join(tmpdir(), 'parvis-bench-'));
  const env = { PARVIS_HOME: home, PARVIS_ROOT: root, NODE_ENV: 'production' };
  const first = await start(builtServer, env);
  await first.stop();
  rows.push(
    judged({
      name: 'first start, installed and built (seeds the network)',
      value: first.ready_s,
      unit: 's',
      goal: '<= 20',
    }),
  );
  const again = await start(builtServer, env);
  try {
    rows.push(judged({ name: 'restart', value: again.ready_s, unit: 's', goal: '<= 3' }));
    const bare = await medianMs(`${again.address}/healthz`, 50);
    const page = await medianMs(again.address, 50);
    rows.push(judged({ name: 'home page, median', value: page, unit: 'ms', goal: '<= 50' }));
    rows.push(
      judged({
        name: 'home page ÷ one bare query',
        value: page / bare,
        unit: '×',
        goal: '<= 20',
        ratio_to: '/healthz',
      }),
    );
    rows.push(
      judged({
        name: 'home page, first load, compressed',
        value: await firstLoadKb(again.address),
        unit: 'kB',
        goal: '<= 150',
      }),
    );
    rows.push(
      judged({ name: 'memory of the web process', value: residentMb(again.process.pid!), unit: 'MB', goal: '<= 300' }),
    );
    const booking_ms = await bookingMs(again.address);
    rows.push(judged({ name: 'booking through the API, median', value: booking_ms, unit: 'ms', goal: '<= 40' }));
    const { seconds, lines } = await closing(again.address);
    rows.push(judged({ name: `closing a month of ${lines} presences`, value: seconds, unit: 's', goal: '<= 5' }));
  } finally {
    await again.stop();
    rmSync(home, { recursive: true, force: true });
  }
  return rows;
}

export const house: Suite = {
  name: 'house',
  summary: 'start, restart, memory, home page, booking, month closing',
  run: measure,
};
