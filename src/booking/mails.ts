import { type Lang, show } from '../kernel/bilingual.ts';
import { type CalendarEntry, calendarOf, type Invited, methodOf } from './calendar.ts';
import { whenOf } from './words.ts';

export interface Told extends CalendarEntry {
  readonly firstName: string;
  readonly lang: Lang;
  /** The booking's page; null where no public address is set. */
  readonly link: string | null;
}

export interface Letter {
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly {
    readonly filename: string;
    readonly contentType: string;
    readonly content: string;
  }[];
}

/** `Parvis <mail@example.org>`, as settings say it, read as a name and an address. */
export const mailboxOf = (from: string): Invited['organizer'] => {
  const [, name = '', email = from] = /^"?([^"<]*?)"?\s*<([^>]*)>$/.exec(from.trim()) ?? [];
  return { name, email };
};

export const placeOf = ({ booking, space, resource, lang }: Told): string => {
  // A part of the day says its hours; what is booked by the hour has said them.
  const hours = booking.hours
    ? ''
    : `, ${show.clock(booking.during.from, space.zone)} – ${show.clock(booking.during.to, space.zone)}`;
  const where = `${resource.name}, ${space.name}, ${space.address}, ${space.postcode} ${space.commune.name}`;
  return `${whenOf(booking, lang)}${hours}\n${where}`;
};

const at = ({ link, lang }: Told): string =>
  link === null ? (lang === 'fr' ? '(page « Mes réservations »).' : '(“My bookings” page).') : `:\n\n${link}`;

const event = (told: Told) => [
  {
    filename: 'reservation.ics',
    contentType: `text/calendar; charset=utf-8; method=${methodOf(told)}`,
    content: calendarOf(told, told.lang),
  },
];

/** To someone whose turn came: what was booked for them, how to give it back, and the event for their calendar. */
export function promotedMail(told: Told): Letter {
  const { firstName, lang, booking } = told;
  const when = whenOf(booking, lang);
  const subject = lang === 'fr' ? `Une place s’est libérée : ${when}` : `A place is free again: ${when}`;
  const text =
    lang === 'fr'
      ? `Bonjour ${firstName},\n\nVous attendiez une place : elle est réservée pour vous.\n\n${placeOf(told)}\n\nVous ne venez plus ? Rendez-la, quelqu’un d’autre attend peut-être ${at(told)}\n`
      : `Hello ${firstName},\n\nYou were waiting for a place: it is booked for you.\n\n${placeOf(told)}\n\nNot coming after all? Give it back, someone else may be waiting ${at(told)}\n`;
  return { subject, text, attachments: event(told) };
}

/** To whoever receives people there: someone asks for a place, and how to answer. */
export function requestedMail(told: Told & { readonly asker: string }): Letter {
  const { firstName, lang, booking, asker, link } = told;
  const when = whenOf(booking, lang);
  const subject = lang === 'fr' ? `Demande à accepter : ${asker}, ${when}` : `Request to answer: ${asker}, ${when}`;
  const page = lang === 'fr' ? 'au planning de l’espace.' : 'on the space’s board.';
  const how = link === null ? page : `:\n\n${link}`;
  const text =
    lang === 'fr'
      ? `Bonjour ${firstName},\n\n${asker} demande une place.\n\n${placeOf(told)}\n\nElle est gardée jusque-là, sans frais. Répondez ${how}\n`
      : `Hello ${firstName},\n\n${asker} asks for a place.\n\n${placeOf(told)}\n\nIt is kept until then, free of charge. Answer ${how}\n`;
  return { subject, text };
}

/** To whoever receives people there: a place is taken twice, here and in its own calendar elsewhere. */
export function clashedMail(told: Told & { readonly asker: string }): Letter {
  const { firstName, lang, booking, resource, asker, link } = told;
  const when = whenOf(booking, lang);
  const subject =
    lang === 'fr' ? `${resource.name} est pris deux fois : ${when}` : `${resource.name} is taken twice: ${when}`;
  const page = lang === 'fr' ? 'au planning de l’espace.' : 'on the space’s board.';
  const how = link === null ? page : `:\n\n${link}`;
  const text =
    lang === 'fr'
      ? `Bonjour ${firstName},\n\nL’agenda relié à cette place la dit prise, alors que ${asker} l’avait réservée.\n\n${placeOf(told)}\n\nRien n’est annulé. Déplacez la réservation, ou libérez l’agenda ${how}\n`
      : `Hello ${firstName},\n\nThe calendar connected to this place says it is taken, but ${asker} had booked it.\n\n${placeOf(told)}\n\nNothing is cancelled. Move the booking, or free the calendar ${how}\n`;
  return { subject, text };
}

/** To whoever had booked a time at which the space no longer opens: nothing is due, and where to book again. */
export function closedMail(told: Told & { readonly again: string | null }): Letter {
  const { firstName, lang, booking, space, again } = told;
  const when = whenOf(booking, lang);
  const subject = lang === 'fr' ? `${space.name} sera fermé : ${when}` : `${space.name} will be closed: ${when}`;
  const page = lang === 'fr' ? '(page « Réserver »).' : '(“Book” page).';
  const where = again === null ? page : `:\n\n${again}`;
  const text =
    lang === 'fr'
      ? `Bonjour ${firstName},\n\nL’espace n’ouvre plus à ce moment-là : votre réservation est annulée, rien n’est dû.\n\n${placeOf(told)}\n\nRéservez un autre jour, ou un autre espace ${where}\n`
      : `Hello ${firstName},\n\nThe space no longer opens at that time: your booking is cancelled, nothing is due.\n\n${placeOf(told)}\n\nBook another day, or another space ${where}\n`;
  return { subject, text, attachments: event(told) };
}

/** To whoever had booked a place that is withdrawn: another one is theirs, at the same time and price. */
export function reseatedMail(told: Told): Letter {
  const { firstName, lang, booking, resource } = told;
  const when = whenOf(booking, lang);
  const subject =
    lang === 'fr' ? `Autre place : ${resource.name}, ${when}` : `Another place: ${resource.name}, ${when}`;
  const text =
    lang === 'fr'
      ? `Bonjour ${firstName},\n\nLa place que vous aviez réservée est retirée. Une autre de la même sorte vous est réservée, à la même heure et au même prix.\n\n${placeOf(told)}\n\nElle ne vous convient pas ? Déplacez ou rendez votre réservation ${at(told)}\n`
      : `Hello ${firstName},\n\nThe place that you had booked is withdrawn. Another of the same kind is booked for you, at the same time and price.\n\n${placeOf(told)}\n\nIt does not suit you? Move your booking or give it back ${at(told)}\n`;
  return { subject, text, attachments: event(told) };
}

/** To whoever had booked a place that is withdrawn when nothing else is free: nothing is due, and where to book again. */
export function displacedMail(told: Told & { readonly again: string | null }): Letter {
  const { firstName, lang, booking, again } = told;
  const when = whenOf(booking, lang);
  const subject = lang === 'fr' ? `Votre place est retirée : ${when}` : `Your place is withdrawn: ${when}`;
  const page = lang === 'fr' ? '(page « Réserver »).' : '(“Book” page).';
  const where = again === null ? page : `:\n\n${again}`;
  const text =
    lang === 'fr'
      ? `Bonjour ${firstName},\n\nL’espace retire la place que vous aviez réservée, et aucune autre n’est libre à ce moment-là : votre réservation est annulée, rien n’est dû.\n\n${placeOf(told)}\n\nRéservez un autre jour, ou un autre espace ${where}\n`
      : `Hello ${firstName},\n\nThe space withdraws the place that you had booked, and no other is free at that time: your booking is cancelled, nothing is due.\n\n${placeOf(told)}\n\nBook another day, or another space ${where}\n`;
  return { subject, text, attachments: event(told) };
}

/** To whoever asked: the answer, in the words of who gave it; accepted, with the event for their calendar. */
export function decidedMail(told: Told & { readonly approved: boolean; readonly reason: string }): Letter {
  const { firstName, lang, booking, approved, reason } = told;
  const when = whenOf(booking, lang);
  const word = reason === '' ? '' : `\n\n« ${reason} »`;
  if (!approved) {
    return lang === 'fr'
      ? {
          subject: `Demande refusée : ${when}`,
          text: `Bonjour ${firstName},\n\nL’espace ne peut pas vous recevoir.${word}\n\n${placeOf(told)}\n\nRien n’est dû.\n`,
        }
      : {
          subject: `Request declined: ${when}`,
          text: `Hello ${firstName},\n\nThe space cannot receive you.${word}\n\n${placeOf(told)}\n\nNothing is due.\n`,
        };
  }
  const [subject, text] =
    lang === 'fr'
      ? [
          `Demande acceptée : ${when}`,
          `Bonjour ${firstName},\n\nVotre demande est acceptée.${word}\n\n${placeOf(told)}\n\nVous ne venez plus ? Rendez la place ${at(told)}\n`,
        ]
      : [
          `Request accepted: ${when}`,
          `Hello ${firstName},\n\nYour request is accepted.${word}\n\n${placeOf(told)}\n\nNot coming after all? Give the place back ${at(told)}\n`,
        ];
  return { subject, text, attachments: event(told) };
}
