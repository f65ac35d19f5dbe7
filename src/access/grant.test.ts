import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addSeconds, instant } from '../kernel/time.ts';
import { bodyOf, failureOf, groupsFrom, homeAssistant, isService, webhook } from './contract.ts';
import { type Booked, changesOf, type DoorFacts, type Failure, type Grant, nextTry, widened } from './grant.ts';
import { addressOf } from './rules.ts';

const now = instant('2026-06-15T08:00:00Z');
const hours = (n: number) => addSeconds(now, n * 3_600);
const lock = { opens: true, everyone: ['front'], before_min: 15, after_min: 30, givesPin: false };
const booked = (n: number, from = 1): Booked => ({
  ...{ bookingId: `bkg_0000000${n}`, resourceId: `res_0000000${n % 2}`, day: '2026-06-15' },
  during: { from: hours(from), to: hours(from + 4) },
});
const facts = (over: Partial<DoorFacts> = {}): DoorFacts => ({
  ...{ lock, byResource: new Map([['res_00000001', ['office']]]), bookings: [], grants: [], now },
  ...over,
});

/** The grants that follow once these changes are written. */
const writtenBy = (known: readonly Grant[], changes: ReturnType<typeof changesOf>): readonly Grant[] => [
  ...known.map(grant => {
    const to = changes.revised.find(one => one.grant.grantId === grant.grantId)?.to;
    const withdrawn = changes.withdrawn.includes(grant);
    if (!to && !withdrawn) return grant;
    return {
      ...grant,
      ...to,
      wanted: withdrawn ? ('withdrawn' as const) : ('open' as const),
      revision: grant.revision + 1,
    };
  }),
  ...changes.added.map(
    (one): Grant => ({
      ...one,
      ...{ grantId: `grt_${one.bookingId.slice(4)}`, spaceId: 'spc_00000001', wanted: 'open', revision: 1 },
      ...{ sentRevision: 0, state: 'waiting', failure: null, failureStatus: null, attempts: 0, pin: null },
      ...{ nextTryAt: now, sendingUntil: null, toldAt: null },
    }),
  ),
];

describe('what doors must know', () => {
  test('a booking opens from a margin before to a margin after, the doors of everyone and its own', () => {
    const [one] = changesOf(facts({ bookings: [booked(1)] })).added;
    expect([one!.groups, one!.during.from.toString(), one!.during.to.toString()]).toEqual([
      ['front', 'office'],
      '2026-06-15T08:45:00Z',
      '2026-06-15T13:30:00Z',
    ]);
  });

  test.each([
    ['a lock that is off', { lock: { ...lock, opens: false } }],
    ['a booking without a door', { lock: { ...lock, everyone: [] }, byResource: new Map() }],
    ['a booking that is over, its margin too', { now: hours(6) }],
  ])('%s opens nothing', (_, over) => {
    expect(changesOf(facts({ bookings: [booked(1)], ...over })).added).toEqual([]);
  });

  test('a lock that is another one is told everything again', () => {
    const bookings = [booked(1), booked(2)];
    const grants = writtenBy([], changesOf(facts({ bookings })));
    expect(changesOf(facts({ bookings, grants, again: true })).revised).toHaveLength(2);
  });

  test('whatever is booked and given back: written once, nothing more is to write; and only what stands is open', () => {
    const some = fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 9 });
    const margins = fc.record({ before_min: fc.nat(240), after_min: fc.nat(240), opens: fc.boolean() });
    fc.assert(
      fc.property(some, some, margins, margins, (first, second, before, then) => {
        const start = facts({ lock: { ...lock, ...before }, bookings: first.map(n => booked(n, n)) });
        const known = writtenBy([], changesOf(start));
        const bookings = second.map(n => booked(n, n));
        const later = facts({ lock: { ...lock, ...then }, bookings, grants: known });
        const written = writtenBy(known, changesOf(later));
        expect(changesOf({ ...later, grants: written })).toEqual({ added: [], revised: [], withdrawn: [] });
        const open = written.filter(one => one.wanted === 'open').map(one => one.bookingId);
        expect(open.toSorted()).toEqual(then.opens ? bookings.map(one => one.bookingId).toSorted() : []);
        for (const one of written.filter(({ wanted }) => wanted === 'open'))
          expect(one.during).toEqual(widened(bookings.find(b => b.bookingId === one.bookingId)!.during, then));
      }),
    );
  });
});

test.each<[Failure, number, number, string | null]>([
  ['unreachable', 1, 24, '2026-06-15T08:00:30Z'],
  ['slow', 2, 24, '2026-06-15T08:01:00Z'],
  ['broken', 5, 24, '2026-06-15T08:08:00Z'],
  ['broken', 6, 24, '2026-06-15T08:10:00Z'],
  ['unreachable', 5_000, 24, '2026-06-15T08:10:00Z'],
  ['broken', 1, 0.5, '2026-06-15T08:00:30Z'],
  ['broken', 6, 0.5, '2026-06-15T08:01:00Z'],
  ['slow', 6, -1, '2026-06-15T08:01:00Z'],
  ['refused', 1, 24, null],
  ['unreadable', 1, 24, null],
  ['token_lost', 1, 0, null],
])('a lock that is %s is asked again after %d tries, %d hours before it opens, at %s', (failure, tries, before, at) => {
  expect(nextTry(failure, tries, { now, opens: hours(before) })?.toString() ?? null).toBe(at);
});

describe('the contract', () => {
  const told = { grantId: 'grt_00000001', revision: 3, spaceId: 'spc_00000001', from: now, until: hours(2) } as const;

  test('a withdrawal names no holder and no code', () => {
    expect(bodyOf({ ...told, open: null })).toEqual({
      ...{ schema: 'parvis.access/1', grant_id: 'grt_00000001', revision: 3, space_id: 'spc_00000001' },
      ...{ state: 'withdrawn', holder: null, groups: [], pin: null },
      ...{ from: '2026-06-15T08:00:00Z', until: '2026-06-15T10:00:00Z' },
    });
  });

  test('goes to one address a grant, or to a service of the house', () => {
    expect(webhook.grant({ ...told, open: null })).toMatchObject({ method: 'PUT', path: '/grants/grt_00000001' });
    expect(homeAssistant.grant({ ...told, open: null }, 'script.ouvre')).toMatchObject({
      ...{ method: 'POST', path: '/api/services/script/ouvre' },
    });
  });

  test.each([
    [
      [
        { id: 'b', name: 'Étage' },
        { id: 'a', name: 'Entrée' },
        { id: 'a', name: 'Entrée' },
      ],
      ['a', 'b'],
    ],
    [[], []],
    [[{ id: 'a' }], null],
    [[{ id: '', name: 'Entrée' }], null],
    [[{ id: 'x'.repeat(121), name: 'Entrée' }], null],
    [[null], null],
    ['front', null],
    [Array.from({ length: 201 }, (_, n) => ({ id: `g${n}`, name: 'Porte' })), null],
  ])('groups %#', (listed, ids) => {
    expect(groupsFrom(listed)?.map(one => one.groupId) ?? null).toEqual(ids);
  });

  test.each([null, 'ok', [], { groups: [] }, { schema: 'parvis.access/2', groups: [] }])('%j is no answer', answer => {
    expect(webhook.readGroups(answer)).toBeNull();
  });

  test.each([
    [200, null],
    [204, null],
    [301, 'refused'],
    [401, 'refused'],
    [408, 'broken'],
    [422, 'refused'],
    [429, 'broken'],
    [500, 'broken'],
  ])('%d means %s', (status, failure) => {
    expect(failureOf(status)).toBe(failure);
  });

  test.each([
    ['script.parvis_access', true],
    ['script.parvis-access', false],
    ['script', false],
    ['script.a.b', false],
    ['script/../states', false],
  ])('%s is a service: %s', (text, is) => {
    expect(isService(text)).toBe(is);
  });
});

test.each([
  ['https://serrure.exemple.fr/parvis/', 'https://serrure.exemple.fr/parvis'],
  [' http://192.168.1.20:8123 ', 'http://192.168.1.20:8123'],
  ['https://moi:secret@serrure.invalid', null],
  ['https://serrure.invalid/?cle=1', null],
  ['https://serrure.invalid/#a', null],
  ['ftp://serrure.invalid', null],
  ['http://169.254.169.254/latest', null],
  ['http://0xa9fea9fe/latest', null],
  ['http://[fe80::1]/', null],
  ['http://[::ffff:169.254.169.254]/', null],
  ['serrure', null],
  ['', null],
  [`https://serrure.invalid/${'a'.repeat(500)}`, null],
])('the address %s is %s', (typed, address) => {
  expect(addressOf(typed)).toBe(address);
});
