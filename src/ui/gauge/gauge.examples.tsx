import type { Example } from '../gallery/example.ts';
import { Gauge } from './gauge.tsx';

export const examples: readonly Example[] = [
  {
    name: 'en chemin',
    draw: () => <Gauge label="après rabais" value="3,2 t" goal="sur 10 t" share={0.32} />,
  },
  { name: 'atteint', draw: () => <Gauge label="espaces" value="12" goal="sur 10" share={1.2} /> },
];
