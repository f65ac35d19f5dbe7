import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Day, DayPart } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { type Space, weekdays } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { CheckField, ChoiceCards, DateField, SelectField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import type { Booking } from '../booking.ts';
import { capital, priceText, labels as t } from '../labels.ts';
import { seriesLabels as s, seriesTold } from '../series-labels.ts';
import { partNames, whenText } from '../words.ts';
import { momentOf } from './moving.tsx';

/** What the form was sent with, or how it opens. */
export interface SeriesAsked {
  readonly part: DayPart;
  readonly weekdays: readonly number[];
  readonly everyWeeks: number;
  readonly from: Day;
  readonly until: Day;
  readonly skipClashes: boolean;
}

export interface SeriesPageProps {
  readonly visit: Visit;
  readonly space: Space;
  /** Weekdays on which the space opens: the others are not offered. */
  readonly openOn: readonly number[];
  readonly today: Day;
  readonly furthest: Day;
  readonly asked: SeriesAsked;
  readonly requestId: string;
  readonly refusal?: Refusal | undefined;
}

/** Where a refusal's field stands in this form. */
const fieldNames: Readonly<Record<string, string>> = {
  weekdays: 'jours',
  until: 'jusquau',
  every_weeks: 'rythme',
  skip_clashes: 'sauter',
  part: 'moment',
};

const parts: readonly DayPart[] = ['morning', 'afternoon', 'day'];

const SeriesForm = (props: SeriesPageProps) => {
  const { visit, space, openOn, today, furthest, asked, requestId, refusal } = props;
  const { lang } = visit;
  const problems = problemsOf(refusal, lang).map(one => ({
    ...one,
    ...(one.field && { field: fieldNames[one.field] ?? 'jours' }),
  }));
  const error = (field: string) => problemAt(problems, field);
  return (
    <Form action="/reserver/serie" requestId={requestId} hidden={{ espace: space.slug }} label={s.title[lang]}>
      <ErrorSummary problems={problems} />
      <ChoiceCards
        name="jours"
        label={s.weekdays[lang]}
        many
        value={asked.weekdays.map(String)}
        choices={openOn.map(n => ({ value: String(n), label: capital(weekdays[n - 1]![lang]) }))}
        error={error('jours')}
      />
      <ChoiceCards
        name="moment"
        label={s.part[lang]}
        value={momentOf[asked.part]}
        choices={parts.map(part => ({ value: momentOf[part], label: capital(partNames[part][lang]) }))}
        error={error('moment')}
      />
      <SelectField
        name="rythme"
        label={s.rhythm[lang]}
        value={String(asked.everyWeeks)}
        choices={s.rhythms.map((rhythm, n) => ({ value: String(n + 1), label: rhythm[lang] }))}
        error={error('rythme')}
      />
      <DateField name="du" label={s.from[lang]} value={asked.from} min={today} max={furthest} error={error('du')} />
      <DateField
        name="jusquau"
        label={s.until[lang]}
        hint={s.furthest(furthest)[lang]}
        value={asked.until}
        min={today}
        max={furthest}
        error={error('jusquau')}
      />
      <CheckField
        name="sauter"
        label={s.skip[lang]}
        hint={s.skipHint[lang]}
        checked={asked.skipClashes}
        optional
        error={error('sauter')}
      />
      <Button>{s.book[lang]}</Button>
    </Form>
  );
};

/** Book the same half-day or day every week. */
export const SeriesPage = (props: SeriesPageProps) => {
  const { visit, space } = props;
  const { lang } = visit;
  return (
    <Layout visit={visit} title={s.title[lang]}>
      <PageHead
        title={s.titleAt(space.name)[lang]}
        lead={s.lead[lang]}
        above={<a href={`/reserver?espace=${space.slug}`}>{s.oneDay[lang]}</a>}
      />
      <SeriesForm {...props} />
    </Layout>
  );
};

export interface Skipped {
  readonly day: Day;
  readonly refusal: Refusal;
}

export interface SeriesDoneProps {
  readonly visit: Visit;
  readonly space: Space;
  readonly booked: readonly { readonly booking: Booking; readonly employer: string | null }[];
  readonly skipped: readonly Skipped[];
}

const SkippedTable = ({ rows, lang }: { rows: readonly Skipped[]; lang: Lang }) => (
  <DataTable<Skipped>
    caption={s.skipped[lang]}
    captionHidden
    rows={rows}
    empty=""
    columns={[
      { label: t.day[lang], cell: ({ day }) => show.day(day, lang) },
      { label: s.why[lang], cell: ({ refusal }) => refusal.message[lang] },
    ]}
  />
);

/** What came of a series: the days that are booked, and those that were left out, each with its reason. */
export const SeriesDone = ({ visit, space, booked, skipped }: SeriesDoneProps) => {
  const { lang } = visit;
  const title = seriesTold(booked.length, skipped.length)[lang];
  return (
    <Layout visit={visit} title={title}>
      <PageHead title={title} lead={`${space.name}, ${space.commune.name}`} />
      <Stack>
        <Notice kind={skipped.length === 0 ? 'success' : 'info'} live>
          {(skipped.length === 0 ? s.allBooked : s.someSkipped)[lang]}
        </Notice>
        <Section title={s.booked[lang]}>
          <DataTable<SeriesDoneProps['booked'][number]>
            caption={s.booked[lang]}
            captionHidden
            rows={booked}
            empty=""
            columns={[
              {
                label: t.day[lang],
                cell: ({ booking }) => (
                  <a href={`/reservations/${booking.bookingId}`}>{whenText(booking.day, booking.part, lang)}</a>
                ),
              },
              {
                label: t.price[lang],
                cell: ({ booking, employer }) =>
                  priceText(booking.price_eur_cents, employer, lang, booking.covered_eur_cents),
              },
            ]}
          />
        </Section>
        {skipped.length > 0 && (
          <Section title={s.skipped[lang]}>
            <SkippedTable rows={skipped} lang={lang} />
          </Section>
        )}
        <Cluster>
          <ButtonLink href="/mes-reservations">{t.mine[lang]}</ButtonLink>
          <ButtonLink kind="secondary" href={`/reserver/serie?espace=${space.slug}`}>
            {s.another[lang]}
          </ButtonLink>
        </Cluster>
      </Stack>
    </Layout>
  );
};
