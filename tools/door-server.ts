import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a lock was told, as it came. */
export interface Heard {
  readonly method: string;
  readonly path: string;
  readonly token: string | null;
  readonly body: Readonly<Record<string, unknown>> | null;
}

export interface Said {
  readonly status: number;
  readonly body?: unknown;
  /** How long it takes to answer. */
  readonly after_ms?: number;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface DoorServer {
  readonly address: string;
  readonly heard: readonly Heard[];
  /** What it says from now on. */
  readonly say: (answer: (heard: Heard) => Said | Promise<Said>) => void;
  readonly forget: () => void;
  readonly close: () => Promise<void>;
}

async function readBody(request: IncomingMessage): Promise<Heard['body']> {
  const pieces: Buffer[] = [];
  for await (const piece of request) pieces.push(piece as Buffer);
  return pieces.length === 0 ? null : JSON.parse(Buffer.concat(pieces).toString('utf8'));
}

/** A real HTTP server that plays a lock, or the house that keeps it. */
export async function startDoor(first: (heard: Heard) => Said | Promise<Said>): Promise<DoorServer> {
  let answer = first;
  const heard: Heard[] = [];
  const server = createServer(async (request, response) => {
    const one: Heard = {
      method: request.method ?? '',
      path: request.url ?? '',
      token: request.headers.authorization?.replace(/^Bearer /, '') ?? null,
      body: await readBody(request),
    };
    heard.push(one);
    const { status, body, after_ms = 0, headers } = await answer(one);
    if (after_ms > 0) await new Promise(wait => setTimeout(wait, after_ms));
    response.writeHead(status, { 'content-type': 'application/json', ...headers });
    response.end(body === undefined ? '' : JSON.stringify(body));
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    heard,
    say: next => {
      answer = next;
    },
    forget: () => {
      heard.length = 0;
    },
    close: () =>
      new Promise(closed => {
        server.closeAllConnections();
        server.close(() => closed());
      }),
  };
}
