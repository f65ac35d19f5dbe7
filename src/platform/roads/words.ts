import { basename } from 'node:path';
import { both, show } from '../../kernel/bilingual.ts';
import { refusal } from '../../kernel/outcome.ts';

/** Beyond this distance from any road of the map, a point has no road distance: it is refused, never guessed. */
export const snapLimitM = 500;

const modes = {
  car: { fr: 'en voiture', en: 'by car' },
  bicycle: { fr: 'à vélo', en: 'by bicycle' },
  foot: { fr: 'à pied', en: 'on foot' },
};

/** In order of precedence: map and engine, then each end of the trip, then the road between. */
export const words = {
  engineUnavailable: () =>
    refusal('roads.engine_unavailable', 503, {
      fr: 'Le calcul d’itinéraires redémarre. Réessayez dans une minute : rien n’a été enregistré.',
      en: 'The route engine is restarting. Try again in a minute: nothing was recorded.',
    }),
  noMap: () =>
    refusal('roads.no_map', 503, {
      fr: 'Aucune carte routière n’est en service. Préparez-en une : parvis roads build <fichier.osm.pbf>, puis redémarrez.',
      en: 'No road map is in use. Prepare one: parvis roads build <file.osm.pbf>, then restart.',
    }),
  snapTooFar: (snap_m: number | null, mode: keyof typeof modes) => {
    const limit = both(lang => show.count(snapLimitM, lang));
    return refusal('roads.snap_too_far', 422, {
      fr: `Ce point est à ${snap_m === null ? `plus de ${limit.fr}` : show.count(snap_m, 'fr')} m de la route la plus proche praticable ${modes[mode].fr} (${limit.fr} m au plus). Vérifiez l’adresse, ou importez une carte qui la couvre.`,
      en: `This point is ${snap_m === null ? `more than ${limit.en}` : show.count(snap_m, 'en')} m from the nearest road one can take ${modes[mode].en} (${limit.en} m at most). Check the address, or import a map that covers it.`,
    });
  },
  noRoute: (mode: keyof typeof modes) =>
    refusal('roads.no_route', 422, {
      fr: `Aucune route ne relie ces deux points ${modes[mode].fr} sur la carte en service. Vérifiez les deux adresses.`,
      en: `No road joins these two points ${modes[mode].en} on the map in use. Check both addresses.`,
    }),
  extractUnreadable: (path: string, reason: string) =>
    refusal('roads.extract_unreadable', 422, {
      fr: `Le fichier de carte ${basename(path)} est illisible (${reason}). Téléchargez-le de nouveau au format .osm.pbf ; la carte en service n’a pas changé.`,
      en: `The map file ${basename(path)} cannot be read (${reason}). Download it again in the .osm.pbf format; the map in use is unchanged.`,
    }),
  extractWithoutRoads: (path: string) =>
    refusal('roads.extract_without_roads', 422, {
      fr: `Le fichier de carte ${basename(path)} ne contient aucune route. Choisissez un extrait OpenStreetMap complet de votre région.`,
      en: `The map file ${basename(path)} holds no road. Choose a full OpenStreetMap extract of your region.`,
    }),
  engineNotInstalled: (reason: string) =>
    refusal('roads.engine_not_installed', 503, {
      fr: `Le moteur d’itinéraires Valhalla n’a pas pu être installé (${reason}). Vérifiez l’accès au registre npm et le système (Linux avec glibc 2.28 ou plus récente, ou macOS sur puce Apple).`,
      en: `The Valhalla route engine could not be installed (${reason}). Check access to the npm registry and the system (Linux with glibc 2.28 or newer, or macOS on Apple silicon).`,
    }),
  buildFailed: (reason: string) =>
    refusal('roads.build_failed', 422, {
      fr: `La carte n’a pas pu être préparée (${reason}). La carte en service n’a pas changé.`,
      en: `The map could not be prepared (${reason}). The map in use is unchanged.`,
    }),
  serviceBusy: (seconds: number) =>
    refusal('roads.service_busy', 429, {
      fr: `Le service national d’itinéraires demande de patienter. Réessayez dans ${show.count(seconds, 'fr')} s.`,
      en: `The national route service asks us to wait. Try again in ${show.count(seconds, 'en')} s.`,
    }),
  serviceRefused: (said: string) =>
    refusal('roads.service_refused', 422, {
      fr: `Le service national d’itinéraires n’a pas pu répondre pour ces deux points (« ${said} »). Vérifiez les deux adresses.`,
      en: `The national route service could not answer for these two points (“${said}”). Check both addresses.`,
    }),
  modeNotServed: () =>
    refusal('roads.mode_not_served', 422, {
      fr: 'Le service national d’itinéraires ne connaît pas le vélo. Importez une carte avec « parvis roads build » pour mesurer ce trajet.',
      en: 'The national route service does not know bicycles. Import a map with “parvis roads build” to measure this trip.',
    }),
};
