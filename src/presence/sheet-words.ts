import type { Bilingual } from '../kernel/bilingual.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';

export const sheetWords = {
  badLength: refusal(
    'presence.sheet_too_long',
    422,
    { fr: 'Une feuille couvre de un à sept jours.', en: 'A sheet covers one to seven days.' },
    'jours',
  ),
  unknownSheet: refusal('presence.unknown_sheet', 404, {
    fr: 'Cette feuille n’existe pas, ou n’est plus gardée. Relisez son numéro, imprimé en haut.',
    en: 'There is no such sheet, or it is no longer kept. Read its number again, printed at the top.',
  }),
  notOnSheet: refusal('presence.day_not_on_sheet', 422, {
    fr: 'Ce jour n’est pas sur cette feuille.',
    en: 'This day is not on this sheet.',
  }),
  inTheFuture: refusal('presence.sheet_in_the_future', 422, {
    fr: 'Ce jour n’est pas encore venu : la feuille se saisit une fois signée.',
    en: 'This day has not come yet: the sheet is entered once it is signed.',
  }),
  tooLate: (days: number): Refusal =>
    refusal('presence.sheet_too_late', 410, {
      fr: `Une feuille se saisit le jour même et pendant ${days} jours. Ensuite, la personne peut écrire à qui anime le réseau.`,
      en: `A sheet is entered on the day and for ${days} days. After that, the person can write to a network operator.`,
    }),
  dayFinal: (days: number): Refusal =>
    refusal('presence.day_final', 409, {
      fr: `Une journée est définitive après ${days} jours : plus rien ne s’y ajoute par une feuille.`,
      en: `A day is final after ${days} days: nothing is added to it by a sheet any more.`,
    }),
  twiceOnSheet: refusal(
    'presence.twice_on_sheet',
    422,
    {
      fr: 'Une personne figure deux fois. Gardez une seule ligne par personne.',
      en: 'Someone is there twice. Keep one line a person.',
    },
    'email1',
  ),
  noHalf: refusal('presence.sheet_line_without_signature', 422, {
    fr: 'Une ligne n’a ni matin ni après-midi. Cochez ce qui est signé, ou videz la ligne.',
    en: 'A line has neither morning nor afternoon. Tick what is signed, or empty the line.',
  }),
  badHours: refusal('presence.sheet_hours_unreadable', 422, {
    fr: 'Une arrivée ou un départ n’est pas une heure, ou le départ vient avant l’arrivée. Écrivez 8:45.',
    en: 'An arrival or a departure is not a time, or the departure comes before the arrival. Write 8:45.',
  }),
  nothingSigned: refusal('presence.nothing_signed', 422, {
    fr: 'Rien n’est coché : cochez au moins une signature.',
    en: 'Nothing is ticked: tick one signature at least.',
  }),
  alreadyOnSheet: refusal('presence.already_on_a_sheet', 409, {
    fr: 'Une de ces demi-journées a déjà été saisie d’une autre feuille : rien n’a été retenu.',
    en: 'One of these half-days was entered from another sheet already: nothing was kept.',
  }),
} as const;

export const sheetLabels = {
  title: { fr: 'Feuilles de présence', en: 'Attendance sheets' },
  lead: {
    fr: 'Sans borne ni réseau : imprimez une feuille, faites signer, saisissez-la ensuite. C’est votre parole : seule, une preuve A ; avec celle de la personne, B.',
    en: 'Without kiosk or network: print a sheet, have it signed, enter it afterwards. It is your word: proof A alone; with the person’s own, B.',
  },
  printOne: { fr: 'Préparer une feuille', en: 'Prepare a sheet' },
  firstDay: { fr: 'Premier jour', en: 'First day' },
  length: { fr: 'Nombre de jours', en: 'Number of days' },
  prepare: { fr: 'Préparer la feuille', en: 'Prepare the sheet' },
  known: { fr: 'Feuilles des dernières semaines', en: 'Sheets of the last weeks' },
  none: { fr: 'Aucune feuille pour l’instant.', en: 'No sheet yet.' },
  sheet: { fr: 'Feuille de présence', en: 'Attendance sheet' },
  number: { fr: 'Numéro', en: 'Number' },
  days: { fr: 'Jours', en: 'Days' },
  entry: { fr: 'Saisie', en: 'Entry' },
  enter: { fr: 'Saisir', en: 'Enter' },
  entered: { fr: 'saisi', en: 'entered' },
  open: { fr: 'Ouvrir et imprimer', en: 'Open and print' },
  printHow: {
    fr: 'Imprimez cette page (Ctrl + P). Chaque personne signe la demi-journée où elle vient.',
    en: 'Print this page (Ctrl + P). Everyone signs the half-day on which they come.',
  },
  person: { fr: 'Nom', en: 'Name' },
  desk: { fr: 'Poste', en: 'Desk' },
  morning: { fr: 'Matin, signature', en: 'Morning, signature' },
  afternoon: { fr: 'Après-midi, signature', en: 'Afternoon, signature' },
  arrived: { fr: 'Arrivée', en: 'Arrived' },
  left: { fr: 'Départ', en: 'Left' },
  blank: { fr: 'Nom et adresse électronique', en: 'Name and e-mail' },
  host: { fr: 'Hôte : nom et signature', en: 'Host: name and signature' },
  why: {
    fr: 'Cette feuille note votre présence. Les heures sont facultatives et ne vont pas à votre employeur. Elles sont détruites après trois mois.',
    en: 'This sheet notes your presence. Hours are optional and do not go to your employer. They are destroyed after three months.',
  },
  qr: { fr: 'Adresse de saisie de la feuille', en: 'Address at which the sheet is entered' },
  entryTitle: { fr: 'Saisir la feuille', en: 'Enter the sheet' },
  entryLead: {
    fr: 'Cochez ce qui est signé. Les heures sont facultatives : laissez vide si rien n’est écrit.',
    en: 'Tick what is signed. Hours are optional: leave empty if nothing is written.',
  },
  others: { fr: 'Lignes ajoutées à la main', en: 'Lines added by hand' },
  othersLead: {
    fr: 'Par l’adresse électronique du compte. Qui n’a pas de compte se note comme visiteur.',
    en: 'By the account’s e-mail. Whoever has no account is noted as a visitor.',
  },
  email: { fr: 'Adresse électronique', en: 'E-mail' },
  halfMorning: { fr: 'Matin', en: 'Morning' },
  halfAfternoon: { fr: 'Après-midi', en: 'Afternoon' },
  save: { fr: 'Enregistrer ces présences', en: 'Save these presences' },
  saved: { fr: 'C’est enregistré.', en: 'Saved.' },
  noOneBooked: { fr: 'Personne n’avait réservé ce jour-là.', en: 'Nobody had booked that day.' },
} as const satisfies Record<string, Bilingual>;
