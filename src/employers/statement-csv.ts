import type { Lang } from '../kernel/bilingual.ts';
import type { EmployerMonth, NamedLine } from './month.ts';

const headings = {
  fr: [
    'mois',
    'jour',
    'espace',
    'facturé par',
    'personne',
    'libellé',
    'demi-journées',
    'montant (centimes)',
    'données',
  ],
  en: ['month', 'day', 'space', 'charged by', 'person', 'label', 'half-days', 'amount (cents)', 'data'],
} as const;

const marks = { fr: { true: 'fictives', false: 'réelles' }, en: { true: 'fictitious', false: 'real' } } as const;

/** A cell that a spreadsheet reads as text, never as a formula. */
const textCell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;

const row = (line: NamedLine, month: EmployerMonth, lang: Lang): (string | number | bigint)[] => [
  month.month,
  line.day ?? '',
  textCell(line.space),
  textCell(line.payee),
  textCell(line.person ?? ''),
  textCell(line.label[lang]),
  line.half_days,
  line.amount_eur_cents,
];

/**
 * A statement as RFC 4180 text for a spreadsheet: exact whole cents and half-days, one row a line, each row saying
 * whether the data is fictitious. A byte-order mark lets spreadsheets read the accents.
 */
export function statementCsv(month: EmployerMonth, { lang, fictitious }: { lang: Lang; fictitious: boolean }): string {
  const mark = marks[lang][`${fictitious}`];
  const rows = month.lines.map(line => [...row(line, month, lang), mark].join(','));
  return `\ufeff${[headings[lang].map(textCell).join(','), ...rows].map(text => `${text}\r\n`).join('')}`;
}
