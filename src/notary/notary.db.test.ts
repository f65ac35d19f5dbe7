import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countingIds, freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { sealLeaves } from '../../tools/sealed-leaves.ts';
import { done } from '../../tools/small-network.ts';
import { instant } from '../kernel/time.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import {
  consistency,
  inclusionProofs,
  isIntact,
  type Keyring,
  leafHash,
  leafProof,
  openCheckpoint,
  published,
  tile,
} from './notary.ts';
import { provesLeaf } from './proof.ts';
import { tilesOf } from './tiles.ts';
import { type Hash, provesConsistency, provesInclusion, rootOf } from './tree.ts';

let net: TestNetwork;
beforeAll(async () => {
  net = await freshNetwork();
});
afterAll(() => net.database.db.destroy());

const keyring: Keyring = { secrets: openSecretsOf('test'), host: 'log.example' };
const leaves = Array.from({ length: 1_000 }, (_, i) => leafHash(Buffer.from(`entry ${i}`)));
const append = (added: readonly Hash[], keys = keyring) => net.work(work => sealLeaves(work, keys, added));

describe('a log that seals batches', () => {
  test('says nothing before its first seal', async () => {
    expect(await net.work(published)).toMatchObject({ ok: false, refusal: { code: 'notary.no_log', status: 404 } });
    expect(await net.work(isIntact)).toBe(true);
  });

  test('has after each batch the root of all leaves so far, signed with its own key', async () => {
    const sizes = [0, 1, 255, 256, 257, 700];
    for (const [i, size] of sizes.slice(1).entries()) {
      const sealed = done(await append(leaves.slice(sizes[i]!, size)));
      const { key, vkey } = done(await net.work(published));
      expect(sealed.vkey).toBe(vkey);
      expect(openCheckpoint(sealed.checkpoint, key)).toMatchObject({ origin: 'log.example/log/net_testnetwork', size });
      expect(Buffer.from(sealed.root)).toEqual(Buffer.from(rootOf(leaves.slice(0, size))));
    }
    expect(await net.work(isIntact)).toBe(true);
  });

  test('signs nothing new when nothing is added', async () => {
    const before = done(await net.work(published));
    expect(done(await append([])).checkpoint).toBe(before.checkpoint);
  });

  test('serves every tile of its size, and none beyond', async () => {
    for (const one of tilesOf(700)) {
      const bytes = done(await net.work(work => tile(work, one)));
      expect(bytes).toHaveLength(one.width * 32);
      if (one.level === 0) expect(Buffer.from(bytes.subarray(0, 32))).toEqual(Buffer.from(leaves[one.n * 256]!));
    }
    const beyond = await net.work(work => tile(work, { level: 0, n: 2, width: 189 }));
    expect(beyond).toMatchObject({ ok: false, refusal: { code: 'notary.no_tile' } });
  });

  test('proves each leaf against an older size as against the latest', async () => {
    const root = rootOf(leaves.slice(0, 257));
    const indexes = Array.from({ length: 257 }, (_, i) => i);
    const proofs = await net.work(work => inclusionProofs(work, { indexes, size: 257 }));
    for (const [index, proof] of proofs.entries()) {
      expect(provesInclusion({ index, size: 257, leaf: leaves[index]!, proof, root })).toBe(true);
    }
    const { key } = done(await net.work(published));
    expect(provesLeaf(done(await net.work(work => leafProof(work, leaves[699]!))), leaves[699]!, key)).toBe(true);
    const absent = await net.work(work => leafProof(work, leaves[701]!));
    expect(absent).toMatchObject({ ok: false, refusal: { code: 'notary.no_leaf' } });
  });

  test('proves that it only grew, between any two sizes', async () => {
    const root = rootOf(leaves.slice(0, 700));
    for (const oldSize of [0, 1, 2, 255, 256, 511, 699, 700]) {
      const proof = done(await net.work(work => consistency(work, { oldSize, size: 700 })));
      const oldRoot = rootOf(leaves.slice(0, oldSize));
      expect(provesConsistency({ oldSize, size: 700, oldRoot, root, proof })).toBe(true);
    }
    const shrunk = await net.work(work => consistency(work, { oldSize: 700, size: 3 }));
    expect(shrunk).toMatchObject({ ok: false, refusal: { code: 'notary.bad_size' } });
  });

  test('queues sealers that come together: none is lost, none forks', async () => {
    const answers = await Promise.all(leaves.slice(700, 712).map(leaf => append([leaf])));
    expect(answers.map(answer => done(answer).size).sort()).toEqual(Array.from({ length: 12 }, (_, i) => 701 + i));
    expect(done(await net.work(published)).size).toBe(712);
    expect(await net.work(isIntact)).toBe(true);
  });

  test('refuses to seal with the key of another installation', async () => {
    const other = { secrets: openSecretsOf('other'), host: 'log.example' };
    expect(await append([leaves[800]!], other)).toMatchObject({ ok: false, refusal: { code: 'notary.other_key' } });
  });

  test('keeps its name when the public host changes', async () => {
    const moved = done(await append([leaves[801]!], { ...keyring, host: 'elsewhere.example' }));
    expect(moved.checkpoint.split('\n')[0]).toBe('log.example/log/net_testnetwork');
  });
});

describe('the rows of the log', () => {
  test.each(['log', 'row_hash', 'checkpoint'])('of %s refuse change and removal', async table => {
    for (const statement of [`update notary.${table} set network_id = network_id`, `delete from notary.${table}`]) {
      await expect(net.work(work => sql.raw(statement).execute(work.tx))).rejects.toThrow(/reversing entry/);
    }
  });

  test.each([
    ['an old leaf, under a full tile', 0, 3, false],
    ['a leaf of the open tile', 0, 712, true],
    ['a full tile’s hash', 1, 1, true],
  ])('that someone with all rights rewrote are noticed: %s', async (_, level, position, stopsSealing) => {
    const rewrite = (hash: string) =>
      sql
        .raw(`update notary.row_hash set hash = '\\x${hash}' where level = ${level} and position = ${position}`)
        .execute(net.database.db);
    const [before] = (
      await sql<{ hash: string }>`select encode(hash, 'hex') as hash from notary.row_hash
        where level = ${level} and position = ${position}`.execute(net.database.db)
    ).rows;
    await sql.raw('alter table notary.row_hash disable trigger all').execute(net.database.db);
    await rewrite('ab'.repeat(32));
    expect(await net.work(isIntact)).toBe(false);
    if (stopsSealing) await expect(append([leaves[900]!])).rejects.toThrow('no longer give its last signed root');
    await rewrite(before!.hash);
    expect(await net.work(isIntact)).toBe(true);
  });

  test('I-33: of which one bit was flipped, in any of 400 places that chance chose, are noticed', async () => {
    let state = 33;
    const chance = (below: number) => {
      state = (state * 48_271) % 2_147_483_647;
      return state % below;
    };
    const flipped = (text: string, hex: boolean) => {
      const at = chance(text.length);
      const code = hex ? Number.parseInt(text[at]!, 16) ^ (1 << chance(4)) : text.charCodeAt(at) ^ (1 << chance(7));
      // No text of a database holds U+0000.
      return text.slice(0, at) + (hex ? code.toString(16) : String.fromCharCode(code || 0x7f)) + text.slice(at + 1);
    };
    const latest = sql`size = (select max(size) from notary.checkpoint)`;
    const target = (i: number) => {
      if (i % 4 === 0) return { table: 'checkpoint', column: 'note', hex: false, where: latest };
      if (i % 4 === 1) return { table: 'checkpoint', column: 'root', hex: true, where: latest };
      const row = sql`select ctid from notary.row_hash order by level desc, position offset ${chance(715)} limit 1`;
      return { table: 'row_hash', column: 'hash', hex: true, where: sql`ctid = (${row})` };
    };
    const missed: string[] = [];
    await net.database.db.transaction().execute(async tx => {
      // A superuser who also silences the triggers: the most that anyone can do here.
      await sql`set local session_replication_role = replica`.execute(tx);
      const beside = () => Promise.reject(new Error('nothing is read beside'));
      const work = {
        tx,
        networkId: net.networkId,
        now: instant('2026-06-15T08:00:00Z'),
        newId: countingIds(),
        beside,
        memory: new Map(),
      };
      for (let i = 0; i < 400; i++) {
        const { hex, where, ...named } = target(i);
        const [table, column] = [sql.id('notary', named.table), sql.id(named.column)];
        const { rows } = await sql<{ was: string }>`
          select ${hex ? sql`encode(${column}, 'hex')` : column} as was from ${table} where ${where}`.execute(tx);
        const now = flipped(rows[0]!.was, hex);
        await sql`savepoint before`.execute(tx);
        await sql`update ${table} set ${column} = ${hex ? sql`decode(${now}, 'hex')` : now} where ${where}`.execute(tx);
        if (await isIntact(work)) missed.push(`${named.table}.${named.column}: ${now}`);
        await sql`rollback to savepoint before`.execute(tx);
      }
      expect(await isIntact(work)).toBe(true);
    });
    expect(missed).toEqual([]);
  });
});
