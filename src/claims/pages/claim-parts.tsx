import { type Lang, show } from '../../kernel/bilingual.ts';
import { localDay } from '../../kernel/time.ts';
import type { LineRow } from '../../mrv/mrv.ts';
import { Cluster, Section } from '../../ui/arrange/arrange.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { Stat, Stats } from '../../ui/stat/stat.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { type Claim, linesPerPage } from '../claims.ts';
import type { CeeResult, ClaimResult } from '../result.ts';
import type { ClaimView, NameOf } from '../routes/views.ts';
import { texts as t } from '../texts.ts';
import { commandNames, stateNames } from '../words.ts';
import { mass } from './parts.tsx';

const energyShown = (wh_cumac: string, lang: Lang): string => `${show.count(BigInt(wh_cumac) / 1000n, lang)} kWh cumac`;

/** The quantities of a claim, large. */
export const Figures = ({ result, lang }: { result: ClaimResult; lang: Lang }) =>
  result.kind === 'cee' ? (
    <Stats>
      <Stat large value={energyShown(result.wh_cumac, lang)} label={t.energySaved[lang]} />
      <Stat large value={show.euros(BigInt(result.incentive_eur_cents), lang)} label={t.incentive[lang]} />
      <Stat value={show.count(result.lines.length, lang)} label={t.lines[lang].toLowerCase()} />
    </Stats>
  ) : (
    <Stats>
      <Stat
        large
        value={`${show.count(BigInt(result.settlement.credits), lang)} t`}
        label={t.wholeTonnes[lang]}
        howHref="/methode"
      />
      <Stat value={mass(result.settlement.recognised_mg, lang)} label={t.recognised[lang]} />
      <Stat value={mass(result.settlement.carry_out_mg, lang)} label={t.carried[lang]} />
      <Stat value={show.km(BigInt(result.avoided_m), lang)} label={t.avoided[lang]} />
    </Stats>
  );

const euros = (cents: string, lang: Lang): string => show.euros(BigInt(cents), lang);

interface EmployersProps {
  readonly claim: Claim;
  readonly result: CeeResult;
  readonly nameOf: NameOf;
  readonly lang: Lang;
}

/** What each employer gets, what it still pays, whether it has signed. */
export const Employers = ({ claim, result, nameOf, lang }: EmployersProps) => (
  <Section title={t.byEmployer[lang]}>
    <DataTable
      caption={t.byEmployer[lang]}
      captionHidden
      rows={result.employers}
      columns={[
        { label: t.employer[lang], cell: one => nameOf(one.employer) },
        { label: t.days[lang], numeric: true, cell: one => one.days },
        { label: t.kilometres[lang], numeric: true, cell: one => show.km(BigInt(one.avoided_m), lang) },
        { label: t.rent[lang], numeric: true, cell: one => euros(one.rent_eur_cents, lang) },
        { label: t.incentive[lang], numeric: true, cell: one => euros(one.incentive_eur_cents, lang) },
        { label: t.aboveCap[lang], numeric: true, cell: one => euros(one.above_cap_eur_cents, lang) },
        { label: t.residual[lang], numeric: true, cell: one => euros(one.residual_cost_eur_cents, lang) },
        {
          label: t.statement[lang],
          cell: ({ employer }) => {
            const signed = claim.statements.some(one => one.employerId === employer);
            return <Tag tone={signed ? 'good' : 'pending'}>{(signed ? t.signed : t.notSigned)[lang]}</Tag>;
          },
        },
      ]}
    />
  </Section>
);

/** What has happened to the claim so far, oldest first. */
export const Life = ({ claim: { steps }, lang }: { claim: Claim; lang: Lang }) => (
  <Section title={t.claimLife[lang]}>
    <DataTable
      caption={t.claimLife[lang]}
      captionHidden
      rows={steps}
      empty={t.noStep[lang]}
      columns={[
        { label: t.date[lang], cell: one => show.date(one.happenedOn, lang) },
        { label: t.event[lang], cell: one => commandNames[one.command][lang] },
        { label: t.state[lang], cell: one => stateNames[one.state][lang] },
        { label: t.reference[lang], cell: one => one.reference ?? '–' },
        { label: t.reason[lang], cell: one => one.reason ?? '–' },
      ]}
    />
  </Section>
);

/** Lines that the obligated party refused, each with its reason; what it accepted is a count. */
export const Answers = ({ claim: { answers, row }, lang }: { claim: Claim; lang: Lang }) => {
  const refused = answers.filter(one => !one.accepted);
  const counts = [
    { label: t.accepted, value: answers.length - refused.length },
    { label: t.refused, value: refused.length },
    { label: t.unanswered, value: row.result.lines.length - answers.length },
  ];
  return (
    <>
      <Stats>
        {counts.map(({ label, value }) => (
          <Stat value={show.count(value, lang)} label={label[lang]} />
        ))}
      </Stats>
      {refused.length > 0 && (
        <DataTable
          caption={t.refusedLines[lang]}
          rows={refused}
          tall
          columns={[
            { label: t.line[lang], cell: one => show.count(one.seq, lang) },
            { label: t.reason[lang], cell: one => one.reason ?? '' },
          ]}
        />
      )}
    </>
  );
};

/** The lines drawn, and what was found of each. */
export const Sample = ({ claim: { sample, findings }, lang }: { claim: Claim; lang: Lang }) => {
  if (sample === null) return <p>{t.notDrawn[lang]}</p>;
  const last = new Map(findings.map(one => [one.seq, one]));
  return (
    <DataTable
      caption={t.linesDrawn[lang]}
      rows={sample.seqs}
      tall
      columns={[
        { label: t.line[lang], cell: seq => show.count(seq, lang) },
        {
          label: t.finding[lang],
          cell: seq => {
            const found = last.get(seq);
            if (!found) return <Tag tone="pending">{t.unseen[lang]}</Tag>;
            return <Tag tone={found.conforms ? 'good' : 'bad'}>{(found.conforms ? t.conforms : t.atFault)[lang]}</Tag>;
          },
        },
        { label: t.note[lang], cell: seq => last.get(seq)?.note ?? '' },
      ]}
    />
  );
};

const dayOf = ({ content }: LineRow, lang: Lang): string =>
  'erased' in content ? t.erased[lang] : show.date(content.day, lang);

/** A page of the sealed lines: no name, no hour, no home. */
export const Lines = ({ view: { claim, lines, sites }, lang }: { view: ClaimView; lang: Lang }) => {
  const base = `/programmes/demandes/${claim.row.claimId}`;
  const last = lines.at(-1);
  return (
    <Section id="lignes" title={t.lines[lang]} lead={t.linesLead[lang]}>
      <DataTable
        caption={t.lines[lang]}
        captionHidden
        rows={lines}
        tall
        columns={[
          { label: t.line[lang], cell: row => show.count(row.seq, lang) },
          { label: t.day[lang], cell: row => dayOf(row, lang) },
          {
            label: t.space[lang],
            cell: row => ('erased' in row.content ? '' : (sites.get(row.content.site) ?? row.content.site)),
          },
          { label: t.evidence[lang], cell: row => ('erased' in row.content ? '' : row.content.evidence) },
          { label: t.metres[lang], numeric: true, cell: row => show.count(row.avoided_m, lang) },
          { label: t.proof[lang], cell: row => <a href={`/log/proof/${row.leaf}`}>{row.leaf.slice(0, 12)}</a> },
        ]}
      />
      <Cluster>
        <ButtonLink kind="secondary" href={`${base}#lignes`}>
          {t.first[lang]}
        </ButtonLink>
        {last && lines.length === linesPerPage && (
          <ButtonLink kind="secondary" href={`${base}?apres=${last.seq}#lignes`}>
            {t.next[lang]}
          </ButtonLink>
        )}
      </Cluster>
    </Section>
  );
};

/** Who read the claim's lines or took its dossier, the latest first. */
export const Readings = ({ view: { readings }, lang }: { view: ClaimView; lang: Lang }) => (
  <Section title={t.readings[lang]} lead={t.readingsLead[lang]}>
    <DataTable
      caption={t.readings[lang]}
      captionHidden
      rows={readings}
      columns={[
        { label: t.date[lang], cell: one => show.date(localDay(one.readAt, 'Europe/Paris'), lang) },
        { label: t.reader[lang], cell: one => <code>{one.personId}</code> },
        { label: t.what[lang], cell: one => (one.what === 'dossier' ? t.dossier : t.lines)[lang] },
      ]}
    />
  </Section>
);
