import type { Bilingual } from '../kernel/bilingual.ts';
import { accept, type Outcome, refuse } from '../kernel/outcome.ts';
import type { LineRow } from '../mrv/mrv.ts';
import { words } from './words.ts';

// Data on their way to and from the platform that the carbon method names. Its own format is not public: this one is ours,
// told in docs/reference/valore.md, for whoever maps one onto the other.

/** Another number when a column changes its name, place or meaning. */
export const exchangeFormat = 'parvis-valore/1';

const columns = [
  'format',
  'line',
  'day',
  'space',
  'person',
  'half_days',
  'evidence',
  'replaced',
  'reference_m',
  'actual_m',
  'avoided_m',
] as const;

interface Legs {
  readonly replaced: string;
  readonly reference: readonly { readonly metres: number }[];
  readonly actual: readonly { readonly metres: number }[];
}

const metresOf = (legs: Legs['reference']): number => legs.reduce((sum, { metres }) => sum + metres, 0);

const rowOf = ({ lineId, content, avoided_m }: LineRow): readonly (string | number | bigint)[] => {
  if ('erased' in content) return [exchangeFormat, lineId, '', '', '', '', '', '', '', '', avoided_m];
  const { day, site, personCommit, halves, evidence } = content;
  const trip = content.trip as unknown as Legs | null;
  const legs = trip ? [trip.replaced, metresOf(trip.reference), metresOf(trip.actual)] : ['', '', ''];
  return [exchangeFormat, lineId, day, site, personCommit, halves, evidence, ...legs, avoided_m];
};

/** Lines of a claim as CSV (RFC 4180, semicolons, whole metres): no name, no hour, no home. Figures alone of an erased person. */
export const exchangeCsv = (lines: readonly LineRow[]): string =>
  [columns, ...lines.map(rowOf)].map(row => `${row.join(';')}\r\n`).join('');

/** What the other platform says of one line. */
export interface TheirLine {
  readonly line: string;
  readonly avoided_m: bigint;
}

/** Rows of this format, with at least `format`, `line` and `avoided_m`, in any order; further columns are left alone. */
export function readExchange(text: string): Outcome<readonly TheirLine[]> {
  const [head = '', ...rows] = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter(row => row.trim() !== '');
  const names = head.split(';').map(name => name.trim());
  const [format, line, avoided] = ['format', 'line', 'avoided_m'].map(name => names.indexOf(name)) as [
    number,
    number,
    number,
  ];
  if (format < 0 || line < 0 || avoided < 0) return refuse(words.exchangeColumns);
  const read: TheirLine[] = [];
  for (const [n, row] of rows.entries()) {
    const cells = row.split(';').map(cell => cell.trim());
    const metres = cells[avoided] ?? '';
    if (cells[format] !== exchangeFormat) return refuse(words.exchangeFormat(n + 2, exchangeFormat));
    if (!cells[line] || !/^-?\d{1,15}$/.test(metres)) return refuse(words.exchangeRow(n + 2));
    read.push({ line: cells[line], avoided_m: BigInt(metres) });
  }
  return accept(read);
}

export interface Compared {
  readonly agreeing: number;
  readonly differing: readonly { readonly line: string; readonly ours_m: bigint; readonly theirs_m: bigint }[];
  /** Lines of the claim that the other platform does not have. */
  readonly missing: readonly string[];
  /** Lines that it has and the claim has not. */
  readonly unknown: readonly string[];
  /** Lines that it tells more than once: none of them is compared. */
  readonly repeated: readonly string[];
  /** Theirs less ours, over the lines that both have. */
  readonly difference_m: bigint;
}

/** Line by line, what both sides say. Nothing is changed by it: what differs is corrected where it is wrong. */
export function compared(ours: readonly LineRow[], theirs: readonly TheirLine[]): Compared {
  const counts = new Map<string, number>();
  for (const { line } of theirs) counts.set(line, (counts.get(line) ?? 0) + 1);
  const told = new Map(theirs.filter(({ line }) => counts.get(line) === 1).map(one => [one.line, one.avoided_m]));
  const known = new Set(ours.map(one => one.lineId));
  const both = ours.filter(one => told.has(one.lineId));
  const differing = both
    .map(({ lineId: line, avoided_m }) => ({ line, ours_m: avoided_m, theirs_m: told.get(line)! }))
    .filter(one => one.ours_m !== one.theirs_m);
  return {
    agreeing: both.length - differing.length,
    differing,
    missing: ours.map(one => one.lineId).filter(line => !counts.has(line)),
    unknown: [...counts.keys()].filter(line => !known.has(line)),
    repeated: [...counts].filter(([, count]) => count > 1).map(([line]) => line),
    difference_m: differing.reduce((sum, one) => sum + one.theirs_m - one.ours_m, 0n),
  };
}

export const exchangeTexts = {
  title: { fr: 'Échange avec ValoRE', en: 'Exchange with ValoRE' },
  lead: {
    fr: 'La méthode carbone demande de collecter les données avec la plateforme ValoRE. Son format n’est pas public : celui-ci est le nôtre, et il est documenté.',
    en: 'The carbon method asks for data to be collected with the ValoRE platform. Its format is not public: this one is ours, and it is documented.',
  },
  download: { fr: 'Télécharger les lignes (.csv)', en: 'Download the lines (.csv)' },
  compare: { fr: 'Comparer un fichier', en: 'Compare a file' },
  compareLead: {
    fr: 'Choisissez les lignes que l’autre plateforme a calculées. Rien n’est enregistré : la page dit seulement ce qui diffère.',
    en: 'Choose the lines that the other platform computed. Nothing is recorded: the page only says what differs.',
  },
  rows: { fr: 'Fichier CSV', en: 'CSV file' },
  rowsHint: { fr: 'Colonnes format, line et avoided_m au moins.', en: 'Columns format, line and avoided_m at least.' },
  same: { fr: 'Aucun écart', en: 'No difference' },
  differs: { fr: 'Des écarts', en: 'Differences' },
  agreeing: { fr: 'Lignes identiques', en: 'Lines that agree' },
  differing: { fr: 'Lignes qui diffèrent', en: 'Lines that differ' },
  missing: { fr: 'Lignes absentes de l’autre côté', en: 'Lines that the other side lacks' },
  unknown: { fr: 'Lignes inconnues d’ici', en: 'Lines unknown here' },
  repeated: { fr: 'Lignes données plusieurs fois', en: 'Lines given more than once' },
  difference: { fr: 'Écart total', en: 'Total difference' },
  ours: { fr: 'Ici', en: 'Here' },
  theirs: { fr: 'Là-bas', en: 'There' },
} as const satisfies Record<string, Bilingual>;
