import { randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Id, NewId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';

export type Clock = () => Instant;

export const systemClock: Clock = () => Temporal.Now.instant();

// Chance is drawn by the page: asked for sixteen bytes at a time, it costs more than all else in an id.
const page_bytes = 4_096;
let page = randomBytes(page_bytes);
let drawn = 0;

/** Bytes of chance, each given once. */
function draw(bytes: number): Uint8Array {
  if (drawn + bytes > page_bytes) {
    page = randomBytes(page_bytes);
    drawn = 0;
  }
  drawn += bytes;
  return page.subarray(drawn - bytes, drawn);
}

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 48 bits of time, then 80 of chance, in Crockford's base 32: sorts by birth, cannot be guessed. */
export const randomId: NewId = <Kind extends string>(kind: Kind): Id<Kind> => {
  let time = Temporal.Now.instant().epochMilliseconds;
  let head = '';
  for (let i = 0; i < 10; i++) {
    head = alphabet[time % 32]! + head;
    time = Math.floor(time / 32);
  }
  let tail = '';
  for (const byte of draw(16)) tail += alphabet[byte % 32]!;
  return `${kind}_${head}${tail}`;
};

/** So many bytes of chance; an argument everywhere, like ids. */
export type Chance = (bytes: number) => Uint8Array;

export const systemChance: Chance = bytes => randomBytes(bytes);
