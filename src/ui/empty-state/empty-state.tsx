import type { ComponentChildren } from 'preact';

/** Nothing to show, said plainly, with the next step: never a dead end. */
export function EmptyState({
  title,
  children,
  actions,
}: {
  title: string;
  children?: ComponentChildren;
  actions?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <svg class="empty-stones" viewBox="0 0 48 48" width="56" height="56" aria-hidden="true">
        <rect x="4" y="4" width="18" height="18" rx="2" />
        <rect x="26" y="4" width="18" height="18" rx="2" />
        <rect x="4" y="26" width="18" height="18" rx="2" />
        <rect
          class="empty-missing"
          x="26"
          y="26"
          width="18"
          height="18"
          rx="2"
          transform="rotate(45 35 35) translate(1.5 1.5) scale(.96)"
        />
      </svg>
      <h2 class="empty-title">{title}</h2>
      {children && <div class="empty-text">{children}</div>}
      {actions && <div class="cluster">{actions}</div>}
    </div>
  );
}
