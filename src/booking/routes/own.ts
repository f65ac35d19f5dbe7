import { z } from '@hono/zod-openapi';
import type { Bilingual } from '../../kernel/bilingual.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Refusal } from '../../kernel/outcome.ts';
import { addDays, type Day, isBefore, isDay, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import { coverOf } from '../../passes/passes.ts';
import { organisationsById, peopleById } from '../../people/people.ts';
import type { Work } from '../../platform/database.ts';
import {
  actorOf,
  type Ctx,
  inVisit,
  type Mount,
  must,
  readForm,
  requestId,
  show,
  submit,
} from '../../platform/http.ts';
import { offeredOn, resourcesOf, spacesByIds } from '../../spaces/spaces.ts';
import * as booking from '../booking.ts';
import { calendarOf } from '../calendar.ts';
import { BookingSheet, type Known, MyBookingsPage } from '../pages/own-pages.tsx';
import { coverText } from '../pass-labels.ts';
import { shortName } from '../planning.ts';
import { awayTold } from '../series-labels.ts';
import { addressOf } from './feeds.ts';
import { invitingPages } from './inviting.ts';
import { movingPages, type Refused } from './moving.ts';
import { pendingPages, type Sheet } from './pending.ts';

/** Names of the employers who pay these bookings. */
export async function employersOf(work: Work, payerIds: readonly (Id | null)[]): Promise<ReadonlyMap<string, string>> {
  const ids = payerIds.filter(id => id?.startsWith('org_')) as Id<'org'>[];
  return new Map((await organisationsById(work, [...new Set(ids)])).map(o => [o.organisationId as string, o.name]));
}

/** A guest's name; null where there is none, or no longer. */
const guestName = (guests: Awaited<ReturnType<typeof booking.guestsOf>>, { bookingId }: booking.Booking) =>
  guests.get(bookingId)?.name ?? null;

/** Bookings with what a page says of them. */
export async function knownOf(work: Work, bookings: readonly booking.Booking[]): Promise<readonly Known[]> {
  const spaces = await booking.spacesOfBookings(work, bookings);
  const resources = await resourcesOf(
    work,
    [...spaces.values()].map(s => s.spaceId),
  );
  const employers = await employersOf(
    work,
    bookings.map(b => b.payerId),
  );
  const guests = await booking.guestsOf(work, bookings);
  return bookings.map(one => ({
    booking: one,
    space: spaces.get(one.spaceId)!,
    resource: resources.find(r => r.resourceId === one.resourceId),
    guest: guestName(guests, one),
    employer: one.payerKind === 'employer' ? (employers.get(one.payerId) ?? '') : null,
  }));
}

const awayForm = z.object({
  du: z.string().refine(isDay, '2026-11-24'),
  jusquau: z.string().refine(isDay, '2026-11-24'),
});

interface AwayDone {
  readonly told: Bilingual;
  readonly stays: readonly { readonly bookingId: string; readonly refusal: Refusal }[];
}

interface JustDone {
  readonly away?: AwayDone;
  readonly address?: string;
  readonly refusal?: Refusal;
}

/** What someone waits for, with the spaces. */
async function waitsKnown(work: Work, actor: Actor) {
  const waits = await booking.waitsOf(work, actor);
  const spaces = new Map(
    (
      await spacesByIds(
        work,
        waits.map(one => one.spaceId),
      )
    ).map(one => [one.spaceId, one]),
  );
  return waits.map(wait => ({ wait, space: spaces.get(wait.spaceId)! }));
}

async function myBookings({ shell }: Mount, c: Ctx, { away, address, refusal }: JustDone = {}) {
  const actor = actorOf(c);
  const { personId } = actor;
  const facts = await inVisit(shell, c, async work => {
    const today = localDay(work.now, 'Europe/Paris');
    const range = { personId, from: addDays(today, -92), to: addDays(today, 731) };
    const known = await knownOf(work, await booking.bookingsOf(work, range));
    const isOver = ({ booking: b }: Known) => b.during.to.epochMilliseconds <= work.now.epochMilliseconds;
    const kept = (away?.stays ?? []).flatMap(({ bookingId, refusal: why }) => {
      const one = known.find(k => k.booking.bookingId === bookingId);
      return one ? [{ known: one, refusal: why }] : [];
    });
    return {
      ...{ today, toCome: known.filter(k => !isOver(k)), past: known.filter(isOver).toReversed() },
      away: away && { told: away.told, kept },
      feeds: await booking.feedsOf(work, actor),
      waits: await waitsKnown(work, actor),
    };
  });
  return MyBookingsPage({ visit: c.get('visit'), ...facts, address, refusal, requestId: requestId() });
}

async function sheet({ shell, besideBooking = [] }: Mount, c: Ctx, bookingId: string, refusal?: Refusal) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const one = must(await booking.bookingFor(work, actor, bookingId));
    const [known] = await knownOf(work, [one]);
    const terms = await booking.cancelTermsOf(work, one);
    const today = localDay(work.now, known!.space.zone);
    const { furthest_days } = await booking.policyFor(work, { spaceId: one.spaceId, day: today });
    const desks = offeredOn(await resourcesOf(work, [one.spaceId]), today).filter(desk => desk.kind === one.kind);
    const grows = one.hours === null && one.part !== 'day' && isBefore(work.now, one.during.to);
    const movable = {
      ...{ today, furthest: addDays(today, furthest_days), desks },
      ...{ free: terms.cost === 'free', extends: grows },
    };
    const beside = await booking.guestsBesideOf(work, one);
    const names = await booking.guestsOf(work, beside);
    const guests = beside.map(guest => ({ booking: guest, name: guestName(names, guest) }));
    const invites = one.guestId === null && one.status === 'confirmed' && isBefore(work.now, one.during.to);
    const decides = booking.mayHost(actor, known!.space);
    const [person] = one.personId === actor.personId ? [] : await peopleById(work, [one.personId]);
    const holder = person ? shortName(person) : null;
    const { lang } = c.get('visit');
    const covers = (await coverOf(work, [one.bookingId])).map(({ draw, pass }) =>
      coverText(pass, { taken: draw.quantity, left: pass.balance }, lang),
    );
    return {
      known: known!,
      ...terms,
      covers,
      guests,
      invites,
      holder,
      decides,
      movable,
      movedTo: await booking.movedTo(work, one),
    };
  });
  const fresh = c.req.query('nouvelle') === 'oui' ? 'booked' : c.req.query('deplacee') === 'oui' ? 'moved' : null;
  const own = facts.known.booking.personId === actor.personId;
  const drawing = own ? besideBooking.map(draw => draw(c, bookingId)) : [];
  const beside = await Promise.all(drawing);
  const body = refusal && c.req.path.endsWith('/invites') ? await c.req.parseBody() : null;
  const typed = body && Object.fromEntries(Object.entries(body).map(([name, text]) => [name, String(text)]));
  const page = BookingSheet({ typed, visit: c.get('visit'), ...facts, beside, fresh, refusal, requestId: requestId() });
  return show(c, page, refusal?.status ?? 200);
}

export function ownPages(mount: Mount, waiting: Refused['waiting']): void {
  const { pages, shell } = mount;
  pages.get('/mes-reservations', async c => show(c, await myBookings(mount, c)));
  pages.get('/mes-reservations/agenda', c => c.redirect('/mes-reservations', 303));
  pages.post('/mes-reservations/agenda', async c => {
    const actor = actorOf(c);
    const { detail } = must(await readForm(c, z.object({ detail: z.enum(['full', 'busy']) })));
    const { lang, origin } = c.get('visit');
    // Not kept as a first answer, which would hold the secret: a second click makes a second address.
    const opened = must(await inVisit(shell, c, work => booking.openFeed(work, actor, { detail })));
    return show(c, await myBookings(mount, c, { address: addressOf(origin, opened.token, lang) }));
  });
  pages.get('/mes-reservations/absence', c => c.redirect('/mes-reservations', 303));
  pages.post('/mes-reservations/absence', async c => {
    const actor = actorOf(c);
    const { du, jusquau } = must(await readForm(c, awayForm));
    const done = await submit(shell, c, async work => {
      const away = await booking.cancelBetween(work, actor, { from: du as Day, until: jusquau as Day });
      if (!away.ok) return away;
      const { cancelled, kept } = away.value;
      const due = cancelled.filter(one => !one.refunded && booking.isCharged(one.booking)).length;
      const stays = kept.map(one => ({ bookingId: one.booking.bookingId, refusal: one.refusal }));
      return accept({ told: awayTold({ cancelled: cancelled.length, due }), stays });
    });
    if (done.ok) return show(c, await myBookings(mount, c, { away: done.value }));
    return show(c, await myBookings(mount, c, { refusal: done.refusal }), done.refusal.status);
  });
  movingPages(mount, {
    sheet: (c, bookingId, refusal) => sheet(mount, c, bookingId, refusal),
    mine: async (c, refusal) => show(c, await myBookings(mount, c, { refusal }), refusal.status),
    waiting,
  });
  const back: Sheet = (c, bookingId, refusal) => sheet(mount, c, bookingId, refusal);
  pendingPages(mount, back);
  invitingPages(mount, back);
  pages.get('/reservations/:id', c => sheet(mount, c, c.req.param('id')));
  pages.post('/reservations/:id/annuler', async c => {
    const actor = actorOf(c);
    const bookingId = c.req.param('id');
    const cancelled = await submit(shell, c, work => booking.cancel(work, actor, { bookingId }));
    return cancelled.ok ? c.redirect(`/reservations/${bookingId}`, 303) : sheet(mount, c, bookingId, cancelled.refusal);
  });
  pages.post('/reservations/:id/annuler-periode', async c => {
    const actor = actorOf(c);
    const bookingId = c.req.param('id');
    const given = await submit(shell, c, async work => {
      const one = await booking.bookingFor(work, actor, bookingId);
      if (!one.ok) return one;
      const done = await booking.cancelTerm(work, actor, one.value.termId ?? '');
      return done.ok ? accept({ days: done.value.length }) : done;
    });
    return given.ok ? c.redirect('/mes-reservations', 303) : sheet(mount, c, bookingId, given.refusal);
  });
  pages.get('/reservations/:id/agenda.ics', async c => {
    const actor = actorOf(c);
    const { lang, origin } = c.get('visit');
    const [known] = await inVisit(shell, c, async work =>
      knownOf(work, [must(await booking.bookingFor(work, actor, c.req.param('id')))]),
    );
    const url = `${origin}/reservations/${known!.booking.bookingId}`;
    const file = calendarOf({ ...known!, resource: known!.resource!, url }, lang);
    return c.body(file, 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="${known!.booking.bookingId}.ics"`,
    });
  });
}
