import { type Bilingual, type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Scope } from '../../kernel/scope.ts';
import { addDays, type Day, type Instant, localDay } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { ChoiceCards, DateField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import type { AccessToken } from '../people.ts';
import { terms } from '../sign-in.ts';

export const tokenTexts = {
  title: { fr: 'Mes jetons', en: 'My tokens' },
  lead: {
    fr: 'Un jeton laisse un programme agir pour vous par l’API : jamais plus que vous ne pouvez, et seulement dans ce que vous ouvrez ici.',
    en: 'A token lets a program act for you through the API: never more than you may, and only in what you open here.',
  },
  open: { fr: 'Gérer mes jetons', en: 'Manage my tokens' },
} as const satisfies Record<string, Bilingual>;

const t = {
  mine: { fr: 'Mes données', en: 'My data' },
  made: { fr: 'Voici le jeton', en: 'Here is the token' },
  madeDetail: {
    fr: 'Il n’est dit qu’une fois : copiez-le maintenant. Qui l’a agit pour vous : ne le donnez à personne.',
    en: 'It is told once only: copy it now. Whoever has it acts for you: give it to nobody.',
  },
  again: { fr: 'Ce jeton est déjà créé', en: 'This token is already made' },
  againDetail: {
    fr: 'Il n’a été dit qu’une fois. Si vous ne l’avez pas copié, retirez-le et créez-en un autre.',
    en: 'It was told once only. If you did not copy it, take it back and make another.',
  },
  inUse: { fr: 'Jetons en service', en: 'Tokens in use' },
  none: { fr: 'Aucun programme n’agit pour vous.', en: 'No program acts for you.' },
  name: { fr: 'Nom', en: 'Name' },
  nameHint: { fr: 'Le programme qui s’en servira.', en: 'The program that will use it.' },
  opens: { fr: 'Ce qu’il ouvre', en: 'What it opens' },
  opensHint: {
    fr: 'Par partie de l’API, telle que la décrit /api/v1/openapi.json. Ouvrez le moins possible.',
    en: 'By part of the API, as /api/v1/openapi.json describes it. Open as little as you can.',
  },
  read: { fr: 'lire', en: 'read' },
  write: { fr: 'agir', en: 'act' },
  madeOn: { fr: 'Créé le', en: 'Made on' },
  last: { fr: 'Dernier jour', en: 'Last day' },
  lastHint: { fr: `Dans ${terms.token_days} jours au plus.`, en: `Within ${terms.token_days} days.` },
  used: { fr: 'Dernier usage', en: 'Last use' },
  never: { fr: 'jamais', en: 'never' },
  revoke: { fr: 'Retirer', en: 'Take back' },
  make: { fr: 'Créer un jeton', en: 'Make a token' },
} as const satisfies Record<string, Bilingual>;

interface Props {
  visit: Visit;
  tokens: readonly AccessToken[];
  /** The addresses that each scope opens. */
  opened: ReadonlyMap<Scope, readonly string[]>;
  today: Day;
  requestId: string;
  refusal?: Refusal | undefined;
  typed?: { readonly name: string; readonly scopes: readonly string[]; readonly until: string } | undefined;
  /** The one just made; null when the form was sent twice and it was told already. */
  token?: string | null | undefined;
}

const dayOf = (at: Instant): Day => localDay(at, 'Europe/Paris');

const InUse = ({ visit: { lang }, tokens }: Props) => (
  <DataTable<AccessToken>
    caption={t.inUse[lang]}
    captionHidden
    rows={tokens}
    empty={t.none[lang]}
    columns={[
      { label: t.name[lang], cell: one => one.name },
      { label: t.opens[lang], cell: one => <code>{one.scopes.join(' ')}</code> },
      { label: t.madeOn[lang], cell: one => show.date(dayOf(one.made_at), lang) },
      { label: t.last[lang], cell: one => show.date(addDays(dayOf(one.expires_at), -1), lang) },
      { label: t.used[lang], cell: one => (one.lastUsedOn ? show.date(one.lastUsedOn, lang) : t.never[lang]) },
      {
        label: t.revoke[lang],
        cell: one => (
          <Form action={`/moi/jetons/${one.tokenId}/retirer`}>
            <Button kind="quiet" describe={`${t.revoke[lang]}, ${one.name}`}>
              {t.revoke[lang]}
            </Button>
          </Form>
        ),
      },
    ]}
  />
);

const whatOf = (scope: Scope, addresses: number, lang: Lang): string => {
  const what = (scope.endsWith(':read') ? t.read : t.write)[lang];
  const count = {
    fr: `${addresses} adresse${addresses > 1 ? 's' : ''}`,
    en: `${addresses} address${addresses > 1 ? 'es' : ''}`,
  };
  return `${what}, ${count[lang]}`;
};

const Make = ({ visit: { lang }, opened, today, typed, refusal, requestId }: Props) => {
  const problems = problemsOf(refusal, lang);
  return (
    <Form action="/moi/jetons" requestId={requestId} label={t.make[lang]}>
      <ErrorSummary problems={problems} />
      <TextField
        name="name"
        label={t.name[lang]}
        hint={t.nameHint[lang]}
        value={typed?.name}
        error={problemAt(problems, 'name')}
      />
      <ChoiceCards
        name="scopes"
        many
        label={t.opens[lang]}
        hint={t.opensHint[lang]}
        value={typed?.scopes ?? []}
        choices={[...opened].map(([scope, { length }]) => ({
          value: scope,
          label: scope,
          detail: whatOf(scope, length, lang),
        }))}
        error={problemAt(problems, 'scopes')}
      />
      <DateField
        name="until"
        label={t.last[lang]}
        hint={t.lastHint[lang]}
        value={typed?.until ?? addDays(today, 90)}
        min={today}
        max={addDays(today, terms.token_days - 1)}
        error={problemAt(problems, 'until')}
      />
      <Button>{t.make[lang]}</Button>
    </Form>
  );
};

export function TokensPage(props: Props) {
  const { visit, token } = props;
  const { lang } = visit;
  return (
    <Layout visit={visit} title={tokenTexts.title[lang]}>
      <PageHead
        title={tokenTexts.title[lang]}
        lead={tokenTexts.lead[lang]}
        above={<Breadcrumb places={[{ label: t.mine[lang], href: '/moi' }, { label: tokenTexts.title[lang] }]} />}
      />
      {token === null && (
        <Notice kind="pending" title={t.again[lang]} live>
          <p>{t.againDetail[lang]}</p>
        </Notice>
      )}
      {token && (
        <Notice kind="success" title={t.made[lang]} live>
          <Stack gap="tight">
            <code>{token}</code>
            <p>{t.madeDetail[lang]}</p>
          </Stack>
        </Notice>
      )}
      <Section title={t.inUse[lang]}>
        <InUse {...props} />
      </Section>
      <Section title={t.make[lang]}>
        <Make {...props} />
      </Section>
    </Layout>
  );
}
