import { BrokenInvariant, type Refusal } from '../kernel/outcome.ts';
import { addDays, type Day, type Instant, type Interval, isBefore, mondayOf, overlaps } from '../kernel/time.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import {
  bufferedKinds,
  hourlyKinds,
  kinds,
  mayManage,
  type OpenDay,
  offeredOn,
  type Resource,
  type Space,
} from '../spaces/spaces.ts';
import { chooseFor, type FreeDesks, freeResources } from './availability.ts';
import { type Asked, type Booking, halvesOf, isHalfDays, isSeat } from './claim.ts';
import { guestsBeside, isAccompanied } from './guest.ts';
import { guestWords } from './guest-words.ts';
import { intervalOf, isOpenDuring } from './hours.ts';
import { placeWords } from './place-words.ts';
import { type DatedPolicy, type Policy, policyOn } from './policy.ts';
import { policyWords } from './policy-words.ts';
import { words } from './words.ts';

/** What a booking takes, from whom. */
export type Held = Pick<
  Booking,
  'spaceId' | 'resourceId' | 'personId' | 'kind' | 'day' | 'part' | 'hours' | 'during' | 'freeAgain' | 'guestId'
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
  /** When someone else may have it. */
  readonly freeAgain: Instant;
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
  readonly freeAgain: Instant | null;
  readonly resource: Resource | null;
}

/** Nothing left of it: a day's booking is over when its morning is. */
const isOver = ({ openDay, asked, during, now }: Looked): boolean => {
  if (asked.hours) return during !== null && !isBefore(now, during.to);
  const last = asked.part === 'day' ? openDay.parts.morning : openDay.parts[asked.part];
  return last !== null && !isBefore(now, last.to);
};

const hoursOf = (asked: Asked) => asked.hours ?? null;

/** What of these bookings keeps someone from sitting elsewhere then. */
const ownThen = ({ asked, own, during, wanted }: Pick<Looked, 'asked' | 'own' | 'during' | 'wanted'>) => {
  const kind = wanted[0]?.kind;
  if (during === null || kind === undefined || !isSeat({ kind }) || asked.guestId !== undefined) return [];
  const byHour = hoursOf(asked) !== null;
  return own.filter(
    b => b.guestId === null && isSeat(b) && (b.hours !== null) === byHour && overlaps(b.during, during),
  );
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
  by_the_hour: ({ asked, wanted }) => {
    const kind = wanted[0]?.kind;
    return !asked.hours || kind === undefined || hourlyKinds.includes(kind)
      ? null
      : placeWords.notByTheHour(kinds[kind]);
  },
  to_come: looked => {
    const { asked, today } = looked;
    return asked.day < today || (asked.day === today && isOver(looked)) ? words.past(asked, today) : null;
  },
  near_enough: ({ asked, policies, space, today }) => {
    const furthest = addDays(today, policyOn(policies, space.spaceId, today).furthest_days);
    return asked.day > furthest ? words.tooFar(asked.day, furthest) : null;
  },
  open_day: ({ asked, openDay: { closed } }) => closed && (next => words.closed(asked.day, closed, next)),
  open_hours: ({ asked, during }) => (during ? null : next => words.outsideHours(asked, next)),
  enough_notice: ({ asked, policy, during, now, space }) => {
    if (asked.byHost || policy.notice_minutes === 0 || during === null) return null;
    const latest = during.from.subtract({ minutes: policy.notice_minutes });
    return isBefore(latest, now) ? next => words.tooLate(latest, space.zone, next) : null;
  },
  place_free: looked => {
    const { asked, resource, resources, wanted, there, policy } = looked;
    if (resource !== null) return null;
    const alike = offeredOn(resources, asked.day).filter(r => r.kind === wanted[0]?.kind);
    const want = wantOf(looked);
    const free = want === null ? 0 : freeResources(alike, there, want).length;
    const buffer_minutes = wanted[0] && bufferedKinds.includes(wanted[0].kind) ? policy.buffer_minutes : 0;
    return next => (free > 0 ? words.deskTaken(asked, free, buffer_minutes) : words.full(asked, next, buffer_minutes));
  },
  // One place for the day, and one for an hour of it: a call taken in a booth leaves the desk where it was.
  person_free: looked => {
    const [held] = ownThen(looked);
    const { spaceNames } = looked;
    return held ? words.alreadyBooked(held, spaceNames.get(held.spaceId) ?? '') : null;
  },
  guest_accompanied: ({ asked, own }) =>
    asked.guestId === undefined || isAccompanied(asked, own) ? null : guestWords.alone,
  guest_welcome: ({ asked, policy: { guests_a_day }, own }) =>
    asked.guestId === undefined || asked.byHost || guestsBeside(asked, own) < guests_a_day
      ? null
      : guestWords.tooMany(guests_a_day),
  within_quota: ({ asked, policy, own, wanted }) => {
    const most = policy.half_days_a_week;
    const kind = wanted[0]?.kind;
    if (most === null || asked.byHost || kind === undefined || !isHalfDays({ kind, hours: hoursOf(asked) }))
      return null;
    const monday = mondayOf(asked.day);
    const week = own.filter(b => isHalfDays(b) && b.spaceId === asked.spaceId && mondayOf(b.day) === monday);
    return halfDays([...week, asked]) > most ? words.quotaReached(most, monday) : null;
  },
} as const satisfies Readonly<Record<string, (looked: Looked) => Said>>;

export type RuleName = keyof typeof rules;
export const ruleNames = Object.keys(rules) as readonly RuleName[];

/** A request as the rules look at it; null in a space that does not exist. */
export function lookAt(asked: Asked, facts: Facts, now: Instant): Looked | null {
  const { space, openDay } = facts;
  if (space === undefined || openDay === undefined) return null;
  const wanted = offeredOn(facts.resources, asked.day).filter(r =>
    asked.resourceId === undefined ? r.kind === (asked.kind ?? 'desk') : r.resourceId === asked.resourceId,
  );
  const dated = policyOn(facts.policies, space.spaceId, asked.day);
  const policy: Policy = facts.struck ? { ...dated, approval: 'required' } : dated;
  const during = duringOf(asked, openDay, space.zone);
  const kept = wanted[0] && bufferedKinds.includes(wanted[0].kind) ? policy.buffer_minutes : 0;
  const freeAgain = during && (kept === 0 ? during.to : during.to.add({ minutes: kept }));
  // A place that the person already holds is not taken from them: the reason is then that they have one.
  const own = ownThen({ asked, own: facts.there, during, wanted });
  const others = facts.there.filter(b => b.personId !== asked.personId || !own.includes(b));
  const want = wantOf({ asked, during, freeAgain });
  const resource = want && chooseFor(asked.personId, wanted, freeResources(wanted, others, want));
  return { ...facts, asked, now, space, openDay, wanted, policy, resource, during, freeAgain };
}

/** When the place would be taken; null outside the space's hours. */
export function duringOf(
  asked: Pick<Asked, 'day' | 'part' | 'hours'>,
  openDay: OpenDay,
  zone: string,
): Interval | null {
  if (!asked.hours) return openDay.parts[asked.part];
  const during = intervalOf(asked.hours, asked.day, zone);
  return during !== null && isOpenDuring(openDay, during) ? during : null;
}

const wantOf = ({ asked, during, freeAgain }: Pick<Looked, 'asked' | 'during' | 'freeAgain'>) =>
  during && freeAgain && { part: asked.part, hours: hoursOf(asked), during, freeAgain };

/** May this person have this place then? The first rule that says no is the answer. */
export function judge(asked: Asked, facts: Facts, now: Instant): Judgement {
  const looked = lookAt(asked, facts, now);
  if (looked === null) return { ok: false, refusal: () => words.unknownSpace };
  for (const name of ruleNames) {
    const said = rules[name](looked);
    if (said !== null) return { ok: false, refusal: typeof said === 'function' ? said : () => said };
  }
  const { space, resource, during, freeAgain, policy } = looked;
  if (resource === null || during === null || freeAgain === null)
    throw new BrokenInvariant('a request that passes every rule has a place');
  return { ok: true, place: { space, resource, during, freeAgain, policy } };
}

/** Runs the day in a space: its hosts, its managers, the operator. */
export const mayHost = (actor: Actor, space: Pick<Space, 'spaceId' | 'managerId'>): boolean =>
  mayManage(actor, space) || holds(actor, 'host', space.spaceId) || holds(actor, 'host', space.managerId);

/** The person themselves, or whoever runs the day there. */
export const mayActFor = (actor: Actor, personId: string, space: Pick<Space, 'spaceId' | 'managerId'>): boolean =>
  actor.personId === personId || mayHost(actor, space);

/** Thirty days. */
const mostNotice_minutes = 43_200;
/** Four hours. */
const mostBuffer_minutes = 240;

const policyBounds = [
  ['furthest_days', 1, 731],
  ['cancel_hours', 0, 720],
  ['notice_minutes', 0, mostNotice_minutes],
  ['guests_a_day', 0, 20],
  ['buffer_minutes', 0, mostBuffer_minutes],
  ['half_days_a_week', 1, 14],
] as const;

/** The first reason why a policy cannot be written; null when it can. */
export function policyRefusal(policy: Policy & { readonly from: Day }, today: Day): Refusal | null {
  const within = (n: number, least: number, most: number) => Number.isInteger(n) && least <= n && n <= most;
  for (const [field, least, most] of policyBounds) {
    const value = policy[field];
    if (value !== null && !within(value, least, most)) return { ...policyWords.policyOutOfRange, field };
  }
  return policy.from < today ? policyWords.policyInThePast(today) : null;
}
