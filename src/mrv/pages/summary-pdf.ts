import PDFDocument from 'pdfkit';
import { type Lang, show } from '../../kernel/bilingual.ts';
import { floor } from '../../kernel/rational.ts';
import type { FactorSet, methodSheet } from '../../method/method.ts';
import { type Batch, exact } from '../batch.ts';
import type { Check } from '../checks.ts';
import type { Leak } from '../flow.ts';
import { leakWords } from '../words.ts';

export interface SummaryFacts {
  readonly network: string;
  readonly profile: 'demo' | 'certifying';
  readonly fictitious: boolean;
  readonly batch: Batch;
  readonly vkey: string;
  readonly method: ReturnType<typeof methodSheet>;
  readonly factors: FactorSet;
  readonly checks: readonly Check[];
}

type Doc = InstanceType<typeof PDFDocument>;

const ink = '#1F2D36';
const forest = '#1F6B4A';
const terracotta = '#B6451F';
const stone = '#D9D0BE';
const margin = 56;
const width = 595.28 - 2 * margin;

/** The standard fonts know the Windows alphabet only: no narrow space, no mathematical minus. */
const plain = (text: string): string => text.replaceAll('\u202f', '\u00a0').replaceAll('\u2212', '-');

const style = (doc: Doc, size: number, colour = ink, bold = false): Doc =>
  doc
    .font(bold ? 'Helvetica-Bold' : 'Helvetica')
    .fontSize(size)
    .fillColor(colour);

/** A paragraph that screen readers find under its own tag. */
function say(doc: Doc, tag: 'H1' | 'H2' | 'P', text: string, look: () => Doc): void {
  doc.addStructure(doc.struct(tag, {}, () => void look().text(plain(text), margin, doc.y, { width, lineGap: 2 })));
}

const title = (doc: Doc, text: string) => {
  say(doc, 'H1', text, () => style(doc, 22, ink, true));
  doc.moveDown(0.3);
};

const heading = (doc: Doc, text: string) => {
  doc.moveDown(0.9);
  say(doc, 'H2', text, () => style(doc, 13, forest, true));
  doc.moveDown(0.3);
};

const paragraph = (doc: Doc, text: string) => {
  say(doc, 'P', text, () => style(doc, 10.5));
  doc.moveDown(0.3);
};

/** A label and its figure on one line, with a rule under them. */
function row(doc: Doc, label: string, figure: string): void {
  const y = doc.y;
  doc.addStructure(
    doc.struct('P', {}, () => {
      style(doc, 10.5).text(plain(label), margin, y, { width: width * 0.68 });
      const below = doc.y;
      style(doc, 10.5, ink, true).text(plain(figure), margin + width * 0.68, y, {
        width: width * 0.32,
        align: 'right',
      });
      doc.y = Math.max(below, doc.y);
    }),
  );
  const line = doc.y + 2;
  doc.markContent('Artifact');
  doc
    .moveTo(margin, line)
    .lineTo(margin + width, line)
    .lineWidth(0.5)
    .strokeColor(stone)
    .stroke();
  doc.endMarkedContent();
  doc.y = line + 4;
}

/** Four paving stones, one of them turned: the mark of the product. */
function mark(doc: Doc): void {
  doc.markContent('Artifact');
  const [x, y, side, gap] = [margin, 46, 11, 2];
  const places = [
    [0, 0],
    [1, 0],
    [0, 1],
  ] as const;
  for (const [column, line] of places) {
    doc.roundedRect(x + column * (side + gap), y + line * (side + gap), side, side, 1.5).fill(forest);
  }
  const centre = [x + side + gap + side / 2, y + side + gap + side / 2] as const;
  doc
    .save()
    .rotate(45, { origin: [...centre] })
    .roundedRect(centre[0] - side / 2.6, centre[1] - side / 2.6, side / 1.3, side / 1.3, 1.5);
  doc.fill(terracotta).restore();
  doc.endMarkedContent();
}

function watermarked(doc: Doc, text: string): void {
  doc.markContent('Artifact');
  doc
    .save()
    .rotate(-38, { origin: [297, 421] })
    .opacity(0.09);
  doc.font('Helvetica-Bold').fontSize(46).fillColor(terracotta);
  doc.text(text, 0, 396, { width: 595, align: 'center', lineBreak: false });
  doc.restore();
  doc.endMarkedContent();
}

function notices(doc: Doc, { profile, fictitious }: SummaryFacts): void {
  const warnings = [
    ...(profile === 'demo'
      ? [
          'Estimation non officielle : aucun crédit carbone ne peut en être tiré. / Unofficial estimate: no carbon credit can come of it.',
        ]
      : []),
    ...(fictitious ? ['Données fictives : personnes, réservations et chiffres sont inventés. / Fictitious data.'] : []),
  ];
  for (const warning of warnings) say(doc, 'P', warning, () => style(doc, 10.5, terracotta, true));
  doc.moveDown(0.3);
}

const massOf = (mass: string, lang: Lang): string => `${show.co2(floor(exact(mass)), lang)} CO2e`;

function figures(doc: Doc, { batch }: SummaryFacts): void {
  const { totals } = batch;
  heading(doc, 'Ce que le mois a donné');
  row(doc, 'Présences examinées', show.count(batch.lines, 'fr'));
  row(doc, 'Présences comptées', show.count(totals.credited, 'fr'));
  row(doc, 'Route évitée', show.km(BigInt(totals.avoided_m), 'fr'));
  row(doc, 'Émissions évitées, avant rebond', massOf(totals.gross_mg, 'fr'));
  row(doc, 'Émissions évitées, nettes', massOf(totals.net_mg, 'fr'));
}

function leaks(doc: Doc, { batch }: SummaryFacts): void {
  const some = Object.entries(batch.reasons).filter(([reason]) => reason !== 'credited');
  heading(doc, 'Ce qui n’est pas compté, et pourquoi');
  if (some.length === 0) paragraph(doc, 'Toutes les présences examinées sont comptées.');
  for (const [reason, { lines, unallocated_m }] of some) {
    const label = `${leakWords[reason as Leak['reason']].fr} : ${show.count(lines, 'fr')} présence${lines > 1 ? 's' : ''}`;
    row(doc, label, show.km(BigInt(unallocated_m), 'fr'));
  }
  if (batch.waiting > 0) row(doc, leakWords.waiting.fr, `${show.count(batch.waiting, 'fr')} présences, plus tard`);
}

function how(doc: Doc, { method, factors, batch, checks, vkey }: SummaryFacts): void {
  heading(doc, 'Comment c’est compté');
  const { version } = method;
  paragraph(doc, `Méthode ${version.method}, version ${version.version}. ${method.status.fr}`);
  paragraph(doc, `${factors.title.fr} (${factors.boundary_words.fr}). Source : ${factors.source}.`);
  paragraph(doc, `Contrôles passés à la clôture : ${checks.map(check => check.words.fr.toLowerCase()).join(' ; ')}.`);
  heading(doc, 'Vérifier sans nous croire');
  paragraph(doc, 'Chaque ligne se recalcule hors connexion : node verify.mjs, puis le nom du fichier .zip.');
  paragraph(doc, `Lot ${batch.id}`);
  paragraph(doc, `Clé du journal ${vkey}`);
}

function english(doc: Doc, { batch, method }: SummaryFacts): void {
  const { totals } = batch;
  heading(doc, 'In English');
  paragraph(
    doc,
    `${show.month(batch.month, 'en')}: ${show.count(batch.lines, 'en')} presences examined, ${show.count(totals.credited, 'en')} counted; ` +
      `${show.km(BigInt(totals.avoided_m), 'en')} of road not driven; ${massOf(totals.net_mg, 'en')} avoided, net of rebound. ` +
      `Presences that are not counted are listed with their reason in lines.jsonl. ${method.status.en}`,
  );
}

/** `summary.pdf`: the month on one page or two, for people. The same facts always give the same bytes. */
export function summaryPdf(facts: SummaryFacts): Promise<Uint8Array> {
  const date = new Date(facts.batch.closed_at);
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: 46, bottom: 46, left: margin, right: margin },
    pdfVersion: '1.7',
    tagged: true,
    lang: 'fr-FR',
    displayTitle: true,
    info: {
      Title: `${facts.network}, ${show.month(facts.batch.month, 'fr')}`,
      Author: facts.network,
      CreationDate: date,
      ModDate: date,
    },
  });
  const parts: Buffer[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    doc.on('data', part => parts.push(part));
    doc.on('end', () => resolve(Buffer.concat(parts)));
    doc.on('error', reject);
  });
  const stamp = () => facts.profile === 'demo' && watermarked(doc, 'estimation non officielle');
  stamp();
  doc.on('pageAdded', stamp);
  mark(doc);
  doc.y = 84;
  title(doc, `${facts.network} : ${show.month(facts.batch.month, 'fr')}`);
  notices(doc, facts);
  figures(doc, facts);
  leaks(doc, facts);
  how(doc, facts);
  english(doc, facts);
  doc.end();
  return done;
}
