import { describe, expect, test } from 'vitest';
import { place } from '../kernel/place.ts';
import { sampleSpace } from '../spaces/sample.ts';
import type { Space } from '../spaces/spaces.ts';
import { bookHref, tripText } from './display.ts';
import { jsonLd, scriptText } from './json-ld.ts';
import { firstFreeDay, guessed, nextHalves, type Result, ranked } from './listing.ts';
import { meant, type Somewhere } from './places.ts';

const somewhere = (commune: string, insee_code: string, kind: Somewhere['kind'] = 'commune'): Somewhere => ({
  label: `${commune} (${insee_code})`,
  place: place(3.7, 43.9),
  kind,
  insee_code,
  commune,
  approximate: false,
});
const denis = [
  somewhere('Saint-Denis', '93066'),
  somewhere('Saint-Denis', '97411'),
  somewhere('Saint-Denis-de-Pile', '33393'),
];

describe('what a visitor means', () => {
  test.each([
    ['the only commune found', 'vouz', [somewhere('Vouziers', '08490')], '08490'],
    [
      'the commune whose name it is, among those that begin so',
      'Die',
      [somewhere('Die', '26113'), somewhere('Dieppe', '76217')],
      '26113',
    ],
    [
      'accents and hyphens aside',
      'bagneres de bigorre',
      [somewhere('Bagnères-de-Bigorre', '65059'), somewhere('Bagnères-de-Luchon', '31042')],
      '65059',
    ],
    [
      'the largest commune of a postcode',
      '34190',
      [somewhere('Ganges', '34111'), somewhere('Laroque', '34128')],
      '34111',
    ],
    [
      'an address, the best guess',
      '12 rue des Lices',
      [somewhere('Die', '26113', 'address'), somewhere('Nyons', '26220', 'address')],
      '26113',
    ],
  ])('%s', (_title, typed, places, code) => {
    const found = meant(typed, places);
    expect(found.kind === 'one' && found.place.insee_code).toBe(code);
  });

  test.each([
    ['a name borne twice', 'saint denis', denis],
    ['a beginning of several names', 'saint', denis],
  ])('%s is asked back', (_title, typed, places) => {
    expect(meant(typed, places)).toEqual({ kind: 'choose', places });
  });

  test('the other communes of a postcode are offered', () => {
    const found = meant('34190', [somewhere('Ganges', '34111'), somewhere('Laroque', '34128')]);
    expect(found.kind === 'one' && found.others.map(o => o.commune)).toEqual(['Laroque']);
  });
});

describe('minutes', () => {
  test.each([
    ['a route is told as it is', { mode: 'car', seconds: 1_320, metres: 18_000, estimated: false }, '22 min', '22 min'],
    [
      'an estimate says so, to five minutes',
      { mode: 'car', seconds: 1_320, metres: 18_000, estimated: true },
      'environ 20 min',
      'about 20 min',
    ],
    [
      'a short estimate to the minute',
      { mode: 'foot', seconds: 290, metres: 320, estimated: true },
      'environ 5 min',
      'about 5 min',
    ],
    ['never nothing', { mode: 'car', seconds: 4, metres: 20, estimated: false }, '1 min', '1 min'],
    ['too far on foot', { mode: 'foot', seconds: 6_000, metres: 6_700, estimated: false }, null, null],
  ] as const)('%s', (_title, trip, fr, en) => {
    expect([tripText(trip, 'fr'), tripText(trip, 'en')]).toEqual([fr, en]);
  });

  test('an estimated hour: 4 km on foot, 15 by bicycle, 45 by car', () => {
    expect(
      [guessed('foot', 4_000), guessed('bicycle', 15_000), guessed('car', 45_000)].map(t => [t.seconds, t.estimated]),
    ).toEqual([
      [3_600, true],
      [3_600, true],
      [3_600, true],
    ]);
  });

  test('results go by car first, then on foot, then by name', () => {
    const result = (slug: string, car: number, foot: number) =>
      ({
        space: { slug },
        trips: [
          { mode: 'car', seconds: car },
          { mode: 'foot', seconds: foot },
        ],
      }) as unknown as Result;
    const order = ranked([result('d', 60, 90), result('c', 60, 80), result('b', 60, 90), result('a', 90, 10)]);
    expect(order.map(r => r.space.slug)).toEqual(['c', 'b', 'd', 'a']);
  });
});

describe('half-days', () => {
  const half = (day: `2026-06-${number}`, name: 'morning' | 'afternoon', free: number, total = 3, open = true) => ({
    spaceId: 'spc_00000001' as const,
    day,
    half: name,
    open,
    free,
    total,
  });
  const halves = [
    half('2026-06-15', 'morning', 0, 3, false),
    half('2026-06-15', 'afternoon', 0),
    half('2026-06-16', 'morning', 2),
    half('2026-06-20', 'morning', 0, 0, false),
    half('2026-06-22', 'morning', 1),
  ];

  test('the first day with a free desk is shown, or the first when none is free', () => {
    expect(firstFreeDay(halves, '2026-06-15')).toBe('2026-06-16');
    expect(firstFreeDay(halves.slice(0, 2), '2026-06-15')).toBe('2026-06-15');
  });

  test('the next half-days leave out what is past and what is closed', () => {
    expect(nextHalves(halves, '2026-06-15', 3).map(h => `${h.day} ${h.half}`)).toEqual([
      '2026-06-15 afternoon',
      '2026-06-16 morning',
      '2026-06-22 morning',
    ]);
  });

  test('and what comes before the day asked', () => {
    expect(nextHalves(halves, '2026-06-17', 3).map(h => h.day)).toEqual(['2026-06-22']);
  });

  test('a free half-day leads to its booking', () => {
    expect(bookHref('ganges-l-atelier', halves[2]!)).toBe(
      '/reserver?espace=ganges-l-atelier&jour=2026-06-16&moment=matin',
    );
  });
});

describe('JSON-LD', () => {
  const {
    resources: _resources,
    hours,
    tariffs,
    ...sheet
  } = sampleSpace({ description: { fr: '</script><b>', en: 'x' } });
  const space: Space = { ...sheet, spaceId: 'spc_00000001', slug: 'ganges-l-atelier' };
  const dated = tariffs.map(t => ({ ...t, spaceId: space.spaceId, validFrom: space.openedOn, validUntil: null }));
  const ld = jsonLd({ space, hours, tariffs: dated }, { origin: 'https://parvis.example', lang: 'fr' });

  test('is a LocalBusiness with its address, place, hours and offers', () => {
    expect(ld).toMatchObject({
      '@context': 'https://schema.org',
      '@type': 'LocalBusiness',
      url: 'https://parvis.example/espaces/ganges-l-atelier',
      geo: { '@type': 'GeoCoordinates', latitude: 43.934, longitude: 3.709 },
      address: { '@type': 'PostalAddress', postalCode: '34190', addressCountry: 'FR' },
    });
    const { openingHoursSpecification, makesOffer } = ld as Record<string, readonly Record<string, string>[]>;
    expect(openingHoursSpecification![0]).toMatchObject({
      dayOfWeek: 'https://schema.org/Monday',
      opens: '08:30',
      closes: '12:30',
    });
    expect(makesOffer).toEqual([
      { '@type': 'Offer', name: 'demi-journée', price: '8.00', priceCurrency: 'EUR' },
      { '@type': 'Offer', name: 'journée', price: '14.00', priceCurrency: 'EUR' },
    ]);
  });

  test('cannot close the script that holds it, and reads back the same', () => {
    expect(scriptText(ld)).not.toContain('</');
    expect(JSON.parse(scriptText(ld))).toEqual(ld);
  });
});
