import { z } from '@hono/zod-openapi';
import { accept, refuse } from '../kernel/outcome.ts';
import { endpoint, inVisit, type Mount, must, show } from '../platform/http.ts';
import { indicatorCsv } from './download.ts';
import { claimedRatio_permille, metres, milligrams, share_permille } from './figures.ts';
import { editions, openSpaces, type Published } from './observatory.ts';
import { IndicatorPage } from './pages/indicator.tsx';
import { OverviewPage } from './pages/overview.tsx';
import type { Area } from './pairs.ts';
import { isSlug, words } from './words.ts';

const whole = z.string().regex(/^-?\d+$/);

const quantity = z
  .object({ value: whole, low: whole.nullable(), high: whole.nullable() })
  .openapi({ description: 'Exact whole number; bounds of the 95% interval, null when nothing tells them.' });

const area = z.object({ epci: z.string(), name: z.string() });

const edition = z
  .object({
    month: z.string(),
    published_at: z.string(),
    batch_id: z.string(),
    withheld: z.boolean().openapi({ description: 'Fewer people than may be published: every figure is zero.' }),
    people: z.number().int(),
    half_days: z.number().int(),
    presences: z.number().int(),
    credited: z.number().int(),
    avoided_m: quantity,
    gross_mg: whole,
    net_mg: quantity,
    reasons: z.array(z.object({ reason: z.string(), presences: z.number().int() })),
    spaces: z.array(z.object({ slug: z.string(), name: z.string(), commune: z.string(), half_days: z.number().int() })),
    other_spaces: z.object({ spaces: z.number().int(), half_days: z.number().int() }),
    pairs: z.array(z.object({ home: area, office: area, half_days: z.number().int() })).openapi({
      description: 'By where people live and where their office is; what may not be told apart is in `other_pairs`.',
    }),
    other_pairs: z.object({ half_days: z.number().int() }),
    persistence: z
      .array(
        z.object({
          first_came: z.string(),
          after_months: z.number().int(),
          people: z.number().int(),
          active: z.number().int(),
          share_permille: quantity,
        }),
      )
      .openapi({ description: 'Of the people who first came that month, those who came in the month of the edition.' }),
    comparison: z
      .array(
        z.object({
          month: z.string(),
          told_in: z.string(),
          claimed_mg: whole,
          measured_mg: whole,
          ratio_permille: quantity.nullable(),
        }),
      )
      .openapi({ description: 'Claimed over measured, of months already public; a month without a claim is absent.' }),
  })
  .openapi('ObservatoryEdition');

const editionList = z.object({ fictitious: z.boolean(), editions: z.array(edition) });

const texts = ({ value, low, high }: ReturnType<typeof metres>) => ({
  value: String(value),
  low: low === null ? null : String(low),
  high: high === null ? null : String(high),
});

const areaJson = ({ code, name }: Area) => ({ epci: code, name });

const editionJson = ({ edition: one, publishedAt }: Published) => ({
  month: one.month,
  published_at: publishedAt.toString(),
  batch_id: one.batchId,
  withheld: one.withheld,
  people: one.people,
  half_days: one.halves,
  presences: one.presences,
  credited: one.credited,
  avoided_m: texts(metres(one)),
  gross_mg: one.gross_mg,
  net_mg: texts(milligrams(one)),
  reasons: one.reasons,
  spaces: one.spaces.map(({ slug, name, commune, halves }) => ({ slug, name, commune, half_days: halves })),
  other_spaces: { spaces: one.otherSpaces.spaces, half_days: one.otherSpaces.halves },
  pairs: one.pairs.map(({ home, work, halves }) => ({
    home: areaJson(home),
    office: areaJson(work),
    half_days: halves,
  })),
  other_pairs: { half_days: one.otherPairs.halves },
  persistence: one.persistence.map(cell => ({
    first_came: cell.cohort,
    after_months: cell.after_months,
    people: cell.people,
    active: cell.active,
    share_permille: texts(share_permille(cell)),
  })),
  comparison: one.comparison.map(cell => {
    const ratio = claimedRatio_permille(cell);
    const { month, told_in, claimed_mg, measured_mg } = cell;
    const ratio_permille = ratio === null ? null : texts(ratio);
    return { month, told_in, claimed_mg, measured_mg, ratio_permille };
  }),
});

export function routes(mount: Mount): void {
  const { pages, shell } = mount;

  pages.get('/observatoire', async c => {
    const [published, spaces] = await inVisit(
      shell,
      c,
      async work => [await editions(work), await openSpaces(work)] as const,
    );
    return show(c, OverviewPage({ visit: c.get('visit'), published, spaces }));
  });

  pages.get('/observatoire/:indicator', async c => {
    const visit = c.get('visit');
    const asked = c.req.param('indicator');
    const slug = asked.replace(/\.csv$/, '');
    if (!isSlug(slug)) return must<never>(refuse(words.noIndicator));
    const published = await inVisit(shell, c, editions);
    if (slug === asked) return show(c, IndicatorPage({ visit, slug, published }));
    const { fictitious } = visit.network;
    const name = `observatoire-${slug}${fictitious ? '-donnees-fictives' : ''}.csv`;
    const csv = indicatorCsv(
      slug,
      published.map(one => one.edition),
      { fictitious },
    );
    return c.body(csv, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    });
  });

  endpoint(
    mount,
    {
      method: 'get',
      path: '/observatory/editions',
      tag: 'observatory',
      summary: 'What the network has published, month by month: never about fewer than six people',
      returns: editionList,
    },
    async (_input, work, visit) =>
      accept({ fictitious: visit.network.fictitious, editions: (await editions(work)).map(editionJson) }),
  );
}
