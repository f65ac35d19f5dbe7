import { bookingsOnDays } from '../../booking/booking.ts';
import { groupBy, unique } from '../../kernel/group.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { type Day, localDay } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import type { AttestationId } from '../attestation.ts';
import { type AccessEvent, shownBy } from '../evidence.ts';
import { type PersonLink, planFor } from '../ledger.ts';
import * as attestations from '../store/attestation.ts';
import * as events from '../store/event.ts';
import { addAll, linksOf, lookAgain, reverseAll } from '../store/ledger.ts';
import { words } from '../words.ts';

// What the clock does with a day once it is over: attest what its check-ins show.

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
  const standing = groupBy(await attestations.selectRecorded(work, { days }), one => one.day);
  const byHand = await attestations.selectByHand(work, days);
  const bookings = groupBy(await bookingsOnDays(work, { days }), one => one.day);
  const events = groupBy(seen, one => one.day);
  return days.map(day => {
    const own = events.get(day) ?? [];
    const there = new Set<string>(own.map(e => e.personId));
    const seenThen = links.filter(link => there.has(link.personId));
    const kept = { standing: standing.get(day) ?? [], byHand: byHand.get(day) ?? new Set<string>() };
    return planFor(shownBy(own, bookings.get(day) ?? []), seenThen, kept);
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
  await reverseAll(
    work,
    reversed.map(one => ({ ...one, author: null })),
    secrets,
  );
  const communes = new Map([...spaces.values()].map(s => [s.spaceId, s.commune.code]));
  const added = await addAll(work, { add: plans.flatMap(plan => plan.add), links, communes, secrets });
  if (added.length + reversed.length > 0) {
    await lookAgain(work, [...added, ...reversed]);
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

/** One day; see `attestDays`. */
export const attestDay = async (
  work: Work,
  { day, secrets }: { readonly day: Day; readonly secrets: Secrets },
): Promise<Outcome<Attested>> => (await attestDays(work, { days: [day], secrets }))[0]!;
