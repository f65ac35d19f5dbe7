import type { ComponentChildren } from 'preact';
import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { type Instant, localDay } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { CheckField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { eventNamed } from '../events.ts';
import type { Delivery, Subscription } from '../integrations.ts';
import { states, labels as t, whyFailed, whyStopped } from '../labels.ts';
import { StateTag } from './webhooks-page.tsx';

interface Props {
  readonly visit: Visit;
  readonly subscription: Subscription;
  readonly deliveries: readonly Delivery[];
  /** Its space's name; null for the network. */
  readonly space: string | null;
  /** Name of whose right it rests on, when there is one. */
  readonly responsible: string;
  /** Just told; null when it was told before. */
  readonly secret?: string | null | undefined;
  readonly refusal?: Refusal | undefined;
  readonly done: boolean;
  readonly requestId: string;
}

const zone = 'Europe/Paris';
const momentOf = (at: Instant, lang: Lang): string => `${show.date(localDay(at, zone), lang)}, ${show.clock(at, zone)}`;

const Told = ({ visit: { lang }, secret, done, subscription }: Props) => (
  <Stack>
    {secret && (
      <Notice kind="success" title={t.told[lang]} live>
        <Stack gap="tight">
          <code>{secret}</code>
          <p>{t.toldDetail[lang]}</p>
        </Stack>
      </Notice>
    )}
    {secret === null && (
      <Notice kind="pending" live>
        <p>{t.toldBefore[lang]}</p>
      </Notice>
    )}
    {done && (
      <Notice kind="success" live>
        <p>{t.done[lang]}</p>
      </Notice>
    )}
    {subscription.disabledWhy !== null && (
      <Notice kind="warning" title={t.stopped[lang]}>
        <p>{whyStopped[subscription.disabledWhy][lang]}</p>
      </Notice>
    )}
  </Stack>
);

const tones = { waiting: 'pending', delivered: 'good', failed: 'bad' } as const;

const answerOf = ({ answerStatus, error }: Delivery, lang: Lang): string =>
  [answerStatus === null ? [] : `${answerStatus}`, error === null ? [] : (whyFailed[error]?.[lang] ?? error)]
    .flat()
    .join(', ') || '–';

const stateOf = ({ status, nextAttemptAt }: Delivery, lang: Lang): ComponentChildren => (
  <>
    <Tag tone={tones[status]}>{states[status][lang]}</Tag>
    {nextAttemptAt !== null && ` ${t.next[lang]} ${momentOf(nextAttemptAt, lang)}`}
  </>
);

const Log = ({ visit: { lang }, deliveries, subscription }: Props) => (
  <DataTable<Delivery>
    caption={t.log[lang]}
    captionHidden
    rows={deliveries}
    empty={t.logEmpty[lang]}
    columns={[
      { label: t.when[lang], cell: one => momentOf(one.recordedAt, lang) },
      { label: t.event[lang], cell: one => <code>{one.event}</code> },
      { label: t.state[lang], cell: one => stateOf(one, lang) },
      { label: t.attempts[lang], numeric: true, cell: one => one.attempts },
      { label: t.answer[lang], cell: one => answerOf(one, lang) },
      { label: t.time[lang], numeric: true, cell: one => (one.response_ms === null ? '–' : `${one.response_ms} ms`) },
      {
        label: t.replay[lang],
        cell: one =>
          subscription.disabledAt === null && (
            <Form action={`/integrations/${subscription.subscriptionId}/envois/${one.deliveryId}/renvoyer`}>
              <Button kind="quiet" describe={`${t.replay[lang]}, ${one.event}, ${momentOf(one.recordedAt, lang)}`}>
                {t.replay[lang]}
              </Button>
            </Form>
          ),
      },
    ]}
  />
);

const Settings = ({ visit: { lang }, subscription, requestId }: Props) => {
  const at = (act: string) => `/integrations/${subscription.subscriptionId}/${act}`;
  const running = subscription.disabledAt === null;
  return (
    <Stack>
      <Form action={at(running ? 'arreter' : 'demarrer')}>
        {!running && <p>{t.startLead[lang]}</p>}
        <Button kind="secondary">{(running ? t.stop : t.start)[lang]}</Button>
      </Form>
      <Form action={at('secret')} requestId={requestId}>
        <p>{t.rotateLead[lang]}</p>
        <Button kind="secondary">{t.rotate[lang]}</Button>
      </Form>
    </Stack>
  );
};

const Remove = ({ visit: { lang }, subscription }: Props) => (
  <Section id="supprimer" title={t.remove[lang]} lead={t.removeLead[lang]}>
    <Form action={`/integrations/${subscription.subscriptionId}/supprimer`}>
      <CheckField name="sure" label={t.sure[lang]} />
      <Button kind="danger">{t.remove[lang]}</Button>
    </Form>
  </Section>
);

const Facts = ({ visit: { lang }, subscription, space, responsible }: Props) => (
  <DescriptionList
    items={[
      { term: t.url[lang], value: <code>{subscription.url}</code> },
      { term: t.about[lang], value: space ?? t.network[lang] },
      { term: t.responsible[lang], value: responsible },
      { term: t.state[lang], value: <StateTag of={subscription} lang={lang} /> },
      {
        term: t.events[lang],
        value: (
          <ul>
            {subscription.events.map(name => (
              <li>
                {eventNamed(name)?.when[lang]} <code>{name}</code>
              </li>
            ))}
          </ul>
        ),
      },
    ]}
  />
);

export function SubscriptionPage(props: Props) {
  const { visit, subscription, refusal, requestId } = props;
  const { lang } = visit;
  const { host } = new URL(subscription.url);
  const trial = subscription.disabledAt === null && (
    <Form action={`/integrations/${subscription.subscriptionId}/essai`} requestId={requestId}>
      <Button>{t.trial[lang]}</Button>
    </Form>
  );
  return (
    <Layout visit={visit} title={host} wide>
      <PageHead
        title={host}
        above={<Breadcrumb places={[{ label: t.title[lang], href: '/integrations' }, { label: host }]} />}
        actions={trial}
      />
      <ErrorSummary problems={problemsOf(refusal, lang)} />
      <Told {...props} />
      <Facts {...props} />
      <Section id="journal" title={t.log[lang]} lead={t.logLead[lang]}>
        <Log {...props} />
      </Section>
      <Section title={t.manage[lang]}>
        <Settings {...props} />
      </Section>
      <Remove {...props} />
    </Layout>
  );
}
