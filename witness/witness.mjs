#!/usr/bin/env node
// A witness of transparency logs: remembers the last checkpoint of each, cosigns what continues it, refuses all else.
// Written from the C2SP documents signed-note, tlog-checkpoint, tlog-cosignature and tlog-witness; no code of any log.
import { createHash, createPrivateKey, createPublicKey, randomBytes, sign, verify } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

const USAGE = `node witness.mjs --log <vkey> [--log <vkey>…] --key <file> [--name <name>] [--port 8460] [--host 127.0.0.1]

  --log   verifier key of a log, as it publishes it; one more for each log, and for each new key of a log
  --key   file of this witness's own key; made at the first start, with <file>.seen beside it. Back up neither: a witness
          that forgets what it saw must start again under another key
  --name  name of a new key: an address without its scheme, such as witness.example.org`;

const [NOTE, COSIGNATURE] = [0x01, 0x04];
const LONGEST_BODY = 65_536;
const PRIVATE = Buffer.from('302e020100300506032b657004220420', 'hex'); // RFC 8410, before a 32-byte Ed25519 secret
const PUBLIC = Buffer.from('302a300506032b6570032100', 'hex'); // RFC 8410, before a 32-byte Ed25519 public key

/** @typedef {{ name: string, id: string, bytes: Buffer }} Key */
/** @typedef {{ origin: string, size: number, root: Buffer, text: string, note: string }} Checkpoint */

/** @param {(string | Buffer)[]} parts */
const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();

/** The bytes of a base64 text in its one spelling, or null. @param {string} text */
const fromBase64 = text => {
  const bytes = Buffer.from(text, 'base64');
  return bytes.toString('base64') === text ? bytes : null;
};

/** @param {string} name @param {number} type @param {Buffer} bytes @returns {Key} */
const keyOf = (name, type, bytes) => ({
  name,
  id: sha256(`${name}\n`, Buffer.of(type), bytes).toString('hex').slice(0, 8),
  bytes,
});

/** @param {string} vkey */
function readLogKey(vkey) {
  const [, name = '', id, code = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/.exec(vkey) ?? [];
  const bytes = fromBase64(code);
  const key = bytes?.length === 33 && bytes[0] === NOTE ? keyOf(name, NOTE, bytes.subarray(1)) : null;
  if (key === null || key.id !== id) throw new Error(`This is not the verifier key of a log: ${vkey}`);
  return key;
}

/** Writes a file aside, puts it on the disk, then gives it its name: never half a file. @param {string} file @param {string} text */
function keep(file, text) {
  const aside = openSync(`${file}.part`, 'w', 0o600);
  writeSync(aside, text);
  fsyncSync(aside);
  closeSync(aside);
  renameSync(`${file}.part`, file);
  const folder = openSync(dirname(file), 'r');
  fsyncSync(folder);
  closeSync(folder);
}

/** The key of this witness, made when there is none: `PRIVATE+KEY+name+id+base64(type ‖ secret)`. @param {string} file @param {string} name */
function ownKey(file, name) {
  const seen = `${file}.seen`;
  if (!existsSync(file)) {
    if (!/^[^\s+]+$/.test(name)) throw new Error(`A name has no space and no plus sign: ${name}`);
    if (!existsSync(seen)) keep(seen, '{}');
    const made = signer(name, randomBytes(32));
    const secret = Buffer.concat([Buffer.of(COSIGNATURE), made.seed]).toString('base64');
    keep(file, `PRIVATE+KEY+${name}+${made.key.id}+${secret}\n`);
  }
  if (!existsSync(seen)) {
    throw new Error(
      `${seen} is gone: this key no longer knows what it saw. Bring it back, or start under another key.`,
    );
  }
  const [, kept = '', , code = ''] =
    /^PRIVATE\+KEY\+([^\s+]+)\+([0-9a-f]{8})\+(\S+)\n$/.exec(readFileSync(file, 'utf8')) ?? [];
  const bytes = fromBase64(code);
  if (bytes?.length !== 33 || bytes[0] !== COSIGNATURE) throw new Error(`${file} does not hold the key of a witness.`);
  return signer(kept, bytes.subarray(1));
}

/** @param {string} name @param {Buffer} seed */
function signer(name, seed) {
  const secret = createPrivateKey({ key: Buffer.concat([PRIVATE, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(secret).export({ format: 'der', type: 'spki' });
  return { key: keyOf(name, COSIGNATURE, spki.subarray(PUBLIC.length)), seed, secret };
}

/** Did this key sign this text in the note? A line of that key that does not hold spoils the note. @param {Checkpoint} checkpoint @param {Key[]} keys */
function isSigned({ text, note }, keys) {
  let found = false;
  for (const line of note.slice(text.length + 1).split('\n')) {
    const [, name, code = ''] = /^— (\S+) (\S+)$/u.exec(line) ?? [];
    const bytes = fromBase64(code);
    const key = keys.find(one => one.name === name && one.id === bytes?.subarray(0, 4).toString('hex'));
    if (!key || !bytes) continue;
    const publicKey = createPublicKey({ key: Buffer.concat([PUBLIC, key.bytes]), format: 'der', type: 'spki' });
    if (bytes.length !== 68 || !verify(null, Buffer.from(text), publicKey, bytes.subarray(4))) return false;
    found = true;
  }
  return found;
}

/** @param {string} note @returns {Checkpoint | null} */
function readCheckpoint(note) {
  const text = note.slice(0, note.lastIndexOf('\n\n') + 1);
  const [, origin = '', size, code = ''] = /^([^\n]+)\n(0|[1-9]\d{0,15})\n([^\n]+)\n/.exec(text) ?? [];
  const root = fromBase64(code);
  if (root?.length !== 32 || !Number.isSafeInteger(Number(size)) || !note.endsWith('\n')) return null;
  return { origin, size: Number(size), root, text, note };
}

const EMPTY = sha256();
/** @param {Buffer} left @param {Buffer} right */
const node = (left, right) => sha256(Buffer.of(1), left, right);

/** RFC 9162 §2.1.4.2: is the older tree the beginning of the newer one? @param {{ size: number, root: Buffer }} older @param {Checkpoint} newer @param {Buffer[]} proof */
function continues(older, newer, proof) {
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root);
  if (older.size === 0) return proof.length === 0;
  let [place, last] = [older.size - 1, newer.size - 1];
  for (; place % 2 === 1; last = Math.floor(last / 2)) place = Math.floor(place / 2);
  const [first, ...rest] = place === 0 ? [older.root, ...proof] : proof;
  if (first === undefined) return false;
  let [oldRoot, newRoot] = [first, first];
  for (const hash of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      [oldRoot, newRoot] = [node(hash, oldRoot), node(hash, newRoot)];
      for (; place % 2 === 0 && place !== 0; last = Math.floor(last / 2)) place /= 2;
    } else newRoot = node(newRoot, hash);
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && oldRoot.equals(older.root) && newRoot.equals(newer.root);
}

/** What a log posts: `old <size>`, hashes, an empty line, a checkpoint. @param {string} body */
function readSubmission(body) {
  const end = body.indexOf('\n\n');
  const [first = '', ...hashes] = body.slice(0, Math.max(end, 0)).split('\n');
  const old = /^old (0|[1-9]\d{0,15})$/.exec(first)?.[1];
  const proof = hashes.map(fromBase64);
  const checkpoint = readCheckpoint(body.slice(end + 2));
  if (old === undefined || !checkpoint || proof.length > 63 || !proof.every(hash => hash?.length === 32)) return null;
  return { old: Number(old), proof: /** @type {Buffer[]} */ (proof), checkpoint };
}

/** @typedef {{ status: number, body: string, type?: string }} Answer */

/** @param {{ keys: Key[], own: ReturnType<typeof signer>, file: string }} settings */
function witness({ keys, own, file }) {
  /** @returns {Record<string, string>} */
  const seen = () => JSON.parse(readFileSync(file, 'utf8'));
  for (const note of Object.values(seen())) {
    if (!readCheckpoint(note)) throw new Error(`${file} is damaged: it holds something that is no checkpoint.`);
  }

  /** @param {Checkpoint} checkpoint */
  const cosignature = ({ text }) => {
    const at = BigInt(Math.floor(Date.now() / 1000));
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(at);
    const signature = sign(null, Buffer.from(`cosignature/v1\ntime ${at}\n${text}`), own.secret);
    return `— ${own.key.name} ${Buffer.concat([Buffer.from(own.key.id, 'hex'), time, signature]).toString('base64')}\n`;
  };

  // From reading what was seen to keeping what is cosigned there is no pause: two submissions cannot cross.
  /** @param {string} body @returns {Answer} */
  const addCheckpoint = body => {
    const asked = readSubmission(body);
    if (!asked) return { status: 400, body: 'not a submission\n' };
    const { old, proof, checkpoint } = asked;
    const trusted = keys.filter(key => key.name === checkpoint.origin);
    if (trusted.length === 0) return { status: 404, body: 'unknown log\n' };
    if (!isSigned(checkpoint, trusted)) return { status: 403, body: 'not signed by a known key of this log\n' };
    if (old > checkpoint.size) return { status: 400, body: 'old is larger than the checkpoint\n' };
    const known = seen();
    const last = readCheckpoint(known[checkpoint.origin] ?? '') ?? { size: 0, root: EMPTY, text: '' };
    const conflict = { status: 409, body: `${last.size}\n`, type: 'text/x.tlog.size' };
    if (old !== last.size) return conflict;
    if (!continues(last, checkpoint, proof)) {
      process.stderr.write(`Refused, signed by the log and not what it signed before:\n${checkpoint.note}\n`);
      return old === checkpoint.size ? conflict : { status: 422, body: 'does not continue what was seen\n' };
    }
    if (checkpoint.text !== last.text) keep(file, JSON.stringify({ ...known, [checkpoint.origin]: checkpoint.note }));
    return { status: 200, body: cosignature(checkpoint) };
  };

  const vkey = `${own.key.name}+${own.key.id}+${Buffer.concat([Buffer.of(COSIGNATURE), own.key.bytes]).toString('base64')}`;
  const page = () => [vkey, ...Object.values(seen())].join('\n');
  return { vkey, addCheckpoint, page };
}

/** @param {import('node:http').IncomingMessage} request @returns {Promise<string | null>} */
async function bodyOf(request) {
  const pieces = [];
  let length = 0;
  for await (const piece of request) {
    length += piece.length;
    if (length > LONGEST_BODY) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString();
}

function main() {
  const text = /** @type {const} */ ({ type: 'string' });
  const { values } = parseArgs({
    options: { log: { type: 'string', multiple: true }, key: text, name: text, port: text, host: text },
  });
  if (!values.log || !values.key) throw new Error(USAGE);
  const own = ownKey(values.key, values.name ?? hostname());
  const { vkey, addCheckpoint, page } = witness({ keys: values.log.map(readLogKey), own, file: `${values.key}.seen` });
  const server = createServer(async (request, response) => {
    /** @param {Answer} answer */
    const say = ({ status, body, type = 'text/plain; charset=utf-8' }) =>
      response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
    try {
      if (request.method === 'GET') return say({ status: 200, body: page() });
      if (request.method !== 'POST' || !request.url?.endsWith('/add-checkpoint')) return say({ status: 404, body: '' });
      const body = await bodyOf(request);
      return say(body === null ? { status: 413, body: 'too long\n' } : addCheckpoint(body));
    } catch (error) {
      process.stderr.write(`${error}\n`);
      return response.headersSent ? response.destroy() : say({ status: 500, body: 'failed; nothing was cosigned\n' });
    }
  });
  server.listen(Number(values.port ?? 8460), values.host ?? '127.0.0.1', () => {
    const { address, port } = /** @type {import('node:net').AddressInfo} */ (server.address());
    process.stdout.write(`${vkey}\nListening on http://${address}:${port}\n`);
  });
}

try {
  main();
} catch (error) {
  process.stderr.write(`${/** @type {Error} */ (error).message}\n`);
  process.exitCode = 2;
}
