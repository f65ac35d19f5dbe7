import { type Booking, bookingsAhead, grantedOnDays } from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { BrokenInvariant } from '../../kernel/outcome.ts';
import { type Day, type Interval, localDay } from '../../kernel/time.ts';
import type { Chance } from '../../platform/clock.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import { changesOf, type Grant, type GrantId, type Lock } from '../grant.ts';
import { draw_bytes, pinFrom } from '../pin.ts';
import { type KeyFor, macOf, nonce_bytes, seal } from '../seal.ts';
import * as grants from '../store/grant.ts';
import * as locks from '../store/lock.ts';

// What each door must know follows from what is booked: compared and written, then told after commit.

/** What makes codes and keeps them. */
export interface Means {
  readonly secrets: KeyFor;
  readonly chance: Chance;
}

/** What a sealed code belongs to. */
export const aboutGrant = ({ networkId }: Work, grantId: string): string => `${networkId} ${grantId}`;
export const aboutSpace = ({ networkId }: Work, spaceId: string): string => `${networkId} ${spaceId}`;

const mostDraws = 200;

interface Place {
  readonly grantId: GrantId;
  readonly spaceId: Id<'spc'>;
  readonly during: Interval;
}

/** A code that opens nothing else there at that time. */
async function drawPin(work: Work, means: Means, { grantId, spaceId, during }: Place): Promise<Grant['pin']> {
  for (let drawn = 0; drawn < mostDraws; drawn++) {
    const pin = pinFrom(means.chance(draw_bytes));
    if (pin === null) continue;
    const mac = macOf(means.secrets, pin, aboutSpace(work, spaceId));
    if (!(await grants.isFree(work, { spaceId, mac, during, except: grantId }))) continue;
    const sealed = seal(means.secrets, {
      text: pin,
      nonce: means.chance(nonce_bytes),
      about: aboutGrant(work, grantId),
    });
    return { sealed, mac };
  }
  throw new BrokenInvariant('a space has fewer codes in use than there are codes');
}

/** The code of a grant as it will stand: the one it has while it opens nothing else at the new time. */
async function pinAs(work: Work, means: Means, place: Place & { readonly pin: Grant['pin'] }): Promise<Grant['pin']> {
  const { pin, spaceId, during, grantId } = place;
  const keeps = pin !== null && (await grants.isFree(work, { spaceId, during, mac: pin.mac, except: grantId }));
  return keeps ? pin : drawPin(work, means, place);
}

interface SpaceFacts {
  readonly lock: Lock;
  readonly byResource: ReadonlyMap<string, readonly string[]>;
  readonly bookings: readonly Booking[];
  readonly known: readonly Grant[];
  readonly again?: boolean | undefined;
}

/** Writes what has to change in one space; gives the grants to tell. */
async function settleSpace(work: Work, means: Means, facts: SpaceFacts): Promise<readonly GrantId[]> {
  const { lock, known, ...rest } = facts;
  const { spaceId, givesPin } = lock;
  const { added, revised, withdrawn } = changesOf({ lock, grants: known, ...rest, now: work.now });
  const told: GrantId[] = withdrawn.map(one => one.grantId);
  await grants.withdrawGrants(work, told);
  for (const { grant, to } of revised) {
    const { grantId, pin } = grant;
    const place = { grantId, spaceId, during: to.during, pin };
    await grants.reviseGrant(work, grantId, { ...to, pin: givesPin ? await pinAs(work, means, place) : null });
    told.push(grantId);
  }
  for (const wanted of added) {
    const grantId = work.newId('grt');
    const pin = givesPin ? await drawPin(work, means, { grantId, spaceId, during: wanted.during }) : null;
    if (await grants.insertGrant(work, { ...wanted, grantId, spaceId, pin })) told.push(grantId);
  }
  return told;
}

async function byResourceOf(work: Work, spaceIds: readonly Id<'spc'>[]): Promise<ReadonlyMap<string, string[]>> {
  const byResource = new Map<string, string[]>();
  for (const { resourceId, groupId } of await locks.selectResourceGroups(work, spaceIds))
    byResource.set(resourceId, [...(byResource.get(resourceId) ?? []), groupId]);
  return byResource;
}

const tell = async (work: Work, grantIds: readonly GrantId[]): Promise<readonly GrantId[]> => {
  if (grantIds.length > 0) await announce(work, { event: 'access.changed', payload: { grant_ids: grantIds } });
  return grantIds;
};

/** Makes what the doors of some spaces must know of some days follow what is booked; announces it as `access.changed`. */
export async function settle(
  work: Work,
  means: Means,
  { spaceIds, days }: { readonly spaceIds: readonly Id<'spc'>[]; readonly days: readonly Day[] },
): Promise<readonly GrantId[]> {
  const held = await locks.lockLocks(work, spaceIds);
  if (held.length === 0) return [];
  const asked = { spaceIds: held.map(one => one.spaceId), days };
  const byResource = await byResourceOf(work, asked.spaceIds);
  const bookings = await grantedOnDays(work, asked);
  const known = await grants.selectOn(work, asked);
  const told: GrantId[] = [];
  for (const lock of held) {
    const here = <T extends { readonly spaceId: string }>(one: T) => one.spaceId === lock.spaceId;
    const facts = { lock, byResource, bookings: bookings.filter(here), known: known.filter(here) };
    told.push(...(await settleSpace(work, means, facts)));
  }
  return tell(work, told);
}

/** The same for all that is to come in one space, when its lock or its doors are set; `again` tells everything anew. */
export async function settleAhead(
  work: Work,
  means: Means,
  { spaceId, zone, again }: { readonly spaceId: Id<'spc'>; readonly zone: string; readonly again?: boolean },
): Promise<readonly GrantId[]> {
  const [lock] = await locks.lockLocks(work, [spaceId]);
  if (!lock) return [];
  const facts = {
    lock,
    again,
    byResource: await byResourceOf(work, [spaceId]),
    bookings: await bookingsAhead(work, { spaceId, from: localDay(work.now, zone) }),
    known: await grants.selectAhead(work, spaceId),
  };
  const mended = await grants.retryFailed(work, spaceId);
  return tell(work, [...new Set([...mended, ...(await settleSpace(work, means, facts))])]);
}

/** Tells again what someone had to mend first. */
export const retry = async (work: Work, spaceId: Id<'spc'>): Promise<readonly GrantId[]> =>
  tell(work, await grants.retryFailed(work, spaceId));
