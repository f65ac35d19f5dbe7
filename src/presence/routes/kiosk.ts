import { z } from '@hono/zod-openapi';
import { getCookie, setCookie } from 'hono/cookie';
import type { Lang } from '../../kernel/bilingual.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { instant } from '../../kernel/time.ts';
import type { Work } from '../../platform/database.ts';
import { type Ctx, endpoint, inVisit, type Mount, must, readForm, show, submit } from '../../platform/http.ts';
import type { KioskPerson, KioskScreen } from '../kiosk.island.tsx';
import { personText } from '../labels.ts';
import { KioskPage, kioskTitle } from '../pages/kiosk-page.tsx';
import * as presence from '../presence.ts';
import { words } from '../words.ts';

const cookieName = 'parvis_kiosk';
const year_s = 31_536_000;

const keep = (c: Ctx, kioskId: string, key: string): void =>
  setCookie(c, cookieName, `${kioskId}.${key}`, {
    path: '/kiosque',
    httpOnly: true,
    sameSite: 'Lax',
    secure: c.get('visit').origin.startsWith('https:'),
    maxAge: year_s,
  });

export const keptKey = (c: Ctx, kioskId: string): string => {
  const [owner, key] = (getCookie(c, cookieName) ?? '').split('.');
  return owner === kioskId ? (key ?? '') : '';
};

/** Codes given to a kiosk at once: an hour of them. */
const codesAhead = 240;

/** What a kiosk shows and needs to go on alone for an hour. */
async function screenOf({ shell }: Mount, work: Work, { kiosk, lang }: { kiosk: presence.Kiosk; lang: Lang }) {
  const { space, lines, byName } = await presence.kioskScreen(work, kiosk);
  const { codes, first_counter } = presence.codesFrom(kiosk, {
    at: work.now,
    count: codesAhead,
    secrets: shell.secrets,
  });
  const screen: KioskScreen = {
    now_ms: work.now.epochMilliseconds,
    first_counter,
    codes,
    people: lines.map(namedIn(lang)),
    by_name: byName,
  };
  return { space, screen };
}

const namedIn =
  (lang: Lang) =>
  (line: presence.AttendanceLine): KioskPerson => {
    const name = presence.shortName(line);
    const here = presence.isHere(line, 'morning') || presence.isHere(line, 'afternoon');
    return { person_id: line.personId, name, here, describe: personText(name, here, lang) };
  };

function kioskPages(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/kiosque/:id', async c => {
    const kioskId = c.req.param('id');
    const { lang, actor } = c.get('visit');
    const given = c.req.query('cle');
    const { kiosk, key } = must(
      await inVisit(shell, c, async (work): Promise<Outcome<presence.OpenedKiosk>> => {
        const asked = { kioskId, secrets: shell.secrets };
        const opened = await presence.kioskOpenedBy(work, { ...asked, key: given ?? keptKey(c, kioskId) });
        if (opened.ok) return accept({ kiosk: opened.value, key: given ?? keptKey(c, kioskId) });
        // Whoever keeps the door may open the kiosk on the device where they are signed in.
        const asHost = actor === null ? refuse(words.wrongKey) : await presence.kioskKey(work, actor, asked);
        return asHost.ok ? asHost : opened;
      }),
    );
    keep(c, kioskId, key);
    if (given !== undefined) return c.redirect(`/kiosque/${kioskId}`, 303);
    const { space, screen } = await inVisit(shell, c, work => screenOf(mount, work, { kiosk, lang }));
    const { step_s } = presence;
    return show(
      c,
      KioskPage({
        visit: c.get('visit'),
        kioskId,
        opening: key,
        title: kioskTitle(space),
        zone: space.zone,
        step_s,
        screen,
      }),
    );
  });
  pages.post('/kiosque/:id/nom', async c => {
    const kioskId = c.req.param('id');
    const { personne } = must(await readForm(c, z.object({ personne: z.string().max(60) })));
    must(
      await submit(shell, c, async work => {
        const asked = { kioskId, secrets: shell.secrets };
        const kiosk = await presence.kioskOpenedBy(work, { ...asked, key: keptKey(c, kioskId) });
        if (!kiosk.ok) return kiosk;
        const event = { personId: personne as Id<'per'>, method: 'kiosk_name' as const, captured_at: work.now };
        const received = await presence.syncKiosk(work, { ...asked, events: [event] });
        const [noted] = received.ok ? received.value : [received];
        return noted?.ok ? accept({ noted: true }) : (noted ?? refuse(words.unknownPerson));
      }),
    );
    return c.redirect(`/kiosque/${kioskId}`, 303);
  });
}

const personShape = z.object({ person_id: z.string(), name: z.string(), here: z.boolean(), describe: z.string() });

const eventShape = z.object({
  event_id: z
    .string()
    .regex(/^acc_[0-9a-z]{8,40}$/, 'acc_…')
    .optional(),
  person_id: z.string().regex(/^per_[0-9a-z]{8,40}$/, 'per_…'),
  method: z.enum(['rotating_code', 'kiosk_name']),
  code: z.string().max(20).optional(),
  counter: z.coerce.bigint().optional().openapi({ type: 'string' }),
  captured_at: z.iso.datetime(),
});

const eventOf = (e: z.output<typeof eventShape>): presence.KioskEvent => ({
  eventId: e.event_id as Id<'acc'> | undefined,
  personId: e.person_id as Id<'per'>,
  method: e.method,
  code: e.code,
  counter: e.counter,
  captured_at: instant(e.captured_at),
});

const answerOf = (outcome: Outcome<presence.CheckIn>, lang: Lang) =>
  outcome.ok
    ? { accepted: true, event_id: outcome.value.eventId }
    : { accepted: false, code: outcome.refusal.code, message: outcome.refusal.message[lang] };

const clockOf = (reported: Outcome<{ readonly offset_s: number }>, lang: Lang) => {
  const problem: Refusal | null = reported.ok ? null : reported.refusal;
  return { right: problem === null, message: problem === null ? null : problem.message[lang] };
};

function kioskEndpoint(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/kiosks/{id}/sync',
      tag: 'presence',
      summary: 'A kiosk sends what it noted, says its time, and gets the next hour of codes and today’s people.',
      params: z.object({ id: z.string() }),
      body: z.object({
        key: z.string().max(60),
        kiosk_time: z.iso.datetime(),
        events: z.array(eventShape).max(2_000).default([]),
      }),
      returns: z.object({
        now_ms: z.number().int(),
        first_counter: z.number().int(),
        codes: z.array(z.string()),
        people: z.array(personShape),
        by_name: z.boolean(),
        clock: z.object({ right: z.boolean(), message: z.string().nullable() }),
        events: z.array(
          z.object({
            accepted: z.boolean(),
            event_id: z.string().optional(),
            code: z.string().optional(),
            message: z.string().optional(),
          }),
        ),
      }),
      refusals: ['presence.unknown_kiosk', 'presence.wrong_kiosk_key'],
    },
    async ({ params, body }, work, { lang }) => {
      const asked = { kioskId: params.id, secrets: mount.shell.secrets };
      const kiosk = await presence.kioskOpenedBy(work, { ...asked, key: body.key });
      if (!kiosk.ok) return kiosk;
      const received = await presence.syncKiosk(work, { ...asked, events: body.events.map(eventOf) });
      if (!received.ok) return received;
      const reported = await presence.reportClock(work, { kioskId: params.id, kioskSays: instant(body.kiosk_time) });
      const { screen } = await screenOf(mount, work, { kiosk: kiosk.value, lang });
      const events = received.value.map(one => answerOf(one, lang));
      return accept({ ...screen, clock: clockOf(reported, lang), events });
    },
  );
}

/** Steps of the seven days that a kiosk goes on alone. */
const codesOfWeek = (7 * 86_400) / presence.step_s;

function weekEndpoint(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/kiosks/{id}/week',
      tag: 'presence',
      summary:
        'What a kiosk needs to go on alone for seven days: the codes that it has not got yet, and who has booked.',
      params: z.object({ id: z.string() }),
      body: z.object({ key: z.string().max(60), from_counter: z.number().int().min(0).optional() }),
      returns: z.object({
        first_counter: z.number().int(),
        codes: z.string().openapi({ description: 'Codes of six characters, one after the other.' }),
        days: z.array(z.object({ day: z.string(), people: z.array(personShape) })),
      }),
      refusals: ['presence.unknown_kiosk', 'presence.wrong_kiosk_key'],
    },
    async ({ params, body }, work, { lang }) => {
      const { secrets } = mount.shell;
      const kiosk = await presence.kioskOpenedBy(work, { kioskId: params.id, key: body.key, secrets });
      if (!kiosk.ok) return kiosk;
      const week = { at: work.now, count: codesOfWeek, secrets };
      const { codes, first_counter } = presence.codesFrom(kiosk.value, { ...week, from_counter: body.from_counter });
      const days = (await presence.kioskWeek(work, kiosk.value)).map(({ day, lines }) => ({
        day,
        people: lines.map(namedIn(lang)),
      }));
      return accept({ first_counter, codes: codes.join(''), days });
    },
  );
}

/** The kiosk's own page and the endpoints it speaks to. */
export function kioskRoutes(mount: Mount): void {
  kioskPages(mount);
  kioskEndpoint(mount);
  weekEndpoint(mount);
}
