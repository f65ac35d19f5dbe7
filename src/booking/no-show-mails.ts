import { type Letter, placeOf, type Told } from './mails.ts';
import { whenOf } from './words.ts';

/** Absences of someone in a space: how many count, and how many it allows. */
export interface StrikeCount {
  readonly count: number;
  readonly allowed: number;
}

const countText = ({ count, allowed }: StrikeCount, lang: 'fr' | 'en'): string => {
  const over = count > allowed;
  if (lang === 'fr')
    return over
      ? `C’est votre ${count}e absence : l’espace acceptera désormais chacune de vos demandes avant qu’elle soit réservée.`
      : `Absences comptées : ${count}. Au-delà de ${allowed}, l’espace accepte chaque demande avant qu’elle soit réservée.`;
  return over
    ? `This is absence number ${count}: from now on the space accepts each of your requests before it is booked.`
    : `Absences counted: ${count}. Beyond ${allowed}, the space accepts each request before it is booked.`;
};

/** To someone for whom the space waited in vain: their place is given back, how to have it again, what it costs. */
export function releasedMail(
  told: Told & { readonly strikes: StrikeCount; readonly back: string | null },
): Pick<Letter, 'subject' | 'text'> {
  const { firstName, lang, booking, strikes, back } = told;
  const when = whenOf(booking, lang);
  const page = lang === 'fr' ? ' (page « Ma journée »).' : ' (“My day” page).';
  const link = back === null ? page : ` :\n\n${back}`;
  const text =
    lang === 'fr'
      ? `Bonjour ${firstName},\n\nPersonne n’a noté votre arrivée : votre place est rendue à d’autres. Son prix reste dû, comme pour une annulation tardive.\n\n${placeOf(told)}\n\nVous y êtes ? Faites noter votre arrivée, par le code de la borne ou par l’hôte : la place vous revient si elle est libre, et l’absence ne compte pas${link}\n\n${countText(strikes, lang)}\n`
      : `Hello ${firstName},\n\nNobody noted your arrival: your place is given back to others. Its price stays due, as for a late cancellation.\n\n${placeOf(told)}\n\nAre you there? Have your arrival noted, by the kiosk’s code or by the host: the place is yours again if it is free, and the absence does not count${link.replace(' :', ':')}\n\n${countText(strikes, lang)}\n`;
  return { subject: lang === 'fr' ? `Votre place est rendue : ${when}` : `Your place is given back: ${when}`, text };
}
