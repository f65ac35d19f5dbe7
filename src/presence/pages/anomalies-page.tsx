import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { SelectField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { type Anomaly, type AnomalyGroup, titleOf } from '../anomalies.ts';
import { capital, labels } from '../labels.ts';
import { reasonWords, statusWords, proofLabels as t, theOthers } from '../proof-words.ts';
import type { Judge } from '../rules/catalogue.ts';
import { classNames, decisionReasons } from '../words.ts';

export interface Proposed {
  readonly overrideId: string;
  readonly attestationId: string;
  readonly kind: 'finding' | 'class';
  readonly judge: Judge | null;
  readonly ruleId: string | null;
  readonly reason: string;
  /** Proposed by the visitor: someone else has to confirm it. */
  readonly own: boolean;
}

export interface AnomaliesPageProps {
  readonly visit: Visit;
  readonly groups: readonly AnomalyGroup[];
  readonly sites: readonly { readonly spaceId: string; readonly ruleId: string; readonly periodFrom: AnomalyDay }[];
  readonly proposals: readonly Proposed[];
  readonly more: boolean;
  readonly spaceNames: ReadonlyMap<string, string>;
  readonly requestId: string;
  readonly refusal?: Refusal | undefined;
}

type AnomalyDay = Anomaly['day'];

export const ReasonField = ({ lang, id }: { lang: Lang; id?: string }) => (
  <SelectField
    name="motif"
    id={id}
    label={t.why[lang]}
    choices={Object.entries(decisionReasons).map(([value, text]) => ({ value, label: text[lang] }))}
  />
);

/** One decision on all the reviews of a group, or on one of them. */
export const DecideForm = ({
  lang,
  ruleId,
  attestationIds,
  requestId,
}: {
  lang: Lang;
  ruleId: string;
  attestationIds: readonly string[];
  requestId: string;
}) => (
  <Form
    action="/anomalies"
    requestId={requestId}
    hidden={{ regle: ruleId, presences: attestationIds.join(' ') }}
    label={`${t.letPass[lang]}, ${ruleId}`}
    inline
  >
    <ReasonField lang={lang} id={`motif-${requestId}`} />
    <Cluster>
      <Button kind="secondary" name="decision" value="let_pass" describe={`${t.letPass[lang]}, ${ruleId}`}>
        {t.letPass[lang]}
      </Button>
      <Button kind="secondary" name="decision" value="block" describe={`${t.block[lang]}, ${ruleId}`}>
        {t.block[lang]}
      </Button>
    </Cluster>
  </Form>
);

/** Presences of a group that are in sight at once: the rest is folded, unless it is hardly more. */
const inSight = { at_once: 10, at_most: 15 };

const anchorOf = (n: number): string => `groupe-${n + 1}`;

const groupTitle = ({ ruleId, judge, site, anomalies }: AnomalyGroup, page: AnomaliesPageProps): string => {
  const { lang } = page.visit;
  const where = site ? `, ${page.spaceNames.get(site.spaceId) ?? ''}, ${show.date(site.from, lang)}` : '';
  return `${ruleId} · ${capital(titleOf(ruleId, judge)[lang])}${where} (${anomalies.length})`;
};

const Presences = ({
  anomalies,
  caption,
  page: { visit, spaceNames },
}: {
  anomalies: readonly Anomaly[];
  caption: string;
  page: AnomaliesPageProps;
}) => {
  const { lang } = visit;
  const joined = anomalies.some(one => (one.finding.with ?? []).length > 0);
  const others = {
    label: t.others[lang],
    cell: (one: Anomaly) => (one.finding.with ?? []).map(id => <a href={`/anomalies/${id}`}>{`${id.slice(-6)} `}</a>),
  };
  return (
    <DataTable<Anomaly>
      caption={caption}
      captionHidden
      tall
      rows={anomalies}
      columns={[
        {
          label: labels.day[lang],
          cell: one => <a href={`/anomalies/${one.attestationId}`}>{capital(show.day(one.day, lang))}</a>,
        },
        { label: labels.space[lang], cell: one => spaceNames.get(one.spaceId) ?? '' },
        { label: labels.pseudonym[lang], cell: one => <code>{one.pseudonym.slice(0, 8)}</code> },
        { label: labels.proof[lang], cell: one => classNames[one.evidenceClass][lang] },
        ...(joined ? [others] : []),
      ]}
    />
  );
};

const StatusTag = ({ group, lang }: { group: AnomalyGroup; lang: Lang }) => (
  <Tag tone={group.status === 'review' ? 'pending' : 'bad'}>{statusWords[group.status][lang]}</Tag>
);

const Group = ({ group, page, n }: { group: AnomalyGroup; page: AnomaliesPageProps; n: number }) => {
  const { lang } = page.visit;
  const title = groupTitle(group, page);
  const { length } = group.anomalies;
  const seen = length > inSight.at_most ? inSight.at_once : length;
  const rest = group.anomalies.slice(seen);
  return (
    <Section id={anchorOf(n)} title={title} actions={<StatusTag group={group} lang={lang} />}>
      <Stack>
        <Presences anomalies={group.anomalies.slice(0, seen)} caption={title} page={page} />
        {rest.length > 0 && (
          <details class="chart-table">
            <summary>{theOthers(rest.length)[lang]}</summary>
            <Presences anomalies={rest} caption={`${title}, ${theOthers(rest.length)[lang]}`} page={page} />
          </details>
        )}
        {group.status === 'review' && (
          <DecideForm
            lang={lang}
            ruleId={group.ruleId}
            attestationIds={group.anomalies.map(one => one.attestationId)}
            requestId={`${page.requestId}-${n}`}
          />
        )}
      </Stack>
    </Section>
  );
};

/** What waits, a line a question: each leads to its presences. */
const Summary = ({ page }: { page: AnomaliesPageProps }) => {
  const { lang } = page.visit;
  return (
    <DataTable
      caption={t.summary[lang]}
      captionHidden
      rows={[...page.groups.entries()]}
      columns={[
        {
          label: t.rule[lang],
          cell: ([n, { ruleId, judge }]) => (
            <a href={`#${anchorOf(n)}`}>{`${ruleId} · ${capital(titleOf(ruleId, judge)[lang])}`}</a>
          ),
        },
        {
          label: labels.space[lang],
          cell: ([, { site }]) => (site ? (page.spaceNames.get(site.spaceId) ?? '') : t.everySpace[lang]),
        },
        { label: t.period[lang], cell: ([, { site }]) => (site ? show.date(site.from, lang) : '–') },
        { label: t.state[lang], cell: ([, group]) => <StatusTag group={group} lang={lang} /> },
        {
          label: t.presences[lang],
          numeric: true,
          cell: ([, { anomalies }]) => show.count(anomalies.length, lang),
        },
      ]}
    />
  );
};

/** What one person proposed: another confirms it here. */
export const Proposals = ({
  proposals,
  lang,
  requestId,
}: {
  proposals: readonly Proposed[];
  lang: Lang;
  requestId: string;
}) => (
  <DataTable<Proposed>
    caption={t.proposalsTitle[lang]}
    captionHidden
    rows={proposals}
    columns={[
      {
        label: t.what[lang],
        cell: one => (
          <a href={`/anomalies/${one.attestationId}`}>
            {one.kind === 'class' ? t.raise[lang] : `${one.ruleId} · ${titleOf(one.ruleId!, one.judge!)[lang]}`}
          </a>
        ),
      },
      { label: t.why[lang], cell: one => reasonWords(one.reason)[lang] },
      {
        label: labels.action[lang],
        cell: one =>
          one.own ? (
            t.proposalsLead[lang]
          ) : (
            <Form action={`/anomalies/levees/${one.overrideId}`} requestId={`${requestId}-${one.overrideId}`} inline>
              <ReasonField lang={lang} id={`motif-${one.overrideId}`} />
              <Button kind="secondary">{t.confirmOverride[lang]}</Button>
            </Form>
          ),
      },
    ]}
  />
);

const Sites = ({ page }: { page: AnomaliesPageProps }) => {
  const { lang } = page.visit;
  return (
    <Section title={t.sitesTitle[lang]}>
      <DataTable<AnomaliesPageProps['sites'][number]>
        caption={t.sitesTitle[lang]}
        captionHidden
        rows={page.sites}
        columns={[
          { label: labels.space[lang], cell: one => page.spaceNames.get(one.spaceId) ?? '' },
          { label: t.rule[lang], cell: one => `${one.ruleId} · ${titleOf(one.ruleId, 'presence')[lang]}` },
          { label: t.period[lang], cell: one => show.date(one.periodFrom, lang) },
        ]}
      />
    </Section>
  );
};

/** The operator's queue: by rule, the newest first, people by pseudonym. */
export function AnomaliesPage(page: AnomaliesPageProps) {
  const { visit, groups, sites, proposals, more, requestId, refusal } = page;
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.anomaliesTitle[lang]}>
      <PageHead title={t.anomaliesTitle[lang]} lead={t.anomaliesLead[lang]} />
      <Stack gap="loose">
        <ErrorSummary problems={problemsOf(refusal, lang)} />
        {more && <Notice>{t.more[lang]}</Notice>}
        {proposals.length > 0 && (
          <Section title={t.proposalsTitle[lang]} lead={t.proposalsLead[lang]}>
            <Proposals proposals={proposals} lang={lang} requestId={requestId} />
          </Section>
        )}
        {groups.length === 0 && (
          <EmptyState title={t.noAnomaly[lang]}>
            <p>{t.noAnomalyText[lang]}</p>
          </EmptyState>
        )}
        {groups.length > 1 && <Summary page={page} />}
        {groups.map((group, n) => (
          <Group group={group} page={page} n={n} />
        ))}
        {sites.length > 0 && <Sites page={page} />}
      </Stack>
    </Layout>
  );
}
