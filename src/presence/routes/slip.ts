import { z } from '@hono/zod-openapi';
import { accept, type Refusal, refuse } from '../../kernel/outcome.ts';
import { addDays, type Day, isDay, localDay, wallTime } from '../../kernel/time.ts';
import { networkOf, peopleById } from '../../people/people.ts';
import {
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  read,
  readForm,
  requestId,
  show,
  submit,
} from '../../platform/http.ts';
import { spaceBySlug } from '../../spaces/spaces.ts';
import { SlipPage } from '../pages/slip-page.tsx';
import { slipPdf } from '../pages/slip-pdf.ts';
import * as presence from '../presence.ts';
import { passNames, slipWords } from '../slip-words.ts';

const daysShown = 31;
const day = z.string().refine(isDay, '2026-11-24');
const range = z.object({ du: day.optional(), au: day.optional() });

const asked = (c: Ctx, today: Day) => {
  const { du, au } = must(read(range, c.req.query()));
  const to = (au ?? today) as Day;
  return { from: (du ?? addDays(to, 1 - daysShown)) as Day, to };
};

async function slipPage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const today = localDay(work.now, 'Europe/Paris');
    return { today, slip: must(await presence.slipOf(work, actor, asked(c, today))) };
  });
  const body = refusal ? await c.req.parseBody() : {};
  const typed = Object.fromEntries(Object.entries(body).map(([name, text]) => [name, String(text)]));
  const fait = refusal ? null : c.req.query('fait');
  const done = fait === 'depart' ? 'left' : fait === 'incident' ? 'declared' : null;
  const page = SlipPage({ visit: c.get('visit'), ...facts, done, typed, refusal, requestId: requestId() });
  return show(c, page, refusal?.status ?? 200);
}

const incidentForm = z.object({
  espace: z.string().max(200),
  jour: day,
  heure: z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, '14:30'),
  recit: z.string().trim().min(1).max(2_000),
});

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** A person's own slip, departures and incidents: `/mes-presences/fiche`. */
export function slipRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/mes-presences/fiche', c => slipPage(mount, c));
  pages.get('/mes-presences/fiche.pdf', async c => {
    const actor = actorOf(c);
    const facts = await inVisit(shell, c, async work => {
      const [person] = await peopleById(work, [actor.personId]);
      const slip = must(await presence.slipOf(work, actor, asked(c, localDay(work.now, 'Europe/Paris'))));
      const name = person ? `${person.firstName} ${person.lastName}`.trim() : actor.firstName;
      return { ...slip, network: await networkOf(work), person: name, madeAt: work.now };
    });
    return c.body(Buffer.from(await slipPdf(facts)), 200, {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="fiche-de-presence-${facts.from}-${facts.to}.pdf"`,
      'cache-control': 'no-store',
    });
  });
  pages.post('/mes-presences/depart', async c => {
    const actor = actorOf(c);
    const left = await submit(shell, c, async work => {
      const noted = await presence.leave(work, actor);
      return noted.ok ? accept(null) : noted;
    });
    return left.ok ? c.redirect('/mes-presences/fiche?fait=depart', 303) : slipPage(mount, c, left.refusal);
  });
  pages.post('/mes-presences/incidents', async c => {
    const actor = actorOf(c);
    const sent = await readForm(c, incidentForm);
    if (!sent.ok) return slipPage(mount, c, sent.refusal);
    const { espace, jour, heure, recit } = sent.value;
    const declared = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, espace);
      if (!space.ok) return refuse(slipWords.notThere);
      const at = wallTime(jour as Day, minutesOf(heure), space.value.zone);
      const made = await presence.declareIncident(work, actor, { spaceId: space.value.spaceId, at, told: recit });
      return made.ok ? accept(null) : made;
    });
    return declared.ok ? c.redirect('/mes-presences/fiche?fait=incident', 303) : slipPage(mount, c, declared.refusal);
  });
  pages.post('/mes-presences/incidents/:id/retirer', async c => {
    const actor = actorOf(c);
    const incidentId = c.req.param('id');
    const gone = await submit(shell, c, work => presence.withdrawIncident(work, actor, incidentId));
    return gone.ok ? c.redirect('/mes-presences/fiche', 303) : slipPage(mount, c, gone.refusal);
  });
}

const passShape = z.object({
  space_id: z.string(),
  day: z.string(),
  at: z.string(),
  how: z.enum(Object.keys(passNames) as [keyof typeof passNames]),
});

/** `/api/v1/presence-slip` and `/api/v1/check-outs`. */
export function slipEndpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/presence-slip',
      tag: 'presence',
      summary: 'Your own visits with their hours, both days included, as long as they are kept.',
      query: z.object({ from: day, to: day }),
      returns: z.object({ passes: z.array(passShape) }),
      refusals: ['presence.slip_ends_before_it_begins', 'presence.slip_too_long'],
    },
    async ({ query }, work, visit) => {
      const slip = await presence.slipOf(work, actorIn(visit), { from: query.from as Day, to: query.to as Day });
      if (!slip.ok) return slip;
      return accept({
        passes: slip.value.passes.map(one => ({ ...one, space_id: one.spaceId, at: one.at.toString() })),
      });
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/check-outs',
      tag: 'presence',
      summary: 'Note that you leave the space where you came today: for your own slip, it proves nothing.',
      body: z.object({}),
      returns: z.object({ departure_id: z.string(), space_id: z.string(), day: z.string(), at: z.string() }),
      status: 201,
      refusals: ['presence.not_here_today'],
    },
    async (_input, work, visit) => {
      const left = await presence.leave(work, actorIn(visit));
      if (!left.ok) return left;
      const { departureId, spaceId, day: on, at } = left.value;
      return accept({ departure_id: departureId, space_id: spaceId, day: on, at: at.toString() });
    },
  );
}
