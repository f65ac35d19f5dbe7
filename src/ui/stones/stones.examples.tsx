import type { Example } from '../gallery/example.ts';
import { FreeDesks, HalfDayMarks, type WeekDay, WeekStones } from './stones.tsx';

const open = (free: number) => ({
  state: 'open' as const,
  free,
  total: 8,
  href: '#component-stones',
  describe: 'Réserver une demi-journée',
});

const days: readonly WeekDay[] = [
  { label: 'lun. 23', day: '2026-11-23', morning: { state: 'past' }, afternoon: open(6) },
  { label: 'mar. 24', day: '2026-11-24', morning: open(8), afternoon: open(3) },
  { label: 'mer. 25', day: '2026-11-25', morning: { state: 'yours' }, afternoon: open(1) },
  { label: 'jeu. 26', day: '2026-11-26', morning: { state: 'open', free: 0, total: 8 }, afternoon: open(4) },
  { label: 'ven. 27', day: '2026-11-27', morning: open(7), afternoon: { state: 'closed' } },
];

export const examples: readonly Example[] = [
  { name: 'la semaine', draw: () => <WeekStones caption="Bureaux libres cette semaine" days={days} /> },
  {
    name: 'bureaux libres',
    draw: () => (
      <div class="cluster">
        {[0, 1, 3, 6, 8].map(free => (
          <FreeDesks free={free} total={8} />
        ))}
      </div>
    ),
  },
  {
    name: 'prochaines demi-journées',
    draw: () => (
      <HalfDayMarks
        label="Libre mardi matin et après-midi, complet mercredi matin, libre mercredi après-midi, fermé jeudi"
        marks={['free', 'free', 'full', 'free', 'closed', 'closed']}
      />
    ),
  },
];
