import { type Lang, show } from '../kernel/bilingual.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Visit } from '../kernel/visit.ts';
import { PageHead, Section, Stack } from '../ui/arrange/arrange.tsx';
import { Button } from '../ui/button/button.tsx';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { DescriptionList } from '../ui/description-list/description-list.tsx';
import { CheckField, FileField, SelectField, TextArea, TextField } from '../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../ui/form/form.tsx';
import { Layout } from '../ui/layout/layout.tsx';
import { Notice } from '../ui/notice/notice.tsx';
import { Stat, Stats } from '../ui/stat/stat.tsx';
import { Tag, type Tone } from '../ui/tag/tag.tsx';
import { formats } from './entry.ts';
import type { Intake } from './intake.ts';
import { type Line, type Report, reasonText, type State, stateNames, states, whenText } from './report.ts';
import { formatHelp, formatNames, shownText, texts as t, takeText } from './texts.ts';

interface IntakePageProps {
  readonly visit: Visit;
  /** What was asked, to be asked again; its content is the file's text. */
  readonly intake: Intake | null;
  readonly report: Report | null;
  readonly refusal: Refusal | null;
}

const tones: Readonly<Record<State, Tone>> = {
  bookable: 'info',
  booked: 'good',
  repeat: 'plain',
  odd: 'pending',
  clash: 'bad',
  unknown: 'bad',
  left: 'plain',
};

/** What needs someone's attention comes first. */
const inOrder: readonly State[] = ['clash', 'unknown', 'odd', 'bookable', 'booked', 'repeat', 'left'];
const mostShown = 500;

const placeText = ({ place, room }: Line): string =>
  place === null ? room : [place.space, place.resource].filter(Boolean).join(', ');

const Lines = ({ report, lang }: { report: Report; lang: Lang }) => {
  const lines = report.lines.toSorted((a, b) => inOrder.indexOf(a.state) - inOrder.indexOf(b.state));
  const shown = lines.slice(0, mostShown);
  return (
    <Section
      title={t.entries[lang]}
      lead={shown.length < lines.length ? shownText(shown.length, lines.length, lang) : undefined}
    >
      <DataTable<Line>
        caption={t.entries[lang]}
        captionHidden
        tall
        rows={shown}
        columns={[
          { label: t.entry[lang], cell: line => line.ref },
          { label: t.when[lang], cell: line => whenText(line, lang) },
          { label: t.place[lang], cell: placeText },
          { label: t.person[lang], cell: line => line.person },
          {
            label: t.state[lang],
            cell: line => <Tag tone={tones[line.state]}>{stateNames[line.state][lang]}</Tag>,
          },
          { label: t.why[lang], cell: line => reasonText(line)[lang] },
          {
            label: t.price[lang],
            numeric: true,
            cell: line => (line.price_eur_cents === null ? '' : show.euros(line.price_eur_cents, lang)),
          },
        ]}
      />
    </Section>
  );
};

const Told = ({ report, intake, lang }: { report: Report; intake: Intake; lang: Lang }) => {
  const { bookable } = report.counts;
  return (
    <>
      <Notice
        kind={report.written ? 'success' : 'info'}
        live
        title={(report.written ? t.done : bookable === 0 ? t.nothing : t.foreseen)[lang]}
      >
        <p>{(report.written ? t.doneText : t.foreseenText)[lang]}</p>
      </Notice>
      <Stats>
        {states
          .filter(state => report.counts[state] > 0)
          .map(state => (
            <Stat value={show.count(report.counts[state], lang)} label={stateNames[state][lang]} />
          ))}
      </Stats>
      {!report.written && bookable > 0 && (
        <Form
          action="/reprise"
          upload
          label={t.title[lang]}
          hidden={{
            ecrire: 'oui',
            format: intake.format,
            contenu: intake.content,
            correspondance: intake.mapping,
            source: intake.source,
            ...(intake.widen && { elargir: 'oui' }),
          }}
        >
          <Button>{takeText(bookable, lang)}</Button>
        </Form>
      )}
      <Lines report={report} lang={lang} />
    </>
  );
};

const AskForm = ({ visit: { lang }, intake, refusal }: IntakePageProps) => {
  const problems = problemsOf(refusal, lang);
  const held = intake?.content ?? '';
  return (
    <Form action="/reprise" upload label={t.fileTitle[lang]} {...(held && { hidden: { contenu: held } })}>
      <SelectField
        name="format"
        label={t.format[lang]}
        value={intake?.format}
        choices={formats.map(format => ({ value: format, label: formatNames[format][lang] }))}
        error={problemAt(problems, 'format')}
      />
      <FileField
        name="fichier"
        label={t.file[lang]}
        hint={(held ? t.sameFile : t.fileHint)[lang]}
        optional={held !== ''}
        accept=".sql,.ics,.csv,.txt,text/csv,text/calendar"
        error={problemAt(problems, 'fichier')}
      />
      <TextArea
        name="correspondance"
        label={t.mapping[lang]}
        hint={t.mappingHint[lang]}
        optional
        value={intake?.mapping}
        error={problemAt(problems, 'correspondance')}
      />
      <TextField
        name="source"
        label={t.source[lang]}
        hint={t.sourceHint[lang]}
        optional
        value={intake?.source}
        error={problemAt(problems, 'source')}
      />
      <CheckField name="elargir" value="oui" label={t.widen[lang]} hint={t.widenHint[lang]} checked={intake?.widen} />
      <Button>{t.look[lang]}</Button>
    </Form>
  );
};

/** A file of another system, what it would become here, and then what it became. */
export function IntakePage(props: IntakePageProps) {
  const { visit, intake, report, refusal } = props;
  const { lang } = visit;
  return (
    <Layout visit={visit} title={t.title[lang]}>
      <Stack gap="loose">
        <PageHead title={t.title[lang]} lead={t.lead[lang]} />
        <ErrorSummary problems={problemsOf(refusal, lang)} />
        {report && intake && <Told report={report} intake={intake} lang={lang} />}
        <Section title={(report ? t.again : t.fileTitle)[lang]}>
          <AskForm {...props} />
        </Section>
        <Section title={t.formatsTitle[lang]} lead={t.formatsLead[lang]}>
          <DescriptionList
            items={formats.map(format => ({ term: formatNames[format][lang], value: formatHelp[format][lang] }))}
          />
        </Section>
      </Stack>
    </Layout>
  );
}
