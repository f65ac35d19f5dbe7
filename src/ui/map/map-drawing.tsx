import { lonLat, type Place } from '../../kernel/place.ts';
import { type Cluster, clustered, type Placed } from './cluster.ts';
import { france, land } from './outline.ts';
import { landmarks, ringOf } from './outline-rings.ts';
import { type Bounds, franceBounds, type LonLat, type Projection, paving, projectionOf } from './projection.ts';

/** One space on the map. */
export interface MapStone {
  readonly at: Place;
  /** Name of the space, or of the town. */
  readonly label: string;
  /** A few words more: "5 libres", "12 min à pied". */
  readonly note?: string;
  readonly href: string;
  /** `free` is full colour, `full` hollow, `chosen` turned and warm. */
  readonly tone?: 'free' | 'full' | 'chosen';
  /** Number of the space in the list beside the map. */
  readonly number?: number;
}

/** What can be reached in a given time: the outline is drawn, its words are in the list of areas. */
export interface MapArea {
  readonly ring: readonly Place[];
  readonly label: string;
}

export interface MapData {
  /** Sentence that says what the map shows. */
  readonly title: string;
  readonly stones: readonly MapStone[];
  readonly areas?: readonly MapArea[];
  /** Where the visitor asked from. */
  readonly origin?: { readonly at: Place; readonly label: string } | undefined;
  readonly bounds?: Bounds | undefined;
  /** Towns around, to find one's way on a local map; the national map has its own. */
  readonly towns?: readonly { readonly name: string; readonly at: Place }[];
}

/** Units of the drawing; the page scales it. */
const width = 400;
const gathers = 17;

const pathOf = (ring: readonly LonLat[], { project }: Projection): string => {
  const points = ring.map(at => project(at).map(Math.round) as [number, number]);
  const moved = points.filter(([x, y], n) => n === 0 || x !== points[n - 1]![0] || y !== points[n - 1]![1]);
  const steps = moved.map(([x, y], n) => (n === 0 ? `M${x} ${y}` : `l${x - moved[n - 1]![0]} ${y - moved[n - 1]![1]}`));
  return `${steps.join('')}z`.replaceAll(' -', '-');
};

const rings = (texts: readonly string[], projection: Projection): string =>
  texts.map(text => pathOf(ringOf(text), projection)).join('');

type PlacedStone = MapStone & { readonly x: number; readonly y: number };

const sentence = ({ label, note }: MapStone): string => (note ? `${label}, ${note}` : label);

/** What a stone is called; starts with the number written on it, so that a voice command finds it. */
export const spoken = (members: readonly MapStone[]): string => {
  const written = members.length > 1 ? `${members.length} : ` : members[0]?.number ? `${members[0].number}. ` : '';
  return written + members.map(sentence).join(' ; ');
};

/** A stone laid square, or turned when chosen; hollow when full. Larger when it bears a number or gathers several. */
const Stone = ({ cluster: { x, y, members } }: { cluster: Cluster<PlacedStone> }) => {
  const first = members[0]!;
  const text = members.length > 1 ? String(members.length) : first.number?.toString();
  const side = text ? 18 : 11;
  const tone = members.some(one => one.tone === 'chosen')
    ? 'chosen'
    : members.every(one => one.tone === 'full')
      ? 'full'
      : 'free';
  return (
    <a class={`map-stone map-stone-${tone}`} href={first.href} aria-label={spoken(members)}>
      <title>{members.map(sentence).join('\n')}</title>
      <circle class="map-reach" cx={x} cy={y} r="14" />
      {members.length > 1 && <rect class="map-under" x={x - 6} y={y - 12} width={side} height={side} rx="2" />}
      <rect
        x={x - side / 2}
        y={y - side / 2}
        width={side}
        height={side}
        rx="2"
        transform={tone === 'chosen' ? `rotate(45 ${x} ${y})` : undefined}
      />
      {text && (
        <text class="map-number" x={x} y={y + 4.2}>
          {text}
        </text>
      )}
    </a>
  );
};

interface Name {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly side: 'left' | 'right';
}

/** About 6.5 units a letter: enough to know what a name would cover. */
const covers = ({ text, x, y, side }: Name, stone: Placed): boolean => {
  const long = 8 + text.length * 6.5;
  const from = side === 'right' ? x : x - long;
  return stone.x > from - 9 && stone.x < from + long + 9 && Math.abs(stone.y - y) < 13;
};

const fits = ({ text, x, y, side }: Name, { width: wide, height }: Projection): boolean =>
  y > 8 && y < height - 8 && (side === 'right' ? x + 8 + text.length * 6.5 < wide : x - 8 - text.length * 6.5 > 0);

/** Names of towns; one that a stone would cover, or that leaves the picture, is left out. */
const Names = ({
  names,
  stones,
  projection,
}: {
  names: readonly Name[];
  stones: readonly Placed[];
  projection: Projection;
}) => (
  <g>
    {names
      .filter(name => fits(name, projection) && !stones.some(stone => covers(name, stone)))
      .map(({ text, x, y, side }) => (
        <g class={`landmark landmark-${side}`}>
          <circle cx={x} cy={y} r="1.6" />
          <text x={side === 'right' ? x + 5 : x - 5} y={y + 4}>
            {text}
          </text>
        </g>
      ))}
  </g>
);

const namesOf = ({ towns = [] }: MapData, national: boolean, { project, width: wide }: Projection): readonly Name[] => {
  const shown = national ? landmarks : towns.map(({ name, at }) => ({ name, at: lonLat(at), side: null }));
  return shown.map(({ name, at, side }) => {
    const [x, y] = project(at).map(Math.round) as [number, number];
    return { text: name, x, y, side: side ?? (x > wide * 0.7 ? 'left' : 'right') };
  });
};

/** Whole and one decimal at most: a tenth of a unit is below a pixel. */
const tidy = (n: number): number => Math.round(n * 10) / 10;

/** A local map stands on paving stones of a round number of kilometres: distances read at a glance. */
const Paving = ({ bounds, projection }: { bounds: Bounds; projection: Projection }) => {
  const side = paving(bounds, projection);
  const across = Array.from({ length: Math.ceil(projection.width / side.units) }, (_, n) => tidy((n + 1) * side.units));
  const down = Array.from({ length: Math.ceil(projection.height / side.units) }, (_, n) =>
    tidy(projection.height - (n + 1) * side.units),
  );
  return (
    <>
      <path
        class="map-paving"
        d={[...across.map(x => `M${x} 0V${projection.height}`), ...down.map(y => `M0 ${y}H${projection.width}`)].join(
          '',
        )}
      />
      <text class="map-scale" x={side.units / 2} y={projection.height - 6}>
        {side.km} km
      </text>
    </>
  );
};

const Area = ({ area, projection }: { area: MapArea; projection: Projection }) => {
  const points = area.ring.map(at => projection.project(lonLat(at)));
  const [x, y] = points.reduce(
    (top, point) => (point[1] < top[1] ? point : top),
    [projection.width / 2, projection.height],
  );
  return (
    <g>
      <path class="map-area" d={pathOf(area.ring.map(lonLat), projection)} />
      <text class="map-area-label" x={Math.round(x)} y={Math.round(y) - 5}>
        {area.label}
      </text>
    </g>
  );
};

const Origin = ({ origin, projection }: { origin: NonNullable<MapData['origin']>; projection: Projection }) => {
  const [x, y] = projection.project(lonLat(origin.at)).map(tidy) as [number, number];
  return (
    <g class="map-origin">
      <circle cx={x} cy={y} r="7" />
      <circle class="map-origin-dot" cx={x} cy={y} r="2.5" />
      <text
        class={x > projection.width / 2 ? 'map-origin-left' : undefined}
        x={x > projection.width / 2 ? x - 11 : x + 11}
        y={y + 4.5}
      >
        {origin.label}
      </text>
    </g>
  );
};

/** The map as a picture with links, complete without a script. The list beside it holds the same spaces, in the same order. */
export function MapDrawing(data: MapData) {
  const { title, stones, areas = [], origin, bounds = franceBounds } = data;
  const projection = projectionOf(bounds, width);
  const national = bounds.east - bounds.west > 8;
  const placed = stones.map(stone => {
    const [x, y] = projection.project(lonLat(stone.at));
    return { ...stone, x: tidy(x), y: tidy(y) };
  });
  return (
    <svg class="map-drawing" viewBox={`0 0 ${projection.width} ${projection.height}`}>
      <title>{title}</title>
      <path class="map-land" d={rings(land, projection)} />
      <path class="map-country" d={rings(france, projection)} />
      {!national && <Paving bounds={bounds} projection={projection} />}
      {areas.map(area => (
        <Area area={area} projection={projection} />
      ))}
      <Names names={namesOf(data, national, projection)} stones={placed} projection={projection} />
      {clustered(placed, gathers).map(cluster => (
        <Stone cluster={cluster} />
      ))}
      {origin && <Origin origin={origin} projection={projection} />}
    </svg>
  );
}
