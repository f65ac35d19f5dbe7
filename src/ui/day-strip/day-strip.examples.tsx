import type { Example } from '../gallery/example.ts';
import { DayStrip } from './day-strip.tsx';

const weekdays = ['lun.', 'mar.', 'mer.', 'jeu.', 'ven.', 'sam.', 'dim.'];

export const examples: readonly Example[] = [
  {
    name: 'une semaine',
    draw: () => (
      <DayStrip
        before={{ href: '#component-day-strip', label: 'Semaine précédente' }}
        after={{ href: '#component-day-strip', label: 'Semaine suivante' }}
        days={weekdays.map((weekday, n) => ({
          day: `2026-11-${23 + n}`,
          weekday,
          number: String(23 + n),
          href: n < 5 ? '#component-day-strip' : undefined,
          current: n === 1,
          today: n === 0,
          note: n < 5 ? `${n + 2} libres` : 'fermé',
        }))}
      />
    ),
  },
];
