import { createHash, sign, X509Certificate } from 'node:crypto';
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

const compact = (at: Instant) => `${at.toString().replaceAll(/\D/g, '').slice(0, 14)}Z`;
const sequence = (...values: readonly Uint8Array[]) => der(tags.sequence, ...values);
const whole = (n: number) => derInteger(Uint8Array.of(n));
const octets = (bytes: Uint8Array) => der(tags.octets, bytes);
const algorithms = {
  sha1: sequence(derOid('1.3.14.3.2.26'), der(tags.nothing)),
  sha256: sequence(derOid('2.16.840.1.101.3.4.2.1'), der(tags.nothing)),
  sha384: sequence(derOid('2.16.840.1.101.3.4.2.2')),
  sha512: sequence(derOid('2.16.840.1.101.3.4.2.3'), der(tags.nothing)),
};
const tstInfo = derOid('1.2.840.113549.1.9.16.1.4');
const attribute = (oid: string, ...values: readonly Uint8Array[]) => sequence(derOid(oid), der(tags.set, ...values));
const contentType = (kind: Uint8Array) => attribute('1.2.840.113549.1.9.3', kind);
const messageDigest = (value: Uint8Array) => attribute('1.2.840.113549.1.9.4', value);
const digested = (bytes: Uint8Array, digest = 'sha256') => octets(createHash(digest).update(bytes).digest());
/** The older form names the certificate by its SHA-1. */
const olderName = (certificate: Uint8Array) =>
  attribute('1.2.840.113549.1.9.16.2.12', sequence(sequence(sequence(digested(certificate, 'sha1')))));
const named = (...parts: readonly Uint8Array[]) =>
  attribute('1.2.840.113549.1.9.16.2.47', sequence(sequence(sequence(...parts))));

/** What a forger may write otherwise than an authority would. */
interface Forgery {
  readonly moment?: Uint8Array;
  readonly version?: Uint8Array;
  /** The algorithm and the hash of what is dated. */
  readonly dated?: Uint8Array;
  /** What follows the moment. */
  readonly rest?: readonly Uint8Array[];
  readonly kind?: Uint8Array;
  readonly infoKind?: Uint8Array;
  readonly digest?: keyof typeof algorithms;
  readonly attributes?: (info: Uint8Array, certificate: Uint8Array) => readonly Uint8Array[];
  readonly key?: string;
  readonly certificates?: readonly Uint8Array[];
  /** How what is signed, the attributes, the signature and the signer are wrapped. */
  readonly infoTag?: number;
  readonly attributesTag?: number;
  readonly signatureTag?: number;
  readonly signers?: number;
  readonly infos?: number;
}

const utc = (text: string) => der(tags.generalizedTime, Buffer.from(text));
const usual = (info: Uint8Array, certificate: Uint8Array) => [
  contentType(tstInfo),
  messageDigest(digested(info)),
  named(digested(certificate)),
];

const inDigest = (digest: 'sha384' | 'sha512', info: Uint8Array, certificate: Uint8Array) => [
  contentType(tstInfo),
  messageDigest(digested(info, digest)),
  named(digested(certificate)),
];

/** A token that we sign ourselves, at any moment and under any certificate, as no decent authority would. */
function forged(name: string, forgery: Forgery = {}): Uint8Array {
  const certificate = certificateOf(name);
  const { digest = 'sha256', version = whole(1), moment = utc(compact(now())), certificates = [certificate] } = forgery;
  const dated = forgery.dated ?? sequence(algorithms.sha256, octets(imprint));
  const info = sequence(version, derOid('1.2.3.4'), dated, whole(1), moment, ...(forgery.rest ?? []));
  const attributes = (forgery.attributes ?? usual)(info, certificate);
  const key = readFileSync(fileOf(`${forgery.key ?? name}.key`), 'utf8');
  const signature = sign(name === 'edwards' ? null : digest, der(tags.set, ...attributes), key);
  const signer = sequence(
    whole(1),
    sequence(),
    algorithms[digest],
    der(forgery.attributesTag ?? tags.context(0), ...attributes),
    algorithms[digest],
    der(forgery.signatureTag ?? tags.octets, signature),
  );
  const held = Array.from({ length: forgery.infos ?? 1 }, () => der(forgery.infoTag ?? tags.octets, info));
  const content = sequence(forgery.infoKind ?? tstInfo, der(tags.context(0), ...held));
  const brought = certificates.length === 0 ? [] : [der(tags.context(0), ...certificates)];
  const signers = Array.from({ length: forgery.signers ?? 1 }, () => signer);
  const signed = sequence(whole(1), der(tags.set, algorithms[digest]), content, ...brought, der(tags.set, ...signers));
  return sequence(forgery.kind ?? derOid('1.2.840.113549.1.7.2'), der(tags.context(0), signed));
}

describe.runIf(hasOpenssl)('a time stamp by an authority (openssl ts, when this machine has it)', () => {
  let reply: Uint8Array;
  let token: Uint8Array;
  beforeAll(() => {
    authorities.make('rsa');
    authorities.make('other', { key: 'ec' });
    authorities.make('curve', { key: 'ec' });
    authorities.make('server', { key: 'ec', may: 'serving' });
    authorities.make('edwards', { key: 'ed25519' });
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
    const token = forged(name, { moment: utc(compact(addSeconds(now(), later_s))) });
    expect(why(readToken(token, { imprint }))).toBe(expected);
    expect(why(readToken(token, { imprint, certificate: certificateOf(name) }))).toBe(expected);
  });

  const certificateDates = () => {
    const { validFrom, validTo } = new X509Certificate(certificateOf('rsa'));
    return [instantAt(Date.parse(validFrom)), instantAt(Date.parse(validTo))] as const;
  };
  it.each([
    ['the first second of its certificate', () => certificateDates()[0], 'accepted'],
    [
      'the second before',
      () => addSeconds(certificateDates()[0], -1),
      'its certificate could not date anything at that moment',
    ],
    ['the last second of its certificate', () => certificateDates()[1], 'accepted'],
    [
      'the second after',
      () => addSeconds(certificateDates()[1], 1),
      'its certificate could not date anything at that moment',
    ],
  ])('from %s', (_, at, expected) => {
    expect(why(readToken(forged('rsa', { moment: utc(compact(at())) }), { imprint }))).toBe(expected);
  });

  it.each([
    ['20261301000000Z', false],
    ['20260101000000', false],
    ['2026', false],
    ['x20261125135209Z', false],
    ['20261125135209Zx', false],
    ['20261125135209.Z', false],
    ['20261125135209.1234567890Z', false],
    ['20261125135209.123456789Z', true],
    ['20261125135209.5Z', true],
  ])('with the moment %s is read: %s', (moment, read) => {
    const certificate = certificateOf('rsa');
    const answer = why(readToken(forged('rsa', { moment: utc(moment) }), { imprint, certificate }));
    expect(answer !== 'it cannot be read').toBe(read);
  });

  it.each<[string, Forgery]>([
    ['of another kind of message', { kind: derOid('1.2.840.113549.1.7.1') }],
    ['about something else than a moment', { infoKind: derOid('1.2.840.113549.1.7.1') }],
    ['of another version', { version: whole(2) }],
    ['whose version is no number', { version: octets(Uint8Array.of(1)) }],
    ['over another kind of hash', { dated: sequence(algorithms.sha512, octets(imprint)) }],
    ['over a hash of a kind that we do not know', { dated: sequence(algorithms.sha1, octets(imprint)) }],
    ['whose hash is no octets', { dated: sequence(algorithms.sha256, der(tags.set, imprint)) }],
    ['without a hash', { dated: sequence(algorithms.sha256) }],
    ['whose moment is written otherwise', { moment: der(0x17, Buffer.from('261125135209Z')) }],
    ['whose moment is under another tag', { moment: octets(Buffer.from('20261125135209Z')) }],
    ['signed twice', { signers: 2 }],
    ['signed by nobody', { signers: 0 }],
    ['that says two things', { infos: 2 }],
    ['that says nothing', { infos: 0 }],
    ['whose words are no octets', { infoTag: tags.set }],
    ['whose attributes are not where they belong', { attributesTag: tags.context(1) }],
    ['whose signature is no octets', { signatureTag: tags.sequence }],
    ['that names no certificate', { attributes: info => [contentType(tstInfo), messageDigest(digested(info))] }],
    [
      'that names a certificate by no hash',
      { attributes: info => [contentType(tstInfo), messageDigest(digested(info)), named(whole(1))] },
    ],
    [
      'that names a certificate by a hash that we do not know',
      {
        attributes: (info, certificate) => [
          contentType(tstInfo),
          messageDigest(digested(info)),
          named(algorithms.sha1, digested(certificate, 'sha1')),
        ],
      },
    ],
    [
      'with two values for one attribute',
      {
        attributes: (info, certificate) => [
          contentType(tstInfo),
          attribute('1.2.840.113549.1.9.4', digested(info), digested(info)),
          named(digested(certificate)),
        ],
      },
    ],
  ])('%s is not read', (_, forgery) => {
    expect(why(readToken(forged('rsa', forgery), { imprint }))).toBe('it cannot be read');
  });

  it('that names what is no certificate is not read', () => {
    const certificate = Buffer.from('no certificate');
    const attributes = (info: Uint8Array) => usual(info, certificate);
    expect(why(readToken(forged('rsa', { attributes }), { imprint, certificate }))).toBe('it cannot be read');
  });

  it.each<[string, NonNullable<Forgery['attributes']>]>([
    ['says of no message what it is', (info, mine) => usual(info, mine).slice(1)],
    ['says that the message is another', (info, mine) => [contentType(derOid('1.2.3')), ...usual(info, mine).slice(1)]],
    ['holds no hash of the message', (info, mine) => usual(info, mine).filter((_, i) => i !== 1)],
    [
      'holds another hash',
      (_, mine) => [contentType(tstInfo), messageDigest(digested(hashed('another'))), named(digested(mine))],
    ],
    [
      'holds the hash under another tag',
      (info, mine) => [
        contentType(tstInfo),
        messageDigest(der(tags.integer, createHash('sha256').update(info).digest())),
        named(digested(mine)),
      ],
    ],
  ])('that %s is not signed', (_, attributes) => {
    expect(why(readToken(forged('rsa', { attributes }), { imprint }))).toBe('its signature is false');
  });

  it('signed by another key than its certificate’s, or by a kind of key that dates nothing, is not signed', () => {
    expect(why(readToken(forged('rsa', { key: 'other' }), { imprint }))).toBe('its signature is false');
    expect(why(readToken(forged('edwards'), { imprint }))).toBe('its signature is false');
  });

  it.each<[string, Forgery]>([
    [
      'a longer hash in its signature',
      { digest: 'sha384', attributes: (info, mine) => inDigest('sha384', info, mine) },
    ],
    ['the longest one', { digest: 'sha512', attributes: (info, mine) => inDigest('sha512', info, mine) }],
    [
      'its certificate named in the older form',
      { attributes: (info, mine) => [...usual(info, mine).slice(0, 2), olderName(mine)] },
    ],
    [
      'its certificate named by a hash that says which',
      {
        attributes: (info, mine) => [
          ...usual(info, mine).slice(0, 2),
          named(algorithms.sha512, digested(mine, 'sha512')),
        ],
      },
    ],
    [
      'its certificate named in both forms, the newer of which counts',
      { attributes: (info, mine) => [...usual(info, mine), olderName(hashed('another'))] },
    ],
    ['more words after its moment', { rest: [sequence(whole(1)), der(0x01, Uint8Array.of(0xff)), whole(7)] }],
    ['other certificates around its own', { certificates: [hashed('another'), hashed('third')].map(octets) }],
  ])('with %s holds', (_, forgery) => {
    const certificate = certificateOf('rsa');
    const brought = forgery.certificates ? [...forgery.certificates, certificate] : [certificate];
    const stamp = value(readToken(forged('rsa', { ...forgery, certificates: brought }), { imprint }));
    expect(Buffer.from(stamp.certificate)).toEqual(Buffer.from(certificate));
    expect(stamp.nonce && Buffer.from(stamp.nonce)).toEqual(forgery.rest ? Buffer.of(7) : null);
  });

  it('that brings no certificate holds under one that is given, and not alone', () => {
    const bare = forged('rsa', { certificates: [] });
    expect(why(readToken(bare, { imprint, certificate: certificateOf('rsa') }))).toBe('accepted');
    expect(why(readToken(bare, { imprint }))).toBe('it does not name this certificate');
  });

  const moment_s = () => instantAt(Math.floor(Date.now() / 1_000) * 1_000);
  it.each([
    [-601, 'it is not from now'],
    [-600, 'accepted'],
    [600, 'accepted'],
    [601, 'it is not from now'],
  ])('dated %i seconds from our clock: %s', (apart_s, expected) => {
    const at = moment_s();
    const token = forged('rsa', { moment: utc(compact(at)), rest: [derInteger(nonce)] });
    const granted = sequence(sequence(whole(0)), token);
    expect(why(readReply(granted, { imprint, nonce, now: addSeconds(at, apart_s) }))).toBe(expected);
  });

  it.each<[string, Uint8Array, boolean, string]>([
    ['granted', whole(0), true, 'accepted'],
    ['granted otherwise than asked', whole(1), true, 'accepted'],
    ['rejected', whole(2), true, 'the authority refused the request'],
    ['a status that is none', derInteger(Buffer.from('0100', 'hex')), true, 'the authority refused the request'],
    ['no token', whole(0), false, 'the authority refused the request'],
    ['a status under another tag', octets(Uint8Array.of(0)), true, 'it cannot be read'],
    ['no status', new Uint8Array(), true, 'it cannot be read'],
  ])('in a reply that says “%s”', (_, status, brings, expected) => {
    const token = brings ? [forged('rsa', { rest: [derInteger(nonce)] })] : [];
    expect(why(readReply(sequence(sequence(status), ...token), ask()))).toBe(expected);
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
  }, 60_000);
});
