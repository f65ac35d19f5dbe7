import type { ComponentChildren } from 'preact';

export type NoticeKind = 'info' | 'success' | 'pending' | 'warning';

/** One calm message. `live` is for what has just happened and must be heard; the title says it in words, not colour. */
export function Notice({
  kind = 'info',
  title,
  live = false,
  actions,
  children,
}: {
  kind?: NoticeKind;
  title?: string | undefined;
  live?: boolean;
  actions?: ComponentChildren;
  children?: ComponentChildren;
}) {
  return (
    <div class={`notice notice-${kind}`} role={live ? 'status' : undefined}>
      <NoticeSign kind={kind} />
      <div class="notice-text">
        {title && <p class="notice-title">{title}</p>}
        {children && <div>{children}</div>}
        {actions && <div class="cluster notice-actions">{actions}</div>}
      </div>
    </div>
  );
}

const strokes: Record<NoticeKind, string> = {
  info: 'M12 10.5v6M12 7.2v.3',
  success: 'M7.5 12.5l3 3 6-7',
  pending: 'M12 7v5.2l3.2 2',
  warning: 'M12 7v6.5M12 16.6v.3',
};

/** A stone with a sign in it: the shape differs for each kind. */
const NoticeSign = ({ kind }: { kind: NoticeKind }) => (
  <svg class="notice-sign" viewBox="0 0 24 24" width="28" height="28" aria-hidden="true">
    <rect
      class="notice-stone"
      x="3"
      y="3"
      width="18"
      height="18"
      rx="2.5"
      transform={kind === 'warning' ? 'rotate(45 12 12) scale(.9) translate(1.33 1.33)' : undefined}
    />
    <path class="notice-stroke" d={strokes[kind]} />
  </svg>
);
