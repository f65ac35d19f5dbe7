import { hash } from 'node:crypto';

/** What canonical JSON can hold. Numbers are whole and safe; anything larger travels as a decimal text. */
export type Canonical = null | boolean | number | string | readonly Canonical[] | { readonly [key: string]: Canonical };

const isList = (value: Canonical): value is readonly Canonical[] => Array.isArray(value);

const halfCharacter = /\p{Surrogate}/u;

const leaf = (value: null | boolean | number | string): string => {
  const holds = value === null || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));
  if (holds || (typeof value === 'string' && !halfCharacter.test(value))) return JSON.stringify(value);
  throw new TypeError('this value has no canonical JSON');
};

/**
 * RFC 8785: one text for one value, whatever the order in which keys were written. Keys sort by their UTF-16 code units; a key
 * without a value is not written.
 */
export const canonical = (value: Canonical): string => {
  if (typeof value !== 'object' || value === null) return leaf(value);
  if (isList(value)) return `[${value.map(canonical).join(',')}]`;
  const keys = Object.keys(value)
    .filter(key => value[key] !== undefined)
    .sort();
  return `{${keys.map(key => `${leaf(key)}:${canonical(value[key]!)}`).join(',')}}`;
};

/** SHA-256, as 64 lower-case hex digits. */
export const sha256 = (bytes: string | Uint8Array): string => hash('sha256', bytes);

export const hashOf = (value: Canonical): string => sha256(canonical(value));
