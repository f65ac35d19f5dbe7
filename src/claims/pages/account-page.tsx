import { type Lang, show } from '../../kernel/bilingual.ts';
import { holds } from '../../kernel/visit.ts';
import { reasonWords, schemeWords } from '../../mrv/mrv.ts';
import { Cluster, Section } from '../../ui/arrange/arrange.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Stat, Stats } from '../../ui/stat/stat.tsx';
import { reallocationSpec } from '../acts.ts';
import { releasesAll } from '../life.ts';
import type { AccountView } from '../routes/views.ts';
import { texts as t } from '../texts.ts';
import { ActSection, ClaimTag, Frame, mass, type Said } from './parts.tsx';

type Props = Said & { readonly view: AccountView };
type Line = AccountView['lines'][number];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** No claim holds the line: its scheme may still change. */
const isFree = ({ seq }: Line, { claimed }: AccountView): boolean => {
  const state = claimed.get(seq);
  return state === undefined || releasesAll.has(state);
};

/** The line that stands: the last one that nothing takes back. */
const standingOf = (lines: AccountView['lines']): Line | undefined => {
  const undone = new Set(lines.flatMap(one => (one.reverses === null ? [] : [one.reverses.seq])));
  return lines.findLast(one => one.reverses === null && !undone.has(one.seq));
};

const Standing = ({ line, view: { nameOf, claimed }, lang }: { line: Line; view: AccountView; lang: Lang }) => {
  const state = claimed.get(line.seq);
  return (
    <>
      <Stats>
        <Stat large value={show.km(line.avoided_m, lang)} label={t.avoided[lang]} howHref="/methode" />
        <Stat value={mass(line.net_mg, lang)} label={t.net[lang]} />
      </Stats>
      <p>
        {line.claimant === ''
          ? reasonWords[line.reason][lang]
          : `${schemeWords[line.scheme][lang]}, ${nameOf(line.claimant)}`}{' '}
        {state && <ClaimTag state={state} lang={lang} />}
      </p>
    </>
  );
};

const Lines = ({ view: { lines }, lang }: { view: AccountView; lang: Lang }) => (
  <Section title={t.sealedLines[lang]} lead={t.sealedLinesLead[lang]}>
    <DataTable
      caption={t.sealedLines[lang]}
      captionHidden
      rows={lines}
      columns={[
        { label: t.sealedIn[lang], cell: one => show.month(one.month, lang) },
        { label: t.scheme[lang], cell: one => schemeWords[one.scheme][lang] },
        { label: t.event[lang], cell: one => reasonWords[one.reason][lang] },
        { label: t.kilometres[lang], numeric: true, cell: one => show.km(one.avoided_m, lang) },
        { label: t.co2[lang], numeric: true, cell: one => mass(one.net_mg, lang) },
        { label: t.proof[lang], cell: one => <a href={`/log/proof/${one.leaf}`}>{one.leaf.slice(0, 12)}</a> },
      ]}
    />
  </Section>
);

/** What one day was counted for: whom it serves, how much, and the sealed lines that say so. */
export function AccountPage(props: Props) {
  const { view, visit } = props;
  const { lang } = visit;
  const { attestation, lines, waiting, claimants, nameOf } = view;
  const [operator, id] = [holds(visit.actor, 'network_operator'), attestation.attestationId];
  const day = capital(show.day(attestation.day, lang));
  const up = operator ? { label: day, href: `/anomalies/${id}` } : { label: day, href: `/mes-presences/${id}` };
  const line = standingOf(lines);
  const none = { value: 'none', label: schemeWords.none[lang] };
  return (
    <Frame said={props} title={t.account[lang]} lead={day} above={[up]}>
      {lines.length === 0 && <EmptyState title={t.notSealedYet[lang]}>{t.notSealedYetLead[lang]}</EmptyState>}
      {line && <Standing line={line} view={view} lang={lang} />}
      {waiting.map(one => (
        <Notice kind="pending" title={t.changeWaits[lang]}>
          {`${one.claimant === '' ? schemeWords.none[lang] : nameOf(one.claimant)} : ${one.reason}`}
        </Notice>
      ))}
      {lines.length > 0 && <Lines view={view} lang={lang} />}
      {operator && line?.reason === 'credited' && isFree(line, view) && (
        <ActSection
          said={props}
          name="dispositif"
          spec={reallocationSpec}
          action={`/mes-presences/${id}/compte/dispositif`}
          choices={{ claimant: [...claimants.filter(one => !one.value.endsWith(line.claimant)), none] }}
        />
      )}
      {!operator && (
        <Cluster>
          <ButtonLink kind="secondary" href={`/mes-trajets/${id}`}>
            {t.howCounted[lang]}
          </ButtonLink>
        </Cluster>
      )}
    </Frame>
  );
}
