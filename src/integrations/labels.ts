import type { Bilingual } from '../kernel/bilingual.ts';
import { attemptsInAll, kept_days, overlap_s } from './attempts.ts';

/** Why a subscription stopped, as the page and the mail say it. */
export const whyStopped: Readonly<Record<'by_hand' | 'failing' | 'gone' | 'right_ended', Bilingual>> = {
  by_hand: { fr: 'Quelqu’un l’a arrêté.', en: 'Someone stopped it.' },
  failing: {
    fr: 'L’adresse n’a rien accepté pendant un jour : plus rien n’y est envoyé.',
    en: 'The address accepted nothing for a day: nothing more is sent there.',
  },
  gone: {
    fr: 'L’adresse a répondu qu’elle n’existe plus (410) : plus rien n’y est envoyé.',
    en: 'The address answered that it is gone (410): nothing more is sent there.',
  },
  right_ended: {
    fr: 'La personne qui en répondait n’a plus le rôle qu’il faut : plus rien n’est envoyé.',
    en: 'The person who answered for it no longer has the role it takes: nothing more is sent.',
  },
};

/** Why an attempt failed. */
export const whyFailed: Readonly<Record<string, Bilingual>> = {
  timeout: { fr: 'sans réponse en 5 secondes', en: 'no answer within 5 seconds' },
  private_address: { fr: 'mène à un réseau privé', en: 'leads to a private network' },
  unknown_host: { fr: 'nom introuvable', en: 'name not found' },
  bad_certificate: { fr: 'certificat refusé', en: 'certificate refused' },
  unreachable: { fr: 'injoignable', en: 'unreachable' },
  bad_answer: { fr: 'réponse refusée', en: 'answer not accepted' },
};

export const states: Readonly<Record<'waiting' | 'delivered' | 'failed', Bilingual>> = {
  waiting: { fr: 'à envoyer', en: 'to be sent' },
  delivered: { fr: 'reçu', en: 'received' },
  failed: { fr: 'perdu', en: 'lost' },
};

export const labels = {
  title: { fr: 'Intégrations', en: 'Integrations' },
  lead: {
    fr: 'Un webhook prévient un programme de ce qui se passe ici : des identifiants, des jours et des nombres, jamais qui. Le programme lit le reste par l’API, avec un jeton.',
    en: 'A webhook tells a program what happens here: ids, days and counts, never who. The program reads the rest through the API, with a token.',
  },
  tokens: { fr: 'Mes jetons', en: 'My tokens' },
  inUse: { fr: 'Webhooks', en: 'Webhooks' },
  none: { fr: 'Aucun programme n’est prévenu.', en: 'No program is told.' },
  url: { fr: 'Adresse', en: 'Address' },
  urlHint: {
    fr: 'Celle d’un programme sur Internet, qui commence par https://.',
    en: 'That of a program on the Internet, starting with https://.',
  },
  about: { fr: 'Sur', en: 'About' },
  network: { fr: 'tout le réseau', en: 'the whole network' },
  responsible: { fr: 'En répond', en: 'Who answers for it' },
  events: { fr: 'Événements', en: 'Events' },
  eventsHint: {
    fr: 'Ceux du réseau ne se choisissent pas pour un seul espace.',
    en: 'Those of the network cannot be chosen for one space.',
  },
  state: { fr: 'État', en: 'State' },
  running: { fr: 'en marche', en: 'running' },
  failing: { fr: 'en échec', en: 'failing' },
  stopped: { fr: 'arrêté', en: 'stopped' },
  add: { fr: 'Prévenir un programme', en: 'Tell a program' },
  create: { fr: 'Créer le webhook', en: 'Create the webhook' },
  secret: { fr: 'Secret', en: 'Secret' },
  told: { fr: 'Voici le secret', en: 'Here is the secret' },
  toldDetail: {
    fr: 'Il n’est dit qu’une fois. Le programme s’en sert pour vérifier que chaque envoi vient d’ici (Standard Webhooks).',
    en: 'It is told once only. The program uses it to check that each call comes from here (Standard Webhooks).',
  },
  toldBefore: {
    fr: 'Le secret a déjà été dit. S’il est perdu, changez-le.',
    en: 'The secret was told already. If it is lost, change it.',
  },
  rotate: { fr: 'Changer le secret', en: 'Change the secret' },
  rotateLead: {
    fr: `L’ancien signe encore ${overlap_s / 3_600} heures, à côté du nouveau.`,
    en: `The old one still signs for ${overlap_s / 3_600} hours, beside the new one.`,
  },
  stop: { fr: 'Arrêter', en: 'Stop' },
  start: { fr: 'Remettre en marche', en: 'Start again' },
  startLead: {
    fr: 'Ce qui attendait part aussitôt, et vous en répondez.',
    en: 'What waited leaves at once, and you answer for it.',
  },
  remove: { fr: 'Supprimer', en: 'Delete' },
  removeLead: { fr: 'Le webhook et son journal sont effacés.', en: 'The webhook and its log are erased.' },
  sure: { fr: 'Oui, supprimer ce webhook', en: 'Yes, delete this webhook' },
  trial: { fr: 'Envoyer un essai', en: 'Send a trial' },
  log: { fr: 'Journal des envois', en: 'Delivery log' },
  logLead: {
    fr: `Les cent derniers. Chacun est tenté ${attemptsInAll} fois en un jour, et gardé ${kept_days} jours.`,
    en: `The last hundred. Each is tried ${attemptsInAll} times in a day, and kept ${kept_days} days.`,
  },
  logEmpty: { fr: 'Rien n’a encore été envoyé.', en: 'Nothing was sent yet.' },
  event: { fr: 'Événement', en: 'Event' },
  when: { fr: 'Quand', en: 'When' },
  attempts: { fr: 'Essais', en: 'Attempts' },
  answer: { fr: 'Dernière réponse', en: 'Last answer' },
  time: { fr: 'Durée', en: 'Time' },
  next: { fr: 'prochain essai', en: 'next attempt' },
  replay: { fr: 'Renvoyer', en: 'Send again' },
  manage: { fr: 'Réglages', en: 'Settings' },
  done: { fr: 'C’est fait.', en: 'Done.' },
} as const satisfies Record<string, Bilingual>;
