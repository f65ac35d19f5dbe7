import type { Lang } from '../../kernel/bilingual.ts';
import { show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Resource, Space } from '../../spaces/spaces.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { AttendanceSheet } from '../../ui/attendance-sheet/attendance-sheet.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DateField, Pick, SelectField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { AttendanceLine } from '../attendance.ts';
import { capital } from '../labels.ts';
import { clockOf, daysOfSheet, mostSheetDays, type Sheet } from '../sheet.ts';
import { sheetLabels as t } from '../sheet-words.ts';

/** Empty lines on a day's sheet. */
const blanks = 5;
/** People without booking that one entry takes. */
export const addedLines = 4;

const sheetAddress = (space: Space, sheet: Sheet): string => `/accueil/${space.slug}/feuilles/${sheet.sheetId}`;

const daysText = (sheet: Sheet, lang: Lang): string => {
  const days = daysOfSheet(sheet);
  if (days.length === 1) return show.day(days[0]!, lang);
  return `${show.date(days[0]!, lang)} – ${show.date(days.at(-1)!, lang)}`;
};

const DayLinks = ({ sheet, space, today, lang }: { sheet: Sheet; space: Space; today: Day; lang: Lang }) => (
  <ul>
    {daysOfSheet(sheet)
      .filter(day => day <= today)
      .map(day => (
        <li>
          <a href={`${sheetAddress(space, sheet)}/${day}`}>{`${t.enter[lang]}, ${show.day(day, lang)}`}</a>{' '}
          {sheet.entered.some(one => one.day === day) && <Tag tone="good">{t.entered[lang]}</Tag>}
        </li>
      ))}
  </ul>
);

export interface SheetsPageProps {
  visit: Visit;
  space: Space;
  today: Day;
  sheets: readonly Sheet[];
  typed: Readonly<Record<string, string>>;
  refusal?: Refusal | undefined;
  requestId: string;
}

/** Sheets of a space: one to prepare, those to print and to enter. */
export function SheetsPage({ visit, space, today, sheets, typed, refusal, requestId }: SheetsPageProps) {
  const { lang } = visit;
  const problems = problemsOf(refusal, lang);
  return (
    <Layout visit={visit} title={`${t.title[lang]}, ${space.name}`}>
      <PageHead
        title={t.title[lang]}
        lead={t.lead[lang]}
        above={<a href={`/accueil/${space.slug}/${today}`}>{space.name}</a>}
      />
      <Stack gap="loose">
        <ErrorSummary problems={problems} />
        <Section title={t.printOne[lang]}>
          <Form action={`/accueil/${space.slug}/feuilles`} requestId={requestId} label={t.printOne[lang]} inline>
            <DateField name="premier" label={t.firstDay[lang]} value={typed['premier'] ?? today} />
            <SelectField
              name="jours"
              label={t.length[lang]}
              value={typed['jours'] ?? '1'}
              choices={Array.from({ length: mostSheetDays }, (_, n) => ({ value: `${n + 1}`, label: `${n + 1}` }))}
              error={problemAt(problems, 'jours')}
            />
            <Button>{t.prepare[lang]}</Button>
          </Form>
        </Section>
        <Section title={t.known[lang]}>
          <DataTable<Sheet>
            caption={t.known[lang]}
            captionHidden
            rows={sheets}
            empty={t.none[lang]}
            columns={[
              {
                label: t.days[lang],
                cell: sheet => <a href={sheetAddress(space, sheet)}>{daysText(sheet, lang)}</a>,
              },
              { label: t.number[lang], cell: sheet => <code>{sheet.sheetId}</code> },
              { label: t.entry[lang], cell: sheet => <DayLinks {...{ sheet, space, today, lang }} /> },
            ]}
          />
        </Section>
      </Stack>
    </Layout>
  );
}

export interface SheetPageProps {
  visit: Visit;
  space: Space;
  today: Day;
  sheet: Sheet;
  days: readonly {
    readonly day: Day;
    readonly lines: readonly AttendanceLine[];
    readonly qr: { readonly path: string; readonly size: number };
  }[];
  resources: readonly Resource[];
}

const nameOf = ({ firstName, lastName }: AttendanceLine): string => `${firstName} ${lastName}`.trim();

/** One sheet, a page a day: to print, sign and enter. */
export function SheetPage({ visit, space, today, sheet, days, resources }: SheetPageProps) {
  const { lang } = visit;
  const deskOf = (line: AttendanceLine) =>
    resources
      .filter(r => line.resourceIds.includes(r.resourceId))
      .map(r => r.name)
      .join(', ');
  const texts = {
    ...{ person: t.person[lang], desk: t.desk[lang], morning: t.morning[lang], afternoon: t.afternoon[lang] },
    ...{ arrived: t.arrived[lang], left: t.left[lang], blank: t.blank[lang], host: t.host[lang], why: t.why[lang] },
  };
  return (
    <Layout visit={visit} title={`${t.sheet[lang]}, ${daysText(sheet, lang)}`} wide>
      <div class="stack stack-loose screen-only">
        <PageHead
          title={`${t.sheet[lang]}, ${daysText(sheet, lang)}`}
          lead={t.printHow[lang]}
          above={<a href={`/accueil/${space.slug}/feuilles`}>{t.title[lang]}</a>}
        />
        <Section title={t.entryTitle[lang]}>
          <DayLinks {...{ sheet, space, today, lang }} />
        </Section>
      </div>
      {days.map(({ day, lines, qr }) => (
        <AttendanceSheet
          title={capital(show.day(day, lang))}
          place={`${space.name}, ${space.commune.name}`}
          number={`${t.number[lang]} ${sheet.sheetId}`}
          lines={lines
            .filter(line => line.booked !== null)
            .map(line => ({
              ...{ name: nameOf(line), desk: deskOf(line) },
              ...{ morning: line.morning.expected, afternoon: line.afternoon.expected },
            }))}
          blanks={blanks}
          qr={{ ...qr, label: t.qr[lang] }}
          texts={texts}
        />
      ))}
    </Layout>
  );
}

export interface EntryPageProps {
  visit: Visit;
  space: Space;
  sheet: Sheet;
  day: Day;
  lines: readonly AttendanceLine[];
  /** What was entered before, or typed: `matin` and `apres` by person, hours. */
  ticked: { readonly matin: ReadonlySet<string>; readonly apres: ReadonlySet<string> };
  typed: Readonly<Record<string, string>>;
  done: boolean;
  refusal?: Refusal | undefined;
  requestId: string;
}

const Hour = ({ name, label, value }: { name: string; label: string; value: string | undefined }) => (
  <TextField name={name} label={label} labelHidden optional size={5} value={value} autocomplete="off" />
);

const Half = ({
  name,
  label,
  line,
  ticked,
}: {
  name: string;
  label: string;
  line: AttendanceLine;
  ticked: ReadonlySet<string>;
}) => (
  <Pick
    name={name}
    value={line.personId}
    label={label}
    describe={`${label}, ${nameOf(line)}`}
    checked={ticked.has(line.personId)}
  />
);

const EntryTable = ({ visit: { lang }, lines, ticked, typed, day }: EntryPageProps) => (
  <DataTable<AttendanceLine>
    caption={`${t.entryTitle[lang]}, ${show.day(day, lang)}`}
    captionHidden
    rows={lines}
    empty={t.noOneBooked[lang]}
    columns={[
      { label: t.person[lang], cell: nameOf },
      {
        label: t.halfMorning[lang],
        tight: true,
        cell: line => <Half name="matin" label={t.halfMorning[lang]} line={line} ticked={ticked.matin} />,
      },
      {
        label: t.halfAfternoon[lang],
        tight: true,
        cell: line => <Half name="apres" label={t.halfAfternoon[lang]} line={line} ticked={ticked.apres} />,
      },
      {
        label: t.arrived[lang],
        cell: line => (
          <Hour
            name={`arrivee-${line.personId}`}
            label={`${t.arrived[lang]}, ${nameOf(line)}`}
            value={typed[`arrivee-${line.personId}`]}
          />
        ),
      },
      {
        label: t.left[lang],
        cell: line => (
          <Hour
            name={`depart-${line.personId}`}
            label={`${t.left[lang]}, ${nameOf(line)}`}
            value={typed[`depart-${line.personId}`]}
          />
        ),
      },
    ]}
  />
);

const AddedLine = ({ n, props, error }: { n: number; props: EntryPageProps; error: string | undefined }) => {
  const { visit, typed, ticked } = props;
  const { lang } = visit;
  return (
    <fieldset class="field">
      <legend class="visually-hidden">{`${t.others[lang]}, ${n}`}</legend>
      <Cluster>
        <TextField
          name={`email${n}`}
          type="email"
          label={t.email[lang]}
          value={typed[`email${n}`]}
          error={error}
          optional
        />
        <Pick name="matin" value={`email${n}`} label={t.halfMorning[lang]} checked={ticked.matin.has(`email${n}`)} />
        <Pick name="apres" value={`email${n}`} label={t.halfAfternoon[lang]} checked={ticked.apres.has(`email${n}`)} />
      </Cluster>
    </fieldset>
  );
};

/** What a signed sheet says of a day, as whoever holds it enters it. */
export function EntryPage(props: EntryPageProps) {
  const { visit, space, sheet, day, done, refusal, requestId } = props;
  const { lang } = visit;
  const problems = problemsOf(refusal, lang).map(one => (one.field === 'email' ? { ...one, field: 'email1' } : one));
  const address = sheetAddress(space, sheet);
  return (
    <Layout visit={visit} title={`${t.entryTitle[lang]}, ${show.day(day, lang)}`} wide>
      <PageHead
        title={`${t.entryTitle[lang]}, ${show.day(day, lang)}`}
        lead={`${t.entryLead[lang]} ${t.number[lang]} ${sheet.sheetId}`}
        above={<a href={address}>{t.sheet[lang]}</a>}
      />
      <Stack>
        <ErrorSummary problems={problems} />
        {done && (
          <Notice
            kind="success"
            live
            actions={<ButtonLink href={`/accueil/${space.slug}/${day}`}>{show.day(day, lang)}</ButtonLink>}
          >
            {t.saved[lang]}
          </Notice>
        )}
        <Form action={`${address}/${day}`} requestId={requestId} label={t.entryTitle[lang]}>
          <EntryTable {...props} />
          <Section title={t.others[lang]} lead={t.othersLead[lang]}>
            {Array.from({ length: addedLines }, (_, n) => (
              <AddedLine n={n + 1} props={props} error={n === 0 ? problemAt(problems, 'email1') : undefined} />
            ))}
          </Section>
          <Button>{t.save[lang]}</Button>
        </Form>
      </Stack>
    </Layout>
  );
}

/** Hours already entered of people, as the form names its fields. */
export const saidHours = (
  entered: readonly {
    readonly personId: string;
    readonly said?: { readonly from_min: number | null; readonly to_min: number | null };
  }[],
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    entered.flatMap(({ personId, said }) => [
      ...(said?.from_min == null ? [] : [[`arrivee-${personId}`, clockOf(said.from_min)]]),
      ...(said?.to_min == null ? [] : [[`depart-${personId}`, clockOf(said.to_min)]]),
    ]),
  );
