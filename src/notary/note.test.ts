import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpointText, openCheckpoint, parseCheckpoint, signCheckpoint, textIn } from './checkpoint.ts';
import { cosign, cosigner } from './cosignature.ts';
import {
  fromBase64,
  lineOf,
  noteKey,
  noteSigner,
  openNote,
  parseLine,
  parseVkey,
  signNote,
  signText,
  vkeyText,
} from './note.ts';
import { parseProof, proofText, provesLeaf } from './proof.ts';
import { inclusionProof, leafHash, readFrom, rootOf } from './tree.ts';

const log = noteSigner('log.example/parvis', Buffer.alloc(32, 7));
const witness = noteSigner('witness.example', Buffer.alloc(32, 8));
const publishedVkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
/** A verifier key over any bytes: their type is inside. */
const vkeyOf = (bytes: Buffer) => {
  const id = createHash('sha256').update('example.com/foo\n').update(bytes).digest('hex').slice(0, 8);
  return `example.com/foo+${id}+${bytes.toString('base64')}`;
};

describe('a verifier key', () => {
  it('reads the published example, whose id recomputes from its name and key', () => {
    const key = parseVkey(publishedVkey);
    expect(key?.name).toBe('example.com/foo');
    expect(key?.id).toBe('530d903a');
    expect(key && vkeyText(key)).toBe(publishedVkey);
  });

  it.each([
    ['another id', publishedVkey.replace('530d903a', '530d903b')],
    ['another name', publishedVkey.replace('foo', 'fop')],
    ['another type', publishedVkey.replace('+Ae', '+Be')],
    ['a cut key', publishedVkey.slice(0, -4)],
    ['a space in the name', publishedVkey.replace('foo', 'f o')],
    ['no name', publishedVkey.slice('example.com/foo'.length)],
    ['a second name before', `other+${publishedVkey}`],
    ['something before its id', publishedVkey.replace('+530d903a', '+0530d903a')],
    ['something after its id', publishedVkey.replace('530d903a+', '530d903a0+')],
    ['capitals in its id', publishedVkey.replace('530d903a', '530D903A')],
    ['a line after it', `${publishedVkey}\n`],
    ['a longer key', vkeyOf(Buffer.alloc(34, 1))],
    ['no key', 'example.com/foo+530d903a+'],
    ['nothing', ''],
  ])('is refused with %s', (_, text) => expect(parseVkey(text)).toBeNull());

  it.each([
    ['a', true],
    ['log.example/parvis', true],
    ['Hérault—journal', true],
    ['', false],
    ['a b', false],
    [' a', false],
    ['a ', false],
    ['a+b', false],
    ['a\nb', false],
    ['a\u0007b', false],
    ['a\u007f', false],
  ])('may bear the name %j: %s', (name, may) => {
    const key = () => noteKey(name, Buffer.alloc(32, 1));
    if (may) expect(parseVkey(vkeyText(key()))).toEqual({ ...key(), publicKey: new Uint8Array(32).fill(1) });
    else expect(key).toThrow('a key name has no space, no plus sign and no control character');
  });

  it.each([31, 33])('is made of 32 bytes, not %i, as is a secret', length => {
    expect(() => noteKey('a', Buffer.alloc(length))).toThrow('an Ed25519 public key has 32 bytes');
    expect(() => noteSigner('a', Buffer.alloc(length))).toThrow('an Ed25519 secret has 32 bytes');
  });
});

describe('a signed note', () => {
  const note = signNote('first line\n\nlast line\n', log, witness);

  it('opens with either key and keeps its text, blank lines included', () => {
    expect(openNote(note, [log.key])).toEqual({ text: 'first line\n\nlast line\n', signedBy: [log.key] });
    expect(openNote(note, [log.key, witness.key])?.signedBy).toHaveLength(2);
  });

  it('is refused when no known key signed it, or when a known key signed something else', () => {
    const stranger = noteSigner('log.example/parvis', Buffer.alloc(32, 9));
    expect(openNote(note, [stranger.key])).toBeNull();
    expect(openNote(note.replace('first', 'First'), [log.key])).toBeNull();
    expect(openNote(note, [])).toBeNull();
  });

  it.each(['no newline at the end', 'a \u0000 inside\n', 'a \u007f inside\n', ''])('cannot be %j', text => {
    expect(() => signNote(text, log)).toThrow('a note is text without control characters that ends with a newline');
  });

  const [text, signatures] = note.split(/\n\n(?=—)/) as [string, string];
  it.each([
    ['no blank line', `${text}\n${signatures}`],
    ['no newline at the end', note.slice(0, -1)],
    ['another character at the end', `${note.slice(0, -1)}x`],
    ['a control character in its text', signNote('a\n', log).replace('a', '\u0007')],
    ['no signature', `${text}\n\n`],
    ['a line that is no signature', `${note}not a line\n`],
    ['an empty line at the end', `${note}\n`],
  ])('with %s does not open', (_, spoiled) => expect(openNote(spoiled, [log.key, witness.key])).toBeNull());

  it.each(['a\u0007\n', 'a\u007f\n'])('does not open with a control character that a key did sign: %j', odd => {
    expect(openNote(`${odd}\n${lineOf(log.key, signText(odd, log))}`, [log.key])).toBeNull();
  });

  it('does not open when one known key’s signature is false, though another one’s holds', () => {
    const own = signNote('first line\n', log);
    const lie = signNote('other line\n', witness).split('\n\n')[1]!;
    expect(openNote(own + lie, [log.key])?.signedBy).toEqual([log.key]);
    expect(openNote(own + lie, [log.key, witness.key])).toBeNull();
    expect(openNote(own + lineOf(witness.key, Buffer.alloc(63)), [log.key, witness.key])).toBeNull();
  });

  it.each([
    ['a signature', '— a AAAAAAE=', { name: 'a', id: '00000000', bytes: Uint8Array.of(1) }],
    ['no bytes after the id', '— a AAAAAA==', null],
    ['another dash', '- a AAAAAAE=', null],
    ['something before it', ' — a AAAAAAE=', null],
    ['something after it', '— a AAAAAAE= ', null],
    ['a name with a plus', '— a+b AAAAAAE=', null],
    ['a second spelling of its bytes', '— a AAAAAAF=', null],
    ['no name', '—  AAAAAAE=', null],
  ])('has lines of a name and bytes: %s', (_, line, expected) => expect(parseLine(line)).toEqual(expected));

  it('never opens once a single byte is changed', () => {
    const bytes = Buffer.from(signNote('origin\n12\nroot\n', log));
    for (let at = 0; at < bytes.length; at += 1) {
      for (const mask of [1, 0x20, 0x80]) {
        const changed = Buffer.from(bytes);
        changed[at]! ^= mask;
        const opened = openNote(changed.toString(), [log.key]);
        expect(opened, `byte ${at} changed by ${mask}`).toBeNull();
      }
    }
  });

  it('never opens once it is cut', () => {
    const whole = signNote('origin\n12\nroot\n', log);
    for (let length = 0; length < whole.length; length += 1) {
      expect(openNote(whole.slice(0, length), [log.key])).toBeNull();
    }
  });

  it('has one spelling of its base64', () => {
    expect(fromBase64('AB==')).toBeNull();
    expect(fromBase64('AA==')).toEqual(Buffer.from([0]));
    expect(fromBase64('A A=')).toBeNull();
  });
});

describe('a checkpoint', () => {
  const checkpoint = { origin: log.key.name, size: 20852163, root: rootOf([leafHash(Buffer.from('a'))]) };

  it('is three lines that read back', () => {
    expect(checkpointText(checkpoint).split('\n')).toHaveLength(4);
    expect(parseCheckpoint(checkpointText(checkpoint))).toEqual({
      ...checkpoint,
      root: Uint8Array.from(checkpoint.root),
    });
  });

  it.each([0, 9, 10, Number.MAX_SAFE_INTEGER])('of size %i reads back', size => {
    expect(parseCheckpoint(checkpointText({ ...checkpoint, size }))?.size).toBe(size);
  });

  it('is spoken of by its text alone, with its last newline and without its signatures', () => {
    expect(textIn(signCheckpoint(checkpoint, log, witness))).toBe(checkpointText(checkpoint));
  });

  it('is not one when the log signed something else', () => {
    expect(openCheckpoint(signNote('some words\n', log), log.key)).toBeNull();
  });

  it('opens with the key of the log and with no other', () => {
    expect(openCheckpoint(signCheckpoint(checkpoint, log), log.key)?.size).toBe(20852163);
    expect(openCheckpoint(signCheckpoint(checkpoint, witness), log.key)).toBeNull();
    expect(openCheckpoint(signCheckpoint(checkpoint, witness), witness.key)).toBeNull();
  });

  it.each([
    ['a leading zero', 'o\n012\nAAAA\n'],
    ['a short root', 'o\n12\nAAAA\n'],
    ['an extension', `${checkpointText(checkpoint)}more\n`],
    ['a negative size', checkpointText(checkpoint).replace('20852163', '-1')],
    ['an unsafe size', checkpointText(checkpoint).replace('20852163', '9999999999999999')],
    ['no origin', checkpointText({ ...checkpoint, origin: '' })],
    ['a line before', `\n${checkpointText(checkpoint)}`],
    ['no newline at the end', checkpointText(checkpoint).slice(0, -1)],
    ['a root of 33 bytes', checkpointText({ ...checkpoint, root: new Uint8Array(33) })],
    ['a root in another spelling', checkpointText(checkpoint).replace('=\n', '\n')],
  ])('with %s is not read', (_, text) => expect(parseCheckpoint(text)).toBeNull());
});

describe('a proof file', () => {
  const leaves = Array.from({ length: 70 }, (_, i) => leafHash(Buffer.from(`entry ${i}`)));
  const checkpoint = signCheckpoint({ origin: log.key.name, size: 70, root: rootOf(leaves) }, log);
  const fileOf = (index: number) =>
    proofText({ index, hashes: inclusionProof(index, 70, readFrom(leaves)), checkpoint });

  it('proves its own leaf and no other', () => {
    fc.assert(fc.property(fc.nat(69), fc.nat(69), (a, b) => provesLeaf(fileOf(a), leaves[b]!, log.key) === (a === b)));
  });

  it('I-35: stays below 2 kB for a log of ten million leaves with four witnesses', () => {
    const hashes = Array.from({ length: 24 }, () => leaves[0]!);
    const named = noteSigner('parvis.departement-herault.fr/log/net_01hzx3v8k2m5n7p9q1r3t5w7', Buffer.alloc(32, 7));
    const signed = signCheckpoint({ origin: named.key.name, size: 9_999_999, root: rootOf(leaves) }, named);
    const said = ['ganges', 'vouziers', 'financeur', 'auditeur'].map(town =>
      cosign(textIn(signed), cosigner(noteSigner(`${town}.example/w`, Buffer.alloc(32, 9))), 1_780_000_000),
    );
    const file = proofText({ index: 9_999_998, hashes, checkpoint: signed + said.join('') });
    expect(Buffer.byteLength(file)).toBeLessThan(2_048);
  });

  it('ignores an extra line, which nothing authenticates', () => {
    const withExtra = fileOf(3).replace('\nindex', '\nextra AAAA\nindex');
    expect(provesLeaf(withExtra, leaves[3]!, log.key)).toBe(true);
  });

  it.each([
    ['another version', (text: string) => text.replace('@v1', '@v2')],
    ['no index', (text: string) => text.replace(/index \d+\n/, '')],
    ['a leading zero', (text: string) => text.replace('index ', 'index 0')],
    ['no checkpoint', (text: string) => text.slice(0, text.indexOf('\n\n'))],
    ['no blank line', () => 'c2sp.org/tlog-proof@v1\nindex 01'],
    ['nothing but its first line', (text: string) => text.replace(/\n.*?\n\n/s, '\n\n')],
    ['something before its index', (text: string) => text.replace('\nindex', '\nthe index')],
    ['something after its index', (text: string) => text.replace(/(index \d+)/, '$1 or so')],
    ['a hash cut short', (text: string) => text.replace(/=\n\n/, '\n\n')],
    ['a hash of 33 bytes', (text: string) => text.replace('\n\n', `\n${Buffer.alloc(33).toString('base64')}\n\n`)],
    ['two extra lines', (text: string) => text.replace('\nindex', '\nextra a\nextra b\nindex')],
    ['an extra line that does not say so', (text: string) => text.replace('\nindex', '\nextras a\nindex')],
  ])('with %s is not read, and proves nothing', (_, spoil) => {
    expect(parseProof(spoil(fileOf(3)))).toBeNull();
    expect(provesLeaf(spoil(fileOf(3)), leaves[3]!, log.key)).toBe(false);
  });

  it('reads back, in a log of one leaf too, and proves nothing under another key', () => {
    const alone = signCheckpoint({ origin: log.key.name, size: 1, root: leaves[0]! }, log);
    const proof = { index: 0, hashes: [], checkpoint: alone };
    expect(proofText(proof)).toBe(`c2sp.org/tlog-proof@v1\nindex 0\n\n${alone}`);
    expect(parseProof(proofText(proof))).toEqual(proof);
    expect(provesLeaf(proofText(proof), leaves[0]!, log.key)).toBe(true);
    expect(provesLeaf(proofText(proof), leaves[0]!, witness.key)).toBe(false);
    expect(parseProof(fileOf(10))).toEqual({ index: 10, hashes: inclusionProof(10, 70, readFrom(leaves)), checkpoint });
  });
});
