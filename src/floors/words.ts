import { type Refusal, refusal } from '../kernel/outcome.ts';

/** Refusals of this room, in order of precedence. */
export const words = {
  notManager: refusal('floors.not_manager', 403, {
    fr: 'Seule une personne qui gère cet espace peut en dessiner le plan.',
    en: 'Only a manager of this space may draw its plan.',
  }),
  unknownFloor: refusal('floors.unknown_floor', 404, {
    fr: 'Cet étage n’a pas de plan. Les étages vont de −5 à 60\u00a0; 0 est le rez-de-chaussée.',
    en: 'This floor has no plan. Floors go from −5 to 60; 0 is the ground floor.',
  }),
  planChanged: refusal('floors.plan_changed', 409, {
    fr: 'Quelqu’un a redessiné cet étage pendant ce temps. Rouvrez la page pour partir de son plan.',
    en: 'Someone has drawn this floor again meanwhile. Open the page again to start from their plan.',
  }),
  unreadable: (field: string): Refusal =>
    refusal(
      'floors.unreadable_number',
      422,
      {
        fr: 'Écrivez un nombre entier de centimètres, comme 120.',
        en: 'Write a whole number of centimetres, such as 120.',
      },
      field,
    ),
  floorSize: refusal(
    'floors.bad_floor_size',
    422,
    { fr: 'Un étage mesure de 2 à 100 mètres de côté.', en: 'A floor is from 2 to 100 metres wide and deep.' },
    'width_cm',
  ),
  unknownResource: refusal('floors.unknown_resource', 422, {
    fr: 'Cet espace n’a pas ce bureau ni cette salle.',
    en: 'This space has no such desk or room.',
  }),
  placedTwice: (name: string): Refusal =>
    refusal('floors.placed_twice', 422, {
      fr: `«\u00a0${name}\u00a0» est placé deux fois.`,
      en: `“${name}” is placed twice.`,
    }),
  placeSize: (name: string): Refusal =>
    refusal('floors.bad_place_size', 422, {
      fr: `«\u00a0${name}\u00a0» doit mesurer de 20 cm à 30 m de côté.`,
      en: `“${name}” must be from 20 cm to 30 m wide and deep.`,
    }),
  placeOutside: (name: string): Refusal =>
    refusal('floors.place_outside', 422, {
      fr: `«\u00a0${name}\u00a0» dépasse de l’étage. Rapprochez-le du coin, ou agrandissez l’étage.`,
      en: `“${name}” lies partly outside the floor. Bring it nearer the corner, or make the floor larger.`,
    }),
  placesOverlap: (one: string, other: string): Refusal =>
    refusal('floors.places_overlap', 422, {
      fr: `«\u00a0${one}\u00a0» et «\u00a0${other}\u00a0» se recouvrent. Écartez-les.`,
      en: `“${one}” and “${other}” overlap. Move them apart.`,
    }),
  badWall: (line: number): Refusal =>
    refusal(
      'floors.bad_wall',
      422,
      {
        fr: `Mur ${line}\u00a0: quatre nombres de centimètres, d’un point de l’étage à un autre, comme «\u00a00 300 450 300\u00a0»\u00a0; 200 murs au plus.`,
        en: `Wall ${line}: four numbers of centimetres, from one point of the floor to another, such as “0 300 450 300”; 200 walls at most.`,
      },
      'walls',
    ),
  badLabel: (line: number): Refusal =>
    refusal(
      'floors.bad_label',
      422,
      {
        fr: `Inscription ${line}\u00a0: deux nombres de centimètres et quelques mots, comme «\u00a0120 80 Entrée\u00a0»\u00a0; 40 lettres, 60 inscriptions au plus.`,
        en: `Label ${line}: two numbers of centimetres and a few words, such as “120 80 Entrance”; 40 letters, 60 labels at most.`,
      },
      'labels',
    ),
  onAnotherFloor: (name: string): Refusal =>
    refusal('floors.on_another_floor', 409, {
      fr: `«\u00a0${name}\u00a0» est sur le plan d’un autre étage. Enlevez-le d’abord de celui-là.`,
      en: `“${name}” is on the plan of another floor. Take it off that one first.`,
    }),
} as const;
