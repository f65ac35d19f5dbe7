import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import { type Day, type DayPart, isDay } from '../kernel/time.ts';
import { type Entry, folded, type Source, type Unread, type WallTime, type When } from './entry.ts';
import { reasons, words } from './words.ts';

/** Rows of a CSV text (RFC 4180): the first line tells whether commas, semicolons or tabs part the cells. */
export function rowsOf(text: string): readonly (readonly string[])[] {
  const clean = text.replace(/^\uFEFF/, '');
  const head = clean.split(/\r?\n/, 1)[0]!;
  const parting = [';', '\t', ','].find(sign => head.includes(sign)) ?? ';';
  const rows: string[][] = [[]];
  let cell = '';
  for (let at = 0, quoted = false; at < clean.length; at++) {
    const sign = clean[at]!;
    if (sign === '"' && quoted && clean[at + 1] === '"') cell += clean[++at]!;
    else if (sign === '"' && (quoted || cell.trim() === '')) {
      quoted = !quoted;
      if (quoted) cell = '';
    } else if (quoted) cell += sign;
    else if (sign === parting || sign === '\n') {
      rows.at(-1)!.push(cell.trim());
      cell = '';
      if (sign === '\n') rows.push([]);
    } else cell += sign;
  }
  rows.at(-1)!.push(cell.trim());
  return rows;
}

const columns = {
  id: ['id', 'identifiant', 'reference'],
  space: ['space', 'espace'],
  resource: ['resource', 'poste', 'salle', 'room', 'desk'],
  person: ['person', 'personne', 'email', 'e mail', 'courriel'],
  day: ['day', 'jour', 'date'],
  part: ['part', 'moment'],
  from: ['from', 'debut', 'start'],
  to: ['to', 'fin', 'end'],
} as const;

type Column = keyof typeof columns;
type Cells = Readonly<Record<Column, string>>;

const parts: Readonly<Record<string, DayPart>> = {
  matin: 'morning',
  matinee: 'morning',
  morning: 'morning',
  am: 'morning',
  'apres midi': 'afternoon',
  afternoon: 'afternoon',
  pm: 'afternoon',
  journee: 'day',
  'toute la journee': 'day',
  day: 'day',
  'all day': 'day',
};

/** `2026-11-24` or `24/11/2026`. */
export function dayOf(text: string): Day | null {
  const french = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/.exec(text);
  const iso = french ? `${french[3]}-${french[2]!.padStart(2, '0')}-${french[1]!.padStart(2, '0')}` : text;
  return isDay(iso) ? iso : null;
}

/** `9:00`, `09h30`, `9h` as minutes from midnight; 24:00 is the end of the day. */
export function minutesOf(text: string): number | null {
  const [, hours, minutes = '0'] = /^(\d{1,2})\s*(?:[:hH]\s*(\d{2})?)(?::\d{2})?$/.exec(text) ?? [];
  const total = hours === undefined ? Number.NaN : Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && total <= 1440 ? total : null;
}

function whenOf(cells: Cells): When | null {
  const day = dayOf(cells.day);
  if (day === null) return null;
  if (cells.part !== '') {
    const part = parts[folded(cells.part)];
    return part === undefined ? null : { kind: 'parts', first: day, last: day, part };
  }
  if (cells.from === '' && cells.to === '') return { kind: 'parts', first: day, last: day, part: 'day' };
  const at = (text: string): WallTime | null => {
    const minutes = minutesOf(text);
    return minutes === null ? null : { day, minutes };
  };
  const [from, to] = [at(cells.from), at(cells.to)];
  return from === null || to === null ? null : { kind: 'wall', from, to };
}

const timeText = ({ day, part, from, to }: Cells): string => [day, part, from, to].filter(Boolean).join(' ');

/** What the row says is its identity, unless it has an id of its own. */
const keyOf = (cells: Cells): string =>
  cells.id || [cells.space, cells.resource, cells.person, timeText(cells)].map(folded).join('|');

function readRow(cells: Cells, line: number): { readonly entry: Entry } | { readonly unread: Unread } {
  const at = { area: cells.space || null, room: cells.resource };
  const [ref, person] = [cells.id || String(line), cells.person || null];
  const when = whenOf(cells);
  if (when === null) return { unread: { ref, at, person, reason: reasons.unreadableTime(timeText(cells)) } };
  if (when.kind === 'wall' && when.from.minutes >= when.to.minutes)
    return { unread: { ref, at, person, reason: reasons.lastsNothing } };
  return { entry: { ref, key: keyOf(cells), at, person, when } };
}

export function readCsv(text: string): Outcome<Source> {
  const [head = [], ...rows] = rowsOf(text);
  const names = head.map(folded);
  const places = Object.fromEntries(
    Object.entries(columns).map(([column, spelled]) => [
      column,
      names.findIndex(name => (spelled as readonly string[]).includes(name)),
    ]),
  ) as Record<Column, number>;
  const timed = places.part >= 0 || (places.from >= 0 && places.to >= 0);
  if (places.person < 0 || places.day < 0 || !timed || (places.space < 0 && places.resource < 0))
    return refuse(words.csvColumns);
  const read = rows.flatMap((row, n) => {
    if (row.every(cell => cell === '')) return [];
    const cells = Object.fromEntries(
      Object.entries(places).map(([column, place]) => [column, row[place] ?? '']),
    ) as unknown as Cells;
    return [readRow(cells, n + 2)];
  });
  return accept({
    entries: read.flatMap(one => ('entry' in one ? [one.entry] : [])),
    unread: read.flatMap(one => ('unread' in one ? [one.unread] : [])),
  });
}
