import ICAL from 'ical.js';
import nodeIcal from 'node-ical';
import { convertIcsCalendar } from 'ts-ics';

/** An event as a program of someone else reads it. */
export interface ReadEvent {
  readonly uid: string;
  readonly from: string;
  readonly to: string;
  readonly summary: string;
  readonly place: string | null;
  readonly sequence: number;
  readonly status: string;
  readonly method: string | null;
  /** Address of whoever is invited. */
  readonly attendee: string | null;
}

/** A free/busy period. */
export interface ReadBusy {
  readonly from: string;
  readonly to: string;
  readonly type: string;
}

export interface CalendarReader {
  readonly events: (text: string) => readonly ReadEvent[];
  readonly busy: (text: string) => readonly ReadBusy[];
}

const second = (date: Date): string => date.toISOString().replace('.000Z', 'Z');
const address = (text: string | undefined | null): string | null => text?.replace(/^mailto:/i, '') ?? null;

const icalJs: CalendarReader = {
  events: text => {
    const calendar = new ICAL.Component(ICAL.parse(text));
    return calendar.getAllSubcomponents('vevent').map(one => {
      const event = new ICAL.Event(one);
      return {
        uid: event.uid,
        from: second(event.startDate.toJSDate()),
        to: second(event.endDate.toJSDate()),
        summary: event.summary,
        place: event.location,
        sequence: event.sequence,
        status: String(one.getFirstPropertyValue('status')),
        method: calendar.getFirstPropertyValue('method') as string | null,
        attendee: address(one.getFirstPropertyValue('attendee') as string | null),
      };
    });
  },
  busy: text =>
    new ICAL.Component(ICAL.parse(text))
      .getFirstSubcomponent('vfreebusy')!
      .getAllProperties('freebusy')
      .map(one => {
        const { start, end } = one.getFirstValue() as unknown as Record<
          'start' | 'end',
          InstanceType<typeof ICAL.Time>
        >;
        const type = String(one.getFirstParameter('fbtype'));
        return { from: second(start.toJSDate()), to: second(end.toJSDate()), type };
      }),
};

/** What its types leave out. */
interface Loose {
  readonly sequence?: string | number;
  readonly attendee?: string | { readonly val: string };
}

const nodeReader: CalendarReader = {
  events: text => {
    const read = nodeIcal.parseICS(text);
    const method = (read['vcalendar'] as { readonly method?: string } | undefined)?.method ?? null;
    return Object.values(read).flatMap(one => {
      if (one?.type !== 'VEVENT') return [];
      const { attendee, sequence } = one as Loose;
      return [
        {
          uid: one.uid,
          from: second(new Date(one.start)),
          to: second(new Date(one.end!)),
          summary: String(one.summary),
          place: one.location ? String(one.location) : null,
          sequence: Number(sequence),
          status: String(one.status),
          method,
          attendee: address(typeof attendee === 'string' ? attendee : attendee?.val),
        },
      ];
    });
  },
  busy: text =>
    Object.values(nodeIcal.parseICS(text)).flatMap(one =>
      one?.type === 'VFREEBUSY'
        ? (one.freebusy ?? []).map(({ start, end, type }) => ({
            ...{ from: second(new Date(start)), to: second(new Date(end!)), type },
          }))
        : [],
    ),
};

const tsReader: CalendarReader = {
  events: text => {
    const { events = [], method } = convertIcsCalendar(undefined, text);
    return events.map(one => ({
      uid: one.uid,
      from: second(one.start.date),
      to: second(one.end!.date),
      summary: one.summary,
      place: one.location ?? null,
      sequence: one.sequence ?? 0,
      status: String(one.status),
      method: method ?? null,
      attendee: one.attendees?.[0]?.email ?? null,
    }));
  },
  busy: text =>
    (convertIcsCalendar(undefined, text).freeBusy ?? []).flatMap(one =>
      (one.freeBusy ?? []).flatMap(({ type = 'BUSY', values }) =>
        values.map(({ start, end }) => ({ from: second(start), to: second(end!), type })),
      ),
    ),
};

/** Three programs that share no code: what all of them read alike is what was written. */
export const calendarReaders: readonly (readonly [name: string, reader: CalendarReader])[] = [
  ['ical.js', icalJs],
  ['node-ical', nodeReader],
  ['ts-ics', tsReader],
];
