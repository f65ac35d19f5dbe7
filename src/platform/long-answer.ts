import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { toJson } from './first-answer.ts';

/** Characters beyond which an answer is handed over as bytes: the framework reads a text letter by letter, bytes at once. */
const longText = 16_384;
/** Items from which a list is written one by one: encoded as one text with the rest, it takes three times as long. */
const longList = 50;

const written = (value: unknown): Buffer => Buffer.from(toJson(value));

function* piecesOf(entries: readonly (readonly [string, unknown])[]): Generator<Buffer> {
  for (const [n, [name, value]] of entries.entries()) {
    yield Buffer.from(`${n === 0 ? '{' : ','}${JSON.stringify(name)}:`);
    if (!Array.isArray(value)) yield written(value);
    else {
      for (const [i, item] of value.entries()) yield Buffer.from((i === 0 ? '[' : ',') + toJson(item));
      yield Buffer.from(value.length === 0 ? '[]' : ']');
    }
  }
  yield Buffer.from('}');
}

/** JSON of an answer: a text, or bytes where it is long. */
export function jsonOf(answer: unknown): string | Buffer<ArrayBuffer> {
  if (typeof answer === 'object' && answer !== null && !Array.isArray(answer)) {
    const entries = Object.entries(answer).filter(([, value]) => value !== undefined);
    if (entries.some(([, value]) => Array.isArray(value) && value.length >= longList))
      return Buffer.concat([...piecesOf(entries)]);
  }
  const text = toJson(answer);
  return text.length > longText ? Buffer.from(text) : text;
}

const compress = promisify(gzip);

/** Bytes compressed at once, in another thread: handed over in a stream, each of its pieces waits its turn there. */
export const gzipped = (bytes: Buffer): Promise<Buffer<ArrayBuffer>> => compress(bytes, { level: 4 });
