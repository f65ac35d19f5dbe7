import type { Example } from '../gallery/example.ts';
import { PlanningGrid } from './planning-grid.tsx';

const columns = ['lun. 23', 'mar. 24'].map((label, n) => ({ label, slots: ['matin', 'après-midi'], current: n === 0 }));
const here = '#component-planning-grid';

export const examples: readonly Example[] = [
  {
    name: 'deux jours, deux bureaux',
    draw: () => (
      <PlanningGrid
        caption="Bureaux de la semaine"
        corner="Bureau"
        columns={columns}
        rows={[
          {
            name: 'Bureau 1',
            cells: [
              { span: 2, state: 'taken', content: <a href={here}>Maya E.</a> },
              { span: 1, state: 'free', content: <a href={here}>libre</a> },
              { span: 1, state: 'closed', content: 'fermé' },
            ],
          },
          {
            name: 'Bureau 2',
            cells: [
              { span: 1, state: 'picked', content: <a href={here}>Noé B.</a> },
              { span: 1, state: 'target', content: 'ici' },
              { span: 1, state: 'free', content: <a href={here}>libre</a> },
              { span: 1, state: 'closed', content: 'fermé' },
            ],
          },
        ]}
      />
    ),
  },
];
