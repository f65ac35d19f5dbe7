import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly at_ms: number;
}

export interface Receivers {
  /** The address of a receiver; how it answers is its path: `/204`, `/500`, `/hang`. */
  readonly url: (path: string) => string;
  readonly received: Received[];
  readonly on: (path: string) => readonly Received[];
  /** What a path answers from now on; 0 never answers. */
  readonly answer: (path: string, status: number) => void;
  readonly close: () => Promise<void>;
}

/** Programs on this machine that receive webhooks: each path answers 204 until told otherwise. */
export async function startReceivers(): Promise<Receivers> {
  const received: Received[] = [];
  const answers = new Map<string, number>();
  const server = createServer((asked, answer) => {
    const pieces: Buffer[] = [];
    asked.on('data', (piece: Buffer) => pieces.push(piece));
    asked.on('end', () => {
      const path = asked.url ?? '';
      received.push({ path, headers: asked.headers, body: Buffer.concat(pieces).toString(), at_ms: performance.now() });
      const status = answers.get(path) ?? 204;
      if (status !== 0) answer.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end();
    });
  });
  await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: path => base + path,
    received,
    on: path => received.filter(one => one.path === path),
    answer: (path, status) => void answers.set(path, status),
    close: () =>
      new Promise(done => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

/** How many of a call's signatures a secret vouches for, as a receiver checks it (Standard Webhooks). */
export function vouchedFor({ headers, body }: Received, secret: string): number {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
  const own = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return String(headers['webhook-signature'])
    .split(' ')
    .filter(one => one === own).length;
}
