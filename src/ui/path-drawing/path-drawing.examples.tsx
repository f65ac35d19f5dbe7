import type { Example } from '../gallery/example.ts';
import { PathDrawing } from './path-drawing.tsx';

const show = (metres: number) => `${Math.round(metres / 1000).toLocaleString('fr-FR')} km`;

export const examples: readonly Example[] = [
  {
    name: 'les kilomètres d’une personne',
    draw: () => (
      <PathDrawing
        finding="864 km de route évités depuis mai"
        metres={864_000}
        show={show}
        columns={['Repère', 'Distance']}
        milestones={[
          { label: 'Montpellier – Lyon', metres: 303_000 },
          { label: 'Montpellier – Paris', metres: 748_000 },
        ]}
      />
    ),
  },
  {
    name: 'le premier jour',
    draw: () => (
      <PathDrawing finding="4 km de route évités" metres={4_000} show={show} columns={['Repère', 'Distance']} />
    ),
  },
];
