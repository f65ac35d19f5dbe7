import { z } from '@hono/zod-openapi';
import { type Refusal, refuse } from '../../kernel/outcome.ts';
import { holds } from '../../kernel/visit.ts';
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
import { spacesByIds } from '../../spaces/spaces.ts';
import { ContestsPage } from '../pages/contests-page.tsx';
import * as presence from '../presence.ts';
import { words } from '../words.ts';
import { withoutTrace } from './answers.ts';

async function contestsPage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  if (!holds(actorOf(c), 'network_operator')) must(refuse(words.notOperator));
  const contested = await inVisit(shell, c, async work => {
    const waiting = await presence.attestationsOf(work, { contested: true });
    const spaces = await spacesByIds(work, [...new Set(waiting.map(one => one.spaceId))]);
    return waiting.map(attestation => ({ attestation, space: spaces.find(s => s.spaceId === attestation.spaceId) }));
  });
  const page = ContestsPage({ visit: c.get('visit'), contested, requestId: requestId(), refusal });
  return show(c, page, refusal?.status ?? 200);
}

/** The network's answers to contested days. */
export function operatorRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/contestations', c => contestsPage(mount, c));
  pages.post('/contestations/:id', async c => {
    const actor = actorOf(c);
    const { reponse } = must(await readForm(c, z.object({ reponse: z.enum(['oui', 'non']) })));
    const asked = { attestationId: c.req.param('id'), upheld: reponse === 'oui', secrets: shell.secrets };
    const done = await submit(shell, c, async work => withoutTrace(await presence.decideContest(work, actor, asked)));
    return done.ok ? c.redirect('/contestations', 303) : contestsPage(mount, c, done.refusal);
  });
}
