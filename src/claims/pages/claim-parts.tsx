import { type Lang, show } from '../../kernel/bilingual.ts';
import { groupBy } from '../../kernel/group.ts';
import { localDay } from '../../kernel/time.ts';
import type { LineRow } from '../../mrv/mrv.ts';
import { Cluster, Section } from '../../ui/arrange/arrange.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { Pick } from '../../ui/form/field.tsx';
import { Stat, Stats } from '../../ui/stat/stat.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { Claim, Reading } from '../claims.ts';
import type { CeeResult, ClaimResult } from '../result.ts';
import type { ClaimView, NameOf } from '../routes/views.ts';
import { texts as t } from '../texts.ts';
import { eventNames } from '../words.ts';
import { daysShown, kWhCumac, mass } from './parts.tsx';

/** The quantities of a claim, large. */
export const Figures = ({ result, lang }: { result: ClaimResult; lang: Lang }) =>
  result.kind === 'cee' ? (
    <Stats>
      <Stat value={show.euros(BigInt(result.incentive_eur_cents), lang)} label={t.incentivePaid[lang]} />
      <Stat value={kWhCumac(result.wh_cumac, lang)} label={t.energySaved[lang]} howHref="/methode" />
      <Stat value={show.count(result.lines.length, lang)} label={t.linesHeld[lang]} />
    </Stats>
  ) : (
    <Stats>
      <Stat
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
        { label: t.days[lang], numeric: true, cell: one => daysShown(one.days, lang) },
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
        { label: t.event[lang], cell: one => eventNames[one.command][lang] },
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

const dayOf = ({ content }: LineRow, lang: Lang): string =>
  'erased' in content ? t.erased[lang] : show.date(content.day, lang);

const siteOf = ({ content }: LineRow, sites: ClaimView['sites']): string =>
  'erased' in content ? '' : (sites.get(content.site) ?? content.site);

/** How the lines of a table are ticked: which ones can be, which ones are. */
export interface Ticking {
  readonly may: (seq: number) => boolean;
  readonly ticked: (seq: number) => boolean;
}

const lineCell = ({ seq }: LineRow, lang: Lang, ticking: Ticking | undefined) =>
  ticking?.may(seq) ? (
    <Pick name="seqs" value={String(seq)} label={show.count(seq, lang)} checked={ticking.ticked(seq)} />
  ) : (
    show.count(seq, lang)
  );

interface RowsProps {
  readonly view: ClaimView;
  readonly lang: Lang;
  readonly ticking?: Ticking | undefined;
}

const FindingTag = ({ conforms, lang }: { conforms: boolean | undefined; lang: Lang }) => {
  if (conforms === undefined) return <Tag tone="pending">{t.unseen[lang]}</Tag>;
  return <Tag tone={conforms ? 'good' : 'bad'}>{(conforms ? t.conforms : t.atFault)[lang]}</Tag>;
};

/** The lines drawn, and what was found of each. */
export const Sample = ({ view: { claim, sampled, sites }, lang, ticking }: RowsProps) => {
  const last = new Map(claim.findings.map(one => [one.seq, one]));
  return (
    <DataTable
      caption={t.linesDrawn[lang]}
      rows={sampled}
      tall
      columns={[
        { label: t.line[lang], cell: row => lineCell(row, lang, ticking) },
        { label: t.day[lang], cell: row => dayOf(row, lang) },
        { label: t.space[lang], cell: row => siteOf(row, sites) },
        { label: t.finding[lang], cell: ({ seq }) => <FindingTag conforms={last.get(seq)?.conforms} lang={lang} /> },
        { label: t.note[lang], cell: ({ seq }) => last.get(seq)?.note ?? '' },
      ]}
    />
  );
};

/** A page of the sealed lines: no name, no hour, no home. */
export const LineTable = ({ view: { lines, sites }, lang, ticking }: RowsProps) => (
  <DataTable
    caption={t.lines[lang]}
    captionHidden
    rows={lines}
    tall
    columns={[
      { label: t.line[lang], cell: row => lineCell(row, lang, ticking) },
      { label: t.day[lang], cell: row => dayOf(row, lang) },
      { label: t.space[lang], cell: row => siteOf(row, sites) },
      { label: t.evidence[lang], cell: row => ('erased' in row.content ? '' : row.content.evidence) },
      { label: t.kilometres[lang], numeric: true, cell: row => show.km(row.avoided_m, lang) },
      { label: t.proof[lang], cell: row => <a href={`/log/proof/${row.leaf}`}>{row.leaf.slice(0, 12)}</a> },
    ]}
  />
);

/** The other pages of the lines, when they do not fit on one. */
export const LinePages = ({ view: { claim, lines }, lang }: RowsProps) => {
  const all = claim.row.result.lines;
  const base = `/programmes/demandes/${claim.row.claimId}`;
  const [first, last] = [lines[0], lines.at(-1)];
  return (
    <Cluster>
      {first && first.seq !== all[0] && (
        <ButtonLink kind="secondary" href={`${base}#lignes`}>
          {t.first[lang]}
        </ButtonLink>
      )}
      {last && last.seq !== all.at(-1) && (
        <ButtonLink kind="secondary" href={`${base}?apres=${last.seq}#lignes`}>
          {t.next[lang]}
        </ButtonLink>
      )}
    </Cluster>
  );
};

/** Who read the claim's lines or took its dossier, a line a person and day, the latest first. */
export const Readings = ({ view: { readings, readers }, lang }: { view: ClaimView; lang: Lang }) => {
  const dayRead = (one: Reading) => localDay(one.readAt, 'Europe/Paris');
  const groups = groupBy(readings, one => `${dayRead(one)} ${one.personId} ${one.what}`);
  return (
    <Section title={t.readings[lang]} lead={t.readingsLead[lang]}>
      <DataTable
        caption={t.readings[lang]}
        captionHidden
        rows={[...groups.values()]}
        columns={[
          { label: t.reader[lang], cell: ([one]) => readers.get(one!.personId) ?? one!.personId },
          { label: t.what[lang], cell: ([one]) => (one!.what === 'dossier' ? t.dossier : t.lines)[lang] },
          { label: t.date[lang], cell: ([one]) => show.date(dayRead(one!), lang) },
          { label: t.times[lang], numeric: true, cell: group => show.count(group.length, lang) },
        ]}
      />
    </Section>
  );
};
