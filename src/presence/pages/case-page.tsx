import { show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Space } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { Button } from '../../ui/button/button.tsx';
import { SelectField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { titleOf } from '../anomalies.ts';
import type { Attestation } from '../attestation.ts';
import type { HistoryEntry } from '../history.ts';
import { capital, labels } from '../labels.ts';
import { proofLabels as t } from '../proof-words.ts';
import { classNames, finalityNames, hostReasons } from '../words.ts';
import { DecideForm, Proposals, type Proposed, ReasonField } from './anomalies-page.tsx';
import { AxesList, FindingsTable, finalityTones, HistoryTable, type ShownFinding } from './proof-parts.tsx';

export interface CasePageProps {
  readonly visit: Visit;
  readonly attestation: Attestation;
  readonly findings: readonly ShownFinding[];
  readonly history: readonly HistoryEntry[];
  readonly proposals: readonly Proposed[];
  readonly space: Space | undefined;
  readonly requestId: string;
  readonly refusal?: Refusal | undefined;
}

/** What may be set aside by two people: what blocks, what could not be checked, and the class of evidence. */
const Proposing = ({ visit: { lang }, attestation, findings, requestId }: CasePageProps) => {
  const stopped = findings.filter(one => one.status === 'blocked' || one.status === 'pending');
  const choices = [
    ...stopped.map(one => ({ value: one.rule, label: `${one.rule} · ${titleOf(one.rule, one.judge)[lang]}` })),
    ...(attestation.evidenceClass === 'C' ? [] : [{ value: 'classe', label: t.raise[lang] }]),
  ];
  if (choices.length === 0) return null;
  return (
    <Section title={t.proposeTitle[lang]} lead={t.proposalsLead[lang]}>
      <Form
        action={`/anomalies/${attestation.attestationId}/lever`}
        requestId={`${requestId}-lever`}
        label={t.proposeTitle[lang]}
        inline
      >
        <SelectField name="quoi" label={t.what[lang]} choices={choices} />
        <ReasonField lang={lang} id="motif-lever" />
        <Button kind="secondary">{t.propose[lang]}</Button>
      </Form>
    </Section>
  );
};

const Correcting = ({ visit: { lang }, attestation, requestId }: CasePageProps) => (
  <Section title={t.correctTitle[lang]} lead={t.correctLead[lang]}>
    <Form
      action={`/anomalies/${attestation.attestationId}/corriger`}
      requestId={`${requestId}-corriger`}
      label={t.correctTitle[lang]}
      inline
    >
      <SelectField
        name="motif"
        id="motif-corriger"
        label={t.why[lang]}
        choices={Object.entries(hostReasons).map(([value, text]) => ({ value, label: text[lang] }))}
      />
      <Button kind="secondary">{t.correct[lang]}</Button>
    </Form>
  </Section>
);

/** One day for the network: what was found, what was done, and what may be decided. No name. */
export function CasePage(props: CasePageProps) {
  const { visit, attestation, findings, history, proposals, space, requestId, refusal } = props;
  const { lang } = visit;
  const title = capital(show.day(attestation.day, lang));
  const stands = attestation.finality !== 'reversed';
  return (
    <Layout visit={visit} title={title}>
      <PageHead
        title={title}
        lead={`${space?.name ?? ''}, ${labels.pseudonym[lang].toLowerCase()} ${attestation.pseudonym.slice(0, 8)}`}
        above={<Breadcrumb places={[{ label: t.anomaliesTitle[lang], href: '/anomalies' }, { label: title }]} />}
      />
      <Stack gap="loose">
        <ErrorSummary problems={problemsOf(refusal, lang)} />
        <Cluster>
          <Tag tone={finalityTones[attestation.finality]}>{finalityNames[attestation.finality][lang]}</Tag>
          {attestation.contested && <Tag tone="pending">{labels.contested[lang]}</Tag>}
          <Tag>{classNames[attestation.evidenceClass][lang]}</Tag>
        </Cluster>
        <Section title={t.findingsTitle[lang]}>
          <Stack>
            <AxesList attestation={attestation} lang={lang} />
            <FindingsTable findings={findings} lang={lang} />
            {stands &&
              findings
                .filter(one => one.status === 'review')
                .map(one => (
                  <DecideForm
                    lang={lang}
                    ruleId={one.rule}
                    attestationIds={[attestation.attestationId]}
                    requestId={`${requestId}-${one.rule}`}
                  />
                ))}
          </Stack>
        </Section>
        {proposals.length > 0 && (
          <Section title={t.proposalsTitle[lang]} lead={t.proposalsLead[lang]}>
            <Proposals proposals={proposals} lang={lang} requestId={requestId} />
          </Section>
        )}
        {stands && <Proposing {...props} />}
        {stands && <Correcting {...props} />}
        <Section title={t.historyTitle[lang]}>
          <HistoryTable history={history} lang={lang} />
        </Section>
      </Stack>
    </Layout>
  );
}
