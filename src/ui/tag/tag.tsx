import type { ComponentChildren } from 'preact';

export type Tone = 'plain' | 'good' | 'pending' | 'bad' | 'info';

/** A short state in words. The small stone changes shape with the tone, so that colour is never alone. */
export function Tag({ tone = 'plain', children }: { tone?: Tone; children: ComponentChildren }) {
  return (
    <span class={`tag tag-${tone}`}>
      {tone !== 'plain' && (
        <svg class="tag-stone" viewBox="0 0 10 10" width="10" height="10" aria-hidden="true">
          <TagStone tone={tone} />
        </svg>
      )}
      {children}
    </span>
  );
}

const TagStone = ({ tone }: { tone: Exclude<Tone, 'plain'> }) => {
  if (tone === 'bad') return <rect x="1.8" y="1.8" width="6.4" height="6.4" rx="0.8" transform="rotate(45 5 5)" />;
  if (tone === 'pending') return <path d="M1.5 1h3v8h-3zM6 1h2.5v8H6z" />;
  if (tone === 'info') return <circle cx="5" cy="5" r="4" />;
  return <rect x="1" y="1" width="8" height="8" rx="1" />;
};
