// Reads what a dossier is made of: archive, JSON, signed notes, fractions; docs/reference/dossier.md §1, §2, §4.
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';

const FORMAT = 'parvis-dossier/2';
const JSONS = 'batch.json checkpoint checks.json factors.json lines.jsonl log.vkey manifest.json method.json';
const FILES = `LISEZMOI.txt ${JSONS} manifest.note proofs.jsonl summary.pdf`.split(' ');
const MORE = {
  cee: ['contract.json', 'control.json', 'statements.json'],
  lbc: ['control.json', 'project.json'],
  month: [],
};
const ARCHIVE = 'archive';

/** What can be said of a dossier: code, French, English; each % stands for a value. */
const ROWS = readFileSync(new URL('words.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const WORDS = new Map(ROWS.map(row => row.split(' | ')).map(([code, fr, en]) => [code, { fr, en }]));

export function sentence(code, values, lang) {
  const rest = [...values];
  return (WORDS.get(code)?.[lang] ?? code).replace(/%/g, () => String(rest.shift()));
}

/** The first thing that does not hold, and the file it concerns. */
export class Finding extends Error {
  constructor(file, code, values) {
    super(`${file}: ${sentence(code, values, 'en')}`);
    this.file = file;
    this.code = code;
    this.values = values;
  }
}

export function check(holds, file, code, ...values) {
  if (!holds) throw new Finding(file, code, values);
}

export const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
export const hexOf = (...parts) => sha256(...parts).toString('hex');

/** Little-endian integers of the given widths, in bytes: `pack('42', 1, 2)`. */
function pack(widths, ...values) {
  const out = Buffer.alloc([...widths].reduce((sum, width) => sum + Number(width), 0));
  values.reduce((at, value, i) => out.writeUIntLE(value, at, Number(widths[i])), 0);
  return out;
}

/** The one archive that these files make, in pieces that know their file. */
function rebuild(files) {
  const [locals, records] = [[], []];
  let offset = 0;
  for (const [name, content] of files) {
    const [size, title] = [content.length, Buffer.from(name, 'latin1')];
    const shared = pack('2222244422', 10, 0, 0, 0, 0x21, crc32(content), size, size, title.length, 0);
    const header = Buffer.concat([pack('4', 0x04034b50), shared, title]);
    const record = [pack('42', 0x02014b50, 20), shared, pack('22244', 0, 0, 0, 0, offset), title];
    locals.push([name, header], [name, content]);
    records.push([name, Buffer.concat(record)]);
    offset += header.length + size;
  }
  const length = records.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  const end = pack('42222442', 0x06054b50, 0, 0, files.length, files.length, length, offset, 0);
  return [...locals, ...records, [ARCHIVE, end]];
}

/** The files of the kind of dossier that these names belong to. */
function filesFor(names) {
  const kind = Object.keys(MORE).find(one => MORE[one].some(name => names.includes(name) && name !== 'control.json'));
  return [...FILES, ...MORE[kind ?? (names.includes('control.json') ? 'lbc' : 'month')]].sort();
}

/** Reads files from the front of the archive, as long as local headers follow each other. */
function localFiles(zip) {
  const files = [];
  const due = back => filesFor(files.map(([name]) => name))[files.length - back] ?? ARCHIVE;
  let [at, whole] = [0, true];
  while (at + 30 <= zip.length && zip.readUInt32LE(at) === 0x04034b50) {
    const [size, title] = [zip.readUInt32LE(at + 18), zip.readUInt16LE(at + 26)];
    const start = at + 30 + title + zip.readUInt16LE(at + 28);
    check(start + size <= zip.length, due(0), 'cut');
    const content = zip.subarray(start, start + size);
    whole = crc32(content) === zip.readUInt32LE(at + 14);
    files.push([zip.toString('latin1', at + 30, at + 30 + title), content]);
    at = start + size;
  }
  // What does not follow belongs to the file before when that one is not whole, else to the file that should come.
  return { files, at, next: due(whole ? 0 : 1) };
}

export function readArchive(zip) {
  check(zip.length > 0, ARCHIVE, 'empty');
  check(zip.length >= 22 && zip.includes('PK'), ARCHIVE, 'not_zip');
  const { files, at, next } = localFiles(zip);
  check(at + 4 <= zip.length, next, 'cut');
  const names = files.map(([name]) => name);
  const listed = filesFor(names);
  const [stranger, missing] = [names.find(name => !listed.includes(name)), listed.find(name => !names.includes(name))];
  check(zip.readUInt32LE(at) === 0x02014b50 || missing === undefined, next, 'displaced', at);
  check(missing === undefined, missing ?? '', 'missing');
  check(stranger === undefined, stranger ?? '', 'extra');
  let position = 0;
  for (const [owner, bytes] of rebuild(files)) {
    const found = zip.subarray(position, position + bytes.length);
    check(found.length === bytes.length || !bytes.subarray(0, found.length).equals(found), owner, 'cut');
    check(bytes.equals(found), owner, 'changed');
    position += bytes.length;
  }
  check(position === zip.length && names.join() === listed.join(), ARCHIVE, 'changed');
  return new Map(files);
}

/** RFC 8785 for the values that a dossier may hold. */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map(key => `${JSON.stringify(key)}:${canonical(Reflect.get(value, key))}`)}}`;
}

/** Are its keys in canonical order? Then JSON.stringify writes it canonically. */
function isSorted(value) {
  if (value === null || typeof value !== 'object') return true;
  const keys = Array.isArray(value) ? [] : Object.keys(value);
  return keys.every((key, i) => i === 0 || keys[i - 1] < key) && Object.values(value).every(isSorted);
}

export const bytesOf = (files, name) => files.get(name);

/** Lines of a text that ends with a newline. */
export function linesOf(files, name) {
  const text = bytesOf(files, name).toString('utf8');
  check(text === '' || text.endsWith('\n'), name, 'last_line');
  return text === '' ? [] : text.slice(0, -1).split('\n');
}

export function jsonLines(files, name) {
  return linesOf(files, name).map((line, i) => {
    try {
      const value = JSON.parse(line);
      if (JSON.stringify(value) === line && isSorted(value)) return value;
    } catch {}
    throw new Finding(name, 'not_json', [i + 1]);
  });
}

export function jsonOf(files, name) {
  const values = jsonLines(files, name);
  check(values.length === 1, name, 'not_json', 1);
  return values[0];
}

export function checkManifest(files) {
  const manifest = jsonOf(files, 'manifest.json');
  check(Array.isArray(manifest?.files), 'manifest.json', 'list');
  check(manifest.format === FORMAT && MORE[manifest.kind] !== undefined, 'manifest.json', 'format', manifest.format);
  const listed = manifest.files.map(file => file.name).join();
  const due = [...FILES, ...MORE[manifest.kind]].filter(name => !name.startsWith('manifest.')).sort();
  check(listed === due.join(), 'manifest.json', 'list');
  const mark = manifest.profile === 'demo' ? { en: 'unofficial estimate', fr: 'estimation non officielle' } : null;
  const known = ['demo', 'certifying'].includes(manifest.profile);
  check(known && canonical(manifest.watermark) === canonical(mark), 'manifest.json', 'profile');
  return manifest;
}

export function checkContents(files, manifest) {
  for (const { name, sha256: hash, size } of manifest.files) {
    check(bytesOf(files, name).length === size && hexOf(bytesOf(files, name)) === hash, name, 'content');
  }
  return manifest.files.length;
}

const EMPTY = Buffer.alloc(0);
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Base64 in its one spelling, or null. */
export function base64(text) {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

function readKey(text, file) {
  const [, name = '', id = '', code = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const bytes = base64(code) ?? EMPTY;
  check(bytes.length === 33 && bytes[0] === 1 && hexOf(`${name}\n`, bytes).startsWith(id), file, 'not_key');
  const der = Buffer.concat([ED25519_SPKI, bytes.subarray(1)]);
  return { name, id, text, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

/** The text that this key signed, and how many signatures stand under it. */
function openNote(files, file, { name, id, key }) {
  const note = bytesOf(files, file).toString('utf8');
  const blank = note.lastIndexOf('\n\n');
  check(blank > 0 && note.endsWith('\n') && bytesOf(files, file).equals(Buffer.from(note)), file, 'not_note');
  const text = note.slice(0, blank + 1);
  const signatures = note.slice(blank + 2, -1).split('\n');
  let signed = false;
  for (const line of signatures) {
    const [, signer, code = ''] = /^— ([^\s+]+) (\S+)$/u.exec(line) ?? [];
    const bytes = base64(code);
    check(signer !== undefined && bytes !== null && bytes.length > 4, file, 'not_note');
    if (signer !== name || bytes?.toString('hex', 0, 4) !== id) continue;
    check(verifySignature(null, Buffer.from(text), key, bytes.subarray(4)), file, 'false_signature');
    signed = true;
  }
  check(signed, file, 'unsigned', name);
  return { text, signatures: signatures.length };
}

export function checkSignatures(files, manifest, pinned) {
  const [vkey = '', ...more] = linesOf(files, 'log.vkey');
  check(more.length === 0, 'log.vkey', 'not_key');
  const key = readKey(vkey, 'log.vkey');
  if (pinned !== null) check(readKey(pinned, '--key').text === vkey, 'log.vkey', 'other_key');
  const { text, signatures } = openNote(files, 'manifest.note', key);
  check(signatures === 1, 'manifest.note', 'not_note');
  const [format, batch, hash, ...rest] = text.split('\n');
  check(format === FORMAT && rest.length === 1, 'manifest.note', 'format', format);
  const signed = hash === hexOf(bytesOf(files, 'manifest.json')) && batch === manifest.batch;
  check(signed, 'manifest.json', 'other_manifest');
  return key;
}

export function checkCheckpoint(files, key) {
  const { text } = openNote(files, 'checkpoint', key);
  const [, origin, size, code = ''] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n$/.exec(text) ?? [];
  const root = base64(code);
  check(origin === key.name && root?.length === 32, 'checkpoint', 'not_note');
  return { size: Number(size), root: root };
}

export function ratio(n, d = 1n) {
  let [x, y] = [n < 0n ? -n : n, d];
  while (y !== 0n) [x, y] = [y, x % y];
  return { n: n / x, d: d / x };
}
export const plus = (a, b) => ratio(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a, b) => plus(a, { n: -b.n, d: b.d });
export const times = (a, b) => ratio(a.n * b.n, a.d * b.d);
export const written = a => (a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`);
export const ZERO = ratio(0n);
export const ONE = ratio(1n);

/** Reads a rational in its one spelling. */
export function rational(text, file, where) {
  const [, n, d = '1'] = /^(-?\d{1,400})(?:\/([1-9]\d{0,399}))?$/.exec(String(text)) ?? [];
  check(n !== undefined, file, 'fraction', where);
  const value = ratio(BigInt(n), BigInt(d));
  check(written(value) === text, file, 'fraction', where);
  return value;
}

export const sumOf = (payloads, key) =>
  written(payloads.reduce((sum, p) => plus(sum, rational(p[key], 'lines.jsonl', key)), ZERO));

/** Groups in the order of their names. */
export function groups(payloads, nameOf) {
  const named = new Map();
  for (const payload of payloads) {
    const name = nameOf(payload);
    if (named.has(name)) named.get(name).push(payload);
    else named.set(name, [payload]);
  }
  return [...named].sort(([a], [b]) => (a < b ? -1 : 1));
}

export const sums = (some, ...keys) => ({
  lines: some.length,
  ...Object.fromEntries(keys.map(key => [key, sumOf(some, key)])),
});

/** Under what lines were counted, as ids commit to it. */
export const under = (files, engine) => [
  ...['method', 'factors'].map(name => `${name} ${hexOf(bytesOf(files, `${name}.json`))}`),
  `engine ${engine}`,
];
