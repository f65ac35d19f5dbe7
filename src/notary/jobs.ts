import { sha256 } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import { instantAt, secondsBetween } from '../kernel/time.ts';
import { inNetwork, type Work } from '../platform/database.ts';
import type { Shell } from '../platform/http.ts';
import type { Timetabled } from '../platform/jobs.ts';
import { textIn } from './checkpoint.ts';
import { consistency, cosignDaily, keyringOf, sealPending } from './notary.ts';
import { keyTypes, parseVkey } from './note.ts';
import { latestCheckpoint } from './store/log.ts';
import { isAnyPending } from './store/pending.ts';
import { insertCosignature, insertStamp, latestStamps, noteAnswer, witnesses } from './store/witness.ts';
import { readReply as readStamp, stampRequest } from './timestamp.ts';
import { type Answer, type Reply, readReply, submission, type Witness } from './witnesses.ts';

// What the clock does for the log: seal what waits, date it, show it to those who watch.

type World = Pick<Shell, 'db' | 'clock' | 'newId' | 'log' | 'secrets' | 'settings'>;

/** One network's log, and how to open a unit of work in it. No transaction stays open while someone outside is asked. */
interface Kept {
  readonly world: World;
  readonly networkId: Id<'net'>;
  readonly run: <T>(task: (work: Work) => Promise<T>) => Promise<T>;
}

const patience_ms = 10_000;
/** A token with its certificates takes some 6 kB; a cosignature less than 1 kB. */
const longestAnswer_bytes = 64_000;

/** Posts and reads the whole answer; null when nobody answered, or too long, or from somewhere else. */
async function post(url: string, { type, body }: { type: string; body: string | Uint8Array<ArrayBuffer> }) {
  try {
    const signal = AbortSignal.timeout(patience_ms);
    const answer = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
      redirect: 'error',
      signal,
    });
    const pieces: Uint8Array[] = [];
    let length = 0;
    for await (const piece of answer.body ?? []) {
      length += piece.length;
      if (length > longestAnswer_bytes) return null;
      pieces.push(piece);
    }
    return { status: answer.status, bytes: Buffer.concat(pieces) };
  } catch {
    // Whatever stopped it, from a name that leads nowhere to a cut line, means the same here: ask again later.
    return null;
  }
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

/** What is said to a witness that last saw `oldSize`, or less if we have less. */
async function toSubmit(work: Work, oldSize: number) {
  const latest = await latestCheckpoint(work);
  if (!latest) return null;
  const proof = await consistency(work, { oldSize: Math.min(oldSize, latest.size), size: latest.size });
  if (!proof.ok) return null;
  return { size: latest.size, note: latest.note, proof: proof.value, now_s: seconds(work.now.epochMilliseconds) };
}

async function note(
  { run }: Kept,
  witness: Witness,
  said: { answer: Answer; knownSize: number | null },
): Promise<void> {
  await run(work => noteAnswer(work, { witnessId: witness.witnessId, ...said }));
}

async function keepReply(
  kept: Kept,
  witness: Witness,
  { size, reply }: { size: number; reply: Exclude<Reply, { answer: 'conflict' }> },
) {
  if (reply.answer !== 'cosigned') return note(kept, witness, { answer: reply.answer, knownSize: null });
  const { line, signed_at_s } = reply.cosignature;
  await kept.run(work =>
    insertCosignature(work, { size, vkey: witness.vkey, signedAt: instantAt(signed_at_s * 1000), line }),
  );
  return note(kept, witness, { answer: 'cosigned', knownSize: size });
}

/** A witness that knows another size says which; a log that grows meanwhile makes it say so again, not for ever. */
const mostTries = 4;

/** Shows the latest checkpoint to a witness and keeps its cosignature, or why there is none. */
async function askWitness(kept: Kept, witness: Witness): Promise<void> {
  const key = parseVkey(witness.vkey, keyTypes.cosignature)!;
  let oldSize = witness.knownSize ?? 0;
  for (let tries = 0; tries < mostTries; tries++) {
    const asked = await kept.run(work => toSubmit(work, oldSize));
    if (!asked) return;
    // Only what the witness itself has just said counts against us: what we remember of it may be out of date.
    if (tries > 0 && oldSize > asked.size) return note(kept, witness, { answer: 'ahead', knownSize: oldSize });
    const body = submission({ oldSize: Math.min(oldSize, asked.size), proof: asked.proof }, asked.note);
    const answer = await post(`${witness.url}/add-checkpoint`, { type: 'text/plain; charset=utf-8', body });
    if (!answer) return note(kept, witness, { answer: 'unreachable', knownSize: null });
    const told = { status: answer.status, body: answer.bytes.toString() };
    const reply = readReply(told, { text: textIn(asked.note), key, now_s: asked.now_s });
    if (reply.answer !== 'conflict') return keepReply(kept, witness, { size: asked.size, reply });
    if (reply.size === Math.min(oldSize, asked.size)) {
      return note(kept, witness, { answer: 'other_history', knownSize: reply.size });
    }
    oldSize = reply.size;
  }
  return note(kept, witness, { answer: 'bad_answer', knownSize: null });
}

/** How long a cosignature stays fresh enough when nothing is added, in seconds. */
const fresh_s = 3_600;

const isDue = ({ answer, askedAt, knownSize }: Witness, size: number, { now }: Work): boolean =>
  answer !== 'cosigned' || knownSize !== size || askedAt === null || secondsBetween(askedAt, now) >= fresh_s;

async function askWitnesses(kept: Kept, who: 'all' | 'due'): Promise<void> {
  const asked = await kept.run(async work => {
    const size = (await latestCheckpoint(work))?.size ?? 0;
    return (await witnesses(work)).filter(witness => who === 'all' || isDue(witness, size, work));
  });
  await Promise.all(asked.map(witness => askWitness(kept, witness)));
}

/** The latest checkpoint, unless it was dated today. */
async function toStamp(work: Work) {
  const latest = await latestCheckpoint(work);
  const [stamp] = latest ? await latestStamps(work, { size: latest.size, limit: 1 }) : [];
  const dated = stamp && stamp.stampedAt.toString().slice(0, 10) >= work.now.toString().slice(0, 10);
  return dated ? null : latest;
}

async function askAuthority({ world, networkId, run }: Kept): Promise<void> {
  const { settings, log, newId, clock } = world;
  const latest = settings.tsaUrl === null ? null : await run(toStamp);
  if (settings.tsaUrl === null || !latest) return;
  const hashOf = (text: string) => Buffer.from(sha256(text), 'hex');
  const [imprint, nonce] = [hashOf(latest.note), hashOf(newId('non')).subarray(0, 8)];
  const body = Uint8Array.from(stampRequest({ imprint, nonce }));
  const answer = await post(settings.tsaUrl, { type: 'application/timestamp-query', body });
  if (answer?.status !== 200) return log.error(`The time-stamp authority did not answer for ${networkId}.`);
  const stamp = readStamp(answer.bytes, { imprint, nonce, now: clock() });
  if (!stamp.ok) return log.error(`${networkId}: ${stamp.refusal.message.en}`);
  await run(work => insertStamp(work, { ...stamp.value, size: latest.size }));
}

/** Everything due for one network's log. Run twice at once it seals once, and asks twice at worst. */
export async function keepLog(world: World, networkId: Id<'net'>): Promise<void> {
  const run = <T>(task: (work: Work) => Promise<T>) => inNetwork(world, networkId, task);
  const kept: Kept = { world, networkId, run };
  const keyring = keyringOf(world);
  // Whoever saw more than a restored backup holds must be heard before anything is sealed on top of it.
  if (await run(isAnyPending)) await askWitnesses(kept, 'all');
  let sealed = await run(work => sealPending(work, keyring));
  while (sealed.ok && sealed.value !== null) sealed = await run(work => sealPending(work, keyring));
  await askWitnesses(kept, 'due');
  const dated = sealed.ok ? await run(work => cosignDaily(work, keyring)) : sealed;
  if (!dated.ok) return world.log.error(`${networkId}: ${dated.refusal.message.en}`);
  await askAuthority(kept);
  const latest = await run(latestCheckpoint);
  if (latest) keyring.highWater?.keep(networkId, latest.note);
}

/** The logs of all networks; the one that fails does not hold up the others. */
async function keepLogs(shell: Shell, networkIds: readonly Id<'net'>[]): Promise<void> {
  for (const networkId of networkIds) {
    await keepLog(shell, networkId).catch(error => shell.log.error(`The log of ${networkId} was not kept.`, error));
  }
}

export const timetable = (shell: Shell, networkIds: () => Promise<readonly Id<'net'>[]>): readonly Timetabled[] => [
  { name: 'notary.keep_logs', match: '*/5 * * * *', task: async () => keepLogs(shell, await networkIds()) },
];
