import { type Bilingual, both, show } from '../../kernel/bilingual.ts';
import { refusal } from '../../kernel/outcome.ts';
import type { Contract, LineReason } from './2026-1/quantify.ts';

/** Each parameter of a contract version, in words. */
export const parameterNames: Readonly<Record<keyof Contract, Bilingual>> = {
  obligated_party: { fr: 'obligé', en: 'obligated party' },
  contract_version: { fr: 'version du contrat', en: 'contract version' },
  valid_from: { fr: 'premier jour en vigueur', en: 'first day in force' },
  valid_until: { fr: 'premier jour hors vigueur', en: 'first day out of force' },
  unit: { fr: 'unité payée', en: 'unit paid for' },
  price_per_unit_eur_cents: { fr: 'prix par unité', en: 'price per unit' },
  wh_cumac_per_m: { fr: 'Wh cumac par mètre', en: 'Wh cumac a metre' },
  eligible_modes: { fr: 'modes admis', en: 'eligible modes' },
  eligible_energies: { fr: 'énergies admises', en: 'eligible energies' },
  min_distance_m: { fr: 'distance minimale', en: 'minimum distance' },
  max_share_of_rent: { fr: 'part maximale du loyer', en: 'greatest share of the rent' },
  min_residual_cost_eur_cents: { fr: 'reste à charge minimal', en: 'least residual cost' },
  claim_window_days: { fr: 'délai pour demander', en: 'time to claim' },
  application_delay_days: { fr: 'attente avant de demander', en: 'wait before claiming' },
  min_batch_wh_cumac: { fr: 'volume minimal d’un lot', en: 'least volume of a batch' },
  cooldown_rules: { fr: 'délais après une autre opération', en: 'waits after another operation' },
  control_rate: { fr: 'taux de contrôle', en: 'control rate' },
  archive_years: { fr: 'durée d’archivage', en: 'archiving time' },
  statement_template_version: { fr: 'modèle d’attestation', en: 'statement template' },
  replaced_allowed: { fr: 'journées remplacées admises', en: 'replaced days allowed' },
};

/** Why a day does not count, in words. */
export const reasonWords: Readonly<Record<LineReason, Bilingual>> = {
  eligible: { fr: 'comptée', en: 'counted' },
  contract_not_in_force: { fr: 'contrat hors vigueur ce jour-là', en: 'contract not in force on that day' },
  mode_not_eligible: { fr: 'mode non admis', en: 'mode not eligible' },
  energy_not_eligible: { fr: 'énergie non admise', en: 'energy not eligible' },
  replaced_not_allowed: { fr: 'journée remplacée non admise', en: 'replaced day not allowed' },
  no_prior_offer: { fr: 'offre non acceptée avant ce jour', en: 'offer not accepted before that day' },
  below_min_distance: { fr: 'distance trop courte', en: 'distance too short' },
  cooldown: { fr: 'trop tôt après une autre opération', en: 'too soon after another operation' },
  too_early: { fr: 'délai d’attente non écoulé', en: 'waiting time not over' },
  claim_window_over: { fr: 'délai de demande passé', en: 'time to claim over' },
};

const named = (missing: readonly (keyof Contract)[]): Bilingual =>
  both(lang => missing.map(key => `${key} (${parameterNames[key][lang]})`).join(', '));

export const ceeWords = {
  contractIncomplete: (missing: readonly (keyof Contract)[]) =>
    refusal(
      'cee.contract_incomplete',
      409,
      {
        fr: `Cette version de contrat peut servir à simuler, pas à demander. Il manque : ${named(missing).fr}.`,
        en: `This contract version may simulate, not claim. Missing: ${named(missing).en}.`,
      },
      'contract',
    ),
  residualTooLow: (employer: string, left_eur_cents: bigint, least_eur_cents: bigint) =>
    refusal(
      'cee.residual_cost_too_low',
      409,
      both(lang => {
        const [left, least] = [show.euros(left_eur_cents, lang), show.euros(least_eur_cents, lang)];
        return lang === 'fr'
          ? `Le reste à charge de ${employer} serait de ${left}, sous le minimum de ${least}. Retirez ses jours du lot ou réduisez les autres aides.`
          : `The residual cost of ${employer} would be ${left}, under the least of ${least}. Take its days out of the batch or reduce the other aid.`;
      }),
      'employers',
    ),
  presenceTwice: (presence: string) =>
    refusal(
      'cee.presence_twice',
      422,
      {
        fr: `La présence ${presence} figure deux fois. Une journée ne se demande qu’une fois.`,
        en: `Presence ${presence} is there twice. A day is claimed once.`,
      },
      'days',
    ),
  employerTwice: (employer: string) =>
    refusal(
      'cee.employer_twice',
      422,
      {
        fr: `L’employeur ${employer} figure deux fois. Donnez-le une fois, avec le loyer de la période.`,
        en: `Employer ${employer} is there twice. Give it once, with the rent of the period.`,
      },
      'employers',
    ),
  shareContrary: (presence: string) =>
    refusal(
      'cee.share_contrary',
      422,
      {
        fr: `La part de journée de ${presence} est négative sans reprendre une journée, ou positive en la reprenant. Accordez « share » et « corrects ».`,
        en: `The share of a day of ${presence} is negative without taking a day back, or positive while doing so. Make "share" and "corrects" agree.`,
      },
      'days',
    ),
  unknownEmployer: (employer: string) =>
    refusal(
      'cee.unknown_employer',
      422,
      {
        fr: `Une journée nomme l’employeur ${employer}, absent de la liste. Ajoutez-le avec son offre et son loyer.`,
        en: `A day names employer ${employer}, absent from the list. Add it with its offer and its rent.`,
      },
      'days',
    ),
};
