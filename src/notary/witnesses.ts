import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import type { Instant } from '../kernel/time.ts';
import { type Cosignature, cosignaturesIn } from './cosignature.ts';
import { keyTypes, type NoteKey, parseVkey } from './note.ts';
import type { Hash } from './tree.ts';
import { words } from './words.ts';

/** What a witness said last, in the words of C2SP tlog-witness; the last three are no answer at all, or none that helps. */
export type Answer =
  | 'cosigned'
  /** It has seen a larger log than ours. */
  | 'ahead'
  /** It has seen another history than ours. */
  | 'other_history'
  | 'unknown_log'
  | 'unknown_key'
  | 'bad_answer'
  | 'unreachable';

export interface Witness {
  readonly witnessId: string;
  readonly name: string;
  /** Verifier key of type `0x04`. */
  readonly vkey: string;
  /** Submission prefix: `/add-checkpoint` follows it. */
  readonly url: string;
  readonly askedAt: Instant | null;
  readonly answer: Answer | null;
  /** Size of the largest log that it was heard to know. */
  readonly knownSize: number | null;
}

/** A dated word of a witness, or of the log itself, on one checkpoint. */
export interface CosignatureRow {
  readonly size: number;
  readonly vkey: string;
  readonly signedAt: Instant;
  /** The signature line, with its newline. */
  readonly line: string;
}

export type WitnessAsked = Pick<Witness, 'name' | 'vkey' | 'url'>;

/** An address that `/add-checkpoint` can follow. */
const isPrefix = (text: string): boolean => /^https?:\/\/[^\s?#@]+$/.test(text) && URL.canParse(text);

/** The witness as kept, or the first thing wrong. */
export function checkedWitness(asked: WitnessAsked): Outcome<WitnessAsked> {
  const [name, vkey, url] = [asked.name.trim(), asked.vkey.trim(), asked.url.trim().replace(/\/+$/, '')];
  if (name === '' || name.length > 100) return refuse(words.badName);
  if (!parseVkey(vkey, keyTypes.cosignature)) return refuse(words.badVkey);
  return isPrefix(url) ? accept({ name, vkey, url }) : refuse(words.badUrl);
}

/** What is posted to `<prefix>/add-checkpoint`. */
export const submission = (
  { oldSize, proof }: { readonly oldSize: number; readonly proof: readonly Hash[] },
  note: string,
): string => [`old ${oldSize}`, ...proof.map(hash => Buffer.from(hash).toString('base64')), '', note].join('\n');

export type Reply =
  | { readonly answer: 'cosigned'; readonly cosignature: Cosignature }
  /** Our idea of what the witness knows was wrong: it knows this size. */
  | { readonly answer: 'conflict'; readonly size: number }
  | { readonly answer: Exclude<Answer, 'cosigned' | 'ahead' | 'unreachable'> };

/** How far a witness's clock may be ahead of ours, in seconds. */
const clockAhead_s = 300;

const knownSize = (body: string): number | null => {
  const digits = /^(0|[1-9]\d{0,14})\n$/.exec(body)?.[1];
  return digits === undefined ? null : Number(digits);
};

/** Reads an answer. A cosignature is kept only when it holds for our text, under the witness's key, and not from the future. */
export function readReply(
  { status, body }: { readonly status: number; readonly body: string },
  asked: { readonly text: string; readonly key: NoteKey; readonly now_s: number },
): Reply {
  if (status === 200) {
    const sound = cosignaturesIn(body, asked.text, [asked.key]).filter(
      one => one.signed_at_s <= asked.now_s + clockAhead_s,
    );
    const latest = [...sound].sort((a, b) => b.signed_at_s - a.signed_at_s)[0];
    return latest ? { answer: 'cosigned', cosignature: latest } : { answer: 'bad_answer' };
  }
  const size = status === 409 ? knownSize(body) : null;
  if (size !== null) return { answer: 'conflict', size };
  if (status === 422) return { answer: 'other_history' };
  if (status === 404) return { answer: 'unknown_log' };
  return { answer: status === 403 ? 'unknown_key' : 'bad_answer' };
}

/** The largest log that someone in service is known to have seen beyond `size`, or whose history is not ours; null for none. */
export const whoSawMore = (witnesses: readonly Witness[], size: number): Witness | null =>
  witnesses.find(one => (one.knownSize ?? 0) > size || one.answer === 'other_history') ?? null;
