import { type Bilingual, both } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';
import type { ProjectCommand, ProjectState } from './project.ts';

export const stateNames: Readonly<Record<ProjectState, Bilingual>> = {
  draft: { fr: 'en préparation', en: 'being prepared' },
  notified: { fr: 'notifié', en: 'notified' },
  filed: { fr: 'déposé', en: 'filed' },
  labelled: { fr: 'labellisé', en: 'labelled' },
  monitoring: { fr: 'en suivi', en: 'being monitored' },
  verification_requested: { fr: 'en vérification', en: 'being verified' },
  verified: { fr: 'vérifié', en: 'verified' },
  reduced: { fr: 'vérifié, quantité réduite', en: 'verified, quantity reduced' },
  notification_void: { fr: 'notification annulée', en: 'notification void' },
  refused: { fr: 'refusé', en: 'refused' },
  rejected: { fr: 'vérification rejetée', en: 'verification rejected' },
  retired: { fr: 'crédits retirés', en: 'credits retired' },
  withdrawn: { fr: 'abandonné', en: 'withdrawn' },
  mandate_ended: { fr: 'mandat terminé', en: 'mandate ended' },
};

export const commandNames: Readonly<Record<ProjectCommand, Bilingual>> = {
  notify: { fr: 'Enregistrer la réception de la notification', en: 'Record the receipt of the notification' },
  amend_notified_data: {
    fr: 'Changer une donnée notifiée (annule la notification)',
    en: 'Change notified data (voids the notification)',
  },
  file: { fr: 'Déposer la demande de labellisation', en: 'File the labelling request' },
  label: { fr: 'Enregistrer la décision de labellisation', en: 'Record the labelling decision' },
  refuse: { fr: 'Enregistrer un refus', en: 'Record a refusal' },
  start_monitoring: { fr: 'Commencer le suivi', en: 'Start monitoring' },
  request_verification: { fr: 'Demander la vérification', en: 'Request verification' },
  verify: { fr: 'Enregistrer la vérification', en: 'Record the verification' },
  reduce: { fr: 'Enregistrer une vérification réduite', en: 'Record a reduced verification' },
  reject: { fr: 'Enregistrer un rejet', en: 'Record a rejection' },
  continue: { fr: 'Reprendre le suivi', en: 'Continue monitoring' },
  retire: { fr: 'Déclarer les crédits retirés', en: 'Declare the credits retired' },
  withdraw: { fr: 'Abandonner le projet', en: 'Withdraw the project' },
  end_mandate: { fr: 'Mettre fin au mandat', en: 'End the mandate' },
};

/** What happened, once a step was taken. */
export const eventNames: Readonly<Record<ProjectCommand, Bilingual>> = {
  notify: { fr: 'Notification reçue', en: 'Notification received' },
  amend_notified_data: { fr: 'Notification annulée par un changement', en: 'Notification voided by a change' },
  file: { fr: 'Labellisation demandée', en: 'Labelling requested' },
  label: { fr: 'Labellisé', en: 'Labelled' },
  refuse: { fr: 'Labellisation refusée', en: 'Labelling refused' },
  start_monitoring: { fr: 'Suivi commencé', en: 'Monitoring started' },
  request_verification: { fr: 'Vérification demandée', en: 'Verification requested' },
  verify: { fr: 'Vérifié', en: 'Verified' },
  reduce: { fr: 'Vérifié, quantité réduite', en: 'Verified, quantity reduced' },
  reject: { fr: 'Vérification rejetée', en: 'Verification rejected' },
  continue: { fr: 'Suivi repris', en: 'Monitoring continued' },
  retire: { fr: 'Crédits retirés', en: 'Credits retired' },
  withdraw: { fr: 'Projet abandonné', en: 'Project withdrawn' },
  end_mandate: { fr: 'Mandat terminé', en: 'Mandate ended' },
};

const stepWords = (command: ProjectCommand, state: ProjectState): Bilingual =>
  both(lang =>
    lang === 'fr'
      ? `« ${commandNames[command].fr} » n’est pas possible : le projet est ${stateNames[state].fr}. La page du projet montre ce qui l’est.`
      : `“${commandNames[command].en}” is not possible: the project is ${stateNames[state].en}. The project’s page shows what is.`,
  );

export const words = {
  operatorOnly: refusal('schemes.operator_only', 403, {
    fr: 'Seule une personne qui anime le réseau tient ses projets et ses contrats.',
    en: 'Only a network operator keeps its projects and contracts.',
  }),
  employerOnly: refusal('schemes.employer_only', 403, {
    fr: 'Seule une personne qui gère cet employeur accepte une offre en son nom.',
    en: 'Only someone who manages this employer accepts an offer in its name.',
  }),
  unknownProject: refusal('schemes.unknown_project', 404, {
    fr: 'Ce projet n’existe pas dans ce réseau. La page « Programmes » les montre tous.',
    en: 'There is no such project in this network. The “Schemes” page shows them all.',
  }),
  unknownContract: refusal('schemes.unknown_contract', 404, {
    fr: 'Cette version de contrat n’existe pas dans ce réseau.',
    en: 'There is no such contract version in this network.',
  }),
  unknownOffer: refusal('schemes.unknown_offer', 404, {
    fr: 'Cette offre n’existe pas, ou elle est déjà terminée.',
    en: 'There is no such offer, or it has already ended.',
  }),
  unknownSpace: refusal('schemes.unknown_space', 404, {
    fr: 'Cet espace n’existe pas dans ce réseau.',
    en: 'There is no such space in this network.',
  }),
  unknownHolder: refusal('schemes.unknown_holder', 404, {
    fr: 'Cette organisation n’existe pas dans ce réseau. Ajoutez-la d’abord.',
    en: 'There is no such organisation in this network. Add it first.',
  }),
  nameMissing: refusal('schemes.name_missing', 422, { fr: 'Donnez un nom.', en: 'Give a name.' }, 'name'),
  signatoryMissing: refusal(
    'schemes.signatory_missing',
    422,
    { fr: 'Dites qui signe, avec sa fonction.', en: 'Say who signs, with their function.' },
    'signatory',
  ),
  labelTaken: refusal(
    'schemes.label_taken',
    409,
    {
      fr: 'Une version de ce contrat porte déjà ce nom. Une version ne se modifie pas : nommez la suivante autrement.',
      en: 'A version of this contract already bears this name. A version is never changed: name the next one otherwise.',
    },
    'label',
  ),
  contractOver: refusal('schemes.contract_over', 409, {
    fr: 'Cette version de contrat n’est pas en vigueur ce jour-là.',
    en: 'This contract version is not in force on that day.',
  }),
  otherOffer: refusal('schemes.other_offer', 409, {
    fr: 'Cet employeur a déjà accepté une offre qui court. Terminez-la avant d’en accepter une autre : une présence ne sert qu’un dispositif.',
    en: 'This employer has already accepted an offer that runs. End it before accepting another: a presence serves one scheme only.',
  }),
  notFromHere: (command: ProjectCommand, state: ProjectState) =>
    refusal('schemes.not_from_here', 409, stepWords(command, state)),
  outOfTime: refusal(
    'schemes.out_of_time',
    422,
    {
      fr: 'Une étape a lieu aujourd’hui ou avant, et jamais avant la précédente.',
      en: 'A step happens today or before, and never before the previous one.',
    },
    'happened_on',
  ),
  tooLong: refusal('schemes.monitoring_too_long', 409, {
    fr: 'Le suivi dure trois ans au plus : ce projet est arrivé à son terme.',
    en: 'Monitoring lasts three years at most: this project has come to its end.',
  }),
  noMandate: refusal('schemes.no_mandate', 409, {
    fr: 'Aucun mandat n’est au dossier. Ajoutez les espaces membres, avec leurs mandats signés.',
    en: 'No mandate is on file. Add the member spaces, with their signed mandates.',
  }),
  gaugeNotReached: refusal('schemes.gauge_not_reached', 409, {
    fr: 'Le seuil n’est pas atteint : 10 tCO2e après rabais, et 10 espaces ou 30 utilisateurs.',
    en: 'The threshold is not reached: 10 tCO2e after rebates, and 10 spaces or 30 users.',
  }),
  presenceBeforeReceipt: refusal('schemes.presence_before_receipt', 409, {
    fr: 'Une présence est antérieure à la réception de la notification : rien d’antérieur ne compte.',
    en: 'A presence is earlier than the receipt of the notification: nothing earlier counts.',
  }),
  referenceMissing: refusal(
    'schemes.reference_missing',
    422,
    { fr: 'Donnez la référence de l’acte ou du rapport.', en: 'Give the reference of the act or report.' },
    'reference',
  ),
  reasonMissing: refusal('schemes.reason_missing', 422, { fr: 'Dites pourquoi.', en: 'Say why.' }, 'reason'),
  reportMissing: refusal(
    'schemes.report_missing',
    422,
    {
      fr: 'Joignez d’abord le rapport de suivi de la période.',
      en: 'First attach the monitoring report of the period.',
    },
    'report',
  ),
  auditorMissing: refusal(
    'schemes.auditor_missing',
    422,
    {
      fr: 'Nommez l’auditeur et confirmez son indépendance, son impartialité et sa compétence.',
      en: 'Name the auditor and confirm their independence, impartiality and competence.',
    },
    'auditor',
  ),
  yearAndUseMissing: refusal(
    'schemes.year_and_use_missing',
    422,
    { fr: 'Donnez l’année et l’usage du retrait.', en: 'Give the year and the use of the retirement.' },
    'year',
  ),
  listClosed: refusal('schemes.list_closed', 409, {
    fr: 'La liste des membres ne change plus : le projet est vérifié ou terminé.',
    en: 'The list of members no longer changes: the project is verified or over.',
  }),
  listAlreadyChanged: refusal('schemes.list_already_changed', 409, {
    fr: 'La liste des membres a déjà changé une fois depuis la notification : elle ne change plus.',
    en: 'The list of members has already changed once since the notification: it no longer changes.',
  }),
  tooManyChanges: (allowed: number) =>
    refusal('schemes.too_many_changes', 409, {
      fr: `La liste des membres peut changer de ${allowed} au plus, une seule fois.`,
      en: `The list of members may change by ${allowed} at most, once.`,
    }),
  notificationsTooFarApart: refusal(
    'schemes.notifications_too_far_apart',
    422,
    {
      fr: 'Un an au plus sépare la première et la dernière notification d’un projet collectif.',
      en: 'One year at most separates the first and the last notification of a collective project.',
    },
    'notified_on',
  ),
  alreadyMember: refusal('schemes.already_member', 409, {
    fr: 'Cet espace est déjà membre d’un projet : ses présences ne servent qu’un projet.',
    en: 'This space is already a member of a project: its presences serve one project only.',
  }),
  notEligible: (why: Bilingual) =>
    refusal('schemes.space_not_eligible', 422, {
      fr: `Cet espace ne peut pas entrer dans le projet : ${why.fr}.`,
      en: `This space cannot enter the project: ${why.en}.`,
    }),
  wrongDates: refusal(
    'schemes.wrong_dates',
    422,
    {
      fr: 'Un mandat est signé avant sa notification, et les deux aujourd’hui au plus tard.',
      en: 'A mandate is signed before it is notified, both today at the latest.',
    },
    'signed_on',
  ),
  stepTaken: refusal('schemes.step_taken', 409, {
    fr: 'Quelqu’un vient d’avancer ce projet. Relisez sa page avant de recommencer.',
    en: 'Someone has just moved this project on. Read its page again before retrying.',
  }),
  sourceMissing: refusal(
    'schemes.source_missing',
    422,
    {
      fr: 'Dites d’où vient cette valeur et qui s’en porte garant.',
      en: 'Say where this value comes from and who vouches for it.',
    },
    'source',
  ),
} as const;

/** Conditions that a space must meet to enter a carbon project, as the declared facts tell. */
export const eligibilityWords = {
  dense: {
    fr: 'sa commune est de niveau dense dans la grille indiquée',
    en: 'its commune is of the dense level in the grid named',
  },
  noOffices: { fr: 'il lui faut des bureaux individuels', en: 'it needs individual offices' },
  noExchangeArea: { fr: 'il lui faut un lieu d’échange', en: 'it needs an exchange area' },
  notForEmployees: {
    fr: 'son offre doit s’adresser aux salariés en télétravail',
    en: 'its offer must be aimed at salaried teleworkers',
  },
  newLinks: { fr: 'il relève du programme « Nouveaux Liens »', en: 'it belongs to the programme “Nouveaux Liens”' },
  noGrid: { fr: 'la grille de densité et son millésime manquent', en: 'the density grid and its vintage are missing' },
} as const satisfies Record<string, Bilingual>;
