import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { place } from '../../kernel/place.ts';
import { decodePolyline6 } from '../roads/polyline.ts';
import { geoplateformeGeocoder } from './geocoder.ts';
import { geoplateformeRoads } from './itinerary.ts';
import { publicService } from './requests.ts';

// A real HTTP server that answers in the documented shapes of the service; written by hand, never recorded from it.
type Answer = (request: IncomingMessage, response: ServerResponse) => void;
const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };

let answer: Answer = json(200, {});
const heard: URL[] = [];
let server: Server;
let base: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    heard.push(new URL(request.url!, 'http://localhost'));
    answer(request, response);
  });
  await new Promise<void>(done => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise(done => server.close(done)));
afterEach(() => {
  heard.length = 0;
});

const feature = (score: number) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates: [3.7081, 43.9345] },
  properties: {
    ...{ label: '12 Rue Biron 34190 Ganges', id: '34111_0040_00012', type: 'housenumber', score, name: '12 Rue Biron' },
    ...{ housenumber: '12', street: 'Rue Biron', postcode: '34190', citycode: '34111', city: 'Ganges' },
    ...{ context: '34, Hérault, Occitanie', x: 756_800.1, y: 6_315_200.2, importance: 0.4 },
  },
});

describe('the State’s geocoder', () => {
  test('finds an address, with its commune, and leaves out what is not meant', async () => {
    answer = json(200, { type: 'FeatureCollection', features: [feature(0.93), feature(0.2)] });
    expect(await geoplateformeGeocoder(base)('12 rue Biron Ganges')).toEqual([
      {
        ...{ label: '12 Rue Biron 34190 Ganges', place: place(3.7081, 43.9345), kind: 'address', insee_code: '34111' },
        ...{ commune: 'Ganges', postcode: '34190', approximate: false, source: 'geoplateforme' },
      },
    ]);
    expect(heard[0]!.pathname).toBe('/geocodage/search');
    expect(Object.fromEntries(heard[0]!.searchParams)).toEqual({
      q: '12 rue Biron Ganges',
      index: 'address',
      limit: '5',
    });
  });

  test('finds nothing: communes answer instead', async () => {
    answer = json(200, { type: 'FeatureCollection', features: [] });
    expect(await geoplateformeGeocoder(base)('nulle part')).toEqual([]);
  });

  test.each([
    ['asks to wait', json(429, { message: 'API rate limit exceeded' }, { 'retry-after': '5' })],
    ['does not understand', json(400, { code: 400, message: 'Parameter [q] is missing' })],
    ['is broken', json(500, {})],
    ['answers in another shape', json(200, { results: [] })],
    ['answers without JSON', ((_, response) => response.end('<html>')) as Answer],
    ['hangs up', (request => request.socket.destroy()) as Answer],
  ])('%s: nobody waits, and nothing is thrown', async (_title, said) => {
    answer = said;
    expect(await geoplateformeGeocoder(base)('Ganges')).toBeNull();
  });
});

const route = {
  resource: 'bdtopo-osrm',
  resourceVersion: '2026-09-15',
  start: '3.70797,43.93419',
  end: '3.87671,43.61093',
  profile: 'car',
  optimization: 'shortest',
  geometry: {
    type: 'LineString',
    coordinates: [
      [3.708, 43.9342],
      [3.8, 43.8],
      [3.8767, 43.611],
    ],
  },
  distance: 44_321.6,
  duration: 3_127.4,
  portions: [],
};
const [ganges, montpellier] = [place(3.70797, 43.93419), place(3.87671, 43.61093)];

describe('the State’s itineraries', () => {
  test('give whole metres and seconds, the line, and the version of their map', async () => {
    answer = json(200, route);
    const found = await geoplateformeRoads(base).route(ganges, montpellier, 'car', 'shortest');
    expect(found).toMatchObject({
      ok: true,
      value: {
        method: 'route',
        metres: 44_322,
        seconds: 3_127,
        engine: 'geoplateforme',
        engine_version: 'bdtopo-osrm 2026-09-15',
      },
    });
    if (found.ok) expect(decodePolyline6(found.value.polyline6)[1]).toEqual(place(3.8, 43.8));
    expect(Object.fromEntries(heard[0]!.searchParams)).toMatchObject({
      ...{
        start: '3.70797,43.93419',
        end: '3.87671,43.61093',
        optimization: 'shortest',
        profile: 'car',
        timeUnit: 'second',
      },
    });
  });

  test.each([
    ['the service asks to wait', json(429, {}, { 'retry-after': '5' }), 'roads.service_busy'],
    [
      'no road is found',
      json(404, { error: { errorType: 'internal', message: 'No path found' } }),
      'roads.service_refused',
    ],
    [
      'a parameter is refused',
      json(400, { error: { errorType: 'parameter', message: "Parameter 'start' is invalid" } }),
      'roads.service_refused',
    ],
    ['the service is broken', json(503, {}), 'roads.engine_unavailable'],
    ['the answer is not one', json(200, { resource: 'bdtopo-osrm' }), 'roads.engine_unavailable'],
    [
      'the road begins 3 km away',
      json(200, {
        ...route,
        geometry: {
          coordinates: [
            [3.74, 43.9342],
            [3.8767, 43.611],
          ],
        },
      }),
      'roads.snap_too_far',
    ],
  ])('%s: a refusal in words, never a figure', async (_title, said, code) => {
    answer = said;
    expect(await geoplateformeRoads(base).route(ganges, montpellier, 'car', 'shortest')).toMatchObject({
      ok: false,
      refusal: { code },
    });
    expect(await geoplateformeRoads(base).oneToMany(ganges, [montpellier], 'car')).toEqual([null]);
  });

  test('have no bicycle, and nothing is asked', async () => {
    expect(await geoplateformeRoads(base).route(ganges, montpellier, 'bicycle', 'fastest')).toMatchObject({
      refusal: { code: 'roads.mode_not_served' },
    });
    expect(heard).toEqual([]);
  });

  test('draw what can be reached, one contour a request', async () => {
    answer = json(200, {
      resourceVersion: '2026-09-15',
      geometry: {
        type: 'Polygon',
        coordinates: [
          [
            [3.7, 43.9],
            [3.72, 43.9],
            [3.71, 43.95],
            [3.7, 43.9],
          ],
        ],
      },
    });
    const found = await geoplateformeRoads(base).isochrone(ganges, 'foot', [5, 15]);
    expect(found).toMatchObject({ ok: true, value: [{ minutes: 5, rings: [{ length: 4 }] }, { minutes: 15 }] });
    expect(heard.map(url => url.searchParams.get('costValue'))).toEqual(['300', '900']);
  });
});

describe('a polite caller', () => {
  test('spaces its requests, and says when the queue is too long', async () => {
    answer = json(200, {});
    const service = publicService({ base, perSecond: 20, longestWait_ms: 120 });
    const from = performance.now();
    const answers = await Promise.all(Array.from({ length: 6 }, (_, i) => service.get('/x', { i: String(i) })));
    expect(answers.map(a => a.kind)).toEqual(['answer', 'answer', 'answer', 'busy', 'busy', 'busy']);
    expect(performance.now() - from).toBeGreaterThan(95);
    expect(heard).toHaveLength(3);
  });

  test('is silent for as long as it was asked to be', async () => {
    answer = json(429, {}, { 'retry-after': '1' });
    const service = publicService({ base, perSecond: 1_000 });
    expect(await service.get('/x', {})).toEqual({ kind: 'busy', retryAfter_s: 1 });
    answer = json(200, {});
    expect(await service.get('/x', {})).toMatchObject({ kind: 'busy' });
    expect(heard).toHaveLength(1);
    await new Promise(done => setTimeout(done, 1_050));
    expect(await service.get('/x', {})).toMatchObject({ kind: 'answer' });
  });

  test('asks once for what it knows', async () => {
    answer = json(200, { a: 1 });
    const service = publicService({ base, perSecond: 1_000 });
    expect(await service.get('/x', { q: 'a' })).toEqual(await service.get('/x', { q: 'a' }));
    expect(heard).toHaveLength(1);
  });

  test('does not wait for a service that does not answer', async () => {
    answer = () => {};
    const service = publicService({ base, perSecond: 1_000, answerWithin_ms: 50 });
    expect(await service.get('/x', {})).toEqual({ kind: 'away' });
  });
});
