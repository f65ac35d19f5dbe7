import type { Example } from '../gallery/example.ts';
import { RibbonChart } from './ribbon-chart.tsx';

const show = (value: number) => `${value} jours`;
const ribbons = [
  { from: 'CC des Cévennes', to: 'Montpellier Métropole', value: 96, shown: show(96) },
  { from: 'CC du Vallon', to: 'Montpellier Métropole', value: 41, shown: show(41) },
  { from: 'CC du Vallon', to: 'CA de la Plaine', value: 22, shown: show(22) },
];

export const examples: readonly Example[] = [
  {
    name: 'des journées, du domicile au bureau',
    draw: () => (
      <RibbonChart
        finding="96 jours n’ont pas mené des Cévennes à Montpellier"
        ends={['Domicile', 'Bureau']}
        show={show}
        ribbons={ribbons}
        table={{
          columns: ['Domicile', 'Bureau', 'Jours'],
          rows: ribbons.map(({ from, to, shown }) => [from, to, shown]),
        }}
      />
    ),
  },
];
