import { z } from '@hono/zod-openapi';
import { getCookie, setCookie } from 'hono/cookie';
import { bookingFor, confirmedOf, lostPlaces, spacesOfBookings } from '../../booking/booking.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { addDays, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
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
import { resourcesOf, spacesByIds } from '../../spaces/spaces.ts';
import { MyDayPage, ScanPage } from '../pages/my-day.tsx';
import { MyPresencesPage } from '../pages/my-presences.tsx';
import { PresencePage } from '../pages/presence-page.tsx';
import * as presence from '../presence.ts';
import { withoutTrace } from './answers.ts';

/** Days looked ahead on « Ma journée ». */
const ahead_days = 21;
/** Days looked back on « Mes présences ». */
const back_days = 183;

async function myDay(work: Work, { personId }: Actor) {
  const utc = localDay(work.now, 'UTC');
  const range = { personId, from: addDays(utc, -1), to: addDays(utc, ahead_days) };
  const bookings = await confirmedOf(work, range);
  const spaces = await spacesOfBookings(work, bookings);
  const desks = new Map(
    (
      await resourcesOf(
        work,
        [...spaces.values()].map(s => s.spaceId),
      )
    ).map(r => [r.resourceId, r.name]),
  );
  const known = bookings.map(booking => ({
    booking,
    space: spaces.get(booking.spaceId)!,
    desk: desks.get(booking.resourceId) ?? '',
  }));
  const events = await presence.checkInsOf(work, { ...range, to: addDays(utc, 1) });
  const where = new Map((await spacesByIds(work, [...new Set(events.map(e => e.spaceId))])).map(s => [s.spaceId, s]));
  const todayIn = (zone: string) => localDay(work.now, zone);
  const noted = events
    .map(event => ({ event, space: where.get(event.spaceId)! }))
    .filter(({ event, space }) => event.present && event.day === todayIn(space.zone))
    .toSorted((a, b) => a.event.happened_at.epochMilliseconds - b.event.happened_at.epochMilliseconds);
  return {
    now_ms: work.now.epochMilliseconds,
    today: todayIn(known[0]?.space.zone ?? 'Europe/Paris'),
    lost: await lostPlaces(work, { personIds: [personId], days: [todayIn('Europe/Paris')] }),
    todays: known.filter(one => one.booking.day === todayIn(one.space.zone)),
    next: known.filter(one => one.booking.day > todayIn(one.space.zone)),
    // The first arrival at each space tells enough.
    noted: noted.filter(({ event }, n) => noted.findIndex(o => o.event.spaceId === event.spaceId) === n),
  };
}

async function myDayPage(
  { shell }: Mount,
  c: Ctx,
  back: { typed?: string | undefined; refusal?: Refusal | undefined } = {},
) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, work => myDay(work, actor));
  const fresh = c.req.query('note') === 'oui';
  const page = MyDayPage({ visit: c.get('visit'), ...facts, ...back, fresh, requestId: requestId() });
  return show(c, page, back.refusal?.status ?? 200);
}

const codeForm = z.object({
  code: z.string().max(60).default(''),
  borne: z.string().max(60).optional(),
  // The phone's own time, when it runs scripts: anything else than a moment is as good as none.
  heure: z.coerce.number().int().min(0).max(8.64e15).optional().catch(undefined),
});

const deviceCookie = 'parvis_device';
/** As long as the check-ins that bear its hash. */
const deviceKept_s = 92 * 86_400;

/** Tells this device from others, without knowing anything of it; made at its first check-in. */
export function deviceOf({ shell }: Mount, c: Ctx): string {
  const known = getCookie(c, deviceCookie);
  const cookie = known !== undefined && /^[0-9a-z]{8,40}$/.test(known) ? known : shell.newId('dev').slice(4);
  setCookie(c, deviceCookie, cookie, {
    path: '/mon-espace',
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.get('visit').origin.startsWith('https:'),
    maxAge: deviceKept_s,
  });
  return cookie;
}

function dayRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/mon-espace', c => myDayPage(mount, c));
  pages.post('/mon-espace', async c => {
    const actor = actorOf(c);
    const { code, borne, heure } = must(await readForm(c, codeForm));
    const device = { cookie: deviceOf(mount, c), clock_ms: heure };
    const noted = await submit(shell, c, async work =>
      withoutTrace(await presence.checkIn(work, actor, { code, kioskId: borne, device, secrets: shell.secrets })),
    );
    return noted.ok
      ? c.redirect('/mon-espace?note=oui', 303)
      : myDayPage(mount, c, { typed: code, refusal: noted.refusal });
  });
  pages.post('/mon-espace/declarer', async c => {
    const actor = actorOf(c);
    const { reservation } = must(await readForm(c, z.object({ reservation: z.string().max(60) })));
    const declared = await submit(shell, c, async work => {
      const booking = await bookingFor(work, actor, reservation);
      if (!booking.ok) return booking;
      const { spaceId, day, part } = booking.value;
      const marks = [{ personId: actor.personId, part, present: true }];
      return withoutTrace(await presence.markPresence(work, actor, { spaceId, day, marks }));
    });
    return declared.ok ? c.redirect('/mon-espace?note=oui', 303) : myDayPage(mount, c, { refusal: declared.refusal });
  });
  // A scanned address only asks: a preview that opens links notes no one.
  pages.get('/p/:code', c => {
    actorOf(c);
    const kioskId = c.req.query('k');
    return show(c, ScanPage({ visit: c.get('visit'), code: c.req.param('code'), kioskId, requestId: requestId() }));
  });
}

async function presencesPage({ shell }: Mount, c: Ctx) {
  const { personId } = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const to = addDays(localDay(work.now, 'UTC'), 1);
    const own = await presence.presencesOf(work, { personId, from: addDays(to, -back_days), to });
    const spaces = await spacesByIds(work, [...new Set(own.map(one => one.spaceId))]);
    const presences = own
      .toReversed()
      .map(attestation => ({ attestation, space: spaces.find(s => s.spaceId === attestation.spaceId) }));
    return { presences, clock: await presence.publishedClock(work) };
  });
  return show(c, MyPresencesPage({ visit: c.get('visit'), ...facts }));
}

async function presencePage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const file = must(await presence.presenceFile(work, actor, c.req.param('id') ?? ''));
    const [space] = await spacesByIds(work, [file.attestation.spaceId]);
    return { ...file, space };
  });
  const page = PresencePage({ visit: c.get('visit'), ...facts, requestId: requestId(), refusal });
  return show(c, page, refusal?.status ?? 200);
}

const contestForm = z.object({ motif: z.enum(['not_there', 'other_space', 'half_only', 'other']).optional() });

/** A worker's own pages: today, the kiosk's code, the days attested and one's word on them. */
export function workerRoutes(mount: Mount): void {
  dayRoutes(mount);
  const { pages, shell } = mount;
  pages.get('/mes-presences', c => presencesPage(mount, c));
  pages.get('/mes-presences/:id', c => presencePage(mount, c));
  pages.post('/mes-presences/:id', async c => {
    const actor = actorOf(c);
    const { motif } = must(await readForm(c, contestForm));
    const attestationId = c.req.param('id');
    const said = await submit(shell, c, work =>
      presence.contest(work, actor, { attestationId, reason: motif ?? null }),
    );
    return said.ok ? c.redirect(`/mes-presences/${attestationId}`, 303) : presencePage(mount, c, said.refusal);
  });
  pages.post('/mes-presences/:id/confirmer', async c => {
    const actor = actorOf(c);
    const attestationId = c.req.param('id');
    const said = await submit(shell, c, work => presence.confirm(work, actor, { attestationId }));
    return said.ok ? c.redirect(`/mes-presences/${attestationId}`, 303) : presencePage(mount, c, said.refusal);
  });
}
