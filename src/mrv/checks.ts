import type { Bilingual } from '../kernel/bilingual.ts';
import { both, show } from '../kernel/bilingual.ts';
import type { Canonical } from '../kernel/canonical.ts';
import { addDays, type Day, firstDay, type Month, nextMonth } from '../kernel/time.ts';

/** Days after a presence before it may be credited: the published clock. */
const finalityDays = 7;

/** The first day on which a month may be closed: every one of its days is then final. */
export const closableFrom = (month: Month): Day => addDays(firstDay(nextMonth(month)), finalityDays);

export interface Facts {
  readonly month: Month;
  readonly today: Day;
  readonly presences: number;
  /** Presences whose checks are not all complete. */
  readonly undecided: number;
  readonly factors: { readonly id: string; readonly valid_from: string; readonly best_before: string };
  readonly logIntact: boolean;
  /** Presences of the month that another batch already holds. */
  readonly alreadyAllocated: number;
  readonly metresConserved: boolean;
}

export const checkIds = [
  'month_final',
  'presences_decided',
  'factors_in_date',
  'log_intact',
  'one_scheme',
  'metres_conserved',
] as const;
export type CheckId = (typeof checkIds)[number];

/** What each check makes sure of. */
export const checkTitles: Readonly<Record<CheckId, Bilingual>> = {
  month_final: { fr: 'Le mois est fini depuis sept jours', en: 'The month has been over for seven days' },
  presences_decided: {
    fr: 'Chaque présence a subi tous ses contrôles',
    en: 'Every presence has been through all its checks',
  },
  factors_in_date: { fr: 'Les facteurs d’émission sont en cours de validité', en: 'The emission factors are in date' },
  log_intact: { fr: 'Le journal scellé est intact', en: 'The sealed log is intact' },
  one_scheme: { fr: 'Aucune présence ne sert déjà ailleurs', en: 'No presence already serves elsewhere' },
  metres_conserved: {
    fr: 'Chaque mètre est compté, ou dit pourquoi il ne l’est pas',
    en: 'Every metre is counted, or says why not',
  },
};

export interface Check {
  readonly id: CheckId;
  readonly passed: boolean;
  /** How many things were looked at. */
  readonly counted: number;
  readonly words: Bilingual;
  /** What to do when it does not pass. */
  readonly advice: Bilingual;
}

const date = (day: Day): Bilingual => both(lang => show.date(day, lang));

/** Everything that must hold before a month is closed. All of them, or nothing counts. */
export function checksOf(facts: Facts): readonly Check[] {
  const { undecided, presences, factors } = facts;
  const from = closableFrom(facts.month);
  const check = (id: CheckId, passed: boolean, counted: number, advice: Bilingual): Check => ({
    id,
    passed,
    counted,
    words: checkTitles[id],
    advice,
  });
  return [
    check('month_final', facts.today >= from, 1, {
      fr: `Ce mois pourra être clos à partir du ${date(from).fr}.`,
      en: `This month can be closed from ${date(from).en}.`,
    }),
    check('presences_decided', undecided === 0, presences, {
      fr: `${undecided} présence(s) attendent encore un contrôle ou une décision. Tant qu’un contrôle n’a pas abouti, rien ne compte.`,
      en: `${undecided} presence(s) still wait for a check or a decision. Until every check has completed, nothing counts.`,
    }),
    check('factors_in_date', facts.today <= factors.best_before && firstDay(facts.month) >= factors.valid_from, 1, {
      fr: `Le jeu ${factors.id} vaut du ${factors.valid_from} au ${factors.best_before}. Choisissez un jeu à jour.`,
      en: `Set ${factors.id} holds from ${factors.valid_from} to ${factors.best_before}. Choose an up-to-date set.`,
    }),
    check('log_intact', facts.logIntact, 1, {
      fr: 'Les empreintes du journal ne donnent plus sa dernière signature : restaurez la base et prévenez l’auditeur.',
      en: 'The hashes of the log no longer give its last signature: restore the database and tell the auditor.',
    }),
    check('one_scheme', facts.alreadyAllocated === 0, presences, {
      fr: `${facts.alreadyAllocated} présence(s) figurent déjà dans un lot : une présence ne sert qu’une fois.`,
      en: `${facts.alreadyAllocated} presence(s) are already in a batch: a presence serves once.`,
    }),
    check('metres_conserved', facts.metresConserved, presences, {
      fr: 'La somme des mètres ne se referme pas : c’est un défaut du programme, signalez-le.',
      en: 'The metres do not add up: this is a fault of the program, report it.',
    }),
  ];
}

export const allPassed = (checks: readonly Check[]): boolean => checks.every(check => check.passed);

/** `checks.json` of a dossier. */
export const checksJson = (checks: readonly Check[]): Canonical =>
  checks.map(({ id, passed, counted, words: { fr, en } }) => ({ id, passed, counted, fr, en }));
