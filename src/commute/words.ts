import { type Bilingual, both, type Lang, show } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import type { Replaced } from '../method/method.ts';
import type { Energy, TravelMode } from './baseline.ts';
import type { LegKind } from './legs.ts';

export const modeWords: Readonly<Record<TravelMode, Bilingual>> = {
  car: { fr: 'en voiture', en: 'by car' },
  motorbike: { fr: 'à moto (plus de 250 cm³)', en: 'by motorbike (above 250 cm³)' },
  scooter: { fr: 'en scooter ou moto légère', en: 'by scooter or light motorbike' },
  ter: { fr: 'en TER', en: 'by regional train (TER)' },
  intercites: { fr: 'en Intercités', en: 'by Intercités train' },
  tgv: { fr: 'en TGV', en: 'by high-speed train (TGV)' },
  rer: { fr: 'en RER ou Transilien', en: 'by suburban train (RER, Transilien)' },
  metro: { fr: 'en métro', en: 'by metro' },
  tram: { fr: 'en tramway', en: 'by tram' },
  bus: { fr: 'en bus', en: 'by bus' },
  coach: { fr: 'en autocar', en: 'by coach' },
  e_bike: { fr: 'à vélo électrique', en: 'by e-bike' },
  bicycle: { fr: 'à vélo', en: 'by bicycle' },
  walk: { fr: 'à pied', en: 'on foot' },
};

export const energyWords: Readonly<Record<Energy, Bilingual>> = {
  petrol: { fr: 'essence', en: 'petrol' },
  diesel: { fr: 'gazole', en: 'diesel' },
  hybrid: { fr: 'hybride', en: 'hybrid' },
  plug_in: { fr: 'hybride rechargeable', en: 'plug-in hybrid' },
  electric: { fr: 'électrique', en: 'electric' },
  lpg: { fr: 'GPL', en: 'LPG' },
  e85: { fr: 'superéthanol E85', en: 'E85' },
};

/** Answers to the daily question. */
export const replacedWords: Readonly<Record<Replaced, Bilingual>> = {
  office: { fr: 'Je serais allé au bureau', en: 'I would have gone to the office' },
  home: { fr: 'J’aurais télétravaillé chez moi', en: 'I would have worked from home' },
  other: { fr: 'Autre chose : congé, déplacement, pas de travail', en: 'Something else: leave, travel, no work' },
  unknown: { fr: 'Je ne sais pas', en: 'I do not know' },
};

export const legWords: Readonly<Record<LegKind, Bilingual>> = {
  home_office: { fr: 'de chez vous au bureau', en: 'from your home to the office' },
  office_home: { fr: 'du bureau à chez vous', en: 'from the office to your home' },
  home_space: { fr: 'de chez vous à l’espace', en: 'from your home to the space' },
  space_home: { fr: 'de l’espace à chez vous', en: 'from the space to your home' },
  space_office: { fr: 'de l’espace au bureau', en: 'from the space to the office' },
};

const date = (day: Day) => both((lang: Lang) => show.date(day, lang));

/** In the order in which a trip may be refused: who, what is declared, what is known of the road. */
export const words = {
  dayAlreadyCounted: (day: Day) =>
    refusal('commute.day_already_counted', 409, {
      fr: `Le ${date(day).fr} est déjà compté pour une autre présence : un même trajet vers le bureau ne s’évite pas deux fois.`,
      en: `${date(day).en} is already counted for another presence: one trip to the office cannot be avoided twice.`,
    }),
  noBaseline: (day: Day) =>
    refusal('commute.no_baseline', 409, {
      fr: `Aucune situation de trajet n’est déclarée pour le ${date(day).fr} : ce jour n’est pas compté. Déclarez vos trajets habituels dans « Mes kilomètres ».`,
      en: `No commuting situation is declared for ${date(day).en}: that day is not counted. Declare your usual trips under “My kilometres”.`,
    }),
  noDistance: (leg: LegKind) =>
    refusal('commute.no_distance', 409, {
      fr: `La distance ${legWords[leg].fr} n’est pas connue : ce jour n’est pas compté. Déclarez de nouveau vos trajets en choisissant cet espace.`,
      en: `The distance ${legWords[leg].en} is not known: that day is not counted. Declare your trips again, choosing this space.`,
    }),
  noRoute: (leg: LegKind) =>
    refusal('commute.no_route', 422, {
      fr: `Aucune route ne mène ${legWords[leg].fr} sur la carte en service. Vérifiez l’adresse du domicile et le moyen de transport ; rien n’a été compté.`,
      en: `No road leads ${legWords[leg].en} on the map in use. Check the home address and the way of travelling; nothing was counted.`,
    }),
  snapTooFar: (leg: LegKind) =>
    refusal('commute.snap_too_far', 422, {
      fr: `Le trajet ${legWords[leg].fr} commence ou finit à plus de 500 m d’une route. Précisez l’adresse du domicile ; rien n’a été compté.`,
      en: `The trip ${legWords[leg].en} starts or ends more than 500 m from any road. Give a more precise home address; nothing was counted.`,
    }),
  estimateNeverCredited: (leg: LegKind) =>
    refusal('commute.estimate_never_credited', 422, {
      fr: `La distance ${legWords[leg].fr} est une estimation, et une estimation n’est jamais comptée. Attendez qu’une carte routière couvre ce trajet.`,
      en: `The distance ${legWords[leg].en} is an estimate, and an estimate never counts. Wait until a road map covers this trip.`,
    }),
  homeGone: refusal('commute.home_gone', 409, {
    fr: 'L’adresse de cette déclaration a déjà été effacée : ses distances sont connues ou elle a été remplacée. Déclarez de nouveau vos trajets.',
    en: 'The address of this declaration is already erased: its distances are known or it was replaced. Declare your trips again.',
  }),
  unknownBaseline: refusal('commute.unknown_baseline', 404, {
    fr: 'Cette déclaration de trajets n’existe pas.',
    en: 'This declaration of trips does not exist.',
  }),
  noWorkplace: refusal('commute.no_workplace', 409, {
    fr: 'Aucun employeur ne vous rattache à un lieu de travail ce jour-là : il n’y a pas de trajet à éviter. Demandez à votre employeur de vous inviter.',
    en: 'No employer ties you to a workplace on that day: there is no commute to avoid. Ask your employer to invite you.',
  }),
  startsInThePast: (today: Day) =>
    refusal(
      'commute.starts_in_the_past',
      422,
      {
        fr: `Une nouvelle situation commence au plus tôt aujourd’hui, ${date(today).fr} : les jours passés gardent celle sous laquelle ils ont été comptés.`,
        en: `A new situation starts today, ${date(today).en}, at the earliest: past days keep the one under which they were counted.`,
      },
      'valid_from',
    ),
  distanceOutOfRange: refusal(
    'commute.distance_out_of_range',
    422,
    {
      fr: 'La distance jusqu’au bureau doit être comprise entre 1 m et 500 km, pour un aller.',
      en: 'The distance to the office must lie between 1 m and 500 km, one way.',
    },
    'declared_office_km',
  ),
  energyMissing: (field: string) =>
    refusal(
      'commute.energy_missing',
      422,
      {
        fr: 'Dites avec quoi roule la voiture : une voiture électrique n’émet pas autant qu’une voiture à essence.',
        en: 'Say what the car runs on: an electric car does not emit as much as a petrol one.',
      },
      field,
    ),
  occupancyNotUnderstood: (field: string) =>
    refusal(
      'commute.occupancy_not_understood',
      422,
      {
        fr: 'Le nombre de personnes dans la voiture vaut au moins 1, vous compris : « 1 », « 2 », ou une moyenne comme « 7/5 ».',
        en: 'The number of people in the car is 1 or more, you included: “1”, “2”, or a mean like “7/5”.',
      },
      field,
    ),
  occupancyOfNoVehicle: (field: string) =>
    refusal(
      'commute.occupancy_of_no_vehicle',
      422,
      {
        fr: 'Ce moyen de transport est déjà compté par personne : laissez 1.',
        en: 'This way of travelling is already counted per person: leave 1.',
      },
      field,
    ),
  homeUnknown: refusal(
    'commute.home_unknown',
    422,
    {
      fr: 'Cette adresse ou cette commune n’est pas reconnue. Écrivez la commune et son code postal.',
      en: 'This address or commune is not known. Write the commune and its postcode.',
    },
    'home',
  ),
  homeAmbiguous: (found: readonly string[]) =>
    refusal(
      'commute.home_ambiguous',
      422,
      {
        fr: `Plusieurs lieux répondent : ${found.join(', ')}. Ajoutez le code postal.`,
        en: `Several places match: ${found.join(', ')}. Add the postcode.`,
      },
      'home',
    ),
  homeTooVague: (commune: string) =>
    refusal(
      'commute.home_too_vague',
      422,
      {
        fr: `Le centre de ${commune} n’est pas connu assez précisément pour mesurer une route. Donnez une adresse ou une commune voisine.`,
        en: `The centre of ${commune} is not known precisely enough to measure a road. Give an address or a neighbouring commune.`,
      },
      'home',
    ),
  kilometresNotUnderstood: refusal(
    'commute.kilometres_not_understood',
    422,
    {
      fr: 'Écrivez la distance en kilomètres, comme « 35 » ou « 35,5 ».',
      en: 'Write the distance in kilometres, like “35” or “35.5”.',
    },
    'declared_office_km',
  ),
  plateNotUnderstood: refusal(
    'commute.plate_not_understood',
    422,
    {
      fr: 'Cette plaque n’est pas reconnue : des lettres et des chiffres, comme AB-123-CD. Vous pouvez la laisser vide.',
      en: 'This plate is not understood: letters and digits, like AB-123-CD. You may leave it empty.',
    },
    'plate',
  ),
  dayNotYours: refusal('commute.day_not_yours', 404, {
    fr: 'Aucune de vos journées ne correspond.',
    en: 'None of your days matches.',
  }),
  dayAhead: refusal(
    'commute.day_ahead',
    422,
    {
      fr: 'Ce jour n’est pas encore arrivé : répondez le jour même ou après.',
      en: 'This day has not come yet: answer on the day itself or later.',
    },
    'day',
  ),
};
