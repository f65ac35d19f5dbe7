import { type Bilingual, both, type Lang, show } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import type { ClaimCommand, ClaimKind, ClaimState } from './life.ts';

export const kindNames: Readonly<Record<ClaimKind, Bilingual>> = {
  cee: { fr: 'Certificats d’économies d’énergie', en: 'Energy-saving certificates' },
  lbc: { fr: 'Label Bas-Carbone', en: 'Label Bas-Carbone' },
};

export const stateNames: Readonly<Record<ClaimState, Bilingual>> = {
  sealed: { fr: 'scellée', en: 'sealed' },
  submitted: { fr: 'envoyée à l’obligé', en: 'sent to the obligated party' },
  accepted: { fr: 'acceptée', en: 'accepted' },
  accepted_in_part: { fr: 'acceptée en partie', en: 'accepted in part' },
  refused: { fr: 'refusée', en: 'refused' },
  paid: { fr: 'prime versée', en: 'incentive paid' },
  issued: {
    fr: 'certificats délivrés par l’État à l’obligé',
    en: 'certificates issued by the State to the obligated party',
  },
  archived: { fr: 'archivée', en: 'archived' },
  requested: { fr: 'en vérification', en: 'being verified' },
  verified: { fr: 'vérifiée', en: 'verified' },
  reduced: { fr: 'vérifiée, quantité réduite', en: 'verified, quantity reduced' },
  rejected: { fr: 'rejetée', en: 'rejected' },
  withdrawn: { fr: 'retirée avant envoi', en: 'withdrawn before sending' },
};

/** `2026-05/2026-10` → `mai à octobre 2026`; a year that changes is said twice. */
export const periodText = (period: string, lang: Lang): string => {
  const [first = '', last = first] = period.split('/');
  if (first === last) return show.month(first, lang);
  const from = show.month(first, lang);
  const begins = first.slice(0, 4) === last.slice(0, 4) ? from.replace(/ \d{4}$/, '') : from;
  return `${begins} ${lang === 'fr' ? 'à' : 'to'} ${show.month(last, lang)}`;
};

export const commandNames: Readonly<Record<ClaimCommand, Bilingual>> = {
  submit: { fr: 'Envoyer à l’obligé', en: 'Send to the obligated party' },
  conclude: { fr: 'Arrêter les réponses', en: 'Close the answers' },
  pay: { fr: 'Enregistrer le versement de la prime', en: 'Record the payment of the incentive' },
  record_issue: { fr: 'Enregistrer la délivrance des certificats', en: 'Record that certificates were issued' },
  archive: { fr: 'Archiver', en: 'Archive' },
  request: { fr: 'Demander la vérification', en: 'Request verification' },
  verify: { fr: 'Enregistrer la vérification', en: 'Record the verification' },
  reduce: { fr: 'Enregistrer une quantité réduite', en: 'Record a reduced quantity' },
  reject: { fr: 'Enregistrer un rejet', en: 'Record a rejection' },
  take_back: { fr: 'Reprendre ce qui s’est révélé faux', en: 'Take back what proved false' },
  withdraw: { fr: 'Retirer la demande', en: 'Withdraw the claim' },
};

/** What happened, once a step was taken. */
export const eventNames: Readonly<Record<ClaimCommand, Bilingual>> = {
  submit: { fr: 'Envoyée à l’obligé', en: 'Sent to the obligated party' },
  conclude: { fr: 'Réponses arrêtées', en: 'Answers closed' },
  pay: { fr: 'Prime versée', en: 'Incentive paid' },
  record_issue: { fr: 'Certificats délivrés à l’obligé', en: 'Certificates issued to the obligated party' },
  archive: { fr: 'Archivée', en: 'Archived' },
  request: { fr: 'Vérification demandée', en: 'Verification requested' },
  verify: { fr: 'Vérifiée', en: 'Verified' },
  reduce: { fr: 'Vérifiée, quantité réduite', en: 'Verified, quantity reduced' },
  reject: { fr: 'Rejetée', en: 'Rejected' },
  take_back: { fr: 'Reprise de ce qui s’est révélé faux', en: 'What proved false taken back' },
  withdraw: { fr: 'Retirée avant envoi', en: 'Withdrawn before sending' },
};

/** In order: who asks, what about, whether it may be done, what it lacks. */
export const words = {
  operatorOnly: refusal('claims.operator_only', 403, {
    fr: 'Seule une personne qui anime le réseau prépare et suit ses demandes.',
    en: 'Only a network operator prepares and follows its claims.',
  }),
  obligatedPartyOnly: refusal('claims.obligated_party_only', 403, {
    fr: 'Seul l’obligé de ce contrat répond à ses lignes.',
    en: 'Only the obligated party of this contract answers its lines.',
  }),
  employerOnly: refusal('claims.employer_only', 403, {
    fr: 'Seule une personne qui gère cet employeur signe son attestation.',
    en: 'Only someone who manages this employer signs its statement.',
  }),
  readerOnly: refusal('claims.reader_only', 403, {
    fr: 'Cette demande est réservée à l’opérateur, à l’auditeur et à l’obligé qui la reçoit.',
    en: 'This claim is for the operator, the auditor and the obligated party that receives it.',
  }),
  auditorOnly: refusal('claims.auditor_only', 403, {
    fr: 'Seul l’auditeur, pendant son mandat, tire un échantillon et note ses constats.',
    en: 'Only the auditor, within the mandate, draws a sample and notes findings.',
  }),
  unknownClaim: refusal('claims.unknown_claim', 404, {
    fr: 'Cette demande n’existe pas dans ce réseau. La page « Programmes » les montre toutes.',
    en: 'There is no such claim in this network. The “Schemes” page shows them all.',
  }),
  unknownEmployer: refusal('claims.unknown_employer', 404, {
    fr: 'Cet employeur n’a aucune ligne dans cette demande.',
    en: 'This employer has no line in this claim.',
  }),
  nothingToClaim: refusal('claims.nothing_to_claim', 409, {
    fr: 'Aucune ligne n’est à demander : closez d’abord un mois, ou attendez le délai du contrat.',
    en: 'There is no line to claim: close a month first, or wait for the contract’s delay.',
  }),
  belowMinimum: (least: string) =>
    refusal('claims.below_minimum', 409, {
      fr: `Le volume reste sous le minimum du contrat (${least} Wh cumac). Les lignes attendent le lot suivant.`,
      en: `The volume is below the contract’s minimum (${least} Wh cumac). The lines wait for the next batch.`,
    }),
  capUsed: (employer: string) =>
    refusal('claims.cap_already_used', 409, {
      fr: `Pour ${employer}, des lots précédents ont déjà épuisé la part du loyer que le contrat plafonne sur ces mois.`,
      en: `For ${employer}, earlier batches have already used up the share of rent that the contract caps over these months.`,
    }),
  notFromHere: (command: ClaimCommand, state: ClaimState) =>
    refusal(
      'claims.not_from_here',
      409,
      both(lang =>
        lang === 'fr'
          ? `« ${commandNames[command].fr} » n’est pas possible : la demande est à l’état « ${stateNames[state].fr} ».`
          : `“${commandNames[command].en}” is not possible: the claim is “${stateNames[state].en}”.`,
      ),
    ),
  outOfTime: refusal(
    'claims.out_of_time',
    422,
    {
      fr: 'Une étape a lieu aujourd’hui ou avant, et jamais avant la précédente.',
      en: 'A step happens today or before, and never before the previous one.',
    },
    'happened_on',
  ),
  notSigned: (missing: number) =>
    refusal('claims.statement_missing', 409, {
      fr: `${missing} employeur(s) n’ont pas encore signé leur attestation sur l’honneur.`,
      en: `${missing} employer(s) have not signed their sworn statement yet.`,
    }),
  noWording: refusal('claims.no_wording', 409, {
    fr: 'Le texte de l’attestation n’est pas fixé dans ce contrat : rien ne peut être signé.',
    en: 'The wording of the statement is not fixed in this contract: nothing can be signed.',
  }),
  otherWording: refusal('claims.other_wording', 422, {
    fr: 'Le texte signé n’est pas celui du contrat. Relisez la page et signez de nouveau.',
    en: 'The text signed is not that of the contract. Read the page again and sign anew.',
  }),
  tooLate: refusal('claims.too_late', 409, {
    fr: 'Cette demande est partie : son attestation et son contrôle ne changent plus.',
    en: 'This claim has left: its statement and its control no longer change.',
  }),
  otherOpen: refusal('claims.other_open', 409, {
    fr: 'Une demande est déjà en cours pour ce contrat ou ce projet. Menez-la à son terme, ou retirez-la.',
    en: 'A claim is already under way for this contract or project. Bring it to its end, or withdraw it.',
  }),
  unknownContract: refusal('claims.unknown_contract', 404, {
    fr: 'Ce contrat n’existe pas dans ce réseau.',
    en: 'There is no such contract in this network.',
  }),
  notMonitoring: refusal('claims.not_monitoring', 409, {
    fr: 'Le projet n’est pas en suivi : seul un projet labellisé et suivi demande une vérification.',
    en: 'The project is not being monitored: only a labelled, monitored project asks for verification.',
  }),
  beforeReceipt: refusal('claims.before_receipt', 409, {
    fr: 'Des jours précèdent la réception de la notification, ou celle-ci n’a plus d’effet : rien n’a été scellé.',
    en: 'Some days precede the receipt of the notification, or it no longer has effect: nothing was sealed.',
  }),
  afterCreditable: (until: Day) =>
    refusal('claims.after_creditable_until', 409, {
      fr: `Des jours suivent le ${show.date(until, 'fr')}, dernier jour qui peut compter : affectez-les autrement d’abord.`,
      en: `Some days follow ${show.date(until, 'en')}, the last that may count: allocate them otherwise first.`,
    }),
  notSubmitted: refusal('claims.not_submitted', 409, {
    fr: 'Cette demande n’attend pas de réponse.',
    en: 'This claim is not waiting for an answer.',
  }),
  byItsClaim: refusal('claims.by_its_claim', 409, {
    fr: 'Cette étape se prend sur la demande du projet, et le projet suit.',
    en: 'This step is taken on the project’s claim, and the project follows.',
  }),
  nothingTakenBack: refusal('claims.nothing_taken_back', 409, {
    fr: 'Aucune ligne de cette demande n’a été annulée depuis : closez d’abord le mois qui l’annule.',
    en: 'No line of this claim has been reversed since: close the month that reverses it first.',
  }),
  alreadySigned: refusal('claims.already_signed', 409, {
    fr: 'Cette attestation est déjà signée.',
    en: 'This statement is already signed.',
  }),
  signatoryMissing: refusal(
    'claims.signatory_missing',
    422,
    { fr: 'Dites qui signe, avec sa fonction.', en: 'Say who signs, with their function.' },
    'signatory',
  ),
  notAnswered: (left: number) =>
    refusal('claims.lines_not_answered', 409, {
      fr: `${left} ligne(s) attendent encore une réponse.`,
      en: `${left} line(s) still wait for an answer.`,
    }),
  notInClaim: (seq: number) =>
    refusal('claims.line_not_in_claim', 422, {
      fr: `La ligne ${seq} n’est pas dans cette demande : rien n’a été enregistré.`,
      en: `Line ${seq} is not in this claim: nothing was recorded.`,
    }),
  alreadyAnswered: refusal('claims.already_answered', 409, {
    fr: 'Une de ces lignes a déjà reçu une réponse : rien n’a été enregistré. Relisez la page.',
    en: 'One of these lines was already answered: nothing was recorded. Read the page again.',
  }),
  refusalWithoutReason: refusal(
    'claims.refusal_without_reason',
    422,
    { fr: 'Une ligne refusée porte son motif.', en: 'A refused line bears its reason.' },
    'reason',
  ),
  referenceMissing: refusal(
    'claims.reference_missing',
    422,
    {
      fr: 'Donnez la référence de l’acte, du virement ou du rapport.',
      en: 'Give the reference of the act, payment or report.',
    },
    'reference',
  ),
  reasonMissing: refusal('claims.reason_missing', 422, { fr: 'Dites pourquoi.', en: 'Say why.' }, 'reason'),
  registerMissing: refusal(
    'claims.register_missing',
    422,
    {
      fr: 'Donnez la référence inscrite au registre de l’État.',
      en: 'Give the reference written in the State’s register.',
    },
    'register',
  ),
  volumeMissing: refusal(
    'claims.volume_missing',
    422,
    { fr: 'Donnez la quantité, en nombre entier.', en: 'Give the quantity, as a whole number.' },
    'volume',
  ),
  volumeTooLarge: refusal(
    'claims.volume_too_large',
    422,
    {
      fr: 'La quantité vérifiée ne dépasse jamais celle de la demande.',
      en: 'The quantity verified never exceeds the claim’s.',
    },
    'volume',
  ),
  archivedUntil: (day: Day) =>
    refusal('claims.kept_until', 409, {
      fr: `Ce dossier se conserve jusqu’au ${show.date(day, 'fr')}.`,
      en: `This file is kept until ${show.date(day, 'en')}.`,
    }),
  sampleLeft: (left: number) =>
    refusal('claims.sample_not_checked', 409, {
      fr: `${left} ligne(s) de l’échantillon restent à contrôler, ou sont en défaut.`,
      en: `${left} line(s) of the sample are still to be checked, or at fault.`,
    }),
  stepTaken: refusal('claims.step_taken', 409, {
    fr: 'Quelqu’un vient d’avancer cette demande. Relisez sa page avant de recommencer.',
    en: 'Someone has just moved this claim on. Read its page again before retrying.',
  }),
  alreadySampled: refusal('claims.already_sampled', 409, {
    fr: 'L’échantillon de cette demande est déjà tiré : on n’en tire qu’un.',
    en: 'The sample of this claim is already drawn: there is only one.',
  }),
  notSampled: refusal('claims.line_not_sampled', 422, {
    fr: 'Cette ligne n’est pas dans l’échantillon.',
    en: 'This line is not in the sample.',
  }),
  noteMissing: refusal(
    'claims.note_missing',
    422,
    { fr: 'Décrivez le défaut constaté.', en: 'Describe the fault found.' },
    'note',
  ),
  noPublishedCheckpoint: refusal('claims.no_published_checkpoint', 409, {
    fr: 'Le journal n’a pas encore publié de point de contrôle : l’échantillon ne peut pas être tiré.',
    en: 'The log has published no checkpoint yet: the sample cannot be drawn.',
  }),
  carbonOnly: refusal('claims.carbon_only', 409, {
    fr: 'Cet échange ne concerne que les demandes du Label Bas-Carbone.',
    en: 'This exchange is for claims of the Label Bas-Carbone only.',
  }),
  exchangeColumns: refusal(
    'claims.exchange_columns',
    422,
    {
      fr: 'La première ligne doit nommer les colonnes format, line et avoided_m, séparées par des points-virgules.',
      en: 'The first row must name the columns format, line and avoided_m, separated by semicolons.',
    },
    'rows',
  ),
  exchangeFormat: (row: number, format: string) =>
    refusal(
      'claims.exchange_format',
      422,
      {
        fr: `Ligne ${row} : le format attendu est ${format}. Rien n’a été comparé.`,
        en: `Row ${row}: the format must be ${format}. Nothing was compared.`,
      },
      'rows',
    ),
  exchangeRow: (row: number) =>
    refusal(
      'claims.exchange_row',
      422,
      {
        fr: `Ligne ${row} : il faut un identifiant de ligne et un nombre entier de mètres. Rien n’a été comparé.`,
        en: `Row ${row}: a line id and a whole number of metres are needed. Nothing was compared.`,
      },
      'rows',
    ),
} as const;
