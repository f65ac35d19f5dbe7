import { bookingsNamed } from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { addSeconds, type Instant, isBefore } from '../../kernel/time.ts';
import { inNetwork, type Work, type WorkSource } from '../../platform/database.ts';
import type { Told } from '../contract.ts';
import { type Failure, type Grant, type GrantId, isAway, nextTry } from '../grant.ts';
import { holderOf, type KeyFor, unseal } from '../seal.ts';
import * as grants from '../store/grant.ts';
import * as locks from '../store/lock.ts';
import { askGroups, type Heard, type Line, tellGrant } from './calling.ts';
import { aboutGrant, aboutSpace } from './settling.ts';

// Locks are told outside any transaction: what to say is read and kept for one teller, then said, then what was answered is written.

export interface World extends WorkSource {
  readonly secrets: KeyFor;
  /** How long a lock may take to answer; five seconds unless said otherwise. */
  readonly patience_ms?: number;
}

/** Longer than any call: whoever was telling and is gone gives way to another. */
const sending_s = 30;
/** A grant that changes while it is told is told again at once; beyond this, a minute later. */
const mostRounds = 8;

interface Sending {
  readonly grant: Grant;
  /** Null when the token or the code can no longer be read. */
  readonly call: { readonly line: Line; readonly told: Told } | null;
}

const isSending = ({ sendingUntil }: Grant, now: Instant): boolean =>
  sendingUntil !== null && isBefore(now, sendingUntil);

async function callFor(work: Work, secrets: KeyFor, grant: Grant): Promise<Sending['call']> {
  const lock = await locks.selectLock(work, grant.spaceId);
  const token = lock && unseal(secrets, lock.token, aboutSpace(work, grant.spaceId));
  const pin = grant.pin && unseal(secrets, grant.pin.sealed, aboutGrant(work, grant.grantId));
  if (token === null || (grant.pin !== null && pin === null)) return null;
  const [booking] = await bookingsNamed(work, [grant.bookingId]);
  const holder = booking ? holderOf(secrets, booking.personId, aboutSpace(work, grant.spaceId)) : '';
  const { grantId, revision, spaceId, groups, during } = grant;
  const open = grant.wanted === 'open' ? { holder, groups, pin } : null;
  return {
    line: { lock: lock!, token },
    told: { grantId, revision, spaceId, open, from: during.from, until: during.to },
  };
}

/** What to say of a grant, kept for this teller; null when there is nothing to say, or someone else is saying it. */
async function begin(work: Work, secrets: KeyFor, grantId: string): Promise<Sending | null> {
  const grant = await grants.lockGrant(work, grantId);
  if (!grant || grant.nextTryAt === null || isBefore(work.now, grant.nextTryAt) || isSending(grant, work.now))
    return null;
  if (!isBefore(work.now, grant.during.to)) return null;
  if (grant.wanted === 'withdrawn' && grant.sentRevision === 0) {
    await grants.markTold(work, grant);
    return null;
  }
  await grants.markSending(work, grant, addSeconds(work.now, sending_s));
  return { grant, call: await callFor(work, secrets, grant) };
}

type Said = Pick<Heard, 'failure' | 'status'>;

/** Writes what the lock answered. True when the grant has changed meanwhile, so that it must be told again. */
async function end(work: Work, { grantId, revision }: Grant, { failure, status }: Said): Promise<boolean> {
  const grant = await grants.lockGrant(work, grantId);
  if (!grant) return false;
  if (grant.revision !== revision) {
    await grants.stopSending(work, grantId);
    return true;
  }
  if (failure === null) await grants.markTold(work, grant);
  else {
    const nextTryAt = nextTry(failure, grant.attempts + 1, { now: work.now, opens: grant.during.from });
    await grants.markFailed(work, grantId, { failure, status, nextTryAt });
  }
  return false;
}

/** Tells a lock of one grant until it knows what is wanted, or does not answer; says why when it does not. */
async function tellOne(world: World, networkId: Id<'net'>, grantId: string): Promise<Failure | null> {
  const run = <T>(task: (work: Work) => Promise<T>) => inNetwork(world, networkId, task);
  for (let round = 0; round < mostRounds; round++) {
    const sending = await run(work => begin(work, world.secrets, grantId));
    if (sending === null) return null;
    const { grant, call } = sending;
    const said: Said = call
      ? await tellGrant(call.line, call.told, world.patience_ms)
      : { failure: 'token_lost', status: null };
    if (!(await run(work => end(work, grant, said)))) return said.failure;
  }
  return null;
}

/** Tells each lock of its grants, in order. Once a lock does not answer, its other grants wait for the clock. */
export async function tellDoors(
  world: World,
  networkId: Id<'net'>,
  waiting: readonly Pick<Grant, 'grantId' | 'spaceId'>[],
): Promise<void> {
  const away = new Set<string>();
  for (const { grantId, spaceId } of waiting) {
    if (away.has(spaceId)) continue;
    const failure = await tellOne(world, networkId, grantId);
    if (failure !== null && isAway(failure)) away.add(spaceId);
  }
}

/** Tells what was just changed. */
export async function tellChanged(world: World, networkId: Id<'net'>, grantIds: readonly GrantId[]): Promise<void> {
  await tellDoors(world, networkId, await inNetwork(world, networkId, work => grants.selectNamed(work, grantIds)));
}

/** Tells what waits, and what failed and may have mended. */
export async function tellDue(world: World, networkId: Id<'net'>): Promise<void> {
  await tellDoors(world, networkId, await inNetwork(world, networkId, grants.selectDue));
}

/** Asks a space's lock for its groups of doors, and keeps them; `null` when no lock is set there. */
export async function checkLock(world: World, networkId: Id<'net'>, spaceId: string): Promise<Said | null> {
  const run = <T>(task: (work: Work) => Promise<T>) => inNetwork(world, networkId, task);
  const line = await run(async work => {
    const lock = await locks.selectLock(work, spaceId);
    return lock && { lock, token: unseal(world.secrets, lock.token, aboutSpace(work, spaceId)) };
  });
  if (line === null) return null;
  const { lock, token } = line;
  const heard =
    token === null
      ? ({ failure: 'token_lost', status: null, groups: [] } as const)
      : await askGroups({ lock, token }, world.patience_ms);
  await run(async work => {
    await locks.noteCheck(work, spaceId, heard);
    if (heard.failure === null) await locks.replaceGroups(work, spaceId, heard.groups);
  });
  return { failure: heard.failure, status: heard.status };
}
