import { roomy } from '../language/language.tsx';

/** How far along, in ten stones: what there is, what it takes. */
export interface GaugeProps {
  label: string;
  /** "3,2 t" */
  value: string;
  /** "sur 10 t" */
  goal: string;
  /** Between 0 and 1; more than 1 is full. */
  share: number;
}

const stones = Array.from({ length: 10 }, (_, n) => n);

export function Gauge({ label, value, goal, share }: GaugeProps) {
  const full = Math.max(0, Math.min(10, share * 10));
  return (
    <div class="gauge">
      <p class="gauge-text">
        <strong>{roomy(value)}</strong> {goal} <span class="gauge-label">{label}</span>
      </p>
      <svg
        class="gauge-stones"
        viewBox="0 0 158 14"
        width="100%"
        height="14"
        preserveAspectRatio="xMinYMid meet"
        aria-hidden="true"
      >
        {stones.map(n => {
          const part = Math.max(0, Math.min(1, full - n));
          return (
            <>
              <rect class="gauge-empty" x={n * 16 + 0.5} y="0.5" width="13" height="13" rx="1.5" />
              {part > 0 && <rect class="gauge-full" x={n * 16} y="0" width={14 * part} height="14" rx="1.5" />}
            </>
          );
        })}
      </svg>
    </div>
  );
}
