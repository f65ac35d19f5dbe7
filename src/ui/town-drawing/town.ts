/** A repeatable sequence of numbers in [0, 1) made from a text: the same town is always drawn the same way. */
const drawsOf = (seed: string): (() => number) => {
  let state = 2166136261;
  for (const letter of seed) state = Math.imul(state ^ letter.codePointAt(0)!, 16777619);
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    // The low bits of such a generator repeat: only the high ones are used.
    return (state >>> 8) / 2 ** 24;
  };
};

export interface Building {
  readonly kind: 'house' | 'tall' | 'church' | 'hall' | 'tree';
  readonly x: number;
  readonly width: number;
  /** Height of the wall, without the roof. */
  readonly height: number;
  readonly roof: number;
  readonly floors: number;
  readonly bays: number;
  /** The space itself: the one with the warm door. */
  readonly open: boolean;
}

const kindOf = (draw: number): Building['kind'] => (draw < 0.5 ? 'house' : draw < 0.82 ? 'tall' : 'tree');

/** A street of a small town as wide as asked, with one church, one hall and one open door. */
export const streetOf = (name: string, width: number): readonly Building[] => {
  const draw = drawsOf(name);
  const church = 0.15 + 0.7 * draw();
  // A wide street is cropped around its middle on a phone: the open door stays in sight.
  const open = width > 400 ? 0.46 : 0.25 + 0.5 * draw();
  const street: Building[] = [];
  let x = 6;
  while (x < width - 28) {
    const has = (kind: Building['kind']) => street.some(one => one.kind === kind);
    const hallIsDue = !has('hall') && (x / width > open || x > width - 130);
    const churchIsDue = !has('church') && x / width > church;
    const kind = hallIsDue ? 'hall' : churchIsDue ? 'church' : kindOf(draw());
    const one = building(x > width - 60 ? 'tree' : kind, x, draw);
    street.push(one);
    x += one.width + (kind === 'tree' ? 2 : draw() < 0.25 ? 5 : 0);
  }
  return street;
};

const building = (kind: Building['kind'], x: number, draw: () => number): Building => {
  const shapes = {
    house: { width: 24 + 16 * draw(), floors: 1 + Math.floor(1.7 * draw()), roof: 9 + 8 * draw() },
    tall: { width: 20 + 10 * draw(), floors: 2 + Math.floor(1.6 * draw()), roof: 7 + 6 * draw() },
    church: { width: 22, floors: 3, roof: 30 },
    hall: { width: 52, floors: 2, roof: 13 },
    tree: { width: 18 + 6 * draw(), floors: 1, roof: 0 },
  } as const;
  const { width, floors, roof } = shapes[kind];
  return {
    kind,
    x: Math.round(x),
    width: Math.round(width),
    height: floors * 16 + 6 + Math.round(4 * draw()),
    roof: Math.round(roof),
    floors,
    bays: kind === 'hall' ? 5 : Math.max(2, Math.floor(width / 11)),
    open: kind === 'hall',
  };
};
