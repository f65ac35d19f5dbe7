import { createHmac } from 'node:crypto';
import { mayHost } from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Instant, secondsBetween } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { type Person, peopleById, personByEmail } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import { arrivalOf, longestOffline_days } from '../arrival.ts';
import { badgeWords as words } from '../badge-words.ts';
import { kioskClockTolerance_s } from '../codes.ts';
import * as store from '../store/badge.ts';
import * as events from '../store/event.ts';
import { words as general } from '../words.ts';
import { hosted } from './kiosks.ts';
import { type CheckIn, checkInOf } from './noting.ts';
import { record } from './recording.ts';
import { refusedByLevel } from './strictness.ts';

// Badges that open a door: registered to someone, read by the door, each passage told once.

const mac = (secrets: Secrets, purpose: string, ...parts: readonly string[]): Buffer =>
  createHmac('sha256', secrets(`presence ${purpose}`))
    .update(parts.join('\n'))
    .digest();

/** A badge's number as doors send it: `04:A1:B2` → `04a1b2`; null for what is none. */
const numberOf = (typed: string): string | null => {
  const number = typed.toLowerCase().replaceAll(/[\s:.-]/g, '');
  return /^[0-9a-z]{4,64}$/.test(number) ? number : null;
};

/** The same badge in two spaces is two hashes: neither tells of the other. */
const macOf = (secrets: Secrets, { networkId }: Work, { spaceId, number }: { spaceId: string; number: string }) =>
  mac(secrets, 'badge number', networkId, spaceId, number);

/** Gives a badge to someone in a space, for who receives people there. */
export async function giveBadge(
  work: Work,
  actor: Actor,
  asked: { readonly spaceId: Id<'spc'>; readonly email: string; readonly number: string; readonly secrets: Secrets },
): Promise<Outcome<store.Badge>> {
  const { spaceId, secrets } = asked;
  const space = await hosted(work, actor, spaceId);
  if (!space.ok) return space;
  const number = numberOf(asked.number);
  if (number === null) return refuse(words.badNumber);
  const person = await personByEmail(work, asked.email);
  if (!person) return refuse(general.unknownPerson);
  const badge = { badgeId: work.newId('bdg'), spaceId, personId: person.personId };
  const numberMac = macOf(secrets, work, { spaceId, number });
  const added = await store.insertBadge(work, { ...badge, numberMac }, actor.personId);
  return added ? accept({ ...badge, registeredAt: work.now }) : refuse(words.taken);
}

export interface BadgeTold extends store.Badge {
  readonly person: Person | undefined;
}

/** Badges in use in a space, for who receives people there. */
export async function badgesAt(work: Work, actor: Actor, spaceId: Id<'spc'>): Promise<Outcome<readonly BadgeTold[]>> {
  const space = await hosted(work, actor, spaceId);
  if (!space.ok) return space;
  const badges = await store.selectBadgesAt(work, spaceId);
  const people = await peopleById(work, [...new Set(badges.map(one => one.personId))]);
  return accept(badges.map(one => ({ ...one, person: people.find(p => p.personId === one.personId) })));
}

/** The actor's own badges in use. */
export const badgesOf = (work: Work, actor: Actor): Promise<readonly store.Badge[]> =>
  store.selectBadgesOf(work, actor.personId);

/** Withdraws a badge, for its bearer or who receives people there. */
export async function withdrawBadge(work: Work, actor: Actor, badgeId: string): Promise<Outcome<null>> {
  const badge = await store.selectBadge(work, badgeId);
  if (!badge) return refuse(words.unknown);
  const [space] = await spacesByIds(work, [badge.spaceId]);
  const may = badge.personId === actor.personId || (space !== undefined && mayHost(actor, space));
  if (!may) return refuse(words.notYours);
  await store.withdraw(work, badge.badgeId);
  return accept(null);
}

/** A passage as a door tells it. */
export interface Passage {
  /** The door's own: told twice, it is one passage. */
  readonly eventId: string;
  readonly spaceId: Id<'spc'>;
  readonly number: string;
  readonly happened_at: Instant;
}

/** The record's id of a door's event: the same each time it is told, and another for another space. */
const idOf = (secrets: Secrets, { spaceId, eventId }: Passage): Id<'acc'> =>
  `acc_${mac(secrets, 'badge event', spaceId, eventId).toString('hex').slice(0, 32)}`;

/**
 * Notes whoever badged at a door of a space, told by a program of who receives people there. Nothing is kept of a badge that is
 * nobody's.
 */
export async function noteBadge(
  work: Work,
  actor: Actor,
  { secrets, ...passage }: Passage & { readonly secrets: Secrets },
): Promise<Outcome<CheckIn>> {
  const { spaceId, happened_at } = passage;
  const space = await hosted(work, actor, spaceId);
  if (!space.ok) return space;
  if (secondsBetween(work.now, happened_at) > kioskClockTolerance_s) return refuse(general.capturedLater);
  if (secondsBetween(happened_at, work.now) > longestOffline_days * 86_400)
    return refuse(general.capturedTooEarly(longestOffline_days));
  const number = numberOf(passage.number);
  if (number === null) return refuse(words.badNumber);
  const badge = await store.selectBadgeByNumber(work, {
    spaceId,
    numberMac: macOf(secrets, work, { spaceId, number }),
  });
  if (!badge || secondsBetween(happened_at, badge.registeredAt) > 0) return refuse(words.unknown);
  const caught = { eventId: idOf(secrets, passage), personId: badge.personId, counter: null, happened_at };
  const event = {
    ...arrivalOf({ ...caught, kioskId: null, method: 'badge' }, space.value, work),
    sourceId: badge.badgeId,
  };
  const [notNoted] = await refusedByLevel(work, [event]);
  if (notNoted) return refuse(notNoted);
  if ((await record(work, [event])).added.has(event.eventId)) return accept(await checkInOf(work, event, space.value));
  const [first] = await events.selectTwins(work, [event]);
  const same =
    first?.sourceId === badge.badgeId && first.happened_at.epochMilliseconds === happened_at.epochMilliseconds;
  return same ? accept(await checkInOf(work, first, space.value)) : refuse(general.eventIdReused);
}
