import { bookingsOnDays } from '../booking/booking.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { type Day, localDay } from '../kernel/time.ts';
import { networkIds } from '../people/people.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Timetabled } from '../platform/jobs.ts';
import { announce } from '../platform/outbox.ts';
import type { Secrets } from '../platform/secrets.ts';
import { openIntervals, resourcesOf, spacesByIds } from '../spaces/spaces.ts';
import type { AttestationId } from './attestation.ts';
import { type AccessEvent, shownBy } from './evidence.ts';
import { factsOn } from './facts.ts';
import { clock } from './finality.ts';
import { rules, verdictsOn } from './fraud-rules.ts';
import { type PersonLink, planFor } from './ledger.ts';
import * as attestations from './store/attestation.ts';
import * as events from './store/event.ts';
import { addAll, linksOf, reverseAll } from './store/ledger.ts';
import { words } from './words.ts';

// What the clock does with a day once it is over: attest, judge, and in the end destroy. The door offers these verbs too.

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

export interface Attested {
  readonly day: Day;
  readonly attestationIds: readonly AttestationId[];
  readonly reversedIds: readonly AttestationId[];
}

interface DaysAsked {
  readonly days: readonly Day[];
  readonly secrets: Secrets;
}

/** What must change, day by day, for the ledger to say what the events of days that are over show. */
async function plansFor(
  work: Work,
  days: readonly Day[],
  { seen, links }: { seen: readonly AccessEvent[]; links: readonly PersonLink[] },
) {
  const standing = byDay(await attestations.selectRecorded(work, { days }));
  const bookings = byDay(await bookingsOnDays(work, { days }));
  const events = byDay(seen);
  return days.map(day => {
    const own = events.get(day) ?? [];
    const there = new Set<string>(own.map(e => e.personId));
    const seenThen = links.filter(link => there.has(link.personId));
    return planFor(shownBy(own, bookings.get(day) ?? []), seenThen, standing.get(day) ?? []);
  });
}

/**
 * Turns the events of days into attestations, in the spaces where the day is over, and answers in the order asked; a day
 * that is over nowhere is refused and hinders no other. Run again after late events it writes what changed and nothing
 * else; run twice at once it writes once.
 */
export async function attestDays(work: Work, { days, secrets }: DaysAsked): Promise<readonly Outcome<Attested>[]> {
  await attestations.holdDays(work, days);
  const noted = await events.selectEventsOn(work, { days, spaceIds: 'all' });
  const spaces = new Map((await spacesByIds(work, unique(noted.map(e => e.spaceId)))).map(s => [s.spaceId, s]));
  const seen = noted.filter(e => localDay(work.now, spaces.get(e.spaceId)!.zone) > e.day);
  const links = await linksOf(work, unique(seen.map(e => e.personId)), secrets);
  const plans = await plansFor(work, days, { seen, links });
  const reversed = plans.flatMap(plan => plan.reverse);
  await reverseAll(work, reversed, secrets);
  const communes = new Map([...spaces.values()].map(s => [s.spaceId, s.commune.code]));
  const added = await addAll(work, { add: plans.flatMap(plan => plan.add), links, communes, secrets });
  if (added.length + reversed.length > 0) {
    const payload = { attestation_ids: idsOf(added), reversed_ids: idsOf(reversed) };
    await announce(work, { event: 'presence.attested', payload });
  }
  const [touched, over] = [new Set(noted.map(e => e.day)), new Set(seen.map(e => e.day))];
  return days.map((day, i) => {
    if (touched.has(day) && !over.has(day)) return refuse(words.dayNotOver(day));
    const attestationIds = idsOf(added.filter(one => one.day === day));
    return accept({ day, attestationIds, reversedIds: idsOf(plans[i]!.reverse) });
  });
}

const idsOf = (list: readonly { readonly attestationId: AttestationId }[]) => list.map(one => one.attestationId);

const byDay = <T extends { readonly day: Day }>(items: readonly T[]): ReadonlyMap<Day, readonly T[]> => {
  const days = new Map<Day, T[]>();
  for (const item of items) {
    const day = days.get(item.day);
    if (day) day.push(item);
    else days.set(item.day, [item]);
  }
  return days;
};

/** One day; see `attestDays`. */
export const attestDay = async (
  work: Work,
  { day, secrets }: { readonly day: Day; readonly secrets: Secrets },
): Promise<Outcome<Attested>> => (await attestDays(work, { days: [day], secrets }))[0]!;

/** Most presences judged in one transaction. */
const judgedAtOnce = 5_000;

/** Runs every rule on the presences that have waited long enough for one; says how many. Run until it says 0. */
export async function checkDue(work: Work): Promise<{ readonly checked: number }> {
  const before = work.now.subtract({ hours: clock.checking_hours });
  const due = await attestations.selectUnjudged(work, { before, rules, limit: judgedAtOnce });
  if (due.length === 0) return { checked: 0 };
  const [days, spaceIds] = [unique(due.map(one => one.day)), unique(due.map(one => one.spaceId))];
  const facts = factsOn(due, {
    sameDays: await attestations.selectStanding(work, { days }),
    resources: await resourcesOf(work, spaceIds),
    openDays: await openIntervals(work, { spaceIds, days }),
    sharing: await attestations.countSharing(work, idsOf(due)),
  });
  await attestations.insertVerdicts(work, verdictsOn(facts));
  await announce(work, { event: 'presence.checked', payload: { days, checked: due.length } });
  return { checked: due.length };
}

/** Months for which raw events are kept (a badge log's usual term); what they proved has its own, longer term. */
const eventsKept_months = 3;

/** Destroys raw events at their term and records that it did; what they proved stays. */
export async function purgeAccessEvents(work: Work): Promise<{ readonly destroyed: number }> {
  const before = work.now.toZonedDateTimeISO('UTC').subtract({ months: eventsKept_months }).toInstant();
  const destroyed = await events.deleteEvents(work, { before });
  if (destroyed > 0) await events.insertDestruction(work, { record: 'access_event', before, destroyed });
  return { destroyed };
}

/** Destroys what leads back to a person: their events, their link, their keys. Totals and proofs stay valid. */
export async function forgetPerson(work: Work, { personId }: { readonly personId: string }): Promise<void> {
  const destroyed = await events.deleteEvents(work, { personId });
  if (destroyed > 0) await events.insertDestruction(work, { record: 'access_event', before: null, destroyed });
  const cut = await attestations.deleteLink(work, personId);
  if (cut > 0) await events.insertDestruction(work, { record: 'person_link', before: null, destroyed: cut });
}

/** Attests the days that received something new, then judges what has waited a day: each day in its own transaction. */
async function settle(shell: Shell): Promise<void> {
  for (const networkId of await networkIds(shell.db)) {
    const run = <T>(task: (work: Work) => Promise<T>) => inNetwork(shell, networkId, task);
    const days = await run(events.daysToAttest);
    // A day that is not over anywhere is refused: its turn comes.
    for (const day of days) await run(work => attestDay(work, { day, secrets: shell.secrets }));
    while ((await run(checkDue)).checked > 0);
  }
}

export const timetable = (shell: Shell): readonly Timetabled[] => [
  { name: 'presence.settle', match: '20 * * * *', task: () => settle(shell) },
  {
    name: 'presence.purge',
    match: '40 3 * * *',
    task: async () => {
      for (const networkId of await networkIds(shell.db)) await inNetwork(shell, networkId, purgeAccessEvents);
    },
  },
];
