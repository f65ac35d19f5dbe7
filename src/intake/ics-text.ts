import ICAL from 'ical.js';
import { groupBy } from '../kernel/group.ts';
import { accept, type Outcome, type Refusal, refuse } from '../kernel/outcome.ts';
import { isTameRule } from '../kernel/recurrence.ts';
import { addDays, type Day, instantAt, isDay, wallTime } from '../kernel/time.ts';
import type { Entry, RoomName, Source, Unread, WallTime, When } from './entry.ts';
import { reasons, words } from './words.ts';

type Component = InstanceType<typeof ICAL.Component>;
type Time = InstanceType<typeof ICAL.Time>;
type ReadEvent = { readonly entry: Entry } | { readonly unread: Unread };

/** A daily series of 27 years; beyond, a slip or an attack. */
const mostOccurrences = 10_000;
/** Dates looked at for all series of a file. */
const mostSteps = 50_000;

/** The days whose occurrences are wanted, both included. */
export interface Window {
  readonly from: Day;
  readonly to: Day;
}

const two = (n: number): string => String(n).padStart(2, '0');
const dayOf = (time: Time): Day | null => {
  const text = `${time.year}-${two(time.month)}-${two(time.day)}`;
  return isDay(text) ? text : null;
};

const isZone = (name: string): boolean => {
  try {
    wallTime('2026-01-01', 0, name);
    return true;
  } catch {
    return false;
  }
};

const wallOf = (time: Time): WallTime | null => {
  const day = dayOf(time);
  return day === null ? null : { day, minutes: time.hour * 60 + time.minute };
};

/** A moment by the zone's own rules where its name is known, else by those that the file brings. */
function instantOf(time: Time, zone: string) {
  const wall = wallOf(time);
  if (wall === null) return null;
  return isZone(zone) ? wallTime(wall.day, wall.minutes, zone) : instantAt(time.toUnixTime() * 1000);
}

/** How an event's hours are told: `Z`, a zone's name, or nothing, which is the wall of the place. */
interface Told {
  readonly zone: string | null;
  readonly unknown: string | null;
}

function toldBy(event: Component): Told {
  const start = event.getFirstProperty('dtstart');
  const time = event.getFirstPropertyValue('dtstart') as Time | null;
  const name = start?.getFirstParameter('tzid') ?? null;
  if (time?.zone === ICAL.Timezone.utcTimezone) return { zone: 'UTC', unknown: null };
  if (!name) return { zone: null, unknown: null };
  const described = time?.zone && time.zone !== ICAL.Timezone.localTimezone;
  return { zone: name, unknown: isZone(name) || described ? null : name };
}

function whenOf(start: Time, finish: Time, { zone }: Told): When | Refusal {
  if (finish.compare(start) <= 0) return reasons.lastsNothing;
  const unreadable = reasons.unreadableTime(`${start} – ${finish}`);
  if (start.isDate) {
    const [first, after] = [dayOf(start), dayOf(finish)];
    return first && after ? { kind: 'parts', first, last: addDays(after, -1), part: 'day' } : unreadable;
  }
  if (zone === null) {
    const [from, to] = [wallOf(start), wallOf(finish)];
    return from && to ? { kind: 'wall', from, to } : unreadable;
  }
  const [from, to] = [instantOf(start, zone), instantOf(finish, zone)];
  return from && to ? { kind: 'instants', from, to } : unreadable;
}

const mailOf = (address: unknown): string | null => /^mailto:(.+)$/i.exec(String(address ?? ''))?.[1]?.trim() || null;

/** Who booked, else the one person who comes. */
function personOf(event: Component): string | null {
  const organizer = mailOf(event.getFirstPropertyValue('organizer'));
  if (organizer !== null) return organizer;
  const people = event
    .getAllProperties('attendee')
    .filter(one => !/^(room|resource)$/i.test(one.getFirstParameter('cutype') ?? ''));
  return people.length === 1 ? mailOf(people[0]!.getFirstValue()) : null;
}

/** Its LOCATION, else the room or resource that is invited, else the name of the calendar. */
function roomOf(event: Component, calendar: Component): RoomName {
  const invited = event
    .getAllProperties('attendee')
    .find(one => /^(room|resource)$/i.test(one.getFirstParameter('cutype') ?? ''));
  const names = [
    event.getFirstPropertyValue('location'),
    invited?.getFirstParameter('cn'),
    calendar.getFirstPropertyValue('x-wr-calname'),
    calendar.getFirstPropertyValue('name'),
  ];
  return { area: null, room: String(names.find(name => typeof name === 'string' && name.trim() !== '') ?? '').trim() };
}

interface Read {
  readonly calendar: Component;
  readonly window: Window;
  /** Steps that the file's series may still take. */
  readonly steps: { left: number };
}

const inWindow = (time: Time, { from, to }: Window): boolean => {
  const day = dayOf(time);
  return day !== null && addDays(from, -1) <= day && day <= addDays(to, 1);
};

/** One date of an event, with the changes made to that date alone. */
interface Date {
  readonly component: Component;
  readonly start: Time;
  readonly finish: Time;
  /** The date that it takes the place of, for one of a series. */
  readonly of: string | null;
}

function datesOf(
  component: Component,
  exceptions: readonly Component[],
  { window, steps }: Read,
): readonly Date[] | Refusal {
  const event = new ICAL.Event(component, { exceptions: [...exceptions], strictExceptions: false });
  if (!event.isRecurring()) return [{ component, start: event.startDate, finish: event.endDate, of: null }];
  const iterator = event.iterator();
  const dates: Date[] = [];
  for (let count = 0; ; count++) {
    const next = iterator.next() as Time | undefined;
    if (next === undefined) return dates;
    if ((dayOf(next) ?? '9999') > addDays(window.to, 1)) return dates;
    if (count === mostOccurrences || steps.left-- <= 0) return reasons.repeatsTooOften(mostOccurrences);
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    if (inWindow(startDate, window))
      dates.push({ component: item.component, start: startDate, finish: endDate, of: next.toString() });
  }
}

const statusRefusal = (event: Component): Refusal | null => {
  const status = String(event.getFirstPropertyValue('status') ?? '').toUpperCase();
  if (status === 'CANCELLED') return reasons.cancelled;
  return status === 'TENTATIVE' ? reasons.unconfirmed : null;
};

const uidOf = (event: Component): string => String(event.getFirstPropertyValue('uid') ?? '');
const isSeries = (event: Component): boolean => event.hasProperty('rrule') || event.hasProperty('rdate');

const written = (event: Component, name: string): string | undefined => {
  const property = event.getFirstProperty(name);
  return property === null ? undefined : String((property.toJSON() as unknown[])[3]);
};

const timeShape = /^\d{4}-\d\d-\d\d(T([01]\d|2[0-3]):[0-5]\d:\d\dZ?)?$/;

/** The library turns 30 February into 2 March: what is no time of the calendar is told instead. */
function timeRefusal(event: Component): Refusal | null {
  const [start, end] = [written(event, 'dtstart') ?? '', written(event, 'dtend')];
  const wrong = [start, ...(end === undefined ? [] : [end])].find(
    text => !timeShape.test(text) || !isDay(text.slice(0, 10)),
  );
  if (wrong !== undefined) return reasons.unreadableTime(wrong || 'DTSTART');
  const lasting = event.getAllProperties('rdate').some(one => one.type === 'period');
  const rules = ['rrule', 'exrule'].flatMap(name => event.getAllProperties(name));
  // One that never comes again would be looked for without end.
  const wild = rules.map(one => String(one.getFirstValue())).find(rule => !isTameRule(rule));
  if (/FREQ=(SECOND|MINUTE|HOUR)LY/i.test(wild ?? '')) return reasons.repeatsTooOften(mostOccurrences);
  return lasting || wild !== undefined ? reasons.repeatUnread : null;
}

function readEvent(component: Component, exceptions: readonly Component[], read: Read): readonly ReadEvent[] {
  const uid = uidOf(component);
  const no = (reason: Refusal, of: Component, ref: string): ReadEvent => ({
    unread: { ref, at: roomOf(of, read.calendar), person: personOf(of), reason },
  });
  const wrong = [component, ...exceptions].map(timeRefusal).find(one => one !== null);
  if (wrong) return [no(wrong, component, uid)];
  const told = toldBy(component);
  if (told.unknown !== null) return [no(reasons.unknownZone(told.unknown), component, uid)];
  const dates = datesOf(component, exceptions, read);
  if ('code' in dates) return [no(dates, component, uid)];
  return dates.map(({ component: own, start, finish, of }) => {
    const ref = [uid || `${start}`, of].filter(Boolean).join(' ');
    const why = statusRefusal(own);
    if (why) return no(why, own, ref);
    // A date moved alone may be told in another zone than its series.
    const zoned = own === component ? told : toldBy(own);
    const when = zoned.unknown === null ? whenOf(start, finish, zoned) : reasons.unknownZone(zoned.unknown);
    if ('code' in when) return no(when, own, ref);
    const [at, person] = [roomOf(own, read.calendar), personOf(own)];
    const key = [uid || [start, at.room, person].join(' '), of].filter(Boolean).join('/');
    return { entry: { ref, key, at, person, when } };
  });
}

/** An event whose words the library cannot follow. */
const unfollowed = (event: Component, { calendar }: Read): ReadEvent => ({
  unread: {
    ref: uidOf(event),
    at: roomOf(event, calendar),
    person: personOf(event),
    reason: isSeries(event) ? reasons.repeatUnread : reasons.unreadableTime(written(event, 'dtstart') ?? ''),
  },
});

function readCalendar(read: Read): Source {
  const { calendar } = read;
  const isException = (event: Component) => event.hasProperty('recurrence-id');
  const told = [...groupBy(calendar.getAllSubcomponents('vevent'), uidOf).values()].flatMap(events => {
    const [exceptions, masters] = [events.filter(isException), events.filter(one => !isException(one))];
    // A date whose series is not in the file stands for itself.
    const tasks = masters.length === 0 ? exceptions : masters;
    return tasks.flatMap(event => {
      try {
        return masters.length === 0 ? readAlone(event, read) : readEvent(event, exceptions, read);
      } catch {
        return [unfollowed(event, read)];
      }
    });
  });
  const others = calendar.getAllSubcomponents().filter(one => !/^(vevent|vtimezone)$/.test(one.name));
  return {
    entries: told.flatMap(one => ('entry' in one ? [one.entry] : [])),
    unread: [
      ...told.flatMap(one => ('unread' in one ? [one.unread] : [])),
      ...others.map(one => ({
        ref: uidOf(one),
        at: null,
        person: null,
        reason: reasons.notAnEvent(one.name.toUpperCase()),
      })),
    ],
  };
}

/** Read under the key that it would have among the dates of its series. */
function readAlone(event: Component, read: Read): readonly ReadEvent[] {
  const of = String(event.getFirstPropertyValue('recurrence-id'));
  return readEvent(event, [], read).map(one =>
    'entry' in one
      ? { entry: { ...one.entry, ref: `${one.entry.ref} ${of}`, key: [one.entry.key, of].join('/') } }
      : one,
  );
}

const calendarsIn = (text: string): readonly Component[] => {
  const parsed = ICAL.parse(text) as unknown[];
  const roots = (typeof parsed[0] === 'string' ? [parsed] : parsed) as unknown[][];
  return roots.map(root => new ICAL.Component(root as never));
};

const isReadable = (text: string): boolean => {
  try {
    return calendarsIn(text).length > 0;
  } catch {
    return false;
  }
};

/** One event that cannot be read takes no other with it: it is taken out, and told. */
function withoutBroken(text: string): { readonly text: string; readonly broken: readonly Unread[] } {
  if (isReadable(text)) return { text, broken: [] };
  const broken: Unread[] = [];
  const kept = text.replaceAll(/^BEGIN:VEVENT\r?\n[\s\S]*?^END:VEVENT[ \t]*(\r?\n|$)/gim, event => {
    if (isReadable(`BEGIN:VCALENDAR\r\n${event}END:VCALENDAR\r\n`)) return event;
    const ref = /^UID:(.*)$/im.exec(event)?.[1]?.trim() ?? '';
    const reason = /^R(RULE|DATE)\b/im.test(event) ? reasons.repeatUnread : reasons.unreadableEvent;
    broken.push({ ref, at: null, person: null, reason });
    return '';
  });
  return { text: kept, broken };
}

/** Events of an iCalendar file (RFC 5545), series unfolded between two days. */
export function readIcs(text: string, window: Window): Outcome<Source> {
  const { text: whole, broken } = withoutBroken(text);
  if (!isReadable(whole)) return refuse(words.unreadableFile('iCalendar'));
  const calendars = calendarsIn(whole);
  if (calendars.some(one => one.name !== 'vcalendar')) return refuse(words.unreadableFile('iCalendar'));
  const steps = { left: mostSteps };
  const sources = calendars.map(calendar => readCalendar({ calendar, window, steps }));
  return accept({
    entries: sources.flatMap(one => one.entries),
    unread: [...sources.flatMap(one => one.unread), ...broken],
  });
}
