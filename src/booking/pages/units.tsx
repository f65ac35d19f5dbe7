import type { ComponentChildren } from 'preact';
import { type Lang, show } from '../../kernel/bilingual.ts';
import { type Day, mondayOf, monthOf } from '../../kernel/time.ts';
import { clockText, kinds, parts, type ResourceKind, type Space, type Tariff } from '../../spaces/spaces.ts';
import { Cluster, Section } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DateField, SelectField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form } from '../../ui/form/form.tsx';
import type { WallHours } from '../booking.ts';
import { capital } from '../labels.ts';
import { unitLabels as t } from '../unit-labels.ts';

interface Where {
  readonly lang: Lang;
  readonly space: Space;
  readonly day: Day;
  readonly kind: ResourceKind;
  readonly requestId: string;
}

/** The kinds of place that the space offers, when there are several. */
export const KindNav = ({
  lang,
  offered,
  kind,
  href,
}: {
  readonly lang: Lang;
  readonly offered: readonly ResourceKind[];
  readonly kind: ResourceKind;
  readonly href: (kind: ResourceKind) => string;
}) =>
  offered.length < 2 ? null : (
    <nav aria-label={t.kinds[lang]}>
      <Cluster>
        {offered.map(one => (
          <ButtonLink small current={one === kind} href={href(one)}>
            {capital(kinds[one][lang])}
          </ButtonLink>
        ))}
      </Cluster>
    </nav>
  );

/** From and to, for a place that has a price by the hour. */
export const HoursForm = ({
  lang,
  space,
  day,
  kind,
  requestId,
  tariff,
  typed,
  error,
  taken,
  children,
}: Where & {
  readonly tariff: Tariff;
  readonly typed: { readonly from?: string | undefined; readonly to?: string | undefined };
  readonly error?: string | undefined;
  /** What others have of that day, place by place: `Salle haute, 9:00 – 10:15`. */
  readonly taken: readonly string[];
  /** What may be done about hours that were refused: they are not wrong, and no field says so. */
  readonly children?: ComponentChildren;
}) => (
  <Section
    title={`${t.hoursTitle[lang]}, ${show.euros(tariff.amount_eur_cents, lang)} ${t.anHour[lang]}`}
    lead={t.hoursLead[lang]}
  >
    {taken.length > 0 && <p>{`${t.taken[lang]} ${taken.join(' ; ')}.`}</p>}
    <Form
      action="/reserver"
      requestId={`${requestId}-heures`}
      hidden={{ espace: space.slug, jour: day, place: kind }}
      label={t.hoursTitle[lang]}
      inline
    >
      {error && <ErrorSummary problems={[{ field: 'de', message: error }]} />}
      <DateField
        name="de"
        kind="time"
        label={t.from[lang]}
        value={typed.from ?? '09:00'}
        error={children ? undefined : error}
      />
      <DateField name="a" kind="time" label={t.to[lang]} value={typed.to ?? '10:00'} />
      <Button>{t.bookHours[lang]}</Button>
    </Form>
    {children}
  </Section>
);

/** `540` → `09:00`, as the fields of a form have it; midnight ends a day as `00:00` */
export const timeOf = (minutes: number): string => clockText(minutes % 1440).padStart(5, '0');

/** Hours that are changed. */
export const HoursFields = ({ lang, hours }: { readonly lang: Lang; readonly hours: WallHours }) => (
  <>
    <DateField name="de" kind="time" label={t.from[lang]} value={timeOf(hours.begins_min)} />
    <DateField name="a" kind="time" label={t.to[lang]} value={timeOf(hours.ends_min)} />
  </>
);

const periodOf = (part: Tariff['part'], day: Day, lang: Lang): string =>
  part === 'month'
    ? capital(show.month(monthOf(day), lang))
    : `${capital(parts[part][lang])} ${lang === 'fr' ? 'du' : 'of'} ${show.date(mondayOf(day), lang)}`;

/** A week or a month, for a place that has a price for it. */
export const TermForm = ({
  lang,
  space,
  day,
  kind,
  requestId,
  tariffs,
  error,
}: Where & { readonly tariffs: readonly Tariff[]; readonly error?: string | undefined }) => (
  <Section title={t.termTitle[lang]} lead={t.termLead[lang]}>
    <Form
      action="/reserver/periode"
      requestId={`${requestId}-periode`}
      hidden={{ espace: space.slug, jour: day, place: kind }}
      label={t.termTitle[lang]}
      inline
    >
      {error && <ErrorSummary problems={[{ field: 'duree', message: error }]} />}
      <SelectField
        name="duree"
        label={t.term[lang]}
        error={error}
        choices={tariffs.map(({ part, amount_eur_cents }) => ({
          value: part,
          label: `${periodOf(part, day, lang)}, ${show.euros(amount_eur_cents, lang)}`,
        }))}
      />
      <Button kind="secondary">{t.bookTerm[lang]}</Button>
    </Form>
  </Section>
);
