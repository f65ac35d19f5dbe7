import { type Bilingual, type Lang, show } from '../../kernel/bilingual.ts';
import type { Month } from '../../kernel/time.ts';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import type { EmployerMonth } from '../employers.ts';
import type { NamedLine, PersonMonthTotal } from '../month.ts';
import { daysText } from '../words.ts';
import { t } from './labels.ts';

export const hrefOf = (employerId: string, month: Month): string => `/employeur?employeur=${employerId}&mois=${month}`;

export const daysCell = (halfDays: number, lang: Lang): string => daysText(halfDays)[lang];
export const inMonth = (month: Month): Bilingual => ({ fr: show.month(month, 'fr'), en: show.month(month, 'en') });

export const BySpace = ({ month, lang }: { month: EmployerMonth; lang: Lang }) => (
  <DataTable<NamedLine>
    caption={`${t.bySpace[lang]}, ${inMonth(month.month)[lang]}`}
    rows={month.spaces}
    empty={t.noDay[lang]}
    columns={[
      { label: t.space[lang], cell: line => line.space, total: t.total[lang] },
      { label: t.payee[lang], cell: line => line.payee, total: '' },
      {
        label: t.days[lang],
        cell: line => daysCell(line.half_days, lang),
        numeric: true,
        total: daysCell(month.half_days, lang),
      },
      {
        label: t.amount[lang],
        cell: line => show.euros(line.amount_eur_cents, lang),
        numeric: true,
        total: show.euros(month.amount_eur_cents, lang),
      },
    ]}
  />
);

export const ByPerson = ({ month, lang }: { month: EmployerMonth; lang: Lang }) =>
  month.totals_only ? (
    <Notice title={t.small[lang]}>
      <p>{t.smallDetail[lang]}</p>
    </Notice>
  ) : (
    <DataTable<PersonMonthTotal>
      caption={`${t.byPerson[lang]}, ${inMonth(month.month)[lang]}`}
      rows={month.people}
      columns={[
        { label: t.person[lang], cell: one => one.person },
        { label: t.which[lang], cell: one => one.days.map(day => Number(day.slice(8))).join(', ') },
        { label: t.days[lang], cell: one => daysCell(one.half_days, lang), numeric: true },
        { label: t.amount[lang], cell: one => show.euros(one.amount_eur_cents, lang), numeric: true },
      ]}
    />
  );
