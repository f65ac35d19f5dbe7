import type { Example } from '../gallery/example.ts';
import { HalfDayBars } from './half-day-bars.tsx';

export const examples: readonly Example[] = [
  {
    name: 'trois jours, dont un fermé',
    draw: () => (
      <HalfDayBars
        finding="Mardi matin est presque complet : 7 places prises sur 8"
        note="Bureaux partagés"
        corner="Jour"
        days={[
          {
            label: 'lun. 23',
            day: '2026-11-23',
            today: true,
            href: '#component-half-day-bars',
            morning: { taken: 3, total: 8 },
            afternoon: { taken: 0, total: 8 },
          },
          { label: 'mar. 24', day: '2026-11-24', morning: { taken: 7, total: 8 }, afternoon: { taken: 8, total: 8 } },
          { label: 'mer. 25', day: '2026-11-25', morning: { taken: 0, total: 0 }, afternoon: { taken: 0, total: 0 } },
        ]}
      />
    ),
  },
];
