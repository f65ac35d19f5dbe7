import { show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Space } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { SelectField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { Attestation } from '../attestation.ts';
import type { HistoryEntry } from '../history.ts';
import { capital, labels } from '../labels.ts';
import { proofLabels as t } from '../proof-words.ts';
import { classNames, contestReasons, finalityNames } from '../words.ts';
import { AxesList, FindingsTable, finalityTones, HistoryTable, type ShownFinding } from './proof-parts.tsx';

export interface PresencePageProps {
  readonly visit: Visit;
  readonly attestation: Attestation;
  readonly findings: readonly ShownFinding[];
  readonly history: readonly HistoryEntry[];
  readonly space: Space | undefined;
  readonly requestId: string;
  readonly refusal?: Refusal | undefined;
}

/** The person's own word: the day is right, or it is not. */
const OwnWord = ({ visit: { lang }, attestation, history, requestId }: PresencePageProps) => {
  const action = `/mes-presences/${attestation.attestationId}`;
  if (attestation.finality === 'reversed') return null;
  if (attestation.contested) {
    return (
      <Form action={action} requestId={requestId}>
        <Button kind="secondary">{labels.withdraw[lang]}</Button>
      </Form>
    );
  }
  return (
    <Stack>
      {!history.some(one => one.what === 'confirmed') && (
        <Form action={`${action}/confirmer`} requestId={`${requestId}-oui`}>
          <Button>{t.confirm[lang]}</Button>
        </Form>
      )}
      <Form action={action} requestId={requestId} label={labels.contest[lang]} inline>
        <SelectField
          name="motif"
          label={labels.contestWhy[lang]}
          choices={Object.entries(contestReasons).map(([value, text]) => ({ value, label: text[lang] }))}
        />
        <Button kind="secondary">{labels.contest[lang]}</Button>
      </Form>
    </Stack>
  );
};

/** One of one's own days: on what proof, what was checked, what was found, what happened, and one's word on it. */
export function PresencePage(props: PresencePageProps) {
  const { visit, attestation, findings, history, space, refusal } = props;
  const { lang } = visit;
  const title = capital(show.day(attestation.day, lang));
  return (
    <Layout visit={visit} title={title}>
      <PageHead
        title={title}
        lead={`${space?.name ?? ''}, ${(attestation.halves === 2 ? labels.whole : labels.half)[lang]}`}
        above={<Breadcrumb places={[{ label: labels.myPresences[lang], href: '/mes-presences' }, { label: title }]} />}
      />
      <Stack gap="loose">
        <ErrorSummary problems={problemsOf(refusal, lang)} />
        <Cluster>
          <Tag tone={finalityTones[attestation.finality]}>{finalityNames[attestation.finality][lang]}</Tag>
          {attestation.contested && <Tag tone="pending">{labels.contested[lang]}</Tag>}
          <Tag>{classNames[attestation.evidenceClass][lang]}</Tag>
        </Cluster>
        <Section title={t.confirmTitle[lang]}>
          <OwnWord {...props} />
        </Section>
        <Section title={t.axesTitle[lang]}>
          <AxesList attestation={attestation} lang={lang} />
        </Section>
        <Section title={t.findingsTitle[lang]}>
          <FindingsTable findings={findings} lang={lang} />
        </Section>
        <Section title={t.historyTitle[lang]}>
          <HistoryTable history={history} lang={lang} />
        </Section>
        <Cluster>
          <ButtonLink kind="secondary" href={`/mes-presences/${attestation.attestationId}/compte`}>
            {t.account[lang]}
          </ButtonLink>
        </Cluster>
      </Stack>
    </Layout>
  );
}
