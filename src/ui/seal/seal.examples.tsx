import type { Example } from '../gallery/example.ts';
import { Seal } from './seal.tsx';

export const examples: readonly Example[] = [
  {
    name: 'accordé, sur une grille provisoire',
    draw: () => (
      <Seal
        tone="good"
        name="La Filature, Ganges"
        state="labellisé"
        note="grille provisoire"
        lines={['Depuis le 12 mars 2026, jusqu’au 12 mars 2029']}
      />
    ),
  },
  {
    name: 'en attente',
    draw: () => (
      <Seal tone="pending" name="Le Quai, Le Vigan" state="candidat au label" lines={['Depuis le 2 juin 2026']} />
    ),
  },
  {
    name: 'suspendu',
    draw: () => <Seal tone="bad" name="La Poterie, Anduze" state="label suspendu" lines={['Depuis le 3 mai 2026']} />,
  },
  { name: 'sans label', draw: () => <Seal tone="plain" name="La Levée, Bourgueil" state="sans label" lines={[]} /> },
];
