import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';

/** Corners of the four stones, in the order in which they fill: as one lays a pavement. */
const corners = [
  [1, 1],
  [9, 1],
  [1, 9],
  [9, 9],
] as const;

/** How many of the four stones stand for `free` out of `total`: none only when none is free, four only when all are. */
export const stonesFor = (free: number, total: number): number => {
  if (free <= 0 || total <= 0) return 0;
  return free >= total ? 4 : Math.min(3, Math.max(1, Math.round((4 * free) / total)));
};

const Stones = ({ filled }: { filled: number }) => (
  <svg class="stones" viewBox="0 0 16 16" width="20" height="20" aria-hidden="true">
    {corners.map(([x, y], n) =>
      n < filled ? (
        <rect class="stone-free" x={x} y={y} width="6" height="6" rx="0.8" />
      ) : (
        <rect class="stone-taken" x={x + 0.5} y={y + 0.5} width="5" height="5" rx="0.6" />
      ),
    )}
  </svg>
);

/** Free desks at a glance: four stones and the count in words. */
export function FreeDesks({ free, total }: { free: number; total: number }) {
  const t = useWords();
  return (
    <span class="free-desks">
      <Stones filled={stonesFor(free, total)} />
      {free === 0 ? t(words.full) : `${free} ${t(free === 1 ? words.freeOne : words.freeMany)}`}
    </span>
  );
}

/** One half-day of a week: what is free, and where to book it when it can be. */
export interface HalfDay {
  readonly state: 'open' | 'closed' | 'past' | 'yours';
  readonly free?: number;
  readonly total?: number;
  readonly href?: string;
  /** Words said before the count: "Réserver mardi 24 novembre, matin". */
  readonly describe?: string;
}

export interface WeekDay {
  /** Short name over the column: "mar. 24". */
  readonly label: string;
  /** `2026-11-24` */
  readonly day: string;
  readonly morning: HalfDay;
  readonly afternoon: HalfDay;
}

/** The week at a glance: days across (down, on a phone), half-days beside; each open cell is a link to its booking. */
export function WeekStones({ caption, days }: { caption: string; days: readonly WeekDay[] }) {
  const t = useWords();
  return (
    <div class="week">
      <p class="week-names" aria-hidden="true">
        <span>{t(words.morning)}</span>
        <span>{t(words.afternoon)}</span>
      </p>
      <ol class="week-days" aria-label={caption}>
        {days.map(({ label, day, morning, afternoon }) => (
          <li class="week-day">
            <time class="week-date" dateTime={day}>
              {label}
            </time>
            <Cell name={t(words.morning)} cell={morning} />
            <Cell name={t(words.afternoon)} cell={afternoon} />
          </li>
        ))}
      </ol>
    </div>
  );
}

const Cell = ({ name, cell }: { name: string; cell: HalfDay }) => {
  const t = useWords();
  const { state, free = 0, total = 0, href, describe } = cell;
  const spoken = <span class="visually-hidden">{describe ?? name} : </span>;
  if (state === 'closed' || state === 'past')
    return (
      <span class="week-cell week-none">
        {spoken}
        {t(words[state])}
      </span>
    );
  const content =
    state === 'yours' ? <strong class="week-yours">{t(words.yours)}</strong> : <FreeDesks free={free} total={total} />;
  return href ? (
    <a class="week-cell week-open" href={href}>
      {spoken}
      {content}
    </a>
  ) : (
    <span class="week-cell">
      {spoken}
      {content}
    </span>
  );
};

/** A row of tiny half-day marks, for comparing lists: filled when free, hollow when full, a line when closed. */
export function HalfDayMarks({ label, marks }: { label: string; marks: readonly ('free' | 'full' | 'closed')[] }) {
  return (
    <svg
      class="marks"
      role="img"
      aria-label={label}
      width={marks.length * 14}
      height="14"
      viewBox={`0 0 ${marks.length * 14} 14`}
    >
      {marks.map((mark, n) => {
        const x = n * 14 + 1;
        if (mark === 'closed') return <path class="mark-closed" d={`M${x + 2} 7h8`} />;
        return mark === 'free' ? (
          <rect class="stone-free" x={x} y="1" width="12" height="12" rx="1.5" />
        ) : (
          <rect class="stone-taken" x={x + 0.75} y="1.75" width="10.5" height="10.5" rx="1.2" />
        );
      })}
    </svg>
  );
}
