import { z } from '@hono/zod-openapi';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { Actor } from '../../kernel/visit.ts';
import { type LineRow, linesAt } from '../../mrv/mrv.ts';
import { type Back, asked as nothingAsked } from '../../platform/acts.ts';
import type { Work } from '../../platform/database.ts';
import {
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  requestId,
  show,
} from '../../platform/http.ts';
import { type Claim, claim, noteReading } from '../claims.ts';
import { type Compared, compared, exchangeCsv, readExchange } from '../exchange.ts';
import { ExchangePage } from '../pages/exchange-page.tsx';
import { words } from '../words.ts';

/** A carbon claim and all its lines, for whoever may read it; the reading is recorded. */
async function carbonLines(work: Work, actor: Actor, claimId: string) {
  const found = await claim(work, actor, claimId);
  if (!found.ok) return found;
  if (found.value.row.kind !== 'lbc') return refuse(words.carbonOnly);
  await noteReading(work, actor, claimId);
  return accept({ claim: found.value, lines: await linesAt(work, found.value.row.result.lines) });
}

const against = (lines: readonly LineRow[], rows: string): Outcome<Compared> => {
  const theirs = readExchange(rows);
  return theirs.ok ? accept(compared(lines, theirs.value)) : theirs;
};

const idOf = (c: Ctx): string => c.req.param('id') ?? '';

export function exchangeRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  const read = async (c: Ctx) => must(await inVisit(shell, c, work => carbonLines(work, actorOf(c), idOf(c))));
  const page = (c: Ctx, found: Claim, { result, ...back }: Back & { result: Compared | null }) => {
    const facts = { ...back, lang: c.get('visit').lang, requestId: requestId() };
    const drawn = ExchangePage({ visit: c.get('visit'), facts, done: false, act: null, claim: found, result });
    return show(c, drawn, back.refusal?.status ?? 200);
  };
  pages.get('/programmes/demandes/:id/valore', async c =>
    page(c, (await read(c)).claim, { ...nothingAsked, result: null }),
  );
  pages.post('/programmes/demandes/:id/valore', async c => {
    const sent = (await c.req.parseBody())['rows'];
    const rows = sent instanceof File ? await sent.text() : String(sent ?? '');
    const { claim: found, lines } = await read(c);
    const done = against(lines, rows);
    const back = { typed: {}, refusal: done.ok ? null : done.refusal };
    return page(c, found, { ...back, result: done.ok ? done.value : null });
  });
  pages.get('/programmes/demandes/:id/valore.csv', async c => {
    const { lines } = await read(c);
    return c.body(exchangeCsv(lines), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="valore-${idOf(c)}.csv"`,
      'cache-control': 'private, no-store',
    });
  });
  const metres = z.string().openapi({ description: 'Whole metres, signed, as text.' });
  const refusals = ['request.sign_in_first', 'claims.reader_only', 'claims.unknown_claim', 'claims.carbon_only'];
  endpoint(
    mount,
    {
      ...{
        method: 'post',
        path: '/claims/{id}/exchange',
        tag: 'claims',
        params: z.object({ id: z.string().max(200) }),
      },
      summary: 'Compares a carbon claim with what another platform computed of its lines (docs/reference/valore.md)',
      body: z.object({ rows: z.string().openapi({ description: 'CSV: format;line;avoided_m' }) }),
      returns: z.object({
        ...{ agreeing: z.number(), difference_m: metres, missing: z.array(z.string()), unknown: z.array(z.string()) },
        ...{ repeated: z.array(z.string()) },
        differing: z.array(z.object({ line: z.string(), ours_m: metres, theirs_m: metres })),
      }),
      refusals: [...refusals, 'claims.exchange_columns', 'claims.exchange_format', 'claims.exchange_row'],
    },
    async ({ params, body }, work, visit) => {
      const found = await carbonLines(work, actorIn(visit), params.id);
      return found.ok ? against(found.value.lines, body.rows) : found;
    },
  );
}
