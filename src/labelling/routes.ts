import { z } from '@hono/zod-openapi';
import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import { type Day, isDay, localDay } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import type { Work } from '../platform/database.ts';
import {
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  readForm,
  requestId,
  show,
  submit,
} from '../platform/http.ts';
import { listSpaces, type Space, spaceBySlug } from '../spaces/spaces.ts';
import { applyAll, changeLabel, decideAll, evaluateAll, type LabelSheet, labelSheet, labelsOf } from './labelling.ts';
import { LabelPage, LabelsPage } from './pages.tsx';
import type { Finding } from './rules.ts';
import { words } from './words.ts';

const day = z
  .custom<Day>(text => typeof text === 'string' && isDay(text), 'YYYY-MM-DD')
  .openapi({ type: 'string', format: 'date' });
const answer = z.enum(['met', 'not_met', 'not_checked']);
const finding = z.object({ code: z.string().max(8), answer, note: z.string().max(500).optional() });
const verdict = z.object({
  kind: z.enum(['label', 'refuse']),
  valid_until: day.optional(),
  reason: z.string().max(500).default(''),
});
const change = z.object({
  kind: z.enum(['suspend', 'reinstate', 'withdraw']),
  reason: z.string().max(500).default(''),
});

/** Every `K…` field of a form as a finding. */
const criteria = z.record(z.string(), z.unknown()).transform(fields =>
  Object.entries(fields).flatMap(([code, value]): readonly Finding[] => {
    const read = answer.safeParse(value);
    return /^K\d+$/.test(code) && read.success ? [{ code, answer: read.data }] : [];
  }),
);

interface Here {
  readonly space: Space;
  readonly today: Day;
  readonly sheet: LabelSheet;
}

async function here(work: Work, slug: string): Promise<Outcome<Here>> {
  const space = await spaceBySlug(work, slug);
  if (!space.ok) return space;
  const today = localDay(work.now, space.value.zone);
  return accept({ space: space.value, today, sheet: await labelSheet(work, space.value.spaceId, today) });
}

/** What a form, or a JSON body, asks of one space's label. */
type Act = (work: Work, actor: Actor, at: Here) => Promise<Outcome<unknown>>;

const apply =
  (selfAssessment: readonly Finding[]): Act =>
  (work, actor, { space }) =>
    applyAll(work, actor, [{ spaceId: space.spaceId, selfAssessment }]);

const evaluate =
  (findings: readonly Finding[], visitedOn: Day): Act =>
  async (work, actor, { sheet }) =>
    sheet.open
      ? evaluateAll(work, actor, [{ applicationId: sheet.open.applicationId, visitedOn, findings }])
      : refuse(words.unknownApplication);

const decide =
  ({ kind, valid_until, reason }: z.output<typeof verdict>): Act =>
  async (work, actor, { sheet }) =>
    sheet.open
      ? decideAll(work, actor, [
          { applicationId: sheet.open.applicationId, kind, validUntil: valid_until ?? null, reason },
        ])
      : refuse(words.unknownApplication);

const alter =
  ({ kind, reason }: z.output<typeof change>): Act =>
  (work, actor, { space }) =>
    changeLabel(work, actor, { spaceId: space.spaceId, kind, reason });

const actIn = async (
  work: Work,
  { actor, slug, act }: { actor: Actor; slug: string; act: Act },
): Promise<Outcome<unknown>> => {
  const at = await here(work, slug);
  return at.ok ? act(work, actor, at.value) : at;
};

async function labelPage({ shell }: Mount, c: Ctx, refusal: Refusal | null): Promise<Response> {
  const { space, today, sheet } = must(await inVisit(shell, c, work => here(work, c.req.param('slug') ?? '')));
  const typed = refusal
    ? Object.fromEntries(Object.entries(await c.req.parseBody()).map(([k, v]) => [k, String(v)]))
    : {};
  const done = refusal === null && c.req.query('fait') !== undefined;
  const page = LabelPage({ visit: c.get('visit'), space, today, sheet, requestId: requestId(), typed, refusal, done });
  return show(c, page, refusal?.status ?? 200);
}

function labelPages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/labels', async c => {
    const lines = await inVisit(shell, c, async work => {
      const spaces = await listSpaces(work);
      const asked = { spaceIds: spaces.map(s => s.spaceId), day: localDay(work.now, 'Europe/Paris') };
      const labels = await labelsOf(work, asked);
      return spaces.map((space, n) => ({ space, label: labels[n]! }));
    });
    return show(c, LabelsPage({ visit: c.get('visit'), lines }));
  });
  pages.get('/labels/:slug', c => labelPage(mount, c, null));
  const act = (path: string, read: (c: Ctx) => Promise<Outcome<Act>>) =>
    pages.post(`/labels/:slug/${path}`, async c => {
      const actor = actorOf(c);
      const slug = c.req.param('slug') ?? '';
      const asked = await read(c);
      const done = asked.ok ? await submit(shell, c, work => actIn(work, { actor, slug, act: asked.value })) : asked;
      return done.ok ? c.redirect(`/labels/${slug}?fait=oui`, 303) : labelPage(mount, c, done.refusal);
    });
  const formOf =
    <T extends z.ZodType>(schema: T, make: (value: z.output<T>) => Act) =>
    async (c: Ctx) => {
      const form = await readForm(c, schema);
      return form.ok ? accept(make(form.value)) : form;
    };
  act('demande', formOf(criteria, apply));
  act('visite', async c => {
    const findings = await readForm(c, criteria);
    const visited = await readForm(c, z.object({ visited_on: day }));
    if (!visited.ok) return visited;
    return findings.ok ? accept(evaluate(findings.value, visited.value.visited_on)) : findings;
  });
  act('decision', formOf(verdict, decide));
  act('changement', formOf(change, alter));
}

const slugParam = z.object({ slug: z.string().openapi({ example: 'ganges-la-filature' }) });
const label = z.object({
  space: z.string(),
  state: z.string().openapi({ description: 'none, candidate, labelled, suspended, expired, refused or withdrawn' }),
  since: z.string().nullable(),
  valid_until: z.string().nullable(),
  grid_version: z.string(),
  grid_status: z.enum(['candidate', 'official']),
  visited_on: z.string().nullable(),
  criteria: z.array(z.object({ code: z.string(), kind: z.string(), text_fr: z.string(), text_en: z.string(), answer })),
  decisions: z.array(
    z.object({ kind: z.string(), decided_on: z.string(), valid_until: z.string().nullable(), reason: z.string() }),
  ),
});

const asJson = ({ space, sheet }: Here): z.output<typeof label> => ({
  space: space.slug,
  state: sheet.label.state,
  since: sheet.label.since,
  valid_until: sheet.label.validUntil,
  grid_version: sheet.grid.version,
  grid_status: sheet.grid.status,
  visited_on: sheet.visitedOn,
  criteria: sheet.grid.criteria.map(c => ({
    code: c.code,
    kind: c.kind,
    text_fr: c.text.fr,
    text_en: c.text.en,
    answer: sheet.findings.find(f => f.code === c.code)?.answer ?? 'not_checked',
  })),
  decisions: sheet.decisions.map(d => ({
    kind: d.kind,
    decided_on: d.decidedOn,
    valid_until: d.validUntil,
    reason: d.reason,
  })),
});

const operatorRefusals = ['request.sign_in_first', 'spaces.unknown_space', 'labelling.not_operator'];

function labelEndpoints(mount: Mount): void {
  const read = async (work: Work, slug: string) => {
    const at = await here(work, slug);
    return at.ok ? accept(asJson(at.value)) : at;
  };
  endpoint(
    mount,
    {
      method: 'get',
      path: '/labels/{slug}',
      tag: 'labels',
      summary: 'The label of a space: its state, its dates, what was checked and every decision',
      params: slugParam,
      returns: label,
      refusals: ['spaces.unknown_space'],
    },
    ({ params }, work) => read(work, params.slug),
  );
  const post = <B extends z.ZodType>(
    spec: { path: string; summary: string; body: B; refusals: readonly string[] },
    make: (body: z.output<B>) => Act,
  ) =>
    endpoint(
      mount,
      {
        method: 'post',
        tag: 'labels',
        params: slugParam,
        returns: label,
        status: 201,
        ...spec,
        path: `/labels/{slug}/${spec.path}`,
      },
      async ({ params, body }, work, visit) => {
        const done = await actIn(work, { actor: actorIn(visit), slug: params.slug, act: make(body) });
        return done.ok ? read(work, params.slug) : done;
      },
    );
  post(
    {
      path: 'application',
      summary: 'Asks for the label with a self-assessment of every criterion',
      body: z.object({ self_assessment: z.array(finding) }),
      refusals: [
        'request.sign_in_first',
        'spaces.unknown_space',
        'labelling.not_manager',
        'labelling.unknown_criterion',
        'labelling.unanswered',
        'labelling.already_applied',
      ],
    },
    body => apply(body.self_assessment as readonly Finding[]),
  );
  post(
    {
      path: 'evaluation',
      summary: 'Records what was found on the visit',
      body: z.object({ visited_on: day, findings: z.array(finding) }),
      refusals: [
        ...operatorRefusals,
        'labelling.unknown_application',
        'labelling.unanswered',
        'labelling.already_evaluated',
      ],
    },
    body => evaluate(body.findings as readonly Finding[], body.visited_on),
  );
  post(
    {
      path: 'decision',
      summary: 'Grants or refuses the label; never by whoever made the visit',
      body: verdict,
      refusals: [
        ...operatorRefusals,
        'labelling.not_evaluated',
        'labelling.same_reviewer',
        'labelling.gate_not_met',
        'labelling.already_decided',
      ],
    },
    decide,
  );
  post(
    {
      path: 'change',
      summary: 'Suspends, reinstates or withdraws the label',
      body: change,
      refusals: [...operatorRefusals, 'labelling.no_reason', 'labelling.not_in_that_state'],
    },
    alter,
  );
}

export function routes(mount: Mount): void {
  labelPages(mount);
  labelEndpoints(mount);
}
