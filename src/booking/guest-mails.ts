import type { Lang } from '../kernel/bilingual.ts';
import { type CalendarEntry, calendarOf } from './calendar.ts';
import { whenOf } from './words.ts';

export interface GuestTold extends CalendarEntry {
  readonly name: string;
  /** First name and initial of who invites. */
  readonly inviter: string;
  readonly lang: Lang;
}

/** To a guest who left an address: where and when, or that it is off, with the event for their calendar. */
export function guestMail(told: GuestTold): {
  readonly subject: string;
  readonly text: string;
  readonly attachments: readonly { filename: string; contentType: string; content: string }[];
} {
  const { name, inviter, lang, booking, space, resource, url } = told;
  const when = whenOf(booking, lang);
  const where = `${resource.name}, ${space.name}, ${space.address}, ${space.postcode} ${space.commune.name}`;
  const page = url === '' ? '' : `\n\n${url}`;
  const off = booking.status === 'cancelled';
  const [subject, text] =
    lang === 'fr'
      ? off
        ? [
            `Annulé : ${when}, ${space.name}`,
            `Bonjour ${name},\n\nLa place que ${inviter} gardait pour vous est rendue.\n\n${when}\n${where}\n`,
          ]
        : [
            `${inviter} vous invite : ${when}, ${space.name}`,
            `Bonjour ${name},\n\n${inviter} vous a réservé une place à côté de la sienne.\n\n${when}\n${where}${page}\n\nVotre nom et cette adresse sont effacés 30 jours après.\n`,
          ]
      : off
        ? [
            `Cancelled: ${when}, ${space.name}`,
            `Hello ${name},\n\nThe place that ${inviter} kept for you is given back.\n\n${when}\n${where}\n`,
          ]
        : [
            `${inviter} invites you: ${when}, ${space.name}`,
            `Hello ${name},\n\n${inviter} booked a place for you beside theirs.\n\n${when}\n${where}${page}\n\nYour name and this address are erased 30 days later.\n`,
          ];
  const content = calendarOf(told, lang);
  return {
    ...{ subject, text },
    attachments: [{ filename: 'invitation.ics', contentType: 'text/calendar; charset=utf-8', content }],
  };
}
