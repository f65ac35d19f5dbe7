import { type Lang, show } from '../kernel/bilingual.ts';
import type { Day, DayPart } from '../kernel/time.ts';
import type { BookingStatus } from './claim.ts';
import type { Reason } from './usual.ts';
import { whenText } from './words.ts';

/** One day of a digest: booked, or why not. */
export interface UsualNews {
  readonly day: Day;
  readonly part: DayPart;
  readonly space: string;
  readonly status: BookingStatus | null;
  readonly refusal: Reason | null;
}

const list = (news: readonly UsualNews[], lang: Lang, more: (one: UsualNews) => string): string =>
  news.map(one => `- ${whenText(one.day, one.part, lang)}, ${one.space}${more(one)}`).join('\n');

/** To someone with usual days: what was booked for them, and what could not be, in one letter. */
export function usualMail({
  firstName,
  lang,
  news,
  link,
}: {
  readonly firstName: string;
  readonly lang: Lang;
  readonly news: readonly UsualNews[];
  readonly link: string | null;
}): { subject: string; text: string } {
  const booked = news.filter(one => one.status !== null);
  const refused = news.filter(one => one.status === null);
  const fr = lang === 'fr';
  const awaits = fr ? ' (l’espace doit répondre)' : ' (awaits the space’s answer)';
  const parts = [
    fr ? `Bonjour ${firstName},` : `Hello ${firstName},`,
    ...(booked.length === 0
      ? []
      : [
          `${fr ? 'Réservé pour vous, selon vos habitudes :' : 'Booked for you, as your usual days ask:'}\n\n${list(booked, lang, one => (one.status === 'requested' ? awaits : ''))}`,
        ]),
    ...(refused.length === 0
      ? []
      : [
          `${fr ? 'Pas réservé :' : 'Not booked:'}\n\n${list(refused, lang, one => `${fr ? ' : ' : ': '}${one.refusal?.message[lang] ?? ''}`)}`,
        ]),
    fr
      ? `Un jour annulé n’est pas réservé de nouveau. Mettez une habitude en pause, ou mettez-y fin ${link === null ? 'à la page « Mes habitudes ».' : `à cette page :\n\n${link}`}`
      : `A day that you cancel is not booked again. Pause or end a usual day ${link === null ? 'on the page “My usual days”.' : `on this page:\n\n${link}`}`,
  ];
  return { subject: subjectOf(booked, refused, lang), text: `${parts.join('\n\n')}\n` };
}

function subjectOf(booked: readonly UsualNews[], refused: readonly UsualNews[], lang: Lang): string {
  const [n, m] = [show.count(booked.length, lang), show.count(refused.length, lang)];
  if (lang === 'fr') {
    const days = `${n} jour${booked.length > 1 ? 's' : ''} réservé${booked.length > 1 ? 's' : ''}`;
    return `Vos habitudes : ${days}${refused.length > 0 ? `, ${m} impossible${refused.length > 1 ? 's' : ''}` : ''}`;
  }
  const days = `${n} day${booked.length === 1 ? '' : 's'} booked`;
  return `Your usual days: ${days}${refused.length > 0 ? `, ${m} not possible` : ''}`;
}
