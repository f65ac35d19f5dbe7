import { type Lang, show } from '../../kernel/bilingual.ts';
import { Section } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { FileField } from '../../ui/form/field.tsx';
import { Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import type { Claim } from '../claims.ts';
import { type Compared, exchangeTexts as t } from '../exchange.ts';
import { texts } from '../texts.ts';
import { periodText } from '../words.ts';
import { Frame, type Said, schemesPlace } from './parts.tsx';

type Props = Said & { readonly claim: Claim; readonly result: Compared | null };

const Result = ({ result, lang }: { result: Compared; lang: Lang }) => {
  const { differing, missing, unknown, repeated } = result;
  const same = differing.length + missing.length + unknown.length + repeated.length === 0;
  return (
    <Section title={(same ? t.same : t.differs)[lang]}>
      <Notice kind={same ? 'success' : 'warning'} live title={(same ? t.same : t.differs)[lang]} />
      <DescriptionList
        items={[
          { term: t.agreeing[lang], value: show.count(result.agreeing, lang) },
          { term: t.missing[lang], value: missing.join(', ') },
          { term: t.unknown[lang], value: unknown.join(', ') },
          { term: t.repeated[lang], value: repeated.join(', ') },
          { term: t.difference[lang], value: `${show.count(result.difference_m, lang)} m` },
        ]}
      />
      {differing.length > 0 && (
        <DataTable
          caption={t.differing[lang]}
          rows={differing}
          tall
          columns={[
            { label: texts.line[lang], cell: one => <code>{one.line}</code> },
            { label: t.ours[lang], numeric: true, cell: one => show.count(one.ours_m, lang) },
            { label: t.theirs[lang], numeric: true, cell: one => show.count(one.theirs_m, lang) },
          ]}
        />
      )}
    </Section>
  );
};

/** The lines of a carbon claim for the platform that the method names, and its word compared with ours. */
export function ExchangePage(props: Props) {
  const { claim, result, facts, visit } = props;
  const { lang } = visit;
  const base = `/programmes/demandes/${claim.row.claimId}`;
  const above = [
    schemesPlace(lang),
    { label: `${texts.claim[lang]}, ${periodText(claim.row.period, lang)}`, href: base },
  ];
  return (
    <Frame
      said={props}
      title={t.title[lang]}
      lead={t.lead[lang]}
      above={above}
      actions={
        <ButtonLink href={`${base}/valore.csv`} download>
          {t.download[lang]}
        </ButtonLink>
      }
    >
      {result && <Result result={result} lang={lang} />}
      <Section title={t.compare[lang]} lead={t.compareLead[lang]}>
        <Form action={`${base}/valore`} label={t.compare[lang]} upload>
          <FileField
            name="rows"
            label={t.rows[lang]}
            hint={t.rowsHint[lang]}
            accept=".csv,text/csv"
            error={problemAt(problemsOf(facts.refusal, lang), 'rows')}
          />
          <Button>{t.compare[lang]}</Button>
        </Form>
      </Section>
    </Frame>
  );
}
