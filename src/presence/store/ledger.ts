import type { Id } from '../../kernel/ids.ts';
import type { Day } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import type { Secrets } from '../../platform/secrets.ts';
import type { AttestationId } from '../attestation.ts';
import { freshBytes, pseudonymOf } from '../codes.ts';
import {
  attestationOf,
  halvesWanted,
  type PersonLink,
  type Plan,
  type Recorded,
  type ReversalReason,
  reversalOf,
} from '../ledger.ts';
import * as attestations from './attestation.ts';

/** Links people to their pseudonyms, making those that are missing. */
export async function linksOf(
  work: Work,
  personIds: readonly Id<'per'>[],
  secrets: Secrets,
): Promise<readonly PersonLink[]> {
  const known = await attestations.selectLinks(work, { personIds });
  const missing = personIds.filter(id => !known.some(link => link.personId === id));
  if (missing.length === 0) return known;
  const key = await attestations.pseudonymKey(work, freshBytes(secrets('presence pseudonyms'), work.newId('key')));
  const made = missing.map(personId => ({
    personId,
    pseudonym: pseudonymOf(key, personId),
    personKey: freshBytes(secrets('presence person keys'), work.newId('key')),
  }));
  await attestations.insertLinks(work, made);
  // Whoever links the same person at the same time wins or loses as a whole: what is kept is read again.
  return attestations.selectLinks(work, { personIds });
}

const salted = (work: Work, secrets: Secrets): Uint8Array => freshBytes(secrets('presence salts'), work.newId('slt'));

/** Writes reversing rows and gives the halves back. */
export async function reverseAll(
  work: Work,
  kept: readonly (Recorded & { readonly why: ReversalReason })[],
  secrets: Secrets,
): Promise<void> {
  if (kept.length === 0) return;
  const made = kept.map(one => ({ one, attestationId: work.newId('prs'), salt: salted(work, secrets) }));
  await attestations.insertAttestations(
    work,
    made.map(({ one, attestationId, salt }) => reversalOf(one, { attestationId, reason: one.why, salt })),
  );
  await attestations.insertSalts(work, made);
  await attestations.giveHalvesBack(
    work,
    kept.map(one => one.attestationId),
  );
}

export interface Additions {
  readonly add: Plan['add'];
  readonly links: readonly PersonLink[];
  /** INSEE code of the commune of each space. */
  readonly communes: ReadonlyMap<Id<'spc'>, string>;
  readonly secrets: Secrets;
}

/** Writes what obtained its halves: a person-day that is full by then adds nothing. */
export async function addAll(
  work: Work,
  { add, links, communes, secrets }: Additions,
): Promise<readonly { readonly attestationId: AttestationId; readonly day: Day }[]> {
  if (add.length === 0) return [];
  const named = add.map(shown => ({ shown, attestationId: work.newId('prs') }));
  const pseudonyms = [...new Set(add.map(one => one.pseudonym))];
  const held = await attestations.selectHalves(work, { pseudonyms, days: [...new Set(add.map(one => one.day))] });
  const wanted = halvesWanted(
    named.map(({ shown, attestationId }) => ({ ...shown, attestationId })),
    held,
  );
  const got = new Map<string, number>();
  for (const { attestationId } of await attestations.takeHalves(work, wanted)) {
    got.set(attestationId, (got.get(attestationId) ?? 0) + 1);
  }
  const keys = new Map(links.map(link => [link.pseudonym, link.personKey]));
  const made = named.flatMap(({ shown, attestationId }) => {
    const halves = got.get(attestationId);
    if (halves === undefined) return [];
    const salt = salted(work, secrets);
    const communeCode = communes.get(shown.spaceId)!;
    const personKey = keys.get(shown.pseudonym)!;
    return [{ shown, attestationId, halves: halves === 2 ? (2 as const) : (1 as const), communeCode, personKey, salt }];
  });
  await attestations.insertAttestations(work, made.map(attestationOf));
  await attestations.insertSalts(work, made);
  return made.map(({ attestationId, shown: { day } }) => ({ attestationId, day }));
}
