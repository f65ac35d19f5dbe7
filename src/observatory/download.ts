import type { Edition } from './edition.ts';
import { claimedRatio_permille, halfDays, metres, milligrams, type Quantity, share_permille, told } from './figures.ts';
import type { Slug } from './words.ts';

type Cell = string | number | bigint | null;

/** A cell that a spreadsheet reads as text, never as a formula. */
const textCell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
const cellText = (cell: Cell): string =>
  cell === null ? '' : typeof cell === 'string' ? textCell(cell) : String(cell);

interface Table {
  /** Names bear their unit. */
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const series = (editions: readonly Edition[], unit: string, of: (edition: Edition) => Quantity): Table => ({
  columns: ['month', `value_${unit}`, `low_${unit}`, `high_${unit}`, 'people', 'batch'],
  rows: told(editions).map(edition => {
    const { value, low, high } = of(edition);
    return [edition.month, value, low, high, edition.people, edition.batchId];
  }),
});

const spaces = (editions: readonly Edition[]): Table => ({
  columns: ['month', 'space', 'commune', 'half_days', 'batch'],
  rows: told(editions).flatMap(({ month, batchId, spaces: shown, otherSpaces }) => [
    ...shown.map(({ name, commune, halves }): Cell[] => [month, name, commune, halves, batchId]),
    ...(otherSpaces.spaces > 0 ? [[month, `${otherSpaces.spaces} other spaces`, '', otherSpaces.halves, batchId]] : []),
  ]),
});

const pairs = (editions: readonly Edition[]): Table => ({
  columns: ['month', 'home_epci', 'home', 'office_epci', 'office', 'half_days', 'batch'],
  rows: told(editions).flatMap(({ month, batchId, pairs: shown, otherPairs }) => [
    ...shown.map(({ home, work, halves }): Cell[] => [
      month,
      home.code,
      home.name,
      work.code,
      work.name,
      halves,
      batchId,
    ]),
    ...(otherPairs.halves > 0 ? [[month, '', 'other pairs', '', '', otherPairs.halves, batchId]] : []),
  ]),
});

const counting = (editions: readonly Edition[]): Table => ({
  columns: ['month', 'outcome', 'presences', 'batch'],
  rows: told(editions).flatMap(({ month, batchId, credited, reasons }) => [
    [month, 'credited', credited, batchId],
    ...reasons.map(({ reason, presences }): Cell[] => [month, reason, presences, batchId]),
  ]),
});

const persistence = (editions: readonly Edition[]): Table => ({
  columns: [
    'month',
    'first_came',
    'after_months',
    'people',
    'active',
    'share_permille',
    'low_permille',
    'high_permille',
    'batch',
  ],
  rows: told(editions).flatMap(({ month, batchId, persistence: cells }) =>
    cells.map((cell): Cell[] => {
      const { value, low, high } = share_permille(cell);
      return [month, cell.cohort, cell.after_months, cell.people, cell.active, value, low, high, batchId];
    }),
  ),
});

const comparison = (editions: readonly Edition[]): Table => ({
  columns: [
    'month',
    'compared',
    'told_in',
    'claimed_mg',
    'measured_mg',
    'ratio_permille',
    'low_permille',
    'high_permille',
    'batch',
  ],
  rows: told(editions).flatMap(({ month, batchId, comparison: cells }) =>
    cells.map((cell): Cell[] => {
      const ratio = claimedRatio_permille(cell);
      const masses = [BigInt(cell.claimed_mg), BigInt(cell.measured_mg)];
      const ratios = [ratio?.value ?? null, ratio?.low ?? null, ratio?.high ?? null];
      return [month, cell.month, cell.told_in, ...masses, ...ratios, batchId];
    }),
  ),
});

const tables: Readonly<Record<Slug, (editions: readonly Edition[]) => Table>> = {
  kilometres: editions => series(editions, 'm', metres),
  co2: editions => series(editions, 'mg', milligrams),
  journees: editions => series(editions, 'half_days', halfDays),
  espaces: spaces,
  'domicile-travail': pairs,
  comptage: counting,
  fidelite: persistence,
  demandes: comparison,
};

/** An indicator as RFC 4180 text: exact whole numbers, each row saying whether the data is fictitious. */
export const indicatorCsv = (
  slug: Slug,
  editions: readonly Edition[],
  { fictitious }: { readonly fictitious: boolean },
): string => {
  const { columns, rows } = tables[slug](editions);
  const lines = [[...columns, 'data'], ...rows.map(row => [...row, fictitious ? 'fictitious' : 'real'])];
  return `\ufeff${lines.map(line => `${line.map(cellText).join(',')}\r\n`).join('')}`;
};
