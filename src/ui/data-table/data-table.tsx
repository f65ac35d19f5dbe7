import type { ComponentChildren } from 'preact';
import { useWords } from '../language/language.tsx';
import { Scroll } from '../scroll/scroll.tsx';
import { words } from '../words.ts';

export interface Column<Row> {
  readonly label: string;
  readonly cell: (row: Row) => ComponentChildren;
  /** Numbers stand to the right, one under the other. */
  readonly numeric?: boolean;
  /** An hour, one word, one button: no wider than that, and on one line. */
  readonly tight?: boolean;
  /** Where a click on the heading leads: the same page, sorted by this column. */
  readonly sortHref?: string | undefined;
  readonly sorted?: 'ascending' | 'descending' | undefined;
  /** The column's total, for the last line. */
  readonly total?: ComponentChildren;
}

interface DataTableProps<Row> {
  /** Title of the table, shown above it; also names the region that scrolls. */
  caption: string;
  /** The first column names the row. */
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  exportHref?: string | undefined;
  exportLabel?: string | undefined;
  /** What to say instead of an empty table. */
  empty?: ComponentChildren;
  captionHidden?: boolean;
  /** Keeps the table's own height and scrolls inside, its head in sight. */
  tall?: boolean;
}

const lookOf = <Row,>({ numeric, tight }: Column<Row>) => (numeric ? 'numeric' : tight ? 'tight' : undefined);

const Heading = <Row,>({ column }: { column: Column<Row> }) => {
  const t = useWords();
  const { label, sortHref, sorted } = column;
  return (
    <th scope="col" class={lookOf(column)} aria-sort={sorted}>
      {sortHref ? (
        <a class="sort" href={sortHref}>
          <span class="visually-hidden">{t(words.sortBy)} </span>
          {label}
          <svg viewBox="0 0 8 12" width="8" height="12" aria-hidden="true">
            {sorted !== 'descending' && <path d="M0 5l4-5 4 5z" />}
            {sorted !== 'ascending' && <path d="M0 7l4 5 4-5z" />}
          </svg>
        </a>
      ) : (
        label
      )}
    </th>
  );
};

const Line = <Row,>({ row, columns }: { row: Row; columns: readonly Column<Row>[] }) => (
  <tr>
    {columns.map((column, n) =>
      n === 0 ? <th scope="row">{column.cell(row)}</th> : <td class={lookOf(column)}>{column.cell(row)}</td>,
    )}
  </tr>
);

/** Rows of figures: sortable by links, its head in sight, its export beside its title, usable from the keyboard. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const t = useWords();
  const { caption, columns, rows, exportHref, exportLabel, empty, captionHidden, tall } = props;
  const hasTotals = columns.some(column => column.total !== undefined);
  return (
    <div class="table-block">
      {(!captionHidden || exportHref) && (
        <div class="table-head">
          <p class={captionHidden ? 'visually-hidden' : 'table-caption'} aria-hidden="true">
            {caption}
          </p>
          {exportHref && (
            <a href={exportHref} download>
              {exportLabel ?? t(words.export)}
            </a>
          )}
        </div>
      )}
      {rows.length === 0 ? (
        <p class="table-empty">{empty ?? t(words.noRow)}</p>
      ) : (
        <Scroll look={tall ? 'table-scroll table-tall' : 'table-scroll'} label={caption}>
          <table class="table">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
              <tr>
                {columns.map(column => (
                  <Heading column={column} />
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map(row => (
                <Line row={row} columns={columns} />
              ))}
            </tbody>
            {hasTotals && (
              <tfoot>
                <Line row={null} columns={columns.map(column => ({ ...column, cell: () => column.total ?? '' }))} />
              </tfoot>
            )}
          </table>
        </Scroll>
      )}
    </div>
  );
}
