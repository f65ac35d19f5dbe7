import type { ComponentChildren } from 'preact';
import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';

export interface TravelTime {
  readonly mode: 'foot' | 'bicycle' | 'car';
  /** "12 min", "environ 12 min"; null when nobody would go that way. */
  readonly text: string | null;
}

const strokes: Record<TravelTime['mode'], string> = {
  foot: 'M11.4 4.6a1.6 1.6 0 1 0 3.2 0 1.6 1.6 0 1 0-3.2 0M12.2 8.4l-1.4 5.4 3.4 2.8.6 4.6M10.8 13.8l-1.6 3.4-2.6 3.4M12.2 8.4l-3 1.4-1.2 3M12.2 8.4l2.2 2.6 2.8.8',
  bicycle:
    'M2.6 16.6a3.4 3.4 0 1 0 6.8 0 3.4 3.4 0 1 0-6.8 0M14.6 16.6a3.4 3.4 0 1 0 6.8 0 3.4 3.4 0 1 0-6.8 0M6 16.6 9.4 9.8h5.3L18 16.6M9.4 9.8l3 6.8 2.3-6.8M7.8 7.4h3M14.7 9.8l-.9-2.8h2.4',
  car: 'M4 17v-4l2-5h12l2 5v4zM4 13h16M7 17v2M17 17v2M7.2 15.1h.1M16.8 15.1h.1',
};

/** How long it takes, by each way of going: a drawing, and the same in words. */
export function Travel({ times }: { times: readonly TravelTime[] }) {
  const t = useWords();
  return (
    <ul class="travel">
      {times.map(({ mode, text }) => (
        <li class={text === null ? 'travel-none' : undefined}>
          <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
            <path d={strokes[mode]} />
          </svg>
          <span class="visually-hidden">{t(words[mode])} </span>
          {text ?? t(words.tooFar)}
        </li>
      ))}
    </ul>
  );
}

export interface ResultProps {
  /** Its number on the map. */
  readonly number: number;
  readonly href: string;
  readonly title: string;
  readonly town: ComponentChildren;
  readonly travel?: readonly TravelTime[] | undefined;
  /** What is free on the day, and the next half-days. */
  readonly free: ComponentChildren;
  readonly price?: ComponentChildren;
  readonly action?: ComponentChildren;
}

/** One space of a list to compare: the same thing at the same place on every line. */
function Result({ number, href, title, town, travel, free, price, action }: ResultProps) {
  return (
    <li class="result">
      <span class="result-number" aria-hidden="true">
        {number}
      </span>
      <div class="result-head">
        <h2 class="result-title">
          <a href={href}>{title}</a>
        </h2>
        <p class="result-town">{town}</p>
      </div>
      {price && <p class="result-price">{price}</p>}
      {travel && (
        <div class="result-travel">
          <Travel times={travel} />
        </div>
      )}
      <div class="result-free">{free}</div>
      {action && <div class="result-action">{action}</div>}
    </li>
  );
}

/** Spaces to compare, in the order of the stones on the map beside. */
export const Results = ({ results }: { results: readonly ResultProps[] }) => (
  <ol class="results">
    {results.map(result => (
      <Result {...result} />
    ))}
  </ol>
);
