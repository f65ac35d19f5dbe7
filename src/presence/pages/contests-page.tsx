import { show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import { Cluster, PageHead, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { ErrorSummary, Form, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { capital, labels as t } from '../labels.ts';
import { classNames } from '../words.ts';
import type { OwnPresence } from './my-presences.tsx';

interface ContestsPageProps {
  visit: Visit;
  contested: readonly OwnPresence[];
  requestId: string;
  refusal?: Refusal | undefined;
}

/** What the network has to answer: days by pseudonym, no name. */
export function ContestsPage({ visit, contested, requestId, refusal }: ContestsPageProps) {
  const { lang } = visit;
  const answers = [
    ['oui', t.uphold[lang]],
    ['non', t.dismiss[lang]],
  ] as const;
  return (
    <Layout visit={visit} title={t.contestsTitle[lang]}>
      <PageHead title={t.contestsTitle[lang]} lead={t.contestsLead[lang]} />
      <Stack>
        <ErrorSummary problems={problemsOf(refusal, lang)} />
        {contested.length === 0 ? (
          <EmptyState title={t.noContest[lang]}>
            <p>{t.noContestText[lang]}</p>
          </EmptyState>
        ) : (
          <DataTable<OwnPresence>
            caption={t.contestsTitle[lang]}
            captionHidden
            rows={contested}
            columns={[
              { label: t.day[lang], cell: ({ attestation }) => capital(show.day(attestation.day, lang)) },
              { label: t.space[lang], cell: ({ space }) => space?.name ?? '' },
              { label: t.length[lang], cell: ({ attestation }) => (attestation.halves === 2 ? t.whole : t.half)[lang] },
              { label: t.proof[lang], cell: ({ attestation }) => classNames[attestation.evidenceClass][lang] },
              { label: t.pseudonym[lang], cell: ({ attestation }) => <code>{attestation.pseudonym.slice(0, 8)}</code> },
              {
                label: t.action[lang],
                cell: ({ attestation }) => (
                  <Form
                    action={`/contestations/${attestation.attestationId}`}
                    requestId={`${requestId}-${attestation.attestationId}`}
                    inline
                  >
                    <Cluster>
                      {answers.map(([value, text]) => (
                        <Button
                          kind="secondary"
                          small
                          name="reponse"
                          value={value}
                          describe={`${text}, ${show.day(attestation.day, lang)}`}
                        >
                          {text}
                        </Button>
                      ))}
                    </Cluster>
                  </Form>
                ),
              },
            ]}
          />
        )}
      </Stack>
    </Layout>
  );
}
