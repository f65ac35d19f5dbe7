import type { Example } from '../gallery/example.ts';
import { LineChart } from './line-chart.tsx';

const months = ['mai', 'juin', 'juil.', 'août', 'sept.', 'oct.'];
const show = (value: number) => `${Math.round(value).toLocaleString('fr-FR')} km`;

export const examples: readonly Example[] = [
  {
    name: 'six mois, avec leur intervalle',
    draw: () => (
      <LineChart
        finding="Les kilomètres évités ont doublé depuis mai"
        note="Mai à octobre 2026 · la bande couvre 95 % des cas"
        columns={['Mois', 'Kilomètres évités', 'Entre']}
        show={show}
        points={[4100, 4600, 5200, 3300, 7400, 8650].map((value, n) => ({
          label: months[n]!,
          value,
          low: value * 0.86,
          high: value * 1.1,
        }))}
      />
    ),
  },
  {
    name: 'un seul mois',
    draw: () => (
      <LineChart
        finding="Le premier mois est là"
        columns={['Mois', 'Jours', 'Entre']}
        show={String}
        points={[{ label: 'octobre', value: 31 }]}
      />
    ),
  },
];
