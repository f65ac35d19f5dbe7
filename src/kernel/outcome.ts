import type { Bilingual } from './bilingual.ts';

/** An expected *no*: a stable code, the HTTP status it travels under, and the words a person reads. A bug throws instead. */
export interface Refusal {
  readonly code: string;
  readonly status: 400 | 401 | 403 | 404 | 409 | 410 | 413 | 422 | 429 | 503;
  readonly message: Bilingual;
  /** The form field at fault, when one is. */
  readonly field?: string;
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export const accept = <T>(value: T): Outcome<T> => ({ ok: true, value });

export const refuse = (refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } => ({ ok: false, refusal });

/** Builds a refusal; each room calls it from its `words.ts`, so that a code has one definition. */
export const refusal = (code: string, status: Refusal['status'], message: Bilingual, field?: string): Refusal =>
  field === undefined ? { code, status, message } : { code, status, message, field };

/** A promise of the program was broken: never the user's fault, always a bug to report. */
export class BrokenInvariant extends Error {
  override readonly name = 'BrokenInvariant';
}
