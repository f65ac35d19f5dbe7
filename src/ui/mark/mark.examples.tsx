import type { Example } from '../gallery/example.ts';
import { Mark } from './mark.tsx';

export const examples: readonly Example[] = [
  {
    name: '16, 32 et 96 pixels',
    draw: () => (
      <div class="cluster">
        <Mark size={16} />
        <Mark size={32} />
        <Mark size={96} />
      </div>
    ),
  },
];
