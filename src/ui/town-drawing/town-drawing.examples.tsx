import type { Example } from '../gallery/example.ts';
import { TownDrawing } from './town-drawing.tsx';

export const examples: readonly Example[] = [
  { name: 'large', draw: () => <TownDrawing name="Parvis" wide /> },
  {
    name: 'trois communes',
    draw: () => (
      <div class="grid grid-medium">
        {['Ganges', 'Vouziers', 'Bagnères-de-Bigorre', 'Autun', 'Die', 'Corte'].map(name => (
          <TownDrawing name={name} />
        ))}
      </div>
    ),
  },
];
