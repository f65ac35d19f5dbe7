import { type Lang, show } from '../../kernel/bilingual.ts';
import { type Instant, localDay } from '../../kernel/time.ts';
import { type Branch, FlowChart } from '../../ui/flow-chart/flow-chart.tsx';
import { Tag, type Tone } from '../../ui/tag/tag.tsx';
import { balanceOf, type RangeState } from '../range.ts';
import { type SerialRange, serialShort, serialText } from '../serial.ts';
import { stateNames, texts as t, unitsText } from '../texts.ts';

/** The day of a moment, as registers of France count it. */
export const dayOf = (at: Instant, lang: Lang): string => show.date(localDay(at, 'Europe/Paris'), lang);

export const rangeHref = (rangeId: string): string => `/registre/series/${rangeId}`;

/** A range as people read it. */
export const RangeLink = ({ range, href }: { range: SerialRange; href: string }) => (
  <a href={href} title={serialText(range)}>
    {serialShort(range)}
  </a>
);

/** What a flow shows of a state: used for good, still to be used, or out of it. */
export const flowTones: Readonly<Record<RangeState, Branch['tone']>> = {
  active: 'waiting',
  reserve: 'waiting',
  sent_out: 'lost',
  cancelled: 'lost',
  retired: 'claim',
};

const tagTones: Readonly<Record<RangeState, Tone>> = {
  active: 'info',
  reserve: 'pending',
  sent_out: 'plain',
  cancelled: 'bad',
  retired: 'good',
};

export const StateTag = ({ state, lang }: { state: RangeState; lang: Lang }) => (
  <Tag tone={tagTones[state]}>{stateNames[state][lang]}</Tag>
);

/** Units by what became of them, those that served last. */
export function WhereChart({ open, note, lang }: { open: Parameters<typeof balanceOf>[0]; note?: string; lang: Lang }) {
  const balance = balanceOf(open);
  const all = Object.values(balance).reduce((sum, units) => sum + units, 0n);
  const order = ['cancelled', 'sent_out', 'reserve', 'active', 'retired'] as const;
  return (
    <FlowChart
      finding={t.whereFinding(all, balance.retired)[lang]}
      note={note}
      columns={[t.step[lang], t.units[lang]]}
      show={value => unitsText(BigInt(value), lang)}
      start={{ label: t.issued[lang], value: Number(all), shown: unitsText(all, lang) }}
      branches={order
        .filter(state => balance[state] > 0n)
        .map(state => ({
          label: stateNames[state][lang],
          value: Number(balance[state]),
          shown: unitsText(balance[state], lang),
          tone: flowTones[state],
        }))}
    />
  );
}
