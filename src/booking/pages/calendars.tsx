import type { ComponentChildren } from 'preact';
import { type OuterCalendar, whyUnread } from '../../calendars/calendars.ts';
import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { type Instant, localDay } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Resource, Space } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { SelectField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { Booking, Feed } from '../booking.ts';
import { calendarLabels as t, unreadText } from '../calendar-labels.ts';
import { feedLabels as f } from '../feed-labels.ts';
import { whenText } from '../words.ts';

const momentText = (at: Instant, zone: string, lang: Lang): string =>
  `${show.date(localDay(at, zone), lang)}, ${show.clock(at, zone)}`;

const StateOf = ({ of: one, lang }: { of: OuterCalendar; lang: Lang }) => {
  if (one.failure !== null)
    return (
      <>
        <Tag tone="bad">{t.failing[lang]}</Tag> {whyUnread[one.failure]?.[lang] ?? one.failure}
      </>
    );
  if (one.readAt === null) return <Tag tone="pending">{t.notYet[lang]}</Tag>;
  return (
    <>
      <Tag tone="good">{t.fine[lang]}</Tag> {one.unread > 0 && unreadText(one.unread)[lang]}
    </>
  );
};

interface OuterProps {
  readonly lang: Lang;
  readonly calendars: readonly OuterCalendar[];
  readonly zone: string;
  /** Where a calendar is taken away, and where one is connected. */
  readonly action: string;
  readonly requestId: string;
  readonly refusal?: Refusal | undefined;
  readonly typed?: string | undefined;
  /** The places of a space, where it is about them. */
  readonly resources?: readonly Resource[];
}

const Outer = ({ lang, calendars, zone, action, requestId, refusal, typed, resources }: OuterProps) => {
  const problems = problemsOf(refusal, lang);
  const nameOf = (id: string | null) => resources?.find(one => one.resourceId === id)?.name ?? '';
  const free = resources?.filter(one => !calendars.some(({ resourceId }) => resourceId === one.resourceId));
  return (
    <Stack>
      <DataTable<OuterCalendar>
        caption={resources ? t.places[lang] : t.outer[lang]}
        captionHidden
        rows={calendars}
        empty={t.none[lang]}
        columns={[
          { label: t.host[lang], cell: one => one.host },
          ...(resources ? [{ label: t.place[lang], cell: (one: OuterCalendar) => nameOf(one.resourceId) }] : []),
          { label: t.read[lang], cell: one => (one.readAt ? momentText(one.readAt, zone, lang) : '–') },
          { label: t.state[lang], cell: one => <StateOf of={one} lang={lang} /> },
          {
            label: t.disconnect[lang],
            cell: one => (
              <Form action={`${action}/${one.calendarId}/retirer`}>
                <Button kind="quiet" describe={`${t.disconnect[lang]}: ${one.host}`}>
                  {t.disconnect[lang]}
                </Button>
              </Form>
            ),
          },
        ]}
      />
      {(free === undefined || free.length > 0) && (
        <Form action={action} requestId={requestId} label={t.connect[lang]}>
          <ErrorSummary problems={problems} />
          {free && (
            <SelectField
              name="poste"
              label={t.place[lang]}
              choices={free.map(one => ({ value: one.resourceId, label: one.name }))}
            />
          )}
          <TextField
            name="url"
            type="url"
            size={50}
            label={t.url[lang]}
            hint={t.urlHint[lang]}
            value={typed}
            error={problemAt(problems, 'url')}
          />
          <Button kind="secondary">{t.connect[lang]}</Button>
        </Form>
      )}
    </Stack>
  );
};

interface FeedsProps {
  readonly lang: Lang;
  readonly feeds: readonly Feed[];
  /** One that was just made. */
  readonly address?: string | undefined;
  /** What a feed of a space tells of, beside its detail. */
  readonly aboutOf?: (feed: Feed) => string;
  readonly action: string;
  readonly requestId: string;
  readonly children?: ComponentChildren;
}

/** Addresses that calendars read: those in use, and a new one, told once. */
export const Feeds = ({ lang, feeds, address, aboutOf, action, requestId, children }: FeedsProps) => (
  <Stack>
    {address !== undefined && (
      <Notice kind="success" title={f.opened[lang]} live>
        <code>{address}</code>
      </Notice>
    )}
    {feeds.length > 0 && (
      <DataTable<Feed>
        caption={f.addresses[lang]}
        rows={feeds}
        empty=""
        columns={[
          { label: f.openedOn[lang], cell: ({ openedAt }) => show.date(localDay(openedAt, 'Europe/Paris'), lang) },
          { label: f.detail[lang], cell: one => [aboutOf?.(one), f[one.detail][lang]].filter(Boolean).join(' · ') },
          {
            label: f.revoke[lang],
            cell: ({ feedId }) => (
              <Form action={`${action}/${feedId}/retirer`}>
                <Button kind="quiet">{f.revoke[lang]}</Button>
              </Form>
            ),
          },
        ]}
      />
    )}
    <Form action={action} requestId={requestId} label={f.open[lang]} inline>
      {children}
      <SelectField
        name="detail"
        label={f.detail[lang]}
        choices={(['full', 'busy'] as const).map(value => ({ value, label: f[value][lang] }))}
      />
      <Button kind="secondary">{f.open[lang]}</Button>
    </Form>
  </Stack>
);

export interface CalendarsProps {
  readonly visit: Visit;
  readonly calendars: readonly OuterCalendar[];
  readonly requestId: string;
  readonly refusal?: Refusal | undefined;
  readonly typed?: string | undefined;
}

export interface MyCalendarsProps extends CalendarsProps {
  readonly feeds: readonly Feed[];
}

/** One's own calendars: what reads ours, and what ours reads. */
export function MyCalendarsPage({ visit, feeds, calendars, requestId, refusal, typed }: MyCalendarsProps) {
  const { lang } = visit;
  const mine = { fr: 'Mes réservations', en: 'My bookings' };
  return (
    <Layout visit={visit} title={t.title[lang]}>
      <PageHead title={t.title[lang]} lead={t.lead[lang]} above={<a href="/mes-reservations">{mine[lang]}</a>} />
      <Section title={f.title[lang]} lead={f.lead[lang]} id="agenda">
        <Feeds
          {...{ lang, feeds: feeds.filter(one => one.spaceId === null), requestId }}
          action="/mes-reservations/agenda"
        />
      </Section>
      <Section title={t.dav[lang]} lead={t.davLead[lang]}>
        <Stack>
          <p>
            <code>{`${visit.origin}/caldav/`}</code>
          </p>
          <Cluster>
            <ButtonLink kind="secondary" href="/moi/jetons">
              {t.makeToken[lang]}
            </ButtonLink>
          </Cluster>
        </Stack>
      </Section>
      <Section title={t.outer[lang]} lead={t.outerLead[lang]} id="ailleurs">
        <Outer
          {...{ lang, calendars, refusal, typed, zone: 'Europe/Paris', action: '/mes-agendas' }}
          requestId={`${requestId}-ailleurs`}
        />
      </Section>
    </Layout>
  );
}

export interface SpaceCalendarsProps extends CalendarsProps {
  readonly space: Space;
  readonly resources: readonly Resource[];
  readonly feeds: readonly Feed[];
  readonly address?: string | undefined;
  readonly clashes: readonly Booking[];
}

/** A space's calendars, for who receives people there. */
export function SpaceCalendarsPage(props: SpaceCalendarsProps) {
  const { visit, space, resources, feeds, address, clashes, calendars, requestId, refusal, typed } = props;
  const { lang } = visit;
  const nameOf = (id: string | null) => resources.find(one => one.resourceId === id)?.name;
  return (
    <Layout visit={visit} title={`${t.places[lang]}, ${space.name}`}>
      <PageHead
        title={t.places[lang]}
        lead={`${space.name}, ${space.commune.name}`}
        above={<a href={`/planning/${space.slug}`}>{t.board[lang]}</a>}
      />
      {clashes.length > 0 && (
        <Section title={t.clashes[lang]} lead={t.clashesLead[lang]}>
          <DataTable<Booking>
            caption={t.clashes[lang]}
            captionHidden
            rows={clashes}
            empty=""
            columns={[
              { label: t.place[lang], cell: one => nameOf(one.resourceId) ?? '' },
              {
                label: f.calendar[lang],
                cell: one => <a href={`/reservations/${one.bookingId}`}>{whenText(one.day, one.part, lang)}</a>,
              },
            ]}
          />
        </Section>
      )}
      <Section title={t.outerOfPlace[lang]} lead={t.placesLead[lang]} id="ailleurs">
        <Outer
          {...{ lang, calendars, resources, refusal, typed, zone: space.zone }}
          action={`/planning/${space.slug}/agendas`}
          requestId={`${requestId}-ailleurs`}
        />
      </Section>
      <Section title={t.readers[lang]} lead={t.feedLead[lang]} id="agenda">
        <Feeds
          {...{ lang, address, requestId, feeds: feeds.filter(one => one.spaceId === space.spaceId) }}
          action={`/planning/${space.slug}/adresses`}
          aboutOf={({ resourceId }) => nameOf(resourceId) ?? t.wholeSpace[lang]}
        >
          <SelectField
            name="poste"
            id="poste-lu"
            label={t.place[lang]}
            optional
            empty={t.wholeSpace[lang]}
            choices={resources.map(one => ({ value: one.resourceId, label: one.name }))}
          />
        </Feeds>
      </Section>
    </Layout>
  );
}
