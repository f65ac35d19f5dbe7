import { z } from '@hono/zod-openapi';
import { plansOf } from '../floors/floors.ts';
import { type Lang, show as text } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, type Refusal } from '../kernel/outcome.ts';
import { addDays, type Day, type DayPart, daysFrom, isDay, localDay } from '../kernel/time.ts';
import { passesNamed } from '../passes/passes.ts';
import type { Work } from '../platform/database.ts';
import { actorOf, type Ctx, inVisit, type Mount, must, readForm, requestId, show, submit } from '../platform/http.ts';
import {
  hourlyKinds,
  listSpaces,
  offeredOn,
  openIntervals,
  type Resource,
  type ResourceKind,
  resourceKinds,
  resourcesOf,
  type Space,
  spaceBySlug,
  spacesByIds,
  tariffsOn,
} from '../spaces/spaces.ts';
import * as booking from './booking.ts';
import { BookingPage, type BookingPageProps, type Moment, WherePage } from './pages/booking-page.tsx';
import { coverText } from './pass-labels.ts';
import { statesOf } from './plan.ts';
import { endpoints } from './routes/bookings-api.ts';
import { calDav } from './routes/caldav.ts';
import { calendarPages } from './routes/calendars.ts';
import { feedRoutes } from './routes/feeds.ts';
import { invitingEndpoints } from './routes/inviting.ts';
import { noShowEndpoints } from './routes/no-show.ts';
import { employersOf, ownPages } from './routes/own.ts';
import { rulesPages } from './routes/pending.ts';
import { placePages } from './routes/places.ts';
import { planningPages } from './routes/planning.ts';
import { regularEndpoints, regularPages } from './routes/regulars.ts';
import { partOf, parts, seriesPages } from './routes/series.ts';
import { tracePages } from './routes/tracing.ts';
import { whenTyped } from './routes/typed.ts';
import { termUnits } from './terms.ts';

const stripDays = 7;
interface Asked {
  readonly slug: string;
  readonly day?: string | undefined;
  readonly moment?: string | undefined;
  readonly deskId?: string | undefined;
  readonly kind?: string | undefined;
  readonly typed?: { readonly from?: string | undefined; readonly to?: string | undefined };
  readonly refused?: BookingPageProps['refused'];
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
  const asked = { spaceId: on.space.spaceId, day: on.day, part, personId: on.personId, kind: on.kind };
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
  readonly kind: ResourceKind;
  readonly openDay: Awaited<ReturnType<typeof openIntervals>>[number] | undefined;
  readonly lines: readonly booking.FreeDesks[];
  /** Parts during which whoever books is busy, by a calendar of theirs. */
  readonly busy: readonly DayPart[];
  /** Parts that are not over. */
  readonly open: ReadonlySet<DayPart>;
}

/** A visitor who is not signed in sees what anyone who pays for themselves would. */
const anyone: Id<'per'> = 'per_anyone0000';

/** Which hours of which place are taken, and nobody's name: `Salle haute 9:00 – 10:15`. */
async function takenHours(
  work: Work,
  { spaceId, zone }: Space,
  { day, places }: { readonly day: Day; readonly places: readonly Resource[] },
): Promise<readonly string[]> {
  const names = new Map(places.map(one => [one.resourceId, one.name]));
  const standing = await booking.standingOn(work, { days: [day], spaceIds: [spaceId] });
  return standing.flatMap(({ resourceId, during, freeAgain }) => {
    const name = names.get(resourceId);
    return name === undefined ? [] : [`${name} ${text.clock(during.from, zone)} – ${text.clock(freeAgain, zone)}`];
  });
}

async function bookingFacts(work: Work, personId: Id<'per'>, asked: Asked & { readonly lang: Lang }) {
  const space = must(await spaceBySlug(work, asked.slug));
  const today = localDay(work.now, space.zone);
  const day = asked.day !== undefined && isDay(asked.day) && asked.day >= today ? asked.day : null;
  const resources = await resourcesOf(work, [space.spaceId]);
  const has = (kind: ResourceKind) => offeredOn(resources, day ?? today).some(one => one.kind === kind);
  const kind = resourceKinds.find(one => one === asked.kind && has(one)) ?? 'desk';
  const { furthest_days } = await booking.policyFor(work, { spaceId: space.spaceId, day: today });
  const furthest = addDays(today, furthest_days);
  const from = day === null || day < addDays(today, stripDays) ? today : addDays(day, -1);
  const days = daysFrom(from, stripDays).filter(one => one <= furthest);
  const lines = await booking.freeDesks(work, { spaceIds: [space.spaceId], days, kind });
  const on = (one: Day) => lines.filter(line => line.day === one);
  const chosen = day ?? days.find(one => on(one).some(line => line.free > 0)) ?? today;
  const [openDay] = await openIntervals(work, { spaceIds: [space.spaceId], days: [chosen] });
  const openHalves = on(chosen).filter(line => line.open);
  const open = new Set(parts.filter(part => booking.halvesOf(part).every(h => openHalves.some(l => l.half === h))));
  const busy = openDay ? await booking.busyParts(work, personId, openDay) : [];
  const facts = { lang: asked.lang, space, day: chosen, personId, kind, openDay, lines: on(chosen), open, busy };
  const ofKind = (await tariffsOn(work, { spaceIds: [space.spaceId], day: chosen })).filter(one => one.kind === kind);
  const otherwise = ofKind.some(one => one.part !== 'half_day' && one.part !== 'day');
  const moments: Moment[] = [];
  for (const part of parts) {
    const moment = await momentOn(work, part, facts);
    // What has a price by the hour or the month only is offered so, not by half-days that it lacks.
    const priced = ofKind.some(one => one.part === (part === 'day' ? 'day' : 'half_day'));
    const priceless = otherwise && !priced && moment?.offer.ok === false;
    if (moment !== null && !priceless) moments.push(moment);
  }
  const wanted = partOf(asked.moment);
  const offered = moments.filter(m => m.offer.ok).map(m => m.part);
  const part = wanted !== null && offered.includes(wanted) ? wanted : (offered.at(-1) ?? null);
  const desks = offeredOn(resources, chosen).filter(r => r.kind === kind);
  const plans = await plansOf(work, space.spaceId);
  const there = plans.length === 0 ? [] : await booking.standingOn(work, { days: [chosen], spaceIds: [space.spaceId] });
  // What was asked for, though one may already have a desk then: the plan says which.
  const onPlan = wanted ?? part ?? 'day';
  const moment = { day: chosen, part: onPlan, open: open.has(onPlan) };
  const floor = {
    ...{ plans, part: onPlan, books: offered.includes(onPlan) },
    states: statesOf(offeredOn(resources, chosen), there, { moment, personId }),
  };
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
    kind,
    offered: resourceKinds.filter(has),
    tariffs: ofKind,
    taken: hourlyKinds.includes(kind) ? await takenHours(work, space, { day: chosen, places: desks }) : [],
    floor,
  } satisfies Partial<BookingPageProps>;
}

async function bookingPage({ shell }: Mount, c: Ctx, asked: Asked) {
  const visit = c.get('visit');
  const facts = await inVisit(shell, c, work =>
    bookingFacts(work, visit.actor?.personId ?? anyone, { ...asked, lang: visit.lang }),
  );
  const { refusal, refused, deskId, typed = {} } = asked;
  const isFull = refused === 'hours' && refusal?.code === 'booking.space_full';
  const hours = isFull ? whenTyped(undefined, typed) : null;
  const fullHours = hours?.ok ? hours.value.hours : null;
  const page = BookingPage({ visit, ...facts, typed, fullHours, deskId, refused, refusal, requestId: requestId() });
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
  moment: z.enum(['matin', 'apres-midi', 'journee']).optional(),
  place: z.enum(resourceKinds).default('desk'),
  de: z.string().max(5).optional(),
  a: z.string().max(5).optional(),
  poste: z
    .string()
    .regex(/^res_[0-9a-z]{8,40}$/, 'res_…')
    .optional(),
});

function bookingPages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/reserver', c => {
    const { espace: slug, jour: day, moment, poste: deskId, place: kind } = c.req.query();
    return slug === undefined ? wherePage(mount, c) : bookingPage(mount, c, { slug, day, moment, deskId, kind });
  });
  pages.post('/reserver', async c => {
    const actor = actorOf(c);
    const { espace: slug, jour, moment, poste, place: kind, de: from, a: to } = must(await readForm(c, bookForm));
    const day = jour as Day;
    const booked = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, slug);
      if (!space.ok) return space;
      const resourceId = poste as Id<'res'> | undefined;
      const when = whenTyped(moment, { from, to });
      if (!when.ok) return when;
      return booking.book(work, actor, { ...when.value, spaceId: space.value.spaceId, day, kind, resourceId });
    });
    if (booked.ok) return c.redirect(`/reservations/${booked.value.bookingId}?nouvelle=oui`, 303);
    const typed = { from, to };
    const refused = from ? 'hours' : 'moment';
    return bookingPage(mount, c, { slug, day, moment, kind, typed, deskId: poste, refused, refusal: booked.refusal });
  });
}

const termForm = z.object({
  espace: z.string().max(200),
  jour: z.string().refine(isDay, '2026-11-24'),
  place: z.enum(resourceKinds),
  duree: z.enum(termUnits),
});

function termPages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.post('/reserver/periode', async c => {
    const actor = actorOf(c);
    const { espace: slug, jour, place: kind, duree: unit } = must(await readForm(c, termForm));
    const day = jour as Day;
    const booked = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, slug);
      if (!space.ok) return space;
      const made = await booking.bookTerm(work, actor, { spaceId: space.value.spaceId, kind, unit, day });
      return made.ok ? accept({ bookingId: made.value.bookings[0]!.bookingId }) : made;
    });
    if (booked.ok) return c.redirect(`/reservations/${booked.value.bookingId}?nouvelle=oui`, 303);
    return bookingPage(mount, c, { slug, day, kind, refused: 'term', refusal: booked.refusal });
  });
  pages.get('/reserver/periode', c => c.redirect('/reserver', 303));
}

export function routes(mount: Mount): void {
  bookingPages(mount);
  termPages(mount);
  seriesPages(mount);
  regularPages(mount);
  planningPages(mount);
  rulesPages(mount);
  placePages(mount);
  tracePages(mount);
  ownPages(mount, (c, asked, refusal) =>
    bookingPage(mount, c, { ...asked, refused: asked.typed.from ? 'hours' : 'moment', refusal }),
  );
  feedRoutes(mount);
  calendarPages(mount);
  calDav(mount);
  endpoints(mount);
  regularEndpoints(mount);
  invitingEndpoints(mount);
  noShowEndpoints(mount);
}
