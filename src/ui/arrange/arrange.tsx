import type { ComponentChildren } from 'preact';

interface Arranged {
  children: ComponentChildren;
  id?: string | undefined;
}

/** One under the other, with even space: `tight` 8 px, normal 24 px, `loose` 48 px. */
export function Stack({ children, gap = 'normal' }: Arranged & { gap?: 'tight' | 'normal' | 'loose' }) {
  return <div class={`stack stack-${gap}`}>{children}</div>;
}

/** Side by side while there is room, then on the next line: buttons, tags. */
export function Cluster({ children }: Arranged) {
  return <div class="cluster">{children}</div>;
}

/** Equal columns, as many as fit; `least` is the width under which a column goes below. */
export function Grid({ children, least = 'medium' }: Arranged & { least?: 'small' | 'medium' | 'large' }) {
  return <div class={`grid grid-${least}`}>{children}</div>;
}

/** The two zones of a desk screen: the work on the left, what helps it on the right (below, on a phone). */
export function Split({
  children,
  aside,
  sticky = false,
  even = false,
}: Arranged & { aside: ComponentChildren; sticky?: boolean; even?: boolean }) {
  return (
    <div class={`split${even ? ' split-even' : ''}`}>
      <div class="split-main">{children}</div>
      <div class={`split-aside${sticky ? ' split-sticky' : ''}`}>{aside}</div>
    </div>
  );
}

/** A titled part of a page. `actions` stand beside the title; `lead` is one sentence under it. */
export function Section({
  title,
  lead,
  actions,
  children,
  id,
}: Arranged & { title: string; lead?: ComponentChildren; actions?: ComponentChildren }) {
  return (
    <section class="section" id={id}>
      <div class="section-head">
        <h2>{title}</h2>
        {actions && <div class="cluster">{actions}</div>}
        {lead && <p class="section-lead">{lead}</p>}
      </div>
      {children}
    </section>
  );
}

/** Running text at a comfortable measure. */
export function Prose({ children }: Arranged) {
  return <div class="prose">{children}</div>;
}

/** The head of every page: the only `h1`, with what stands above and below it. */
export function PageHead({
  title,
  lead,
  above,
  actions,
}: {
  title: ComponentChildren;
  lead?: ComponentChildren;
  above?: ComponentChildren;
  actions?: ComponentChildren;
}) {
  return (
    <header class="page-head">
      {above && <div class="page-head-above">{above}</div>}
      <h1>{title}</h1>
      {lead && <p class="page-head-lead">{lead}</p>}
      {actions && <div class="cluster">{actions}</div>}
    </header>
  );
}
