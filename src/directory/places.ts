import type { Place } from '../kernel/place.ts';

/** Somewhere that the visitor may mean. */
export interface Somewhere {
  readonly label: string;
  readonly place: Place;
  readonly kind: 'address' | 'commune';
  readonly insee_code: string;
  readonly commune: string;
  readonly approximate: boolean;
}

/** What was meant: one place, with others of near names, or several of which none stands out. */
export type Meant =
  | { readonly kind: 'one'; readonly place: Somewhere; readonly others: readonly Somewhere[] }
  | { readonly kind: 'choose'; readonly places: readonly Somewhere[] };

const bare = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();

/**
 * Which of the places found, best first, to search around. A name borne by several communes is asked back; a postcode
 * shared by several goes to the first, the largest, and offers the others.
 */
export function meant(typed: string, places: readonly Somewhere[]): Meant {
  const [best] = places;
  if (!best) return { kind: 'choose', places };
  if (best.kind === 'address' || places.length === 1) return { kind: 'one', place: best, others: [] };
  if (/^\d{5}$/.test(typed.trim())) return { kind: 'one', place: best, others: places.slice(1) };
  const line = bare(typed);
  const exact = places.filter(p => ` ${line} `.includes(` ${bare(p.commune)} `));
  const [only] = exact;
  if (only && exact.length === 1) return { kind: 'one', place: only, others: [] };
  return { kind: 'choose', places };
}
