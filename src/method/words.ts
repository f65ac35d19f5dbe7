import type { Bilingual, Lang } from '../kernel/bilingual.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';
import { modes } from './factors/modes.ts';

const at = (path: string): Bilingual =>
  path === '' ? { fr: 'la demande', en: 'the request' } : { fr: `« ${path} »`, en: `"${path}"` };

/** Every refusal says where the fault is, what it is and what to write instead; `path` reads like `days[0].reference[1].metres`. */
const about =
  (code: string, fr: (where: string) => string, en: (where: string) => string) =>
  (path: string): Refusal =>
    refusal(code, 422, { fr: fr(at(path).fr), en: en(at(path).en) }, path);

const list = (ids: readonly string[]) => ids.join(', ');

/** `marche (walk), voiture électrique (car_electric)`. */
const modeList = (ids: readonly string[], lang: Lang) =>
  list(ids.map(id => (Object.hasOwn(modes, id) ? `${modes[id]!.label[lang]} (${id})` : id)));

export const words = {
  notJson: refusal('method.not_json', 400, {
    fr: 'Cette ligne n’est pas du JSON. Écrivez un document JSON par ligne.',
    en: 'This line is not JSON. Write one JSON document a line.',
  }),
  notAnObject: about(
    'method.not_an_object',
    w => `Un objet JSON est attendu pour ${w}.`,
    w => `A JSON object is expected for ${w}.`,
  ),
  notAList: about(
    'method.not_a_list',
    w => `Une liste est attendue pour ${w}.`,
    w => `A list is expected for ${w}.`,
  ),
  notAText: about(
    'method.not_a_text',
    w => `Un texte est attendu pour ${w}.`,
    w => `A text is expected for ${w}.`,
  ),
  missing: about(
    'method.missing_field',
    w => `Il manque ${w}. Ajoutez ce champ.`,
    w => `${w} is missing. Add this field.`,
  ),
  unknownField: about(
    'method.unknown_field',
    w => `Le champ ${w} n’existe pas dans le contrat. Vérifiez son orthographe ou retirez-le.`,
    w => `The field ${w} is not in the contract. Check its spelling or remove it.`,
  ),
  unknownMethod: (known: readonly string[]) =>
    about(
      'method.unknown_method',
      w => `Méthode inconnue dans ${w}. Méthodes connues : ${list(known)}.`,
      w => `Unknown method in ${w}. Known methods: ${list(known)}.`,
    ),
  noSuchMethod: (known: readonly string[]) =>
    refusal('method.no_such_method', 404, {
      fr: `Aucune méthode ne porte ce nom. Méthodes : ${list(known)}.`,
      en: `No method bears that name. Methods: ${list(known)}.`,
    }),
  unknownProfile: about(
    'method.unknown_profile',
    w => `Profil inconnu dans ${w}. Profils connus : demo, certifying.`,
    w => `Unknown profile in ${w}. Known profiles: demo, certifying.`,
  ),
  profileIncomplete: (missing: readonly { readonly id: string; readonly label: Bilingual }[]) => {
    const named = (lang: 'fr' | 'en') => missing.map(unknown => `${unknown.id} (${unknown.label[lang]})`).join(' ; ');
    return refusal(
      'method.profile_incomplete',
      409,
      {
        fr: `Le profil « certifying » ne calcule pas tant qu’une valeur requise n’est pas saisie et signée par une personne qui détient le texte de la méthode. Il manque : ${named('fr')}.`,
        en: `The profile "certifying" does not compute until every required value is entered and signed by a person who holds the text of the method. Missing: ${named('en').replaceAll(' ; ', '; ')}.`,
      },
      'profile',
    );
  },
  unknownUnknown: about(
    'method.unknown_unknown',
    w => `${w} doit être le numéro d’une inconnue de la méthode, de U1 à U24.`,
    w => `${w} must be the number of an unknown of the method, from U1 to U24.`,
  ),
  unsigned: about(
    'method.value_unsigned',
    w => `${w} est vide. Dites d’où vient la valeur et qui s’en porte garant.`,
    w => `${w} is empty. Say where the value comes from and who vouches for it.`,
  ),
  enteredTwice: (id: string) =>
    refusal(
      'method.value_entered_twice',
      409,
      {
        fr: `${id} a deux valeurs. Gardez la dernière qui a été signée.`,
        en: `${id} has two values. Keep the last one signed.`,
      },
      id,
    ),
  notHonoured: ({ id, label }: { readonly id: string; readonly label: Bilingual }, possible: string) =>
    refusal(
      'method.value_not_honoured',
      422,
      {
        fr: `${id} (${label.fr}) : cette version ne sait pas appliquer la valeur saisie. Elle sait appliquer : ${possible}. Une autre valeur demande une nouvelle version de la méthode.`,
        en: `${id} (${label.en}): this version cannot apply the value entered. It can apply: ${possible}. Another value calls for a new version of the method.`,
      },
      id,
    ),
  notAsCertified: (field: string, id: string) =>
    refusal(
      'method.not_as_certified',
      422,
      {
        fr: `« ${field} » n’est pas la valeur signée pour ${id}. Reprenez-la telle quelle.`,
        en: `"${field}" is not the value signed for ${id}. Take it as it is.`,
      },
      field,
    ),
  ownRate: about(
    'method.own_factor_not_certified',
    w => `${w} porte un facteur hors du jeu signé. Pour certifier, nommez un facteur du jeu.`,
    w => `${w} bears a factor from outside the signed set. To certify, name a factor of the set.`,
  ),
  surveyShare: about(
    'method.survey_share_not_certified',
    w => `${w} est une part d’enquête : elle ne sert qu’à la sensibilité. Pour certifier, retirez-la.`,
    w => `${w} is a survey share: it serves sensitivity only. To certify, remove it.`,
  ),
  modeAbsent: (set: string, missing: readonly string[]) =>
    about(
      'method.mode_absent',
      w => `Le jeu ${set} n’a pas de facteur pour ${modeList(missing, 'fr')}, dans ${w}. Rien n’est deviné à sa place.`,
      w => `Set ${set} has no factor for ${modeList(missing, 'en')}, in ${w}. Nothing is guessed in its place.`,
    ),
  denominatorDiffers: (set: string, otherwise: readonly string[]) =>
    refusal(
      'method.denominator_differs',
      422,
      {
        fr: `Le jeu ${set} ne compte pas comme l’autre : ${modeList(otherwise, 'fr')}, par personne d’un côté et par véhicule de l’autre. Le passage de l’un à l’autre ne se devine pas.`,
        en: `Set ${set} does not count as the other one: ${modeList(otherwise, 'en')}, per person on one side and per vehicle on the other. Nothing tells how to go from one to the other.`,
      },
      'factor_set',
    ),
  mixedTotals: (a: string, b: string) =>
    refusal('method.mixed_totals', 422, {
      fr: `Ces totaux (jeux ${a} et ${b}) ne reposent pas sur la même base : périmètres, versions ou rebonds différents ne s’additionnent pas. Recalculez les jours sur une seule base.`,
      en: `These totals (sets ${a} and ${b}) do not rest on the same basis: different boundaries, versions or rebounds are not added up. Compute the days again on one basis.`,
    }),
  unknownVersion: (known: readonly string[]) =>
    about(
      'method.unknown_version',
      w => `Version inconnue dans ${w}. Versions connues : ${list(known)}.`,
      w => `Unknown version in ${w}. Known versions: ${list(known)}.`,
    ),
  unknownSet: (known: readonly string[]) =>
    about(
      'method.unknown_factor_set',
      w => `Jeu de facteurs inconnu dans ${w}. Jeux connus : ${list(known)}.`,
      w => `Unknown factor set in ${w}. Known sets: ${list(known)}.`,
    ),
  unknownVariant: about(
    'method.unknown_variant',
    w => `Variante d’effet rebond inconnue dans ${w}. Écrivez net, reference ou none.`,
    w => `Unknown rebound variant in ${w}. Write net, reference or none.`,
  ),
  unknownCombination: about(
    'method.unknown_combination',
    w => `Façon inconnue de combiner les rabais dans ${w}. Écrivez multiplicative ou additive.`,
    w => `Unknown way to combine rebates in ${w}. Write multiplicative or additive.`,
  ),
  malformedRational: about(
    'method.malformed_rational',
    w =>
      `${w} n’est pas une fraction exacte. Écrivez un entier ou une fraction, comme "31/100", sans virgule ni point.`,
    w => `${w} is not an exact fraction. Write a whole number or a fraction, like "31/100", without a decimal point.`,
  ),
  rateOutOfRange: about(
    'method.rate_out_of_range',
    w => `Le taux ${w} doit être compris entre 0 et 1, comme "31/100".`,
    w => `The rate ${w} must lie between 0 and 1, like "31/100".`,
  ),
  rebatesAboveOne: about(
    'method.rebates_above_one',
    w => `La somme des rabais additifs de ${w} dépasse 1 : elle ôterait plus que le total.`,
    w => `The additive rebates of ${w} sum to more than 1: they would take away more than the total.`,
  ),
  badCount: about(
    'method.count_not_positive',
    w => `${w} doit être un nombre entier de jours, 1 ou plus.`,
    w => `${w} must be a whole number of days, 1 or more.`,
  ),
  notACount: about(
    'method.not_a_count',
    w => `${w} doit être un nombre entier, 0 ou plus.`,
    w => `${w} must be a whole number, 0 or more.`,
  ),
  notADuration: (most: number) =>
    about(
      'method.not_a_duration',
      w => `${w} doit être un nombre entier de jours, de 0 à ${most}.`,
      w => `${w} must be a whole number of days, from 0 to ${most}.`,
    ),
  negative: about(
    'method.negative',
    w => `${w} ne peut pas être négatif.`,
    w => `${w} cannot be negative.`,
  ),
  metresNotSigned: about(
    'method.metres_not_signed',
    w => `${w} doit être un nombre entier de mètres, avec son signe.`,
    w => `${w} must be a whole number of metres, with its sign.`,
  ),
  notYesOrNo: about(
    'method.not_yes_or_no',
    w => `${w} doit être true ou false.`,
    w => `${w} must be true or false.`,
  ),
  unknownUnit: about(
    'method.unknown_unit',
    w => `${w} doit être km, day ou kWh.`,
    w => `${w} must be km, day or kWh.`,
  ),
  countNotWhole: about(
    'method.count_not_whole',
    w => `${w} doit être un nombre entier de jours ; un nombre négatif reprend des jours.`,
    w => `${w} must be a whole number of days; a negative number takes days back.`,
  ),
  badX: about(
    'method.x_not_binary',
    w => `${w} doit être 1 (pas de trajet vers l’entreprise ce jour-là) ou 0 (trajet vers l’entreprise).`,
    w => `${w} must be 1 (no trip to the company that day) or 0 (trip to the company).`,
  ),
  unknownReplaced: about(
    'method.unknown_replaced',
    w => `${w} doit être office, home, other ou unknown.`,
    w => `${w} must be office, home, other or unknown.`,
  ),
  shareContradictsReplaced: about(
    'method.share_contradicts_replaced',
    w => `${w} contredit « replaced » : une journée qui remplace du télétravail à domicile a s = 1. Retirez « s ».`,
    w => `${w} contradicts "replaced": a day that replaced home telework has s = 1. Remove "s".`,
  ),
  badMetres: about(
    'method.metres_not_whole',
    w => `${w} doit être un nombre entier de mètres, 0 ou plus.`,
    w => `${w} must be a whole number of metres, 0 or more.`,
  ),
  occupancyBelowOne: about(
    'method.occupancy_below_one',
    w => `${w} doit valoir au moins 1 : une voiture roule avec au moins une personne.`,
    w => `${w} must be at least 1: a car runs with at least one person in it.`,
  ),
  unknownFactor: (known: readonly string[]) =>
    about(
      'method.unknown_factor',
      w => `Facteur d’émission inconnu dans ${w}. Facteurs connus : ${list(known)}.`,
      w => `Unknown emission factor in ${w}. Known factors: ${list(known)}.`,
    ),
  badRate: about(
    'method.malformed_factor',
    w => `${w} doit être un nombre entier de microgrammes par mètre, 0 ou plus.`,
    w => `${w} must be a whole number of micrograms a metre, 0 or more.`,
  ),
  unknownDenominator: about(
    'method.unknown_denominator',
    w => `${w} doit être veh_km (par véhicule) ou pers_km (par personne).`,
    w => `${w} must be veh_km (a vehicle) or pers_km (a person).`,
  ),
  denominatorMismatch: about(
    'method.factor_denominator_mismatch',
    w =>
      `${w} : ce facteur est déjà par personne et ne se divise pas par un taux d’occupation. Retirez l’occupation ou prenez un facteur par véhicule.`,
    w =>
      `${w}: this factor is already per person and cannot be divided by an occupancy. Remove the occupancy or use a factor per vehicle.`,
  ),
  factorExpired: (last: string) =>
    about(
      'method.factor_expired',
      w =>
        `Le facteur de ${w} n’est plus utilisable après le ${last}. Choisissez une version de la méthode en vigueur.`,
      w => `The factor of ${w} may not be used after ${last}. Choose a version of the method that is in force.`,
    ),
  factorNotYetValid: (first: string) =>
    about(
      'method.factor_not_yet_valid',
      w => `Le facteur de ${w} n’est pas utilisable avant le ${first}.`,
      w => `The factor of ${w} may not be used before ${first}.`,
    ),
  negativeEnergy: about(
    'method.space_energy_negative',
    w => `${w} ne peut pas être négatif : l’énergie de l’espace ne fait pas baisser les émissions.`,
    w => `${w} cannot be negative: the energy of the space does not lower emissions.`,
  ),
  energyNotCounted: about(
    'method.space_energy_not_certified',
    w => `${w} doit être absent ou nul : les valeurs signées ne comptent pas l’énergie de l’espace.`,
    w => `${w} must be absent or zero: the signed values do not count the energy of the space.`,
  ),
  badDay: about(
    'method.not_a_day',
    w => `${w} doit être un jour du calendrier, comme "2026-11-24".`,
    w => `${w} must be a calendar day, like "2026-11-24".`,
  ),
};

/** `method.factor_expired` → `factor_expired`: the contract of the command line prints codes without the room. */
export const bareCode = (refusalCode: string): string => refusalCode.slice(refusalCode.indexOf('.') + 1);

export const watermark: Bilingual = { fr: 'estimation non officielle', en: 'unofficial estimate' };
