import { accept, BrokenInvariant, type Outcome } from '../kernel/outcome.ts';
import { text } from '../kernel/rational.ts';
import type { DayQuantity, DayRequest } from '../method/method.ts';
import type { Allocation } from '../schemes/schemes.ts';
import {
  type CountedLeg,
  type CountedTrip,
  inAccountsOrder,
  legMetres,
  type MonthPresence,
  type Reason,
  reasonsOf,
  tripMetres,
} from './line.ts';

/** What a line is worth. Masses are exact milligrams as text, metres whole and signed. */
export interface Figures extends Allocation {
  readonly reason: Reason;
  readonly vintage: number;
  readonly gross_mg: string;
  readonly net_mg: string;
  readonly avoided_m: bigint;
  readonly unallocated_m: bigint;
}

/** All that the lines of one usual trip share: computed once, however many days it was not taken. */
export interface Account extends Figures {
  readonly trip: CountedTrip | null;
  readonly evidence: MonthPresence['evidence'];
  readonly halves: 1 | 2;
  /** Whose employee the trip's declaration names. */
  readonly employerId: string | null;
  /** The line that this one takes back; null for a line of its own. */
  readonly reverses: { readonly seq: number; readonly lineId: string } | null;
  /** Key of the basis that its figures come from, when an earlier month counted them under another. */
  readonly under: string | null;
}

/** A line before its place in the log. */
export interface Counted {
  readonly account: Account;
  readonly presenceId: string;
  readonly personCommit: string;
  readonly site: string;
  readonly day: MonthPresence['day'];
}

export const isCredited = ({ account: { reason } }: Counted): boolean => reason === 'credited';

export interface Policy {
  /** Which scheme may use a day. */
  readonly allocate: (day: Pick<MonthPresence, 'employerId' | 'spaceId' | 'day'>) => Allocation;
  readonly quantify: (day: DayRequest) => Outcome<DayQuantity>;
}

const none: Allocation = { scheme: 'none', claimant: '' };

const dayRequest = ({ x, replaced, reference, actual, space_energy_mg }: CountedTrip): DayRequest => {
  const leg = ({ metres, factor, occupancy }: CountedLeg) => ({ metres, factor, ...(occupancy && { occupancy }) });
  return { x, replaced, reference: reference.map(leg), actual: actual.map(leg), space_energy_mg };
};

/** What a credited day is worth. */
export function worthOf(trip: CountedTrip, { quantify }: Pick<Policy, 'quantify'>) {
  const day = quantify(dayRequest(trip));
  if (!day.ok) return day;
  const { gross_mg, net_mg, avoided_m, unallocated_m, credited, reason } = day.value;
  if (!credited) throw new BrokenInvariant(`the method does not credit a day that the accounts do: ${reason}`);
  return accept({ gross_mg: text(gross_mg), net_mg: text(net_mg), avoided_m, unallocated_m });
}

const nothing = { gross_mg: '0', net_mg: '0', avoided_m: 0n };

function accountOf(presence: MonthPresence, reason: Reason, allocation: Allocation, policy: Policy): Outcome<Account> {
  const { trip, evidence, halves, day, employerId } = presence;
  const shared = { trip, evidence, halves, employerId, reverses: null, under: null, vintage: Number(day.slice(0, 4)) };
  if (reason !== 'credited' || trip === null)
    return accept({ ...shared, ...none, reason, ...nothing, unallocated_m: tripMetres(presence) });
  const worth = worthOf(trip, policy);
  return worth.ok ? accept({ ...shared, ...allocation, reason, ...worth.value }) : worth;
}

/**
 * Makes accounts, each different one once: people take the same trip day after day. Trips are told apart by identity, so that
 * whoever reads them shares equal ones.
 */
function accountMaker(policy: Policy) {
  const known = new Map<CountedTrip | null, Map<string, Outcome<Account>>>();
  return (presence: MonthPresence, reason: Reason, allocation: Allocation): Outcome<Account> => {
    const ofTrip = known.get(presence.trip) ?? new Map<string, Outcome<Account>>();
    known.set(presence.trip, ofTrip);
    const key = `${presence.evidence}${presence.halves}${presence.day.slice(0, 4)}${reason}${allocation.claimant} ${presence.employerId}`;
    const before = ofTrip.get(key);
    if (before) return before;
    const made = accountOf(presence, reason, allocation, policy);
    ofTrip.set(key, made);
    return made;
  };
}

export type CountDay = (
  presences: readonly MonthPresence[],
  creditedBefore: ReadonlySet<string>,
) => Outcome<readonly Counted[]>;

/** Counts decided presences, by day then id; `creditedBefore` are person-days that a line already credits. */
export function counter(policy: Policy): CountDay {
  const account = accountMaker(policy);
  return (presences, creditedBefore) => {
    const reasons = reasonsOf(presences, creditedBefore);
    const counted: Counted[] = [];
    for (const presence of [...presences].sort(inAccountsOrder)) {
      const found = reasons.get(presence.presenceId)!;
      const allocation = found === 'credited' ? policy.allocate(presence) : none;
      const reason = found === 'credited' && allocation.scheme === 'none' ? 'no_scheme' : found;
      const made = account(presence, reason, allocation);
      if (!made.ok) return made;
      const { presenceId, personCommit, spaceId: site, day } = presence;
      counted.push({ account: made.value, presenceId, personCommit, site, day });
    }
    return accept(counted);
  };
}

export const negated = (mass: string): string =>
  mass === '0' ? mass : mass.startsWith('-') ? mass.slice(1) : `-${mass}`;

/** A line that still stands, as it was sealed. */
export interface SealedLine extends Counted {
  readonly seq: number;
  readonly lineId: string;
}

/** The line that takes another back: the same figures with the other sign, under the same scheme. */
export const reversalOf = (
  { account, seq, lineId, ...line }: SealedLine,
  reason: 'reversed' | 'reallocated',
): Counted => ({
  ...line,
  account: {
    ...account,
    reason,
    gross_mg: negated(account.gross_mg),
    net_mg: negated(account.net_mg),
    avoided_m: -account.avoided_m,
    unallocated_m: -account.unallocated_m,
    reverses: { seq, lineId },
  },
});

/** The line of a presence that serves another scheme from now on; its figures are those that were sealed. */
export function reallocated(
  { account, seq: _s, lineId: _l, ...line }: SealedLine,
  { scheme, claimant }: Allocation,
): Counted {
  const moved = { ...account, scheme, claimant, reverses: null };
  if (scheme !== 'none') return { ...line, account: moved };
  return { ...line, account: { ...moved, ...nothing, reason: 'no_scheme', unallocated_m: legMetres(account.trip) } };
}
