import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Id } from '../../kernel/ids.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import type { Day, Month } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { Cluster, PageHead, Section, Split, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { ChoiceCards, DateField, SelectField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Stat, Stats } from '../../ui/stat/stat.tsx';
import type { EmployerFile, EmployerMonth, StaffMember, Subscription } from '../employers.ts';
import { basisNames, planText, weekdaysText } from '../words.ts';
import { t } from './labels.ts';
import { ByPerson, BySpace, daysCell, hrefOf, inMonth } from './tables.tsx';

const Contracts = ({ subscriptions, lang }: { subscriptions: readonly Subscription[]; lang: Lang }) => (
  <DataTable<Subscription>
    caption={t.contracts[lang]}
    captionHidden
    rows={subscriptions}
    empty={t.noContract[lang]}
    columns={[
      { label: t.contract[lang], cell: one => planText(one.plan)[lang] },
      {
        label: t.cap[lang],
        cell: one => (one.cap_half_days === null ? t.none[lang] : daysCell(one.cap_half_days, lang)),
      },
      { label: t.from[lang], cell: one => show.date(one.from, lang) },
      { label: t.until[lang], cell: one => (one.until === null ? '–' : show.date(one.until, lang)) },
    ]}
  />
);

const Staff = ({ staff, employerId, lang }: { staff: readonly StaffMember[]; employerId: string; lang: Lang }) => (
  <DataTable<StaffMember>
    caption={t.myStaff[lang]}
    captionHidden
    tall
    rows={staff}
    empty={t.noStaff[lang]}
    columns={[
      { label: t.person[lang], cell: one => one.person },
      { label: t.site[lang], cell: one => one.site },
      { label: t.weekdays[lang], cell: one => weekdaysText(one.weekdays)[lang] },
      { label: t.basis[lang], cell: one => basisNames[one.basis][lang] },
      { label: t.until[lang], cell: one => (one.until === null ? '–' : show.date(one.until, lang)) },
      {
        label: t.end[lang],
        cell: one =>
          one.until === null && (
            <Form action="/employeur/fin" hidden={{ employeur: employerId, rattachement: one.staffLinkId }}>
              <Button kind="quiet" small describe={`${t.end[lang]} : ${one.person}`}>
                {t.end[lang]}
              </Button>
            </Form>
          ),
      },
    ]}
  />
);

export interface TypedInvitation {
  readonly email?: string | undefined;
  readonly prenom?: string | undefined;
  readonly nom?: string | undefined;
  readonly site?: string | undefined;
  readonly cadre?: string | undefined;
  readonly jours?: readonly string[] | undefined;
  readonly debut?: string | undefined;
}

interface InviteProps {
  employerId: string;
  sites: EmployerFile['sites'];
  today: Day;
  requestId: string;
  typed?: TypedInvitation | undefined;
  refusal?: Refusal | undefined;
  lang: Lang;
}

/** Where a refusal's field stands in this form. */
const fieldNames: Readonly<Record<string, string>> = {
  first_name: 'prenom',
  site_id: 'site',
  weekdays: 'jours',
  from: 'debut',
};

const Invite = ({ employerId, sites, today, requestId, typed = {}, refusal, lang }: InviteProps) => {
  const problems = problemsOf(refusal, lang).map(one => ({
    ...one,
    ...(one.field && { field: fieldNames[one.field] ?? one.field }),
  }));
  const error = (field: string) => problemAt(problems, field);
  return (
    <Form action="/employeur" requestId={requestId} hidden={{ employeur: employerId }} label={t.invite[lang]}>
      <ErrorSummary problems={problems} />
      <TextField name="email" type="email" label={t.email[lang]} value={typed.email} error={error('email')} />
      <TextField name="prenom" label={t.firstName[lang]} value={typed.prenom} error={error('prenom')} />
      <TextField name="nom" label={t.lastName[lang]} value={typed.nom} error={error('nom')} />
      <SelectField
        name="site"
        label={t.site[lang]}
        value={typed.site}
        error={error('site')}
        choices={sites.map(site => ({ value: site.siteId, label: site.name }))}
      />
      <SelectField
        name="cadre"
        label={t.basis[lang]}
        value={typed.cadre}
        choices={Object.entries(basisNames).map(([value, name]) => ({ value, label: name[lang] }))}
      />
      <ChoiceCards
        name="jours"
        many
        label={t.weekdays[lang]}
        value={typed.jours ?? []}
        error={error('jours')}
        choices={[1, 2, 3, 4, 5].map(day => ({ value: String(day), label: weekdaysText([day])[lang] }))}
      />
      <DateField name="debut" label={t.since[lang]} value={typed.debut ?? today} error={error('debut')} />
      <Button>{t.inviteAction[lang]}</Button>
    </Form>
  );
};

export interface EmployerPageProps {
  visit: Visit;
  /** Every employer that the visitor manages. */
  employers: readonly { readonly employerId: Id<'org'>; readonly name: string }[];
  month: EmployerMonth;
  file: EmployerFile;
  previous: Month;
  next: Month;
  today: Day;
  requestId: string;
  typed?: TypedInvitation;
  refusal?: Refusal;
}

const Head = ({ visit: { lang }, employers, month, previous, next }: EmployerPageProps) => (
  <PageHead
    title={month.employer}
    lead={t.lead[lang]}
    above={
      employers.length > 1 && (
        <Cluster>
          {employers
            .filter(one => one.employerId !== month.employerId)
            .map(one => (
              <a href={hrefOf(one.employerId, month.month)}>{one.name}</a>
            ))}
        </Cluster>
      )
    }
    actions={
      <>
        <ButtonLink href={`/releves/${month.employerId}/${month.month}`}>{t.statement[lang]}</ButtonLink>
        <ButtonLink href={hrefOf(month.employerId, previous)} kind="quiet">
          {t.previous[lang]}
        </ButtonLink>
        <ButtonLink href={hrefOf(month.employerId, next)} kind="quiet">
          {t.next[lang]}
        </ButtonLink>
      </>
    }
  />
);

const Figures = ({ month, file, lang }: { month: EmployerMonth; file: EmployerFile; lang: Lang }) => {
  const period = inMonth(month.month)[lang];
  return (
    <Stats>
      <Stat value={daysCell(month.half_days, lang)} label={t.used[lang]} period={period} />
      <Stat value={daysCell(month.to_come_half_days, lang)} label={t.toCome[lang]} period={period} />
      <Stat value={show.euros(month.amount_eur_cents, lang)} label={t.cost[lang]} period={period} />
      <Stat value={show.count(file.staff.length, lang)} label={t.staff[lang]} />
    </Stats>
  );
};

export function EmployerPage(props: EmployerPageProps) {
  const { visit, month, file, today, requestId, typed, refusal } = props;
  const { lang } = visit;
  const { employerId } = month;
  return (
    <Layout visit={visit} title={month.employer} wide>
      <Head {...props} />
      <Stack gap="loose">
        <Figures month={month} file={file} lang={lang} />
        <Split
          even
          aside={
            <Section title={t.byPerson[lang]}>
              <ByPerson month={month} lang={lang} />
            </Section>
          }
        >
          <Section title={t.bySpace[lang]}>
            <BySpace month={month} lang={lang} />
          </Section>
        </Split>
        <Section title={t.contracts[lang]}>
          <Contracts subscriptions={file.subscriptions} lang={lang} />
        </Section>
        <Section title={t.myStaff[lang]}>
          <Staff staff={file.staff} employerId={employerId} lang={lang} />
        </Section>
        <Section title={t.invite[lang]} lead={t.inviteLead[lang]} id="rattacher">
          <Invite {...{ employerId, sites: file.sites, today, requestId, typed, refusal, lang }} />
        </Section>
        <Section title={t.sites[lang]}>
          <DescriptionList items={file.sites.map(site => ({ term: site.name, value: site.address }))} />
        </Section>
      </Stack>
    </Layout>
  );
}
