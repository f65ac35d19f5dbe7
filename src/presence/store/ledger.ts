import type { Id } from '../../kernel/ids.ts';
import { BrokenInvariant } from '../../kernel/outcome.ts';
import { addDays, type Day, mondayOf } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { announce } from '../../platform/outbox.ts';
import type { Secrets } from '../../platform/secrets.ts';
import type { AttestationId } from '../attestation.ts';
import { freshBytes, pseudonymOf } from '../codes.ts';
import type { Standing } from '../facts.ts';
import {
  type Author,
  attestationOf,
  halvesWanted,
  type PersonLink,
  type Plan,
  type Recorded,
  type Remains,
  type ReversalReason,
  replacementOf,
  reversalOf,
} from '../ledger.ts';
import * as attestations from './attestation.ts';
import { holdJudging, judgeAgain } from './judgement.ts';

/** Links people to their pseudonyms, making those that are missing. */
export async function linksOf(
  work: Work,
  personIds: readonly Id<'per'>[],
  secrets: Secrets,
): Promise<readonly PersonLink[]> {
  const known = await attestations.selectLinks(work, { personIds });
  const missing = personIds.filter(id => !known.some(link => link.personId === id));
  if (missing.length === 0) return known;
  const made = missing.map(personId => {
    const personKey = freshBytes(secrets('presence person keys'), work.newId('key'));
    return { personId, pseudonym: pseudonymOf(personKey, personId), personKey };
  });
  await attestations.insertLinks(work, made);
  // Whoever links the same person at the same time wins or loses as a whole: what is kept is read again.
  return attestations.selectLinks(work, { personIds });
}

const salted = (work: Work, secrets: Secrets): Uint8Array => freshBytes(secrets('presence salts'), work.newId('slt'));

export type Taken = Recorded & { readonly why: ReversalReason; readonly author: Author | null };

/** Writes reversing rows and gives the halves back. */
export async function reverseAll(work: Work, kept: readonly Taken[], secrets: Secrets): Promise<void> {
  if (kept.length === 0) return;
  await holdJudging(work);
  const made = kept.map(one => ({ one, attestationId: work.newId('prs'), salt: salted(work, secrets) }));
  await attestations.insertAttestations(
    work,
    made.map(({ one, ...fresh }) => reversalOf(one, { ...fresh, reason: one.why, author: one.author })),
  );
  await attestations.insertSalts(work, made);
  await attestations.giveHalvesBack(
    work,
    kept.map(one => one.attestationId),
  );
}

/** Takes a day back and writes what remains of it in its place. */
export async function replaceOne(
  work: Work,
  taken: Taken & { readonly author: Author },
  { remains, secrets }: { readonly remains: Remains; readonly secrets: Secrets },
): Promise<AttestationId> {
  await reverseAll(work, [taken], secrets);
  const fresh = { attestationId: work.newId('prs'), salt: salted(work, secrets) };
  const row = replacementOf(taken, { ...fresh, author: taken.author, remains });
  const held = await attestations.selectHalves(work, { pseudonyms: [row.pseudonym], days: [row.day] });
  const got = await attestations.takeHalves(work, halvesWanted([row], held));
  if (got.length < row.halves) throw new BrokenInvariant('halves just given back are free for what replaces them');
  await attestations.insertAttestations(work, [row]);
  await attestations.insertSalts(work, [fresh]);
  return row.attestationId;
}

/** Presences judged before whose facts others have changed: same space and day, same person and week. */
export async function lookAgain(
  work: Work,
  changed: readonly { readonly pseudonym: string; readonly spaceId: Id<'spc'>; readonly day: Day }[],
): Promise<void> {
  if (changed.length === 0) return;
  await holdJudging(work);
  const days = changed.map(one => one.day).toSorted();
  const [from, to] = [days[0]!, days.at(-1)!];
  await judgeAgain(work, { spaceIds: [...new Set(changed.map(one => one.spaceId))], from, to });
  const pseudonyms = [...new Set(changed.map(one => one.pseudonym))];
  await judgeAgain(work, { pseudonyms, from: mondayOf(from), to: addDays(mondayOf(to), 6) });
}

export interface Additions {
  readonly add: Plan['add'];
  readonly links: readonly PersonLink[];
  /** INSEE code of the commune of each space. */
  readonly communes: ReadonlyMap<Id<'spc'>, string>;
  readonly secrets: Secrets;
}

/** Writes what obtained its halves: a person-day that is full by then adds nothing. */
export async function addAll(work: Work, { add, links, communes, secrets }: Additions): Promise<readonly Standing[]> {
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
  return made.map(({ attestationId, halves, shown: { pseudonym, spaceId, day } }) => ({
    attestationId,
    pseudonym,
    spaceId,
    day,
    halves,
  }));
}

/** Tells who listens that a day is no longer what it was; `added` is what takes its place, when something does. */
export async function announceChange(
  work: Work,
  { reversed, added }: { readonly reversed: Recorded; readonly added: AttestationId | null },
): Promise<void> {
  const { attestationId, day } = reversed;
  if (added === null) {
    await announce(work, { event: 'presence.reversed', payload: { attestation_id: attestationId, day } });
  } else {
    const payload = { attestation_ids: [added], reversed_ids: [attestationId] };
    await announce(work, { event: 'presence.attested', payload });
  }
}
