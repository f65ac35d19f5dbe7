import { z } from '@hono/zod-openapi';
import { employersOf } from '../../employers/employers.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Refusal, refuse } from '../../kernel/outcome.ts';
import {
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  readForm,
  requestId,
  show,
  submit,
} from '../../platform/http.ts';
import { employerCodes, linesOfCsv } from '../day-codes.ts';
import { EmployerDaysPage } from '../pages/employer-days-page.tsx';
import * as presence from '../presence.ts';
import { words } from '../words.ts';

interface Back {
  readonly typed?: { readonly employer?: string | undefined; readonly codes?: string | undefined };
  readonly refusal?: Refusal | undefined;
}

async function daysPage({ shell }: Mount, c: Ctx, back: Back = {}) {
  const actor = actorOf(c);
  const employers = await inVisit(shell, c, work => employersOf(work, actor));
  if (employers.length === 0) must(refuse(words.notEmployer));
  const saved = c.req.query('fait') === '1' && !back.refusal;
  const page = EmployerDaysPage({ visit: c.get('visit'), employers, saved, ...back, requestId: requestId() });
  return show(c, page, back.refusal?.status ?? 200);
}

const daysForm = z.object({ employeur: z.string().max(60), codes: z.string().max(200_000).default('') });

/** An employer's own word on its people's days: a small page and an endpoint. */
export function employerRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/jours-declares', c => daysPage(mount, c));
  pages.post('/jours-declares', async c => {
    const actor = actorOf(c);
    const { employeur, codes } = must(await readForm(c, daysForm));
    const asked = { employerId: employeur as Id<'org'>, lines: linesOfCsv(codes) };
    const done = await submit(shell, c, work => presence.recordDayLines(work, actor, asked));
    if (done.ok) return c.redirect('/jours-declares?fait=1', 303);
    return daysPage(mount, c, { typed: { employer: employeur, codes }, refusal: done.refusal });
  });
  endpoint(
    mount,
    {
      method: 'post',
      path: '/employers/{id}/day-codes',
      tag: 'presence',
      summary:
        'Say where your people were on some days: a code a day, no hour. Optional; destroyed after three months.',
      params: z.object({ id: z.string().max(60) }),
      body: z.object({
        codes: z
          .array(z.object({ email: z.string().max(300), day: z.string().max(10), code: z.enum(employerCodes) }))
          .max(5_000),
      }),
      returns: z.object({ recorded: z.number().int() }),
      status: 201,
      refusals: [
        'presence.no_code',
        'presence.code_not_understood',
        'presence.not_your_staff',
        'presence.not_employer',
        'presence.code_out_of_time',
      ],
    },
    async ({ params, body }, work, visit) => {
      const asked = { employerId: params.id as Id<'org'>, lines: body.codes };
      const done = await presence.recordDayLines(work, actorIn(visit), asked);
      return done.ok ? accept(done.value) : done;
    },
  );
}
