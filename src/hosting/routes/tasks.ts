import { z } from '@hono/zod-openapi';
import type { Outcome, Refusal } from '../../kernel/outcome.ts';
import { type Day, isDay, localDay, weekday } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
import {
  actorOf,
  type Ctx,
  type DayAside,
  inVisit,
  type Mount,
  must,
  readForm,
  requestId,
  type Shell,
  show,
  submit,
} from '../../platform/http.ts';
import { spaceBySlug } from '../../spaces/spaces.ts';
import * as hosting from '../hosting.ts';
import { HostLinks } from '../pages/frame.tsx';
import { DayTasksPart, TasksPage } from '../pages/tasks-page.tsx';

interface Asked {
  readonly day: Day | null;
  readonly typed?: Readonly<Record<string, string>>;
  readonly refusal?: Refusal;
}

const dayOf = (text: string | undefined): Day | null => (text !== undefined && isDay(text) ? text : null);

async function tasksPage({ shell }: Mount, c: Ctx, { day: asked, typed, refusal }: Asked): Promise<Response> {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    const day = asked ?? localDay(work.now, space.zone);
    return { space, day, sheet: must(await hosting.tasksOf(work, actor, { space, day })) };
  });
  const page = TasksPage({ visit: c.get('visit'), ...facts, back: 'taches', requestId: requestId(), typed, refusal });
  return show(c, page, refusal?.status ?? 200);
}

/** On a host's page of the day: the ways to this room's pages, and the day's tasks. */
export const besideDay =
  (shell: Shell): DayAside =>
  async (c, { slug, day }) => {
    const actor = actorOf(c);
    const visit = c.get('visit');
    const facts = await inVisit(shell, c, async work => {
      const space = must(await spaceBySlug(work, slug));
      return { space, sheet: must(await hosting.tasksOf(work, actor, { space, day })) };
    });
    const tasks = DayTasksPart({ visit, day, ...facts, back: 'accueil', requestId: requestId() });
    return HostLinks({ visit, at: { slug, day }, children: tasks });
  };

const day = z.string().refine(isDay, '2026-11-24');
const addForm = z.object({
  jour: day,
  genre: z.enum(['keys', 'cleaning', 'parcel', 'other']),
  quoi: z.string().max(2_000).default(''),
  pour: day,
  repete: z.enum(['non', 'jours', 'semaine']),
  email: z.string().max(300).optional(),
});

/** What the form asks for: one task, or a rule. */
async function added(
  work: Work,
  actor: Actor,
  slug: string,
  sent: z.output<typeof addForm>,
): Promise<Outcome<unknown>> {
  const space = await spaceBySlug(work, slug);
  if (!space.ok) return space;
  const asked = { space: space.value, kind: sent.genre, title: sent.quoi };
  const from = sent.pour as Day;
  if (sent.repete === 'non') {
    const person = sent.email === undefined ? undefined : { email: sent.email };
    return hosting.addTask(work, actor, { ...asked, dueOn: from, person });
  }
  const rhythm =
    sent.repete === 'jours'
      ? ({ every: 'working_days' } as const)
      : ({ every: 'weekly', weekday: weekday(from) } as const);
  return hosting.addRule(work, actor, { ...asked, firstDay: from, rhythm });
}

const changeForm = z.object({
  jour: day,
  retour: z.enum(['accueil', 'taches']).default('taches'),
  tache: z.string().max(60).optional(),
  regle: z.string().max(60).optional(),
  pour: day.optional(),
});
type Change = z.output<typeof changeForm>;

const whichOf = ({ tache, regle, pour, jour }: Change) =>
  tache !== undefined ? { taskId: tache } : { ruleId: regle ?? '', day: (pour ?? jour) as Day };

const changes: Readonly<Record<string, (work: Work, actor: Actor, sent: Change) => Promise<Outcome<unknown>>>> = {
  faite: (work, actor, sent) => hosting.setDone(work, actor, { ...whichOf(sent), done: true }),
  rouvrir: (work, actor, sent) => hosting.setDone(work, actor, { ...whichOf(sent), done: false }),
  enlever: (work, actor, sent) => hosting.dropTask(work, actor, sent.tache ?? ''),
  cesser: (work, actor, sent) => hosting.endRule(work, actor, sent.regle ?? ''),
};

/** `/hote/:espace/taches`. */
export function taskPages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/hote/:espace/taches', c => tasksPage(mount, c, { day: dayOf(c.req.query('jour')) }));
  pages.get('/hote/:espace/taches/:quoi', c => c.redirect(`/hote/${c.req.param('espace')}/taches`, 303));
  pages.post('/hote/:espace/taches', async c => {
    const actor = actorOf(c);
    const { espace } = c.req.param();
    const sent = must(await readForm(c, addForm));
    const done = await submit(shell, c, work => added(work, actor, espace, sent));
    if (done.ok) return c.redirect(`/hote/${espace}/taches?jour=${sent.jour}`, 303);
    const { jour, email = '', ...typed } = sent;
    return tasksPage(mount, c, { day: jour as Day, typed: { ...typed, email }, refusal: done.refusal });
  });
  for (const [name, change] of Object.entries(changes)) {
    pages.post(`/hote/:espace/taches/${name}`, async c => {
      const actor = actorOf(c);
      const { espace } = c.req.param();
      const sent = must(await readForm(c, changeForm));
      const done = await submit(shell, c, work => change(work, actor, sent));
      if (!done.ok) return tasksPage(mount, c, { day: sent.jour as Day, refusal: done.refusal });
      const to =
        sent.retour === 'accueil'
          ? `/accueil/${espace}/${sent.jour}#taches`
          : `/hote/${espace}/taches?jour=${sent.jour}`;
      return c.redirect(to, 303);
    });
  }
}
