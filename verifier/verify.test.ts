import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Canonical } from '../src/kernel/canonical.ts';
import { canonical as serverCanonical } from '../src/kernel/canonical.ts';
import { reversalOf } from '../src/mrv/account.ts';
import { archiveOf } from '../src/mrv/archive.ts';
import type { Batch } from '../src/mrv/batch.ts';
import { type DossierSource, lineJson, manifested, sealed } from '../src/mrv/dossier.ts';
import { type Sealed, sealer } from '../src/mrv/entries.ts';
import { erasedRow, rowOf, sampleDossier, sampleLines, sampleMonth, samplePresence } from '../src/mrv/sample.ts';
import { signCheckpoint } from '../src/notary/checkpoint.ts';
import { noteSigner, signNote, vkeyText } from '../src/notary/note.ts';
import { inclusionProof, leafHash, readFrom, rootOf } from '../src/notary/tree.ts';
import { canonical, Finding, main, readArchive, verify } from './verify.mjs';

const signer = noteSigner('log.example/parvis', Buffer.alloc(32, 7));
const firstSeq = 21;

/** A log that holds some other leaves, then these lines. */
const logOf = (lines: readonly { readonly leaf: Uint8Array }[]) => {
  const others = Array.from({ length: firstSeq }, (_, i) => leafHash(Buffer.from(`other ${i}`)));
  const leaves = [...others, ...lines.map(line => line.leaf)];
  return {
    vkey: vkeyText(signer.key),
    checkpoint: signCheckpoint({ origin: signer.key.name, size: leaves.length, root: rootOf(leaves) }, signer),
    proofOf: (seq: number) => inclusionProof(seq, leaves.length, readFrom(leaves)),
  };
};
const own = sampleLines(sampleMonth, firstSeq);
/** A month's lines, and two that take back what an earlier month counted. */
const lines: readonly Sealed[] = [
  ...own,
  ...sealer(Buffer.alloc(32, 3))(
    [
      reversalOf(sampleLines([samplePresence(40, { day: '2026-09-04' })], 3)[0]!, 'reversed'),
      reversalOf(sampleLines([samplePresence(41, { day: '2025-12-04', evidence: 'B' })], 4)[0]!, 'reversed'),
    ],
    firstSeq + own.length,
  ),
];
const source = sampleDossier(lines, logOf(lines));
const zipOf = (from: DossierSource, key = signer): Buffer => {
  const files = manifested(from);
  return Buffer.from(sealed(files, signNote(files.noteText, key)));
};
const zip = zipOf(source);

/** The file that the verifier names, or null when it lets the dossier pass. */
const named = (bytes: Buffer, pinned: string | null = null): string | null => {
  try {
    verify(bytes, { pinned });
    return null;
  } catch (error) {
    if (error instanceof Finding) return error.file;
    throw error;
  }
};

/** The file to which each byte of the archive belongs; `archive` for its end record. */
const owners = (bytes: Buffer): string[] => {
  const owned: string[] = [];
  const own = (name: string, upTo: number) => {
    while (owned.length < upTo) owned.push(name);
  };
  let at = 0;
  for (const [name, content] of readArchive(bytes)) {
    at += 30 + name.length + content.length;
    own(name, at);
  }
  for (const [name] of readArchive(bytes)) {
    at += 46 + name.length;
    own(name, at);
  }
  own('archive', bytes.length);
  return owned;
};

describe('a dossier that nobody touched', () => {
  it('I-35: passes, and each check is told in order', () => {
    const told: string[] = [];
    verify(zip, { pinned: source.vkey, say: (code: string) => told.push(code) });
    expect(told).toEqual([
      'archive',
      'manifest',
      'signed',
      'contents',
      'checkpoint',
      'included',
      'recomputed',
      'batch',
      'once',
      'checks',
    ]);
  });

  it('is the same bytes each time', () => expect(zipOf(source).equals(zip)).toBe(true));

  it('passes when a person was erased: proved, no longer recomputed', () => {
    const erased = source.lines.map((line, i) =>
      i % 3 === 0 ? { ...line, told: lineJson(erasedRow(rowOf(lines[i]!))) } : line,
    );
    const told: string[] = [];
    verify(zipOf({ ...source, lines: erased }), { say: (...said: unknown[]) => told.push(said.join(' ')) });
    expect(told).toContain('recomputed 9 5');
  });

  it('passes when nothing happened that month', () => {
    expect(named(zipOf(sampleDossier([], logOf([]))))).toBeNull();
  });

  it('reads canonical JSON as the server writes it', () => {
    const value: Canonical = { b: [1, null, true, 'é\u2028\n"'], a: { ß: 'x', Z: -0, '10': 1, '9': 2 } };
    expect(canonical(value)).toBe(serverCanonical(value));
  });
});

describe('a changed archive', () => {
  const owner = owners(zip);

  it('is caught whichever byte is changed, and the file is named', () => {
    const wrong: string[] = [];
    for (let at = 0; at < zip.length; at += 1) {
      const changed = Buffer.from(zip);
      changed[at]! ^= 1 << (at % 8);
      const file = named(changed);
      if (file !== owner[at]) wrong.push(`byte ${at} of ${owner[at]}: ${file}`);
    }
    expect(wrong).toEqual([]);
  }, 120_000);

  it('is caught wherever a byte is removed or added', () => {
    const missed: number[] = [];
    for (let at = 0; at <= zip.length; at += 3) {
      const removed = Buffer.concat([zip.subarray(0, at), zip.subarray(at + 1)]);
      const added = Buffer.concat([zip.subarray(0, at), Buffer.from([at & 255]), zip.subarray(at)]);
      if ((at < zip.length && named(removed) === null) || named(added) === null) missed.push(at);
    }
    expect(missed).toEqual([]);
  }, 120_000);

  it('is caught wherever it is cut', () => {
    for (let length = 0; length < zip.length; length += 17) expect(named(zip.subarray(0, length))).not.toBeNull();
  }, 60_000);
});

describe('I-36: an archive rebuilt without the key', () => {
  const files = [...readArchive(zip)].map(([name, content]) => ({ name, content }));
  const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
  const names = files.map(file => file.name);

  it.each(names)('without %s is refused and names it', name => {
    expect(named(Buffer.from(archiveOf(files.filter(file => file.name !== name))))).toBe(name);
  });

  it.each(names)('with another %s is refused and names it', name => {
    const changed = files.map(file => {
      const content = Buffer.from(file.content);
      content[content.length >> 1]! ^= 1;
      return file.name === name ? { name, content } : file;
    });
    expect(named(Buffer.from(archiveOf(changed)))).toBe(name);
  });

  it('with one file more is refused and names it', () => {
    const more = [...files, { name: 'note.txt', content: Buffer.from('hello') }];
    expect(named(Buffer.from(archiveOf(more)))).toBe('note.txt');
  });

  it.each(names.filter(name => !name.startsWith('manifest.')))(
    'with another %s and its manifest rewritten is refused',
    name => {
      const content = Buffer.concat([files.find(file => file.name === name)!.content, Buffer.from('\n')]);
      const manifest = JSON.parse(files.find(file => file.name === 'manifest.json')!.content.toString());
      const listed = manifest.files.map((file: { name: string }) =>
        file.name === name ? { name, sha256: hash(content), size: content.length } : file,
      );
      const rewritten = Buffer.from(`${serverCanonical({ ...manifest, files: listed })}\n`);
      const forged = files.map(file =>
        file.name === name
          ? { name, content }
          : file.name === 'manifest.json'
            ? { name: file.name, content: rewritten }
            : file,
      );
      // The hash of the manifest is what was signed: the manifest is named, unless the key itself was broken first.
      expect(named(Buffer.from(archiveOf(forged)))).toBe(name === 'log.vkey' ? 'log.vkey' : 'manifest.json');
    },
  );

  it('signed again by a stranger passes only while no key is pinned', () => {
    const stranger = noteSigner('log.example/parvis', Buffer.alloc(32, 9));
    const vkey = vkeyText(stranger.key);
    expect(named(zipOf(source, stranger))).toBe('manifest.note');
    expect(named(zipOf({ ...source, vkey }, stranger))).toBe('checkpoint');
    expect(named(zip, vkey)).toBe('log.vkey');
    expect(named(zip, source.vkey)).toBeNull();
    expect(named(zip, 'nonsense')).toBe('--key');
  });
});

describe('a server that lies, key in hand', () => {
  const change = (over: Partial<DossierSource>) => zipOf({ ...source, ...over });
  interface Told {
    readonly entry: { readonly [key: string]: Canonical };
    readonly payload: { readonly [key: string]: Canonical };
    readonly salt: string;
  }
  /** Every line with something else in it, committed to, logged and summed as it should be. */
  const relogged = (spoil: (line: Told) => Told): Buffer => {
    const spoilt = source.lines.map(line => {
      const told = spoil(line.told as unknown as Told);
      return { ...line, told: told as unknown as Canonical, leaf: leafHash(Buffer.from(serverCanonical(told.entry))) };
    });
    const log = logOf(spoilt);
    const shown = spoilt.map(line => ({
      ...line,
      leaf: Buffer.from(line.leaf).toString('hex'),
      proof: log.proofOf(line.seq),
    }));
    return zipOf({ ...source, lines: shown, checkpoint: log.checkpoint });
  };
  const withPayload = (
    line: Told,
    over: { readonly [key: string]: Canonical },
    told: { readonly [key: string]: Canonical } = {},
  ): Told => {
    const payload = { ...line.payload, ...over };
    const payload_commit = createHash('sha256')
      .update(Buffer.from(line.salt, 'hex'))
      .update(serverCanonical(payload))
      .digest('hex');
    return { ...line, payload, entry: { ...line.entry, ...told, payload_commit } };
  };
  const batch = source.result as unknown as Batch;
  const changeBatch = (over: Partial<Batch>) => change({ result: { ...batch, ...over } as unknown as Canonical });

  it.each<[string, string, () => Buffer]>([
    [
      'more for a claimant than its lines give',
      'batch.json',
      () => changeBatch({ claimable: batch.claimable.map(one => ({ ...one, net_mg: '1' })) }),
    ],
    [
      'another claimant',
      'batch.json',
      () => relogged(line => withPayload(line, line.payload['claimant'] === '' ? {} : { claimant: 'prj_other00001' })),
    ],
    [
      'a line that takes another back in silence',
      'lines.jsonl',
      () => relogged(line => withPayload(line, { reverses: null })),
    ],
    [
      'a reversal that gives instead of taking',
      'lines.jsonl',
      () =>
        relogged(line =>
          withPayload(line, { reverses: 'lin_other0001', reason: 'reversed', credited: false }, { type: 'reversal' }),
        ),
    ],
    ['a larger total', 'batch.json', () => changeBatch({ totals: { ...batch.totals, avoided_m: '1' } })],
    ['another batch id', 'batch.json', () => changeBatch({ id: 'ab'.repeat(32) })],
    ['a missing check', 'checks.json', () => change({ checks: [] })],
    [
      'a check that failed',
      'checks.json',
      () => change({ checks: (source.checks as Canonical[]).map(c => ({ ...(c as object), passed: false })) }),
    ],
    ['a line left out', 'batch.json', () => change({ lines: source.lines.slice(1) })],
    ['a line shown twice', 'lines.jsonl', () => change({ lines: [source.lines[0]!, ...source.lines] })],
    [
      'a kinder factor',
      'lines.jsonl',
      () => change({ factors: JSON.parse(JSON.stringify(source.factors).replace('193000', '293000')) }),
    ],
    [
      'another rebound',
      'lines.jsonl',
      () => change({ method: { ...(source.method as object), rebound: { variant: 'none', rate: '0' } } }),
    ],
    [
      'a factor past its date',
      'factors.json',
      () => change({ factors: { ...(source.factors as object), best_before: '2026-01-01' } }),
    ],
    ['no watermark', 'method.json', () => change({ profile: 'certifying' })],
    ['a saving out of thin air', 'lines.jsonl', () => relogged(line => withPayload(line, { net_mg: '123456789' }))],
    ['a weak proof credited', 'lines.jsonl', () => relogged(line => withPayload(line, { evidence: 'A' }))],
    [
      'an estimate credited',
      'lines.jsonl',
      () => relogged(line => withPayload(line, { reason: 'credited', credited: true, scheme: 'lbc' })),
    ],
    [
      'one person twice a day',
      'lines.jsonl',
      () => relogged(line => withPayload(line, {}, { person_commit: 'ab', day: '2026-10-01' })),
    ],
    ['a month that is not this one', 'lines.jsonl', () => relogged(line => withPayload(line, { vintage: 2025 }))],
  ])('is caught: %s', (_, file, lie) => expect(named(lie())).toBe(file));

  it('cannot show a line that the log does not hold', () => {
    const elsewhere = sampleLines(
      sampleMonth.map(one => ({ ...one, spaceId: 'spc_elsewhere' })),
      firstSeq,
    );
    expect(named(zipOf(sampleDossier(elsewhere, logOf(lines))))).toBe('proofs.jsonl');
  });

  it('cannot change a payload behind its commitment', () => {
    const swapped = source.lines.map(line => ({ ...line, told: { ...(line.told as object), salt: '00'.repeat(32) } }));
    expect(named(change({ lines: swapped }))).toBe('lines.jsonl');
  });
});

describe('the program', () => {
  const run = (...args: string[]) => {
    const out: string[] = [];
    const code = main(args, line => out.push(line));
    return { code, text: out.join('\n') };
  };
  const folder = mkdtempSync(join(tmpdir(), 'parvis-verifier-'));
  const fileWith = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };

  it('says what it checked, that a demo is not official, and exits 0', () => {
    const { code, text } = run(fileWith('whole.zip', zip));
    expect(code).toBe(0);
    expect(text).toContain('✓ 14 lignes recalculées, sans écart');
    expect(text).toContain('ESTIMATION NON OFFICIELLE');
    expect(text).toContain('Données fictives');
    expect(text).toContain(source.vkey);
  });

  it('speaks English when asked', () => {
    const { code, text } = run(join(folder, 'whole.zip'), '--lang', 'en', '--key', source.vkey);
    expect(code).toBe(0);
    expect(text).toContain('UNOFFICIAL ESTIMATE');
    expect(text).not.toContain('Compare this key');
  });

  it.each<[string, () => string, RegExp]>([
    ['a directory', () => folder, /répertoire/],
    ['no file', () => join(folder, 'absent.zip'), /lecture impossible : ENOENT/],
    ['an empty file', () => fileWith('empty.zip', Buffer.alloc(0)), /✗ archive : le fichier est vide/],
    ['something else', () => fileWith('other.zip', Buffer.from('hello, this is text')), /pas une archive ZIP/],
    ['a cut dossier', () => fileWith('cut.zip', zip.subarray(0, zip.length >> 1)), /coupée/],
  ])('says clearly what is wrong with %s and exits 1', (_, path, words) => {
    const { code, text } = run(path());
    expect(code).toBe(1);
    expect(text).toMatch(words);
  });

  it('says how to be called and exits 2', () => expect(run()).toMatchObject({ code: 2 }));
});
