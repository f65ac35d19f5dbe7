import type { Refusal } from '../kernel/outcome.ts';
import type { Day, DayPart, Instant } from '../kernel/time.ts';

export const formats = ['grr', 'mrbs', 'ics', 'csv'] as const;
export type Format = (typeof formats)[number];

/** A time on the wall of whatever space it turns out to be. */
export interface WallTime {
  readonly day: Day;
  readonly minutes: number;
}

export type When =
  | { readonly kind: 'instants'; readonly from: Instant; readonly to: Instant }
  | { readonly kind: 'wall'; readonly from: WallTime; readonly to: WallTime }
  /** From the first to the last day, both included. */
  | { readonly kind: 'parts'; readonly first: Day; readonly last: Day; readonly part: DayPart };

/** What the other system calls a place: `area` holds `room`; an empty room is any desk. */
export interface RoomName {
  readonly area: string | null;
  readonly room: string;
}

/** One booking as the other system tells it. Titles and descriptions are not read. */
export interface Entry {
  /** How to find it again in the file. */
  readonly ref: string;
  /** What tells it apart from all others of its source, at each reading. */
  readonly key: string;
  readonly at: RoomName;
  /** An e-mail, or a login that the mapping turns into one. */
  readonly person: string | null;
  readonly when: When;
}

/** What a source holds that is not a booking to take, with the reason. */
export interface Unread {
  readonly ref: string;
  readonly at: RoomName | null;
  readonly person: string | null;
  readonly reason: Refusal;
}

export interface Source {
  readonly entries: readonly Entry[];
  readonly unread: readonly Unread[];
}

export const roomText = ({ area, room }: RoomName): string => [area, room].filter(Boolean).join(' / ');

/** Names compare without accents, case and punctuation: `L’Atelier` is `l atelier`. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** A file's text: UTF-8, or what French software wrote before it. */
export function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
