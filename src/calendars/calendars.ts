import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { macUnder, nonce_bytes, sealUnder } from '../kernel/seal.ts';
import { targetProblem } from '../kernel/target.ts';
import type { Interval } from '../kernel/time.ts';
import { type Actor, holds } from '../kernel/visit.ts';
import type { Chance } from '../platform/clock.ts';
import { isPrivateAddress } from '../platform/courier.ts';
import type { Work } from '../platform/database.ts';
import { recordDestruction } from '../platform/destruction.ts';
import { announce } from '../platform/outbox.ts';
import type { Secrets } from '../platform/secrets.ts';
import { mayManage, resourcesOf, type Space, spacesByIds } from '../spaces/spaces.ts';
import { aboutCalendar, changed, keyOf } from './jobs/reading.ts';
import * as store from './store.ts';
import { words } from './words.ts';

export { readDue } from './jobs/reading.ts';
export type { CalendarId, OuterCalendar } from './store.ts';
export { whyUnread } from './words.ts';

const mostOfAPerson = 5;

/** What the installation brings: its secrets, chance, and whether it reads addresses of its own network. */
export interface House {
  readonly secrets: Secrets;
  readonly chance: Chance;
  readonly privately: boolean;
}

/** What the shell says of it. */
export const houseOf = ({
  secrets,
  chance,
  settings,
}: {
  readonly secrets: Secrets;
  readonly chance: Chance;
  readonly settings: { readonly privateWebhooks: boolean };
}): House => ({ secrets, chance, privately: settings.privateWebhooks });

export interface CalendarAsked {
  readonly url: string;
  /** One place of a space; the actor's own calendar without it. */
  readonly place?: { readonly spaceId: Id<'spc'>; readonly resourceId: Id<'res'> } | undefined;
  readonly house: House;
}

const mayConnect = (actor: Actor, space: Space): boolean =>
  mayManage(actor, space) || holds(actor, 'host', space.spaceId) || holds(actor, 'host', space.managerId);

async function mayAt(work: Work, actor: Actor, spaceId: Id<'spc'>): Promise<Outcome<Space>> {
  const [space] = await spacesByIds(work, [spaceId]);
  if (!space) return refuse(words.unknownPlace);
  return mayConnect(actor, space) ? accept(space) : refuse(words.mayNot);
}

async function placeRefused(work: Work, actor: Actor, { place }: CalendarAsked): Promise<Outcome<null>> {
  if (place === undefined) {
    const own = await store.calendarsOf(work, { personId: actor.personId });
    return own.length < mostOfAPerson ? accept(null) : refuse(words.tooMany(mostOfAPerson));
  }
  const may = await mayAt(work, actor, place.spaceId);
  if (!may.ok) return may;
  const known = (await resourcesOf(work, [place.spaceId])).some(one => one.resourceId === place.resourceId);
  return known ? accept(null) : refuse(words.unknownPlace);
}

const problems = { bad_url: words.badUrl, private_address: words.privateTarget } as const;

/** Reads a calendar kept elsewhere from now on: a person's own, or that of one place, for who receives there. */
export async function connect(
  work: Work,
  actor: Actor,
  asked: CalendarAsked,
): Promise<Outcome<{ readonly calendarId: store.CalendarId }>> {
  const may = await placeRefused(work, actor, asked);
  if (!may.ok) return may;
  const { place, house } = asked;
  const url = asked.url
    .trim()
    .replace(/^webcals?:/i, 'https:')
    .replace(/#.*/s, '');
  const problem = targetProblem(url, { privately: house.privately, isPrivateAddress });
  if (problem) return refuse(problems[problem]);
  const calendarId = work.newId('cal');
  const key = keyOf(house.secrets);
  const text = new URL(url).href;
  const added = await store.insertCalendar(work, {
    ...{ calendarId, host: new URL(url).hostname },
    ...{ personId: place ? null : actor.personId, spaceId: place?.spaceId ?? null },
    resourceId: place?.resourceId ?? null,
    sealed: sealUnder(key, { text, nonce: house.chance(nonce_bytes), about: aboutCalendar(work, calendarId) }),
    mac: macUnder(key, text, work.networkId),
  });
  if (!added) return refuse(words.alreadyThere);
  await announce(work, { event: 'calendars.connected', payload: { calendar_id: calendarId } });
  return accept({ calendarId });
}

/** The actor's own calendars, the newest first. */
export const calendarsOf = (work: Work, actor: Actor): Promise<readonly store.OuterCalendar[]> =>
  store.calendarsOf(work, { personId: actor.personId });

/** Those of a space's places, for who receives there. */
export async function calendarsAt(
  work: Work,
  actor: Actor,
  spaceId: Id<'spc'>,
): Promise<Outcome<readonly store.OuterCalendar[]>> {
  const may = await mayAt(work, actor, spaceId);
  return may.ok ? accept(await store.calendarsOf(work, { spaceId })) : may;
}

/** Reads a calendar no more; what it took is free again. */
export async function disconnect(work: Work, actor: Actor, calendarId: string): Promise<Outcome<null>> {
  const one = await store.calendarById(work, calendarId);
  if (one === null) return refuse(words.unknown);
  const own = one.personId === actor.personId || (one.spaceId && (await mayAt(work, actor, one.spaceId)).ok);
  if (!own) return refuse(words.unknown);
  await store.removeCalendar(work, one.calendarId);
  await changed(work, one);
  return accept(null);
}

/** When someone is busy elsewhere, by the calendars that they connected: for them alone. */
export const busyOf = (
  work: Work,
  asked: { readonly personId: Id<'per'>; readonly during: Interval },
): Promise<readonly Interval[]> => store.busyOf(work, asked);

/** Places of some spaces that have a calendar of their own elsewhere. */
export const connectedAt = store.placesWith;

/** When a place is taken elsewhere. */
export const busyAt = (
  work: Work,
  asked: { readonly resourceId: Id<'res'>; readonly during: Interval },
): Promise<readonly Interval[]> => store.busyOf(work, asked);

export async function forgetPerson(work: Work, personId: Id<'per'>): Promise<void> {
  await recordDestruction(work, { outer_calendar: await store.forgetCalendars(work, personId) });
}
