import { scaleLinear } from 'd3-scale';
import { area, curveMonotoneX, line } from 'd3-shape';
import { Chart, type ChartProps, type ChartTable } from '../chart/chart.tsx';

export interface LinePoint {
  /** Name of the step: "mai", "24 nov.". */
  readonly label: string;
  readonly value: number;
  readonly low?: number;
  readonly high?: number;
}

interface LineChartProps extends ChartProps {
  points: readonly LinePoint[];
  /** Writes a value, unit included. */
  show: (value: number) => string;
  columns: readonly [label: string, value: string, interval: string];
  table?: ChartTable;
}

/** Every how many steps a name is written, the last one always, for `room` letters across. */
const spacing = (points: readonly LinePoint[], room: number): number =>
  Math.ceil(points.reduce((letters, { label }) => letters + label.length + 3, 0) / room);

/** Letters across a chart on a phone, and on a desk in the narrower zone. */
const rooms = { phone: 36, desk: 80 };

/** Where a step's name is written: everywhere, on a desk only, nowhere. */
const nameClass = (n: number, points: readonly LinePoint[]): string | null => {
  const falls = (room: number) => (points.length - 1 - n) % spacing(points, room) === 0;
  if (falls(rooms.phone)) return 'chart-tick';
  return falls(rooms.desk) ? 'chart-tick line-desk-name' : null;
};

const anchor = (n: number, count: number) =>
  count > 1 && n === count - 1 ? 'end' : count > 1 && n === 0 ? 'start' : 'middle';

const tableOf = ({ points, show, columns }: LineChartProps): ChartTable => ({
  columns: points.some(point => point.low !== undefined) ? columns : columns.slice(0, 2),
  rows: points.map(({ label, value, low, high }) => [
    label,
    show(value),
    low !== undefined && high !== undefined ? `${show(low)} – ${show(high)}` : '',
  ]),
});

/**
 * A quantity through time, with its interval as a band. Lines live in a stretched square of 100 units and words in the
 * unstretched picture around it, so that the chart fits any width and its letters keep their size.
 */
export function LineChart(props: LineChartProps) {
  const { points, show, table, columns: _columns, ...chart } = props;
  const most = Math.max(...points.map(({ value, high }) => high ?? value), 1e-9);
  const y = scaleLinear([0, most], [100, 0]).nice(4);
  const x = points.length > 1 ? scaleLinear([0, points.length - 1], [0, 100]) : () => 50;
  const banded = points.filter(({ low, high }) => low !== undefined && high !== undefined);
  const ticks = y.ticks(4);
  const last = points.at(-1);
  return (
    <Chart {...chart} table={table ?? tableOf(props)}>
      <div class="line-frame">
        <svg class="line-chart" width="100%" height="240" role="img">
          <title>{chart.finding}</title>
          {ticks.map(tick => (
            <g>
              <line
                class={tick === 0 ? 'chart-base' : 'chart-grid'}
                x1="0"
                x2="100%"
                y1={`${y(tick)}%`}
                y2={`${y(tick)}%`}
              />
              <text class="chart-tick" x="0" dx="-10" y={`${y(tick)}%`} dy="5" text-anchor="end">
                {show(tick)}
              </text>
            </g>
          ))}
          <svg
            viewBox="0 0 100 100"
            preserveAspectRatio="none"
            width="100%"
            height="100%"
            overflow="visible"
            aria-hidden="true"
          >
            <path
              class="line-band"
              d={
                area<LinePoint>(
                  point => x(points.indexOf(point)),
                  p => y(p.low ?? 0),
                  p => y(p.high ?? 0),
                ).curve(curveMonotoneX)(banded) ?? ''
              }
            />
            <path
              class="line-path"
              d={
                line<LinePoint>(
                  (_, n) => x(n),
                  p => y(p.value),
                ).curve(curveMonotoneX)(points) ?? ''
              }
            />
          </svg>
          {points.map(({ label }, n) => {
            const look = nameClass(n, points);
            return look ? (
              <text class={look} x={`${x(n)}%`} y="100%" dy="22" text-anchor={anchor(n, points.length)}>
                {label}
              </text>
            ) : null;
          })}
          {last && (
            <>
              <circle class="line-end" cx={`${x(points.length - 1)}%`} cy={`${y(last.value)}%`} r="5" />
              <text
                class="chart-label"
                x={`${x(points.length - 1)}%`}
                y={`${y(last.value)}%`}
                dy="-14"
                text-anchor="end"
              >
                {show(last.value)}
              </text>
            </>
          )}
        </svg>
      </div>
    </Chart>
  );
}
