import { type WallHours, whenOf } from '../booking/booking.ts';
import { type Bilingual, both, show } from '../kernel/bilingual.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';
import type { Day, DayPart } from '../kernel/time.ts';

const partNames: Readonly<Record<DayPart, Bilingual>> = {
  morning: { fr: 'La matinée', en: 'The morning' },
  afternoon: { fr: 'L’après-midi', en: 'The afternoon' },
  day: { fr: 'La journée', en: 'The whole day' },
};

/** Refusals of a whole file. */
export const words = {
  notHost: refusal('intake.not_host', 403, {
    fr: 'Reprendre des réservations est à qui accueille dans un espace. Demandez à la personne qui gère le vôtre.',
    en: 'Taking bookings over is for those who receive people in a space. Ask whoever manages yours.',
  }),
  noFile: refusal(
    'intake.no_file',
    422,
    { fr: 'Choisissez un fichier qui ne soit pas vide.', en: 'Choose a file that is not empty.' },
    'fichier',
  ),
  unreadableFile: (format: string): Refusal =>
    refusal(
      'intake.unreadable_file',
      422,
      {
        fr: `Ce fichier ne se lit pas comme ${format}. Vérifiez le format choisi, et que le fichier est entier.`,
        en: `This file does not read as ${format}. Check the format you chose, and that the file is whole.`,
      },
      'fichier',
    ),
  missingTables: (tables: string): Refusal =>
    refusal(
      'intake.missing_tables',
      422,
      {
        fr: `Cette sauvegarde n’a pas toutes les tables qu’il faut (${tables}), ou ne dit pas leurs colonnes. Exportez-les avec leur structure.`,
        en: `This dump lacks some of the tables that are needed (${tables}), or does not name their columns. Export them with their structure.`,
      },
      'fichier',
    ),
  csvColumns: refusal(
    'intake.csv_columns',
    422,
    {
      fr: 'La première ligne doit nommer les colonnes : espace, personne, jour, et moment (ou debut et fin) ; poste et id si vous les avez.',
      en: 'The first line must name the columns: space, person, day, and part (or from and to); resource and id if you have them.',
    },
    'fichier',
  ),
  noEntry: refusal(
    'intake.no_entry',
    422,
    {
      fr: 'Ce fichier ne contient aucune réservation. Vérifiez le format choisi et l’export.',
      en: 'This file holds no booking. Check the format you chose and the export.',
    },
    'fichier',
  ),
  tooMany: (most: number): Refusal =>
    refusal(
      'intake.too_many_entries',
      413,
      both(lang =>
        lang === 'fr'
          ? `Ce fichier contient plus de ${show.count(most, lang)} demi-journées ou journées. Découpez-le, ou exportez seulement ce qui vient.`
          : `This file holds more than ${show.count(most, lang)} days and half-days. Split it, or export only what is to come.`,
      ),
      'fichier',
    ),
  mappingUnreadable: (line: number): Refusal =>
    refusal(
      'intake.mapping_unreadable',
      422,
      {
        fr: `La correspondance ne se lit pas à la ligne ${line}. Écrivez salle;nom dans l’ancien système;espace / poste, ou personne;identifiant;adresse.`,
        en: `The mapping cannot be read at line ${line}. Write room;name in the former system;space / resource, or person;login;address.`,
      },
      'correspondance',
    ),
  mappingUnknown: (line: number, name: string): Refusal =>
    refusal(
      'intake.mapping_unknown',
      422,
      {
        fr: `À la ligne ${line} de la correspondance, « ${name} » n’est ni un espace où vous accueillez, ni un poste de cet espace.`,
        en: `At line ${line} of the mapping, “${name}” is neither a space where you receive people nor a resource of that space.`,
      },
      'correspondance',
    ),
} as const;

/** Why one entry is not booked. */
export const reasons = {
  unknownRoom: (room: string): Refusal =>
    refusal('intake.unknown_room', 404, {
      fr: `« ${room} » n’est le nom d’aucun poste ni espace où vous accueillez. Ajoutez-le à la correspondance.`,
      en: `“${room}” is the name of no resource or space where you receive people. Add it to the mapping.`,
    }),
  severalRooms: (room: string): Refusal =>
    refusal('intake.several_rooms', 409, {
      fr: `Plusieurs postes s’appellent « ${room} ». Dites lequel dans la correspondance.`,
      en: `Several resources are called “${room}”. Say which one in the mapping.`,
    }),
  noPerson: refusal('intake.no_person', 422, {
    fr: 'L’entrée ne dit pas pour qui est la place.',
    en: 'The entry does not say whom the place is for.',
  }),
  unknownPerson: (person: string): Refusal =>
    refusal('intake.unknown_person', 404, {
      fr: `Le réseau ne connaît pas « ${person} ». Invitez la personne, ou ajoutez son adresse à la correspondance.`,
      en: `The network does not know “${person}”. Invite the person, or add their address to the mapping.`,
    }),
  unreadableTime: (text: string): Refusal =>
    refusal('intake.unreadable_time', 422, {
      fr: `Le moment ne se lit pas : « ${text} ».`,
      en: `The time cannot be read: “${text}”.`,
    }),
  unknownZone: (zone: string): Refusal =>
    refusal('intake.unknown_zone', 422, {
      fr: `Le fuseau « ${zone} » est inconnu, et le fichier ne le décrit pas.`,
      en: `The time zone “${zone}” is unknown, and the file does not describe it.`,
    }),
  lastsNothing: refusal('intake.lasts_nothing', 422, {
    fr: 'L’entrée finit avant de commencer, ou ne dure pas.',
    en: 'The entry ends before it begins, or does not last.',
  }),
  lastsTooLong: (most_days: number): Refusal =>
    refusal('intake.lasts_too_long', 422, {
      fr: `L’entrée dure plus de ${most_days} jours. Réservez-la ici en série.`,
      en: `The entry lasts more than ${most_days} days. Book it here as a series.`,
    }),
  repeatsTooOften: (most: number): Refusal =>
    refusal('intake.repeats_too_often', 422, {
      fr: `L’entrée se répète plus de ${most} fois avant la fin de ce qui se reprend. Rien n’en est lu.`,
      en: `The entry repeats more than ${most} times before the end of what is taken over. None of it is read.`,
    }),
  repeatUnread: refusal('intake.repeat_unread', 422, {
    fr: 'La répétition de cette entrée n’est pas de celles que nous lisons. Réservez-la ici en série.',
    en: 'This entry repeats in a way that we do not read. Book it here as a series.',
  }),
  unreadableEvent: refusal('intake.unreadable_event', 422, {
    fr: 'Ce rendez-vous est mal écrit dans le fichier : rien n’en est lu.',
    en: 'This event is badly written in the file: none of it is read.',
  }),
  notAnEvent: (kind: string): Refusal =>
    refusal('intake.not_an_event', 422, {
      fr: `Cet élément (${kind}) n’est pas un rendez-vous.`,
      en: `This component (${kind}) is not an event.`,
    }),
  periods: refusal('intake.periods', 422, {
    fr: 'Ce domaine réserve par créneaux nommés, sans heures : ils ne disent pas quelle demi-journée est prise.',
    en: 'This area books by named periods, without hours: they do not tell which half-day is taken.',
  }),
  oddTime: (part: DayPart): Refusal =>
    refusal('intake.odd_time', 409, {
      fr: `Ces heures ne sont ni une demi-journée ni une journée de l’espace. ${partNames[part].fr} les contient, et se réserve si vous acceptez d’élargir.`,
      en: `These hours are neither a half-day nor a day of the space. ${partNames[part].en} holds them, and is booked if you accept to widen.`,
    }),
  oddQuarters: (from: string, to: string): Refusal =>
    refusal('intake.odd_quarters', 422, {
      fr: `Ces heures ne vont pas de quart d’heure en quart d’heure (de ${from} à ${to}), et la place se réserve ici à l’heure. Rien n’en est réservé : corrigez-les dans l’ancien système, ou réservez ici.`,
      en: `These hours do not go by quarters of an hour (${from} to ${to}), and the place is booked by the hour here. None of it is booked: correct them in the former system, or book here.`,
    }),
  outsideHours: refusal('intake.outside_hours', 409, {
    fr: 'L’espace n’est pas ouvert à ces heures-là.',
    en: 'The space is not open at these hours.',
  }),
  past: refusal('intake.past', 409, {
    fr: 'C’est déjà passé.',
    en: 'This is already over.',
  }),
  cancelled: refusal('intake.cancelled_there', 409, {
    fr: 'Annulée ou refusée dans l’ancien système.',
    en: 'Cancelled or rejected in the former system.',
  }),
  unconfirmed: refusal('intake.unconfirmed', 409, {
    fr: 'Pas encore confirmée dans l’ancien système : confirmez-la là-bas, ou réservez ici.',
    en: 'Not confirmed yet in the former system: confirm it there, or book here.',
  }),
  setAside: refusal('intake.set_aside', 409, {
    fr: 'Laissée de côté par la correspondance.',
    en: 'Set aside by the mapping.',
  }),
  twice: refusal('intake.twice_in_file', 409, {
    fr: 'Cette entrée est déjà plus haut dans le fichier.',
    en: 'This entry is already further up in the file.',
  }),
  changedSince: refusal('intake.changed_since', 409, {
    fr: 'Cette entrée a déjà été reprise, et dit depuis autre chose. La réservation d’ici n’est pas changée : déplacez-la si besoin.',
    en: 'This entry was taken over before, and says something else since. The booking here is left as it is: move it if needed.',
  }),
  personTaken: (day: Day, hours: WallHours | null): Refusal =>
    refusal(
      'intake.person_taken',
      409,
      both(lang => {
        const when = hours ? whenOf({ day, part: 'day', hours }, lang) : show.day(day, lang);
        return lang === 'fr'
          ? `La personne a déjà une place à ce moment-là (${when}).`
          : `The person already has a place at that time (${when}).`;
      }),
    ),
} as const;
