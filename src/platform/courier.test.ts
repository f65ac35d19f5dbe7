import { createSocket } from 'node:dgram';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, createServer as createWire } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isPrivateAddress, openCourier } from './courier.ts';

describe('an address is private', () => {
  test.each([
    ...['127.0.0.1', '127.9.9.9', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1', '100.64.0.1'],
    ...['169.254.169.254', '224.0.0.1', '255.255.255.255', '198.18.0.1'],
    ...['::1', '::', 'fe80::1', 'fc00::1', 'fd12:3456::1', 'ff02::1', '::ffff:127.0.0.1', '::ffff:a00:1'],
    ...['64:ff9b::7f00:1', '2002:7f00:1::', '::127.0.0.1'],
  ])('%s', address => {
    expect(isPrivateAddress(address)).toBe(true);
  });

  test.each(['8.8.8.8', '172.32.0.1', '172.15.0.1', '100.128.0.1', '193.1.1.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
    'but %s is not',
    address => {
      expect(isPrivateAddress(address)).toBe(false);
    },
  );
});

describe('a call', () => {
  let server: Server;
  let base: string;
  const heard: string[] = [];
  const silent = createWire(() => {});
  beforeAll(async () => {
    server = createServer((asked, answer) => {
      heard.push(asked.url ?? '');
      if (asked.url === '/moved') answer.writeHead(302, { location: '/elsewhere' }).end();
      else if (asked.url === '/endless') answer.writeHead(200).write('x');
      else answer.writeHead(asked.url === '/broken' ? 500 : 204).end();
    });
    await Promise.all([server, silent].map(one => new Promise<void>(ready => one.listen(0, '127.0.0.1', ready))));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
    silent.close();
  });
  const call = (url: string, privately = true) => openCourier({ privately })({ url, headers: {}, body: '{}' });

  test.each([
    ['/well', 204],
    ['/broken', 500],
    ['/moved', 302],
    ['/endless', 200],
  ])('to %s is answered %i, and goes nowhere else', async (path, status) => {
    expect(await call(base + path)).toMatchObject({ status, failure: null });
    expect(heard).not.toContain('/elsewhere');
  });

  test('where nobody answers ends after five seconds', async () => {
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    const { status, failure, response_ms } = await call(url);
    expect([status, failure]).toEqual([null, 'timeout']);
    expect(response_ms).toBeGreaterThanOrEqual(4_900);
    expect(response_ms).toBeLessThan(7_000);
  });

  test.each(['http://127.0.0.1:1/', 'https://[::1]/', 'https://2130706433/', 'https://0x7f.1/'])(
    'to %s never leaves unless the installation says so',
    async url => {
      const before = heard.length;
      expect(await call(url.replace(':1/', `:${new URL(base).port}/`), false)).toMatchObject({
        failure: 'private_address',
      });
      expect(heard.length).toBe(before);
    },
  );

  test('to a closed door or a name that leads nowhere says so', async () => {
    expect(await call('http://127.0.0.1:1/')).toMatchObject({ status: null, failure: 'unreachable' });
    expect(await call('https://nowhere.invalid/', false)).toMatchObject({ status: null, failure: 'unknown_host' });
  });
});

/** A name server that knows IPv4 addresses alone; of any other name it says that there is none (RFC 1035). */
function nameServer(names: Readonly<Record<string, readonly string[]>>) {
  const socket = createSocket('udp4');
  socket.on('message', (asked, from) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = asked[at]!; length > 0; length = asked[at]!) {
      labels.push(asked.toString('ascii', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const question = asked.subarray(12, at + 5);
    const found = asked.readUInt16BE(at + 1) === 1 ? (names[labels.join('.').toLowerCase()] ?? []) : [];
    const head = Buffer.alloc(12);
    asked.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180, 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(found.length, 6);
    const answers = found.map(address =>
      Buffer.from([0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, ...address.split('.').map(Number)]),
    );
    socket.send(Buffer.concat([head, question, ...answers]), from.port, from.address);
  });
  return socket;
}

describe('a name', () => {
  const names = nameServer({
    'inside.example': ['10.0.0.7'],
    'both.example': ['8.8.8.8', '127.0.0.1'],
    'here.example': ['127.0.0.1'],
  });
  let nameServers: readonly string[];
  let server: Server;
  let port: number;
  beforeAll(async () => {
    await new Promise<void>(ready => names.bind(0, '127.0.0.1', ready));
    nameServers = [`127.0.0.1:${names.address().port}`];
    server = createServer((asked, answer) =>
      answer.writeHead(asked.headers.host?.startsWith('here') ? 204 : 400).end(),
    );
    await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => {
    names.close();
    server.close();
    server.closeAllConnections();
  });

  test.each([
    ['that leads inside', 'inside.example', 'private_address'],
    ['of which one address is inside', 'both.example', 'private_address'],
    ['that leads nowhere', 'nobody.example', 'unknown_host'],
  ])('%s is not called', async (_title, name, failure) => {
    const answer = await openCourier({ privately: false, nameServers })({
      ...{ url: `http://${name}:${port}/`, headers: {}, body: '{}' },
    });
    expect(answer).toMatchObject({ status: null, failure });
  });

  test('that leads outside is called at the address that was looked at', async () => {
    const looked: string[] = [];
    const isRefused = (address: string) => looked.push(address) === 0;
    const answer = await openCourier({ privately: false, nameServers, isRefused })({
      ...{ url: `http://here.example:${port}/`, headers: {}, body: '{}' },
    });
    expect([answer.status, looked]).toEqual([204, ['127.0.0.1']]);
  });
});
