import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, isBefore, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { peopleById } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import { recordDestruction } from '../../platform/destruction.ts';
import type { Space } from '../../spaces/spaces.ts';
import { type AttendanceLine, attendanceOf, isHere } from '../attendance.ts';
import * as events from '../store/event.ts';
import * as store from '../store/visitor.ts';
import { visitorKept_days, visitorWords as words } from '../visitor-words.ts';
import { hosted } from './kiosks.ts';

// Who is in the building: people noted there today, and visitors, who are no presence of any kind.

/** Notes a visitor's arrival, for who receives people there. */
export async function receiveVisitor(
  work: Work,
  actor: Actor,
  asked: { readonly spaceId: Id<'spc'>; readonly name: string },
): Promise<Outcome<store.Visitor>> {
  const space = await hosted(work, actor, asked.spaceId);
  if (!space.ok) return space;
  const name = asked.name.trim();
  if (name === '' || name.length > 120) return refuse(words.nameless);
  const { spaceId } = asked;
  const day = localDay(work.now, space.value.zone);
  const visitor = { visitorId: work.newId('vis'), spaceId, day, name, arrivedAt: work.now, leftAt: null };
  await store.insertVisitor(work, visitor, actor.personId);
  return accept(visitor);
}

/** Notes that a visitor left; asked again, the first departure stays. */
export async function visitorLeaves(work: Work, actor: Actor, visitorId: string): Promise<Outcome<store.Visitor>> {
  const visitor = await store.selectVisitor(work, visitorId);
  if (!visitor) return refuse(words.unknown);
  const space = await hosted(work, actor, visitor.spaceId);
  if (!space.ok) return space;
  await store.noteLeft(work, visitor.visitorId);
  return accept((await store.selectVisitor(work, visitorId))!);
}

export interface Building {
  readonly space: Space;
  /** People noted there today who did not note that they left since. */
  readonly people: readonly AttendanceLine[];
  /** Today's visitors, those gone included. */
  readonly visitors: readonly store.Visitor[];
}

/** Who is in a space at this moment, as far as it was noted. */
export async function buildingNow(work: Work, actor: Actor, spaceId: Id<'spc'>): Promise<Outcome<Building>> {
  const hostedSpace = await hosted(work, actor, spaceId);
  if (!hostedSpace.ok) return hostedSpace;
  const space = hostedSpace.value;
  const at = { spaceId, day: localDay(work.now, space.zone) };
  const noted = await events.selectEventsOn(work, { days: [at.day], spaceIds: [spaceId] });
  const left = await store.selectLeft(work, at);
  const stays = noted.filter(one => {
    const gone = left.get(one.personId);
    return gone === undefined || isBefore(gone, one.happened_at);
  });
  const people = await peopleById(work, [...new Set(stays.map(one => one.personId))]);
  const lines = attendanceOf(people, stays, []).filter(line => isHere(line, 'morning') || isHere(line, 'afternoon'));
  return accept({ space, people: lines, visitors: await store.selectVisitors(work, at) });
}

/** Destroys visitors' names at their term. */
export async function purgeVisitors(work: Work): Promise<void> {
  const before = addDays(localDay(work.now, 'UTC'), -visitorKept_days);
  await recordDestruction(work, { visitor: await store.deleteVisitors(work, before) });
}
