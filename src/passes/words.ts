import { type Bilingual, both, type Lang, show } from '../kernel/bilingual.ts';
import { refusal } from '../kernel/outcome.ts';
import type { PassKind } from './pass.ts';

const counted = (n: number, one: Bilingual, many: Bilingual, lang: Lang): string =>
  `${show.count(n, lang)} ${(n === 1 || (lang === 'fr' && n === 0) ? one : many)[lang]}`;

const duration = (minutes: number): string =>
  minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;

/** Units of a pass as people say them: `3 demi-journées`, `2 h 30`, `12,50 €`. */
export const unitsText = (kind: PassKind, n: number, lang: Lang): string => {
  if (kind === 'cents') return show.euros(n, lang);
  if (kind === 'minutes') return duration(n);
  return kind === 'days'
    ? counted(n, { fr: 'journée', en: 'day' }, { fr: 'journées', en: 'days' }, lang)
    : counted(n, { fr: 'demi-journée', en: 'half-day' }, { fr: 'demi-journées', en: 'half-days' }, lang);
};

export const kindNames: Readonly<Record<PassKind, Bilingual>> = {
  half_days: { fr: 'Carnet de demi-journées', en: 'Carnet of half-days' },
  days: { fr: 'Carnet de journées', en: 'Carnet of days' },
  minutes: { fr: 'Crédit de temps', en: 'Time credit' },
  cents: { fr: 'Crédit en euros', en: 'Credit in euros' },
};

/** The line of the sale on the buyer's statement. */
export const saleLabel = (name: string, space: string): Bilingual =>
  both(lang => `${lang === 'fr' ? 'Carnet' : 'Pass'} « ${name} », ${space}`);

export const words = {
  unknownSpace: refusal('passes.unknown_space', 404, {
    fr: 'Cet espace n’existe pas dans ce réseau.',
    en: 'There is no such space in this network.',
  }),
  notManager: refusal('passes.not_manager', 403, {
    fr: 'Seule une personne qui gère cet espace peut dire quels carnets il vend. Pour tous les espaces, il faut les gérer tous.',
    en: 'Only a manager of this space may say which passes it sells. For all the spaces, one has to manage them all.',
  }),
  notHost: refusal('passes.not_host', 403, {
    fr: 'Seules les personnes qui accueillent dans cet espace y vendent des carnets.',
    en: 'Only those who receive people in this space sell passes there.',
  }),
  unknownOffer: refusal(
    'passes.unknown_offer',
    404,
    {
      fr: 'Ce carnet n’est pas, ou n’est plus, en vente dans cet espace. Choisissez-en un dans la liste.',
      en: 'This pass is not sold in this space, or no longer. Choose one of the list.',
    },
    'offer_id',
  ),
  unknownPerson: refusal(
    'passes.unknown_person',
    404,
    {
      fr: 'Personne dans ce réseau n’a cette adresse. Invitez d’abord la personne à s’inscrire.',
      en: 'Nobody in this network has this address. Invite the person to join first.',
    },
    'email',
  ),
  unknownPass: refusal('passes.unknown_pass', 404, {
    fr: 'Ce carnet n’existe pas, ou n’est plus à personne.',
    en: 'There is no such pass, or nobody holds it any more.',
  }),
  alreadyUsed: refusal('passes.already_used', 409, {
    fr: 'Ce carnet a déjà payé une place : il ne se reprend plus. Annulez d’abord les réservations qu’il a payées.',
    en: 'This pass has paid a place already: it is no longer taken back. Cancel first the bookings that it paid.',
  }),
  idReused: refusal('passes.id_reused', 409, {
    fr: 'Cet identifiant désigne déjà un autre carnet. Envoyez-en un nouveau.',
    en: 'This id already names another pass. Send a new one.',
  }),
  nameMissing: refusal(
    'passes.name_missing',
    422,
    { fr: 'Donnez un nom au carnet, de 80 caractères au plus.', en: 'Give the pass a name, of 80 characters at most.' },
    'name',
  ),
  quantityOutOfRange: refusal(
    'passes.quantity_out_of_range',
    422,
    {
      fr: 'Dites combien le carnet contient : un nombre entier, au moins 1 ; 10 000 € au plus pour un crédit.',
      en: 'Say how much the pass holds: a whole number, 1 at least; €10,000 at most for a credit.',
    },
    'quantity',
  ),
  priceOutOfRange: refusal(
    'passes.price_out_of_range',
    422,
    { fr: 'Le prix va de 0 à 100 000 €.', en: 'The price goes from 0 to €100,000.' },
    'price_eur_cents',
  ),
  deliberationMissing: refusal(
    'passes.deliberation_missing',
    422,
    {
      fr: 'Citez la délibération qui fixe ce prix : numéro et date.',
      en: 'Name the council’s decision that sets this price: number and date.',
    },
    'deliberation',
  ),
  validityOutOfRange: refusal(
    'passes.validity_out_of_range',
    422,
    {
      fr: 'Un carnet vaut de 1 à 1 827 jours (cinq ans), celui de la vente compris.',
      en: 'A pass holds for 1 to 1,827 days (five years), the day of sale included.',
    },
    'validity_days',
  ),
  noKind: refusal(
    'passes.no_kind_of_place',
    422,
    {
      fr: 'Dites quelles sortes de place ce carnet paie : une au moins.',
      en: 'Say which kinds of place this pass pays: one at least.',
    },
    'resource_kinds',
  ),
} as const;
