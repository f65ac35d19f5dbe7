import type { Bilingual } from '../kernel/bilingual.ts';
import type { Axis, AxisStatus } from './attestation.ts';
import type { EmployerCode } from './day-codes.ts';
import type { Hand, HistoryEntry } from './history.ts';
import type { RuleStatus } from './rules/rule.ts';
import { contestReasons, decisionReasons } from './words.ts';

/** What each axis asks. */
export const axisWords: Readonly<Record<Axis, Bilingual>> = {
  acquisition: { fr: 'La preuve est-elle recevable ?', en: 'Is the proof admissible?' },
  fraud: { fr: 'La journée est-elle possible ?', en: 'Is the day possible?' },
  anomaly: { fr: 'Y a-t-il quelque chose à regarder ?', en: 'Is there something to look at?' },
};

export const axisStatusWords: Readonly<Record<AxisStatus, Bilingual>> = {
  pending: { fr: 'en attente', en: 'waiting' },
  passed: { fr: 'rien à signaler', en: 'nothing to report' },
  review: { fr: 'à regarder', en: 'to be looked at' },
  blocked: { fr: 'bloqué', en: 'blocked' },
};

export const statusWords: Readonly<Record<Exclude<RuleStatus, 'passed'>, Bilingual>> = {
  noted: { fr: 'admis', en: 'let pass' },
  pending: { fr: 'pas encore vérifié', en: 'not checked yet' },
  review: { fr: 'à regarder', en: 'to be looked at' },
  blocked: { fr: 'bloqué', en: 'blocked' },
};

export const handWords: Readonly<Record<Hand, Bilingual>> = {
  worker: { fr: 'la personne', en: 'the person' },
  manager: { fr: 'qui tient l’espace', en: 'who runs the space' },
  operator: { fr: 'le réseau', en: 'the network' },
  clock: { fr: 'l’horloge publiée', en: 'the published clock' },
};

export const historyWords: Readonly<Record<HistoryEntry['what'], Bilingual>> = {
  attested: { fr: 'attestée', en: 'attested' },
  replaced: { fr: 'écrite à la place', en: 'written in its place' },
  reversed: { fr: 'annulée', en: 'reversed' },
  opened: { fr: 'contestée', en: 'contested' },
  withdrawn: { fr: 'contestation retirée', en: 'contest withdrawn' },
  upheld: { fr: 'contestation admise', en: 'contest upheld' },
  dismissed: { fr: 'journée maintenue', en: 'day kept' },
  confirmed: { fr: 'confirmée', en: 'confirmed' },
  let_pass: { fr: 'anomalie admise', en: 'anomaly let pass' },
  block: { fr: 'anomalie bloquée', en: 'anomaly blocked' },
  proposed: { fr: 'levée proposée', en: 'override proposed' },
  overridden: { fr: 'levée confirmée à deux', en: 'override confirmed by two' },
};

const reversalWords: Readonly<Record<string, Bilingual>> = {
  more_evidence: { fr: 'une preuve est arrivée', en: 'evidence came' },
  less_evidence: { fr: 'une preuve a été retirée', en: 'evidence was taken back' },
  contest_upheld: { fr: 'contestation admise', en: 'contest upheld' },
  operator: { fr: 'décision du réseau', en: 'the network’s decision' },
  upgraded: { fr: 'preuve relevée à deux', en: 'proof raised by two' },
};

/** What a table folds away. */
export const theOthers = (count: number): Bilingual => ({
  fr: `Les ${count} autres présences`,
  en: `The other ${count} presences`,
});

/** A reason by its code, wherever it was given. */
export const reasonWords = (code: string): Bilingual =>
  ({ ...reversalWords, ...contestReasons, ...decisionReasons })[code] ?? { fr: code, en: code };

export const codeWords: Readonly<Record<EmployerCode, Bilingual>> = {
  leave: { fr: 'en congé', en: 'on leave' },
  sick: { fr: 'en arrêt', en: 'off sick' },
  holiday: { fr: 'jour chômé', en: 'day off for all' },
  office_badge: { fr: 'au bureau', en: 'at the office' },
  home_telework: { fr: 'en télétravail chez soi', en: 'teleworking from home' },
  office_half: { fr: 'une demi-journée au bureau', en: 'half a day at the office' },
};

/** What the pages on proof say. */
export const proofLabels = {
  axesTitle: { fr: 'Ce qui a été vérifié', en: 'What was checked' },
  findingsTitle: { fr: 'Ce que les règles ont relevé', en: 'What the rules found' },
  noFinding: { fr: 'Aucune règle n’a rien relevé.', en: 'No rule found anything.' },
  historyTitle: { fr: 'Ce qui s’est passé', en: 'What happened' },
  when: { fr: 'Quand', en: 'When' },
  what: { fr: 'Quoi', en: 'What' },
  who: { fr: 'Par', en: 'By' },
  why: { fr: 'Motif', en: 'Reason' },
  rule: { fr: 'Règle', en: 'Rule' },
  status: { fr: 'État', en: 'State' },
  advice: { fr: 'Que faire', en: 'What to do' },
  confirmTitle: { fr: 'Cette journée est-elle exacte ?', en: 'Is this day right?' },
  confirm: { fr: 'Confirmer ma journée', en: 'Confirm my day' },
  account: { fr: 'Ce que cette journée compte', en: 'What this day counts for' },
  see: { fr: 'Voir', en: 'See' },
  // Operator
  anomaliesTitle: { fr: 'Anomalies', en: 'Anomalies' },
  anomaliesLead: {
    fr: 'Ce que les règles demandent de regarder, ou bloquent. Les personnes n’y ont pas de nom. Une décision vaut pour les faits jugés : s’ils changent, la question se rouvre.',
    en: 'What the rules ask to look at, or block. People have no name here. A decision holds for the facts that were judged: if they change, the question opens again.',
  },
  noAnomaly: { fr: 'Rien à regarder', en: 'Nothing to look at' },
  noAnomalyText: {
    fr: 'Toutes les présences vérifiées ont passé les règles.',
    en: 'Every presence checked has passed the rules.',
  },
  more: {
    fr: 'Seules les 500 plus récentes sont ici. Les suivantes viendront quand celles-ci seront tranchées.',
    en: 'Only the newest 500 are here. The next ones come once these are settled.',
  },
  summary: { fr: 'Ce qui attend', en: 'What waits' },
  state: { fr: 'État', en: 'State' },
  presences: { fr: 'Présences', en: 'Presences' },
  everySpace: { fr: 'tous', en: 'all' },
  letPass: { fr: 'Laisser passer', en: 'Let pass' },
  block: { fr: 'Bloquer', en: 'Block' },
  others: { fr: 'Avec', en: 'With' },
  sitesTitle: { fr: 'Les espaces à regarder', en: 'Spaces to look at' },
  period: { fr: 'À partir du', en: 'From' },
  proposalsTitle: { fr: 'Levées à confirmer', en: 'Overrides to confirm' },
  proposalsLead: {
    fr: 'Lever un blocage ou relever une preuve demande deux personnes.',
    en: 'Setting a block aside or raising a proof takes two people.',
  },
  confirmOverride: { fr: 'Confirmer la levée', en: 'Confirm the override' },
  raise: { fr: 'Relever la preuve au rang C', en: 'Raise the proof to class C' },
  propose: { fr: 'Proposer', en: 'Propose' },
  proposeTitle: { fr: 'Lever à deux', en: 'Override with a second person' },
  correctTitle: { fr: 'Corriger la journée', en: 'Correct the day' },
  correct: { fr: 'Corriger', en: 'Correct' },
  correctLead: {
    fr: 'La correction annule la ligne et, s’il en reste une demi-journée, en écrit une autre. Les deux restent lisibles.',
    en: 'The correction reverses the line and, if half a day remains, writes another. Both stay to be read.',
  },
  attestedTitle: { fr: 'Journées attestées', en: 'Days attested' },
  // Employer
  codesTitle: { fr: 'Dire les jours de vos équipes', en: 'Tell your people’s days' },
  codesLead: {
    fr: 'Facultatif. Une ligne par journée : adresse électronique, jour, code. Ni heure ni détail ; tout est détruit au bout de trois mois.',
    en: 'Optional. One line a day: e-mail, day, code. No hour and no detail; all is destroyed after three months.',
  },
  codes: { fr: 'Lignes', en: 'Lines' },
  codesHint: { fr: 'a.martin@exemple.fr;2026-11-24;conge', en: 'a.martin@example.com;2026-11-24;leave' },
  code: { fr: 'Code', en: 'Code' },
  meaning: { fr: 'Ce qu’il veut dire', en: 'What it means' },
  employer: { fr: 'Employeur', en: 'Employer' },
  send: { fr: 'Enregistrer ces jours', en: 'Record these days' },
  recorded: { fr: 'Jours enregistrés.', en: 'Days recorded.' },
} as const satisfies Record<string, Bilingual>;
