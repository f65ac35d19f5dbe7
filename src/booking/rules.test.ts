import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Id } from '../kernel/ids.ts';
import { type Day, type DayPart, type Instant, type Interval, instant } from '../kernel/time.ts';
import type { OpenDay, Resource, Space } from '../spaces/spaces.ts';
import { allot, type Known } from './allotment.ts';
import { chooseFor, freeDesksOf, freeResources, meet, nextFree } from './availability.ts';
import { type Asked, type Booking, halvesOf } from './claim.ts';
import { cancellationAt, defaultPolicy, type Policy, policyOn } from './policy.ts';
import { type Facts, judge, policyRefusal, ruleNames } from './rules.ts';
import { traceOf } from './trace.ts';

const day: Day = '2026-06-16';
const spaceId: Id<'spc'> = 'spc_00000001';
const between = (from: string, to: string): Interval => ({
  from: instant(`${day}T${from}:00Z`),
  to: instant(`${day}T${to}:00Z`),
});
const parts = {
  morning: between('06:30', '10:30'),
  afternoon: between('11:30', '16:00'),
  day: between('06:30', '16:00'),
};
const openDay: OpenDay = { spaceId, day, open: [parts.morning, parts.afternoon], parts, closed: null };
const space = { spaceId, name: 'L’Atelier', zone: 'Europe/Paris', managerId: 'org_00000001' } as unknown as Space;
const desk = (n: number): Resource => ({
  resourceId: `res_0000000${n}`,
  spaceId,
  kind: 'desk',
  name: `Bureau ${n}`,
  capacity: 1,
  withdrawnFrom: null,
});
const resources = [desk(1), desk(2)];
const taken = (n: number, part: DayPart, personId: Id<'per'> = 'per_somebody0'): Booking => ({
  bookingId: `bkg_${n}${part.padEnd(10, '0')}`,
  spaceId,
  resourceId: desk(n).resourceId,
  kind: 'desk',
  personId,
  day,
  part,
  hours: null,
  during: parts[part],
  freeAgain: parts[part].to,
  status: 'confirmed',
  price_eur_cents: 800n,
  covered_eur_cents: 0n,
  guestId: null,
  payerKind: 'person',
  payerId: personId,
  contractId: null,
  bookedAt: instant('2026-06-01T08:00:00Z'),
  cancelledAt: null,
  continues: null,
  moves: 0,
  heldUntil: null,
  amended: 0,
  termId: null,
});
const me: Id<'per'> = 'per_00000001';
const onDay = (on: Day, part: DayPart): Booking => {
  const moved = { from: instant(`${on}T06:30:00Z`), to: instant(`${on}T10:30:00Z`) };
  return { ...taken(1, part, me), day: on, during: moved, freeAgain: moved.to };
};
const asked: Asked = { spaceId, day, part: 'morning', personId: me };
const facts: Facts = {
  space,
  resources,
  openDay,
  policies: [],
  today: '2026-06-15',
  there: [],
  own: [],
  spaceNames: new Map([[spaceId as string, space.name]]),
};
const now = instant('2026-06-15T08:00:00Z');

const answer = (request: Partial<Asked>, known: Partial<Facts> = {}, at = now): string => {
  const judgement = judge({ ...asked, ...request }, { ...facts, ...known }, at);
  return judgement.ok ? 'accepted' : judgement.refusal([]).code;
};

describe('may this person have this place then?', () => {
  const closed: OpenDay = {
    ...openDay,
    open: [],
    parts: { morning: null, afternoon: null, day: null },
    closed: { fr: 'congés', en: 'holidays' },
  };
  const morningOnly: OpenDay = { ...openDay, parts: { ...parts, afternoon: null, day: null } };
  const full = [taken(1, 'day', 'per_somebody1'), taken(2, 'morning', 'per_somebody2')];
  const mine = [taken(1, 'day', me)];
  const cases: readonly (readonly [string, Partial<Asked>, Partial<Facts>, string])[] = [
    ['a free morning', {}, {}, 'accepted'],
    ['the first day that can be booked', { day: '2026-06-15' }, {}, 'accepted'],
    ['an unknown space', {}, { space: undefined }, 'booking.unknown_space'],
    ['a desk of another space', { resourceId: 'res_elsewhere' }, {}, 'booking.unknown_desk'],
    ['a kind that the space does not have', { kind: 'meeting_room' }, {}, 'booking.unknown_desk'],
    ['yesterday', { day: '2026-06-14' }, {}, 'booking.past_day'],
    ['the last day allowed', { day: '2026-08-14' }, {}, 'accepted'],
    ['the day after the last allowed', { day: '2026-08-15' }, {}, 'booking.too_far_ahead'],
    ['a closed day', {}, { openDay: closed }, 'booking.space_closed'],
    ['a half that is not offered', { part: 'afternoon' }, { openDay: morningOnly }, 'booking.outside_hours'],
    ['a day of which half is not offered', { part: 'day' }, { openDay: morningOnly }, 'booking.outside_hours'],
    ['that desk, taken', { resourceId: desk(1).resourceId }, { there: [taken(1, 'day')] }, 'booking.desk_taken'],
    ['that desk, taken, and no other', { resourceId: desk(1).resourceId }, { there: full }, 'booking.space_full'],
    ['any desk, none left', {}, { there: full }, 'booking.space_full'],
    ['any desk, one left in the afternoon', { part: 'afternoon' }, { there: full }, 'accepted'],
    ['one’s own desk again', { resourceId: desk(1).resourceId }, { there: mine, own: mine }, 'booking.already_booked'],
    ['another desk at the same time', {}, { own: mine }, 'booking.already_booked'],
    ['the other half of the day', { part: 'afternoon' }, { own: [taken(1, 'morning', me)] }, 'accepted'],
  ];
  test.each(cases)('%s', (_case, request, known, want) => {
    expect(answer(request, known)).toBe(want);
  });

  const rules = (over: Partial<Policy>) => ({
    policies: [{ ...defaultPolicy, ...over, scope: spaceId, validFrom: day }],
  });
  const office: Resource = { ...desk(3), kind: 'office', name: 'Bureau fermé' };
  const week = { own: [onDay('2026-06-15', 'day'), onDay('2026-06-19', 'morning')] };
  const elsewhere = { own: week.own.map(one => ({ ...one, spaceId: 'spc_elsewhere' as const })) };
  const another = { own: [onDay('2026-06-14', 'day'), onDay('2026-06-22', 'day')] };
  const justInTime = instant('2026-06-16T04:30:00Z');
  type Case = readonly [string, Partial<Asked>, Partial<Facts>, string, Instant?];
  const ruled: readonly Case[] = [
    ['two hours before, to the second', {}, rules({ notice_minutes: 120 }), 'accepted', justInTime],
    ['a second later', {}, rules({ notice_minutes: 120 }), 'booking.too_late_to_book', justInTime.add({ seconds: 1 })],
    [
      'a second later, by the host',
      { byHost: true },
      rules({ notice_minutes: 120 }),
      'accepted',
      justInTime.add({ seconds: 1 }),
    ],
    ['an office, kept for the host', { kind: 'office' }, rules({ by_host: ['office'] }), 'booking.booked_by_host'],
    [
      'that office by its id',
      { resourceId: office.resourceId },
      rules({ by_host: ['office'] }),
      'booking.booked_by_host',
    ],
    ['that office, by the host', { kind: 'office', byHost: true }, rules({ by_host: ['office'] }), 'accepted'],
    ['a desk where offices are kept', {}, rules({ by_host: ['office'] }), 'accepted'],
    ['the fourth half-day of four', {}, { ...rules({ half_days_a_week: 4 }), ...week }, 'accepted'],
    [
      'a day on top of three of four',
      { part: 'day' },
      { ...rules({ half_days_a_week: 4 }), ...week },
      'booking.quota_reached',
    ],
    ['the fourth of three', {}, { ...rules({ half_days_a_week: 3 }), ...week }, 'booking.quota_reached'],
    ['the fourth of three, by the host', { byHost: true }, { ...rules({ half_days_a_week: 3 }), ...week }, 'accepted'],
    ['three others, in another space', {}, { ...rules({ half_days_a_week: 1 }), ...elsewhere }, 'accepted'],
    ['those of the weeks around', {}, { ...rules({ half_days_a_week: 1 }), ...another }, 'accepted'],
  ];
  test.each(ruled.map(([name, request, known, want, at = now]) => [name, request, known, want, at] as const))(
    'under rules of its own, %s',
    (_name, request, known, want, at) => {
      expect(
        answer(request, { resources: [...resources, office], today: at === now ? '2026-06-15' : day, ...known }, at),
      ).toBe(want);
    },
  );

  test('a trace asks each rule in its order, and none after the one that refuses', () => {
    const trace = (request: Partial<Asked>, known: Partial<Facts> = {}) =>
      traceOf({ ...asked, ...request }, { ...facts, ...known }, { now, next: [] })?.map(
        step => `${step.rule} ${step.refusal?.code ?? step.said}`,
      );
    const plain = ruleNames.filter(rule => !rule.startsWith('guest_'));
    expect(trace({})).toEqual(plain.map(rule => `${rule} passed`));
    const guest = trace({ guestId: 'gst_00000001' }, { own: [taken(2, 'morning', me)] });
    expect(guest).toEqual(ruleNames.map(rule => `${rule} passed`));
    const refused = trace({}, { openDay: closed });
    expect(refused?.slice(0, 6)).toEqual([
      ...['known_place passed', 'open_to_people passed', 'by_the_hour passed', 'to_come passed', 'near_enough passed'],
      'open_day booking.space_closed',
    ]);
    expect(refused?.slice(6)).toEqual(plain.slice(6).map(rule => `${rule} not_asked`));
    expect(trace({}, { space: undefined })).toBeUndefined();
  });

  test('a trace and a judgement say the same', () => {
    for (const [, request, known, want] of cases) {
      const steps = traceOf({ ...asked, ...request }, { ...facts, ...known }, { now, next: [] });
      const said = steps === null ? 'booking.unknown_space' : steps.find(step => step.refusal !== null)?.refusal?.code;
      expect(said ?? 'accepted').toBe(want);
    }
  });

  test('reasons keep their order: with everything wrong, the first is said, then the next', () => {
    const wrong = { day: '2026-06-14' as Day, resourceId: 'res_elsewhere' as const };
    expect(answer(wrong, { space: undefined, openDay: closed })).toBe('booking.unknown_space');
    expect(answer(wrong, { openDay: closed })).toBe('booking.unknown_desk');
    expect(answer({ day: wrong.day }, { openDay: closed, there: full })).toBe('booking.past_day');
    expect(answer({}, { openDay: closed, there: full, own: mine })).toBe('booking.space_closed');
    expect(answer({}, { there: full, own: mine })).toBe('booking.space_full');
  });

  test.each([
    ['2026-06-16T10:29:59Z', 'morning', 'accepted'],
    ['2026-06-16T10:30:00Z', 'morning', 'booking.past_day'],
    ['2026-06-16T10:30:00Z', 'day', 'booking.past_day'],
    ['2026-06-16T10:30:00Z', 'afternoon', 'accepted'],
    ['2026-06-16T16:00:00Z', 'afternoon', 'booking.past_day'],
  ] as const)('at %s, the %s of that day is %s', (at, part, want) => {
    expect(answer({ part }, { today: day }, instant(at))).toBe(want);
  });
});

describe('a list of requests', () => {
  const known: Known = { spaces: [space], resources, openDays: [openDay], tariffs: [], policies: [], bookings: [] };
  const request = fc.record({
    personId: fc.constantFrom<Id<'per'>>('per_00000001', 'per_00000002', 'per_00000003', 'per_00000004'),
    part: fc.constantFrom<DayPart>('morning', 'afternoon', 'day'),
    resourceId: fc.constantFrom(undefined, desk(1).resourceId, desk(2).resourceId),
  });

  test('never gives one desk, or one person, twice at one time', () => {
    fc.assert(
      fc.property(fc.array(request, { maxLength: 12 }), requests => {
        const judged = allot(
          requests.map(r => ({ ...r, spaceId, day })),
          known,
          now,
        );
        const given = judged.flatMap((j, i) =>
          j.ok ? [{ ...j.place, ...requests[i]!, resource: j.place.resource }] : [],
        );
        const clash = given.some((a, i) =>
          given.some(
            (b, j) =>
              i < j &&
              meet(a.part, b.part) &&
              (a.resource.resourceId === b.resource.resourceId || a.personId === b.personId),
          ),
        );
        expect(clash).toBe(false);
      }),
    );
  });
});

describe('choosing a desk', () => {
  test('gives a free one whenever there is one, always the same to the same person', () => {
    fc.assert(
      fc.property(fc.string(), fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { maxLength: 9 }), (name, busy) => {
        const all = Array.from({ length: 9 }, (_, n) => desk(n + 1));
        const free = freeResources(
          all,
          busy.map(n => taken(n, 'day')),
          taken(1, 'morning'),
        );
        const chosen = chooseFor(`per_${name}`, all, free);
        expect(chosen === null).toBe(free.length === 0);
        if (chosen) expect(free).toContain(chosen);
        expect(chooseFor(`per_${name}`, all, free)).toEqual(chosen);
      }),
    );
  });
});

describe('free desks', () => {
  test('are counted by half, never below zero; a half that is over has none', () => {
    const total = new Map([[spaceId as string, [{ count: 2, until: null }]]]);
    const count = (at: string, morning: number, afternoon: number) =>
      freeDesksOf([openDay], { total, taken: [{ spaceId, day, morning, afternoon }], now: instant(at) }).map(
        l => l.free,
      );
    expect(count('2026-06-15T08:00:00Z', 1, 0)).toEqual([1, 2]);
    expect(count('2026-06-15T08:00:00Z', 3, 2)).toEqual([0, 0]);
    expect(count('2026-06-16T10:30:00Z', 0, 0)).toEqual([0, 2]);
  });

  test('the next ones come in order of time', () => {
    const line = (on: Day, half: 'morning' | 'afternoon', free: number) => ({
      spaceId,
      day: on,
      half,
      open: true,
      free,
      total: 2,
    });
    const lines = [
      line('2026-06-17', 'afternoon', 1),
      line('2026-06-16', 'afternoon', 1),
      line('2026-06-16', 'morning', 0),
      line('2026-06-17', 'morning', 2),
    ];
    expect(nextFree(lines, 2).map(l => `${l.day} ${l.half}`)).toEqual(['2026-06-16 afternoon', '2026-06-17 morning']);
  });

  test('a day meets both of its halves, and halves do not meet each other', () => {
    for (const part of ['morning', 'afternoon', 'day'] as const) expect(meet(part, 'day')).toBe(true);
    expect(meet('morning', 'afternoon')).toBe(false);
    expect(halvesOf('day')).toEqual(['morning', 'afternoon']);
  });
});

describe('policies', () => {
  const begins = instant('2026-06-16T06:30:00Z');
  test.each([
    ['2026-06-15T06:30:00Z', 'charged', 'free'],
    ['2026-06-15T06:30:01Z', 'charged', 'charged'],
    ['2026-06-15T06:30:01Z', 'refused', 'too_late'],
    ['2026-06-16T06:29:59Z', 'charged', 'charged'],
    ['2026-06-16T06:30:00Z', 'charged', 'too_late'],
  ] as const)('cancelling at %s, when late is %s, is %s', (at, late_cancellation, want) => {
    expect(cancellationAt(begins, { ...defaultPolicy, late_cancellation }, instant(at))).toBe(want);
  });

  test('the newest that has begun holds, the space’s own before the network’s', () => {
    const dated = (scope: 'network' | Id<'spc'>, validFrom: Day, furthest_days: number) => ({
      ...defaultPolicy,
      scope,
      validFrom,
      furthest_days,
    });
    const policies = [
      dated('network', '2026-01-01', 30),
      dated(spaceId, '2026-03-01', 7),
      dated(spaceId, '2026-09-01', 14),
    ];
    const at = (on: Day) => policyOn(policies, spaceId, on).furthest_days;
    expect([at('2025-12-31'), at('2026-01-01'), at('2026-06-01'), at('2026-09-01')]).toEqual([60, 30, 7, 14]);
  });
});

describe('a policy out of its bounds is refused beside the number that is wrong', () => {
  const asked = { ...defaultPolicy, from: day };
  test.each([
    ['furthest_days', 732],
    ['cancel_hours', -1],
    ['notice_minutes', 43_201],
    ['guests_a_day', 1.5],
    ['buffer_minutes', 241],
    ['half_days_a_week', 0],
  ] as const)('%s of %s', (field, value) => {
    expect(policyRefusal({ ...asked, [field]: value }, day)).toMatchObject({
      code: 'booking.policy_out_of_range',
      field,
    });
  });
  test('and none within them', () => {
    expect(policyRefusal(asked, day)).toBeNull();
  });
});
