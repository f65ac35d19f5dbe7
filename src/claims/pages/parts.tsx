import type { ComponentChildren } from 'preact';
import type { ActSpec } from '../../kernel/act.ts';
import { type Lang, show } from '../../kernel/bilingual.ts';
import { floor, parseRational } from '../../kernel/rational.ts';
import type { Visit } from '../../kernel/visit.ts';
import { ActForm, type FormFacts } from '../../ui/act-form/act-form.tsx';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { ErrorSummary, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { ClaimState, ClaimSummary } from '../claims.ts';
import type { ClaimResult } from '../result.ts';
import type { NameOf } from '../routes/views.ts';
import { claimTones, texts as t } from '../texts.ts';
import { kindNames, periodText, stateNames } from '../words.ts';

/** What every page of this room is told besides what it shows. */
export interface Said {
  readonly visit: Visit;
  readonly facts: FormFacts;
  readonly done: boolean;
  /** The act whose form is open, or whose form came back. */
  readonly act: string | null;
}

export const mass = (mass_mg: string, lang: Lang): string => `${show.co2(floor(parseRational(mass_mg)!), lang)}`;

/** A page with its way back up; what came back wrong and what was done stand on top. */
export const Frame = ({
  said: { visit, facts, done },
  title,
  lead,
  actions,
  above,
  children,
}: {
  said: Said;
  title: string;
  lead?: ComponentChildren;
  actions?: ComponentChildren;
  above?: readonly { readonly label: string; readonly href?: string }[];
  children: ComponentChildren;
}) => (
  <Layout visit={visit} title={title}>
    <PageHead
      above={above && <Breadcrumb places={[...above, { label: title }]} />}
      title={title}
      lead={lead}
      actions={actions}
    />
    <Stack gap="loose">
      <ErrorSummary problems={problemsOf(facts.refusal, visit.lang)} />
      {done && <Notice kind="success" live title={t.saved[visit.lang]} />}
      {children}
    </Stack>
  </Layout>
);

export const schemesPlace = (lang: Lang) => ({ label: t.schemes[lang], href: '/programmes' });

export interface ActProps {
  said: Said;
  /** Names the form on the page; also its anchor. */
  name: string;
  spec: ActSpec;
  action: string;
  hidden?: Readonly<Record<string, string>>;
  choices?: NonNullable<FormFacts['choices']>;
  /** What the form starts with. */
  typed?: Readonly<Record<string, string>>;
}

/** The form of one act; what was typed stays in the form that came back. */
export const Act = ({ said: { facts, act }, name, spec, action, hidden = {}, choices = {}, typed = {} }: ActProps) => {
  const back = act === name && facts.refusal !== null;
  const known = { ...facts, typed: back ? facts.typed : typed, refusal: back ? facts.refusal : null, choices };
  return <ActForm spec={spec} action={action} facts={known} hidden={hidden} own={back ? '' : `${name}-`} />;
};

/** The same under its own heading. */
export const ActSection = (props: ActProps) => {
  const { said, name, spec } = props;
  const { lang } = said.facts;
  return (
    <Section id={name} title={spec.title[lang]} lead={spec.lead[lang]}>
      <Act {...props} />
    </Section>
  );
};

export const ClaimTag = ({ state, lang }: { state: ClaimState; lang: Lang }) => (
  <Tag tone={claimTones[state]}>{stateNames[state][lang]}</Tag>
);

/** What a claim comes to, in a few words. */
export const comesTo = (result: ClaimResult, lang: Lang): string =>
  result.kind === 'cee'
    ? `${show.euros(BigInt(result.incentive_eur_cents), lang)}, ${show.count(BigInt(result.wh_cumac), lang)} Wh cumac`
    : `${show.count(BigInt(result.settlement.credits), lang)} t, ${mass(result.settlement.recognised_mg, lang)} CO2e`;

export const ClaimTable = ({ rows, nameOf, lang }: { rows: readonly ClaimSummary[]; nameOf: NameOf; lang: Lang }) => (
  <DataTable
    caption={t.claims[lang]}
    captionHidden
    rows={rows}
    empty={t.noClaim[lang]}
    columns={[
      {
        label: t.claim[lang],
        cell: ({ row }) => <a href={`/programmes/demandes/${row.claimId}`}>{periodText(row.period, lang)}</a>,
      },
      { label: t.scheme[lang], cell: ({ row }) => kindNames[row.kind][lang] },
      { label: t.forWhom[lang], cell: ({ row }) => nameOf(row.claimant) },
      { label: t.state[lang], cell: ({ state }) => <ClaimTag state={state} lang={lang} /> },
      { label: t.lines[lang], numeric: true, cell: ({ row }) => show.count(row.result.lines.length, lang) },
      { label: t.comesTo[lang], cell: ({ row }) => comesTo(row.result, lang) },
    ]}
  />
);
