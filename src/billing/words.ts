import type { Bilingual } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';

export const words = {
  alreadyCharged: (reference: string) =>
    refusal('billing.already_charged', 409, {
      fr: `« ${reference} » est déjà facturé pour un autre montant ou à un autre payeur. Annulez d’abord cette ligne.`,
      en: `“${reference}” is already charged for another amount or to another payer. Reverse that line first.`,
    }),
  nothingToReverse: (reference: string) =>
    refusal('billing.nothing_to_reverse', 404, {
      fr: `Aucune ligne n’est facturée pour « ${reference} » : il n’y a rien à annuler.`,
      en: `No line is charged for “${reference}”: there is nothing to reverse.`,
    }),
};

/** The label of a reversal, from the label of the line it turns. */
export const cancelled = (label: Bilingual): Bilingual => ({
  fr: `Annulation : ${label.fr}`,
  en: `Cancelled: ${label.en}`,
});
