import type { Bilingual } from '../../kernel/bilingual.ts';
import { modeLabels } from './words.ts';

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

type Kind = Omit<Mode, 'label'>;

const motor = (vehicle: string, energy: Mode['energy']): Kind => ({ vehicle, energy, road: true });
const other = (vehicle: string, energy: Mode['energy']): Kind => ({ vehicle, energy, road: false });

const kinds: Readonly<Record<keyof typeof modeLabels, Kind>> = {
  car: motor('car', 'combustion'),
  car_petrol: motor('car', 'petrol'),
  car_petrol_compact: motor('car', 'petrol'),
  car_petrol_small: motor('car', 'petrol'),
  car_diesel: motor('car', 'diesel'),
  car_diesel_compact: motor('car', 'diesel'),
  car_diesel_small: motor('car', 'diesel'),
  car_lpg: motor('car', 'lpg'),
  car_e85: motor('car', 'e85'),
  car_electric: motor('car', 'electric'),
  car_hybrid: motor('car', 'hybrid'),
  car_plug_in: motor('car', 'plug_in'),
  bus: motor('bus', 'diesel'),
  bus_gas: motor('bus', 'gas'),
  bus_electric: motor('bus', 'electric'),
  coach: motor('coach', 'diesel'),
  scooter: motor('scooter', 'petrol'),
  motorbike: motor('motorbike', 'petrol'),
  ter: other('ter', 'none'),
  intercites: other('intercites', 'none'),
  tgv: other('tgv', 'none'),
  metro: other('metro', 'electric'),
  tram: other('tram', 'electric'),
  rer: other('rer', 'electric'),
  e_bike: other('bicycle', 'electric'),
  e_scooter: other('kick_scooter', 'electric'),
  bicycle: other('bicycle', 'none'),
  walk: other('walk', 'none'),
};

/** Every mode that some set knows. A set that lacks one refuses it: no value is ever borrowed or guessed. */
export const modes: Readonly<Record<string, Mode>> = Object.fromEntries(
  Object.entries(modeLabels).map(([id, label]) => [id, { ...kinds[id as keyof typeof modeLabels], label }]),
);
