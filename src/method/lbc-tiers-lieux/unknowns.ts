import type { Bilingual } from '../../kernel/bilingual.ts';

/** What `certifying` asks of an unknown: a signed value, a clause of a contract, or nothing. */
export type Demand = 'required' | 'contract' | 'none';

/** A point of the approved method that public sources do not settle, and what `demo` does meanwhile. */
export interface Unknown {
  readonly id: `U${number}`;
  readonly label: Bilingual;
  readonly demo_default: Bilingual;
  readonly certifying: Demand;
}

const unknown = (
  id: Unknown['id'],
  certifying: Demand,
  label: readonly [fr: string, en: string],
  demo: readonly [fr: string, en: string],
): Unknown => ({ id, certifying, label: { fr: label[0], en: label[1] }, demo_default: { fr: demo[0], en: demo[1] } });

export const unknowns: readonly Unknown[] = [
  unknown(
    'U1',
    'required',
    ['équations officielles', 'official equations'],
    ['équations reconstituées, effet rebond sur le gain net', 'reconstructed equations, rebound on the net saving'],
  ),
  unknown(
    'U2',
    'required',
    ['facteurs d’émission officiels', 'official emission factors'],
    ['jeu A (voiture : 0,193 kg/km)', 'set A (car: 0.193 kg/km)'],
  ),
  unknown('U3', 'required', ['périmètre des facteurs', 'boundary of the factors'], ['phase d’usage', 'use phase']),
  unknown(
    'U4',
    'required',
    ['facteur figé à la labellisation ou mis à jour chaque année', 'factor fixed at labelling or updated yearly'],
    ['figé par version de projet', 'fixed per project version'],
  ),
  unknown(
    'U5',
    'required',
    ['taux et assiette de l’effet rebond', 'rate and base of the rebound'],
    ['31/100 du gain net ; 25/100 en sensibilité', '31/100 of the net saving; 25/100 as sensitivity'],
  ),
  unknown(
    'U6',
    'required',
    ['rabais et façon de les combiner (zéro possible)', 'rebates and how they combine (zero allowed)'],
    ['aucun ; multiplicatifs', 'none; multiplicative'],
  ),
  unknown(
    'U7',
    'required',
    ['journée au bureau ou télétravail à domicile remplacé', 'office day or home telework replaced'],
    [
      'réponse du salarié chaque jour ; sans réponse, rien n’est compté',
      'the worker’s answer each day; no answer counts nothing',
    ],
  ),
  unknown(
    'U8',
    'required',
    ['situations de référence sans voiture', 'baselines without a car'],
    ['facteur propre au mode, résultat négatif admis', 'the mode’s own factor, negative results kept'],
  ),
  unknown(
    'U9',
    'required',
    [
      'distance déclarée ou calculée, la plus rapide ou la plus courte',
      'distance declared or routed, fastest or shortest',
    ],
    [
      'calculée, la plus courte ; si la déclaration diffère, la distance qui donne le gain le plus faible',
      'routed, shortest; where the declaration differs, the distance giving the lower saving',
    ],
  ),
  unknown('U10', 'required', ['distance et fréquence minimales', 'minimum distance and frequency'], ['aucune', 'none']),
  unknown(
    'U11',
    'required',
    ['demi-journées, plusieurs espaces, entreprise le même jour', 'half days, several spaces, company on the same day'],
    [
      'gain entier seulement sans trajet vers l’entreprise ; sinon, la chaîne réelle des trajets',
      'full saving only without a trip to the company; otherwise the real chain of legs',
    ],
  ),
  unknown(
    'U12',
    'required',
    ['énergie de l’espace et de l’employeur', 'energy of the space and of the employer'],
    ['0, biais signalé', '0, bias disclosed'],
  ),
  unknown(
    'U13',
    'required',
    ['liste des communes et millésime', 'list of communes and its vintage'],
    ['grille de densité de l’INSEE, niveau dense écarté', 'INSEE density grid, dense level rejected'],
  ),
  unknown(
    'U14',
    'required',
    ['programme « Nouveaux Liens »', 'programme “Nouveaux Liens”'],
    ['déclaration de l’espace', 'declaration by the space'],
  ),
  unknown(
    'U15',
    'required',
    ['modèle de données de ValoRE, exclusivité', 'ValoRE data model, exclusivity'],
    ['schéma inconnu, rien n’est transmis', 'schema unknown, nothing is sent'],
  ),
  unknown(
    'U16',
    'required',
    ['seuil de 10 t : avant ou après rabais, à quelle date', '10 t threshold: before or after rebates, and when'],
    ['après rabais, au dépôt', 'after rebates, at filing'],
  ),
  unknown(
    'U17',
    'required',
    ['échantillon, fréquence et lieu de l’audit', 'audit sample, frequency, on site or not'],
    ['contrôles automatiques complets et échantillon de l’auditeur', 'all automatic checks and the auditor’s sample'],
  ),
  unknown(
    'U18',
    'required',
    ['arrondi et report', 'rounding and carry'],
    ['arrondi inférieur par vérification, reste reporté exactement', 'floor per verification, rest carried exactly'],
  ),
  unknown(
    'U19',
    'required',
    ['renouvellements, nombre d’audits', 'renewals, number of audits'],
    ['un à la fin, annuel possible', 'one at the end, yearly optional'],
  ),
  unknown('U20', 'contract', ['partage des revenus', 'revenue sharing'], ['aucun', 'no default']),
  unknown(
    'U21',
    'required',
    ['validité de la méthode après l’arrêté de 2025', 'validity of the method after the 2025 order'],
    ['avertissement', 'warning'],
  ),
  unknown(
    'U22',
    'none',
    ['projets Tiers-Lieux labellisés, volumes, prix', 'labelled Tiers-Lieux projects, volumes, price'],
    ['aucun trouvé', 'none found'],
  ),
  unknown(
    'U23',
    'required',
    ['certificats d’économies d’énergie sur les mêmes kilomètres', 'energy-saving certificates on the same kilometres'],
    ['un seul dispositif par personne et par jour', 'one scheme per person-day'],
  ),
  unknown(
    'U24',
    'required',
    ['marché carbone ETS2', 'ETS2 carbon market'],
    ['signalé à partir de 2028', 'flagged from 2028'],
  ),
];

/** The required values that nobody has entered and signed yet. */
export const missingFor = (entered: ReadonlySet<string>): readonly Unknown[] =>
  unknowns.filter(({ id, certifying }) => certifying === 'required' && !entered.has(id));
