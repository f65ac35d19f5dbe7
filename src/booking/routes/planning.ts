import { z } from '@hono/zod-openapi';
import { plansOf } from '../../floors/floors.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Refusal, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, type DayPart, daysOfMonth, isDay, localDay, monthOf, weekday } from '../../kernel/time.ts';
import { personByEmail } from '../../people/people.ts';
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
import { spaceBySlug } from '../../spaces/spaces.ts';
import * as booking from '../booking.ts';
import { PlanningPage } from '../pages/planning.tsx';
import type { View } from '../pages/planning-frame.ts';
import { daysWorthShowing, occupancyOf, rowsOf } from '../planning.ts';
import { words } from '../words.ts';
import { partOf } from './series.ts';
import { whenTyped } from './typed.ts';

const views: readonly View[] = ['jour', 'semaine', 'mois'];

interface Chosen {
  readonly day: Day;
  readonly part: DayPart;
  readonly resourceId: string;
}

interface Asked {
  readonly view: View;
  readonly day: Day | null;
  readonly pickedId?: string | undefined;
  readonly chosen?: Chosen | null;
  readonly done?: 'booked' | 'moved' | null;
  readonly typed?: string;
  readonly refusal?: Refusal;
}

const daysShown = (view: View, day: Day): readonly Day[] => {
  if (view === 'jour') return [day];
  if (view === 'mois') return daysOfMonth(monthOf(day));
  return Array.from({ length: 7 }, (_, n) => addDays(day, 1 - weekday(day) + n));
};

async function planningPage({ shell }: Mount, c: Ctx, asked: Asked) {
  const actor = actorOf(c);
  const slug = c.req.param('espace') ?? '';
  const { view, chosen = null, done = null, typed, refusal } = asked;
  const facts = await inVisit(shell, c, async work => {
    const today = localDay(work.now, must(await spaceBySlug(work, slug)).zone);
    const day = asked.day ?? today;
    const asDays = daysShown(view, day);
    const planning = must(await booking.planningOf(work, actor, { slug, days: asDays }));
    const picked = asked.pickedId === undefined ? null : must(await booking.bookingFor(work, actor, asked.pickedId));
    const shown = picked?.status === 'cancelled' ? null : picked;
    const openDays = view === 'semaine' ? daysWorthShowing(planning.openDays, planning.bookings) : planning.openDays;
    return {
      ...{
        today,
        day,
        days: openDays.map(one => one.day),
        picked: shown,
        space: planning.space,
        bookings: planning.bookings,
        requests: planning.requests,
        names: planning.names,
      },
      plans: view === 'jour' ? await plansOf(work, planning.space.spaceId) : [],
      rows: rowsOf({
        ...planning,
        bookings: [...planning.bookings, ...planning.blocks],
        openDays,
        now: work.now,
        picked: shown,
      }),
      occupancy: occupancyOf(planning),
    };
  });
  const page = PlanningPage({
    ...{ visit: c.get('visit'), view, ...facts, chosen, done, typed, requestId: requestId() },
    ...(refusal && { refusal }),
  });
  return show(c, page, refusal?.status ?? 200);
}

const day = z.string().refine(isDay, '2026-11-24');
const back = { vue: z.enum(['jour', 'semaine', 'mois']), vers: day };
const placed = {
  jour: day,
  moment: z.enum(['matin', 'apres-midi', 'journee']),
  poste: z.string().regex(/^res_[0-9a-z]{8,40}$/, 'res_…'),
};
const moveForm = z.object({ ...back, ...placed, reservation: z.string().max(60), heures: z.literal('oui').optional() });
const bookForm = z.object({
  ...back,
  ...placed,
  email: z.string().max(300).default(''),
  de: z.string().max(5).optional(),
  a: z.string().max(5).optional(),
});

const dayOf = (text: string | undefined): Day | null => (text !== undefined && isDay(text) ? text : null);

/** A host's planning board: `/planning/:espace`. */
export function planningPages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/planning/:espace', c => {
    const { vue, jour, deplacer, jour_choisi, moment, poste, fait } = c.req.query();
    const [chosenDay, part] = [dayOf(jour_choisi), partOf(moment)];
    return planningPage(mount, c, {
      view: views.find(one => one === vue) ?? 'semaine',
      day: dayOf(jour),
      pickedId: deplacer,
      chosen: chosenDay && part && poste ? { day: chosenDay, part, resourceId: poste } : null,
      done: fait === 'reserve' ? 'booked' : fait === 'deplace' ? 'moved' : null,
    });
  });
  pages.post('/planning/:espace/deplacer', async c => {
    const actor = actorOf(c);
    const sent = must(await readForm(c, moveForm));
    const bookingId = sent.reservation;
    // What is booked by the hour keeps its hours.
    const part = sent.heures ? undefined : partOf(sent.moment)!;
    const to = { day: sent.jour as Day, part, resourceId: sent.poste as Id<'res'> };
    const moved = await submit(shell, c, work => booking.move(work, actor, { bookingId, ...to }));
    if (!moved.ok) {
      const { refusal } = moved;
      return planningPage(mount, c, { view: sent.vue, day: sent.vers as Day, pickedId: bookingId, refusal });
    }
    return c.redirect(`/planning/${c.req.param('espace')}?vue=${sent.vue}&jour=${sent.vers}&fait=deplace`, 303);
  });
  pages.post('/planning/:espace/reserver', async c => {
    const actor = actorOf(c);
    const sent = must(await readForm(c, bookForm));
    const part = partOf(sent.moment)!;
    const place = { day: sent.jour as Day, part, resourceId: sent.poste as Id<'res'> };
    const booked = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, c.req.param('espace'));
      if (!space.ok) return space;
      // Who may receive people there is asked first: the answer would tell who is in the network.
      if (!booking.mayHost(actor, space.value)) return refuse(words.boardNotHost);
      const person = await personByEmail(work, sent.email);
      if (person === null) return refuse(words.unknownPerson);
      const when = whenTyped(sent.moment, { from: sent.de, to: sent.a });
      if (!when.ok) return when;
      const { personId } = person;
      return booking.book(work, actor, { spaceId: space.value.spaceId, ...place, ...when.value, personId });
    });
    if (booked.ok)
      return c.redirect(`/planning/${c.req.param('espace')}?vue=${sent.vue}&jour=${sent.vers}&fait=reserve`, 303);
    const { refusal } = booked;
    return planningPage(mount, c, { view: sent.vue, day: sent.vers as Day, chosen: place, typed: sent.email, refusal });
  });
}
