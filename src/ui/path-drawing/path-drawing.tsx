import { Chart, type ChartProps } from '../chart/chart.tsx';
import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';
import { laidStones, stoneKm } from './stone-path.ts';

interface PathDrawingProps extends ChartProps {
  /** Length of the path, in whole metres. */
  metres: number;
  /** Lengths that people know, on the way: "Lyon – Marseille". */
  milestones?: readonly { readonly metres: number; readonly label: string }[];
  columns: readonly [label: string, value: string];
  show: (metres: number) => string;
}

/** Kilometres as a paved path: one stone for a round number of kilometres, the last one turned. */
export function PathDrawing({ metres, milestones = [], columns, show, ...chart }: PathDrawingProps) {
  const t = useWords();
  const km = stoneKm(metres);
  const { stones, height } = laidStones(Math.ceil(metres / 1000 / km));
  const passed = milestones.filter(one => one.metres <= metres);
  const rows = [...passed.map(({ label, metres: at }) => [label, show(at)]), [chart.finding, show(metres)]];
  return (
    <Chart {...chart} note={chart.note ?? `${t(words.oneStone)} ${km} km`} table={{ columns, rows }}>
      <svg class="path-drawing" viewBox={`0 0 400 ${height}`} role="img">
        <title>{`${chart.finding}. ${t(words.oneStone)} ${km} km.`}</title>
        {stones.map(({ x, y, turn }, n) => (
          <rect
            class={n === stones.length - 1 ? 'path-last' : 'path-stone'}
            x={x - 8}
            y={y - 8}
            width="16"
            height="16"
            rx="2"
            transform={`rotate(${n === stones.length - 1 ? 45 : turn} ${x} ${y})`}
          />
        ))}
        {passed.map(({ label, metres: at }) => {
          const stone = stones[Math.min(stones.length, Math.ceil(at / 1000 / km)) - 1];
          return stone ? <Milestone label={label} x={stone.x} y={stone.y} /> : null;
        })}
      </svg>
    </Chart>
  );
}

const Milestone = ({ label, x, y }: { label: string; x: number; y: number }) => (
  <g>
    <circle class="path-mark" cx={x} cy={y} r="3" />
    <text class="path-name" x={x} y={y + 25} text-anchor={x > 300 ? 'end' : x < 100 ? 'start' : 'middle'}>
      {label}
    </text>
  </g>
);
