import { z } from '@hono/zod-openapi';
import { employmentsOn } from '../employers/employers.ts';
import type { Id } from '../kernel/ids.ts';
import { isId } from '../kernel/ids.ts';
import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import { type Day, isDay, isMonth, localDay, monthOf } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { explain } from '../method/method.ts';
import { findPlaces } from '../platform/communes/communes.ts';
import type { Work } from '../platform/database.ts';
import { geoplateformeRoads } from '../platform/geoplateforme/itinerary.ts';
import {
  actorIn,
  actorOf,
  type Ctx,
  endpoint,
  inVisit,
  type Mount,
  must,
  read,
  requestId,
  type Shell,
  show,
  submit,
} from '../platform/http.ts';
import { parametersOn } from '../platform/parameters/parameters.ts';
import type { RoadRouter } from '../platform/roads/roads.ts';
import { listSpaces, spacesByIds } from '../spaces/spaces.ts';
import { type Baseline, energies, modes, type SpaceId } from './baseline.ts';
import {
  answerDay,
  baselinesOf,
  computeDistances,
  currentBaseline,
  declareBaseline,
  parameters,
  routesOf,
  type Trip,
  tripRules,
  tripsOfPerson,
} from './commute.ts';
import { declarationOf, type Filled, homeAmong } from './form.ts';
import { DayPage } from './pages/day.tsx';
import { DeclarationPage, type Typed } from './pages/declaration.tsx';
import { KilometresPage } from './pages/kilometres.tsx';
import { byMonth, summaryOf, usualRebound } from './summary.ts';
import { requestOf } from './trip.ts';
import { words } from './words.ts';

const zone = 'Europe/Paris';
const todayOf = (work: Work): Day => localDay(work.now, zone);

const day = z
  .string()
  .refine(isDay, 'AAAA-MM-JJ')
  .transform(text => text as Day);
const replaced = z.enum(['office', 'home', 'other', 'unknown']);

/** Several boxes of one name arrive as a list, one alone as a text, none at all as nothing. */
const several = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform(value => (value === undefined ? [] : [value].flat().filter(text => text !== '')));

const declaration = z.object({
  valid_from: day,
  home: z.string().max(200),
  office_mode: z.enum(modes),
  office_energy: z.enum(energies).optional(),
  office_occupancy: z.string().max(20).optional(),
  space_mode: z.enum(modes),
  space_energy: z.enum(energies).optional(),
  space_occupancy: z.string().max(20).optional(),
  declared_office_km: z.string().max(20).optional(),
  office_weekdays: several.transform(list => list.map(Number)).pipe(z.array(z.number().int().min(1).max(7))),
  usual_replaced: replaced,
  plate: z.string().max(20).optional(),
  space_ids: several.pipe(z.array(z.custom<SpaceId>(text => typeof text === 'string' && isId('spc', text)))),
});

/** The refusal of a place search, shown beside the field that was typed. */
const atHome = (outcome: Outcome<never>): Outcome<never> =>
  outcome.ok ? outcome : refuse({ ...outcome.refusal, status: 422, field: 'home' });

/** Under a key of its own for each network: a car seen in two networks is two cars. */
const plateKey = ({ secrets }: Shell, { networkId }: Work): Uint8Array => secrets(`commute plates ${networkId}`);

async function declare(
  shell: Shell,
  work: Work,
  { actor, filled, home }: { readonly actor: Actor; readonly filled: Filled; readonly home: string },
): Promise<Outcome<Baseline>> {
  const found = await findPlaces(work.tx, home, shell.geocoder);
  if (!found.ok) return atHome(found);
  const meant = homeAmong(found.value);
  if (!meant.ok) return meant;
  const declared = declarationOf(filled, meant.value, plateKey(shell, work));
  return declared.ok ? declareBaseline(work, actor, declared.value) : declared;
}

/** The engine of the map in use and, where the public service is set up beside it, that one to compare with. */
async function enginesOf({ roads, settings }: Shell): Promise<{ roads: RoadRouter; second: RoadRouter | null }> {
  const first = await roads();
  const { engine, fictitious } = first.describe();
  const url = settings.geoplateformeUrl;
  const second = url === null || engine === 'geoplateforme' || fictitious ? null : geoplateformeRoads(url);
  return { roads: first, second };
}

const isEngineAway = (refusal: Refusal): boolean => refusal.status === 503 || refusal.status === 429;

/**
 * Declares and measures as one; when the road engine is away the declaration alone is kept and its distances wait.
 * The answer names the declaration only: no home goes further than its own table.
 */
async function declareAndMeasure(
  shell: Shell,
  inWork: <T>(task: (work: Work) => Promise<T>) => Promise<T>,
  asked: { readonly actor: Actor; readonly filled: Filled; readonly home: string },
): Promise<Outcome<{ readonly baselineId: Id<'bas'> }>> {
  const roads = await enginesOf(shell);
  const declaredIn = async (work: Work, measure: (baseline: Baseline) => Promise<Outcome<unknown>>) => {
    const baseline = await declare(shell, work, asked);
    if (!baseline.ok) return baseline;
    const measured = await measure(baseline.value);
    return measured.ok ? accept({ baselineId: baseline.value.baselineId }) : measured;
  };
  const both = await inWork(work => declaredIn(work, one => computeDistances(work, roads, one.baselineId)));
  if (both.ok || !isEngineAway(both.refusal)) return both;
  return inWork(work => declaredIn(work, async () => accept(null)));
}

const typedFrom = (baseline: Baseline | null, today: Day): Typed => {
  if (baseline === null) return { valid_from: today };
  const { office, space, declaredOffice_m } = baseline;
  return {
    valid_from: today,
    office_mode: office.mode,
    office_energy: office.energy ?? undefined,
    office_occupancy: office.occupancy,
    space_mode: space.mode,
    space_energy: space.energy ?? undefined,
    space_occupancy: space.occupancy,
    declared_office_km: declaredOffice_m === null ? undefined : String(declaredOffice_m / 1000).replace('.', ','),
    office_weekdays: baseline.officeWeekdays.map(String),
    usual_replaced: baseline.usual,
    space_ids: baseline.spaceIds,
  };
};

async function declarationPage(shell: Shell, c: Ctx, sent?: { typed: Typed; refusal: Refusal }) {
  const actor = actorOf(c);
  const data = await inVisit(shell, c, async work => {
    const today = todayOf(work);
    const earlier = await baselinesOf(work, actor.personId);
    const [employment] = await employmentsOn(work, { personIds: [actor.personId], day: today });
    const spaces = (await listSpaces(work)).filter(({ status }) => status === 'open');
    return {
      typed: sent?.typed ?? typedFrom(earlier[0] ?? null, today),
      earliest: earlier.length > 0 ? today : null,
      workplaceName: employment ? `${employment.siteName}, ${employment.employerName}` : null,
      spaces: spaces.map(({ spaceId, name, commune }) => ({ spaceId, label: `${commune.name} · ${name}` })),
    };
  });
  const refusal = sent?.refusal ?? null;
  return show(
    c,
    DeclarationPage({ visit: c.get('visit'), requestId: requestId(), refusal, ...data }),
    refusal?.status ?? 200,
  );
}

async function kilometresPage(shell: Shell, c: Ctx) {
  const { personId } = actorOf(c);
  const data = await inVisit(shell, c, async work => {
    const trips = await tripsOfPerson(work, personId);
    const [latest] = await baselinesOf(work, personId);
    const baseline = (await currentBaseline(work, personId, todayOf(work))) ?? latest ?? null;
    const routes = baseline ? await routesOf(work, [baseline.baselineId]) : [];
    const ids = [...trips.map(({ spaceId }) => spaceId), ...routes.flatMap(({ spaceId }) => spaceId ?? [])];
    const spaces = await spacesByIds(work, [...new Set(ids)]);
    return {
      trips,
      baseline,
      routes,
      spaceNames: new Map(spaces.map(({ spaceId, name }) => [spaceId as string, name])),
    };
  });
  const summary = must(summaryOf(data.trips));
  return show(
    c,
    KilometresPage({
      visit: c.get('visit'),
      ...data,
      summary,
      months: byMonth(data.trips),
      fictitiousRoads: (await shell.roads()).describe().fictitious,
      requestId: requestId(),
      saved: c.req.query('fait') === '1',
    }),
  );
}

const ownTrip = async (work: Work, actor: Actor, id: string): Promise<Outcome<{ trip: Trip; spaceName: string }>> => {
  const trip = (await tripsOfPerson(work, actor.personId)).find(one => one.attestationId === id);
  if (!trip) return refuse(words.dayNotYours);
  const [space] = await spacesByIds(work, [trip.spaceId]);
  return accept({ trip, spaceName: space?.name ?? '' });
};

const explained = (trip: Trip) =>
  explain({
    id: trip.attestationId,
    method: 'lbc-tiers-lieux',
    profile: 'demo',
    rebound: usualRebound,
    days: [{ count: 1, ...requestOf(trip) }],
  });

function pages({ pages, shell }: Mount): void {
  pages.get('/mes-trajets', c => kilometresPage(shell, c));
  pages.get('/mes-trajets/declaration', c => declarationPage(shell, c));

  pages.post('/mes-trajets/declaration', async c => {
    const actor = actorOf(c);
    const body = await c.req.parseBody({ all: true });
    const typed = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== '')) as Typed;
    const filled = read(declaration, typed);
    // Not `submit`: what is kept of a request to answer it twice would hold a trace of the home.
    const outcome = filled.ok
      ? await declareAndMeasure(shell, task => inVisit(shell, c, task), {
          actor,
          filled: filled.value,
          home: filled.value.home,
        })
      : filled;
    return outcome.ok
      ? c.redirect('/mes-trajets?fait=1#situation', 303)
      : declarationPage(shell, c, { typed, refusal: outcome.refusal });
  });

  pages.post('/mes-trajets/distances', async c => {
    const actor = actorOf(c);
    const roads = await enginesOf(shell);
    must(
      await inVisit(shell, c, async (work): Promise<Outcome<unknown>> => {
        const [latest] = await baselinesOf(work, actor.personId);
        return latest ? computeDistances(work, roads, latest.baselineId) : refuse(words.unknownBaseline);
      }),
    );
    return c.redirect('/mes-trajets?fait=1#situation', 303);
  });

  pages.post('/mes-trajets/reponse', async c => {
    const actor = actorOf(c);
    const body = must(
      read(answer, Object.fromEntries(Object.entries(await c.req.parseBody()).filter(([, v]) => v !== ''))),
    );
    must(await submit(shell, c, work => answerDay(work, actor, { ...body, alsoOffice: body.also_office === 'yes' })));
    return c.redirect('/mes-trajets?fait=1', 303);
  });

  pages.get('/mes-trajets/:id', async c => {
    const actor = actorOf(c);
    const { trip, spaceName } = must(await inVisit(shell, c, work => ownTrip(work, actor, c.req.param('id'))));
    const { explanation } = must(explained(trip));
    return show(c, DayPage({ visit: c.get('visit'), trip, spaceName, lines: explanation.days[0]!.lines }));
  });
}

const answer = z.object({ day, replaced, also_office: z.literal('yes').optional() });

const leg = z.object({ metres: z.number().int(), factor: z.unknown(), occupancy: z.string().optional() });
const tripOut = z
  .object({
    attestation_id: z.string(),
    day: z.string(),
    space_id: z.string(),
    x: z.number().int(),
    replaced,
    source: z.enum(['worker', 'none']),
    reference: z.array(leg),
    actual: z.array(leg),
    avoided_m: z.string().openapi({ description: 'Signed whole metres.' }),
  })
  .openapi('AvoidedTrip');

const tripJson = ({ attestationId, spaceId, ...trip }: Trip) => ({
  ...trip,
  attestation_id: attestationId,
  space_id: spaceId,
  avoided_m: String(trip.avoided_m),
});

const textShape = z.object({ fr: z.string(), en: z.string() });

function api(mount: Mount): void {
  endpoint(
    mount,
    {
      method: 'get',
      path: '/me/trips',
      tag: 'commute',
      summary: 'My days and the road each one avoided',
      query: z.object({ month: z.string().refine(isMonth, 'AAAA-MM').optional() }),
      returns: z.object({ trips: z.array(tripOut) }),
    },
    async ({ query }, work, visit) => {
      const trips = await tripsOfPerson(work, actorIn(visit).personId);
      const wanted = trips.filter(trip => query.month === undefined || monthOf(trip.day) === query.month);
      return accept({ trips: wanted.map(tripJson) });
    },
  );

  endpoint(
    mount,
    {
      method: 'get',
      path: '/trip-rules',
      tag: 'commute',
      summary: 'The rules run on what presences avoid: public, versioned, with today’s thresholds. Product choices.',
      returns: z.object({
        rules: z.array(
          z.object({ id: z.string(), version: z.string(), axis: z.string(), title: textShape, threshold: textShape }),
        ),
      }),
    },
    async (_input, work) => {
      const values = await parametersOn(work, parameters, todayOf(work));
      return accept({ rules: tripRules.map(rule => ({ ...rule, threshold: rule.threshold(values) })) });
    },
  );

  endpoint(
    mount,
    {
      method: 'put',
      path: '/me/answers/{day}',
      tag: 'commute',
      summary: 'What that day replaced, in my own words',
      params: z.object({ day }),
      body: z.object({ replaced, also_office: z.boolean().default(false) }),
      returns: z.object({ day: z.string(), replaced }),
      refusals: ['commute.day_ahead'],
    },
    ({ params, body }, work, visit) =>
      answerDay(work, actorIn(visit), { day: params.day, replaced: body.replaced, alsoOffice: body.also_office }),
  );
}

export function routes(mount: Mount): void {
  pages(mount);
  api(mount);
}
