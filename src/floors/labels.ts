import type { Bilingual } from '../kernel/bilingual.ts';

/** What the pages of plans say. */
export const labels = {
  title: { fr: 'Plan des étages', en: 'Floor plans' },
  lead: {
    fr: 'Où se trouve chaque place. Qui réserve voit sur le plan ce qui est libre ; la même chose est dite en liste.',
    en: 'Where each place stands. Whoever books sees on the plan what is free; a list says the same.',
  },
  back: { fr: 'Gestion de l’espace', en: 'Managing the space' },
  noPlan: { fr: 'Aucun étage n’est dessiné', en: 'No floor is drawn yet' },
  noPlanText: {
    fr: 'Partez d’un étage où toutes les places sont en rangs, puis déplacez-les.',
    en: 'Start from a floor with all places in rows, then move them.',
  },
  draw: { fr: 'Dessiner un étage', en: 'Draw a floor' },
  redraw: { fr: 'Modifier ce plan', en: 'Change this plan' },
  floor: { fr: 'Étage', en: 'Floor' },
  floorHint: { fr: '0 est le rez-de-chaussée', en: '0 is the ground floor' },
  size: { fr: 'Taille de l’étage', en: 'Size of the floor' },
  width: { fr: 'Largeur', en: 'Width' },
  depth: { fr: 'Profondeur', en: 'Depth' },
  places: { fr: 'Les places', en: 'The places' },
  placesLead: {
    fr: 'En centimètres depuis le coin en haut à gauche. Glissez une place sur le plan, ou choisissez-la et poussez-la avec les flèches (R la tourne) ; ou écrivez ses nombres ici.',
    en: 'In centimetres from the top left corner. Drag a place on the plan, or pick it and push it with the arrow keys (R turns it); or write its numbers here.',
  },
  place: { fr: 'Place', en: 'Place' },
  onThisFloor: { fr: 'Sur cet étage', en: 'On this floor' },
  x: { fr: 'De la gauche', en: 'From the left' },
  y: { fr: 'Du haut', en: 'From the top' },
  turn: { fr: 'Tournée de', en: 'Turned by' },
  walls: { fr: 'Murs', en: 'Walls' },
  wallsHint: {
    fr: 'Un par ligne : quatre nombres de centimètres, d’un point à un autre, comme « 0 300 450 300 ».',
    en: 'One a line: four numbers of centimetres, from one point to another, such as “0 300 450 300”.',
  },
  labels: { fr: 'Inscriptions', en: 'Labels' },
  labelsHint: {
    fr: 'Une par ligne : deux nombres de centimètres puis les mots, comme « 120 80 Entrée ».',
    en: 'One a line: two numbers of centimetres then the words, such as “120 80 Entrance”.',
  },
  save: { fr: 'Remplacer le plan', en: 'Replace the plan' },
  saveFirst: { fr: 'Garder ce plan', en: 'Keep this plan' },
  remove: { fr: 'Retirer le plan de cet étage', en: 'Take this floor’s plan away' },
  saved: { fr: 'Le plan est remplacé ; l’ancien est gardé.', en: 'The plan is replaced; the old one is kept.' },
  history: { fr: 'Plans de cet étage', en: 'Plans of this floor' },
  from: { fr: 'Depuis', en: 'From' },
  until: { fr: 'Jusqu’au', en: 'Until' },
  inForce: { fr: 'en vigueur', en: 'in force' },
  placed: { fr: 'Places dessinées', en: 'Places drawn' },
  keys: {
    fr: 'Flèches pour déplacer, Maj pour un centimètre, R pour tourner',
    en: 'Arrows to move, Shift for one centimetre, R to turn',
  },
  overlaps: {
    fr: 'se recouvre avec une autre, ou dépasse de l’étage',
    en: 'overlaps another, or lies outside the floor',
  },
} as const satisfies Record<string, Bilingual>;

/** `Rez-de-chaussée`, `Étage 2`, `Sous-sol 1` */
export const floorName = (floor: number): Bilingual => {
  if (floor === 0) return { fr: 'Rez-de-chaussée', en: 'Ground floor' };
  return floor > 0
    ? { fr: `Étage ${floor}`, en: `Floor ${floor}` }
    : { fr: `Sous-sol ${-floor}`, en: `Basement ${-floor}` };
};
