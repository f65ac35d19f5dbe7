import type { ActSpec, FieldSpec } from '../kernel/act.ts';
import type { Bilingual } from '../kernel/bilingual.ts';
import { type CancelReason, cancelReasons, type Purpose } from './ending.ts';

export const purposeNames: Readonly<Record<Purpose, Bilingual>> = {
  contribution: { fr: 'contribution', en: 'contribution' },
  voluntary_offset: { fr: 'compensation volontaire', en: 'voluntary offset' },
  mandatory_offset: { fr: 'compensation obligatoire', en: 'mandatory offset' },
};

export const reasonNames: Readonly<Record<CancelReason, Bilingual>> = {
  issued_in_error: { fr: 'émises par erreur', en: 'issued in error' },
  state_decision: { fr: 'décision de l’État', en: 'decision of the State' },
  late_fraud: { fr: 'fraude découverte après l’émission', en: 'fraud found after issue' },
  replacement: { fr: 'remplacement d’unités infondées', en: 'replacement of unfounded units' },
};

const bearerNames = {
  after: {
    fr: 'personne : les unités sont payées après vérification',
    en: 'nobody: units are paid after verification',
  },
  buyer: { fr: 'l’acquéreur', en: 'the buyer' },
  project_holder: { fr: 'le porteur du projet', en: 'the project holder' },
} as const;

const quantity: FieldSpec = {
  name: 'quantity',
  kind: 'count',
  label: { fr: 'Nombre d’unités', en: 'Number of units' },
  hint: {
    fr: 'Les premières de la série partent ; les autres restent.',
    en: 'The first of the range go; the others stay.',
  },
};
const reference = (fr: string, en: string): FieldSpec => ({ name: 'reference', kind: 'text', label: { fr, en } });
const anonymous: FieldSpec = {
  name: 'anonymous',
  kind: 'check',
  label: { fr: 'Ne pas publier le nom', en: 'Do not publish the name' },
  optional: true,
};
const purpose: FieldSpec = {
  name: 'purpose',
  kind: 'choice',
  label: { fr: 'Usage', en: 'Use' },
  choices: purposeNames,
};
const named = <K extends string>(keys: readonly K[], names: Readonly<Record<K, Bilingual>>) =>
  Object.fromEntries(keys.map(key => [key, names[key]]));

/** Acts on one range. */
export const rangeActs = {
  transfer: {
    slug: 'ceder',
    title: { fr: 'Céder', en: 'Transfer' },
    lead: {
      fr: 'Les unités changent de main par un contrat signé. Vous aurez trois mois pour déclarer la cession dans le registre de l’État. Les prix ne sont jamais publics.',
      en: 'Units change hands by a signed contract. You will have three months to declare the transfer in the State’s register. Prices are never public.',
    },
    button: { fr: 'Enregistrer la cession', en: 'Record the transfer' },
    fields: [
      quantity,
      {
        name: 'organisation_id',
        kind: 'choice',
        label: { fr: 'Acquéreur du réseau', en: 'Buyer from the network' },
        optional: true,
      },
      {
        name: 'buyer_name',
        kind: 'named',
        label: { fr: 'ou acquéreur extérieur', en: 'or buyer from outside' },
        optional: true,
      },
      { name: 'contract', kind: 'text', label: { fr: 'Référence du contrat', en: 'Reference of the contract' } },
      { name: 'signed_on', kind: 'day', label: { fr: 'Signé le', en: 'Signed on' } },
      purpose,
      {
        name: 'price_eur_cents',
        kind: 'euros',
        label: { fr: 'Prix de vente d’une unité', en: 'Sale price of one unit' },
      },
      {
        name: 'project_holder_eur_cents',
        kind: 'euros',
        label: {
          fr: 'dont reçu par le porteur du projet, par unité',
          en: 'of which the project holder receives, per unit',
        },
      },
      {
        name: 'shortfall_bearer',
        kind: 'choice',
        label: { fr: 'Qui supporte des unités manquantes', en: 'Who bears missing units' },
        choices: bearerNames,
      },
      anonymous,
    ],
  },
  retirement: {
    slug: 'retirer',
    title: { fr: 'Retirer', en: 'Retire' },
    lead: {
      fr: 'Les unités servent une fois, pour un bénéficiaire et une année. C’est définitif.',
      en: 'Units serve once, for one beneficiary and one year. It is final.',
    },
    button: { fr: 'Retirer définitivement', en: 'Retire for good' },
    final: true,
    fields: [
      quantity,
      { name: 'beneficiary', kind: 'text', label: { fr: 'Bénéficiaire', en: 'Beneficiary' } },
      purpose,
      { name: 'year', kind: 'count', label: { fr: 'Année du retrait', en: 'Year of the retirement' } },
      {
        name: 'mention',
        kind: 'text',
        label: { fr: 'Ce que le bénéficiaire en dira', en: 'What the beneficiary will say of it' },
        hint: {
          fr: 'Publié sur le certificat. Jamais « neutre en carbone ».',
          en: 'Published on the certificate. Never “carbon neutral”.',
        },
        optional: true,
      },
      anonymous,
    ],
  },
  split: {
    slug: 'diviser',
    title: { fr: 'Diviser', en: 'Split' },
    lead: {
      fr: 'La série devient deux séries. Rien d’autre ne change.',
      en: 'The range becomes two. Nothing else changes.',
    },
    button: { fr: 'Diviser la série', en: 'Split the range' },
    fields: [quantity],
  },
  departure: {
    slug: 'envoyer',
    title: { fr: 'Envoyer vers un autre registre', en: 'Send to another register' },
    lead: {
      fr: 'Les unités continuent là-bas sous une autre référence. Ici, c’est définitif.',
      en: 'Units go on there under another reference. Here it is final.',
    },
    button: { fr: 'Enregistrer le départ', en: 'Record the departure' },
    final: true,
    fields: [
      quantity,
      { name: 'register', kind: 'text', label: { fr: 'Registre d’arrivée', en: 'Register of arrival' } },
      reference('Référence là-bas', 'Reference there'),
    ],
  },
  cancellation: {
    slug: 'annuler',
    title: { fr: 'Annuler', en: 'Cancel' },
    lead: {
      fr: 'Les unités sont rayées : personne ne s’en est servi, personne ne s’en servira. C’est définitif.',
      en: 'Units are struck off: nobody used them and nobody will. It is final.',
    },
    button: { fr: 'Annuler définitivement', en: 'Cancel for good' },
    final: true,
    fields: [
      quantity,
      {
        name: 'reason',
        kind: 'choice',
        label: { fr: 'Motif', en: 'Reason' },
        choices: named(cancelReasons.slice(0, 2), reasonNames),
      },
    ],
  },
  external: {
    slug: 'rattacher',
    title: { fr: 'Rattacher au numéro de l’État', en: 'Put under the State’s number' },
    lead: {
      fr: 'Le numéro du registre de l’État (Label Bas-Carbone ou EMMY) accompagne le nôtre. La série entière y est rattachée.',
      en: 'The number of the State’s register (Label Bas-Carbone or EMMY) goes beside ours. The whole range is put under it.',
    },
    button: { fr: 'Rattacher la série', en: 'Put the range under it' },
    fields: [
      reference('Référence de l’État', 'The State’s reference'),
      {
        name: 'external_quantity',
        kind: 'count',
        label: { fr: 'Unités émises par l’État sous cette référence', en: 'Units that the State issued under it' },
      },
    ],
  },
  claw_back: {
    slug: 'reprendre',
    title: { fr: 'Reprendre des unités infondées', en: 'Take unfounded units back' },
    lead: {
      fr: 'Pour une fraude découverte après l’émission de ce lot : les unités sont prises sur la réserve, puis sur ce qui n’est pas vendu ; le porteur du projet doit remplacer le reste. Ce qui est retiré reste retiré.',
      en: 'For fraud found after this batch was issued: units are taken from the reserve, then from what is not sold; the project holder must replace the rest. What is retired stays retired.',
    },
    button: { fr: 'Reprendre ces unités', en: 'Take these units back' },
    final: true,
    fields: [
      {
        ...quantity,
        hint: { fr: 'Unités du lot qui n’auraient pas dû exister.', en: 'Units of the batch that should not exist.' },
      },
      { name: 'reason', kind: 'text', label: { fr: 'Ce qui a été constaté', en: 'What was found' } },
    ],
  },
} as const satisfies Record<string, ActSpec & { readonly slug: string }>;

export type RangeAct = keyof typeof rangeActs;

export const rangeActNames = Object.keys(rangeActs) as readonly RangeAct[];

/** The act that an address names; null when it names none. */
export const actOfSlug = (slug: string | undefined): RangeAct | null =>
  rangeActNames.find(act => rangeActs[act].slug === slug) ?? null;

/** Acts on something else than a range: a transfer, a reference of the State, a duty. */
export const otherActs = {
  declaration: {
    title: { fr: 'Déclarer', en: 'Declare' },
    lead: {
      fr: 'Déclarez d’abord la cession dans le registre de l’État, puis notez ici le jour et la référence reçue.',
      en: 'First declare the transfer in the State’s register, then note here the day and the reference received.',
    },
    button: { fr: 'Enregistrer la déclaration', en: 'Record the declaration' },
    fields: [
      { name: 'declared_on', kind: 'day', label: { fr: 'Déclarée le', en: 'Declared on' } },
      reference('Référence reçue', 'Reference received'),
    ],
  },
  reading: {
    title: { fr: 'Relever le registre de l’État', en: 'Read the State’s register' },
    lead: {
      fr: 'Notez combien d’unités il montre aujourd’hui sous cette référence, même si ce n’est pas ce que nous avons.',
      en: 'Note how many units it shows today under this reference, even if it is not what we have.',
    },
    button: { fr: 'Enregistrer le relevé', en: 'Record the reading' },
    fields: [
      { name: 'quantity', kind: 'count', label: { fr: 'Unités montrées', en: 'Units shown' } },
      { name: 'read_on', kind: 'day', label: { fr: 'Relevé le', en: 'Read on' } },
    ],
  },
  replacement: {
    title: { fr: 'Remplacer', en: 'Replace' },
    lead: {
      fr: 'Annulez d’autres unités du même dispositif, que détient qui doit remplacer. C’est définitif.',
      en: 'Cancel other units of the same scheme, held by whoever must replace. It is final.',
    },
    button: { fr: 'Annuler ces unités en remplacement', en: 'Cancel these units as replacement' },
    final: true,
    fields: [{ name: 'range_id', kind: 'choice', label: { fr: 'Série', en: 'Range' } }, quantity],
  },
} as const satisfies Record<string, ActSpec>;
