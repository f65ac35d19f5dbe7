#!/usr/bin/env node
// Checks a Parvis dossier offline. Written from docs/reference/dossier.md (whose § are cited); no code of the server.
import { hash as digest } from 'node:crypto';
import { readFileSync, realpathSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { checkClaim } from './claims.mjs';
import {
  base64,
  canonical,
  check,
  checkCheckpoint,
  checkContents,
  checkManifest,
  checkSignatures,
  Finding,
  groups,
  hexOf,
  jsonLines,
  jsonOf,
  minus,
  ONE,
  plus,
  ratio,
  rational,
  readArchive,
  sentence,
  sha256,
  sums,
  times,
  under,
  written,
  ZERO,
} from './read.mjs';

export { canonical, Finding, readArchive } from './read.mjs';

const SCHEMES = ['cee', 'lbc', 'none', 'other'];
const CHECKS = {
  cee: ['claimed_once', 'contract_complete', 'prior_offer', 'residual_cost'],
  lbc: ['after_receipt', 'claimed_once', 'one_vintage'],
  month: 'factors_in_date log_intact metres_conserved month_final one_scheme presences_decided'.split(' '),
};

const [LEAF, pair] = [Buffer.of(0), Buffer.alloc(65, 1)];

/** `pair` holds 0x01, left, right, written over for each node. */
function nodeHash(left, right) {
  pair.set(left, 1);
  pair.set(right, 33);
  return digest('sha256', pair, 'buffer');
}

/** RFC 9162 §2.1.3.2. */
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

function leafOf({ entry, payload, salt, erased }, at) {
  if (erased) return Buffer.from(erased, 'hex');
  const keys = Object.keys(entry).join();
  const shaped = keys === 'day,payload_commit,person_commit,seq,site,type' && Number.isSafeInteger(entry.seq);
  check(shaped && /^[0-9a-f]{64}$/.test(salt), 'lines.jsonl', 'entry', at);
  const commit = hexOf(Buffer.from(salt, 'hex'), JSON.stringify(payload));
  check(commit === entry.payload_commit, 'lines.jsonl', 'commit', at);
  return sha256(LEAF, JSON.stringify(entry));
}

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

/** The basis of the month, and those of earlier months for the lines that take theirs back; §5. */
function readBases(files, manifest) {
  const { earlier, ...method } = jsonOf(files, 'method.json');
  const bases = new Map([[null, readMethod(method, jsonOf(files, 'factors.json'), manifest)]]);
  for (const one of earlier) {
    check(hexOf(canonical({ factors: one.factors, method: one.method })) === one.key, 'method.json', 'method', one.key);
    bases.set(one.key, readMethod(one.method, one.factors, manifest));
  }
  return bases;
}

function readMethod(method, { valid_from, factors: listed }, manifest) {
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

/** Milligrams of the legs: Σ m·f / o / 1000. */
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

function metres(legs, at, side) {
  return legs.reduce((sum, leg) => {
    const whole = [leg.metres, leg.routed_m, leg.snap_m].every(m => Number.isSafeInteger(m) && m >= 0);
    const cautious = (leg.routed_m - leg.metres) * side >= 0;
    check(whole && cautious && ['out', 'back'].includes(leg.direction), 'lines.jsonl', 'leg', at);
    return sum + BigInt(leg.metres);
  }, 0n);
}

/** What a line would say if it took nothing back. */
function worth({ reference, actual, replaced, x, scheme, space_energy_mg }, method, at) {
  const [before, after] = [metres(reference, at, 1), metres(actual, at, -1)];
  if (scheme === 'none') return { gross_mg: '0', net_mg: '0', avoided_m: '0', unallocated_m: `${before - after}` };
  const home = replaced === 'home';
  const out = reference.filter(leg => replaced === 'office' && method.leftOut.has(leg.factor));
  const kept = reference.filter(leg => !out.includes(leg));
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

/** What a line should say, with the other sign when it takes a line back. */
function recompute(payload, method, at) {
  const figures = Object.entries(worth(payload, method, at));
  const sign = text => written(minus(ZERO, rational(text, 'lines.jsonl', text)));
  return figures.map(([key, text]) => [key, payload.reverses === null ? text : sign(text)]);
}

/** §3, what may be credited, and what takes it back. */
function checkStanding({ evidence, replaced, reference, actual, x, share, ...said }, type, at) {
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

function checkLines(lines, manifest, bases) {
  const last = manifest.period.split('/').at(-1);
  for (const [i, { entry, payload, erased }] of lines.entries()) {
    if (erased) continue;
    const [year, month] = [`${entry.day}`.slice(0, 4), `${entry.day}`.slice(0, 7)];
    const ofYear = manifest.kind !== 'month' || last.startsWith(year) || entry.type === 'reversal';
    const dated = month <= last && ofYear && payload.vintage === Number(year);
    check(dated && ['presence', 'reversal'].includes(entry.type), 'lines.jsonl', 'month', i + 1);
    const method = bases.get(payload.under);
    check(method !== undefined, 'lines.jsonl', 'payload', i + 1);
    check(entry.day >= method.valid_from, 'factors.json', 'too_early', entry.day);
    checkStanding(payload, entry.type, i + 1);
    for (const [key, value] of recompute(payload, method, i + 1)) {
      check(payload[key] === value, 'lines.jsonl', 'differs', i + 1, key, value, payload[key]);
    }
  }
}

function totalsOf(payloads) {
  const of = scheme => payloads.filter(p => p.scheme === scheme);
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

function checkBatch(files, manifest, { lines, proofs }) {
  const [batch, { best_before }] = [jsonOf(files, 'batch.json'), jsonOf(files, 'factors.json')];
  const { month, network, engine, closed_at } = batch;
  const same = month === manifest.period && network === manifest.network.id && batch.lines === lines.length;
  check(same, 'batch.json', 'sum', 'lines', lines.length);
  check(`${closed_at}`.slice(0, 10) <= best_before, 'factors.json', 'expired', best_before);
  for (const [key, value] of Object.entries(totalsOf(lines.map(line => line.payload)))) {
    check(canonical(batch[key]) === canonical(value), 'batch.json', 'sum', key, canonical(value));
  }
  const text = ['parvis-batch/2', `network ${network}`, `month ${month}`, ...under(files, engine), ''].join('\n');
  const leaves = proofs.map(proof => Buffer.from(proof.leaf, 'hex')).sort(Buffer.compare);
  const id = hexOf(Buffer.concat([Buffer.from(text), ...leaves]));
  check(id === batch.id && id === manifest.batch, 'batch.json', 'batch_id');
  return batch;
}

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

/** §7. */
function checkChecks(files, kind) {
  const checks = new Map(jsonOf(files, 'checks.json').map(one => [one.id, one.passed]));
  const failed = [...CHECKS[kind], ...checks.keys()].find(id => checks.get(id) !== true);
  check(failed === undefined, 'checks.json', 'failed_check', failed);
  return checks.size;
}

/** Runs every check in order, tells each through `say`, throws the first `Finding`. */
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
  checkLines(lines, manifest, readBases(files, manifest));
  const erased = lines.filter(line => line.erased).length;
  say('recomputed', lines.length - erased, erased);
  const read = { lines, proofs };
  const batch = manifest.kind === 'month' ? checkBatch(files, manifest, read) : checkClaim(files, manifest, read);
  say('batch', batch.id.slice(0, 12));
  checkOnePresenceOneScheme(lines);
  say('once');
  say('checks', checkChecks(files, manifest.kind));
  return { manifest, batch, vkey: key.text };
}

/** What stopped the program, as a finding on the file it was given. */
const findingOf = (error, path) =>
  error instanceof Finding
    ? error
    : new Finding(path, error.code === 'EISDIR' ? 'directory' : 'unread', [error.code ?? error]);

export function main(args, print) {
  const option = name => (args.includes(name) ? (args[args.indexOf(name) + 1] ?? '') : null);
  const path = args.find((arg, i) => !arg.startsWith('--') && !['--key', '--lang'].includes(args[i - 1] ?? ''));
  const lang = option('--lang') === 'en' ? 'en' : 'fr';
  const tell = (code, ...values) => print(sentence(code, values, lang));
  const say = (code, ...values) => print(`✓ ${sentence(code, values, lang)}`);
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
