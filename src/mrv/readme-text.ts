import type { Batch } from './batch.ts';

export interface ReadmeFacts {
  readonly network: string;
  readonly profile: 'demo' | 'certifying';
  readonly fictitious: boolean;
  readonly batch: Batch;
  readonly vkey: string;
}

const french = ({ network, profile, fictitious, batch, vkey }: ReadmeFacts): readonly string[] => [
  `Dossier de vérification — ${network}, mois ${batch.month}`,
  '',
  ...(profile === 'demo' ? ['ESTIMATION NON OFFICIELLE : aucun crédit carbone ne peut en être tiré.', ''] : []),
  ...(fictitious ? ['DONNÉES FICTIVES : personnes, réservations et chiffres sont inventés.', ''] : []),
  'Ce dossier contient tout ce qu’il faut pour recalculer le mois sans notre serveur : les lignes de',
  'comptabilité (sans nom, sans heure, sans adresse), les facteurs, la méthode, les preuves d’inscription',
  'au journal scellé et les contrôles passés à la clôture. summary.pdf en donne le résumé.',
  '',
  'Pour vérifier (Node.js 20.15 ou plus, hors connexion) :',
  `  node verify.mjs <ce fichier .zip> --key "${vkey}"`,
  'Le programme verify.mjs est dans le dossier « verifier » du code source de Parvis. Il ne partage aucune',
  'ligne avec le serveur. Comparez la clé ci-dessus à celle que le réseau publie à l’adresse /log/vkey.',
  '',
  'Ces lignes sont pseudonymisées, non anonymes : un lieu, un jour et une distance peuvent désigner',
  'quelqu’un dans un village. Ne les publiez pas.',
];

const english = ({ network, profile, fictitious, batch, vkey }: ReadmeFacts): readonly string[] => [
  `Verification dossier — ${network}, month ${batch.month}`,
  '',
  ...(profile === 'demo' ? ['UNOFFICIAL ESTIMATE: no carbon credit can come of it.', ''] : []),
  ...(fictitious ? ['FICTITIOUS DATA: people, bookings and figures are invented.', ''] : []),
  'This dossier holds all it takes to recompute the month without our server: the accounting lines (no name,',
  'no hour, no address), the factors, the method, the proofs of inclusion in the sealed log and the checks',
  'that passed at closing. summary.pdf sums it up.',
  '',
  'To verify (Node.js 20.15 or later, offline):',
  `  node verify.mjs <this .zip file> --lang en --key "${vkey}"`,
  'verify.mjs is in the folder “verifier” of the source code of Parvis. It shares no line with the server.',
  'Compare the key above with the one that the network publishes at /log/vkey.',
  '',
  'These lines are pseudonymous, not anonymous: a place, a day and a distance may point to someone in a',
  'village. Do not publish them.',
];

/** `LISEZMOI.txt`: what the dossier is and how to check it, French then English. */
export const readmeText = (facts: ReadmeFacts): string =>
  [...french(facts), '', '-'.repeat(40), '', ...english(facts), ''].join('\n');
