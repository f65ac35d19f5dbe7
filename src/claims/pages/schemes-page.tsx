import { type Lang, show } from '../../kernel/bilingual.ts';
import { holds } from '../../kernel/visit.ts';
import type { Project } from '../../schemes/schemes.ts';
import { stateNames as projectStateNames } from '../../schemes/schemes.ts';
import { Section } from '../../ui/arrange/arrange.tsx';
import { BarChart } from '../../ui/bar-chart/bar-chart.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { contractSpec, projectSpec } from '../acts.ts';
import { isOver, releasesAll } from '../life.ts';
import type { ClaimResult } from '../result.ts';
import type { SchemesView } from '../routes/views.ts';
import { projectTones, texts as t } from '../texts.ts';
import { ActSection, ClaimTable, Frame, type Said } from './parts.tsx';

type Props = Said & { readonly view: SchemesView };

const metresOf = (result: ClaimResult): bigint =>
  result.kind === 'lbc'
    ? BigInt(result.avoided_m)
    : result.employers.reduce((sum, one) => sum + BigInt(one.avoided_m), 0n);

/** Where every kilometre that a scheme may use stands: waiting, claimed, granted. */
function Standing({ view: { open, claims }, visit: { lang } }: Props) {
  const held = claims.filter(one => !releasesAll.has(one.state));
  const sum = (some: typeof held) => some.reduce((total, { row }) => total + metresOf(row.result), 0n);
  const waiting = open.reduce((total, one) => total + one.avoided_m, 0n);
  const [under, granted] = [sum(held.filter(one => !isOver(one.state))), sum(held.filter(one => isOver(one.state)))];
  const all = waiting + under + granted;
  if (all <= 0n) return null;
  const parts = [
    [t.waitingKm[lang], waiting],
    [t.underWay[lang], under],
    [t.granted[lang], granted],
  ] as const;
  return (
    <BarChart
      finding={`${show.km(granted, lang)} ${t.granted[lang]} ${t.outOf[lang]} ${show.km(all, lang)} ${t.allocated[lang]}`}
      columns={[t.step[lang], t.kilometres[lang]]}
      bars={parts.map(([label, value]) => ({
        ...{ label: label.charAt(0).toUpperCase() + label.slice(1), shown: show.km(value, lang) },
        value: Math.max(0, Number(value)),
      }))}
    />
  );
}

const openOf = ({ open }: SchemesView, claimant: string) => {
  const own = open.filter(one => one.claimant === claimant);
  return {
    lines: own.reduce((sum, one) => sum + one.lines, 0),
    avoided_m: own.reduce((sum, one) => sum + one.avoided_m, 0n),
  };
};

const Contracts = ({ view, lang }: { view: SchemesView; lang: Lang }) => (
  <DataTable
    caption={t.energy[lang]}
    captionHidden
    rows={view.contracts}
    empty={t.noContract[lang]}
    columns={[
      {
        label: t.contract[lang],
        cell: one => <a href={`/programmes/contrats/${one.contractId}`}>{one.label}</a>,
      },
      { label: t.party[lang], cell: one => view.nameOf(one.obligatedPartyId) },
      {
        label: t.inForce[lang],
        cell: one =>
          `${t.from[lang]} ${show.date(one.validFrom, lang)}${one.validUntil ? ` ${t.until[lang]} ${show.date(one.validUntil, lang)}` : ''}`,
      },
      {
        label: t.waitingLines[lang],
        numeric: true,
        cell: one => show.count(openOf(view, one.contractId).lines, lang),
      },
      { label: t.kilometres[lang], numeric: true, cell: one => show.km(openOf(view, one.contractId).avoided_m, lang) },
    ]}
  />
);

const Projects = ({ view, lang }: { view: SchemesView; lang: Lang }) => (
  <DataTable<Project>
    caption={t.carbon[lang]}
    captionHidden
    rows={view.projects}
    empty={t.noProject[lang]}
    columns={[
      { label: t.project[lang], cell: one => <a href={`/programmes/projets/${one.projectId}`}>{one.name}</a> },
      {
        label: t.state[lang],
        cell: one => <Tag tone={projectTones[one.state]}>{projectStateNames[one.state][lang]}</Tag>,
      },
      {
        label: t.spaces[lang],
        numeric: true,
        cell: one => show.count(one.members.filter(member => member.endedOn === null).length, lang),
      },
      { label: t.received[lang], cell: one => (one.receivedOn ? show.date(one.receivedOn, lang) : '–') },
      { label: t.waitingLines[lang], numeric: true, cell: one => show.count(openOf(view, one.projectId).lines, lang) },
      { label: t.kilometres[lang], numeric: true, cell: one => show.km(openOf(view, one.projectId).avoided_m, lang) },
    ]}
  />
);

const Adding = (props: Props) => {
  const { view, act } = props;
  const named = (kinds: readonly string[]) =>
    view.organisations
      .filter(one => kinds.includes(one.kind))
      .map(({ organisationId: value, name: label }) => ({ value, label }));
  if (act === 'contrat')
    return (
      <ActSection
        said={props}
        name="contrat"
        spec={contractSpec}
        action="/programmes/contrat"
        choices={{ obligated_party_id: named(['obligated_party']) }}
      />
    );
  if (act === 'projet')
    return (
      <ActSection
        said={props}
        name="projet"
        spec={projectSpec}
        action="/programmes/projet"
        choices={{ holder_id: named(['operator', 'commune', 'epci', 'association']) }}
      />
    );
  return null;
};

/** Both schemes at a glance: what waits, what is claimed, what was granted. */
export function SchemesPage(props: Props) {
  const { view, visit } = props;
  const { lang } = visit;
  const operator = holds(visit.actor, 'network_operator');
  const whole = operator || holds(visit.actor, 'auditor');
  return (
    <Frame said={props} title={t.schemes[lang]} lead={t.schemesLead[lang]}>
      <Standing {...props} />
      <Section title={t.claims[lang]} lead={t.claimsLead[lang]}>
        <ClaimTable rows={view.claims} nameOf={view.nameOf} lang={lang} />
      </Section>
      <Section
        title={t.energy[lang]}
        lead={t.energyLead[lang]}
        actions={
          operator && (
            <ButtonLink kind="secondary" href="/programmes?faire=contrat#contrat">
              {t.addContract[lang]}
            </ButtonLink>
          )
        }
      >
        <Contracts view={view} lang={lang} />
      </Section>
      {whole && (
        <Section
          title={t.carbon[lang]}
          lead={t.carbonLead[lang]}
          actions={
            operator && (
              <ButtonLink kind="secondary" href="/programmes?faire=projet#projet">
                {t.addProject[lang]}
              </ButtonLink>
            )
          }
        >
          <Projects view={view} lang={lang} />
        </Section>
      )}
      {whole && (
        <Section
          title={t.values[lang]}
          lead={t.valuesLead[lang]}
          actions={
            <ButtonLink kind="secondary" href="/programmes/valeurs">
              {t.seeValues[lang]}
            </ButtonLink>
          }
        >
          {null}
        </Section>
      )}
      <Adding {...props} />
    </Frame>
  );
}
