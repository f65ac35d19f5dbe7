import type { Example } from '../gallery/example.ts';
import { FreeDesks, HalfDayMarks } from '../stones/stones.tsx';
import { Card } from './card.tsx';

export const examples: readonly Example[] = [
  {
    name: 'des espaces',
    draw: () => (
      <div class="grid grid-medium">
        <Card
          href="#component-card"
          above="Ganges · à 12 min à pied"
          title="La Filature"
          foot={<FreeDesks free={5} total={8} />}
        >
          Une ancienne usine de soie au bord de l’Hérault.
        </Card>
        <Card
          href="#component-card"
          above="Bagnères-de-Bigorre · à 4 min à vélo"
          title="Le Carré Py’"
          foot={<HalfDayMarks label="Demi-journées libres" marks={['free', 'full', 'free', 'closed', 'free']} />}
        >
          Dans les anciens thermes, avec une salle de réunion.
        </Card>
        <Card href="#component-card" title="Espace de télétravail de Saint-Rémy-en-Bouzemont-Saint-Genest-et-Isson" />
      </div>
    ),
  },
];
