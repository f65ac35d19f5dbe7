import type { Lang } from '../../kernel/bilingual.ts';
import { drawPath, type Step } from '../path-drawing.ts';

const strokes = { fill: 'none', 'stroke-linecap': 'round', 'stroke-linejoin': 'round' } as const;

/** The road not driven, to scale: one stretch a day, two greens in turn, going back where a day cost road. */
export const AvoidedPath = ({ steps, title, lang }: { steps: readonly Step[]; title: string; lang: Lang }) => {
  const path = drawPath(steps);
  return (
    <figure style={{ margin: 0 }}>
      <svg
        viewBox={`0 0 ${path.width} ${path.height}`}
        role="img"
        aria-label={title}
        style={{ width: '100%', maxWidth: '44rem', height: 'auto' }}
      >
        <polyline points={path.track} {...strokes} stroke-width="20" style={{ stroke: 'var(--sunken)' }} />
        {path.stretches.map(({ points, back }, i) => (
          <polyline
            points={points}
            {...strokes}
            stroke-width={back ? 6 : 12}
            style={{ stroke: back ? 'var(--notice)' : i % 2 === 0 ? 'var(--action)' : 'var(--action-strong)' }}
          />
        ))}
        <rect
          x={path.head.x - 8}
          y={path.head.y - 8}
          width="16"
          height="16"
          rx="3"
          transform={`rotate(45 ${path.head.x} ${path.head.y})`}
          style={{ fill: 'var(--surface)', stroke: 'var(--text)', strokeWidth: 3 }}
        />
      </svg>
      <figcaption>
        {lang === 'fr'
          ? `Une rangée mesure ${path.row_km} km. Chaque trait est une journée ; un trait qui revient en arrière est une journée qui a coûté de la route.`
          : `One row is ${path.row_km} km. Each stroke is a day; a stroke that goes back is a day that cost road.`}
      </figcaption>
    </figure>
  );
};
