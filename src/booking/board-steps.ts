/** A cell of a board: how many slots it takes. */
export interface Spanned {
  readonly span: number;
}

/** Which cell of which row. */
export interface At {
  readonly row: number;
  readonly cell: number;
}

export type Step = 'ArrowUp' | 'ArrowDown' | 'ArrowLeft' | 'ArrowRight';
export const isStep = (key: string): key is Step => /^Arrow(Up|Down|Left|Right)$/.test(key);

const slotOf = (row: readonly Spanned[], cell: number): number =>
  row.slice(0, cell).reduce((sum, one) => sum + one.span, 0);

/** The cell of a row that covers a slot; the last one when the row ends before. */
function cellAt(row: readonly Spanned[], slot: number): number {
  let from = 0;
  for (const [n, { span }] of row.entries()) {
    if (slot < from + span) return n;
    from += span;
  }
  return row.length - 1;
}

/** Where an arrow leads: a neighbour of the row, or the cell of the next row at the same time; at an edge, nowhere. */
export function stepped(rows: readonly (readonly Spanned[])[], { row, cell }: At, step: Step): At {
  const here = rows[row]!;
  if (step === 'ArrowLeft') return { row, cell: Math.max(0, cell - 1) };
  if (step === 'ArrowRight') return { row, cell: Math.min(here.length - 1, cell + 1) };
  const next = row + (step === 'ArrowDown' ? 1 : -1);
  const there = rows[next];
  return there === undefined ? { row, cell } : { row: next, cell: cellAt(there, slotOf(here, cell)) };
}
