import { show } from '../kernel/bilingual.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';
import type { RangeState } from './range.ts';

const count = (n: bigint) => ({ fr: show.count(n, 'fr'), en: show.count(n, 'en') });

/** Why the units of a range in that state do not move. */
const stays: Readonly<Record<Exclude<RangeState, 'active'>, Refusal>> = {
  reserve: refusal('registry.range_in_reserve', 409, {
    fr: 'Ces unités sont en réserve : elles répondent d’une fraude découverte plus tard, et ne se cèdent ni ne se retirent.',
    en: 'These units are in reserve: they answer for fraud found later, and are neither transferred nor retired.',
  }),
  sent_out: refusal('registry.range_sent_out', 409, {
    fr: 'Ces unités sont parties vers un autre registre. Suivez-les là-bas, sous la référence que cette page cite.',
    en: 'These units left for another register. Follow them there, under the reference that this page gives.',
  }),
  retired: refusal('registry.range_retired', 409, {
    fr: 'Ces unités sont retirées : elles ont servi, définitivement. Choisissez des unités disponibles.',
    en: 'These units are retired: they have been used, for good. Choose available units.',
  }),
  cancelled: refusal('registry.range_cancelled', 409, {
    fr: 'Ces unités sont annulées, définitivement. Choisissez des unités disponibles.',
    en: 'These units are cancelled, for good. Choose available units.',
  }),
};

const useFields = {
  beneficiary: { fr: 'Nommez le bénéficiaire du retrait.', en: 'Name the beneficiary of the retirement.' },
  purpose: {
    fr: 'Choisissez un usage : contribution, compensation volontaire ou compensation obligatoire.',
    en: 'Choose a use: contribution, voluntary offset or mandatory offset.',
  },
  year: { fr: 'Donnez l’année du retrait, par exemple 2026.', en: 'Give the year of the retirement, such as 2026.' },
};

/** In order: who asks, in which profile, what is asked, of which units. */
export const words = {
  operatorOnly: refusal('registry.operator_only', 403, {
    fr: 'Seul l’opérateur du réseau tient ce registre.',
    en: 'Only the network operator keeps this register.',
  }),
  demoCannotIssue: refusal('registry.demo_cannot_issue', 409, {
    fr: 'Aucune unité ne peut être émise : ce réseau est en profil de démonstration, et ses résultats sont des estimations non officielles. Pour émettre, il faut le profil « certifying », avec toutes les valeurs de la méthode saisies et signées.',
    en: 'No unit can be issued: this network runs in the demo profile and its results are unofficial estimates. Issuing needs the “certifying” profile, with every value of the method entered and signed.',
  }),
  nothingToIssue: refusal('registry.nothing_to_issue', 409, {
    fr: 'Ce lot n’atteint pas une unité entière : le reste est reporté au lot suivant.',
    en: 'This batch does not reach one whole unit: the rest is carried to the next batch.',
  }),
  otherQuantity: refusal('registry.other_quantity', 409, {
    fr: 'Ce lot a déjà émis autre chose. Une émission ne se refait pas : vérifiez le lot.',
    en: 'This batch already issued something else. An issue is never redone: check the batch.',
  }),
  contractMissing: refusal(
    'registry.contract_missing',
    422,
    { fr: 'Donnez la référence du contrat de cession.', en: 'Give the reference of the transfer contract.' },
    'contract',
  ),
  notSignedYet: refusal(
    'registry.not_signed_yet',
    422,
    {
      fr: 'Un contrat daté de demain n’est pas encore signé. Donnez le jour de la signature.',
      en: 'A contract dated tomorrow is not signed yet. Give the day of the signature.',
    },
    'signed_on',
  ),
  wrongPrice: (field: 'price_eur_cents' | 'project_holder_eur_cents') =>
    refusal(
      'registry.wrong_price',
      422,
      {
        fr: 'Écrivez un prix par unité, en euros : 0 ou plus, par exemple 30,50.',
        en: 'Write a price per unit, in euros: 0 or more, such as 30.50.',
      },
      field,
    ),
  neutralClaim: refusal(
    'registry.neutral_claim',
    422,
    {
      fr: 'Un retrait ne rend pas « neutre en carbone », et la loi encadre cette mention (code de l’environnement, article L229-68). Dites ce que vous avez financé, et combien de tonnes.',
      en: 'A retirement makes no one “carbon neutral”, and French law restricts those words (environment code, article L229-68). Say what you financed, and how many tonnes.',
    },
    'mention',
  ),
  stateUse: refusal(
    'registry.state_use',
    422,
    {
      fr: 'Ces unités ne servent ni l’engagement climatique d’un État, ni la restitution de quotas européens. Choisissez un autre usage.',
      en: 'These units serve neither a State’s climate pledge nor the surrender of European allowances. Choose another use.',
    },
    'mention',
  ),
  useMissing: (field: keyof typeof useFields) => refusal('registry.purpose_missing', 422, useFields[field], field),
  reasonMissing: refusal('registry.reason_missing', 422, { fr: 'Dites pourquoi.', en: 'Say why.' }, 'reason'),
  destinationMissing: refusal(
    'registry.destination_missing',
    422,
    {
      fr: 'Nommez le registre d’arrivée, et la référence qu’il a donnée à ces unités.',
      en: 'Name the register where they arrive, and the reference that it gave these units.',
    },
    'register',
  ),
  referenceMissing: refusal(
    'registry.reference_missing',
    422,
    {
      fr: 'Donnez la référence que le registre de l’État a attribuée.',
      en: 'Give the reference that the State’s register assigned.',
    },
    'reference',
  ),
  wrongDay: (field: 'declared_on' | 'read_on') =>
    refusal(
      'registry.wrong_day',
      422,
      {
        fr: 'Ce jour ne convient pas : ni après aujourd’hui, ni avant la signature ou l’émission.',
        en: 'This day does not fit: neither after today, nor before the signature or the issue.',
      },
      field,
    ),
  noRange: refusal('registry.no_range', 404, {
    fr: 'Aucune série de ce réseau ne porte cet identifiant. Reprenez-la dans le registre.',
    en: 'No range of this network has that id. Take it from the register.',
  }),
  rangeMoved: refusal('registry.range_moved', 409, {
    fr: 'Cette série vient de changer : ses unités sont dans d’autres séries. Rouvrez le registre et reprenez celle qui convient.',
    en: 'This range has just changed: its units are in other ranges. Open the register again and take the one that fits.',
  }),
  stays,
  notThatMany: (most: bigint) =>
    refusal(
      'registry.not_that_many',
      422,
      {
        fr: `Choisissez un nombre entier d’unités, de 1 à ${count(most).fr}.`,
        en: `Choose a whole number of units, from 1 to ${count(most).en}.`,
      },
      'quantity',
    ),
  holderMissing: refusal(
    'registry.holder_missing',
    422,
    {
      fr: 'Choisissez une organisation du réseau, ou nommez un acquéreur extérieur ; pas les deux.',
      en: 'Choose an organisation of the network, or name a buyer from outside; not both.',
    },
    'organisation_id',
  ),
  unknownHolder: refusal(
    'registry.unknown_holder',
    404,
    {
      fr: 'Aucune organisation de ce réseau ne porte cet identifiant.',
      en: 'No organisation of this network has that id.',
    },
    'organisation_id',
  ),
  sameHolder: refusal(
    'registry.same_holder',
    409,
    { fr: 'Ces unités sont déjà à cette organisation.', en: 'These units already belong to that organisation.' },
    'organisation_id',
  ),
  noTransfer: refusal('registry.no_transfer', 404, {
    fr: 'Aucune cession à déclarer ne porte cet identifiant.',
    en: 'No transfer to declare has that id.',
  }),
  alreadyDeclared: refusal('registry.already_declared', 409, {
    fr: 'Cette cession est déjà déclarée.',
    en: 'This transfer is declared already.',
  }),
  noReference: refusal('registry.no_reference', 404, {
    fr: 'Aucune référence de l’État ne porte cet identifiant ici.',
    en: 'No reference of the State has that id here.',
  }),
  otherExternalQuantity: (quantity: bigint) =>
    refusal(
      'registry.other_external_quantity',
      409,
      {
        fr: `Cette référence est déjà enregistrée, pour ${count(quantity).fr} unités émises. Si le registre de l’État en montre moins aujourd’hui, enregistrez un relevé.`,
        en: `This reference is entered already, for ${count(quantity).en} units issued. If the State’s register shows fewer today, record a reading.`,
      },
      'external_quantity',
    ),
  moreThanExternal: (left: bigint) =>
    refusal(
      'registry.more_than_external',
      409,
      {
        fr: `Cette référence ne couvre plus que ${count(left).fr} unités des nôtres. Divisez la série, ou vérifiez la quantité émise par l’État.`,
        en: `This reference covers only ${count(left).en} more of our units. Split the range, or check the quantity that the State issued.`,
      },
      'external_quantity',
    ),
  alreadyTied: refusal(
    'registry.already_tied',
    409,
    {
      fr: 'Certaines de ces unités sont déjà rattachées à une référence de l’État.',
      en: 'Some of these units are already under a reference of the State.',
    },
    'reference',
  ),
  noBatch: refusal('registry.no_batch', 404, {
    fr: 'Aucun lot émis ne porte cet identifiant.',
    en: 'No batch that issued units has that id.',
  }),
  noDuty: refusal('registry.no_duty', 404, {
    fr: 'Aucune obligation de remplacement ne porte cet identifiant.',
    en: 'No replacement duty has that id.',
  }),
  notForThisDuty: refusal(
    'registry.not_for_this_duty',
    409,
    {
      fr: 'Ces unités ne peuvent pas servir ici : il en faut du même dispositif, d’un autre lot, et qui soient à qui doit remplacer.',
      en: 'These units do not fit here: it takes units of the same scheme, of another batch, that belong to whoever must replace.',
    },
    'range_id',
  ),
  noSerial: refusal('registry.no_serial', 404, {
    fr: 'Aucune unité de ce réseau ne porte cette référence. Recopiez-la en entier, par exemple PV-LBC-0001-2026-000001-000025.',
    en: 'No unit of this network has that reference. Copy it whole, such as PV-LBC-0001-2026-000001-000025.',
  }),
};
