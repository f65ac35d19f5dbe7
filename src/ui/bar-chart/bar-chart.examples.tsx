import type { Example } from '../gallery/example.ts';
import { BarChart } from './bar-chart.tsx';

export const examples: readonly Example[] = [
  {
    name: 'avec incertitude',
    draw: () => (
      <BarChart
        finding="Ganges évite à lui seul un tiers des kilomètres du réseau"
        note="Octobre 2026 · 312 présences comptées"
        columns={['Commune', 'Kilomètres évités']}
        downloadHref="#component-bar-chart"
        bars={[
          {
            label: 'Ganges',
            value: 5292,
            shown: '5 292 km',
            low: 4900,
            high: 5600,
            chosen: true,
            href: '#component-bar-chart',
          },
          { label: 'Vouziers', value: 3080, shown: '3 080 km', low: 2700, high: 3300 },
          { label: 'Bagnères-de-Bigorre', value: 1204, shown: '1 204 km', low: 900, high: 1500 },
          { label: 'Saint-Dié-des-Vosges', value: 0, shown: '0 km' },
        ]}
      />
    ),
  },
];
