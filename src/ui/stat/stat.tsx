import type { ComponentChildren } from 'preact';
import { roomy, useWords } from '../language/language.tsx';
import { words } from '../words.ts';

interface StatProps {
  /** The figure as people say it, unit included: "35 km", "2 h 10". */
  value: string;
  /** What it counts, in a few words. */
  label: ComponentChildren;
  /** Its uncertainty in words: "entre 31 et 38 km". */
  interval?: string | undefined;
  /** Date or period of the figure. */
  period?: string | undefined;
  /** Page that explains the count: always one click away. */
  howHref?: string | undefined;
  how?: string | undefined;
  large?: boolean;
}

/** A figure that can be quoted: value, what it is, how sure, how counted. */
export function Stat({ value, label, interval, period, howHref, how, large = false }: StatProps) {
  const t = useWords();
  return (
    <div class={large ? 'stat stat-large' : 'stat'}>
      <p class="stat-figure">
        <strong class="stat-value">{roomy(value)}</strong> <span class="stat-label">{label}</span>
      </p>
      {(interval || period) && <p class="stat-small">{[interval, period].filter(Boolean).join(' · ')}</p>}
      {howHref && (
        <p class="stat-small">
          <a href={howHref}>{how ?? t(words.howCounted)}</a>
        </p>
      )}
    </div>
  );
}

/** Several figures on one line. */
export const Stats = ({ children }: { children: ComponentChildren }) => <div class="stats">{children}</div>;
