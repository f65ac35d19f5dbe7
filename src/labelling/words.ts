import type { Bilingual } from '../kernel/bilingual.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';
import type { Criterion } from './grid.ts';
import type { DecisionKind, LabelState } from './label.ts';

export const states: Readonly<Record<LabelState, Bilingual>> = {
  none: { fr: 'sans label', en: 'no label' },
  candidate: { fr: 'candidat au label', en: 'label candidate' },
  labelled: { fr: 'labellisé', en: 'labelled' },
  suspended: { fr: 'label suspendu', en: 'label suspended' },
  expired: { fr: 'label expiré', en: 'label expired' },
  refused: { fr: 'label refusé', en: 'label refused' },
  withdrawn: { fr: 'label retiré', en: 'label withdrawn' },
};

export const decisionKinds: Readonly<Record<DecisionKind, Bilingual>> = {
  label: { fr: 'Label accordé', en: 'Label granted' },
  refuse: { fr: 'Label refusé', en: 'Label refused' },
  suspend: { fr: 'Label suspendu', en: 'Label suspended' },
  reinstate: { fr: 'Label rétabli', en: 'Label reinstated' },
  withdraw: { fr: 'Label retiré', en: 'Label withdrawn' },
};

const on = (text: string, criterion: Criterion): Bilingual => ({
  fr: `${criterion.code}, « ${criterion.text.fr} » : ${text}`,
  en: `${criterion.code}, “${criterion.text.en}”: ${text}`,
});

export const words = {
  provisional: { fr: 'grille provisoire', en: 'provisional criteria' },

  notManager: refusal('labelling.not_manager', 403, {
    fr: 'Seule une personne qui gère cet espace, ou qui anime le réseau, peut demander le label.',
    en: 'Only a manager of this space, or a network operator, may apply for the label.',
  }),
  notOperator: refusal('labelling.not_operator', 403, {
    fr: 'Seule une personne qui anime le réseau peut évaluer un espace ou décider de son label.',
    en: 'Only a network operator may evaluate a space or decide on its label.',
  }),
  unknownSpace: refusal('labelling.unknown_space', 404, {
    fr: 'Cet espace n’existe pas dans ce réseau.',
    en: 'There is no such space in this network.',
  }),
  noGrid: refusal('labelling.no_grid', 422, {
    fr: 'Aucune grille de critères n’était en vigueur ce jour-là.',
    en: 'No criteria were in force on that day.',
  }),
  alreadyApplied: refusal('labelling.already_applied', 409, {
    fr: 'Une demande est déjà en cours pour cet espace : elle attend une décision.',
    en: 'An application for this space is already open: it awaits a decision.',
  }),
  unknownApplication: refusal('labelling.unknown_application', 404, {
    fr: 'Cette demande de label n’existe pas.',
    en: 'There is no such application for the label.',
  }),
  unknownCriterion: (code: string): Refusal =>
    refusal('labelling.unknown_criterion', 422, {
      fr: `Le critère « ${code} » n’est pas dans la grille de cette demande.`,
      en: `The criterion “${code}” is not in the grid of this application.`,
    }),
  unanswered: (criterion: Criterion): Refusal =>
    refusal(
      'labelling.unanswered',
      422,
      {
        fr: on('dites s’il est rempli, s’il ne l’est pas, ou s’il n’a pas été vérifié.', criterion).fr,
        en: on('say whether it is met, not met, or was not checked.', criterion).en,
      },
      criterion.code,
    ),
  alreadyEvaluated: refusal('labelling.already_evaluated', 409, {
    fr: 'Cette demande a déjà une évaluation : elle ne se réécrit pas.',
    en: 'This application already has an evaluation: it is not rewritten.',
  }),
  notEvaluated: refusal('labelling.not_evaluated', 409, {
    fr: 'Une décision suit une visite : enregistrez d’abord l’évaluation.',
    en: 'A decision follows a visit: record the evaluation first.',
  }),
  sameReviewer: refusal('labelling.same_reviewer', 409, {
    fr: 'La personne qui décide n’est pas celle qui a visité l’espace. Demandez à une autre personne du réseau.',
    en: 'Whoever decides is not whoever visited the space. Ask another operator.',
  }),
  gateNotMet: (criterion: Criterion): Refusal =>
    refusal('labelling.gate_not_met', 422, {
      fr: on('ce critère est obligatoire et l’évaluation ne le constate pas.', criterion).fr,
      en: on('this criterion is required and the evaluation did not find it met.', criterion).en,
    }),
  alreadyDecided: refusal('labelling.already_decided', 409, {
    fr: 'Une décision a déjà été prise. Rechargez la page pour la lire.',
    en: 'A decision was already taken. Reload the page to read it.',
  }),
  validityReversed: refusal(
    'labelling.validity_reversed',
    422,
    {
      fr: 'La fin du label doit venir après la décision.',
      en: 'The end of the label must come after the decision.',
    },
    'valid_until',
  ),
  noReason: refusal(
    'labelling.no_reason',
    422,
    {
      fr: 'Donnez la raison de la décision : elle est publique.',
      en: 'Give the reason of the decision: it is public.',
    },
    'reason',
  ),
  notInThatState: (kind: DecisionKind, state: LabelState): Refusal =>
    refusal('labelling.not_in_that_state', 409, {
      fr: `« ${decisionKinds[kind].fr} » n’a pas de sens ici : l’espace est ${states[state].fr}.`,
      en: `“${decisionKinds[kind].en}” makes no sense here: the space is ${states[state].en}.`,
    }),
} as const;
