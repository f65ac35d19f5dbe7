import { createHash, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasOpenssl, openAuthorities } from '../../tools/time-authority.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { addSeconds, type Instant, instantAt } from '../kernel/time.ts';
import { der, derInteger, derList, derOf, derOid, tags } from './der.ts';
import { readReply, readToken, stampRequest } from './timestamp.ts';

const authorities = openAuthorities();
afterAll(authorities.remove);
const { openssl, fileOf, certificateOf } = authorities;
const answer = (request: Uint8Array, name = 'rsa') => authorities.answer(request, name);

const hashed = (text: string) => createHash('sha256').update(text).digest();
const imprint = hashed('a checkpoint');
const nonce = Buffer.from('8123456789abcdef', 'hex');
const now = (): Instant => instantAt(Date.now());
const ask = () => ({ imprint, nonce, now: now() });
const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(outcome.refusal.message.en);
  return outcome.value;
};
const why = (outcome: Outcome<unknown>) =>
  outcome.ok ? 'accepted' : outcome.refusal.message.en.replace(/^.*: |\.$/g, '');

const sequence = (...values: readonly Uint8Array[]) => der(tags.sequence, ...values);
const sha256 = sequence(derOid('2.16.840.1.101.3.4.2.1'), der(tags.nothing));
const tstInfo = derOid('1.2.840.113549.1.9.16.1.4');

/** A token that we sign ourselves, at any moment and under any certificate, as no decent authority would. */
function forged(name: string, moment: string): Uint8Array {
  const one = derInteger(Uint8Array.of(1));
  const dated = sequence(sha256, der(tags.octets, imprint));
  const info = sequence(one, derOid('1.2.3.4'), dated, one, der(tags.generalizedTime, Buffer.from(moment)));
  const attribute = (oid: string, value: Uint8Array) => sequence(derOid(oid), der(tags.set, value));
  const hashOf = (bytes: Uint8Array) => der(tags.octets, createHash('sha256').update(bytes).digest());
  const attributes = [
    attribute('1.2.840.113549.1.9.3', tstInfo),
    attribute('1.2.840.113549.1.9.4', hashOf(info)),
    attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(hashOf(certificateOf(name)))))),
  ];
  const signature = sign('sha256', der(tags.set, ...attributes), readFileSync(fileOf(`${name}.key`), 'utf8'));
  const signer = sequence(
    one,
    sequence(),
    sha256,
    der(tags.context(0), ...attributes),
    sha256,
    der(tags.octets, signature),
  );
  const content = sequence(tstInfo, der(tags.context(0), der(tags.octets, info)));
  const certificates = der(tags.context(0), certificateOf(name));
  const signed = sequence(one, der(tags.set, sha256), content, certificates, der(tags.set, signer));
  return sequence(derOid('1.2.840.113549.1.7.2'), der(tags.context(0), signed));
}

const compact = (at: Instant) => `${at.toString().replaceAll(/\D/g, '').slice(0, 14)}Z`;

describe.runIf(hasOpenssl)('a time stamp by an authority (openssl ts, when this machine has it)', () => {
  let reply: Uint8Array;
  let token: Uint8Array;
  beforeAll(() => {
    authorities.make('rsa');
    authorities.make('other');
    authorities.make('curve', { key: 'ec' });
    authorities.make('server', { may: 'serving' });
    reply = answer(stampRequest(ask()));
    token = value(readReply(reply, ask())).token;
  });

  it.each(['rsa', 'curve'])('is asked, read, and holds offline under its own certificate: %s', authority => {
    const stamp = value(readReply(answer(stampRequest(ask()), authority), ask()));
    expect(Math.abs(stamp.stampedAt.epochMilliseconds - Date.now())).toBeLessThan(60_000);
    expect(stamp.authority).toBe(`CN=${authority}, O=Essai`);
    expect(Buffer.from(stamp.certificate)).toEqual(Buffer.from(certificateOf(authority)));
    expect(value(readToken(stamp.token, { imprint, certificate: certificateOf(authority) })).stampedAt).toEqual(
      stamp.stampedAt,
    );
  });

  it('is the request that openssl reads, and the token that openssl verifies', () => {
    writeFileSync(fileOf('query'), stampRequest(ask()));
    const told = openssl('ts', '-query', '-in', 'query', '-text').toString();
    expect(told).toContain('Hash Algorithm: sha256');
    expect(told).toContain('Nonce: 0x8123456789ABCDEF');
    expect(told).toContain('Certificate required: yes');
    writeFileSync(fileOf('data'), 'a checkpoint');
    writeFileSync(fileOf('token'), token);
    expect(() =>
      openssl('ts', '-verify', '-data', 'data', '-in', 'token', '-token_in', '-CAfile', 'rsa.pem'),
    ).not.toThrow();
  });

  it.each<[string, () => Outcome<unknown>, string]>([
    [
      'over something else',
      () => readReply(reply, { ...ask(), imprint: hashed('another') }),
      'it dates something else',
    ],
    [
      'with another nonce',
      () => readReply(reply, { ...ask(), nonce: Buffer.from('01', 'hex') }),
      'it answers another request',
    ],
    [
      'kept from an hour ago',
      () => readReply(reply, { ...ask(), now: addSeconds(now(), 3_600) }),
      'it is not from now',
    ],
    ['from an hour ahead', () => readReply(reply, { ...ask(), now: addSeconds(now(), -3_600) }), 'it is not from now'],
    [
      'read under another certificate',
      () => readToken(token, { imprint, certificate: certificateOf('other') }),
      'it does not name this certificate',
    ],
    ['cut short', () => readToken(token.subarray(0, -1), { imprint }), 'it cannot be read'],
    ['with a byte after it', () => readToken(Buffer.concat([token, Buffer.of(0)]), { imprint }), 'it cannot be read'],
    ['of nothing', () => readReply(new Uint8Array(), ask()), 'it cannot be read'],
    ['that is a web page', () => readReply(Buffer.from('<!doctype html>'), ask()), 'it cannot be read'],
  ])('is refused %s', (_, read, expected) => expect(why(read())).toBe(expected));

  it.each<[string, string, number, string]>([
    ['by an authority in office is believed', 'rsa', 0, 'accepted'],
    ['by a certificate that may not date', 'server', 0, 'its certificate could not date anything at that moment'],
    ['from before its certificate', 'rsa', -86_400, 'its certificate could not date anything at that moment'],
    ['from after its certificate', 'rsa', 31 * 86_400, 'its certificate could not date anything at that moment'],
  ])('%s', (_, name, later_s, expected) => {
    const token = forged(name, compact(addSeconds(now(), later_s)));
    expect(why(readToken(token, { imprint }))).toBe(expected);
    expect(why(readToken(token, { imprint, certificate: certificateOf(name) }))).toBe(expected);
  });

  it.each(['20261301000000Z', '20260101000000', '2026'])('with the moment %s is not read', moment => {
    expect(why(readToken(forged('rsa', moment), { imprint }))).toBe('it cannot be read');
  });

  it('is refused when the authority says no', () => {
    const sha1 = Buffer.from(stampRequest(ask()));
    sha1.writeUInt8(0x7f, sha1.indexOf(Buffer.from('0609608648016503040201', 'hex')) + 10);
    expect(why(readReply(answer(sha1), ask()))).toBe('the authority refused the request');
  });

  it('is refused without a nonce', () => {
    const bare = der(
      tags.sequence,
      ...derList(derOf(stampRequest(ask()), tags.sequence)!.content)!
        .filter((_, i) => i !== 2)
        .map(v => v.bytes),
    );
    expect(why(readReply(answer(bare), ask()))).toBe('it answers another request');
  });

  it('never holds once one bit of what it dates, of its signed words or of its signature is changed', () => {
    const certificate = certificateOf('rsa');
    const from = Buffer.from(token).indexOf(certificate);
    const signedParts = [...token.keys()].filter(at => at < from || at >= from + certificate.length);
    fc.assert(
      fc.property(fc.constantFrom(...signedParts), fc.nat(7), (at, bit) => {
        const changed = Buffer.from(token);
        changed[at]! ^= 1 << bit;
        const read = readToken(changed, { imprint, certificate });
        // The names of who signed and the list of algorithms in front are not signed: they change nothing that is believed.
        return !read.ok || read.value.stampedAt.equals(value(readToken(token, { imprint })).stampedAt);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('DER', () => {
  it.each([
    ['0', '00', '020100'],
    ['127', '7f', '02017f'],
    ['128, which would look negative', '80', '02020080'],
    ['256, with zeros in front', '00000100', '02020100'],
  ])('writes the whole number %s', (_, bytes, expected) => {
    expect(Buffer.from(derInteger(Buffer.from(bytes, 'hex'))).toString('hex')).toBe(expected);
  });

  it('writes the published object identifier of SHA-256', () => {
    expect(Buffer.from(derOid('2.16.840.1.101.3.4.2.1')).toString('hex')).toBe('0609608648016503040201');
  });

  it.each([
    ['an endless length', '3080'],
    ['a length that could be shorter', '04810100'],
    ['a length with a zero in front', `04820080${'00'.repeat(128)}`],
    ['a length beyond the end', '0405aa'],
    ['a length of five bytes', '04850000000001aa'],
    ['a tag of several bytes', '1f8101'],
  ])('does not read %s', (_, bytes) => expect(derList(Buffer.from(bytes, 'hex'))).toBeNull());

  it('reads back what it wrote, at any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 70_000, size: 'max' }), content => {
        const read = derOf(der(tags.octets, content), tags.octets);
        return read !== null && Buffer.compare(read.content, content) === 0;
      }),
      { numRuns: 50 },
    );
  });
});
