import { refusal } from '../kernel/outcome.ts';

/** In order: who asks, in which profile, what there is to issue or to retire. */
export const words = {
  operatorOnly: refusal('registry.operator_only', 403, {
    fr: 'Seul l’opérateur du réseau demande l’émission d’unités ou leur retrait.',
    en: 'Only the network operator asks for units to be issued or retired.',
  }),
  demoCannotIssue: refusal('registry.demo_cannot_issue', 409, {
    fr: 'Aucune unité ne peut être émise : ce réseau est en profil de démonstration, et ses résultats sont des estimations non officielles. Pour émettre, il faut le profil « certifying », avec toutes les valeurs de la méthode saisies et signées.',
    en: 'No unit can be issued: this network runs in the demo profile and its results are unofficial estimates. Issuing needs the “certifying” profile, with every value of the method entered and signed.',
  }),
  nothingToIssue: refusal('registry.nothing_to_issue', 409, {
    fr: 'Ce lot n’atteint pas une unité entière : le reste est reporté au mois suivant.',
    en: 'This batch does not reach one whole unit: the rest is carried to the next month.',
  }),
  otherQuantity: refusal('registry.other_quantity', 409, {
    fr: 'Ce lot a déjà émis une autre quantité. Une émission ne se refait pas : vérifiez le lot.',
    en: 'This batch already issued another quantity. An issue is never redone: check the batch.',
  }),
  noRange: refusal('registry.no_range', 404, {
    fr: 'Aucune série active de ce réseau ne contient ces unités.',
    en: 'No active range of this network holds these units.',
  }),
  purposeMissing: refusal(
    'registry.purpose_missing',
    422,
    {
      fr: 'Un retrait nomme son bénéficiaire, son usage et son année.',
      en: 'A retirement names its beneficiary, its purpose and its year.',
    },
    'purpose',
  ),
};
