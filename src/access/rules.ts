import type { Refusal } from '../kernel/outcome.ts';
import { isService } from './contract.ts';
import type { Adapter } from './grant.ts';
import { words } from './words.ts';

/** How a manager sets a lock. */
export interface LockAsked {
  readonly adapter: Adapter;
  readonly address: string;
  /** Left out when it has not changed. */
  readonly token?: string | undefined;
  /** Home Assistant only. */
  readonly service?: string | undefined;
  readonly opens: boolean;
  readonly givesPin: boolean;
  readonly before_min: number;
  readonly after_min: number;
}

const mostMargin_min = 240;
const longestAddress = 500;

/** Where machines of a data centre tell their own secrets: no lock is there. `URL` writes every form of an address as one. */
const linkLocal = /^169\.254\.|^\[(fe[89ab]|::ffff:a9fe:)/;
/** A header carries no other. */
const token = /^[\x21-\x7e]{1,2000}$/;

/** `https://serrure.exemple.fr/parvis/` → without its last slash; null for what a lock cannot be called at. */
export function addressOf(typed: string): string | null {
  const text = typed.trim();
  if (text.length > longestAddress || !URL.canParse(text)) return null;
  const { protocol, username, password, search, hash, hostname } = new URL(text);
  if (!/^https?:$/.test(protocol) || [username, password, search, hash].some(part => part !== '')) return null;
  if (linkLocal.test(hostname)) return null;
  return new URL(text).href.replace(/\/+$/, '');
}

const isMargin = (minutes: number): boolean => Number.isInteger(minutes) && minutes >= 0 && minutes <= mostMargin_min;

/** The first reason why a lock cannot be set so; `knownAddress` is where the token that is kept belongs. */
export function lockRefusal(asked: LockAsked, knownAddress: string | null): Refusal | null {
  const address = addressOf(asked.address);
  if (address === null) return words.badAddress;
  // A token never follows to another address: whoever manages a space could have it sent to themselves.
  if (!asked.token && address !== knownAddress) return words.tokenMissing;
  if (asked.token && !token.test(asked.token)) return words.badToken;
  if (asked.adapter === 'home_assistant' && !isService(asked.service ?? '')) return words.badService;
  if (!isMargin(asked.before_min)) return words.badMargin('before_min');
  return isMargin(asked.after_min) ? null : words.badMargin('after_min');
}
