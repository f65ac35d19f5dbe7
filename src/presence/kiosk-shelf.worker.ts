import type { KioskPerson } from './kiosk.island.tsx';

// What a tablet keeps to go on alone: touches not sent yet, what was refused, and a week of codes and of people.

export interface Touched {
  readonly event_id: string;
  readonly person_id: string;
  readonly name: string;
  readonly method: 'kiosk_name';
  readonly captured_at: string;
}

/** A touch that was not kept by the server, and why: for the host to read. */
export interface RefusedTouch extends Pick<Touched, 'event_id' | 'name' | 'captured_at'> {
  readonly why: string;
}

/** Codes and people of the days to come, under the key that they belong to. */
export interface Week {
  readonly opening: string;
  readonly first_counter: number;
  /** Six characters a step. */
  readonly codes: string;
  readonly days: readonly { readonly day: string; readonly people: readonly KioskPerson[] }[];
}

/** The server's time as last heard: by how much it was ahead of the tablet's, and when. */
export interface Heard {
  readonly ahead_ms: number;
  readonly now_ms: number;
}

const nameOf = (kioskId: string, what: string): string => `parvis-kiosk-${kioskId}${what}`;

function drawer<T>(what: string, empty: T) {
  return {
    read: (kioskId: string): T => {
      try {
        return (JSON.parse(localStorage.getItem(nameOf(kioskId, what)) ?? 'null') as T | null) ?? empty;
      } catch {
        return empty;
      }
    },
    write: (kioskId: string, value: T): void => localStorage.setItem(nameOf(kioskId, what), JSON.stringify(value)),
    clear: (kioskId: string): void => localStorage.removeItem(nameOf(kioskId, what)),
  };
}

export const touches = drawer<readonly Touched[]>('', []);
export const refusals = drawer<readonly RefusedTouch[]>('-refused', []);
export const weeks = drawer<Week | null>('-week', null);
export const heard = drawer<Heard | null>('-heard', null);

const code_length = 6;

/** The code of a step, when the week has it. */
export function codeIn(week: Week | null, counter: number): string | undefined {
  if (week === null || counter < week.first_counter) return undefined;
  const from = (counter - week.first_counter) * code_length;
  return from + code_length <= week.codes.length ? week.codes.slice(from, from + code_length) : undefined;
}

/** A week with what came after it; codes of steps gone by are dropped. */
export function prolonged(week: Week | null, next: Week, now_counter: number): Week {
  if (week === null || week.opening !== next.opening) return next;
  const end = week.first_counter + week.codes.length / code_length;
  if (next.first_counter !== end) return next;
  const first_counter = Math.max(week.first_counter, Math.min(end, now_counter - 1));
  const known = week.codes.slice((first_counter - week.first_counter) * code_length);
  return { ...next, first_counter, codes: known + next.codes };
}

/** Where the codes of a week stop: what to ask for next. */
export const endOf = (week: Week | null, opening: string): number | undefined =>
  week?.opening === opening ? week.first_counter + week.codes.length / code_length : undefined;
