import type { Example } from '../gallery/example.ts';
import { Tag } from './tag.tsx';

export const examples: readonly Example[] = [
  {
    name: 'les cinq tons',
    draw: () => (
      <div class="cluster">
        <Tag>Brouillon</Tag>
        <Tag tone="good">Labellisé</Tag>
        <Tag tone="pending">En attente</Tag>
        <Tag tone="bad">Suspendu</Tag>
        <Tag tone="info">En surveillance</Tag>
      </div>
    ),
  },
];
