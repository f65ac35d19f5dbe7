import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { SelectField, TextArea } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { type EmployerCode, employerCodes, frenchCodes } from '../day-codes.ts';
import { codeWords, proofLabels as t } from '../proof-words.ts';

interface EmployerDaysPageProps {
  readonly visit: Visit;
  readonly employers: readonly { readonly employerId: string; readonly name: string }[];
  readonly typed?: { readonly employer?: string | undefined; readonly codes?: string | undefined } | undefined;
  readonly saved: boolean;
  readonly requestId: string;
  readonly refusal?: Refusal | undefined;
}

/** Where an employer may say, day by day, where its people were. */
export function EmployerDaysPage({ visit, employers, typed, saved, requestId, refusal }: EmployerDaysPageProps) {
  const { lang } = visit;
  const problems = problemsOf(refusal, lang);
  return (
    <Layout visit={visit} title={t.codesTitle[lang]}>
      <PageHead title={t.codesTitle[lang]} lead={t.codesLead[lang]} />
      <Stack gap="loose">
        <ErrorSummary problems={problems} />
        {saved && (
          <Notice kind="success" live>
            {t.recorded[lang]}
          </Notice>
        )}
        <Form action="/jours-declares" requestId={requestId} label={t.codesTitle[lang]}>
          <SelectField
            name="employeur"
            label={t.employer[lang]}
            value={typed?.employer}
            choices={employers.map(({ employerId, name }) => ({ value: employerId, label: name }))}
          />
          <TextArea
            name="codes"
            label={t.codes[lang]}
            hint={t.codesHint[lang]}
            value={typed?.codes}
            rows={8}
            error={problemAt(problems, 'codes')}
          />
          <Button>{t.send[lang]}</Button>
        </Form>
        <Section title={t.code[lang]}>
          <DataTable<EmployerCode>
            caption={t.code[lang]}
            captionHidden
            rows={employerCodes}
            columns={[
              { label: t.code[lang], cell: code => <code>{lang === 'fr' ? frenchCodes[code] : code}</code> },
              { label: t.meaning[lang], cell: code => codeWords[code][lang] },
            ]}
          />
        </Section>
      </Stack>
    </Layout>
  );
}
