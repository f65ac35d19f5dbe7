import type { Example } from '../gallery/example.ts';
import { Breadcrumb } from './breadcrumb.tsx';

export const examples: readonly Example[] = [
  {
    name: 'trois niveaux',
    draw: () => (
      <Breadcrumb
        places={[{ label: 'Accueil', href: '/' }, { label: 'Hérault', href: '/?q=herault' }, { label: 'La Filature' }]}
      />
    ),
  },
];
