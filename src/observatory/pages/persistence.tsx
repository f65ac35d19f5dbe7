import { type Lang, show } from '../../kernel/bilingual.ts';
import { BarChart } from '../../ui/bar-chart/bar-chart.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { Stat } from '../../ui/stat/stat.tsx';
import type { Edition } from '../edition.ts';
import { share_permille } from '../figures.ts';
import { texts } from '../texts.ts';
import { dictionary } from '../words.ts';

export const percentOf = (permille: bigint, lang: Lang): string =>
  texts.percent(Math.round(Number(permille) / 10))[lang];

/** Who came again, of the latest month that tells it; earlier months are in the table. */
export function Persistence({ editions, lang }: { editions: readonly Edition[]; lang: Lang }) {
  const told = editions.filter(edition => edition.persistence.length > 0);
  const last = told.at(-1);
  const first = last?.persistence[0];
  if (!last || !first) return <EmptyState title={texts.noReturn[lang]}>{texts.noReturnWhy[lang]}</EmptyState>;
  const percent = (permille: bigint) => percentOf(permille, lang);
  const between = (low: bigint | null, high: bigint | null) =>
    texts.between(percent(low ?? 0n), percent(high ?? 0n))[lang];
  const { value, low, high } = share_permille(first);
  return (
    <>
      <Stat
        large
        value={percent(value)}
        label={`${dictionary.fidelite.label[lang]}, ${texts.afterMonths(first.after_months, first.cohort)[lang]}`}
        interval={between(low, high)}
        period={show.month(last.month, lang)}
        howHref="#methode"
      />
      <BarChart
        finding={texts.returnFinding(percent(value), first.after_months, last.month)[lang]}
        downloadHref="/observatoire/fidelite.csv"
        columns={[texts.cohortHead[lang], texts.share[lang]]}
        bars={last.persistence.map(cell => {
          const share = share_permille(cell);
          return {
            label: texts.afterMonths(cell.after_months, cell.cohort)[lang],
            value: Number(share.value),
            shown: percent(share.value),
            low: Number(share.low),
            high: Number(share.high),
          };
        })}
        table={{
          columns: [texts.monthHead, texts.cohortHead, texts.people, texts.activeHead, texts.share, texts.interval].map(
            head => head[lang],
          ),
          rows: told.flatMap(({ month, persistence }) =>
            persistence.map(cell => {
              const share = share_permille(cell);
              return [
                show.month(month, lang),
                texts.afterMonths(cell.after_months, cell.cohort)[lang],
                show.count(cell.people, lang),
                show.count(cell.active, lang),
                percent(share.value),
                between(share.low, share.high),
              ];
            }),
          ),
        }}
      />
    </>
  );
}
