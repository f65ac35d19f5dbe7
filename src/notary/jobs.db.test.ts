import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { countingIds, freshNetwork } from '../../tools/fresh-database.ts';
import { sealLeaves } from '../../tools/sealed-leaves.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { hasOpenssl, openAuthorities } from '../../tools/time-authority.ts';
import { type RunningWitness, startWitness, witnessFolder } from '../../tools/witness-process.ts';
import { sha256 } from '../kernel/canonical.ts';
import { addSeconds, type Instant, instantAt } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { readSettings } from '../platform/settings.ts';
import { textIn } from './checkpoint.ts';
import { cosignaturesIn, cosignerKey } from './cosignature.ts';
import { keepLog } from './jobs.ts';
import {
  addWitness,
  checkpointOfSize,
  journal,
  keyringOf,
  leafHash,
  leafProof,
  published,
  removeWitness,
  rotateKey,
  sealPending,
  stampOfSize,
  submit,
} from './notary.ts';
import { keyTypes, noteSigner, parseVkey, vkeyText } from './note.ts';
import { provesLeaf } from './proof.ts';

const operator: Actor = {
  personId: 'per_00000001',
  firstName: '',
  memberships: [{ role: 'network_operator', scope: null }],
};
const secrets = openSecretsOf('test');
const origin = 'log.example/log/net_testnetwork';
const logKey = (generation = 1) =>
  vkeyText(noteSigner(origin, secrets(`log net_testnetwork${generation > 1 ? ` key ${generation}` : ''}`)).key);

const folder = witnessFolder();
const ending: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});
afterAll(folder.remove);

/** A network whose clock is the machine's, as witnesses have no other; its home is its own. */
async function installed(settings: { readonly tsaUrl?: string; readonly home?: string } = {}) {
  const net = await freshNetwork();
  const home = settings.home ?? mkdtempSync(join(tmpdir(), 'parvis-home-'));
  ending.push(
    () => net.database.db.destroy(),
    () => rmSync(home, { recursive: true, force: true }),
  );
  let later_s = 0;
  const said: string[] = [];
  const clock = (): Instant => addSeconds(instantAt(Date.now()), later_s);
  const world = {
    db: net.database.db,
    clock,
    newId: countingIds(),
    log: { info: () => {}, error: (message: string) => void said.push(message) },
    secrets,
    settings: { ...readSettings({}), home, publicUrl: 'https://log.example', tsaUrl: settings.tsaUrl ?? null },
  };
  const keyring = keyringOf(world);
  net.at(clock().toString());
  return {
    ...net,
    home,
    said,
    keyring,
    keep: () => keepLog(world, net.networkId),
    wait: (seconds: number) => {
      later_s += seconds;
    },
    leave: (...names: readonly string[]) => net.work(work => submit(work, names.map(entryOf))),
    append: (...names: readonly string[]) =>
      net.work(work =>
        sealLeaves(
          work,
          keyring,
          names.map(name => leafHash(Buffer.from(name))),
        ),
      ),
    journal: async () => done(await net.work(journal)),
    watch: async ({ vkey, url }: { vkey: string; url: string }, name = 'Mairie') =>
      done(await net.work(work => addWitness(work, operator, { name, vkey, url }))).witnessId,
  };
}
type Installed = Awaited<ReturnType<typeof installed>>;

const entryOf = (name: string) => ({
  type: 'presence',
  site: 'spc_00000001',
  day: '2026-06-15',
  person_commit: sha256(`person ${name}`),
  payload_commit: sha256(`payload ${name}`),
});

async function witness(key: string, { port = 0, logs = [logKey()] } = {}): Promise<RunningWitness> {
  const started = await startWitness({ logs, key: folder.fileOf(key), port });
  ending.push(started.kill);
  return started;
}

/** A witness that says 1, then 0, and so on: whatever it is told, it knows something else. */
const alternating: RequestListener = (() => {
  let next = 0;
  return (_, to) => {
    next = 1 - next;
    to.writeHead(409).end(`${next}\n`);
  };
})();

/** What some web server answers to every post. */
async function answering(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  ending.push(
    () => server.closeAllConnections(),
    () => new Promise(closed => server.close(closed)),
  );
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`;
}

const refusesChange = async (net: Installed, table: string) => {
  for (const statement of [`update notary.${table} set size = size`, `delete from notary.${table}`]) {
    await expect(net.work(work => sql.raw(statement).execute(work.tx))).rejects.toThrow(/reversing entry/);
  }
};
const answers = async (net: Installed) => (await net.journal()).witnesses.map(one => one.answer);
/** Whose words stand under the served checkpoint, by key name and type. */
const cosigners = async (net: Installed) => {
  const { checkpoint, witnesses, key } = await net.journal();
  const keys = [cosignerKey(key), ...witnesses.map(one => parseVkey(one.vkey, keyTypes.cosignature)!)];
  return cosignaturesIn(checkpoint, textIn(checkpoint), keys).map(one => one.key.name);
};

describe('the log, kept by the clock', () => {
  test('is not opened by the clock', async () => {
    const net = await installed();
    await net.keep();
    expect(codeOf(await net.work(published))).toBe('notary.no_log');
    expect([net.said, readdirSync(net.home)]).toEqual([[], []]);
  });

  test('seals what waits, says it is the latest, is cosigned by its witness, and remembers its size', async () => {
    const [net, town] = [await installed(), await witness('seals')];
    await net.watch(town);
    const [id] = await net.leave('a', 'b', 'c');
    await net.keep();
    expect(id).toHaveLength(64);
    expect(await net.journal()).toMatchObject({ size: 3, witnesses: [{ answer: 'cosigned', knownSize: 3 }] });
    expect(await cosigners(net)).toEqual([origin, 'witness.example']);
    expect(net.keyring.highWater!.read(net.networkId)?.size).toBe(3);
    expect(net.said).toEqual([]);
    const leaf = (
      await net.work(({ tx }) => sql<{ hash: Buffer }>`select hash from notary.row_hash limit 1`.execute(tx))
    ).rows[0]!;
    const proof = done(await net.work(work => leafProof(work, leaf.hash)));
    expect(provesLeaf(proof, leaf.hash, (await net.journal()).key)).toBe(true);
    expect(proof).toContain('— witness.example ');
    expect(proof.length).toBeLessThan(2_048);
    await refusesChange(net, 'cosignature');
  });

  test('is dated every day, news or not, and its root is one', async () => {
    const [net, town] = [await installed(), await witness('daily')];
    await net.watch(town);
    await net.append('a');
    const rows = () =>
      net
        .work(({ tx }) =>
          sql<{ n: number }>`
      select count(*)::int as n from notary.cosignature where vkey like ${`${origin}%`}`.execute(tx),
        )
        .then(r => r.rows[0]!.n);
    const checkpoints = () =>
      net
        .work(({ tx }) => sql<{ n: number }>`select count(*)::int as n from notary.checkpoint`.execute(tx))
        .then(r => r.rows[0]!.n);
    await net.keep();
    await net.keep();
    expect(await rows()).toBe(1);
    const asked = (await net.journal()).witnesses[0]!.askedAt;
    net.wait(86_400);
    await net.keep();
    expect([await rows(), await checkpoints()]).toEqual([2, 1]);
    expect(await cosigners(net)).toEqual([origin, 'witness.example']);
    expect((await net.journal()).witnesses[0]!.askedAt).not.toEqual(asked);
  });

  test('kept by three at once seals once', async () => {
    const [net, town] = [await installed(), await witness('thrice')];
    await net.watch(town);
    await net.leave('a', 'b');
    await Promise.all([net.keep(), net.keep(), net.keep()]);
    await net.keep();
    expect(await net.journal()).toMatchObject({ size: 2, witnesses: [{ answer: 'cosigned' }] });
    expect(net.said).toEqual([]);
  });
});

describe('a witness', () => {
  test('that is away is asked again, and catches up with all that it missed', async () => {
    const [net, town] = [await installed(), await witness('away')];
    await net.watch(town);
    await net.append('a');
    await net.keep();
    await town.kill();
    for (const name of ['b', 'c', 'd']) {
      await net.leave(name);
      await net.keep();
    }
    expect(await net.journal()).toMatchObject({ size: 4, witnesses: [{ answer: 'unreachable', knownSize: 1 }] });
    expect(await cosigners(net)).toEqual([origin]);
    await witness('away', { port: Number(new URL(town.url).port) });
    await net.keep();
    expect(await net.journal()).toMatchObject({ witnesses: [{ answer: 'cosigned', knownSize: 4 }] });
  });

  test('that already knows the log says how far, and is told the rest', async () => {
    const [net, town] = [await installed(), await witness('knows')];
    const witnessId = await net.watch(town);
    await net.append('a', 'b', 'c');
    await net.keep();
    done(await net.work(work => removeWitness(work, operator, witnessId)));
    await net.append('d', 'e');
    await net.watch(town);
    await net.keep();
    expect(await net.journal()).toMatchObject({ witnesses: [{ answer: 'cosigned', knownSize: 5 }] });
  });

  test.each<[string, RequestListener, string]>([
    ['with a page', (_, to) => to.end('<!doctype html>'), 'bad_answer'],
    ['without end', (_, to) => to.end('a'.repeat(100_000)), 'unreachable'],
    ['from elsewhere', (_, to) => to.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(), 'unreachable'],
    ['by hanging up', (_, to) => to.destroy(), 'unreachable'],
    ['with an error', (_, to) => to.writeHead(500).end(), 'bad_answer'],
    ['always with another size', alternating, 'bad_answer'],
  ])('that answers %s is told as such, and holds nothing up', async (_, listener, expected) => {
    const net = await installed();
    const { vkey } = await witness('other');
    await net.watch({ vkey, url: await answering(listener) });
    await net.append('a', 'b');
    await net.keep();
    expect(await answers(net)).toEqual([expected]);
    expect(await cosigners(net)).toEqual([origin]);
  });

  test('under another key than the one given is not believed', async () => {
    const [net, town, other] = [await installed(), await witness('given'), await witness('real')];
    await net.watch({ vkey: other.vkey, url: town.url });
    await net.append('a');
    await net.keep();
    expect(await answers(net)).toEqual(['bad_answer']);
    expect(await cosigners(net)).toEqual([origin]);
  });

  test('of another log, or of a key that the log no longer uses, says so', async () => {
    const net = await installed();
    const stranger = vkeyText(noteSigner('other.example/log', Buffer.alloc(32, 3)).key);
    await net.watch(await witness('stranger', { logs: [stranger] }), 'Auditeur');
    const town = await witness('old key');
    await net.watch(town);
    await net.append('a');
    await net.keep();
    expect(await answers(net)).toEqual(['unknown_log', 'cosigned']);
    done(await net.work(work => rotateKey(work, operator, net.keyring)));
    await net.keep();
    expect(await answers(net)).toEqual(['unknown_log', 'cosigned']);
    await net.append('b');
    await net.keep();
    expect(await answers(net)).toEqual(['unknown_log', 'unknown_key']);
    await town.kill();
    await witness('old key', { port: Number(new URL(town.url).port), logs: [logKey(), logKey(2)] });
    await net.keep();
    expect(await answers(net)).toEqual(['unknown_log', 'cosigned']);
  });

  test('is added and removed by the operator, once', async () => {
    const net = await installed();
    const { vkey, url } = await witness('added');
    const asked = { name: 'Mairie', vkey, url };
    const visitor = { ...operator, memberships: [] };
    expect(codeOf(await net.work(work => addWitness(work, visitor, asked)))).toBe('notary.operator_only');
    const witnessId = await net.watch(asked);
    expect(codeOf(await net.work(work => addWitness(work, operator, asked)))).toBe('notary.same_witness');
    expect(codeOf(await net.work(work => removeWitness(work, visitor, witnessId)))).toBe('notary.operator_only');
    done(await net.work(work => removeWitness(work, operator, witnessId)));
    expect(codeOf(await net.work(work => removeWitness(work, operator, witnessId)))).toBe('notary.no_witness');
  });
});

describe('I-34: rollback, fork and split view', () => {
  let town: RunningWitness;
  let net: Installed;
  /** A database restored from when the log had three entries; its home is new, so it remembers nothing else. */
  let backup: Installed;
  let count = 0;
  beforeEach(async () => {
    town = await witness(`restored ${++count}`);
    [net, backup] = [await installed(), await installed()];
    for (const each of [net, backup]) {
      await each.watch(town);
      await each.append('a', 'b', 'c');
      await each.keep();
    }
    await net.append('d', 'e');
    await net.keep();
  });

  test('a backup that lost events is told by its witness before anything is sealed on it', async () => {
    await backup.leave('other');
    await backup.keep();
    expect(await backup.journal()).toMatchObject({ size: 3, witnesses: [{ answer: 'ahead', knownSize: 5 }] });
    expect(backup.said.join()).toMatch(/witness “Mairie” saw it with 5 entries, here it has 3/);
    const closing = await backup.append('more');
    expect(closing).toMatchObject({ refusal: { code: 'notary.lost_events' } });
    expect(codeOf(await backup.work(work => sealPending(work, backup.keyring)))).toBe('notary.lost_events');
    expect(await net.journal()).toMatchObject({ size: 5 });
  });

  test('a backup that lost events dates nothing either', async () => {
    backup.wait(86_400);
    await backup.keep();
    const { cosignatures } = await backup.journal();
    expect(cosignatures.find(one => one.vkey.startsWith(origin))!.signedAt.epochMilliseconds).toBeLessThan(
      Date.now() + 1_000,
    );
    expect(backup.said.join()).toMatch(/restore a later backup/);
  });

  test.each([
    ['as far as the first one', ['x', 'y']],
    ['further than the first one', ['x', 'y', 'z']],
  ])('a second history that grew %s is never cosigned, and nothing is added to it', async (_, names) => {
    await backup.append(...names);
    await backup.keep();
    expect(await answers(backup)).toEqual(['other_history']);
    expect(await cosigners(backup)).toEqual([]);
    expect(codeOf(await backup.append('more'))).toBe('notary.lost_events');
    expect(await cosigners(net)).toEqual([origin, 'witness.example']);
    expect(town.said()).toContain(done(await backup.work(work => checkpointOfSize(work, 3 + names.length))));
  });

  test('two people shown two histories see that only one bears the witness’s word', async () => {
    await backup.append('x', 'y');
    await Promise.all([net.keep(), backup.keep()]);
    expect((await net.journal()).size).toBe((await backup.journal()).size);
    expect([await cosigners(net), await cosigners(backup)]).toEqual([[origin, 'witness.example'], []]);
  });

  test('a witness that errs is removed, and the log goes on', async () => {
    await backup.leave('other');
    await backup.keep();
    const { witnessId } = (await backup.journal()).witnesses[0]!;
    done(await backup.work(work => removeWitness(work, operator, witnessId)));
    await backup.keep();
    expect((await backup.journal()).size).toBe(4);
  });

  test('the same home under an older database is refused without any witness', async () => {
    const again = await installed({ home: net.home });
    await again.append('a').catch(() => null);
    expect(codeOf(await again.append('a', 'b', 'c'))).toBe('notary.lost_events');
    await again.leave('x');
    await again.keep();
    expect(again.said.join()).toMatch(/this installation saw it with 5 entries, here it has 0/);
  });
});

describe.runIf(hasOpenssl)('time stamps', () => {
  const authorities = openAuthorities();
  afterAll(authorities.remove);
  const stamping = (spoil: (reply: Uint8Array) => Uint8Array = reply => reply): Promise<string> =>
    answering(async (request, response) => {
      const pieces: Buffer[] = [];
      for await (const piece of request) pieces.push(piece as Buffer);
      if (!existsSync(authorities.fileOf('tsa.pem'))) authorities.make('tsa');
      response.writeHead(200, { 'content-type': 'application/timestamp-reply' });
      response.end(spoil(authorities.answer(Buffer.concat(pieces), 'tsa')));
    });

  test('are asked once a day and for each checkpoint, and openssl verifies what is served', async () => {
    const net = await installed({ tsaUrl: await stamping() });
    await net.append('a', 'b');
    await net.keep();
    await net.keep();
    const [stamp, ...more] = (await net.journal()).stamps;
    expect([stamp?.size, stamp?.authority, more]).toEqual([2, 'CN=tsa, O=Essai', []]);
    writeFileSync(authorities.fileOf('token'), done(await net.work(work => stampOfSize(work, 2))));
    writeFileSync(authorities.fileOf('checkpoint'), done(await net.work(work => checkpointOfSize(work, 2))));
    const verify = () =>
      authorities.openssl('ts', '-verify', '-data', 'checkpoint', '-in', 'token', '-token_in', '-CAfile', 'tsa.pem');
    expect(verify).not.toThrow();
    await refusesChange(net, 'timestamp');
    await net.append('c');
    await net.keep();
    expect((await net.journal()).stamps.map(one => one.size)).toEqual([3, 2]);
    expect(codeOf(await net.work(work => stampOfSize(work, 1)))).toBe('notary.no_checkpoint');
    expect(net.said).toEqual([]);
  });

  test.each<[string, () => Promise<string>, RegExp]>([
    [
      'kept from another request',
      async () => {
        let first: Uint8Array | null = null;
        return stamping(reply => (first ??= reply));
      },
      /it dates something else/,
    ],
    ['cut', () => stamping(reply => reply.subarray(0, 100)), /it cannot be read/],
    ['an error', () => answering((_, response) => response.writeHead(503).end()), /did not answer/],
  ])('that are %s are not kept, and the log says why', async (_, authority, why) => {
    const net = await installed({ tsaUrl: await authority() });
    await net.append('a');
    await net.keep();
    await net.append('b');
    await net.keep();
    expect(net.said.at(-1)).toMatch(why);
    expect((await net.journal()).stamps.filter(one => one.size === 2)).toEqual([]);
  });
});
