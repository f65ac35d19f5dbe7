import { z } from '@hono/zod-openapi';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refusal } from '../../kernel/outcome.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
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
import { type Space, spaceBySlug } from '../../spaces/spaces.ts';
import * as access from '../access.ts';
import { checkLock } from '../jobs/telling.ts';
import { ManagerPage, type ManagerPageProps } from '../pages/manager-page.tsx';

// A space's doors and Wi-Fi codes: `/acces/:espace`.

/** What was typed, but for the token: it is shown to nobody again. */
async function typedIn(c: Ctx): Promise<Readonly<Record<string, string>>> {
  const body = Object.entries(await c.req.parseBody());
  return Object.fromEntries(
    body.flatMap(([name, value]) => (typeof value === 'string' && name !== 'token' ? [[name, value]] : [])),
  );
}

const addedIn = (c: Ctx): ManagerPageProps['done'] => {
  const [added, known] = [c.req.query('ajoutes'), c.req.query('connus')];
  if (/^\d{1,6}$/.test(added ?? '') && /^\d{1,6}$/.test(known ?? ''))
    return { added: Number(added), known: Number(known) };
  return c.req.query('fait') === undefined ? null : 'saved';
};

async function managerPage({ shell }: Mount, c: Ctx, refusal: Refusal | null): Promise<Response> {
  const actor = actorOf(c);
  const slug = c.req.param('espace') ?? '';
  const sheet = must(await inVisit(shell, c, work => access.accessSheet(work, actor, slug)));
  const typed = refusal ? await typedIn(c) : {};
  const done = refusal ? null : addedIn(c);
  const page = ManagerPage({ visit: c.get('visit'), sheet, typed, refusal, done, requestId: requestId() });
  return show(c, page, refusal?.status ?? 200);
}

/** A change to a space, asked by a form. */
type Change<T> = (work: Work, actor: Actor, space: Space) => Promise<Outcome<T>>;

const changing = <T>({ shell }: Mount, c: Ctx, change: Change<T>): Promise<Outcome<T>> => {
  const actor = actorOf(c);
  return submit(shell, c, async work => {
    const space = await spaceBySlug(work, c.req.param('espace') ?? '');
    return space.ok ? change(work, actor, space.value) : space;
  });
};

const minutes = z
  .string()
  .regex(/^\s*\d{1,4}\s*$/, '0 – 240')
  .transform(Number);

const lockForm = z.object({
  adapter: z.enum(['webhook', 'home_assistant']),
  address: z.string().max(1_000).default(''),
  token: z.string().max(2_000).optional(),
  service: z.string().max(200).optional(),
  before_min: minutes,
  after_min: minutes,
  gives_pin: z.string().optional(),
  opens: z.string().optional(),
});

const resourceField = /^res_[0-9a-z]{8,40}$/;

/** Boxes ticked: `everyone`, and one name a desk or room. */
async function openedIn(c: Ctx): Promise<access.Opened> {
  const body = await c.req.parseBody({ all: true });
  const ticked = (name: string) => [body[name] ?? []].flat().filter(one => typeof one === 'string');
  const resources = Object.keys(body).filter(name => resourceField.test(name)) as Id<'res'>[];
  return {
    everyone: ticked('everyone'),
    resources: resources.flatMap(resourceId => ticked(resourceId).map(groupId => ({ resourceId, groupId }))),
  };
}

/** The list pasted, then the file, as one text. */
async function codesTyped(c: Ctx): Promise<string> {
  const { codes, fichier } = await c.req.parseBody();
  const pasted = typeof codes === 'string' ? codes : '';
  const file = fichier instanceof File ? await fichier.text() : '';
  return [pasted, file].filter(text => text.trim() !== '').join('\n');
}

export function managerPages(mount: Mount): void {
  const { pages, shell } = mount;
  const answer = (c: Ctx, done: Outcome<unknown>, to = 'fait=oui') =>
    done.ok ? c.redirect(`/acces/${c.req.param('espace')}?${to}`, 303) : managerPage(mount, c, done.refusal);
  pages.get('/acces/:espace', c => managerPage(mount, c, null));
  pages.get('/acces/:espace/:quoi', c => c.redirect(`/acces/${c.req.param('espace')}`, 303));
  pages.post('/acces/:espace/serrure', async c => {
    actorOf(c);
    const sent = await readForm(c, lockForm);
    if (!sent.ok) return managerPage(mount, c, sent.refusal);
    const { gives_pin, opens, ...rest } = sent.value;
    const asked = { ...rest, givesPin: gives_pin !== undefined, opens: opens !== undefined };
    return answer(
      c,
      await changing(mount, c, (work, actor, { spaceId }) =>
        access.setLock(work, actor, { spaceId, means: shell, ...asked }),
      ),
    );
  });
  pages.post('/acces/:espace/portes', async c => {
    const opened = await openedIn(c);
    const change: Change<unknown> = (work, actor, { spaceId }) =>
      access.setOpened(work, actor, { spaceId, means: shell, ...opened });
    return answer(c, await changing(mount, c, change));
  });
  pages.post('/acces/:espace/essayer', async c => {
    const actor = actorOf(c);
    const { network } = c.get('visit');
    const spaceId = must(
      await inVisit(shell, c, async work => {
        const space = must(await spaceBySlug(work, c.req.param('espace')));
        const may = await access.mayCheck(work, actor, space.spaceId);
        return may.ok ? accept(space.spaceId) : may;
      }),
    );
    await checkLock(shell, network.networkId, spaceId);
    return c.redirect(`/acces/${c.req.param('espace')}`, 303);
  });
  pages.post('/acces/:espace/recommencer', async c =>
    answer(c, await changing(mount, c, (work, actor, { spaceId }) => access.retryDoors(work, actor, spaceId))),
  );
  pages.post('/acces/:espace/wifi', async c => {
    const text = await codesTyped(c);
    const done = await changing(mount, c, (work, actor, { spaceId }) =>
      access.importVouchers(work, actor, { spaceId, text, means: shell }),
    );
    return answer(c, done, done.ok ? `ajoutes=${done.value.added}&connus=${done.value.known}` : '');
  });
}
