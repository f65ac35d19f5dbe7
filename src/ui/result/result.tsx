import type { ComponentChildren } from 'preact';
import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';

export interface TravelTime {
  readonly mode: 'foot' | 'bicycle' | 'car';
  /** "12 min", "environ 12 min"; null when nobody would go that way. */
  readonly text: string | null;
}

const strokes: Record<TravelTime['mode'], string> = {
  foot: 'M12 5.2v.1M9 21l2-6-2.5-2.5 1-4.5 3 .5 2 3 3 1M11 15l3 2.5V21M9.5 8 7 10.5V13',
  bicycle:
    'M6 17.5a3.4 3.4 0 1 0 0-.1M18 17.5a3.4 3.4 0 1 0 0-.1M6 17.5l3.5-8h5l3.5 8M9.5 9.5 12.5 15M8 7h3M14.5 9.5 13.8 7H16',
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
