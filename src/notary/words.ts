import { type Bilingual, both, show } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';

/** What is wrong with a time stamp, the first thing that is. */
const stampFaults = {
  unreadable: { fr: 'elle est illisible', en: 'it cannot be read' },
  refused: { fr: 'l’autorité a refusé la demande', en: 'the authority refused the request' },
  other_imprint: { fr: 'elle date autre chose', en: 'it dates something else' },
  other_certificate: { fr: 'elle ne cite pas ce certificat', en: 'it does not name this certificate' },
  bad_signature: { fr: 'sa signature est fausse', en: 'its signature is false' },
  not_an_authority: {
    fr: 'son certificat ne permettait pas d’horodater à ce moment',
    en: 'its certificate could not date anything at that moment',
  },
  other_nonce: { fr: 'elle répond à une autre demande', en: 'it answers another request' },
  old: { fr: 'elle ne date pas de maintenant', en: 'it is not from now' },
} as const satisfies Record<string, Bilingual>;

export const words = {
  operatorOnly: refusal('notary.operator_only', 403, {
    fr: 'Seul l’opérateur du réseau change les clés et les témoins du journal.',
    en: 'Only the network operator changes the keys and witnesses of the log.',
  }),
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
  noCheckpoint: refusal('notary.no_checkpoint', 404, {
    fr: 'Le journal n’a rien signé à cette taille, ou rien n’y a été horodaté. Prenez une taille que la page /journal cite.',
    en: 'The log signed nothing at that size, or nothing was time-stamped there. Take a size that the page /journal names.',
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
  lostEvents: ({ here, seen, by }: { readonly here: number; readonly seen: number; readonly by: Bilingual }) => {
    const [sizeHere, sizeSeen] = [both(lang => show.count(here, lang)), both(lang => show.count(seen, lang))];
    return refusal('notary.lost_events', 409, {
      fr: `Cette base de données ne prolonge pas le journal déjà signé : ${by.fr} l’a vu à ${sizeSeen.fr} entrées, il en compte ici ${sizeHere.fr}. Une sauvegarde restaurée en a sans doute perdu. Rien n’a été scellé : restaurez une sauvegarde plus récente. Si un témoin se trompe, retirez-le sur la page /journal.`,
      en: `This database does not continue the log that was already signed: ${by.en} saw it with ${sizeSeen.en} entries, here it has ${sizeHere.en}. A restored backup has probably lost some. Nothing was sealed: restore a later backup. If a witness is wrong, remove it on the page /journal.`,
    });
  },
  noKey: refusal('notary.no_key', 404, {
    fr: 'Aucune clé du journal ne porte ce numéro.',
    en: 'No key of the log has this number.',
  }),
  keySigns: refusal('notary.key_signs', 409, {
    fr: 'Cette clé signe encore le journal. Changez de clé d’abord, puis révoquez l’ancienne.',
    en: 'This key still signs the log. Change the key first, then revoke the old one.',
  }),
  keyRevoked: refusal('notary.key_revoked', 409, {
    fr: 'Cette clé est déjà révoquée : la date ne change plus.',
    en: 'This key is revoked already: the date no longer changes.',
  }),
  badRevocation: refusal('notary.bad_revocation', 422, {
    fr: 'La date de révocation est dans le futur. Donnez le premier jour où quelqu’un d’autre a pu tenir cette clé.',
    en: 'The date of revocation is in the future. Give the first day on which someone else may have held this key.',
  }),
  badStamp: (fault: keyof typeof stampFaults) =>
    refusal('notary.bad_time_stamp', 422, {
      fr: `Cette preuve d’horodatage n’est pas retenue : ${stampFaults[fault].fr}.`,
      en: `This time stamp is not kept: ${stampFaults[fault].en}.`,
    }),
  badVkey: refusal(
    'notary.bad_vkey',
    422,
    {
      fr: 'Cette clé de témoin est illisible. Recopiez en entier la ligne que le témoin affiche à son démarrage.',
      en: 'This witness key cannot be read. Copy the whole line that the witness shows when it starts.',
    },
    'vkey',
  ),
  badUrl: refusal(
    'notary.bad_url',
    422,
    {
      fr: 'L’adresse du témoin commence par https:// ou http:// et ne contient ni identifiant, ni « ? », ni « # ».',
      en: 'The address of a witness starts with https:// or http:// and holds no user name, no “?” and no “#”.',
    },
    'url',
  ),
  badName: refusal(
    'notary.bad_name',
    422,
    {
      fr: 'Nommez ce témoin en 100 caractères au plus : la mairie, le financeur, l’auditeur…',
      en: 'Name this witness in 100 characters at most: the town hall, the funder, the auditor…',
    },
    'name',
  ),
  sameWitness: refusal('notary.same_witness', 409, {
    fr: 'Cette clé est déjà celle d’un témoin.',
    en: 'This key is already that of a witness.',
  }),
  noWitness: refusal('notary.no_witness', 404, {
    fr: 'Ce témoin n’est pas, ou plus, en service.',
    en: 'This witness is not, or no longer, in service.',
  }),
};

export const thisInstallation: Bilingual = { fr: 'cette installation', en: 'this installation' };

export const witnessNamed = (name: string): Bilingual => ({ fr: `le témoin « ${name} »`, en: `the witness “${name}”` });
