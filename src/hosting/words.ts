import { refusal } from '../kernel/outcome.ts';

/** Refusals of this room, in order of precedence. */
export const words = {
  notHost: refusal('hosting.not_host', 403, {
    fr: 'Seules les personnes qui accueillent dans cet espace voient cette page.',
    en: 'Only those who receive people in this space see this page.',
  }),
  notThere: refusal('hosting.not_there_today', 403, {
    fr: 'Qui est là ne se voit qu’en étant là : réservez aujourd’hui dans cet espace, ou accueillez-y.',
    en: 'Who is here is seen by those who are: book there today, or receive people there.',
  }),
  unknownSpace: refusal('hosting.unknown_space', 404, {
    fr: 'Cet espace n’existe pas dans le réseau.',
    en: 'There is no such space in the network.',
  }),
} as const;
