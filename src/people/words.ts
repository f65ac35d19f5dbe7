import { refusal } from '../kernel/outcome.ts';
import { terms } from './sign-in.ts';

export const words = {
  badEmail: () =>
    refusal(
      'people.bad_email',
      422,
      {
        fr: 'Cette adresse ne ressemble pas à une adresse électronique. Écrivez-la en entier, par exemple prenom.nom@exemple.fr.',
        en: 'This does not look like an e-mail address. Write it in full, for example first.last@example.org.',
      },
      'email',
    ),
  tooManyRequests: () =>
    refusal('people.too_many_requests', 429, {
      fr: `Trop de demandes de connexion. Attendez ${terms.link_minutes} minutes, ou utilisez le dernier lien reçu.`,
      en: `Too many sign-in requests. Wait ${terms.link_minutes} minutes, or use the last link you received.`,
    }),
  linkUnknown: () =>
    refusal('people.link_unknown', 404, {
      fr: 'Ce lien de connexion n’est pas reconnu. Il a pu être coupé par votre messagerie : demandez-en un autre.',
      en: 'This sign-in link is not recognised. Your mail program may have cut it: ask for another.',
    }),
  linkUsed: () =>
    refusal('people.link_used', 410, {
      fr: 'Ce lien a déjà servi : il ne fonctionne qu’une fois. Demandez-en un autre.',
      en: 'This link was already used: it works only once. Ask for another.',
    }),
  linkExpired: () =>
    refusal('people.link_expired', 410, {
      fr: `Ce lien n’est plus valable : il dure ${terms.link_minutes} minutes. Demandez-en un autre.`,
      en: `This link is no longer valid: it lasts ${terms.link_minutes} minutes. Ask for another.`,
    }),
  notFictitious: () =>
    refusal('people.not_fictitious', 403, {
      fr: 'Entrer sous un autre nom n’existe que dans un réseau fictif. Ici, connectez-vous avec votre adresse électronique.',
      en: 'Entering under another name exists only in a fictitious network. Here, sign in with your e-mail address.',
    }),
  unknownPerson: (field?: string) =>
    refusal(
      'people.unknown_person',
      404,
      {
        fr: 'Cette personne n’existe pas dans ce réseau. Vérifiez ce qui la désigne.',
        en: 'This person does not exist in this network. Check what names them.',
      },
      field,
    ),
  emailTaken: (email: string) =>
    refusal(
      'people.email_taken',
      409,
      {
        fr: `Une personne du réseau a déjà l’adresse ${email}. Donnez-lui un rôle au lieu de la créer de nouveau.`,
        en: `Someone in the network already has the address ${email}. Give them a role instead of creating them again.`,
      },
      'email',
    ),
  emptyName: (field: string) =>
    refusal('people.empty_name', 422, { fr: 'Indiquez un nom.', en: 'Give a name.' }, field),
  badSiren: () =>
    refusal(
      'people.bad_siren',
      422,
      {
        fr: 'Ce SIREN n’est pas valable : il a neuf chiffres, dont une clé de contrôle. Vérifiez-le sur un document officiel.',
        en: 'This SIREN is not valid: it has nine digits, one of them a check digit. Check it on an official document.',
      },
      'siren',
    ),
  badSiret: () =>
    refusal(
      'people.bad_siret',
      422,
      {
        fr: 'Ce SIRET n’est pas valable : il a quatorze chiffres, commence par le SIREN et finit par une clé de contrôle. Vérifiez-le sur un document officiel.',
        en: 'This SIRET is not valid: it has fourteen digits, starts with the SIREN and ends with a check digit. Check it on an official document.',
      },
      'siret',
    ),
  siretTaken: () =>
    refusal(
      'people.siret_taken',
      409,
      {
        fr: 'Une organisation du réseau a déjà ce SIRET. Utilisez-la au lieu d’en créer une autre.',
        en: 'An organisation of the network already has this SIRET. Use it instead of creating another.',
      },
      'siret',
    ),
  mayNot: () =>
    refusal('people.may_not', 403, {
      fr: 'Votre rôle ne permet pas de le faire. Demandez-le à la personne qui anime le réseau.',
      en: 'Your role does not allow this. Ask the operator of the network.',
    }),
  reasonMissing: () =>
    refusal(
      'people.reason_missing',
      422,
      { fr: 'Écrivez pourquoi : la décision en garde la trace.', en: 'Write why: the decision keeps a trace of it.' },
      'reason',
    ),
  lastOperator: () =>
    refusal('people.last_operator', 409, {
      fr: 'Cette personne est la seule à animer le réseau. Confiez ce rôle à quelqu’un d’autre, puis recommencez.',
      en: 'This person alone runs the network. Give that role to someone else, then try again.',
    }),
  badHold: () =>
    refusal(
      'people.bad_hold',
      422,
      {
        fr: 'Une retenue finit un jour à venir, dans dix ans au plus. Donnez ce jour.',
        en: 'A hold ends on a day to come, within ten years. Give that day.',
      },
      'until',
    ),
  alreadyErased: () =>
    refusal('people.already_erased', 409, {
      fr: 'Les données de cette personne sont déjà effacées : il n’y a plus rien à retenir.',
      en: 'This person’s data are erased already: there is nothing left to hold.',
    }),
  unknownHold: () =>
    refusal('people.unknown_hold', 404, {
      fr: 'Cette retenue n’existe pas dans ce réseau. Revenez à la liste.',
      en: 'This hold does not exist in this network. Go back to the list.',
    }),
  holdOver: () =>
    refusal('people.hold_over', 409, {
      fr: 'Cette retenue a déjà pris fin : elle ne garde plus rien.',
      en: 'This hold has already ended: it keeps nothing any more.',
    }),
  notSure: () =>
    refusal(
      'people.not_sure',
      422,
      {
        fr: 'Cochez la case pour confirmer : l’effacement est définitif.',
        en: 'Tick the box to confirm: erasing is final.',
      },
      'sure',
    ),
  endMissing: () =>
    refusal(
      'people.end_missing',
      422,
      {
        fr: 'L’audit se confie pour un temps : donnez la fin du mandat.',
        en: 'An audit is entrusted for a time: give the end of the mandate.',
      },
      'until',
    ),
  endsTooEarly: () =>
    refusal(
      'people.ends_too_early',
      422,
      {
        fr: 'Ce rôle finirait avant d’avoir commencé. Donnez une fin plus tardive.',
        en: 'This role would end before it began. Give a later end.',
      },
      'until',
    ),
  scopeMisfit: () =>
    refusal(
      'people.scope_misfit',
      422,
      {
        fr: 'Ce rôle ne s’exerce pas sur cet objet : un accueil ou une gestion d’espace vise un espace, une gestion d’employeur vise une organisation.',
        en: 'This role does not apply to that: a host or a space manager needs a space, an employer’s manager needs an organisation.',
      },
      'scope',
    ),
  hostnameTaken: () =>
    refusal(
      'people.hostname_taken',
      409,
      {
        fr: 'Un autre réseau répond déjà à ce nom d’hôte. Choisissez-en un autre.',
        en: 'Another network already answers to this host name. Choose another.',
      },
      'hostname',
    ),
  operatorExists: () =>
    refusal('people.operator_exists', 409, {
      fr: 'Ce réseau a déjà une personne qui l’anime : c’est à elle d’en nommer d’autres.',
      en: 'This network already has an operator: it is for them to appoint others.',
    }),
  badTokenName: () =>
    refusal(
      'people.bad_token_name',
      422,
      {
        fr: 'Donnez au jeton un nom de 100 caractères au plus : le programme qui s’en servira, par exemple.',
        en: 'Give the token a name of at most 100 characters: the program that will use it, for example.',
      },
      'name',
    ),
  unknownScope: (scope: string) =>
    refusal(
      'people.unknown_scope',
      422,
      scope === ''
        ? { fr: 'Choisissez ce que le jeton ouvre.', en: 'Choose what the token opens.' }
        : { fr: `« ${scope} » ne s’ouvre pas par un jeton.`, en: `No token opens “${scope}”.` },
      'scopes',
    ),
  badTokenEnd: () =>
    refusal(
      'people.bad_token_end',
      422,
      {
        fr: `Un jeton finit un jour à venir, dans ${terms.token_days} jours au plus. Donnez ce jour.`,
        en: `A token ends on a day to come, within ${terms.token_days} days. Give that day.`,
      },
      'until',
    ),
  tokenByToken: () =>
    refusal('people.token_by_token', 403, {
      fr: 'Un jeton n’en crée pas d’autre. Connectez-vous pour le faire.',
      en: 'A token makes no other. Sign in to do so.',
    }),
  tokenRefused: () =>
    refusal('people.token_refused', 401, {
      fr: 'Ce jeton n’est pas reconnu : il est fini, retiré ou mal copié. Créez-en un autre sur la page « Mes jetons ».',
      en: 'This token is not recognised: it is over, taken back or badly copied. Make another on the page “My tokens”.',
    }),
  unknownToken: () =>
    refusal('people.unknown_token', 404, {
      fr: 'Ce jeton n’existe pas, ou n’est pas à vous. Revenez à la liste.',
      en: 'This token does not exist, or is not yours. Go back to the list.',
    }),
  nothingToRevoke: () =>
    refusal('people.nothing_to_revoke', 404, {
      fr: 'Ce rôle n’existe pas ou a déjà pris fin.',
      en: 'This role does not exist or has already ended.',
    }),
};
