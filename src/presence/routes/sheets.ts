import { z } from '@hono/zod-openapi';
import type { Half } from '../../booking/booking.ts';
import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { type Day, isDay, localDay } from '../../kernel/time.ts';
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
import { resourcesOf, spaceBySlug } from '../../spaces/spaces.ts';
import { addedLines, EntryPage, SheetPage, SheetsPage, saidHours } from '../pages/sheet-pages.tsx';
import * as presence from '../presence.ts';
import { qrOf } from '../qr.ts';
import { clockOf, minuteOf } from '../sheet.ts';
import { sheetWords as words } from '../sheet-words.ts';
import { withoutTrace } from './answers.ts';

const dayText = z.string().refine(isDay, '2026-11-24');

const typedIn = async (c: Ctx): Promise<Record<string, string>> =>
  Object.fromEntries(Object.entries(await c.req.parseBody()).map(([name, text]) => [name, String(text)]));

async function sheetsPage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const facts = await inVisit(shell, c, async work => {
    const space = must(await spaceBySlug(work, c.req.param('espace') ?? ''));
    const sheets = must(await presence.sheetsOf(work, actor, space.spaceId));
    return { space, sheets, today: localDay(work.now, space.zone) };
  });
  const typed = refusal ? await typedIn(c) : {};
  const page = SheetsPage({ visit: c.get('visit'), ...facts, typed, refusal, requestId: requestId() });
  return show(c, page, refusal?.status ?? 200);
}

async function sheetPage({ shell }: Mount, c: Ctx) {
  const actor = actorOf(c);
  const visit = c.get('visit');
  const facts = await inVisit(shell, c, async work => {
    const { sheet, space } = must(await presence.sheetFor(work, actor, c.req.param('feuille') ?? ''));
    const days = [];
    for (const day of presence.daysOfSheet(sheet)) {
      const { lines } = must(await presence.attendance(work, actor, { spaceId: space.spaceId, day }));
      const address = `${visit.origin}/accueil/${space.slug}/feuilles/${sheet.sheetId}/${day}`;
      days.push({ day, lines, qr: qrOf(address) });
    }
    return {
      ...{ space, sheet, days, today: localDay(work.now, space.zone) },
      resources: await resourcesOf(work, [space.spaceId]),
    };
  });
  return show(c, SheetPage({ visit, ...facts }));
}

const list = (value: unknown): readonly string[] => (value === undefined ? [] : [value].flat().map(String));

async function entryPage({ shell }: Mount, c: Ctx, refusal?: Refusal) {
  const actor = actorOf(c);
  const asked = c.req.param('jour') ?? '';
  const facts = await inVisit(shell, c, async work => {
    const { sheet, space } = must(await presence.sheetFor(work, actor, c.req.param('feuille') ?? ''));
    const day = presence.daysOfSheet(sheet).find(one => one === asked) ?? must<Day>(refuse(words.notOnSheet));
    const { lines } = must(await presence.attendance(work, actor, { spaceId: space.spaceId, day }));
    return { space, sheet, day, lines, entered: await presence.enteredFrom(work, sheet, day) };
  });
  const body = refusal ? await c.req.parseBody({ all: true }) : null;
  const inHalf = (half: Half) => facts.entered.filter(one => one.half === half).map(one => one.personId);
  const ticked = {
    matin: new Set<string>(body ? list(body['matin']) : inHalf('morning')),
    apres: new Set<string>(body ? list(body['apres']) : inHalf('afternoon')),
  };
  const typed = refusal ? await typedIn(c) : saidHours(facts.entered);
  const done = refusal === undefined && c.req.query('fait') !== undefined;
  const page = EntryPage({ visit: c.get('visit'), ...facts, ticked, typed, done, refusal, requestId: requestId() });
  return show(c, page, refusal?.status ?? 200);
}

/** Hours as typed; nothing is no hour, anything else must be one. */
const hour = (typed: string | undefined): number | null => (typed?.trim() ? (minuteOf(typed) ?? Number.NaN) : null);

/** The lines of the entry form that say something. */
function linesIn(body: Readonly<Record<string, unknown>>): readonly presence.SheetLineAsked[] {
  const [mornings, afternoons] = [new Set(list(body['matin'])), new Set(list(body['apres']))];
  const text = (name: string) => (typeof body[name] === 'string' ? (body[name] as string).trim() : '');
  const signed = (key: string): readonly Half[] => [
    ...(mornings.has(key) ? (['morning'] as const) : []),
    ...(afternoons.has(key) ? (['afternoon'] as const) : []),
  ];
  const known = [...new Set([...mornings, ...afternoons])].filter(key => key.startsWith('per_'));
  const added = Array.from({ length: addedLines }, (_, n) => `email${n + 1}`).filter(name => text(name) !== '');
  return [
    ...known.map(personId => ({
      ...{ personId: personId as Id<'per'>, halves: signed(personId) },
      ...{ from_min: hour(text(`arrivee-${personId}`)), to_min: hour(text(`depart-${personId}`)) },
    })),
    ...added.map(name => ({ email: text(name), halves: signed(name), from_min: null, to_min: null })),
  ];
}

/** A host's sheets: `/accueil/:espace/feuilles`. */
export function sheetRoutes(mount: Mount): void {
  const { pages, shell } = mount;
  pages.get('/accueil/:espace/feuilles', c => sheetsPage(mount, c));
  pages.post('/accueil/:espace/feuilles', async c => {
    const actor = actorOf(c);
    const sent = await readForm(c, z.object({ premier: dayText, jours: z.coerce.number() }));
    if (!sent.ok) return sheetsPage(mount, c, sent.refusal);
    const { espace } = c.req.param();
    const { premier, jours } = sent.value;
    const made = await submit(shell, c, async (work): Promise<Outcome<{ readonly sheetId: string }>> => {
      const space = await spaceBySlug(work, espace);
      if (!space.ok) return space;
      const asked = { spaceId: space.value.spaceId, firstDay: premier as Day, days: jours };
      const sheet = await presence.printSheet(work, actor, asked);
      return sheet.ok ? accept({ sheetId: sheet.value.sheetId }) : sheet;
    });
    return made.ok
      ? c.redirect(`/accueil/${espace}/feuilles/${made.value.sheetId}`, 303)
      : sheetsPage(mount, c, made.refusal);
  });
  pages.get('/accueil/:espace/feuilles/:feuille', c => sheetPage(mount, c));
  pages.get('/accueil/:espace/feuilles/:feuille/:jour', c => entryPage(mount, c));
  pages.post('/accueil/:espace/feuilles/:feuille/:jour', async c => {
    const actor = actorOf(c);
    const lines = linesIn(await c.req.parseBody({ all: true }));
    const { espace, feuille: sheetId, jour } = c.req.param();
    const done = await submit(shell, c, async work => {
      if (!isDay(jour)) return refuse(words.notOnSheet);
      return withoutTrace(await presence.enterSheet(work, actor, { sheetId, day: jour, lines }));
    });
    return done.ok
      ? c.redirect(`/accueil/${espace}/feuilles/${sheetId}/${jour}?fait=oui`, 303)
      : entryPage(mount, c, done.refusal);
  });
  sheetEndpoints(mount);
}

const sheetShape = z
  .object({
    sheet_id: z.string(),
    space_id: z.string(),
    first_day: z.string(),
    days: z.number().int(),
    entered: z.array(z.string()),
  })
  .openapi('AttendanceSheet');

const shapeOf = ({ sheetId, spaceId, firstDay, days, entered }: presence.Sheet): z.input<typeof sheetShape> => ({
  ...{ sheet_id: sheetId, space_id: spaceId, first_day: firstDay, days },
  entered: entered.map(one => one.day),
});

const clock = z
  .string()
  .refine(text => minuteOf(text) !== null, '8:45')
  .transform(text => minuteOf(text)!)
  .nullable()
  .default(null)
  .openapi({ type: 'string' });
const lineShape = z
  .object({
    person_id: z
      .string()
      .regex(/^per_[0-9a-z]{8,40}$/, 'per_…')
      .optional(),
    email: z.string().max(300).optional(),
    halves: z.array(z.enum(['morning', 'afternoon'])).min(1),
    arrived: clock,
    left: clock,
  })
  .refine(one => (one.person_id === undefined) !== (one.email === undefined), 'person_id | email');

const lineOf = (one: z.output<typeof lineShape>): presence.SheetLineAsked => ({
  ...(one.person_id === undefined ? { email: one.email! } : { personId: one.person_id as Id<'per'> }),
  ...{ halves: one.halves, from_min: one.arrived, to_min: one.left },
});

const dayShape = dayText.openapi({ format: 'date' });

/** `/api/v1/spaces/{id}/attendance-sheets` and what follows from one. */
function sheetEndpoints(mount: Mount): void {
  const params = z.object({ id: z.string().max(60) });
  endpoint(
    mount,
    {
      method: 'post',
      path: '/spaces/{id}/attendance-sheets',
      tag: 'presence',
      summary: 'Prepare a sheet to print and have signed, for who receives people there.',
      params,
      body: z.object({ first_day: dayShape, days: z.number().int() }),
      returns: sheetShape,
      status: 201,
      refusals: ['presence.unknown_space', 'presence.not_host', 'presence.sheet_too_long'],
    },
    async ({ params: { id }, body }, work, visit) => {
      const asked = { spaceId: id as Id<'spc'>, firstDay: body.first_day as Day, days: body.days };
      const sheet = await presence.printSheet(work, actorIn(visit), asked);
      return sheet.ok ? accept(shapeOf(sheet.value)) : sheet;
    },
  );
  endpoint(
    mount,
    {
      method: 'get',
      path: '/attendance-sheets/{id}',
      tag: 'presence',
      summary: 'A sheet, and the days of it that were entered.',
      params,
      returns: sheetShape,
      refusals: ['presence.unknown_sheet', 'presence.not_host'],
    },
    async ({ params: { id } }, work, visit) => {
      const found = await presence.sheetFor(work, actorIn(visit), id);
      return found.ok ? accept(shapeOf(found.value.sheet)) : found;
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/attendance-sheets/{id}/lines',
      tag: 'presence',
      summary:
        'Enter what a signed sheet says of a day, all lines or none: the host’s word, with who entered it and when. Hours are said, never proof.',
      params,
      body: z.object({ day: dayShape, lines: z.array(lineShape).min(1).max(200) }),
      returns: z.object({
        noted: z.array(
          z.object({
            event_id: z.string(),
            person_id: z.string(),
            half: z.string(),
            arrived: z.string().nullable(),
            left: z.string().nullable(),
          }),
        ),
      }),
      status: 201,
      refusals: [
        'presence.unknown_sheet',
        'presence.not_host',
        'presence.unknown_person',
        'presence.day_not_on_sheet',
        'presence.sheet_in_the_future',
        'presence.day_final',
        'presence.sheet_too_late',
        'presence.twice_on_sheet',
        'presence.sheet_hours_unreadable',
        'presence.code_needed',
        'presence.already_on_a_sheet',
      ],
    },
    async ({ params: { id }, body }, work, visit) => {
      const entry = { sheetId: id, day: body.day as Day, lines: body.lines.map(lineOf) };
      const noted = await presence.enterSheet(work, actorIn(visit), entry);
      if (!noted.ok) return noted;
      const said = (minute: number | null | undefined) => (minute == null ? null : clockOf(minute));
      return accept({
        noted: noted.value.map(one => ({
          ...{ event_id: one.eventId, person_id: one.personId, half: one.half },
          ...{ arrived: said(one.said?.from_min), left: said(one.said?.to_min) },
        })),
      });
    },
  );
}
