import { refusal } from '../kernel/outcome.ts';

export const words = {
  mayNot: refusal('integrations.may_not', 403, {
    fr: 'Les webhooks du réseau se règlent par qui l’anime, ceux d’un espace par qui le gère. Demandez-le-lui.',
    en: 'Webhooks of the network are for its operator, those of a space for who manages it. Ask them.',
  }),
  unknownSpace: refusal(
    'integrations.unknown_space',
    404,
    { fr: 'Cet espace n’existe pas dans ce réseau.', en: 'This space does not exist in this network.' },
    'space_id',
  ),
  badUrl: refusal(
    'integrations.bad_url',
    422,
    {
      fr: 'Donnez une adresse complète qui commence par https://, sans identifiant ni mot de passe, de 2 000 caractères au plus.',
      en: 'Give a full address that starts with https://, without a user name or a password, of at most 2,000 characters.',
    },
    'url',
  ),
  privateTarget: refusal(
    'integrations.private_target',
    422,
    {
      fr: 'Cette adresse mène à un réseau privé ou à cette machine : rien n’y est envoyé. Donnez une adresse publique.',
      en: 'This address leads to a private network or to this machine: nothing is sent there. Give a public address.',
    },
    'url',
  ),
  noEvent: refusal(
    'integrations.no_event',
    422,
    { fr: 'Choisissez au moins un événement.', en: 'Choose at least one event.' },
    'events',
  ),
  unknownEvent: refusal(
    'integrations.unknown_event',
    422,
    {
      fr: 'Un de ces événements n’existe pas. Choisissez dans la liste.',
      en: 'One of these events does not exist. Choose from the list.',
    },
    'events',
  ),
  notOfASpace: refusal(
    'integrations.not_of_a_space',
    422,
    {
      fr: 'Un de ces événements concerne tout le réseau : le webhook d’un espace ne peut pas l’entendre.',
      en: 'One of these events is about the whole network: the webhook of a space cannot hear it.',
    },
    'events',
  ),
  tooMany: refusal('integrations.too_many', 409, {
    fr: 'Il y a déjà vingt webhooks ici. Supprimez-en un pour en créer un autre.',
    en: 'There are twenty webhooks here already. Delete one to create another.',
  }),
  unknownSubscription: refusal('integrations.unknown_subscription', 404, {
    fr: 'Ce webhook n’existe pas, ou ne vous regarde pas. Revenez à la liste.',
    en: 'This webhook does not exist, or is not yours to see. Go back to the list.',
  }),
  unknownDelivery: refusal('integrations.unknown_delivery', 404, {
    fr: 'Cet envoi n’existe pas, ou n’est plus gardé. Revenez au journal.',
    en: 'This delivery does not exist, or is no longer kept. Go back to the log.',
  }),
  disabled: refusal('integrations.disabled', 409, {
    fr: 'Ce webhook est arrêté : rien ne part. Remettez-le en marche, puis recommencez.',
    en: 'This webhook is stopped: nothing leaves. Start it again, then retry.',
  }),
};
