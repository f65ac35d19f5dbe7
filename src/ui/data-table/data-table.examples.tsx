import type { Example } from '../gallery/example.ts';
import { Tag } from '../tag/tag.tsx';
import { DataTable } from './data-table.tsx';

interface Row {
  readonly town: string;
  readonly days: string;
  readonly km: string;
  readonly cost: string;
  readonly state: 'good' | 'pending';
}

const rows: readonly Row[] = [
  { town: 'Ganges', days: '126', km: '5 292', cost: '1 575,00 €', state: 'good' },
  { town: 'Vouziers', days: '88', km: '3 080', cost: '1 100,00 €', state: 'good' },
  { town: 'Bagnères-de-Bigorre', days: '41,5', km: '1 204', cost: '518,75 €', state: 'pending' },
];

export const examples: readonly Example[] = [
  {
    name: 'triable, avec total et export',
    draw: () => (
      <DataTable<Row>
        caption="Espaces en octobre 2026"
        exportHref="#component-data-table"
        rows={rows}
        columns={[
          { label: 'Commune', cell: r => r.town, sortHref: '#component-data-table', total: 'Total' },
          {
            label: 'Jours',
            cell: r => r.days,
            numeric: true,
            sortHref: '#component-data-table',
            sorted: 'descending',
            total: '255,5',
          },
          { label: 'km évités', cell: r => r.km, numeric: true, sortHref: '#component-data-table', total: '9 576' },
          { label: 'Coût', cell: r => r.cost, numeric: true, total: '3 193,75 €' },
          { label: 'État', cell: r => <Tag tone={r.state}>{r.state === 'good' ? 'Clos' : 'À vérifier'}</Tag> },
        ]}
      />
    ),
  },
  {
    name: 'vide',
    draw: () => (
      <DataTable<Row>
        caption="Factures"
        rows={[]}
        columns={[{ label: 'Numéro', cell: r => r.town }]}
        empty="Aucune facture : la première partira le 1er décembre."
      />
    ),
  },
];
