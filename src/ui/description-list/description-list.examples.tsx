import type { Example } from '../gallery/example.ts';
import { DescriptionList } from './description-list.tsx';

export const examples: readonly Example[] = [
  {
    name: 'fiche d’un espace',
    draw: () => (
      <DescriptionList
        items={[
          { term: 'Adresse', value: '12 avenue du Vigan, 34190 Ganges' },
          { term: 'Ouverture', value: 'Du lundi au vendredi, 8 h 30 – 18 h' },
          { term: 'Tarif', value: '12,50 € la demi-journée' },
          { term: 'Téléphone', value: null },
        ]}
      />
    ),
  },
];
