import type { Bilingual } from '../../kernel/bilingual.ts';

/** A point that public sources do not settle, and what `demo` does meanwhile, in words. */
export interface UnknownWords {
  readonly label: Bilingual;
  readonly demo_default: Bilingual;
}

const open = (label: readonly [fr: string, en: string], demo: readonly [fr: string, en: string]): UnknownWords => ({
  label: { fr: label[0], en: label[1] },
  demo_default: { fr: demo[0], en: demo[1] },
});

export const unknownWords: Readonly<Record<`U${number}`, UnknownWords>> = {
  U1: open(
    ['équations officielles', 'official equations'],
    ['équations reconstituées, effet rebond sur le gain net', 'reconstructed equations, rebound on the net saving'],
  ),
  U2: open(
    ['facteurs d’émission officiels', 'official emission factors'],
    ['jeu A (voiture : 0,193 kg/km)', 'set A (car: 0.193 kg/km)'],
  ),
  U3: open(['périmètre des facteurs', 'boundary of the factors'], ['phase d’usage', 'use phase']),
  U4: open(
    ['facteur figé à la labellisation ou mis à jour chaque année', 'factor fixed at labelling or updated yearly'],
    ['figé par version de projet', 'fixed per project version'],
  ),
  U5: open(
    ['taux et assiette de l’effet rebond', 'rate and base of the rebound'],
    ['31/100 du gain net ; 25/100 en sensibilité', '31/100 of the net saving; 25/100 as sensitivity'],
  ),
  U6: open(
    ['rabais et façon de les combiner (zéro possible)', 'rebates and how they combine (zero allowed)'],
    ['aucun ; multiplicatifs', 'none; multiplicative'],
  ),
  U7: open(
    ['journée au bureau ou télétravail à domicile remplacé', 'office day or home telework replaced'],
    [
      'réponse du salarié chaque jour ; sans réponse, rien n’est compté',
      'the worker’s answer each day; no answer counts nothing',
    ],
  ),
  U8: open(
    ['situations de référence sans voiture', 'baselines without a car'],
    ['facteur propre au mode, résultat négatif admis', 'the mode’s own factor, negative results kept'],
  ),
  U9: open(
    [
      'distance déclarée ou calculée, la plus rapide ou la plus courte',
      'distance declared or routed, fastest or shortest',
    ],
    [
      'calculée, la plus courte ; si la déclaration diffère, la distance qui donne le gain le plus faible',
      'routed, shortest; where the declaration differs, the distance giving the lower saving',
    ],
  ),
  U10: open(['distance et fréquence minimales', 'minimum distance and frequency'], ['aucune', 'none']),
  U11: open(
    ['demi-journées, plusieurs espaces, entreprise le même jour', 'half days, several spaces, company on the same day'],
    [
      'gain entier seulement sans trajet vers l’entreprise ; sinon, la chaîne réelle des trajets',
      'full saving only without a trip to the company; otherwise the real chain of legs',
    ],
  ),
  U12: open(
    ['énergie de l’espace et de l’employeur', 'energy of the space and of the employer'],
    ['0, biais signalé', '0, bias disclosed'],
  ),
  U13: open(
    ['liste des communes et millésime', 'list of communes and its vintage'],
    ['grille de densité de l’INSEE, niveau dense écarté', 'INSEE density grid, dense level rejected'],
  ),
  U14: open(
    ['programme « Nouveaux Liens »', 'programme “Nouveaux Liens”'],
    ['déclaration de l’espace', 'declaration by the space'],
  ),
  U15: open(
    ['modèle de données de ValoRE, exclusivité', 'ValoRE data model, exclusivity'],
    ['schéma inconnu, rien n’est transmis', 'schema unknown, nothing is sent'],
  ),
  U16: open(
    ['seuil de 10 t : avant ou après rabais, à quelle date', '10 t threshold: before or after rebates, and when'],
    ['après rabais, au dépôt', 'after rebates, at filing'],
  ),
  U17: open(
    ['échantillon, fréquence et lieu de l’audit', 'audit sample, frequency, on site or not'],
    ['contrôles automatiques complets et échantillon de l’auditeur', 'all automatic checks and the auditor’s sample'],
  ),
  U18: open(
    ['arrondi et report', 'rounding and carry'],
    ['arrondi inférieur par vérification, reste reporté exactement', 'floor per verification, rest carried exactly'],
  ),
  U19: open(
    ['renouvellements, nombre d’audits', 'renewals, number of audits'],
    ['un à la fin, annuel possible', 'one at the end, yearly optional'],
  ),
  U20: open(['partage des revenus', 'revenue sharing'], ['aucun', 'no default']),
  U21: open(
    ['validité de la méthode après l’arrêté de 2025', 'validity of the method after the 2025 order'],
    ['avertissement', 'warning'],
  ),
  U22: open(
    ['projets Tiers-Lieux labellisés, volumes, prix', 'labelled Tiers-Lieux projects, volumes, price'],
    ['aucun trouvé', 'none found'],
  ),
  U23: open(
    ['certificats d’économies d’énergie sur les mêmes kilomètres', 'energy-saving certificates on the same kilometres'],
    ['un seul dispositif par personne et par jour', 'one scheme per person-day'],
  ),
  U24: open(['marché carbone ETS2', 'ETS2 carbon market'], ['signalé à partir de 2028', 'flagged from 2028']),
};
