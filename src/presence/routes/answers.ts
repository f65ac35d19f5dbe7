import { accept, type Outcome } from '../../kernel/outcome.ts';

/**
 * What a form's answer keeps of a verb: that it was done. First answers are kept to repeat them, and neither an hour nor
 * a kiosk's key may be kept there.
 */
export const withoutTrace = (outcome: Outcome<unknown>): Outcome<{ readonly done: true }> =>
  outcome.ok ? accept({ done: true }) : outcome;
