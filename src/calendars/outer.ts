import ICAL from 'ical.js';
import { isTameRule } from '../kernel/recurrence.ts';
import { type Day, type Instant, type Interval, instantAt, isBefore, overlaps, wallTime } from '../kernel/time.ts';

// What a calendar kept elsewhere says of the time of someone, or of a place: when, and nothing else of it.

type Component = InstanceType<typeof ICAL.Component>;
type Time = InstanceType<typeof ICAL.Time>;

export interface OuterRead {
  /** Busy times in order, apart from one another. */
  readonly busy: readonly Interval[];
  /** Events that could not be read: they take no time here. */
  readonly unread: number;
}

export interface Asked {
  /** What is wanted of it. */
  readonly during: Interval;
  /** The wall of times that name no zone, and of whole days. */
  readonly zone: string;
}

/** Dates looked at for all series of a file. */
const mostSteps = 5_000;
/** Events of a file; what comes after is not read. */
const mostEvents = 10_000;

interface Reading extends Asked {
  readonly steps: { left: number };
}

const two = (n: number): string => String(n).padStart(2, '0');

const isKnownZone = (name: string): boolean => {
  try {
    wallTime('2026-01-01', 0, name);
    return true;
  } catch {
    return false;
  }
};

/** By the wall of its zone where we know it, else by what the file says of it; null when neither is so. */
function instantOf(time: Time, named: string | null, zone: string): Instant | null {
  const day = `${time.year}-${two(time.month)}-${two(time.day)}` as Day;
  const wall = (name: string) => wallTime(day, time.hour * 60 + time.minute, name);
  if (time.isDate) return wall(zone);
  if (time.zone === ICAL.Timezone.utcTimezone) return instantAt(time.toUnixTime() * 1_000);
  if (named === null) return wall(zone);
  if (isKnownZone(named)) return wall(named);
  const described = time.zone && time.zone !== ICAL.Timezone.localTimezone;
  return described ? instantAt(time.toUnixTime() * 1_000) : null;
}

class Unread extends Error {}

interface Span {
  readonly start: Time;
  readonly end: Time;
  /** The zone that the file names. */
  readonly named: string | null;
}

const zoneOf = (event: Component): string | null =>
  (event.getFirstProperty('dtstart')?.getFirstParameter('tzid') as string | undefined) ?? null;

function intervalOf({ start, end, named }: Span, { zone }: Asked): Interval | null {
  const [from, to] = [instantOf(start, named, zone), instantOf(end, named, zone)];
  if (from === null || to === null) throw new Unread();
  return isBefore(from, to) ? { from, to } : null;
}

const isFree = (event: Component): boolean =>
  /^transparent$/i.test(String(event.getFirstPropertyValue('transp'))) ||
  /^cancelled$/i.test(String(event.getFirstPropertyValue('status')));

/** A series without a count says the same from a later date: it is followed from just before what is wanted. */
function broughtNear(event: Component, { during }: Asked): void {
  const [rule] = event.getAllProperties('rrule').map(one => one.getFirstValue() as unknown as RecurrenceRule);
  const [start, end] = ['dtstart', 'dtend'].map(name => event.getFirstPropertyValue(name) as Time | null);
  if (!rule || !start || rule.count || !/^(DAILY|WEEKLY)$/.test(rule.freq) || event.hasProperty('duration')) return;
  const period_days = (rule.freq === 'DAILY' ? 1 : 7) * rule.interval;
  const away_days = (during.from.epochMilliseconds / 1_000 - start.toUnixTime()) / 86_400 - 60;
  const periods = Math.floor(away_days / period_days);
  if (periods <= 0) return;
  for (const time of [start, end]) time?.adjust(periods * period_days, 0, 0, 0);
  for (const [name, time] of [['dtstart', start] as const, ['dtend', end] as const])
    if (time) event.getFirstProperty(name)!.setValue(time);
}

interface RecurrenceRule {
  readonly freq: string;
  readonly interval: number;
  readonly count: number | null;
  readonly toString: () => string;
}

const rulesOf = (event: Component): readonly string[] =>
  ['rrule', 'exrule'].flatMap(name => event.getAllProperties(name).map(one => String(one.getFirstValue())));

function timesOf(master: Component, exceptions: readonly Component[], reading: Reading): readonly Interval[] {
  if (!rulesOf(master).every(isTameRule) || rulesOf(master).length > 1) throw new Unread();
  if (master.hasProperty('rrule') && exceptions.length === 0) broughtNear(master, reading);
  const event = new ICAL.Event(master, { exceptions: [...exceptions], strictExceptions: false });
  if (!event.isRecurring()) {
    const one = isFree(master)
      ? null
      : intervalOf({ start: event.startDate, end: event.endDate, named: zoneOf(master) }, reading);
    return one ? [one] : [];
  }
  const iterator = event.iterator();
  const times: Interval[] = [];
  for (;;) {
    const next = iterator.next() as Time | undefined;
    if (next === undefined) return times;
    if (reading.steps.left-- <= 0) throw new Unread();
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    const from = instantOf(next, zoneOf(master), reading.zone);
    if (from === null) throw new Unread();
    if (!isBefore(from, reading.during.to)) return times;
    const span = { start: startDate, end: endDate, named: zoneOf(item.component) };
    const time = isFree(item.component) ? null : intervalOf(span, reading);
    if (time && overlaps(time, reading.during)) times.push(time);
  }
}

interface Period {
  readonly start: Time;
  readonly getEnd: () => Time;
}

const freeBusyIn = (component: Component, asked: Asked): readonly Interval[] =>
  component
    .getAllProperties('freebusy')
    .filter(one => !/^free$/i.test(one.getFirstParameter('fbtype') ?? ''))
    .flatMap(one => one.getValues() as unknown as Period[])
    .flatMap(period => intervalOf({ start: period.start, end: period.getEnd(), named: null }, asked) ?? []);

/** Overlapping or touching times as one. */
export function apart(times: readonly Interval[]): readonly Interval[] {
  const sorted = times.toSorted((a, b) => a.from.epochMilliseconds - b.from.epochMilliseconds);
  const joined: Interval[] = [];
  for (const time of sorted) {
    const last = joined.at(-1);
    if (last === undefined || isBefore(last.to, time.from)) joined.push(time);
    else if (isBefore(last.to, time.to)) joined[joined.length - 1] = { from: last.from, to: time.to };
  }
  return joined;
}

function calendarsIn(text: string): readonly Component[] | null {
  try {
    const parsed = ICAL.parse(text) as unknown[];
    const roots = (typeof parsed[0] === 'string' ? [parsed] : parsed) as unknown[][];
    const calendars = roots.map(root => new ICAL.Component(root as never));
    return calendars.length > 0 && calendars.every(one => one.name === 'vcalendar') ? calendars : null;
  } catch {
    return null;
  }
}

/** Busy times of an iCalendar file, its series unfolded; null when it is none. */
export function outerBusy(text: string, asked: Asked): OuterRead | null {
  const calendars = calendarsIn(text);
  if (calendars === null) return null;
  const reading: Reading = { ...asked, steps: { left: mostSteps } };
  const times: Interval[] = [];
  let unread = 0;
  const take = (read: () => readonly Interval[]) => {
    try {
      times.push(...read());
    } catch {
      unread++;
    }
  };
  for (const calendar of calendars) {
    const events = calendar.getAllSubcomponents('vevent');
    unread += Math.max(0, events.length - mostEvents);
    for (const [master, exceptions] of seriesIn(events.slice(0, mostEvents)))
      take(() => timesOf(master, exceptions, reading));
    for (const one of calendar.getAllSubcomponents('vfreebusy')) take(() => freeBusyIn(one, reading));
  }
  return { busy: apart(times.filter(time => overlaps(time, asked.during))), unread };
}

/** Each event with the changes made to single dates of it; a change whose series is not there stands for itself. */
function seriesIn(events: readonly Component[]): readonly (readonly [Component, readonly Component[]])[] {
  const changes = new Map<string, Component[]>();
  const uidOf = (event: Component) => String(event.getFirstPropertyValue('uid') ?? '');
  const isChange = (event: Component) => event.hasProperty('recurrence-id');
  for (const event of events.filter(isChange)) changes.set(uidOf(event), [...(changes.get(uidOf(event)) ?? []), event]);
  const masters = events.filter(event => !isChange(event));
  const known = new Set(masters.map(uidOf));
  const alone = events.filter(event => isChange(event) && !known.has(uidOf(event)));
  return [
    ...masters.map(event => [event, event.hasProperty('rrule') ? (changes.get(uidOf(event)) ?? []) : []] as const),
    ...alone.map(event => [event, []] as const),
  ];
}
