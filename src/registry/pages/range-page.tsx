import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Visit } from '../../kernel/visit.ts';
import { ActForm, type FormFacts } from '../../ui/act-form/act-form.tsx';
import { Cluster, PageHead, Section, Split, Stack } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { type Branch, FlowChart } from '../../ui/flow-chart/flow-chart.tsx';
import { ErrorSummary, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { purposeNames, type RangeAct, rangeActs, reasonNames } from '../acts.ts';
import type { RangeRow } from '../range.ts';
import type { RangeView } from '../routes/views.ts';
import { countOf, serialShort, serialText } from '../serial.ts';
import { numbersText, schemeNames, stateNames, texts as t, unitsText, verbNames } from '../texts.ts';
import { dayOf, flowTones, rangeHref, StateTag } from './parts.tsx';

interface Props {
  readonly visit: Visit;
  readonly view: RangeView;
  /** The act whose form is open. */
  readonly act: RangeAct | null;
  readonly facts: FormFacts;
  readonly done: boolean;
}

/** Branches drawn one by one; what left earlier is drawn as one. */
const mostBranches = 10;

const branchOf = (range: RangeRow, { nameOf }: RangeView, lang: Lang): Branch => ({
  label: `${(range.closedAt === null ? stateNames[range.state] : t.wentOn)[lang]}, ${nameOf(range.holderId)}`,
  value: Number(countOf(range)),
  shown: unitsText(countOf(range), lang),
  href: rangeHref(range.rangeId),
  detail: dayOf(range.openedAt, lang),
  tone: flowTones[range.state],
});

function branchesOf({ view, visit: { lang } }: Props): readonly Branch[] {
  const left = view.stages.flatMap(stage => stage.left).map(range => branchOf(range, view, lang));
  const early = left.slice(0, Math.max(0, left.length - mostBranches));
  const sum = early.reduce((total, { value }) => total + value, 0);
  const before: readonly Branch[] =
    early.length === 0
      ? []
      : [{ label: t.leftBefore[lang], value: sum, shown: unitsText(BigInt(sum), lang), tone: 'lost' }];
  const own: Branch = { ...branchOf(view.range, view, lang), href: undefined, tone: 'claim' };
  const label = `${t.thisRange[lang]}, ${own.label}`;
  return [...before, ...left.slice(early.length), { ...own, label }];
}

/** From what the batch issued to this range: what left at each step, and what it has. */
function History(props: Props) {
  const { view, visit } = props;
  const { lang } = visit;
  const root = view.stages[0]!.range;
  const all = countOf(root);
  return (
    <FlowChart
      finding={t.historyFinding(countOf(view.range), all)[lang]}
      note={`${t.issuedOn[lang]} ${dayOf(root.openedAt, lang)}`}
      columns={[t.step[lang], t.units[lang]]}
      show={value => unitsText(BigInt(value), lang)}
      start={{ label: t.issued[lang], value: Number(all), shown: unitsText(all, lang) }}
      branches={branchesOf(props)}
    />
  );
}

const isPurpose = (text: string): text is keyof typeof purposeNames => Object.hasOwn(purposeNames, text);
const isReason = (text: string): text is keyof typeof reasonNames => Object.hasOwn(reasonNames, text);

/** A posting's reason is a code, or what someone wrote. */
const reasonText = (reason: string, lang: Lang): string => {
  if (isPurpose(reason)) return purposeNames[reason][lang];
  if (isReason(reason)) return reasonNames[reason][lang];
  return reason === 'integrity_reserve' ? stateNames.reserve[lang] : reason;
};

const Postings = ({ view, visit: { lang } }: Props) => {
  const along = view.stages.flatMap(({ range, left }) => [range, ...left]);
  const byId = new Map(along.map(range => [range.rangeId, range]));
  const rows = view.postings.flatMap(posting => {
    const range = byId.get(posting.rangeId);
    return range ? [{ ...posting, range }] : [];
  });
  return (
    <Section title={t.history[lang]}>
      <DataTable
        caption={t.history[lang]}
        captionHidden
        tall
        rows={rows}
        columns={[
          { label: t.date[lang], cell: one => dayOf(one.happenedAt, lang) },
          { label: t.act[lang], cell: one => verbNames[one.verb][lang] },
          { label: t.numbers[lang], cell: one => <a href={rangeHref(one.rangeId)}>{numbersText(one.range, lang)}</a> },
          { label: t.units[lang], numeric: true, cell: one => show.count(countOf(one.range), lang) },
          { label: t.why[lang], cell: one => (one.verb === 'issue' ? '' : reasonText(one.reason, lang)) },
          { label: t.who[lang], cell: one => one.by },
        ]}
      />
    </Section>
  );
};

const Parts = ({ view, visit: { lang } }: Props) =>
  view.range.closedAt === null ? null : (
    <Section title={t.became[lang]} lead={t.becameLead[lang]}>
      <DataTable
        caption={t.became[lang]}
        captionHidden
        tall
        rows={view.parts}
        columns={[
          { label: t.numbers[lang], cell: one => <a href={rangeHref(one.rangeId)}>{numbersText(one, lang)}</a> },
          { label: t.holder[lang], cell: one => view.nameOf(one.holderId) },
          { label: t.state[lang], cell: one => <StateTag state={one.state} lang={lang} /> },
          { label: t.units[lang], numeric: true, cell: one => show.count(countOf(one), lang) },
        ]}
      />
    </Section>
  );

const Facts = ({ view, visit: { lang } }: Props) => {
  const { range, ending, references, transfers } = view;
  const own = transfers.filter(one => one.rangeId === range.rangeId);
  return (
    <DescriptionList
      items={[
        { term: t.state[lang], value: range.closedAt === null && <StateTag state={range.state} lang={lang} /> },
        { term: t.fullSerial[lang], value: <code>{serialText(range)}</code> },
        { term: t.units[lang], value: show.count(countOf(range), lang) },
        { term: t.holder[lang], value: view.nameOf(range.holderId) },
        { term: t.scheme[lang], value: schemeNames[range.scheme][lang] },
        { term: t.stateReference[lang], value: references.join(', ') || t.noStateNumber[lang] },
        { term: t.batch[lang], value: <code>{range.batchId.slice(0, 12)}</code> },
        {
          term: t.transfer[lang],
          value: own.length > 0 && own.map(one => <a href={`/registre/cessions/${one.transferId}`}>{one.contract}</a>),
        },
        { term: t.inName[lang], value: ending?.beneficiary },
        { term: t.purpose[lang], value: ending?.purpose && `${purposeNames[ending.purpose][lang]}, ${ending.year}` },
        { term: t.why[lang], value: ending?.reason && reasonNames[ending.reason][lang] },
        { term: t.details[lang], value: ending?.register && `${ending.register}, ${ending.reference}` },
      ].filter(({ value }) => value !== false)}
    />
  );
};

/** What may be asked of a range as it is. */
const actsFor = ({ range, references }: RangeView): readonly RangeAct[] => {
  const moving: readonly RangeAct[] =
    range.closedAt !== null
      ? []
      : range.state === 'active'
        ? ['transfer', 'retirement', 'split', 'departure', 'cancellation']
        : range.state === 'reserve'
          ? ['cancellation']
          : [];
  return [...moving, ...(references.length === 0 ? (['external'] as const) : []), 'claw_back'];
};

const Acts = ({ view, act, facts, visit: { lang } }: Props) => (
  <Section id="faire" title={act ? rangeActs[act].title[lang] : t.acts[lang]} lead={act && rangeActs[act].lead[lang]}>
    {act && (
      <ActForm spec={rangeActs[act]} action={`${rangeHref(view.range.rangeId)}/${rangeActs[act].slug}`} facts={facts} />
    )}
    <Cluster>
      {actsFor(view)
        .filter(one => one !== act)
        .map(one => (
          <ButtonLink
            kind="secondary"
            small={act !== null}
            href={`${rangeHref(view.range.rangeId)}?faire=${rangeActs[one].slug}#faire`}
          >
            {rangeActs[one].title[lang]}
          </ButtonLink>
        ))}
    </Cluster>
  </Section>
);

/** One range: how it came to be, as a picture; what it is; what may be done with it. */
export function RangePage(props: Props) {
  const { visit, view, facts, done } = props;
  const { lang } = visit;
  const serial = serialShort(view.range);
  return (
    <Layout visit={visit} title={serial}>
      <PageHead
        above={<Breadcrumb places={[{ label: t.register[lang], href: '/registre' }, { label: serial }]} />}
        title={serial}
        actions={
          <ButtonLink kind="quiet" href={`/certificats/${serialText(view.range)}`}>
            {t.certificate[lang]}
          </ButtonLink>
        }
      />
      <Stack gap="loose">
        <ErrorSummary problems={problemsOf(facts.refusal, lang)} />
        {done && <Notice kind="success" live title={t.saved[lang]} />}
        {view.flag && (
          <Notice kind="warning" title={t.flagged[lang]}>
            {t.flaggedDetail(view.flag.owed, view.flag.met)[lang]}
          </Notice>
        )}
        <Split aside={<Facts {...props} />}>
          <Stack gap="loose">
            <History {...props} />
            <Parts {...props} />
            <Acts {...props} />
          </Stack>
        </Split>
        <Postings {...props} />
      </Stack>
    </Layout>
  );
}
