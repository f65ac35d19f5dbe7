import { refusal } from '../../kernel/outcome.ts';

const list = (names: readonly string[], or: string): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} ${or} ${names.at(-1)}`;

/** In order of precedence. */
export const words = {
  emptySearch: () =>
    refusal('places.empty', 422, {
      fr: 'Écrivez une commune, un code postal ou une adresse.',
      en: 'Write a commune, a postcode or an address.',
    }),
  unknown: (text: string, near: readonly string[]) =>
    refusal('places.unknown', 404, {
      fr: `Nous ne trouvons pas « ${text} » parmi les communes de France. ${near.length > 0 ? `Vouliez-vous dire ${list(near, 'ou')} ?` : 'Essayez avec le code postal.'}`,
      en: `We cannot find “${text}” among the communes of France. ${near.length > 0 ? `Did you mean ${list(near, 'or')}?` : 'Try its postcode.'}`,
    }),
  withoutCentre: (name: string) =>
    refusal('places.without_centre', 422, {
      fr: `Nous connaissons ${name}, mais pas sa position sur la carte. Essayez une commune voisine.`,
      en: `We know ${name}, but not where it lies on the map. Try a neighbouring commune.`,
    }),
  sourceUnexpected: (rows: number, centres: number) =>
    refusal('communes.source_unexpected', 422, {
      fr: `La liste des communes n’a pas la taille attendue (${rows} communes, ${centres} positions) : rien n’a été importé. Réinstallez les paquets avec « npm ci ».`,
      en: `The list of communes does not have the expected size (${rows} communes, ${centres} positions): nothing was imported. Install the packages again with “npm ci”.`,
    }),
};
