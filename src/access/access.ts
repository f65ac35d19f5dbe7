import { type Booking, bookingFor, bookingsNamed, shortName } from '../booking/booking.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { addDays, type Instant, isBefore, localDay } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { peopleById } from '../people/people.ts';
import type { Work } from '../platform/database.ts';
import { recordDestruction } from '../platform/destruction.ts';
import { parameterList, parametersOn } from '../platform/parameters/parameters.ts';
import { mayManage, type Resource, resourcesOf, type Space, spaceBySlug, spacesByIds } from '../spaces/spaces.ts';
import type { DoorGroup, Grant, GrantState, Lock } from './grant.ts';
import { aboutGrant, aboutSpace, type Means, retry, settleAhead } from './jobs/settling.ts';
import { sheets } from './parameters.ts';
import { addressOf, type LockAsked, lockRefusal } from './rules.ts';
import { type KeyFor, macOf, nonce_bytes, seal, unseal } from './seal.ts';
import * as grants from './store/grant.ts';
import * as locks from './store/lock.ts';
import * as vouchers from './store/voucher.ts';
import { codesIn, mostVouchers } from './vouchers.ts';
import { words } from './words.ts';

/** Numbers of this room that a network may set. */
export const parameters = parameterList('access', sheets);

/** The space, if the actor may set its doors. */
async function managed(work: Work, actor: Actor, spaceId: string): Promise<Outcome<Space>> {
  const [space] = await spacesByIds(work, [spaceId as Id<'spc'>]);
  return space && mayManage(actor, space) ? accept(space) : refuse(words.notManager);
}

/** A lock as a page or the API tells it: its token is told by nobody. */
export type LockTold = Omit<Lock, 'token'>;

const told = ({ token: _token, ...lock }: Lock): LockTold => lock;

/**
 * Sets how a space's doors are spoken to, from now on. What is to come is told to the lock: all of it when the address, the
 * service or the token is another one.
 */
export async function setLock(
  work: Work,
  actor: Actor,
  { spaceId, means, ...asked }: LockAsked & { readonly spaceId: Id<'spc'>; readonly means: Means },
): Promise<Outcome<LockTold>> {
  const space = await managed(work, actor, spaceId);
  if (!space.ok) return space;
  const [before] = await locks.lockLocks(work, [spaceId]);
  const why = lockRefusal(asked, before?.address ?? null);
  if (why) return refuse(why);
  const { token: typed, address, service, ...rest } = asked;
  const about = aboutSpace(work, spaceId);
  const lock = {
    ...rest,
    spaceId,
    address: addressOf(address)!,
    service: rest.adapter === 'home_assistant' ? service! : null,
    token: typed ? seal(means.secrets, { text: typed, nonce: means.chance(nonce_bytes), about }) : before!.token,
  };
  await locks.upsertLock(work, lock, actor.personId);
  const again =
    before !== undefined && (typed !== undefined || before.address !== lock.address || before.service !== lock.service);
  await settleAhead(work, means, { spaceId, zone: space.value.zone, again });
  return accept(told((await locks.selectLock(work, spaceId))!));
}

/** Which groups of doors every booking opens, and which each desk or room opens besides. */
export interface Opened {
  readonly everyone: readonly string[];
  readonly resources: readonly { readonly resourceId: Id<'res'>; readonly groupId: string }[];
}

/** Sets which doors a booking opens. What is to come is told to the lock. */
export async function setOpened(
  work: Work,
  actor: Actor,
  { spaceId, means, ...opened }: Opened & { readonly spaceId: Id<'spc'>; readonly means: Means },
): Promise<Outcome<Opened>> {
  const space = await managed(work, actor, spaceId);
  if (!space.ok) return space;
  const [lock] = await locks.lockLocks(work, [spaceId]);
  if (!lock) return refuse(words.noLock);
  const known = new Set((await locks.selectGroups(work, spaceId)).map(one => one.groupId));
  const strange = [...opened.everyone, ...opened.resources.map(one => one.groupId)].find(id => !known.has(id));
  if (strange !== undefined) return refuse(words.unknownGroup(strange));
  const resources = new Set((await resourcesOf(work, [spaceId])).map(one => one.resourceId));
  if (opened.resources.some(one => !resources.has(one.resourceId))) return refuse(words.unknownResource);
  await locks.replaceOpened(work, spaceId, opened);
  await settleAhead(work, means, { spaceId, zone: space.value.zone });
  return accept(opened);
}

/** Tells the lock again what it refused; gives how many. */
export async function retryDoors(work: Work, actor: Actor, spaceId: Id<'spc'>): Promise<Outcome<{ retried: number }>> {
  const space = await managed(work, actor, spaceId);
  if (!space.ok) return space;
  return accept({ retried: (await retry(work, spaceId)).length });
}

/** May the actor have this space's lock asked for its doors? */
export async function mayCheck(work: Work, actor: Actor, spaceId: Id<'spc'>): Promise<Outcome<null>> {
  const space = await managed(work, actor, spaceId);
  if (!space.ok) return space;
  return (await locks.selectLock(work, spaceId)) ? accept(null) : refuse(words.noLock);
}

/** Adds Wi-Fi codes to a space's list, those that it never had; a line that is no code adds none. */
export async function importVouchers(
  work: Work,
  actor: Actor,
  { spaceId, text, means }: { readonly spaceId: Id<'spc'>; readonly text: string; readonly means: Means },
): Promise<Outcome<{ readonly added: number; readonly known: number }>> {
  const space = await managed(work, actor, spaceId);
  if (!space.ok) return space;
  const { codes, wrongLine } = codesIn(text);
  if (wrongLine !== null) return refuse(words.unreadableVoucher(wrongLine));
  if (codes.length === 0) return refuse(words.nothingToImport);
  if (codes.length > mostVouchers) return refuse(words.tooManyVouchers);
  const about = aboutSpace(work, spaceId);
  const sealed = codes.map(code => {
    const nonce = means.chance(nonce_bytes);
    const kept = seal(means.secrets, { text: code, nonce, about });
    return { voucherId: work.newId('vch'), sealed: kept, mac: macOf(means.secrets, code, `${about} voucher`) };
  });
  const added = await vouchers.insertVouchers(work, { spaceId, by: actor.personId, vouchers: sealed });
  return accept({ added, known: codes.length - added });
}

/** A grant as whoever manages the space sees it: never its code. */
export interface GrantTold extends Omit<Grant, 'pin'> {
  /** First name and initial; null for someone erased. */
  readonly holder: string | null;
}

export interface AccessSheet {
  readonly space: Space;
  readonly lock: LockTold | null;
  readonly groups: readonly DoorGroup[];
  readonly opened: readonly locks.ResourceGroup[];
  readonly resources: readonly Resource[];
  readonly grants: readonly GrantTold[];
  readonly vouchers: vouchers.VoucherCounts;
  readonly kept_days: number;
}

async function grantsTold(work: Work, spaceId: Id<'spc'>): Promise<readonly GrantTold[]> {
  const found = await grants.selectInSpace(work, spaceId);
  const bookings = await bookingsNamed(
    work,
    found.map(one => one.bookingId),
  );
  const people = await peopleById(work, [...new Set(bookings.map(one => one.personId))]);
  const names = new Map(people.map(one => [one.personId, shortName(one)]));
  const holders = new Map(bookings.map(one => [one.bookingId as Id, names.get(one.personId) ?? null]));
  return found.map(({ pin: _pin, ...grant }) => ({ ...grant, holder: holders.get(grant.bookingId) ?? null }));
}

const kept = async (work: Work): Promise<number> => {
  const { kept_days } = await parametersOn(work, parameters, localDay(work.now, 'Europe/Paris'));
  return Number(kept_days.numerator);
};

/** Everything that whoever manages a space sees of its doors and its Wi-Fi codes. */
export async function accessSheet(work: Work, actor: Actor, slug: string): Promise<Outcome<AccessSheet>> {
  const found = await spaceBySlug(work, slug);
  if (!found.ok) return found;
  const { spaceId } = found.value;
  const space = await managed(work, actor, spaceId);
  if (!space.ok) return space;
  const lock = await locks.selectLock(work, spaceId);
  return accept({
    space: space.value,
    lock: lock && told(lock),
    groups: await locks.selectGroups(work, spaceId),
    opened: await locks.selectResourceGroups(work, [spaceId]),
    resources: await resourcesOf(work, [spaceId]),
    grants: await grantsTold(work, spaceId),
    vouchers: await vouchers.countVouchers(work, spaceId),
    kept_days: await kept(work),
  });
}

/** What someone who booked needs to come in and to go on line. */
export interface Codes {
  readonly booking: Booking;
  readonly space: Space;
  readonly door: {
    readonly state: GrantState;
    readonly from: Instant;
    readonly until: Instant;
    /** Null where no code is typed, or where it can no longer be read. */
    readonly pin: string | null;
  } | null;
  /** The Wi-Fi code taken. */
  readonly wifi: string | null;
  /** A Wi-Fi code can be taken now. */
  readonly offersWifi: boolean;
  readonly kept_days: number;
}

/** The booking, if it is the actor's own: whoever receives people there, and their employer, see no code. */
async function own(work: Work, actor: Actor, bookingId: string): Promise<Outcome<Booking>> {
  const booking = await bookingFor(work, actor, bookingId);
  if (!booking.ok) return booking;
  return booking.value.personId === actor.personId ? booking : refuse(words.notHolder);
}

function doorOf(work: Work, secrets: KeyFor, grant: Grant | null): Codes['door'] {
  if (grant?.wanted !== 'open' || !isBefore(work.now, grant.during.to)) return null;
  const pin = grant.pin && unseal(secrets, grant.pin.sealed, aboutGrant(work, grant.grantId));
  return { state: grant.state, from: grant.during.from, until: grant.during.to, pin };
}

const wifiOf = async (
  work: Work,
  secrets: KeyFor,
  { bookingId, spaceId }: Booking,
): Promise<Outcome<string> | null> => {
  const voucher = await vouchers.voucherOf(work, bookingId);
  if (voucher === null) return null;
  const code = unseal(secrets, voucher.sealed, aboutSpace(work, spaceId));
  return code === null ? refuse(words.voucherLost) : accept(code);
};

/** The codes of one's own booking. */
export async function codesOf(
  work: Work,
  actor: Actor,
  { bookingId, secrets }: { readonly bookingId: string; readonly secrets: KeyFor },
): Promise<Outcome<Codes>> {
  const found = await own(work, actor, bookingId);
  if (!found.ok) return found;
  const booking = found.value;
  const [space] = await spacesByIds(work, [booking.spaceId]);
  const wifi = await wifiOf(work, secrets, booking);
  const { left } = await vouchers.countVouchers(work, booking.spaceId);
  return accept({
    booking,
    space: space!,
    door: doorOf(work, secrets, await grants.selectOfBooking(work, bookingId)),
    wifi: wifi?.ok ? wifi.value : null,
    offersWifi: wifi === null && left > 0 && voucherRefusal(work, booking, space!) === null,
    kept_days: await kept(work),
  });
}

/** Why no Wi-Fi code is given for a booking now. */
function voucherRefusal(work: Work, booking: Booking, space: Space) {
  if (booking.status !== 'confirmed') return words.notStanding;
  if (localDay(work.now, space.zone) < booking.day) return words.tooEarly(booking.day);
  return isBefore(work.now, booking.during.to) ? null : words.over;
}

const mostRivals = 64;

/** Takes a Wi-Fi code for one's own booking, on its day. Asked again, the same code. */
export async function takeVoucher(
  work: Work,
  actor: Actor,
  { bookingId, secrets }: { readonly bookingId: string; readonly secrets: KeyFor },
): Promise<Outcome<string>> {
  const found = await own(work, actor, bookingId);
  if (!found.ok) return found;
  const booking = found.value;
  const taken = await wifiOf(work, secrets, booking);
  if (taken !== null) return taken;
  const [space] = await spacesByIds(work, [booking.spaceId]);
  const why = voucherRefusal(work, booking, space!);
  if (why) return refuse(why);
  for (let rivals = 0; rivals < mostRivals; rivals++) {
    const given = await vouchers.giveVoucher(work, booking);
    const code = await wifiOf(work, secrets, booking);
    if (code !== null) return code;
    if (given === 'none') break;
  }
  return refuse(words.noVoucherLeft);
}

/** Destroys grants and codes at their term, and parts Wi-Fi codes from the bookings that had them. */
export async function purge(work: Work): Promise<void> {
  const today = localDay(work.now, 'UTC');
  const kept_days = await kept(work);
  const before = work.now.subtract({ hours: 24 * kept_days });
  await recordDestruction(
    work,
    {
      door_grant: await grants.deleteEnded(work, before),
      wifi_code: await vouchers.forgetGiven(work, addDays(today, -kept_days)),
    },
    before,
  );
}

/** Parts settings from whoever made them. Grants and codes name nobody: they follow their booking. */
export async function forgetPerson(work: Work, personId: Id<'per'>): Promise<void> {
  await locks.severHands(work, personId, work.newId('per'));
  await vouchers.severHands(work, personId, work.newId('per'));
}
