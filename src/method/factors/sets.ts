import type { Rate } from '../lbc-tiers-lieux/2026-1/factors.ts';
import { factorSetA } from '../lbc-tiers-lieux/2026-1/factors.ts';
import { contentHash, type FactorSet, type SetFactor, type SetId } from './factor-set.ts';
import { boundaryWords, modeLabels, setWords, surprising, unreadLicence } from './words.ts';

type Parts = Omit<SetFactor, 'id' | 'label' | keyof Rate>;

type Mode = keyof typeof modeLabels;

const factor = (denominator: Rate['denominator'], id: Mode, ug_per_m: number, extra: Parts): SetFactor => ({
  id,
  ug_per_m,
  denominator,
  label: modeLabels[id],
  ...extra,
});

/** Micrograms a metre of a vehicle. */
const vehicle = (id: Mode, ug_per_m: number, extra: Parts = {}) => factor('veh_km', id, ug_per_m, extra);
/** Micrograms a metre of a person. */
const person = (id: Mode, ug_per_m: number, extra: Parts = {}) => factor('pers_km', id, ug_per_m, extra);

/** Use and construction, kept apart as the source has them; the value is their sum. */
const parted = (
  make: typeof vehicle,
  id: Mode,
  [use_ug_per_m, construction_ug_per_m]: readonly [use: number, construction: number],
): SetFactor => make(id, use_ug_per_m + construction_ug_per_m, { construction_ug_per_m });

const ademe = (id: string) => ({ source_id: id });
/** A term of ours, the same for every set: no source gives one. */
const best_before = '2030-12-31';

const useAndConstruction = {
  boundary: 'use_and_construction',
  boundary_words: boundaryWords.use_and_construction,
  licence: unreadLicence,
  source_url: 'https://github.com/incubateur-ademe/impactco2',
  best_before,
} as const;

const b2025 = { vintage: '2025-10' };

/** Set B: Impact CO2 as it stood from February 2024 to October 2025, cars counted per vehicle. */
const factorSetB: FactorSet = {
  ...useAndConstruction,
  id: 'B',
  ...setWords.B,
  vintage: '2024-02/2025-10',
  source: 'ADEME, Impact CO2 (historique incubateur-ademe/impactco2), février 2024 à octobre 2025',
  valid_from: '2024-02-01',
  factors: [
    parted(vehicle, 'car', [192_000, 25_600]),
    parted(vehicle, 'car_electric', [19_800, 83_600]),
    parted(person, 'bus', [113_500, 8_900]),
    parted(person, 'bus_electric', [9_500, 12_200]),
    person('coach', 37_600, b2025),
    parted(person, 'ter', [22_900, 4_800]),
    parted(person, 'intercites', [5_800, 1_700]),
    parted(person, 'tgv', [2_300, 600]),
    person('metro', 4_400),
    parted(vehicle, 'scooter', [60_400, 15_900]),
    vehicle('motorbike', 216_700, b2025),
    person('e_bike', 11_000),
    person('bicycle', 0),
    person('walk', 0),
  ],
};

/** Set C: Impact CO2 of 1 July 2026. Its cars are already divided by 1.6 people: per person, never with an occupancy. */
const factorSetC: FactorSet = {
  ...useAndConstruction,
  id: 'C',
  ...setWords.C,
  vintage: '2026-07-01',
  source: 'ADEME, Impact CO2 (incubateur-ademe/impactco2), 1er juillet 2026',
  valid_from: '2026-07-01',
  factors: [
    parted(person, 'car', [110_600, 31_700]),
    parted(person, 'car_petrol_compact', [138_000, 31_700]),
    parted(person, 'car_petrol_small', [117_000, 27_700]),
    parted(person, 'car_diesel_compact', [110_600, 31_700]),
    parted(person, 'car_diesel_small', [94_200, 27_700]),
    parted(person, 'car_electric', [12_100, 55_300]),
    parted(person, 'car_hybrid', [113_400, 33_200]),
    parted(person, 'car_plug_in', [93_200, 40_700]),
    person('bus', 122_400),
    person('bus_gas', 121_700),
    person('bus_electric', 21_700),
    person('coach', 37_600),
    person('ter', 27_700),
    parted(person, 'intercites', [5_800, 3_200]),
    person('tgv', 2_900),
    person('metro', 4_400),
    person('tram', 4_300),
    parted(person, 'rer', [6_600, 3_200]),
    vehicle('scooter', 76_300),
    parted(vehicle, 'motorbike', [140_000, 74_700]),
    person('e_bike', 11_000),
    parted(person, 'e_scooter', [2_000, 22_900]),
    person('bicycle', 170),
    person('walk', 0),
  ],
};

/** Set D: Base Empreinte, life cycle, read in a second-hand export: to be checked before anyone certifies with it. */
const factorSetD: FactorSet = {
  id: 'D',
  ...setWords.D,
  boundary: 'life_cycle',
  boundary_words: boundaryWords.life_cycle,
  vintage: '2026-09-19',
  source: 'ADEME, Base Empreinte, export du 19 septembre 2026 (data.ademe.fr/datasets/base-carboner)',
  source_url: 'https://data.ademe.fr/datasets/base-carboner',
  licence: unreadLicence,
  valid_from: '2026-09-19',
  best_before,
  factors: [
    vehicle('car', 256_000, ademe('43791')),
    vehicle('car_petrol', 357_000, {
      ...ademe('43787'),
      caution: surprising,
    }),
    vehicle('car_diesel', 190_000, ademe('43788')),
    vehicle('car_lpg', 224_000, ademe('43790')),
    vehicle('car_e85', 174_000, ademe('43786')),
    vehicle('car_electric', 103_000, ademe('28007')),
    person('bus', 122_000, ademe('43739')),
    person('coach', 37_600, ademe('43740')),
    person('ter', 27_700, ademe('43255')),
    person('intercites', 7_500, ademe('43272')),
    person('tgv', 2_930, ademe('43256')),
    person('metro', 4_420, ademe('43778')),
    person('tram', 4_210, ademe('43785')),
    person('rer', 9_780, ademe('43254')),
    vehicle('scooter', 87_000, ademe('43779')),
    vehicle('motorbike', 217_000, ademe('43782')),
    person('e_bike', 11_000, ademe('28331')),
    person('e_scooter', 24_900, ademe('28329')),
  ],
};

/** The four sets by id. A is the one that version 2026-1 froze. */
export const factorSets: Readonly<Record<SetId, FactorSet>> = {
  A: { ...factorSetA, id: 'A' },
  B: factorSetB,
  C: factorSetC,
  D: factorSetD,
};

/** The content hash of each set: a certified value and a batch name a set by both. */
export const setHashes: Readonly<Record<SetId, string>> = {
  A: contentHash(factorSets.A),
  B: contentHash(factorSets.B),
  C: contentHash(factorSets.C),
  D: contentHash(factorSets.D),
};
