import { z } from '@hono/zod-openapi';
import { accept, refuse } from '../../kernel/outcome.ts';
import { act, asked, type Back, post, told } from '../../platform/acts.ts';
import {
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  requestId,
  show,
} from '../../platform/http.ts';
import { HoldsPage, holdActs } from '../pages/holds-page.tsx';
import { type HoldRow, hold, legalHolds, lift, peopleById, personByEmail } from '../people.ts';
import { words } from '../words.ts';

const placing = act({
  ...{ path: '/holds', tag: 'people', summary: 'Holds someone’s data until a day, for a reason that a law gives' },
  body: z.object({
    person: told.text.openapi({ description: 'An e-mail, or the id of whoever has none any more.' }),
    ...{ reason: told.text, until: told.day },
  }),
  returns: z.object({ hold_id: z.string(), until: z.string() }),
  refusals: [
    ...['people.may_not', 'people.reason_missing', 'people.bad_hold', 'people.unknown_person'],
    'people.already_erased',
  ],
  perform: async (work, actor, { person, reason, until }) => {
    const named = person.includes('@') ? (await personByEmail(work, person))?.personId : person.trim();
    const held = await hold(work, actor, { personId: named ?? '', reason, until });
    if (held.ok) return accept({ hold_id: held.value.holdId, until });
    return held.refusal.code === words.unknownPerson().code ? refuse(words.unknownPerson('person')) : held;
  },
});

const lifting = act({
  ...{ path: '/holds/{id}/lifting', tag: 'people', summary: 'Lifts a hold before its day, and says why' },
  body: z.object({ reason: told.text }),
  returns: z.object({ hold_id: z.string() }),
  refusals: ['people.may_not', 'people.reason_missing', 'people.unknown_hold', 'people.hold_over'],
  perform: async (work, actor, { id: holdId, reason }) => {
    const lifted = await lift(work, actor, { holdId, reason });
    return lifted.ok ? accept({ hold_id: holdId }) : lifted;
  },
});

const moment = z.string().nullable();
const holdShape = z
  .object({
    ...{ hold_id: z.string(), person_id: z.string(), reason: z.string(), until: z.string(), author: z.string() },
    ...{ recorded_at: z.string(), lifted_by: z.string().nullable(), lifted_at: moment, lift_reason: moment },
    erasure_asked_at: moment.openapi({
      description: 'Set: the person asked to be erased, and is set aside meanwhile.',
    }),
    erased_at: moment,
  })
  .openapi('Hold');

const holdJson = (one: HoldRow) => ({
  ...{ hold_id: one.holdId, person_id: one.personId, reason: one.reason, until: one.until, author: one.author },
  ...{ recorded_at: one.recordedAt.toString(), lifted_by: one.liftedBy, lift_reason: one.liftReason },
  ...{ lifted_at: one.liftedAt?.toString() ?? null, erasure_asked_at: one.askedAt?.toString() ?? null },
  erased_at: one.erasedAt?.toString() ?? null,
});

export function holdRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  const page = async (c: Ctx, back: Back, lifted = c.req.query('lever')) => {
    const actor = actorOf(c);
    const { holds, names } = await inVisit(shell, c, async work => {
      const found = must(await legalHolds(work, actor));
      const all = [...found.standing, ...found.over];
      const ids = all.flatMap(one => [one.personId, one.author, one.liftedBy].filter(id => id !== null));
      const people = await peopleById(work, [...new Set(ids)]);
      return { holds: found, names: new Map(people.map(one => [one.personId as string, one])) };
    });
    const done = back.refusal === null ? c.req.query('fait') : undefined;
    const facts = { visit: c.get('visit'), holds, names, back, lifted, done, requestId: requestId() };
    return show(c, HoldsPage(facts), back.refusal?.status ?? 200);
  };
  pages.get('/retenues', c => page(c, asked));
  pages.post(
    '/retenues',
    post(mount, { route: placing, spec: holdActs.place, to: () => '/retenues?fait=posee', page }),
  );
  pages.post(
    '/retenues/:id',
    post(mount, {
      ...{ route: lifting, spec: holdActs.lift, to: () => '/retenues?fait=levee' },
      page: (c, back) => page(c, back, c.req.param('id')),
    }),
  );
  endpoint(
    mount,
    {
      ...{ method: 'get', path: '/holds', tag: 'people', refusals: ['request.sign_in_first', 'people.may_not'] },
      summary: 'The network’s legal holds: those that stand, the first to end first, then those that are over',
      returns: z.object({ standing: z.array(holdShape), over: z.array(holdShape) }),
    },
    async (_, work, visit) => {
      const found = await legalHolds(work, actorIn(visit));
      if (!found.ok) return found;
      return accept({ standing: found.value.standing.map(holdJson), over: found.value.over.map(holdJson) });
    },
  );
  placing.mount(mount);
  lifting.mount(mount);
}
