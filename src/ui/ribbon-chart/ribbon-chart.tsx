import { groupBy } from '../../kernel/group.ts';
import { Chart, type ChartProps, type ChartTable } from '../chart/chart.tsx';

/** A quantity that goes from one place to another. */
export interface Ribbon {
  readonly from: string;
  readonly to: string;
  readonly value: number;
  /** The value as people read it, with its unit. */
  readonly shown: string;
}

/** Places on one side, with their share of the height and of the whole. */
interface Node {
  readonly name: string;
  readonly value: number;
  readonly top: number;
  readonly height: number;
}

/** Share of the height that is divided by quantity: the rest is divided evenly, so that each name has room. */
const drawn = 0.4;

const sumOf = (ribbons: readonly Ribbon[]): number => ribbons.reduce((sum, { value }) => sum + value, 0);

/** Places one under the other, in hundredths of the height. */
function stacked(groups: readonly (readonly [name: string, ribbons: readonly Ribbon[]])[], all: number): Node[] {
  let top = 0;
  return groups.map(([name, ribbons]) => {
    const value = sumOf(ribbons);
    const height = 100 * ((1 - drawn) / groups.length + (drawn * value) / all);
    top += height;
    return { name, value, top: top - height, height };
  });
}

/** Where each ribbon leaves and arrives: under those before it, in the middle of its place. */
function laid(ribbons: readonly Ribbon[], nodes: readonly Node[], side: 'from' | 'to', all: number) {
  const at = new Map<Ribbon, number>();
  for (const { name, value, top, height } of nodes) {
    let next = top + (height - (100 * drawn * value) / all) / 2;
    for (const ribbon of ribbons.filter(one => one[side] === name)) {
      at.set(ribbon, next);
      next += (100 * drawn * ribbon.value) / all;
    }
  }
  return at;
}

/** Origins from the largest down; destinations where the middle of what reaches them is. */
export function sidesOf(ribbons: readonly Ribbon[]) {
  const all = sumOf(ribbons);
  const origins = [...groupBy(ribbons, one => one.from)].sort(([, a], [, b]) => sumOf(b) - sumOf(a));
  const places = new Map(origins.map(([name], n) => [name, n]));
  const middle = (some: readonly Ribbon[]) =>
    some.reduce((sum, one) => sum + places.get(one.from)! * one.value, 0) / sumOf(some);
  const ends = [...groupBy(ribbons, one => one.to)].sort(([, a], [, b]) => middle(a) - middle(b));
  const from = stacked(origins, all);
  const to = stacked(ends, all);
  const ordered = (side: readonly Node[], other: 'from' | 'to') =>
    [...ribbons].sort(
      (a, b) => side.findIndex(node => node.name === a[other]) - side.findIndex(node => node.name === b[other]),
    );
  return {
    from,
    to,
    leaves: laid(ordered(to, 'to'), from, 'from', all),
    arrives: laid(ordered(from, 'from'), to, 'to', all),
    all,
  };
}

const Names = ({
  nodes,
  side,
  show,
}: {
  nodes: readonly Node[];
  side: 'from' | 'to';
  show: (value: number) => string;
}) => (
  <ol class={`ribbon-names ribbon-${side}`}>
    {nodes.map(({ name, value, height }) => (
      <li style={{ flexGrow: String(height) }}>
        <span>
          {name} <strong>{show(value)}</strong>
        </span>
      </li>
    ))}
  </ol>
);

/** What goes from where to where: as wide as it is large, each end named. */
export function RibbonChart({
  ribbons,
  table,
  show,
  ends,
  ...chart
}: ChartProps & {
  ribbons: readonly Ribbon[];
  table: ChartTable;
  /** Writes what leaves or reaches a place. */
  show: (value: number) => string;
  /** What is on the left, and on the right. */
  ends: readonly [from: string, to: string];
}) {
  const { from, to, leaves, arrives, all } = sidesOf(ribbons);
  const rows = Math.max(from.length, to.length);
  return (
    <Chart {...chart} table={table}>
      <div class="ribbon-heads" aria-hidden="true">
        <span>{ends[0]}</span>
        <span>{ends[1]}</span>
      </div>
      <div class="ribbons" style={{ '--rows': String(rows) }}>
        <Names nodes={from} side="from" show={show} />
        <svg class="ribbon-drawing" viewBox="0 0 100 100" preserveAspectRatio="none" role="img">
          <title>{chart.finding}</title>
          {ribbons.map(ribbon => {
            const [y0, y1] = [leaves.get(ribbon)!, arrives.get(ribbon)!];
            const wide = (100 * drawn * ribbon.value) / all;
            return (
              <path
                d={`M0 ${y0}C50 ${y0} 50 ${y1} 100 ${y1}V${y1 + wide}C50 ${y1 + wide} 50 ${y0 + wide} 0 ${y0 + wide}Z`}
              >
                <title>{`${ribbon.from} → ${ribbon.to} : ${ribbon.shown}`}</title>
              </path>
            );
          })}
        </svg>
        <Names nodes={to} side="to" show={show} />
      </div>
    </Chart>
  );
}
