import { Agent, request } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly body: string;
}

/** What one client asks next; null when it has nothing left to ask. */
export type NextAsk = () => { readonly path: string; readonly token: string; readonly body: unknown } | null;

/** A client of few parts, so that what is measured is the server: one connection, one request at a time. */
export function client(address: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ask = (path: string, { token, body }: { readonly token: string; readonly body?: unknown }): Promise<Answer> =>
    new Promise((done, fail) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const headers = {
        authorization: `Bearer ${token}`,
        ...(text && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
      };
      const sent = request(address + path, { agent, method: text ? 'POST' : 'GET', headers }, answer => {
        const pieces: Buffer[] = [];
        answer.on('data', (piece: Buffer) => pieces.push(piece));
        answer.on('end', () => done({ status: answer.statusCode ?? 0, body: Buffer.concat(pieces).toString() }));
        answer.on('error', fail);
      });
      sent.on('error', fail);
      sent.end(text);
    });
  return { ask, close: () => agent.destroy() };
}

export interface Load {
  readonly a_second: number;
  readonly p95_ms: number;
  readonly answers: readonly Answer[];
}

export const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(q * values.length))] ?? Number.NaN;

/** Many clients at once, each asking until it has nothing left to ask or the time is over. */
export async function load(address: string, nexts: readonly NextAsk[], most_ms = 20_000): Promise<Load> {
  const answers: Answer[] = [];
  const taken_ms: number[] = [];
  const from = performance.now();
  const run = async (next: NextAsk) => {
    const { ask, close } = client(address);
    for (let one = next(); one !== null && performance.now() - from < most_ms; one = next()) {
      const begun = performance.now();
      answers.push(await ask(one.path, one));
      taken_ms.push(performance.now() - begun);
    }
    close();
  };
  await Promise.all(nexts.map(run));
  const seconds = (performance.now() - from) / 1000;
  return { a_second: answers.length / seconds, p95_ms: quantile(taken_ms, 0.95), answers };
}
