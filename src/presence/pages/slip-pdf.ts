import { show } from '../../kernel/bilingual.ts';
import type { Id } from '../../kernel/ids.ts';
import { type Instant, localDay } from '../../kernel/time.ts';
import type { Network } from '../../kernel/visit.ts';
import { type Part, pdfOf } from '../../ui/print/pdf.ts';
import type { Slip } from '../jobs/slips.ts';
import { passNames, slipLabels as t } from '../slip-words.ts';

export interface SlipFacts extends Slip {
  readonly network: Network;
  readonly person: string;
  readonly madeAt: Instant;
}

/** Someone's slip as a document that they may show to whom they like. */
export function slipPdf({
  network,
  person,
  madeAt,
  from,
  to,
  passes,
  incidents,
  spaces,
}: SlipFacts): Promise<Uint8Array> {
  const spaceOf = new Map(spaces.map(space => [space.spaceId, space]));
  const zoneOf = (spaceId: Id<'spc'>) => spaceOf.get(spaceId)?.zone ?? 'Europe/Paris';
  const at = (spaceId: Id<'spc'>, moment: Instant) => show.clock(moment, zoneOf(spaceId));
  const where = (spaceId: Id<'spc'>) => {
    const space = spaceOf.get(spaceId);
    return space ? `${space.name}, ${space.commune.name}` : '';
  };
  const lines = passes.map(
    (pass): Part => ({
      label: `${show.date(pass.day, 'fr')} · ${where(pass.spaceId)} · ${passNames[pass.how].fr}`,
      figure: at(pass.spaceId, pass.at),
    }),
  );
  const told = incidents.flatMap((one): readonly Part[] => [
    { label: `${show.date(one.day, 'fr')} · ${where(one.spaceId)}`, figure: at(one.spaceId, one.at) },
    { text: one.told },
    {
      text: `Déclaré le ${show.date(localDay(one.declaredAt, zoneOf(one.spaceId)), 'fr')}, ${at(one.spaceId, one.declaredAt)}.`,
    },
  ]);
  return pdfOf({
    title: t.title.fr,
    author: network.name,
    madeAt,
    // A slip bears no credit, whatever the profile: only invented people are to be said.
    profile: 'certifying',
    fictitious: network.fictitious,
    parts: [
      { text: `${person}, du ${show.date(from, 'fr')} au ${show.date(to, 'fr')}.` },
      { text: t.notForThem.fr },
      { heading: t.passes.fr },
      ...(lines.length === 0 ? [{ text: t.none.fr }] : lines),
      ...(told.length === 0 ? [] : [{ heading: t.incidents.fr }, ...told]),
    ],
  });
}
