import type { ComponentChildren } from 'preact';
import { type Bilingual, type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Day, Instant } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Resource, Space } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { DateField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { Booking, Feed } from '../booking.ts';
import { calendarLabels as c } from '../calendar-labels.ts';
import { isSeat } from '../claim.ts';
import { feedLabels as f } from '../feed-labels.ts';
import { guestLabels as g } from '../guest-labels.ts';
import { cancelTerms, priceText, labels as t } from '../labels.ts';
import { movingLabels as m } from '../moving-labels.ts';
import { passLabels as pl } from '../pass-labels.ts';
import { pendingLabels as p } from '../pending-labels.ts';
import { seriesLabels as s } from '../series-labels.ts';
import { unitLabels } from '../unit-labels.ts';
import { usualLabels as u } from '../usual-labels.ts';
import { whenOf } from '../words.ts';
import { Feeds } from './calendars.tsx';
import { type Beside, Guests } from './guests.tsx';
import { type Movable, Moving, Queue, type Waiting } from './moving.tsx';
import { Pending } from './pending.tsx';

export interface Known {
  readonly booking: Booking;
  readonly space: Space;
  readonly resource: Resource | undefined;
  /** Name of the guest who sits there, as long as it is kept. */
  readonly guest: string | null;
  /** Name of the employer who pays, if one does. */
  readonly employer: string | null;
}

const hoursOf = ({ booking, space }: Known): string =>
  `${show.clock(booking.during.from, space.zone)} – ${show.clock(booking.during.to, space.zone)}`;

interface FactsProps {
  readonly known: Known;
  readonly lang: Lang;
  readonly holder: string | null;
  readonly covers: readonly string[];
}

const Facts = ({ known, lang, holder, covers }: FactsProps) => (
  <DescriptionList
    items={[
      ...(known.booking.guestId === null ? [] : [{ term: g.guest[lang], value: known.guest ?? g.forgotten[lang] }]),
      ...(holder === null ? [] : [{ term: p.holder[lang], value: holder }]),
      { term: t.day[lang], value: whenOf(known.booking, lang) },
      { term: t.hours[lang], value: hoursOf(known) },
      {
        term: t.place[lang],
        value: (
          <>
            <a href={`/espaces/${known.space.slug}`}>{known.space.name}</a>
            {`, ${known.space.address}, ${known.space.postcode} ${known.space.commune.name}`}
          </>
        ),
      },
      { term: (known.booking.kind === 'desk' ? t.atDesk : unitLabels.itsPlace)[lang], value: known.resource?.name },
      {
        term: t.price[lang],
        value: priceText(known.booking.price_eur_cents, known.employer, lang, known.booking.covered_eur_cents),
      },
      ...covers.map(value => ({ term: pl.pass[lang], value })),
    ]}
  />
);

export interface BookingSheetProps {
  visit: Visit;
  known: Known;
  /** Just made, or just moved: the page says so. */
  fresh: 'booked' | 'moved' | null;
  /** Who holds it, for whoever looks at someone else's. */
  holder: string | null;
  /** What passes paid of it, in words. */
  covers: readonly string[];
  /** Whoever looks may answer a request. */
  decides: boolean;
  /** What it was moved to, when it was. */
  movedTo: Booking | null;
  movable: Movable;
  /** Guests beside it, and whether one more may be asked for. */
  guests: readonly Beside[];
  invites: boolean;
  /** What was typed in the guest's form, when it came back. */
  typed: Readonly<Record<string, string>> | null;
  /** What rooms above add for its holder. */
  beside: readonly ComponentChildren[];
  cost: 'free' | 'charged' | 'too_late';
  until: Instant;
  requestId: string;
  refusal?: Refusal | undefined;
}

const Cancelling = ({ visit: { lang }, known, cost, until, requestId }: BookingSheetProps) => (
  <Section title={t.cancelTitle[lang]}>
    <p>
      {
        (known.booking.termId === null
          ? cancelTerms(cost, { until, zone: known.space.zone })
          : unitLabels.oneDayOfTerm)[lang]
      }
    </p>
    {cost !== 'too_late' && (
      <Form action={`/reservations/${known.booking.bookingId}/annuler`} requestId={requestId}>
        <Button kind="danger">{(known.booking.termId === null ? t.cancel : unitLabels.cancelDay)[lang]}</Button>
      </Form>
    )}
    {known.booking.termId !== null && (
      <Form action={`/reservations/${known.booking.bookingId}/annuler-periode`} requestId={`${requestId}-periode`}>
        <Button kind="danger">{unitLabels.cancelTerm[lang]}</Button>
      </Form>
    )}
  </Section>
);

const freshTitles = { booked: t.booked, moved: m.moved };

function titleOf({ known: { booking }, movedTo, fresh, decides }: BookingSheetProps): Bilingual {
  if (movedTo) return m.movedTitle;
  if (booking.status === 'cancelled') return t.cancelledTitle;
  if (booking.status === 'requested') return decides ? p.toDecide : p.requestedTitle;
  if (booking.status === 'held') return p.heldTitle;
  return fresh ? freshTitles[fresh] : t.oneBooking;
}

/** One booking: what, when, where, how much; to the calendar, or cancelled. */
export function BookingSheet(props: BookingSheetProps) {
  const { visit, known, fresh, cost, refusal, movedTo, movable } = props;
  const { lang } = visit;
  const cancelled = known.booking.status === 'cancelled';
  const title = titleOf(props)[lang];
  return (
    <Layout visit={visit} title={title}>
      <PageHead title={title} lead={`${whenOf(known.booking, lang)}, ${known.space.name}`} />
      <Stack>
        <ErrorSummary problems={problemsOf(refusal, lang)} />
        {movedTo && (
          <Notice kind="info" live>
            {`${m.movedText[lang]} `}
            <a href={`/reservations/${movedTo.bookingId}`}>{whenOf(movedTo, lang)}</a>
          </Notice>
        )}
        {cancelled && !movedTo && known.booking.heldUntil === null && (
          <Notice kind="info" live>
            {
              (known.booking.termId !== null
                ? unitLabels.dayReleased
                : cost === 'free'
                  ? t.cancelledFree
                  : t.cancelledDue)[lang]
            }
          </Notice>
        )}
        {fresh && known.booking.status === 'confirmed' && (
          <Notice kind="success" live>
            {
              (known.booking.termId !== null
                ? unitLabels.termBooked
                : isSeat(known.booking)
                  ? t.onTheDay
                  : unitLabels.kept)[lang]
            }
          </Notice>
        )}
        <Pending
          {...{
            lang,
            booking: known.booking,
            zone: known.space.zone,
            decides: props.decides,
            requestId: props.requestId,
          }}
        />
        <Facts known={known} lang={lang} holder={props.holder} covers={props.covers} />
        <Cluster>
          {known.booking.heldUntil === null && (
            <ButtonLink href={`/reservations/${known.booking.bookingId}/agenda.ics`} download>
              {t.addToCalendar[lang]}
            </ButtonLink>
          )}
          <ButtonLink kind="secondary" href={`/reserver?espace=${known.space.slug}`}>
            {t.again[lang]}
          </ButtonLink>
          <ButtonLink kind="quiet" href="/mes-reservations">
            {t.mine[lang]}
          </ButtonLink>
        </Cluster>
      </Stack>
      {props.beside}
      {props.invites && (
        <Guests
          {...{ lang, slug: known.space.slug, booking: known.booking, beside: props.guests }}
          {...{ requestId: props.requestId, typed: props.typed ?? {} }}
          refusal={props.typed === null ? null : (refusal ?? null)}
        />
      )}
      {!cancelled && <Moving {...{ lang, booking: known.booking, movable, requestId: props.requestId }} />}
      {!cancelled && <Cancelling {...props} />}
    </Layout>
  );
}

const Table = ({ caption, rows, lang }: { caption: string; rows: readonly Known[]; lang: Lang }) => (
  <DataTable<Known>
    caption={caption}
    captionHidden
    rows={rows}
    empty={t.nonePast[lang]}
    columns={[
      {
        label: t.day[lang],
        cell: ({ booking, guest }) => (
          <>
            <a href={`/reservations/${booking.bookingId}`}>{whenOf(booking, lang)}</a>{' '}
            {booking.guestId !== null && (
              <Tag tone="info">{`${g.guest[lang]}${guest === null ? '' : ` : ${guest}`}`}</Tag>
            )}
            {booking.heldUntil !== null && <Tag>{(booking.status === 'held' ? p.held : p.awaiting)[lang]}</Tag>}
          </>
        ),
      },
      { label: t.place[lang], cell: ({ space }) => `${space.name}, ${space.commune.name}` },
      { label: t.atDesk[lang], cell: ({ resource }) => resource?.name ?? '' },
      {
        label: t.price[lang],
        cell: ({ booking, employer }) => priceText(booking.price_eur_cents, employer, lang, booking.covered_eur_cents),
      },
    ]}
  />
);

export interface MyBookingsProps {
  visit: Visit;
  toCome: readonly Known[];
  past: readonly Known[];
  today: Day;
  requestId: string;
  /** What came of an absence that was just said. */
  away?: { readonly told: Bilingual; readonly kept: readonly Kept[] } | undefined;
  refusal?: Refusal | undefined;
  waits: readonly Waiting[];
  /** Calendar addresses in use. */
  feeds: readonly Feed[];
  /** One that was just made. */
  address?: string | undefined;
}

export interface Kept {
  readonly known: Known;
  readonly refusal: Refusal;
}

const AwayResult = ({ away, lang }: { away: NonNullable<MyBookingsProps['away']>; lang: Lang }) => (
  <Stack>
    <Notice kind="info" live>
      {away.told[lang]}
    </Notice>
    {away.kept.length > 0 && (
      <DataTable<Kept>
        caption={s.awayKept[lang]}
        rows={away.kept}
        empty=""
        columns={[
          { label: t.day[lang], cell: ({ known: { booking } }) => whenOf(booking, lang) },
          { label: s.why[lang], cell: ({ refusal }) => refusal.message[lang] },
        ]}
      />
    )}
  </Stack>
);

const AwayForm = ({ visit: { lang }, today, requestId, refusal }: MyBookingsProps) => {
  const problems = problemsOf(refusal, lang).map(one => ({ ...one, field: 'jusquau' }));
  return (
    <Section title={s.awayTitle[lang]} lead={s.awayLead[lang]}>
      <Form action="/mes-reservations/absence" requestId={requestId} label={s.awayTitle[lang]} inline>
        <ErrorSummary problems={problems} />
        <DateField name="du" label={s.from[lang]} min={today} />
        <DateField name="jusquau" label={s.until[lang]} min={today} error={problemAt(problems, 'jusquau')} />
        <Button kind="danger">{s.away[lang]}</Button>
      </Form>
    </Section>
  );
};

const Calendars = ({ visit: { lang }, feeds, address, requestId }: MyBookingsProps) => (
  <Section title={f.title[lang]} lead={f.lead[lang]} id="agenda">
    <Stack>
      <Feeds
        {...{ lang, feeds, address, requestId, action: '/mes-reservations/agenda' }}
        aboutOf={({ spaceId }) => (spaceId === null ? '' : f.ofSpace[lang])}
      />
      <p>
        <a href="/mes-agendas">{c.more[lang]}</a>
      </p>
    </Stack>
  </Section>
);

export function MyBookingsPage(props: MyBookingsProps) {
  const { visit, toCome, past, away } = props;
  const { lang } = visit;
  const book = <ButtonLink href="/reserver">{t.bookTitle[lang]}</ButtonLink>;
  const links = (
    <>
      {toCome.length > 0 && book}
      <ButtonLink kind="secondary" href="/mes-habitudes">
        {u.title[lang]}
      </ButtonLink>
      <ButtonLink kind="secondary" href="/mes-carnets">
        {pl.mine[lang]}
      </ButtonLink>
    </>
  );
  return (
    <Layout visit={visit} title={t.mine[lang]}>
      <PageHead title={t.mine[lang]} lead={t.mineLead[lang]} actions={links} />
      {away && <AwayResult away={away} lang={lang} />}
      <Section title={t.toCome[lang]}>
        {toCome.length === 0 ? (
          <EmptyState title={t.none[lang]} actions={book}>
            <p>{t.noneText[lang]}</p>
          </EmptyState>
        ) : (
          <Table caption={t.toCome[lang]} rows={toCome} lang={lang} />
        )}
      </Section>
      <Queue lang={lang} waits={props.waits} />
      {(toCome.length > 0 || props.refusal) && <AwayForm {...props} />}
      <Calendars {...props} />
      <Section title={t.past[lang]}>
        <Table caption={t.past[lang]} rows={past} lang={lang} />
      </Section>
    </Layout>
  );
}
