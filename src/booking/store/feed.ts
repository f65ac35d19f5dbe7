import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';

export interface Feed {
  readonly feedId: Id<'fed'>;
  /** Whose bookings; null for a space's. */
  readonly personId: Id<'per'> | null;
  readonly spaceId: Id<'spc'> | null;
  /** One desk of the space; null for all of it. */
  readonly resourceId: Id<'res'> | null;
  /** `busy`: hours alone. */
  readonly detail: 'full' | 'busy';
  readonly openedBy: Id<'per'>;
  readonly openedAt: Instant;
  readonly revokedAt: Instant | null;
}

const columns = sql`feed_id as "feedId", person_id as "personId", space_id as "spaceId", resource_id as "resourceId", detail,
  opened_by as "openedBy", opened_at as "openedAt", revoked_at as "revokedAt"`;

export async function insertFeed(
  work: Work,
  feed: Omit<Feed, 'openedAt' | 'revokedAt'> & { readonly tokenSha256: string },
): Promise<void> {
  await sql`insert into booking.feed (network_id, feed_id, person_id, space_id, resource_id, detail, token_sha256, opened_by,
      opened_at)
    values (${work.networkId}, ${feed.feedId}, ${feed.personId}, ${feed.spaceId}, ${feed.resourceId}, ${feed.detail},
      ${feed.tokenSha256}, ${feed.openedBy}, ${work.now.toString()})`.execute(work.tx);
}

export async function feedByToken(work: Work, tokenSha256: string): Promise<Feed | null> {
  const found = await sql<Feed>`select ${columns} from booking.feed
    where network_id = ${work.networkId} and token_sha256 = ${tokenSha256}`.execute(work.tx);
  return found.rows[0] ?? null;
}

/** The feeds that someone opened and has not taken back, the newest first. */
export async function feedsOf(work: Work, openedBy: Id<'per'>): Promise<readonly Feed[]> {
  const found = await sql<Feed>`select ${columns} from booking.feed
    where network_id = ${work.networkId} and opened_by = ${openedBy} and revoked_at is null
    order by opened_at desc, feed_id`.execute(work.tx);
  return found.rows;
}

/** False when this person never opened it; a feed already taken back stays so. */
export async function revokeFeed(
  work: Work,
  { feedId, openedBy }: { readonly feedId: string; readonly openedBy: Id<'per'> },
): Promise<boolean> {
  const found = await sql`update booking.feed set revoked_at = coalesce(revoked_at, ${work.now.toString()})
    where network_id = ${work.networkId} and feed_id = ${feedId} and opened_by = ${openedBy} returning 1`.execute(
    work.tx,
  );
  return found.rows.length > 0;
}

/** Nothing remains of the addresses of someone who asked to be forgotten. */
export async function forgetFeeds(work: Work, personId: Id<'per'>): Promise<number> {
  const gone = await sql`delete from booking.feed
    where network_id = ${work.networkId} and (opened_by = ${personId} or person_id = ${personId}) returning 1`.execute(
    work.tx,
  );
  return gone.rows.length;
}
