import { z } from '@hono/zod-openapi';
import { accept, type Refusal } from '../kernel/outcome.ts';
import { isMonth, type Month } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { keyringOf } from '../notary/notary.ts';
import {
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  Refused,
  requestId,
  show,
  submit,
} from '../platform/http.ts';
import { auditView, closePeriod, type Leak, linesOf, monthList, monthView, pageLength, readDossier } from './mrv.ts';
import { AuditBatchPage, AuditPage } from './pages/audit-pages.tsx';
import { MonthListPage, MonthPage } from './pages/month-pages.tsx';
import { leakWords, words } from './words.ts';

const monthOfPath = (c: Ctx): Month => {
  const text = c.req.param('month') ?? '';
  if (!isMonth(text)) throw new Refused(words.notAMonth);
  return text;
};

const reasonOf = (text: string | undefined): Leak['reason'] | undefined =>
  text !== undefined && Object.hasOwn(leakWords, text) ? (text as Leak['reason']) : undefined;

interface Said {
  readonly refusal: Refusal | null;
}

async function monthPage({ shell }: Mount, c: Ctx, { refusal }: Said): Promise<Response> {
  const [actor, month, reason] = [actorOf(c), monthOfPath(c), reasonOf(c.req.query('raison'))];
  const view = must(await inVisit(shell, c, work => monthView(work, actor, { month, reason })));
  const page = MonthPage({
    visit: c.get('visit'),
    view,
    reason,
    refusal,
    requestId: requestId(),
    done: refusal === null && c.req.query('fait') !== undefined,
  });
  return show(c, page, refusal?.status ?? 200);
}

function operatorPages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/operateur', async c => {
    const actor = actorOf(c);
    const months = must(await inVisit(shell, c, work => monthList(work, actor)));
    return show(c, MonthListPage({ visit: c.get('visit'), months }));
  });
  pages.get('/operateur/mois/:month', c => monthPage(mount, c, { refusal: null }));
  const act = (path: string, verb: (actor: Actor, month: Month) => Parameters<typeof submit>[2]) =>
    pages.post(`/operateur/mois/:month/${path}`, async c => {
      const [actor, month] = [actorOf(c), monthOfPath(c)];
      const done = await submit(shell, c, verb(actor, month));
      return done.ok ? c.redirect(`/operateur/mois/${month}?fait=oui`, 303) : monthPage(mount, c, done);
    });
  act('clore', (actor, month) => work => closePeriod(work, actor, { month, keyring: keyringOf(shell) }));
}

function auditPages({ pages, shell }: Mount): void {
  pages.get('/audit', async c => {
    const actor = actorOf(c);
    const desk = must(await inVisit(shell, c, work => auditView(work, actor)));
    return show(c, AuditPage({ visit: c.get('visit'), desk }));
  });
  pages.get('/audit/lots/:batch', async c => {
    const actor = actorOf(c);
    const after = Number(c.req.query('apres') ?? -1);
    const asked = { batchId: c.req.param('batch'), after: Number.isSafeInteger(after) ? after : -1 };
    const page = must(await inVisit(shell, c, work => linesOf(work, actor, asked)));
    return show(c, AuditBatchPage({ visit: c.get('visit'), page }));
  });
  pages.get('/audit/lots/:batch/dossier.zip', async c => {
    const actor = actorOf(c);
    const asked = { batchId: c.req.param('batch'), keyring: keyringOf(shell) };
    const { name, bytes, sha256 } = must(await inVisit(shell, c, work => readDossier(work, actor, asked)));
    return c.body(Uint8Array.from(bytes), 200, {
      'content-type': 'application/zip',
      'content-disposition': `attachment; filename="${name}"`,
      'x-content-sha256': sha256,
      'cache-control': 'private, no-store',
    });
  });
}

const month = z
  .custom<Month>(text => typeof text === 'string' && isMonth(text), 'YYYY-MM')
  .openapi({ type: 'string', example: '2026-10' });
const hex64 = z.string().regex(/^[0-9a-f]{64}$/);
const metres = z.string().openapi({ description: 'Whole metres, signed, as text.' });
const mass = z.string().openapi({ description: 'Exact milligrams of CO2e, like "857614800" or "43946100/7".' });

const tally = z.object({ lines: z.number(), avoided_m: metres, net_mg: mass });
const batchSchema = z
  .object({
    id: hex64,
    month: z.string(),
    engine: z.string(),
    closed_at: z.string(),
    lines: z.number(),
    waiting: z.number(),
    totals: z.object({ credited: z.number(), avoided_m: metres, unallocated_m: metres, gross_mg: mass, net_mg: mass }),
    allocation: z.object({ cee: tally, lbc: tally, other: tally, none: tally }),
    reasons: z.record(z.string(), z.object({ lines: z.number(), avoided_m: metres, unallocated_m: metres })),
    claimable: z.array(tally.extend({ scheme: z.string(), claimant: z.string(), vintage: z.number(), gross_mg: mass })),
  })
  .openapi('Batch');

const part = z.object({ presences: z.number(), trip_m: metres });
const bilingual = z.object({ fr: z.string(), en: z.string() });
const monthSchema = z
  .object({
    month: z.string(),
    state: z.enum(['running', 'settling', 'ready', 'closed']),
    closable_from: z.string(),
    flow: part.extend({ leaks: z.array(part.extend({ reason: z.string() })), office: part, home: part }),
    checks: z.array(
      z.object({ id: z.string(), passed: z.boolean(), counted: z.number(), words: bilingual, advice: bilingual }),
    ),
    batch: batchSchema.nullable(),
  })
  .openapi('Month');

const lineSchema = z.object({
  lineId: z.string(),
  seq: z.number(),
  leaf: hex64,
  scheme: z.enum(['cee', 'lbc', 'other', 'none']),
  claimant: z.string(),
  reason: z.string(),
  net_mg: mass,
  avoided_m: metres,
  unallocated_m: metres,
  content: z.looseObject({}),
});

function endpoints(mount: Mount): void {
  const operatorRefusals = ['request.sign_in_first', 'mrv.operator_only'];
  endpoint(
    mount,
    {
      method: 'get',
      path: '/months/{month}',
      tag: 'mrv',
      summary: 'A month on its way to its claims: the flow of its kilometres, its checks, its batch once closed',
      params: z.object({ month }),
      returns: monthSchema,
      refusals: operatorRefusals,
    },
    ({ params }, work, visit) => monthView(work, actorIn(visit), params),
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/months/{month}/close',
      tag: 'mrv',
      summary: 'Closes a month: every check passes and the batch is sealed, or nothing is written',
      params: z.object({ month }),
      returns: batchSchema,
      refusals: [...operatorRefusals, 'notary.other_key', 'method.profile_incomplete', 'mrv.checks_not_passed'],
    },
    ({ params }, work, visit) => closePeriod(work, actorIn(visit), { ...params, keyring: keyringOf(mount.shell) }),
  );
  endpoint(
    mount,
    {
      method: 'get',
      path: '/batches',
      tag: 'mrv',
      summary: 'The closed months, the latest first, totals only',
      returns: z.array(batchSchema),
      refusals: ['request.sign_in_first', 'mrv.auditor_only'],
    },
    async (_, work, visit) => {
      const desk = await auditView(work, actorIn(visit));
      return desk.ok ? accept(desk.value.batches) : desk;
    },
  );
  endpoint(
    mount,
    {
      method: 'get',
      path: '/batches/{batch}/lines',
      tag: 'mrv',
      summary: `Lines of a batch without identity, ${pageLength} at a time; the reading is recorded`,
      params: z.object({ batch: hex64 }),
      query: z.object({ after: z.coerce.number().int().min(-1).default(-1) }),
      returns: z.object({ lines: z.array(lineSchema) }),
      refusals: ['request.sign_in_first', 'mrv.auditor_only', 'mrv.no_batch'],
    },
    ({ params, query }, work, visit) => linesOf(work, actorIn(visit), { batchId: params.batch, after: query.after }),
  );
}

export function routes(mount: Mount): void {
  operatorPages(mount);
  auditPages(mount);
  endpoints(mount);
}
