#!/usr/bin/env node
// Checks a Parvis dossier offline. Written from docs/reference/dossier.md (whose § are cited); no code of the server.
import { createHash, createPublicKey, hash as digest, verify as verifySignature } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crc32 } from 'node:zlib';

const FORMAT = 'parvis-dossier/2';
const JSONS = 'batch.json checkpoint checks.json factors.json lines.jsonl log.vkey';
const FILES = `LISEZMOI.txt ${JSONS} manifest.json manifest.note method.json proofs.jsonl summary.pdf`.split(' ');
const CHECKS = 'month_final presences_decided factors_in_date log_intact one_scheme metres_conserved'.split(' ');
const [ARCHIVE, SCHEMES] = ['archive', ['cee', 'lbc', 'none', 'other']];

/** What can be said of a dossier: code, French, English; each % stands for a value. */
const ROWS = readFileSync(new URL('words.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const WORDS = new Map(ROWS.map(row => row.split(' | ')).map(([code, fr, en]) => [code, { fr, en }]));

/** @typedef {{ n: bigint, d: bigint }} Rational An exact fraction in lowest terms, `d > 0`. */
/** @typedef {Map<string, Buffer>} Files */
/** @typedef {{ name: string, id: string, key: import('node:crypto').KeyObject, text: string }} Key */

/** @param {string} code @param {unknown[]} values @param {'fr' | 'en'} lang */
function sentence(code, values, lang) {
  const rest = [...values];
  return (WORDS.get(code)?.[lang] ?? code).replace(/%/g, () => String(rest.shift()));
}

/** The first thing that does not hold, and the file it concerns. */
export class Finding extends Error {
  /** @param {string} file @param {string} code @param {unknown[]} values */
  constructor(file, code, values) {
    super(`${file}: ${sentence(code, values, 'en')}`);
    this.file = file;
    this.code = code;
    this.values = values;
  }
}

/** @param {unknown} holds @param {string} file @param {string} code @param {unknown[]} values */
function check(holds, file, code, ...values) {
  if (!holds) throw new Finding(file, code, values);
}

/** @param {(Buffer | string)[]} parts */
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hexOf = (/** @type {(Buffer | string)[]} */ ...parts) => sha256(...parts).toString('hex');

/** Little-endian integers of the given widths, in bytes: `pack('42', 1, 2)`. @param {string} widths @param {number[]} values */
function pack(widths, ...values) {
  const out = Buffer.alloc([...widths].reduce((sum, width) => sum + Number(width), 0));
  values.reduce((at, value, i) => out.writeUIntLE(value, at, Number(widths[i])), 0);
  return out;
}

/** The one archive that these files make, in pieces that know their file. @param {[string, Buffer][]} files @returns {[string, Buffer][]} */
function rebuild(files) {
  const [locals, records] = /** @type {[string, Buffer][][]} */ ([[], []]);
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

/** Reads files from the front of the archive, as long as local headers follow each other. @param {Buffer} zip */
function localFiles(zip) {
  /** @type {[string, Buffer][]} */
  const files = [];
  let [at, whole] = [0, true];
  while (at + 30 <= zip.length && zip.readUInt32LE(at) === 0x04034b50) {
    const [size, title] = [zip.readUInt32LE(at + 18), zip.readUInt16LE(at + 26)];
    const start = at + 30 + title + zip.readUInt16LE(at + 28);
    check(start + size <= zip.length, FILES[files.length] ?? ARCHIVE, 'cut');
    const content = zip.subarray(start, start + size);
    whole = crc32(content) === zip.readUInt32LE(at + 14);
    files.push([zip.toString('latin1', at + 30, at + 30 + title), content]);
    at = start + size;
  }
  // What does not follow belongs to the file before when that one is not whole, else to the file that should come.
  return { files, at, next: FILES[files.length - (whole ? 0 : 1)] ?? ARCHIVE };
}

/** @param {Buffer} zip @returns {Files} */
export function readArchive(zip) {
  check(zip.length > 0, ARCHIVE, 'empty');
  check(zip.length >= 22 && zip.includes('PK'), ARCHIVE, 'not_zip');
  const { files, at, next } = localFiles(zip);
  check(at + 4 <= zip.length, next, 'cut');
  const names = files.map(([name]) => name);
  const [stranger, missing] = [names.find(name => !FILES.includes(name)), FILES.find(name => !names.includes(name))];
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
  check(position === zip.length && names.join() === FILES.join(), ARCHIVE, 'changed');
  return new Map(files);
}

/** RFC 8785 for the values that a dossier may hold. @param {unknown} value @returns {string} */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return `{${Object.keys(value)
    .sort()
    .map(key => `${JSON.stringify(key)}:${canonical(Reflect.get(value, key))}`)}}`;
}

/** Are its keys in canonical order? Then JSON.stringify writes it canonically. @param {unknown} value @returns {boolean} */
function isSorted(value) {
  if (value === null || typeof value !== 'object') return true;
  const keys = Array.isArray(value) ? [] : Object.keys(value);
  return keys.every((key, i) => i === 0 || keys[i - 1] < key) && Object.values(value).every(isSorted);
}

/** @param {Files} files @param {string} name */
const bytesOf = (files, name) => /** @type {Buffer} */ (files.get(name));

/** Lines of a text that ends with a newline. @param {Files} files @param {string} name */
function linesOf(files, name) {
  const text = bytesOf(files, name).toString('utf8');
  check(text === '' || text.endsWith('\n'), name, 'last_line');
  return text === '' ? [] : text.slice(0, -1).split('\n');
}

/** @param {Files} files @param {string} name @returns {any[]} */
function jsonLines(files, name) {
  return linesOf(files, name).map((line, i) => {
    try {
      const value = JSON.parse(line);
      if (JSON.stringify(value) === line && isSorted(value)) return value;
    } catch {}
    throw new Finding(name, 'not_json', [i + 1]);
  });
}

/** @param {Files} files @param {string} name @returns {any} */
function jsonOf(files, name) {
  const values = jsonLines(files, name);
  check(values.length === 1, name, 'not_json', 1);
  return values[0];
}

/** @param {Files} files */
function checkManifest(files) {
  const manifest = jsonOf(files, 'manifest.json');
  check(Array.isArray(manifest?.files), 'manifest.json', 'list');
  check(manifest.format === FORMAT && manifest.kind === 'month', 'manifest.json', 'format', manifest.format);
  const listed = manifest.files.map((/** @type {any} */ file) => file.name).join();
  check(listed === FILES.filter(name => !name.startsWith('manifest.')).join(), 'manifest.json', 'list');
  const mark = manifest.profile === 'demo' ? { en: 'unofficial estimate', fr: 'estimation non officielle' } : null;
  const known = ['demo', 'certifying'].includes(manifest.profile);
  check(known && canonical(manifest.watermark) === canonical(mark), 'manifest.json', 'profile');
  return manifest;
}

/** @param {Files} files @param {any} manifest @returns {number} */
function checkContents(files, manifest) {
  for (const { name, sha256: hash, size } of manifest.files) {
    check(bytesOf(files, name).length === size && hexOf(bytesOf(files, name)) === hash, name, 'content');
  }
  return manifest.files.length;
}

const EMPTY = Buffer.alloc(0);
const ED25519_SPKI = Buffer.from('302a300506032b6570032100', 'hex');

/** Base64 in its one spelling, or null. @param {string} text */
function base64(text) {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
}

/** @param {string} text @param {string} file @returns {Key} */
function readKey(text, file) {
  const [, name = '', id = '', code = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(text) ?? [];
  const bytes = base64(code) ?? EMPTY;
  check(bytes.length === 33 && bytes[0] === 1 && hexOf(`${name}\n`, bytes).startsWith(id), file, 'not_key');
  const der = Buffer.concat([ED25519_SPKI, bytes.subarray(1)]);
  return { name, id, text, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}

/** The text that this key signed, and how many signatures stand under it. @param {Files} files @param {string} file @param {Key} key */
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

/** @param {Files} files @param {any} manifest @param {string | null} pinned */
function checkSignatures(files, manifest, pinned) {
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

/** @param {Files} files @param {Key} key */
function checkCheckpoint(files, key) {
  const { text } = openNote(files, 'checkpoint', key);
  const [, origin, size, code = ''] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n$/.exec(text) ?? [];
  const root = base64(code);
  check(origin === key.name && root?.length === 32, 'checkpoint', 'not_note');
  return { size: Number(size), root: /** @type {Buffer} */ (root) };
}

const [LEAF, pair] = [Buffer.of(0), Buffer.alloc(65, 1)];

/** `pair` holds 0x01, left, right, written over for each node. @param {Buffer} left @param {Buffer} right */
function nodeHash(left, right) {
  pair.set(left, 1);
  pair.set(right, 33);
  return /** @type {Buffer} */ (digest('sha256', pair, 'buffer'));
}

/** RFC 9162 §2.1.3.2. @param {Buffer} leaf @param {{ index: number, size: number, path: (Buffer | null)[] }} way */
function climb(leaf, { index, size, path }) {
  let [place, last, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    if (last === 0 || sibling?.length !== 32) return null;
    const onRight = place % 2 === 1 || place === last;
    hash = onRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling);
    while (onRight && place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 ? hash : null;
}

/** @param {any} line @param {number} at */
function leafOf({ entry, payload, salt, erased }, at) {
  if (erased) return Buffer.from(erased, 'hex');
  const keys = Object.keys(entry).join();
  const shaped = keys === 'day,payload_commit,person_commit,seq,site,type' && Number.isSafeInteger(entry.seq);
  check(shaped && /^[0-9a-f]{64}$/.test(salt), 'lines.jsonl', 'entry', at);
  const commit = hexOf(Buffer.from(salt, 'hex'), JSON.stringify(payload));
  check(commit === entry.payload_commit, 'lines.jsonl', 'commit', at);
  return sha256(LEAF, JSON.stringify(entry));
}

/** @param {any[]} lines @param {any[]} proofs @param {{ size: number, root: Buffer }} head */
function checkInclusion(lines, proofs, { size, root }) {
  check(lines.length === proofs.length, 'proofs.jsonl', 'no_proof', proofs.length + 1);
  let before = -1;
  for (const [i, line] of lines.entries()) {
    const leaf = leafOf(line, i + 1);
    const { seq } = line.entry;
    check(seq > before, 'lines.jsonl', 'order', i + 1);
    before = seq;
    const { index, hashes, leaf: named } = proofs[i];
    const reached = climb(leaf, { index, size, path: hashes.map(base64) });
    check(reached?.equals(root), 'proofs.jsonl', 'no_proof', i + 1);
    check(index === seq && named === leaf.toString('hex'), 'proofs.jsonl', 'no_proof', i + 1);
  }
}

/** @param {bigint} n @param {bigint} d @returns {Rational} */
function ratio(n, d = 1n) {
  let [x, y] = [n < 0n ? -n : n, d];
  while (y !== 0n) [x, y] = [y, x % y];
  return { n: n / x, d: d / x };
}
/** @typedef {(a: Rational, b: Rational) => Rational} Operation */
const plus = /** @type {Operation} */ ((a, b) => ratio(a.n * b.d + b.n * a.d, a.d * b.d));
const minus = /** @type {Operation} */ ((a, b) => plus(a, { n: -b.n, d: b.d }));
const times = /** @type {Operation} */ ((a, b) => ratio(a.n * b.n, a.d * b.d));
/** @param {Rational} a */
const written = a => (a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`);
const ZERO = ratio(0n);
const ONE = ratio(1n);

/** Reads a rational in its one spelling. @param {unknown} text @param {string} file @param {string} where @returns {Rational} */
function rational(text, file, where) {
  const [, n, d = '1'] = /^(-?\d{1,400})(?:\/([1-9]\d{0,399}))?$/.exec(String(text)) ?? [];
  check(n !== undefined, file, 'fraction', where);
  const value = ratio(BigInt(n), BigInt(d));
  check(written(value) === text, file, 'fraction', where);
  return value;
}

/** @param {Files} files @param {any} manifest */
function readMethod(files, manifest) {
  const method = jsonOf(files, 'method.json');
  const { valid_from, factors: listed } = jsonOf(files, 'factors.json');
  const { id, profile, rebound } = method;
  check(id === 'lbc-tiers-lieux', 'method.json', 'method', id);
  check(profile === manifest.profile, 'method.json', 'profile');
  check(['net', 'reference', 'none'].includes(rebound.variant), 'method.json', 'method', rebound.variant);
  const factors = new Map();
  for (const factor of listed) {
    const whole = Number.isSafeInteger(factor.ug_per_m) && factor.ug_per_m >= 0 && !factors.has(factor.id);
    check(whole && /^(veh|pers)_km$/.test(factor.denominator), 'factors.json', 'method', factor.id);
    factors.set(factor.id, factor);
  }
  const rate = rational(rebound.rate, 'method.json', 'rate');
  return { factors, valid_from, variant: rebound.variant, rate, leftOut: new Set(method.left_out) };
}
/** @typedef {ReturnType<typeof readMethod>} Method */

/** Milligrams of the legs: Σ m·f / o / 1000. @param {any[]} legs @param {Method} method @param {number} at */
function emissions(legs, { factors }, at) {
  return legs.reduce((sum, leg) => {
    const factor = factors.get(leg.factor) ?? { ug_per_m: -1, denominator: '' };
    check(factor.ug_per_m >= 0, 'lines.jsonl', 'leg', at);
    const shared = factor.denominator === 'veh_km';
    check(shared === (leg.occupancy !== undefined), 'lines.jsonl', 'leg', at);
    const aboard = shared ? rational(leg.occupancy, 'lines.jsonl', 'occupancy') : ONE;
    check(aboard.n >= aboard.d, 'lines.jsonl', 'leg', at);
    return plus(sum, ratio(BigInt(leg.metres) * BigInt(factor.ug_per_m) * aboard.d, 1000n * aboard.n));
  }, ZERO);
}

/** @param {any[]} legs @param {number} at @param {1 | -1} side @returns {bigint} */
function metres(legs, at, side) {
  return legs.reduce((sum, leg) => {
    const whole = [leg.metres, leg.routed_m, leg.snap_m].every(m => Number.isSafeInteger(m) && m >= 0);
    const cautious = (leg.routed_m - leg.metres) * side >= 0;
    check(whole && cautious && ['out', 'back'].includes(leg.direction), 'lines.jsonl', 'leg', at);
    return sum + BigInt(leg.metres);
  }, 0n);
}

/** What a line would say if it took nothing back. @param {any} payload @param {Method} method @param {number} at */
function worth({ reference, actual, replaced, x, scheme, space_energy_mg }, method, at) {
  const [before, after] = [metres(reference, at, 1), metres(actual, at, -1)];
  if (scheme === 'none') return { gross_mg: '0', net_mg: '0', avoided_m: '0', unallocated_m: `${before - after}` };
  const home = replaced === 'home';
  const out = reference.filter((/** @type {any} */ leg) => replaced === 'office' && method.leftOut.has(leg.factor));
  const kept = reference.filter((/** @type {any} */ leg) => !out.includes(leg));
  const left = metres(out, at, 1);
  const [ref, act] = [emissions(kept, method, at), emissions(actual, method, at)];
  const sub = home ? minus(ZERO, act) : minus(ref, act);
  const saved = sub.n > 0n ? sub : ZERO;
  const base = method.variant === 'net' ? saved : home ? ZERO : ref;
  const rebound = x === 0 || method.variant === 'none' ? ZERO : times(method.rate, base);
  const net = minus(minus(sub, rebound), rational(space_energy_mg, 'lines.jsonl', 'space_energy_mg'));
  const avoided_m = `${(home ? 0n : before - left) - after}`;
  return { gross_mg: written(minus(ref, act)), net_mg: written(net), avoided_m, unallocated_m: `${left}` };
}

/** What a line should say, with the other sign when it takes a line back. @param {any} payload @param {Method} method @param {number} at */
function recompute(payload, method, at) {
  const figures = Object.entries(worth(payload, method, at));
  const sign = (/** @type {string} */ text) => written(minus(ZERO, rational(text, 'lines.jsonl', text)));
  return figures.map(([key, text]) => [key, payload.reverses === null ? text : sign(text)]);
}

/** §3, what may be credited, and what takes it back. @param {any} payload @param {string} type @param {number} at */
function checkClaim({ evidence, replaced, reference, actual, x, share, ...said }, type, at) {
  const { credited, scheme, claimant, reason, reverses } = said;
  const known = ['A', 'B', 'C'].includes(evidence) && ['office', 'home', 'other', 'unknown'].includes(replaced);
  const numbered = [0, 1].includes(x) && ['1', '1/2'].includes(share) && typeof credited === 'boolean';
  check(known && numbered && SCHEMES.includes(scheme) && typeof claimant === 'string', 'lines.jsonl', 'payload', at);
  const takesBack = ['reversed', 'reallocated'].includes(reason);
  check(takesBack === (type === 'reversal') && takesBack === (reverses !== null), 'lines.jsonl', 'reversal', at);
  const counted = scheme !== 'none';
  const agreed =
    credited === (reason === 'credited') && counted === (claimant !== '') && (takesBack || credited === counted);
  const routed = [...reference, ...actual].every(leg => leg.engine !== 'estimate');
  const proven = evidence === 'C' && ['office', 'home'].includes(replaced) && reference.length > 0 && actual.length > 0;
  check(agreed && (!counted || (proven && routed)), 'lines.jsonl', 'evidence', at);
}

/** @param {any[]} lines @param {any} manifest @param {Method} method */
function checkLines(lines, manifest, method) {
  for (const [i, { entry, payload, erased }] of lines.entries()) {
    if (erased) continue;
    const [year, month] = [`${entry.day}`.slice(0, 4), `${entry.day}`.slice(0, 7)];
    const ofYear = manifest.period.startsWith(year) || entry.type === 'reversal';
    const dated = month <= manifest.period && ofYear && payload.vintage === Number(year);
    check(dated && ['presence', 'reversal'].includes(entry.type), 'lines.jsonl', 'month', i + 1);
    check(entry.day >= method.valid_from, 'factors.json', 'too_early', entry.day);
    checkClaim(payload, entry.type, i + 1);
    for (const [key, value] of recompute(payload, method, i + 1)) {
      check(payload[key] === value, 'lines.jsonl', 'differs', i + 1, key, value, payload[key]);
    }
  }
}

/** @param {any[]} payloads @param {string} key */
const sumOf = (payloads, key) =>
  written(payloads.reduce((sum, p) => plus(sum, rational(p[key], 'lines.jsonl', key)), ZERO));

/** Groups in the order of their names. @param {any[]} payloads @param {(payload: any) => string} nameOf @returns {[string, any[]][]} */
function groups(payloads, nameOf) {
  const named = new Map();
  for (const payload of payloads) named.set(nameOf(payload), [...(named.get(nameOf(payload)) ?? []), payload]);
  return [...named].sort(([a], [b]) => (a < b ? -1 : 1));
}

/** @param {any[]} some @param {string[]} keys */
const sums = (some, ...keys) => ({
  lines: some.length,
  ...Object.fromEntries(keys.map(key => [key, sumOf(some, key)])),
});

/** @param {any[]} payloads */
function totalsOf(payloads) {
  const of = (/** @type {string} */ scheme) => payloads.filter(p => p.scheme === scheme);
  const { lines: _, ...totals } = sums(payloads, 'avoided_m', 'gross_mg', 'net_mg', 'unallocated_m');
  const reasons = groups(payloads, p => p.reason).map(([name, some]) => [
    name,
    sums(some, 'avoided_m', 'unallocated_m'),
  ]);
  const counted = payloads.filter(p => p.scheme !== 'none');
  return {
    allocation: Object.fromEntries(SCHEMES.map(scheme => [scheme, sums(of(scheme), 'avoided_m', 'net_mg')])),
    claimable: groups(counted, p => `${p.scheme} ${p.claimant} ${p.vintage}`).map(([, some]) => {
      const { scheme, claimant, vintage } = some[0];
      return { scheme, claimant, vintage, ...sums(some, 'avoided_m', 'net_mg', 'gross_mg') };
    }),
    reasons: Object.fromEntries(reasons),
    totals: { ...totals, credited: payloads.filter(p => p.credited).length },
  };
}

/** @param {Files} files @param {any} manifest @param {{ lines: any[], proofs: any[] }} read */
function checkBatch(files, manifest, { lines, proofs }) {
  const [batch, { best_before }] = [jsonOf(files, 'batch.json'), jsonOf(files, 'factors.json')];
  const { month, network, engine, closed_at } = batch;
  const same = month === manifest.period && network === manifest.network.id && batch.lines === lines.length;
  check(same, 'batch.json', 'sum', 'lines', lines.length);
  check(`${closed_at}`.slice(0, 10) <= best_before, 'factors.json', 'expired', best_before);
  for (const [key, value] of Object.entries(totalsOf(lines.map(line => line.payload)))) {
    check(canonical(batch[key]) === canonical(value), 'batch.json', 'sum', key, canonical(value));
  }
  const [methodHash, factorsHash] = ['method.json', 'factors.json'].map(name => hexOf(bytesOf(files, name)));
  const head = ['parvis-batch/2', `network ${network}`, `month ${month}`, `method ${methodHash}`];
  const text = [...head, `factors ${factorsHash}`, `engine ${engine}`, ''].join('\n');
  const leaves = proofs.map(proof => Buffer.from(proof.leaf, 'hex')).sort(Buffer.compare);
  const id = hexOf(text, ...leaves);
  check(id === batch.id && id === manifest.batch, 'batch.json', 'batch_id');
  return batch;
}

/** @param {any[]} lines */
function checkOnePresenceOneScheme(lines) {
  const seen = new Set();
  const days = new Map();
  for (const [i, { entry, payload, erased }] of lines.entries()) {
    check(!seen.has(payload.line), 'lines.jsonl', 'order', i + 1);
    seen.add(payload.line);
    if (erased) continue;
    const key = `${entry.person_commit} ${entry.day}`;
    const { halves, credited } = days.get(key) ?? { halves: 0, credited: 0 };
    const sign = payload.reverses === null ? 1 : -1;
    const share = sign * (payload.share === '1' ? 2 : 1);
    const now = { halves: halves + share, credited: credited + (payload.scheme === 'none' ? 0 : sign) };
    check(now.halves <= 2 && now.credited <= 1, 'lines.jsonl', 'two_days', i + 1, entry.day);
    days.set(key, now);
  }
}

/** §7. @param {Files} files @returns {number} */
function checkChecks(files) {
  const checks = new Map(jsonOf(files, 'checks.json').map((/** @type {any} */ one) => [one.id, one.passed]));
  const failed = [...CHECKS, ...checks.keys()].find(id => checks.get(id) !== true);
  check(failed === undefined, 'checks.json', 'failed_check', failed);
  return checks.size;
}

/** @typedef {{ pinned?: string | null, say?: (code: string, ...values: unknown[]) => void }} Options */
/** Runs every check in order, tells each through `say`, throws the first `Finding`. @param {Buffer} zip @param {Options} options */
export function verify(zip, { pinned = null, say = () => {} } = {}) {
  const files = readArchive(zip);
  say('archive', files.size);
  const manifest = checkManifest(files);
  say('manifest');
  const key = checkSignatures(files, manifest, pinned);
  say('signed', `${key.name}+${key.id}`);
  say('contents', checkContents(files, manifest));
  const head = checkCheckpoint(files, key);
  say('checkpoint', head.size);
  const [lines, proofs] = [jsonLines(files, 'lines.jsonl'), jsonLines(files, 'proofs.jsonl')];
  checkInclusion(lines, proofs, head);
  say('included', lines.length);
  const method = readMethod(files, manifest);
  checkLines(lines, manifest, method);
  const erased = lines.filter(line => line.erased).length;
  say('recomputed', lines.length - erased, erased);
  const batch = checkBatch(files, manifest, { lines, proofs });
  say('batch', batch.id.slice(0, 12));
  checkOnePresenceOneScheme(lines);
  say('once');
  say('checks', checkChecks(files));
  return { manifest, batch, vkey: key.text };
}

/** What stopped the program, as a finding on the file it was given. @param {any} error @param {string} path */
const findingOf = (error, path) =>
  error instanceof Finding
    ? error
    : new Finding(path, error.code === 'EISDIR' ? 'directory' : 'unread', [error.code ?? error]);

/** @param {readonly string[]} args @param {(line: string) => void} print @returns {0 | 1 | 2} */
export function main(args, print) {
  const option = (/** @type {string} */ name) => (args.includes(name) ? (args[args.indexOf(name) + 1] ?? '') : null);
  const path = args.find((arg, i) => !arg.startsWith('--') && !['--key', '--lang'].includes(args[i - 1] ?? ''));
  const lang = option('--lang') === 'en' ? 'en' : 'fr';
  const tell = (/** @type {string} */ code, /** @type {unknown[]} */ ...values) => print(sentence(code, values, lang));
  const say = (/** @type {string} */ code, /** @type {unknown[]} */ ...values) =>
    print(`✓ ${sentence(code, values, lang)}`);
  if (path === undefined) {
    tell('usage');
    return 2;
  }
  try {
    const { manifest, batch, vkey } = verify(readFileSync(path), { pinned: option('--key'), say });
    tell('intact', manifest.period, manifest.network.name);
    tell('figures', batch.totals.avoided_m, batch.totals.net_mg);
    if (manifest.profile === 'demo') tell('demo');
    if (manifest.fictitious) tell('fictitious');
    if (option('--key') === null) tell('compare', vkey);
    return 0;
  } catch (error) {
    const { file, code, values } = findingOf(error, path);
    print(`✗ ${file}${lang === 'fr' ? ' :' : ':'} ${sentence(code, values, lang)}`);
    return 1;
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  process.exitCode = main(process.argv.slice(2), line => process.stdout.write(`${line}\n`));
}
