import { type Lang, show } from '../../kernel/bilingual.ts';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { RibbonChart } from '../../ui/ribbon-chart/ribbon-chart.tsx';
import type { Edition } from '../edition.ts';
import type { PairDays } from '../pairs.ts';
import { texts } from '../texts.ts';

/** So many pairs are drawn; the table has them all, of every month. */
const drawn = 10;

/** Days between homes and offices: the latest month that tells some is drawn. */
export function Pairs({ editions, lang }: { editions: readonly Edition[]; lang: Lang }) {
  const last = editions.findLast(edition => edition.pairs.length > 0);
  const [most] = last?.pairs ?? [];
  if (!last || !most) return <EmptyState title={texts.noPair[lang]}>{texts.noPairWhy[lang]}</EmptyState>;
  const days = (halves: number) => texts.daysShown(halves)[lang];
  const ribbonOf = ({ home, work, halves }: PairDays) => ({
    from: home.name,
    to: work.name,
    value: halves,
    shown: days(halves),
  });
  const rowsOf = ({ month, pairs, otherPairs }: Edition) => [
    ...pairs.map(({ home, work, halves }) => [show.month(month, lang), home.name, work.name, days(halves)]),
    ...(otherPairs.halves > 0 ? [[show.month(month, lang), texts.otherPairs[lang], '', days(otherPairs.halves)]] : []),
  ];
  return (
    <RibbonChart
      finding={texts.pairFinding(days(most.halves), `${most.home.name} → ${most.work.name}`, last.month)[lang]}
      note={texts.pairNote(days(last.otherPairs.halves), Math.max(0, last.pairs.length - drawn), last.month)[lang]}
      downloadHref="/observatoire/domicile-travail.csv"
      ends={[texts.homeHead[lang], texts.workHead[lang]]}
      show={days}
      ribbons={last.pairs.slice(0, drawn).map(ribbonOf)}
      table={{
        columns: [texts.monthHead, texts.homeHead, texts.workHead, texts.days].map(head => head[lang]),
        rows: [...editions].reverse().flatMap(rowsOf),
      }}
    />
  );
}
