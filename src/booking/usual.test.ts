import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, type Day, weekday } from '../kernel/time.ts';
import { type Around, bookingIdOf, daysToPlay } from './usual.ts';
import { usualMail } from './usual-mail.ts';

/** Monday 15 June 2026. */
const today: Day = '2026-06-15';
const around: Around = { today, furthest: '2026-07-15', absences: [], givenBack: [], played: new Set() };
const tuesday = { weekday: 2, part: 'day' } as const;

describe('the days that a usual day still has to book', () => {
  test.each<[string, Partial<Around>, readonly Day[]]>(
    [
      ['from tomorrow as far ahead as the space allows', {}, ['06-16', '06-23', '06-30', '07-07', '07-14']],
      [
        'none on an absence, its two days included',
        { absences: [{ from: '2026-06-16', until: '2026-06-30' }] },
        ['07-07', '07-14'],
      ],
      [
        'none that was given back, or a half of it',
        { givenBack: [{ day: '2026-06-23', part: 'morning' }] },
        ['06-16', '06-30', '07-07', '07-14'],
      ],
      ['none that it booked once', { played: new Set<Day>(['2026-06-16', '2026-07-14']) }, ['06-23', '06-30', '07-07']],
      ['none where the space allows none', { furthest: '2026-06-15' }, []],
      ['not today', { today: '2026-06-16', furthest: '2026-06-23' }, ['06-23']],
    ].map(
      ([name, given, days]) =>
        [name, given, (days as string[]).map(d => `2026-${d}`)] as [string, Partial<Around>, Day[]],
    ),
  )('%s', (_, given, days) => expect(daysToPlay(tuesday, { ...around, ...given })).toEqual(days));

  test('a morning given back does not hinder the afternoon', () => {
    const back = { givenBack: [{ day: '2026-06-16' as Day, part: 'morning' as const }] };
    expect(daysToPlay({ weekday: 2, part: 'afternoon' }, { ...around, ...back })[0]).toBe('2026-06-16');
  });

  test('each falls on its weekday, after today, once, in order', () => {
    const arbitrary = fc.record({ day: fc.integer({ min: 1, max: 7 }), start: fc.nat(700), reach: fc.nat(200) });
    fc.assert(
      fc.property(arbitrary, ({ day, start, reach }) => {
        const from = addDays(today, start);
        const days = daysToPlay(
          { weekday: day, part: 'day' },
          { ...around, today: from, furthest: addDays(from, reach) },
        );
        expect(days.every(one => weekday(one) === day && one > from && one <= addDays(from, reach))).toBe(true);
        expect(days).toEqual([...new Set(days)].toSorted());
        expect(Math.abs(days.length - reach / 7)).toBeLessThan(1);
      }),
    );
  });
});

test('one booking id a day of a usual day, as ids are', () => {
  expect(bookingIdOf('usu_00000001', '2026-06-16')).toMatch(/^bkg_[0-9a-f]{32}$/);
  expect(bookingIdOf('usu_00000001', '2026-06-16')).not.toBe(bookingIdOf('usu_00000002', '2026-06-16'));
});

test('a digest says what is booked, what awaits an answer, and what is not and why', () => {
  const where = { part: 'day' as const, space: 'L’Atelier' };
  const why = { code: 'booking.space_full', message: { fr: 'Tout est pris.', en: 'Everything is taken.' } };
  const news = [
    { ...where, day: '2026-06-16' as Day, status: 'confirmed' as const, refusal: null },
    { ...where, day: '2026-06-23' as Day, status: 'requested' as const, refusal: null },
    { ...where, day: '2026-06-30' as Day, status: null, refusal: why },
  ];
  const { subject, text } = usualMail({ firstName: 'Ada', lang: 'fr', news, link: null });
  expect(subject).toBe('Vos habitudes : 2 jours réservés, 1 impossible');
  expect(text).toContain('- mardi 23 juin, toute la journée, L’Atelier (l’espace doit répondre)');
  expect(text).toContain('Pas réservé :\n\n- mardi 30 juin, toute la journée, L’Atelier : Tout est pris.');
  const english = usualMail({ firstName: 'Ada', lang: 'en', news: news.slice(0, 1), link: 'https://p.example/x' });
  expect(english.subject).toBe('Your usual days: 1 day booked');
  expect(english.text).not.toContain('Not booked');
});
