import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import { type Instant, instantAt, isBefore } from '../kernel/time.ts';
import type { Entry, RoomName, Source, Unread } from './entry.ts';
import { type Row, type Tables, tablesOf } from './sql-text.ts';
import { reasons, words } from './words.ts';

// MRBS and GRR, which grew out of it, write one row of `entry` for each date of a series: `repeat` says how they came about,
// and need not be read.

interface Dialect {
  readonly name: string;
  /** Who sits there: an e-mail, or a login. */
  readonly personOf: (entry: Row, emails: ReadonlyMap<string, string>) => string | null;
  /** The table of accounts, after the prefix, with its columns. */
  readonly accounts: readonly { readonly table: string; readonly login: string; readonly email: string }[];
  /** Why a row is no booking that stands. */
  readonly refusalOf: (entry: Row) => Refusal | null;
  readonly usesPeriods: (area: Row) => boolean;
}

const present = (text: string | null | undefined): string | null => text?.trim() || null;

const known = (login: string | null | undefined, emails: ReadonlyMap<string, string>): string | null => {
  const name = present(login);
  return name === null ? null : (emails.get(name.toLowerCase()) ?? name);
};

/** Bits of `status` (MRBS 1.5 and later). */
const awaiting = 2;
const tentative = 4;

const mrbs: Dialect = {
  name: 'MRBS',
  personOf: (entry, emails) => known(entry['create_by'], emails),
  accounts: [
    { table: 'users', login: 'name', email: 'email' },
    { table: 'user', login: 'name', email: 'email' },
  ],
  refusalOf: entry => ((Number(entry['status'] ?? 0) & (awaiting | tentative)) === 0 ? null : reasons.unconfirmed),
  usesPeriods: area => area['enable_periods'] === '1',
};

/** `moderate`: 0 not moderated, 1 awaiting, 2 accepted, 3 refused; `supprimer`: 1 once deleted. */
const grr: Dialect = {
  name: 'GRR',
  personOf: (entry, emails) => {
    // Someone without an account is told as `name|address`.
    const outside = entry['beneficiaire_ext']?.split('|').find(part => part.includes('@'));
    return present(outside) ?? known(entry['beneficiaire'], emails) ?? known(entry['create_by'], emails);
  },
  accounts: [{ table: 'utilisateurs', login: 'login', email: 'email' }],
  refusalOf: entry => {
    if (entry['moderate'] === '3' || entry['supprimer'] === '1') return reasons.cancelled;
    return entry['moderate'] === '1' || Number(entry['option_reservation'] ?? -1) > 0 ? reasons.unconfirmed : null;
  },
  usesPeriods: area => area['enable_periods'] === 'y',
};

/** What stands before `entry`, `room` and `area` in the names of an installation's tables. */
const prefixOf = (tables: Tables): string | undefined =>
  [...tables.keys()]
    .flatMap(name => (name.endsWith('entry') ? [name.slice(0, -'entry'.length)] : []))
    .find(prefix => tables.has(`${prefix}room`) && tables.has(`${prefix}area`));

const byId = (rows: readonly Row[] = []): ReadonlyMap<string | null | undefined, Row> =>
  new Map(rows.map(row => [row['id'], row]));

const emailsOf = (tables: Tables, prefix: string, { accounts }: Dialect): ReadonlyMap<string, string> =>
  new Map(
    accounts.flatMap(({ table, login, email }) =>
      (tables.get(`${prefix}${table}`) ?? []).flatMap(row => {
        const [name, address] = [present(row[login]), present(row[email])];
        return name === null || address === null ? [] : [[name.toLowerCase(), address] as const];
      }),
    ),
  );

/** Seconds since 1970; null when the column holds something else. */
const secondsAt = (text: string | null | undefined): Instant | null =>
  text && /^\d{1,11}$/.test(text) ? instantAt(Number(text) * 1000) : null;

interface Places {
  readonly rooms: ReadonlyMap<string | null | undefined, Row>;
  readonly areas: ReadonlyMap<string | null | undefined, Row>;
}

type ReadRow = { readonly entry: Entry } | { readonly unread: Unread };

function readRow(
  row: Row,
  dialect: Dialect,
  { rooms, areas, emails }: Places & { emails: ReadonlyMap<string, string> },
): ReadRow {
  const id = row['id'] ?? '?';
  const room = rooms.get(row['room_id']);
  const area = areas.get(room?.['area_id']);
  const at: RoomName = {
    area: present(area?.['area_name']),
    room: present(room?.['room_name']) ?? `n° ${row['room_id']}`,
  };
  const person = dialect.personOf(row, emails);
  const [from, to] = [secondsAt(row['start_time']), secondsAt(row['end_time'])];
  const no = (reason: Refusal): ReadRow => ({ unread: { ref: id, at, person, reason } });
  const why = dialect.refusalOf(row);
  if (why) return no(why);
  if (area && dialect.usesPeriods(area)) return no(reasons.periods);
  if (from === null || to === null)
    return no(reasons.unreadableTime(`${row['start_time'] ?? ''} – ${row['end_time'] ?? ''}`));
  if (!isBefore(from, to)) return no(reasons.lastsNothing);
  return { entry: { ref: id, key: id, at, person, when: { kind: 'instants', from, to } } };
}

function readDump(dump: string, dialect: Dialect): Outcome<Source> {
  const tables = tablesOf(dump);
  const prefix = prefixOf(tables);
  if (prefix === undefined) return refuse(words.missingTables('area, room, entry'));
  const emails = emailsOf(tables, prefix, dialect);
  const places = { rooms: byId(tables.get(`${prefix}room`)), areas: byId(tables.get(`${prefix}area`)), emails };
  const read = (tables.get(`${prefix}entry`) ?? []).map(row => readRow(row, dialect, places));
  return accept({
    entries: read.flatMap(one => ('entry' in one ? [one.entry] : [])),
    unread: read.flatMap(one => ('unread' in one ? [one.unread] : [])),
  });
}

export const readMrbs = (dump: string): Outcome<Source> => readDump(dump, mrbs);
export const readGrr = (dump: string): Outcome<Source> => readDump(dump, grr);
