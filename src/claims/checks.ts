import type { Bilingual } from '../kernel/bilingual.ts';
import type { Canonical } from '../kernel/canonical.ts';
import type { ClaimResult } from './result.ts';

/** What a claim could not have been sealed without, in the words of its dossier. */
const titles = {
  cee: {
    claimed_once: { fr: 'Aucune ligne ne sert une autre demande', en: 'No line serves another claim' },
    prior_offer: {
      fr: 'Chaque jour suit l’acceptation de l’offre',
      en: 'Every day follows the acceptance of the offer',
    },
    contract_complete: { fr: 'Chaque paramètre du contrat est connu', en: 'Every parameter of the contract is known' },
    residual_cost: { fr: 'Chaque employeur garde un reste à charge', en: 'Every employer keeps something to pay' },
  },
  lbc: {
    claimed_once: { fr: 'Aucune ligne ne sert une autre demande', en: 'No line serves another claim' },
    after_receipt: {
      fr: 'Chaque jour suit la réception de la notification',
      en: 'Every day follows the receipt of the notification',
    },
    one_vintage: { fr: 'Toutes les lignes sont du même millésime', en: 'All lines are of one vintage' },
  },
} as const satisfies Record<ClaimResult['kind'], Record<string, Bilingual>>;

/** `checks.json` of a claim's dossier; a claim with one that fails is refused, so all of them passed. */
export const checksOf = ({ kind, lines }: ClaimResult): Canonical =>
  Object.entries(titles[kind]).map(([id, { fr, en }]) => ({ id, passed: true, counted: lines.length, fr, en }));
