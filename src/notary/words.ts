import { refusal } from '../kernel/outcome.ts';

export const words = {
  noLog: refusal('notary.no_log', 404, {
    fr: 'Ce réseau n’a encore rien scellé : son journal s’ouvrira à la première clôture de mois.',
    en: 'This network has sealed nothing yet: its log opens when the first month is closed.',
  }),
  noTile: refusal('notary.no_tile', 404, {
    fr: 'Cette tuile n’existe pas dans le journal. Lisez d’abord /log/checkpoint : il donne la taille du journal.',
    en: 'The log has no such tile. Read /log/checkpoint first: it gives the size of the log.',
  }),
  noLeaf: refusal('notary.no_leaf', 404, {
    fr: 'Cette empreinte n’est pas dans le journal. Vérifiez qu’elle compte 64 chiffres hexadécimaux.',
    en: 'This hash is not in the log. Check that it has 64 hexadecimal digits.',
  }),
  badSize: refusal('notary.bad_size', 422, {
    fr: 'La taille demandée dépasse celle du journal, ou l’ancienne dépasse la nouvelle.',
    en: 'The size asked for is larger than the log, or the old one is larger than the new one.',
  }),
  otherKey: (origin: string) =>
    refusal('notary.other_key', 409, {
      fr: `Le journal « ${origin} » a été ouvert avec une autre clé. Rétablissez le secret de cette installation (PARVIS_SECRET ou le fichier « secret ») : rien n’a été scellé.`,
      en: `The log “${origin}” was opened with another key. Restore this installation’s secret (PARVIS_SECRET or the “secret” file): nothing was sealed.`,
    }),
};
