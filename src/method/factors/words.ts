import type { Bilingual } from '../../kernel/bilingual.ts';

/** Each way to travel that some set knows, in words. */
export const modeLabels = {
  car: { fr: 'voiture thermique, moyenne', en: 'combustion car, average' },
  car_petrol: { fr: 'voiture à essence', en: 'petrol car' },
  car_petrol_compact: { fr: 'voiture à essence, moyenne gamme', en: 'petrol car, compact' },
  car_petrol_small: { fr: 'voiture à essence, petite', en: 'petrol car, small' },
  car_diesel: { fr: 'voiture diesel', en: 'diesel car' },
  car_diesel_compact: { fr: 'voiture diesel, moyenne gamme', en: 'diesel car, compact' },
  car_diesel_small: { fr: 'voiture diesel, petite', en: 'diesel car, small' },
  car_lpg: { fr: 'voiture au GPL', en: 'LPG car' },
  car_e85: { fr: 'voiture au superéthanol E85', en: 'E85 car' },
  car_electric: { fr: 'voiture électrique', en: 'electric car' },
  car_hybrid: { fr: 'voiture hybride', en: 'hybrid car' },
  car_plug_in: { fr: 'voiture hybride rechargeable', en: 'plug-in hybrid car' },
  bus: { fr: 'bus diesel', en: 'diesel bus' },
  bus_gas: { fr: 'bus au gaz naturel', en: 'natural gas bus' },
  bus_electric: { fr: 'bus électrique', en: 'electric bus' },
  coach: { fr: 'autocar', en: 'coach' },
  scooter: { fr: 'scooter, moto légère', en: 'scooter, light motorbike' },
  motorbike: { fr: 'moto de plus de 250 cm³', en: 'motorbike above 250 cm³' },
  ter: { fr: 'TER', en: 'regional train (TER)' },
  intercites: { fr: 'Intercités', en: 'Intercités train' },
  tgv: { fr: 'TGV', en: 'high-speed train (TGV)' },
  metro: { fr: 'métro', en: 'metro' },
  tram: { fr: 'tramway', en: 'tram' },
  rer: { fr: 'RER, Transilien', en: 'suburban train (RER, Transilien)' },
  e_bike: { fr: 'vélo à assistance électrique', en: 'e-bike' },
  e_scooter: { fr: 'trottinette électrique', en: 'e-kick-scooter' },
  bicycle: { fr: 'vélo', en: 'bicycle' },
  walk: { fr: 'marche', en: 'walking' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export const unreadLicence: Bilingual = { fr: 'licence de la source à vérifier', en: 'source licence to be checked' };

/** What the boundaries of the sets cover, in words; that of set A is frozen with its version. */
export const boundaryWords = {
  use_and_construction: {
    fr: 'usage (carburant compris) et fabrication du véhicule',
    en: 'use (fuel included) and making the vehicle',
  },
  life_cycle: { fr: 'cycle de vie complet', en: 'whole life cycle' },
} as const satisfies Readonly<Record<string, Bilingual>>;

export const surprising: Bilingual = { fr: 'valeur surprenante, à vérifier', en: 'surprising value, to be checked' };

/** What each set is called, and what to know before using it. */
export const setWords = {
  B: { title: { fr: 'Jeu B : Impact CO2, 2024-2025', en: 'Set B: Impact CO2, 2024-2025' } },
  C: {
    title: { fr: 'Jeu C : Impact CO2, 1er juillet 2026', en: 'Set C: Impact CO2, 1 July 2026' },
    cautions: [
      {
        fr: 'Depuis le 4 mai 2026, cette source divise les voitures par 1,6 personne : ses valeurs valent par personne, et ne servent ni à qui conduit seul ni avec un taux d’occupation.',
        en: 'Since 4 May 2026 this source divides cars by 1.6 people: its values are per person, and serve neither someone who drives alone nor with an occupancy.',
      },
      {
        fr: 'Sa « voiture thermique » est un diesel de moyenne gamme : 35 % de moins qu’avant, sous le même nom.',
        en: 'Its “combustion car” is a compact diesel: 35% less than before, under the same name.',
      },
    ],
  },
  D: {
    title: { fr: 'Jeu D : Base Empreinte, 19 septembre 2026', en: 'Set D: Base Empreinte, 19 September 2026' },
    cautions: [
      {
        fr: 'Valeurs lues dans un export, non à la source : à vérifier avant toute certification.',
        en: 'Values read in an export, not at the source: to be checked before any certification.',
      },
      {
        fr: 'Cycle de vie : jamais dans la même somme que la phase d’usage du jeu A.',
        en: 'Life cycle: never in one sum with the use phase of set A.',
      },
    ],
  },
} as const satisfies Readonly<Record<string, { readonly title: Bilingual; readonly cautions?: readonly Bilingual[] }>>;
