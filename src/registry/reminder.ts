import { type Lang, show } from '../kernel/bilingual.ts';
import type { Day } from '../kernel/time.ts';
import type { DeclarationClock } from './declaration.ts';
import { countOf, type SerialRange, serialText } from './serial.ts';
import { unitsText } from './texts.ts';

export interface Reminder {
  readonly firstName: string;
  readonly lang: Lang;
  readonly transfer: SerialRange & { readonly contract: string; readonly signedOn: Day };
  readonly clock: DeclarationClock;
  /** The transfer’s page; null where no public address is set. */
  readonly link: string | null;
}

const left = (days: number, lang: Lang): string => {
  if (days < 0) return lang === 'fr' ? 'Ce jour est passé.' : 'That day is over.';
  if (days === 0) return lang === 'fr' ? 'C’est aujourd’hui.' : 'It is today.';
  const shown = show.count(days, lang);
  if (lang === 'fr') return `Il reste ${shown} ${days === 1 ? 'jour' : 'jours'}.`;
  return `${shown} ${days === 1 ? 'day is' : 'days are'} left.`;
};

const subjectOf = ({ lang, transfer: { contract }, clock }: Reminder): string => {
  const due = show.date(clock.due_on, lang);
  if (clock.state === 'late') {
    return lang === 'fr'
      ? `En retard : la cession ${contract} devait être déclarée le ${due}`
      : `Late: transfer ${contract} was to be declared by ${due}`;
  }
  const subject =
    lang === 'fr'
      ? `La cession ${contract} est à déclarer au plus tard le ${due}`
      : `Transfer ${contract} is to be declared by ${due}`;
  return clock.state === 'red' ? `${left(clock.days_left, lang)} ${subject}` : subject;
};

/** The mail that reminds whoever runs the network of a transfer to declare. */
export function reminderMail(reminder: Reminder): { subject: string; text: string } {
  const { firstName, lang, transfer, clock, link } = reminder;
  const { contract, signedOn } = transfer;
  const what = `${unitsText(countOf(transfer), lang)}, ${serialText(transfer)}`;
  const [signed, due, rest] = [show.date(signedOn, lang), show.date(clock.due_on, lang), left(clock.days_left, lang)];
  const text =
    lang === 'fr'
      ? `Bonjour ${firstName},\n\nLa cession ${contract}, signée le ${signed} (${what}), n’est pas encore déclarée dans le registre de l’État.\n\nDernier jour pour la déclarer : ${due}. ${rest}\n\nDéclarez-la, puis notez le jour et la référence reçue ${link === null ? 'à la page « Registre ».' : `à cette page :\n\n${link}`}\n`
      : `Hello ${firstName},\n\nTransfer ${contract}, signed on ${signed} (${what}), is not declared yet in the State’s register.\n\nLast day to declare it: ${due}. ${rest}\n\nDeclare it, then note the day and the reference received ${link === null ? 'on the page “Register”.' : `on this page:\n\n${link}`}\n`;
  return { subject: subjectOf(reminder), text };
}
