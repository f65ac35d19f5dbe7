import { type Lang, show } from '../../kernel/bilingual.ts';
import { addDays, type Day, monthOf, weekday } from '../../kernel/time.ts';
import { clockText, hourlyKinds } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DateField, SelectField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Island } from '../../ui/island/island.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { type PlanningCell, PlanningGrid } from '../../ui/planning-grid/planning-grid.tsx';
import { Stat, Stats } from '../../ui/stat/stat.tsx';
import type { Booking } from '../booking.ts';
import { calendarLabels } from '../calendar-labels.ts';
import { capital } from '../labels.ts';
import { passLabels } from '../pass-labels.ts';
import { pendingLabels as p } from '../pending-labels.ts';
import { type Cell, percentOf, type Row, sumOf } from '../planning.ts';
import PlanningBoard, { type PlanningBoardProps } from '../planning-board.island.tsx';
import {
  boardTexts,
  bookingsOf,
  inHand,
  peopleOf,
  planningLabels as t,
  takenOf,
  toAnswer,
} from '../planning-labels.ts';
import { partNames, whenOf } from '../words.ts';
import { DayPlans } from './day-plans.tsx';
import { momentOf } from './moving.tsx';
import { address, nameOf, type PlanningProps } from './planning-frame.ts';

/** What a cell holds: the booking's holder, the way to book it, or the button that puts a booking down. */
function contentOf(props: PlanningProps, row: Row, cell: Cell) {
  const { visit, requestId, picked } = props;
  const { lang } = visit;
  const where = `${row.resource.name}, ${whenOf(cell, lang)}`;
  const { booking } = cell;
  if (booking?.status === 'blocked') return calendarLabels.blocked[lang];
  if (booking !== null) {
    const href = cell.state === 'picked' ? address(props) : address(props, { deplacer: booking.bookingId });
    return (
      <a href={href} aria-label={`${nameOf(props, booking)}, ${where}`}>
        {nameOf(props, booking)}
        {booking.heldUntil !== null && <small>{(booking.status === 'held' ? p.held : p.awaits)[lang]}</small>}
      </a>
    );
  }
  if (cell.byHour.length > 0)
    return cell.byHour.map(one => (
      <a
        href={one.bookingId === picked?.bookingId ? address(props) : address(props, { deplacer: one.bookingId })}
        aria-label={`${nameOf(props, one)}, ${row.resource.name}, ${whenOf(one, lang)}`}
      >
        {nameOf(props, one)}
        {one.hours && <small>{`${clockText(one.hours.begins_min)} – ${clockText(one.hours.ends_min)}`}</small>}
      </a>
    ));
  if (cell.state === 'target' && picked !== null) {
    return (
      <Form
        action={`/planning/${props.space.slug}/deplacer`}
        requestId={`${requestId}-${row.resource.resourceId.slice(-8)}-${cell.day}-${cell.part}`}
        hidden={{
          ...{ vue: props.view, vers: props.day, reservation: picked.bookingId },
          ...(picked.hours && { heures: 'oui' }),
          ...{ jour: cell.day, moment: momentOf[cell.part], poste: row.resource.resourceId },
        }}
      >
        <Button kind="quiet" small describe={`${t.here[lang]}: ${where}`}>
          {t.here[lang]}
        </Button>
      </Form>
    );
  }
  if (cell.state !== 'free') return cell.state === 'over' ? t.over[lang] : t.closed[lang];
  const chosen = { jour_choisi: cell.day, moment: momentOf[cell.part], poste: row.resource.resourceId };
  return (
    <a href={`${address(props, chosen)}#pour`} aria-label={`${t.free[lang]}, ${where}`}>
      {t.free[lang]}
    </a>
  );
}

/** What the island that moves bookings reads of a cell. */
const dataOf = (
  props: PlanningProps,
  { resource }: Row,
  { day, part, state, booking }: Cell,
): PlanningCell['data'] => ({
  ...{ 'data-place': resource.resourceId, 'data-kind': resource.kind, 'data-day': day, 'data-part': part },
  ...{ 'data-state': state, 'data-words': `${resource.name}, ${whenOf({ day, part }, props.visit.lang)}` },
  ...(booking && {
    ...{ 'data-booking': booking.bookingId, 'data-held': booking.part },
    'data-holder': nameOf(props, booking),
  }),
});

const Grid = (props: PlanningProps) => {
  const { visit, days, rows, today, view, space } = props;
  const { lang } = visit;
  const cellOf = (row: Row, cell: Cell): PlanningCell => ({
    span: cell.part === 'day' ? 2 : 1,
    state: cell.state === 'over' ? 'closed' : cell.state,
    content: contentOf(props, row, cell),
    data: dataOf(props, row, cell),
  });
  return (
    <PlanningGrid
      caption={`${t.title[lang]}, ${space.name}`}
      corner={t.resource[lang]}
      columns={days.map(day => ({
        label: view === 'jour' ? show.day(day, lang) : show.dayShort(day, lang),
        slots: [capital(partNames.morning[lang]), capital(partNames.afternoon[lang])],
        href: address({ space, view: 'jour', day }),
        current: day === today,
      }))}
      rows={rows.map(row => ({ name: row.resource.name, cells: row.cells.map(cell => cellOf(row, cell)) }))}
    />
  );
};

/** A month as a calendar: each day says how full it is, and leads to its own board. */
const Calendar = (props: PlanningProps) => {
  const { visit, days, occupancy, today, space } = props;
  const { lang } = visit;
  const first = addDays(days[0]!, 1 - weekday(days[0]!));
  const weeks = Array.from({ length: Math.ceil((days.length + weekday(days[0]!) - 1) / 7) }, (_, n) =>
    addDays(first, 7 * n),
  );
  const cell = (day: Day): PlanningCell => {
    const full = occupancy.get(day);
    if (full === undefined) return { span: 1, state: 'closed' };
    const number = <time dateTime={day}>{Number(day.slice(8))}</time>;
    if (full.total === 0) return { span: 1, state: 'closed', content: [number, ` ${t.closed[lang]}`] };
    return {
      span: 1,
      state: day === today ? 'picked' : full.taken > 0 ? 'taken' : 'free',
      content: (
        <a href={address({ space, view: 'jour', day })}>
          <span class="visually-hidden">{`${show.day(day, lang)}, ${takenOf(full)[lang]}`}</span>
          <span aria-hidden="true">{number}</span>
          <span aria-hidden="true">{`${percentOf(full)}\u00a0%`}</span>
        </a>
      ),
    };
  };
  return (
    <PlanningGrid
      caption={`${t.occupancy[lang]}, ${space.name}`}
      corner={t.week[lang]}
      columns={Array.from({ length: 7 }, (_, n) => ({
        label: show.dayShort(addDays(first, n), lang).split(' ')[0] ?? '',
        slots: [''],
      }))}
      rows={weeks.map(monday => ({
        name: show.dayShort(monday, lang),
        cells: Array.from({ length: 7 }, (_, n) => cell(addDays(monday, n))),
      }))}
    />
  );
};

const List = (props: PlanningProps) => {
  const { visit, bookings, rows } = props;
  const { lang } = visit;
  const deskOf = new Map(rows.map(row => [row.resource.resourceId, row.resource.name]));
  return (
    <details>
      <summary>{t.list[lang]}</summary>
      <DataTable<Booking>
        caption={t.bookings[lang]}
        captionHidden
        rows={bookings}
        empty={t.empty[lang]}
        columns={[
          {
            label: t.when[lang],
            cell: one => <a href={`/reservations/${one.bookingId}`}>{whenOf(one, lang)}</a>,
          },
          { label: t.resource[lang], cell: one => deskOf.get(one.resourceId) ?? '' },
          { label: t.person[lang], cell: one => nameOf(props, one) },
        ]}
      />
    </details>
  );
};

const boardOf = (props: PlanningProps): PlanningBoardProps => ({
  done: address(props, { fait: 'deplace' }),
  texts: Object.fromEntries(
    Object.entries(boardTexts).map(([name, text]) => [name, text[props.visit.lang]]),
  ) as unknown as PlanningBoardProps['texts'],
});

const stepOf = ({ view, day }: PlanningProps, way: 1 | -1): Day => {
  if (view === 'jour') return addDays(day, way);
  if (view === 'semaine') return addDays(day, 7 * way);
  const first = `${monthOf(day)}-01` as Day;
  return way === 1 ? (`${monthOf(addDays(first, 31))}-01` as Day) : (`${monthOf(addDays(first, -1))}-01` as Day);
};

const titleOf = ({ view, day, days }: PlanningProps, lang: Lang): string => {
  if (view === 'jour') return capital(show.day(day, lang));
  if (view === 'mois') return capital(show.month(monthOf(day), lang));
  return lang === 'fr'
    ? `Du ${show.day(days[0]!, lang)} au ${show.day(days.at(-1)!, lang)}`
    : `${show.day(days[0]!, lang)} to ${show.day(days.at(-1)!, lang)}`;
};

const Views = (props: PlanningProps) => {
  const { space, view, day, today, visit } = props;
  const { lang } = visit;
  const labels = { jour: t.day, semaine: t.week, mois: t.month };
  return (
    <nav aria-label={t.views[lang]}>
      <Cluster>
        {(['jour', 'semaine', 'mois'] as const).map(one => (
          <ButtonLink small current={one === view} href={address({ space, view: one, day })}>
            {labels[one][lang]}
          </ButtonLink>
        ))}
      </Cluster>
      <Cluster>
        <ButtonLink kind="quiet" href={address({ space, view, day: stepOf(props, -1) })}>
          {t.before[lang]}
        </ButtonLink>
        <ButtonLink kind="quiet" href={address({ space, view, day: today })}>
          {t.now[lang]}
        </ButtonLink>
        <ButtonLink kind="quiet" href={address({ space, view, day: stepOf(props, 1) })}>
          {t.after[lang]}
        </ButtonLink>
      </Cluster>
    </nav>
  );
};

/** What awaits an answer, first of all: people wait for it. */
const Requests = (props: PlanningProps) => {
  const { requests, visit } = props;
  const { lang } = visit;
  if (requests.length === 0) return null;
  return (
    <Section title={toAnswer(requests.length)[lang]}>
      <Cluster>
        {requests.map(one => (
          <ButtonLink kind="secondary" href={`/reservations/${one.bookingId}`}>
            {`${nameOf(props, one)}, ${whenOf(one, lang)}`}
          </ButtonLink>
        ))}
      </Cluster>
    </Section>
  );
};

/** The booking in hand: what it is, its own page, or putting it back. */
const InHand = (props: PlanningProps) => {
  const { picked, visit } = props;
  const { lang } = visit;
  if (picked === null) return null;
  const when = { fr: whenOf(picked, 'fr'), en: whenOf(picked, 'en') };
  return (
    <Notice
      kind="info"
      live
      actions={
        <Cluster>
          <ButtonLink kind="secondary" href={`/reservations/${picked.bookingId}`}>
            {t.open[lang]}
          </ButtonLink>
          <ButtonLink kind="quiet" href={address(props)}>
            {t.drop[lang]}
          </ButtonLink>
        </Cluster>
      }
    >
      {inHand(nameOf(props, picked), when)[lang]}
    </Notice>
  );
};

const BookFor = (props: PlanningProps) => {
  const { chosen, visit, rows, requestId, typed, refusal, space } = props;
  const { lang } = visit;
  if (chosen === null) return null;
  const place = rows.find(row => row.resource.resourceId === chosen.resourceId)?.resource;
  const desk = place?.name ?? '';
  const problems = problemsOf(refusal, lang).map(one => ({ ...one, field: 'email' }));
  return (
    <Section title={`${t.bookFor[lang]}, ${desk}, ${show.day(chosen.day, lang)}`} lead={t.bookForLead[lang]} id="pour">
      <Form
        action={`/planning/${space.slug}/reserver`}
        requestId={requestId}
        hidden={{ vue: props.view, vers: props.day, jour: chosen.day, poste: chosen.resourceId }}
        label={t.bookFor[lang]}
        inline
      >
        <ErrorSummary problems={problems} />
        <TextField name="email" type="email" label={t.email[lang]} value={typed} error={problemAt(problems, 'email')} />
        <SelectField
          name="moment"
          label={t.when[lang]}
          value={momentOf[chosen.part]}
          choices={(['morning', 'afternoon', 'day'] as const).map(part => ({
            value: momentOf[part],
            label: capital(partNames[part][lang]),
          }))}
        />
        {place && hourlyKinds.includes(place.kind) && (
          <>
            <DateField name="de" kind="time" label={t.from[lang]} optional />
            <DateField name="a" kind="time" label={t.to[lang]} optional />
          </>
        )}
        <Button>{t.book[lang]}</Button>
      </Form>
    </Section>
  );
};

/** A space's board: resources × time, by day, week or month, with the same as a list. */
export function PlanningPage(props: PlanningProps) {
  const { visit, space, view, occupancy, bookings, done, refusal, chosen, today } = props;
  const { lang } = visit;
  const all = sumOf(occupancy.values());
  const people = new Set(bookings.map(one => one.personId)).size;
  const title = titleOf(props, lang);
  return (
    <Layout visit={visit} title={`${t.title[lang]}, ${space.name}`} wide>
      <PageHead
        title={title}
        lead={`${space.name}, ${space.commune.name}`}
        above={<a href={`/accueil/${space.slug}/${today}`}>{t.today[lang]}</a>}
        actions={
          <Cluster>
            <a href={`/planning/${space.slug}/agendas`}>{calendarLabels.places[lang]}</a>
            <a href={`/carnets/${space.slug}`}>{passLabels.sell[lang]}</a>
          </Cluster>
        }
      />
      <Stack>
        {done && (
          <Notice kind="success" live>
            {t[done][lang]}
          </Notice>
        )}
        {chosen === null && <ErrorSummary problems={problemsOf(refusal, lang)} />}
        <Requests {...props} />
        <Views {...props} />
        <Stats>
          <Stat label={t.occupancy[lang]} value={`${percentOf(all)} %`} interval={takenOf(all)[lang]} />
          <Stat label={bookingsOf(bookings.length)[lang]} value={show.count(bookings.length, lang)} />
          <Stat label={peopleOf(people)[lang]} value={show.count(people, lang)} />
        </Stats>
        <InHand {...props} />
        {view === 'mois' ? (
          <Calendar {...props} />
        ) : (
          <>
            <Grid {...props} />
            {props.picked === null && <Island name="planning-board" of={PlanningBoard} props={boardOf(props)} />}
          </>
        )}
        <List {...props} />
        <DayPlans {...props} />
      </Stack>
      <BookFor {...props} />
    </Layout>
  );
}
