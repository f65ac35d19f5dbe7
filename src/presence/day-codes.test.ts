import { expect, test } from 'vitest';
import { employerCodes, frenchCodes, linesOfCsv } from './day-codes.ts';

test('an employer’s sheet is read with either name of each code, whatever its accents and separators', () => {
  const sheet = 'adresse;jour;code\r\na@b.fr ; 2026-11-24 ; Congé\nc@d.fr,2026-11-25,office_half\nautre ligne\n';
  expect(linesOfCsv(sheet)).toEqual([
    { email: 'a@b.fr', day: '2026-11-24', code: 'leave' },
    { email: 'c@d.fr', day: '2026-11-25', code: 'office_half' },
  ]);
});

test('each code has one French name, and an unknown one stays as written, to be named in the refusal', () => {
  const sheet = employerCodes.map(code => `a@b.fr;2026-11-24;${frenchCodes[code]}`).join('\n');
  expect(linesOfCsv(sheet).map(one => one.code)).toEqual(employerCodes);
  expect(linesOfCsv('a@b.fr;2026-11-24;vacances')[0]!.code).toBe('vacances');
});
