import { refusal } from '../kernel/outcome.ts';

/** In order of precedence. */
export const words = {
  notAllowed: refusal('siting.not_allowed', 403, {
    fr: 'L’étude d’implantation est réservée à qui anime ou finance le réseau.',
    en: 'The siting study is for those who run or fund the network.',
  }),
  noStudy: refusal('siting.no_study', 404, {
    fr: 'Aucun flux domicile-travail n’est encore chargé pour ce réseau : sans eux, aucune commune ne peut être classée.',
    en: 'No commuting flows are loaded for this network yet: without them no town can be ranked.',
  }),
  unknownTown: (code: string) =>
    refusal('siting.unknown_town', 422, {
      fr: `La commune ${code} porte un flux ou une candidature, mais manque dans la liste des communes de l’étude.`,
      en: `Commune ${code} bears a flow or is a candidate, but is missing from the study’s list of towns.`,
    }),
};
