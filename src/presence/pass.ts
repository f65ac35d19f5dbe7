import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Id, isId } from '../kernel/ids.ts';
import { type Instant, instantAt } from '../kernel/time.ts';
import { codeFor, counterAt, type KioskKey, normalCode, step_s } from './codes.ts';
import { type KeptArrival, signedText } from './kept.ts';

/** What lets a phone note its owner later: who, on which device, until when. It opens nothing else. */
export interface Pass {
  readonly personId: Id<'per'>;
  /** Keyed hash of the device's cookie. */
  readonly device: string;
  readonly until: Instant;
}

export const passText = ({ personId, device, until }: Pass): string =>
  `${personId}.${device}.${until.epochMilliseconds}`;

/** The pass as it was written; null when it is none. Whoever signs under it must know its key. */
export function readPass(text: string): Pass | null {
  const [personId = '', device = '', until = '', ...more] = text.split('.');
  const readable = isId('per', personId) && /^[0-9a-f]{32}$/.test(device) && /^\d{12,15}$/.test(until);
  return readable && more.length === 0 ? { personId, device, until: instantAt(Number(until)) } : null;
}

/** The key that goes with a pass: derived, never stored, of no use for another pass. */
export const passKey = (pass: Pass, secret: Uint8Array): Uint8Array =>
  createHmac('sha256', secret).update(passText(pass)).digest();

export const signatureOf = (key: Uint8Array, arrival: KeptArrival): string =>
  createHmac('sha256', key).update(signedText(arrival)).digest('hex');

export function isSignedBy(key: Uint8Array, arrival: KeptArrival, signature: string): boolean {
  const expected = Buffer.from(signatureOf(key, arrival));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/** A code is read, typed and sent on a phone whose clock was measured once: two minutes each side. */
const around_steps = 8;
/** Where neither a scan nor a booking tells the kiosk, a guess must not have that much room. */
const aroundAnywhere_steps = 3;

export interface Watched extends KioskKey {
  readonly clock_offset_s: number;
  /** Scanned, or of a space that the person has booked. */
  readonly likely: boolean;
}

/** Which kiosk showed that code, in which step, near that moment? The nearest step answers; null when none did. */
export function shownAround<K extends Watched>(
  kiosks: readonly K[],
  typed: string,
  at: Instant,
): { readonly kiosk: K; readonly counter: bigint } | null {
  const code = normalCode(typed);
  for (let away = 0; away <= around_steps; away++) {
    for (const kiosk of kiosks.filter(({ likely }) => likely || away <= aroundAnywhere_steps)) {
      const now = counterAt(instantAt(at.epochMilliseconds + kiosk.clock_offset_s * 1_000));
      for (const counter of away === 0 ? [now] : [now - BigInt(away), now + BigInt(away)])
        if (codeFor(kiosk, counter) === code) return { kiosk, counter };
    }
  }
  return null;
}

/** When that step began, on our clock. */
export const stepStart = (counter: bigint, clock_offset_s: number): Instant =>
  instantAt((Number(counter) * step_s - clock_offset_s) * 1_000);
