import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cosign, cosignaturesIn, cosigner, cosignerKey } from './cosignature.ts';
import { keyTypes, lineOf, noteSigner, openNote, parseVkey, signNote, vkeyText } from './note.ts';
import vectors from './vectors/cosignature.json' with { type: 'json' };

const witness = cosigner(noteSigner('witness.example', Buffer.alloc(32, 9)));
const text = 'log.example/parvis\n1\nbjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=\n';

describe('the published vectors', () => {
  it.each(vectors.cosignatures)('$what: the key, the signed text and the line come out the same', vector => {
    const signer = cosigner(noteSigner(vector.vkey.split('+')[0]!, Buffer.from(vector.seed_hex, 'hex')));
    expect(vkeyText(signer.key)).toBe(vector.vkey);
    expect(cosign(vector.checkpoint, signer, vector.time_s)).toBe(vector.line);
    const key = parseVkey(vector.vkey, keyTypes.cosignature)!;
    expect(cosignaturesIn(vector.line, vector.checkpoint, [key])).toEqual([
      { key, signed_at_s: vector.time_s, line: vector.line },
    ]);
  });

  it('one key has another id for each kind of signature', () => {
    const { vkey, name, public_key_hex, note_key_id, cosignature_key_id, cosignature_vkey } = vectors.key_types;
    const key = parseVkey(vkey)!;
    expect(key).toMatchObject({ name, id: note_key_id });
    expect(Buffer.from(key.publicKey).toString('hex')).toBe(public_key_hex);
    expect(cosignerKey(key).id).toBe(cosignature_key_id);
    expect(vkeyText(cosignerKey(key))).toBe(cosignature_vkey);
    expect(parseVkey(cosignature_vkey)).toBeNull();
    expect(parseVkey(vkey, keyTypes.cosignature)).toBeNull();
  });
});

describe('a cosignature', () => {
  const line = cosign(text, witness, 1_780_000_000);

  it('is found among lines of others, and only under the key one trusts', () => {
    const other = cosigner(noteSigner('witness.example', Buffer.alloc(32, 8)));
    const lines = `${cosign(text, other, 5)}${line}not a line\n`;
    expect(cosignaturesIn(lines, text, [witness.key]).map(one => one.signed_at_s)).toEqual([1_780_000_000]);
    expect(cosignaturesIn(lines, text, [])).toEqual([]);
  });

  it('is passed over by whoever knows the log’s key only, and spoils nothing', () => {
    const log = noteSigner('log.example/parvis', Buffer.alloc(32, 7));
    const own = cosign(text, cosigner(log), 1_780_000_000);
    expect(openNote(signNote(text, log) + line + own, [log.key])?.signedBy).toEqual([log.key]);
  });

  it('cannot pass for the log’s signature, nor the log’s for a cosignature', () => {
    const log = noteSigner('log.example/parvis', Buffer.alloc(32, 7));
    expect(openNote(`${text}\n${cosign(text, cosigner(log), 1)}`, [log.key])).toBeNull();
    const signature = signNote(text, log).split('\n\n')[1]!;
    expect(cosignaturesIn(signature, text, [cosignerKey(log.key), log.key])).toEqual([]);
  });

  it('is found under a key of its own kind only', () => {
    expect(cosignaturesIn(line, text, [{ ...witness.key, type: keyTypes.note }])).toEqual([]);
  });

  it.each([1, 7, 8, 9])('of %i bytes is passed over', length => {
    expect(cosignaturesIn(lineOf(witness.key, Buffer.alloc(length)), text, [witness.key])).toEqual([]);
  });

  it('holds for its own text and time, bit for bit', () => {
    fc.assert(
      fc.property(fc.nat(Buffer.from(line).length - 1), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(line);
        changed[at]! ^= 1 << bit;
        return cosignaturesIn(changed.toString(), text, [witness.key]).length === 0;
      }),
    );
    expect(cosignaturesIn(line, text.replace('\n1\n', '\n2\n'), [witness.key])).toEqual([]);
  });

  it('beyond the year 9999 is not read, and before 1970 is not made', () => {
    expect(cosignaturesIn(cosign(text, witness, 253_402_300_799), text, [witness.key])).toHaveLength(1);
    expect(cosignaturesIn(cosign(text, witness, 253_402_300_800), text, [witness.key])).toEqual([]);
    expect(() => cosign(text, witness, -1)).toThrow(RangeError);
  });
});
