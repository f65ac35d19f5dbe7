import { ButtonLink } from '../button/button.tsx';
import type { Example } from '../gallery/example.ts';
import { Notice } from './notice.tsx';

export const examples: readonly Example[] = [
  {
    name: 'les quatre sortes',
    draw: () => (
      <div class="stack">
        <Notice title="L’espace ouvre à 8 h 30">Le lundi, l’accueil est tenu par Sandrine.</Notice>
        <Notice kind="success" title="Mardi 24 novembre au matin est réservé" live>
          Bureau 3, près de la fenêtre. Votre employeur paie cette demi-journée.
        </Notice>
        <Notice kind="pending" title="Présence en attente">
          Elle sera comptée sept jours après votre venue, si rien ne s’y oppose.
        </Notice>
        <Notice
          kind="warning"
          title="Ce bureau vient d’être pris"
          actions={
            <ButtonLink href="#component-notice" small kind="secondary">
              Voir les deux autres
            </ButtonLink>
          }
        >
          Deux autres sont libres mardi matin.
        </Notice>
      </div>
    ),
  },
];
