import type { Bilingual } from '../kernel/bilingual.ts';
import { type FactorSet, factorSetA } from './lbc-tiers-lieux/2026-1/factors.ts';
import { type Unknown, unknowns } from './lbc-tiers-lieux/unknowns.ts';
import { lbcTiersLieux20261, type PublishedVersion } from './published.ts';

/** S: a source says it. I: inferred, or our own choice. U: not found in public sources. C: a contract sets it. */
export type Mark = 'S' | 'I' | 'U' | 'C';

export interface Equation {
  readonly number: string;
  readonly formula: string;
  readonly words: Bilingual;
  readonly mark: Mark;
}

export interface Parameter {
  readonly symbol: string;
  readonly label: Bilingual;
  readonly value: Bilingual;
  readonly unit: Bilingual;
  readonly source: Bilingual;
  readonly mark: Mark;
}

/** A family of methods, told to the public. */
export interface Family {
  readonly version: PublishedVersion;
  readonly title: Bilingual;
  /** What it counts, and in what unit. */
  readonly counts: Bilingual;
  readonly status: Bilingual;
  readonly equations: readonly Equation[];
  readonly parameters: readonly Parameter[];
}

export interface MethodSheet {
  readonly version: PublishedVersion;
  readonly title: Bilingual;
  readonly status: Bilingual;
  readonly equations: readonly Equation[];
  readonly parameters: readonly Parameter[];
  readonly factors: FactorSet;
  readonly unknowns: readonly Unknown[];
}

export const equation = (number: string, formula: string, mark: Mark, fr: string, en: string): Equation => ({
  number,
  formula,
  mark,
  words: { fr, en },
});

const equations: readonly Equation[] = [
  equation(
    '1',
    'E = Σ m · f ÷ occ',
    'I',
    'Chaque trajet émet ses mètres fois le facteur de son mode, partagé entre les personnes de la voiture. Les trajets de référence donnent E_ref, les trajets faits E_prj.',
    'Each leg emits its metres times the factor of its mode, shared by the people in the car. Reference legs give E_ref, actual legs E_prj.',
  ),
  equation(
    '2',
    'gross = E_ref − E_prj',
    'I',
    'L’écart brut. S’il est négatif, il reste négatif : effacer les mauvais jours gonflerait le total.',
    'The gross difference. When negative it stays negative: erasing bad days would inflate the total.',
  ),
  equation(
    '3',
    'sub = (1 − s) · gross − s · E_prj',
    'I',
    'Si la journée remplace du télétravail à domicile (s = 1), rien n’est évité : seul le trajet vers l’espace compte, en moins.',
    'When the day replaced home telework (s = 1) nothing is avoided: only the trip to the space counts, as a loss.',
  ),
  equation(
    '4a',
    'rebound = ρ · (1 − s) · E_ref',
    'I',
    'Variante « référence » de l’effet rebond, seulement un jour sans trajet vers l’entreprise.',
    '“Reference” variant of the rebound, only on a day without a trip to the company.',
  ),
  equation(
    '4b',
    'rebound = ρ · max(0, sub)',
    'I',
    'Variante « nette », retenue par défaut, jour par jour : elle déduit plus que sur le total.',
    '“Net” variant, the default, day by day: it deducts more than on the total.',
  ),
  equation(
    '5',
    'net = sub − rebound − E_TL',
    'I',
    'Le gain net d’un jour, énergie de l’espace déduite.',
    'The net saving of a day, less the energy of the space.',
  ),
  equation(
    '6',
    'P′ = P · Π(1 − r)   |   P · (1 − Σ r)',
    'I',
    'Les rabais, multiplicatifs ou additifs, ne s’appliquent qu’à un total positif.',
    'Rebates, multiplicative or additive, apply to a positive total only.',
  ),
  equation(
    '7',
    'credits = max(0, ⌊(carry + P′) ÷ 10⁹ mg⌋)',
    'I',
    'Un seul arrondi, vers le bas, à la tonne. Le reste exact est reporté au même projet et au même millésime.',
    'One rounding, downward, to the tonne. The exact rest is carried in the same project and vintage.',
  ),
  equation(
    '8',
    'avoided = Σ L_ref − Σ L_act',
    'I',
    'Les mètres évités, avec leur signe, sur les seuls jours comptés. Un jour qui remplace du télétravail à domicile compte moins les mètres faits.',
    'Metres avoided, signed, over counted days only. A day that replaced home telework counts minus its actual metres.',
  ),
];

const same = (text: string): Bilingual => ({ fr: text, en: text });
const ourChoice: Bilingual = {
  fr: 'choix de Parvis, faute de texte public',
  en: 'chosen by Parvis, for want of a public text',
};

const parameters: readonly Parameter[] = [
  {
    symbol: 'ρ',
    label: { fr: 'taux d’effet rebond', en: 'rebound rate' },
    value: same('31/100'),
    unit: { fr: 'part du gain net', en: 'share of the net saving' },
    source: {
      fr: 'ADEME, septembre 2020 : perte moyenne hors immobilier de 31 %, télétravail en général',
      en: 'ADEME, September 2020: mean loss excluding real estate 31%, telework at large',
    },
    mark: 'U',
  },
  {
    symbol: 'r',
    label: { fr: 'rabais', en: 'rebates' },
    value: same('0'),
    unit: { fr: '% du total', en: '% of the total' },
    source: ourChoice,
    mark: 'U',
  },
  {
    symbol: 's',
    label: { fr: 'journée remplacée', en: 'what the day replaced' },
    value: { fr: '0 (bureau) ou 1 (domicile)', en: '0 (office) or 1 (home)' },
    unit: { fr: 'par jour', en: 'a day' },
    source: {
      fr: 'réponse du salarié ; sans réponse, rien n’est compté',
      en: 'the worker’s answer; no answer counts nothing',
    },
    mark: 'I',
  },
  {
    symbol: 'occ',
    label: { fr: 'personnes dans la voiture', en: 'people in the car' },
    value: { fr: '1 par défaut', en: '1 by default' },
    unit: { fr: 'personnes', en: 'persons' },
    source: { fr: 'déclaration du salarié', en: 'declared by the worker' },
    mark: 'I',
  },
  {
    symbol: 'E_TL',
    label: { fr: 'énergie de l’espace', en: 'energy of the space' },
    value: same('0'),
    unit: { fr: 'mg CO2e par jour', en: 'mg CO2e a day' },
    source: {
      fr: 'non relevée : le résultat est un peu trop favorable',
      en: 'not metered: the result is slightly too favourable',
    },
    mark: 'U',
  },
  {
    symbol: 'credits',
    label: { fr: 'un crédit', en: 'one credit' },
    value: same('1'),
    unit: { fr: 'tonne de CO2e', en: 'tonne of CO2e' },
    source: { fr: 'arrêté du 5 septembre 2025, source secondaire', en: 'order of 5 September 2025, secondary source' },
    mark: 'S',
  },
  {
    symbol: 't',
    label: { fr: 'seuil de dépôt d’un projet', en: 'threshold to file a project' },
    value: { fr: '10 t, et 10 espaces ou 30 utilisateurs', en: '10 t, and 10 spaces or 30 users' },
    unit: { fr: 'tonnes de CO2e', en: 'tonnes of CO2e' },
    source: {
      fr: 'label-bas-carbone.ecologie.gouv.fr/la-methode-tiers-lieux ; la façon de combiner les deux conditions est déduite',
      en: 'label-bas-carbone.ecologie.gouv.fr/la-methode-tiers-lieux; how the two conditions combine is inferred',
    },
    mark: 'S',
  },
];

/** All that the public may read of the method: equations, parameters, factors, and what nobody outside knows. */
export const methodSheet = (): MethodSheet => ({
  version: lbcTiersLieux20261,
  title: { fr: 'Label Bas-Carbone « Tiers-Lieux »', en: 'Label Bas-Carbone “Tiers-Lieux”' },
  status: {
    fr: 'Reconstruction à partir de sources publiques. Les équations de la méthode approuvée le 26 août 2021 ne sont pas publiques : rien ici n’est une formule officielle, et rien de ce qui est calculé ainsi ne peut donner de crédit.',
    en: 'Reconstruction from public sources. The equations of the method approved on 26 August 2021 are not public: nothing here is an official formula, and nothing computed this way can yield a credit.',
  },
  equations,
  parameters,
  factors: factorSetA,
  unknowns,
});
