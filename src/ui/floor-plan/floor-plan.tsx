import type { SVGAttributes } from 'preact';
import { Scroll } from '../scroll/scroll.tsx';

/** One desk or room: what it covers of the floor, in centimetres, and what may be done with it. */
export interface PlanPlace {
  readonly id: string;
  readonly name: string;
  /** A desk has a chair, a room has a door. */
  readonly kind: 'desk' | 'room';
  readonly x_cm: number;
  readonly y_cm: number;
  readonly across_cm: number;
  readonly down_cm: number;
  readonly turn_deg: number;
  /** Told by its pattern and its sign as well as its word: free is bare, taken hatched and crossed, yours full. `wrong`: misplaced. */
  readonly state: 'free' | 'taken' | 'yours' | 'closed' | 'plain' | 'wrong';
  /** "libre", "pris": what the state is called. */
  readonly word?: string | undefined;
  readonly href?: string | undefined;
  /** All of it in words: "Poste 1, libre, mardi 24 novembre matin". */
  readonly describe: string;
}

export interface FloorDrawing {
  readonly width_cm: number;
  readonly depth_cm: number;
  readonly walls: readonly {
    readonly x1_cm: number;
    readonly y1_cm: number;
    readonly x2_cm: number;
    readonly y2_cm: number;
  }[];
  readonly labels: readonly { readonly x_cm: number; readonly y_cm: number; readonly text: string }[];
  readonly places: readonly PlanPlace[];
}

const letter_cm = 24;
/** A letter is about half as wide as high. */
const lettersIn = (across_cm: number): number => Math.max(3, Math.floor((across_cm - 16) / (letter_cm * 0.54)));

const shortened = (text: string, most: number): string => (text.length <= most ? text : `${text.slice(0, most - 1)}…`);

/** A name on two lines at most: `Poste du fond` in a narrow desk is `Poste du` and `fond`. */
export function nameLines(name: string, across_cm: number): readonly string[] {
  const most = lettersIn(across_cm);
  if (name.length <= most) return [name];
  const cut = name.slice(0, most + 1).lastIndexOf(' ');
  return cut <= 0 ? [shortened(name, most)] : [name.slice(0, cut), shortened(name.slice(cut + 1), most)];
}

/** The thing itself, drawn as if it were not turned, about its middle. */
const Furniture = ({ place: { kind, across_cm, down_cm, turn_deg } }: { place: PlanPlace }) => {
  const [w, d] = turn_deg % 180 === 90 ? [down_cm, across_cm] : [across_cm, down_cm];
  const top = kind === 'desk' ? Math.round(d * 0.72) : d;
  return (
    <g transform={`rotate(${turn_deg})`}>
      <rect
        class="plan-shape"
        x={-w / 2 + 2}
        y={-d / 2 + 2}
        width={w - 4}
        height={top - 4}
        rx={kind === 'desk' ? 8 : 2}
      />
      {kind === 'desk' ? (
        <path
          class="plan-chair"
          d={`M${-w / 6} ${-d / 2 + top + 3}h${w / 3}v${d * 0.1}q0 ${d * 0.12} ${-w / 6} ${d * 0.12}t${-w / 6} ${-d * 0.12}z`}
        />
      ) : (
        <path class="plan-door" d={`M${-w / 2 + 20} ${d / 2 - 2}h${Math.min(80, w / 3)}`} />
      )}
    </g>
  );
};

const signs: Partial<Record<PlanPlace['state'], string>> = {
  free: 'M-7-7h14v14h-14z',
  taken: 'M-7-7l14 14M7-7l-14 14',
  yours: 'M0-10l10 10-10 10-10-10z',
};

const Words = ({ place }: { place: PlanPlace }) => {
  const { name, across_cm, state, word } = place;
  const lines = nameLines(name, across_cm);
  const sign = signs[state];
  const all = word === undefined ? lines : [...lines, word];
  const first =
    -((all.length - 1) * letter_cm) / 2 - (place.kind === 'desk' && place.turn_deg === 0 ? place.down_cm * 0.12 : 0);
  return (
    <>
      {all.flatMap((line, n) => [
        <text class={n < lines.length ? 'plan-name' : 'plan-word'} y={first + n * letter_cm + 7}>
          {line}
        </text>,
        // Heard one after the other, not as one word.
        ' ',
      ])}
      {sign && (
        <path
          class={`plan-sign plan-sign-${state}`}
          transform={`translate(${-across_cm / 2 + 17} ${-place.down_cm / 2 + 17})`}
          d={sign}
        />
      )}
    </>
  );
};

const PlaceDrawing = ({ place, hold }: { place: PlanPlace; hold?: SVGAttributes<SVGGElement> | undefined }) => {
  const { x_cm, y_cm, across_cm, down_cm, href, describe, state } = place;
  const drawing = (
    <>
      <Furniture place={place} />
      <Words place={place} />
    </>
  );
  const at = `translate(${x_cm + across_cm / 2} ${y_cm + down_cm / 2})`;
  return (
    <g class={`plan-place plan-${state}`} transform={at} {...hold}>
      {href === undefined ? (
        <>
          {hold === undefined && <title>{describe}</title>}
          {drawing}
        </>
      ) : (
        <a href={href} aria-label={describe}>
          {drawing}
        </a>
      )}
    </g>
  );
};

const lines = (most: number): readonly number[] =>
  Array.from({ length: Math.floor(most / 100) }, (_, n) => (n + 1) * 100);

/** A floor from above: walls, words, and each place in its state. Wider than a phone, it scrolls alone; its list stands beside it. */
export function FloorPlan({
  label,
  own,
  floor,
  holds,
}: {
  label: string;
  /** Keeps patterns apart when a page has several plans. */
  own: string;
  floor: FloorDrawing;
  /** What makes a place answer to hand and keys, in an editor. */
  holds?: ((id: string) => SVGAttributes<SVGGElement>) | undefined;
}) {
  const { width_cm, depth_cm, walls, labels, places } = floor;
  return (
    <Scroll look="plan-scroll" label={label}>
      <svg
        class="plan"
        viewBox={`-10 -10 ${width_cm + 20} ${depth_cm + 20}`}
        style={{ '--plan-cm': width_cm }}
        aria-label={label}
      >
        <pattern id={`hatch-${own}`} width="16" height="16" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect class="plan-hatch-ground" width="16" height="16" />
          <path class="plan-hatch" d="M0 0v16" />
        </pattern>
        <rect class="plan-floor" width={width_cm} height={depth_cm} />
        <path
          class="plan-grid"
          d={`${lines(width_cm - 1)
            .map(x => `M${x} 0v${depth_cm}`)
            .join('')}${lines(depth_cm - 1)
            .map(y => `M0 ${y}h${width_cm}`)
            .join('')}`}
        />
        <g style={{ '--plan-hatch': `url(#hatch-${own})` }}>
          {places.map(place => (
            <PlaceDrawing place={place} hold={holds?.(place.id)} />
          ))}
        </g>
        {walls.map(({ x1_cm, y1_cm, x2_cm, y2_cm }) => (
          <path class="plan-wall" d={`M${x1_cm} ${y1_cm}L${x2_cm} ${y2_cm}`} />
        ))}
        <rect class="plan-edge" width={width_cm} height={depth_cm} />
        {labels.map(({ x_cm, y_cm, text }) => (
          <text class="plan-label" x={x_cm} y={y_cm}>
            {text}
          </text>
        ))}
      </svg>
    </Scroll>
  );
}
