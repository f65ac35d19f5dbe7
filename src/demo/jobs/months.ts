import { bookMany } from '../../booking/booking.ts';
import { answerDays } from '../../commute/commute.ts';
import { groupBy } from '../../kernel/group.ts';
import { addDays, type Day, type Month, monthOf } from '../../kernel/time.ts';
import { closePeriod } from '../../mrv/mrv.ts';
import type { Work } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import {
  attestDays,
  checkDue,
  codeAt,
  type Kiosk,
  type KioskBatch,
  type MarksAsked,
  markPresences,
  purgeAccessEvents,
  syncKiosks,
} from '../../presence/presence.ts';
import { daysOf, isThere, mondaysBetween, type PlannedDay, spellsOf, weekOf } from '../calendar.ts';
import { type At, type Crowd, done } from '../jobs.ts';
import { closesOn, monthsBefore, seed, weeklyMonths, weeksAhead } from '../scenery.ts';
import { arrivalOf, type Cast, comesAfter, requestOf, spaceOf } from '../sheets.ts';
import { claimEnergy } from './claim.ts';

// The months themselves: weeks booked and lived through, each month closed on its day.

export interface Scene {
  readonly crowd: Crowd;
  /** One a space, in their order. */
  readonly kiosks: readonly Kiosk[];
  readonly secrets: Secrets;
  /** The host name under which the log is signed. */
  readonly host: string | null;
  readonly at: At;
  /** Whoever listens hears of all that happened so far. */
  readonly hear: (day: Day, minutes: number) => Promise<void>;
  readonly anchor: Day;
  /** Months of the story, oldest first: each on its day, or on the last. */
  readonly toClose: readonly Month[];
}

/** Some weeks as they were asked for, and who will come. */
export interface BookedWeeks {
  /** The last of them. */
  readonly monday: Day;
  readonly asked: number;
  readonly refused: number;
  readonly come: readonly PlannedDay[];
}

interface Booking {
  readonly at: At;
  readonly first: Day;
  readonly anchor: Day;
}

async function bookSome(crowd: Crowd, mondays: readonly Day[], { at, first, anchor }: Booking): Promise<BookedWeeks> {
  const asked = mondays
    .flatMap(monday => weekOf(crowd.plan.people, seed, monday))
    .filter(({ person, day }) => day >= first && isThere(crowd.plan.people[person]!.stay, { day, anchor }));
  const requests = asked.map(one => requestOf(crowd, one));
  const [monday] = mondays as [Day];
  const answers = await at(monday <= anchor ? addDays(monday, -3) : addDays(anchor, -1), 17 * 60, work =>
    bookMany(work, requests),
  );
  const refused = answers.filter(answer => !answer.ok).length;
  const came = asked.filter((one, i) => comesAfter(answers[i]!, one));
  // A host's list closes after a week: in weeks told together everyone uses the kiosk.
  const come = mondays.length === 1 ? came : came.map(one => ({ ...one, usesKiosk: true }));
  return { monday: mondays.at(-1)!, asked: asked.length, refused, come };
}

/**
 * Everyone books their weeks, those of the story and those ahead, one after the other: each is given as soon as it is booked.
 * Nothing else in the story takes a desk, so that the rest may be told meanwhile. Old weeks are told in pairs, the most
 * that a kiosk may keep to itself: that is faster.
 */
export function bookWeeks(crowd: Crowd, booking: Booking): readonly Promise<BookedWeeks>[] {
  const { first, anchor } = booking;
  const recent = monthsBefore(anchor, weeklyMonths)[0]!;
  const mondays = mondaysBetween(first, addDays(anchor, 7 * weeksAhead));
  const together = groupBy([...mondays.entries()], ([n, monday]) => (monthOf(monday) < recent ? n >> 1 : monday));
  let before: Promise<unknown> = Promise.resolve();
  return [...together.values()].map(some => {
    const weeks = some.map(([, monday]) => monday);
    const booked = before.then(() => bookSome(crowd, weeks, booking));
    // Whoever waits for a week hears that it failed; nobody may be waiting yet.
    booked.catch(() => {});
    before = booked;
    return booked;
  });
}

/** What each kiosk saw, with the code that it showed at that very moment. */
const batchesOf = ({ crowd, kiosks, secrets }: Scene, came: readonly PlannedDay[]): readonly KioskBatch[] =>
  kiosks.flatMap((kiosk, space) => {
    const there = came.filter(one => one.usesKiosk && crowd.plan.people[one.person]!.space === space);
    const events = there.map(one => {
      const captured_at = arrivalOf(one);
      const shown = codeAt(kiosk, { at: captured_at, secrets });
      return { personId: crowd.personIds[one.person]!, method: 'rotating_code' as const, ...shown, captured_at };
    });
    return events.length === 0 ? [] : [{ kioskId: kiosk.kioskId, events }];
  });

/** The lines that hosts wrote by hand. */
function listsOf(crowd: Cast, came: readonly PlannedDay[]): readonly MarksAsked[] {
  const lists = new Map<string, MarksAsked>();
  for (const one of came.filter(({ usesKiosk }) => !usesKiosk)) {
    const { spaceId } = spaceOf(crowd, one);
    const key = `${spaceId} ${one.day}`;
    const mark = { personId: crowd.personIds[one.person]!, part: one.part, present: true };
    lists.set(key, { spaceId, day: one.day, marks: [...(lists.get(key)?.marks ?? []), mark] });
  }
  return [...lists.values()];
}

/** What happened in days that are over: codes typed, lists kept, questions answered, days attested. */
async function liveThrough(work: Work, scene: Scene, came: readonly PlannedDay[]): Promise<void> {
  const { crowd, secrets } = scene;
  const answers = came.map(({ person, day, replaced }) => ({ personId: crowd.personIds[person]!, day, replaced }));
  await answerDays(work, answers);
  for (const received of await syncKiosks(work, { batches: batchesOf(scene, came), secrets })) done(received).map(done);
  done(await markPresences(work, crowd.operator, listsOf(crowd, came)));
  (await attestDays(work, { days: daysOf(came), secrets })).map(done);
}

/** Judges what waits, then closes the month; whoever listens has heard of it before and hears of it after. */
async function closeMonth({ at, hear, crowd, secrets, host }: Scene, month: Month, on: Day): Promise<void> {
  await hear(on, 9 * 60);
  await at(on, 9 * 60 + 30, async work => {
    while ((await checkDue(work)).checked > 0);
  });
  await at(on, 10 * 60, async work =>
    done(await closePeriod(work, crowd.operator, { month, keyring: { secrets, host } })),
  );
  await hear(on, 10 * 60 + 30);
}

/** How often people asked for a desk, and did not get one. */
export interface Asking {
  readonly asked: number;
  readonly refused: number;
}

/** The story's months, week by week, as they are booked; each month closes on its day. */
export async function live(scene: Scene, weeks: readonly Promise<BookedWeeks>[]): Promise<Asking> {
  const { anchor, at, hear } = scene;
  const closings = [...scene.toClose];
  let [asked, refused] = [0, 0];
  for (const booked of weeks) {
    const week = await booked;
    [asked, refused] = [asked + week.asked, refused + week.refused];
    for (const { on, came } of spellsOf(week.come, week.monday, anchor)) {
      const due = closings[0];
      if (due !== undefined && closesOn(due) <= on) {
        await closeMonth(scene, closings.shift()!, closesOn(due));
        // Paid before the last month is closed, so that its publication sets what is claimed beside what was measured.
        if (closings.length === 1) await claimEnergy(at, scene.crowd, closesOn(due));
      }
      await at(on, 8 * 60, work => liveThrough(work, scene, came));
    }
  }
  for (const month of closings) await closeMonth(scene, month, anchor);
  await hear(anchor, 11 * 60);
  await at(anchor, 12 * 60, async work => {
    while ((await checkDue(work)).checked > 0);
    await purgeAccessEvents(work);
  });
  await hear(anchor, 13 * 60);
  return { asked, refused };
}
