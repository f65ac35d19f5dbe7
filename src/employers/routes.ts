import { z } from '@hono/zod-openapi';
import type { Id } from '../kernel/ids.ts';
import { accept, type Refusal, refuse } from '../kernel/outcome.ts';
import { isDay, localDay, type Month, monthOf, nextMonth, previousMonth } from '../kernel/time.ts';
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
import * as employers from './employers.ts';
import { EmployerPage, type TypedInvitation } from './pages/employer-page.tsx';
import { StatementPage } from './pages/statement-page.tsx';
import { words } from './words.ts';

const zone = 'Europe/Paris';
const monthShape = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, '2026-06');
const employerShape = z.string().regex(/^org_[0-9a-z]{8,40}$/, 'org_…');
const basisShape = z.enum(['agreement', 'charter', 'written']);

interface Asked {
  readonly employerId?: string | undefined;
  readonly month?: string | undefined;
  readonly refusal?: Refusal;
  readonly typed?: TypedInvitation;
}

/** The page of an employer and a month; the first one managed, and this month, when nothing is asked. */
async function employerPage({ shell }: Mount, c: Ctx, asked: Asked) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const mine = await employers.employersOf(work, actor);
    const employerId = (asked.employerId ?? mine[0]?.employerId) as Id<'org'> | undefined;
    if (employerId === undefined) return must<never>(refuse(words.notYours()));
    const today = localDay(work.now, zone);
    const known = monthShape.safeParse(asked.month);
    const month = must(
      await employers.monthOfEmployer(work, actor, {
        employerId,
        month: known.success ? (known.data as Month) : monthOf(today),
      }),
    );
    return { employers: mine, month, today, file: must(await employers.fileOfEmployer(work, actor, employerId)) };
  });
  const { month } = facts.month;
  const around = { previous: previousMonth(month), next: nextMonth(month) };
  const { refusal, typed } = asked;
  return show(
    c,
    EmployerPage({
      visit: c.get('visit'),
      requestId: requestId(),
      ...facts,
      ...around,
      ...(refusal && { refusal }),
      ...(typed && { typed }),
    }),
    refusal?.status ?? 200,
  );
}

const invitationForm = z.object({
  employeur: employerShape,
  email: z.string().max(1000).default(''),
  prenom: z.string().max(100).default(''),
  nom: z.string().max(100).default(''),
  site: z.string().default(''),
  cadre: basisShape,
  jours: z.union([z.string(), z.array(z.string())]).default([]),
  debut: z.string().default(''),
});

function employerPages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/employeur', c =>
    employerPage(mount, c, { employerId: c.req.query('employeur'), month: c.req.query('mois') }),
  );
  pages.post('/employeur', async c => {
    const actor = actorOf(c);
    const typed = must(await readForm(c, invitationForm));
    const days = [typed.jours].flat();
    const invited = await submit(shell, c, work =>
      employers.inviteStaff(work, actor, {
        employerId: typed.employeur as Id<'org'>,
        email: typed.email,
        firstName: typed.prenom,
        lastName: typed.nom,
        siteId: typed.site as Id<'sit'>,
        basis: typed.cadre,
        weekdays: days.map(Number),
        from: isDay(typed.debut) ? typed.debut : localDay(work.now, zone),
        until: null,
      }),
    );
    if (invited.ok) return c.redirect(`/employeur?employeur=${typed.employeur}`, 303);
    return employerPage(mount, c, {
      employerId: typed.employeur,
      refusal: invited.refusal,
      typed: { ...typed, jours: days },
    });
  });
  pages.post('/employeur/fin', async c => {
    const actor = actorOf(c);
    const form = must(await readForm(c, z.object({ employeur: employerShape, rattachement: z.string() })));
    const employerId = form.employeur as Id<'org'>;
    must(
      await inVisit(shell, c, work =>
        employers.unlinkStaff(work, actor, { employerId, id: form.rattachement, on: localDay(work.now, zone) }),
      ),
    );
    return c.redirect(`/employeur?employeur=${employerId}`, 303);
  });
}

function statementPages({ pages, shell }: Mount): void {
  pages.get('/releves/:employer/:month', async c => {
    const actor = actorOf(c);
    const visit = c.get('visit');
    const { employer: employerId, month: asked } = c.req.param();
    const isFile = asked.endsWith('.csv');
    const parsed = monthShape.safeParse(asked.replace(/\.csv$/, ''));
    if (!parsed.success) return must<never>(refuse(words.badMonth()));
    const ask = { employerId: employerId as Id<'org'>, month: parsed.data as Month };
    const month = must(await inVisit(shell, c, work => employers.monthOfEmployer(work, actor, ask)));
    if (!isFile) return show(c, StatementPage({ visit, month }));
    const { fictitious } = visit.network;
    const name = `releve-${ask.month}${fictitious ? '-donnees-fictives' : ''}.csv`;
    return c.body(employers.statementCsv(month, { lang: visit.lang, fictitious }), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}"`,
    });
  });
}

const lineShape = z.object({
  space_id: z.string(),
  space: z.string(),
  payee_id: z.string(),
  payee: z.string(),
  person_id: z.string().nullable(),
  person: z.string().nullable(),
  day: z.string().nullable(),
  half_days: z.number().int(),
  amount_eur_cents: z.string(),
  label_fr: z.string(),
  label_en: z.string(),
});

type Line = employers.EmployerMonth['lines'][number];

const plainLine = (line: Line) => ({
  space_id: line.spaceId,
  space: line.space,
  payee_id: line.payeeId,
  payee: line.payee,
  person_id: line.personId,
  person: line.person,
  day: line.day,
  half_days: line.half_days,
  amount_eur_cents: line.amount_eur_cents,
  label_fr: line.label.fr,
  label_en: line.label.en,
});

function statementByApi(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/statements/{employer_id}/{month}',
      tag: 'employers',
      summary:
        'What an employer owes for a month, as tariffed. Not an invoice. Small groups show totals by space only.',
      params: z.object({ employer_id: employerShape, month: monthShape }),
      returns: z.object({
        employer_id: z.string(),
        employer: z.string(),
        month: z.string(),
        totals_only: z.boolean(),
        half_days: z.number().int(),
        amount_eur_cents: z.string(),
        lines: z.array(lineShape),
        spaces: z.array(lineShape),
        fictitious: z.boolean(),
      }),
      refusals: ['request.sign_in_first', 'employers.not_yours', 'employers.unknown'],
    },
    async ({ params }, work, visit) => {
      const ask = { employerId: params.employer_id as Id<'org'>, month: params.month as Month };
      const found = await employers.monthOfEmployer(work, actorIn(visit), ask);
      if (!found.ok) return found;
      const { employerId, lines, spaces, ...month } = found.value;
      const { fictitious } = visit.network;
      return accept({
        employer_id: employerId,
        ...month,
        lines: lines.map(plainLine),
        spaces: spaces.map(plainLine),
        fictitious,
      });
    },
  );
}

function employersByApi(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/employers',
      tag: 'employers',
      summary: 'Employers that the asker manages.',
      returns: z.object({ employers: z.array(z.object({ employer_id: z.string(), name: z.string() })) }),
      refusals: ['request.sign_in_first'],
    },
    async (_input, work, visit) => {
      const mine = await employers.employersOf(work, actorIn(visit));
      return accept({ employers: mine.map(({ employerId, name }) => ({ employer_id: employerId, name })) });
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/employers/{employer_id}/staff',
      tag: 'employers',
      summary: 'Link someone by e-mail to an employer and one of its sites.',
      params: z.object({ employer_id: employerShape }),
      body: z.object({
        email: z.string().max(1000),
        first_name: z.string().max(100),
        last_name: z.string().max(100),
        site_id: z.string(),
        telework_basis: basisShape,
        weekdays: z.array(z.number().int()),
        from: z.string().refine(isDay),
      }),
      returns: z.object({ staff_link_id: z.string() }),
      status: 201,
      refusals: [
        'employers.not_yours',
        'people.bad_email',
        'people.empty_name',
        'employers.bad_weekdays',
        'employers.unknown_site',
        'employers.already_employed',
      ],
    },
    async ({ params, body }, work, visit) => {
      const invited = await employers.inviteStaff(work, actorIn(visit), {
        employerId: params.employer_id as Id<'org'>,
        email: body.email,
        firstName: body.first_name,
        lastName: body.last_name,
        siteId: body.site_id as Id<'sit'>,
        basis: body.telework_basis,
        weekdays: body.weekdays,
        from: body.from as `${number}-${number}-${number}`,
        until: null,
      });
      return invited.ok ? accept({ staff_link_id: invited.value.staffLinkId }) : invited;
    },
  );
}

const count = z.number().int().nonnegative();
const planShape = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('per_day'), day_eur_cents: count.nullable(), half_day_eur_cents: count.nullable() }),
  z.object({ kind: z.literal('day_pack'), day_eur_cents: count, half_day_eur_cents: count, pack_half_days: count }),
  z.object({
    kind: z.literal('monthly_desk'),
    month_eur_cents: count,
    space_id: z.string().regex(/^spc_[0-9a-z]{8,40}$/),
    payee_id: employerShape,
  }),
]);

const centsOf = (n: number | null): bigint | null => (n === null ? null : BigInt(n));

function planOf(plan: z.output<typeof planShape>): employers.Plan {
  if (plan.kind === 'monthly_desk') {
    return {
      kind: plan.kind,
      month_eur_cents: BigInt(plan.month_eur_cents),
      spaceId: plan.space_id as Id<'spc'>,
      payeeId: plan.payee_id as Id<'org'>,
    };
  }
  if (plan.kind === 'day_pack') {
    const { day_eur_cents, half_day_eur_cents, ...pack } = plan;
    return { ...pack, day_eur_cents: BigInt(day_eur_cents), half_day_eur_cents: BigInt(half_day_eur_cents) };
  }
  return {
    kind: plan.kind,
    day_eur_cents: centsOf(plan.day_eur_cents),
    half_day_eur_cents: centsOf(plan.half_day_eur_cents),
  };
}

function subscriptionByApi(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/employers/{employer_id}/subscriptions',
      tag: 'employers',
      summary: 'Record what an employer subscribes to, for a period.',
      params: z.object({ employer_id: employerShape }),
      body: z.object({
        plan: planShape,
        cap_half_days: count.nullable(),
        from: z.string().refine(isDay),
        until: z.string().refine(isDay).nullable(),
      }),
      returns: z.object({ subscription_id: z.string() }),
      status: 201,
      refusals: [
        'employers.operator_only',
        'employers.bad_price',
        'employers.bad_period',
        'employers.unknown',
        'employers.already_subscribed',
      ],
    },
    async ({ params, body }, work, visit) => {
      const subscribed = await employers.subscribe(work, actorIn(visit), {
        employerId: params.employer_id as Id<'org'>,
        plan: planOf(body.plan),
        cap_half_days: body.cap_half_days,
        from: body.from as `${number}-${number}-${number}`,
        until: body.until as `${number}-${number}-${number}` | null,
      });
      return subscribed.ok ? accept({ subscription_id: subscribed.value.subscriptionId }) : subscribed;
    },
  );
}

export function routes(mount: Mount): void {
  employerPages(mount);
  statementPages(mount);
  statementByApi(mount);
  employersByApi(mount);
  subscriptionByApi(mount);
}
