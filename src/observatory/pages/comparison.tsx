import { type Lang, show } from '../../kernel/bilingual.ts';
import { BarChart } from '../../ui/bar-chart/bar-chart.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { Stat } from '../../ui/stat/stat.tsx';
import type { Edition } from '../edition.ts';
import { claimedRatio_permille, milligrams, type Quantity } from '../figures.ts';
import { texts } from '../texts.ts';
import { dictionary } from '../words.ts';
import { percentOf } from './persistence.tsx';

const ratioText = (ratio: Quantity | null, lang: Lang): string =>
  ratio === null ? texts.noRatio[lang] : percentOf(ratio.value, lang);

const intervalText = (ratio: Quantity | null, lang: Lang): string =>
  ratio?.low == null || ratio.high === null
    ? texts.noInterval[lang]
    : texts.between(percentOf(ratio.low, lang), percentOf(ratio.high, lang))[lang];

/** Claimed beside measured, as the latest edition tells each public month; a month without a claim says so. */
export function Comparison({ editions, lang }: { editions: readonly Edition[]; lang: Lang }) {
  const cells = editions.at(-1)?.comparison ?? [];
  const last = cells.at(-1);
  if (!last) return <EmptyState title={texts.noClaim[lang]}>{texts.noClaimWhy[lang]}</EmptyState>;
  const ratio = claimedRatio_permille(last);
  const rows = editions.map(edition => {
    const cell = cells.find(one => one.month === edition.month);
    const measured = show.co2(milligrams(edition).value, lang);
    if (!cell) return [show.month(edition.month, lang), measured, texts.notClaimed[lang], '', '', ''];
    const own = claimedRatio_permille(cell);
    const claimed = show.co2(BigInt(cell.claimed_mg), lang);
    const told = show.month(cell.told_in, lang);
    return [show.month(cell.month, lang), measured, claimed, ratioText(own, lang), intervalText(own, lang), told];
  });
  const heads = [
    texts.monthHead,
    texts.measuredHead,
    texts.claimedHead,
    texts.share,
    texts.interval,
    texts.toldInHead,
  ] as const;
  return (
    <>
      <Stat
        large
        value={ratioText(ratio, lang)}
        label={dictionary.demandes.label[lang]}
        interval={intervalText(ratio, lang)}
        period={show.month(last.month, lang)}
        howHref="#methode"
      />
      <BarChart
        finding={texts.claimFinding(ratioText(ratio, lang), last.month)[lang]}
        downloadHref="/observatoire/demandes.csv"
        columns={[texts.monthHead[lang], texts.share[lang]]}
        bars={cells.flatMap(cell => {
          const own = claimedRatio_permille(cell);
          if (own === null) return [];
          const bounds = own.low === null || own.high === null ? {} : { low: Number(own.low), high: Number(own.high) };
          return {
            label: show.month(cell.month, lang),
            value: Number(own.value),
            shown: percentOf(own.value, lang),
            ...bounds,
          };
        })}
        table={{ columns: heads.map(head => head[lang]), rows }}
      />
    </>
  );
}
