import type { Network } from '../kernel/visit.ts';
import type { ClaimKind } from './life.ts';
import type { ClaimResult } from './result.ts';

/** What both files made for people tell of a claim. */
export interface ToldClaim {
  readonly network: Network;
  readonly kind: ClaimKind;
  /** The obligated party, or the project. */
  readonly party: string;
  readonly period: string;
  readonly result: ClaimResult;
  readonly vkey: string;
}

const names: Readonly<Record<ClaimKind, { readonly fr: string; readonly en: string }>> = {
  cee: { fr: 'certificats d’économies d’énergie', en: 'energy-saving certificates' },
  lbc: { fr: 'Label Bas-Carbone', en: 'Label Bas-Carbone' },
};

const french = ({ network, kind, party, period, vkey }: ToldClaim): readonly string[] => [
  `Dossier de demande — ${names[kind].fr}, ${party}, ${period}`,
  `Réseau : ${network.name}`,
  '',
  ...(network.profile === 'demo' ? ['ESTIMATION NON OFFICIELLE : rien ne peut en être tiré.', ''] : []),
  ...(network.fictitious ? ['DONNÉES FICTIVES : personnes, réservations et chiffres sont inventés.', ''] : []),
  'Les lignes de cette demande (sans nom, sans heure, sans adresse), ce qu’elles donnent, le contrat ou le',
  'projet, les attestations et le contrôle par sondage. summary.pdf en donne le résumé.',
  '',
  'Pour vérifier (Node.js 20.15 ou plus, hors connexion) :',
  `  node verify.mjs <ce fichier .zip> --key "${vkey}"`,
  'Comparez la clé ci-dessus à celle que le réseau publie à l’adresse /log/vkey.',
  '',
  'Ces lignes sont pseudonymisées, non anonymes. Ne les publiez pas.',
];

const english = ({ network, kind, party, period, vkey }: ToldClaim): readonly string[] => [
  `Claim dossier — ${names[kind].en}, ${party}, ${period}`,
  `Network: ${network.name}`,
  '',
  ...(network.profile === 'demo' ? ['UNOFFICIAL ESTIMATE: nothing can come of it.', ''] : []),
  ...(network.fictitious ? ['FICTITIOUS DATA: people, bookings and figures are invented.', ''] : []),
  'The lines of this claim (no name, no hour, no address), what they come to, the contract or project, the',
  'statements and the sample check. summary.pdf sums it up.',
  '',
  'To verify (Node.js 20.15 or later, offline):',
  `  node verify.mjs <this .zip file> --lang en --key "${vkey}"`,
  'Compare the key above with the one that the network publishes at /log/vkey.',
  '',
  'These lines are pseudonymous, not anonymous. Do not publish them.',
];

/** `LISEZMOI.txt` of a claim's dossier, French then English. */
export const readmeText = (told: ToldClaim): string =>
  [...french(told), '', '-'.repeat(40), '', ...english(told), ''].join('\n');
