import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Visit } from '../../kernel/visit.ts';
import { Cluster, PageHead, Stack } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import type { EmployerMonth } from '../employers.ts';
import type { NamedLine } from '../month.ts';
import { t } from './labels.ts';
import { ByPerson, BySpace, daysCell, hrefOf, inMonth } from './tables.tsx';

const Lines = ({ month, lang }: { month: EmployerMonth; lang: Lang }) => (
  <DataTable<NamedLine>
    caption={`${t.lines[lang]}, ${inMonth(month.month)[lang]}`}
    exportHref={`/releves/${month.employerId}/${month.month}.csv`}
    exportLabel={t.csv[lang]}
    rows={month.lines}
    empty={t.noDay[lang]}
    columns={[
      {
        label: t.day[lang],
        cell: line => (line.day === null ? inMonth(month.month)[lang] : show.date(line.day, lang)),
        total: t.total[lang],
      },
      { label: t.space[lang], cell: line => line.space },
      { label: t.person[lang], cell: line => line.person ?? '–' },
      { label: t.label[lang], cell: line => line.label[lang] },
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

/** A month's statement, made to be printed. */
export function StatementPage({ visit, month }: { visit: Visit; month: EmployerMonth }) {
  const { lang } = visit;
  const title = `${month.employer}, ${inMonth(month.month)[lang]}`;
  const back = { label: month.employer, href: hrefOf(month.employerId, month.month) };
  return (
    <Layout visit={visit} title={title} wide>
      <Breadcrumb places={[back, { label: inMonth(month.month)[lang] }]} />
      <PageHead title={title} lead={`${visit.network.name} · ${t.notInvoice[lang]}`} />
      <Stack>
        {visit.network.fictitious && <Notice kind="pending" title={t.fictitious[lang]} />}
        <Notice title={t.notInvoice[lang]}>
          <p>{t.notInvoiceDetail[lang]}</p>
        </Notice>
        <BySpace month={month} lang={lang} />
        {month.totals_only ? <ByPerson month={month} lang={lang} /> : <Lines month={month} lang={lang} />}
        {month.totals_only && (
          <Cluster>
            <ButtonLink href={`/releves/${month.employerId}/${month.month}.csv`} kind="secondary" download>
              {t.csv[lang]}
            </ButtonLink>
          </Cluster>
        )}
      </Stack>
    </Layout>
  );
}
