import type { Plan } from '../../floors/floors.ts';
import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Outcome, Refusal } from '../../kernel/outcome.ts';
import type { Day, DayPart } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Resource, ResourceKind, Space, Tariff } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DayStrip, type StripDay } from '../../ui/day-strip/day-strip.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { type Choice, ChoiceCards, SelectField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import type { FreeDesks, WallHours } from '../booking.ts';
import { calendarLabels } from '../calendar-labels.ts';
import { capital, freeText, openingText, priceText, shortReason, labels as t } from '../labels.ts';
import type { PlaceState } from '../plan.ts';
import { planLabels } from '../plan-labels.ts';
import { seriesLabels } from '../series-labels.ts';
import { traceLabels } from '../trace-labels.ts';
import { unitLabels as u } from '../unit-labels.ts';
import { usualLabels } from '../usual-labels.ts';
import { partNames, whenText } from '../words.ts';
import { fullParts, HoursQueue, momentOf, QueueForm } from './moving.tsx';
import { PlanPart } from './plan-part.tsx';
import { HoursForm, KindNav, TermForm } from './units.tsx';

/** One way of booking the day: its price and payer, or why not. */
export interface Moment {
  readonly part: DayPart;
  /** Hours on the wall: `8:30 – 12:30`. */
  readonly hours: string | null;
  readonly free: number;
  /** Whoever books is busy then, by a calendar of theirs. */
  readonly busy: boolean;
  readonly offer: Outcome<{
    readonly desk: string;
    readonly price_eur_cents: bigint;
    readonly employer: string | null;
    /** What passes would pay of it, in words. */
    readonly covers: readonly string[];
  }>;
}

export interface BookingPageProps {
  visit: Visit;
  space: Space;
  /** The strip of days, with what is free on each. */
  days: readonly { readonly day: Day; readonly lines: readonly FreeDesks[] }[];
  today: Day;
  before: Day | null;
  after: Day | null;
  day: Day;
  moments: readonly Moment[];
  part: DayPart | null;
  desks: readonly Resource[];
  kind: ResourceKind;
  /** The kinds of place that can be booked there. */
  offered: readonly ResourceKind[];
  /** Prices of that kind on that day. */
  tariffs: readonly Tariff[];
  /** What others have of that day, for places that go by the hour. */
  taken: readonly string[];
  /** Hours that were refused. */
  typed: { readonly from?: string | undefined; readonly to?: string | undefined };
  /** Hours that were refused because everything is taken then: they may be waited for. */
  fullHours: WallHours | null;
  /** Floors that are drawn, with how each place stands at the part asked for. */
  floor: {
    readonly plans: readonly Plan[];
    readonly states: readonly PlaceState[];
    readonly part: DayPart;
    /** May this part be booked? */
    readonly books: boolean;
  };
  deskId?: string | undefined;
  requestId: string;
  /** Which of the page's forms was refused. */
  refused?: 'moment' | 'hours' | 'term' | undefined;
  refusal?: Refusal | undefined;
}

interface At {
  readonly day: Day;
  readonly part: DayPart | null;
  readonly kind: ResourceKind;
}

const addressOf = (slug: string, { day, part, kind }: At): string =>
  `/reserver?espace=${slug}&jour=${day}${part === null ? '' : `&moment=${momentOf[part]}`}${kind === 'desk' ? '' : `&place=${kind}`}`;

const stripDay =
  (props: BookingPageProps, lang: Lang) =>
  (one: BookingPageProps['days'][number]): StripDay => {
    const [weekday = '', number = ''] = show.dayShort(one.day, lang).split(' ');
    const open = one.lines.filter(line => line.open);
    const free = Math.max(0, ...open.map(line => line.free));
    return {
      day: one.day,
      weekday,
      number,
      note: open.length === 0 ? t.closed[lang] : freeText(free, lang),
      href: open.length === 0 ? undefined : addressOf(props.space.slug, { ...props, day: one.day }),
      current: one.day === props.day,
      today: one.day === props.today,
    };
  };

const momentChoice = ({ part, hours, free, offer, busy }: Moment, lang: Lang): Choice => ({
  value: momentOf[part],
  label: capital(partNames[part][lang]),
  detail: (offer.ok
    ? [
        hours,
        freeText(free, lang),
        offer.value.desk,
        offer.value.covers.length > 0 && offer.value.price_eur_cents === 0n
          ? null
          : priceText(offer.value.price_eur_cents, offer.value.employer, lang),
        ...offer.value.covers,
        busy && calendarLabels.busy[lang],
      ]
    : [hours, shortReason(offer.refusal, lang)]
  )
    .filter(Boolean)
    .join(' · '),
  disabled: !offer.ok,
});

/** Where a refusal's field stands in this form. */
const fieldNames: Readonly<Record<string, string>> = { part: 'moment', desk: 'poste', day: 'moment', begins: 'de' };

const BookForm = (props: BookingPageProps) => {
  const { visit, space, day, moments, part, kind, desks, deskId, requestId, refusal } = props;
  const { lang } = visit;
  const problems = problemsOf(refusal, lang).map(one => ({
    ...one,
    ...(one.field && { field: fieldNames[one.field] ?? 'moment' }),
  }));
  const error = (field: string) => problemAt(problems, field);
  return (
    <Form
      action="/reserver"
      requestId={requestId}
      hidden={{ espace: space.slug, jour: day, place: kind }}
      label={t.bookTitle[lang]}
    >
      <ErrorSummary problems={problems} />
      <ChoiceCards
        name="moment"
        label={lang === 'fr' ? `Quel moment, ${show.day(day, lang)} ?` : `Which part of ${show.day(day, lang)}?`}
        value={part === null ? undefined : momentOf[part]}
        choices={moments.map(moment => momentChoice(moment, lang))}
        error={error('moment')}
      />
      <details open={deskId !== undefined}>
        <summary>{(kind === 'desk' ? t.changeDesk : u.changePlace)[lang]}</summary>
        <SelectField
          name="poste"
          label={(kind === 'desk' ? t.desk : u.place)[lang]}
          hint={(kind === 'desk' ? t.deskHint : u.placeHint)[lang]}
          optional
          empty={t.chosenForYou[lang]}
          value={deskId}
          choices={desks.map(desk => ({ value: desk.resourceId, label: desk.name }))}
          error={error('poste')}
        />
      </details>
      {visit.actor === null ? (
        <ButtonLink href={`/connexion?retour=${encodeURIComponent(visit.path)}`}>{t.signInToBook[lang]}</ButtonLink>
      ) : (
        <Button>{lang === 'fr' ? `Réserver ${show.day(day, lang)}` : `Book ${show.day(day, lang)}`}</Button>
      )}
    </Form>
  );
};

/** The form, or in one sentence why nothing can be booked that day. */
const Booking = (props: BookingPageProps) => {
  const { visit, space, moments, refusal } = props;
  const { lang } = visit;
  const reason = refusal ?? moments.map(m => (m.offer.ok ? null : m.offer.refusal)).find(r => r !== null);
  if (space.status === 'planned') {
    return (
      <EmptyState
        title={openingText(space.openedOn)[lang]}
        actions={<ButtonLink href="/">{t.nearHome[lang]}</ButtonLink>}
      >
        <p>{t.notOpenText[lang]}</p>
      </EmptyState>
    );
  }
  if (moments.length === 0 && props.tariffs.some(one => one.part !== 'half_day' && one.part !== 'day')) return null;
  if (moments.length === 0) {
    return (
      <EmptyState title={t.noDay[lang]}>
        <p>{reason?.message[lang] ?? t.noDayText[lang]}</p>
      </EmptyState>
    );
  }
  if (moments.some(m => m.offer.ok) || !reason) return <BookForm {...props} />;
  if (refusal) return <ErrorSummary problems={[{ message: refusal.message[lang] }]} />;
  return (
    <Notice
      kind="warning"
      title={(props.tariffs.some(one => one.part === 'hour') ? u.noPartOfDay : t.noDay)[lang]}
      actions={
        <ButtonLink kind="secondary" href="/mes-reservations">
          {t.mine[lang]}
        </ButtonLink>
      }
    >
      {reason.message[lang]}
    </Notice>
  );
};

/** By the hour, the week or the month, where the place has such a price. */
const Units = (props: BookingPageProps) => {
  const { visit, space, day, kind, tariffs, taken, typed, requestId, refused, refusal } = props;
  const { lang } = visit;
  if (space.status !== 'open') return null;
  const hour = tariffs.find(one => one.part === 'hour');
  const terms = tariffs.filter(one => one.part === 'week' || one.part === 'month');
  const where = { lang, space, day, kind, requestId };
  const why = (unit: typeof refused) => (refused === unit ? refusal?.message[lang] : undefined);
  return (
    <>
      {hour && (
        <HoursForm {...where} {...{ tariff: hour, taken, typed, error: why('hours') }}>
          {props.fullHours && (
            <HoursQueue {...where} hours={props.fullHours} requestId={`${requestId}-attente-heures`} />
          )}
        </HoursForm>
      )}
      {terms.length > 0 && <TermForm {...where} tariffs={terms} error={why('term')} />}
    </>
  );
};

/** Where the free places are, each a link that chooses it in the form. */
const OnThePlan = ({ visit: { lang }, space, day, kind, moments, floor }: BookingPageProps) => {
  const { plans, states, part, books } = floor;
  if (plans.length === 0 || moments.length === 0) return null;
  const hrefOf = ({ state, resource, booking }: PlaceState) => {
    if (state === 'yours' && booking !== null) return `/reservations/${booking.bookingId}`;
    if (state !== 'free' || resource.kind !== kind || !books) return undefined;
    return `${addressOf(space.slug, { day, part, kind })}&poste=${resource.resourceId}`;
  };
  return (
    <Section title={planLabels.title[lang]} lead={planLabels.lead[lang]} id="plan">
      <PlanPart {...{ lang, plans, states, hrefOf }} when={whenText(day, part, lang)} own="plan" />
    </Section>
  );
};

/** What was refused, as the page that tells why has it in its address; null when nothing was. */
function askedWhy({ moments, part, kind, refused, refusal, typed }: BookingPageProps): string | null {
  const place = kind === 'desk' ? '' : `&place=${kind}`;
  if (refused === 'hours' && typed.from && typed.to)
    return `&de=${encodeURIComponent(typed.from)}&a=${encodeURIComponent(typed.to)}${place}`;
  const moment = moments.find(one => !one.offer.ok)?.part ?? (refusal ? part : null);
  return moment === null ? null : `&moment=${momentOf[moment]}${place}`;
}

/** Book in two taps: a day of the strip, then the button; the desk is chosen for you unless you care. */
export function BookingPage(props: BookingPageProps) {
  const { visit, space, days, before, after, part } = props;
  const { lang } = visit;
  const title = lang === 'fr' ? `Réserver à ${space.name}` : `Book at ${space.name}`;
  const full = fullParts(
    props.moments.map(one => ({ part: one.part, refusal: one.offer.ok ? null : one.offer.refusal })),
  );
  const why = askedWhy(props);
  const step = (day: Day | null, label: string) =>
    day && { href: addressOf(space.slug, { day, part, kind: props.kind }), label };
  return (
    <Layout visit={visit} title={title}>
      <PageHead
        title={title}
        lead={`${space.address}, ${space.postcode} ${space.commune.name}`}
        above={<a href={`/espaces/${space.slug}`}>{t.sheet[lang]}</a>}
      />
      <Stack>
        <KindNav
          {...{ lang, offered: props.offered, kind: props.kind }}
          href={kind => addressOf(space.slug, { day: props.day, part: null, kind })}
        />
        <DayStrip
          label={t.when[lang]}
          days={days.map(stripDay(props, lang))}
          before={step(before, t.earlier[lang]) ?? undefined}
          after={step(after, t.later[lang]) ?? undefined}
        />
        <Booking {...props} refusal={props.refused === 'moment' ? props.refusal : undefined} />
        <Units {...props} />
        <OnThePlan {...props} />
        {visit.actor !== null && full.length > 0 && props.fullHours === null && (
          <QueueForm
            {...{ lang, space, day: props.day, kind: props.kind, full, requestId: `${props.requestId}-attente` }}
          />
        )}
        {visit.actor !== null && why !== null && (
          <p>
            <a href={`/reserver/pourquoi?espace=${space.slug}&jour=${props.day}${why}`}>
              {traceLabels[props.refused === 'hours' ? 'title' : 'why'][lang]}
            </a>
          </p>
        )}
        {space.status === 'open' && (
          <p>
            <a href={`/reserver/serie?espace=${space.slug}`}>{seriesLabels.title[lang]}</a>
            {visit.actor !== null && (
              <>
                {' · '}
                <a href={`/mes-habitudes?espace=${space.slug}#ajouter`}>{usualLabels.add[lang]}</a>
              </>
            )}
          </p>
        )}
      </Stack>
    </Layout>
  );
}

/** Without a space: the ones where the visitor goes, then all of them. */
export function WherePage({
  visit,
  yours,
  spaces,
}: {
  visit: Visit;
  yours: readonly Space[];
  spaces: readonly Space[];
}) {
  const { lang } = visit;
  const links = (list: readonly Space[], kind: 'primary' | 'secondary') => (
    <Cluster>
      {list.map(space => (
        <ButtonLink kind={kind} href={`/reserver?espace=${space.slug}`}>
          {`${space.name}, ${space.commune.name}`}
        </ButtonLink>
      ))}
    </Cluster>
  );
  return (
    <Layout visit={visit} title={t.bookTitle[lang]}>
      <PageHead
        title={t.whereTitle[lang]}
        lead={t.whereLead[lang]}
        actions={
          <ButtonLink kind="quiet" href="/">
            {t.nearHome[lang]}
          </ButtonLink>
        }
      />
      {yours.length > 0 && <Section title={t.yourSpaces[lang]}>{links(yours, 'primary')}</Section>}
      <Section title={t.allSpaces[lang]}>{links(spaces, 'secondary')}</Section>
    </Layout>
  );
}
