import type { Day } from '../kernel/time.ts';
import type { EmployerDay } from './rules/facts.ts';

/** What an employer may say of someone's day, if it chooses to. */
export const employerCodes = ['leave', 'sick', 'holiday', 'office_badge', 'home_telework', 'office_half'] as const;
export type EmployerCode = (typeof employerCodes)[number];

/** The same codes as a French sheet writes them. */
export const frenchCodes: Readonly<Record<EmployerCode, string>> = {
  ...{ leave: 'conge', sick: 'arret', holiday: 'ferie' },
  ...{ office_badge: 'bureau', home_telework: 'domicile', office_half: 'demi_bureau' },
};

const codeOf = (written: string): string => {
  const plain = written.toLowerCase().normalize('NFD').replaceAll(/\p{M}/gu, '');
  return employerCodes.find(code => frenchCodes[code] === plain) ?? plain;
};

/** The heaviest first: what holds of a day of which several things are said. */
const meanings: readonly (readonly [EmployerCode, EmployerDay])[] = [
  ['leave', 'away'],
  ['sick', 'away'],
  ['holiday', 'away'],
  ['office_badge', 'office'],
  ['home_telework', 'home'],
  ['office_half', 'half_office'],
];

/** What is kept of codes in the facts of a presence: where the person was said to be, never why they were away. */
export const employerDayOf = (codes: readonly EmployerCode[]): EmployerDay =>
  meanings.find(([code]) => codes.includes(code))?.[1] ?? 'nothing';

/** One line of an employer's feed. */
export interface DayCodeLine {
  readonly email: string;
  readonly day: string;
  readonly code: string;
}

/** `personne;jour;code` lines, a heading allowed: `a.dupont@exemple.fr;2026-11-24;leave`, or `congé`. */
export const linesOfCsv = (text: string): readonly DayCodeLine[] =>
  text
    .split(/\r?\n/)
    .map(line => line.split(/[;,\t]/).map(cell => cell.trim()))
    .filter(([email]) => email?.includes('@'))
    .map(([email = '', day = '', code = '']) => ({ email, day, code: codeOf(code) }));

export const isEmployerCode = (text: string): text is EmployerCode =>
  (employerCodes as readonly string[]).includes(text);

/** A code for one person's day. */
export interface DayCode {
  readonly day: Day;
  readonly code: EmployerCode;
}
