import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { place } from '../../kernel/place.ts';
import { clustered } from './cluster.ts';
import { france } from './outline.ts';
import { landmarks, ringOf } from './outline-rings.ts';
import { boundsAround, franceBounds, paving, projectionOf } from './projection.ts';

describe('the projection', () => {
  test('puts all of France and its landmarks inside the picture', () => {
    const { project, width, height } = projectionOf(franceBounds, 400);
    for (const at of [...france.flatMap(ringOf), ...landmarks.map(one => one.at)]) {
      const [x, y] = project(at);
      expect(x >= 0 && x <= width && y >= 0 && y <= height).toBe(true);
    }
  });

  test('keeps north up and east right', () => {
    const { project } = projectionOf(franceBounds, 400);
    expect(project([2, 48])[1]).toBeLessThan(project([2, 44])[1]);
    expect(project([-1, 46])[0]).toBeLessThan(project([5, 46])[0]);
  });

  test('bounds around any places hold them all', () => {
    const anywhere = fc.tuple(
      fc.double({ min: -5, max: 9, noNaN: true }),
      fc.double({ min: 42, max: 51, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(anywhere, { minLength: 1, maxLength: 20 }), points => {
        const bounds = boundsAround(points.map(([lon, lat]) => place(lon, lat)));
        const { project, width, height } = projectionOf(bounds, 400);
        return points.every(point => {
          const [x, y] = project(point);
          return x >= -1 && x <= width + 1 && y >= -1 && y <= height + 1;
        });
      }),
    );
  });

  test('stones of the ground are a round number of kilometres', () => {
    const bounds = boundsAround([place(3.71, 43.93)]);
    const { km, units } = paving(bounds, projectionOf(bounds, 400));
    expect([1, 2, 5, 10, 20]).toContain(km);
    expect(units).toBeGreaterThan(20);
  });
});

describe('clusters', () => {
  const points = fc.array(fc.record({ x: fc.integer({ min: 0, max: 400 }), y: fc.integer({ min: 0, max: 400 }) }), {
    maxLength: 60,
  });

  test('lose nobody and repeat nobody', () => {
    fc.assert(
      fc.property(points, given => {
        const members = clustered(given, 20).flatMap(cluster => cluster.members);
        return members.length === given.length && given.every(one => members.includes(one));
      }),
    );
  });

  test('never stand on each other', () => {
    fc.assert(
      fc.property(points, given => {
        const heads = clustered(given, 20);
        return heads.every((a, n) => heads.every((b, m) => n === m || Math.hypot(a.x - b.x, a.y - b.y) >= 20));
      }),
    );
  });
});
