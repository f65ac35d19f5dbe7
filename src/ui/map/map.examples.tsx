import { place } from '../../kernel/place.ts';
import type { Example } from '../gallery/example.ts';
import { SpaceMap } from './map.tsx';
import type { MapStone } from './map-drawing.tsx';
import { boundsAround } from './projection.ts';

const towns: readonly (readonly [string, number, number])[] = [
  ['Ganges', 3.71, 43.934],
  ['Vouziers', 4.703, 49.398],
  ['Bagnères-de-Bigorre', 0.149, 43.064],
  ['Le Vigan', 3.604, 43.991],
  ['Lodève', 3.318, 43.732],
  ['Guingamp', -3.15, 48.563],
  ['Château-Gontier', -0.705, 47.828],
  ['Autun', 4.299, 46.951],
  ['Sarlat-la-Canéda', 1.217, 44.89],
  ['Corte', 9.149, 42.306],
  ['Die', 5.371, 44.754],
  ['Saint-Dié-des-Vosges', 6.949, 48.285],
];

const stones: readonly MapStone[] = towns.map(([label, lon, lat], n) => ({
  at: place(lon, lat),
  label,
  href: '#component-map',
  note: n % 4 === 3 ? 'complet aujourd’hui' : `${n + 2} bureaux libres`,
  tone: n % 4 === 3 ? 'full' : 'free',
}));

const near = stones.filter(({ label }) => ['Ganges', 'Le Vigan', 'Lodève'].includes(label));
const home = place(3.6, 43.86);
const reach = Array.from({ length: 24 }, (_, n) => {
  const turn = (n / 24) * 2 * Math.PI;
  const far = 0.16 + 0.05 * Math.sin(3 * turn) + 0.03 * Math.cos(5 * turn);
  return place(3.71 + far * Math.cos(turn), 43.934 + 0.72 * far * Math.sin(turn));
});

export const examples: readonly Example[] = [
  { name: 'la France', draw: () => <SpaceMap title="Douze espaces ouverts cette semaine" stones={stones} list /> },
  {
    name: 'autour d’une commune, avec ce qu’on atteint en 15 minutes à vélo',
    draw: () => (
      <SpaceMap
        title="Trois espaces à moins de 30 minutes de Saint-Laurent-le-Minier"
        origin={{ at: home, label: 'Saint-Laurent-le-Minier' }}
        stones={near.map((stone, n) => ({ ...stone, number: n + 1 }))}
        areas={[{ ring: reach, label: '15 minutes à vélo' }]}
        bounds={boundsAround([...near.map(({ at }) => at), ...reach, home])}
        towns={[
          { name: 'Lodève', at: place(3.318, 43.732) },
          { name: 'Sumène', at: place(3.716, 43.98) },
          { name: 'Clermont-l’Hérault', at: place(3.432, 43.628) },
          { name: 'Saint-Martin-de-Londres', at: place(3.73, 43.79) },
          { name: 'Quissac', at: place(3.998, 43.914) },
        ]}
      />
    ),
  },
];
