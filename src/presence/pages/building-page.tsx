import { show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Day, Instant } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Stat, Stats } from '../../ui/stat/stat.tsx';
import type { AttendanceLine } from '../attendance.ts';
import type { Building, Visitor } from '../presence.ts';
import { insideText, visitorLabels as t } from '../visitor-words.ts';

export interface BuildingPageProps extends Building {
  visit: Visit;
  now: Instant;
  today: Day;
  typed?: string | undefined;
  refusal?: Refusal | undefined;
  requestId: string;
}

const nameOf = ({ firstName, lastName }: AttendanceLine): string => `${firstName} ${lastName}`.trim();

/** An empty box, for whoever counts heads with the printed list. */
const Box = () => (
  <svg viewBox="0 0 16 16" width="20" height="20" aria-hidden="true">
    <rect x="2" y="2" width="12" height="12" fill="none" stroke="currentColor" />
  </svg>
);

const Visitors = ({ visit, space, visitors, requestId }: BuildingPageProps) => {
  const { lang } = visit;
  return (
    <DataTable<Visitor>
      caption={t.visitors[lang]}
      captionHidden
      rows={visitors}
      empty={t.none[lang]}
      columns={[
        { label: t.name[lang], cell: one => one.name },
        { label: t.arrived[lang], tight: true, cell: one => show.clock(one.arrivedAt, space.zone) },
        {
          label: t.left[lang],
          tight: true,
          cell: one =>
            one.leftAt ? (
              show.clock(one.leftAt, space.zone)
            ) : (
              <Form
                action={`/accueil/${space.slug}/presents/parti`}
                requestId={`${requestId}-${one.visitorId}`}
                hidden={{ visiteur: one.visitorId }}
              >
                <Button kind="secondary" small describe={`${t.noteLeft[lang]}, ${one.name}`}>
                  {t.noteLeft[lang]}
                </Button>
              </Form>
            ),
        },
        { label: t.checked[lang], tight: true, cell: one => (one.leftAt ? '–' : <Box />) },
      ]}
    />
  );
};

/** Who is in a space now, to count heads with; visitors are noted here. */
export function BuildingPage(props: BuildingPageProps) {
  const { visit, space, people, visitors, now, today, typed, refusal, requestId } = props;
  const { lang } = visit;
  const problems = problemsOf(refusal, lang).map(one => ({ ...one, field: 'nom' }));
  const inside = people.length + visitors.filter(one => one.leftAt === null).length;
  return (
    <Layout visit={visit} title={`${t.title[lang]}, ${space.name}`}>
      <PageHead
        title={t.title[lang]}
        lead={`${space.name}, ${space.commune.name}. ${t.asOf[lang]} ${show.clock(now, space.zone)}, ${show.day(today, lang)}.`}
        above={<a href={`/accueil/${space.slug}/${today}`}>{space.name}</a>}
      />
      <Stack gap="loose">
        <ErrorSummary problems={problems} />
        <Stats>
          <Stat value={String(inside)} label={insideText(inside)[lang]} />
        </Stats>
        <Section title={t.people[lang]} lead={t.lead[lang]}>
          <DataTable<AttendanceLine>
            caption={t.people[lang]}
            captionHidden
            rows={people}
            empty={t.nobody[lang]}
            columns={[
              { label: t.person[lang], cell: nameOf },
              { label: t.checked[lang], tight: true, cell: () => <Box /> },
            ]}
          />
        </Section>
        <Section title={t.visitors[lang]} lead={t.visitorsLead[lang]}>
          <Visitors {...props} />
          <Form action={`/accueil/${space.slug}/presents`} requestId={requestId} label={t.visitors[lang]} inline>
            <TextField
              name="nom"
              label={t.name[lang]}
              value={typed}
              autocomplete="off"
              error={problemAt(problems, 'nom')}
            />
            <Button>{t.add[lang]}</Button>
          </Form>
        </Section>
      </Stack>
    </Layout>
  );
}
