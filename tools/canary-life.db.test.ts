import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Hono } from 'hono';
import { sql } from 'kysely';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../src/app.ts';
import { sealCarbonClaim, step } from '../src/claims/claims.ts';
import { listeners, timetable } from '../src/events.ts';
import { type Day, type Instant, instant, wallTime } from '../src/kernel/time.ts';
import type { Env, Shell } from '../src/platform/http.ts';
import { hearAll } from '../src/platform/jobs.ts';
import { logTo } from '../src/platform/log.ts';
import { openPost, type Post } from '../src/platform/mail.ts';
import { openSecretsOf } from '../src/platform/secrets.ts';
import { codeAt } from '../src/presence/presence.ts';
import { holdings, serialText } from '../src/registry/registry.ts';
import { advance } from '../src/schemes/schemes.ts';
import { carbonTown, live } from './claim-town.ts';
import { type EveryRoom, everyRoom } from './every-room.ts';
import { form, json } from './room-app.ts';
import { done, type SmallNetwork } from './small-network.ts';
import { straightRoads } from './straight-roads.ts';

const keyring = { secrets: openSecretsOf('a whole life'), host: 'log.example' };
const day: Day = '2026-02-12';
const home = { lon_udeg: 3_712_345, lat_udeg: 43_931_234 };
const email = 'zephyrine@canari.invalid';
const street = '12 rue du Canari';
/** What nobody but the person may read, however it is written. */
const words = ['Zéphyrine', 'Canarivet', email, 'rue du Canari'];
const canaries = [
  ...[...words, ...words.map(encodeURIComponent), 'rue+du+Canari'],
  ...[home.lon_udeg, home.lat_udeg].flatMap(udeg => [
    String(udeg),
    String(udeg / 1e6),
    `${udeg / 1e6}`.replace('.', ','),
  ]),
];
const caught = (text: string): readonly string[] => canaries.filter(canary => text.includes(canary));

let net: SmallNetwork;
let rooms: EveryRoom;
let app: Hono<Env>;
let shell: Shell;
let now: Instant;
let post: Post;
let serial: string;
const logged: string[] = [];
const log = logTo(text => logged.push(text));
const root = mkdtempSync(join(tmpdir(), 'parvis-canary-'));

/** A mail server that says in its refusal whom it does not know, as they do. */
const unfriendly = new SMTPServer({
  disabledCommands: ['AUTH', 'STARTTLS'],
  onRcptTo: ({ address }, _session, answer) => answer(new Error(`no such user here: <${address}>`)),
});

const at = (on: Day, minutes: number) => {
  now = wallTime(on, minutes, 'Europe/Paris');
};
const hear = () => hearAll(net.database, { listeners: listeners(shell), log });
/** All that the clock sets off in a night, and all that follows. */
const nightPasses = async (on: Day) => {
  at(on, 4 * 60);
  for (const { task } of timetable(shell)) await task();
  await hear();
};

/** A tonne of January, verified: there are units and a certificate to read. */
async function issueUnits({ work, operator, projectId }: SmallNetwork): Promise<string> {
  const facts = { gaugeReached: true, allAfterReceipt: true };
  for (const command of ['file', 'label', 'start_monitoring'] as const) {
    const asked = { projectId, command, happenedOn: '2026-02-09', reference: 'L-1' } as const;
    done(await work(tx => advance(tx, operator, { ...asked, ...(command === 'file' && { facts }) })));
  }
  const { claimId } = done(await work(tx => sealCarbonClaim(tx, operator, { projectId, vintage: 2026 })));
  const details = { auditor: 'Bureau Essai', independent: 'yes', impartial: 'yes', competent: 'yes', report: 'R-1' };
  const steps = [
    { command: 'request', details },
    { command: 'verify', reference: 'V-1', details: { register: 'LBC-77' } },
  ] as const;
  for (const one of steps) done(await work(tx => step(tx, operator, { claimId, happenedOn: '2026-02-09', ...one })));
  return serialText((await work(holdings)).find(one => one.state === 'active')!);
}

beforeAll(async () => {
  const resources = [0, 1, 2, 3, 4, 5].map(n => ({ kind: 'desk', name: `Bureau ${n}`, capacity: 1 }) as const);
  net = await carbonTown(keyring, { workers: 6, space: { opensOnPublicHolidays: true, resources } });
  await sql`update people.person set first_name = 'Zéphyrine', last_name = 'Canarivet', email = ${email}
    where person_id = ${net.workers[0]!.personId}`.execute(net.database.db);
  await live(net, '2026-01', 4);
  serial = await issueUnits(net);
  const found = { label: `${street}, 34190 Ganges`, place: home, kind: 'address', insee_code: '34111' } as const;
  const geocoder: Shell['geocoder'] = async text =>
    text.startsWith(street)
      ? [{ ...found, commune: 'Ganges', postcode: '34190', approximate: false, source: 'geoplateforme' }]
      : [];
  rooms = await everyRoom(net, { log, secrets: keyring.secrets, geocoder, roads: async () => straightRoads() });
  post = openPost({ smtpUrl: null, mailFrom: '' }, log);
  shell = { ...rooms.at('2026-02-10T08:00:00Z'), clock: () => now, post: mail => post(mail) };
  now = instant('2026-02-10T08:00:00Z');
  mkdirSync(join(root, 'dist', 'client', '.vite'), { recursive: true });
  const built = {
    'src/ui/client.ts': { file: 'client.js' },
    'src/ui/site.css': { file: 'site.css' },
    'src/presence/offline.worker.ts': { file: 'offline.js' },
  };
  writeFileSync(join(root, 'dist', 'client', '.vite', 'manifest.json'), JSON.stringify(built));
  app = createApp({ ...shell, settings: { ...shell.settings, root } });
  // Two pages with a bug: what they were about to do is in what they throw.
  app.get('/panne', () => JSON.parse(`${email} ${street}`));
  app.get('/panne/base', () =>
    net.work(({ tx }) => sql`select ${email}::text::date`.execute(tx)).then(() => new Response('')),
  );
  await new Promise<void>(ready => unfriendly.listen(0, '127.0.0.1', ready));
  await hear();
}, 180_000);
afterAll(async () => {
  unfriendly.close();
  await rooms.close();
  await net.database.db.destroy();
  rmSync(root, { recursive: true, force: true });
});

const linksIn = (html: string): readonly string[] =>
  [...html.matchAll(/href="(\/[^"#]*)/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));

/** Addresses of one kind differ by what is asked of them alone. */
const kindOf = (address: string): string => {
  const { pathname, searchParams } = new URL(address, 'http://a');
  return [pathname, ...new Set(searchParams.keys())].join(' ');
};

/** Every answer that a visitor who is nobody can have by following links, and the addresses that programs know. */
async function everythingPublic(): Promise<ReadonlyMap<string, string>> {
  const { size } = (await (await app.request('/api/v1/log')).json()) as { size: number };
  const tile = Buffer.from(await (await app.request('/log/tile/0/000.p/1')).arrayBuffer()).toString('hex');
  const waiting = [
    ...['/', '/observatoire', '/certificats/statuts', `/certificats/${serial}`, `/api/v1/certificates/${serial}`],
    ...['/api/v1/registry', '/api/v1/observatory/editions', '/api/v1/openapi.json', '/api/v1/log/keys'],
    ...['/log/checkpoint', `/log/checkpoint/${size}`, '/log/vkey', '/log/keys', `/log/proof/${tile}`],
    ...[`/log/tile/0/000.p/${Math.min(size, 255)}`, '/healthz', `/recherche?q=${encodeURIComponent('Ganges')}`],
  ];
  const answers = new Map<string, string>();
  for (let address = waiting.shift(); address !== undefined; address = waiting.shift()) {
    if (answers.has(kindOf(address))) continue;
    const answer = await app.request(address);
    const text = Buffer.from(await answer.arrayBuffer()).toString('utf8');
    answers.set(kindOf(address), text);
    if (answer.headers.get('content-type')?.startsWith('text/html')) waiting.push(...linksIn(text));
  }
  return answers;
}

const leaks = (answers: ReadonlyMap<string, string>): readonly string[] => {
  const ids = net.workers.map(one => one.personId);
  return [...answers].flatMap(([address, text]) =>
    [...caught(text), ...ids.filter(id => text.includes(id))].map(canary => `${address}: ${canary}`),
  );
};

/** Some eighty pages are read, on a machine that does other things. */
const patience = { timeout: 120_000 };

describe('I-40: a whole life, from the first sign-in to the erasure', () => {
  let cookie: string;
  const ask = async (path: string, request: RequestInit, status: number) => {
    const headers = { ...(request.headers as Record<string, string>), cookie, origin: 'http://localhost' };
    const answer = await app.request(path, { ...request, headers });
    const text = await answer.text();
    expect(answer.status, `${path}: ${text.slice(0, 300)}`).toBe(status);
    return { answer, text };
  };
  const signIn = () => ask('/connexion', form({ email, retour: `/recherche?q=${street}`.replaceAll(' ', '%20') }), 303);

  beforeAll(async () => {
    cookie = 'parvis_lang=fr';
    await signIn();
    await hear();
    const [, jeton] = /jeton=(\w+)/.exec(logged.join(''))!;
    const { answer } = await ask('/connexion/lien', form({ jeton: jeton! }), 303);
    cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
    const travels = { office_mode: 'car', office_energy: 'petrol', space_mode: 'car', space_energy: 'petrol' };
    const declared = { valid_from: '2026-02-10', home: `${street}, Ganges`, usual_replaced: 'office', ...travels };
    const places = { office_weekdays: '4', space_ids: net.space.spaceId };
    await ask('/mes-trajets/declaration', form({ ...declared, ...places }), 303);
    const { spaceId } = net.space;
    await ask('/api/v1/bookings', json('POST', { space_id: spaceId, day, part: 'day' }), 201);
    at(day, 8 * 60 + 30);
    const { code } = codeAt(net.kiosk, { at: now, secrets: keyring.secrets });
    await ask('/api/v1/check-ins', json('POST', { code: 'AAAA', kiosk_id: street }), 404);
    await ask('/api/v1/check-ins', json('POST', { code }), 201);
    await ask(`/api/v1/me/answers/${day}`, json('PUT', { replaced: 'office' }), 200);
    for (const night of ['2026-02-13', '2026-02-14', '2026-02-15'] as const) await nightPasses(night);
  }, 120_000);

  test('was lived: the person reads their day, their road and their name', async () => {
    expect((await ask('/api/v1/me/trips', {}, 200)).text).toContain(day);
    expect((await ask('/moi', {}, 200)).text).toContain('Canarivet');
    expect((await ask('/mes-trajets/declaration', {}, 200)).text).toContain('Ganges');
  });

  test('leaves nothing of the person in any public answer, while they are there', patience, async () => {
    const answers = await everythingPublic();
    const addresses = [...answers.keys()];
    expect(addresses.length).toBeGreaterThan(30);
    expect(addresses.filter(address => /csv/.test(address)).length).toBeGreaterThan(2);
    expect(answers.get('/certificats/statuts')).toContain(serial);
    expect(answers.get('/api/v1/observatory/editions')).toContain('2026-01');
    expect(leaks(answers)).toEqual([]);
  });

  test('leaves nothing of the person in the technical log, whatever fails', async () => {
    const said = logged.length;
    const { port } = unfriendly.server.address() as { port: number };
    post = openPost({ smtpUrl: `smtp://127.0.0.1:${port}`, mailFrom: 'Parvis <parvis@canari.test>' }, log);
    await signIn();
    await hear();
    for (const path of ['/panne', '/panne/base']) await ask(path, {}, 503);
    const told = logged.slice(said).join('');
    expect(told).toMatch(/Failed task \d+ \(announced, .*responseCode 550/);
    expect(told).toMatch(/GET \/panne failed\.\nSyntaxError/);
    expect(told).toMatch(/GET \/panne\/base failed\.\nerror, code 22007/);
    expect(caught(logged.join(''))).toEqual([]);
    const { rows } = await sql<{ row: string }>`select j::text as row from graphile_worker._private_jobs j`.execute(
      net.database.db,
    );
    expect(rows.map(({ row }) => row).join('')).toContain('responseCode 550');
    expect(caught(rows.map(({ row }) => row).join(''))).toEqual([]);
  });

  test('and nothing in either once the person is erased', patience, async () => {
    await ask('/api/v1/me/erasure', json('POST', {}), 201);
    await hear();
    await nightPasses('2026-02-16');
    expect(leaks(await everythingPublic())).toEqual([]);
    expect(caught(logged.join(''))).toEqual([]);
  });
});
