import type { ComponentChildren } from 'preact';

/** A region that scrolls must take the focus, or the keyboard cannot reach what is hidden (WCAG 2.1.1). */
const reachable = { tabIndex: 0 };

/** Content wider than its place: it scrolls alone, the page never does. */
export const Scroll = ({ label, look, children }: { label: string; look: string; children: ComponentChildren }) => (
  <section class={look} aria-label={label} {...reachable}>
    {children}
  </section>
);
