/** Three stones laid square and one turned: drawn on a 16-unit grid so that edges stay sharp at 16 px. */
const laid = [
  [1, 1],
  [9, 1],
  [1, 9],
] as const;

/** The mark, `size` pixels wide. Always beside words that name it. */
export function Mark({ size = 32 }: { size?: number }) {
  return (
    <svg class="mark" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true">
      {laid.map(([x, y]) => (
        <rect class="mark-laid" x={x} y={y} width="6" height="6" rx="0.75" />
      ))}
      <rect class="mark-turned" x="9" y="9" width="6" height="6" rx="0.75" transform="rotate(45 12 12)" />
    </svg>
  );
}

/** The icon of browser tabs, as an SVG document that follows the browser's theme. */
export const faviconSvg = [
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">',
  '<style>.l{fill:#1f2d36}.t{fill:#b2431d}@media(prefers-color-scheme:dark){.l{fill:#f1ebdf}.t{fill:#f28d66}}</style>',
  ...laid.map(([x, y]) => `<rect class="l" x="${x}" y="${y}" width="6" height="6" rx=".75"/>`),
  '<rect class="t" x="9" y="9" width="6" height="6" rx=".75" transform="rotate(45 12 12)"/></svg>',
].join('');
