import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Booking } from '../booking/booking.ts';
import type { Id } from '../kernel/ids.ts';
import { addSeconds, type DayPart, instant } from '../kernel/time.ts';
import { type AccessEvent, classOf, type Method, type Proof, proofOf, shownBy } from './evidence.ts';

const day = '2026-06-15';
const start = instant('2026-06-15T07:00:00Z');
const space = (n: number): Id<'spc'> => `spc_0000000${n}`;
let count = 0;
const event = (half: 'morning' | 'afternoon', method: Method, more: Partial<AccessEvent> = {}): AccessEvent => {
  count += 1;
  const coded = method === 'rotating_code';
  const happened_at = addSeconds(start, count * 60);
  return {
    eventId: `acc_${String(count).padStart(8, '0')}`,
    personId: 'per_00000001',
    spaceId: space(1),
    day,
    half,
    method,
    present: true,
    kioskId: coded || method === 'kiosk_name' ? 'ksk_00000001' : null,
    counter: coded ? BigInt(count) : null,
    notedBy: null,
    device: null,
    clock_skew_s: null,
    since_midnight_s: coded ? count * 60 : null,
    happened_at,
    recorded_at: happened_at,
    ...more,
  };
};
const booked = (part: DayPart, more: Partial<Booking> = {}): Booking =>
  ({
    bookingId: `bkg_${part.padEnd(10, '0')}`,
    spaceId: space(1),
    personId: 'per_00000001',
    day,
    kind: 'desk',
    part,
    hours: null,
    price_eur_cents: 800n,
    contractId: null,
    ...more,
  }) as Booking;
const lines = (events: readonly AccessEvent[], bookings: readonly Booking[] = []) =>
  shownBy(events, bookings)
    .map(s => `${s.spaceId.at(-1)} ${s.halves} ${s.evidenceClass}`)
    .toSorted();

describe('evidence classes', () => {
  test('a code that its owner’s phone kept is told from one that reached us at once', () => {
    const kept = event('morning', 'rotating_code', { notedBy: 'per_00000001' });
    const list = event('morning', 'host_list', { notedBy: 'per_00000002' });
    expect([kept, event('morning', 'rotating_code'), list].map(proofOf)).toEqual([
      'kept_code',
      'rotating_code',
      'host_list',
    ]);
  });

  test.each<[string, Proof[], boolean, string]>([
    ['a host’s line', ['host_list'], true, 'A'],
    ['a person’s word', ['own_declaration'], true, 'A'],
    ['a name touched on the kiosk', ['kiosk_name'], true, 'A'],
    ['a person’s word and a host’s line', ['own_declaration', 'host_list'], true, 'B'],
    ['a name touched and a host’s line', ['kiosk_name', 'host_list'], false, 'B'],
    ['a code without a charged booking', ['rotating_code'], false, 'B'],
    ['a code with a charged booking', ['rotating_code'], true, 'C'],
    ['a code that a phone kept, with a charged booking', ['kept_code'], true, 'B'],
    ['a code that a phone kept, a person’s word, a charged booking', ['kept_code', 'own_declaration'], true, 'B'],
    ['a code that a phone kept, the host’s line, a charged booking', ['kept_code', 'host_list'], true, 'C'],
    ['a code that a phone kept and the host’s line, without a booking', ['kept_code', 'host_list'], false, 'B'],
    ['a code, a word and a line, without a booking', ['rotating_code', 'own_declaration', 'host_list'], false, 'B'],
  ])('%s', (_case, methods, corroborated, want) => {
    expect(classOf(new Set(methods), corroborated)).toBe(want);
  });
});

describe('what a day’s events show', () => {
  test.each<[string, () => [AccessEvent[], Booking[]], string[]]>([
    [
      'a morning code and a day booked: the whole day, class C',
      () => [[event('morning', 'rotating_code')], [booked('day')]],
      ['1 2 C'],
    ],
    [
      'an afternoon code and a day booked: half a day',
      () => [[event('afternoon', 'rotating_code')], [booked('day')]],
      ['1 1 C'],
    ],
    [
      'a morning code and nothing booked: half a day, class B',
      () => [[event('morning', 'rotating_code')], []],
      ['1 1 B'],
    ],
    [
      'a booking that nobody is charged for corroborates nothing',
      () => [[event('morning', 'rotating_code')], [booked('morning', { price_eur_cents: 0n })]],
      ['1 1 B'],
    ],
    [
      'a contract corroborates even at no price',
      () => [
        [event('morning', 'rotating_code')],
        [booked('morning', { price_eur_cents: 0n, contractId: 'sub_00000001' })],
      ],
      ['1 1 C'],
    ],
    [
      'a booking elsewhere corroborates nothing',
      () => [[event('morning', 'rotating_code')], [booked('day', { spaceId: space(2) })]],
      ['1 1 B'],
    ],
    [
      'halves proved differently stay apart',
      () => [[event('morning', 'rotating_code'), event('afternoon', 'host_list')], [booked('morning')]],
      ['1 1 A', '1 1 C'],
    ],
    [
      'an hour in a booth says nothing of half a day, nor of the afternoon',
      () => [
        [event('morning', 'rotating_code')],
        [booked('day', { kind: 'phone_booth', hours: { begins_min: 720, ends_min: 840 } })],
      ],
      ['1 1 B'],
    ],
    [
      'nor does a locker',
      () => [[event('morning', 'rotating_code')], [booked('morning', { kind: 'locker' })]],
      ['1 1 B'],
    ],
    [
      'two half-days booked apart make one day',
      () => [
        [event('morning', 'rotating_code'), event('afternoon', 'rotating_code')],
        [booked('morning'), booked('afternoon')],
      ],
      ['1 2 C'],
    ],
    [
      'two spaces in one morning: the better proof alone',
      () => [[event('morning', 'host_list'), event('morning', 'rotating_code', { spaceId: space(2) })], []],
      ['2 1 B'],
    ],
    [
      'an afternoon seen elsewhere is not taken to have been spent here',
      () => [
        [event('morning', 'rotating_code'), event('afternoon', 'host_list', { spaceId: space(2) })],
        [booked('day')],
      ],
      ['1 1 C', '2 1 A'],
    ],
    [
      'a host’s “absent” takes back a host’s line',
      () => [[event('morning', 'host_list'), event('morning', 'host_list', { present: false })], []],
      [],
    ],
    [
      'a host’s “absent” does not take back a code',
      () => [[event('morning', 'rotating_code'), event('morning', 'host_list', { present: false })], []],
      ['1 1 B'],
    ],
    [
      'a line written again after “absent” stands',
      () => [[event('morning', 'host_list', { present: false }), event('morning', 'host_list')], []],
      ['1 1 A'],
    ],
  ])('%s', (_case, make, want) => {
    expect(lines(...make())).toEqual(want);
  });

  const anyEvent = fc
    .record({
      half: fc.constantFrom('morning' as const, 'afternoon' as const),
      method: fc.constantFrom<Method>('rotating_code', 'kiosk_name', 'host_list', 'own_declaration'),
      where: fc.integer({ min: 1, max: 3 }),
      who: fc.integer({ min: 1, max: 3 }),
    })
    .map(e => event(e.half, e.method, { spaceId: space(e.where), personId: `per_0000000${e.who}` }));

  test('is at most one day a person, whatever the events, and the same in whatever order they come', () => {
    fc.assert(
      fc.property(
        fc.array(anyEvent, { maxLength: 20 }),
        fc.array(fc.constantFrom(booked('day'), booked('morning')), { maxLength: 2 }),
        (events, bookings) => {
          const shown = shownBy(events, bookings);
          for (const person of new Set(shown.map(s => s.personId))) {
            const halves = shown.filter(s => s.personId === person).reduce((sum, s) => sum + s.halves, 0);
            expect(halves).toBeLessThanOrEqual(2);
          }
          const key = (all: typeof shown) => JSON.stringify([...all].map(s => JSON.stringify(s)).toSorted());
          expect(key(shownBy(events.toReversed(), bookings))).toBe(key(shown));
        },
      ),
    );
  });
});
