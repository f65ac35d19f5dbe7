import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';

/** A badge in use: whose, and in which space. Its number is known by a keyed hash. */
export interface Badge {
  readonly badgeId: Id<'bdg'>;
  readonly spaceId: Id<'spc'>;
  readonly personId: Id<'per'>;
  readonly registeredAt: Instant;
}

const select = async (work: Work, where: RawBuilder<unknown>): Promise<readonly Badge[]> => {
  const found = await sql<Badge>`select badge_id as "badgeId", space_id as "spaceId", person_id as "personId",
      registered_at as "registeredAt"
    from presence.badge where network_id = ${work.networkId} and withdrawn_at is null and ${where}
    order by registered_at desc, badge_id`.execute(work.tx);
  return found.rows;
};

export const selectBadge = async (work: Work, badgeId: string): Promise<Badge | undefined> =>
  (await select(work, sql`badge_id = ${badgeId}`))[0];

export const selectBadgesAt = (work: Work, spaceId: Id<'spc'>): Promise<readonly Badge[]> =>
  select(work, sql`space_id = ${spaceId}`);

export const selectBadgesOf = (work: Work, personId: Id<'per'>): Promise<readonly Badge[]> =>
  select(work, sql`person_id = ${personId}`);

export const selectBadgeByNumber = async (
  work: Work,
  { spaceId, numberMac }: { readonly spaceId: Id<'spc'>; readonly numberMac: Uint8Array },
): Promise<Badge | undefined> => (await select(work, sql`space_id = ${spaceId} and number_mac = ${numberMac}`))[0];

/** False when the badge is somebody's there already. */
export const insertBadge = async (
  work: Work,
  { badgeId, spaceId, personId, numberMac }: Omit<Badge, 'registeredAt'> & { readonly numberMac: Uint8Array },
  by: Id<'per'>,
): Promise<boolean> => {
  const added = await sql`insert into presence.badge (network_id, badge_id, space_id, person_id, number_mac,
      registered_by, registered_at)
    values (${work.networkId}, ${badgeId}, ${spaceId}, ${personId}, ${numberMac}, ${by}, ${work.now.toString()})
    on conflict do nothing returning 1`.execute(work.tx);
  return added.rows.length === 1;
};

export const withdraw = async (work: Work, badgeId: Id<'bdg'>): Promise<void> => {
  await sql`update presence.badge set withdrawn_at = ${work.now.toString()}
    where network_id = ${work.networkId} and badge_id = ${badgeId} and withdrawn_at is null`.execute(work.tx);
};

/** Destroys badges: one person's, or those withdrawn before a moment; says how many. */
export const deleteBadges = async (
  work: Work,
  which: { readonly personId: string } | { readonly withdrawnBefore: Instant },
): Promise<number> => {
  const gone = await sql`delete from presence.badge where network_id = ${work.networkId} and ${
    'personId' in which ? sql`person_id = ${which.personId}` : sql`withdrawn_at < ${which.withdrawnBefore.toString()}`
  }`.execute(work.tx);
  return Number(gone.numAffectedRows ?? 0);
};
