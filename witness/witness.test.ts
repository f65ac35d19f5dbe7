import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { checkpointText, signCheckpoint } from '../src/notary/checkpoint.ts';
import { cosignaturesIn } from '../src/notary/cosignature.ts';
import { keyTypes, noteSigner, parseVkey, vkeyText } from '../src/notary/note.ts';
import { consistencyProof, leafHash, readFrom, rootOf } from '../src/notary/tree.ts';
import { submission } from '../src/notary/witnesses.ts';
import { type RunningWitness, startWitness, witnessFolder } from '../tools/witness-process.ts';

const { fileOf, remove } = witnessFolder();
const running = new Set<RunningWitness>();
afterEach(async () => {
  for (const one of running) await one.kill();
  running.clear();
});
afterAll(remove);

const log = noteSigner('log.example/parvis', Buffer.alloc(32, 7));
const nextKey = noteSigner('log.example/parvis', Buffer.alloc(32, 8));
const leavesOf = (name: string, count: number) =>
  Array.from({ length: count }, (_, i) => leafHash(Buffer.from(`${name} ${i}`)));
const leaves = leavesOf('true', 40);
/** Another history that shares its first ten entries with the true one. */
const forked = [...leaves.slice(0, 10), ...leavesOf('other', 30)];

const checkpoint = (size: number, of = leaves, by = [log]) =>
  signCheckpoint({ origin: log.key.name, size, root: rootOf(of.slice(0, size)) }, ...by);
const body = (oldSize: number, size: number, { of = leaves, by = [log], note = checkpoint(size, of, by) } = {}) =>
  submission(
    { oldSize, proof: oldSize <= size ? consistencyProof(oldSize, size, readFrom(of.slice(0, size))) : [] },
    note,
  );

async function start(name: string, keys = [log]) {
  const started = await startWitness({ logs: keys.map(({ key }) => vkeyText(key)), key: fileOf(name) });
  running.add(started);
  return {
    ...started,
    post: async (text: string, path = '/add-checkpoint') => {
      const answer = await fetch(started.url + path, { method: 'POST', body: text });
      return { status: answer.status, body: await answer.text(), type: answer.headers.get('content-type') };
    },
    get: async () => (await fetch(started.url)).text(),
  };
}

const textOf = (size: number, of = leaves) =>
  checkpointText({ origin: log.key.name, size, root: rootOf(of.slice(0, size)) });

describe('a witness', () => {
  it('makes its key at the first start, keeps it, and cosigns what grows, with a time', async () => {
    const first = await start('grows');
    const key = parseVkey(first.vkey, keyTypes.cosignature)!;
    for (const [oldSize, size] of [
      [0, 1],
      [1, 7],
      [7, 8],
      [8, 40],
      [40, 40],
    ] as const) {
      const answer = await first.post(body(oldSize, size));
      expect(answer.status, `${oldSize} to ${size}`).toBe(200);
      const [cosignature] = cosignaturesIn(answer.body, textOf(size), [key]);
      expect(Math.abs(cosignature!.signed_at_s - Date.now() / 1000)).toBeLessThan(60);
    }
    expect(await first.get()).toBe(`${first.vkey}\n${checkpoint(40)}`);
    await first.kill();
    expect((await start('grows')).vkey).toBe(first.vkey);
  });

  it.each([
    ['an older checkpoint, as from a restored backup', body(12, 12), 409, '20\n'],
    ['an older one that says it continues what the witness knows', body(20, 12), 400, null],
    ['a first checkpoint again', body(0, 20), 409, '20\n'],
    ['a second history that grew as far', body(20, 20, { of: forked }), 409, '20\n'],
    ['a second history that grew further', body(20, 40, { of: forked }), 422, null],
    ['a backup that lost events and then took others', body(10, 40, { of: forked }), 409, '20\n'],
    ['a proof for another size', body(20, 40).replace('old 20', 'old 19'), 409, '20\n'],
    ['no proof', submission({ oldSize: 20, proof: [] }, checkpoint(40)), 422, null],
    ['a log it does not know', body(20, 40).replace('log.example/parvis\n40', 'log.example/other\n40'), 404, null],
    ['no signature that it trusts', body(20, 40, { by: [nextKey] }), 403, null],
    ['a signature over another root', body(20, 40).replace(/\n40\n.{8}/, '\n40\nAAAAAAAA'), 403, null],
    ['something else than a submission', 'old 20\n', 400, null],
    ['a size with a leading zero', body(20, 40).replace('old 20', 'old 020'), 400, null],
    [
      'sixty-four hashes',
      submission({ oldSize: 20, proof: leaves.slice(0, 40).concat(forked.slice(0, 24)) }, checkpoint(40)),
      400,
      null,
    ],
    ['seventy thousand bytes', 'a'.repeat(70_000), 413, null],
  ])('refuses %s, and what it knows does not change', async (_, submitted, status, told) => {
    const witness = await start('refuses');
    await witness.post(body(0, 20));
    const kept = readFileSync(`${fileOf('refuses')}.seen`, 'utf8');
    const answer = await witness.post(submitted);
    expect(answer.status).toBe(status);
    if (told !== null) expect(answer).toMatchObject({ body: told, type: 'text/x.tlog.size' });
    expect(answer.body).not.toContain('—');
    expect(readFileSync(`${fileOf('refuses')}.seen`, 'utf8')).toBe(kept);
  });

  it('shows a split view: of two histories it cosigns one, and keeps the proof against the other', async () => {
    const witness = await start('split');
    expect((await witness.post(body(0, 10))).status).toBe(200);
    const answers = await Promise.all([witness.post(body(10, 30)), witness.post(body(10, 30, { of: forked }))]);
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 409]);
    const other = answers[0].status === 200 ? forked : leaves;
    expect((await witness.post(body(30, 30, { of: other }))).status).toBe(409);
    expect(witness.said()).toContain(checkpoint(30, other));
  });

  it('cosigns one of many that come at once, and then what continues that one only', async () => {
    const witness = await start('many');
    let seen = { size: 0, of: leaves };
    while (seen.size < 36) {
      const rivals = [1, 2, 3, 4].flatMap(more => [leaves, forked].map(of => ({ size: seen.size + more, of })));
      const answers = await Promise.all(rivals.map(({ size, of }) => witness.post(body(seen.size, size, { of }))));
      const won = rivals.filter((_, i) => answers[i]!.status === 200);
      expect(won).toHaveLength(1);
      const isHeir = seen.size <= 10 || won[0]!.of === seen.of;
      expect(isHeir, `${won[0]!.size} after ${seen.size}`).toBe(true);
      seen = won[0]!;
      expect(await witness.get()).toBe(`${witness.vkey}\n${checkpoint(seen.size, seen.of)}`);
    }
  });

  it('killed by kill −9 at any moment still knows all that it cosigned', async () => {
    const long = leavesOf('long', 2_000);
    let cosigned = 0;
    for (let round = 0; round < 12; round++) {
      const witness = await start('killed');
      const known = Number(/\n(\d+)\n/.exec((await witness.get()).replace(witness.vkey, ''))?.[1] ?? 0);
      expect(known).toBeGreaterThanOrEqual(cosigned);
      expect(known).toBeLessThanOrEqual(cosigned + 1);
      cosigned = known;
      const posting = (async () => {
        while ((await witness.post(body(cosigned, cosigned + 1, { of: long })).catch(() => null))?.status === 200)
          cosigned++;
      })();
      // However slow the machine is, the last witness has cosigned something when it dies.
      do await new Promise(wait => setTimeout(wait, 20 + round));
      while (round === 11 && cosigned === 0);
      await witness.kill();
      await posting;
    }
    expect(cosigned).toBeGreaterThan(0);
  });

  it('accepts a new key of the log beside the old one', async () => {
    const witness = await start('keys', [log, nextKey]);
    expect((await witness.post(body(0, 5, { by: [nextKey, log] }))).status).toBe(200);
    expect((await witness.post(body(5, 6, { by: [nextKey] }))).status).toBe(200);
  });

  it.each([
    ['its memory is gone', () => rmSync(`${fileOf('memory')}.seen`)],
    ['its memory is damaged', () => writeFileSync(`${fileOf('memory')}.seen`, '{"log.example/parvis":"?"}')],
    ['its key is damaged', () => writeFileSync(fileOf('memory'), 'nothing')],
  ])('does not start when %s', async (_, spoil) => {
    const kept = await start('memory');
    await kept.post(body(0, 20));
    await kept.kill();
    const files = [fileOf('memory'), `${fileOf('memory')}.seen`].map(file => [file, readFileSync(file)] as const);
    spoil();
    await expect(start('memory')).rejects.toThrow(/gone|damaged|does not hold/);
    for (const [file, content] of files) writeFileSync(file, content);
  });

  it('answers no other request', async () => {
    const witness = await start('other');
    expect((await witness.post('', '/')).status).toBe(404);
  });
});
