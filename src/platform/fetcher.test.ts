import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openFetcher } from './fetcher.ts';

describe('a file', () => {
  let server: Server;
  let base: string;
  beforeAll(async () => {
    server = createServer((asked, answer) => {
      const path = asked.url ?? '';
      const chunk = Buffer.alloc(100_000);
      const endless = () => answer.write(chunk, () => setImmediate(endless));
      const answers: Record<string, () => unknown> = {
        '/file': () =>
          asked.headers['if-none-match'] === '"1"'
            ? answer.writeHead(304).end()
            : answer.writeHead(200, { etag: '"1"' }).end('été'),
        '/gone': () => answer.writeHead(410).end(),
        '/broken': () => answer.writeHead(500).end(),
        '/moved': () => answer.writeHead(302, { location: '/file#part' }).end(),
        '/round': () => answer.writeHead(302, { location: '/round' }).end(),
        '/odd': () => answer.writeHead(302, { location: 'file:///etc/passwd' }).end(),
        '/said': () => answer.writeHead(200, { 'content-length': 50_000_000 }).end(),
        '/endless': endless,
        '/hang': () => null,
        '/slow': () => answer.writeHead(200).write('x'),
      };
      (answers[path] ?? (() => answer.writeHead(404).end()))();
    });
    await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const fetcher = openFetcher({ privately: true, patience_ms: 700 });
  const asked = (path: string, etag: string | null = null) =>
    fetcher({ url: path.startsWith('/') ? base + path : path, accept: 'text/calendar', etag });
  const failed = (failure: string) => ({ kind: 'failed', failure });

  test.each<[string, object]>([
    ['/file', { kind: 'file', text: 'été', etag: '"1"' }],
    ['/moved', { kind: 'file', text: 'été', etag: '"1"' }],
    ['/nowhere', failed('not_found')],
    ['/gone', failed('not_found')],
    ['/broken', failed('bad_answer')],
    ['/odd', failed('bad_answer')],
    ['/round', failed('too_many_redirects')],
    ['/said', failed('too_large')],
    ['/endless', failed('too_large')],
    ['/hang', failed('timeout')],
    ['/slow', failed('timeout')],
    ['http://127.0.0.1:1/', failed('unreachable')],
    ['nothing', failed('bad_answer')],
  ])('%s is read as %j', async (path, outcome) => {
    expect(await asked(path)).toEqual(outcome);
  });

  test('that we have already is not read again', async () => {
    expect(await asked('/file', '"1"')).toEqual({ kind: 'same' });
  });

  test.each(['https://127.0.0.1/', 'https://[::1]/', 'https://169.254.169.254/', 'https://parvis.internal/'])(
    'of our own side of the network is not read: %s',
    async url => {
      const outcome = await openFetcher({ privately: false })({ url, accept: '*/*', etag: null });
      expect(outcome).toEqual(failed('private_address'));
    },
  );
});
