import type { ComponentChildren } from 'preact';
import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Visit } from '../../kernel/visit.ts';
import { ActForm, type FormFacts } from '../../ui/act-form/act-form.tsx';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { ErrorSummary, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { otherActs, purposeNames } from '../acts.ts';
import { gapOf } from '../external.ts';
import type { Holding } from '../range.ts';
import type { DutyView, ReferenceView, TransferView } from '../routes/views.ts';
import { countOf, serialShort } from '../serial.ts';
import { clockNames, schemeNames, stateNames, texts as t, unitsText } from '../texts.ts';
import { dayOf, RangeLink, rangeHref } from './parts.tsx';
import { clockTones, GapTag } from './register-page.tsx';

// One transfer, one reference of the State, one duty: its facts, and the one thing to do about it.

interface Said {
  readonly visit: Visit;
  readonly facts: FormFacts;
  readonly done: boolean;
}

const Frame = ({ visit, facts, done, title, children }: Said & { title: string; children: ComponentChildren }) => (
  <Layout visit={visit} title={title}>
    <PageHead
      above={<Breadcrumb places={[{ label: t.register[visit.lang], href: '/registre' }, { label: title }]} />}
      title={title}
    />
    <Stack gap="loose">
      <ErrorSummary problems={problemsOf(facts.refusal, visit.lang)} />
      {done && <Notice kind="success" live title={t.saved[visit.lang]} />}
      {children}
    </Stack>
  </Layout>
);

const rangeChoice = (range: Holding, lang: Lang) => ({
  value: range.rangeId,
  label: `${serialShort(range)} (${stateNames[range.state][lang]})`,
});

const ActSection = ({ act, href, facts }: { act: keyof typeof otherActs; href: string; facts: FormFacts }) => (
  <Section title={otherActs[act].title[facts.lang]} lead={otherActs[act].lead[facts.lang]}>
    <ActForm spec={otherActs[act]} action={href} facts={facts} />
  </Section>
);

export function TransferPage(props: Said & { view: TransferView }) {
  const { visit, view, facts } = props;
  const { lang } = visit;
  const { transfer: one, nameOf } = view;
  const { clock } = one;
  const bearer = one.shortfallBearer && t.bearers[one.shortfallBearer][lang];
  return (
    <Frame {...props} title={`${t.transfer[lang]} ${one.contract}`}>
      <DescriptionList
        items={[
          {
            term: t.state[lang],
            value: clock && <Tag tone={clockTones[clock.state]}>{clockNames[clock.state][lang]}</Tag>,
          },
          {
            term: t.dueOn[lang],
            value: clock && clock.state !== 'declared' && show.date(clock.due_on, lang),
          },
          { term: t.declared[lang], value: one.declaredOn && `${show.date(one.declaredOn, lang)}, ${one.reference}` },
          { term: t.serial[lang], value: <RangeLink range={one} href={rangeHref(one.rangeId)} /> },
          { term: t.units[lang], value: show.count(countOf(one), lang) },
          { term: t.seller[lang], value: nameOf(one.fromId) },
          { term: t.buyer[lang], value: nameOf(one.toId) },
          { term: t.publicName[lang], value: (one.anonymous ? t.no : t.yes)[lang] },
          { term: t.signedOn[lang], value: show.date(one.signedOn, lang) },
          { term: t.purpose[lang], value: purposeNames[one.purpose][lang] },
          { term: t.price[lang], value: show.euros(one.price_eur_cents, lang) },
          { term: t.reaches[lang], value: show.euros(one.project_holder_eur_cents, lang) },
          { term: t.total[lang], value: show.euros(one.price_eur_cents * countOf(one), lang) },
          { term: t.shortfall[lang], value: bearer },
        ].filter(({ value }) => value !== false)}
      />
      <p class="field-hint">{t.pricesHidden[lang]}</p>
      {clock && clock.state !== 'declared' && (
        <ActSection act="declaration" href={`/registre/cessions/${one.transferId}`} facts={facts} />
      )}
    </Frame>
  );
}

export function ReferencePage(props: Said & { view: ReferenceView }) {
  const { visit, view, facts } = props;
  const { lang } = visit;
  const { compared, found } = view;
  return (
    <Frame {...props} title={compared.reference}>
      <DescriptionList
        items={[
          { term: t.scheme[lang], value: schemeNames[compared.scheme][lang] },
          { term: t.stateUnits[lang], value: show.count(compared.external, lang) },
          { term: t.readOn[lang], value: compared.readOn ? show.date(compared.readOn, lang) : t.neverRead[lang] },
          { term: t.ourUnits[lang], value: show.count(compared.ours, lang) },
          { term: t.gap[lang], value: <GapTag compared={compared} lang={lang} /> },
        ]}
      />
      <ActSection act="reading" href={`/registre/references/${compared.referenceId}`} facts={facts} />
      <Section title={t.comparisons[lang]}>
        <DataTable
          caption={t.comparisons[lang]}
          captionHidden
          rows={found}
          columns={[
            { label: t.comparedOn[lang], cell: one => dayOf(one.foundAt, lang) },
            { label: t.stateUnits[lang], numeric: true, cell: one => show.count(one.external, lang) },
            { label: t.ourUnits[lang], numeric: true, cell: one => show.count(one.ours, lang) },
            { label: t.gap[lang], numeric: true, cell: one => show.count(gapOf(one), lang) },
          ]}
        />
      </Section>
    </Frame>
  );
}

export function DutyPage(props: Said & { view: DutyView }) {
  const { visit, view, facts } = props;
  const { lang } = visit;
  const { duty, fitting, nameOf } = view;
  const due = duty.quantity - duty.met;
  return (
    <Frame {...props} title={`${t.replace[lang]} ${unitsText(duty.quantity, lang)}`}>
      <DescriptionList
        items={[
          { term: t.why[lang], value: duty.reason },
          { term: t.holder[lang], value: nameOf(duty.holderId) },
          { term: t.since[lang], value: dayOf(duty.since, lang) },
          { term: t.batch[lang], value: <code>{duty.batchId.slice(0, 12)}</code> },
          { term: t.owed[lang], value: show.count(duty.quantity, lang) },
          { term: t.met[lang], value: show.count(duty.met, lang) },
          { term: t.due[lang], value: show.count(due, lang) },
        ]}
      />
      {due > 0n && fitting.length === 0 && <Notice kind="pending">{t.noneFits[lang]}</Notice>}
      {due > 0n && fitting.length > 0 && (
        <ActSection
          act="replacement"
          href={`/registre/obligations/${duty.dutyId}`}
          facts={{ ...facts, choices: { range_id: fitting.map(one => rangeChoice(one, lang)) } }}
        />
      )}
    </Frame>
  );
}
