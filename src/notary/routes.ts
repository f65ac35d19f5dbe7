import { z } from '@hono/zod-openapi';
import { accept, type Outcome, type Refusal } from '../kernel/outcome.ts';
import { instant } from '../kernel/time.ts';
import {
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  read,
  requestId,
  show,
  submit,
} from '../platform/http.ts';
import { type Journal, wordOf } from './journal.ts';
import { type LogKey, statusOf } from './keys.ts';
import {
  addWitness,
  checkpointOfSize,
  consistency,
  journal,
  keyList,
  keyringOf,
  leafProof,
  published,
  removeWitness,
  revokeKey,
  rotateKey,
  type Seal,
  stampOfSize,
  tile,
} from './notary.ts';
import { JournalPage } from './pages.tsx';
import { parseTilePath } from './tiles.ts';
import type { WitnessAsked } from './witnesses.ts';

const text = (c: Ctx, body: string, cache: string) =>
  c.body(body, 200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': cache });

/** A checkpoint grows old within the day; a tile never changes. */
const fresh = 'no-cache';
const forEver = 'public, max-age=31536000, immutable';

const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const size = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const sizeIn = (c: Ctx): number => must(read(z.object({ size }), c.req.param())).size;

/** What anyone needs to check the log, under the addresses that C2SP gives or that lie beside them. */
function files({ pages, shell }: Mount): void {
  pages.get('/log/checkpoint', async c => text(c, must(await inVisit(shell, c, published)).checkpoint, fresh));
  pages.get('/log/checkpoint/:size', async c =>
    text(c, must(await inVisit(shell, c, work => checkpointOfSize(work, sizeIn(c)))), forEver),
  );
  pages.get('/log/timestamp/:size', async c => {
    const token = must(await inVisit(shell, c, work => stampOfSize(work, sizeIn(c))));
    return c.body(Uint8Array.from(token), 200, { 'content-type': 'application/octet-stream', 'cache-control': fresh });
  });
  pages.get('/log/vkey', async c => text(c, `${must(await inVisit(shell, c, published)).vkey}\n`, fresh));
  pages.get('/log/keys', async c =>
    text(c, must(await inVisit(shell, c, work => keyList(work, keyringOf(shell)))), fresh),
  );
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
}

const toldSeal = (sealed: Outcome<Seal>) =>
  sealed.ok ? accept({ size: sealed.value.size, vkey: sealed.value.vkey }) : sealed;

const toldKey = (key: LogKey) => ({
  generation: key.generation,
  vkey: key.vkey,
  status: statusOf(key),
  from: key.from.toString(),
  until: key.until?.toString() ?? null,
  revoked_since: key.revokedSince?.toString() ?? null,
});

const toldRevoked = (key: Outcome<LogKey>) => (key.ok ? accept(toldKey(key.value)) : key);

interface Told {
  readonly refusal: Refusal | null;
  readonly typed?: WitnessAsked;
}

async function journalPage({ shell }: Mount, c: Ctx, { refusal, typed }: Told): Promise<Response> {
  const known = await inVisit(shell, c, journal);
  const page = JournalPage({
    visit: c.get('visit'),
    journal: known.ok ? known.value : null,
    asking: {
      requestIds: [requestId(), requestId(), requestId()],
      refusal,
      typed: typed ?? null,
      done: refusal === null && c.req.query('fait') !== undefined,
    },
  });
  return show(c, page, refusal?.status ?? 200);
}

const witnessAsked = z.object({ name: z.string(), vkey: z.string(), url: z.string() });
const revocation = z.object({ generation: z.coerce.number().int(), since: z.iso.date() });

function journalPages(mount: Mount): void {
  const { pages, shell } = mount;
  const answer = (c: Ctx, done: Outcome<unknown>, typed?: WitnessAsked) =>
    done.ok
      ? c.redirect('/journal?fait=oui', 303)
      : journalPage(mount, c, { refusal: done.refusal, ...(typed && { typed }) });

  pages.get('/journal', c => journalPage(mount, c, { refusal: null }));
  pages.post('/journal/temoins', async c => {
    const [actor, asked] = [actorOf(c), must(read(witnessAsked, await c.req.parseBody()))];
    return answer(c, await submit(shell, c, work => addWitness(work, actor, asked)), asked);
  });
  pages.post('/journal/temoins/:id/retirer', async c => {
    const actor = actorOf(c);
    return answer(c, await submit(shell, c, work => removeWitness(work, actor, c.req.param('id'))));
  });
  pages.post('/journal/cles', async c => {
    const actor = actorOf(c);
    return answer(c, await submit(shell, c, async work => toldSeal(await rotateKey(work, actor, keyringOf(shell)))));
  });
  pages.post('/journal/cles/revoquer', async c => {
    const actor = actorOf(c);
    const asked = read(revocation, await c.req.parseBody());
    if (!asked.ok) return answer(c, asked);
    const since = instant(`${asked.value.since}T00:00:00Z`);
    const done = await submit(shell, c, async work =>
      toldRevoked(await revokeKey(work, actor, { generation: asked.value.generation, since })),
    );
    return answer(c, done);
  });
}

const key = z.object({
  generation: z.number().int(),
  vkey: z.string(),
  status: z.enum(['current', 'retired', 'revoked']),
  from: z.string(),
  until: z.string().nullable(),
  revoked_since: z.string().nullable(),
});

const log = z.object({
  vkey: z.string(),
  size: z.number().int(),
  checkpoint: z.string().openapi({ description: 'Signed by the log, with the cosignatures known so far.' }),
  root: z.string().openapi({ description: 'Base64.' }),
  sealed_at: z.string(),
  keys: z.array(key),
  witnesses: z.array(
    z.object({
      witness_id: z.string(),
      name: z.string(),
      vkey: z.string(),
      answer: z.string().nullable().openapi({ description: 'What it answered last.' }),
      asked_at: z.string().nullable(),
      known_size: z.number().int().nullable(),
      cosigned_at: z.string().nullable(),
      cosigned_size: z.number().int().nullable(),
    }),
  ),
  timestamps: z.array(z.object({ size: z.number().int(), stamped_at: z.string(), authority: z.string() })),
});

const toldJournal = (known: Journal): z.input<typeof log> => ({
  vkey: known.vkey,
  size: known.size,
  checkpoint: known.checkpoint,
  root: Buffer.from(known.root).toString('base64'),
  sealed_at: known.sealedAt.toString(),
  keys: known.keys.map(toldKey),
  witnesses: known.witnesses.map(witness => ({
    witness_id: witness.witnessId,
    name: witness.name,
    vkey: witness.vkey,
    answer: witness.answer,
    asked_at: witness.askedAt?.toString() ?? null,
    known_size: witness.knownSize,
    cosigned_at: wordOf(known, witness)?.signedAt.toString() ?? null,
    cosigned_size: wordOf(known, witness)?.size ?? null,
  })),
  timestamps: known.stamps.map(stamp => ({
    size: stamp.size,
    stamped_at: stamp.stampedAt.toString(),
    authority: stamp.authority,
  })),
});

function keyEndpoints(mount: Mount): void {
  const { shell } = mount;
  endpoint(
    mount,
    {
      method: 'post',
      path: '/log/keys',
      tag: 'log',
      summary: 'The next key takes over; the checkpoint over the change bears both signatures',
      returns: z.object({ size: z.number().int(), vkey: z.string() }),
      status: 201,
      refusals: ['notary.operator_only', 'notary.no_log', 'notary.other_key', 'notary.lost_events'],
    },
    async (_, work, visit) => toldSeal(await rotateKey(work, actorIn(visit), keyringOf(shell))),
  );

  endpoint(
    mount,
    {
      method: 'post',
      path: '/log/keys/{generation}/revocation',
      tag: 'log',
      summary: 'An earlier key’s word is worth nothing from a moment on',
      params: z.object({
        generation: z
          .string()
          .regex(/^\d{1,6}$/)
          .transform(Number),
      }),
      body: z.object({ since: z.iso.datetime() }),
      returns: key,
      status: 201,
      refusals: [
        'notary.operator_only',
        'notary.no_key',
        'notary.key_signs',
        'notary.bad_revocation',
        'notary.key_revoked',
      ],
    },
    async ({ params, body }, work, visit) =>
      toldRevoked(await revokeKey(work, actorIn(visit), { ...params, since: instant(body.since) })),
  );
}

function witnessEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/log/witnesses',
      tag: 'log',
      summary: 'From now on this witness is asked about each checkpoint (C2SP tlog-witness)',
      body: witnessAsked,
      returns: z.object({ witness_id: z.string() }),
      status: 201,
      refusals: ['notary.operator_only', 'notary.bad_name', 'notary.bad_vkey', 'notary.bad_url', 'notary.same_witness'],
    },
    async ({ body }, work, visit) => {
      const added = await addWitness(work, actorIn(visit), body);
      return added.ok ? accept({ witness_id: added.value.witnessId }) : added;
    },
  );

  endpoint(
    mount,
    {
      method: 'delete',
      path: '/log/witnesses/{witness_id}',
      tag: 'log',
      summary: 'This witness is asked no more; what it cosigned stays',
      params: z.object({ witness_id: z.string() }),
      returns: z.null(),
      refusals: ['notary.operator_only', 'notary.no_witness'],
    },
    ({ params }, work, visit) => removeWitness(work, actorIn(visit), params.witness_id),
  );
}

function readingEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/log',
      tag: 'log',
      summary: 'The log: its keys, its latest checkpoint, its witnesses and time stamps',
      returns: log,
      refusals: ['notary.no_log'],
    },
    async (_, work) => {
      const known = await journal(work);
      return known.ok ? accept(toldJournal(known.value)) : known;
    },
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

export function routes(mount: Mount): void {
  files(mount);
  journalPages(mount);
  readingEndpoints(mount);
  keyEndpoints(mount);
  witnessEndpoints(mount);
}
