import { z } from 'zod';
import { canonical, hashOf } from '../../kernel/canonical.ts';
import { accept, type Outcome, type Refusal, refuse } from '../../kernel/outcome.ts';
import { greatCircleM, lonLat, type Place, place } from '../../kernel/place.ts';
import { encodePolyline6 } from '../roads/polyline.ts';
import type { Costing, Isochrone, Mode, RoadRoute, RoadRouter, RouterDescription } from '../roads/roads.ts';
import { snapLimitM, words } from '../roads/words.ts';
import { type PublicService, publicService, type ServiceAnswer } from './requests.ts';

/** The service's own page says 5 a second, its limits 10: the lower is kept. */
const perSecond = 5;
const resource = 'bdtopo-osrm';
const reachResource = 'bdtopo-valhalla';
/** The service has no bicycle. */
const profiles: Readonly<Partial<Record<Mode, string>>> = { car: 'car', foot: 'pedestrian' };

const position = z.tuple([z.number(), z.number()]);
const itinerary = z.object({
  resourceVersion: z.string(),
  geometry: z.object({ coordinates: z.array(position).min(1) }),
  distance: z.number().nonnegative(),
  duration: z.number().nonnegative(),
});
const contour = z.object({
  geometry: z.discriminatedUnion('type', [
    z.object({ type: z.literal('Polygon'), coordinates: z.array(z.array(position)) }),
    z.object({ type: z.literal('MultiPolygon'), coordinates: z.array(z.array(z.array(position))) }),
  ]),
});

const lonLatText = (at: Place): string => lonLat(at).join(',');

function refusalFor(answer: Exclude<ServiceAnswer, { kind: 'answer' }>): Refusal {
  if (answer.kind === 'busy') return words.serviceBusy(answer.retryAfter_s);
  return answer.kind === 'error' && answer.status < 500
    ? words.serviceRefused(answer.message)
    : words.engineUnavailable();
}

interface Question {
  readonly from: Place;
  readonly to: Place;
  readonly mode: Mode;
  readonly costing: Costing;
}

function routeOf(read: z.infer<typeof itinerary>, { from, to, ...costing }: Question): Outcome<RoadRoute> {
  const line = read.geometry.coordinates.map(at => place(...at));
  const [snapped_from, snapped_to] = [line[0]!, line.at(-1)!];
  const snap_m = Math.max(greatCircleM(from, snapped_from), greatCircleM(to, snapped_to));
  if (snap_m > snapLimitM) return refuse(words.snapTooFar(snap_m, costing.mode));
  const source = {
    engine: 'geoplateforme',
    engine_version: `${resource} ${read.resourceVersion}`,
    data_sha256: hashOf({ resource, resourceVersion: read.resourceVersion }),
    costing: canonical({ ...costing, resource }),
  };
  return accept({
    method: 'route',
    metres: Math.round(read.distance),
    seconds: Math.round(read.duration),
    ...source,
    polyline6: encodePolyline6(line),
    snapped_from,
    snapped_to,
    snap_m,
    way_ids: [],
    request_sha256: hashOf({ ...source, from: { ...from }, to: { ...to } }),
  });
}

async function routeBy(service: PublicService, question: Question): Promise<Outcome<RoadRoute>> {
  const profile = profiles[question.mode];
  if (profile === undefined) return refuse(words.modeNotServed());
  const answer = await service.get('/navigation/itineraire', {
    resource,
    start: lonLatText(question.from),
    end: lonLatText(question.to),
    profile,
    optimization: question.costing,
    getSteps: 'false',
    distanceUnit: 'meter',
    timeUnit: 'second',
  });
  if (answer.kind !== 'answer') return refuse(refusalFor(answer));
  const read = itinerary.safeParse(answer.value);
  return read.success ? routeOf(read.data, question) : refuse(words.engineUnavailable());
}

async function contourBy(
  service: PublicService,
  from: Place,
  mode: Mode,
  minutes: number,
): Promise<Outcome<Isochrone>> {
  const profile = profiles[mode];
  if (profile === undefined) return refuse(words.modeNotServed());
  const answer = await service.get('/navigation/isochrone', {
    resource: reachResource,
    point: lonLatText(from),
    profile,
    direction: 'departure',
    costType: 'time',
    costValue: String(minutes * 60),
    timeUnit: 'second',
  });
  if (answer.kind !== 'answer') return refuse(refusalFor(answer));
  const read = contour.safeParse(answer.value);
  if (!read.success) return refuse(words.engineUnavailable());
  const { geometry } = read.data;
  const outer =
    geometry.type === 'Polygon'
      ? [geometry.coordinates[0] ?? []]
      : geometry.coordinates.map(polygon => polygon[0] ?? []);
  return accept({ minutes, rings: outer.map(ring => ring.map(at => place(...at))) });
}

const about: RouterDescription = {
  engine: 'geoplateforme',
  version: resource,
  data_timestamp: null,
  data_sha256: hashOf({ resource }),
  tileset_sha256: hashOf({ resource }),
  costing: canonical({ profiles: { car: 'car', foot: 'pedestrian' }, resources: [resource, reachResource] }),
  caveat: 'the service publishes a version of its map, not the map: hashes are of that version',
  fictitious: false,
};

/** The State's itineraries: nothing to install, no bicycle, a few requests a second. Also the second opinion of an audit. */
export function geoplateformeRoads(
  base: string,
  service: PublicService = publicService({ base, perSecond }),
): RoadRouter {
  const router: RoadRouter = {
    route: (from, to, mode, costing) => routeBy(service, { from, to, mode, costing }),
    oneToMany: (from, tos, mode) =>
      Promise.all(
        tos.map(async to => {
          const route = await router.route(from, to, mode, 'fastest');
          return route.ok
            ? { method: 'matrix' as const, metres: route.value.metres, seconds: route.value.seconds }
            : null;
        }),
      ),
    async isochrone(from, mode, minutes) {
      const contours: Isochrone[] = [];
      for (const m of minutes) {
        const found = await contourBy(service, from, mode, m);
        if (!found.ok) return found;
        contours.push(found.value);
      }
      return accept(contours);
    },
    describe: () => about,
    close: async () => {},
  };
  return router;
}
