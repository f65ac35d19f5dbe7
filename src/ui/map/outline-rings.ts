import type { LonLat } from './projection.ts';

/** Reads one ring of `outline.ts`: pairs of thousandths of a degree. */
export const ringOf = (text: string): readonly LonLat[] => {
  const numbers = text.split(' ').map(Number);
  return Array.from(
    { length: numbers.length / 2 },
    (_, n): LonLat => [numbers[2 * n]! / 1000, numbers[2 * n + 1]! / 1000],
  );
};

/** Towns that help to find one's way on the national map, with the side where the name has room. */
export const landmarks: readonly { readonly name: string; readonly at: LonLat; readonly side: 'left' | 'right' }[] = [
  { name: 'Paris', at: [2.35, 48.86], side: 'right' },
  { name: 'Lyon', at: [4.84, 45.76], side: 'right' },
  { name: 'Marseille', at: [5.37, 43.3], side: 'right' },
  { name: 'Toulouse', at: [1.44, 43.6], side: 'right' },
  { name: 'Bordeaux', at: [-0.58, 44.84], side: 'right' },
  { name: 'Nantes', at: [-1.55, 47.22], side: 'right' },
  { name: 'Rennes', at: [-1.68, 48.11], side: 'left' },
  { name: 'Lille', at: [3.06, 50.63], side: 'left' },
  { name: 'Strasbourg', at: [7.75, 48.57], side: 'left' },
  { name: 'Dijon', at: [5.04, 47.32], side: 'right' },
  { name: 'Limoges', at: [1.26, 45.83], side: 'right' },
  { name: 'Ajaccio', at: [8.74, 41.92], side: 'left' },
];
