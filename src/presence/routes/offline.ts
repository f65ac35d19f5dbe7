import { z } from '@hono/zod-openapi';
import type { Bilingual, Lang } from '../../kernel/bilingual.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome } from '../../kernel/outcome.ts';
import { actorOf, type Ctx, endpoint, inVisit, type Mount, must, show } from '../../platform/http.ts';
import { offlineLabels as t } from '../offline-labels.ts';
import { kioskTitle } from '../pages/kiosk-page.tsx';
import { OfflinePage } from '../pages/offline-page.tsx';
import * as presence from '../presence.ts';
import { keptKey } from './kiosk.ts';
import { deviceOf } from './worker.ts';

interface App {
  readonly name: string;
  readonly short: Bilingual;
  readonly start: string;
  readonly display: 'standalone' | 'fullscreen';
}

const icons = [192, 512].flatMap(size =>
  (['any', 'maskable'] as const).map(purpose => ({
    src: `/icone-${size}.png`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  })),
);

/** A web app manifest: one for each page that installs, so that a tablet holds the kiosk and a phone its owner's day. */
const manifest = (c: Ctx, { name, short, start, display }: App): Response => {
  const { lang } = c.get('visit');
  const body = {
    id: start,
    start_url: start,
    scope: '/',
    name,
    short_name: short[lang],
    lang,
    dir: 'ltr',
    display,
    background_color: '#f6f1e7',
    theme_color: '#f6f1e7',
    icons,
  };
  return c.body(JSON.stringify(body), 200, {
    'content-type': 'application/manifest+json',
    'cache-control': 'no-cache',
  });
};

function manifests({ pages, shell }: Mount): void {
  pages.get('/mon-espace/application.webmanifest', c => {
    const { network, lang } = c.get('visit');
    const name = `${t.dayApp[lang]}, ${network.name}`;
    return manifest(c, { name, short: t.dayApp, start: '/mon-espace', display: 'standalone' });
  });
  pages.get('/kiosque/:id/application.webmanifest', async c => {
    const kioskId = c.req.param('id');
    const asked = { kioskId, key: keptKey(c, kioskId), secrets: shell.secrets };
    const { space } = await inVisit(shell, c, async work =>
      presence.kioskScreen(work, must(await presence.kioskOpenedBy(work, asked))),
    );
    const name = `${t.kioskApp[c.get('visit').lang]}, ${kioskTitle(space)}`;
    return manifest(c, { name, short: t.kioskApp, start: `/kiosque/${kioskId}`, display: 'fullscreen' });
  });
}

function pass(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/hors-ligne', c => show(c, OfflinePage({ visit: c.get('visit') })));
  // Beside the page whose cookie tells this device from others.
  pages.post('/mon-espace/laissez-passer', async c => {
    const { personId } = actorOf(c);
    const given = await inVisit(shell, c, async work => {
      const { pass, key, until } = presence.passFor(work, {
        personId,
        cookie: deviceOf(mount, c),
        secrets: shell.secrets,
      });
      return {
        pass,
        key: Buffer.from(key).toString('hex'),
        until_ms: until.epochMilliseconds,
        now_ms: work.now.epochMilliseconds,
      };
    });
    c.header('cache-control', 'no-store');
    return c.json({ person_id: personId, ...given });
  });
}

const moment_ms = z.number().int().min(0).max(8.64e15);
const arrivalShape = z.object({
  event_id: z.string().regex(/^acc_[0-9a-z]{8,36}$/, 'acc_…'),
  captured_ms: moment_ms,
  ahead_ms: z.number().int().min(-8.64e15).max(8.64e15),
  code: z.string().max(60).nullable().default(null),
  kiosk_id: z.string().max(60).nullable().default(null),
  booking_id: z.string().max(60).nullable().default(null),
  signature: z.string().max(64),
});

const answerOf = (outcome: Outcome<presence.CheckIn>, lang: Lang) =>
  outcome.ok
    ? {
        accepted: true,
        event_id: outcome.value.eventId,
        space: outcome.value.space.name,
        happened_at: outcome.value.happened_at.toString(),
      }
    : { accepted: false, code: outcome.refusal.code, message: outcome.refusal.message[lang] };

function keptEndpoint(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/check-ins/kept',
      tag: 'presence',
      summary:
        'A phone sends the arrivals that it kept without a network, each signed when it happened. Sent again, they are answered the same; the pass says for whom.',
      body: z.object({
        pass: z.string().max(200),
        sent_ms: moment_ms,
        // Few: trying codes out must cost as much here as at the kiosk.
        arrivals: z.array(arrivalShape).max(20),
      }),
      returns: z.object({
        arrivals: z.array(
          z.object({
            accepted: z.boolean(),
            event_id: z.string().optional(),
            space: z.string().optional(),
            happened_at: z.string().optional(),
            code: z.string().optional(),
            message: z.string().optional(),
          }),
        ),
      }),
      refusals: ['presence.not_a_pass'],
    },
    async ({ body }, work, { lang }) => {
      const arrivals = body.arrivals.map(one => ({ ...one, event_id: one.event_id as Id<'acc'> }));
      const noted = await presence.noteKept(work, { ...body, arrivals, secrets: mount.shell.secrets });
      return noted.ok ? accept({ arrivals: noted.value.map(one => answerOf(one, lang)) }) : noted;
    },
  );
}

/** What lets the kiosk and a worker's day go on without a network. */
export function offlineRoutes(mount: Mount): void {
  manifests(mount);
  pass(mount);
  keptEndpoint(mount);
}
