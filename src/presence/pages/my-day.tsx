import { type Booking, type Strike, whenOf } from '../../booking/booking.ts';
import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Space } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Split, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { Card } from '../../ui/card/card.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Island } from '../../ui/island/island.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import type { AccessEvent } from '../evidence.ts';
import { notedAt, labels as t } from '../labels.ts';
import KeptArrivals, { type KeptArrivalsProps } from '../my-day.island.tsx';
import { offlineLabels } from '../offline-labels.ts';
import { personalLabels } from '../personal-code.ts';
import { Installable } from './offline-page.tsx';
import { LostToday } from './return-page.tsx';

export interface BookedDay {
  readonly booking: Booking;
  readonly space: Space;
  readonly desk: string;
}

export interface MyDayProps {
  visit: Visit;
  today: Day;
  now_ms: number;
  todays: readonly BookedDay[];
  next: readonly BookedDay[];
  /** Today's check-ins, with where. */
  noted: readonly { readonly event: AccessEvent; readonly space: Space }[];
  /** Places of today that were given back, as nobody had noted them. */
  lost?: readonly Strike[];
  fresh: boolean;
  requestId: string;
  typed?: string | undefined;
  refusal?: Refusal | undefined;
}

const hoursOf = ({ booking, space }: BookedDay): string =>
  `${show.clock(booking.during.from, space.zone)} – ${show.clock(booking.during.to, space.zone)}`;

/** Filled with the phone's own time when the form is sent, where scripts run. */
const PhoneTime = () => <input type="hidden" name="heure" data-clock="" />;

const CodeForm = ({
  requestId,
  typed,
  refusal,
  lang,
}: Pick<MyDayProps, 'requestId' | 'typed' | 'refusal'> & { lang: Lang }) => {
  const problems = problemsOf(refusal, lang);
  return (
    <Form action="/mon-espace" requestId={requestId} label={t.arrive[lang]}>
      <ErrorSummary problems={problems} />
      <PhoneTime />
      <TextField
        name="code"
        label={t.code[lang]}
        hint={t.codeHint[lang]}
        size={8}
        value={typed}
        autocomplete="off"
        error={problemAt(problems, 'code')}
      />
      <Button>{t.noteMe[lang]}</Button>
    </Form>
  );
};

const Todays = ({ todays, lang }: { todays: readonly BookedDay[]; lang: Lang }) =>
  todays.length === 0 ? (
    <EmptyState title={t.nothingToday[lang]} actions={<ButtonLink href="/reserver">{t.book[lang]}</ButtonLink>}>
      <p>{t.nothingTodayText[lang]}</p>
    </EmptyState>
  ) : (
    <Stack>
      {todays.map(one => (
        <Card
          level={2}
          href={`/reservations/${one.booking.bookingId}`}
          title={`${one.desk}, ${one.space.name}`}
          above={hoursOf(one)}
        >
          <p>{`${one.space.address}, ${one.space.postcode} ${one.space.commune.name}`}</p>
        </Card>
      ))}
      {[...new Map(todays.map(({ space }) => [space.slug, space])).values()].map(({ slug, name }) => (
        <p>
          <a href={`/ici/${slug}`}>{`${t.whoIsHere[lang]}, ${name}`}</a>
        </p>
      ))}
    </Stack>
  );

const Arrival = (props: MyDayProps) => {
  const { todays, visit, refusal } = props;
  const { lang } = visit;
  return (
    <Section title={t.arrive[lang]} lead={t.arriveLead[lang]}>
      <CodeForm {...props} lang={lang} />
      <Cluster>
        <ButtonLink kind="secondary" href="/mon-espace/code">
          {personalLabels.show[lang]}
        </ButtonLink>
      </Cluster>
      {todays.length > 0 && (
        <details open={refusal?.code === 'presence.day_not_open'}>
          <summary>{t.noKiosk[lang]}</summary>
          <Stack gap="tight">
            <p>{t.noKioskText[lang]}</p>
            {todays.map(({ booking, space }) => (
              <Form
                action="/mon-espace/declarer"
                requestId={`${props.requestId}-${booking.bookingId}`}
                hidden={{ reservation: booking.bookingId }}
              >
                <Button kind="secondary">{`${t.declare[lang]}, ${space.name}`}</Button>
              </Form>
            ))}
          </Stack>
        </details>
      )}
    </Section>
  );
};

const NextDays = ({ next, lang }: { next: readonly BookedDay[]; lang: Lang }) => (
  <Section title={t.nextDays[lang]}>
    {next.length === 0 ? (
      <p>{t.noNextDays[lang]}</p>
    ) : (
      <ul>
        {next.map(({ booking, space, desk }) => (
          <li>
            <a href={`/reservations/${booking.bookingId}`}>{whenOf(booking, lang)}</a>
            {`, ${space.name}, ${desk}`}
          </li>
        ))}
      </ul>
    )}
    <Cluster>
      <ButtonLink kind="secondary" href="/reserver">
        {t.book[lang]}
      </ButtonLink>
      <ButtonLink kind="quiet" href="/mes-reservations">
        {t.myBookings[lang]}
      </ButtonLink>
    </Cluster>
  </Section>
);

/** Arrivals that this device keeps until it has a network: in the browser only. */
const Kept = ({
  visit: { actor, lang },
  today,
  now_ms,
  zone = 'Europe/Paris',
}: {
  visit: Visit;
  today: Day;
  now_ms: number;
  zone: string | undefined;
}) => {
  const text = <K extends keyof typeof offlineLabels>(name: K): string => offlineLabels[name][lang];
  const props: KeptArrivalsProps = {
    personId: actor?.personId ?? '',
    zone,
    today,
    now_ms,
    locale: lang === 'fr' ? 'fr-FR' : 'en-GB',
    texts: {
      copyTitle: text('copyTitle'),
      copyText: text('copyText'),
      copyOld: text('copyOld'),
      title: text('title'),
      waitingTitle: text('waitingTitle'),
      waitingText: text('waitingText'),
      waitingOne: text('waitingOne'),
      notedTitle: text('notedTitle'),
      notedText: text('notedText'),
      refusedTitle: text('refusedTitle'),
      refusedText: text('refusedText'),
      byCode: text('byCode'),
      byWord: text('byWord'),
      read: text('read'),
      sendNow: text('sendNow'),
      notKept: text('notKept'),
      notKeptText: text('notKeptText'),
      scanned: text('scanned'),
    },
  };
  return <Island name="my-day" of={KeptArrivals} props={props} />;
};

/** Today first: the desk, the code to type, then the days to come. */
export function MyDayPage(props: MyDayProps) {
  const { visit, today, todays, next, noted, fresh } = props;
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.todayTitle[lang]} head={<Installable at="/mon-espace" />}>
      <PageHead title={`${t.todayTitle[lang]}, ${show.day(today, lang)}`} />
      <Split aside={<NextDays next={next} lang={lang} />}>
        <Stack>
          {noted.map(({ event, space }) => (
            <Notice kind="success" live={fresh} title={notedAt(event.happened_at, space, lang)}>
              {t.notedText[lang]}
            </Notice>
          ))}
          <Kept visit={visit} today={today} now_ms={props.now_ms} zone={todays[0]?.space.zone ?? next[0]?.space.zone} />
          {(props.lost ?? []).map(strike => (
            <LostToday strike={strike} lang={lang} />
          ))}
          <Todays todays={todays} lang={lang} />
          <Arrival {...props} />
          <Cluster>
            <ButtonLink kind="quiet" href="/mes-presences">
              {t.myPresences[lang]}
            </ButtonLink>
            <ButtonLink kind="quiet" href="/mes-trajets">
              {t.myKilometres[lang]}
            </ButtonLink>
            <ButtonLink kind="quiet" href="/hors-ligne">
              {offlineLabels.help[lang]}
            </ButtonLink>
          </Cluster>
        </Stack>
      </Split>
    </Layout>
  );
}

/** What a phone shows after it scanned the kiosk: one button, with the code already in it. */
export function ScanPage({
  visit,
  code,
  kioskId,
  requestId,
}: {
  visit: Visit;
  code: string;
  kioskId: string | undefined;
  requestId: string;
}) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.scanTitle[lang]}>
      <PageHead title={t.scanTitle[lang]} lead={visit.actor?.firstName} />
      <Form
        action="/mon-espace"
        requestId={requestId}
        hidden={{ code, ...(kioskId !== undefined && { borne: kioskId }) }}
      >
        <PhoneTime />
        <Button>{t.noteMe[lang]}</Button>
      </Form>
    </Layout>
  );
}
