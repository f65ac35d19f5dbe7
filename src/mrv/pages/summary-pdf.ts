import { type Lang, show } from '../../kernel/bilingual.ts';
import { floor } from '../../kernel/rational.ts';
import type { Instant } from '../../kernel/time.ts';
import type { FactorSet, methodSheet } from '../../method/method.ts';
import { type Part, pdfOf } from '../../ui/print/pdf.ts';
import { type Batch, exact } from '../batch.ts';
import type { Check } from '../checks.ts';
import type { Leak } from '../flow.ts';
import { leakWords } from '../words.ts';

export interface SummaryFacts {
  readonly network: string;
  readonly profile: 'demo' | 'certifying';
  readonly fictitious: boolean;
  readonly batch: Batch;
  readonly closedAt: Instant;
  readonly vkey: string;
  readonly method: ReturnType<typeof methodSheet>;
  readonly factors: FactorSet;
  readonly checks: readonly Check[];
}

const massOf = (mass: string, lang: Lang): string => `${show.co2(floor(exact(mass)), lang)} CO2e`;

const figures = ({ batch: { lines, totals } }: SummaryFacts): readonly Part[] => [
  { heading: 'Ce que le mois a donné' },
  { label: 'Présences examinées', figure: show.count(lines, 'fr') },
  { label: 'Présences comptées', figure: show.count(totals.credited, 'fr') },
  { label: 'Route évitée', figure: show.km(BigInt(totals.avoided_m), 'fr') },
  { label: 'Émissions évitées, avant rebond', figure: massOf(totals.gross_mg, 'fr') },
  { label: 'Émissions évitées, nettes', figure: massOf(totals.net_mg, 'fr') },
];

function leaks({ batch }: SummaryFacts): readonly Part[] {
  const some = Object.entries(batch.reasons).filter(([reason]) => reason !== 'credited');
  return [
    { heading: 'Ce qui n’est pas compté, et pourquoi' },
    ...(some.length === 0 ? [{ text: 'Toutes les présences examinées sont comptées.' }] : []),
    ...some.map(([reason, { lines, unallocated_m }]) => ({
      label: `${leakWords[reason as Leak['reason']].fr} : ${show.count(lines, 'fr')} présence${lines > 1 ? 's' : ''}`,
      figure: show.km(BigInt(unallocated_m), 'fr'),
    })),
    ...(batch.waiting > 0
      ? [{ label: leakWords.waiting.fr, figure: `${show.count(batch.waiting, 'fr')} présences, plus tard` }]
      : []),
  ];
}

const how = ({ method: { version, status }, factors, batch, checks, vkey }: SummaryFacts): readonly Part[] => [
  { heading: 'Comment c’est compté' },
  { text: `Méthode ${version.method}, version ${version.version}. ${status.fr}` },
  { text: `${factors.title.fr} (${factors.boundary_words.fr}). Source : ${factors.source}.` },
  { text: `Contrôles passés à la clôture : ${checks.map(check => check.words.fr.toLowerCase()).join(' ; ')}.` },
  { heading: 'Vérifier sans nous croire' },
  { text: 'Chaque ligne se recalcule hors connexion : node verify.mjs, puis le nom du fichier .zip.' },
  { text: `Lot ${batch.id}` },
  { text: `Clé du journal ${vkey}` },
];

const english = ({ batch, method }: SummaryFacts): readonly Part[] => [
  { heading: 'In English' },
  {
    text:
      `${show.month(batch.month, 'en')}: ${show.count(batch.lines, 'en')} presences examined, ${show.count(batch.totals.credited, 'en')} counted; ` +
      `${show.km(BigInt(batch.totals.avoided_m), 'en')} of road not driven; ${massOf(batch.totals.net_mg, 'en')} avoided, net of rebound. ` +
      `Presences that are not counted are listed with their reason in lines.jsonl. ${method.status.en}`,
  },
];

/** `summary.pdf`: the month on one page or two, for people. The same facts always give the same bytes. */
export const summaryPdf = (facts: SummaryFacts): Promise<Uint8Array> =>
  pdfOf({
    title: `${facts.network} : ${show.month(facts.batch.month, 'fr')}`,
    author: facts.network,
    madeAt: facts.closedAt,
    profile: facts.profile,
    fictitious: facts.fictitious,
    parts: [...figures(facts), ...leaks(facts), ...how(facts), ...english(facts)],
  });
