import type { Example } from '../gallery/example.ts';
import { Steps } from './steps.tsx';

export const examples: readonly Example[] = [
  {
    name: 'clôture d’un mois',
    draw: () => (
      <Steps
        label="Clôture d’octobre 2026"
        steps={[
          { title: 'Présences arrêtées', state: 'done', detail: '312 présences, la dernière le 30 octobre.' },
          {
            title: 'Distances calculées',
            state: 'blocked',
            href: '#component-steps',
            detail: '4 trajets sans route : à corriger.',
          },
          { title: 'Affecter chaque présence', state: 'current' },
          { title: 'Sceller le lot', state: 'toDo' },
        ]}
      />
    ),
  },
];
