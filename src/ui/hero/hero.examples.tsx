import type { Example } from '../gallery/example.ts';
import { Scenes } from './hero.tsx';

export const examples: readonly Example[] = [
  {
    name: 'trois dessins',
    draw: () => (
      <Scenes
        scenes={[
          { scene: 'find', title: 'Trouver', text: 'Un espace à quelques minutes de chez vous.' },
          { scene: 'work', title: 'Travailler', text: 'Une demi-journée ou une journée, au calme.' },
          { scene: 'count', title: 'Compter', text: 'La route évitée, avec sa méthode.' },
        ]}
      />
    ),
  },
];
