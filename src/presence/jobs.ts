import { bookingsOn } from '../booking/booking.ts';
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
import { shownBy } from './evidence.ts';
import { factsOn } from './facts.ts';
import { clock } from './finality.ts';
import { rules, verdictsOn } from './fraud-rules.ts';
import { planFor } from './ledger.ts';
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

/**
 * Turns a day's events into attestations, in the spaces where that day is over. Run again after late events it writes
 * what changed and nothing else; run twice at once it writes once.
 */
export async function attestDay(
  work: Work,
  { day, secrets }: { readonly day: Day; readonly secrets: Secrets },
): Promise<Outcome<Attested>> {
  await attestations.holdDay(work, day);
  const noted = await events.selectEventsOn(work, { day, spaceIds: 'all' });
  const spaces = await spacesByIds(work, unique(noted.map(e => e.spaceId)));
  const over = new Map(spaces.filter(s => localDay(work.now, s.zone) > day).map(s => [s.spaceId, s.commune.code]));
  if (noted.length > 0 && over.size === 0) return refuse(words.dayNotOver(day));
  const seen = noted.filter(e => over.has(e.spaceId));
  const links = await linksOf(work, unique(seen.map(e => e.personId)), secrets);
  const standing = await attestations.selectRecorded(work, { days: [day] });
  const plan = planFor(shownBy(seen, await bookingsOn(work, { day })), links, standing);
  await reverseAll(work, plan.reverse, secrets);
  const attestationIds = await addAll(work, { day, add: plan.add, links, communes: over, secrets });
  const reversedIds = plan.reverse.map(one => one.attestationId);
  if (attestationIds.length + reversedIds.length > 0) {
    const payload = { day, attestation_ids: attestationIds, reversed_ids: reversedIds };
    await announce(work, { event: 'presence.attested', payload });
  }
  return accept({ day, attestationIds, reversedIds });
}

/** Most presences judged in one transaction. */
const judgedAtOnce = 5_000;

/** Runs every rule on the presences that have waited long enough for one; says how many. Run until it says 0. */
export async function checkDue(work: Work): Promise<{ readonly checked: number }> {
  const before = work.now.subtract({ hours: clock.checking_hours });
  const due = await attestations.selectUnjudged(work, { before, rules, limit: judgedAtOnce });
  if (due.length === 0) return { checked: 0 };
  const [days, spaceIds] = [unique(due.map(one => one.day)), unique(due.map(one => one.spaceId))];
  const sameDays = (await attestations.selectRecorded(work, { days })).filter(one => !one.reversed);
  const facts = factsOn(due, {
    sameDays,
    resources: await resourcesOf(work, spaceIds),
    openDays: await openIntervals(work, { spaceIds, days }),
    sharing: await attestations.countSharing(
      work,
      due.map(one => one.attestationId),
    ),
  });
  await attestations.insertVerdicts(work, facts.flatMap(verdictsOn));
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

/** Events older than this were attested by an earlier run. */
const looksBack_hours = 48;

/** Attests what came in lately, then judges what has waited a day: each day in its own transaction. */
async function settle(shell: Shell): Promise<void> {
  for (const networkId of await networkIds(shell.db)) {
    const run = <T>(task: (work: Work) => Promise<T>) => inNetwork(shell, networkId, task);
    const days = await run(work => events.daysTouchedSince(work, work.now.subtract({ hours: looksBack_hours })));
    // A day that is not over anywhere is refused: its turn comes.
    for (const day of days) await run(work => attestDay(work, { day, secrets: shell.secrets }));
    while ((await run(checkDue)).checked === judgedAtOnce);
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
