import { type Bilingual, type Lang, show } from '../kernel/bilingual.ts';
import type { Refusal } from '../kernel/outcome.ts';
import { addDays, type Day } from '../kernel/time.ts';
import type { Visit } from '../kernel/visit.ts';
import { Grid, PageHead, Section, Stack } from '../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../ui/breadcrumb/breadcrumb.tsx';
import { Button } from '../ui/button/button.tsx';
import { Card } from '../ui/card/card.tsx';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { EmptyState } from '../ui/empty-state/empty-state.tsx';
import { DateField, SelectField, TextField } from '../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../ui/form/form.tsx';
import { Layout } from '../ui/layout/layout.tsx';
import { Notice } from '../ui/notice/notice.tsx';
import { Places } from './pages/places.tsx';
import { hoursText, inPriceOrder } from './rules.ts';
import type { Closure, DatedHours, Resource, Space, Tariff } from './space.ts';
import { texts } from './texts.ts';
import { closureReasons, kinds, parts, weekdays } from './words.ts';

export function ManageListPage({ visit, spaces }: { visit: Visit; spaces: readonly Space[] }) {
  const { lang } = visit;
  return (
    <Layout visit={visit} title={texts.mySpaces[lang]}>
      <Stack gap="loose">
        <PageHead
          title={texts.mySpaces[lang]}
          lead={texts.mySpacesLead[lang]}
          actions={spaces.length > 0 && <a href="/reprise">{texts.moveIn[lang]}</a>}
        />
        {spaces.length === 0 ? (
          <EmptyState title={texts.noSpace[lang]}>
            <p>{texts.noSpaceHelp[lang]}</p>
          </EmptyState>
        ) : (
          <Grid>
            {spaces.map(space => (
              <Card level={2} href={`/gestion/espaces/${space.slug}`} title={space.name} above={space.commune.name}>
                <p>{space.address}</p>
              </Card>
            ))}
          </Grid>
        )}
      </Stack>
    </Layout>
  );
}

export interface ManagePageProps {
  readonly visit: Visit;
  readonly sheet: {
    readonly space: Space;
    readonly today: Day;
    readonly hours: readonly DatedHours[];
    readonly closures: readonly Closure[];
    readonly tariffs: readonly Tariff[];
    readonly resources: readonly Resource[];
  };
  /** A fresh key for each form. */
  readonly requestIds: readonly [string, string, string, string];
  /** What was typed in the form that came back, and why. */
  readonly typed: Readonly<Record<string, string>>;
  readonly refusal: Refusal | null;
  /** Something has just been saved. */
  readonly done: boolean;
}

export function ManagePage(props: ManagePageProps) {
  const { visit, sheet, refusal, done } = props;
  const { lang } = visit;
  const { space } = sheet;
  return (
    <Layout visit={visit} title={`${space.name}, ${texts.mySpaces[lang]}`}>
      <Stack gap="loose">
        <PageHead
          title={space.name}
          above={<Breadcrumb places={[{ label: texts.mySpaces[lang], href: '/gestion' }, { label: space.name }]} />}
          lead={texts.lead[lang]}
          actions={
            <>
              <a href={`/espaces/${space.slug}`}>{texts.seePublic[lang]}</a>
              <a href={`/labels/${space.slug}`}>{texts.label[lang]}</a>
              <a href={`/planning/${space.slug}`}>{texts.planning[lang]}</a>
              <a href={`/regles/${space.slug}`}>{texts.bookingRules[lang]}</a>
              <a href={`/carnets/${space.slug}`}>{texts.passes[lang]}</a>
              <a href={`/acces/${space.slug}`}>{texts.doors[lang]}</a>
              <a href={`/gestion/espaces/${space.slug}/fiche`}>{texts.sheet[lang]}</a>
              <a href={`/gestion/espaces/${space.slug}/fuseau`}>{texts.clock[lang]}</a>
              <a href={`/plans/${space.slug}`}>{texts.plans[lang]}</a>
            </>
          }
        />
        <ErrorSummary problems={problemsOf(refusal, lang)} />
        {done && (
          <Notice kind="success" live title={texts.saved[lang]}>
            <p>{texts.savedHelp[lang]}</p>
          </Notice>
        )}
        <Places {...props} />
        <Hours {...props} />
        <Closures {...props} />
        <Tariffs {...props} />
      </Stack>
    </Layout>
  );
}

export const errorAt = ({ refusal, visit }: ManagePageProps, field: string) =>
  problemAt(problemsOf(refusal, visit.lang), field);

export const actionOf = ({ sheet }: ManagePageProps, what: string) => `/gestion/espaces/${sheet.space.slug}/${what}`;

const Hours = (props: ManagePageProps) => {
  const { visit, sheet, typed } = props;
  const { lang } = visit;
  const { today } = sheet;
  const current = sheet.hours.filter(h => h.validFrom <= today && (h.validUntil === null || today < h.validUntil));
  const later = sheet.hours.find(h => h.validFrom > today);
  return (
    <Section title={texts.hours[lang]} lead={texts.hoursLead[lang]}>
      {later && (
        <Notice kind="pending">
          <p>
            {texts.plannedHours[lang]} {show.date(later.validFrom, lang)}.
          </p>
        </Notice>
      )}
      <Form action={actionOf(props, 'horaires')} requestId={props.requestIds[0]} label={texts.hours[lang]}>
        {weekdays.map((day, n) => (
          <TextField
            name={`hours_${n + 1}`}
            label={capital(day, lang)}
            value={typed[`hours_${n + 1}`] ?? hoursText(current, n + 1)}
            error={errorAt(props, `hours_${n + 1}`)}
            optional
          />
        ))}
        <DateField
          name="from"
          label={texts.from[lang]}
          value={typed['from'] ?? today}
          min={today}
          error={errorAt(props, 'from')}
        />
        <Button>{texts.saveHours[lang]}</Button>
      </Form>
    </Section>
  );
};

const capital = (text: Bilingual, lang: Lang) => text[lang].charAt(0).toUpperCase() + text[lang].slice(1);

const daysOf = ({ firstDay, lastDay }: Closure, lang: Lang) =>
  firstDay === lastDay ? show.date(firstDay, lang) : `${show.date(firstDay, lang)} – ${show.date(lastDay, lang)}`;

const Reopen = ({ props, closure }: { props: ManagePageProps; closure: Closure }) => (
  <Form action={actionOf(props, `fermetures/${closure.closureId}/annuler`)}>
    <Button kind="quiet" small describe={`${texts.reopen[props.visit.lang]} (${daysOf(closure, props.visit.lang)})`}>
      {texts.reopen[props.visit.lang]}
    </Button>
  </Form>
);

const Closures = (props: ManagePageProps) => {
  const { visit, sheet, typed } = props;
  const { lang } = visit;
  return (
    <Section title={texts.closures[lang]} lead={texts.closuresLead[lang]}>
      <DataTable
        caption={texts.closures[lang]}
        captionHidden
        rows={sheet.closures}
        empty={texts.noClosure[lang]}
        columns={[
          { label: texts.days[lang], cell: closure => daysOf(closure, lang) },
          { label: texts.reason[lang], cell: closure => closure.note ?? closureReasons[closure.reason][lang] },
          { label: texts.reopen[lang], cell: closure => <Reopen props={props} closure={closure} /> },
        ]}
      />
      <Form action={actionOf(props, 'fermetures')} requestId={props.requestIds[1]} label={texts.closeDays[lang]}>
        <DateField
          name="first_day"
          label={texts.firstDay[lang]}
          value={typed['first_day']}
          min={sheet.today}
          error={errorAt(props, 'first_day')}
        />
        <DateField
          name="last_day"
          label={texts.lastDay[lang]}
          value={typed['last_day']}
          min={sheet.today}
          error={errorAt(props, 'last_day')}
        />
        <SelectField
          name="reason"
          label={texts.reason[lang]}
          value={typed['reason']}
          choices={Object.entries(closureReasons).map(([value, label]) => ({ value, label: label[lang] }))}
        />
        <TextField name="note" label={texts.note[lang]} hint={texts.noteHint[lang]} value={typed['note']} optional />
        <Button>{texts.closeDays[lang]}</Button>
      </Form>
    </Section>
  );
};

const Tariffs = (props: ManagePageProps) => {
  const { visit, sheet, typed } = props;
  const { lang } = visit;
  return (
    <Section title={texts.tariffs[lang]} lead={texts.tariffsLead[lang]}>
      <DataTable
        caption={texts.tariffs[lang]}
        captionHidden
        rows={sheet.tariffs.toSorted(inPriceOrder)}
        columns={[
          { label: texts.what[lang], cell: tariff => kinds[tariff.kind][lang] },
          { label: texts.part[lang], cell: tariff => parts[tariff.part][lang] },
          { label: texts.amount[lang], numeric: true, cell: tariff => show.euros(tariff.amount_eur_cents, lang) },
          { label: texts.deliberation[lang], cell: tariff => tariff.deliberation },
          { label: texts.from[lang], cell: tariff => periodOf(tariff, lang) },
        ]}
      />
      <Form action={actionOf(props, 'tarifs')} requestId={props.requestIds[2]} label={texts.setTariff[lang]}>
        <SelectField name="kind" label={texts.what[lang]} value={typed['kind']} choices={choicesOf(kinds, lang)} />
        <SelectField
          name="part"
          label={texts.part[lang]}
          value={typed['part'] ?? 'half_day'}
          choices={choicesOf(parts, lang)}
        />
        <TextField
          name="amount"
          label={texts.amount[lang]}
          unit="€"
          size={8}
          inputMode="decimal"
          value={typed['amount']}
          error={errorAt(props, 'amount')}
        />
        <TextField
          name="deliberation"
          label={texts.deliberation[lang]}
          hint={texts.deliberationHint[lang]}
          value={typed['deliberation']}
          error={errorAt(props, 'deliberation')}
        />
        <DateField
          name="valid_from"
          label={texts.from[lang]}
          value={typed['valid_from'] ?? sheet.today}
          min={sheet.today}
          error={errorAt(props, 'valid_from')}
        />
        <Button>{texts.setTariff[lang]}</Button>
      </Form>
    </Section>
  );
};

export const choicesOf = (texts: Readonly<Record<string, Bilingual>>, lang: Lang) =>
  Object.entries(texts).map(([value, label]) => ({ value, label: label[lang] }));

/** The last day included, as people say it. */
const periodOf = ({ validFrom, validUntil }: Tariff, lang: Lang) =>
  validUntil === null
    ? show.date(validFrom, lang)
    : `${show.date(validFrom, lang)} ${texts.until[lang]} ${show.date(addDays(validUntil, -1), lang)}`;
