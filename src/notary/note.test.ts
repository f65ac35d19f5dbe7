import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkpointText, openCheckpoint, parseCheckpoint, signCheckpoint, textIn } from './checkpoint.ts';
import { cosign, cosigner } from './cosignature.ts';
import { fromBase64, noteSigner, openNote, parseVkey, signNote, vkeyText } from './note.ts';
import { parseProof, proofText, provesLeaf } from './proof.ts';
import { inclusionProof, leafHash, readFrom, rootOf } from './tree.ts';

const log = noteSigner('log.example/parvis', Buffer.alloc(32, 7));
const witness = noteSigner('witness.example', Buffer.alloc(32, 8));
const publishedVkey = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';

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
    ['nothing', ''],
  ])('is refused with %s', (_, text) => expect(parseVkey(text)).toBeNull());
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
    expect(() => signNote(text, log)).toThrow(TypeError);
  });

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
  ])('with %s is not read', (_, spoil) => expect(parseProof(spoil(fileOf(3)))).toBeNull());
});
