import type { Example } from '../gallery/example.ts';
import { Stat, Stats } from './stat.tsx';

export const examples: readonly Example[] = [
  {
    name: 'trois chiffres',
    draw: () => (
      <Stats>
        <Stat value="35 km" label="de route évités" period="mardi 24 novembre" howHref="#component-stat" />
        <Stat value="2 h 10" label="gagnées cette semaine" howHref="#component-stat" />
        <Stat value="858 kg" label="de CO₂e évités" interval="entre 640 et 1 080 kg" howHref="#component-stat" />
      </Stats>
    ),
  },
  {
    name: 'un seul grand chiffre',
    draw: () => (
      <Stat
        large
        value="41 230 km"
        label="de route évités par le réseau"
        interval="entre 38 900 et 43 600 km"
        period="de mai à octobre 2026"
        howHref="#component-stat"
      />
    ),
  },
];
