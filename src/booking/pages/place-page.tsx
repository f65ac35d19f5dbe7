import { type Bilingual, type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Day } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { kinds, type Resource, type Space } from '../../spaces/spaces.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { ChoiceCards, DateField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { capital } from '../labels.ts';
import { placeLabels as t } from '../place-labels.ts';

interface Managed {
  readonly visit: Visit;
  readonly space: Space;
  readonly done: Bilingual | null;
  readonly typed: Readonly<Record<string, string>>;
  readonly refusal?: Refusal | undefined;
  readonly requestId: string;
}

export interface PlaceProps extends Managed {
  readonly resource: Resource;
  readonly today: Day;
}

const Done = ({ done, lang }: { done: Bilingual | null; lang: Lang }) =>
  done && (
    <Notice kind="success" live>
      {done[lang]}
    </Notice>
  );

const Withdrawing = ({ visit: { lang }, space, resource, today, typed, refusal, requestId }: PlaceProps) => {
  const action = `/gestion/espaces/${space.slug}/places/${resource.resourceId}`;
  const problems = problemsOf(refusal, lang);
  if (resource.withdrawnFrom !== null)
    return (
      <Section title={t.withdrawTitle[lang]}>
        <Notice kind="pending">{`${t.withdrawnFrom[lang]} ${show.date(resource.withdrawnFrom, lang)}.`}</Notice>
        {resource.withdrawnFrom > today && (
          <Form action={`${action}/remettre`} requestId={`${requestId}-remettre`}>
            <Button kind="secondary">{t.putBack[lang]}</Button>
          </Form>
        )}
      </Section>
    );
  return (
    <Section title={t.withdrawTitle[lang]} lead={t.withdrawLead[lang]}>
      <Form action={`${action}/retirer`} requestId={`${requestId}-retirer`} label={t.withdrawTitle[lang]}>
        <DateField
          name="from"
          label={t.from[lang]}
          value={typed['from']}
          min={today}
          error={problemAt(problems, 'from')}
        />
        <ChoiceCards
          name="displace"
          label={t.displace[lang]}
          value={typed['displace'] ?? 'refuse'}
          choices={(['refuse', 'cancel'] as const).map(value => ({ value, label: capital(t[value][lang]) }))}
          error={problemAt(problems, 'displace')}
        />
        <Button kind="danger">{t.withdraw[lang]}</Button>
      </Form>
    </Section>
  );
};

/** One place of a space, for who manages it: another name, or withdrawn from a day on. */
export function PlacePage(props: PlaceProps) {
  const { visit, space, resource, done, typed, refusal, requestId } = props;
  const { lang } = visit;
  const problems = problemsOf(refusal, lang);
  return (
    <Layout visit={visit} title={`${resource.name}, ${space.name}`}>
      <PageHead
        title={resource.name}
        lead={`${capital(kinds[resource.kind][lang])}, ${space.name}, ${space.commune.name}`}
        above={<a href={`/gestion/espaces/${space.slug}#places`}>{t.manage[lang]}</a>}
      />
      <Stack gap="loose">
        <ErrorSummary problems={problems} />
        <Done done={done} lang={lang} />
        <Section title={t.renameTitle[lang]} lead={t.renameLead[lang]}>
          <Form
            action={`/gestion/espaces/${space.slug}/places/${resource.resourceId}/nom`}
            requestId={`${requestId}-nom`}
            label={t.renameTitle[lang]}
            inline
          >
            <TextField
              name="name"
              label={t.name[lang]}
              value={typed['name'] ?? resource.name}
              error={problemAt(problems, 'name')}
            />
            <Button kind="secondary">{t.rename[lang]}</Button>
          </Form>
        </Section>
        <Withdrawing {...props} />
      </Stack>
    </Layout>
  );
}

/** The clock that a space goes by, for who manages it. */
export function ClockPage({ visit, space, done, typed, refusal, requestId }: Managed) {
  const { lang } = visit;
  const problems = problemsOf(refusal, lang).map(one => ({ ...one, field: 'zone' }));
  return (
    <Layout visit={visit} title={`${t.clockTitle[lang]}, ${space.name}`}>
      <PageHead
        title={t.clockTitle[lang]}
        lead={`${space.name}, ${space.commune.name}`}
        above={<a href={`/gestion/espaces/${space.slug}`}>{t.manage[lang]}</a>}
      />
      <Stack>
        <ErrorSummary problems={problems} />
        <Done done={done} lang={lang} />
        <p>{t.clockLead[lang]}</p>
        <Form action={`/gestion/espaces/${space.slug}/fuseau`} requestId={requestId} label={t.clockTitle[lang]}>
          <TextField
            name="zone"
            label={t.zone[lang]}
            hint={t.zoneHint[lang]}
            value={typed['zone'] ?? space.zone}
            error={problemAt(problems, 'zone')}
          />
          <Button kind="danger">{t.setZone[lang]}</Button>
        </Form>
      </Stack>
    </Layout>
  );
}
