import type { Refusal } from '../kernel/outcome.ts';
import type { Units } from './range.ts';
import { words } from './words.ts';

/** What a credit may be used for under the order of 5 September 2025: a contribution unless said otherwise. */
export const purposes = ['contribution', 'voluntary_offset', 'mandatory_offset'] as const;
export type Purpose = (typeof purposes)[number];

/** Why units are struck off. The last two are written by `clawBack` and `meetDuty` alone. */
export const cancelReasons = ['issued_in_error', 'state_decision', 'late_fraud', 'replacement'] as const;
export type CancelReason = (typeof cancelReasons)[number];

/** How a range ended. What does not belong to its state is null. */
export interface Ending {
  readonly state: 'retired' | 'cancelled' | 'sent_out';
  readonly beneficiary: string | null;
  readonly purpose: Purpose | null;
  readonly year: number | null;
  /** What the beneficiary says of it, in public. */
  readonly mention: string | null;
  readonly reason: CancelReason | null;
  readonly register: string | null;
  readonly reference: string | null;
}

const blank = {
  beneficiary: null,
  purpose: null,
  year: null,
  mention: null,
  reason: null,
  register: null,
  reference: null,
};

export const ending = (end: Pick<Ending, 'state'> & Partial<Ending>): Ending => ({ ...blank, ...end });

export interface Use {
  readonly beneficiary: string;
  readonly purpose: string;
  readonly year: number;
  readonly mention: string;
}

/** Lower case without accents: what a claim says does not depend on how it is typed. */
const plain = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();

/** Environment code, L229-68: advertising that a product is carbon neutral is barred, or tied to a public report. */
const claimsNeutrality = (text: string): boolean =>
  /net.?zero|zero.?net|(zero|0).?(carbon|emission|co2)|(carbon|co2|emission).?free|climate.?positive/.test(text) ||
  (/neutr/.test(text) && /carbon|co2|climat|emission|gaz/.test(text));

/** Order of 5 September 2025, article 3: never toward a State's own contribution, nor for allowances to surrender. */
const servesStates = (text: string): boolean =>
  /\bndc\b|contribution.{0,3}determinee|nationally determined|\b(eu|ue).?ets\b|\bseqe\b|quotas? (europeen|d.emission)|allowance/.test(
    text,
  );

export const isPurpose = (text: string): text is Purpose => purposes.some(one => one === text);

const isYear = (year: number): boolean => Number.isInteger(year) && year >= 2000 && year <= 2999;

/** May units be used so? What would be claimed comes first, then what is missing. */
export function useRefusal({ beneficiary, purpose, year, mention }: Use): Refusal | null {
  const said = plain(`${purpose} ${mention}`);
  if (claimsNeutrality(said)) return words.neutralClaim;
  if (servesStates(said)) return words.stateUse;
  if (beneficiary.trim() === '') return words.useMissing('beneficiary');
  if (!isPurpose(purpose)) return words.useMissing('purpose');
  return isYear(year) ? null : words.useMissing('year');
}

export interface Retirement extends Units, Omit<Use, 'mention'> {
  readonly mention?: string;
  readonly anonymous?: boolean;
}

export interface Cancellation extends Units {
  readonly reason: Extract<CancelReason, 'issued_in_error' | 'state_decision'>;
}

export interface Departure extends Units {
  readonly register: string;
  /** What that register calls them. */
  readonly reference: string;
}
