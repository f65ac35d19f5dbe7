import { ButtonLink } from '../button/button.tsx';
import type { Example } from '../gallery/example.ts';
import { EmptyState } from './empty-state.tsx';

export const examples: readonly Example[] = [
  {
    name: 'rien trouvé',
    draw: () => (
      <EmptyState
        title="Aucun espace à moins de 30 minutes de Barcelonnette"
        actions={<ButtonLink href="#component-empty-state">Proposer ma commune</ButtonLink>}
      >
        Le plus proche est à Embrun, à 48 minutes en voiture.
      </EmptyState>
    ),
  },
];
