import { bookingsOnDays, lostPlaces } from '../../booking/booking.ts';
import { unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { type Day, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { mayManage, spacesByIds } from '../../spaces/spaces.ts';
import type { AccessEvent } from '../evidence.ts';
import * as store from '../store/arrival-rule.ts';
import { type DatedLevel, type Level, levelOn, levelRefusal, strictnessWords as words } from '../strictness.ts';
import { words as general } from '../words.ts';

// What spaces ask for an arrival to be noted.

export const levelFor = async (
  work: Work,
  { spaceId, day }: { readonly spaceId: Id<'spc'>; readonly day: Day },
): Promise<Level> => levelOn(await store.selectLevels(work, [spaceId]), spaceId, day);

/** Sets what a space asks, from a day on, today at the earliest. */
export async function setLevel(
  work: Work,
  actor: Actor,
  { spaceId, from, level }: { readonly spaceId: Id<'spc'>; readonly from: Day; readonly level: Level },
): Promise<Outcome<DatedLevel>> {
  const [space] = await spacesByIds(work, [spaceId]);
  if (!space) return refuse(general.unknownSpace);
  if (!mayManage(actor, space)) return refuse(words.notManager);
  if (from < localDay(work.now, space.zone)) return refuse(words.inThePast);
  const dated = { spaceId, validFrom: from, level };
  await store.upsertLevel(work, dated, actor.personId);
  return accept(dated);
}

/** Who had booked where, when; a place that was given back as nobody came was booked all the same. */
async function bookedAmong(work: Work, arrivals: readonly AccessEvent[]): Promise<ReadonlySet<string>> {
  const days = unique(arrivals.map(one => one.day));
  const spaceIds = unique(arrivals.map(one => one.spaceId));
  const personIds = unique(arrivals.map(one => one.personId));
  const held = [...(await bookingsOnDays(work, { days, spaceIds })), ...(await lostPlaces(work, { personIds, days }))];
  return new Set(held.map(one => `${one.spaceId} ${one.personId} ${one.day}`));
}

/** For each arrival, why its space does not note it; null for those that it does. */
export async function refusedByLevel(
  work: Work,
  arrivals: readonly AccessEvent[],
): Promise<readonly (Refusal | null)[]> {
  const dated = await store.selectLevels(work, unique(arrivals.map(one => one.spaceId)));
  if (dated.length === 0) return arrivals.map(() => null);
  const level = (one: AccessEvent) => levelOn(dated, one.spaceId, one.day);
  const strict = arrivals.filter(one => level(one) === 'code_and_booking');
  const booked = strict.length === 0 ? new Set<string>() : await bookedAmong(work, strict);
  return arrivals.map(one => levelRefusal(level(one), one, booked.has(`${one.spaceId} ${one.personId} ${one.day}`)));
}
