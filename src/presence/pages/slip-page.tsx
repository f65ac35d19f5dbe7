import { show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { Cluster, PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DateField, SelectField, TextArea } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import type { Slip } from '../jobs/slips.ts';
import { capital, labels } from '../labels.ts';
import type { Incident, Pass } from '../slip.ts';
import { passNames, slipLabels as t } from '../slip-words.ts';

export interface SlipProps {
  visit: Visit;
  slip: Slip;
  today: Day;
  done: 'left' | 'declared' | null;
  typed: Readonly<Record<string, string>>;
  refusal?: Refusal | undefined;
  requestId: string;
}

const place = ({ spaces }: Slip, spaceId: Pass['spaceId']) => spaces.find(space => space.spaceId === spaceId);

const Passes = ({ visit: { lang }, slip }: SlipProps) =>
  slip.passes.length === 0 ? (
    <p>{t.none[lang]}</p>
  ) : (
    <DataTable<Pass>
      caption={t.passes[lang]}
      captionHidden
      rows={slip.passes.toReversed()}
      columns={[
        {
          label: t.when[lang],
          cell: one =>
            `${capital(show.day(one.day, lang))}, ${show.clock(one.at, place(slip, one.spaceId)?.zone ?? 'Europe/Paris')}`,
        },
        { label: t.where[lang], cell: one => place(slip, one.spaceId)?.name ?? '' },
        { label: t.how[lang], cell: one => passNames[one.how][lang] },
      ]}
    />
  );

const Told = ({ visit: { lang }, slip, requestId, one }: SlipProps & { one: Incident }) => {
  const space = place(slip, one.spaceId);
  return (
    <Stack gap="tight">
      <p>
        <strong>{`${capital(show.day(one.day, lang))}, ${show.clock(one.at, space?.zone ?? 'Europe/Paris')}, ${space?.name ?? ''}`}</strong>
      </p>
      <p>{one.told}</p>
      <Form action={`/mes-presences/incidents/${one.incidentId}/retirer`} requestId={`${requestId}-${one.incidentId}`}>
        <Button kind="quiet">{t.withdraw[lang]}</Button>
      </Form>
    </Stack>
  );
};

const Declare = ({ visit: { lang }, slip, today, typed, refusal, requestId }: SlipProps) => {
  const problems = problemsOf(refusal, lang);
  return (
    <Form action="/mes-presences/incidents" requestId={`${requestId}-incident`} label={t.incidents[lang]}>
      <ErrorSummary problems={problems} />
      <SelectField
        name="espace"
        label={t.where[lang]}
        value={typed['espace']}
        choices={slip.spaces.map(space => ({ value: space.slug, label: `${space.name}, ${space.commune.name}` }))}
        error={problemAt(problems, 'espace')}
      />
      <DateField name="jour" label={t.day[lang]} value={typed['jour'] ?? today} max={today} />
      <DateField
        kind="time"
        name="heure"
        label={t.hour[lang]}
        hint={t.hourHint[lang]}
        value={typed['heure']}
        error={problemAt(problems, 'heure')}
      />
      <TextArea
        name="recit"
        label={t.told[lang]}
        value={typed['recit']}
        rows={5}
        error={problemAt(problems, 'recit')}
      />
      <Button>{t.declare[lang]}</Button>
    </Form>
  );
};

/** One's own visits with their hours, one's departure, and what happened there. */
export function SlipPage(props: SlipProps) {
  const { visit, slip, today, done, requestId } = props;
  const { lang } = visit;
  const range = `du=${slip.from}&au=${slip.to}`;
  return (
    <Layout visit={visit} title={t.title[lang]}>
      <PageHead
        title={t.title[lang]}
        lead={t.lead[lang]}
        above={<a href="/mes-presences">{labels.myPresences[lang]}</a>}
      />
      <Stack gap="loose">
        {done && (
          <Notice kind="success" live>
            {t[done][lang]}
          </Notice>
        )}
        <Section title={t.passes[lang]}>
          <Form action="/mes-presences/fiche" method="get" inline label={t.show[lang]}>
            <DateField name="du" label={t.from[lang]} value={slip.from} max={today} />
            <DateField name="au" label={t.to[lang]} value={slip.to} max={today} />
            <Button kind="secondary">{t.show[lang]}</Button>
          </Form>
          <Passes {...props} />
          <Cluster>
            <ButtonLink href={`/mes-presences/fiche.pdf?${range}`}>{t.pdf[lang]}</ButtonLink>
            <Form action="/mes-presences/depart" requestId={`${requestId}-depart`}>
              <Button kind="secondary">{t.leave[lang]}</Button>
            </Form>
          </Cluster>
        </Section>
        <Section title={t.incidents[lang]} lead={t.incidentLead[lang]}>
          {slip.incidents.map(one => (
            <Told {...props} one={one} />
          ))}
          {slip.spaces.length > 0 && <Declare {...props} />}
        </Section>
      </Stack>
    </Layout>
  );
}
