import type { ComponentChildren } from 'preact';
import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';

export interface Step {
  readonly title: string;
  readonly state: 'done' | 'current' | 'toDo' | 'blocked';
  readonly href?: string | undefined;
  readonly detail?: ComponentChildren;
}

/** What is done and what remains, in order: booking steps, the month's checklist. The state is said in words. */
export function Steps({ label, steps }: { label: string; steps: readonly Step[] }) {
  const t = useWords();
  return (
    <ol class="steps" aria-label={label}>
      {steps.map(({ title, state, href, detail }) => (
        <li class={`step step-${state}`} {...(state === 'current' && { 'aria-current': 'step' as const })}>
          <StepStone state={state} />
          <div class="step-text">
            <p class="step-title">
              {href ? <a href={href}>{title}</a> : title} <span class="step-state">{t(words[state])}</span>
            </p>
            {detail && <div class="step-detail">{detail}</div>}
          </div>
        </li>
      ))}
    </ol>
  );
}

const StepStone = ({ state }: { state: Step['state'] }) => (
  <svg class="step-stone" viewBox="0 0 24 24" width="26" height="26" aria-hidden="true">
    <rect
      x="3"
      y="3"
      width="18"
      height="18"
      rx="2.5"
      transform={state === 'blocked' ? 'rotate(45 12 12)' : undefined}
    />
    {state === 'done' && <path d="M7.5 12.5l3 3 6-7" />}
    {state === 'blocked' && <path d="M9 9l6 6M15 9l-6 6" />}
  </svg>
);
