/**
 * ASN.1 values in their distinguished encoding (X.690 DER): what time-stamp tokens are made of. Definite lengths only, each
 * written in its one shortest way; tags of one byte.
 */
export interface Der {
  readonly tag: number;
  /** The whole value, tag and length included. */
  readonly bytes: Uint8Array;
  readonly content: Uint8Array;
}

export const tags = {
  integer: 0x02,
  octets: 0x04,
  nothing: 0x05,
  oid: 0x06,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
  /** `[n]` around other values. */
  context: (n: number) => 0xa0 + n,
} as const;

/** One value at the start of some bytes, or null when they are not DER. */
function first(bytes: Uint8Array): Der | null {
  // A byte that is not there reads as one that is refused.
  const [tag = 0x1f, short = 0x80] = bytes;
  if ((tag & 0x1f) === 0x1f || short === 0x80) return null;
  const more = short < 0x80 ? 0 : short & 0x7f;
  const length = more === 0 ? short : bytes.subarray(2, 2 + more).reduce((sum, byte) => sum * 256 + byte, 0);
  const shortest = more === 0 || (length >= 0x80 && bytes[2] !== 0);
  const end = 2 + more + length;
  if (!shortest || bytes.length < end) return null;
  return { tag, bytes: bytes.subarray(0, end), content: bytes.subarray(2 + more, end) };
}

/** The values one after the other in some bytes, to the last byte; null when they are not DER. */
export function derList(bytes: Uint8Array): readonly Der[] | null {
  const values: Der[] = [];
  for (let rest = bytes; rest.length > 0; ) {
    const value = first(rest);
    if (!value) return null;
    values.push(value);
    rest = rest.subarray(value.bytes.length);
  }
  return values;
}

/** What some bytes hold when they are one value, whole, with this tag. */
export function derOf(bytes: Uint8Array, tag: number): Der | null {
  const value = first(bytes);
  return value?.tag === tag && value.bytes.length === bytes.length ? value : null;
}

const lengthBytes = (length: number): Uint8Array => {
  if (length < 0x80) return Uint8Array.of(length);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Uint8Array.of(0x80 + bytes.length), bytes]);
};

/** A value around bytes or other values already encoded. */
export const der = (tag: number, ...contents: readonly Uint8Array[]): Uint8Array => {
  const content = Buffer.concat(contents);
  return Buffer.concat([Uint8Array.of(tag), lengthBytes(content.length), content]);
};

/** A whole number of 0 or more, from its bytes: as few as possible, and a zero in front where it would look negative. */
export const derInteger = (bytes: Uint8Array): Uint8Array => {
  const from = bytes.findIndex(byte => byte !== 0);
  const digits = from < 0 ? Uint8Array.of(0) : bytes.subarray(from);
  return der(tags.integer, digits[0]! >= 0x80 ? Uint8Array.of(0) : new Uint8Array(), digits);
};

/** `2.16.840.1.101.3.4.2.1` → its content bytes: 40 × first + second, then base 128 with the high bit on all but the last. */
const oidContent = (dotted: string): Uint8Array => {
  const [a, b, ...rest] = dotted.split('.').map(Number) as [number, number, ...number[]];
  return Uint8Array.from(
    [a * 40 + b, ...rest].flatMap(arc => {
      const digits = [arc % 128];
      for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128))
        digits.unshift(0x80 + (left % 128));
      return digits;
    }),
  );
};

export const derOid = (dotted: string): Uint8Array => der(tags.oid, oidContent(dotted));

export const isOid = (value: Der | undefined, dotted: string): boolean =>
  value?.tag === tags.oid && Buffer.compare(value.content, oidContent(dotted)) === 0;
