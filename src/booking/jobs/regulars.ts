import { groupBy, unique } from '../../kernel/group.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, type DayPart, localDay, weekday } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import { calendarWords } from '../calendar-words.ts';
import { isExpired } from '../claim.ts';
import { policyOn } from '../policy.ts';
import * as store from '../store/usual.ts';
import { selectByIds, selectPolicies } from '../store.ts';
import { bookingIdOf, daysToPlay, isWorthTelling, type Usual, type UsualDay, type UsualId } from '../usual.ts';
import { usualWords } from '../usual-words.ts';
import { words } from '../words.ts';
import { bookMany } from './allotting.ts';
import { busyDays } from './blocking.ts';
import { cancelMany } from './cancelling.ts';

// Days on which people usually come are booked for them, as far ahead as each space allows.

/** Today for what is told of a whole network. */
const todayOf = (work: Work): Day => localDay(work.now, 'Europe/Paris');

/** The days that each usual day of someone still has to book. */
async function toPlay(work: Work, usuals: readonly Usual[]) {
  const { personId } = usuals[0]!;
  const spaceIds = unique(usuals.map(one => one.spaceId));
  const from = addDays(todayOf(work), -1);
  const [spaces, policies, absences, back, known] = await Promise.all([
    spacesByIds(work, spaceIds),
    selectPolicies(work, spaceIds),
    store.selectAbsences(work, { personId, from }),
    store.selectGivenBack(work, { personId, spaceIds, from }),
    store.selectDays(work, { usualIds: usuals.map(one => one.usualId), from }),
  ]);
  return usuals.flatMap(usual => {
    const space = spaces.find(one => one.spaceId === usual.spaceId)!;
    const today = localDay(work.now, space.zone);
    const { furthest_days } = policyOn(policies, space.spaceId, today);
    const played = known.filter(one => one.usualId === usual.usualId && one.bookingId !== null);
    const days = daysToPlay(usual, {
      ...{ today, furthest: addDays(today, furthest_days), absences },
      givenBack: back.filter(one => one.spaceId === usual.spaceId),
      played: new Set(played.map(one => one.day)),
    });
    return days.map(day => ({ usual, day }));
  });
}

type Played = Awaited<ReturnType<typeof toPlay>>[number];

/** Those of these days on which the person's own calendars say that they are busy elsewhere. */
async function busyAmong(work: Work, asked: readonly Played[]): Promise<ReadonlySet<Played>> {
  const found = await Promise.all(
    [...groupBy(asked, one => one.usual)].map(async ([{ personId, spaceId, part }, own]) => {
      const busy = await busyDays(work, { personId, spaceId, part, days: own.map(one => one.day) });
      return own.filter(one => busy.has(one.day));
    }),
  );
  return new Set(found.flat());
}

/** Books what someone's usual days ask for and do not have yet. Again, it changes nothing. */
export async function playUsuals(work: Work, personId: Id<'per'>): Promise<readonly UsualDay[]> {
  const usuals = (await store.selectUsuals(work, personId, { lock: true })).filter(one => one.pausedAt === null);
  if (usuals.length === 0) return [];
  const asked = await toPlay(work, usuals);
  const busy = await busyAmong(work, asked);
  const free = asked.filter(one => !busy.has(one));
  const outcomes = await bookMany(
    work,
    free.map(({ usual: { usualId, spaceId, part }, day }) => ({
      ...{ spaceId, part, day, personId, bookingId: bookingIdOf(usualId, day) },
    })),
  );
  const booked = new Map(free.map((one, i) => [one, outcomes[i]!]));
  const days = asked.map((one): UsualDay => {
    const { usual, day } = one;
    const { usualId } = usual;
    const outcome = booked.get(one) ?? refuse(calendarWords.busyElsewhere(day, usual.part));
    return outcome.ok
      ? { usualId, day, bookingId: outcome.value.bookingId, refusal: null }
      : { usualId, day, bookingId: null, refusal: outcome.refusal };
  });
  await store.upsertDays(work, days);
  return days;
}

/** Announces to someone what their usual days became, once. */
async function tellNews(work: Work, personId: Id<'per'>): Promise<void> {
  if (!(await store.markTold(work, { personId, from: todayOf(work) }))) return;
  await announce(work, {
    event: 'booking.usual_days',
    payload: { person_id: personId, told_at: work.now.toString() },
  });
}

/** The clock's task for one person: every day it books, on Mondays it tells what came of the week's. */
export async function followUsuals(work: Work, personId: Id<'per'>): Promise<void> {
  await playUsuals(work, personId);
  if (weekday(todayOf(work)) === 1) await tellNews(work, personId);
}

export interface UsualAsked {
  readonly spaceId: Id<'spc'>;
  readonly weekday: number;
  readonly part: DayPart;
}

/** Sets a usual day of one's own, and books what it asks for at once. Set again as it stands, the same. */
export async function setUsual(work: Work, actor: Actor, asked: UsualAsked): Promise<Outcome<Usual>> {
  if (!Number.isInteger(asked.weekday) || asked.weekday < 1 || asked.weekday > 7) return refuse(usualWords.noWeekday);
  const [space] = await spacesByIds(work, [asked.spaceId]);
  if (!space) return refuse(words.unknownSpace);
  const { personId } = actor;
  const added = await store.insertUsual(work, { ...asked, personId, usualId: work.newId('usu') });
  const usual = (await store.selectUsuals(work, personId)).find(
    one => one.spaceId === asked.spaceId && one.weekday === asked.weekday && one.part === asked.part,
  );
  if (!usual) return refuse(usualWords.twice);
  if (added) {
    await playUsuals(work, personId);
    await tellNews(work, personId);
  }
  return accept(usual);
}

async function own(work: Work, actor: Actor, usualId: string): Promise<Outcome<Usual>> {
  const found = (await store.selectUsuals(work, actor.personId, { lock: true })).find(one => one.usualId === usualId);
  return found ? accept(found) : refuse(usualWords.unknown);
}

/** Stops booking a usual day for a while, or goes on; what is booked stays. */
export async function pauseUsual(
  work: Work,
  actor: Actor,
  { usualId, paused }: { readonly usualId: string; readonly paused: boolean },
): Promise<Outcome<Usual>> {
  const found = await own(work, actor, usualId);
  if (!found.ok) return found;
  await store.setPaused(work, found.value.usualId, paused);
  if (!paused && found.value.pausedAt !== null) {
    await playUsuals(work, actor.personId);
    await tellNews(work, actor.personId);
  }
  return own(work, actor, usualId);
}

/** The bookings to come that a usual day made and that still stand. */
async function standingOf(work: Work, usualId: UsualId) {
  const days = await store.selectDays(work, { usualIds: [usualId], from: todayOf(work) });
  const found = await selectByIds(
    work,
    days.flatMap(one => one.bookingId ?? []),
  );
  return found.filter(one => one.status !== 'cancelled' && !isExpired(one, work.now));
}

/** Ends a usual day; what it booked stays, or is given back where that is still possible. */
export async function endUsual(
  work: Work,
  actor: Actor,
  { usualId, giveBack }: { readonly usualId: string; readonly giveBack: boolean },
): Promise<Outcome<{ readonly cancelled: number; readonly kept: number }>> {
  const found = await own(work, actor, usualId);
  if (!found.ok) return found;
  await store.endUsuals(work, actor.personId, found.value.usualId);
  const standing = await standingOf(work, found.value.usualId);
  if (!giveBack) return accept({ cancelled: 0, kept: standing.length });
  const outcomes = await cancelMany(
    work,
    actor,
    standing.map(one => one.bookingId),
  );
  const cancelled = outcomes.filter(one => one.ok).length;
  return accept({ cancelled, kept: standing.length - cancelled });
}

export interface UsualTold {
  readonly usual: Usual;
  /** Days to come that stand booked. */
  readonly booked: readonly Day[];
  /** Days to come that could not be booked yet. */
  readonly refused: readonly UsualDay[];
}

/** One's usual days, with what each has booked and what it could not. */
export async function usualsOf(work: Work, actor: Actor): Promise<readonly UsualTold[]> {
  const usuals = await store.selectUsuals(work, actor.personId);
  const usualIds = usuals.map(one => one.usualId);
  const days = await store.selectDays(work, { usualIds, from: addDays(todayOf(work), 1) });
  const bookings = await selectByIds(
    work,
    days.flatMap(one => one.bookingId ?? []),
  );
  const live = new Set(bookings.filter(one => one.status !== 'cancelled').map(one => one.bookingId));
  return usuals.map(usual => {
    const own = days.filter(one => one.usualId === usual.usualId);
    return {
      usual,
      booked: own.filter(one => one.bookingId !== null && live.has(one.bookingId)).map(one => one.day),
      refused: own.filter(one => one.refusal !== null && isWorthTelling(one)),
    };
  });
}

/** One's absences that are not over. */
export const absencesOf = (work: Work, actor: Actor) =>
  store.selectAbsences(work, { personId: actor.personId, from: todayOf(work) });

/** Comes after all: usual days are booked again on those days, from the next time that they are played. */
export const forgetAbsence = async (work: Work, actor: Actor, awayId: string): Promise<Outcome<null>> =>
  (await store.deleteAbsence(work, actor.personId, awayId)) ? accept(null) : refuse(usualWords.unknownAbsence);
