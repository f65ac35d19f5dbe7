import { refusal } from '../kernel/outcome.ts';

export const words = {
  unknownCommune: refusal('directory.unknown_commune', 404, {
    fr: 'Cette commune n’est pas dans la liste. Écrivez son nom ou son code postal.',
    en: 'This town is not on the list. Write its name or its postcode.',
  }),
} as const;
