import { type RawBuilder, sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Work } from '../../platform/database.ts';

export interface Tag {
  readonly tagId: Id<'tag'>;
  readonly spaceId: Id<'spc'>;
  /** The desk that it lies on; null at the entrance. */
  readonly resourceId: Id<'res'> | null;
  readonly name: string;
}

export interface SealedTag extends Tag {
  readonly uidMac: Uint8Array;
  readonly keysSealed: Uint8Array;
}

const select = async (work: Work, where: RawBuilder<unknown>): Promise<readonly SealedTag[]> => {
  const found = await sql<SealedTag>`select tag_id as "tagId", space_id as "spaceId", resource_id as "resourceId", name,
      uid_mac as "uidMac", keys_sealed as "keysSealed"
    from presence.tag where network_id = ${work.networkId} and revoked_at is null and ${where}
    order by name, tag_id`.execute(work.tx);
  return found.rows;
};

/** A tag in service. */
export const selectTag = async (work: Work, tagId: string): Promise<SealedTag | undefined> =>
  (await select(work, sql`tag_id = ${tagId}`))[0];

export const selectTagsAt = (work: Work, spaceId: Id<'spc'>): Promise<readonly SealedTag[]> =>
  select(work, sql`space_id = ${spaceId}`);

/** False when the tag is in service already. */
export const insertTag = async (work: Work, tag: SealedTag, by: Id<'per'>): Promise<boolean> => {
  const added =
    await sql`insert into presence.tag (network_id, tag_id, space_id, resource_id, name, uid_mac, keys_sealed,
      registered_by, registered_at)
    values (${work.networkId}, ${tag.tagId}, ${tag.spaceId}, ${tag.resourceId}, ${tag.name}, ${tag.uidMac},
      ${tag.keysSealed}, ${by}, ${work.now.toString()})
    on conflict do nothing returning 1`.execute(work.tx);
  return added.rows.length === 1;
};

/** Uses a reading; false when it was used, or a later one was. */
export const takeReading = async (work: Work, tagId: Id<'tag'>, counter: number): Promise<boolean> => {
  const used = await sql`update presence.tag set last_counter = ${counter}
    where network_id = ${work.networkId} and tag_id = ${tagId} and last_counter < ${counter} returning 1`.execute(
    work.tx,
  );
  return used.rows.length === 1;
};

export const revokeTag = async (work: Work, tagId: Id<'tag'>, by: Id<'per'>): Promise<void> => {
  await sql`update presence.tag set revoked_by = ${by}, revoked_at = ${work.now.toString()}
    where network_id = ${work.networkId} and tag_id = ${tagId} and revoked_at is null`.execute(work.tx);
};
