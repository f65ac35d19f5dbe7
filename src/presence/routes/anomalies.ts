import { z } from '@hono/zod-openapi';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Actor } from '../../kernel/visit.ts';
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
import { listSpaces, spacesByIds } from '../../spaces/spaces.ts';
import { AnomaliesPage, type Proposed } from '../pages/anomalies-page.tsx';
import { CasePage } from '../pages/case-page.tsx';
import * as presence from '../presence.ts';
import { contestReasons, type DecisionReason, decisionReasons } from '../words.ts';
import { withoutTrace } from './answers.ts';

const proposedTo = (actor: Actor, overrides: readonly presence.Override[]): readonly Proposed[] =>
  overrides.filter(one => !one.confirmed).map(one => ({ ...one, own: one.proposedBy === actor.personId }));

async function queuePage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const { proposals, ...queue } = must(await presence.anomalyQueue(work, actor));
    const names = new Map((await listSpaces(work)).map(space => [space.spaceId as string, space.name]));
    return { ...queue, proposals: proposedTo(actor, proposals), spaceNames: names };
  });
  const page = AnomaliesPage({ visit: c.get('visit'), ...facts, requestId: requestId(), refusal });
  return show(c, page, refusal?.status ?? 200);
}

async function casePage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const { overrides, ...file } = must(await presence.presenceFile(work, actor, c.req.param('id') ?? ''));
    const [space] = await spacesByIds(work, [file.attestation.spaceId]);
    return { ...file, proposals: proposedTo(actor, overrides), space };
  });
  const page = CasePage({ visit: c.get('visit'), ...facts, requestId: requestId(), refusal });
  return show(c, page, refusal?.status ?? 200);
}

const reason = z.enum(Object.keys(decisionReasons) as [DecisionReason, ...DecisionReason[]]);
const correction = z.enum(
  Object.keys(contestReasons) as [keyof typeof contestReasons, ...(keyof typeof contestReasons)[]],
);

const decisionForm = z.object({
  regle: z.string().max(8),
  presences: z
    .string()
    .max(40_000)
    .transform(text => text.split(' ')),
  decision: z.enum(['let_pass', 'block']),
  motif: reason,
});

/** What the network decides on what the rules found. */
export function anomalyRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  const { secrets } = shell;
  pages.get('/anomalies', c => queuePage(mount, c));
  pages.post('/anomalies', async c => {
    const actor = actorOf(c);
    const { regle, presences, decision, motif } = must(await readForm(c, decisionForm));
    const review = { attestationIds: presences, ruleId: regle, kind: decision, reason: motif };
    const done = await submit(shell, c, work => presence.decideReviews(work, actor, review));
    return done.ok ? c.redirect('/anomalies', 303) : queuePage(mount, c, done.refusal);
  });
  pages.post('/anomalies/levees/:id', async c => {
    const actor = actorOf(c);
    const { motif } = must(await readForm(c, z.object({ motif: reason })));
    const asked = { overrideId: c.req.param('id'), reason: motif, secrets };
    const done = await submit(shell, c, work => presence.confirmOverride(work, actor, asked));
    return done.ok ? c.redirect(`/anomalies/${done.value.attestationId}`, 303) : queuePage(mount, c, done.refusal);
  });
  pages.get('/anomalies/:id', c => casePage(mount, c));
  pages.post('/anomalies/:id/lever', async c => {
    const actor = actorOf(c);
    const { quoi, motif } = must(await readForm(c, z.object({ quoi: z.string().max(8), motif: reason })));
    const attestationId = c.req.param('id');
    const what = quoi === 'classe' ? { kind: 'class' as const } : { kind: 'finding' as const, ruleId: quoi };
    const done = await submit(shell, c, work =>
      presence.proposeOverride(work, actor, { attestationId, reason: motif, ...what }),
    );
    return done.ok ? c.redirect(`/anomalies/${attestationId}`, 303) : casePage(mount, c, done.refusal);
  });
  pages.post('/anomalies/:id/corriger', async c => {
    const actor = actorOf(c);
    const { motif } = must(await readForm(c, z.object({ motif: correction })));
    const attestationId = c.req.param('id');
    const done = await submit(shell, c, async work =>
      withoutTrace(await presence.correctDay(work, actor, { attestationId, reason: motif, secrets })),
    );
    return done.ok ? c.redirect(`/anomalies/${attestationId}`, 303) : casePage(mount, c, done.refusal);
  });
}
