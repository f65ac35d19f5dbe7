import { z } from '@hono/zod-openapi';
import { mayHost } from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Refusal, refuse } from '../../kernel/outcome.ts';
import { type Day, isDay, localDay } from '../../kernel/time.ts';
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
import { listSpaces, resourcesOf, spaceBySlug } from '../../spaces/spaces.ts';
import { HostedSpacesPage, HostPage, type HostPageProps, KiosksPage } from '../pages/host-pages.tsx';
import * as presence from '../presence.ts';
import { words } from '../words.ts';
import { withoutTrace } from './answers.ts';

const partShape = z.enum(['morning', 'afternoon', 'day']);

interface Back {
  readonly typed?: HostPageProps['typed'];
  readonly refusal?: Refusal | undefined;
}

async function hostPage({ shell, besideDay = [] }: Mount, c: Ctx, back: Back = {}) {
  const actor = actorOf(c);
  const asked = c.req.param('jour') ?? '';
  const facts = await inVisit(shell, c, async work => {
    const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    const today = localDay(work.now, space.zone);
    const day: Day = isDay(asked) ? asked : today;
    const { lines } = must(await presence.attendance(work, actor, { spaceId: space.spaceId, day }));
    const attested = await presence.attestedAt(work, { spaceId: space.spaceId, day });
    return { space, day, today, lines, attested, resources: await resourcesOf(work, [space.spaceId]) };
  });
  const beside = await Promise.all(besideDay.map(draw => draw(c, { slug: facts.space.slug, day: facts.day })));
  const page = HostPage({ visit: c.get('visit'), ...facts, ...back, beside, requestId: requestId() });
  return show(c, page, back.refusal?.status ?? 200);
}

const markForm = z.object({
  personne: z.string().regex(/^per_[0-9a-z]{8,40}$/, 'per_…'),
  moment: partShape,
  present: z.enum(['oui', 'non']),
});

function listRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/accueil/:espace/:jour', c => hostPage(mount, c));
  pages.post('/accueil/:espace/:jour', async c => {
    const actor = actorOf(c);
    const { personne, moment, present } = must(await readForm(c, markForm));
    const { espace, jour } = c.req.param();
    const noted = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, espace);
      if (!space.ok) return space;
      if (!isDay(jour)) return refuse(words.unknownSpace);
      const marks = [{ personId: personne as Id<'per'>, part: moment, present: present === 'oui' }];
      return withoutTrace(await presence.markPresence(work, actor, { spaceId: space.value.spaceId, day: jour, marks }));
    });
    return noted.ok ? c.redirect(`/accueil/${espace}/${jour}`, 303) : hostPage(mount, c, { refusal: noted.refusal });
  });
  pages.post('/accueil/:espace/:jour/visiteur', async c => {
    const actor = actorOf(c);
    const { email, moment } = must(
      await readForm(c, z.object({ email: z.string().max(300).default(''), moment: partShape })),
    );
    const { espace, jour } = c.req.param();
    const received = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, espace);
      if (!space.ok) return space;
      return withoutTrace(await presence.walkIn(work, actor, { spaceId: space.value.spaceId, email, part: moment }));
    });
    if (received.ok) return c.redirect(`/accueil/${espace}/${jour}`, 303);
    return hostPage(mount, c, { typed: { email, part: moment }, refusal: received.refusal });
  });
}

const correctionForm = z.object({
  presence: z.string().max(60),
  motif: z.enum(['not_there', 'other_space', 'half_only', 'other']),
});

/** A day already attested is corrected on its own line, for a few days. */
function correctionRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.post('/accueil/:espace/:jour/corriger', async c => {
    const actor = actorOf(c);
    const { presence: attestationId, motif } = must(await readForm(c, correctionForm));
    const { espace, jour } = c.req.param();
    const done = await submit(shell, c, async work =>
      withoutTrace(await presence.correctDay(work, actor, { attestationId, reason: motif, secrets: shell.secrets })),
    );
    return done.ok ? c.redirect(`/accueil/${espace}/${jour}`, 303) : hostPage(mount, c, { refusal: done.refusal });
  });
}

async function kiosksPage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const { origin } = c.get('visit');
  const facts = await inVisit(shell, c, async work => {
    const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    if (!mayHost(actor, space)) must(refuse(words.notHost));
    const known = await presence.kiosksOf(work, [space.spaceId]);
    const kiosks = known.map(kiosk => ({
      kioskId: kiosk.kioskId,
      name: kiosk.name,
      address: `${origin}/kiosque/${kiosk.kioskId}?cle=${presence.openingKeyOf(kiosk, shell.secrets)}`,
    }));
    return { space, kiosks };
  });
  const page = KiosksPage({ visit: c.get('visit'), ...facts, requestId: requestId(), refusal });
  return show(c, page, refusal?.status ?? 200);
}

const kioskForm = z.object({ name: z.string().max(80).default(''), borne: z.string().max(60).optional() });

/** A host's pages: their spaces, the day's list, the kiosks. */
export function hostRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/accueil', async c => {
    const actor = actorOf(c);
    const { spaces, today } = await inVisit(shell, c, async work => ({
      spaces: (await listSpaces(work)).filter(space => mayHost(actor, space)),
      today: localDay(work.now, 'Europe/Paris'),
    }));
    const [only, ...others] = spaces;
    if (only && others.length === 0) return c.redirect(`/accueil/${only.slug}/${today}`, 303);
    return show(c, HostedSpacesPage({ visit: c.get('visit'), spaces, today }));
  });
  pages.get('/accueil/:espace/bornes', c => kiosksPage(mount, c));
  pages.post('/accueil/:espace/bornes', async c => {
    const actor = actorOf(c);
    const { name, borne } = must(await readForm(c, kioskForm));
    const { espace } = c.req.param();
    const done = await submit(shell, c, async work => {
      const { secrets } = shell;
      if (borne !== undefined) {
        return withoutTrace(await presence.kioskKey(work, actor, { kioskId: borne, secrets, renew: true }));
      }
      const space = await spaceBySlug(work, espace);
      if (!space.ok) return space;
      return withoutTrace(await presence.openKiosk(work, actor, { spaceId: space.value.spaceId, name, secrets }));
    });
    return done.ok ? c.redirect(`/accueil/${espace}/bornes`, 303) : kiosksPage(mount, c, done.refusal);
  });
  listRoutes(mount);
  correctionRoutes(mount);
}
