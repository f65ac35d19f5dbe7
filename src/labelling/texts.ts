import type { Bilingual } from '../kernel/bilingual.ts';
import type { CriterionKind } from './grid.ts';
import type { Answer } from './rules.ts';

export const answers: Readonly<Record<Answer, Bilingual>> = {
  met: { fr: 'rempli', en: 'met' },
  not_met: { fr: 'non rempli', en: 'not met' },
  not_checked: { fr: 'non vérifié', en: 'not checked' },
};

export const criterionKinds: Readonly<Record<CriterionKind, Bilingual>> = {
  gate: { fr: 'obligatoire', en: 'required' },
  scored: { fr: 'compté', en: 'scored' },
};

/** What the label's pages say. */
export const texts = {
  labels: { fr: 'Les labels', en: 'Labels' },
  labelsLead: {
    fr: 'Où en est chaque espace, et à quelle date. Chaque ligne mène à ce qui a été vérifié.',
    en: 'Where each space stands, and since when. Each line leads to what was checked.',
  },
  label: { fr: 'Label', en: 'Label' },
  space: { fr: 'Espace', en: 'Space' },
  town: { fr: 'Commune', en: 'Town' },
  state: { fr: 'État', en: 'State' },
  since: { fr: 'Depuis le', en: 'Since' },
  until: { fr: 'Jusqu’au', en: 'Until' },
  grid: { fr: 'Grille', en: 'Criteria' },
  provisionalTitle: { fr: 'Grille provisoire', en: 'Provisional criteria' },
  provisional: {
    fr: 'Les critères ci-dessous sont des candidats tirés de textes publics. La grille officielle du label n’est pas publiée : cet état n’a rien d’officiel.',
    en: 'The criteria below are candidates drawn from public texts. The official grid of the label is not published: this state is not official.',
  },
  checked: { fr: 'Ce qui a été vérifié', en: 'What was checked' },
  visitedOn: { fr: 'Visite du', en: 'Visited on' },
  notVisited: {
    fr: 'Aucune visite n’est enregistrée : les critères sont donnés pour information.',
    en: 'No visit is recorded: the criteria are given for information.',
  },
  criterion: { fr: 'Critère', en: 'Criterion' },
  kind: { fr: 'Rôle', en: 'Role' },
  evidence: { fr: 'Preuve', en: 'Evidence' },
  found: { fr: 'Constat', en: 'Found' },
  source: { fr: 'D’après', en: 'After' },
  score: { fr: 'critères remplis sur', en: 'criteria met out of' },
  decisions: { fr: 'Décisions', en: 'Decisions' },
  decisionsLead: {
    fr: 'Une décision ne s’efface pas : une autre la suit. Qui décide n’est jamais qui a visité.',
    en: 'A decision is never erased: another one follows. Whoever decides is never whoever visited.',
  },
  noDecision: { fr: 'Aucune décision pour l’instant.', en: 'No decision yet.' },
  date: { fr: 'Date', en: 'Date' },
  decision: { fr: 'Décision', en: 'Decision' },
  reason: { fr: 'Raison', en: 'Reason' },
  verify: { fr: 'Vérifier ce label', en: 'Check this label' },
  verifyHelp: {
    fr: 'Ce code mène à cette page. Un label affiché sans cette adresse ne vient pas du réseau.',
    en: 'This code leads to this page. A label shown without this address does not come from the network.',
  },
  backToSpace: { fr: 'Voir l’espace', en: 'See the space' },
  apply: { fr: 'Demander le label', en: 'Apply for the label' },
  applyLead: {
    fr: 'Dites où en est l’espace sur chaque critère. Une visite le vérifiera.',
    en: 'Say where the space stands on each criterion. A visit will check it.',
  },
  evaluate: { fr: 'Enregistrer la visite', en: 'Record the visit' },
  evaluateLead: {
    fr: 'Ce qui a été vu sur place. Une autre personne du réseau décidera.',
    en: 'What was seen on the spot. Another operator will decide.',
  },
  visitDay: { fr: 'Jour de la visite', en: 'Day of the visit' },
  decide: { fr: 'Décider', en: 'Decide' },
  decideLead: {
    fr: 'La raison est publique. Sans grille officielle, la durée du label est à fixer ici.',
    en: 'The reason is public. Without an official grid, the length of the label is set here.',
  },
  verdict: { fr: 'Décision', en: 'Decision' },
  validUntil: { fr: 'Premier jour sans label', en: 'First day without the label' },
  change: { fr: 'Changer l’état du label', en: 'Change the state of the label' },
  saved: { fr: 'C’est enregistré.', en: 'Saved.' },
} as const satisfies Record<string, Bilingual>;
