import type { Refusal } from '../kernel/outcome.ts';
import { addDays, type Day, type DayPart, type Instant, type Interval, isBefore, overlaps } from '../kernel/time.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import { kinds, mayManage, type OpenDay, type Resource, type Space } from '../spaces/spaces.ts';
import { chooseFor, type FreeDesks, freeResources } from './availability.ts';
import type { Asked, Booking } from './claim.ts';
import { type DatedPolicy, type Policy, policyOn } from './policy.ts';
import { words } from './words.ts';

/** What a booking takes, from whom. */
export type Held = Pick<Booking, 'spaceId' | 'resourceId' | 'personId' | 'kind' | 'day' | 'part' | 'during'>;

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

const no = (refusal: Refusal | ((next: readonly FreeDesks[]) => Refusal)): Judgement => ({
  ok: false,
  refusal: typeof refusal === 'function' ? refusal : () => refusal,
});

/** Nothing left of it: a day's booking is over when its morning is. */
const isOver = (openDay: OpenDay, part: DayPart, now: Instant): boolean => {
  const last = part === 'day' ? openDay.parts.morning : openDay.parts[part];
  return last !== null && !isBefore(now, last.to);
};

/**
 * May this person have this place then? The first reason that holds is the answer, in this order: unknown space, unknown
 * desk, past, too far ahead, closed, outside opening hours, desk taken or space full, person already booked. The payer's
 * own refusal comes after these.
 */
export function judge(asked: Asked, facts: Facts, now: Instant): Judgement {
  const { day, part, kind = 'desk' } = asked;
  const { space, openDay, today } = facts;
  if (space === undefined || openDay === undefined) return no(words.unknownSpace);
  const wanted = facts.resources.filter(r =>
    asked.resourceId === undefined ? r.kind === kind : r.resourceId === asked.resourceId,
  );
  if (wanted.length === 0) return no(words.unknownDesk(kinds[kind]));
  if (day < today || (day === today && isOver(openDay, part, now))) return no(words.past(day, part, today));
  const furthest = addDays(today, policyOn(facts.policies, space.spaceId, today).furthest_days);
  if (day > furthest) return no(words.tooFar(day, furthest));
  const { closed } = openDay;
  if (closed !== null) return no(next => words.closed(day, closed, next));
  const during = openDay.parts[part];
  if (during === null) return no(next => words.outsideHours(day, part, next));
  return placeFor(asked, { ...facts, wanted, space, during });
}

interface Opened extends Facts {
  readonly space: Space;
  readonly wanted: readonly Resource[];
  readonly during: Interval;
}

function placeFor({ personId, day, part }: Asked, facts: Opened): Judgement {
  const { space, during, wanted, there } = facts;
  // A place that the person already holds is not taken from them: the reason is then that they have one.
  const others = there.filter(b => b.personId !== personId);
  const resource = chooseFor(personId, wanted, freeResources(wanted, others, part));
  if (resource === null) {
    const alike = facts.resources.filter(r => r.kind === wanted[0]?.kind);
    const free = freeResources(alike, there, part).length;
    return no(next => (free > 0 ? words.deskTaken(day, part, free) : words.full(day, part, next)));
  }
  const held = facts.own.find(b => overlaps(b.during, during));
  if (held === undefined)
    return { ok: true, place: { space, resource, during, policy: policyOn(facts.policies, space.spaceId, day) } };
  const name = facts.spaceNames.get(held.spaceId) ?? '';
  return no(words.alreadyBooked({ day: held.day, part: held.part, space: name }));
}

/** Runs the day in a space: its hosts, its managers, the operator. */
export const mayHost = (actor: Actor, space: Pick<Space, 'spaceId' | 'managerId'>): boolean =>
  mayManage(actor, space) || holds(actor, 'host', space.spaceId) || holds(actor, 'host', space.managerId);

/** The person themselves, or whoever runs the day there. */
export const mayActFor = (actor: Actor, personId: string, space: Pick<Space, 'spaceId' | 'managerId'>): boolean =>
  actor.personId === personId || mayHost(actor, space);

/** The first reason why a policy cannot be written; null when it can. */
export function policyRefusal(policy: Policy & { readonly from: Day }, today: Day): Refusal | null {
  const { furthest_days, cancel_hours } = policy;
  const within = (n: number, least: number, most: number) => Number.isInteger(n) && least <= n && n <= most;
  if (!within(furthest_days, 1, 731) || !within(cancel_hours, 0, 720)) return words.policyOutOfRange;
  return policy.from < today ? words.policyInThePast(today) : null;
}
