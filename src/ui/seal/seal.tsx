import type { ComponentChildren } from 'preact';

export type SealTone = 'good' | 'pending' | 'bad' | 'plain';

/** What one must believe in five seconds: whose label, its state, its dates. The stone's sign changes with the tone. */
export function Seal({
  tone,
  name,
  state,
  note,
  lines,
  aside,
}: {
  tone: SealTone;
  name: string;
  state: string;
  /** A reserve that must not be missed: « grille provisoire ». */
  note?: string | undefined;
  lines: readonly string[];
  aside?: ComponentChildren;
}) {
  return (
    <div class={`seal seal-${tone}`}>
      <svg class="seal-stones" viewBox="0 0 64 64" width="96" height="96" aria-hidden="true">
        <rect x="4" y="4" width="26" height="26" rx="3" />
        <rect x="34" y="4" width="26" height="26" rx="3" />
        <rect x="4" y="34" width="26" height="26" rx="3" />
        <rect class="seal-turned" x="35" y="35" width="24" height="24" rx="3" transform="rotate(45 47 47)" />
        <path class="seal-sign" d={signs[tone]} />
      </svg>
      <div class="seal-text">
        <p class="seal-name">{name}</p>
        <p class="seal-state">{state}</p>
        {note && <p class="seal-note">{note}</p>}
        {lines.map(line => (
          <p>{line}</p>
        ))}
      </div>
      {aside && <div class="seal-aside">{aside}</div>}
    </div>
  );
}

/** Drawn in the turned stone, centred on 47, 47. */
const signs: Record<SealTone, string> = {
  good: 'M41 47.5l4.5 4.5 8-9',
  pending: 'M47 41v6.5l4.5 3',
  bad: 'M42.5 42.5l9 9M51.5 42.5l-9 9',
  plain: 'M42 47h10',
};
