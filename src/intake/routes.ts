import { z } from '@hono/zod-openapi';
import { accept, type Refusal } from '../kernel/outcome.ts';
import { actorIn, actorOf, type Ctx, endpoint, inVisit, type Mount, must, readForm, show } from '../platform/http.ts';
import {
  examine,
  formats,
  type Intake,
  type Line,
  mayTakeIn,
  type Report,
  states,
  takeIn,
  takeInBatches,
  textOf,
} from './intake.ts';
import { IntakePage } from './pages.tsx';
import { words } from './words.ts';

const yes = z.literal('oui').optional();
const sent = z.object({
  format: z.enum(formats),
  fichier: z.instanceof(File).optional(),
  contenu: z.string().optional(),
  correspondance: z.string().max(100_000).default(''),
  source: z.string().max(60).default(''),
  elargir: yes,
  ecrire: yes,
});

async function intakeOf(form: z.output<typeof sent>): Promise<Intake> {
  const { format, fichier, contenu, correspondance: mapping, source, elargir } = form;
  // A file chosen again takes the place of the one that the page already holds.
  const chosen = fichier === undefined ? '' : textOf(new Uint8Array(await fichier.arrayBuffer()));
  return { format, content: chosen || (contenu ?? ''), mapping, source: source.trim(), widen: elargir === 'oui' };
}

interface Shown {
  readonly intake?: Intake | null;
  readonly report?: Report | null;
  readonly refusal?: Refusal | null;
}

/** The page holds the file that was sent, to be sent again: no cache keeps it. */
const page = (c: Ctx, { intake = null, report = null, refusal = null }: Shown) => {
  c.header('cache-control', 'private, no-store');
  return show(c, IntakePage({ visit: c.get('visit'), intake, report, refusal }), refusal?.status ?? 200);
};

function intakePages({ pages, shell }: Mount): void {
  pages.get('/reprise', async c => {
    const actor = actorOf(c);
    must(await inVisit(shell, c, work => mayTakeIn(work, actor)));
    return page(c, {});
  });
  pages.post('/reprise', async c => {
    const actor = actorOf(c);
    must(await inVisit(shell, c, work => mayTakeIn(work, actor)));
    const form = await readForm(c, sent);
    if (!form.ok) return page(c, { refusal: form.refusal });
    const intake = await intakeOf(form.value);
    if (intake.content.trim() === '') return page(c, { intake, refusal: words.noFile });
    const report = form.value.ecrire
      ? await takeInBatches(shell, c.get('visit').network.networkId, { actor, intake })
      : await inVisit(shell, c, work => examine(work, actor, intake));
    return page(c, report.ok ? { intake, report: report.value } : { intake, refusal: report.refusal });
  });
}

const partShape = z.enum(['morning', 'afternoon', 'day']);
const text = z.object({ fr: z.string(), en: z.string() });

const hoursShape = { begins_min: z.number().int().nullable(), ends_min: z.number().int().nullable() };

const lineShape = z.object({
  ref: z.string().openapi({ description: 'The entry in the file.' }),
  room: z.string(),
  person: z.string(),
  day: z.string().nullable(),
  part: partShape.nullable().openapi({ description: 'By the hour: the halves of the day that it meets.' }),
  ...hoursShape,
  place: z.object({ space: z.string(), resource: z.string().nullable() }).nullable(),
  state: z.enum(states),
  reason: z.object({ code: z.string(), message: text }).nullable(),
  against: z.array(
    z.object({
      booking_id: z.string(),
      ref: z.string().nullable().openapi({ description: 'The entry of this file that it comes from.' }),
      day: z.string(),
      part: partShape,
      ...hoursShape,
      person: z.string().nullable(),
    }),
  ),
  booking_id: z.string().nullable(),
  price_eur_cents: z.string().nullable(),
});

const reportShape = z
  .object({ written: z.boolean(), counts: z.record(z.string(), z.number()), lines: z.array(lineShape) })
  .openapi('ImportReport');

const minutesOf = (hours: Line['hours']) => ({
  begins_min: hours?.begins_min ?? null,
  ends_min: hours?.ends_min ?? null,
});

const shapeOf = ({ written, counts, lines }: Report): z.input<typeof reportShape> => ({
  written,
  counts,
  lines: lines.map(({ bookingId, against, reason, price_eur_cents, hours, ...line }) => ({
    ...line,
    ...minutesOf(hours),
    reason: reason && { code: reason.code, message: reason.message },
    against: against.map(({ bookingId: booking_id, hours: taken, ...one }) => ({
      ...{ booking_id, ...one },
      ...minutesOf(taken),
    })),
    booking_id: bookingId,
    price_eur_cents: price_eur_cents === null ? null : String(price_eur_cents),
  })),
});

function intakeApi(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/imports',
      tag: 'booking',
      summary: 'Tells what a file of another booking system would become; `write` books it',
      body: z.object({
        format: z.enum(formats),
        content: z.string().openapi({ description: 'The file’s text.' }),
        mapping: z.string().max(100_000).default('').openapi({ description: 'Lines: room;name;space / resource' }),
        source: z.string().max(60).default('').openapi({ description: 'Tells two installations apart.' }),
        widen: z.boolean().default(false).openapi({ description: 'Book the half-day that holds odd hours.' }),
        write: z.boolean().default(false),
      }),
      returns: reportShape,
      refusals: [
        'request.sign_in_first',
        'intake.not_host',
        'intake.unreadable_file',
        'intake.missing_tables',
        'intake.csv_columns',
        'intake.no_entry',
        'intake.mapping_unreadable',
        'intake.mapping_unknown',
        'intake.too_many_entries',
      ],
    },
    async ({ body: { write, ...intake } }, work, visit) => {
      const report = await (write ? takeIn : examine)(work, actorIn(visit), intake);
      return report.ok ? accept(shapeOf(report.value)) : report;
    },
  );
}

export function routes(mount: Mount): void {
  intakePages(mount);
  intakeApi(mount);
}
