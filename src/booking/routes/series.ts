import { z } from '@hono/zod-openapi';
import { accept, type Refusal } from '../../kernel/outcome.ts';
import { addDays, type Day, type DayPart, daysFrom, isDay, localDay, weekday } from '../../kernel/time.ts';
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
import { openIntervals, type Space, spaceBySlug } from '../../spaces/spaces.ts';
import * as booking from '../booking.ts';
import { momentOf } from '../pages/moving.tsx';
import { type SeriesAsked, SeriesDone, SeriesPage } from '../pages/series-pages.tsx';
import { knownOf } from './own.ts';

export const parts: readonly DayPart[] = ['morning', 'afternoon', 'day'];

/** The part of the day that an address names. */
export const partOf = (moment: string | undefined): DayPart | null =>
  parts.find(part => momentOf[part] === moment) ?? null;

/** Weekdays on which a space opens, told by the two weeks that begin: a feast does not hide its weekday. */
async function openOn(work: Work, space: Space, today: Day): Promise<readonly number[]> {
  const days = daysFrom(today, 14);
  const open = await openIntervals(work, { spaceIds: [space.spaceId], days });
  const found = new Set(open.filter(one => parts.some(part => one.parts[part] !== null)).map(one => weekday(one.day)));
  return [...found].toSorted((a, b) => a - b);
}

const fourWeeks_days = 28;

async function factsOf(work: Work, slug: string) {
  const space = must(await spaceBySlug(work, slug));
  const today = localDay(work.now, space.zone);
  const { furthest_days } = await booking.policyFor(work, { spaceId: space.spaceId, day: today });
  return { space, today, furthest: addDays(today, furthest_days), openOn: await openOn(work, space, today) };
}

async function seriesPage({ shell }: Mount, c: Ctx, asked: { slug: string; form?: SeriesAsked; refusal?: Refusal }) {
  const facts = await inVisit(shell, c, work => factsOf(work, asked.slug));
  const month = addDays(facts.today, fourWeeks_days);
  const until = month < facts.furthest ? month : facts.furthest;
  const opening: SeriesAsked = {
    ...{ part: 'day', weekdays: [], everyWeeks: 1, from: addDays(facts.today, 1), until, skipClashes: true },
  };
  const { form: sent = opening, refusal } = asked;
  const page = SeriesPage({ visit: c.get('visit'), ...facts, asked: sent, refusal, requestId: requestId() });
  return show(c, page, refusal?.status ?? 200);
}

const day = z.string().refine(isDay, '2026-11-24');
const seriesForm = z.object({
  espace: z.string().max(200),
  jours: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform(given => (typeof given === 'string' ? [given] : given).map(Number)),
  moment: z.enum(['matin', 'apres-midi', 'journee']),
  rythme: z.coerce.number().int(),
  du: day,
  jusquau: day,
  sauter: z.string().optional(),
});

export function seriesPages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/reserver/serie', async c => {
    const slug = c.req.query('espace');
    return slug === undefined ? c.redirect('/reserver', 303) : seriesPage(mount, c, { slug });
  });
  pages.post('/reserver/serie', async c => {
    const actor = actorOf(c);
    const { espace: slug, ...sent } = must(await readForm(c, seriesForm));
    const form: SeriesAsked = {
      ...{ part: partOf(sent.moment)!, weekdays: sent.jours, everyWeeks: sent.rythme },
      ...{ from: sent.du as Day, until: sent.jusquau as Day, skipClashes: sent.sauter !== undefined },
    };
    const { part, skipClashes, ...rhythm } = form;
    const done = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, slug);
      if (!space.ok) return space;
      const made = await booking.bookSeries(work, actor, { spaceId: space.value.spaceId, part, rhythm, skipClashes });
      if (!made.ok) return made;
      return accept({ booked: made.value.booked.map(one => one.bookingId), skipped: made.value.skipped });
    });
    if (!done.ok) return seriesPage(mount, c, { slug, form, refusal: done.refusal });
    const { booked, skipped } = done.value;
    const facts = await inVisit(shell, c, async work => ({
      space: must(await spaceBySlug(work, slug)),
      booked: await knownOf(work, await booking.bookingsById(work, actor, booked)),
    }));
    return show(c, SeriesDone({ visit: c.get('visit'), ...facts, skipped }));
  });
}
