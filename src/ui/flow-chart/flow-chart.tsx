import { Chart, type ChartProps } from '../chart/chart.tsx';
import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';

export interface Branch {
  readonly label: string;
  readonly value: number;
  /** The value as people read it: "12 jours". */
  readonly shown: string;
  readonly href?: string | undefined;
  readonly detail?: string | undefined;
  /** `lost` does not count, `waiting` may count later, `claim` is what the stream serves. */
  readonly tone: 'lost' | 'waiting' | 'claim';
}

export interface FlowChartProps extends ChartProps {
  start: { readonly label: string; readonly value: number; readonly shown: string };
  /** In the order in which they leave the stream; claims last. */
  branches: readonly Branch[];
  columns: readonly [label: string, value: string];
  /** Writes what no branch explains, if the branches do not add up to the start. */
  show: (value: number) => string;
}

/** The branches, and what they leave unexplained: said aloud rather than hidden. */
const complete = ({ start, branches, show }: FlowChartProps, unexplained: string): readonly Branch[] => {
  const rest = start.value - branches.reduce((sum, { value }) => sum + value, 0);
  return rest === 0 ? branches : [...branches, { label: unexplained, value: rest, shown: show(rest), tone: 'lost' }];
};

/** Widths in hundredths of the stream's; a thin branch stays visible. */
const least = 1.5;

const Bend = ({ from, to, tone }: { from: number; to: number; tone: Branch['tone'] }) => {
  const left = Math.min(to, from - least);
  const half = Math.max(4, Math.min(38, (from - left) / 2));
  return (
    <svg class="flow-drawing" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
      {to > 0 && <rect class="flow-stream" x="0" y="0" width={Math.min(to + 0.3, 100)} height="101" />}
      <path
        class={`flow-${tone}`}
        d={`M${left} 0H${from}C${from} ${50 - half} ${from} ${50 - half} 100 ${50 - half}V${50 + half}C${left} ${50 + half} ${left} ${50 + half} ${left} 0Z`}
      />
    </svg>
  );
};

const BranchRow = ({ branch, from, to }: { branch: Branch; from: number; to: number }) => (
  <li class="flow-row">
    <div class="flow-cell">
      <Bend from={from} to={to} tone={branch.tone} />
    </div>
    <p class="flow-text">
      <strong>{branch.shown}</strong> {branch.href ? <a href={branch.href}>{branch.label}</a> : branch.label}
      {branch.detail && <span class="flow-detail">{branch.detail}</span>}
    </p>
  </li>
);

/** A stream that runs down the page and what leaves it, each branch named and clickable, down to the claims it serves. */
export function FlowChart(props: FlowChartProps) {
  const t = useWords();
  const { start, branches: _branches, show: _show, columns, ...chart } = props;
  const branches = complete(props, t(words.unexplained));
  const share = (value: number) => (start.value > 0 ? (100 * value) / start.value : 0);
  const left = branches.map((_, n) =>
    share(start.value - branches.slice(0, n + 1).reduce((sum, { value }) => sum + value, 0)),
  );
  const rows = [start, ...branches].map(({ label, shown }) => [label, shown]);
  return (
    <Chart {...chart} table={{ columns, rows }}>
      <ol class="flow">
        <li class="flow-row">
          <div class="flow-cell">
            <svg class="flow-drawing" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true">
              <rect class="flow-stream" x="0" y="0" width="100" height="101" />
            </svg>
          </div>
          <p class="flow-text flow-start">
            <strong>{start.shown}</strong> {start.label}
          </p>
        </li>
        {branches.map((branch, n) => (
          <BranchRow branch={branch} from={n === 0 ? 100 : left[n - 1]!} to={left[n]!} />
        ))}
      </ol>
    </Chart>
  );
}
