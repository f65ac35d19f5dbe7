import type { Id } from '../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import type { Drawing, Place, PlanLabel, Turn, Wall } from './plan.ts';
import { words } from './words.ts';

// A floor as the fields of a form, which a person may fill by hand and a drawing fills as it is dragged.

export type Fields = Readonly<Record<string, string>>;

const measures = ['x', 'y', 'l', 'p', 't'] as const;
export type Measure = (typeof measures)[number];

export const fieldOf = (measure: Measure | 'place', resourceId: string): string => `${measure}-${resourceId}`;

const wallText = ({ x1_cm, y1_cm, x2_cm, y2_cm }: Wall): string => `${x1_cm} ${y1_cm} ${x2_cm} ${y2_cm}`;
const labelText = ({ x_cm, y_cm, text }: PlanLabel): string => `${x_cm} ${y_cm} ${text}`;

/** The fields that a drawing fills. */
export const fieldsOf = ({ width_cm, depth_cm, places, walls, labels }: Drawing): Fields => ({
  largeur: String(width_cm),
  profondeur: String(depth_cm),
  murs: walls.map(wallText).join('\n'),
  noms: labels.map(labelText).join('\n'),
  ...Object.fromEntries(
    places.flatMap(one => {
      const values = { place: 'oui', x: one.x_cm, y: one.y_cm, l: one.width_cm, p: one.depth_cm, t: one.turn_deg };
      return Object.entries(values).map(([name, value]) => [fieldOf(name as Measure, one.resourceId), String(value)]);
    }),
  ),
});

const numberIn = (text: string | undefined): number | null =>
  /^\s*-?\d{1,6}\s*$/.test(text ?? '') ? Number(text) : null;

const linesOf = (text = ''): readonly string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line !== '');

function placeIn(fields: Fields, resourceId: Id<'res'>): Outcome<Place> {
  const read = measures.map(name => ({
    field: fieldOf(name, resourceId),
    value: numberIn(fields[fieldOf(name, resourceId)]),
  }));
  const broken = read.find(one => one.value === null);
  if (broken) return refuse(words.unreadable(broken.field));
  const [x_cm, y_cm, width_cm, depth_cm, turn_deg] = read.map(one => one.value!) as [
    number,
    number,
    number,
    number,
    Turn,
  ];
  return accept({ resourceId, x_cm, y_cm, width_cm, depth_cm, turn_deg });
}

/** The lines of a text as a list; the number of the first that cannot be read, counted from one. */
function listIn<T>(text: string | undefined, one: (line: string) => T | null): readonly T[] | number {
  const read = linesOf(text).map(one);
  const broken = read.indexOf(null);
  return broken === -1 ? (read as T[]) : broken + 1;
}

const wallIn = (line: string): Wall | null => {
  const [, ...found] = /^(\d{1,5})\s+(\d{1,5})\s+(\d{1,5})\s+(\d{1,5})$/.exec(line) ?? [];
  const [x1_cm, y1_cm, x2_cm, y2_cm] = found.map(Number);
  return found.length === 0 ? null : { x1_cm: x1_cm!, y1_cm: y1_cm!, x2_cm: x2_cm!, y2_cm: y2_cm! };
};

const labelIn = (line: string): PlanLabel | null => {
  const [, x, y, text] = /^(\d{1,5})\s+(\d{1,5})\s+(.+)$/.exec(line) ?? [];
  return text === undefined ? null : { x_cm: Number(x), y_cm: Number(y), text };
};

/** The drawing that the fields tell, of these desks and rooms; the first that cannot be read is named. */
export function drawingIn(fields: Fields, resourceIds: readonly Id<'res'>[]): Outcome<Drawing> {
  const [width_cm, depth_cm] = [numberIn(fields['largeur']), numberIn(fields['profondeur'])];
  if (width_cm === null) return refuse(words.unreadable('largeur'));
  if (depth_cm === null) return refuse(words.unreadable('profondeur'));
  const places: Place[] = [];
  for (const resourceId of resourceIds.filter(id => fields[fieldOf('place', id)] !== undefined)) {
    const place = placeIn(fields, resourceId);
    if (!place.ok) return place;
    places.push(place.value);
  }
  const walls = listIn(fields['murs'], wallIn);
  if (typeof walls === 'number') return refuse(words.badWall(walls));
  const labels = listIn(fields['noms'], labelIn);
  return typeof labels === 'number'
    ? refuse(words.badLabel(labels))
    : accept({ width_cm, depth_cm, places, walls, labels });
}
