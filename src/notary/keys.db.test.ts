import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { countingIds, freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { sealLeaves } from '../../tools/sealed-leaves.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { instant } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { inNetwork, migrate, migrationsIn, openDatabase, type Work } from '../platform/database.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { openOfItsDay } from './keys.ts';
import {
  checkpointOfSize,
  isIntact,
  journal,
  type Keyring,
  keyList,
  keyringOf,
  leafHash,
  leafProof,
  openCheckpoint,
  published,
  revokeKey,
  rotateKey,
  signText,
} from './notary.ts';
import { openNote } from './note.ts';
import { provesLeaf } from './proof.ts';
import { latestCheckpoint } from './store/log.ts';

const keyring: Keyring = { secrets: openSecretsOf('test'), host: 'log.example' };
const operator: Actor = {
  personId: 'per_00000001',
  firstName: '',
  memberships: [{ role: 'network_operator', scope: null }],
};
const auditor: Actor = { ...operator, memberships: [{ role: 'auditor', scope: null }] };
const leafOf = (name: string) => leafHash(Buffer.from(name));
const append = (net: TestNetwork, names: readonly string[], keys = keyring) =>
  net.work(work => sealLeaves(work, keys, names.map(leafOf)));

describe('a change of key', () => {
  let net: TestNetwork;
  beforeAll(async () => {
    net = await freshNetwork('2026-01-01T00:00:00Z');
  });
  afterAll(() => net.database.db.destroy());
  const rotate = (actor = operator) => net.work(work => rotateKey(work, actor, keyring));
  const noteAt = async (size: number) => done(await net.work(work => checkpointOfSize(work, size)));

  test('is for a log that signed something, and for its operator', async () => {
    expect(codeOf(await rotate())).toBe('notary.no_log');
    await append(net, ['a', 'b', 'c']);
    expect(codeOf(await rotate(auditor))).toBe('notary.operator_only');
  });

  test('is an entry of the log, under a checkpoint that both keys sign', async () => {
    const first = done(await net.work(published));
    const dossier = done(await net.work(work => signText(work, keyring, 'a manifest\n')));
    net.at('2026-07-01T00:00:00Z');
    const sealed = done(await rotate());
    const second = done(await net.work(published));
    expect(sealed).toMatchObject({ size: 4, vkey: second.vkey });
    expect(second.vkey).not.toBe(first.vkey);
    expect(openNote(sealed.checkpoint, [first.key, second.key])?.signedBy).toHaveLength(2);
    expect(openCheckpoint(sealed.checkpoint, first.key)?.size).toBe(4);
    expect(openCheckpoint(sealed.checkpoint, second.key)?.size).toBe(4);
    const next = done(await append(net, ['d']));
    expect(openCheckpoint(next.checkpoint, second.key)?.size).toBe(5);
    expect(openCheckpoint(next.checkpoint, first.key)).toBeNull();
    expect(await net.work(isIntact)).toBe(true);
    expect(provesLeaf(done(await net.work(work => leafProof(work, leafOf('a')))), leafOf('a'), second.key)).toBe(true);
    // What the first key signed comes out the same bytes for ever.
    expect(done(await net.work(work => signText(work, keyring, 'a manifest\n', first.vkey)))).toBe(dossier);
    expect(openNote(done(await net.work(work => signText(work, keyring, 'a list\n'))), [second.key])).not.toBeNull();
  });

  test('I-08: after three changes every checkpoint opens under the keys of its day, and under no other', async () => {
    for (const [i, day] of ['2027-01-01', '2027-07-01'].entries()) {
      net.at(`${day}T00:00:00Z`);
      done(await rotate());
      net.at(`${day}T12:00:00Z`);
      done(await append(net, [`e${i}`]));
    }
    const { keys, size } = done(await net.work(journal));
    expect(keys.map(key => key.generation)).toEqual([1, 2, 3, 4]);
    const { rows } = await net.work(({ tx }) =>
      sql<{ size: bigint; note: string; sealed_at: string }>`
        select size, note, sealed_at::text from notary.checkpoint order by size`.execute(tx),
    );
    expect(rows.map(row => Number(row.size))).toEqual([3, 4, 5, 6, 7, 8, 9]);
    const opening = rows.map(({ note }) =>
      keys.filter(({ key }) => openCheckpoint(note, key)).map(key => key.generation),
    );
    expect(opening).toEqual([[1], [2, 1], [2], [3, 2], [3], [4, 3], [4]].map(list => list.sort()));
    for (const { note, sealed_at } of rows) {
      const signedAt = instant(sealed_at.replace(' ', 'T'));
      expect(openOfItsDay(note, { keys, signedAt })?.root).toBeDefined();
    }
    expect(size).toBe(9);
    expect(await net.work(isIntact)).toBe(true);
  });

  test('is told in a list that the present key signs; a revoked key is told since when', async () => {
    const { keys, key } = done(await net.work(journal));
    const since = instant('2027-03-01T00:00:00Z');
    const revoke = (generation: number, at = since, actor = operator) =>
      net.work(work => revokeKey(work, actor, { generation, since: at }));
    expect(codeOf(await revoke(3, since, auditor))).toBe('notary.operator_only');
    expect(codeOf(await revoke(9))).toBe('notary.no_key');
    expect(codeOf(await revoke(4))).toBe('notary.key_signs');
    expect(codeOf(await revoke(3, instant('2099-01-01T00:00:00Z')))).toBe('notary.bad_revocation');
    done(await revoke(3));
    expect(codeOf(await revoke(3))).toBe('notary.key_revoked');
    expect(done(await revoke(1, instant('2020-01-01T00:00:00Z'))).revokedSince).toEqual(keys[0]!.from);
    const list = openNote(done(await net.work(work => keyList(work, keyring))), [key])!
      .text.trimEnd()
      .split('\n');
    expect(list.slice(2).map(line => line.split(' ')[1])).toEqual(['revoked', 'retired', 'revoked', 'current']);
    expect(list[4]).toMatch(
      / revoked from 2027-01-01T00:00:00Z until 2027-07-01T00:00:00Z since 2027-03-01T00:00:00Z$/,
    );
    const now = done(await net.work(journal)).keys;
    const opens = async (size: number, at: string) =>
      openOfItsDay(await noteAt(size), { keys: now, signedAt: instant(at) }) !== null;
    expect(await opens(7, '2027-01-02T00:00:00Z')).toBe(true);
    expect(await opens(7, '2027-03-02T00:00:00Z')).toBe(false);
    expect(keys).toHaveLength(now.length);
    expect(await net.work(isIntact)).toBe(true);
  });

  test('asked by eight at once happens eight times, one after the other, and the log holds', async () => {
    const sizes = (await Promise.all(Array.from({ length: 8 }, () => rotate()))).map(one => done(one).size);
    expect(sizes.sort((a, b) => a - b)).toEqual([10, 11, 12, 13, 14, 15, 16, 17]);
    const { keys } = done(await net.work(journal));
    expect(new Set(keys.map(key => key.vkey)).size).toBe(12);
    expect(await net.work(isIntact)).toBe(true);
  });

  test('is never made under the secret of another installation', async () => {
    const other = { ...keyring, secrets: openSecretsOf('other') };
    expect(codeOf(await net.work(work => rotateKey(work, operator, other)))).toBe('notary.other_key');
    expect(codeOf(await net.work(work => keyList(work, other)))).toBe('notary.other_key');
  });

  test('by a sealer whose clock is behind is dated after what it found', async () => {
    const before = done(await net.work(journal));
    net.at('2020-01-01T00:00:00Z');
    done(await rotate());
    done(await append(net, ['late']));
    const after = done(await net.work(journal));
    expect(after.sealedAt.epochMilliseconds).toBeGreaterThanOrEqual(before.sealedAt.epochMilliseconds);
    expect(await net.work(isIntact)).toBe(true);
  });

  test.each(['key', 'key_end'])('leaves rows of %s that refuse change and removal', async table => {
    for (const statement of [`update notary.${table} set network_id = network_id`, `delete from notary.${table}`]) {
      await expect(net.work(work => sql.raw(statement).execute(work.tx))).rejects.toThrow(/reversing entry/);
    }
  });
});

describe('a database that lost events', () => {
  let net: TestNetwork;
  let backup: TestNetwork;
  let home: string;
  let remembering: Keyring;
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'parvis-log-'));
    remembering = {
      ...keyringOf({ secrets: keyring.secrets, settings: { home, publicUrl: null } }),
      host: 'log.example',
    };
    [net, backup] = [await freshNetwork(), await freshNetwork()];
    // The same secret and entries give the same bytes: the second database is a backup of the first one.
    for (const each of [net, backup]) await append(each, ['a', 'b', 'c'], remembering);
  });
  afterEach(async () => {
    await Promise.all([net, backup].map(each => each.database.db.destroy()));
    rmSync(home, { recursive: true });
  });
  const keep = async (from: TestNetwork) =>
    remembering.highWater!.keep(from.networkId, (await from.work(latestCheckpoint))!.note);

  test('is refused before it signs anything; the whole one goes on', async () => {
    await append(net, ['d', 'e'], remembering);
    await keep(net);
    const refused = await append(backup, ['other'], remembering);
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'notary.lost_events', status: 409 } });
    expect(refused).toMatchObject({
      refusal: { message: { fr: expect.stringMatching(/à 5 entrées, il en compte ici 3/) } },
    });
    expect(codeOf(await backup.work(work => rotateKey(work, operator, remembering)))).toBe('notary.lost_events');
    expect(done(await append(net, ['f'], remembering)).size).toBe(6);
  });

  test('is refused even once it has grown past what was remembered, with other events', async () => {
    await append(net, ['d'], remembering);
    await append(backup, ['other', 'and more'], remembering);
    await keep(net);
    expect(codeOf(await append(backup, ['more still'], remembering))).toBe('notary.lost_events');
  });

  test('is refused when it lost everything', async () => {
    await keep(net);
    const empty = await freshNetwork();
    expect(codeOf(await append(empty, ['a'], remembering))).toBe('notary.lost_events');
    expect(codeOf(await empty.work(published))).toBe('notary.no_log');
    await empty.database.db.destroy();
  });

  test('that lost nothing signs, and what is remembered never shrinks', async () => {
    await keep(net);
    await append(net, ['d'], remembering);
    await keep(net);
    await keep(backup);
    expect(remembering.highWater!.read(net.networkId)?.size).toBe(4);
    expect(done(await append(backup, [], keyring)).size).toBe(3);
  });

  test('with a damaged memory seals nothing', async () => {
    await keep(net);
    const file = join(home, 'log', `${net.networkId}.checkpoint`);
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20));
    await expect(append(net, ['d'], remembering)).rejects.toThrow('does not hold a checkpoint');
  });
});

test('a log opened before keys had generations keeps its key as the first, whoever owns the database', async () => {
  const admin = openDatabase(inject('postgres').replace(/DATABASE$/, 'postgres'), 1);
  await sql`create role older_owner login`.execute(admin.db);
  await sql`create database older_log owner older_owner`.execute(admin.db);
  const url = new URL(inject('postgres').replace(/DATABASE$/, 'older_log'));
  url.username = 'older_owner';
  // Row security binds an ordinary owner, as it does not bind a superuser.
  const older = openDatabase(url.href, 2);
  const all = migrationsIn('migrations');
  const at = all.findIndex(({ name }) => name === '0018_witnesses.sql');
  await migrate(older, all.slice(0, at));
  const vkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
  await sql`insert into people.network (network_id, name, profile, fictitious, created_at)
    values ('net_00000001', 'A', 'demo', true, now()), ('net_00000002', 'B', 'demo', true, now())`.execute(older.db);
  const inFirst = <T>(task: (tx: Work['tx']) => Promise<T>) =>
    inNetwork(
      { db: older.db, clock: () => instant('2026-01-02T03:04:05Z'), newId: countingIds() },
      'net_00000001',
      work => task(work.tx),
    );
  await inFirst(tx =>
    sql`insert into notary.log values ('net_00000001', 'example.com/foo', ${vkey}, '2026-01-02T03:04:05Z')`.execute(tx),
  );
  await migrate(older, all.slice(0, at + 1));
  const { rows } = await inFirst(tx =>
    sql`select generation, vkey, valid_from::text as from from notary.key`.execute(tx),
  );
  expect(rows).toEqual([{ generation: 1, vkey, from: expect.stringContaining('2026-01-02 03:04:05') }]);
  await older.db.destroy();
  await sql`drop database older_log`.execute(admin.db);
  await sql`drop role older_owner`.execute(admin.db);
  await admin.db.destroy();
});
