import type { Place } from '../kernel/place.ts';

/** A real town of the programme Petites Villes de demain (list of 22 January 2021, ANCT, Licence Ouverte 2.0). */
export interface DemoTown {
  /** INSEE code, name, first postcode and population. */
  readonly code: string;
  readonly name: string;
  readonly postcode: string;
  readonly population: number;
  /** Its town hall or chef-lieu (IGN ADMIN EXPRESS, Licence Ouverte 2.0; overseas GeoNames, CC-BY 4.0). */
  readonly place: Place;
  /** INSEE grid, seven levels. */
  readonly density: number;
}

/** The copy of INSEE's seven-level density grid from which these levels were read; it does not give its year. */
export const densityVintage = 'INSEE, 7 niveaux (anct-carto/superposeur-V2, 3f2b0c0)';

type Row = readonly [
  code: string,
  name: string,
  postcode: string,
  population: number,
  lon_udeg: number,
  lat_udeg: number,
  density: number,
];

const rows: readonly Row[] = [
  ['34111', 'Ganges', '34190', 3_724, 3_708_850, 43_935_800, 3],
  ['30350', 'Le Vigan', '30120', 3_863, 3_606_290, 43_992_900, 5],
  ['30263', 'Saint-Hippolyte-du-Fort', '30170', 3_737, 3_857_850, 43_965_400, 5],
  ['30010', 'Anduze', '30140', 3_391, 3_986_560, 44_053_400, 5],
  ['30210', 'Quissac', '30260', 3_528, 4_000_220, 43_908_200, 5],
  ['30321', 'Sommières', '30250', 5_073, 4_089_500, 43_782_600, 3],
  ['34142', 'Lodève', '34700', 7_251, 3_317_080, 43_732_400, 3],
  ['34079', 'Clermont-l’Hérault', '34800', 9_461, 3_429_470, 43_627_600, 2],
  ['08490', 'Vouziers', '08400', 3_825, 4_700_580, 49_398_400, 5],
  ['52269', 'Langres', '52200', 7_421, 5_331_450, 47_865_500, 3],
  ['65059', 'Bagnères-de-Bigorre', '65200', 7_114, 150_580, 43_068_100, 3],
  ['09194', 'Mirepoix', '09500', 3_172, 1_873_840, 43_088_100, 5],
  ['32208', 'Lectoure', '32700', 3_670, 623_680, 43_933_600, 5],
  ['2B096', 'Corte', '20250', 7_819, 9_149_270, 42_309_500, 3],
  ['05065', 'Guillestre', '05600', 2_295, 6_649_340, 44_661_000, 5],
  ['39013', 'Arbois', '39600', 3_114, 5_772_230, 46_902_800, 5],
  ['58079', 'Clamecy', '58500', 3_544, 3_518_920, 47_459_500, 5],
  ['77182', 'La Ferté-Gaucher', '77320', 4_743, 3_305_740, 48_781_500, 3],
  ['22362', 'Tréguier', '22220', 2_294, -3_231_520, 48_788_300, 5],
  ['56124', 'Malestroit', '56140', 2_558, -2_383_430, 47_810_200, 5],
  ['27056', 'Bernay', '27300', 9_765, 597_790, 49_089_200, 3],
  ['36006', 'Argenton-sur-Creuse', '36200', 4_786, 1_523_030, 46_586_100, 3],
  ['37031', 'Bourgueil', '37140', 3_631, 171_330, 47_283_700, 5],
  ['44067', 'Guémené-Penfao', '44290', 5_243, -1_834_150, 47_628_600, 5],
  ['59136', 'Le Cateau-Cambrésis', '59360', 6_764, 3_542_670, 50_105_600, 3],
  ['80410', 'Ham', '80400', 4_378, 3_072_580, 49_748_300, 3],
  ['23008', 'Aubusson', '23200', 3_018, 2_170_040, 45_956_500, 5],
  ['24311', 'Nontron', '24300', 3_057, 662_560, 45_529_500, 5],
  ['26113', 'Die', '26150', 4_844, 5_368_770, 44_753_000, 5],
  ['15187', 'Saint-Flour', '15100', 6_391, 3_094_820, 45_033_000, 3],
  ['97403', 'Entre-Deux', '97414', 7_176, 55_466_670, -21_233_330, 4],
];

export const demoTowns: readonly DemoTown[] = rows.map(
  ([code, name, postcode, population, lon_udeg, lat_udeg, density]) => ({
    code,
    name,
    postcode,
    population,
    place: { lon_udeg, lat_udeg },
    density,
  }),
);

/** A town of the demonstration by its INSEE code; a code outside the list is a slip in the demonstration itself. */
export const demoTown = (code: string): DemoTown => {
  const town = demoTowns.find(t => t.code === code);
  if (!town) throw new RangeError(`${code} is not a town of the demonstration`);
  return town;
};
