import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, daysBetween, type Instant, isBefore, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { recordDestruction } from '../../platform/destruction.ts';
import { type Space, spacesByIds } from '../../spaces/spaces.ts';
import { type Departure, type Incident, type Pass, passesOf, slip_days } from '../slip.ts';
import { slipWords as words } from '../slip-words.ts';
import * as events from '../store/event.ts';
import * as store from '../store/incident.ts';

// What someone draws of their own days and tells of them: theirs alone.

/** Notes that the actor leaves the space where they came today, the last one if there were several. Asked again at once, once. */
export async function leave(work: Work, actor: Actor): Promise<Outcome<Departure>> {
  const utc = localDay(work.now, 'UTC');
  const range = { personId: actor.personId, from: addDays(utc, -1), to: addDays(utc, 1) };
  const [came, left] = await Promise.all([events.selectEventsOf(work, range), store.selectDepartures(work, range)]);
  const spaces = await spacesByIds(work, [...new Set(came.map(one => one.spaceId))]);
  const zones = new Map(spaces.map(space => [space.spaceId, space.zone]));
  const isToday = (day: Day, spaceId: Id<'spc'>) => day === localDay(work.now, zones.get(spaceId) ?? 'UTC');
  const last = came.findLast(one => one.present && isToday(one.day, one.spaceId));
  if (last === undefined) return refuse(words.notHere);
  const already = left.findLast(one => one.spaceId === last.spaceId && one.day === last.day);
  if (already !== undefined && isBefore(last.happened_at, already.at)) return accept(already);
  const departure: Departure = {
    ...{ departureId: work.newId('dep'), personId: actor.personId, spaceId: last.spaceId, day: last.day },
    at: work.now,
  };
  await store.insertDeparture(work, departure);
  return accept(departure);
}

export interface Slip {
  readonly from: Day;
  readonly to: Day;
  readonly passes: readonly Pass[];
  readonly incidents: readonly Incident[];
  readonly spaces: readonly Space[];
}

/** The actor's own passes between two days, both included, as far as they are still kept. */
export async function slipOf(
  work: Work,
  actor: Actor,
  { from, to }: { readonly from: Day; readonly to: Day },
): Promise<Outcome<Slip>> {
  if (to < from) return refuse(words.endsBeforeItBegins);
  if (daysBetween(from, to) >= slip_days) return refuse(words.tooLong);
  const range = { personId: actor.personId, from, to };
  const [came, left, incidents] = await Promise.all([
    events.selectEventsOf(work, range),
    store.selectDepartures(work, range),
    store.selectIncidents(work, range),
  ]);
  const passes = passesOf(came, left);
  const spaces = await spacesByIds(work, [...new Set([...passes, ...incidents].map(one => one.spaceId))]);
  return accept({ from, to, passes, incidents, spaces });
}

/**
 * Says that something happened to the actor in a space: what is kept of that day then outlives its term. Only where they came
 * that day.
 */
export async function declareIncident(
  work: Work,
  actor: Actor,
  { spaceId, at, told }: { readonly spaceId: Id<'spc'>; readonly at: Instant; readonly told: string },
): Promise<Outcome<Incident>> {
  const [space] = await spacesByIds(work, [spaceId]);
  if (!space) return refuse(words.notThere);
  if (isBefore(work.now, at)) return refuse(words.notYet);
  const day = localDay(at, space.zone);
  const came = await events.selectEventsOf(work, { personId: actor.personId, from: day, to: day });
  if (!came.some(one => one.spaceId === spaceId)) return refuse(words.notThere);
  const incident: Incident = {
    ...{ incidentId: work.newId('inc'), personId: actor.personId, spaceId, day, at, told },
    declaredAt: work.now,
  };
  await store.insertIncident(work, incident);
  return accept(incident);
}

/** Takes back what the actor declared; the day's passes have their own term again. */
export async function withdrawIncident(work: Work, actor: Actor, incidentId: string): Promise<Outcome<null>> {
  const own = { incidentId: incidentId as Id<'inc'>, personId: actor.personId };
  if (!(await store.deleteIncident(work, own))) return refuse(words.unknownIncident);
  await recordDestruction(work, { incident: 1 });
  return accept(null);
}
