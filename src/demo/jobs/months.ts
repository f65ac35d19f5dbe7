import { bookMany } from '../../booking/booking.ts';
import { answerDays } from '../../commute/commute.ts';
import { addDays, type Day, firstDay, type Month, nextMonth } from '../../kernel/time.ts';
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
import { isThere, mondaysBetween, type PlannedDay, type Spell, spellsOf, thirdsOf, weekOf } from '../calendar.ts';
import { type At, type Crowd, done } from '../jobs.ts';
import { closesOn, seed, weeklyMonths, weeksAhead } from '../scenery.ts';
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

/** Some days as they were asked for, and when what came of them is told. */
export interface Booked {
  readonly asked: number;
  readonly refused: number;
  readonly spells: readonly Spell[];
}

interface Booking {
  readonly at: At;
  readonly first: Day;
  readonly anchor: Day;
}

/** Everyone asks for the days from one to another, the last excluded; says who will come. */
async function book(
  crowd: Crowd,
  { from, to }: { readonly from: Day; readonly to: Day },
  { at, anchor }: Booking,
): Promise<{ readonly asked: number; readonly refused: number; readonly come: readonly PlannedDay[] }> {
  const asked = mondaysBetween(from, addDays(to, -1))
    .flatMap(monday => weekOf(crowd.plan.people, seed, monday))
    .filter(({ person, day }) => day >= from && day < to && isThere(crowd.plan.people[person]!.stay, { day, anchor }));
  const requests = asked.map(one => requestOf(crowd, one));
  const answers = await at(from <= anchor ? addDays(from, -3) : addDays(anchor, -1), 17 * 60, work =>
    bookMany(work, requests),
  );
  const refused = answers.filter(answer => !answer.ok).length;
  return { asked: asked.length, refused, come: asked.filter((one, i) => comesAfter(answers[i]!, one)) };
}

async function bookMonth(crowd: Crowd, month: Month, booking: Booking): Promise<Booked> {
  const { come, ...counts } = await book(crowd, { from: firstDay(month), to: firstDay(nextMonth(month)) }, booking);
  // A host's list closes after a week: in a month told at once everyone uses the kiosk.
  const came = come.map(one => ({ ...one, usesKiosk: true }));
  return { ...counts, spells: thirdsOf(came, month) };
}

async function bookWeek(crowd: Crowd, monday: Day, booking: Booking): Promise<Booked> {
  const from = monday < booking.first ? booking.first : monday;
  const { come, ...counts } = await book(crowd, { from, to: addDays(monday, 7) }, booking);
  return { ...counts, spells: spellsOf(come, monday, booking.anchor) };
}

/**
 * Everyone books their days, those of the story and those ahead: each lot is given as soon as it is booked. Nothing else in the
 * story takes a desk, so that the rest may be told meanwhile. Old months are told at once, which is faster.
 */
export function bookAll(
  crowd: Crowd,
  { lived, ...booking }: Booking & { lived: readonly Month[] },
): readonly Promise<Booked>[] {
  const { anchor } = booking;
  const old = lived.slice(0, Math.max(0, lived.length - weeklyMonths));
  const recent = { ...booking, first: old.length === 0 ? booking.first : firstDay(nextMonth(old.at(-1)!)) };
  const mondays = mondaysBetween(recent.first, addDays(anchor, 7 * weeksAhead));
  const tasks = [
    ...old.map(month => () => bookMonth(crowd, month, booking)),
    ...mondays.map(monday => () => bookWeek(crowd, monday, recent)),
  ];
  let before: Promise<unknown> = Promise.resolve();
  return tasks.map(task => {
    const booked = before.then(task);
    // Whoever waits for it hears that it failed; nobody may be waiting yet.
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
async function liveThrough(work: Work, scene: Scene, { came, attested }: Spell): Promise<void> {
  const { crowd, secrets } = scene;
  const answers = came.map(({ person, day, replaced }) => ({ personId: crowd.personIds[person]!, day, replaced }));
  await answerDays(work, answers);
  for (const received of await syncKiosks(work, { batches: batchesOf(scene, came), secrets })) done(received).map(done);
  done(await markPresences(work, crowd.operator, listsOf(crowd, came)));
  if (attested.length > 0) (await attestDays(work, { days: attested, secrets })).map(done);
}

/** Judges what waits, then closes the month; whoever listens has heard of all that came before. */
async function closeMonth({ at, hear, crowd, secrets, host }: Scene, month: Month, on: Day): Promise<void> {
  await hear(on, 9 * 60);
  await at(on, 9 * 60 + 30, async work => {
    while ((await checkDue(work)).checked > 0);
  });
  await at(on, 10 * 60, async work =>
    done(await closePeriod(work, crowd.operator, { month, keyring: { secrets, host } })),
  );
}

/** How often people asked for a desk, and did not get one. */
export interface Asking {
  readonly asked: number;
  readonly refused: number;
}

/** The story's months as they are booked; each month closes on its day. */
export async function live(scene: Scene, lots: readonly Promise<Booked>[]): Promise<Asking> {
  const { anchor, at, hear } = scene;
  const closings = [...scene.toClose];
  let [asked, refused] = [0, 0];
  for (const booked of lots) {
    const lot = await booked;
    [asked, refused] = [asked + lot.asked, refused + lot.refused];
    for (const spell of lot.spells) {
      const { on } = spell;
      const due = closings[0];
      if (due !== undefined && closesOn(due) <= on) {
        await closeMonth(scene, closings.shift()!, closesOn(due));
        // Paid before the last month is closed, so that its publication sets what is claimed beside what was measured.
        if (closings.length === 1) await claimEnergy(at, scene.crowd, closesOn(due));
        if (closings.length === 0) await hear(closesOn(due), 11 * 60);
      }
      await at(on, 8 * 60, work => liveThrough(work, scene, spell));
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
