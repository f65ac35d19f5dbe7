import { type Lang, show } from '../../kernel/bilingual.ts';
import { groupBy } from '../../kernel/group.ts';
import type { Visit } from '../../kernel/visit.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag, type Tone } from '../../ui/tag/tag.tsx';
import type { DeclarationState } from '../declaration.ts';
import { gapOf } from '../external.ts';
import type { ComparedReference, RegisterView } from '../routes/views.ts';
import { countOf } from '../serial.ts';
import { clockNames, schemeNames, texts as t } from '../texts.ts';
import { dayOf, RangeLink, rangeHref, StateTag, WhereChart } from './parts.tsx';

export const clockTones: Readonly<Record<DeclarationState, Tone>> = {
  waiting: 'info',
  alarm: 'pending',
  red: 'bad',
  late: 'bad',
  declared: 'good',
};

interface Props {
  readonly visit: Visit;
  readonly view: RegisterView;
}

const Declarations = ({ visit: { lang }, view: { toDeclare, nameOf } }: Props) => (
  <Section title={t.declarations[lang]} lead={t.declarationsLead[lang]}>
    <DataTable
      caption={t.declarations[lang]}
      captionHidden
      rows={toDeclare}
      columns={[
        {
          label: t.transfer[lang],
          cell: one => <RangeLink range={one} href={`/registre/cessions/${one.transferId}`} />,
        },
        { label: t.buyer[lang], cell: one => nameOf(one.toId) },
        { label: t.signedOn[lang], cell: one => show.date(one.signedOn, lang) },
        { label: t.dueOn[lang], cell: one => one.clock && show.date(one.clock.due_on, lang) },
        { label: t.daysLeft[lang], numeric: true, cell: one => one.clock && show.count(one.clock.days_left, lang) },
        {
          label: t.state[lang],
          cell: one => one.clock && <Tag tone={clockTones[one.clock.state]}>{clockNames[one.clock.state][lang]}</Tag>,
        },
      ]}
    />
  </Section>
);

/** Agreement, or the gap with its sign and the day from which it has stood. */
export function GapTag({ compared, lang }: { compared: ComparedReference; lang: Lang }) {
  const gap = gapOf(compared);
  if (gap === 0n) return <Tag tone="good">{t.noGap[lang]}</Tag>;
  const since = compared.since ? `${t.gapSince[lang]} ${dayOf(compared.since, lang)}` : t.newGap[lang];
  return <Tag tone="bad">{`${gap > 0n ? '+' : ''}${show.count(gap, lang)}, ${since}`}</Tag>;
}

const Reconciliation = ({ visit: { lang }, view: { compared } }: Props) => (
  <Section title={t.reconciliation[lang]} lead={t.reconciliationLead[lang]}>
    <DataTable
      caption={t.reconciliation[lang]}
      captionHidden
      rows={compared}
      empty={t.noReference[lang]}
      columns={[
        {
          label: t.stateReference[lang],
          cell: one => <a href={`/registre/references/${one.referenceId}`}>{one.reference}</a>,
        },
        { label: t.stateUnits[lang], numeric: true, cell: one => show.count(one.external, lang) },
        { label: t.ourUnits[lang], numeric: true, cell: one => show.count(one.ours, lang) },
        { label: t.gap[lang], cell: one => <GapTag compared={one} lang={lang} /> },
      ]}
    />
  </Section>
);

const Duties = ({ visit: { lang }, view: { duties, nameOf } }: Props) => (
  <Section title={t.duties[lang]} lead={t.dutiesLead[lang]}>
    <DataTable
      caption={t.duties[lang]}
      captionHidden
      rows={duties}
      columns={[
        { label: t.why[lang], cell: one => <a href={`/registre/obligations/${one.dutyId}`}>{one.reason}</a> },
        { label: t.holder[lang], cell: one => nameOf(one.holderId) },
        { label: t.since[lang], cell: one => dayOf(one.since, lang) },
        { label: t.owed[lang], numeric: true, cell: one => show.count(one.quantity, lang) },
        { label: t.met[lang], numeric: true, cell: one => show.count(one.met, lang) },
        {
          label: t.due[lang],
          numeric: true,
          cell: one => (one.met === one.quantity ? t.settled[lang] : show.count(one.quantity - one.met, lang)),
        },
      ]}
    />
  </Section>
);

const Holdings = ({ visit: { lang }, view: { holdings, nameOf } }: Props) => (
  <Section title={t.holdings[lang]}>
    <DataTable
      caption={t.holdings[lang]}
      captionHidden
      tall
      rows={holdings}
      columns={[
        { label: t.serial[lang], cell: one => <RangeLink range={one} href={rangeHref(one.rangeId)} /> },
        { label: t.holder[lang], cell: one => nameOf(one.holderId) },
        { label: t.state[lang], cell: one => <StateTag state={one.state} lang={lang} /> },
        { label: t.since[lang], cell: one => dayOf(one.openedAt, lang) },
        { label: t.units[lang], numeric: true, cell: one => show.count(countOf(one), lang) },
      ]}
    />
  </Section>
);

const Empty = ({ visit: { lang, network } }: Props) => (
  <EmptyState title={t.nothing[lang]} actions={<ButtonLink href="/operateur">{t.toMonths[lang]}</ButtonLink>}>
    {(network.profile === 'demo' ? t.nothingDemo : t.nothingYet)[lang]}
  </EmptyState>
);

/** The operator's register: where the units are, what waits to be done, who holds what. */
export function RegisterPage(props: Props & { done: boolean }) {
  const { visit, view, done } = props;
  const { lang } = visit;
  const byScheme = [...groupBy(view.holdings, one => one.scheme)];
  return (
    <Layout visit={visit} title={t.register[lang]}>
      <PageHead title={t.register[lang]} lead={t.registerLead[lang]} />
      <Stack gap="loose">
        {done && <Notice kind="success" live title={t.saved[lang]} />}
        {view.holdings.length === 0 ? (
          <Empty {...props} />
        ) : (
          <>
            {byScheme.map(([scheme, open]) => (
              <WhereChart open={open} note={schemeNames[scheme][lang]} lang={lang} />
            ))}
            {view.toDeclare.length > 0 && <Declarations {...props} />}
            {view.duties.length > 0 && <Duties {...props} />}
            <Reconciliation {...props} />
            <Holdings {...props} />
          </>
        )}
      </Stack>
    </Layout>
  );
}
