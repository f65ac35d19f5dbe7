import { type Building, streetOf } from './town.ts';

/** The street's level; under it, the paved square. */
const ground = 96;

/** A street drawn from a town's name, for spaces without a photo and for large calm places. Decorative: says nothing. */
export function TownDrawing({ name, wide = false }: { name: string; wide?: boolean }) {
  const width = wide ? 880 : 320;
  return (
    <svg
      class={wide ? 'town town-wide' : 'town'}
      preserveAspectRatio="xMidYMax slice"
      viewBox={`0 0 ${width} 120`}
      aria-hidden="true"
    >
      <path class="town-hill" d={hill(width, name.length)} />
      {streetOf(name, width).map(one => (
        <Drawn one={one} />
      ))}
      <path class="town-line" d={`M0 ${ground}H${width}`} />
      <path class="town-paving" d={paving(width)} />
    </svg>
  );
}

const hill = (width: number, lean: number): string =>
  `M0 ${ground}V66C${width * 0.2} ${40 + (lean % 5) * 4} ${width * 0.35} ${34 + (lean % 3) * 6} ${width * 0.55} 60S${width * 0.85} ${38 + (lean % 4) * 5} ${width} 58V${ground}Z`;

/** Three courses of stones, their joints never above one another. */
const paving = (width: number): string =>
  [0, 1, 2]
    .map(course => {
      const y = ground + course * 8;
      const joints = Array.from({ length: Math.ceil(width / 22) }, (_, n) => n * 22 + ((course * 9) % 22));
      return `M0 ${y + 8}H${width}${joints.map(x => `M${x} ${y}v8`).join('')}`;
    })
    .join('');

const Drawn = ({ one }: { one: Building }) => {
  if (one.kind === 'tree') return <Tree one={one} />;
  const { x, width, height, roof, kind, open } = one;
  const top = ground - height;
  const eaves = kind === 'church' ? 0 : 2;
  return (
    <g>
      <path class={open ? 'town-wall town-open' : 'town-wall'} d={`M${x} ${ground}V${top}H${x + width}V${ground}Z`} />
      <path
        class={open ? 'town-roof town-roof-open' : 'town-roof'}
        d={
          kind === 'house' || kind === 'church'
            ? `M${x - eaves} ${top}L${x + width / 2} ${top - roof}L${x + width + eaves} ${top}Z`
            : `M${x - eaves} ${top}L${x + 5} ${top - roof}H${x + width - 5}L${x + width + eaves} ${top}Z`
        }
      />
      {kind === 'church' ? <Bell one={one} /> : <Windows one={one} />}
      <Door one={one} />
    </g>
  );
};

const Tree = ({ one: { x, width, height } }: { one: Building }) => (
  <g>
    <path class="town-line" d={`M${x + width / 2} ${ground}v-18`} />
    <ellipse class="town-leaves" cx={x + width / 2} cy={ground - 14 - height / 2} rx={width / 2} ry={height / 2 + 3} />
  </g>
);

const Bell = ({ one: { x, width, height } }: { one: Building }) => (
  <path class="town-window" d={`M${x + width / 2 - 3} ${ground - height + 16}v-6a3 3 0 0 1 6 0v6z`} />
);

const Windows = ({ one: { x, width, height, floors, bays } }: { one: Building }) => {
  const gap = width / bays;
  const windows = Array.from({ length: floors * bays }, (_, n) => [n % bays, Math.floor(n / bays)] as const);
  // The middle of the lowest floor is the door's.
  const middle = Math.floor(bays / 2);
  const shown = windows.filter(([bay, floor]) => floor < floors - 1 || bay !== middle);
  return (
    <path
      class="town-window"
      d={shown
        .map(
          ([bay, floor]) =>
            `M${Math.round((x + gap * (bay + 0.5) - 2) * 10) / 10} ${ground - height + 6 + floor * 16}h4v8h-4z`,
        )
        .join('')}
    />
  );
};

const Door = ({ one: { x, width, bays, kind, open } }: { one: Building }) => {
  const middle = kind === 'church' ? x + width / 2 : x + (width / bays) * (Math.floor(bays / 2) + 0.5);
  return (
    <path
      class={open ? 'town-door-open' : 'town-door'}
      d={`M${Math.round((middle - 3) * 10) / 10} ${ground}v-9a3 3 0 0 1 6 0v9z`}
    />
  );
};
