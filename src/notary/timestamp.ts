import { createHash, verify, X509Certificate } from 'node:crypto';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { type Instant, instant, secondsBetween } from '../kernel/time.ts';
import { type Der, der, derInteger, derList, derOf, derOid, isOid, tags } from './der.ts';
import { words } from './words.ts';

/** RFC 3161: a third party dates a hash. Its token is a CMS signed message (RFC 5652) around what it dated. */

const oids = {
  signedData: '1.2.840.113549.1.7.2',
  tstInfo: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
};
const timeStamping = '1.3.6.1.5.5.7.3.8';
const sha256Oid = '2.16.840.1.101.3.4.2.1';
const digests = { sha256: sha256Oid, sha384: '2.16.840.1.101.3.4.2.2', sha512: '2.16.840.1.101.3.4.2.3' } as const;

/** How far from our own clock a fresh token's moment may be, in seconds. */
const freshWithin_s = 600;

export interface Stamp {
  readonly stampedAt: Instant;
  /** Whom the certificate names, on one line. */
  readonly authority: string;
  /** The certificate under which the token holds, DER. */
  readonly certificate: Uint8Array;
  readonly nonce: Uint8Array | null;
}

/** A request over a SHA-256; the nonce comes back in the token, and the certificate with it. */
export const stampRequest = ({ imprint, nonce }: { imprint: Uint8Array; nonce: Uint8Array }): Uint8Array =>
  der(
    tags.sequence,
    derInteger(Uint8Array.of(1)),
    der(tags.sequence, der(tags.sequence, derOid(sha256Oid), der(tags.nothing)), der(tags.octets, imprint)),
    derInteger(nonce),
    der(0x01, Uint8Array.of(0xff)),
  );

/** What a token cannot be read or believed without; thrown inside this file only, and answered as a refusal. */
class Unreadable extends Error {}

const need = <T>(value: T | null | undefined | false): T => {
  if (value === null || value === undefined || value === false) throw new Unreadable();
  return value;
};
const within = (value: Der | undefined, tag: number): readonly Der[] =>
  need(value?.tag === tag && derList(value.content));
const alone = (value: Der | undefined, tag: number): Der =>
  need(within(value, tag).length === 1 && within(value, tag)[0]);

const digestOf = (algorithm: Der | undefined): keyof typeof digests => {
  const [oid] = within(algorithm, tags.sequence);
  return need((Object.keys(digests) as (keyof typeof digests)[]).find(name => isOid(oid, digests[name])));
};
const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

interface Dated {
  readonly imprint: Uint8Array;
  readonly stampedAt: Instant;
  readonly nonce: Uint8Array | null;
}

/** `20261125135209.5Z` */
function momentOf(value: Der | undefined): Instant {
  const text = Buffer.from(need(value?.tag === tags.generalizedTime && value.content)).toString('latin1');
  const [, y, m, d, h, min, s] = need(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d(?:\.\d{1,9})?)Z$/.exec(text));
  try {
    return instant(`${y}-${m}-${d}T${h}:${min}:${s}Z`);
  } catch {
    throw new Unreadable();
  }
}

/** What the authority says: version, policy, what it dated, its serial number, the moment, then what is optional. */
function dated(info: Uint8Array): Dated {
  const [version, , imprint, , moment, ...rest] = within(need(derOf(info, tags.sequence)), tags.sequence);
  need(version?.tag === tags.integer && sameBytes(version.content, Uint8Array.of(1)));
  const [algorithm, hashed] = within(imprint, tags.sequence);
  need(digestOf(algorithm) === 'sha256' && hashed?.tag === tags.octets);
  const nonce = rest.find(({ tag }) => tag === tags.integer)?.content ?? null;
  return { imprint: hashed!.content, stampedAt: momentOf(moment), nonce };
}

interface Signed {
  readonly info: Uint8Array;
  readonly certificates: readonly Der[];
  /** The attributes as they are signed: under the tag of a set. */
  readonly attributes: Der;
  readonly digest: keyof typeof digests;
  readonly signature: Uint8Array;
}

function signedIn(token: Uint8Array): Signed {
  const [kind, wrapped] = within(need(derOf(token, tags.sequence)), tags.sequence);
  need(isOid(kind, oids.signedData));
  const [, , content, ...rest] = within(alone(wrapped, tags.context(0)), tags.sequence);
  const [contentKind, info] = within(content, tags.sequence);
  need(isOid(contentKind, oids.tstInfo));
  const certificates = rest.find(({ tag }) => tag === tags.context(0));
  const [, , algorithm, attributes, , signature] = within(alone(rest.at(-1), tags.set), tags.sequence);
  need(attributes?.tag === tags.context(0) && signature?.tag === tags.octets);
  return {
    info: need(alone(info, tags.context(0)).tag === tags.octets && alone(info, tags.context(0)).content),
    certificates: certificates ? need(derList(certificates.content)) : [],
    attributes: need(derOf(der(tags.set, attributes!.content), tags.set)),
    digest: digestOf(algorithm),
    signature: signature!.content,
  };
}

const attribute = ({ attributes }: Signed, oid: string): Der | null => {
  const found = within(attributes, tags.set)
    .map(one => within(one, tags.sequence))
    .find(([kind]) => isOid(kind, oid));
  return found ? alone(found[1], tags.set) : null;
};

/** Does the signed message name this certificate? By its hash: SHA-256 unless it says otherwise, SHA-1 in the older form. */
function names(signed: Signed, certificate: Uint8Array): boolean {
  const second = attribute(signed, oids.signingCertificateV2);
  const [list] = within(need(second ?? attribute(signed, oids.signingCertificate)), tags.sequence);
  const [first] = within(list, tags.sequence);
  const parts = within(first, tags.sequence);
  const hash = need(parts.find(({ tag }) => tag === tags.octets)).content;
  const digest = second === null ? 'sha1' : parts[0]?.tag === tags.sequence ? digestOf(parts[0]) : 'sha256';
  return sameBytes(hash, createHash(digest).update(certificate).digest());
}

function certificateOf(bytes: Uint8Array): X509Certificate {
  try {
    return new X509Certificate(bytes);
  } catch {
    throw new Unreadable();
  }
}

/** May this certificate date things, and could it at that moment? */
const mayStamp = (certificate: X509Certificate, at: Instant): boolean =>
  (certificate.keyUsage ?? []).includes(timeStamping) &&
  Date.parse(certificate.validFrom) <= at.epochMilliseconds &&
  at.epochMilliseconds <= Date.parse(certificate.validTo);

function isSigned(signed: Signed, { publicKey }: X509Certificate): boolean {
  const { info, attributes, digest, signature } = signed;
  const kind = attribute(signed, oids.contentType);
  const hashed = attribute(signed, oids.messageDigest);
  return (
    kind !== null &&
    isOid(kind, oids.tstInfo) &&
    hashed?.tag === tags.octets &&
    sameBytes(hashed.content, createHash(digest).update(info).digest()) &&
    ['rsa', 'ec'].includes(publicKey.asymmetricKeyType ?? '') &&
    verify(digest, attributes.bytes, publicKey, signature)
  );
}

const guarded = <T>(read: () => Outcome<T>): Outcome<T> => {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unreadable) return refuse(words.badStamp('unreadable'));
    throw error;
  }
};

/**
 * Reads a token without any network: it dates this hash, under the certificate given, or else the one that it brings. Whether
 * that certificate is to be trusted is for whoever gives it to say.
 */
export const readToken = (
  token: Uint8Array,
  { imprint, certificate }: { readonly imprint: Uint8Array; readonly certificate?: Uint8Array | undefined },
): Outcome<Stamp> =>
  guarded(() => {
    const signed = signedIn(token);
    const told = dated(signed.info);
    if (!sameBytes(told.imprint, imprint)) return refuse(words.badStamp('other_imprint'));
    const candidates = certificate ? [certificate] : signed.certificates.map(({ bytes }) => bytes);
    const named = candidates.find(one => names(signed, one));
    if (!named) return refuse(words.badStamp('other_certificate'));
    const holder = certificateOf(named);
    if (!isSigned(signed, holder)) return refuse(words.badStamp('bad_signature'));
    if (!mayStamp(holder, told.stampedAt)) return refuse(words.badStamp('not_an_authority'));
    const authority = holder.subject.split('\n').join(', ');
    return accept({ stampedAt: told.stampedAt, authority, certificate: Uint8Array.from(named), nonce: told.nonce });
  });

/** The token of a reply: granted (0), or granted with modifications (1). */
const tokenIn = (reply: Uint8Array): Outcome<Uint8Array> =>
  guarded(() => {
    const [status, token] = within(need(derOf(reply, tags.sequence)), tags.sequence);
    const [code] = within(status, tags.sequence);
    need(code?.tag === tags.integer);
    if (!token || code!.content.length !== 1 || code!.content[0]! > 1) return refuse(words.badStamp('refused'));
    return accept(Uint8Array.from(token.bytes));
  });

export interface StampAsked {
  readonly imprint: Uint8Array;
  readonly nonce: Uint8Array;
  readonly now: Instant;
}

/** What an authority answered to our request: its token, if it dates our hash now and bears our nonce. */
export function readReply(
  reply: Uint8Array,
  { imprint, nonce, now }: StampAsked,
): Outcome<Stamp & { readonly token: Uint8Array }> {
  const token = tokenIn(reply);
  if (!token.ok) return token;
  const stamp = readToken(token.value, { imprint });
  if (!stamp.ok) return stamp;
  const own = derOf(derInteger(nonce), tags.integer)!.content;
  if (stamp.value.nonce === null || !sameBytes(stamp.value.nonce, own)) return refuse(words.badStamp('other_nonce'));
  const apart_s = Math.abs(secondsBetween(now, stamp.value.stampedAt));
  return apart_s > freshWithin_s ? refuse(words.badStamp('old')) : accept({ ...stamp.value, token: token.value });
}
