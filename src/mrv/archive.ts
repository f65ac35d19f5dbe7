import { BrokenInvariant } from '../kernel/outcome.ts';

export interface ArchiveFile {
  readonly name: string;
  readonly content: Uint8Array;
}

/** CRC-32 of ZIP: reflected polynomial 0xEDB88320. */
const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

export const crc32 = (bytes: Uint8Array): number => {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = crcTable[(crc ^ byte) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
};

/** 1 January 1980 in ZIP's own calendar: an archive without a clock. */
const zipDate = 0x0021;
const version = 10;
const madeBy = 20;
const largest = 0xffffffff;
const nameShape = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;

/** Little-endian fields, as `[bytes, value]` pairs. */
const fields = (...pairs: readonly (readonly [2 | 4, number])[]): Buffer => {
  const out = Buffer.alloc(pairs.reduce((length, [size]) => length + size, 0));
  let at = 0;
  for (const [size, value] of pairs) at = out.writeUIntLE(value, at, size);
  return out;
};

const sharedFields = ({ name, content }: ArchiveFile) =>
  [
    [2, version],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, zipDate],
    [4, crc32(content)],
    [4, content.length],
    [4, content.length],
    [2, name.length],
    [2, 0],
  ] as const;

/**
 * The one archive that these files make: stored, sorted, without date, extra field or comment. `docs/reference/dossier.md` §1.
 */
export function archiveOf(files: readonly ArchiveFile[]): Uint8Array {
  const sorted = [...files].sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const [i, { name }] of sorted.entries()) {
    if (!nameShape.test(name) || sorted[i - 1]?.name === name) throw new BrokenInvariant(`not a dossier file: ${name}`);
  }
  const locals: Uint8Array[] = [];
  const central: Uint8Array[] = [];
  let offset = 0;
  for (const file of sorted) {
    const name = Buffer.from(file.name);
    const shared = sharedFields(file);
    const local = [fields([4, 0x04034b50], ...shared), name, file.content];
    const attributes = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ] as const;
    central.push(fields([4, 0x02014b50], [2, madeBy], ...shared, ...attributes), name);
    locals.push(...local);
    offset += local.reduce((length, part) => length + part.length, 0);
    if (offset > largest) throw new BrokenInvariant('a dossier stays below 4 GiB');
  }
  const directory = Buffer.concat(central);
  const count = sorted.length;
  const end = fields(
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, directory.length],
    [4, offset],
    [2, 0],
  );
  return Buffer.concat([...locals, directory, end]);
}
