import { z } from '@hono/zod-openapi';
import {
  bookingFor,
  liftStrike,
  noShowPolicyFor,
  setNoShowPolicy,
  strikeOf,
  strikesAt,
} from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refusal } from '../../kernel/outcome.ts';
import { type Day, isDay, localDay } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import {
  type Aside,
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  readForm,
  requestId,
  type Shell,
  show,
  submit,
} from '../../platform/http.ts';
import { mayManage, type Space, spaceBySlug, spacesByIds } from '../../spaces/spaces.ts';
import { ArrivalRulesPage } from '../pages/arrival-rules-page.tsx';
import { LostPlace, ReturnPage } from '../pages/return-page.tsx';
import * as presence from '../presence.ts';
import { withoutTrace } from './answers.ts';

const day = z.string().refine(isDay, '2026-11-24');

async function rulesPage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    const { spaceId } = space;
    const strikes = must(await strikesAt(work, actor, spaceId));
    const today = localDay(work.now, space.zone);
    return {
      ...{ space, today, strikes, manages: mayManage(actor, space) },
      policy: await noShowPolicyFor(work, { spaceId, day: today }),
      level: await presence.levelFor(work, { spaceId, day: today }),
      silent: await presence.silentKiosks(work, [spaceId]),
    };
  });
  const body = refusal ? await c.req.parseBody() : {};
  const typed = Object.fromEntries(Object.entries(body).map(([name, text]) => [name, String(text)]));
  const done = refusal === undefined && c.req.query('fait') !== undefined;
  const page = ArrivalRulesPage({ visit: c.get('visit'), ...facts, typed, done, refusal, requestId: requestId() });
  return show(c, page, refusal?.status ?? 200);
}

const levelForm = z.object({ niveau: z.enum(presence.levels), niveau_du: day });
const releaseForm = z.object({
  minutes: z.coerce.number().optional(),
  admises: z.coerce.number(),
  jours: z.coerce.number(),
  du: day,
});
const liftForm = z.object({ absence: z.string().max(60), pourquoi: z.string().max(400).default('') });

/** What a form of the page does for its space. */
function changing<T extends z.ZodType>(
  mount: Mount,
  { at, shape }: { readonly at: string; readonly shape: T },
  verb: (work: Work, c: Ctx, asked: { readonly space: Space; readonly sent: z.output<T> }) => Promise<Outcome<unknown>>,
): void {
  const { pages, shell } = mount;
  pages.get(`/accueil/:espace/regles/${at}`, c => c.redirect(`/accueil/${c.req.param('espace')}/regles`, 303));
  pages.post(`/accueil/:espace/regles/${at}`, async c => {
    actorOf(c);
    const sent = await readForm(c, shape);
    if (!sent.ok) return rulesPage(mount, c, sent.refusal);
    const slug = c.req.param('espace');
    const done = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, slug);
      return space.ok ? withoutTrace(await verb(work, c, { space: space.value, sent: sent.value })) : space;
    });
    return done.ok ? c.redirect(`/accueil/${slug}/regles?fait=oui`, 303) : rulesPage(mount, c, done.refusal);
  });
}

/** A space's arrival rules and absences: `/accueil/:espace/regles`. */
function rulesRoutes(mount: Mount): void {
  mount.pages.get('/accueil/:espace/regles', c => rulesPage(mount, c));
  changing(mount, { at: 'niveau', shape: levelForm }, (work, c, { space: { spaceId }, sent }) =>
    presence.setLevel(work, actorOf(c), { spaceId, level: sent.niveau, from: sent.niveau_du as Day }),
  );
  changing(mount, { at: 'absences', shape: releaseForm }, (work, c, { space: { spaceId }, sent }) =>
    setNoShowPolicy(work, actorOf(c), {
      spaceId,
      release_after_minutes: sent.minutes ?? null,
      strikes_allowed: sent.admises,
      strike_window_days: sent.jours,
      from: sent.du as Day,
    }),
  );
  changing(mount, { at: 'lever', shape: liftForm }, (work, c, { sent }) =>
    liftStrike(work, actorOf(c), { bookingId: sent.absence, reason: sent.pourquoi }),
  );
}

/** One's place that was given back, on the page of one's booking. */
export const besideBooking =
  (shell: Shell): Aside =>
  async (c, bookingId) => {
    const actor = actorOf(c);
    const { lang } = c.get('visit');
    return inVisit(shell, c, async work => {
      const booking = must(await bookingFor(work, actor, bookingId));
      const strike = await strikeOf(work, bookingId);
      return strike && LostPlace({ booking, strike, lang });
    });
  };

interface Back {
  readonly typed?: string;
  readonly why?: Refusal | null;
  readonly refusal?: Refusal;
}

async function returnPage({ shell }: Mount, c: Ctx, back: Back = {}) {
  const actor = actorOf(c);
  const bookingId = c.req.param('id') ?? '';
  const facts = await inVisit(shell, c, async work => {
    const booking = must(await bookingFor(work, actor, bookingId));
    const strike = await strikeOf(work, bookingId);
    const [space] = await spacesByIds(work, [booking.spaceId]);
    return { booking, strike, space: space! };
  });
  const { strike } = facts;
  if (!strike) return c.redirect(`/reservations/${bookingId}`, 303);
  const page = ReturnPage({ visit: c.get('visit'), ...facts, strike, ...back, requestId: requestId() });
  return show(c, page, back.refusal?.status ?? 200);
}

/** "I am there": `/reservations/:id/retour`. */
function returnRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/reservations/:id/retour', c => returnPage(mount, c));
  pages.post('/reservations/:id/retour', async c => {
    const actor = actorOf(c);
    const { code } = must(await readForm(c, z.object({ code: z.string().max(60).optional() })));
    const asked = { bookingId: c.req.param('id'), code, secrets: shell.secrets };
    const done = await submit(shell, c, async work => {
      const back = await presence.comeBack(work, actor, asked);
      return back.ok ? accept({ why: back.value.why }) : back;
    });
    return returnPage(mount, c, done.ok ? { why: done.value.why } : { typed: code ?? '', refusal: done.refusal });
  });
}

const levelShape = z.enum(presence.levels);
const spaceParams = z.object({ id: z.string().regex(/^spc_[0-9a-z]{8,40}$/, 'spc_…') });
const dayShape = day.openapi({ format: 'date' });

function levelEndpoints(mount: Mount): void {
  const common = { path: '/spaces/{id}/arrival-level', tag: 'presence', params: spaceParams } as const;
  endpoint(
    mount,
    {
      ...common,
      method: 'get',
      summary: 'What a space asks on a day for an arrival to be noted.',
      query: z.object({ day: dayShape }),
      returns: z.object({ level: levelShape }),
    },
    async ({ params, query }, work) =>
      accept({ level: await presence.levelFor(work, { spaceId: params.id as Id<'spc'>, day: query.day as Day }) }),
  );
  endpoint(
    mount,
    {
      ...common,
      method: 'post',
      summary: 'Set what a space asks, from a day on, for who manages it.',
      body: z.object({ level: levelShape, from: dayShape }),
      returns: z.object({ level: levelShape, from: dayShape }),
      refusals: ['presence.unknown_space', 'presence.not_manager', 'presence.rule_in_the_past'],
    },
    async ({ params, body }, work, visit) => {
      const asked = { spaceId: params.id as Id<'spc'>, level: body.level, from: body.from as Day };
      const set = await presence.setLevel(work, actorIn(visit), asked);
      return set.ok ? accept({ level: set.value.level, from: set.value.validFrom }) : set;
    },
  );
}

function returnEndpoint(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/bookings/{id}/return',
      tag: 'presence',
      summary:
        'Have a place again that was given back as nobody came: by the kiosk’s code, or once the host noted you. The absence is lifted either way.',
      params: z.object({ id: z.string().max(60) }),
      body: z.object({ code: z.string().max(20).optional() }),
      returns: z.object({ restored: z.boolean(), why_not: z.string().nullable() }),
      refusals: [
        'booking.unknown_booking',
        'booking.not_yours',
        'presence.place_not_released',
        'presence.wrong_code',
        'presence.code_expired',
        'presence.code_already_used',
        'presence.noted_elsewhere',
        'presence.return_not_noted',
      ],
    },
    async ({ params, body }, work, visit) => {
      const { secrets } = mount.shell;
      const back = await presence.comeBack(work, actorIn(visit), { bookingId: params.id, code: body.code, secrets });
      if (!back.ok) return back;
      return accept({ restored: back.value.why === null, why_not: back.value.why?.code ?? null });
    },
  );
}

export function arrivalRulesRoutes(mount: Mount): void {
  rulesRoutes(mount);
  returnRoutes(mount);
  levelEndpoints(mount);
  returnEndpoint(mount);
}
