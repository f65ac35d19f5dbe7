import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { statement } from '../billing/billing.ts';
import type { Id } from '../kernel/ids.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { type Day, type DayPart, instant } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { randomId } from '../platform/clock.ts';
import { inNetwork, openDatabase } from '../platform/database.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type NewSpace, type Resource, resourcesOf, type Space } from '../spaces/spaces.ts';
import {
  book,
  bookingsOf,
  bookMany,
  bookSeries,
  cancel,
  cancelBetween,
  freeDesks,
  offerFor,
  planningOf,
  type SeriesBooked,
  type SeriesRequest,
  setPolicy,
} from './booking.ts';
import { defaultPolicy } from './policy.ts';

const person = (n: number, role: Role = 'worker', scope: Id | null = null): Actor => ({
  personId: `per_${String(n).padStart(8, '0')}`,
  firstName: `Personne ${n}`,
  memberships: [{ role, scope }],
});
const operator = person(99_999, 'network_operator');

const codesOf = ({ skipped }: SeriesBooked): readonly string[] => skipped.map(one => one.refusal.code);
const words = (outcome: Outcome<unknown>): string => (outcome.ok ? '' : outcome.refusal.message.fr);

const desks = (count: number): Partial<NewSpace> => ({
  resources: Array.from({ length: count }, (_, n) => ({ kind: 'desk' as const, name: `Bureau ${n + 1}`, capacity: 1 })),
});

let net: TestNetwork;
let space: Space;
let other: Space;
let desk: Resource;

/** Monday 15 June 2026, 10:00 in Ganges; the sample space opens on weekdays. */
const today: Day = '2026-06-15';
const tomorrow: Day = '2026-06-16';

beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  const spaces = done(
    await net.work(w =>
      addSpaces(w, operator, [sampleSpace({ ...desks(3) }), sampleSpace({ name: 'La Halle', ...desks(40) })]),
    ),
  );
  [space, other] = [spaces[0]!, spaces[1]!];
  desk = (await net.work(w => resourcesOf(w, [space.spaceId])))[0]!;
});

const ask = (who: Actor, day: Day, part: DayPart, more: { resourceId?: Id<'res'>; spaceId?: Id<'spc'> } = {}) =>
  net.work(w => book(w, who, { spaceId: space.spaceId, day, part, ...more }));

describe('booking', () => {
  test('a desk is chosen, priced at the voted tariff and charged to who pays', async () => {
    const booked = done(await ask(person(1), tomorrow, 'morning'));
    expect(booked).toMatchObject({ day: tomorrow, part: 'morning', status: 'confirmed', payerKind: 'person' });
    const owed = await net.work(w => statement(w, { payerId: 'per_00000001', month: '2026-06' }));
    expect(owed.lines.map(line => line.reference)).toEqual([booked.bookingId]);
    expect(owed.amount_eur_cents).toBe(booked.price_eur_cents);
  });

  test('an offer says what booking would give, and writes nothing', async () => {
    const asked = { spaceId: space.spaceId, day: tomorrow, part: 'day', personId: person(1).personId } as const;
    const offer = done(await net.work(w => offerFor(w, asked)));
    const booked = done(await ask(person(1), tomorrow, 'day'));
    expect(booked.resourceId).toBe(offer.resource.resourceId);
    expect(booked.price_eur_cents).toBe(offer.price_eur_cents);
  });

  test('the same booking id asked twice books once', async () => {
    const again = () =>
      net.work(w =>
        book(w, person(1), { spaceId: space.spaceId, day: tomorrow, part: 'day', bookingId: 'bkg_twiceasked' }),
      );
    const [first, second] = [done(await again()), done(await again())];
    expect(second).toEqual(first);
    const elsewhere = await net.work(w =>
      book(w, person(2), { spaceId: space.spaceId, day: tomorrow, part: 'day', bookingId: 'bkg_twiceasked' }),
    );
    expect(codeOf(elsewhere)).toBe('booking.id_reused');
  });

  test('morning and afternoon of one desk go to two people', async () => {
    const where = { resourceId: desk.resourceId };
    expect(codeOf(await ask(person(1), tomorrow, 'morning', where))).toBe('accepted');
    expect(codeOf(await ask(person(2), tomorrow, 'afternoon', where))).toBe('accepted');
    expect(codeOf(await ask(person(3), tomorrow, 'day', where))).toBe('booking.desk_taken');
  });

  test('each refusal says why, in the documented order', async () => {
    const taken = done(await ask(person(1), tomorrow, 'day', { resourceId: desk.resourceId }));
    const cases: readonly (readonly [string, Promise<Outcome<unknown>>])[] = [
      ['booking.unknown_space', ask(person(2), '2020-01-01', 'day', { spaceId: 'spc_nowhere0' })],
      ['booking.unknown_desk', ask(person(2), '2020-01-01', 'day', { resourceId: 'res_nowhere0' })],
      ['booking.past_day', ask(person(2), '2026-06-12', 'day')],
      ['booking.too_far_ahead', ask(person(2), '2026-12-25', 'day')],
      ['booking.space_closed', ask(person(2), '2026-06-21', 'day')],
      ['booking.desk_taken', ask(person(2), tomorrow, 'morning', { resourceId: taken.resourceId })],
      ['booking.already_booked', ask(person(1), tomorrow, 'morning', { spaceId: other.spaceId })],
    ];
    expect(await Promise.all(cases.map(async ([, asked]) => codeOf(await asked)))).toEqual(cases.map(([want]) => want));
  });

  test('a full half-day comes with the next ones that are free', async () => {
    for (const n of [1, 2, 3]) done(await ask(person(n), tomorrow, 'morning'));
    const full = await ask(person(4), tomorrow, 'morning');
    expect(codeOf(full)).toBe('booking.space_full');
    expect(words(full)).toBe(
      'Tout est pris mardi 16 juin matin. Il reste de la place mardi 16 juin après-midi, mercredi 17 juin matin ou mercredi 17 juin après-midi.',
    );
  });

  test('a desk taken comes with how many others are free', async () => {
    const { resourceId } = done(await ask(person(1), tomorrow, 'morning'));
    expect(words(await ask(person(2), tomorrow, 'morning', { resourceId }))).toBe(
      'Ce bureau est pris. 2 autres sont libres mardi 16 juin matin.',
    );
  });

  test('a morning that is over is past, the afternoon is not', async () => {
    net.at('2026-06-15T11:30:00Z');
    expect(codeOf(await ask(person(1), today, 'morning'))).toBe('booking.past_day');
    expect(codeOf(await ask(person(1), today, 'day'))).toBe('booking.past_day');
    expect(codeOf(await ask(person(1), today, 'afternoon'))).toBe('accepted');
  });

  test('a host books for a visitor; a worker does not book for another', async () => {
    const request = { spaceId: space.spaceId, day: tomorrow, part: 'day', personId: person(2).personId } as const;
    expect(codeOf(await net.work(w => book(w, person(1), request)))).toBe('booking.not_for_them');
    expect(codeOf(await net.work(w => book(w, person(1, 'host', space.spaceId), request)))).toBe('accepted');
  });
});

describe('booking many', () => {
  test('answers each in order, and a refusal hinders no other', async () => {
    const asked = [1, 2, 3, 4, 1].map(n => ({
      spaceId: space.spaceId,
      day: tomorrow,
      part: 'day' as const,
      personId: person(n).personId,
    }));
    const outcomes = await net.work(w => bookMany(w, asked));
    expect(outcomes.map(codeOf)).toEqual([
      'accepted',
      'accepted',
      'accepted',
      'booking.space_full',
      'booking.already_booked',
    ]);
    const taken = outcomes.flatMap(o => (o.ok ? [o.value.resourceId] : []));
    expect(new Set(taken).size).toBe(3);
  });

  test('is what booking one by one gives', async () => {
    const asked = Array.from({ length: 30 }, (_, n) => ({
      spaceId: n % 2 === 0 ? space.spaceId : other.spaceId,
      day: n % 3 === 0 ? tomorrow : ('2026-06-17' as Day),
      part: (['morning', 'afternoon', 'day'] as const)[n % 3]!,
      personId: person(n % 12).personId,
    }));
    const many = await net.work(w => bookMany(w, asked));
    const twin = await freshNetwork('2026-06-15T08:00:00Z');
    await twin.work(w =>
      addSpaces(w, operator, [sampleSpace({ ...desks(3) }), sampleSpace({ name: 'La Halle', ...desks(40) })]),
    );
    const single: string[] = [];
    for (const one of asked) single.push(codeOf((await twin.work(w => bookMany(w, [one])))[0]!));
    expect(many.map(codeOf)).toEqual(single);
  });
});

describe('cancelling', () => {
  test('before the deadline frees the desk and takes the charge back', async () => {
    const booked = done(await ask(person(1), '2026-06-18', 'day'));
    const cancelled = done(await net.work(w => cancel(w, person(1), { bookingId: booked.bookingId })));
    expect(cancelled).toMatchObject({ refunded: true, booking: { status: 'cancelled' } });
    const owed = await net.work(w => statement(w, { payerId: 'per_00000001', month: '2026-06' }));
    expect(owed.amount_eur_cents).toBe(0n);
    expect(codeOf(await ask(person(2), '2026-06-18', 'day', { resourceId: booked.resourceId }))).toBe('accepted');
  });

  test('after the deadline frees the desk, which stays due; asked again, nothing changes', async () => {
    const booked = done(await ask(person(1), tomorrow, 'morning'));
    const again = () => net.work(w => cancel(w, person(1), { bookingId: booked.bookingId }));
    expect(done(await again()).refunded).toBe(false);
    expect(done(await again()).refunded).toBe(false);
    const owed = await net.work(w => statement(w, { payerId: 'per_00000001', month: '2026-06' }));
    expect(owed.amount_eur_cents).toBe(booked.price_eur_cents);
  });

  test('is refused once begun, to strangers, and after the deadline where the space says so', async () => {
    const booked = done(await ask(person(1), tomorrow, 'morning'));
    const asks = (who: Actor) => net.work(w => cancel(w, who, { bookingId: booked.bookingId }));
    expect(codeOf(await asks(person(2)))).toBe('booking.not_yours');
    const policy = { ...defaultPolicy, furthest_days: 60, cancel_hours: 24, late_cancellation: 'refused' as const };
    const from = { from: today, approval: 'none' as const };
    done(await net.work(w => setPolicy(w, operator, { spaceId: space.spaceId, ...policy, ...from })));
    expect(codeOf(await asks(person(1)))).toBe('booking.cancel_deadline_passed');
    net.at('2026-06-16T09:00:00Z');
    expect(codeOf(await asks(person(1)))).toBe('booking.too_late_to_cancel');
    expect(codeOf(await net.work(w => cancel(w, person(1), { bookingId: 'bkg_unknown00' })))).toBe(
      'booking.unknown_booking',
    );
  });
});

describe('free desks', () => {
  test('are counted by space, day and half; a closed day has none', async () => {
    done(await ask(person(1), tomorrow, 'morning'));
    done(await ask(person(2), tomorrow, 'day'));
    const days: readonly Day[] = [tomorrow, '2026-06-21'];
    const lines = await net.work(w => freeDesks(w, { spaceIds: [space.spaceId], days }));
    expect(lines.map(({ day, half, open, free, total }) => [day, half, open, free, total])).toEqual([
      [tomorrow, 'morning', true, 1, 3],
      [tomorrow, 'afternoon', true, 2, 3],
      ['2026-06-21', 'morning', false, 0, 0],
      ['2026-06-21', 'afternoon', false, 0, 0],
    ]);
  });

  test('the board and the person’s list show the same bookings', async () => {
    const booked = done(await ask(person(1), tomorrow, 'morning'));
    const board = done(await net.work(w => planningOf(w, operator, { slug: space.slug, days: [tomorrow] })));
    expect(board.bookings).toEqual([booked]);
    const range = { personId: 'per_00000001', from: today, to: '2026-06-30' } as const;
    expect(await net.work(w => bookingsOf(w, range))).toEqual([booked]);
  });
});

describe('a series', () => {
  const rhythm = { from: tomorrow, until: '2026-06-26' as Day, weekdays: [2, 4, 6], everyWeeks: 1 };
  const series = (who: Actor, more: Partial<SeriesRequest> = {}) =>
    net.work(w => bookSeries(w, who, { spaceId: space.spaceId, part: 'day', rhythm, skipClashes: true, ...more }));

  test('books each day with its charge, and says which are left out and why', async () => {
    const { booked, skipped } = done(await series(person(1)));
    expect(booked.map(b => b.day)).toEqual(['2026-06-16', '2026-06-18', '2026-06-23', '2026-06-25']);
    expect(skipped.map(s => [s.day, s.refusal.code])).toEqual([['2026-06-20', 'booking.space_closed']]);
    const owed = await net.work(w => statement(w, { payerId: 'per_00000001', month: '2026-06' }));
    expect(owed.lines).toHaveLength(4);
    expect(codesOf(done(await series(person(2))))).toEqual(['booking.space_closed']);
  });

  test('books nothing when a day clashes and none may be skipped', async () => {
    expect(codeOf(await series(person(1), { skipClashes: false }))).toBe('booking.series_clashes');
    const range = { personId: person(1).personId, from: today, to: '2026-12-31' as Day };
    expect(await net.work(w => bookingsOf(w, range))).toEqual([]);
    expect(
      done(await series(person(1), { skipClashes: false, rhythm: { ...rhythm, weekdays: [2] } })).booked,
    ).toHaveLength(2);
  });

  test('is for oneself, or for whom a host receives', async () => {
    const personId = person(5).personId;
    expect(codeOf(await series(person(1), { personId }))).toBe('booking.not_for_them');
    const host = person(8, 'host', space.spaceId);
    expect(done(await series(host, { personId })).booked.every(b => b.personId === personId)).toBe(true);
    expect(codeOf(await series(person(1), { spaceId: 'spc_nowhere00' }))).toBe('booking.unknown_space');
  });

  test('going away gives back the days between two dates, and no others', async () => {
    done(await series(person(1)));
    done(await series(person(2)));
    const away = done(await net.work(w => cancelBetween(w, person(1), { from: tomorrow, until: '2026-06-23' })));
    expect(away.cancelled.map(one => [one.booking.day, one.booking.status, one.refunded])).toEqual([
      ['2026-06-16', 'cancelled', false],
      ['2026-06-18', 'cancelled', true],
      ['2026-06-23', 'cancelled', true],
    ]);
    const left = (n: number) =>
      net.work(w => bookingsOf(w, { personId: person(n).personId, from: today, to: '2026-12-31' }));
    expect((await left(1)).map(b => b.day)).toEqual(['2026-06-25']);
    expect(await left(2)).toHaveLength(4);
    const owed = await net.work(w => statement(w, { payerId: 'per_00000001', month: '2026-06' }));
    expect(owed.amount_eur_cents).toBe(2n * 1400n);
    expect(
      done(await net.work(w => cancelBetween(w, person(1), { from: tomorrow, until: '2026-06-23' }))).cancelled,
    ).toEqual([]);
  });

  test('what can no longer be cancelled stays, and says why', async () => {
    const policy = {
      ...defaultPolicy,
      furthest_days: 60,
      cancel_hours: 48,
      late_cancellation: 'refused',
      approval: 'none',
    } as const;
    done(await net.work(w => setPolicy(w, operator, { spaceId: space.spaceId, from: today, ...policy })));
    done(await series(person(1)));
    const away = done(await net.work(w => cancelBetween(w, person(1), { from: tomorrow, until: '2026-06-18' })));
    expect(away.kept.map(one => [one.booking.day, one.refusal.code])).toEqual([
      ['2026-06-16', 'booking.cancel_deadline_passed'],
    ]);
    expect(away.cancelled.map(one => one.booking.day)).toEqual(['2026-06-18']);
    expect(codeOf(await net.work(w => cancelBetween(w, person(1), { from: tomorrow, until: today })))).toBe(
      'booking.ends_before_it_begins',
    );
  });
});

describe('rivals', () => {
  const overlaps = async () => {
    const found = await sql<{ pairs: number }>`select count(*)::integer as pairs from booking.booking a
      join booking.booking b on a.booking_id < b.booking_id and a.during && b.during
        and (a.resource_id = b.resource_id or a.person_id = b.person_id)
      where a.status <> 'cancelled' and b.status <> 'cancelled'`.execute(net.database.db);
    return found.rows[0]!.pairs;
  };

  test('64 people want one desk for one morning: one has it, 63 are told so', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, (_, n) => ask(person(n), tomorrow, 'morning', { resourceId: desk.resourceId })),
    );
    const codes = outcomes.map(codeOf);
    expect(codes.filter(c => c === 'accepted')).toHaveLength(1);
    expect(codes.filter(c => c === 'booking.desk_taken')).toHaveLength(63);
    expect(await overlaps()).toBe(0);
  });

  test('64 people want any desk of a space of 40: 40 have one each, 24 are told it is full', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, (_, n) => ask(person(n), tomorrow, 'day', { spaceId: other.spaceId })),
    );
    const codes = outcomes.map(codeOf);
    expect(codes.filter(c => c === 'accepted')).toHaveLength(40);
    expect(codes.filter(c => c === 'booking.space_full')).toHaveLength(24);
    expect(await overlaps()).toBe(0);
  });

  test('two people ask for everything everywhere at once: each has one desk at a time', async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 64 }, (_, n) =>
        ask(person(n % 2), tomorrow, (['morning', 'afternoon', 'day'] as const)[n % 3]!, {
          spaceId: n % 4 < 2 ? space.spaceId : other.spaceId,
        }),
      ),
    );
    const codes = new Set(outcomes.map(codeOf));
    codes.delete('accepted');
    expect([...codes]).toEqual(['booking.already_booked']);
    expect(outcomes.filter(o => o.ok).length).toBeLessThanOrEqual(4);
    expect(await overlaps()).toBe(0);
  });

  test('series of rivals over the same days, in any order, end in answers: none in a deadlock', async () => {
    const week: readonly Day[] = ['2026-06-16', '2026-06-17', '2026-06-18', '2026-06-19', '2026-06-22'];
    const series = Array.from({ length: 48 }, (_, n) => {
      const turned = [...week.slice(n % 5), ...week.slice(0, n % 5)];
      const days = n % 2 === 0 ? turned : turned.toReversed();
      return days.map(day => ({ ...person(n % 12), spaceId: space.spaceId, day, part: 'day' as const }));
    });
    const many = openDatabase(net.database.url, series.length);
    const source = { db: many.db, clock: () => instant('2026-06-15T08:00:00Z'), newId: randomId };
    const all = series.map(requests => inNetwork(source, net.networkId, w => bookMany(w, requests)));
    const outcomes = await Promise.all(all).finally(() => many.db.destroy());
    const codes = new Set(outcomes.flat().map(codeOf));
    expect([...codes].sort()).toEqual(['accepted', 'booking.already_booked', 'booking.space_full']);
    expect(outcomes.flat().filter(o => o.ok)).toHaveLength(3 * week.length);
    expect(await overlaps()).toBe(0);
  });

  test('SQL by hand meets the same constraints', async () => {
    const booked = done(await ask(person(1), tomorrow, 'day'));
    const copy = (changes: string) =>
      sql
        .raw(
          `insert into booking.booking select (b).* from (select jsonb_populate_record(b, '${changes}') as b
           from booking.booking b where booking_id = '${booked.bookingId}') x`,
        )
        .execute(net.database.db);
    await expect(copy('{"booking_id": "bkg_byhand00", "person_id": "per_byhand00"}')).rejects.toMatchObject({
      code: '23P01',
      constraint: 'one_booking_per_desk_at_a_time',
    });
    const otherDesk = (await net.work(w => resourcesOf(w, [space.spaceId]))).find(
      r => r.resourceId !== booked.resourceId,
    )!;
    await expect(
      copy(`{"booking_id": "bkg_byhand00", "resource_id": "${otherDesk.resourceId}"}`),
    ).rejects.toMatchObject({ constraint: 'one_desk_per_person_at_a_time' });
  });
});
