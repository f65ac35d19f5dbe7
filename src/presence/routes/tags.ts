import { z } from '@hono/zod-openapi';
import { mayHost } from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { localDay } from '../../kernel/time.ts';
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
import { mayManage, resourcesOf, type Space, spaceBySlug } from '../../spaces/spaces.ts';
import { ReadPage } from '../pages/desk-pages.tsx';
import { SquaresPage, TagsPage } from '../pages/tags-page.tsx';
import * as presence from '../presence.ts';
import { qrOf } from '../qr.ts';
import { words } from '../words.ts';
import { withoutTrace } from './answers.ts';

async function tagsPage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    const tags = must(await presence.tagsOf(work, actor, space.spaceId));
    const resources = await resourcesOf(work, [space.spaceId]);
    return { space, tags, resources, today: localDay(work.now, space.zone), manages: mayManage(actor, space) };
  });
  const body = refusal ? await c.req.parseBody() : {};
  const typed = Object.fromEntries(Object.entries(body).map(([name, text]) => [name, String(text)]));
  const page = TagsPage({ visit: c.get('visit'), ...facts, typed, refusal, requestId: requestId() });
  return show(c, page, refusal?.status ?? 200);
}

async function squaresPage({ shell }: Mount, c: Ctx) {
  const actor = actorOf(c);
  const { origin } = c.get('visit');
  const facts = await inVisit(shell, c, async work => {
    const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    if (!mayHost(actor, space)) must(refuse(words.notHost));
    const desks = (await resourcesOf(work, [space.spaceId])).map(desk => ({
      desk,
      qr: qrOf(`${origin}/bureau/${space.slug}/${desk.resourceId}`),
    }));
    return { space, desks };
  });
  return show(c, SquaresPage({ visit: c.get('visit'), ...facts }));
}

const tagForm = z.object({
  nom: z.string().max(200).default(''),
  poste: z.string().max(60).optional(),
  uid: z.string().max(60).default(''),
  cle_lecture: z.string().max(100).default(''),
  cle_signature: z.string().max(100).default(''),
});

/** A space's tags and squares: `/accueil/:espace/etiquettes`. */
function ownTags(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/accueil/:espace/etiquettes', c => tagsPage(mount, c));
  pages.get('/accueil/:espace/etiquettes/carres', c => squaresPage(mount, c));
  pages.get('/accueil/:espace/etiquettes/retirer', c =>
    c.redirect(`/accueil/${c.req.param('espace')}/etiquettes`, 303),
  );
  pages.post('/accueil/:espace/etiquettes', async c => {
    const actor = actorOf(c);
    const { nom, poste, uid, cle_lecture, cle_signature } = must(await readForm(c, tagForm));
    const { espace } = c.req.param();
    // Not kept as a first answer: the form holds the keys, and a second click is told that the tag is in service.
    const added = await inVisit(shell, c, async (work): Promise<Outcome<unknown>> => {
      const space = await spaceBySlug(work, espace);
      if (!space.ok) return space;
      return presence.registerTag(work, actor, {
        ...{ spaceId: space.value.spaceId, name: nom, uid, metaKey: cle_lecture, fileKey: cle_signature },
        ...{ resourceId: poste, means: shell },
      });
    });
    return added.ok ? c.redirect(`/accueil/${espace}/etiquettes`, 303) : tagsPage(mount, c, added.refusal);
  });
  pages.post('/accueil/:espace/etiquettes/retirer', async c => {
    const actor = actorOf(c);
    const { etiquette } = must(await readForm(c, z.object({ etiquette: z.string().max(60) })));
    const gone = await submit(shell, c, work => presence.withdrawTag(work, actor, etiquette));
    const { espace } = c.req.param();
    return gone.ok ? c.redirect(`/accueil/${espace}/etiquettes`, 303) : tagsPage(mount, c, gone.refusal);
  });
}

const placeOf = (space: Space): string => `${space.name}, ${space.commune.name}`;
const partShape = z.enum(['day', 'morning', 'afternoon']).optional();
const addressShape = z.object({
  t: z.string().max(60).default(''),
  e: z.string().max(64).default(''),
  c: z.string().max(32).default(''),
});

const addressOf = ({ t, e, c }: z.output<typeof addressShape>): presence.TagAddress => ({ tagId: t, picc: e, cmac: c });

async function readPage({ shell }: Mount, c: Ctx, given: z.output<typeof addressShape>, refusal?: Refusal) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const { tag, space } = must(await presence.tagAt(work, addressOf(given), shell.secrets));
    const { resourceId } = tag;
    const desk = resourceId === null ? null : must(await presence.deskNow(work, actor, { space, resourceId }));
    return { place: placeOf(space), desk };
  });
  const send = { action: '/n', hidden: { ...given }, requestId: requestId() };
  c.header('cache-control', 'no-store');
  return show(c, ReadPage({ visit: c.get('visit'), ...facts, send, refusal }), refusal?.status ?? 200);
}

/** What a tag's address leads to. It only asks: a preview that opens links notes no one. */
function readRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/n', c => readPage(mount, c, addressShape.parse(c.req.query())));
  pages.post('/n', async c => {
    const actor = actorOf(c);
    const { moment, ...given } = must(await readForm(c, addressShape.extend({ moment: partShape })));
    const asked = { ...addressOf(given), part: moment, secrets: shell.secrets };
    const noted = await submit(shell, c, async work => withoutTrace(await presence.readTag(work, actor, asked)));
    return noted.ok ? c.redirect('/mon-espace?note=oui', 303) : readPage(mount, c, given, noted.refusal);
  });
}

async function deskPage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const resourceId = (c.req.param('poste') ?? '') as Id<'res'>;
  const facts = await inVisit(shell, c, async work => {
    const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    return { place: placeOf(space), desk: must(await presence.deskNow(work, actor, { space, resourceId })) };
  });
  const send = { action: `/bureau/${facts.desk.space.slug}/${resourceId}`, requestId: requestId() };
  return show(c, ReadPage({ visit: c.get('visit'), ...facts, send, refusal }), refusal?.status ?? 200);
}

/** What a desk's printed square leads to: `/bureau/:espace/:poste`. */
function deskRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/bureau/:espace/:poste', c => deskPage(mount, c));
  pages.post('/bureau/:espace/:poste', async c => {
    const actor = actorOf(c);
    const { moment: part } = must(await readForm(c, z.object({ moment: partShape })));
    const { espace, poste } = c.req.param();
    const noted = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, espace);
      if (!space.ok) return space;
      const asked = { space: space.value, resourceId: poste as Id<'res'>, part };
      return withoutTrace(await presence.sitDown(work, actor, asked));
    });
    return noted.ok ? c.redirect('/mon-espace?note=oui', 303) : deskPage(mount, c, noted.refusal);
  });
}

const tagShape = z.object({
  tag_id: z.string(),
  space_id: z.string(),
  resource_id: z.string().nullable(),
  name: z.string(),
});
const shapeOf = (tag: presence.Tag): z.input<typeof tagShape> => ({
  ...{ tag_id: tag.tagId, space_id: tag.spaceId, resource_id: tag.resourceId, name: tag.name },
});

function tagEndpoints(mount: Mount): void {
  const { shell } = mount;
  const params = z.object({ id: z.string().max(60) });
  endpoint(
    mount,
    {
      method: 'get',
      path: '/spaces/{id}/tags',
      tag: 'presence',
      summary: 'NFC tags in service in a space, for who receives people there.',
      params,
      returns: z.object({ tags: z.array(tagShape) }),
      refusals: ['presence.unknown_space', 'presence.not_host'],
    },
    async ({ params: { id } }, work, visit) => {
      const tags = await presence.tagsOf(work, actorIn(visit), id as Id<'spc'>);
      return tags.ok ? accept({ tags: tags.value.map(shapeOf) }) : tags;
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/spaces/{id}/tags',
      tag: 'presence',
      summary:
        'Put an NTAG 424 DNA in service, with its number and its two keys, for who manages the space. Neither is told again.',
      params,
      body: z.object({
        name: z.string().max(200),
        uid: z.string().max(60),
        meta_key: z.string().max(100),
        file_key: z.string().max(100),
        resource_id: z.string().max(60).optional(),
      }),
      returns: tagShape,
      status: 201,
      refusals: [
        'presence.unknown_space',
        'presence.not_manager',
        'presence.tag_without_name',
        'presence.tag_number_unreadable',
        'presence.tag_key_unreadable',
        'presence.tag_of_unknown_desk',
        'presence.tag_registered',
      ],
    },
    async ({ params: { id }, body }, work, visit) => {
      const asked = { spaceId: id as Id<'spc'>, name: body.name, uid: body.uid, resourceId: body.resource_id };
      const keys = { metaKey: body.meta_key, fileKey: body.file_key };
      const tag = await presence.registerTag(work, actorIn(visit), { ...asked, ...keys, means: shell });
      return tag.ok ? accept(shapeOf(tag.value)) : tag;
    },
  );
  endpoint(
    mount,
    {
      method: 'delete',
      path: '/tags/{id}',
      tag: 'presence',
      summary: 'Take a tag out of service.',
      params,
      returns: z.object({ withdrawn: z.boolean() }),
      refusals: ['presence.unknown_tag', 'presence.not_manager'],
    },
    async ({ params: { id } }, work, visit) => {
      const gone = await presence.withdrawTag(work, actorIn(visit), id);
      return gone.ok ? accept({ withdrawn: true }) : gone;
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/tag-readings',
      tag: 'presence',
      summary:
        'Note your arrival with what a tag wrote in its address; a tag of a desk books it first for whoever has nothing there today.',
      body: z.object({
        tag_id: z.string().max(60),
        picc: z.string().max(64),
        cmac: z.string().max(32),
        part: partShape,
      }),
      returns: z.object({
        event_id: z.string(),
        space_id: z.string(),
        day: z.string(),
        half: z.string(),
        booking_id: z.string().nullable(),
      }),
      status: 201,
      refusals: [
        'presence.unknown_tag',
        'presence.tag_not_read',
        'presence.tag_reading_used',
        'booking.*',
        'presence.booking_needed',
      ],
    },
    async ({ body }, work, visit) => {
      const asked = { tagId: body.tag_id, picc: body.picc, cmac: body.cmac, part: body.part };
      const noted = await presence.readTag(work, actorIn(visit), { ...asked, secrets: shell.secrets });
      if (!noted.ok) return noted;
      const { eventId, spaceId, day, half, booking } = noted.value;
      return accept({ event_id: eventId, space_id: spaceId, day, half, booking_id: booking?.bookingId ?? null });
    },
  );
}

export function tagRoutes(mount: Mount): void {
  ownTags(mount);
  readRoutes(mount);
  deskRoutes(mount);
  tagEndpoints(mount);
}
