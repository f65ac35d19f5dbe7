import type { ComponentChildren } from 'preact';
import { Chart, type ChartProps, type ChartTable } from '../chart/chart.tsx';

export interface Bar {
  readonly label: string;
  readonly value: number;
  /** The value as people read it, with its unit. */
  readonly shown: string;
  /** Bounds of the uncertainty, in the unit of `value`. */
  readonly low?: number;
  readonly high?: number;
  readonly href?: string | undefined;
  /** The one bar that the finding is about. */
  readonly chosen?: boolean;
}

/** Share of the width that the longest bar takes: the rest is for its value. */
const longest = 74;

const BarRow = ({ bar, most }: { bar: Bar; most: number }) => {
  const at = (value: number) => `${Math.round((Math.max(0, value) / most) * longest * 100) / 100}%`;
  const { label, value, shown, low, high, href, chosen } = bar;
  const end = high === undefined ? value : Math.max(value, high);
  return (
    <li class="bar-row">
      <span class="bar-label">{href ? <a href={href}>{label}</a> : label}</span>
      <svg class="bar" width="100%" height="28" role="img">
        <title>{`${label} : ${shown}`}</title>
        <rect class={chosen ? 'bar-fill bar-chosen' : 'bar-fill'} x="0" y="3" width={at(value)} height="22" rx="2" />
        {low !== undefined && high !== undefined && (
          <g class="bar-spread">
            <line class="bar-halo" x1={at(low)} x2={at(high)} y1="14" y2="14" />
            <line x1={at(low)} x2={at(high)} y1="14" y2="14" />
            <line x1={at(low)} x2={at(low)} y1="9" y2="19" />
            <line x1={at(high)} x2={at(high)} y1="9" y2="19" />
          </g>
        )}
        <text class="chart-label" x={at(end)} dx="8" y="19">
          {shown}
        </text>
      </svg>
    </li>
  );
};

/** Quantities side by side: one bar a line, its value written at its end. */
export function BarChart({
  bars,
  table,
  columns,
  ...chart
}: ChartProps & {
  bars: readonly Bar[];
  /** Names of the label's and the value's columns, when the table is made from the bars. */
  columns: readonly [label: string, value: string];
  table?: ChartTable;
}) {
  const most = Math.max(1e-9, ...bars.map(({ value, high }) => Math.max(value, high ?? 0)));
  const rows = bars.map(({ label, shown, href }): ComponentChildren[] => [
    href ? <a href={href}>{label}</a> : label,
    shown,
  ]);
  return (
    <Chart {...chart} table={table ?? { columns, rows }}>
      <ol class="bars">
        {bars.map(bar => (
          <BarRow bar={bar} most={most} />
        ))}
      </ol>
    </Chart>
  );
}
