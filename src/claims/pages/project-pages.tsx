import { type Lang, show } from '../../kernel/bilingual.ts';
import { parseRational } from '../../kernel/rational.ts';
import { holds, type Visit } from '../../kernel/visit.ts';
import { commandNames, commandsFrom, eventNames, type ProjectCommand, stateNames } from '../../schemes/schemes.ts';
import { Cluster, Grid, PageHead, Prose, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { SelectField } from '../../ui/form/field.tsx';
import { Form } from '../../ui/form/form.tsx';
import { Gauge } from '../../ui/gauge/gauge.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Seal, type SealTone } from '../../ui/seal/seal.tsx';
import { leavingSpec, memberSpec, projectStepSpec } from '../acts.ts';
import { byItsClaim } from '../life.ts';
import type { ProjectView } from '../routes/views.ts';
import { projectTones, texts as t } from '../texts.ts';
import { ActSection, ClaimTable, Frame, mass, type Said, schemesPlace } from './parts.tsx';

type Props = Said & { readonly view: ProjectView; readonly spaces: readonly { value: string; label: string }[] };

/** Once filed, the threshold was reached: it says nothing more. */
const beforeFiling: ReadonlySet<string> = new Set(['draft', 'notified']);

/** The threshold, as parts of it: ten tonnes, ten spaces, thirty people. */
const ThresholdGauges = ({ view: { gauge }, lang }: { view: ProjectView; lang: Lang }) => {
  const { numerator, denominator } = parseRational(gauge.mass_mg)!;
  const share = Number((numerator * 1000n) / (denominator * 10_000_000_000n)) / 1000;
  return (
    <Section title={t.gauge[lang]} lead={t.gaugeLead[lang]}>
      <Grid>
        <Gauge label={t.afterRebates[lang]} value={mass(gauge.mass_mg, lang)} goal={t.of10t[lang]} share={share} />
        <Gauge
          label={t.spaces[lang].toLowerCase()}
          value={show.count(gauge.spaces, lang)}
          goal={t.of10[lang]}
          share={gauge.spaces / 10}
        />
        <Gauge
          label={t.people[lang]}
          value={show.count(gauge.users, lang)}
          goal={t.of30[lang]}
          share={gauge.users / 30}
        />
      </Grid>
    </Section>
  );
};

const Members = ({ view: { project, spaces }, lang }: { view: ProjectView; lang: Lang }) => (
  <Section title={t.members[lang]}>
    <DataTable
      caption={t.members[lang]}
      captionHidden
      tall
      rows={project.members}
      columns={[
        { label: t.spaces[lang], cell: one => spaces.get(one.spaceId) ?? one.spaceId },
        { label: t.mandate[lang], cell: one => show.date(one.signedOn, lang) },
        { label: t.notified[lang], cell: one => (one.notifiedOn ? show.date(one.notifiedOn, lang) : '–') },
        { label: t.left[lang], cell: one => (one.endedOn ? show.date(one.endedOn, lang) : '–') },
      ]}
    />
  </Section>
);

const Life = ({ view: { project }, lang }: { view: ProjectView; lang: Lang }) => (
  <Section title={t.life[lang]}>
    <DataTable
      caption={t.life[lang]}
      captionHidden
      rows={project.steps}
      empty={t.noStep[lang]}
      columns={[
        { label: t.date[lang], cell: one => show.date(one.happenedOn, lang) },
        {
          label: t.event[lang],
          cell: one => (one.command === 'amend_members' ? t.membersChanged : eventNames[one.command])[lang],
        },
        { label: t.reference[lang], cell: one => one.reference ?? '–' },
      ]}
    />
  </Section>
);

/** What stops a project or undoes a step: never the next thing to do. */
const ending: ReadonlySet<ProjectCommand> = new Set(['amend_notified_data', 'refuse', 'withdraw', 'end_mandate']);

/** What the operator may do about the project, each act on its own. */
function Acts(props: Props) {
  const { view, facts, spaces, visit } = props;
  const { lang } = visit;
  const { project } = view;
  const base = `/programmes/projets/${project.projectId}`;
  const inside = project.members
    .filter(one => one.endedOn === null)
    .map(one => ({ value: one.spaceId as string, label: view.spaces.get(one.spaceId) ?? one.spaceId }));
  const vintages = view.open.map(one => ({ value: String(one.vintage), label: String(one.vintage) }));
  const open = commandsFrom(project.state).filter(command => !byItsClaim.has(command));
  const shown = open.find(command => command === props.act);
  const seals = project.state === 'monitoring' && vintages.length > 0;
  const onward = seals ? undefined : open.find(command => !ending.has(command));
  const link = (name: string, label: string, first = false) => (
    <ButtonLink kind={first ? 'primary' : 'secondary'} href={`${base}?faire=${name}#${name}`}>
      {label}
    </ButtonLink>
  );
  return (
    <>
      {seals && (
        <Section title={t.sealClaim[lang]}>
          <Form action={`${base}/demande`} requestId={facts.requestId} inline>
            <SelectField name="vintage" label={t.vintage[lang]} choices={vintages} />
            <Button>{t.sealClaim[lang]}</Button>
          </Form>
        </Section>
      )}
      <Section title={t.nextStep[lang]}>
        <Cluster>
          {onward && link(onward, commandNames[onward][lang], true)}
          {link('entrer', memberSpec.title[lang])}
          {inside.length > 0 && link('sortir', leavingSpec.title[lang])}
          {open.filter(command => command !== onward).map(command => link(command, commandNames[command][lang]))}
        </Cluster>
      </Section>
      {shown && (
        <ActSection
          said={props}
          name={shown}
          spec={projectStepSpec(shown)}
          action={`${base}/${shown}`}
          typed={{ happened_on: view.today }}
        />
      )}
      {props.act === 'entrer' && (
        <ActSection
          said={props}
          name="entrer"
          spec={memberSpec}
          action={`${base}/entrer`}
          choices={{ space_id: spaces }}
        />
      )}
      {props.act === 'sortir' && (
        <ActSection
          said={props}
          name="sortir"
          spec={leavingSpec}
          action={`${base}/sortir`}
          choices={{ space_id: inside }}
        />
      )}
    </>
  );
}

const ProjectSeal = ({ view: { project, nameOf }, lang }: { view: ProjectView; lang: Lang }) => {
  const tones: Readonly<Record<(typeof projectTones)[typeof project.state], SealTone>> = {
    ...{ plain: 'plain', good: 'good', pending: 'pending', bad: 'bad', info: 'pending' },
  };
  const state = stateNames[project.state][lang];
  return (
    <Seal
      tone={tones[projectTones[project.state]]}
      name={project.name}
      state={state.charAt(0).toUpperCase() + state.slice(1)}
      lines={[
        nameOf(project.holderId),
        ...(project.receivedOn ? [`${t.received[lang]} : ${show.date(project.receivedOn, lang)}`] : []),
      ]}
    />
  );
};

/** A project for its operator: threshold, life, members, claims, and what may be done next. */
export function ProjectPage(props: Props) {
  const { view, visit } = props;
  const { lang } = visit;
  const { project, nameOf } = view;
  return (
    <Frame
      said={props}
      title={project.name}
      above={[schemesPlace(lang)]}
      actions={
        <ButtonLink kind="secondary" href={`/projets/${project.projectId}`}>
          {t.publicPage[lang]}
        </ButtonLink>
      }
    >
      <ProjectSeal view={view} lang={lang} />
      {beforeFiling.has(project.state) && <ThresholdGauges view={view} lang={lang} />}
      {holds(visit.actor, 'network_operator') && <Acts {...props} />}
      <Section title={t.claims[lang]}>
        <ClaimTable rows={view.claims} nameOf={nameOf} lang={lang} />
      </Section>
      <Life view={view} lang={lang} />
      <Members view={view} lang={lang} />
    </Frame>
  );
}

/** A project as anyone may read it, first of all whoever thinks of buying its credits. */
export function PublicProjectPage({ visit, view }: { visit: Visit; view: ProjectView }) {
  const { lang } = visit;
  const { project } = view;
  return (
    <Layout visit={visit} title={project.name}>
      <PageHead title={project.name} lead={t.publicLead[lang]} />
      <Stack gap="loose">
        <ProjectSeal view={view} lang={lang} />
        <Section title={t.units[lang]}>
          {view.units.length === 0 ? (
            <p>{t.noUnits[lang]}</p>
          ) : (
            <DescriptionList
              items={view.units.map(one => ({
                term: one.serial,
                value: <a href={`/certificats/${one.serial}`}>{`${show.count(one.units, lang)} t`}</a>,
              }))}
            />
          )}
        </Section>
        {beforeFiling.has(project.state) && <ThresholdGauges view={view} lang={lang} />}
        <Section title={t.howVerified[lang]}>
          <Prose>
            <p>{t.howVerifiedText[lang]}</p>
          </Prose>
          <Cluster>
            <ButtonLink kind="secondary" href="/journal">
              {t.journal[lang]}
            </ButtonLink>
            <ButtonLink kind="secondary" href="/methode">
              {t.method[lang]}
            </ButtonLink>
          </Cluster>
        </Section>
        <Life view={view} lang={lang} />
        <Members view={view} lang={lang} />
      </Stack>
    </Layout>
  );
}
