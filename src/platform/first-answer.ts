import { sql } from 'kysely';
import { sha256 } from '../kernel/canonical.ts';
import { accept, type Outcome, refusal, refuse } from '../kernel/outcome.ts';
import type { Work } from './database.ts';

const keyReused = refusal('request.key_reused', 422, {
  fr: 'Cette clé de requête a déjà servi pour une autre demande. Envoyez une nouvelle clé.',
  en: 'This request key was already used for another request. Send a new key.',
});

const keyTooLong = refusal('request.key_too_long', 422, {
  fr: 'Cette clé de requête dépasse 200 caractères. Envoyez une clé plus courte, un UUID par exemple.',
  en: 'This request key is over 200 characters. Send a shorter key, such as a UUID.',
});

const longestKey = 200;

export interface Request {
  /** Who asks: keys of two people never meet. */
  readonly asker: string;
  readonly key: string;
  /** Everything that makes it the same request. */
  readonly body: unknown;
  /** Secrets of the answer, told once and kept nowhere: asked again, the first answer comes without them. */
  readonly toldOnce?: readonly string[] | undefined;
}

const without = (value: unknown, fields: readonly string[]): unknown =>
  Object.fromEntries(Object.entries(value as object).filter(([name]) => !fields.includes(name)));

/**
 * Runs a verb once for a request key: asked again, the first answer comes back and nothing else happens; the same key
 * under another body is refused. A refusal is not kept, so what was missing can be mended and asked again.
 */
export async function onceFor<T>(work: Work, request: Request, verb: () => Promise<Outcome<T>>): Promise<Outcome<T>> {
  if (request.key.length > longestKey) return refuse(keyTooLong);
  const bodyHash = sha256(toJson(request.body));
  const claimed = await sql`
    insert into platform.first_answer (network_id, asker, request_key, request_sha256, recorded_at)
    values (${work.networkId}, ${request.asker}, ${request.key}, ${bodyHash}, ${work.now.toString()})
    on conflict on constraint one_answer_per_request_key do nothing returning 1`.execute(work.tx);
  if (claimed.rows.length === 0) {
    const first = await sql<{ request_sha256: string; answer: T }>`
      select request_sha256, answer from platform.first_answer
      where asker = ${request.asker} and request_key = ${request.key}`.execute(work.tx);
    const row = first.rows[0];
    return row?.request_sha256 === bodyHash ? accept(row.answer) : refuse(keyReused);
  }
  const outcome = await verb();
  if (!outcome.ok) return outcome;
  const { toldOnce } = request;
  const answer = toJson(toldOnce ? without(outcome.value, toldOnce) : outcome.value);
  await sql`update platform.first_answer set answer = ${answer}::jsonb
    where asker = ${request.asker} and request_key = ${request.key}`.execute(work.tx);
  return toldOnce ? outcome : accept(JSON.parse(answer) as T);
}

/** Days for which a request key is remembered: longer than anyone repeats a request, shorter than any record of hours. */
const remembered_days = 7;

/** Forgets first answers at their term: an answer may hold the hour of a check-in, which has its own, short life. */
export async function forgetAnswers(work: Work): Promise<void> {
  const before = work.now.subtract({ hours: 24 * remembered_days });
  await sql`delete from platform.first_answer where recorded_at < ${before.toString()}`.execute(work.tx);
}

/** JSON in which whole numbers too large for it travel as decimal texts. Without any, the plain way is five times faster. */
export function toJson(value: unknown): string {
  try {
    return JSON.stringify(value ?? null);
  } catch {
    return JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? item.toString() : item));
  }
}
