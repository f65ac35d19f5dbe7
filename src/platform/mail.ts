import type { Log } from './log.ts';
import type { Settings } from './settings.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
}

export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: string;
}

/** Sends one mail; throws when the peer refuses it, so that the job that called tries again. */
export type Post = (mail: Mail) => Promise<void>;

/** Addresses in a text, without what the reader was looking at: it may be where they live. */
const linksIn = (text: string): readonly string[] => text.match(/https?:[^\s&]+/g) ?? [];

/**
 * SMTP when settings name a server. Else the log tells what a mail is about and where it leads, so that a newcomer finds the
 * sign-in link; never to whom.
 */
export function openPost(settings: Pick<Settings, 'smtpUrl' | 'mailFrom'>, log: Log): Post {
  if (settings.smtpUrl === null) {
    return async ({ subject, text }) =>
      log.info(`\nA mail did not leave, as no SMTP_URL is set: ${subject}\n${linksIn(text).join('\n')}`);
  }
  const { smtpUrl, mailFrom } = settings;
  return async mail => {
    // Loaded with the first mail: what sends none starts sooner.
    const { createTransport } = await import('nodemailer');
    await createTransport(smtpUrl).sendMail({ from: mailFrom, ...mail, attachments: [...(mail.attachments ?? [])] });
  };
}
