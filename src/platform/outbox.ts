import { sql } from 'kysely';
import type { Canonical } from '../kernel/canonical.ts';
import type { Work } from './database.ts';

/** Something that happened, in the words of the room that says it: `presence.attested`. */
export interface Announcement {
  readonly event: `${string}.${string}`;
  /** Ids and plain values: a listener reads the rest itself. */
  readonly payload: { readonly [key: string]: Canonical };
}

/** Says it in the transaction where it happened: a listener hears it after commit, or never if there is none. */
export async function announce(work: Work, { event, payload }: Announcement): Promise<void> {
  const heard = { ...payload, network_id: work.networkId };
  await sql`select platform.announce(${event}, ${JSON.stringify(heard)}::json)`.execute(work.tx);
}
