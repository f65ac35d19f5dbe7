import { sha256 } from '../../kernel/canonical.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Scope } from '../../kernel/scope.ts';
import { addDays, localDay, wallTime } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work, WorkSource } from '../../platform/database.ts';
import { type TokenAsked, tokenPrefix, tokenRefusal } from '../access-token.ts';
import * as store from '../store/access-token.ts';
import { words } from '../words.ts';

// Tokens by which a program acts for someone: it may never do more than they may at that moment, and only in its scopes.

const zone = 'Europe/Paris';

export interface MadeToken {
  readonly tokenId: Id<'pat'>;
  /** Told here and never again: only its hash is kept. */
  readonly token: string;
}

/** Makes a token for a program of the actor; `known` are the scopes of this API, and `byToken` says that a token asks. */
export async function makeToken(
  work: Work,
  actor: Actor,
  { known, byToken, ...asked }: TokenAsked & { readonly known: readonly Scope[]; readonly byToken: boolean },
): Promise<Outcome<MadeToken>> {
  const refusal = tokenRefusal(asked, { today: localDay(work.now, zone), known, byToken });
  if (refusal) return refuse(refusal);
  const token = tokenPrefix + [work.newId('tok'), work.newId('tok')].map(id => id.slice(4)).join('');
  const tokenId = work.newId('pat');
  await store.insertToken(work, {
    ...{ tokenId, personId: actor.personId, name: asked.name.trim(), tokenSha256: sha256(token) },
    ...{ scopes: [...new Set(asked.scopes)].sort() as Scope[], expires_at: wallTime(addDays(asked.until, 1), 0, zone) },
  });
  return accept({ tokenId, token });
}

/** The actor's tokens that still open something, the newest first. */
export const tokensOf = (work: Work, actor: Actor): Promise<readonly store.AccessToken[]> =>
  store.tokensOf(work, actor.personId);

/** Takes a token back: it opens nothing from now on. */
export const revokeToken = async (work: Work, actor: Actor, tokenId: string): Promise<Outcome<null>> =>
  (await store.revokeToken(work, { tokenId, personId: actor.personId })) ? accept(null) : refuse(words.unknownToken());

/** Who a program's token speaks for, and what it opens; refused once it is over. Outside any unit of work. */
export async function bearerOf(
  { db, clock }: Pick<WorkSource, 'db' | 'clock'>,
  networkId: Id<'net'>,
  token: string,
): Promise<Outcome<store.Bearer>> {
  const now = clock();
  const asked = { networkId, tokenSha256: sha256(token), now, today: localDay(now, zone) };
  const bearer = await store.bearerOf(db, asked);
  return bearer === null ? refuse(words.tokenRefused()) : accept(bearer);
}
