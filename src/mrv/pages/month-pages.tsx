import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { floor } from '../../kernel/rational.ts';
import { localDay, nextMonth, previousMonth } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { Cluster, PageHead, Section, Split, Stack } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { type Branch, FlowChart } from '../../ui/flow-chart/flow-chart.tsx';
import { ErrorSummary, Form, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Stat, Stats } from '../../ui/stat/stat.tsx';
import { Steps } from '../../ui/steps/steps.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { type Batch, exact } from '../batch.ts';
import { type Check, checkIds, checkTitles } from '../checks.ts';
import type { Leak, MonthRow, MonthView } from '../mrv.ts';
import type { PeriodState } from '../period.ts';
import { adviceWords, leakWords, stateTones, stateWords, pageWords as t } from '../words.ts';

/** Exact milligrams as people read them. */
const mass = (mg: string, lang: Lang): string => show.co2(floor(exact(mg)), lang);

const title = (month: string, lang: Lang): string => {
  const name = show.month(month, lang);
  return name.charAt(0).toUpperCase() + name.slice(1);
};

/** Sealed metres once closed; until then what trips say, before any check. */
const avoidedShown = ({ batch, avoided_m }: MonthRow, lang: Lang): string =>
  batch ? show.km(BigInt(batch.totals.avoided_m), lang) : `${show.km(avoided_m, lang)} ${t.beforeChecks[lang]}`;

/** Every month with its state: where the operator starts. */
export function MonthListPage({ visit, months }: { visit: Visit; months: readonly MonthRow[] }) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.months[lang]}>
      <PageHead title={t.months[lang]} lead={t.monthsLead[lang]} />
      {months.length === 0 ? (
        <EmptyState title={t.noMonth[lang]}>{t.noMonthDetail[lang]}</EmptyState>
      ) : (
        <DataTable
          caption={t.months[lang]}
          rows={months}
          columns={[
            {
              label: t.month[lang],
              cell: row => <a href={`/operateur/mois/${row.month}`}>{title(row.month, lang)}</a>,
            },
            {
              label: t.state[lang],
              cell: row => <Tag tone={stateTones[row.state]}>{stateWords[row.state][lang]}</Tag>,
            },
            { label: t.trips[lang], numeric: true, cell: row => show.count(row.trips, lang) },
            { label: t.avoided[lang], numeric: true, cell: row => avoidedShown(row, lang) },
            {
              label: t.net[lang],
              numeric: true,
              cell: row => (row.batch ? mass(row.batch.totals.net_mg, lang) : '–'),
            },
          ]}
        />
      )}
    </Layout>
  );
}

interface MonthProps {
  visit: Visit;
  view: MonthView;
  /** The leak whose places are shown. */
  reason: Leak['reason'] | undefined;
  refusal: Refusal | null;
  requestId: string;
  done: boolean;
}

const waitingReasons: readonly Leak['reason'][] = ['pending', 'waiting'];

const positive = (metres: bigint): number => Math.max(0, Number(metres));

const branchesOf = ({ view, visit: { lang } }: MonthProps): readonly Branch[] => {
  const { flow, month } = view;
  const presences = (n: number) => `${show.count(n, lang)} ${(n > 1 ? t.presences : t.presence)[lang]}`;
  const leaks = flow.leaks.map(
    ({ reason, trip_m, presences: n }): Branch => ({
      label: leakWords[reason][lang],
      value: positive(trip_m),
      shown: show.km(trip_m, lang),
      detail: presences(n),
      href: `/operateur/mois/${month}?raison=${reason}#ou`,
      tone: waitingReasons.includes(reason) ? 'waiting' : 'lost',
    }),
  );
  const { home, office } = flow;
  const atHome: Branch = {
    label: t.replacedHome[lang],
    value: positive(home.trip_m),
    shown: show.km(home.trip_m, lang),
    detail: `${presences(home.presences)} : ${t.replacedHomeDetail[lang]}`,
    tone: 'lost',
  };
  const claim: Branch = {
    label: t.claim[lang],
    value: positive(office.trip_m),
    shown: show.km(office.trip_m, lang),
    detail: presences(office.presences),
    tone: 'claim',
  };
  return [...leaks, ...(home.presences > 0 ? [atHome] : []), claim];
};

function Flow(props: MonthProps) {
  const { view, visit } = props;
  const { lang } = visit;
  const branches = branchesOf(props);
  const all = branches.reduce((sum, branch) => sum + branch.value, 0);
  return (
    <FlowChart
      finding={t.flowFinding[lang](show.km(view.flow.trip_m, lang), show.km(view.flow.office.trip_m, lang))}
      note={t.flowNote[lang]}
      columns={[t.step[lang], t.kilometres[lang]]}
      show={value => show.km(value, lang)}
      start={{
        label: t.flowStart[lang](show.count(view.flow.presences, lang)),
        value: all,
        shown: show.km(view.flow.trip_m, lang),
      }}
      branches={branches}
    />
  );
}

function Places({ view, visit: { lang }, reason }: MonthProps) {
  if (reason === undefined) return null;
  return (
    <Section id="ou" title={`${t.where[lang]} : ${leakWords[reason][lang]}`} lead={adviceWords[reason][lang]}>
      <DataTable
        caption={leakWords[reason][lang]}
        captionHidden
        rows={view.places}
        columns={[
          { label: t.space[lang], cell: row => row.name },
          { label: t.presencesColumn[lang], numeric: true, cell: row => show.count(row.presences, lang) },
          { label: t.kilometres[lang], numeric: true, cell: row => show.km(row.trip_m, lang) },
        ]}
      />
    </Section>
  );
}

/** What only time completes is still to do, not blocked. */
const stepState = ({ passed, id }: Check, state: PeriodState) => {
  if (passed) return 'done';
  const takesTime = state !== 'ready' && (id === 'month_final' || id === 'presences_decided');
  return takesTime ? 'toDo' : 'blocked';
};

const Checklist = ({ view, visit: { lang } }: MonthProps) => (
  <Steps
    label={t.checklist[lang]}
    steps={view.checks.map(check => ({
      title: check.words[lang],
      state: stepState(check, view.state),
      detail: check.passed ? undefined : check.advice[lang],
    }))}
  />
);

/** The checks that passed when the month was closed: they are in the dossier too. */
const PassedChecks = ({ visit: { lang } }: MonthProps) => (
  <Section title={t.passed[lang]} lead={t.passedLead[lang]}>
    <Steps
      label={t.passed[lang]}
      steps={checkIds.map(id => ({ title: checkTitles[id][lang], state: 'done' as const }))}
    />
  </Section>
);

function Closing(props: MonthProps) {
  const { view, visit, requestId } = props;
  const { lang } = visit;
  const { month, state } = view;
  if (state === 'closed') return <PassedChecks {...props} />;
  const ready = view.checks.every(check => check.passed);
  return (
    <Section title={t.checklist[lang]} lead={t.checklistLead[lang]}>
      <Checklist {...props} />
      {ready ? (
        <Form action={`/operateur/mois/${month}/clore`} requestId={requestId}>
          <Button>{t.close[lang](show.month(month, lang))}</Button>
        </Form>
      ) : (
        <Notice kind="pending" title={t.notYet[lang]}>
          {t.notYetDetail[lang]}
        </Notice>
      )}
    </Section>
  );
}

const Figures = ({ batch, lang }: { batch: Batch; lang: Lang }) => (
  <>
    <Stats>
      <Stat
        large
        value={show.km(BigInt(batch.totals.avoided_m), lang)}
        label={t.avoidedLabel[lang]}
        howHref="/methode"
      />
      <Stat large value={mass(batch.totals.net_mg, lang)} label={t.netLabel[lang]} howHref="/methode" />
    </Stats>
    <Stats>
      <Stat
        value={show.count(batch.totals.credited, lang)}
        label={t.creditedLabel[lang](show.count(batch.lines, lang))}
      />
    </Stats>
  </>
);

function Closed({ view, visit }: MonthProps) {
  const { lang, network } = visit;
  const { batch } = view;
  if (batch === null) return null;
  return (
    <Section title={t.closedTitle[lang]} lead={t.closedLead[lang](batch.id.slice(0, 12))}>
      <Figures batch={batch} lang={lang} />
      {network.profile === 'demo' && (
        <Notice kind="warning" title={t.unofficial[lang]}>
          {t.unofficialDetail[lang]}
        </Notice>
      )}
      <Cluster>
        <ButtonLink href={`/audit/lots/${batch.id}/dossier.zip`} download>
          {t.dossier[lang]}
        </ButtonLink>
        <ButtonLink href={`/audit/lots/${batch.id}`} kind="secondary">
          {t.lines[lang]}
        </ButtonLink>
      </Cluster>
    </Section>
  );
}

/** What counting again gave: nothing else, or by how much. */
const Recounted = ({ visit: { lang }, view: { recount } }: MonthProps) =>
  recount === null ? null : (
    <Section title={t.recounted[lang]} lead={t.recountedLead[lang]}>
      <DescriptionList
        items={[
          { term: t.trips[lang], value: show.count(recount.trips, lang) },
          { term: t.roadsAsked[lang], value: show.count(recount.roadsAsked, lang) },
          { term: t.difference[lang], value: `${show.count(recount.difference_m, lang)} m` },
          { term: t.recountedOn[lang], value: show.date(localDay(recount.recordedAt, 'Europe/Paris'), lang) },
        ]}
      />
    </Section>
  );

/** The operator's month: where each kilometre went, what stands before the closing, and the closing itself. */
export function MonthPage(props: MonthProps) {
  const { visit, view, refusal, done } = props;
  const { lang } = visit;
  const { month, state, flow } = view;
  const name = title(month, lang);
  return (
    <Layout visit={visit} title={name}>
      <PageHead
        above={<Breadcrumb places={[{ label: t.months[lang], href: '/operateur' }, { label: name }]} />}
        title={name}
        lead={<Tag tone={stateTones[state]}>{stateWords[state][lang]}</Tag>}
        actions={
          <>
            <ButtonLink kind="quiet" href={`/operateur/mois/${previousMonth(month)}`}>
              ← {show.month(previousMonth(month), lang)}
            </ButtonLink>
            {state !== 'running' && (
              <ButtonLink kind="quiet" href={`/operateur/mois/${nextMonth(month)}`}>
                {show.month(nextMonth(month), lang)} →
              </ButtonLink>
            )}
          </>
        }
      />
      <Stack gap="loose">
        <ErrorSummary problems={problemsOf(refusal, lang)} />
        {done && state === 'closed' && <Notice kind="success" live title={t.justClosed[lang]} />}
        <Closed {...props} />
        {flow.presences === 0 ? (
          <EmptyState title={t.noPresence[lang]}>{t.noPresenceDetail[lang]}</EmptyState>
        ) : (
          <Split aside={<Closing {...props} />}>
            <Flow {...props} />
            <Places {...props} />
            <Recounted {...props} />
          </Split>
        )}
      </Stack>
    </Layout>
  );
}
