import { randomBytes } from 'node:crypto';
import { Temporal } from 'temporal-polyfill';
import type { Id, NewId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';

export type Clock = () => Instant;

export const systemClock: Clock = () => Temporal.Now.instant();

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** 48 bits of time, then 80 of chance, in Crockford's base 32: sorts by birth, cannot be guessed. */
export const randomId: NewId = <Kind extends string>(kind: Kind): Id<Kind> => {
  let time = Temporal.Now.instant().epochMilliseconds;
  let head = '';
  for (let i = 0; i < 10; i++) {
    head = alphabet[time % 32]! + head;
    time = Math.floor(time / 32);
  }
  const tail = Array.from(randomBytes(16), byte => alphabet[byte % 32]!).join('');
  return `${kind}_${head}${tail}`;
};

/** So many bytes of chance; an argument everywhere, like ids. */
export type Chance = (bytes: number) => Uint8Array;

export const systemChance: Chance = bytes => randomBytes(bytes);
