import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** What canonical JSON can hold. Numbers are whole and safe; anything larger travels as a decimal text. */
export type Canonical = null | boolean | number | string | readonly Canonical[] | { readonly [key: string]: Canonical };

/** RFC 8785: one text for one value, whatever the order in which keys were written. */
export const canonical = (value: Canonical): string => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('this value has no canonical JSON');
  return text;
};

/** SHA-256, as 64 lower-case hex digits. */
export const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export const hashOf = (value: Canonical): string => sha256(canonical(value));
