import { z } from '@hono/zod-openapi';
import type { Outcome, Refusal } from '../kernel/outcome.ts';
import { accept } from '../kernel/outcome.ts';
import { type Day, isDay } from '../kernel/time.ts';
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
import { resourceKinds, tariffParts } from './kinds.ts';
import { ManageListPage, ManagePage } from './pages.tsx';
import { placeEndpoints, placeForm } from './routes/places.ts';
import { sheetRoutes } from './routes/sheet.ts';
import { readEuros, readWeek } from './rules.ts';
import { close, managedSheet, managedSpaces, reopen, setHours, setTariff, spaceBySlug } from './spaces.ts';

const day = z
  .custom<Day>(text => typeof text === 'string' && isDay(text), 'YYYY-MM-DD')
  .openapi({ type: 'string', format: 'date' });
const kind = z.enum(resourceKinds);
const part = z.enum(tariffParts);
const reason = z.enum(['holidays', 'works', 'event', 'staff', 'other']);

const week = z.object({
  ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7].map(n => [`hours_${n}`, z.string().max(100).default('')])),
  from: day,
});
const closure = z.object({ first_day: day, last_day: day, reason, note: z.string().max(200).optional() });
const tariff = z.object({
  kind,
  part,
  amount: z.string().max(20),
  deliberation: z.string().max(200).default(''),
  valid_from: day,
});

/** One change asked by a form of the manager's page. */
export type Change = (work: Work, actor: Actor, slug: string) => Promise<Outcome<unknown>>;

/** Reads a form and says what it changes. */
export type Read = (c: Ctx) => Promise<Outcome<Change>>;

const hoursForm: Read = async c => {
  const form = await readForm(c, week);
  if (!form.ok) return form;
  const { from, ...texts } = form.value;
  const hours = readWeek(Object.values(texts as Record<string, string>));
  if (!hours.ok) return hours;
  return accept(async (work, actor, slug) => {
    const space = await spaceBySlug(work, slug);
    return space.ok ? setHours(work, actor, { spaceId: space.value.spaceId, hours: hours.value, from }) : space;
  });
};

const closureForm: Read = async c => {
  const form = await readForm(c, closure);
  if (!form.ok) return form;
  const { first_day: firstDay, last_day: lastDay, reason, note } = form.value;
  return accept(async (work, actor, slug) => {
    const space = await spaceBySlug(work, slug);
    if (!space.ok) return space;
    return close(work, actor, { spaceId: space.value.spaceId, firstDay, lastDay, reason, note: note ?? null });
  });
};

const tariffForm: Read = async c => {
  const form = await readForm(c, tariff);
  if (!form.ok) return form;
  const amount = readEuros(form.value.amount);
  if (!amount.ok) return amount;
  const { kind, part, deliberation, valid_from: from } = form.value;
  return accept(async (work, actor, slug) => {
    const space = await spaceBySlug(work, slug);
    if (!space.ok) return space;
    const { spaceId } = space.value;
    return setTariff(work, actor, { spaceId, kind, part, amount_eur_cents: amount.value, deliberation, from });
  });
};

async function managePage({ shell }: Mount, c: Ctx, refusal: Refusal | null): Promise<Response> {
  const actor = actorOf(c);
  const slug = c.req.param('slug') ?? '';
  const sheet = must(await inVisit(shell, c, work => managedSheet(work, actor, slug)));
  const typed = refusal
    ? Object.fromEntries(Object.entries(await c.req.parseBody()).map(([k, v]) => [k, String(v)]))
    : {};
  const page = ManagePage({
    visit: c.get('visit'),
    sheet,
    requestIds: [requestId(), requestId(), requestId(), requestId()],
    typed,
    refusal,
    done: refusal === null && c.req.query('fait') !== undefined,
  });
  return show(c, page, refusal?.status ?? 200);
}

function managePages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/gestion', async c => {
    const actor = actorOf(c);
    const spaces = await inVisit(shell, c, work => managedSpaces(work, actor));
    return show(c, ManageListPage({ visit: c.get('visit'), spaces }));
  });
  pages.get('/gestion/espaces/:slug', c => managePage(mount, c, null));
  const change = (path: string, read: Read) =>
    pages.post(`/gestion/espaces/:slug/${path}`, async c => {
      const actor = actorOf(c);
      const slug = c.req.param('slug') ?? '';
      const asked = await read(c);
      const done = asked.ok ? await submit(shell, c, work => asked.value(work, actor, slug)) : asked;
      return done.ok ? c.redirect(`/gestion/espaces/${slug}?fait=oui`, 303) : managePage(mount, c, done.refusal);
    });
  change('places', placeForm);
  change('horaires', hoursForm);
  change('fermetures', closureForm);
  change('tarifs', tariffForm);
  change('fermetures/:closure/annuler', async c => {
    const closureId = c.req.param('closure') ?? '';
    return accept((work, actor) => reopen(work, actor, closureId));
  });
}

export const slugParam = z.object({ slug: z.string().openapi({ example: 'ganges-la-filature' }) });
const openingHours = z.object({
  weekday: z.number().int().min(1).max(7).openapi({ description: '1 is Monday' }),
  opens_min: z.number().int().min(0).max(1440).openapi({ description: 'minutes from midnight on the wall' }),
  closes_min: z.number().int().min(0).max(1440),
});
const managerRefusals = ['request.sign_in_first', 'spaces.unknown_space', 'spaces.not_manager', 'spaces.from_the_past'];

function managerEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'put',
      path: '/spaces/{slug}/hours',
      tag: 'spaces',
      summary: 'Replaces the weekly hours of a space from a day on',
      params: slugParam,
      body: z.object({ hours: z.array(openingHours).max(70), from: day }),
      returns: z.array(openingHours),
      refusals: [...managerRefusals, 'spaces.hours_reversed', 'spaces.hours_overlap'],
    },
    async ({ params, body }, work, visit) => {
      const space = await spaceBySlug(work, params.slug);
      return space.ok ? setHours(work, actorIn(visit), { spaceId: space.value.spaceId, ...body }) : space;
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/spaces/{slug}/closures',
      tag: 'spaces',
      summary: 'Closes a space from the first to the last day, both included',
      params: slugParam,
      body: z.object({ first_day: day, last_day: day, reason, note: z.string().max(200).optional() }),
      returns: z.object({
        closureId: z.string(),
        firstDay: z.string(),
        lastDay: z.string(),
        reason,
        note: z.string().nullable(),
      }),
      status: 201,
      refusals: [...managerRefusals, 'spaces.closure_reversed', 'spaces.already_closed'],
    },
    async ({ params, body }, work, visit) => {
      const space = await spaceBySlug(work, params.slug);
      if (!space.ok) return space;
      const { first_day: firstDay, last_day: lastDay, reason, note } = body;
      const { spaceId } = space.value;
      return close(work, actorIn(visit), { spaceId, firstDay, lastDay, reason, note: note ?? null });
    },
  );
  endpoint(
    mount,
    {
      method: 'delete',
      path: '/closures/{id}',
      tag: 'spaces',
      summary: 'Cancels a closure that is not over',
      params: z.object({ id: z.string() }),
      returns: z.object({ closureId: z.string() }),
      refusals: ['request.sign_in_first', 'spaces.unknown_closure', 'spaces.not_manager', 'spaces.closure_is_past'],
    },
    ({ params }, work, visit) => reopen(work, actorIn(visit), params.id),
  );
  endpoint(
    mount,
    {
      method: 'put',
      path: '/spaces/{slug}/tariffs',
      tag: 'spaces',
      summary: 'Sets a price from a day on, with the council decision that says so',
      params: slugParam,
      body: z.object({
        kind,
        part,
        amount_eur_cents: z.number().int().min(0),
        deliberation: z.string().max(200),
        valid_from: day,
      }),
      returns: z.object({ kind, part, amount_eur_cents: z.string(), deliberation: z.string(), validFrom: z.string() }),
      refusals: [...managerRefusals, 'spaces.no_deliberation', 'spaces.no_such_unit'],
    },
    async ({ params, body }, work, visit) => {
      const space = await spaceBySlug(work, params.slug);
      if (!space.ok) return space;
      const { amount_eur_cents, valid_from: from, ...price } = body;
      const { spaceId } = space.value;
      return setTariff(work, actorIn(visit), { ...price, spaceId, from, amount_eur_cents: BigInt(amount_eur_cents) });
    },
  );
}

export function routes(mount: Mount): void {
  managePages(mount);
  managerEndpoints(mount);
  placeEndpoints(mount);
  sheetRoutes(mount);
}
