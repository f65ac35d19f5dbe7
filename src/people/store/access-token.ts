import { sql } from 'kysely';
import type { Id } from '../../kernel/ids.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { Day, Instant } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Database, Work } from '../../platform/database.ts';

export interface AccessToken {
  readonly tokenId: Id<'pat'>;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly made_at: Instant;
  readonly expires_at: Instant;
  readonly lastUsedOn: Day | null;
}

export async function insertToken(
  work: Work,
  token: Omit<AccessToken, 'made_at' | 'lastUsedOn'> & { readonly personId: string; readonly tokenSha256: string },
): Promise<void> {
  await sql`insert into people.access_token (network_id, token_id, person_id, name, token_sha256, scopes, made_at, expires_at)
    values (${work.networkId}, ${token.tokenId}, ${token.personId}, ${token.name}, ${token.tokenSha256}, ${token.scopes},
      ${work.now.toString()}, ${token.expires_at.toString()})`.execute(work.tx);
}

/** Tokens of a person that still open something, the newest first. */
export async function tokensOf(work: Work, personId: string): Promise<readonly AccessToken[]> {
  const found = await sql<AccessToken>`select token_id as "tokenId", name, scopes, made_at, expires_at,
      last_used_on as "lastUsedOn"
    from people.access_token where network_id = ${work.networkId} and person_id = ${personId} and revoked_at is null
      and expires_at > ${work.now.toString()} order by made_at desc, token_id desc`.execute(work.tx);
  return found.rows;
}

/** False when it is nobody's or someone else's; one revoked before stays so. */
export async function revokeToken(
  work: Work,
  { tokenId, personId }: { readonly tokenId: string; readonly personId: string },
): Promise<boolean> {
  const revoked = await sql`update people.access_token set revoked_at = coalesce(revoked_at, ${work.now.toString()})
    where network_id = ${work.networkId} and token_id = ${tokenId} and person_id = ${personId}`.execute(work.tx);
  return revoked.numAffectedRows === 1n;
}

export interface Bearer {
  readonly actor: Actor;
  readonly scopes: readonly Scope[];
}

/** Who is behind a token at a moment, with the roles held then and what it opens: one statement, as every request asks. */
export async function bearerOf(
  db: Database,
  asked: { readonly networkId: string; readonly tokenSha256: string; readonly now: Instant; readonly today: Day },
): Promise<Bearer | null> {
  const found = await sql<Actor & { scopes: readonly Scope[] }>`select "personId", "firstName", memberships, scopes
    from people.actor_of_token(${asked.networkId}, ${asked.tokenSha256}, ${asked.now.toString()}::timestamptz,
      ${asked.today}::date)`.execute(db);
  const [row] = found.rows;
  if (row === undefined) return null;
  const { scopes, ...actor } = row;
  return { actor, scopes };
}
