import type { SVGAttributes } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { FloorPlan, type PlanPlace } from '../ui/floor-plan/floor-plan.tsx';
import { drawingIn, type Fields, fieldOf, type Measure } from './form.ts';
import { type Drawing, footprintOf, liesOn, overlap, type Place, type Turn } from './plan.ts';

export interface FloorEditorProps {
  /** What the fields told when the page was made. */
  readonly drawing: Drawing;
  readonly resources: readonly {
    readonly resourceId: `res_${string}`;
    readonly name: string;
    readonly room: boolean;
  }[];
  /** Id of the form whose fields the drawing follows and fills. */
  readonly formId: string;
  readonly texts: Readonly<Record<'label' | 'wrong' | 'keys', string>>;
}

/** Hand and arrows move by this much; with Shift, a centimetre. */
const step_cm = 10;
const snapped = (cm: number): number => Math.round(cm / step_cm) * step_cm;

const formOf = (id: string): HTMLFormElement | null => document.querySelector(`form[aria-label="${CSS.escape(id)}"]`);

const fieldsIn = (form: HTMLFormElement): Fields =>
  Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, String(value)]));

/** Writes a place's numbers in the form, as if they were typed. */
function write(form: HTMLFormElement, place: Place): void {
  const values: Readonly<Record<Measure, number>> = {
    ...{ x: place.x_cm, y: place.y_cm, l: place.width_cm, p: place.depth_cm, t: place.turn_deg },
  };
  for (const [name, value] of Object.entries(values)) {
    const field = form.elements.namedItem(fieldOf(name as Measure, place.resourceId));
    if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = String(value);
  }
}

/** The nearest place to it that lies on the floor. */
function broughtIn(place: Place, floor: Drawing): Place {
  const { across_cm, down_cm } = footprintOf(place);
  const bring = (at: number, size: number, most: number) => Math.max(0, Math.min(at, most - size));
  return {
    ...place,
    x_cm: bring(place.x_cm, across_cm, floor.width_cm),
    y_cm: bring(place.y_cm, down_cm, floor.depth_cm),
  };
}

const pushes: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A point of the screen, in centimetres of the drawing. */
function floorPoint(element: Element, { clientX, clientY }: { clientX: number; clientY: number }): DOMPoint | null {
  const svg = element.closest('svg');
  const matrix = svg?.getScreenCTM();
  return matrix ? new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse()) : null;
}

function useDrawing({ drawing: first, resources, formId }: FloorEditorProps) {
  const [drawing, setDrawing] = useState(first);
  useEffect(() => {
    const form = formOf(formId);
    const follow = () => {
      const read =
        form &&
        drawingIn(
          fieldsIn(form),
          resources.map(one => one.resourceId),
        );
      // A field half typed leaves the drawing as it was.
      if (read?.ok) setDrawing(read.value);
    };
    form?.addEventListener('input', follow);
    return () => form?.removeEventListener('input', follow);
  }, []);
  const put = (place: Place) => {
    const inside = broughtIn(place, drawing);
    const form = formOf(formId);
    if (form) write(form, inside);
    setDrawing({
      ...drawing,
      places: drawing.places.map(one => (one.resourceId === inside.resourceId ? inside : one)),
    });
  };
  return { drawing, put };
}

/** A floor that answers to hand and keys: what moves on the drawing is written in the form beside it. */
export default function FloorEditor(props: FloorEditorProps) {
  const { resources, texts } = props;
  const { drawing, put } = useDrawing(props);
  const grasp = useRef<{ readonly id: string; readonly dx: number; readonly dy: number } | null>(null);
  const placeOf = (id: string): Place => drawing.places.find(one => one.resourceId === id)!;
  const nameOf = (id: string) => resources.find(one => one.resourceId === id);
  const holds = (id: string): SVGAttributes<SVGGElement> => ({
    tabIndex: 0,
    role: 'button',
    'aria-label': `${describe(placeOf(id))}. ${texts.keys}`,
    onKeyDown: event => {
      const place = placeOf(id);
      const push = pushes[event.key];
      if (push) {
        const by = event.shiftKey ? 1 : step_cm;
        put({ ...place, x_cm: place.x_cm + push[0] * by, y_cm: place.y_cm + push[1] * by });
      } else if (event.key === 'r' || event.key === 'R')
        put({ ...place, turn_deg: ((place.turn_deg + 90) % 360) as Turn });
      else return;
      event.preventDefault();
    },
    onPointerDown: event => {
      const at = floorPoint(event.currentTarget, event);
      if (at === null) return;
      const place = placeOf(id);
      event.currentTarget.setPointerCapture(event.pointerId);
      grasp.current = { id, dx: at.x - place.x_cm, dy: at.y - place.y_cm };
    },
    onPointerMove: event => {
      const held = grasp.current;
      const at = held?.id === id ? floorPoint(event.currentTarget, event) : null;
      if (at && held) put({ ...placeOf(id), x_cm: snapped(at.x - held.dx), y_cm: snapped(at.y - held.dy) });
    },
    onPointerUp: () => {
      grasp.current = null;
    },
  });
  const describe = (place: Place): string =>
    `${nameOf(place.resourceId)?.name ?? ''}, ${place.x_cm} × ${place.y_cm} cm, ${place.turn_deg}°${isWrong(place) ? `, ${texts.wrong}` : ''}`;
  const isWrong = (place: Place): boolean =>
    !liesOn(footprintOf(place), drawing) ||
    drawing.places.some(
      other => other.resourceId !== place.resourceId && overlap(footprintOf(other), footprintOf(place)),
    );
  const drawn = (place: Place): PlanPlace => ({
    ...footprintOf(place),
    id: place.resourceId,
    name: nameOf(place.resourceId)?.name ?? '',
    kind: nameOf(place.resourceId)?.room ? 'room' : 'desk',
    turn_deg: place.turn_deg,
    state: isWrong(place) ? 'wrong' : 'plain',
    describe: describe(place),
  });
  return (
    <div class="plan-held">
      <FloorPlan
        label={texts.label}
        own="editor"
        floor={{ ...drawing, places: drawing.places.map(drawn) }}
        holds={holds}
      />
    </div>
  );
}
