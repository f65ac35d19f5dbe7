import { Chart, type ChartProps } from '../chart/chart.tsx';
import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';

/** What is had of one half-day; `total` is 0 when it is not offered. */
export interface HalfBar {
  readonly taken: number;
  readonly total: number;
}

export interface DayBars {
  /** "lun. 30" */
  readonly label: string;
  /** `2026-11-30` */
  readonly day: string;
  readonly href?: string | undefined;
  readonly today?: boolean;
  readonly morning: HalfBar;
  readonly afternoon: HalfBar;
}

const Half = ({ name, bar: { taken, total } }: { name: string; bar: HalfBar }) => {
  const t = useWords();
  if (total === 0) {
    return (
      <span class="half-bar half-bar-closed">
        <span class="visually-hidden">{name} : </span>
        {t(words.closed)}
      </span>
    );
  }
  return (
    <span class="half-bar">
      <span class="visually-hidden">{name} : </span>
      <svg class="half-bar-drawing" width="100%" height="16" aria-hidden="true">
        <rect class="half-bar-whole" x="0.5" y="0.5" width="100%" height="15" rx="2" />
        <rect
          class="half-bar-taken"
          x="0"
          y="0"
          width={`${Math.floor((1_000 * taken) / total) / 10}%`}
          height="16"
          rx="2"
        />
      </svg>
      <span class="half-bar-count">
        {`${taken}/${total}`}
        {taken === total && <strong class="half-bar-full">{t(words.full)}</strong>}
      </span>
    </span>
  );
};

/** How full each half-day is: a line a day, a bar a half, its count beside it; the figures in words one click away. */
export function HalfDayBars({
  days,
  corner,
  ...chart
}: ChartProps & {
  days: readonly DayBars[];
  /** What the lines are: "Jour". */
  corner: string;
}) {
  const t = useWords();
  const [morning, afternoon] = [t(words.morning), t(words.afternoon)];
  const counted = ({ taken, total }: HalfBar) => (total === 0 ? t(words.closed) : `${taken}/${total}`);
  const named = ({ label, href }: DayBars) => (href ? <a href={href}>{label}</a> : label);
  const rows = days.map(one => [one.label, counted(one.morning), counted(one.afternoon)]);
  return (
    <Chart {...chart} table={{ columns: [corner, morning, afternoon], rows }}>
      <div class="half-bars">
        <p class="half-bars-names" aria-hidden="true">
          <span>{morning}</span>
          <span>{afternoon}</span>
        </p>
        <ol class="half-bars-days">
          {days.map(one => (
            <li class={`half-bars-day${one.today ? ' half-bars-today' : ''}`}>
              <time class="half-bars-date" dateTime={one.day}>
                {named(one)}
                {one.today && <span class="visually-hidden"> ({t(words.today)})</span>}
              </time>
              <Half name={morning} bar={one.morning} />
              <Half name={afternoon} bar={one.afternoon} />
            </li>
          ))}
        </ol>
      </div>
    </Chart>
  );
}
