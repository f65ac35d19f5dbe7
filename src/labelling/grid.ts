import type { Bilingual } from '../kernel/bilingual.ts';
import type { Day } from '../kernel/time.ts';

/** `gate`: without it no label. `scored`: counted and shown. */
export type CriterionKind = 'gate' | 'scored';

export interface Criterion {
  readonly code: string;
  readonly text: Bilingual;
  readonly kind: CriterionKind;
  readonly weight: number;
  /** What a visitor is shown as proof. */
  readonly evidence: Bilingual;
  readonly source: Bilingual;
}

/** A dated version of the criteria. A published version is not edited: a new one is added. */
export interface CriteriaGrid {
  readonly version: string;
  readonly validFrom: Day;
  /** `candidate` until the body that owns the label publishes its own: the badge then reads « grille provisoire ». */
  readonly status: 'candidate' | 'official';
  readonly criteria: readonly Criterion[];
}

const lbcMethod: Bilingual = {
  fr: 'Label bas-carbone, méthode « Tiers-Lieux »',
  en: 'Label Bas-Carbone, “Tiers-Lieux” method',
};
const grandEst: Bilingual = { fr: 'Label Tiers-Lieux Grand Est', en: 'Label Tiers-Lieux Grand Est' };
const occitanie: Bilingual = { fr: 'Label Occitanie, 2018', en: 'Label Occitanie, 2018' };
const publicRules: Bilingual = {
  fr: 'Règles des employeurs publics (décret 2016-151)',
  en: 'Rules of public employers (decree 2016-151)',
};
const networkPromise: Bilingual = {
  fr: 'Promesse du réseau Relais d’entreprises',
  en: 'Promise of the Relais d’entreprises network',
};
const proposal: Bilingual = { fr: 'Proposition de ce réseau', en: 'Proposal of this network' };

const visit: Bilingual = { fr: 'constat sur place', en: 'seen on the spot' };

export const grids: readonly CriteriaGrid[] = [
  {
    version: 'provisoire-2026-1',
    validFrom: '2020-01-01',
    status: 'candidate',
    criteria: [
      {
        code: 'K01',
        kind: 'gate',
        weight: 1,
        text: { fr: 'Des bureaux individuels', en: 'Individual offices' },
        evidence: visit,
        source: lbcMethod,
      },
      {
        code: 'K02',
        kind: 'gate',
        weight: 1,
        text: { fr: 'Un lieu d’échange', en: 'A place to meet' },
        evidence: visit,
        source: lbcMethod,
      },
      {
        code: 'K03',
        kind: 'gate',
        weight: 1,
        text: { fr: 'Une offre pour les salariés en télétravail', en: 'An offer for salaried teleworkers' },
        evidence: { fr: 'tarifs et contrat type', en: 'tariffs and model contract' },
        source: lbcMethod,
      },
      {
        code: 'K04',
        kind: 'scored',
        weight: 1,
        text: {
          fr: 'Une commune dont la densité est admise par la méthode carbone',
          en: 'A town whose density the carbon method accepts',
        },
        evidence: { fr: 'grille communale de densité de l’INSEE', en: 'INSEE density grid' },
        source: lbcMethod,
      },
      {
        code: 'K05',
        kind: 'scored',
        weight: 1,
        text: { fr: 'Près des logements et des commerces du centre', en: 'Near homes and town-centre shops' },
        evidence: { fr: 'plan et temps à pied', en: 'map and walking times' },
        source: lbcMethod,
      },
      {
        code: 'K06',
        kind: 'scored',
        weight: 1,
        text: {
          fr: 'Ouvert depuis trois mois, trois jours ou trente heures par semaine, à des publics variés, avec deux services au moins',
          en: 'Open for three months, three days or thirty hours a week, to varied publics, with two services at least',
        },
        evidence: { fr: 'horaires publiés', en: 'published hours' },
        source: grandEst,
      },
      {
        code: 'K07',
        kind: 'scored',
        weight: 1,
        text: {
          fr: 'Connexion, respect du droit du travail, accessibilité, équipement, accueil',
          en: 'Connection, labour law, accessibility, equipment, reception',
        },
        evidence: visit,
        source: occitanie,
      },
      {
        code: 'K08',
        kind: 'scored',
        weight: 1,
        text: {
          fr: 'Santé, sécurité, confidentialité, protection des données',
          en: 'Health, safety, confidentiality, data protection',
        },
        evidence: { fr: 'document unique et règlement intérieur', en: 'risk assessment and house rules' },
        source: publicRules,
      },
      {
        code: 'K09',
        kind: 'scored',
        weight: 1,
        text: {
          fr: 'Des bureaux fermés pour parler sans être entendu',
          en: 'Closed offices to speak without being overheard',
        },
        evidence: visit,
        source: networkPromise,
      },
      {
        code: 'K10',
        kind: 'scored',
        weight: 1,
        text: { fr: 'Membre d’un réseau, preuve des présences en place', en: 'Member of a network, presences proved' },
        evidence: { fr: 'convention d’affiliation', en: 'affiliation agreement' },
        source: lbcMethod,
      },
      {
        code: 'K11',
        kind: 'scored',
        weight: 1,
        text: {
          fr: 'Dossier de sécurité : électricité, incendie, assurance, établissement recevant du public, registre d’accessibilité',
          en: 'Safety file: electricity, fire, insurance, public building, accessibility register',
        },
        evidence: { fr: 'pièces datées', en: 'dated documents' },
        source: proposal,
      },
    ],
  },
];

/** The grid in force on a day: the latest that had begun. */
export const gridOn = (day: Day): CriteriaGrid | null => grids.filter(g => g.validFrom <= day).at(-1) ?? null;

export const gridOf = (version: string): CriteriaGrid | null => grids.find(g => g.version === version) ?? null;
