import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../kernel/time.ts';

/** How long the kiosk shows one code. */
export const step_s = 15;
/** Codes of the step before and after are good too: the time to read, to type, to reach us. */
export const tolerance_steps = 1;
/** How far back a code is still recognised, only to say that it is old. */
const remembered_steps = 40;
/** A kiosk whose clock is further off than this is told to be set right, and its measure is not used. */
export const kioskClockTolerance_s = 60;

// Crockford's base 32: no I, L, O or U, so that a code read aloud is typed right.
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 6;

/** Where a code comes from: a kiosk and its current key. */
export interface KioskKey {
  readonly kioskId: string;
  /** 32 bytes, derived from the installation's secret, the kiosk and its generation. */
  readonly key: Uint8Array;
}

const mac = (key: Uint8Array, ...parts: readonly string[]): Buffer =>
  createHmac('sha256', key).update(parts.join('\n')).digest();

const base32 = (bytes: Uint8Array, letters: number): string =>
  Array.from({ length: letters }, (_, n) => alphabet[bytes[n]! % 32]!).join('');

/** The step in which a moment falls: whole steps since 1970. */
export const counterAt = (at: Instant): bigint => BigInt(Math.floor(at.epochMilliseconds / 1000 / step_s));

/** Seconds left to the code shown at a moment: 15 down to 1. */
export const secondsLeft = (at: Instant): number => step_s - (Math.floor(at.epochMilliseconds / 1000) % step_s);

/** The six characters that a kiosk shows during a step: 30 bits of HMAC-SHA-256(key, counter). */
export const codeFor = ({ kioskId, key }: KioskKey, counter: bigint): string =>
  base32(mac(key, 'code', kioskId, String(counter)), length);

/** What a person typed or scanned, as the kiosk writes it: `k7m-2o4` → `K7M204`. */
export const normalCode = (typed: string): string =>
  typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1');

/** `K7M204` → `K7M 204`, easier to read across a room. */
export const spacedCode = (code: string): string => `${code.slice(0, 3)} ${code.slice(3)}`;

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

const stepsAround = (counter: bigint, before: number, after: number): readonly bigint[] =>
  Array.from({ length: before + after + 1 }, (_, n) => counter + BigInt(after - n));

export type Reading =
  | { readonly kind: 'good'; readonly kioskId: string; readonly counter: bigint }
  | { readonly kind: 'old' }
  | { readonly kind: 'wrong' };

/** An old code is looked for in the first kiosks only: guesses must stay cheap to refuse. */
const likelyKiosks = 8;

/** Which kiosk showed that code around that moment of its own clock? The likeliest kiosks come first. */
export function readCode(kiosks: readonly (KioskKey & { readonly at: Instant })[], typed: string): Reading {
  const code = normalCode(typed);
  const shownBy = (kiosk: KioskKey & { readonly at: Instant }, before: number) =>
    stepsAround(counterAt(kiosk.at), before, tolerance_steps).find(counter => same(codeFor(kiosk, counter), code));
  for (const kiosk of kiosks) {
    const counter = shownBy(kiosk, tolerance_steps);
    if (counter !== undefined) return { kind: 'good', kioskId: kiosk.kioskId, counter };
  }
  const likely = kiosks.slice(0, likelyKiosks);
  return likely.some(kiosk => shownBy(kiosk, remembered_steps) !== undefined) ? { kind: 'old' } : { kind: 'wrong' };
}

/** Did that kiosk show that code when the event says it was captured? For events that come later, in bulk. */
export const wasShown = (
  kiosk: KioskKey,
  event: { readonly code: string; readonly counter: bigint; readonly captured_at: Instant },
): boolean => {
  const drift = event.counter - counterAt(event.captured_at);
  const close = drift >= -BigInt(tolerance_steps) && drift <= BigInt(tolerance_steps);
  return close && same(codeFor(kiosk, event.counter), normalCode(event.code));
};

/** What opens a kiosk's page on a tablet: 26 characters, the same until the kiosk gets a new generation. */
export const openingKey = ({ kioskId, key }: KioskKey): string => base32(mac(key, 'open', kioskId), 26).toLowerCase();

export const opens = (kiosk: KioskKey, given: string): boolean => same(openingKey(kiosk), given.trim().toLowerCase());

/** The network-wide pseudonym of a person: 64 hex digits, which nobody makes again without the person's own key. */
export const pseudonymOf = (personKey: Uint8Array, personId: string): string =>
  mac(personKey, 'person', personId).toString('hex');

/** A key or a salt that no one can make again once its seed, an id made for it alone, is gone. */
export const freshBytes = (secret: Uint8Array, seed: string): Uint8Array => mac(secret, seed);

/** HMAC-SHA-256(person's key, purpose ‖ year): what the log may hold of a person. */
export const personCommit = (personKey: Uint8Array, year: string): string =>
  mac(personKey, `presence${year}`).toString('hex');

/** A personal device told apart from others by its cookie, and from nothing else: 32 hex digits under a key of ours. */
export const deviceHash = (deviceKey: Uint8Array, cookie: string): string =>
  mac(deviceKey, 'device', cookie).toString('hex').slice(0, 32);
