import type { Example } from '../gallery/example.ts';
import { Button, ButtonLink } from './button.tsx';

export const examples: readonly Example[] = [
  {
    name: 'les quatre sortes',
    draw: () => (
      <div class="cluster">
        <Button type="button">Réserver mardi matin</Button>
        <Button type="button" kind="secondary">
          Choisir un autre bureau
        </Button>
        <Button type="button" kind="danger">
          Annuler la réservation
        </Button>
        <Button type="button" kind="quiet">
          Plus tard
        </Button>
      </div>
    ),
  },
  {
    name: 'lien, petit, indisponible',
    draw: () => (
      <div class="cluster">
        <ButtonLink href="#component-button">Voir les 3 espaces</ButtonLink>
        <ButtonLink href="#component-button" kind="secondary" small>
          Modifier
        </ButtonLink>
        <Button type="button" disabled>
          Clôturer octobre
        </Button>
      </div>
    ),
  },
];
