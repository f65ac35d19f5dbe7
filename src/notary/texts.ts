import type { Bilingual } from '../kernel/bilingual.ts';
import type { KeyStatus } from './keys.ts';
import type { Answer } from './witnesses.ts';

const text = (fr: string, en: string): Bilingual => ({ fr, en });

/** What the page of the log says. */
export const texts = {
  title: text('Le journal scellé', 'The sealed log'),
  lead: text('Rien ne change sans que cela se voie.', 'Nothing changes unseen.'),
  what: text('En trois phrases', 'In three sentences'),
  sentences: [
    text(
      'Chaque fait compté laisse ici une empreinte : une suite de chiffres qui ne dit rien de personne, et qui ne serait plus la même si le fait changeait.',
      'Each fact that is counted leaves a hash here: digits that tell nothing of anyone, and that would not be the same if the fact changed.',
    ),
    text(
      'Le journal ne fait que grandir : à chaque ajout, il signe sa taille et l’empreinte de tout ce qu’il contient.',
      'The log only grows: at each addition it signs its size and the hash of all it holds.',
    ),
  ],
  witnessed: text(
    'Des témoins que le réseau ne dirige pas gardent la dernière signature et refusent toute autre histoire.',
    'Witnesses that the network does not direct keep the last signature and refuse any other history.',
  ),
  notWitnessed: text(
    'Un témoin que le réseau ne dirige pas peut garder la dernière signature et refuser toute autre histoire.',
    'A witness that the network does not direct may keep the last signature and refuse any other history.',
  ),
  entries: text('entrées scellées', 'sealed entries'),
  age: text('depuis la dernière signature du journal', 'since the log last signed'),
  dated: text('depuis que quelqu’un l’a dit à jour', 'since someone dated it as the latest'),
  days: (count: string) => text(`${count} jours`, `${count} days`),
  none: text('Ce journal n’est pas encore ouvert', 'This log is not open yet'),
  noneDetail: text('Il s’ouvrira quand le premier mois sera clos.', 'It opens when the first month is closed.'),
  latest: text('Le dernier point de contrôle', 'The latest checkpoint'),
  latestLead: text(
    'Gardez-le : un journal réécrit ne lui correspondrait plus. Il suit les formats C2SP signed-note et tlog-checkpoint.',
    'Keep it: a rewritten log would no longer match it. It follows C2SP signed-note and tlog-checkpoint.',
  ),
  sealedOn: text('Signé le', 'Signed on'),
  datedOn: text('Dit à jour le', 'Dated as the latest on'),
  download: text('Télécharger', 'Download'),
  consistency: text('Vérifier qu’il n’a fait que grandir', 'Check that it only grew'),
  witnesses: text('Les témoins', 'The witnesses'),
  witnessesLead: text(
    'Chacun garde le dernier point de contrôle qu’il a contresigné, et rien d’autre : aucune personne, aucun lieu.',
    'Each keeps the last checkpoint that it cosigned and nothing else: no person, no place.',
  ),
  noWitness: text('Aucun témoin extérieur', 'No outside witness'),
  noWitnessDetail: text(
    'Tant que personne d’autre ne contresigne, celui qui tient la base de données et le secret pourrait commencer une autre histoire. Une mairie, le financeur ou l’auditeur peut devenir témoin avec un seul fichier : witness/witness.mjs.',
    'While nobody else cosigns, whoever holds the database and the secret could start another history. A town hall, the funder or the auditor can become a witness with one file: witness/witness.mjs.',
  ),
  witness: text('Témoin', 'Witness'),
  state: text('État', 'State'),
  lastWord: text('Dernière contresignature', 'Last cosignature'),
  atSize: text('Taille', 'Size'),
  key: text('Clé', 'Key'),
  never: text('jamais', 'never'),
  notAsked: text('pas encore interrogé', 'not asked yet'),
  stamps: text('Les horodatages', 'The time stamps'),
  stampsLead: text(
    'Une autorité extérieure date l’empreinte du point de contrôle (RFC 3161). La preuve se vérifie hors ligne, avec le certificat de cette autorité.',
    'An outside authority dates the hash of the checkpoint (RFC 3161). The proof holds offline, with that authority’s certificate.',
  ),
  noStamp: text('Aucun horodatage : aucune autorité n’est réglée.', 'No time stamp: no authority is set up.'),
  stampedOn: text('Daté du', 'Dated'),
  authority: text('Autorité', 'Authority'),
  proof: text('Preuve', 'Proof'),
  stampedSize: text('Point de contrôle daté', 'Checkpoint dated'),
  keys: text('Les clés du journal', 'The keys of the log'),
  keysLead: text(
    'Ce qu’une clé a signé en son temps reste valable. Quand la clé change, l’ancienne signe la nouvelle.',
    'What a key signed in its time stays valid. When the key changes, the old one signs the new one.',
  ),
  keyList: text('La liste signée', 'The signed list'),
  generation: text('Numéro', 'Number'),
  from: text('Depuis', 'From'),
  until: text('Jusqu’au', 'Until'),
  operator: text('Pour l’opérateur du réseau', 'For the network operator'),
  addWitness: text('Ajouter un témoin', 'Add a witness'),
  name: text('Nom du témoin', 'Name of the witness'),
  nameHint: text(
    'Tel que le public le lira : « Mairie de Ganges ».',
    'As the public will read it: “Ganges town hall”.',
  ),
  vkey: text('Clé du témoin', 'Key of the witness'),
  vkeyHint: text('La ligne que le témoin affiche à son démarrage.', 'The line that the witness shows when it starts.'),
  url: text('Adresse du témoin', 'Address of the witness'),
  remove: text('Retirer', 'Remove'),
  removing: (name: string) => text(`Retirer le témoin ${name}`, `Remove the witness ${name}`),
  rotate: text('Changer de clé', 'Change the key'),
  rotateLead: text(
    'La prochaine clé prend la suite et l’ancienne signe pour elle. Prévenez vos témoins : ils doivent connaître la nouvelle clé.',
    'The next key takes over and the old one signs for it. Tell your witnesses: they must know the new key.',
  ),
  revoke: text('Révoquer une ancienne clé', 'Revoke an old key'),
  revokeLead: text(
    'Si quelqu’un d’autre a pu tenir une clé, dites depuis quand : ses signatures ne valent plus rien à partir de ce jour.',
    'If someone else may have held a key, say since when: its signatures are worth nothing from that day.',
  ),
  since: text('Depuis le', 'Since'),
  revokeButton: text('Révoquer cette clé', 'Revoke this key'),
  done: text('C’est fait', 'Done'),
} as const;

export const answers: Readonly<
  Record<Answer, { readonly tone: 'good' | 'pending' | 'bad'; readonly label: Bilingual }>
> = {
  cosigned: { tone: 'good', label: text('contresigne', 'cosigns') },
  ahead: { tone: 'bad', label: text('a vu plus d’entrées que nous', 'has seen more entries than we have') },
  other_history: { tone: 'bad', label: text('a vu une autre histoire', 'has seen another history') },
  unknown_log: { tone: 'pending', label: text('ne connaît pas ce journal', 'does not know this log') },
  unknown_key: { tone: 'pending', label: text('ne connaît pas cette clé', 'does not know this key') },
  bad_answer: { tone: 'pending', label: text('répond mal', 'answers wrongly') },
  unreachable: { tone: 'pending', label: text('ne répond pas', 'does not answer') },
};

export const statuses: Readonly<
  Record<KeyStatus, { readonly tone: 'good' | 'plain' | 'bad'; readonly label: Bilingual }>
> = {
  current: { tone: 'good', label: text('signe aujourd’hui', 'signs today') },
  retired: { tone: 'plain', label: text('a signé en son temps', 'signed in its time') },
  revoked: { tone: 'bad', label: text('révoquée', 'revoked') },
};
