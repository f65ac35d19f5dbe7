import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../../tools/fresh-database.ts';
import { greatCircleM, place } from '../../kernel/place.ts';
import { instant } from '../../kernel/time.ts';
import {
  type CommuneImport,
  communeOf,
  communesAround,
  type FoundPlace,
  findPlaces,
  importCommunes,
  searchCommunes,
} from './communes.ts';

const moment = instant('2026-11-24T08:00:00Z');
let net: TestNetwork;
let loaded: CommuneImport;
let seconds: number;

beforeAll(async () => {
  net = await freshNetwork();
  const from = performance.now();
  const answer = await net.work(({ tx }) => importCommunes(tx, moment));
  seconds = (performance.now() - from) / 1000;
  if (!answer.ok) throw new Error(answer.refusal.message.en);
  loaded = answer.value;
});
afterAll(() => net.database.db.destroy());

const find = (text: string) => net.work(({ tx }) => findPlaces(tx, text));
const labels = async (text: string) => {
  const found = await find(text);
  return found.ok ? found.value.map(p => p.label) : [found.refusal.code];
};

describe('the communes of France', () => {
  test('are all there, with what we know of their places', () => {
    expect(loaded).toMatchObject({ communes: 34_969, changed: true });
    expect(loaded.exact_centres).toBeGreaterThan(14_600);
    expect(loaded.exact_centres + loaded.approximate_centres + loaded.without_centre).toBe(34_969);
    expect(loaded.without_centre).toBeLessThan(1_500);
    expect(loaded.sources.map(s => [s.version, s.sha256.length])).toEqual([
      ['6.0.0', 64],
      ['1.0.1', 64],
    ]);
  });

  test('load in a few seconds, and a second time in no time', async () => {
    expect(seconds).toBeLessThan(6);
    const again = await net.work(({ tx }) => importCommunes(tx, moment));
    expect(again).toMatchObject({ ok: true, value: { changed: false } });
  });

  test('bear the right figures: Ganges', async () => {
    expect(await net.work(({ tx }) => communeOf(tx, '34111'))).toMatchObject({
      name: 'Ganges',
      departement: '34',
      postcodes: ['34190'],
      lon_udeg: 3_707_970,
      lat_udeg: 43_934_190,
      centre_source: 'geonames',
    });
    expect(await net.work(({ tx }) => communeOf(tx, '00000'))).toBeNull();
  });

  test('a centre that bears another commune’s code is not believed', async () => {
    const stray = await net.work(({ tx }) => communeOf(tx, '40271'));
    expect(stray?.centre_source).not.toBe('geonames');
    expect(greatCircleM(place(-1.38, 43.55), { lon_udeg: stray!.lon_udeg!, lat_udeg: stray!.lat_udeg! })).toBeLessThan(
      25_000,
    );
  });
});

describe('where a text is', () => {
  test.each([
    ['ganges', 'Ganges (34190)'],
    ['Bagneres de bigorre', 'Bagnères-de-Bigorre (65200)'],
    ['bigorre', 'Bagnères-de-Bigorre (65200)'],
    ['08400', 'Vouziers (08400)'],
    ['12 rue Biron, 34190 Ganges', 'Ganges (34190)'],
    ['Ganges (34190)', 'Ganges (34190)'],
    ['3 place de la Mairie, Vouziers', 'Vouziers (08400)'],
    ['8 rue des Tanneurs Vouziers', 'Vouziers (08400)'],
    ['St Étienne', 'Saint-Étienne (42000)'],
    ['75011', 'Paris (75011)'],
  ])('“%s” is %s', async (text, label) => {
    expect((await labels(text))[0]).toBe(label);
  });

  test('an address with a postcode names its commune alone', async () => {
    expect(await labels('12 rue Biron, 34190 Ganges')).toEqual(['Ganges (34190)']);
    expect((await labels('34190')).length).toBeGreaterThan(5);
  });

  test('an unknown commune is refused with the nearest names', async () => {
    const answer = await find('Gangesse');
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'places.unknown', status: 404 } });
    if (!answer.ok) expect(answer.refusal.message.fr).toMatch(/Vouliez-vous dire .*Ganges/);
    expect(await labels('Xqzwv')).toEqual(['places.unknown']);
    expect(await labels('99999')).toEqual(['places.unknown']);
  });

  test.each(['', '   ', ',;'])('“%s” says nothing, and is told so', async text => {
    expect(await labels(text)).toEqual(['places.empty']);
  });

  test('a text meant to harm is only a text', async () => {
    expect(await labels("Ganges'; drop table platform.commune; --")).toEqual(['places.unknown']);
    expect(await labels('%')).toEqual(['places.empty']);
    expect(await labels('ganges')).toHaveLength(1);
  });

  test('a geocoder that finds an address is believed; one that does not answer is replaced by the communes', async () => {
    const address: FoundPlace = {
      label: '12 Rue Biron 34190 Ganges',
      place: place(3.7081, 43.9345),
      kind: 'address',
      insee_code: '34111',
      commune: 'Ganges',
      postcode: '34190',
      approximate: false,
      source: 'geoplateforme',
    };
    const found = await net.work(({ tx }) => findPlaces(tx, '12 rue Biron Ganges', async () => [address]));
    expect(found).toEqual({ ok: true, value: [address] });
    const fallen = await net.work(({ tx }) => findPlaces(tx, '12 rue Biron Ganges', async () => null));
    expect(fallen).toMatchObject({ ok: true, value: [{ commune: 'Ganges', source: 'commune' }] });
  });

  test('completing a name takes a few milliseconds', async () => {
    const from = performance.now();
    for (const text of ['sai', 'mont', 'ville', 'bagn', '34190', 'zz'])
      await net.work(({ tx }) => searchCommunes(tx, text));
    expect((performance.now() - from) / 6).toBeLessThan(100);
  });

  test('communes around a place come the nearest first', async () => {
    const [ganges, sea, vouziers] = await net.work(({ tx }) =>
      communesAround(tx, [place(3.70797, 43.93419), place(-20, 45), place(4.70058, 49.3984)], 15_000),
    );
    expect(ganges![0]!.name).toBe('Ganges');
    expect(ganges!.map(c => c.name)).toContain('Laroque');
    expect(ganges!.length).toBeGreaterThan(4);
    expect(sea).toEqual([]);
    expect(vouziers!.map(c => c.name)).toContain('Vouziers');
    expect(ganges!.every(c => greatCircleM(c, place(3.70797, 43.93419)) <= 15_000)).toBe(true);
  });
});
