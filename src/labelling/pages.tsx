import { show } from '../kernel/bilingual.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Day } from '../kernel/time.ts';
import { holds, type Visit } from '../kernel/visit.ts';
import { mayManage, type Space } from '../spaces/spaces.ts';
import { PageHead, Section, Stack } from '../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../ui/breadcrumb/breadcrumb.tsx';
import { Button, ButtonLink } from '../ui/button/button.tsx';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { DateField, SelectField, TextField } from '../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../ui/form/form.tsx';
import { Layout } from '../ui/layout/layout.tsx';
import { Notice } from '../ui/notice/notice.tsx';
import { Seal, type SealTone } from '../ui/seal/seal.tsx';
import { Tag, type Tone } from '../ui/tag/tag.tsx';
import type { Criterion } from './grid.ts';
import type { DecisionKind, Label, LabelState } from './label.ts';
import type { LabelSheet } from './labelling.ts';
import { qrPath } from './qr.ts';
import { answers, criterionKinds, texts } from './texts.ts';
import { decisionKinds, states, words } from './words.ts';

const tones: Readonly<Record<LabelState, SealTone>> = {
  none: 'plain',
  candidate: 'pending',
  labelled: 'good',
  suspended: 'bad',
  expired: 'bad',
  refused: 'bad',
  withdrawn: 'bad',
};

export interface LabelLine {
  readonly space: Space;
  readonly label: Label;
}

export function LabelsPage({ visit, lines }: { visit: Visit; lines: readonly LabelLine[] }) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={texts.labels[lang]} description={texts.labelsLead[lang]}>
      <Stack gap="loose">
        <PageHead title={texts.labels[lang]} lead={texts.labelsLead[lang]} />
        <Provisional visit={visit} />
        <DataTable
          caption={texts.labels[lang]}
          rows={lines}
          columns={[
            { label: texts.space[lang], cell: ({ space }) => <a href={`/labels/${space.slug}`}>{space.name}</a> },
            { label: texts.town[lang], cell: ({ space }) => space.commune.name },
            { label: texts.state[lang], cell: ({ label }) => <StateTag state={label.state} lang={lang} /> },
            { label: texts.since[lang], cell: ({ label }) => label.since && show.date(label.since, lang) },
            { label: texts.until[lang], cell: ({ label }) => label.validUntil && show.date(label.validUntil, lang) },
          ]}
        />
      </Stack>
    </Layout>
  );
}

const StateTag = ({ state, lang }: { state: LabelState; lang: Visit['lang'] }) => (
  <Tag tone={tones[state] satisfies Tone}>{states[state][lang]}</Tag>
);

const Provisional = ({ visit: { lang } }: { visit: Visit }) => (
  <Notice kind="pending" title={texts.provisionalTitle[lang]}>
    <p>{texts.provisional[lang]}</p>
  </Notice>
);

export interface LabelPageProps {
  readonly visit: Visit;
  readonly space: Space;
  readonly sheet: LabelSheet;
  readonly today: Day;
  readonly requestId: string;
  /** What was typed in the form that came back, and why. */
  readonly typed: Readonly<Record<string, string>>;
  readonly refusal: Refusal | null;
  readonly done: boolean;
}

export function LabelPage(props: LabelPageProps) {
  const { visit, space, sheet, refusal, done } = props;
  const { lang } = visit;
  const title = `${texts.label[lang]} · ${space.name}`;
  return (
    <Layout
      visit={visit}
      title={title}
      description={`${space.name}, ${space.commune.name} : ${states[sheet.label.state][lang]}`}
    >
      <Stack gap="loose">
        <PageHead
          title={title}
          above={<Breadcrumb places={[{ label: texts.labels[lang], href: '/labels' }, { label: space.name }]} />}
          actions={
            <ButtonLink kind="secondary" href={`/espaces/${space.slug}`}>
              {texts.backToSpace[lang]}
            </ButtonLink>
          }
        />
        <ErrorSummary problems={problemsOf(refusal, lang)} />
        {done && <Notice kind="success" live title={texts.saved[lang]} />}
        <TheSeal {...props} />
        {sheet.grid.status === 'candidate' && <Provisional visit={visit} />}
        <Checked {...props} />
        <Decisions {...props} />
        <Actions {...props} />
      </Stack>
    </Layout>
  );
}

const TheSeal = ({ visit, space, sheet }: LabelPageProps) => {
  const { lang, origin } = visit;
  const { label, grid } = sheet;
  const url = `${origin}/labels/${space.slug}`;
  const dates = [
    label.since && `${texts.since[lang]} ${show.date(label.since, lang)}`,
    label.validUntil && `${texts.until[lang].toLowerCase()} ${show.date(label.validUntil, lang)}`,
  ].filter(Boolean);
  return (
    <Seal
      tone={tones[label.state]}
      name={`${space.name}, ${space.commune.name}`}
      state={states[label.state][lang]}
      note={grid.status === 'candidate' ? words.provisional[lang] : undefined}
      lines={[dates.join(', '), `${texts.grid[lang]} : ${grid.version}`, texts.verifyHelp[lang]].filter(
        line => line !== '',
      )}
      aside={<Qr url={url} title={texts.verify[lang]} />}
    />
  );
};

const Qr = ({ url, title }: { url: string; title: string }) => {
  const { size, path } = qrPath(url);
  return (
    <svg viewBox={`0 0 ${size} ${size}`} width="148" height="148" role="img" shape-rendering="crispEdges">
      <title>{`${title} : ${url}`}</title>
      <rect width={size} height={size} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
};

const Checked = ({ visit: { lang }, sheet }: LabelPageProps) => {
  const answerOf = (criterion: Criterion) => sheet.findings.find(f => f.code === criterion.code)?.answer;
  const lead = sheet.visitedOn
    ? `${texts.visitedOn[lang]} ${show.date(sheet.visitedOn, lang)} : ${sheet.score.met} ${texts.score[lang]} ${sheet.score.of}.`
    : texts.notVisited[lang];
  return (
    <Section title={texts.checked[lang]} lead={lead}>
      <DataTable
        caption={texts.checked[lang]}
        captionHidden
        rows={sheet.grid.criteria}
        columns={[
          { label: texts.criterion[lang], cell: c => `${c.code} · ${c.text[lang]}` },
          { label: texts.found[lang], cell: c => <Found answer={answerOf(c)} lang={lang} /> },
          { label: texts.kind[lang], cell: c => criterionKinds[c.kind][lang] },
          { label: texts.evidence[lang], cell: c => c.evidence[lang] },
          { label: texts.source[lang], cell: c => c.source[lang] },
        ]}
      />
    </Section>
  );
};

const foundTones = { met: 'good', not_met: 'bad', not_checked: 'plain' } as const satisfies Record<string, Tone>;

const Found = ({ answer = 'not_checked', lang }: { answer: keyof typeof answers | undefined; lang: Visit['lang'] }) => (
  <Tag tone={foundTones[answer]}>{answers[answer][lang]}</Tag>
);

const Decisions = ({ visit: { lang }, sheet }: LabelPageProps) => (
  <Section title={texts.decisions[lang]} lead={texts.decisionsLead[lang]}>
    <DataTable
      caption={texts.decisions[lang]}
      captionHidden
      rows={sheet.decisions}
      empty={texts.noDecision[lang]}
      columns={[
        { label: texts.date[lang], cell: d => show.date(d.decidedOn, lang) },
        { label: texts.decision[lang], cell: d => decisionKinds[d.kind][lang] },
        { label: texts.until[lang], cell: d => d.validUntil && show.date(d.validUntil, lang) },
        { label: texts.reason[lang], cell: d => d.reason },
      ]}
    />
  </Section>
);

/** The one form that fits the state and the visitor, if any. */
const Actions = (props: LabelPageProps) => {
  const { visit, space, sheet } = props;
  const { actor } = visit;
  if (!actor) return null;
  const operator = holds(actor, 'network_operator');
  if (operator && sheet.open) return sheet.open.evaluated ? <Decide {...props} /> : <Evaluate {...props} />;
  if (operator && (sheet.label.state === 'labelled' || sheet.label.state === 'suspended')) return <Change {...props} />;
  return !sheet.open && mayManage(actor, space) ? <Apply {...props} /> : null;
};

const actionOf = ({ space }: LabelPageProps, what: string) => `/labels/${space.slug}/${what}`;
const errorAt = ({ refusal, visit }: LabelPageProps, field: string) =>
  problemAt(problemsOf(refusal, visit.lang), field);

const Criteria = (props: LabelPageProps) => {
  const { lang } = props.visit;
  return (
    <>
      {props.sheet.grid.criteria.map(({ code, text }) => (
        <SelectField
          name={code}
          label={`${code} · ${text[lang]}`}
          value={props.typed[code] ?? 'not_checked'}
          choices={Object.entries(answers).map(([value, label]) => ({ value, label: label[lang] }))}
          error={errorAt(props, code)}
        />
      ))}
    </>
  );
};

const Apply = (props: LabelPageProps) => {
  const { lang } = props.visit;
  return (
    <Section title={texts.apply[lang]} lead={texts.applyLead[lang]}>
      <Form action={actionOf(props, 'demande')} requestId={props.requestId}>
        <Criteria {...props} />
        <Button>{texts.apply[lang]}</Button>
      </Form>
    </Section>
  );
};

const Evaluate = (props: LabelPageProps) => {
  const { lang } = props.visit;
  return (
    <Section title={texts.evaluate[lang]} lead={texts.evaluateLead[lang]}>
      <Form action={actionOf(props, 'visite')} requestId={props.requestId}>
        <DateField
          name="visited_on"
          label={texts.visitDay[lang]}
          value={props.typed['visited_on'] ?? props.today}
          max={props.today}
        />
        <Criteria {...props} />
        <Button>{texts.evaluate[lang]}</Button>
      </Form>
    </Section>
  );
};

const Reason = (props: LabelPageProps) => (
  <TextField
    name="reason"
    label={texts.reason[props.visit.lang]}
    size={60}
    value={props.typed['reason']}
    error={errorAt(props, 'reason')}
  />
);

const Verdicts = ({ props, kinds }: { props: LabelPageProps; kinds: readonly DecisionKind[] }) => (
  <SelectField
    name="kind"
    label={texts.verdict[props.visit.lang]}
    value={props.typed['kind']}
    choices={kinds.map(value => ({ value, label: decisionKinds[value][props.visit.lang] }))}
  />
);

const Decide = (props: LabelPageProps) => {
  const { lang } = props.visit;
  return (
    <Section title={texts.decide[lang]} lead={texts.decideLead[lang]}>
      <Form action={actionOf(props, 'decision')} requestId={props.requestId}>
        <Verdicts props={props} kinds={['label', 'refuse']} />
        <DateField
          name="valid_until"
          label={texts.validUntil[lang]}
          value={props.typed['valid_until']}
          error={errorAt(props, 'valid_until')}
          optional
        />
        <Reason {...props} />
        <Button>{texts.decide[lang]}</Button>
      </Form>
    </Section>
  );
};

const Change = (props: LabelPageProps) => {
  const { lang } = props.visit;
  const kinds: readonly DecisionKind[] =
    props.sheet.label.state === 'labelled' ? ['suspend', 'withdraw'] : ['reinstate', 'withdraw'];
  return (
    <Section title={texts.change[lang]} lead={texts.decisionsLead[lang]}>
      <Form action={actionOf(props, 'changement')} requestId={props.requestId}>
        <Verdicts props={props} kinds={kinds} />
        <Reason {...props} />
        <Button>{texts.change[lang]}</Button>
      </Form>
    </Section>
  );
};
