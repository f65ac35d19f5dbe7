import type { ComponentChildren } from 'preact';
import { DataTable } from '../data-table/data-table.tsx';
import { roomy, useWords } from '../language/language.tsx';
import { words } from '../words.ts';

/** The figures behind a chart, already written as people read them. The first column names the line. */
export interface ChartTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly ComponentChildren[])[];
}

export interface ChartProps {
  /** What the chart shows, as a sentence with its finding: "Les kilomètres évités ont doublé depuis mai". */
  finding: string;
  /** Period, source, number of people: one line under the drawing. */
  note?: ComponentChildren;
  downloadHref?: string | undefined;
}

/** The frame of every chart: its finding above, its figures one click below. */
export function Chart({
  finding,
  note,
  downloadHref,
  table,
  children,
}: ChartProps & { table: ChartTable; children: ComponentChildren }) {
  const t = useWords();
  return (
    <figure class="chart">
      <figcaption class="chart-finding">{roomy(finding)}</figcaption>
      {children}
      {note && <p class="chart-note">{note}</p>}
      <details class="chart-table">
        <summary>{t(words.table)}</summary>
        <DataTable
          caption={finding}
          captionHidden
          exportHref={downloadHref}
          rows={table.rows}
          columns={table.columns.map((label, n) => ({
            label,
            numeric: n > 0,
            cell: (row: readonly ComponentChildren[]) => row[n],
          }))}
        />
      </details>
    </figure>
  );
}
