import { createHash, createHmac } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { computeDistances, declareBaseline } from '../src/commute/commute.ts';
import { sampleDeclaration } from '../src/commute/sample.ts';
import type { Day } from '../src/kernel/time.ts';
import { buildDossier, closePeriod } from '../src/mrv/mrv.ts';
import { openSecretsOf } from '../src/platform/secrets.ts';
import { readArchive } from '../verifier/verify.mjs';
import { done, foundSmallNetwork, liveDay, type SmallNetwork } from './small-network.ts';
import { straightRoads } from './straight-roads.ts';

const keyring = { secrets: openSecretsOf('canaries'), host: 'log.example' };
const days: readonly Day[] = ['2026-06-02', '2026-06-03', '2026-06-09'];
/** Words that nothing but a person's own rows may hold. */
const names = ['Zéphyrine', 'Canarivet'];
const home = { lon_udeg: 3_712_345, lat_udeg: 43_931_234 };

let net: SmallNetwork;
let emails: readonly string[];
/** All that is published, sealed or handed over, as text: what an attacker may read. */
let published: string;
/** One of the files that are handed over. */
let sealed: string;

const rowsOf = async (schema: string): Promise<string> => {
  const tables = await sql<{ name: string }>`select table_name as name from information_schema.tables
    where table_schema = ${schema} and table_type = 'BASE TABLE'`.execute(net.database.db);
  const texts: string[] = [];
  for (const { name } of tables.rows) {
    const rows = await sql<{ row: string }>`select t::text as row from ${sql.table(`${schema}.${name}`)} t`.execute(
      net.database.db,
    );
    texts.push(...rows.rows.map(({ row }) => row));
  }
  return texts.join('\n');
};

beforeAll(async () => {
  net = await foundSmallNetwork({
    foundedOn: '2026-05-04',
    keyring,
    space: {},
    office: { communeCode: '34172', place: { lon_udeg: 3_876_000, lat_udeg: 43_611_000 } },
    workers: 3,
  });
  const { db } = net.database;
  await sql`update people.person set first_name = ${names[0]}, last_name = ${names[1]}
    where person_id = any(${net.workers.map(one => one.personId)})`.execute(db);
  const found = await sql<{ email: string }>`select email from people.person`.execute(db);
  emails = found.rows.map(one => one.email);
  for (const worker of net.workers) {
    const exact = { communeCode: '34111', communeName: 'Ganges', precision: 'address', exact: home } as const;
    const declared = sampleDeclaration({ spaceIds: [net.space.spaceId], validFrom: '2026-05-04', home: exact });
    const { baselineId } = done(await net.work(work => declareBaseline(work, worker, declared)));
    done(await net.work(work => computeDistances(work, straightRoads(), baselineId)));
  }
  for (const day of days) await liveDay(net, day);
  net.at('2026-07-09T08:00:00Z');
  const batch = done(await net.work(work => closePeriod(work, net.operator, { month: '2026-06', keyring })));
  const dossier = done(await net.work(work => buildDossier(work, { batchId: batch.id, keyring })));
  const files = [...readArchive(Buffer.from(dossier.bytes)).values()].map(bytes => bytes.toString('utf8'));
  sealed = files.find(file => file.includes('checkpoint') || file.startsWith('{'))!;
  const schemas = await Promise.all(['notary', 'mrv', 'registry', 'claims'].map(rowsOf));
  published = [...files, ...schemas].join('\n');
}, 60_000);
afterAll(() => net.database.db.destroy());

describe('I-40: what is sealed and handed over', () => {
  test('holds no name, no address of any kind, no home and no id of a person who came', () => {
    const degrees = [home.lon_udeg, home.lat_udeg].flatMap(udeg => [String(udeg), String(udeg / 1e6)]);
    const canaries = [...names, ...emails, ...degrees, ...net.workers.map(one => one.personId)];
    expect(canaries.filter(canary => published.includes(canary))).toEqual([]);
    // The net is not empty: what must be there is.
    expect(published).toContain(net.space.spaceId);
  });

  test('yields nothing to a hundred thousand guesses of who a hash stands for', () => {
    const hashes = new Set([...published.matchAll(/[0-9a-f]{64}/g)].map(([hash]) => hash));
    const found = (seed: string): boolean =>
      [createHash('sha256').update(seed), createHmac('sha256', net.networkId).update(seed)].some(hash =>
        hashes.has(hash.digest('hex')),
      );
    // A guess that is right is caught: the manifest names its files by their hashes.
    expect(found(sealed)).toBe(true);
    const people = [...net.workers.map(one => one.personId as string), ...emails, ...names, names.join(' ')];
    const decade = Array.from({ length: 3_660 }, (_, n) =>
      new Date(Date.UTC(2020, 0, 1 + n)).toISOString().slice(0, 10),
    );
    const seeds = [
      ...people,
      ...people.flatMap(one => decade.flatMap(day => [`${one}${day}`, `${one}|${day}`, `${day} ${one}`])),
    ];
    expect(seeds.length).toBeGreaterThan(100_000);
    expect(seeds.filter(found)).toEqual([]);
  });
});
