import { refusal } from '../kernel/outcome.ts';

/** Refusals of this room, in order of precedence. */
export const words = {
  notHost: refusal('hosting.not_host', 403, {
    fr: 'Seules les personnes qui accueillent dans cet espace voient cette page.',
    en: 'Only those who receive people in this space see this page.',
  }),
} as const;
