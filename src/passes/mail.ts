import { type Lang, show } from '../kernel/bilingual.ts';
import type { Pass } from './pass.ts';
import { unitsText } from './words.ts';

/** To someone whose pass ends soon: what is left, and until when it pays. */
export function endingMail({
  firstName,
  lang,
  pass,
  link,
}: {
  readonly firstName: string;
  readonly lang: Lang;
  readonly pass: Pick<Pass, 'name' | 'kind' | 'balance' | 'validUntil'>;
  readonly link: string | null;
}): { subject: string; text: string } {
  const [left, until] = [unitsText(pass.kind, pass.balance, lang), show.date(pass.validUntil, lang)];
  return lang === 'fr'
    ? {
        subject: `Carnet « ${pass.name} » : il reste ${left} jusqu’au ${until}`,
        text: `Bonjour ${firstName},\n\nVotre carnet « ${pass.name} » contient encore ${left}. Il paie les jours jusqu’au ${until} compris : c’est le jour réservé qui compte, pas celui où vous réservez.\n\nRéservez ${link === null ? 'à la page « Réserver ».' : `:\n\n${link}`}\n`,
      }
    : {
        subject: `Pass “${pass.name}”: ${left} left until ${until}`,
        text: `Hello ${firstName},\n\nYour pass “${pass.name}” still holds ${left}. It pays days up to and including ${until}: the day booked counts, not the one on which you book.\n\nBook ${link === null ? 'on the page “Book”.' : `:\n\n${link}`}\n`,
      };
}
