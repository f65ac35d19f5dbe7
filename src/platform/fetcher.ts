import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { targetProblem } from '../kernel/target.ts';
import { CallFailed, type CallFailure, failureOf, isPrivateAddress, publicLookup, type Roads } from './courier.ts';

// Files read at addresses that someone typed: small, soon there, and never on our own side of the network.

export interface FetchAsked {
  readonly url: string;
  readonly accept: string;
  /** What the server said of the file that we have. */
  readonly etag: string | null;
}

export type FetchFailure = CallFailure | 'too_large' | 'too_many_redirects' | 'not_found' | 'bad_answer';

export type Fetched =
  | { readonly kind: 'file'; readonly text: string; readonly etag: string | null }
  | { readonly kind: 'same' }
  | { readonly kind: 'failed'; readonly failure: FetchFailure };

export type Fetcher = (asked: FetchAsked) => Promise<Fetched>;

const largest_bytes = 2_000_000;
const mostRedirects = 3;

/** From the name to the last byte, redirections included. */
const patience_ms = 10_000;

interface Hop {
  readonly asked: FetchAsked;
  readonly roads: Roads;
  readonly signal: AbortSignal;
}

function open(url: URL, { asked, roads, signal }: Hop): Promise<IncomingMessage> {
  return new Promise((answered, failed) => {
    const { privately, isRefused = isPrivateAddress } = roads;
    const literal = url.hostname.replace(/^\[|\]$/g, '');
    if (!privately && isIP(literal) !== 0 && isRefused(literal)) throw new CallFailed('private_address');
    const headers = {
      ...{ accept: asked.accept, 'accept-encoding': 'identity', 'user-agent': 'Parvis' },
      ...(asked.etag !== null && { 'if-none-match': asked.etag }),
    };
    const sent = (url.protocol === 'http:' ? plainRequest : request)(url, {
      ...{ headers, agent: false, signal, ...(!privately && { lookup: publicLookup(roads) }) },
    });
    sent.on('error', failed);
    sent.on('response', answered);
    sent.end();
  });
}

/** A body that fits: what says that it is longer, or proves to be, is left there. */
async function bodyOf(answer: IncomingMessage): Promise<string | null> {
  if (Number(answer.headers['content-length'] ?? 0) > largest_bytes) return null;
  const pieces: Buffer[] = [];
  let size_bytes = 0;
  for await (const piece of answer) {
    size_bytes += (piece as Buffer).length;
    if (size_bytes > largest_bytes) return null;
    pieces.push(piece as Buffer);
  }
  return Buffer.concat(pieces).toString('utf8');
}

const failed = (failure: FetchFailure): Fetched => ({ kind: 'failed', failure });

async function readOf(answer: IncomingMessage): Promise<Fetched> {
  const status = answer.statusCode ?? 0;
  if (status === 304) return { kind: 'same' };
  if (status === 404 || status === 410) return failed('not_found');
  if (status !== 200) return failed('bad_answer');
  const text = await bodyOf(answer);
  return text === null ? failed('too_large') : { kind: 'file', text, etag: answer.headers.etag ?? null };
}

/** Each address on the way is looked at like the first. */
async function follow(hop: Hop): Promise<Fetched> {
  let { url } = hop.asked;
  for (let redirects = 0; redirects <= mostRedirects; redirects++) {
    const problem = targetProblem(url, { privately: hop.roads.privately, isPrivateAddress });
    if (problem) return failed(problem === 'private_address' ? problem : 'bad_answer');
    const answer = await open(new URL(url), hop);
    try {
      const { location } = answer.headers;
      const moved = [301, 302, 303, 307, 308].includes(answer.statusCode ?? 0) && location !== undefined;
      if (!moved) return await readOf(answer);
      if (!URL.canParse(location, url)) return failed('bad_answer');
      url = new URL(location, url).href.replace(/#.*/s, '');
    } finally {
      answer.destroy();
    }
  }
  return failed('too_many_redirects');
}

/** Reads a file, from public addresses alone unless `privately`. It never throws: how it went is its answer. */
export const openFetcher =
  (roads: Roads): Fetcher =>
  async asked => {
    const signal = AbortSignal.timeout(roads.patience_ms ?? patience_ms);
    try {
      return await follow({ asked, roads, signal });
    } catch (error) {
      return failed(signal.aborted ? 'timeout' : failureOf(error as Error));
    }
  };
