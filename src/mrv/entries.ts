import { createCipheriv, hash } from 'node:crypto';
import { type Canonical, canonical } from '../kernel/canonical.ts';
import { type Hash, leafHash } from '../notary/notary.ts';
import { type Account, type Counted, isCredited } from './account.ts';
import { type CountedLeg, type CountedTrip, personDayOf } from './line.ts';

/** The legs of a trip and what it replaced, as a line's payload tells them. */
export const tripTold = (trip: CountedTrip | null): { readonly [key: string]: Canonical } => {
  const legs = (side: readonly CountedLeg[] | undefined): Canonical => (side ?? []).map(leg => ({ ...leg }));
  return {
    x: trip?.x ?? 1,
    replaced: trip?.replaced ?? 'unknown',
    replaced_source: trip?.replaced_source ?? 'none',
    reference: legs(trip?.reference),
    actual: legs(trip?.actual),
    space_energy_mg: trip?.space_energy_mg ?? '0',
  };
};

/** All that a payload needs, from a line just made or one read back. */
export interface Told extends Omit<Account, 'trip' | 'reverses'> {
  readonly lineId: string;
  readonly reverses: { readonly lineId: string } | null;
  readonly trip: { readonly [key: string]: Canonical };
}

/** A day is `1`, a half-day `1/2`. */
export const shareOf = ({ halves }: { readonly halves: 1 | 2 }): string => (halves === 2 ? '1' : '1/2');

/** What a line's leaf commits to: `docs/reference/dossier.md` §3. */
export const payloadOf = ({ lineId, trip, ...account }: Told): { readonly [key: string]: Canonical } => ({
  ...trip,
  line: lineId,
  vintage: account.vintage,
  share: shareOf(account),
  evidence: account.evidence,
  scheme: account.scheme,
  claimant: account.claimant,
  employer: account.employerId,
  credited: account.reason === 'credited',
  reason: account.reason,
  reverses: account.reverses?.lineId ?? null,
  under: account.under,
  gross_mg: account.gross_mg,
  net_mg: account.net_mg,
  avoided_m: String(account.avoided_m),
  unallocated_m: String(account.unallocated_m),
});

const hidden = '\u0000';

/** Lines of one account differ by their id alone: the rest of their canonical payload is written once, as bytes. */
interface Around {
  readonly before: Buffer;
  readonly after: Buffer;
}

function payloadAround(account: Account): Around {
  const text = canonical(payloadOf({ ...account, lineId: hidden, trip: tripTold(account.trip) }));
  const [before, after] = text.split('\\u0000') as [string, string];
  return { before: Buffer.from(before), after: Buffer.from(after) };
}

/** The log entry of a line, in canonical JSON: two commitments, a place, a day; no hour. */
export const entryText = (
  {
    site,
    day,
    personCommit,
    account,
  }: Pick<Counted, 'site' | 'day' | 'personCommit'> & {
    readonly account: Pick<Account, 'reverses'>;
  },
  { seq, payloadCommit }: { readonly seq: number; readonly payloadCommit: string },
): string =>
  `{"day":"${day}","payload_commit":"${payloadCommit}","person_commit":"${personCommit}","seq":${seq},"site":"${site}","type":"${
    account.reverses === null ? 'presence' : 'reversal'
  }"}`;

/** `SHA-256(salt ‖ canonical payload)`, in hex. */
export const payloadCommit = (salt: Uint8Array, payload: string): string =>
  hash('sha256', Buffer.concat([salt, Buffer.from(payload)]));

/** A line in its place in the log. */
export interface Sealed extends Counted {
  readonly seq: number;
  readonly lineId: string;
  /** 32 bytes: with the rest destroyed too, nothing can be guessed from the leaf. */
  readonly salt: Uint8Array;
  /** 32 bytes. */
  readonly leaf: Hash;
  readonly personDay: string | null;
}

const [salt_bytes, id_bytes] = [32, 13];
/** AES blocks of chance a line: 48 bytes. */
const [line_blocks, block_bytes] = [3, 16];

/** The chance of `count` lines from place `seq` on: AES-256 in counter mode under the seed, three blocks a place. */
function chanceFor(seed: Uint8Array, seq: number, count: number): Buffer {
  const counter = Buffer.alloc(block_bytes);
  counter.writeBigUInt64BE(BigInt(seq) * BigInt(line_blocks), block_bytes - 8);
  return createCipheriv('aes-256-ctr', seed, counter).update(Buffer.alloc(count * line_blocks * block_bytes));
}

/**
 * Puts counted lines in their places, from `seq` on. `seed` is 32 bytes of chance that nobody keeps: each line's id and salt
 * follow from it and its place, and cannot be made again once it is gone. A million lines pass here, hence the one buffer.
 */
export function sealer(seed: Uint8Array) {
  const known = new Map<Account, Around>();
  const aroundOf = (account: Account): Around => {
    const around = known.get(account) ?? payloadAround(account);
    known.set(account, around);
    return around;
  };
  let scratch = Buffer.alloc(4_096);
  const commitTo = (salt: Buffer, lineId: string, { before, after }: Around): string => {
    const length = salt_bytes + before.length + lineId.length + after.length;
    if (scratch.length < length) scratch = Buffer.alloc(2 * length);
    let at = salt.copy(scratch, 0);
    at += before.copy(scratch, at);
    at += scratch.write(lineId, at, 'latin1');
    after.copy(scratch, at);
    return hash('sha256', scratch.subarray(0, length));
  };
  return (counted: readonly Counted[], seq: number): readonly Sealed[] => {
    const chance = chanceFor(seed, seq, counted.length);
    return counted.map((line, i) => {
      const place = seq + i;
      const at = i * line_blocks * block_bytes;
      const salt = chance.subarray(at, at + salt_bytes);
      const lineId = `lin_${chance.toString('hex', at + salt_bytes, at + salt_bytes + id_bytes)}`;
      const entry = entryText(line, { seq: place, payloadCommit: commitTo(salt, lineId, aroundOf(line.account)) });
      const { account, presenceId, personCommit, site, day } = line;
      const personDay = isCredited(line) ? personDayOf(line) : null;
      const sealed = { seq: place, lineId, salt, leaf: leafHash(entry), personDay };
      return { account, presenceId, personCommit, site, day, ...sealed };
    });
  };
}
