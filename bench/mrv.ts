import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'kysely';
import { sha256 } from '../src/kernel/canonical.ts';
import type { Id } from '../src/kernel/ids.ts';
import type { Outcome } from '../src/kernel/outcome.ts';
import { daysOfMonth, instant, weekday } from '../src/kernel/time.ts';
import type { Actor } from '../src/kernel/visit.ts';
import { type ArchiveFile, archiveOf } from '../src/mrv/archive.ts';
import { batches, buildDossier, claimLines, closePeriod, linesAt, releaseLines } from '../src/mrv/mrv.ts';
import { leafProof } from '../src/notary/notary.ts';
import { addOrganisations } from '../src/people/people.ts';
import { randomId } from '../src/platform/clock.ts';
import { inNetwork, type OpenDatabase, openDatabase, type Work } from '../src/platform/database.ts';
import { inScratchDatabase } from '../src/platform/open.ts';
import { openSecretsOf } from '../src/platform/secrets.ts';
import { readSettings } from '../src/platform/settings.ts';
import { sampleSpace } from '../src/spaces/sample.ts';
import { addSpaces } from '../src/spaces/spaces.ts';
import { foundProject } from './claims/network.ts';
import { judged, type Row, type Suite, timed } from './suite.ts';

const root = resolve(process.env['PARVIS_ROOT'] ?? '.');
const keyring = { secrets: openSecretsOf('bench'), host: null };
const operator: Actor = {
  personId: 'per_bench0000',
  firstName: 'Ada',
  memberships: [{ role: 'network_operator', scope: null }],
};
/** Presences of the large month; the small one has a tenth. `PARVIS_BENCH_PRESENCES` makes both smaller. */
const large = Number(process.env['PARVIS_BENCH_PRESENCES'] ?? 1_000_000);
const mutations = 10_000;
const rivals = 64;
/** Lines that all rivals want. */
const contested = 600;

const month = '2026-06';
const weekdays = daysOfMonth(month).filter(day => weekday(day) < 6);
const done = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`${outcome.refusal.code}: ${outcome.refusal.message.en}`);
  return outcome.value;
};

interface Network {
  readonly networkId: Id<'net'>;
  readonly presences: number;
  readonly run: <T>(task: (work: Work) => Promise<T>) => Promise<T>;
}

/** Everyone's declaration and roads, and each of their days: attested, judged, its trip counted, as the rooms below leave it. */
async function fill({ db }: OpenDatabase, { networkId, presences }: Network, spaceIds: readonly string[]) {
  const people = Math.ceil(presences / weekdays.length);
  const rest = sql`'Siège', '34172', 3876000, 43611000, 'car', 'petrol', '1', 'car', 'petrol', '1', '{1,2,3,4,5}', 'office'`;
  await sql`insert into commute.baseline (network_id, baseline_id, person_id, valid_from, home_commune_code,
      home_precision, workplace_name, workplace_commune_code, workplace_lon_udeg, workplace_lat_udeg, office_mode,
      office_energy, office_occupancy, space_mode, space_energy, space_occupancy, office_weekdays, usual_replaced,
      space_ids, recorded_at)
    select ${networkId}, 'bas_' || lpad(p::text, 8, '0'), 'per_' || lpad(p::text, 8, '0'), '2026-01-05', '34111',
      'address', ${rest}, ${spaceIds}, '2026-01-05' from generate_series(1, ${people}::int) p`.execute(db);
  await sql`insert into commute.route (network_id, baseline_id, leg, space_id, mode, routed_m, seconds, engine,
      engine_version, data_sha256, costing, snap_m, question_commit, recorded_at)
    select ${networkId}, 'bas_' || lpad(p::text, 8, '0'), leg,
      case when leg like '%office%' then '' else (${spaceIds}::text[])[1 + p % ${spaceIds.length}::int] end, 'car',
      case when leg like '%office%' then 20000 + p % 30000 else 3000 + p % 5000 end, 1500, 'bench', '1',
      ${sha256('roads')}, '{}', 4, ${sha256('question')}, '2026-01-05'
    from generate_series(1, ${people}::int) p, unnest('{home_office,office_home,home_space,space_home}'::text[]) leg`.execute(
    db,
  );
  const days = sql`generate_series(1, ${people}::int) p cross join unnest(${weekdays}::date[]) with ordinality as d(day, n)
    where (p - 1) * ${weekdays.length}::int + n <= ${presences}::int`;
  const id = sql`'prs_' || lpad(((p - 1) * ${weekdays.length}::int + n)::text, 10, '0')`;
  const space = sql`(${spaceIds}::text[])[1 + p % ${spaceIds.length}::int]`;
  const hash = (what: string, of: ReturnType<typeof sql>) => sql`encode(sha256((${what} || ${of})::bytea), 'hex')`;
  await sql`insert into presence.day_attestation (network_id, attestation_id, pseudonym, space_id, commune_code,
      local_day, halves, evidence_class, evidence_sha256, booking_sha256, person_commit, payload_commit, recorded_at)
    select ${networkId}, ${id}, ${hash('person ', sql`p`)}, ${space}, '34111', day, 2, 'C', array[${sha256('e')}],
      ${sha256('b')}, ${hash('commit ', sql`p`)}, ${hash('payload ', sql`p || ' ' || n`)}, day + interval '20 hours'
    from ${days}`.execute(db);
  await sql`update presence.standing set due_at = null, own = 'ppp', trip = 'ppp', own_revision = 1, trip_revision = 1
    where network_id = ${networkId}`.execute(db);
  const legs = (metres: ReturnType<typeof sql>) =>
    sql`jsonb_build_array(jsonb_build_object('metres', ${metres}, 'factor', 'car', 'occupancy', '1'),
      jsonb_build_object('metres', ${metres}, 'factor', 'car', 'occupancy', '1'))`;
  await sql`insert into commute.trip (network_id, attestation_id, revision, day, space_id, baseline_id, x, replaced,
      source, reference, actual, avoided_m, recorded_at)
    select ${networkId}, ${id}, 1, day, ${space}, 'bas_' || lpad(p::text, 8, '0'), 1, 'office', 'worker',
      ${legs(sql`20000 + p % 30000`)}, ${legs(sql`3000 + p % 5000`)}, 2 * (17000 + p % 30000 - p % 5000), day + 1
    from ${days}`.execute(db);
  await sql`analyze`.execute(db);
}

async function found(database: OpenDatabase, name: string, presences: number): Promise<Network> {
  const networkId: Id<'net'> = `net_${name}`;
  await sql`insert into people.network (network_id, name, profile, fictitious, created_at)
    values (${networkId}, ${name}, 'demo', true, '2026-01-05')`.execute(database.db);
  const source = { db: database.db, clock: () => instant('2026-07-09T08:00:00Z'), newId: randomId };
  const network: Network = { networkId, presences, run: task => inNetwork(source, networkId, task) };
  const [manager] = done(
    await network.run(work => addOrganisations(work, operator, [{ kind: 'commune', name: 'Commune d’essai' }])),
  );
  const sheets = Array.from({ length: 50 }, (_, n) =>
    sampleSpace({ name: `Espace ${n}`, managerId: manager!.organisationId }),
  );
  const spaces = done(await network.run(work => addSpaces(work, operator, sheets)));
  const spaceIds = spaces.map(space => space.spaceId);
  const project = { holderId: manager!.organisationId, spaceIds, on: '2026-05-04' } as const;
  await network.run(work => foundProject(work, project));
  await fill(database, network, spaceIds);
  return network;
}

const close = (network: Network): Promise<number> =>
  timed(async () => done(await network.run(work => closePeriod(work, operator, { month, keyring }))));

const dossierOf = ({ run }: Network) =>
  run(async work => done(await buildDossier(work, { batchId: (await batches(work))[0]!.id, keyring })));

/** One archive changed in one way that chance chose: a byte flipped, taken or added, a run cut, swapped or repeated. */
function mutated(zip: Buffer, random: (below: number) => number): Buffer {
  const at = random(zip.length);
  const length = 1 + random(64);
  const [head, cut, tail] = [zip.subarray(0, at), zip.subarray(at, at + length), zip.subarray(at + length)];
  const kinds = [
    () => Buffer.concat([head, Buffer.from([zip[at]! ^ (1 << random(8))]), zip.subarray(at + 1)]),
    () => Buffer.concat([head, zip.subarray(at + 1)]),
    () => Buffer.concat([head, Buffer.from([random(256)]), zip.subarray(at)]),
    () => Buffer.concat([head, tail]),
    () => Buffer.concat([head, cut, cut, tail]),
    () => Buffer.concat([head, Buffer.from(cut).reverse(), tail]),
  ];
  return kinds[random(kinds.length)]!();
}

/** The archive made whole again around files that chance dropped, added, swapped or changed: only what was signed tells. */
function refiled(files: readonly ArchiveFile[], random: (below: number) => number): Buffer {
  const [one, other] = [files[random(files.length)]!, files[random(files.length)]!];
  const swapped = new Map([
    [one, other],
    [other, one],
  ]);
  const kinds = [
    () => files.filter(file => file !== one),
    () => [...files, { name: `${random(1_000_000)}.json`, content: one.content }],
    () => files.map(file => ({ ...file, content: (swapped.get(file) ?? file).content })),
    () => files.map(file => (file === one ? { ...one, content: mutated(Buffer.from(one.content), random) } : file)),
  ];
  return Buffer.from(archiveOf(kinds[random(kinds.length)]!()));
}

/** The same numbers on every run. */
function sequence(seed = 0): (below: number) => number {
  let state = 20_261_125 + seed;
  return below => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** How many changed archives the verifier refuses by a finding of its own; a change that changes no byte is drawn again. */
async function caughtOf(zip: Buffer): Promise<number> {
  // Not bundled: it reads its words beside itself.
  const program = pathToFileURL(join(root, 'verifier', 'verify.mjs')).href;
  const { Finding, readArchive, verify } = (await import(
    /* @vite-ignore */ program
  )) as typeof import('../verifier/verify.mjs');
  const random = sequence();
  const files = [...readArchive(zip)].map(([name, content]) => ({ name, content }));
  const draw = () => (random(2) === 0 ? mutated(zip, random) : refiled(files, random));
  let caught = 0;
  for (let n = 0; n < mutations; n++) {
    let changed = draw();
    while (changed.equals(zip)) changed = draw();
    try {
      verify(changed);
    } catch (error) {
      caught += Number(error instanceof Finding);
    }
  }
  return caught;
}

/** Bytes of the longest of some proofs, spread over the log. */
async function longestProof({ run }: Network, lines: number): Promise<number> {
  const places = Array.from({ length: 50 }, (_, n) => Math.floor((n * lines) / 50));
  return run(async work => {
    const rows = await linesAt(work, places);
    const proofs: string[] = [];
    for (const { leaf } of rows) proofs.push(done(await leafProof(work, Buffer.from(leaf, 'hex'))));
    return Math.max(...proofs.map(proof => Buffer.byteLength(proof)));
  });
}

/**
 * Rivals that claim and let go of the same lines, each on its own connection. A claim that was granted is remembered here: lines
 * that the database says are held by another one, or by none, were claimed twice or lost.
 */
async function rivalry({ url }: OpenDatabase, { networkId }: Network, attempts: number) {
  const { db } = openDatabase(url, rivals);
  const source = { db, clock: () => instant('2026-07-10T08:00:00Z'), newId: randomId };
  const run = <T>(task: (work: Work) => Promise<T>) => inNetwork(source, networkId, task);
  const holders = new Map<number, string>();
  let [left, granted, clashes] = [attempts, 0, 0];
  const rival = async (n: number) => {
    const random = sequence(n);
    for (let turn = 0; left > 0; turn++) {
      left--;
      const claimId = `clm_bench${String(n).padStart(4, '0')}${turn}`;
      const from = random(contested - 3);
      const seqs = [from, from + 1, from + 2];
      if (!(await run(work => claimLines(work, claimId, seqs))).ok) continue;
      granted++;
      clashes += seqs.filter(seq => holders.has(seq)).length;
      for (const seq of seqs) holders.set(seq, claimId);
      if (random(8) === 0) continue;
      for (const seq of seqs) holders.delete(seq);
      await run(work => releaseLines(work, claimId, seqs));
    }
  };
  const taken_ms = await timed(() => Promise.all(Array.from({ length: rivals }, (_, n) => rival(n))));
  const held = await sql<{ seq: number; claim: string }>`select seq::integer as seq, claim_id as claim from mrv.claimed
    where network_id = ${networkId}`.execute(db);
  await db.destroy();
  const wrong = held.rows.filter(({ seq, claim }) => holders.get(seq) !== claim).length;
  return {
    granted,
    double: clashes + wrong + Math.abs(held.rows.length - holders.size),
    a_second: attempts / (taken_ms / 1000),
  };
}

async function measured(database: OpenDatabase): Promise<readonly Row[]> {
  const tiny = await found(database, 'benchtiny', 60);
  const small = await found(database, 'benchsmall', large / 10);
  const big = await found(database, 'benchlarge', large);
  await close(tiny);
  const [small_ms, large_ms] = [await close(small), await close(big)];
  const folder = mkdtempSync(join(tmpdir(), 'parvis-bench-mrv-'));
  const file = join(folder, 'dossier.zip');
  writeFileSync(file, (await dossierOf(small)).bytes);
  const verifier = join(root, 'verifier', 'verify.mjs');
  let accepted = false;
  const verify_ms = await timed(async () => {
    accepted = spawnSync(process.execPath, [verifier, file], { stdio: 'ignore' }).status === 0;
  });
  rmSync(folder, { recursive: true });
  const claims = await rivalry(database, small, large / 10);
  const caught = await caughtOf(Buffer.from((await dossierOf(tiny)).bytes));
  return [
    judged({ name: `closing ${large} presences`, value: large_ms / 1000, unit: 's', goal: '<= 60' }),
    judged({
      name: `growth from ${large / 10} to ${large}`,
      value: large_ms / small_ms,
      unit: '×',
      goal: '<= 11',
      ratio_to: `closing ${large / 10}`,
    }),
    judged({ name: `verifying a dossier of ${large / 10}`, value: verify_ms / 1000, unit: 's', goal: '<= 20' }),
    judged({ name: 'it is accepted', value: Number(accepted), unit: '', goal: '= 1' }),
    judged({ name: 'longest inclusion proof', value: await longestProof(big, large), unit: 'B', goal: '<= 2048' }),
    judged({
      name: `double claims in ${large / 10} attempts, ${rivals} rivals`,
      value: claims.double,
      unit: '',
      goal: '= 0',
    }),
    judged({ name: 'claims granted meanwhile', value: claims.granted, unit: '', goal: '>= 100' }),
    judged({ name: 'attempts', value: claims.a_second, unit: '/s', goal: '>= 500' }),
    judged({ name: 'changed archives refused', value: caught, unit: '', goal: `= ${mutations}` }),
  ];
}

export const mrv: Suite = {
  name: 'mrv',
  summary: 'a large month closed, its dossier verified, rival claims, changed archives refused',
  run: () => inScratchDatabase(readSettings(), measured),
};
