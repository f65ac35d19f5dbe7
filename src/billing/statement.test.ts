import { expect, test } from 'vitest';
import { instant } from '../kernel/time.ts';
import { statementMonth } from './statement.ts';

test.each([
  ['booked ahead, it waits for the month of the day', '2026-06-10', '2026-05-20T08:00:00Z', '2026-06'],
  ['on the day itself', '2026-06-10', '2026-06-10T08:00:00Z', '2026-06'],
  ['written after the month is over, it goes to the month of writing', '2026-06-10', '2026-07-03T08:00:00Z', '2026-07'],
  ['the last minute of June in Paris is still June', '2026-06-30', '2026-06-30T21:59:59Z', '2026-06'],
  [
    'the first minute of July in Paris is July, though still June in UTC',
    '2026-06-30',
    '2026-06-30T22:00:00Z',
    '2026-07',
  ],
  ['over the end of a year', '2026-12-31', '2027-01-02T08:00:00Z', '2027-01'],
] as const)('%s', (_name, day, recorded, month) => {
  expect(statementMonth(day, instant(recorded))).toBe(month);
});
