import { both } from '../kernel/bilingual.ts';
import { type Refusal, refusal } from '../kernel/outcome.ts';

/** Refusals about guests. */
export const guestWords = {
  alone: refusal(
    'booking.guest_alone',
    409,
    {
      fr: 'Un invité vient avec quelqu’un : réservez d’abord votre place ici, à ce moment-là.',
      en: 'A guest comes with someone: book your own place here first, at that time.',
    },
    'part',
  ),
  tooMany: (most: number): Refusal =>
    refusal(
      'booking.too_many_guests',
      409,
      both(lang => {
        if (most === 0)
          return lang === 'fr'
            ? 'Cet espace ne reçoit pas d’invités. Demandez à la personne qui vous accueille.'
            : 'This space receives no guests. Ask whoever receives you.';
        return lang === 'fr'
          ? `Cet espace reçoit ${most} invité${most > 1 ? 's' : ''} par personne et par jour : vous les avez. Demandez à la personne qui vous accueille.`
          : `This space receives ${most} guest${most > 1 ? 's' : ''} a person and day: you have them. Ask whoever receives you.`;
      }),
      'name',
    ),
  tooManyInvitations: (most: number): Refusal =>
    refusal('booking.too_many_invitations', 429, {
      fr: `Vous avez invité ${most} fois en 24 heures. Recommencez demain, ou demandez à la personne qui vous accueille.`,
      en: `You have invited ${most} times in 24 hours. Try again tomorrow, or ask whoever receives you.`,
    }),
  nameMissing: refusal(
    'booking.guest_name_missing',
    422,
    {
      fr: 'Dites qui vient : un nom, en lettres, de 120 caractères au plus.',
      en: 'Say who comes: a name, in letters, of 120 characters at most.',
    },
    'name',
  ),
  badEmail: refusal(
    'booking.guest_email_unreadable',
    422,
    {
      fr: 'Cette adresse électronique ne se lit pas. Corrigez-la, ou laissez-la vide.',
      en: 'This e-mail address cannot be read. Correct it, or leave it empty.',
    },
    'email',
  ),
} as const;
