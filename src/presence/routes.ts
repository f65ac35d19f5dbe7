import { z } from '@hono/zod-openapi';
import { accept } from '../kernel/outcome.ts';
import { type Day, isDay } from '../kernel/time.ts';
import { actorIn, endpoint, type Mount } from '../platform/http.ts';
import {
  type Attestation,
  type CheckIn,
  checkIn,
  confirm,
  contest,
  presencesOf,
  proofRules,
  rulesOfTrips,
  thresholdsToday,
} from './presence.ts';
import { anomalyRoutes } from './routes/anomalies.ts';
import { arrivalRulesRoutes } from './routes/arrival-rules.ts';
import { badgeRoutes } from './routes/badges.ts';
import { buildingRoutes } from './routes/building.ts';
import { employerRoutes } from './routes/employer.ts';
import { hostRoutes } from './routes/host.ts';
import { kioskRoutes } from './routes/kiosk.ts';
import { offlineRoutes } from './routes/offline.ts';
import { operatorRoutes } from './routes/operator.ts';
import { personalCodeRoutes } from './routes/personal-codes.ts';
import { sheetRoutes } from './routes/sheets.ts';
import { slipEndpoints, slipRoutes } from './routes/slip.ts';
import { tagRoutes } from './routes/tags.ts';
import { workerRoutes } from './routes/worker.ts';

export { besideBooking } from './routes/arrival-rules.ts';

const dayShape = z.string().refine(isDay, '2026-11-24').openapi({ format: 'date' });

const checkInShape = z
  .object({
    event_id: z.string(),
    space_id: z.string(),
    space: z.string(),
    day: z.string(),
    half: z.enum(['morning', 'afternoon']),
    happened_at: z.string(),
    booking_id: z.string().nullable(),
  })
  .openapi('CheckIn');

const checkInOf = (c: CheckIn): z.input<typeof checkInShape> => ({
  event_id: c.eventId,
  space_id: c.spaceId,
  space: c.space.name,
  day: c.day,
  half: c.half,
  happened_at: c.happened_at.toString(),
  booking_id: c.booking?.bookingId ?? null,
});

const axisShape = z.enum(['pending', 'passed', 'review', 'blocked']);
const presenceShape = z
  .object({
    presence_id: z.string(),
    space_id: z.string(),
    commune_code: z.string(),
    day: z.string(),
    half_days: z.number().int(),
    evidence_class: z.enum(['A', 'B', 'C']),
    axes: z.object({ acquisition: axisShape, fraud: axisShape, anomaly: axisShape }),
    contested: z.boolean(),
    finality: z.enum(['captured', 'checking', 'provisional', 'blocked', 'creditable', 'reversed']),
  })
  .openapi('Presence');

const presenceOf = (a: Attestation): z.input<typeof presenceShape> => ({
  presence_id: a.attestationId,
  space_id: a.spaceId,
  commune_code: a.communeCode,
  day: a.day,
  half_days: a.halves,
  evidence_class: a.evidenceClass,
  axes: a.axes,
  contested: a.contested,
  finality: a.finality,
});

function endpoints(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/check-ins',
      tag: 'presence',
      summary: 'Note your arrival with the code that the kiosk shows. The kiosk’s time judges, not the phone’s.',
      body: z.object({ code: z.string().max(20), kiosk_id: z.string().max(60).optional() }),
      returns: checkInShape,
      status: 201,
      refusals: [
        'presence.unknown_kiosk',
        'presence.wrong_code',
        'presence.code_expired',
        'presence.code_already_used',
      ],
    },
    async ({ body }, work, visit) => {
      const { secrets } = mount.shell;
      const noted = await checkIn(work, actorIn(visit), { code: body.code, kioskId: body.kiosk_id, secrets });
      return noted.ok ? accept(checkInOf(noted.value)) : noted;
    },
  );
  endpoint(
    mount,
    {
      method: 'get',
      path: '/presences',
      tag: 'presence',
      summary: 'Your days attested, both days included. No hour is kept.',
      query: z.object({ from: dayShape, to: dayShape }),
      returns: z.object({ presences: z.array(presenceShape) }),
    },
    async ({ query }, work, visit) => {
      const range = { personId: actorIn(visit).personId, from: query.from as Day, to: query.to as Day };
      return accept({ presences: (await presencesOf(work, range)).map(presenceOf) });
    },
  );
}

const idShape = z.object({ id: z.string().max(60) });

/** One's word on one's own days. */
function ownWord(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'post',
      path: '/presences/{id}/confirm',
      tag: 'presence',
      summary: 'Say that your day is right',
      params: idShape,
      returns: z.object({ confirmed: z.boolean() }),
      refusals: [
        'presence.unknown_presence',
        'presence.already_reversed',
        'presence.not_yours',
        'presence.already_contested',
      ],
    },
    async ({ params }, work, visit) => {
      const said = await confirm(work, actorIn(visit), { attestationId: params.id });
      return said.ok ? accept({ confirmed: true }) : said;
    },
  );
  endpoint(
    mount,
    {
      method: 'post',
      path: '/presences/{id}/contest',
      tag: 'presence',
      summary: 'Say that your day is wrong, or take that back with `reason: null`. A contest freezes the day.',
      params: idShape,
      body: z.object({ reason: z.enum(['not_there', 'other_space', 'half_only', 'other']).nullable() }),
      returns: z.object({ contested: z.boolean() }),
      refusals: [
        'presence.unknown_presence',
        'presence.already_reversed',
        'presence.not_yours',
        'presence.already_contested',
        'presence.not_contested',
      ],
    },
    ({ params, body }, work, visit) => contest(work, actorIn(visit), { attestationId: params.id, reason: body.reason }),
  );
}

const textShape = z.object({ fr: z.string(), en: z.string() });

function catalogue(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/presence-rules',
      tag: 'presence',
      summary:
        'The rules run on every presence: public, versioned, the same for everyone, with today’s thresholds. Product choices, to be calibrated. Those judged on trips are at /trip-rules.',
      returns: z.object({
        rules: z.array(
          z.object({
            id: z.string(),
            version: z.string(),
            axis: z.string(),
            title: textShape,
            threshold: textShape,
            reads: z.array(z.string()),
          }),
        ),
        rules_of_trips: z.array(z.object({ id: z.string(), axis: z.string(), title: textShape })),
      }),
    },
    async (_input, work) => {
      const values = await thresholdsToday(work);
      return accept({
        rules: proofRules.map(({ threshold, ...rule }) => ({ ...rule, threshold: threshold(values) })),
        rules_of_trips: rulesOfTrips,
      });
    },
  );
}

export function routes(mount: Mount): void {
  // Before `/mes-presences/:id`, which would take its address for an id.
  slipRoutes(mount);
  slipEndpoints(mount);
  workerRoutes(mount);
  // Before `/accueil/:espace/:jour`.
  arrivalRulesRoutes(mount);
  sheetRoutes(mount);
  personalCodeRoutes(mount);
  tagRoutes(mount);
  badgeRoutes(mount);
  buildingRoutes(mount);
  hostRoutes(mount);
  offlineRoutes(mount);
  kioskRoutes(mount);
  operatorRoutes(mount);
  anomalyRoutes(mount);
  employerRoutes(mount);
  endpoints(mount);
  ownWord(mount);
  catalogue(mount);
}
