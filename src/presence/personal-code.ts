import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Bilingual } from '../kernel/bilingual.ts';
import type { Id } from '../kernel/ids.ts';
import { refusal } from '../kernel/outcome.ts';
import type { Instant } from '../kernel/time.ts';
import { counterAt, tolerance_steps } from './codes.ts';

/** How long a page shows codes once it is asked to. */
export const shown_minutes = 10;
/** Digits of a code: typed in seconds, one chance in a hundred million for a guess. */
const digits = 8;
/** How far back a code is recognised, only to say that it is old. */
const remembered_steps = 8;

/** Someone who is showing codes, and to which space. */
export interface Showing {
  readonly personId: Id<'per'>;
  readonly spaceId: Id<'spc'>;
}

/** The eight digits of a step: HMAC-SHA-256(key, person, space, step) modulo 10⁸. They serve no other person and no other space. */
export const personalCode = (key: Uint8Array, { personId, spaceId }: Showing, counter: bigint): string => {
  const mac = createHmac('sha256', key).update(`personal\n${personId}\n${spaceId}\n${counter}`).digest();
  return String(mac.readBigUInt64BE(0) % 10n ** BigInt(digits)).padStart(digits, '0');
};

/** What was typed or scanned: digits alone. */
export const normalDigits = (typed: string): string => typed.replaceAll(/[\s.-]/g, '');

const same = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));

/** The step of our clock in which someone's page showed that code; null when it did not lately. */
function stepOf(key: Uint8Array, showing: Showing, { code, at }: { readonly code: string; readonly at: Instant }) {
  const now = counterAt(at);
  for (let back = -tolerance_steps; back <= remembered_steps; back++) {
    const counter = now - BigInt(back);
    if (same(personalCode(key, showing, counter), code)) return { counter, old: back > tolerance_steps };
  }
  return null;
}

export type PersonalReading =
  | { readonly kind: 'good'; readonly personId: Id<'per'>; readonly counter: bigint }
  | { readonly kind: 'old' }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'wrong' };

/** Whose code is that, read in that space at that moment of our clock? Two people with the same digits are told apart by the next step. */
export function readPersonal(
  key: Uint8Array,
  showing: readonly Showing[],
  read: { readonly code: string; readonly spaceId: Id<'spc'>; readonly at: Instant },
): PersonalReading {
  const code = normalDigits(read.code);
  const found = showing.flatMap(one => {
    const step = stepOf(key, one, { code, at: read.at });
    return step ? [{ ...one, ...step }] : [];
  });
  const here = found.filter(one => one.spaceId === read.spaceId);
  const good = here.filter(one => !one.old);
  if (good.length === 1) return { kind: 'good', personId: good[0]!.personId, counter: good[0]!.counter };
  if (good.length > 1) return { kind: 'wrong' };
  if (here.length > 0) return { kind: 'old' };
  return { kind: found.length > 0 ? 'elsewhere' : 'wrong' };
}

export const personalWords = {
  wrong: refusal(
    'presence.personal_code_wrong',
    422,
    {
      fr: 'Personne n’affiche ce code. Relisez les huit chiffres sur le téléphone, page « Mon code ».',
      en: 'Nobody shows this code. Read the eight digits again on the phone, page “My code”.',
    },
    'code',
  ),
  old: refusal(
    'presence.personal_code_expired',
    410,
    {
      fr: 'Ce code a changé : le téléphone en affiche un nouveau toutes les 15 secondes. Saisissez celui qui est affiché.',
      en: 'This code has changed: the phone shows a new one every 15 seconds. Type the one now shown.',
    },
    'code',
  ),
  elsewhere: refusal(
    'presence.personal_code_elsewhere',
    409,
    {
      fr: 'Ce code est montré pour un autre espace. Choisissez cet espace-ci sur la page « Mon code ».',
      en: 'This code is shown for another space. Choose this one on the page “My code”.',
    },
    'code',
  ),
  used: refusal(
    'presence.personal_code_used',
    409,
    {
      fr: 'Ce code a déjà servi : l’arrivée est notée, il n’y a rien à refaire.',
      en: 'This code has served already: the arrival is noted, there is nothing more to do.',
    },
    'code',
  ),
} as const;

export const personalLabels = {
  title: { fr: 'Mon code', en: 'My code' },
  lead: {
    fr: 'Un code à vous, que la borne lit : pour arriver sans viser son carré, ou avec un téléphone sans appareil photo.',
    en: 'A code of your own, which the kiosk reads: to arrive without scanning its square, or with a phone without a camera.',
  },
  space: { fr: 'Où êtes-vous ?', en: 'Where are you?' },
  show: { fr: 'Afficher mon code', en: 'Show my code' },
  hold: {
    fr: 'Montrez le carré à la borne, ou tapez-y ces huit chiffres.',
    en: 'Show the square to the kiosk, or type these eight digits there.',
  },
  qr: { fr: 'Carré à montrer à la borne', en: 'Square to show to the kiosk' },
  left: { fr: 'Nouveau code dans {s} s', en: 'New code in {s} s' },
  over: {
    fr: 'Ce code n’est plus affiché. Demandez-en un autre.',
    en: 'This code is no longer shown. Ask for another.',
  },
  other: { fr: 'Un autre espace', en: 'Another space' },
  // At the kiosk
  mine: { fr: 'J’ai un code personnel', en: 'I have a personal code' },
  digits: { fr: 'Vos huit chiffres', en: 'Your eight digits' },
  note: { fr: 'Noter mon arrivée', en: 'Note my arrival' },
  scan: { fr: 'Lire le carré de mon téléphone', en: 'Read the square on my phone' },
  stop: { fr: 'Arrêter la lecture', en: 'Stop reading' },
  camera: { fr: 'Image de l’appareil photo', en: 'Image of the camera' },
  noCamera: {
    fr: 'L’appareil photo ne s’ouvre pas : tapez les chiffres.',
    en: 'The camera does not open: type the digits.',
  },
  noNetwork: {
    fr: 'Pas de réseau : saisissez plutôt le code de la borne sur votre téléphone.',
    en: 'No network: type the kiosk’s code on your phone instead.',
  },
  noted: { fr: 'Arrivée notée, {name}', en: 'Arrival noted, {name}' },
  back: { fr: 'Revenir à la borne', en: 'Back to the kiosk' },
  refused: { fr: 'Arrivée non notée', en: 'Arrival not noted' },
} as const satisfies Record<string, Bilingual>;
