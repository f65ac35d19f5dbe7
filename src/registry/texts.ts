import { type Bilingual, both, type Lang, show } from '../kernel/bilingual.ts';
import type { DeclarationState } from './declaration.ts';
import type { Purpose } from './ending.ts';
import type { PostingVerb, RangeState } from './range.ts';
import type { SerialRange, UnitScheme } from './serial.ts';
import type { CertificateStatus } from './status.ts';

export const stateNames: Readonly<Record<RangeState, Bilingual>> = {
  active: { fr: 'disponibles', en: 'available' },
  reserve: { fr: 'en réserve', en: 'in reserve' },
  sent_out: { fr: 'parties vers un autre registre', en: 'gone to another register' },
  retired: { fr: 'retirées', en: 'retired' },
  cancelled: { fr: 'annulées', en: 'cancelled' },
};

export const statusNames: Readonly<Record<CertificateStatus, Bilingual>> = {
  valid: { fr: 'valable', en: 'valid' },
  amended: { fr: 'modifié', en: 'amended' },
  revoked: { fr: 'annulé', en: 'revoked' },
  retired: { fr: 'retiré : ces unités ont servi', en: 'retired: these units have been used' },
};

export const statusMeanings: Readonly<Record<CertificateStatus, Bilingual>> = {
  valid: {
    fr: 'Ces unités existent et n’ont pas encore servi.',
    en: 'These units exist and have not been used yet.',
  },
  amended: {
    fr: 'Ce qui a été imprimé n’est plus exact en tout : lisez ci-dessous ce que chaque partie est devenue.',
    en: 'What was printed no longer holds in full: read below what each part became.',
  },
  revoked: {
    fr: 'Ces unités sont rayées : personne ne peut s’en prévaloir.',
    en: 'These units are struck off: no one may claim them.',
  },
  retired: {
    fr: 'Ces unités ont servi une fois, définitivement.',
    en: 'These units have served once, for good.',
  },
};

export const schemeNames: Readonly<Record<UnitScheme, Bilingual>> = {
  lbc: { fr: 'Label Bas-Carbone (une unité : 1 t de CO2e)', en: 'Label Bas-Carbone (one unit: 1 t CO2e)' },
  cee: { fr: 'Certificats d’économies d’énergie', en: 'Energy-saving certificates' },
};

export const clockNames: Readonly<Record<DeclarationState, Bilingual>> = {
  waiting: { fr: 'à déclarer', en: 'to declare' },
  alarm: { fr: 'à déclarer bientôt', en: 'to declare soon' },
  red: { fr: 'à déclarer sans attendre', en: 'to declare without delay' },
  late: { fr: 'en retard', en: 'late' },
  declared: { fr: 'déclarée', en: 'declared' },
};

export const verbNames: Readonly<Record<PostingVerb, Bilingual>> = {
  issue: { fr: 'émission', en: 'issue' },
  split: { fr: 'division', en: 'split' },
  transfer: { fr: 'cession', en: 'transfer' },
  retire: { fr: 'retrait', en: 'retirement' },
  cancel: { fr: 'annulation', en: 'cancellation' },
  send_out: { fr: 'départ', en: 'departure' },
};

/** `25 unités`, `1 unité`. French counts 0 and 1 in the singular. */
export const unitsText = (units: bigint, lang: Lang): string =>
  `${show.count(units, lang)} ${lang === 'fr' ? (units < 2n ? 'unité' : 'unités') : units === 1n ? 'unit' : 'units'}`;

/** `63 à 312`, both inside: for pages that name the series already. */
export const numbersText = ({ first, beyond }: SerialRange, lang: Lang): string =>
  `${show.count(first, lang)} ${lang === 'fr' ? 'à' : 'to'} ${show.count(beyond - 1n, lang)}`;

/** What the beneficiary of retired carbon credits may write. A proposal of ours, which no text prescribes. */
export const wordingFor: Readonly<Record<Purpose, (units: bigint, year: number) => Bilingual>> = {
  contribution: (units, year) =>
    both(lang =>
      lang === 'fr'
        ? `Pour ${year}, nous avons contribué à éviter ${show.count(units, 'fr')} t de CO2e, en finançant un projet labellisé Bas-Carbone près de chez nous.`
        : `For ${year}, we helped avoid ${show.count(units, 'en')} t CO2e, by financing a Label Bas-Carbone project near us.`,
    ),
  voluntary_offset: (units, year) =>
    both(lang =>
      lang === 'fr'
        ? `Pour ${year}, nous avons retiré ${show.count(units, 'fr')} t de crédits carbone du Label Bas-Carbone en regard d’émissions que nous n’avons pas évitées.`
        : `For ${year}, we retired ${show.count(units, 'en')} t of Label Bas-Carbone credits against emissions that we did not avoid.`,
    ),
  mandatory_offset: (units, year) =>
    both(lang =>
      lang === 'fr'
        ? `Pour ${year}, ${show.count(units, 'fr')} t de crédits carbone du Label Bas-Carbone ont été retirées au titre d’une obligation de compensation.`
        : `For ${year}, ${show.count(units, 'en')} t of Label Bas-Carbone credits were retired under an obligation to offset.`,
    ),
};

/** What the room's pages say. */
export const texts = {
  register: { fr: 'Registre', en: 'Register' },
  registerLead: {
    fr: 'Qui détient quelles unités, et ce qu’elles deviennent. C’est un sous-registre : celui de l’État fait foi.',
    en: 'Who holds which units, and what becomes of them. It is a sub-ledger: the State’s register is the book of record.',
  },
  nothing: { fr: 'Aucune unité n’est émise', en: 'No unit has been issued' },
  nothingDemo: {
    fr: 'Ce réseau est en profil de démonstration : ses résultats sont des estimations, et une estimation ne s’émet pas. Le mois montre ce qui serait compté.',
    en: 'This network runs in the demo profile: its results are estimates, and an estimate is not issued. The month shows what would be counted.',
  },
  nothingYet: {
    fr: 'Des unités naissent quand une vérification est enregistrée. Commencez par clore les mois.',
    en: 'Units come into being when a verification is recorded. Start by closing the months.',
  },
  toMonths: { fr: 'Voir les mois', en: 'See the months' },
  saved: { fr: 'C’est enregistré.', en: 'Saved.' },
  whereFinding: (all: bigint, retired: bigint): Bilingual =>
    both(lang =>
      lang === 'fr'
        ? `Sur ${unitsText(all, 'fr')}, ${show.count(retired, 'fr')} ${retired < 2n ? 'a servi' : 'ont servi'}`
        : `Of ${unitsText(all, 'en')}, ${show.count(retired, 'en')} ${retired === 1n ? 'has' : 'have'} been used`,
    ),
  issued: { fr: 'émises', en: 'issued' },
  issuedOn: { fr: 'Émises le', en: 'Issued on' },
  step: { fr: 'Étape', en: 'Step' },
  units: { fr: 'Unités', en: 'Units' },
  numbers: { fr: 'Numéros', en: 'Numbers' },
  serial: { fr: 'Série', en: 'Range' },
  fullSerial: { fr: 'Numéro complet', en: 'Full number' },
  holder: { fr: 'Détenteur', en: 'Holder' },
  state: { fr: 'État', en: 'State' },
  since: { fr: 'Depuis le', en: 'Since' },
  holdings: { fr: 'Détentions', en: 'Holdings' },
  declarations: { fr: 'Cessions à déclarer', en: 'Transfers to declare' },
  declarationsLead: {
    fr: 'Chaque cession se déclare dans le registre de l’État, dans les trois mois de la signature.',
    en: 'Each transfer is declared in the State’s register within three months of signing.',
  },
  buyer: { fr: 'Acquéreur', en: 'Buyer' },
  seller: { fr: 'Cédant', en: 'Seller' },
  signedOn: { fr: 'Signée le', en: 'Signed on' },
  dueOn: { fr: 'À déclarer avant la fin du', en: 'To declare by the end of' },
  daysLeft: { fr: 'Jours restants', en: 'Days left' },
  reconciliation: { fr: 'Rapprochement avec l’État', en: 'Reconciliation with the State' },
  reconciliationLead: {
    fr: 'Chaque nuit, les unités que montre le registre de l’État sont comparées aux nôtres. Un écart reste signalé jusqu’à ce qu’il soit nul.',
    en: 'Each night the units that the State’s register shows are compared with ours. A gap stays flagged until it is zero.',
  },
  noReference: {
    fr: 'Aucune référence de l’État n’est enregistrée. Ouvrez une série pour la rattacher.',
    en: 'No reference of the State is entered. Open a range to put it under one.',
  },
  stateReference: { fr: 'Référence de l’État', en: 'The State’s reference' },
  stateUnits: { fr: 'Unités, selon l’État', en: 'Units, says the State' },
  ourUnits: { fr: 'Unités, ici', en: 'Units, here' },
  gap: { fr: 'Écart', en: 'Gap' },
  noGap: { fr: 'aucun écart', en: 'no gap' },
  gapSince: { fr: 'écart depuis le', en: 'gap since' },
  newGap: { fr: 'écart', en: 'gap' },
  readOn: { fr: 'Relevé du', en: 'Reading of' },
  neverRead: { fr: 'jamais relevé : quantité émise', en: 'never read: quantity issued' },
  comparedOn: { fr: 'Comparé le', en: 'Compared on' },
  comparisons: { fr: 'Ce que les comparaisons ont trouvé', en: 'What comparisons found' },
  duties: { fr: 'Obligations de remplacement', en: 'Replacement duties' },
  dutiesLead: {
    fr: 'Des unités infondées que personne ne peut plus rendre : le porteur du projet en annule d’autres à la place.',
    en: 'Unfounded units that no one can give back: the project holder cancels others in their place.',
  },
  batch: { fr: 'Lot', en: 'Batch' },
  owed: { fr: 'Dues', en: 'Owed' },
  met: { fr: 'Remplacées', en: 'Replaced' },
  due: { fr: 'Reste à remplacer', en: 'Still to replace' },
  why: { fr: 'Motif', en: 'Reason' },
  replace: { fr: 'Remplacer', en: 'Replace' },
  settled: { fr: 'remplacées', en: 'replaced' },
  noneFits: {
    fr: 'Aucune série ne convient : il faut des unités du même dispositif, d’un autre lot, détenues par qui doit remplacer. Enregistrez d’abord leur achat.',
    en: 'No range fits: it takes units of the same scheme, of another batch, held by whoever must replace. Record their purchase first.',
  },
  history: { fr: 'Histoire de la série', en: 'History of the range' },
  historyFinding: (own: bigint, all: bigint): Bilingual =>
    both(lang =>
      lang === 'fr'
        ? `Cette série a ${show.count(own, 'fr')} des ${unitsText(all, 'fr')} émises par son lot`
        : `This range has ${show.count(own, 'en')} of the ${unitsText(all, 'en')} that its batch issued`,
    ),
  thisRange: { fr: 'cette série', en: 'this range' },
  wentOn: { fr: 'dans d’autres séries depuis', en: 'in other ranges since' },
  leftBefore: { fr: 'parties aux étapes précédentes', en: 'left at earlier steps' },
  date: { fr: 'Date', en: 'Date' },
  act: { fr: 'Acte', en: 'Act' },
  who: { fr: 'Par', en: 'By' },
  became: { fr: 'Ce que cette série est devenue', en: 'What this range became' },
  becameLead: {
    fr: 'Elle a été divisée ou a changé : ses unités sont maintenant dans ces séries.',
    en: 'It was split or has changed: its units are now in these ranges.',
  },
  acts: { fr: 'Que faire de ces unités ?', en: 'What to do with these units?' },
  certificate: { fr: 'Voir le certificat public', en: 'See the public certificate' },
  flagged: { fr: 'Fraude découverte dans ce lot', en: 'Fraud found in this batch' },
  flaggedDetail: (owed: bigint, met: bigint): Bilingual =>
    both(lang =>
      lang === 'fr'
        ? `Unités que personne ne pouvait plus rendre : ${show.count(owed, 'fr')}. Remplacées par des unités d’un autre lot, annulées : ${show.count(met, 'fr')}. Restent à remplacer : ${show.count(owed - met, 'fr')}.`
        : `Units that no one could give back: ${show.count(owed, 'en')}. Replaced by cancelled units of another batch: ${show.count(met, 'en')}. Still to be replaced: ${show.count(owed - met, 'en')}.`,
    ),
  transfer: { fr: 'Cession', en: 'Transfer' },
  purpose: { fr: 'Usage', en: 'Use' },
  price: { fr: 'Prix d’une unité', en: 'Price of one unit' },
  reaches: { fr: 'dont reçu par le porteur', en: 'of which the holder receives' },
  total: { fr: 'Prix total', en: 'Total price' },
  shortfall: { fr: 'Unités manquantes à la charge de', en: 'Missing units borne by' },
  bearers: {
    buyer: { fr: 'l’acquéreur', en: 'the buyer' },
    project_holder: { fr: 'le porteur du projet', en: 'the project holder' },
  },
  pricesHidden: {
    fr: 'Les prix ne figurent sur aucune page publique.',
    en: 'Prices appear on no public page.',
  },
  declared: { fr: 'Déclarée le', en: 'Declared on' },
  publicName: { fr: 'Nom publié', en: 'Name published' },
  yes: { fr: 'oui', en: 'yes' },
  no: { fr: 'non', en: 'no' },
  subLedger: { fr: 'Référence de sous-registre', en: 'Sub-ledger reference' },
  subLedgerNote: {
    fr: 'Cette référence accompagne le numéro du registre de l’État ; elle ne le remplace pas et n’émane pas de l’État.',
    en: 'This reference goes beside the number of the State’s register; it does not replace it and does not come from the State.',
  },
  noStateNumber: { fr: 'pas encore enregistrée ici', en: 'not entered here yet' },
  vintage: { fr: 'Année des kilomètres évités', en: 'Year of the kilometres avoided' },
  scheme: { fr: 'Dispositif', en: 'Scheme' },
  parts: { fr: 'Ce que chaque partie est devenue', en: 'What each part became' },
  inName: { fr: 'Au nom de', en: 'In the name of' },
  unnamed: { fr: 'nom non publié', en: 'name not published' },
  details: { fr: 'Précisions', en: 'Details' },
  sayTitle: { fr: 'Ce que vous pouvez en dire', en: 'What you may say of it' },
  sayNothing: {
    fr: 'Tant que ces unités ne sont pas retirées, personne ne peut s’en prévaloir.',
    en: 'Until these units are retired, no one may claim them.',
  },
  sayLead: { fr: 'Une phrase proposée, exacte pour ces unités :', en: 'A proposed sentence, exact for these units:' },
  sayNever: {
    fr: 'N’écrivez pas « neutre en carbone » : le code de l’environnement (article L229-68) encadre cette mention.',
    en: 'Do not write “carbon neutral”: French law (environment code, article L229-68) restricts those words.',
  },
  check: { fr: 'Vérifier sans nous croire', en: 'Check without trusting us' },
  checkLead: {
    fr: 'La liste de tous les états est signée par la clé du journal du réseau. Cherchez-y cette référence.',
    en: 'The list of all statuses is signed by the key of the network’s log. Look this reference up in it.',
  },
  statusList: { fr: 'Ouvrir la liste signée', en: 'Open the signed list' },
  logKey: { fr: 'Ouvrir la clé du journal', en: 'Open the log’s key' },
  counted: { fr: 'Comment les unités sont comptées', en: 'How units are counted' },
} as const;
