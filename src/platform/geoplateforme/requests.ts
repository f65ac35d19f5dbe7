/** What a public service said: an answer, its own error, a request to wait, or nothing. */
export type ServiceAnswer =
  | { readonly kind: 'answer'; readonly value: unknown }
  | { readonly kind: 'error'; readonly status: number; readonly message: string }
  | { readonly kind: 'busy'; readonly retryAfter_s: number }
  | { readonly kind: 'away' };

export interface PublicService {
  get(path: string, query: Readonly<Record<string, string>>): Promise<ServiceAnswer>;
}

export interface ServiceTerms {
  /** `https://data.geopf.fr` */
  readonly base: string;
  /** Requests a second, below what the service allows to one address. */
  readonly perSecond: number;
  /** A request that would have to wait longer than this for its turn is told that the service is busy. */
  readonly longestWait_ms?: number;
  readonly answerWithin_ms?: number;
}

/** Answers kept in memory: the same address is often typed twice. */
const kept = 500;

const pause = (ms: number): Promise<void> => new Promise(done => setTimeout(done, ms));

/** Its errors are `{error: {message}}`, `{message}` or not JSON at all. */
function messageOf(body: unknown, status: number): string {
  const { error, message } = (body ?? {}) as { error?: { message?: unknown }; message?: unknown };
  const said = error?.message ?? message;
  return typeof said === 'string' ? said : `HTTP ${status}`;
}

async function ask(url: string, within_ms: number): Promise<ServiceAnswer> {
  try {
    const response = await fetch(url, {
      signal: AbortSignal.timeout(within_ms),
      headers: { accept: 'application/json' },
    });
    if (response.status === 429) {
      const seconds = Number(response.headers.get('retry-after'));
      return { kind: 'busy', retryAfter_s: seconds > 0 ? Math.ceil(seconds) : 5 };
    }
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) return { kind: 'error', status: response.status, message: messageOf(body, response.status) };
    return body === undefined ? { kind: 'away' } : { kind: 'answer', value: body };
  } catch {
    return { kind: 'away' };
  }
}

/**
 * A polite caller of one public service: evenly spaced requests, silence for as long as the service asks, answers kept.
 * Never throws and never retries by itself: the caller has something else to offer.
 */
export function publicService({
  base,
  perSecond,
  longestWait_ms = 2_000,
  answerWithin_ms = 5_000,
}: ServiceTerms): PublicService {
  const answers = new Map<string, ServiceAnswer>();
  let nextTurn = 0;
  let quietUntil = 0;
  return {
    async get(path, query) {
      const url = `${base}${path}?${new URLSearchParams(query)}`;
      const known = answers.get(url);
      if (known) return known;
      const now = performance.now();
      if (now < quietUntil) return { kind: 'busy', retryAfter_s: Math.ceil((quietUntil - now) / 1_000) };
      const turn = Math.max(now, nextTurn);
      if (turn - now > longestWait_ms) return { kind: 'busy', retryAfter_s: Math.ceil((turn - now) / 1_000) };
      nextTurn = turn + 1_000 / perSecond;
      if (turn > now) await pause(turn - now);
      const answer = await ask(url, answerWithin_ms);
      if (answer.kind === 'busy') quietUntil = performance.now() + answer.retryAfter_s * 1_000;
      if (answer.kind === 'answer') {
        if (answers.size >= kept) answers.delete(answers.keys().next().value!);
        answers.set(url, answer);
      }
      return answer;
    },
  };
}
