import { createTransport } from 'nodemailer';
import type { Log } from './log.ts';
import type { Settings } from './settings.ts';

export interface Mail {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}

/** Sends one mail; throws when the peer refuses it, so that the job that called tries again. */
export type Post = (mail: Mail) => Promise<void>;

/** SMTP when settings name a server; else the text goes to the log, where a newcomer finds the sign-in link. */
export function openPost(settings: Pick<Settings, 'smtpUrl' | 'mailFrom'>, log: Log): Post {
  if (settings.smtpUrl === null) {
    return async mail =>
      log.info(`\n--- Mail (no SMTP_URL is set) ---\nTo: ${mail.to}\n${mail.subject}\n\n${mail.text}\n---`);
  }
  const transport = createTransport(settings.smtpUrl);
  return async mail => {
    await transport.sendMail({ from: settings.mailFrom, ...mail });
  };
}
