// Rules of repetition (RFC 5545 §3.3.10) that a library can follow without end. Ours looks day by day for the next date, and never
// stops when there is none.

const filters: Readonly<Record<string, readonly string[]>> = {
  DAILY: ['BYDAY', 'BYMONTH', 'BYMONTHDAY'],
  WEEKLY: ['BYDAY', 'BYMONTH'],
  MONTHLY: ['BYDAY', 'BYMONTH', 'BYMONTHDAY', 'BYSETPOS'],
  YEARLY: ['BYDAY', 'BYMONTH', 'BYMONTHDAY'],
};

/** Every hundred days, weeks, months or years at most. */
const longestInterval = 100;
const plain = ['FREQ', 'INTERVAL', 'COUNT', 'UNTIL', 'WKST'];
const longest = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const numbers = (list: string | undefined): readonly number[] | null => list?.split(',').map(Number) ?? null;

const fallsOnADate = (months: readonly number[] | null, days: readonly number[] | null): boolean =>
  (months ?? longest.map((_, n) => n + 1)).some(month =>
    (days ?? [1]).some(day => day !== 0 && Math.abs(day) <= (longest[month - 1] ?? 0)),
  );

type Parts = ReadonlyMap<string, string | undefined>;

/** What a frequency may be narrowed by without ever looking for a date that does not come. */
const comesAgain: Readonly<Record<string, (parts: Parts, interval: number) => boolean>> = {
  // Every seventh day is never a Tuesday when the first is a Monday; and the days before a month's end are not found day by day.
  DAILY: (parts, interval) =>
    interval === 1 ? !parts.get('BYMONTHDAY')?.includes('-') : ![...parts.keys()].some(name => name.startsWith('BY')),
  WEEKLY: () => true,
  MONTHLY: parts =>
    (numbers(parts.get('BYSETPOS')) ?? [1]).every(n => n !== 0 && Math.abs(n) <= 4) &&
    !(parts.has('BYDAY') && parts.has('BYMONTHDAY')) &&
    // The fifth Monday of each February, or of every twelfth month.
    !/[05-9](MO|TU|WE|TH|FR|SA|SU)/.test(parts.get('BYDAY') ?? ''),
  YEARLY: parts => !parts.has('BYDAY') || (parts.has('BYMONTH') && !parts.has('BYMONTHDAY')),
};

/** Does a rule repeat by the day at most, and fall on a date again and again? Others are told, not followed. */
export function isTameRule(text: string): boolean {
  const parts = new Map(
    text.split(';').map(one => {
      const [name = '', value] = one.toUpperCase().split('=', 2);
      return [name, value] as const;
    }),
  );
  const allowed = filters[parts.get('FREQ') ?? ''];
  if (allowed === undefined) return false;
  const names = [...parts.keys()];
  if (!names.every(name => plain.includes(name) || allowed.includes(name))) return false;
  const interval = Number(parts.get('INTERVAL') ?? 1);
  if (!Number.isInteger(interval) || interval < 1 || interval > longestInterval) return false;
  if (!comesAgain[parts.get('FREQ')!]!(parts, interval)) return false;
  return fallsOnADate(numbers(parts.get('BYMONTH')), numbers(parts.get('BYMONTHDAY')));
}
