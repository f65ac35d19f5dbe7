import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { addDays } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Resource, resourcesOf, type Space } from '../spaces/spaces.ts';
import { type Asked, bookMany, foresee, standingOn } from './booking.ts';

const operator: Actor = {
  personId: 'per_00099999',
  firstName: 'Olga',
  memberships: [{ role: 'network_operator', scope: null }],
};
const tomorrow = '2026-06-16';

let net: TestNetwork;
let space: Space;
/** Three desks; an office that has no tariff. */
let resources: readonly Resource[];

beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  space = done(await net.work(work => addSpaces(work, operator, [sampleSpace()])))[0]!;
  resources = await net.work(work => resourcesOf(work, [space.spaceId]));
});

const asked = (person: number, part: Asked['part'], more: Partial<Asked> = {}): Asked => ({
  spaceId: space.spaceId,
  day: tomorrow,
  part,
  personId: `per_0000000${person}`,
  ...more,
});
const office = () => resources.find(one => one.kind === 'office')!;
const standing = () => net.work(work => standingOn(work, { days: [tomorrow], spaceIds: 'all' }));

describe('what a list would give', () => {
  test('is told with its price and desk, and nothing is written', async () => {
    const [one] = await net.work(work => foresee(work, [asked(1, 'day')]));
    expect(one).toMatchObject({ ok: true, value: { offer: { price_eur_cents: 1400n, asked: { part: 'day' } } } });
    expect(await standing()).toEqual([]);
  });

  test('of what stands already under its id is that booking', async () => {
    const request = asked(1, 'day', { bookingId: 'bkg_known000' });
    const [booking] = await net.work(work => bookMany(work, [request]));
    const again = [request, { ...request, part: 'morning' as const }];
    const [same, other] = await net.work(work => foresee(work, again));
    expect(same).toEqual({ ok: true, value: { booking: done(booking!) } });
    expect(codeOf(other!)).toBe('booking.id_reused');
  });

  test('is not spoilt by a request that nobody can pay', async () => {
    const { resourceId, kind } = office();
    const list = [asked(1, 'morning', { resourceId, kind }), asked(1, 'morning'), asked(2, 'day')];
    const codes = ['spaces.no_tariff', 'accepted', 'accepted'];
    expect((await net.work(work => foresee(work, list))).map(codeOf)).toEqual(codes);
    expect((await net.work(work => bookMany(work, list))).map(codeOf)).toEqual(codes);
  });

  test('of nothing is nothing', async () => {
    expect(await net.work(work => foresee(work, []))).toEqual([]);
  });

  test('is what booking it gives, whatever the list', async () => {
    let week = 0;
    const request = fc.record({
      person: fc.integer({ min: 1, max: 4 }),
      part: fc.constantFrom('morning' as const, 'afternoon' as const, 'day' as const),
      weekday: fc.integer({ min: 0, max: 2 }),
      resource: fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 14 }), async list => {
        // A week of its own for each list: nothing is to be cleared.
        const monday = addDays('2026-06-15', 7 * (1 + (week++ % 7)));
        const requests = list.map(({ person, part, weekday, resource }) => {
          const { resourceId, kind } =
            resource === undefined ? { resourceId: undefined, kind: undefined } : resources[resource]!;
          return { ...asked(person, part, { resourceId, kind: kind as Asked['kind'] }), day: addDays(monday, weekday) };
        });
        const [foreseen, booked] = await net.work(
          async work => [await foresee(work, requests), await bookMany(work, requests)] as const,
        );
        expect(foreseen.map(codeOf)).toEqual(booked.map(codeOf));
      }),
      { numRuns: 30 },
    );
  });
});

test('one id asked by many at once is one booking, and everyone is given it', async () => {
  const requests = Array.from({ length: 12 }, (_, n) =>
    asked(1, 'day', { bookingId: `bkg_oneforall${n}`, day: addDays('2026-06-22', n) }),
  );
  const answers = await Promise.all(
    // They arrive one after the other, so that some read while others write.
    Array.from({ length: 60 }, async (_, n) => {
      await new Promise(done => setTimeout(done, n * 2));
      return net.work(work => bookMany(work, requests));
    }),
  );
  const [first] = answers;
  for (const outcomes of answers) expect(outcomes.map(codeOf)).toEqual(first!.map(codeOf));
  expect(first!.filter(one => one.ok)).toHaveLength(10);
});
