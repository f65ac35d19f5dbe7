import type { ComponentChildren } from 'preact';

export interface PlanningColumn {
  readonly label: string;
  /** Its parts, in order: as many slots. */
  readonly slots: readonly string[];
  readonly href?: string | undefined;
  readonly current?: boolean;
}

export interface PlanningCell {
  /** How many slots it takes. */
  readonly span: number;
  /** What it is, told by its look as well as its text: `target` is where something may be put down. */
  readonly state: 'free' | 'taken' | 'closed' | 'picked' | 'target';
  readonly content?: ComponentChildren;
  /** What a script may read of it, by attribute: `data-day`. */
  readonly data?: Readonly<Record<`data-${string}`, string>> | undefined;
}

export interface PlanningRow {
  readonly name: string;
  readonly cells: readonly PlanningCell[];
}

/** Resources × time: a table whose rows are resources and whose columns are slots of days; scrolls sideways on a phone. */
export function PlanningGrid({
  caption,
  corner,
  columns,
  rows,
}: {
  caption: string;
  /** What the rows are. */
  corner: string;
  columns: readonly PlanningColumn[];
  rows: readonly PlanningRow[];
}) {
  const divided = columns.some(column => column.slots.length > 1);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section class="planning" aria-label={caption} tabIndex={0}>
      <table class="planning-table">
        <caption class="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col" class="planning-name" rowSpan={divided ? 2 : 1}>
              {corner}
            </th>
            {columns.map(({ label, slots, href, current }) => (
              <th
                scope="colgroup"
                colSpan={slots.length}
                class={`planning-day${current ? ' planning-today' : ''}`}
                {...(current && { 'aria-current': 'date' as const })}
              >
                {href === undefined ? label : <a href={href}>{label}</a>}
              </th>
            ))}
          </tr>
          {divided && (
            <tr>
              {columns.flatMap(({ slots }) =>
                slots.map((slot, n) => (
                  <th scope="col" class={`planning-slot${n === 0 ? ' planning-first' : ''}`}>
                    {slot}
                  </th>
                )),
              )}
            </tr>
          )}
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr>
              <th scope="row" class="planning-name">
                {name}
              </th>
              {cells.map(({ span, state, content, data }) => (
                <td colSpan={span} class={`planning-cell planning-${state}`} {...data}>
                  {content}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
