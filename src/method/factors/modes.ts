import type { Bilingual } from '../../kernel/bilingual.ts';

/** A way to travel, as factor sets name it: what moves, what it runs on, and whether it runs on the road by motor. */
export interface Mode {
  readonly vehicle: string;
  readonly energy:
    | 'combustion'
    | 'petrol'
    | 'diesel'
    | 'lpg'
    | 'e85'
    | 'gas'
    | 'hybrid'
    | 'plug_in'
    | 'electric'
    | 'none';
  readonly road: boolean;
  readonly label: Bilingual;
}

const on =
  (road: boolean) =>
  (vehicle: string, energy: Mode['energy'], fr: string, en: string): Mode => ({
    vehicle,
    energy,
    road,
    label: { fr, en },
  });

const motor = on(true);
const other = on(false);

/** Every mode that some set knows. A set that lacks one refuses it: no value is ever borrowed or guessed. */
export const modes: Readonly<Record<string, Mode>> = {
  car: motor('car', 'combustion', 'voiture thermique, moyenne', 'combustion car, average'),
  car_petrol: motor('car', 'petrol', 'voiture à essence', 'petrol car'),
  car_petrol_compact: motor('car', 'petrol', 'voiture à essence, moyenne gamme', 'petrol car, compact'),
  car_petrol_small: motor('car', 'petrol', 'voiture à essence, petite', 'petrol car, small'),
  car_diesel: motor('car', 'diesel', 'voiture diesel', 'diesel car'),
  car_diesel_compact: motor('car', 'diesel', 'voiture diesel, moyenne gamme', 'diesel car, compact'),
  car_diesel_small: motor('car', 'diesel', 'voiture diesel, petite', 'diesel car, small'),
  car_lpg: motor('car', 'lpg', 'voiture au GPL', 'LPG car'),
  car_e85: motor('car', 'e85', 'voiture au superéthanol E85', 'E85 car'),
  car_electric: motor('car', 'electric', 'voiture électrique', 'electric car'),
  car_hybrid: motor('car', 'hybrid', 'voiture hybride', 'hybrid car'),
  car_plug_in: motor('car', 'plug_in', 'voiture hybride rechargeable', 'plug-in hybrid car'),
  bus: motor('bus', 'diesel', 'bus diesel', 'diesel bus'),
  bus_gas: motor('bus', 'gas', 'bus au gaz naturel', 'natural gas bus'),
  bus_electric: motor('bus', 'electric', 'bus électrique', 'electric bus'),
  coach: motor('coach', 'diesel', 'autocar', 'coach'),
  scooter: motor('scooter', 'petrol', 'scooter, moto légère', 'scooter, light motorbike'),
  motorbike: motor('motorbike', 'petrol', 'moto de plus de 250 cm³', 'motorbike above 250 cm³'),
  ter: other('ter', 'none', 'TER', 'regional train (TER)'),
  intercites: other('intercites', 'none', 'Intercités', 'Intercités train'),
  tgv: other('tgv', 'none', 'TGV', 'high-speed train (TGV)'),
  metro: other('metro', 'electric', 'métro', 'metro'),
  tram: other('tram', 'electric', 'tramway', 'tram'),
  rer: other('rer', 'electric', 'RER, Transilien', 'suburban train (RER, Transilien)'),
  e_bike: other('bicycle', 'electric', 'vélo à assistance électrique', 'e-bike'),
  e_scooter: other('kick_scooter', 'electric', 'trottinette électrique', 'e-kick-scooter'),
  bicycle: other('bicycle', 'none', 'vélo', 'bicycle'),
  walk: other('walk', 'none', 'marche', 'walking'),
};
