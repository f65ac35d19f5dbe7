import { type Lang, show } from '../kernel/bilingual.ts';

/** How long things last and how many are allowed. A change here is a change of promise: the privacy notice shows it. */
export const terms = {
  link_minutes: 15,
  session_days: 14,
  /** Sign-in requests, used or not, are erased after this. */
  request_minutes: 60,
  /** Ended and expired sessions are erased after this. */
  session_kept_days: 30,
  /** Longest life of a program's token. */
  token_days: 366,
  /** Revoked and expired tokens are erased after this. */
  token_kept_days: 30,
  /** Within `link_minutes`. A town hall's staff may share one address, hence the second. */
  requests_per_email: 5,
  requests_per_address: 40,
} as const;

/** The name of the cookie that holds a session's token. */
export const sessionCookie = 'parvis_session';

/** A path of this site to go back to after signing in, never another site; `/` when in doubt. */
export const safeReturn = (asked: string | undefined): string =>
  asked !== undefined && asked.length <= 500 && /^\/(?![/\\])[^\p{Cc}\\\s]*$/u.test(asked) ? asked : '/';

export interface LinkBase {
  /** Public address from settings. */
  readonly publicUrl: string | null;
  /** The host name under which the network is known. */
  readonly hostname: string | null;
  /** Origin of the request that asked: a visitor writes it, and could write someone else's. */
  readonly asked: string;
  /** False when mails only go to the server's log. */
  readonly mailed: boolean;
}

const isOwnMachine = (hostname: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);

/**
 * The origin that a mailed link may carry. A forged `Host` header must not put a live token on a stranger's address, so
 * an asked origin counts only when it is the network's own, when it is this machine, or when nothing is mailed.
 * Null when no origin can be trusted: `PUBLIC_URL` must then be set.
 */
export function linkOrigin({ publicUrl, hostname, asked, mailed }: LinkBase): string | null {
  if (publicUrl !== null) return publicUrl;
  if (!URL.canParse(asked)) return null;
  const url = new URL(asked);
  return !mailed || url.hostname === hostname || isOwnMachine(url.hostname) ? url.origin : null;
}

/** Addresses of this machine and of private networks, where only our own proxy stands. */
const isNear = (address: string): boolean =>
  /^(::1$|(::ffff:)?(127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)|f[cd][0-9a-f]{2}:)/i.test(address);

/**
 * The network address of who asks. Behind a proxy it is the last one that the proxy wrote in `X-Forwarded-For`; from
 * afar that header is the asker's own word, and is not believed.
 */
export function clientAddress(peer: string | undefined, forwarded: string | undefined): string {
  if (peer === undefined) return 'unknown';
  const last = forwarded?.split(',').at(-1)?.trim().slice(0, 64);
  return isNear(peer) && last ? last : peer;
}

export interface SignInMail {
  readonly firstName: string;
  readonly network: string;
  readonly link: string;
  readonly lang: Lang;
}

/** The mail that carries a sign-in link. */
export function signInMail({ firstName, network, link, lang }: SignInMail): { subject: string; text: string } {
  const minutes = show.count(terms.link_minutes, lang);
  return lang === 'fr'
    ? {
        subject: `Votre lien de connexion à ${network}`,
        text: `Bonjour ${firstName},\n\nPour vous connecter à ${network}, ouvrez ce lien puis confirmez :\n\n${link}\n\nIl sert une seule fois et pendant ${minutes} minutes.\nSi vous n’avez rien demandé, ne faites rien : personne n’est entré.\n`,
      }
    : {
        subject: `Your sign-in link for ${network}`,
        text: `Hello ${firstName},\n\nTo sign in to ${network}, open this link and confirm:\n\n${link}\n\nIt works once, for ${minutes} minutes.\nIf you did not ask for it, do nothing: nobody got in.\n`,
      };
}
