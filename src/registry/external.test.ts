import { describe, expect, it } from 'vitest';
import { instant } from '../kernel/time.ts';
import { disagreeingSince, gapOf, news } from './external.ts';

const on = (day: number, external: bigint, ours: bigint, referenceId = 'a') => ({
  ...{ referenceId, external, ours },
  foundAt: instant(`2026-06-0${day}T04:22:00Z`),
});
const since = (...found: ReturnType<typeof on>[]) => disagreeingSince('a', found.reverse())?.toString().slice(8, 10);

describe('our books beside the State’s', () => {
  it('miss units when theirs has more, and show too many when it has fewer', () => {
    expect([gapOf(on(1, 25n, 20n)), gapOf(on(1, 20n, 25n)), gapOf(on(1, 5n, 5n))]).toEqual([5n, -5n, 0n]);
  });

  it.each([
    ['never compared', [], undefined],
    ['in agreement', [on(1, 5n, 5n)], undefined],
    ['apart from the start', [on(1, 5n, 4n)], '01'],
    ['apart since the third, by a gap that changed', [on(1, 5n, 5n), on(3, 5n, 4n), on(4, 5n, 3n)], '03'],
    ['together again', [on(1, 5n, 5n), on(3, 5n, 4n), on(4, 4n, 4n)], undefined],
    ['apart a second time', [on(1, 5n, 4n), on(3, 4n, 4n), on(6, 4n, 3n)], '06'],
    ['apart, whatever another reference says', [on(2, 5n, 4n), on(3, 9n, 9n, 'b')], '02'],
  ])('%s', (_, found, day) => {
    expect(since(...found)).toBe(day);
  });

  it('are written down when the comparison comes out otherwise, and only then', () => {
    const found = [on(2, 5n, 4n), on(1, 5n, 5n)];
    expect(news([on(3, 5n, 4n)], found)).toEqual([]);
    expect(news([on(3, 5n, 5n), on(3, 1n, 1n, 'b')], found)).toHaveLength(2);
    expect(news([on(3, 6n, 4n)], found)).toHaveLength(1);
    expect(news([on(3, 5n, 3n)], found)).toHaveLength(1);
    expect(news([on(3, 1n, 1n)], [])).toHaveLength(1);
    expect(news([on(3, 5n, 4n), on(3, 8n, 8n, 'b'), on(3, 7n, 7n, 'c')], [on(2, 8n, 8n, 'b'), ...found])).toEqual([
      on(3, 7n, 7n, 'c'),
    ]);
  });
});
