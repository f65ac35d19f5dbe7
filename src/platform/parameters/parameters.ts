import type { Id } from '../../kernel/ids.ts';
import { accept, type Outcome, refuse } from '../../kernel/outcome.ts';
import type { ParameterSheet } from '../../kernel/parameter.ts';
import { compare, parseRational, type Rational } from '../../kernel/rational.ts';
import { type Day, type Instant, localDay } from '../../kernel/time.ts';
import { type Actor, holds } from '../../kernel/visit.ts';
import type { Work } from '../database.ts';
import * as store from './store.ts';
import { words } from './words.ts';

/** Declared by a room as data: short names, under the room's own. */
export interface ParameterList<Name extends string = string> {
  readonly room: string;
  readonly sheets: Readonly<Record<Name, ParameterSheet>>;
}

export const parameterList = <Name extends string>(
  room: string,
  sheets: Readonly<Record<Name, ParameterSheet>>,
): ParameterList<Name> => ({ room, sheets });

export type ParameterValues<Name extends string> = Readonly<Record<Name, Rational>>;

const exactly = (text: string): Rational => parseRational(text)!;

/** The first values, before a network sets its own: for tests and for rooms without a network. */
export const initialValues = <Name extends string>({ sheets }: ParameterList<Name>): ParameterValues<Name> =>
  Object.fromEntries(
    Object.entries<ParameterSheet>(sheets).map(([name, { initial }]) => [name, exactly(initial)]),
  ) as unknown as ParameterValues<Name>;

/** The values in force on a day; those that the network never set keep their first one. */
export async function parametersOn<Name extends string>(
  work: Work,
  list: ParameterList<Name>,
  day: Day,
): Promise<ParameterValues<Name>> {
  const set = await store.selectInForce(work, list.room, day);
  const own = Object.fromEntries(set.map(({ parameterId, value }) => [parameterId.split('.')[1]!, exactly(value)]));
  return { ...initialValues(list), ...own };
}

/** The values in force on each of some days: read once for all the days between two changes. */
export async function parametersByDay<Name extends string>(
  work: Work,
  list: ParameterList<Name>,
  days: readonly Day[],
): Promise<(day: Day) => ParameterValues<Name>> {
  const changes = (await valuesSet(work))
    .filter(({ parameterId }) => parameterId.startsWith(`${list.room}.`))
    .map(({ validFrom }) => validFrom);
  const sinceOf = (day: Day): Day | undefined => changes.find(change => change <= day);
  const known = new Map<Day | undefined, ParameterValues<Name>>();
  for (const day of days) {
    const since = sinceOf(day);
    if (!known.has(since)) known.set(since, await parametersOn(work, list, day));
  }
  return day => known.get(sinceOf(day))!;
}

/** A value of a network's own, in force from a day until the next one of the same parameter. */
export interface SetValue {
  readonly parameterId: string;
  readonly value: string;
  readonly source: string;
  readonly validFrom: Day;
  readonly author: Id<'per'>;
  readonly recordedAt: Instant;
}

/** Every value that the network has set, the latest first. */
export const valuesSet = (work: Work): Promise<readonly SetValue[]> => store.selectAll(work);

/** A parameter as it stands on a day, and until when. */
export interface ParameterRow {
  readonly parameterId: string;
  readonly sheet: ParameterSheet;
  readonly value: string;
  /** The network's own value, when it has set one; without it the first value holds. */
  readonly set: SetValue | null;
  /** The first day of the next value, when one is set. */
  readonly until: Day | null;
}

/** Every parameter of some lists as it stands on a day; `values` are all that the network has set. */
export const parameterRows = (
  lists: readonly ParameterList[],
  { values, day }: { readonly values: readonly SetValue[]; readonly day: Day },
): readonly ParameterRow[] =>
  lists.flatMap(({ room, sheets }) =>
    Object.entries(sheets).map(([name, sheet]) => {
      const parameterId = `${room}.${name}`;
      const own = values
        .filter(one => one.parameterId === parameterId)
        .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1));
      const set = own.findLast(one => one.validFrom <= day) ?? null;
      const until = own.find(one => one.validFrom > day)?.validFrom ?? null;
      return { parameterId, sheet, value: set?.value ?? sheet.initial, set, until };
    }),
  );

export interface ParameterAsked {
  readonly parameterId: string;
  readonly value: string;
  readonly source: string;
  readonly validFrom: Day;
}

const sheetNamed = (lists: readonly ParameterList[], parameterId: string): ParameterSheet | undefined => {
  const [room, name] = parameterId.split('.') as [string, string];
  return lists.find(list => list.room === room && Object.hasOwn(list.sheets, name))?.sheets[name];
};

/** Sets a parameter from today or a later day on; what was judged before is not judged again. */
export async function setParameter(
  work: Work,
  actor: Actor,
  { lists, ...asked }: ParameterAsked & { readonly lists: readonly ParameterList[] },
): Promise<Outcome<SetValue>> {
  if (!holds(actor, 'network_operator')) return refuse(words.operatorOnly);
  const sheet = sheetNamed(lists, asked.parameterId);
  if (!sheet) return refuse(words.unknown(asked.parameterId));
  const value = parseRational(asked.value);
  const fits = value && compare(value, exactly(sheet.from)) >= 0 && compare(value, exactly(sheet.to)) <= 0;
  const whole = sheet.unit === 'share' || sheet.unit === 'ratio' || value?.denominator === 1n;
  if (!fits || !whole) return refuse(words.outOfRange(sheet));
  if (asked.source.trim() === '') return refuse(words.sourceMissing);
  if (asked.validFrom < localDay(work.now, 'Europe/Paris')) return refuse(words.inThePast);
  const row = { ...asked, source: asked.source.trim(), author: actor.personId, recordedAt: work.now };
  return (await store.insertValue(work, row)) ? accept(row) : refuse(words.alreadySet(asked.validFrom));
}
