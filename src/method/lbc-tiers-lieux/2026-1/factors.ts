import type { Bilingual } from '../../../kernel/bilingual.ts';
import type { Day } from '../../../kernel/time.ts';

/** A factor of a vehicle is shared by the people in it; a factor of a person is not: two types, never mixed. */
export interface VehicleRate {
  readonly denominator: 'veh_km';
  /** Whole micrograms of CO2e a metre (kg a kilometre × 10⁶). */
  readonly ug_per_m: number;
}

export interface PersonRate {
  readonly denominator: 'pers_km';
  readonly ug_per_m: number;
}

export type Rate = VehicleRate | PersonRate;

export type EmissionFactor = Rate & {
  readonly id: string;
  readonly label: Bilingual;
};

/** What all the factors of a set share: they come from one source and are never mixed with another's. */
export interface FactorSet {
  readonly id: string;
  readonly title: Bilingual;
  readonly boundary: 'use_phase';
  readonly boundary_words: Bilingual;
  readonly vintage: string;
  readonly source: string;
  readonly source_url: string;
  readonly licence: Bilingual;
  /** First day on which the set may be used. */
  readonly valid_from: Day;
  /** Last day on which a new quantity may be computed with the set; our choice, not ADEME's. */
  readonly best_before: Day;
  readonly factors: readonly EmissionFactor[];
}

const vehicle = (id: string, ug_per_m: number, fr: string, en: string): EmissionFactor => ({
  id,
  ug_per_m,
  denominator: 'veh_km',
  label: { fr, en },
});

const person = (id: string, ug_per_m: number, fr: string, en: string): EmissionFactor => ({
  id,
  ug_per_m,
  denominator: 'pers_km',
  label: { fr, en },
});

/**
 * Set A: the values of ADEME's telework tool at the time the method was approved (26 August 2021).
 * Which factors the method itself prescribes is not public: this is the best dated proxy, not an official list.
 * Use phase is the cautious boundary: a kilometre not driven does not avoid building a car.
 */
export const factorSetA: FactorSet = {
  id: 'A',
  title: { fr: 'Jeu A : outil télétravail de l’ADEME, 2021', en: 'Set A: ADEME telework tool, 2021' },
  boundary: 'use_phase',
  boundary_words: {
    fr: 'phase d’usage, production du carburant comprise, sans fabrication du véhicule',
    en: 'use phase, fuel production included, without making the vehicle',
  },
  vintage: '2021-03/2021-09',
  source: 'ADEME, outil télétravail (datagir/teletravail), mars à septembre 2021',
  source_url: 'https://github.com/datagir/teletravail',
  licence: { fr: 'licence de la source à vérifier', en: 'source licence to be checked' },
  valid_from: '2021-03-01',
  best_before: '2030-12-31',
  factors: [
    vehicle('car', 193_000, 'voiture thermique, moyenne', 'combustion car, average'),
    vehicle('car_electric', 19_800, 'voiture électrique', 'electric car'),
    person('bus', 103_000, 'bus diesel', 'diesel bus'),
    person('coach', 35_200, 'autocar', 'coach'),
    person('ter', 24_800, 'TER', 'regional train (TER)'),
    person('intercites', 5_290, 'Intercités', 'Intercités train'),
    person('tgv', 1_730, 'TGV', 'high-speed train (TGV)'),
    person('metro', 2_500, 'métro', 'metro'),
    person('tram', 2_200, 'tramway', 'tram'),
    person('rer', 4_100, 'RER, Transilien', 'suburban train (RER, Transilien)'),
    vehicle('scooter', 61_600, 'scooter, moto légère', 'scooter, light motorbike'),
    vehicle('motorbike', 168_000, 'moto de plus de 250 cm³', 'motorbike above 250 cm³'),
    person('e_bike', 2_000, 'vélo à assistance électrique', 'e-bike'),
    person('bicycle', 0, 'vélo', 'bicycle'),
    person('walk', 0, 'marche', 'walking'),
  ],
};
