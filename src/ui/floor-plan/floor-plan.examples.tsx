import type { Example } from '../gallery/example.ts';
import { FloorPlan } from './floor-plan.tsx';

const desk = (n: number, x_cm: number) => ({
  ...{ id: `poste-${n}`, name: `Poste ${n}`, kind: 'desk' as const, x_cm, y_cm: 60 },
  ...{ across_cm: 140, down_cm: 120, turn_deg: 0 },
});
const here = '#component-floor-plan';

export const examples: readonly Example[] = [
  {
    name: 'libre, pris, à vous, fermé',
    draw: () => (
      <FloorPlan
        label="Rez-de-chaussée, mardi matin"
        own="exemple"
        floor={{
          width_cm: 900,
          depth_cm: 520,
          walls: [{ x1_cm: 500, y1_cm: 230, x2_cm: 500, y2_cm: 520 }],
          labels: [{ x_cm: 20, y_cm: 500, text: 'Entrée' }],
          places: [
            { ...desk(1, 60), state: 'free', word: 'libre', href: here, describe: 'Poste 1, libre : réserver' },
            { ...desk(2, 260), state: 'taken', word: 'pris', describe: 'Poste 2, pris' },
            { ...desk(3, 460), state: 'yours', word: 'à vous', href: here, describe: 'Poste 3, à vous' },
            {
              ...{ id: 'salle', name: 'Salle', kind: 'room', x_cm: 560, y_cm: 240, across_cm: 300, down_cm: 250 },
              ...{ turn_deg: 0, state: 'closed', word: 'fermé', describe: 'Salle, fermée' },
            },
          ],
        }}
      />
    ),
  },
];
