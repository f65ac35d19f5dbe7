import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done, notifiedProject } from '../../tools/small-network.ts';
import { straightRoads } from '../../tools/straight-roads.ts';
import { verify } from '../../verifier/verify.mjs';
import { computeDistances, declareBaseline, recordAvoidedTrips } from '../commute/commute.ts';
import { sampleDeclaration } from '../commute/sample.ts';
import { sha256 } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import { type Day, instant, type Month } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { isIntact, type Keyring, published, revokeKey, rotateKey } from '../notary/notary.ts';
import { routes as logRoutes } from '../notary/routes.ts';
import type { Mount, Shell } from '../platform/http.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type SpaceId } from '../spaces/spaces.ts';
import { batches, buildDossier, closePeriod, forgetPresences, linesOf, monthView, readDossier } from './mrv.ts';
import { routes } from './routes.ts';

let net: TestNetwork;
let spaceId: SpaceId;

const keyring: Keyring = { secrets: openSecretsOf('test'), host: 'log.example' };

const actor = (role: Role): Actor => ({
  personId: `per_${role.replaceAll('_', '')}1`,
  firstName: 'Olga',
  memberships: [{ role, scope: null }],
});
const operator = actor('network_operator');
const auditor = actor('auditor');
const worker = (n: number): Actor => ({ personId: `per_worker00${n}`, firstName: 'Ana', memberships: [] });

const close = (month: Month, by = operator) => net.work(work => closePeriod(work, by, { month, keyring }));

const employ = async (person: Actor) => {
  const { db } = net.database;
  await sql`insert into people.person values
    (${net.networkId}, ${person.personId}, ${`${person.personId}@exemple.fr`}, 'Ana', 'Essai', 'fr', now())`.execute(
    db,
  );
  await sql`insert into employers.staff_link (network_id, staff_link_id, person_id, organisation_id, site_id,
      telework_basis, weekdays, valid, recorded_at)
    values (${net.networkId}, ${`stl_${person.personId}`}, ${person.personId}, 'org_00000001', 'sit_00000001',
      'agreement', '{1,2,3,4,5}', '[2026-01-01,)', now())`.execute(db);
  const declaration = sampleDeclaration({ spaceIds: [spaceId], validFrom: '2026-01-05' });
  const baseline = done(await net.work(work => declareBaseline(work, person, declaration)));
  done(await net.work(work => computeDistances(work, straightRoads(), baseline.baselineId)));
};

interface Written {
  readonly n: number;
  readonly person: number;
  readonly day: Day;
  readonly evidence?: 'A' | 'B' | 'C';
  /** What every rule said; null leaves the checks unfinished. */
  readonly verdict?: 'passed' | 'review' | 'blocked' | null;
  readonly replaced?: 'office' | 'home' | 'other' | 'unknown' | null;
}
const idOf = (n: number): Id<'prs'> => `prs_${String(n).padStart(8, '0')}`;

/** What both judges said of a presence in the end; of a trip, what passes. */
const judged = (id: Id<'prs'>, verdict: 'passed' | 'review' | 'blocked') =>
  sql`update presence.standing set due_at = null, own = repeat(left(${verdict}, 1), 3), trip = 'ppp'
    where attestation_id = ${id}`.execute(net.database.db);

/** A presence as the rooms below leave it: attested, judged, its trip counted. */
async function present({ n, person, day, evidence = 'C', verdict = 'passed', replaced = 'office' }: Written) {
  const { db } = net.database;
  const [id, recordedAt] = [idOf(n), `${day}T20:00:00Z`];
  await sql`insert into presence.day_attestation (network_id, attestation_id, pseudonym, space_id, commune_code, local_day,
      halves, evidence_class, evidence_sha256, booking_sha256, person_commit, payload_commit, recorded_at)
    values (${net.networkId}, ${id}, ${sha256(`person ${person}`)}, ${spaceId}, '34111', ${day}, 2, ${evidence},
      ${[sha256(id)]}, ${sha256(`booking ${id}`)}, ${sha256(`commit ${person}`)}, ${sha256(`payload ${id}`)},
      ${recordedAt})`.execute(db);
  if (verdict !== null) await judged(id, verdict);
  if (replaced === null) return;
  const trip = {
    attestationId: id,
    personId: worker(person).personId,
    day,
    spaceId,
    replaced,
    source: 'worker' as const,
  };
  await net.work(work => recordAvoidedTrips(work, [trip]));
}

beforeAll(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  const { db } = net.database;
  await sql`insert into people.organisation (network_id, organisation_id, kind, name, created_at)
    values (${net.networkId}, 'org_00000001', 'employer', 'Essai SA', now())`.execute(db);
  await sql`insert into employers.employer values (${net.networkId}, 'org_00000001', now())`.execute(db);
  await sql`insert into employers.site (network_id, site_id, organisation_id, name, address, commune_code, lon_udeg,
      lat_udeg, recorded_at)
    values (${net.networkId}, 'sit_00000001', 'org_00000001', 'Siège', '1 rue', '34172', 3876000, 43611000, now())`.execute(
    db,
  );
  spaceId = done(await net.work(work => addSpaces(work, operator, [sampleSpace()])))[0]!.spaceId;
  await notifiedProject(net.work, operator, { spaceIds: [spaceId], on: '2026-06-01' });
  for (const n of [1, 2, 3]) await employ(worker(n));
  await present({ n: 1, person: 1, day: '2026-06-02' });
  await present({ n: 2, person: 1, day: '2026-06-03', replaced: 'home' });
  await present({ n: 3, person: 2, day: '2026-06-02', replaced: 'unknown' });
  await present({ n: 4, person: 2, day: '2026-06-03', evidence: 'B' });
  await present({ n: 5, person: 3, day: '2026-06-04', replaced: null });
  await present({ n: 6, person: 3, day: '2026-06-05', verdict: 'blocked' });
  await present({ n: 7, person: 3, day: '2026-06-08', verdict: 'review' });
}, 60_000);
afterAll(() => net.database.db.destroy());

describe('before it is closed, a month', () => {
  test('is for the operator alone', async () => {
    expect(codeOf(await net.work(work => monthView(work, auditor, { month: '2026-06' })))).toBe('mrv.operator_only');
    expect(codeOf(await close('2026-06', auditor))).toBe('mrv.operator_only');
  });

  test('says where each kilometre goes, and the parts make the whole', async () => {
    const { flow, state } = done(await net.work(work => monthView(work, operator, { month: '2026-06' })));
    expect(state).toBe('running');
    expect(flow.leaks.map(leak => `${leak.presences} ${leak.reason}`)).toEqual([
      '1 waiting',
      '1 blocked',
      '1 evidence_too_weak',
      '1 no_trip',
      '1 replaced_unknown',
    ]);
    expect([flow.office.presences, flow.home.presences]).toEqual([1, 1]);
    const parts = [flow.office, flow.home, ...flow.leaks];
    expect(parts.reduce((sum, part) => sum + part.presences, 0)).toBe(flow.presences);
    expect(parts.reduce((sum, part) => sum + part.trip_m, 0n)).toBe(flow.trip_m);
  });

  test('cannot be closed before its last day is final: nothing is written and the advice says when', async () => {
    net.at('2026-07-07T21:59:00Z');
    const early = await close('2026-06');
    expect(early).toMatchObject({ ok: false, refusal: { code: 'mrv.checks_not_passed', status: 409 } });
    expect(!early.ok && early.refusal.message.fr).toContain('à partir du 8 juillet 2026');
    expect(await net.work(batches)).toEqual([]);
    expect(codeOf(await net.work(published))).toBe('notary.no_log');
  });

  test('cannot be closed while one check of one presence has not completed', async () => {
    net.at('2026-07-20T08:00:00Z');
    await present({ n: 8, person: 2, day: '2026-06-09', verdict: null });
    const refused = await close('2026-06');
    expect(!refused.ok && refused.refusal.message.en).toContain('1 presence(s) still wait');
    await judged(idOf(8), 'passed');
  });
});

describe('a closed month', () => {
  test('is closed once, however many ask at once', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => close('2026-06')));
    expect(new Set(answers.map(answer => done(answer).id)).size).toBe(1);
    const [batch] = await net.work(batches);
    expect(batch).toMatchObject({ month: '2026-06', lines: 7, waiting: 1 });
    expect(batch!.totals.credited).toBe(3);
    expect(batch!.allocation.none.lines).toBe(4);
    expect(done(await net.work(published)).size).toBe(7);
  });

  test('gives a dossier that the independent verifier passes, the same bytes each time', async () => {
    const [batch] = await net.work(batches);
    const build = () => net.work(work => buildDossier(work, { batchId: batch!.id, keyring }));
    const [first, second] = [done(await build()), done(await build())];
    expect(Buffer.from(first.bytes).equals(Buffer.from(second.bytes))).toBe(true);
    const { vkey } = done(await net.work(published));
    const result = verify(Buffer.from(first.bytes), { pinned: vkey });
    expect(result.batch.totals).toEqual(batch!.totals);
    expect(first.name).toBe(`parvis-2026-06-${batch!.id.slice(0, 12)}.zip`);
    expect(Buffer.from(first.bytes).includes('worker00')).toBe(false);
  });

  test('keeps presences under review for a later batch of the year, once they are decided', async () => {
    net.at('2026-08-20T08:00:00Z');
    await present({ n: 20, person: 1, day: '2026-07-02' });
    await judged(idOf(7), 'passed');
    const batch = done(await close('2026-07'));
    expect(batch.lines).toBe(2);
    const dossier = done(await net.work(work => buildDossier(work, { batchId: batch.id, keyring })));
    expect(verify(Buffer.from(dossier.bytes)).batch.lines).toBe(2);
  });

  test('may be followed by an earlier one', async () => {
    expect(done(await close('2026-05'))).toMatchObject({ lines: 0, claimable: [] });
  });

  test('opens its lines to the auditor and to the operator, and each reading is recorded', async () => {
    const [batch] = await net.work(batches);
    const asked = { batchId: batch!.id, keyring };
    expect(codeOf(await net.work(work => readDossier(work, worker(1), asked)))).toBe('mrv.auditor_only');
    expect(codeOf(await net.work(work => readDossier(work, auditor, asked)))).toBe('accepted');
    const { lines, readings } = done(await net.work(work => linesOf(work, auditor, { batchId: batch!.id })));
    expect(lines.map(line => line.reason).sort()).toEqual(['credited', 'credited']);
    expect(readings.map(reading => reading.what)).toEqual(['lines', 'dossier']);
    expect(codeOf(await net.work(work => linesOf(work, auditor, { batchId: 'ab'.repeat(32) })))).toBe('mrv.no_batch');
  });

  test('I-41: stays provable when a person is forgotten: figures and proofs remain, nothing leads back', async () => {
    const june = (await net.work(batches)).find(batch => batch.month === '2026-06')!;
    expect(await net.work(work => forgetPresences(work, [idOf(1), idOf(2)]))).toBe(2);
    const dossier = done(await net.work(work => buildDossier(work, { batchId: june.id, keyring })));
    const told: string[] = [];
    verify(Buffer.from(dossier.bytes), { say: (...said: unknown[]) => told.push(said.join(' ')) });
    expect(told).toContain('recomputed 5 2');
    expect(Buffer.from(dossier.bytes).includes(sha256('commit 1'))).toBe(false);
    expect(Buffer.from(dossier.bytes).includes(sha256('commit 3'))).toBe(true);
  });
});

describe('I-05, I-10, I-11: the database has the last word', () => {
  test.each(['batch', 'reading'])('mrv.%s refuses change and removal', async table => {
    for (const statement of [`update mrv.${table} set network_id = network_id`, `delete from mrv.${table}`]) {
      await expect(net.work(work => sql.raw(statement).execute(work.tx))).rejects.toThrow(/reversing entry/);
    }
  });

  const copied = (over: Readonly<Record<string, string>>) => {
    const columns =
      'network_id seq line_id presence_id day standing person_day leaf account_no salt site person_commit'.split(' ');
    const values = columns.map(name => over[name] ?? (name === 'seq' ? 'seq + 1000' : name));
    return `insert into mrv.line (${columns.join()}) select ${values.join()} from mrv.line
      where person_day is not null and standing limit 1`;
  };
  test.each([
    [
      'I-11',
      'a presence that serves twice',
      'one_presence_one_scheme',
      copied({ person_day: `decode(repeat('ab', 32), 'hex')` }),
    ],
    [
      'I-10',
      'a person-day credited twice',
      'one_credited_line_a_person_day',
      copied({ presence_id: `'prs_other0001'` }),
    ],
    [
      'I-11',
      'a scheme without a claimant',
      'a_scheme_has_a_claimant',
      `insert into mrv.account select network_id, account_no + 1000, scheme, '', vintage, reason, gross_mg, net_mg, avoided_m,
         unallocated_m, halves, evidence, employer_id, null, trip from mrv.account where scheme = 'lbc' limit 1`,
    ],
    ['I-05', 'a line let go without a reversal', 'reversing entry', 'update mrv.line set standing = false'],
    ['I-05', 'a figure changed', 'reversing entry', `update mrv.account set net_mg = '1'`],
    ['I-05', 'legs changed', 'reversing entry', `update mrv.account set trip = '{}' where trip is not null`],
    [
      'I-05',
      'a commitment changed',
      'reversing entry',
      `update mrv.line set site = 'spc_other0001' where salt is not null`,
    ],
    ['I-05', 'a line moved to another account', 'reversing entry', 'update mrv.line set account_no = account_no + 1'],
    ['I-41', 'a commitment half destroyed', 'reversing entry|whole_or_gone', 'update mrv.line set site = null'],
    ['I-05', 'a line removed', 'reversing entry', 'delete from mrv.line'],
    ['I-05', 'an account removed', 'reversing entry', 'delete from mrv.account'],
  ])('%s: %s is refused', async (_id, _, constraint, statement) => {
    await expect(net.work(work => sql.raw(statement).execute(work.tx))).rejects.toThrow(new RegExp(constraint));
  });

  test('a closing cut off leaves nothing; the next one succeeds and credits no person-day again', async () => {
    net.at('2026-09-20T08:00:00Z');
    await present({ n: 30, person: 2, day: '2026-08-04' });
    // Came after the closing of June in place of another, whose day July already credits.
    await present({ n: 40, person: 3, day: '2026-06-08' });
    const cut = async (work: Parameters<typeof closePeriod>[0]) => {
      await closePeriod(work, operator, { month: '2026-08', keyring });
      await sql`select pg_terminate_backend(pg_backend_pid())`.execute(work.tx);
    };
    await expect(net.work(cut)).rejects.toThrow();
    expect((await net.work(batches)).map(batch => batch.month)).toEqual(['2026-07', '2026-06', '2026-05']);
    expect(done(await net.work(published)).size).toBe(9);
    const { lines, reasons } = done(await close('2026-08'));
    expect({ lines, reasons }).toMatchObject({
      lines: 2,
      reasons: { credited: { lines: 1 }, second_of_the_day: { lines: 1 } },
    });
    expect(await net.work(isIntact)).toBe(true);
  });
});

describe('on the web', () => {
  const homeOfLog = mkdtempSync(join(tmpdir(), 'parvis-mrv-'));
  afterAll(() => rmSync(homeOfLog, { recursive: true, force: true }));

  /** The rooms as an installation runs them, with the keys of this test. */
  const sealed = (mount: Mount) => {
    const settings = { ...mount.shell.settings, publicUrl: 'https://log.example', home: homeOfLog };
    const shell: Shell = { ...mount.shell, secrets: openSecretsOf('test'), settings };
    routes({ ...mount, shell });
    logRoutes({ ...mount, shell });
  };
  const app = (by: Actor | null, lang: 'fr' | 'en' = 'fr') =>
    roomApp(net, [sealed], { actor: by, lang, now: '2026-10-20T08:00:00Z' });
  const june = async () => (await net.work(batches)).find(batch => batch.month === '2026-06')!;

  test('the operator follows the months, closes one with a plain form', async () => {
    await present({ n: 50, person: 1, day: '2026-09-01' });
    expect(await (await app(operator).request('/operateur')).text()).toContain('Juin 2026');
    const before = await (await app(operator).request('/operateur/mois/2026-09?raison=no_trip')).text();
    expect(before).toContain('Clore septembre 2026');
    const closed = await app(operator).request('/operateur/mois/2026-09/clore', form({ request_id: 'once' }));
    expect([closed.status, closed.headers.get('location')]).toEqual([303, '/operateur/mois/2026-09?fait=oui']);
    expect(await (await app(operator).request('/operateur/mois/2026-09?fait=oui')).text()).toContain('clos et scellé');
  });

  test('a month that cannot be closed says why, on the page and to programs', async () => {
    const page = await app(operator).request('/operateur/mois/2026-10/clore', form({}));
    expect(page.status).toBe(409);
    expect(await page.text()).toContain('8 novembre 2026');
    const answer = await app(operator, 'en').request('/api/v1/months/2026-10/close', json('POST'));
    expect(await answer.json()).toMatchObject({ status: 409, code: 'mrv.checks_not_passed' });
    expect((await app(operator).request('/operateur/mois/2026-13')).status).toBe(404);
  });

  test('the auditor downloads a dossier that verifies against the published key', async () => {
    const { id } = await june();
    expect(await (await app(auditor).request('/audit')).text()).toContain('verifier/verify.mjs');
    expect(await (await app(auditor).request(`/audit/lots/${id}`)).text()).toContain('Qui a lu ce lot');
    const download = await app(auditor).request(`/audit/lots/${id}/dossier.zip`);
    const bytes = Buffer.from(await download.arrayBuffer());
    expect(download.headers.get('x-content-sha256')).toBe(sha256(bytes));
    const vkey = (await (await app(null).request('/log/vkey')).text()).trim();
    expect(verify(bytes, { pinned: vkey }).batch.id).toBe(id);
  });

  test('programs read months, batches and lines; nobody else does', async () => {
    const { id } = await june();
    const read = async (by: Actor | null, path: string) => (await app(by).request(`/api/v1${path}`)).json();
    expect(await read(operator, '/months/2026-06')).toMatchObject({ state: 'closed', batch: { id } });
    expect(await read(auditor, '/batches')).toHaveLength(5);
    const { lines } = (await read(auditor, `/batches/${id}/lines?after=2`)) as { lines: { seq: number }[] };
    expect(lines.map(line => line.seq)).toEqual([3, 4, 5, 6]);
    expect(await read(worker(1), `/batches/${id}/lines`)).toMatchObject({ code: 'mrv.auditor_only' });
    expect(await read(null, '/batches')).toMatchObject({ code: 'request.sign_in_first' });
  });

  test('anyone reads the log, tile by tile, and no entry', async () => {
    const get = (path: string) => app(null).request(path);
    const { size } = (await (await get('/api/v1/log')).json()) as { size: number };
    const tile = await get(`/log/tile/0/000.p/${size}`);
    expect((await tile.arrayBuffer()).byteLength).toBe(32 * size);
    expect(tile.headers.get('cache-control')).toContain('immutable');
    expect((await get('/log/tile/entries/000')).status).toBe(404);
    expect((await get('/log/tile/0/000')).status).toBe(404);
    const proof = await get(
      `/log/proof/${Buffer.from(await (await get('/log/tile/0/000.p/1')).arrayBuffer()).toString('hex')}`,
    );
    expect(await proof.text()).toContain('c2sp.org/tlog-proof@v1\nindex 0\n');
    const { hashes } = (await (await get(`/api/v1/log/consistency?old_size=1&size=${size}`)).json()) as {
      hashes: string[];
    };
    expect(hashes.length).toBeGreaterThan(0);
  });

  test('after a change of key an older batch is shown, and verified, with the key that signed its own checkpoint', async () => {
    const { id } = await june();
    const old = done(await net.work(published)).vkey;
    net.at('2026-10-20T08:00:00Z');
    done(await net.work(work => rotateKey(work, operator, keyring)));
    const now = done(await net.work(published)).vkey;
    const pages = async () =>
      Promise.all(
        ['/audit', `/audit/lots/${id}`].map(async path =>
          (await (await app(auditor).request(path)).text()).replaceAll('&quot;', '"'),
        ),
      );
    for (const html of await pages()) {
      expect(html).toContain(`--key "${old}"`);
      expect(html).not.toContain(`--key "${now}"`);
      expect(html).toContain('retirée le 20 octobre 2026');
    }
    const since = instant('2026-10-01T00:00:00Z');
    done(await net.work(work => revokeKey(work, operator, { generation: 1, since })));
    const [, page] = await pages();
    expect(page).toMatch(/révoquée depuis le 1er octobre 2026.*vaut toujours/);
    const { bytes } = done(await net.work(work => readDossier(work, auditor, { batchId: id, keyring })));
    expect(verify(Buffer.from(bytes), { pinned: old }).batch.id).toBe(id);
    expect(() => verify(Buffer.from(bytes), { pinned: now })).toThrow();
  });
});
