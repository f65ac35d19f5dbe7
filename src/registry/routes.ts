import { z } from '@hono/zod-openapi';
import { accept } from '../kernel/outcome.ts';
import { keyringOf } from '../notary/notary.ts';
import { asked, type Back, post } from '../platform/acts.ts';
import { actorIn, actorOf, type Ctx, endpoint, inVisit, type Mount, must, requestId, show } from '../platform/http.ts';
import type { FormFacts } from '../ui/act-form/act-form.tsx';
import { actOfSlug, otherActs, type RangeAct, rangeActNames, rangeActs } from './acts.ts';
import { CertificatePage } from './pages/certificate-page.tsx';
import { RangePage } from './pages/range-page.tsx';
import { DutyPage, ReferencePage, TransferPage } from './pages/record-pages.tsx';
import { RegisterPage } from './pages/register-page.tsx';
import { certificate, statusList } from './registry.ts';
import { otherRoutes, rangeJson, rangeRoutes, rangeSchema } from './routes/acts.ts';
import { dutyView, rangeView, referenceView, registerView, transferView } from './routes/views.ts';
import { countOf, serialText } from './serial.ts';

const factsOf = (c: Ctx, back: Back): FormFacts => ({ ...back, lang: c.get('visit').lang, requestId: requestId() });
const saidOf = (c: Ctx, back: Back) => ({
  visit: c.get('visit'),
  facts: factsOf(c, back),
  done: back.refusal === null && c.req.query('fait') !== undefined,
});

async function rangePage({ shell }: Mount, c: Ctx, { act, ...back }: Back & { act: RangeAct | null }) {
  const view = must(await inVisit(shell, c, work => rangeView(work, actorOf(c), c.req.param('id') ?? '')));
  const { facts, ...said } = saidOf(c, back);
  const { organisations, parties } = view;
  const buyers = organisations.map(({ organisationId: value, name: label }) => ({ value, label }));
  const known = { choices: { organisation_id: buyers }, named: { buyer_name: parties } };
  const page = RangePage({ ...said, view, act, facts: { ...facts, ...known } });
  return show(c, page, back.refusal?.status ?? 200);
}

/** Acts that move units lead to the range that moved; the others back to where one was. */
const movedTo = (answer: unknown, id: string): string =>
  `/registre/series/${(answer as { range_id?: string }).range_id ?? id}?fait=oui`;

function rangePages(mount: Mount): void {
  const { pages } = mount;
  pages.get('/registre/series/:id', c => rangePage(mount, c, { ...asked, act: actOfSlug(c.req.query('faire')) }));
  for (const act of rangeActNames) {
    const spec = rangeActs[act];
    const page = (c: Ctx, back: Back) => rangePage(mount, c, { ...back, act });
    pages.post(`/registre/series/:id/${spec.slug}`, post(mount, { route: rangeRoutes[act], spec, to: movedTo, page }));
  }
}

function recordPages(mount: Mount): void {
  const { pages, shell } = mount;
  const record = (
    path: string,
    act: keyof typeof otherActs,
    draw: (c: Ctx, back: Back) => Promise<Parameters<typeof show>[1]>,
  ) => {
    const page = async (c: Ctx, back: Back) => show(c, await draw(c, back), back.refusal?.status ?? 200);
    const to = (_: unknown, id: string) => `/registre/${path}/${id}?fait=oui`;
    pages.get(`/registre/${path}/:id`, c => page(c, asked));
    pages.post(`/registre/${path}/:id`, post(mount, { route: otherRoutes[act], spec: otherActs[act], to, page }));
  };
  const idOf = (c: Ctx) => c.req.param('id') ?? '';
  record('cessions', 'declaration', async (c, back) => {
    const view = must(await inVisit(shell, c, work => transferView(work, actorOf(c), idOf(c))));
    return TransferPage({ ...saidOf(c, back), view });
  });
  record('references', 'reading', async (c, back) => {
    const view = must(await inVisit(shell, c, work => referenceView(work, actorOf(c), idOf(c))));
    return ReferencePage({ ...saidOf(c, back), view });
  });
  record('obligations', 'replacement', async (c, back) => {
    const view = must(await inVisit(shell, c, work => dutyView(work, actorOf(c), idOf(c))));
    return DutyPage({ ...saidOf(c, back), view });
  });
}

function publicPages({ pages, shell }: Mount): void {
  pages.get('/certificats/statuts', async c => {
    const list = must(await inVisit(shell, c, work => statusList(work, keyringOf(shell))));
    return c.body(list, 200, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-cache' });
  });
  pages.get('/certificats/:serial', async c => {
    const one = must(await inVisit(shell, c, work => certificate(work, c.req.param('serial'))));
    return show(c, CertificatePage({ visit: c.get('visit'), certificate: one }));
  });
}

const units = z.string().openapi({ description: 'A whole number, as text.' });
const partSchema = z.object({
  serial: z.string(),
  units,
  state: rangeSchema.shape.state,
  since: z.string(),
  holder: z.string().nullable().openapi({ description: 'Null when the name is not public.' }),
  beneficiary: z.string().nullable(),
  purpose: z.string().nullable(),
  year: z.number().nullable(),
});

function readEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/certificates/{serial}',
      tag: 'registry',
      summary: 'What anyone may read of a run of units: its live status and what each part became',
      params: z.object({ serial: z.string().max(100) }),
      returns: z.object({
        serial: z.string(),
        status: z.enum(['valid', 'amended', 'revoked', 'retired']),
        since: z.string(),
        issued_at: z.string(),
        batch_id: z.string(),
        state_references: z.array(z.string()),
        flag: z.object({ since: z.string(), owed: units, met: units }).nullable(),
        parts: z.array(partSchema),
      }),
      refusals: ['registry.no_serial'],
    },
    async ({ params }, work) => {
      const found = await certificate(work, params.serial);
      if (!found.ok) return found;
      const { range, issuedAt, batchId, references, parts, ...one } = found.value;
      const shown = parts.map(({ range: own, end, ...part }) => ({
        ...part,
        ...{ serial: serialText(own), units: countOf(own) },
        ...{ beneficiary: end?.beneficiary ?? null, purpose: end?.purpose ?? null, year: end?.year ?? null },
      }));
      const named = { serial: serialText(range), issued_at: issuedAt, batch_id: batchId, state_references: references };
      return accept({ ...one, ...named, parts: shown });
    },
  );
  const forOperator = ['request.sign_in_first', 'registry.operator_only'];
  endpoint(
    mount,
    {
      method: 'get',
      path: '/registry',
      tag: 'registry',
      summary: 'The register: who holds what, transfers to declare, gaps with the State’s registers, duties to replace',
      returns: z.object({
        ranges: z.array(rangeSchema),
        to_declare: z.array(
          z.object({
            transfer_id: z.string(),
            serial: z.string(),
            due_on: z.string(),
            days_left: z.number(),
            state: z.string(),
          }),
        ),
        references: z.array(
          z.object({ reference_id: z.string(), reference: z.string(), external: units, ours: units }),
        ),
        duties: z.array(z.object({ duty_id: z.string(), batch_id: z.string(), quantity: units, met: units })),
      }),
      refusals: forOperator,
    },
    async (_, work, visit) => {
      const found = await registerView(work, actorIn(visit));
      if (!found.ok) return found;
      const { holdings, toDeclare, compared, duties } = found.value;
      return accept({
        ranges: holdings.map(rangeJson),
        to_declare: toDeclare.map(one => ({ ...one.clock, transfer_id: one.transferId, serial: serialText(one) })),
        references: compared.map(one => ({ ...one, reference_id: one.referenceId })),
        duties: duties.map(one => ({ ...one, duty_id: one.dutyId, batch_id: one.batchId })),
      });
    },
  );
}

export function routes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/registre', async c => {
    const view = must(await inVisit(shell, c, work => registerView(work, actorOf(c))));
    return show(c, RegisterPage({ visit: c.get('visit'), view, done: c.req.query('fait') !== undefined }));
  });
  rangePages(mount);
  recordPages(mount);
  publicPages(mount);
  readEndpoints(mount);
  for (const act of [...Object.values(rangeRoutes), ...Object.values(otherRoutes)]) act.mount(mount);
}
