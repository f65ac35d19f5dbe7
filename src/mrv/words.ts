import { type Bilingual, both, show } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';
import type { Month } from '../kernel/time.ts';
import type { Check } from './checks.ts';
import type { Leak } from './flow.ts';

const monthName = (month: Month): Bilingual => both(lang => show.month(month, lang));

/** In order: who asks, what about, whether it may be done. */
export const words = {
  operatorOnly: refusal('mrv.operator_only', 403, {
    fr: 'Seul l’opérateur du réseau suit et clôt les mois.',
    en: 'Only the network operator follows and closes months.',
  }),
  auditorOnly: refusal('mrv.auditor_only', 403, {
    fr: 'Ces lignes sont réservées à l’auditeur et à l’opérateur du réseau.',
    en: 'These lines are for the auditor and the network operator.',
  }),
  notAMonth: refusal('mrv.not_a_month', 404, {
    fr: 'Ce mois n’existe pas. Écrivez-le comme 2026-10.',
    en: 'There is no such month. Write it like 2026-10.',
  }),
  noBatch: refusal('mrv.no_batch', 404, {
    fr: 'Aucun lot ne porte cet identifiant. Reprenez-le dans la liste des mois clos.',
    en: 'No batch has that id. Take it from the list of closed months.',
  }),
  notClosed: (month: Month) =>
    refusal('mrv.month_not_closed', 404, {
      fr: `Le mois de ${monthName(month).fr} n’est pas clos : il n’a pas encore de dossier.`,
      en: `${monthName(month).en} is not closed: it has no dossier yet.`,
    }),
  checksFailed: (month: Month, failed: readonly Check[]) =>
    refusal('mrv.checks_not_passed', 409, {
      fr: `Le mois de ${monthName(month).fr} ne peut pas être clos, et rien n’a été compté. ${failed.map(check => check.advice.fr).join(' ')}`,
      en: `${monthName(month).en} cannot be closed, and nothing was counted. ${failed.map(check => check.advice.en).join(' ')}`,
    }),
};

/** Why kilometres leave the flow between presences and claims. */
export const leakWords: Readonly<Record<Leak['reason'], Bilingual>> = {
  pending: { fr: 'contrôles en cours', en: 'checks under way' },
  waiting: { fr: 'en examen ou contestées', en: 'under review or contested' },
  blocked: { fr: 'bloquées par un contrôle', en: 'blocked by a check' },
  evidence_too_weak: { fr: 'preuve insuffisante (pas de classe C)', en: 'evidence too weak (not class C)' },
  no_trip: { fr: 'trajet habituel non déclaré', en: 'usual trip not declared' },
  estimated_distance: { fr: 'distance estimée, non routée', en: 'distance estimated, not routed' },
  replaced_unknown: { fr: 'on ne sait pas ce que la journée a remplacé', en: 'what the day replaced is unknown' },
  replaced_other: {
    fr: 'la journée ne remplaçait ni bureau ni domicile',
    en: 'the day replaced neither office nor home',
  },
  second_of_the_day: { fr: 'même trajet, déjà compté ce jour-là', en: 'same trip, already counted that day' },
};
