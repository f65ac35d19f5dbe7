import { Resolver } from 'node:dns/promises';
import { request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import { performance } from 'node:perf_hooks';

// Calls to addresses that someone typed: they must not lead to our own side of the network, nor make us wait.

/** What a program is told, at an address that someone typed. */
export interface Call {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Why nobody answered. */
export type CallFailure = 'timeout' | 'private_address' | 'unknown_host' | 'bad_certificate' | 'unreachable';

export interface CallOutcome {
  /** Null when nobody answered. */
  readonly status: number | null;
  readonly failure: CallFailure | null;
  readonly response_ms: number;
}

export type Courier = (call: Call) => Promise<CallOutcome>;

/** From the name to the first line of the answer. */
export const patience_ms = 5_000;

/** This machine, its neighbours, and what leads to them under another name (RFC 6890 and its registries). */
const nearby: readonly (readonly [address: string, prefix: number])[] = [
  ...([
    ['0.0.0.0', 8],
    ['10.0.0.0', 8],
    ['100.64.0.0', 10],
    ['127.0.0.0', 8],
    ['169.254.0.0', 16],
    ['172.16.0.0', 12],
    ['192.0.0.0', 24],
    ['192.0.2.0', 24],
    ['192.88.99.0', 24],
    ['192.168.0.0', 16],
    ['198.18.0.0', 15],
    ['198.51.100.0', 24],
    ['203.0.113.0', 24],
    ['224.0.0.0', 3],
  ] as const),
  ...([
    ['::', 96],
    ['64:ff9b::', 96],
    ['64:ff9b:1::', 48],
    ['100::', 64],
    ['2001::', 23],
    ['2001:db8::', 32],
    ['2002::', 16],
    ['fc00::', 7],
    ['fe80::', 9],
    ['ff00::', 8],
  ] as const),
];

const nearbyAddresses = new BlockList();
for (const [address, prefix] of nearby)
  nearbyAddresses.addSubnet(address, prefix, address.includes(':') ? 'ipv6' : 'ipv4');

/** Is this the address of this machine or of a private network? An IPv4 address in IPv6 dress is seen through. */
export const isPrivateAddress = (address: string): boolean =>
  nearbyAddresses.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');

export class CallFailed extends Error {
  readonly failure: CallFailure;
  constructor(failure: CallFailure) {
    super(failure);
    this.failure = failure;
  }
}

export interface Roads {
  /** May go anywhere, this machine included, as the system itself finds it. */
  readonly privately: boolean;
  /** Name servers to ask; those of the system without them. */
  readonly nameServers?: readonly string[];
  readonly isRefused?: (address: string) => boolean;
  /** How long a file may take, redirections included; ten seconds without it. */
  readonly patience_ms?: number;
}

/**
 * Every address of a name, asked of the name servers themselves: the system's own way would wait in one of four threads that
 * the whole process shares. One that is private refuses the name, and the call goes to the very addresses that were looked at.
 */
async function publicAddresses(hostname: string, { nameServers, isRefused = isPrivateAddress }: Roads) {
  const resolver = new Resolver({ timeout: patience_ms / 2, tries: 1 });
  if (nameServers) resolver.setServers(nameServers);
  const [four, six] = await Promise.all([
    resolver.resolve4(hostname).catch(() => []),
    resolver.resolve6(hostname).catch(() => []),
  ]);
  const found = [...four.map(address => ({ address, family: 4 })), ...six.map(address => ({ address, family: 6 }))];
  if (found.length === 0) throw new CallFailed('unknown_host');
  if (found.some(({ address }) => isRefused(address))) throw new CallFailed('private_address');
  return found;
}

export const publicLookup =
  (roads: Roads): LookupFunction =>
  (hostname, { all }, done) => {
    publicAddresses(hostname, roads).then(
      found => (all ? done(null, found) : done(null, found[0]!.address, found[0]!.family)),
      (error: Error) => done(error, ''),
    );
  };

export function failureOf(error: Error & { readonly code?: string }): CallFailure {
  if (error instanceof CallFailed) return error.failure;
  if (/^(ENOTFOUND|EAI_AGAIN)$/.test(error.code ?? '')) return 'unknown_host';
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(error.code ?? '') ? 'bad_certificate' : 'unreachable';
}

/** Sends once and waits for the first line of the answer; what follows is not read, and no redirection is followed. */
function post({ url, headers, body }: Call, roads: Roads): Promise<number> {
  return new Promise((answered, failed) => {
    const { protocol, hostname } = new URL(url);
    const literal = hostname.replace(/^\[|\]$/g, '');
    const { privately } = roads;
    if (!privately && isIP(literal) !== 0 && isPrivateAddress(literal)) throw new CallFailed('private_address');
    const sent = (protocol === 'http:' ? plainRequest : request)(url, {
      ...{ method: 'POST', agent: false, ...(!privately && { lookup: publicLookup(roads) }) },
      headers: { ...headers, 'content-length': String(Buffer.byteLength(body)), 'user-agent': 'Parvis' },
    });
    const late = setTimeout(() => sent.destroy(new CallFailed('timeout')), patience_ms);
    sent.on('close', () => clearTimeout(late));
    sent.on('error', failed);
    sent.on('response', answer => {
      answered(answer.statusCode ?? 0);
      answer.destroy();
    });
    sent.end(body);
  });
}

/** Posts what it is given, to public addresses alone unless `privately`. It never throws: how it went is its answer. */
export const openCourier =
  (roads: Roads): Courier =>
  async call => {
    const began_ms = performance.now();
    const took = () => Math.round(performance.now() - began_ms);
    try {
      const status = await post(call, roads);
      return { status, failure: null, response_ms: took() };
    } catch (error) {
      return { status: null, failure: failureOf(error as Error), response_ms: took() };
    }
  };
