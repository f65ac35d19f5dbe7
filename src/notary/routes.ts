import { z } from '@hono/zod-openapi';
import { accept } from '../kernel/outcome.ts';
import { type Ctx, endpoint, inVisit, type Mount, must } from '../platform/http.ts';
import { consistency, leafProof, published, tile } from './notary.ts';
import { parseTilePath } from './tiles.ts';

const text = (c: Ctx, body: string, cache: string) =>
  c.body(body, 200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': cache });

/** A checkpoint grows old within the day; a tile never changes. */
const fresh = 'no-cache';
const forEver = 'public, max-age=31536000, immutable';

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

export function routes(mount: Mount): void {
  const { pages, shell } = mount;

  pages.get('/log/checkpoint', async c => text(c, must(await inVisit(shell, c, published)).checkpoint, fresh));
  pages.get('/log/vkey', async c => text(c, `${must(await inVisit(shell, c, published)).vkey}\n`, fresh));
  pages.get('/log/tile/*', async c => {
    const asked = parseTilePath(c.req.path.slice('/log/'.length));
    const bytes = must(await inVisit(shell, c, work => tile(work, asked)));
    return c.body(Uint8Array.from(bytes), 200, {
      'content-type': 'application/octet-stream',
      'cache-control': forEver,
    });
  });
  pages.get('/log/proof/:leaf', async c => {
    const leaf = Buffer.from(c.req.param('leaf').replace(/\.tlog-proof$/, ''), 'hex');
    return text(c, must(await inVisit(shell, c, work => leafProof(work, leaf))), fresh);
  });

  endpoint(
    mount,
    {
      method: 'get',
      path: '/log',
      tag: 'log',
      summary: 'The log: its key, its size and its latest signed checkpoint',
      returns: z.object({ vkey: z.string(), size: z.number(), checkpoint: z.string() }),
      refusals: ['notary.no_log'],
    },
    (_, work) => published(work),
  );

  endpoint(
    mount,
    {
      method: 'get',
      path: '/log/consistency',
      tag: 'log',
      summary: 'The hashes that prove that the log only grew between two sizes (RFC 6962)',
      query: z.object({ old_size: size, size }),
      returns: z.object({ hashes: z.array(z.string()) }),
      refusals: ['notary.bad_size'],
    },
    async ({ query }, work) => {
      const proof = await consistency(work, { oldSize: query.old_size, size: query.size });
      return proof.ok ? accept({ hashes: proof.value.map(hash => Buffer.from(hash).toString('base64')) }) : proof;
    },
  );

  endpoint(
    mount,
    {
      method: 'get',
      path: '/log/leaves/{leaf}',
      tag: 'log',
      summary: 'The inclusion proof of one leaf, found by its hash, as a C2SP tlog-proof',
      params: z.object({ leaf: hex64 }),
      returns: z.object({ proof: z.string() }),
      refusals: ['notary.no_leaf'],
    },
    async ({ params }, work) => {
      const proof = await leafProof(work, Buffer.from(params.leaf, 'hex'));
      return proof.ok ? accept({ proof: proof.value }) : proof;
    },
  );
}
