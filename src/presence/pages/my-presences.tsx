import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Space } from '../../spaces/spaces.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { SelectField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Tag, type Tone } from '../../ui/tag/tag.tsx';
import type { Attestation, Finality } from '../attestation.ts';
import { capital, finalitySteps, labels as t } from '../labels.ts';
import { classNames, contestReasons, finalityNames } from '../words.ts';

export interface OwnPresence {
  readonly attestation: Attestation;
  readonly space: Space | undefined;
}

const tones: Readonly<Record<Finality, Tone>> = {
  captured: 'info',
  checking: 'pending',
  provisional: 'info',
  blocked: 'bad',
  creditable: 'good',
  reversed: 'plain',
};

const Contest = ({ attestation, requestId, lang }: { attestation: Attestation; requestId: string; lang: Lang }) => {
  const action = `/mes-presences/${attestation.attestationId}`;
  const key = `${requestId}-${attestation.attestationId}`;
  if (attestation.finality === 'reversed') return null;
  if (attestation.contested) {
    return (
      <Form action={action} requestId={key}>
        <Button kind="quiet" small describe={`${t.withdraw[lang]}, ${show.day(attestation.day, lang)}`}>
          {t.withdraw[lang]}
        </Button>
      </Form>
    );
  }
  return (
    <details>
      <summary>{t.contest[lang]}</summary>
      <Form action={action} requestId={key} label={`${t.contest[lang]}, ${show.day(attestation.day, lang)}`}>
        <SelectField
          name="motif"
          id={`motif-${attestation.attestationId}`}
          label={t.contestWhy[lang]}
          choices={Object.entries(contestReasons).map(([value, text]) => ({ value, label: text[lang] }))}
        />
        <Button kind="secondary" small>
          {t.contest[lang]}
        </Button>
      </Form>
    </details>
  );
};

/** The published clock, in four lines. */
const How = ({ lang }: { lang: Lang }) => (
  <Section title={t.howTitle[lang]}>
    <ol>
      {finalitySteps.map(({ when, what }) => (
        <li>
          <strong>{when[lang]}</strong> {what[lang]}
        </li>
      ))}
    </ol>
  </Section>
);

/** One's own days: what was attested, on what proof, and the right to say that it is wrong. */
export function MyPresencesPage({
  visit,
  presences,
  requestId,
  refusal,
}: {
  visit: Visit;
  presences: readonly OwnPresence[];
  requestId: string;
  refusal?: Refusal | undefined;
}) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.myPresences[lang]}>
      <PageHead title={t.myPresences[lang]} lead={t.presencesLead[lang]} />
      <Stack gap="loose">
        <ErrorSummary problems={problemsOf(refusal, lang)} />
        {presences.length === 0 ? (
          <EmptyState title={t.noPresence[lang]} actions={<ButtonLink href="/reserver">{t.book[lang]}</ButtonLink>}>
            <p>{t.noPresenceText[lang]}</p>
          </EmptyState>
        ) : (
          <DataTable<OwnPresence>
            caption={t.myPresences[lang]}
            captionHidden
            rows={presences}
            columns={[
              { label: t.day[lang], cell: ({ attestation }) => capital(show.day(attestation.day, lang)) },
              { label: t.space[lang], cell: ({ space }) => space?.name ?? '' },
              { label: t.length[lang], cell: ({ attestation }) => (attestation.halves === 2 ? t.whole : t.half)[lang] },
              { label: t.proof[lang], cell: ({ attestation }) => classNames[attestation.evidenceClass][lang] },
              {
                label: t.state[lang],
                cell: ({ attestation }) =>
                  attestation.contested ? (
                    <Tag tone="pending">{t.contested[lang]}</Tag>
                  ) : (
                    <Tag tone={tones[attestation.finality]}>{finalityNames[attestation.finality][lang]}</Tag>
                  ),
              },
              {
                label: t.action[lang],
                cell: ({ attestation }) => <Contest attestation={attestation} requestId={requestId} lang={lang} />,
              },
            ]}
          />
        )}
        <How lang={lang} />
      </Stack>
    </Layout>
  );
}
