import type { Lang } from '../kernel/bilingual.ts';
import { whyStopped } from './labels.ts';

export interface Stopped {
  readonly url: string;
  readonly why: keyof typeof whyStopped;
  readonly link: string | null;
}

/** The mail that says that a program is told nothing more. */
export function stoppedMail({ url, why, link }: Stopped, lang: Lang): { subject: string; text: string } {
  const { host } = new URL(url);
  const where = link === null ? '' : `\n\n${link}`;
  return lang === 'fr'
    ? {
        subject: `Webhook arrêté : ${host}`,
        text: `Le webhook vers ${host} est arrêté.\n\n${whyStopped[why].fr}\nCe qui attend partira quand vous le remettrez en marche.${where}\n`,
      }
    : {
        subject: `Webhook stopped: ${host}`,
        text: `The webhook to ${host} is stopped.\n\n${whyStopped[why].en}\nWhat waits will leave when you start it again.${where}\n`,
      };
}
