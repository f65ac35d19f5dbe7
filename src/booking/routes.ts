import { z } from '@hono/zod-openapi';
import { type Lang, show as text } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, type Refusal } from '../kernel/outcome.ts';
import { addDays, type Day, type DayPart, isDay, localDay } from '../kernel/time.ts';
import { passesNamed } from '../passes/passes.ts';
import type { Work } from '../platform/database.ts';
import { actorOf, type Ctx, inVisit, type Mount, must, readForm, requestId, show, submit } from '../platform/http.ts';
import { listSpaces, openIntervals, resourcesOf, type Space, spaceBySlug, spacesByIds } from '../spaces/spaces.ts';
import * as booking from './booking.ts';
import { BookingPage, type BookingPageProps, type Moment, WherePage } from './pages/booking-page.tsx';
import { coverText } from './pass-labels.ts';
import { endpoints } from './routes/bookings-api.ts';
import { calDav } from './routes/caldav.ts';
import { calendarPages } from './routes/calendars.ts';
import { feedRoutes } from './routes/feeds.ts';
import { invitingEndpoints } from './routes/inviting.ts';
import { noShowEndpoints } from './routes/no-show.ts';
import { employersOf, ownPages } from './routes/own.ts';
import { rulesPages } from './routes/pending.ts';
import { planningPages } from './routes/planning.ts';
import { regularEndpoints, regularPages } from './routes/regulars.ts';
import { partOf, parts, seriesPages } from './routes/series.ts';
import { tracePages } from './routes/tracing.ts';

const stripDays = 7;
interface Asked {
  readonly slug: string;
  readonly day?: string | undefined;
  readonly moment?: string | undefined;
  readonly deskId?: string | undefined;
  readonly refusal?: Refusal | undefined;
}

/** What passes would pay of an offer, in words, with what each would have left. */
async function coversOf(work: Work, offer: Outcome<booking.Offer>, lang: Lang): Promise<readonly string[]> {
  const plan = offer.ok ? offer.value.plan : [];
  if (plan.length === 0) return [];
  const passes = await passesNamed(
    work,
    plan.map(one => one.passId),
  );
  return plan.map(({ passId, quantity }) => {
    const pass = passes.find(one => one.passId === passId)!;
    return coverText(pass, { taken: quantity, left: pass.balance - quantity }, lang);
  });
}

async function momentOn(work: Work, part: DayPart, on: MomentFacts): Promise<Moment | null> {
  const during = on.openDay?.parts[part] ?? null;
  if (during === null || !on.open.has(part)) return null;
  const asked = { spaceId: on.space.spaceId, day: on.day, part, personId: on.personId };
  const offer: Outcome<booking.Offer> = await booking.offerFor(work, asked);
  const payerId = offer.ok && offer.value.payer.kind === 'employer' ? offer.value.payer.employerId : null;
  const names = await employersOf(work, [payerId]);
  return {
    part,
    hours: `${text.clock(during.from, on.space.zone)} – ${text.clock(during.to, on.space.zone)}`,
    busy: on.busy.includes(part),
    free: Math.min(...booking.halvesOf(part).map(half => on.lines.find(l => l.half === half)?.free ?? 0)),
    offer: offer.ok
      ? accept({
          desk: offer.value.resource.name,
          price_eur_cents: offer.value.price_eur_cents,
          employer: payerId === null ? null : (names.get(payerId) ?? ''),
          covers: await coversOf(work, offer, on.lang),
        })
      : offer,
  };
}

interface MomentFacts {
  readonly lang: Lang;
  readonly space: Space;
  readonly day: Day;
  readonly personId: Id<'per'>;
  readonly openDay: Awaited<ReturnType<typeof openIntervals>>[number] | undefined;
  readonly lines: readonly booking.FreeDesks[];
  /** Parts during which whoever books is busy, by a calendar of theirs. */
  readonly busy: readonly DayPart[];
  /** Parts that are not over. */
  readonly open: ReadonlySet<DayPart>;
}

/** A visitor who is not signed in sees what anyone who pays for themselves would. */
const anyone: Id<'per'> = 'per_anyone0000';

async function bookingFacts(work: Work, personId: Id<'per'>, asked: Asked & { readonly lang: Lang }) {
  const space = must(await spaceBySlug(work, asked.slug));
  const today = localDay(work.now, space.zone);
  const day = asked.day !== undefined && isDay(asked.day) && asked.day >= today ? asked.day : null;
  const { furthest_days } = await booking.policyFor(work, { spaceId: space.spaceId, day: today });
  const furthest = addDays(today, furthest_days);
  const from = day === null || day < addDays(today, stripDays) ? today : addDays(day, -1);
  const days = Array.from({ length: stripDays }, (_, n) => addDays(from, n)).filter(one => one <= furthest);
  const lines = await booking.freeDesks(work, { spaceIds: [space.spaceId], days });
  const on = (one: Day) => lines.filter(line => line.day === one);
  const chosen = day ?? days.find(one => on(one).some(line => line.free > 0)) ?? today;
  const [openDay] = await openIntervals(work, { spaceIds: [space.spaceId], days: [chosen] });
  const openHalves = on(chosen).filter(line => line.open);
  const open = new Set(parts.filter(part => booking.halvesOf(part).every(h => openHalves.some(l => l.half === h))));
  const busy = openDay ? await booking.busyParts(work, personId, openDay) : [];
  const facts = { lang: asked.lang, space, day: chosen, personId, openDay, lines: on(chosen), open, busy };
  const moments: Moment[] = [];
  for (const part of parts) moments.push(...[await momentOn(work, part, facts)].filter(m => m !== null));
  const wanted = partOf(asked.moment);
  const offered = moments.filter(m => m.offer.ok).map(m => m.part);
  const part = wanted !== null && offered.includes(wanted) ? wanted : (offered.at(-1) ?? null);
  const desks = (await resourcesOf(work, [space.spaceId])).filter(r => r.kind === 'desk');
  return {
    space,
    today,
    day: chosen,
    days: days.map(one => ({ day: one, lines: on(one) })),
    before: from > today ? (addDays(from, -stripDays) < today ? today : addDays(from, -stripDays)) : null,
    after: addDays(from, stripDays) <= furthest ? addDays(from, stripDays) : null,
    moments,
    part,
    desks,
  } satisfies Partial<BookingPageProps>;
}

async function bookingPage({ shell }: Mount, c: Ctx, asked: Asked) {
  const visit = c.get('visit');
  const facts = await inVisit(shell, c, work =>
    bookingFacts(work, visit.actor?.personId ?? anyone, { ...asked, lang: visit.lang }),
  );
  const { refusal, deskId } = asked;
  const page = BookingPage({ visit, ...facts, deskId, refusal, requestId: requestId() });
  return show(c, page, refusal?.status ?? 200);
}

async function wherePage({ shell }: Mount, c: Ctx) {
  const visit = c.get('visit');
  const { yours, spaces } = await inVisit(shell, c, async work => {
    const today = localDay(work.now, 'Europe/Paris');
    const recent = visit.actor
      ? await booking.bookingsOf(work, {
          personId: visit.actor.personId,
          from: addDays(today, -90),
          to: addDays(today, 90),
        })
      : [];
    return {
      yours: await spacesByIds(work, [...new Set(recent.map(b => b.spaceId))]),
      spaces: (await listSpaces(work)).filter(space => space.status === 'open'),
    };
  });
  return show(c, WherePage({ visit, yours, spaces }));
}

const bookForm = z.object({
  espace: z.string().max(200),
  jour: z.string().refine(isDay, '2026-11-24'),
  moment: z.enum(['matin', 'apres-midi', 'journee']),
  poste: z
    .string()
    .regex(/^res_[0-9a-z]{8,40}$/, 'res_…')
    .optional(),
});

function bookingPages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/reserver', c => {
    const { espace: slug, jour: day, moment, poste: deskId } = c.req.query();
    return slug === undefined ? wherePage(mount, c) : bookingPage(mount, c, { slug, day, moment, deskId });
  });
  pages.post('/reserver', async c => {
    const actor = actorOf(c);
    const { espace: slug, jour, moment, poste } = must(await readForm(c, bookForm));
    const day = jour as Day;
    const booked = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, slug);
      if (!space.ok) return space;
      const resourceId = poste as Id<'res'> | undefined;
      return booking.book(work, actor, { spaceId: space.value.spaceId, day, part: partOf(moment)!, resourceId });
    });
    if (booked.ok) return c.redirect(`/reservations/${booked.value.bookingId}?nouvelle=oui`, 303);
    return bookingPage(mount, c, { slug, day, moment, deskId: poste, refusal: booked.refusal });
  });
}

export function routes(mount: Mount): void {
  bookingPages(mount);
  seriesPages(mount);
  regularPages(mount);
  planningPages(mount);
  rulesPages(mount);
  tracePages(mount);
  ownPages(mount);
  feedRoutes(mount);
  calendarPages(mount);
  calDav(mount);
  endpoints(mount);
  regularEndpoints(mount);
  invitingEndpoints(mount);
  noShowEndpoints(mount);
}
