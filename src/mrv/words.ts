import { type Bilingual, both, show } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';
import type { Month } from '../kernel/time.ts';
import type { Scheme } from '../schemes/schemes.ts';
import type { Check } from './checks.ts';
import type { Leak } from './flow.ts';
import type { Reason } from './line.ts';
import type { PeriodState } from './period.ts';

/** `octobre 2026` with its preposition, `d’octobre 2026`; English needs none. */
const monthName = (month: Month): Bilingual => {
  const { fr, en } = both(lang => show.month(month, lang));
  return { fr: /^[aeiouyàâéèêôû]/.test(fr) ? `d’${fr}` : `de ${fr}`, en };
};

/** In order: who asks, what about, whether it may be done. */
export const words = {
  operatorOnly: refusal('mrv.operator_only', 403, {
    fr: 'Seul l’opérateur du réseau suit et clôt les mois.',
    en: 'Only the network operator follows and closes months.',
  }),
  auditorOnly: refusal('mrv.auditor_only', 403, {
    fr: 'Ces lignes sont réservées à l’auditeur et à l’opérateur du réseau.',
    en: 'These lines are for the auditor and the network operator.',
  }),
  notAMonth: refusal('mrv.not_a_month', 404, {
    fr: 'Ce mois n’existe pas. Écrivez-le comme 2026-10.',
    en: 'There is no such month. Write it like 2026-10.',
  }),
  noBatch: refusal('mrv.no_batch', 404, {
    fr: 'Aucun lot ne porte cet identifiant. Reprenez-le dans la liste des mois clos.',
    en: 'No batch has that id. Take it from the list of closed months.',
  }),
  notClosed: (month: Month) =>
    refusal('mrv.month_not_closed', 404, {
      fr: `Le mois ${monthName(month).fr} n’est pas clos : il n’a pas encore de dossier.`,
      en: `${monthName(month).en} is not closed: it has no dossier yet.`,
    }),
  reasonMissing: refusal('mrv.reason_missing', 422, { fr: 'Dites pourquoi.', en: 'Say why.' }, 'reason'),
  noLine: refusal('mrv.no_line', 404, {
    fr: 'Cette présence n’a pas de ligne : son mois n’est pas clos, ou elle a été annulée.',
    en: 'This presence has no line: its month is not closed, or it was reversed.',
  }),
  notCredited: refusal('mrv.not_credited', 409, {
    fr: 'Cette présence n’est pas comptée : aucun dispositif ne peut s’en servir.',
    en: 'This presence is not counted: no scheme can use it.',
  }),
  sameScheme: refusal('mrv.same_scheme', 409, {
    fr: 'Cette présence sert déjà ce dispositif.',
    en: 'This presence already serves this scheme.',
  }),
  claimantMissing: refusal('mrv.claimant_missing', 422, {
    fr: 'Nommez le contrat ou le projet qui pourra s’en prévaloir.',
    en: 'Name the contract or the project that may claim it.',
  }),
  alreadyClaimed: refusal('mrv.already_claimed', 409, {
    fr: 'Une demande tient déjà une de ces lignes : une présence ne sert qu’une fois.',
    en: 'A claim already holds one of these lines: a presence serves once.',
  }),
  alreadyAsked: refusal('mrv.reallocation_waiting', 409, {
    fr: 'Un changement attend déjà la prochaine clôture pour cette présence.',
    en: 'A change already waits for the next closing for this presence.',
  }),
  checksFailed: (month: Month, failed: readonly Check[]) =>
    refusal('mrv.checks_not_passed', 409, {
      fr: `Le mois ${monthName(month).fr} ne peut pas être clos, et rien n’a été compté. ${failed.map(check => check.advice.fr).join(' ')}`,
      en: `${monthName(month).en} cannot be closed, and nothing was counted. ${failed.map(check => check.advice.en).join(' ')}`,
    }),
};

/** Why kilometres leave the flow between presences and claims. */
export const leakWords: Readonly<Record<Leak['reason'], Bilingual>> = {
  pending: { fr: 'contrôles en cours', en: 'checks under way' },
  waiting: { fr: 'en examen ou contestées', en: 'under review or contested' },
  blocked: { fr: 'bloquées par un contrôle', en: 'blocked by a check' },
  evidence_too_weak: { fr: 'preuve insuffisante (pas de classe C)', en: 'evidence too weak (not class C)' },
  no_trip: { fr: 'trajet habituel non déclaré', en: 'usual trip not declared' },
  estimated_distance: { fr: 'distance estimée, non routée', en: 'distance estimated, not routed' },
  replaced_unknown: { fr: 'on ne sait pas ce que la journée a remplacé', en: 'what the day replaced is unknown' },
  replaced_other: {
    fr: 'la journée ne remplaçait ni bureau ni domicile',
    en: 'the day replaced neither office nor home',
  },
  second_of_the_day: { fr: 'même trajet, déjà compté ce jour-là', en: 'same trip, already counted that day' },
  no_scheme: { fr: 'sans projet ni contrat ce jour-là', en: 'no project or contract on that day' },
  reversed: { fr: 'présence annulée après la clôture', en: 'presence reversed after the closing' },
  reallocated: { fr: 'passée à un autre dispositif', en: 'moved to another scheme' },
};

/** What the operator can do about a leak. */
export const adviceWords: Readonly<Record<Leak['reason'], Bilingual>> = {
  pending: {
    fr: 'Rien à faire : les contrôles s’achèvent 48 heures après la présence, et la présence est définitive au bout de 7 jours.',
    en: 'Nothing to do: checks complete 48 hours after the presence, which becomes final after 7 days.',
  },
  waiting: {
    fr: 'Ces présences attendent une décision. Elles entreront dans un lot suivant de la même année.',
    en: 'These presences wait for a decision. They will enter a later batch of the same year.',
  },
  blocked: {
    fr: 'Un contrôle les a écartées ; la règle et son seuil sont publics.',
    en: 'A check set them aside; the rule and its threshold are public.',
  },
  evidence_too_weak: {
    fr: 'Installez un code tournant à l’entrée : une présence sans preuve forte ni réservation facturée ne se compte pas.',
    en: 'Set up a rotating code at the door: a presence without strong proof and a charged booking does not count.',
  },
  no_trip: {
    fr: 'Invitez ces personnes à déclarer leurs trajets habituels : sans eux, aucun kilomètre n’est connu.',
    en: 'Invite these people to declare their usual trips: without them no kilometre is known.',
  },
  estimated_distance: {
    fr: 'Chargez une carte routière qui couvre ces trajets : une estimation n’est jamais comptée.',
    en: 'Load a road map that covers these trips: an estimate never counts.',
  },
  replaced_unknown: {
    fr: 'Posez la question le jour même : « qu’auriez-vous fait aujourd’hui ? ». Sans réponse, la journée ne compte pas.',
    en: 'Ask on the day itself: “what would you have done today?”. Without an answer the day does not count.',
  },
  replaced_other: {
    fr: 'Ces journées n’évitent pas de trajet : c’est normal.',
    en: 'These days avoid no trip: this is as it should be.',
  },
  second_of_the_day: {
    fr: 'Le trajet de cette personne est déjà compté une fois ce jour-là : c’est normal.',
    en: 'This person’s trip is already counted once that day: this is as it should be.',
  },
  no_scheme: {
    fr: 'L’espace n’est membre d’aucun projet notifié, et l’employeur n’a accepté aucune offre avant ce jour.',
    en: 'The space is in no notified project, and the employer accepted no offer before that day.',
  },
  reversed: {
    fr: 'Ces lignes reprennent ce qu’un mois clos avait compté à tort.',
    en: 'These lines take back what a closed month had wrongly counted.',
  },
  reallocated: {
    fr: 'Ces lignes passent une présence d’un dispositif à un autre, sur décision motivée.',
    en: 'These lines move a presence from one scheme to another, on a reasoned decision.',
  },
};

export const reasonWords: Readonly<Record<Reason, Bilingual>> = {
  ...leakWords,
  credited: { fr: 'comptée', en: 'counted' },
};

/** What a line serves. */
export const schemeWords: Readonly<Record<Scheme, Bilingual>> = {
  cee: { fr: 'Certificats d’économies d’énergie', en: 'Energy-saving certificates' },
  lbc: { fr: 'Label Bas-Carbone', en: 'Label Bas-Carbone' },
  other: { fr: 'Autre dispositif', en: 'Other scheme' },
  none: { fr: 'Aucun dispositif', en: 'No scheme' },
};

export const stateWords: Readonly<Record<PeriodState, Bilingual>> = {
  running: { fr: 'En cours', en: 'Under way' },
  settling: { fr: 'Fini, pas encore définitif', en: 'Over, not final yet' },
  ready: { fr: 'À clore', en: 'To be closed' },
  closed: { fr: 'Clos et scellé', en: 'Closed and sealed' },
};

export const stateTones = { running: 'info', settling: 'pending', ready: 'pending', closed: 'good' } as const;

export const pageWords = {
  months: { fr: 'Les mois', en: 'Months' },
  monthsLead: {
    fr: 'Chaque mois se suit, se contrôle, puis se clôt en une fois. Ce qui est clos ne change plus.',
    en: 'Each month is followed, checked, then closed at once. What is closed no longer changes.',
  },
  noMonth: { fr: 'Aucun trajet compté pour l’instant', en: 'No trip counted yet' },
  noMonthDetail: {
    fr: 'Les mois apparaissent ici dès qu’une présence et un trajet habituel se rencontrent.',
    en: 'Months appear here as soon as a presence meets a usual trip.',
  },
  month: { fr: 'Mois', en: 'Month' },
  state: { fr: 'État', en: 'State' },
  trips: { fr: 'Trajets', en: 'Trips' },
  avoided: { fr: 'Route évitée', en: 'Road avoided' },
  net: { fr: 'CO₂e évité, net', en: 'CO₂e avoided, net' },
  presence: { fr: 'présence', en: 'presence' },
  recounted: { fr: 'Recompté', en: 'Counted again' },
  recountedLead: {
    fr: 'Chaque trajet est recompté depuis ce qui a été gardé, et ses routes redemandées.',
    en: 'Each trip is counted again from what was kept, and its roads asked again.',
  },
  roadsAsked: { fr: 'Routes redemandées', en: 'Roads asked again' },
  difference: { fr: 'Écart', en: 'Difference' },
  recountedOn: { fr: 'Le', en: 'On' },
  presences: { fr: 'présences', en: 'presences' },
  presencesColumn: { fr: 'Présences', en: 'Presences' },
  replacedHome: { fr: 'auraient travaillé chez eux', en: 'would have worked at home' },
  replacedHomeDetail: {
    fr: 'rien d’évité, et le trajet jusqu’à l’espace est décompté',
    en: 'nothing avoided, and the way to the space counts against',
  },
  claim: { fr: 'comptés : la journée remplace le bureau', en: 'counted: the day replaces the office' },
  flowFinding: {
    fr: (all: string, counted: string) => `Sur ${all} de trajets, ${counted} sont comptés`,
    en: (all: string, counted: string) => `Of ${all} of trips, ${counted} are counted`,
  },
  flowStart: {
    fr: (n: string) => `de trajets, pour ${n} présences`,
    en: (n: string) => `of trips, for ${n} presences`,
  },
  flowNote: {
    fr: 'Trajet du bureau moins trajet de l’espace, aller et retour. Chaque perte se clique.',
    en: 'Trip to the office less trip to the space, both ways. Every loss can be clicked.',
  },
  step: { fr: 'Étape', en: 'Step' },
  kilometres: { fr: 'Kilomètres', en: 'Kilometres' },
  where: { fr: 'Où cela se passe', en: 'Where it happens' },
  space: { fr: 'Espace', en: 'Space' },
  checklist: { fr: 'Avant de clore', en: 'Before closing' },
  checklistLead: {
    fr: 'Tous ces contrôles passent, ou rien ne compte.',
    en: 'All these checks pass, or nothing counts.',
  },
  passed: { fr: 'Contrôles passés', en: 'Checks passed' },
  passedLead: { fr: 'À la clôture ; le dossier les porte aussi.', en: 'At closing; the dossier bears them too.' },
  beforeChecks: { fr: '(avant contrôles)', en: '(before checks)' },
  close: { fr: (month: string) => `Clore ${month}`, en: (month: string) => `Close ${month}` },
  notYet: { fr: 'Ce mois ne peut pas encore être clos', en: 'This month cannot be closed yet' },
  notYetDetail: { fr: 'Chaque point bloqué dit quoi faire.', en: 'Each blocked point says what to do.' },
  closedTitle: { fr: 'Le mois est clos', en: 'The month is closed' },
  closedLead: {
    fr: (id: string) => `Lot ${id}. Le dossier se vérifie hors connexion, sans notre serveur.`,
    en: (id: string) => `Batch ${id}. The dossier is verified offline, without our server.`,
  },
  justClosed: { fr: 'Le mois est clos et scellé dans le journal.', en: 'The month is closed and sealed in the log.' },
  avoidedLabel: { fr: 'de route évités', en: 'of road avoided' },
  netLabel: { fr: 'de CO₂e évités, nets de l’effet rebond', en: 'of CO₂e avoided, net of rebound' },
  creditedLabel: {
    fr: (all: string) => `présences comptées sur ${all}`,
    en: (all: string) => `presences counted out of ${all}`,
  },
  unofficial: { fr: 'Estimation non officielle', en: 'Unofficial estimate' },
  unofficialDetail: {
    fr: 'Ce réseau est en profil de démonstration : la méthode est reconstituée, le dossier porte la mention et aucune unité ne peut être émise.',
    en: 'This network runs in the demo profile: the method is a reconstruction, the dossier says so and no unit can be issued.',
  },
  dossier: { fr: 'Télécharger le dossier (.zip)', en: 'Download the dossier (.zip)' },
  lines: { fr: 'Voir les lignes', en: 'See the lines' },
  issue: { fr: 'Demander l’émission des unités', en: 'Ask for the units to be issued' },
  noPresence: { fr: 'Aucune présence ce mois-ci', en: 'No presence this month' },
  noPresenceDetail: {
    fr: 'Les présences arrivent ici le soir de chaque journée.',
    en: 'Presences arrive here on the evening of each day.',
  },
} as const;

export const auditWords = {
  title: { fr: 'Bureau de l’auditeur', en: 'Auditor’s desk' },
  lead: {
    fr: 'Ne nous croyez pas : chaque mois clos se télécharge et se recalcule hors connexion.',
    en: 'Do not trust us: every closed month can be downloaded and recomputed offline.',
  },
  none: { fr: 'Aucun mois n’est clos', en: 'No month is closed' },
  noneDetail: {
    fr: 'Un mois se clôt à partir du huitième jour du mois suivant, quand toutes ses présences sont définitives.',
    en: 'A month is closed from the eighth day of the next one on, when all its presences are final.',
  },
  closed: { fr: 'Mois clos', en: 'Closed months' },
  batch: { fr: 'Lot', en: 'Batch' },
  batchOf: { fr: 'Lot du mois :', en: 'Batch of the month:' },
  linesCount: { fr: 'Lignes', en: 'Lines' },
  credited: { fr: 'Comptées', en: 'Counted' },
  gross: { fr: 'CO₂e évité, avant rebond', en: 'CO₂e avoided, before rebound' },
  waiting: { fr: 'En attente de décision', en: 'Waiting for a decision' },
  dossier: { fr: 'Dossier', en: 'Dossier' },
  download: { fr: 'Télécharger', en: 'Download' },
  verify: { fr: 'Vérifier un dossier', en: 'Verify a dossier' },
  verifyLead: {
    fr: 'Le vérificateur est un programme à part, sans dépendance, de moins de 600 lignes. Il s’exécute sans réseau.',
    en: 'The verifier is a separate program without dependencies, under 600 lines. It runs without a network.',
  },
  verifySource: {
    fr: 'Il est écrit d’après docs/reference/dossier.md et ne partage aucune ligne avec ce serveur. Il sort avec le code 0 quand tout concorde ; sinon il nomme le fichier en cause.',
    en: 'It is written from docs/reference/dossier.md and shares no line with this server. It exits with 0 when all agrees; else it names the file at fault.',
  },
  log: { fr: 'Le journal scellé', en: 'The sealed log' },
  logLead: {
    fr: 'Des empreintes seulement, jamais une personne. Gardez les points de contrôle que vous recevez : un journal réécrit ne leur correspondrait plus.',
    en: 'Hashes only, never a person. Keep the checkpoints you receive: a rewritten log would no longer match them.',
  },
  size: { fr: 'Entrées', en: 'Entries' },
  key: { fr: 'Clé publique', en: 'Public key' },
  batchKey: { fr: 'Clé qui l’a signé', en: 'Key that signed it' },
  keyNow: { fr: 'signe aujourd’hui', en: 'signs today' },
  keyRetired: (day: Bilingual) => ({ fr: `retirée le ${day.fr}`, en: `retired on ${day.en}` }),
  keyRevoked: (day: Bilingual) => ({ fr: `révoquée depuis le ${day.fr}`, en: `revoked since ${day.en}` }),
  keyStillProves: {
    fr: 'ce qu’elle a signé avant vaut toujours, et ce lot en est',
    en: 'what it signed before still holds, and so does this batch',
  },
  keyProvesNothing: {
    fr: 'ce lot a été signé ensuite : sa signature ne prouve plus rien',
    en: 'this batch was signed later: its signature proves nothing any more',
  },
  checkpoint: { fr: 'Point de contrôle', en: 'Checkpoint' },
  lines: { fr: 'Lignes', en: 'Lines' },
  linesLead: {
    fr: 'Pseudonymisées, non anonymes : un lieu, un jour et une distance peuvent désigner quelqu’un. Chaque consultation est inscrite plus bas.',
    en: 'Pseudonymous, not anonymous: a place, a day and a distance may point to someone. Each reading is recorded below.',
  },
  seq: { fr: 'Rang', en: 'Place' },
  day: { fr: 'Jour', en: 'Day' },
  site: { fr: 'Espace', en: 'Space' },
  evidence: { fr: 'Preuve', en: 'Evidence' },
  counted: { fr: 'Décompte', en: 'Outcome' },
  metres: { fr: 'Mètres évités', en: 'Metres avoided' },
  milligrams: { fr: 'Milligrammes nets', en: 'Net milligrams' },
  leaf: { fr: 'Preuve d’inclusion', en: 'Inclusion proof' },
  erased: { fr: 'effacée', en: 'erased' },
  firstLines: { fr: 'Premières lignes', en: 'First lines' },
  nextLines: { fr: 'Lignes suivantes', en: 'Next lines' },
  readings: { fr: 'Qui a lu ce lot', en: 'Who read this batch' },
  readingsLead: { fr: 'Les cinquante dernières consultations.', en: 'The last fifty readings.' },
  when: { fr: 'Quand (UTC)', en: 'When (UTC)' },
  who: { fr: 'Qui', en: 'Who' },
  what: { fr: 'Quoi', en: 'What' },
} as const;
