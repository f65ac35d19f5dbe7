import type { Instant } from '../../kernel/time.ts';

type Doc = PDFKit.PDFDocument;

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

/** A label and its figure on one line, with a rule under them. */
function row(doc: Doc, label: string, figure: string): void {
  const y = doc.y;
  doc.addStructure(
    doc.struct('P', {}, () => {
      style(doc, 10.5).text(plain(label), margin, y, { width: width * 0.68 });
      const below = doc.y;
      const place = { width: width * 0.32, align: 'right' } as const;
      style(doc, 10.5, ink, true).text(plain(figure), margin + width * 0.68, y, place);
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

/** What a document is made of, from top to bottom. */
export type Part =
  | { readonly heading: string }
  | { readonly text: string }
  | { readonly label: string; readonly figure: string };

export interface Sheet {
  readonly title: string;
  readonly author: string;
  readonly madeAt: Instant;
  readonly profile: 'demo' | 'certifying';
  /** Are people, bookings and figures invented? */
  readonly fictitious: boolean;
  readonly parts: readonly Part[];
}

const draw = (doc: Doc, part: Part): void => {
  if ('label' in part) {
    row(doc, part.label, part.figure);
    return;
  }
  if ('heading' in part) {
    doc.moveDown(0.9);
    say(doc, 'H2', part.heading, () => style(doc, 13, forest, true));
  } else say(doc, 'P', part.text, () => style(doc, 10.5));
  doc.moveDown(0.3);
};

/** What no reader may miss, before any figure. */
function warn(doc: Doc, { profile, fictitious }: Sheet): void {
  const warnings = [
    profile === 'demo' &&
      'Estimation non officielle : aucun crédit carbone ne peut en être tiré. / Unofficial estimate: no carbon credit can come of it.',
    fictitious && 'Données fictives : personnes, réservations et chiffres sont inventés. / Fictitious data.',
  ];
  for (const warning of warnings) if (warning) say(doc, 'P', warning, () => style(doc, 10.5, terracotta, true));
  doc.moveDown(0.3);
}

/** A tagged A4 document in French. The same sheet always gives the same bytes. */
export async function pdfOf(sheet: Sheet): Promise<Uint8Array> {
  const { title, author, madeAt, profile, parts } = sheet;
  const date = new Date(madeAt.epochMilliseconds);
  // Loaded with the first document: most of what starts draws none, and loading it takes a fifth of a start.
  const { default: PDFDocument } = await import('pdfkit');
  const doc = new PDFDocument({
    size: 'A4',
    margins: { top: 46, bottom: 46, left: margin, right: margin },
    pdfVersion: '1.7',
    tagged: true,
    lang: 'fr-FR',
    displayTitle: true,
    info: { Title: title, Author: author, CreationDate: date, ModDate: date },
  });
  const chunks: Buffer[] = [];
  const done = new Promise<Uint8Array>((resolve, reject) => {
    doc.on('data', chunk => chunks.push(chunk));
    doc.on('end', () => resolve(Buffer.concat(chunks)));
    doc.on('error', reject);
  });
  const stamp = () => profile === 'demo' && watermarked(doc, 'estimation non officielle');
  stamp();
  doc.on('pageAdded', stamp);
  mark(doc);
  doc.y = 84;
  say(doc, 'H1', title, () => style(doc, 22, ink, true));
  doc.moveDown(0.3);
  warn(doc, sheet);
  for (const part of parts) draw(doc, part);
  doc.end();
  return done;
}
