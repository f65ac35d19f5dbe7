import { type Lang, show } from '../kernel/bilingual.ts';
import type { CalendarEntry } from './calendar.ts';
import { calendarOf } from './calendar.ts';
import { whenText } from './words.ts';

export interface Promoted extends CalendarEntry {
  readonly firstName: string;
  readonly lang: Lang;
  /** The booking's page; null where no public address is set. */
  readonly link: string | null;
}

/** The mail to someone whose turn came: what was booked for them, how to give it back, and the event for their calendar. */
export function promotedMail(promoted: Promoted) {
  const { firstName, lang, booking, space, resource, link } = promoted;
  const when = whenText(booking.day, booking.part, lang);
  const hours = `${show.clock(booking.during.from, space.zone)} – ${show.clock(booking.during.to, space.zone)}`;
  const where = `${resource.name}, ${space.name}, ${space.address}, ${space.postcode} ${space.commune.name}`;
  const subject = lang === 'fr' ? `Une place s’est libérée : ${when}` : `A place is free again: ${when}`;
  const text =
    lang === 'fr'
      ? `Bonjour ${firstName},\n\nVous attendiez une place : elle est réservée pour vous.\n\n${when}, ${hours}\n${where}\n\nVous ne venez plus ? Rendez-la, quelqu’un d’autre attend peut-être ${link === null ? '(page « Mes réservations »).' : `:\n\n${link}`}\n`
      : `Hello ${firstName},\n\nYou were waiting for a place: it is booked for you.\n\n${when}, ${hours}\n${where}\n\nNot coming after all? Give it back, someone else may be waiting ${link === null ? '(“My bookings” page).' : `:\n\n${link}`}\n`;
  const attachments = [
    { filename: 'reservation.ics', contentType: 'text/calendar; charset=utf-8', content: calendarOf(promoted, lang) },
  ];
  return { subject, text, attachments };
}
