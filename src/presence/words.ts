import { type Bilingual, both, show } from '../kernel/bilingual.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';
import type { Day, Instant } from '../kernel/time.ts';
import type { EvidenceClass, Finality } from './attestation.ts';
import type { Method } from './evidence.ts';

export const classNames: Readonly<Record<EvidenceClass, Bilingual>> = {
  A: { fr: 'A : déclaration', en: 'A: declaration' },
  B: { fr: 'B : une preuve', en: 'B: one proof' },
  C: { fr: 'C : une preuve et une réservation facturée', en: 'C: a proof and a charged booking' },
};

export const methodNames: Readonly<Record<Method, Bilingual>> = {
  rotating_code: { fr: 'code de la borne', en: 'code of the kiosk' },
  personal_code: { fr: 'code personnel lu par la borne', en: 'personal code read by the kiosk' },
  tag: { fr: 'étiquette NFC', en: 'NFC tag' },
  badge: { fr: 'badge à la porte', en: 'badge at the door' },
  kiosk_name: { fr: 'nom touché sur la borne', en: 'name touched on the kiosk' },
  host_list: { fr: 'liste de l’hôte', en: 'host’s list' },
  paper_sheet: { fr: 'feuille signée', en: 'signed sheet' },
  own_declaration: { fr: 'déclaration de la personne', en: 'the person’s own word' },
};

export const finalityNames: Readonly<Record<Finality, Bilingual>> = {
  captured: { fr: 'notée', en: 'noted' },
  checking: { fr: 'en vérification', en: 'being checked' },
  provisional: { fr: 'vérifiée', en: 'checked' },
  blocked: { fr: 'bloquée par une règle', en: 'blocked by a rule' },
  creditable: { fr: 'comptable', en: 'creditable' },
  reversed: { fr: 'annulée', en: 'reversed' },
};

export const contestReasons = {
  not_there: { fr: 'Je n’y étais pas', en: 'I was not there' },
  other_space: { fr: 'J’étais dans un autre espace', en: 'I was in another space' },
  half_only: { fr: 'Je n’y étais qu’une demi-journée', en: 'I was there half the day only' },
  other: { fr: 'Autre chose', en: 'Something else' },
} as const satisfies Record<string, Bilingual>;

/** The same reasons, in the words of who runs the space. */
export const hostReasons: Readonly<Record<ContestReason, Bilingual>> = {
  not_there: { fr: 'N’était pas là', en: 'Was not there' },
  other_space: { fr: 'Était dans un autre espace', en: 'Was in another space' },
  half_only: { fr: 'Une demi-journée seulement', en: 'Half a day only' },
  other: { fr: 'Autre chose', en: 'Something else' },
};

export type ContestReason = keyof typeof contestReasons;

/** Why the network decided as it did. Codes, so that no free text is kept for ever. */
export const decisionReasons = {
  explained: { fr: 'Explication reçue', en: 'Explanation received' },
  seen_on_site: { fr: 'Vérifié sur place', en: 'Checked on site' },
  other_proof: { fr: 'Autre preuve apportée', en: 'Other proof brought' },
  usual: { fr: 'Habitude connue de l’espace', en: 'A known habit of the space' },
  unexplained: { fr: 'Sans explication', en: 'Without explanation' },
  contradicted: { fr: 'Contredit par d’autres éléments', en: 'Contradicted by other evidence' },
} as const satisfies Record<string, Bilingual>;

export type DecisionReason = keyof typeof decisionReasons;

const minutesText = (seconds: number): Bilingual => {
  const minutes = Math.max(1, Math.round(Math.abs(seconds) / 60));
  return { fr: `${minutes} min`, en: `${minutes} min` };
};

/** Refusals of check-ins come in this order: unknown kiosk, wrong code, old code, code already used. */
export const words = {
  unknownKiosk: refusal('presence.unknown_kiosk', 404, {
    fr: 'Cette borne n’existe pas, ou n’est plus en service. Demandez à l’hôte de l’espace.',
    en: 'There is no such kiosk, or it is no longer in service. Ask the space’s host.',
  }),
  wrongKey: refusal('presence.wrong_kiosk_key', 403, {
    fr: 'Cette adresse n’ouvre plus la borne. Ouvrez la page de l’espace et copiez l’adresse de la borne à nouveau.',
    en: 'This address no longer opens the kiosk. Open the space’s page and copy the kiosk’s address again.',
  }),
  wrongCode: refusal(
    'presence.wrong_code',
    422,
    {
      fr: 'Aucune borne n’affiche ce code. Relisez-le sur l’écran : six lettres ou chiffres, sans I, L, O ni U.',
      en: 'No kiosk shows this code. Read it again on the screen: six letters or digits, never I, L, O or U.',
    },
    'code',
  ),
  oldCode: refusal(
    'presence.code_expired',
    410,
    {
      fr: 'Ce code a changé : la borne en affiche un nouveau toutes les 15 secondes. Saisissez celui qui est à l’écran.',
      en: 'This code has changed: the kiosk shows a new one every 15 seconds. Type the one now on the screen.',
    },
    'code',
  ),
  codeUsed: (at: Instant, zone: string): Refusal =>
    refusal(
      'presence.code_already_used',
      409,
      {
        fr: `Ce code vous a déjà servi à ${show.clock(at, zone)} : votre arrivée est notée, il n’y a rien à refaire.`,
        en: `You already used this code at ${show.clock(at, zone)}: your arrival is noted, there is nothing more to do.`,
      },
      'code',
    ),
  forgedCode: refusal('presence.code_not_shown', 422, {
    fr: 'La borne n’a pas affiché ce code à ce moment-là : cet événement n’est pas retenu.',
    en: 'The kiosk did not show this code at that moment: this event is not kept.',
  }),
  capturedLater: refusal('presence.captured_in_the_future', 422, {
    fr: 'Cet événement est daté de plus tard que maintenant : réglez l’heure de la borne et envoyez-le de nouveau.',
    en: 'This event is dated later than now: set the kiosk’s clock and send it again.',
  }),
  capturedTooEarly: (days: number): Refusal =>
    refusal('presence.captured_too_long_ago', 410, {
      fr: `Cet événement a plus de ${days} jours : il ne peut plus être reçu. L’hôte peut le noter sur papier.`,
      en: `This event is more than ${days} days old: it can no longer be received. The host can note it on paper.`,
    }),
  eventIdReused: refusal('presence.event_id_reused', 409, {
    fr: 'Cet identifiant désigne déjà un autre événement. Envoyez-en un nouveau.',
    en: 'This id already names another event. Send a new one.',
  }),
  notAPass: refusal('presence.not_a_pass', 403, {
    fr: 'Cet appareil n’est plus reconnu : ouvrez « Ma journée » avec un réseau, puis dites votre arrivée à l’hôte.',
    en: 'This device is no longer known: open “My day” with a network, then tell the host of your arrival.',
  }),
  keptUnsigned: refusal('presence.kept_not_signed', 403, {
    fr: 'Cette arrivée n’est pas celle que le téléphone a signée : elle n’est pas retenue. Dites-la à l’hôte.',
    en: 'This arrival is not the one that the phone signed: it is not kept. Tell the host of it.',
  }),
  keptTooLong: (days: number): Refusal =>
    refusal('presence.kept_too_long', 410, {
      fr: `Un téléphone garde une arrivée ${days} jours au plus sans réseau : celle-ci ne peut plus être reçue. L’hôte peut encore la noter.`,
      en: `A phone keeps an arrival ${days} days at most without a network: this one can no longer be received. The host can still note it.`,
    }),
  keptCodeNotShown: refusal(
    'presence.kept_code_not_shown',
    422,
    {
      fr: 'Aucune borne n’affichait ce code à ce moment-là. S’il a été mal lu, ou si la borne a changé de clé depuis, déclarez votre présence : l’hôte la confirmera.',
      en: 'No kiosk showed this code at that moment. If it was misread, or if the kiosk’s key has changed since, declare your presence: the host will confirm it.',
    },
    'code',
  ),
  declaredOtherDay: (day: Day): Refusal =>
    refusal('presence.declared_another_day', 422, {
      fr: `Cette réservation est celle du ${show.date(day, 'fr')}, et vous l’avez déclarée un autre jour. Si vous y étiez, dites-le à l’hôte.`,
      en: `This booking is for ${show.date(day, 'en')}, and you declared it on another day. If you were there, tell the host.`,
    }),
  clockOff: (offset_s: number): Refusal =>
    refusal(
      'presence.kiosk_clock_off',
      409,
      both(lang => {
        const minutes = minutesText(offset_s)[lang];
        if (lang === 'fr')
          return `L’horloge de la borne ${offset_s > 0 ? 'avance' : 'retarde'} de ${minutes} : réglez l’heure de l’appareil, sinon ses codes seront refusés.`;
        return `The kiosk’s clock is ${minutes} ${offset_s > 0 ? 'fast' : 'slow'}: set the device’s time, or its codes will be refused.`;
      }),
    ),
  unknownSpace: refusal('presence.unknown_space', 404, {
    fr: 'Cet espace n’existe pas dans ce réseau.',
    en: 'There is no such space in this network.',
  }),
  notHost: refusal('presence.not_host', 403, {
    fr: 'Seuls l’hôte et les gestionnaires de cet espace tiennent sa liste de présence.',
    en: 'Only this space’s host and managers keep its attendance list.',
  }),
  unknownPerson: refusal(
    'presence.unknown_person',
    404,
    {
      fr: 'Personne n’a ce compte dans le réseau. Vérifiez l’adresse, ou créez d’abord son compte.',
      en: 'Nobody has this account in the network. Check the address, or create the account first.',
    },
    'email',
  ),
  dayNotOpenToMarks: (days: number): Refusal =>
    refusal(
      'presence.day_not_open',
      422,
      {
        fr: `La liste se corrige le jour même et pendant ${days} jours, pas avant ni après. Ensuite, la personne peut contester sa journée.`,
        en: `The list can be corrected on the day and for ${days} days, not before or after. Then the person can contest their day.`,
      },
      'day',
    ),
  dayNotOver: (day: Day): Refusal =>
    refusal('presence.day_not_over', 409, {
      fr: `La journée du ${show.date(day, 'fr')} n’est finie dans aucun espace : elle sera attestée après minuit.`,
      en: `${show.date(day, 'en')} is not over in any space: it will be attested after midnight.`,
    }),
  unknownPresence: refusal('presence.unknown_presence', 404, {
    fr: 'Cette journée de présence n’existe pas. Les vôtres sont à la page « Mes présences ».',
    en: 'There is no such day of presence. Yours are on the “My presences” page.',
  }),
  notYours: refusal('presence.not_yours', 403, {
    fr: 'Cette journée n’est pas la vôtre : seule la personne présente peut la contester.',
    en: 'This day is not yours: only the person who was present can contest it.',
  }),
  alreadyReversed: refusal('presence.already_reversed', 409, {
    fr: 'Cette journée a déjà été annulée.',
    en: 'This day has already been reversed.',
  }),
  alreadyContested: refusal('presence.already_contested', 409, {
    fr: 'Cette journée est déjà contestée : elle ne compte pas tant que le réseau n’a pas répondu.',
    en: 'This day is already contested: it does not count until the network has answered.',
  }),
  notContested: refusal('presence.not_contested', 409, {
    fr: 'Cette journée n’est pas contestée.',
    en: 'This day is not contested.',
  }),
  notOperator: refusal('presence.not_operator', 403, {
    fr: 'Seule une personne qui anime le réseau peut trancher une contestation ou une anomalie, ou annuler une journée.',
    en: 'Only a network operator may decide a contest or an anomaly, or reverse a day.',
  }),
  notOpenToCorrection: (days: number): Refusal =>
    refusal('presence.correction_closed', 409, {
      fr: `Une journée se corrige à l’accueil pendant ${days} jours. Ensuite, demandez à qui anime le réseau.`,
      en: `A day is corrected at the desk for ${days} days. After that, ask a network operator.`,
    }),
  alreadyHalf: refusal(
    'presence.already_half',
    422,
    {
      fr: 'Cette présence n’est déjà que d’une demi-journée. Choisissez un autre motif pour l’annuler.',
      en: 'This presence is already half a day only. Choose another reason to reverse it.',
    },
    'motif',
  ),
  ownPresence: refusal('presence.own_presence', 403, {
    fr: 'Cette journée est la vôtre : une autre personne du réseau doit en décider.',
    en: 'This day is your own: someone else of the network must decide on it.',
  }),
  nothingToDecide: refusal('presence.nothing_to_decide', 409, {
    fr: 'Cette règle ne demande plus de décision : elle a été tranchée, ou les faits ont changé. Rouvrez la page.',
    en: 'This rule no longer asks for a decision: it was settled, or the facts changed. Open the page again.',
  }),
  nothingToOverride: refusal('presence.nothing_to_override', 409, {
    fr: 'Il n’y a rien à lever : rien ne bloque à ce titre, ou la preuve est déjà la plus forte.',
    en: 'There is nothing to set aside: nothing blocks there, or the proof is already the strongest.',
  }),
  alreadyProposed: refusal('presence.already_proposed', 409, {
    fr: 'Cette levée est déjà proposée : une autre personne du réseau peut la confirmer.',
    en: 'This override is already proposed: someone else of the network can confirm it.',
  }),
  unknownOverride: refusal('presence.unknown_override', 404, {
    fr: 'Cette proposition n’existe pas. Celles qui attendent sont à la page « Anomalies ».',
    en: 'There is no such proposal. Those that wait are on the “Anomalies” page.',
  }),
  alreadyConfirmed: refusal('presence.already_confirmed', 409, {
    fr: 'Cette levée est déjà confirmée.',
    en: 'This override is already confirmed.',
  }),
  needsSecondPerson: refusal('presence.needs_second_person', 409, {
    fr: 'Vous avez proposé cette levée : une autre personne du réseau doit la confirmer.',
    en: 'You proposed this override: someone else of the network must confirm it.',
  }),
  unknownRule: refusal(
    'presence.unknown_rule',
    404,
    {
      fr: 'Cette règle n’est pas au catalogue.',
      en: 'There is no such rule in the catalogue.',
    },
    'regle',
  ),
  badTerm: refusal(
    'presence.bad_term',
    422,
    {
      fr: 'La fin vient après le début, un an plus tard au plus.',
      en: 'The end comes after the start, a year later at most.',
    },
    'until',
  ),
  notEmployer: refusal('presence.not_employer', 403, {
    fr: 'Seules les personnes qui gèrent cet employeur disent ses jours.',
    en: 'Only those who manage this employer tell its days.',
  }),
  notYourStaff: (day: Day): Refusal =>
    refusal(
      'presence.not_your_staff',
      422,
      {
        fr: `L’une de ces personnes n’est pas rattachée à cet employeur le ${show.date(day, 'fr')} : rien n’a été retenu.`,
        en: `One of these people is not tied to this employer on ${show.date(day, 'en')}: nothing was kept.`,
      },
      'codes',
    ),
  codeOutOfTime: (day: Day, days: number): Refusal =>
    refusal(
      'presence.code_out_of_time',
      422,
      {
        fr: `Le ${show.date(day, 'fr')} est trop loin : un code sert jusqu’à demain et ${days} jours en arrière.`,
        en: `${show.date(day, 'en')} is too far: a code serves up to tomorrow and ${days} days back.`,
      },
      'codes',
    ),
  codeNotUnderstood: (line: string): Refusal =>
    refusal(
      'presence.code_not_understood',
      422,
      {
        fr: `« ${line} » n’est pas un jour suivi d’un code : 2026-11-24;leave.`,
        en: `“${line}” is not a day followed by a code: 2026-11-24;leave.`,
      },
      'codes',
    ),
  noCode: refusal(
    'presence.no_code',
    422,
    {
      fr: 'Écrivez une ligne par journée : adresse électronique, jour, code.',
      en: 'Write one line a day: e-mail, day, code.',
    },
    'codes',
  ),
  emptyName: refusal(
    'presence.kiosk_without_name',
    422,
    {
      fr: 'Donnez un nom à la borne : l’endroit où elle est posée, par exemple « Entrée ».',
      en: 'Name the kiosk: where it stands, for instance “Entrance”.',
    },
    'name',
  ),
} as const;
