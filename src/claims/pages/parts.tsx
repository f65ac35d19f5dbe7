import type { ComponentChildren } from 'preact';
import type { ActSpec } from '../../kernel/act.ts';
import { type Lang, show } from '../../kernel/bilingual.ts';
import { floor, multiply, parseRational, rational } from '../../kernel/rational.ts';
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
import { claimTones, shortKinds, texts as t, turnOf } from '../texts.ts';
import { periodText, stateNames } from '../words.ts';

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

/** A text that is signed word for word, its paragraphs kept. */
export const Wording = ({ text }: { text: string }) => (
  <blockquote lang="fr">
    <Stack gap="tight">
      {text.split(/\n+/).map(paragraph => (
        <p>{paragraph}</p>
      ))}
    </Stack>
  </blockquote>
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
  /** Rows to tick, above the fields. */
  children?: ComponentChildren;
}

/** The form of one act; what was typed stays in the form that came back. */
export const Act = (props: ActProps) => {
  const { name, spec, action, hidden = {}, choices = {}, typed = {}, children } = props;
  const { facts, act } = props.said;
  const back = act === name && facts.refusal !== null;
  const known = { ...facts, typed: back ? facts.typed : typed, refusal: back ? facts.refusal : null, choices };
  return (
    <ActForm spec={spec} action={action} facts={known} hidden={hidden} own={back ? '' : `${name}-`}>
      {children}
    </ActForm>
  );
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

/** Days in halves: `1269/2` → `634,5` */
export const daysShown = (exact: string, lang: Lang): string => {
  const halves = floor(multiply(parseRational(exact)!, rational(2n)));
  return `${show.count(halves / 2n, lang)}${halves % 2n === 0n ? '' : lang === 'fr' ? ',5' : '.5'}`;
};

export const kWhCumac = (wh_cumac: string, lang: Lang): string =>
  `${show.count(BigInt(wh_cumac) / 1000n, lang)} kWh cumac`;

/** What a claim comes to: euros to an employer, or whole tonnes. */
const comesTo = (result: ClaimResult, lang: Lang): string =>
  result.kind === 'cee'
    ? show.euros(BigInt(result.incentive_eur_cents), lang)
    : `${show.count(BigInt(result.settlement.credits), lang)} t CO₂e`;

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
      { label: t.forWhom[lang], cell: ({ row }) => `${nameOf(row.claimant)}, ${shortKinds[row.kind][lang]}` },
      { label: t.state[lang], cell: ({ state }) => <ClaimTag state={state} lang={lang} /> },
      { label: t.turn[lang], cell: ({ row, state }) => turnOf(row.kind, state)?.[lang] ?? '–' },
      { label: t.comesTo[lang], numeric: true, cell: ({ row }) => comesTo(row.result, lang) },
    ]}
  />
);
