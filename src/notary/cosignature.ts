import {
  isBy,
  isSigned,
  keyTypes,
  lineOf,
  type NoteKey,
  type NoteSigner,
  noteKey,
  parseLine,
  signText,
} from './note.ts';

/** C2SP tlog-cosignature, Ed25519: "at that moment, this was the largest log I had seen, and it only grew". */
export interface Cosignature {
  readonly key: NoteKey;
  /** Seconds since 1970. */
  readonly signed_at_s: number;
  /** The signature line, with its newline. */
  readonly line: string;
}

const timeLength = 8;
/** The end of the year 9999: a later moment is a mistake, and stays a safe integer no longer. */
const latest_s = 253_402_300_799n;

/** What is signed: two lines of its own, then the checkpoint's text. The first keeps it from passing for a checkpoint. */
const signedText = (text: string, at_s: number | bigint): string => `cosignature/v1\ntime ${at_s}\n${text}`;

/** The same secret under the type of cosignatures, and so with another key id. */
export const cosigner = ({ key, seed }: NoteSigner): NoteSigner => ({ key: cosignerKey(key), seed });

export const cosignerKey = ({ name, publicKey }: NoteKey): NoteKey => noteKey(name, publicKey, keyTypes.cosignature);

/** One cosignature line over the text of a checkpoint. */
export function cosign(text: string, signer: NoteSigner, at_s: number): string {
  const time = Buffer.alloc(timeLength);
  time.writeBigUInt64BE(BigInt(at_s));
  return lineOf(signer.key, Buffer.concat([time, signText(signedText(text, at_s), signer)]));
}

function readLine(line: string, text: string, keys: readonly NoteKey[]): readonly Cosignature[] {
  const signature = parseLine(line);
  const key = signature && keys.find(known => known.type === keyTypes.cosignature && isBy(signature, known));
  if (!signature || !key || signature.bytes.length <= timeLength) return [];
  const at_s = Buffer.from(signature.bytes).readBigUInt64BE();
  if (at_s > latest_s || !isSigned(signedText(text, at_s), signature.bytes.subarray(timeLength), key)) return [];
  return [{ key, signed_at_s: Number(at_s), line: `${line}\n` }];
}

/** The cosignatures in some signature lines that hold for this text, by keys one trusts; all others are passed over. */
export const cosignaturesIn = (lines: string, text: string, keys: readonly NoteKey[]): readonly Cosignature[] =>
  lines.split('\n').flatMap(line => readLine(line, text, keys));
