import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';

export interface StripDay {
  /** `2026-11-24` */
  readonly day: string;
  /** "mar." and "24", on two lines. */
  readonly weekday: string;
  readonly number: string;
  readonly href?: string | undefined;
  readonly current?: boolean;
  readonly today?: boolean;
  /** A word under the date: "3 libres", "fermé". */
  readonly note?: string | undefined;
}

/** Days as links, side by side; scrolls sideways on a phone. A day without a link cannot be chosen. */
export function DayStrip({
  label,
  days,
  before,
  after,
}: {
  label?: string | undefined;
  days: readonly StripDay[];
  before?: { readonly href: string; readonly label: string } | undefined;
  after?: { readonly href: string; readonly label: string } | undefined;
}) {
  const t = useWords();
  return (
    <nav class="day-strip" aria-label={label ?? t(words.days)}>
      {before && <DayStep {...before} path="M10 3L5 8l5 5" />}
      <ol class="day-strip-list">
        {days.map(one => (
          <li>
            <Day one={one} />
          </li>
        ))}
      </ol>
      {after && <DayStep {...after} path="M6 3l5 5-5 5" />}
    </nav>
  );
}

const DayStep = ({ href, label, path }: { href: string; label: string; path: string }) => (
  <a class="day-step" href={href}>
    <span class="visually-hidden">{label}</span>
    <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
      <path d={path} />
    </svg>
  </a>
);

const Day = ({ one }: { one: StripDay }) => {
  const t = useWords();
  const content = (
    <>
      <time class="day-date" dateTime={one.day}>
        <span class="day-weekday">{one.weekday}</span> <span class="day-number">{one.number}</span>
      </time>
      {one.today && <span class="visually-hidden"> ({t(words.today)})</span>}
      {one.note && <span class="day-note">{one.note}</span>}
    </>
  );
  const look = `day${one.today ? ' day-today' : ''}`;
  return one.href ? (
    <a class={look} href={one.href} {...(one.current && { 'aria-current': 'date' as const })}>
      {content}
    </a>
  ) : (
    <span class={`${look} day-off`}>{content}</span>
  );
};
