import { BrokenInvariant, type Refusal } from '../kernel/outcome.ts';
import { addDays, type Day, type Instant, type Interval, isBefore, mondayOf, overlaps } from '../kernel/time.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import { kinds, mayManage, type OpenDay, type Resource, type Space } from '../spaces/spaces.ts';
import { chooseFor, type FreeDesks, freeResources } from './availability.ts';
import { type Asked, type Booking, halvesOf } from './claim.ts';
import { guestsBeside, isAccompanied } from './guest.ts';
import { guestWords } from './guest-words.ts';
import { type DatedPolicy, type Policy, policyOn } from './policy.ts';
import { words } from './words.ts';

/** What a booking takes, from whom. */
export type Held = Pick<
  Booking,
  'spaceId' | 'resourceId' | 'personId' | 'kind' | 'day' | 'part' | 'during' | 'guestId'
>;

/** What is known of a request when it is judged. */
export interface Facts {
  readonly space: Space | undefined;
  /** What can be booked in the space, of all kinds. */
  readonly resources: readonly Resource[];
  readonly openDay: OpenDay | undefined;
  readonly policies: readonly DatedPolicy[];
  /** Today on the space's own wall. */
  readonly today: Day;
  /** Live bookings of the space on that day. */
  readonly there: readonly Held[];
  /** Live bookings of the person around that day, wherever they are. */
  readonly own: readonly Held[];
  /** Names of spaces, for the words of a refusal. */
  readonly spaceNames: ReadonlyMap<string, string>;
  /** They left too many places empty there: the space accepts each of their requests. */
  readonly struck?: boolean;
}

/** The desk and the hours that a request gets. */
export interface Place {
  readonly space: Space;
  readonly resource: Resource;
  readonly during: Interval;
  /** The space's rules on that day. */
  readonly policy: Policy;
}

export type Judgement =
  | { readonly ok: true; readonly place: Place }
  /** `refusal` builds the words once the next free half-days are known: they are read for a refusal only. */
  | { readonly ok: false; readonly refusal: (next: readonly FreeDesks[]) => Refusal };

type Said = Refusal | ((next: readonly FreeDesks[]) => Refusal) | null;

/** A request beside what the rules need of it. */
interface Looked extends Facts {
  readonly asked: Asked;
  readonly now: Instant;
  readonly space: Space;
  readonly openDay: OpenDay;
  /** What could serve: the resource named, or all those of the kind. */
  readonly wanted: readonly Resource[];
  /** The space's rules on that day. */
  readonly policy: Policy;
  readonly during: Interval | null;
  readonly resource: Resource | null;
}

/** Nothing left of it: a day's booking is over when its morning is. */
const isOver = ({ openDay, asked, now }: Looked): boolean => {
  const last = asked.part === 'day' ? openDay.parts.morning : openDay.parts[asked.part];
  return last !== null && !isBefore(now, last.to);
};

const halfDays = (bookings: readonly Pick<Held, 'part'>[]): number =>
  bookings.reduce((sum, { part }) => sum + halvesOf(part).length, 0);

/** What a request must pass, in this order: the first rule that says no is the answer. The payer's own refusal comes after. */
export const rules = {
  known_place: ({ wanted, asked }) => (wanted.length > 0 ? null : words.unknownDesk(kinds[asked.kind ?? 'desk'])),
  open_to_people: ({ asked, policy, wanted }) => {
    const kind = wanted[0]?.kind;
    return asked.byHost || kind === undefined || !policy.by_host.some(one => one === kind)
      ? null
      : words.bookedByHost(kinds[kind]);
  },
  to_come: looked => {
    const { asked, today } = looked;
    const { day, part } = asked;
    return day < today || (day === today && isOver(looked)) ? words.past(day, part, today) : null;
  },
  near_enough: ({ asked, policies, space, today }) => {
    const furthest = addDays(today, policyOn(policies, space.spaceId, today).furthest_days);
    return asked.day > furthest ? words.tooFar(asked.day, furthest) : null;
  },
  open_day: ({ asked, openDay: { closed } }) => closed && (next => words.closed(asked.day, closed, next)),
  open_hours: ({ asked, during }) => (during ? null : next => words.outsideHours(asked.day, asked.part, next)),
  enough_notice: ({ asked, policy, during, now, space }) => {
    if (asked.byHost || policy.notice_minutes === 0 || during === null) return null;
    const latest = during.from.subtract({ minutes: policy.notice_minutes });
    return isBefore(latest, now) ? next => words.tooLate(latest, space.zone, next) : null;
  },
  place_free: ({ asked, resource, resources, wanted, there }) => {
    if (resource !== null) return null;
    const { day, part } = asked;
    const alike = resources.filter(r => r.kind === wanted[0]?.kind);
    const free = freeResources(alike, there, part).length;
    return next => (free > 0 ? words.deskTaken(day, part, free) : words.full(day, part, next));
  },
  person_free: ({ asked, own, during, spaceNames }) => {
    const held = during && own.find(b => b.guestId === null && overlaps(b.during, during));
    if (!held || asked.guestId !== undefined) return null;
    return words.alreadyBooked({ day: held.day, part: held.part, space: spaceNames.get(held.spaceId) ?? '' });
  },
  guest_accompanied: ({ asked, own }) =>
    asked.guestId === undefined || isAccompanied(asked, own) ? null : guestWords.alone,
  guest_welcome: ({ asked, policy: { guests_a_day }, own }) =>
    asked.guestId === undefined || asked.byHost || guestsBeside(asked, own) < guests_a_day
      ? null
      : guestWords.tooMany(guests_a_day),
  within_quota: ({ asked, policy, own }) => {
    const most = policy.half_days_a_week;
    if (most === null || asked.byHost) return null;
    const monday = mondayOf(asked.day);
    const week = own.filter(b => b.spaceId === asked.spaceId && mondayOf(b.day) === monday);
    return halfDays([...week, asked]) > most ? words.quotaReached(most, monday) : null;
  },
} as const satisfies Readonly<Record<string, (looked: Looked) => Said>>;

export type RuleName = keyof typeof rules;
export const ruleNames = Object.keys(rules) as readonly RuleName[];

/** A request as the rules look at it; null in a space that does not exist. */
export function lookAt(asked: Asked, facts: Facts, now: Instant): Looked | null {
  const { space, openDay } = facts;
  if (space === undefined || openDay === undefined) return null;
  const wanted = facts.resources.filter(r =>
    asked.resourceId === undefined ? r.kind === (asked.kind ?? 'desk') : r.resourceId === asked.resourceId,
  );
  // A place that the person already holds is not taken from them: the reason is then that they have one.
  const guest = asked.guestId !== undefined;
  const others = facts.there.filter(b => guest || b.guestId !== null || b.personId !== asked.personId);
  const resource = chooseFor(asked.personId, wanted, freeResources(wanted, others, asked.part));
  const dated = policyOn(facts.policies, space.spaceId, asked.day);
  const policy: Policy = facts.struck ? { ...dated, approval: 'required' } : dated;
  return { ...facts, asked, now, space, openDay, wanted, policy, resource, during: openDay.parts[asked.part] };
}

/** May this person have this place then? The first rule that says no is the answer. */
export function judge(asked: Asked, facts: Facts, now: Instant): Judgement {
  const looked = lookAt(asked, facts, now);
  if (looked === null) return { ok: false, refusal: () => words.unknownSpace };
  for (const name of ruleNames) {
    const said = rules[name](looked);
    if (said !== null) return { ok: false, refusal: typeof said === 'function' ? said : () => said };
  }
  const { space, resource, during, policy } = looked;
  if (resource === null || during === null) throw new BrokenInvariant('a request that passes every rule has a place');
  return { ok: true, place: { space, resource, during, policy } };
}

/** Runs the day in a space: its hosts, its managers, the operator. */
export const mayHost = (actor: Actor, space: Pick<Space, 'spaceId' | 'managerId'>): boolean =>
  mayManage(actor, space) || holds(actor, 'host', space.spaceId) || holds(actor, 'host', space.managerId);

/** The person themselves, or whoever runs the day there. */
export const mayActFor = (actor: Actor, personId: string, space: Pick<Space, 'spaceId' | 'managerId'>): boolean =>
  actor.personId === personId || mayHost(actor, space);

/** Thirty days. */
const mostNotice_minutes = 43_200;

/** The first reason why a policy cannot be written; null when it can. */
export function policyRefusal(policy: Policy & { readonly from: Day }, today: Day): Refusal | null {
  const { furthest_days, cancel_hours, notice_minutes, half_days_a_week, guests_a_day } = policy;
  const within = (n: number, least: number, most: number) => Number.isInteger(n) && least <= n && n <= most;
  if (!within(furthest_days, 1, 731) || !within(cancel_hours, 0, 720)) return words.policyOutOfRange;
  if (!within(notice_minutes, 0, mostNotice_minutes)) return words.policyOutOfRange;
  if (!within(guests_a_day, 0, 20)) return words.policyOutOfRange;
  if (half_days_a_week !== null && !within(half_days_a_week, 1, 14)) return words.policyOutOfRange;
  return policy.from < today ? words.policyInThePast(today) : null;
}
