import type { Lang } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Visit } from '../../kernel/visit.ts';
import { PageHead, Section } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { ChoiceCards, SelectField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { hookEvents } from '../events.ts';
import type { Subscription } from '../integrations.ts';
import { labels as t } from '../labels.ts';

interface Named {
  readonly spaceId: string;
  readonly name: string;
}

export interface Typed {
  readonly url: string;
  readonly events: readonly string[];
  readonly space: string;
}

interface Props {
  readonly visit: Visit;
  readonly subscriptions: readonly Subscription[];
  /** The spaces of whoever looks. */
  readonly spaces: readonly Named[];
  /** They run the network. */
  readonly ofNetwork: boolean;
  readonly requestId: string;
  readonly refusal?: Refusal | undefined;
  readonly typed?: Typed | undefined;
}

export const StateTag = ({ of: one, lang }: { of: Subscription; lang: Lang }) => {
  if (one.disabledAt !== null) return <Tag tone="bad">{t.stopped[lang]}</Tag>;
  if (one.failingSince !== null) return <Tag tone="pending">{t.failing[lang]}</Tag>;
  return <Tag tone="good">{t.running[lang]}</Tag>;
};

const InUse = ({ visit: { lang }, subscriptions, spaces }: Props) => (
  <DataTable<Subscription>
    caption={t.inUse[lang]}
    captionHidden
    rows={subscriptions}
    empty={t.none[lang]}
    columns={[
      { label: t.url[lang], cell: one => <a href={`/integrations/${one.subscriptionId}`}>{new URL(one.url).host}</a> },
      {
        label: t.about[lang],
        cell: one => (one.spaceId ? spaces.find(s => s.spaceId === one.spaceId)?.name : t.network[lang]),
      },
      { label: t.events[lang], cell: one => <code>{one.events.join(' ')}</code> },
      { label: t.state[lang], cell: one => <StateTag of={one} lang={lang} /> },
    ]}
  />
);

const Add = ({ visit: { lang }, spaces, ofNetwork, requestId, refusal, typed }: Props) => {
  const problems = problemsOf(refusal, lang).map(one => (one.field === 'space_id' ? { ...one, field: 'space' } : one));
  const told = hookEvents.filter(({ places }) => ofNetwork || places !== null);
  return (
    <Form action="/integrations" requestId={requestId} label={t.add[lang]}>
      <ErrorSummary problems={problems} />
      <TextField
        name="url"
        type="url"
        label={t.url[lang]}
        hint={t.urlHint[lang]}
        size={50}
        value={typed?.url}
        error={problemAt(problems, 'url')}
      />
      <SelectField
        name="space"
        label={t.about[lang]}
        {...(ofNetwork && { empty: t.network[lang] })}
        value={typed?.space}
        choices={spaces.map(({ spaceId, name }) => ({ value: spaceId, label: name }))}
        error={problemAt(problems, 'space')}
      />
      <ChoiceCards
        name="events"
        many
        label={t.events[lang]}
        hint={ofNetwork ? t.eventsHint[lang] : undefined}
        value={typed?.events ?? []}
        choices={told.map(({ name, when }) => ({ value: name, label: when[lang], detail: <code>{name}</code> }))}
        error={problemAt(problems, 'events')}
      />
      <Button>{t.create[lang]}</Button>
    </Form>
  );
};

export function WebhooksPage(props: Props) {
  const { visit } = props;
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.title[lang]}>
      <PageHead
        title={t.title[lang]}
        lead={t.lead[lang]}
        actions={
          <ButtonLink href="/moi/jetons" kind="secondary">
            {t.tokens[lang]}
          </ButtonLink>
        }
      />
      <Section title={t.inUse[lang]}>
        <InUse {...props} />
      </Section>
      <Section title={t.add[lang]}>
        <Add {...props} />
      </Section>
    </Layout>
  );
}
