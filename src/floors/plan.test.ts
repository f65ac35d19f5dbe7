import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { done } from '../../tools/small-network.ts';
import type { Id } from '../kernel/ids.ts';
import { drawingIn, fieldsOf } from './form.ts';
import { type Drawing, drawingRefusal, footprintOf, inRows, liesOn, overlap, type Place, turns } from './plan.ts';

const id = (n: number) => `res_essai00${n}` as Id<'res'>;
const names = new Map([1, 2, 3].map(n => [id(n), `Poste ${n}`]));
const place = (n: number, more: Partial<Place> = {}): Place => ({
  ...{ resourceId: id(n), x_cm: 0, y_cm: 0, width_cm: 140, depth_cm: 70, turn_deg: 0, ...more },
});
const drawing = (more: Partial<Drawing> = {}): Drawing => ({
  ...{ width_cm: 600, depth_cm: 400, places: [], walls: [], labels: [], ...more },
});

describe('a floor is refused', () => {
  test.each<[string, Partial<Drawing>, string | undefined]>([
    ['never when nothing is on it', {}, undefined],
    ['narrower than two metres', { width_cm: 199 }, 'floors.bad_floor_size'],
    ['with a desk of elsewhere', { places: [place(9)] }, 'floors.unknown_resource'],
    ['with a desk twice', { places: [place(1), place(1, { x_cm: 200 })] }, 'floors.placed_twice'],
    [
      'with a desk of half a metre of a centimetre',
      { places: [place(1, { width_cm: 50.5 })] },
      'floors.bad_place_size',
    ],
    ['with a desk of a hand', { places: [place(1, { width_cm: 19 })] }, 'floors.bad_place_size'],
    ['with a desk half a centimetre in', { places: [place(1, { x_cm: 0.5 })] }, 'floors.place_outside'],
    ['with a desk through the wall', { places: [place(1, { x_cm: 461 })] }, 'floors.place_outside'],
    ['not with a desk against the wall', { places: [place(1, { x_cm: 460, y_cm: 330 })] }, undefined],
    [
      'with the same desk turned there',
      { places: [place(1, { x_cm: 460, y_cm: 330, turn_deg: 90 })] },
      'floors.place_outside',
    ],
    ['with two desks that overlap', { places: [place(1), place(2, { x_cm: 139 })] }, 'floors.places_overlap'],
    ['not with two side by side', { places: [place(1), place(2, { x_cm: 140 })] }, undefined],
    ['with a wall of no length', { walls: [{ x1_cm: 5, y1_cm: 5, x2_cm: 5, y2_cm: 5 }] }, 'floors.bad_wall'],
    ['with a wall outside', { walls: [{ x1_cm: 0, y1_cm: 0, x2_cm: 601, y2_cm: 0 }] }, 'floors.bad_wall'],
    ['with a label of no word', { labels: [{ x_cm: 5, y_cm: 5, text: '' }] }, 'floors.bad_label'],
  ])('%s', (_, more, code) => {
    expect(drawingRefusal(drawing(more), names)?.code).toBe(code);
  });
});

const anyPlace = (n: number) =>
  fc
    .record({
      x_cm: fc.nat(400),
      y_cm: fc.nat(400),
      width_cm: fc.integer({ min: 20, max: 300 }),
      depth_cm: fc.integer({ min: 20, max: 300 }),
      turn_deg: fc.constantFrom(...turns),
    })
    .map(more => place(n, more));

describe('places', () => {
  test('overlap as the centimetres that they cover do, both ways', () => {
    const covers = (one: Place, x: number, y: number): boolean => {
      const { x_cm, y_cm, across_cm, down_cm } = footprintOf(one);
      return x_cm <= x && x < x_cm + across_cm && y_cm <= y && y < y_cm + down_cm;
    };
    fc.assert(
      fc.property(anyPlace(1), anyPlace(2), (one, other) => {
        const [a, b] = [footprintOf(one), footprintOf(other)];
        // Two rectangles share a centimetre if and only if they share a corner of their common part.
        const [x, y] = [Math.max(a.x_cm, b.x_cm), Math.max(a.y_cm, b.y_cm)];
        expect(overlap(a, b)).toBe(covers(one, x, y) && covers(other, x, y));
        expect(overlap(b, a)).toBe(overlap(a, b));
      }),
    );
  });

  test('turned four times cover what they covered', () => {
    fc.assert(
      fc.property(anyPlace(1), one => {
        const [at, quarter, half] = [0, 90, 180].map(turn =>
          footprintOf({ ...one, turn_deg: ((one.turn_deg + turn) % 360) as Place['turn_deg'] }),
        );
        expect(half).toEqual(at);
        expect([quarter!.across_cm, quarter!.down_cm]).toEqual([at!.down_cm, at!.across_cm]);
      }),
    );
  });

  test('in rows can always be kept, however many', () => {
    const kinds = fc.array(fc.constantFrom('desk', 'office', 'meeting_room'), { maxLength: 60 });
    fc.assert(
      fc.property(kinds, all => {
        const resources = all.map((kind, n) => ({ kind, name: `Place ${n}`, resourceId: id(n) }));
        const named = new Map(resources.map(one => [one.resourceId, one.kind]));
        const rows = inRows(resources);
        expect(drawingRefusal(rows, named)).toBeNull();
        expect(rows.places.every(one => liesOn(footprintOf(one), rows))).toBe(true);
      }),
    );
  });
});

describe('the fields of a form', () => {
  test('tell a drawing back as it was', () => {
    const floor = drawing({
      places: [place(1), place(3, { x_cm: 200, turn_deg: 270 })],
      walls: [{ x1_cm: 0, y1_cm: 300, x2_cm: 450, y2_cm: 300 }],
      labels: [{ x_cm: 12, y_cm: 80, text: 'Entrée, côté cour' }],
    });
    expect(done(drawingIn(fieldsOf(floor), [...names.keys()]))).toEqual(floor);
  });

  test.each([
    [{ largeur: 'six' }, 'floors.unreadable_number', 'largeur'],
    [{ profondeur: '' }, 'floors.unreadable_number', 'profondeur'],
    [{ 'x-res_essai001': '12,5' }, 'floors.unreadable_number', 'x-res_essai001'],
    [{ murs: '0 0 100 0\n0 0 100' }, 'floors.bad_wall', 'walls'],
    [{ noms: '10 Entrée' }, 'floors.bad_label', 'labels'],
  ])('%j cannot be read', (typed, code, field) => {
    const fields = { ...fieldsOf(drawing({ places: [place(1)] })), ...typed };
    const read = drawingIn(fields, [...names.keys()]);
    expect(read.ok ? null : [read.refusal.code, read.refusal.field]).toEqual([code, field]);
  });

  test('leave out what is not ticked, whatever its numbers say', () => {
    const { 'place-res_essai001': _ticked, ...fields } = fieldsOf(drawing({ places: [place(1)] }));
    expect(done(drawingIn({ ...fields, 'x-res_essai001': 'ici' }, [...names.keys()])).places).toEqual([]);
  });
});
