import { z } from '@hono/zod-openapi';
import { confirmedOf } from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Refusal, refuse } from '../../kernel/outcome.ts';
import { addDays, localDay } from '../../kernel/time.ts';
import type { Actor } from '../../kernel/visit.ts';
import type { Work } from '../../platform/database.ts';
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
import { listSpaces, type Space, spaceBySlug, spacesByIds } from '../../spaces/spaces.ts';
import { CodeReadPage, MyCodePage } from '../pages/my-code-page.tsx';
import * as presence from '../presence.ts';
import { withoutTrace } from './answers.ts';
import { keptKey } from './kiosk.ts';

/** Spaces in service, those that someone has booked today first. */
async function likelySpaces(work: Work, { personId }: Actor): Promise<readonly Space[]> {
  const utc = localDay(work.now, 'UTC');
  const booked = await confirmedOf(work, { personId, from: addDays(utc, -1), to: addDays(utc, 1) });
  const spaces = (await listSpaces(work)).filter(space => space.status === 'open');
  const isBooked = (space: Space) =>
    booked.some(one => one.spaceId === space.spaceId && one.day === localDay(work.now, space.zone));
  return spaces.toSorted((a, b) => Number(isBooked(b)) - Number(isBooked(a)));
}

async function codePage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const codes = await presence.personalCodes(work, actor, shell.secrets);
    const { step_s } = presence;
    const shown = codes && {
      ...{ space: codes.space, first_counter: codes.first_counter, codes: codes.codes },
      ...{ now_ms: work.now.epochMilliseconds, step_s },
    };
    const known = await presence.badgesOf(work, actor);
    const places = await spacesByIds(work, [...new Set(known.map(one => one.spaceId))]);
    const badges = known.map(badge => ({ badge, space: places.find(one => one.spaceId === badge.spaceId)! }));
    return { shown, badges, spaces: await likelySpaces(work, actor) };
  });
  c.header('cache-control', 'no-store');
  const page = MyCodePage({ visit: c.get('visit'), ...facts, refusal, requestId: requestId() });
  return show(c, page, refusal?.status ?? 200);
}

function codePages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/mon-espace/code', c => codePage(mount, c));
  pages.post('/mon-espace/code', async c => {
    const actor = actorOf(c);
    const { espace } = must(await readForm(c, z.object({ espace: z.string().max(200) })));
    const shown = await submit(shell, c, async work => {
      const space = await spaceBySlug(work, espace);
      if (!space.ok) return space;
      const asked = { spaceId: space.value.spaceId, secrets: shell.secrets };
      return withoutTrace(await presence.showPersonalCode(work, actor, asked));
    });
    return shown.ok ? c.redirect('/mon-espace/code', 303) : codePage(mount, c, shown.refusal);
  });
  pages.get('/kiosque/:id/code', c => c.redirect(`/kiosque/${c.req.param('id')}`, 303));
  pages.post('/kiosque/:id/code', async c => {
    const kioskId = c.req.param('id');
    const { code } = must(await readForm(c, z.object({ code: z.string().max(40).default('') })));
    const asked = { kioskId, secrets: shell.secrets };
    const read = await inVisit(shell, c, async work => {
      const kiosk = await presence.kioskOpenedBy(work, { ...asked, key: keptKey(c, kioskId) });
      return kiosk.ok ? presence.readPersonalCode(work, { ...asked, code }) : kiosk;
    });
    const [name, refusal] = read.ok ? [read.value.name, null] : [null, read.refusal];
    return show(c, CodeReadPage({ visit: c.get('visit'), kioskId, name, refusal }), refusal?.status ?? 200);
  });
}

function codeEndpoints(mount: Mount): void {
  const { secrets } = mount.shell;
  endpoint(
    mount,
    {
      method: 'post',
      path: '/personal-codes',
      tag: 'presence',
      summary:
        'Show your own code to the kiosk of a space, for ten minutes: a code every 15 seconds, each of use once.',
      body: z.object({ space_id: z.string().regex(/^spc_[0-9a-z]{8,40}$/, 'spc_…') }),
      returns: z.object({
        until: z.string(),
        now_ms: z.number().int(),
        step_s: z.number().int(),
        first_counter: z.number().int(),
        codes: z.array(z.string()).optional(),
      }),
      status: 201,
      refusals: ['presence.unknown_space'],
      toldOnce: ['codes'],
    },
    async ({ body }, work, visit) => {
      const shown = await presence.showPersonalCode(work, actorIn(visit), {
        spaceId: body.space_id as Id<'spc'>,
        secrets,
      });
      if (!shown.ok) return shown;
      const { until, first_counter, codes } = shown.value;
      const { step_s } = presence;
      return accept({ until: until.toString(), now_ms: work.now.epochMilliseconds, step_s, first_counter, codes });
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/kiosks/{id}/personal-codes',
      tag: 'presence',
      summary: 'A kiosk sends the code that someone showed it; the arrival bears the kiosk’s name. Our clock judges.',
      params: z.object({ id: z.string() }),
      body: z.object({ key: z.string().max(60), code: z.string().max(40) }),
      returns: z.object({ event_id: z.string(), name: z.string(), day: z.string(), half: z.string() }),
      status: 201,
      refusals: [
        'presence.unknown_kiosk',
        'presence.wrong_kiosk_key',
        'presence.personal_code_wrong',
        'presence.personal_code_expired',
        'presence.personal_code_elsewhere',
        'presence.booking_needed',
        'presence.personal_code_used',
      ],
    },
    async ({ params, body }, work) => {
      const asked = { kioskId: params.id, secrets };
      const kiosk = await presence.kioskOpenedBy(work, { ...asked, key: body.key });
      if (!kiosk.ok) return refuse(kiosk.refusal);
      const read = await presence.readPersonalCode(work, { ...asked, code: body.code });
      if (!read.ok) return read;
      const { eventId, name, day, half } = read.value;
      return accept({ event_id: eventId, name, day, half });
    },
  );
}

/** A person's own code, `/mon-espace/code`, and the kiosk that reads it. */
export function personalCodeRoutes(mount: Mount): void {
  codePages(mount);
  codeEndpoints(mount);
}
