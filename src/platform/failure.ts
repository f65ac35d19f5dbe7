import { refusal } from '../kernel/outcome.ts';

/** Whoever asked may ask again: the data is away, and nothing of what was under way is written. */
export const databaseAway = refusal('platform.database_away', 503, {
  fr: 'Nos données ne répondent pas pour le moment. Rien n’est perdu : réessayez dans une minute.',
  en: 'Our data is not answering right now. Nothing is lost: try again in a minute.',
});

/** Rivals met on the same rows again and again: nobody is at fault. */
export const busy = refusal('platform.busy', 503, {
  fr: 'Trop de demandes se sont croisées au même instant : la vôtre n’a rien changé. Refaites-la.',
  en: 'Too many requests met at the same moment: yours changed nothing. Make it again.',
});

/** A bug: the log says more. */
export const failed = refusal('platform.failed', 503, {
  fr: 'Une erreur de notre côté a empêché cette action ; rien n’a été enregistré. Réessayez.',
  en: 'An error on our side stopped this action; nothing was recorded. Try again.',
});

/** Refused, cut or unanswered connections (POSIX), and PostgreSQL's own words when it shuts down (57P) or loses us (08). */
const awayCodes = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ETIMEDOUT|EPIPE|57P0[123]|08\w{3})$/;

/** Did this fail because the database is not there, rather than by a fault of ours? */
export const isDatabaseAway = (error: unknown): boolean => {
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const message = error instanceof Error ? error.message : '';
  return (
    awayCodes.test(code) || /Connection terminated|not queryable|timeout exceeded when trying to connect/.test(message)
  );
};
