import { bookingFor, confirmedOf, halvesOf } from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import { addDays, addSeconds, type Instant, instantAt, isBefore, localDay, secondsBetween } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { peopleById } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { spacesByIds } from '../../spaces/spaces.ts';
import { arrivalOf, skewOf } from '../arrival.ts';
import { deviceHash, kioskClockTolerance_s } from '../codes.ts';
import type { AccessEvent } from '../evidence.ts';
import { type KeptArrival, passKept_s } from '../kept.ts';
import { keyOf } from '../kiosk.ts';
import { isSignedBy, type Pass, passKey, passText, readPass, shownAround, stepStart } from '../pass.ts';
import * as events from '../store/event.ts';
import * as kiosks from '../store/kiosk.ts';
import { words } from '../words.ts';
import { type CheckIn, checkInOf, markPresence } from './noting.ts';
import { record } from './recording.ts';
import { refusedByLevel } from './strictness.ts';

// What a phone noted without a network, received when it has one again.

const secretOf = (secrets: Secrets): Uint8Array => secrets('presence passes');

/** Lets a phone note its owner for a week without a network: a text to send, and a key to sign with. */
export function passFor(
  { now }: Pick<Work, 'now'>,
  { personId, cookie, secrets }: Pick<Pass, 'personId'> & { readonly cookie: string; readonly secrets: Secrets },
): { readonly pass: string; readonly key: Uint8Array; readonly until: Instant } {
  const device = deviceHash(secrets('presence devices'), cookie);
  const pass = { personId, device, until: addSeconds(now, passKept_s) };
  return { pass: passText(pass), key: passKey(pass, secretOf(secrets)), until: pass.until };
}

export interface KeptBatch {
  readonly pass: string;
  /** What the phone's clock says as it sends. */
  readonly sent_ms: number;
  readonly arrivals: readonly (KeptArrival & { readonly event_id: Id<'acc'>; readonly signature: string })[];
}

interface Phone {
  readonly pass: Pass;
  /** By how much its clock runs ahead of ours, now. */
  readonly ahead_ms: number;
  readonly secrets: Secrets;
}

type Kept = KeptBatch['arrivals'][number];

/**
 * When it may have happened, on our clock: by the difference of the two clocks now, and by the one that the phone knew then,
 * for a phone that was set right in between.
 */
function momentsOf(work: Work, one: Kept, { pass, ahead_ms }: Phone): Outcome<readonly Instant[]> {
  const said = [...new Set([ahead_ms, one.ahead_ms])].map(ahead => instantAt(one.captured_ms - ahead));
  const past = said.filter(at => secondsBetween(work.now, at) <= kioskClockTolerance_s);
  if (past.length === 0) return refuse(words.capturedLater);
  const known = past.filter(at => secondsBetween(at, work.now) <= passKept_s && isBefore(at, pass.until));
  return known.length === 0 ? refuse(words.keptTooLong(passKept_s / 86_400)) : accept(known);
}

/** The first record of an arrival that was just written, or was there already. */
async function firstOf(work: Work, event: AccessEvent): Promise<Outcome<AccessEvent>> {
  const twins = await events.selectTwins(work, [event]);
  const first = twins.find(twin => twin.counter !== null && twin.counter === event.counter) ?? twins[0];
  return first?.personId === event.personId && first.spaceId === event.spaceId && first.method === event.method
    ? accept(first)
    : refuse(words.eventIdReused);
}

async function byCode(work: Work, one: Kept, moments: readonly Instant[], phone: Phone): Promise<Outcome<CheckIn>> {
  const { personId, device } = phone.pass;
  const known = await kiosks.selectKiosks(work, one.kiosk_id === null ? 'all' : { kioskIds: [one.kiosk_id] });
  if (known.length === 0) return refuse(words.unknownKiosk);
  const days = moments.map(at => localDay(at, 'UTC')).toSorted();
  const range = { personId, from: addDays(days[0]!, -1), to: addDays(days.at(-1)!, 1) };
  const booked = new Set((await confirmedOf(work, range)).map(booking => booking.spaceId));
  const watched = known.map(kiosk => ({
    ...kiosk,
    ...keyOf(kiosk, phone.secrets),
    likely: one.kiosk_id !== null || booked.has(kiosk.spaceId),
  }));
  const shown = moments.map(at => shownAround(watched, one.code ?? '', at)).find(found => found !== null);
  if (!shown) return refuse(words.keptCodeNotShown);
  const { spaceId, kioskId, clock_offset_s } = shown.kiosk;
  const [space] = await spacesByIds(work, [spaceId]);
  // The kiosk's step says when: the phone's clock only told where to look.
  const happened_at = stepStart(shown.counter, clock_offset_s);
  const caught = { eventId: one.event_id, personId, kioskId: kioskId as Id<'ksk'>, happened_at };
  const skew = { device, clock_skew_s: skewOf(work.now.epochMilliseconds + phone.ahead_ms, work.now) };
  const by = { now: work.now, device: skew };
  const event = arrivalOf({ ...caught, method: 'rotating_code', counter: shown.counter }, space!, by);
  const [notNoted] = await refusedByLevel(work, [event]);
  if (notNoted) return refuse(notNoted);
  await record(work, [{ ...event, notedBy: personId }]);
  const first = await firstOf(work, event);
  return first.ok ? accept(await checkInOf(work, first.value, space!)) : first;
}

/** Ids of an arrival's records that come out the same however often it is sent. */
const idsFrom = (eventId: Id<'acc'>): Work['newId'] => {
  let made = 0;
  return kind => `${kind}_${eventId.slice(4)}${made++ === 0 ? '' : made}`;
};

async function byWord(work: Work, one: Kept, moments: readonly Instant[], { pass }: Phone): Promise<Outcome<CheckIn>> {
  const actor: Actor = { personId: pass.personId, firstName: '', memberships: [] };
  const booking = await bookingFor(work, actor, one.booking_id ?? '');
  if (!booking.ok) return booking;
  const { spaceId, day, part } = booking.value;
  const space = (await spacesByIds(work, [spaceId]))[0]!;
  if (!moments.some(at => localDay(at, space.zone) === day)) return refuse(words.declaredOtherDay(day));
  const own = await events.selectEventsOf(work, { personId: pass.personId, from: day, to: day });
  const said = own.filter(event => event.spaceId === spaceId && event.method === 'own_declaration');
  // Its answer may have been lost on the way: said already, it is not said again.
  if (halvesOf(part).every(half => said.some(event => event.half === half)))
    return accept(await checkInOf(work, said[0]!, space));
  const marks = [{ personId: pass.personId, part, present: true }];
  const named = { ...work, newId: idsFrom(one.event_id) };
  const marked = await markPresence(named, actor, { spaceId, day, marks });
  if (!marked.ok) return marked;
  const first = await firstOf(work, marked.value[0]!);
  return first.ok ? accept(await checkInOf(work, first.value, space)) : first;
}

async function receiveKept(work: Work, one: Kept, phone: Phone): Promise<Outcome<CheckIn>> {
  if (!isSignedBy(passKey(phone.pass, secretOf(phone.secrets)), one, one.signature)) return refuse(words.keptUnsigned);
  const moments = momentsOf(work, one, phone);
  if (!moments.ok) return moments;
  return one.booking_id === null ? byCode(work, one, moments.value, phone) : byWord(work, one, moments.value, phone);
}

/**
 * Receives what a phone kept, in the order sent, each once whatever the retries. The pass says for whom, whoever is signed in
 * on that device by now.
 */
export async function noteKept(
  work: Work,
  { pass: text, sent_ms, arrivals, secrets }: KeptBatch & { readonly secrets: Secrets },
): Promise<Outcome<readonly Outcome<CheckIn>[]>> {
  const pass = readPass(text);
  if (pass === null || (await peopleById(work, [pass.personId])).length === 0) return refuse(words.notAPass);
  const phone = { pass, ahead_ms: sent_ms - work.now.epochMilliseconds, secrets };
  const answers: Outcome<CheckIn>[] = [];
  for (const one of arrivals) answers.push(await receiveKept(work, one, phone));
  return accept(answers);
}
