import type { Bilingual } from '../../kernel/bilingual.ts';
import { ceeRelaisEdf20261 } from '../published.ts';
import { equation, type Family, type Parameter } from '../sheet.ts';
import type { Contract } from './2026-1/quantify.ts';
import { parameterNames } from './words.ts';

const units: Readonly<Partial<Record<keyof Contract, Bilingual>>> = {
  price_per_unit_eur_cents: { fr: 'centimes d’euro', en: 'euro cents' },
  wh_cumac_per_m: { fr: 'Wh cumac par mètre', en: 'Wh cumac a metre' },
  min_distance_m: { fr: 'mètres', en: 'metres' },
  max_share_of_rent: { fr: 'part', en: 'share' },
  min_residual_cost_eur_cents: { fr: 'centimes d’euro', en: 'euro cents' },
  claim_window_days: { fr: 'jours', en: 'days' },
  application_delay_days: { fr: 'jours', en: 'days' },
  min_batch_wh_cumac: { fr: 'Wh cumac', en: 'Wh cumac' },
  archive_years: { fr: 'ans', en: 'years' },
};

/** Ours until a contract says otherwise. */
const defaults: Readonly<Partial<Record<keyof Contract, Bilingual>>> = {
  claim_window_days: { fr: '365', en: '365' },
  application_delay_days: { fr: '7', en: '7' },
  archive_years: { fr: '10', en: '10' },
  replaced_allowed: { fr: 'bureau', en: 'office' },
};

const none: Bilingual = { fr: '', en: '' };

const parameters: readonly Parameter[] = (Object.keys(parameterNames) as readonly (keyof Contract)[]).map(symbol => ({
  symbol,
  label: parameterNames[symbol],
  value: defaults[symbol] ?? { fr: 'selon le contrat', en: 'as the contract says' },
  unit: units[symbol] ?? none,
  source:
    defaults[symbol] === undefined
      ? { fr: 'contrat avec l’obligé', en: 'contract with the obligated party' }
      : { fr: 'choix de Parvis, que le contrat remplace', en: 'chosen by Parvis, replaced by the contract' },
  mark: defaults[symbol] === undefined ? 'C' : 'I',
}));

export const ceeFamily: Family = {
  version: ceeRelaisEdf20261,
  title: { fr: 'Prime CEE versée par un obligé', en: 'CEE incentive paid by an obligated party' },
  counts: {
    fr: 'l’énergie économisée, en Wh cumac, et la prime de l’employeur, en centimes',
    en: 'the energy saved, in Wh cumac, and the employer’s incentive, in cents',
  },
  status: {
    fr: 'Un vendeur d’énergie obligé verse une prime à l’employeur, puis demande à l’État des certificats d’économies d’énergie. Aucun montant n’est public : chaque valeur vient d’un contrat daté. Tant qu’il en manque une, on simule ; on ne demande rien.',
    en: 'An energy seller with an obligation pays the employer an incentive, then asks the State for energy-saving certificates. No amount is public: each value comes from a dated contract. While one is missing one may simulate; nothing is claimed.',
  },
  equations: [
    equation(
      '1',
      'Wh = Σ avoided_m · wh_cumac_per_m',
      'I',
      'Les mètres évités des jours admis, fois l’énergie par mètre. Arrondi une fois par employeur et par lot, vers le bas ; le reste exact est reporté.',
      'Metres avoided on eligible days, times the energy a metre. Rounded once for each employer and batch, downward; the exact rest is carried.',
    ),
    equation(
      '2',
      'incentive = min(⌊units · price + carry⌋, ⌊rent · max_share⌋ − paid_before)',
      'I',
      'Le nombre d’unités du contrat (kilomètres, jours ou kWh cumac) fois leur prix, sans dépasser une part du loyer, lots précédents des mêmes mois compris. Ce qui dépasse n’est jamais payé.',
      'The contract’s units (kilometres, days or kWh cumac) times their price, up to a share of the rent, earlier batches of the same months included. What is above is never paid.',
    ),
    equation(
      '3',
      'residual = rent − incentive − paid_before − other_aid > 0',
      'I',
      'L’employeur garde toujours quelque chose à payer, au moins le minimum du contrat. Un lot qui l’enfreindrait est refusé.',
      'The employer always keeps something to pay, at least the contract’s least. A batch that would breach this is refused.',
    ),
    equation(
      '4',
      'eligible = offer < day ∧ mode ∧ energy ∧ replaced ∧ distance ∧ delays',
      'I',
      'Un jour compte si l’employeur avait accepté l’offre avant lui, si le mode, l’énergie et la journée remplacée sont admis, et si les délais sont tenus. Sinon, la première raison est donnée.',
      'A day counts when the employer had accepted the offer before it, when mode, energy and replaced day are eligible, and delays are kept. Otherwise the first reason is given.',
    ),
  ],
  parameters,
};
