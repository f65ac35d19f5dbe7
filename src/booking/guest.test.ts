import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DayPart } from '../kernel/time.ts';
import type { Booking } from './claim.ts';
import { guestRefusal, guestsBeside, isAccompanied, leftAlone } from './guest.ts';

const seat = (n: number, part: DayPart, guest = false, over: Partial<Booking> = {}): Booking =>
  ({
    ...{ bookingId: `bkg_0000000${n}`, personId: 'per_00000001', spaceId: 'spc_00000001', day: '2026-06-18', part },
    ...{ kind: 'desk', hours: null, guestId: guest ? `gst_0000000${n}` : null, ...over },
  }) as Booking;

describe('a guest', () => {
  test.each<[string, DayPart, readonly Booking[], boolean]>([
    ['all day beside someone there all day', 'day', [seat(1, 'day')], true],
    ['a morning beside someone there all day', 'morning', [seat(1, 'day')], true],
    ['all day beside a morning and an afternoon', 'day', [seat(1, 'morning'), seat(2, 'afternoon')], true],
    ['all day beside a morning', 'day', [seat(1, 'morning')], false],
    ['beside another guest alone', 'morning', [seat(1, 'day', true)], false],
    ['in another space', 'morning', [seat(1, 'day', false, { spaceId: 'spc_00000002' })], false],
    ['beside a locker', 'morning', [seat(1, 'day', false, { kind: 'locker' })], false],
    ['on another day', 'morning', [seat(1, 'day', false, { day: '2026-06-19' })], false],
    ['of nobody', 'morning', [], false],
  ])('%s', (_, part, own, accompanied) => expect(isAccompanied(seat(9, part, true), own)).toBe(accompanied));

  test('is counted by space and day, whoever sits there oneself not at all', () => {
    const own = [
      seat(1, 'day'),
      seat(2, 'day', true),
      seat(3, 'morning', true),
      seat(4, 'day', true, { day: '2026-06-19' }),
    ];
    expect(guestsBeside(seat(9, 'day'), own)).toBe(2);
  });

  test.each<[string, string, string, string | undefined]>([
    ['a name is enough', 'Ana', '', undefined],
    ['initials', 'J.P. d’Aná-Ruiz', '', undefined],
    ['a link for a name', 'voir https://exemple.org', '', 'booking.guest_name_missing'],
    ['a host name for a name', 'exemple.org', '', 'booking.guest_name_missing'],
    ['two lines for a name', 'Ana\nRuiz', '', 'booking.guest_name_missing'],
    ['with an address', 'Ana', ' ana@example.org ', undefined],
    ['no name', '  ', '', 'booking.guest_name_missing'],
    ['a name too long', 'a'.repeat(121), '', 'booking.guest_name_missing'],
    ['an address that is none', 'Ana', 'ana@', 'booking.guest_email_unreadable'],
    ['two addresses', 'Ana', 'a@example.org, b@example.org', 'booking.guest_email_unreadable'],
    ['a header hidden in it', 'Ana', 'a@example.org\nBcc: b@example.org', 'booking.guest_email_unreadable'],
  ])('%s', (_, name, email, code) => expect(guestRefusal({ name, email })?.code).toBe(code));
});

test('giving a place back leaves no guest alone, and takes from nobody a guest who is not', () => {
  const part = fc.constantFrom<DayPart>('morning', 'afternoon', 'day');
  fc.assert(
    fc.property(fc.array(fc.tuple(part, fc.boolean(), fc.boolean()), { maxLength: 7 }), given => {
      const live = given.map(([of, guest], n) => seat(n, of, guest));
      const freed = live.filter((one, n) => one.guestId === null && given[n]![2]);
      const alone = leftAlone(live, freed);
      const gone = new Set([...freed, ...alone].map(one => one.bookingId));
      const rest = live.filter(one => !gone.has(one.bookingId));
      for (const one of live.filter(b => b.guestId !== null)) {
        const before = isAccompanied(one, live);
        if (before) expect(isAccompanied(one, rest)).toBe(!alone.includes(one));
      }
    }),
  );
});
