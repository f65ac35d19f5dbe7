import { z } from '@hono/zod-openapi';
import { accept, type Refusal } from '../../kernel/outcome.ts';
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
import { SheetPage } from '../pages/sheet.tsx';
import type { SheetTexts } from '../space.ts';
import { editSheet, managedSheet, spaceBySlug } from '../spaces.ts';

const line = z.string().max(200).default('');
const paragraph = z.string().max(2_000).default('');
const sheetShape = z.object({
  name: line,
  address: line,
  postcode: line,
  host: line,
  description_fr: paragraph,
  description_en: paragraph,
  getting_there_fr: paragraph,
  getting_there_en: paragraph,
});

const textsOf = (sent: z.output<typeof sheetShape>): SheetTexts => ({
  ...{ name: sent.name.trim(), address: sent.address.trim(), postcode: sent.postcode.trim() },
  hostFirstName: sent.host.trim(),
  description: { fr: sent.description_fr, en: sent.description_en },
  gettingThere: { fr: sent.getting_there_fr, en: sent.getting_there_en },
});

async function sheetPage({ shell }: Mount, c: Ctx, refusal: Refusal | null): Promise<Response> {
  const actor = actorOf(c);
  const { space } = must(await inVisit(shell, c, work => managedSheet(work, actor, c.req.param('slug') ?? '')));
  const body = refusal ? await c.req.parseBody() : {};
  const typed = Object.fromEntries(Object.entries(body).map(([name, text]) => [name, String(text)]));
  const page = SheetPage({ visit: c.get('visit'), space, typed, refusal, requestId: requestId() });
  return show(c, page, refusal?.status ?? 200);
}

/** What a space says of itself: `/gestion/espaces/:slug/fiche` and `/api/v1/spaces/{slug}/sheet`. */
export function sheetRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/gestion/espaces/:slug/fiche', c => sheetPage(mount, c, null));
  pages.post('/gestion/espaces/:slug/fiche', async c => {
    const actor = actorOf(c);
    const slug = c.req.param('slug');
    const sent = await readForm(c, sheetShape);
    if (!sent.ok) return sheetPage(mount, c, sent.refusal);
    const done = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, slug);
      return space.ok ? editSheet(work, actor, { ...textsOf(sent.value), spaceId: space.value.spaceId }) : space;
    });
    return done.ok ? c.redirect(`/gestion/espaces/${slug}?fait=oui`, 303) : sheetPage(mount, c, done.refusal);
  });
  endpoint(
    mount,
    {
      method: 'put',
      path: '/spaces/{slug}/sheet',
      tag: 'spaces',
      summary: 'Rewrite what a space says of itself; its address on the site and its town stay.',
      params: z.object({ slug: z.string() }),
      body: sheetShape,
      returns: z.object({ slug: z.string(), name: z.string() }),
      refusals: ['request.sign_in_first', 'spaces.unknown_space', 'spaces.not_manager', 'spaces.sheet_incomplete'],
    },
    async ({ params, body }, work, visit) => {
      const space = await spaceBySlug(work, params.slug);
      if (!space.ok) return space;
      const done = await editSheet(work, actorIn(visit), { ...textsOf(body), spaceId: space.value.spaceId });
      return done.ok ? accept({ slug: done.value.slug, name: done.value.name }) : done;
    },
  );
}
