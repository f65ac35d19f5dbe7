import { describe, expect, it } from 'vitest';
import { checkpointText, signCheckpoint } from './checkpoint.ts';
import { cosign, cosigner } from './cosignature.ts';
import { noteSigner, vkeyText } from './note.ts';
import { emptyRoot, leafHash } from './tree.ts';
import { checkedWitness, readReply, submission, type Witness, whoSawMore } from './witnesses.ts';

const witness = cosigner(noteSigner('witness.example', Buffer.alloc(32, 9)));
const log = noteSigner('log.example/parvis', Buffer.alloc(32, 7));
const checkpoint = { origin: log.key.name, size: 3, root: emptyRoot };
const text = checkpointText(checkpoint);
const now_s = 1_780_000_000;
const asked = { text, key: witness.key, now_s };

it('what is posted is the size, the hashes, an empty line and the checkpoint', () => {
  const hash = leafHash(Buffer.from('a'));
  const note = signCheckpoint(checkpoint, log);
  expect(submission({ oldSize: 2, proof: [hash] }, note)).toBe(
    `old 2\n${Buffer.from(hash).toString('base64')}\n\n${note}`,
  );
  expect(submission({ oldSize: 0, proof: [] }, note)).toBe(`old 0\n\n${note}`);
});

describe('an answer', () => {
  const line = cosign(text, witness, now_s);
  const stranger = cosign(text, cosigner(noteSigner('stranger.example', Buffer.alloc(32, 5))), now_s);
  it.each([
    ['a cosignature', 200, line, 'cosigned'],
    ['a cosignature among others', 200, stranger + line, 'cosigned'],
    ['a cosignature from a clock five minutes ahead', 200, cosign(text, witness, now_s + 300), 'cosigned'],
    ['a cosignature from further ahead', 200, cosign(text, witness, now_s + 301), 'bad_answer'],
    ['another key’s cosignature', 200, stranger, 'bad_answer'],
    ['a cosignature of another text', 200, cosign(`${text}x\n`, witness, now_s), 'bad_answer'],
    ['nothing', 200, '', 'bad_answer'],
    ['the size that it knows', 409, '17\n', 'conflict'],
    ['a size with a leading zero', 409, '017\n', 'bad_answer'],
    ['a size without its newline', 409, '17', 'bad_answer'],
    ['a size after something', 409, 'x17\n', 'bad_answer'],
    ['a size before something', 409, '17\n\n', 'bad_answer'],
    ['a size below none', 409, '-1\n', 'bad_answer'],
    ['no size', 409, '\n', 'bad_answer'],
    ['a size of sixteen digits', 409, '1234567890123456\n', 'bad_answer'],
    ['a size, under another status', 422, '17\n', 'other_history'],
    ['that the proof does not hold', 422, '', 'other_history'],
    ['that it does not know the log', 404, '', 'unknown_log'],
    ['that it does not know the key', 403, '', 'unknown_key'],
    ['that it failed', 500, line, 'bad_answer'],
  ])('with %s', (_, status, body, expected) => {
    expect(readReply({ status, body }, asked).answer).toBe(expected);
  });

  it.each([0, 9, 10, 123_456_789_012_345])('with the size %i says so', size => {
    expect(readReply({ status: 409, body: `${size}\n` }, asked)).toEqual({ answer: 'conflict', size });
  });

  it('with several cosignatures gives the latest', () => {
    const body = cosign(text, witness, now_s - 60) + line + cosign(text, witness, now_s - 30);
    expect(readReply({ status: 200, body }, asked)).toMatchObject({ cosignature: { line, signed_at_s: now_s } });
  });
});

describe('a witness', () => {
  const good = {
    name: ' Mairie de Ganges ',
    vkey: `${vkeyText(witness.key)}\n`,
    url: 'https://temoin.example/parvis/',
  };
  it('is kept without spaces around and without a slash at the end', () => {
    expect(checkedWitness(good)).toEqual({
      ok: true,
      value: { name: 'Mairie de Ganges', vkey: vkeyText(witness.key), url: 'https://temoin.example/parvis' },
    });
  });

  it.each([
    ['a name of one letter', { name: 'a' }],
    ['a name of a hundred letters and spaces around', { name: ` ${'a'.repeat(100)} ` }],
    ['an address without a name of its own', { url: 'http://127.0.0.1:8080' }],
    ['several slashes and spaces after its address', { url: ' https://temoin.example/parvis// ' }],
  ])('with %s is kept', (_, changed) => {
    const trimmed = Object.entries(changed).map(([key, text]) => [key, text.trim().replace(/\/+$/, '')]);
    expect(checkedWitness({ ...good, ...changed })).toMatchObject({ ok: true, value: Object.fromEntries(trimmed) });
  });

  it.each([
    ['no name', { name: '  ' }, 'notary.bad_name'],
    ['a name that fills the page', { name: 'a'.repeat(101) }, 'notary.bad_name'],
    ['the key of a log', { vkey: vkeyText(log.key) }, 'notary.bad_vkey'],
    ['half a key', { vkey: good.vkey.slice(0, 30) }, 'notary.bad_vkey'],
    ['no address', { url: '' }, 'notary.bad_url'],
    ['a file for an address', { url: 'file:///etc/passwd' }, 'notary.bad_url'],
    ['a query in the address', { url: 'https://temoin.example/?a=' }, 'notary.bad_url'],
    ['a password in the address', { url: 'https://a:b@temoin.example' }, 'notary.bad_url'],
    ['a mark in the address', { url: 'https://temoin.example/#a' }, 'notary.bad_url'],
    ['a space in the address', { url: 'https://temoin.example/a b' }, 'notary.bad_url'],
    ['an address inside another', { url: 'see:https://temoin.example' }, 'notary.bad_url'],
    ['nothing after the slashes', { url: 'https://' }, 'notary.bad_url'],
    ['a port that is none', { url: 'https://temoin.example:99999' }, 'notary.bad_url'],
  ])('with %s is refused', (_, changed, code) => {
    expect(checkedWitness({ ...good, ...changed })).toMatchObject({ ok: false, refusal: { code } });
  });

  it.each([
    ['knows as much', { knownSize: 5, answer: 'cosigned' }, false],
    ['knows less', { knownSize: 4, answer: 'unreachable' }, false],
    ['was never asked', { knownSize: null, answer: null }, false],
    ['knows more', { knownSize: 6, answer: 'ahead' }, true],
    ['knows more, and does not answer today', { knownSize: 6, answer: 'unreachable' }, true],
    ['knows another history', { knownSize: 5, answer: 'other_history' }, true],
  ] as const)('that %s', (_, known, expected) => {
    const one: Witness = { witnessId: 'wit_1', name: '', vkey: '', url: '', askedAt: null, ...known };
    expect(whoSawMore([one], 5)).toBe(expected ? one : null);
  });

  it('that was never asked saw no more than an empty log', () => {
    const one: Witness = {
      witnessId: 'wit_1',
      name: '',
      vkey: '',
      url: '',
      askedAt: null,
      answer: null,
      knownSize: null,
    };
    expect(whoSawMore([one], 0)).toBeNull();
    expect(whoSawMore([one, { ...one, knownSize: 1 }], 0)).toEqual({ ...one, knownSize: 1 });
  });
});
