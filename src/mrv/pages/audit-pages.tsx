import { both, type Lang, show } from '../../kernel/bilingual.ts';
import { floor } from '../../kernel/rational.ts';
import { type Day, instant, isBefore, localDay } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import { type LogKey, statusOf } from '../../notary/notary.ts';
import { Cluster, PageHead, Prose, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Breadcrumb } from '../../ui/breadcrumb/breadcrumb.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { type Batch, exact } from '../batch.ts';
import { dossierName } from '../dossier.ts';
import { type AuditDesk, type BatchLines, pageLength } from '../mrv.ts';
import { pageWords, reasonWords, auditWords as t } from '../words.ts';

const mass = (mg: string, lang: Lang): string => show.co2(floor(exact(mg)), lang);

const Unofficial = ({ visit: { lang, network } }: { visit: Visit }) =>
  network.profile === 'demo' ? (
    <Notice kind="warning" title={pageWords.unofficial[lang]}>
      {pageWords.unofficialDetail[lang]}
    </Notice>
  ) : null;

/** When a key's word stopped counting, or null while it signs; and whether what a batch says under it still counts. */
function standingOf(key: LogKey, batch: Batch) {
  const since = key.revokedSince ?? key.until;
  const proves = key.revokedSince === null || isBefore(instant(batch.closed_at), key.revokedSince);
  if (since === null) return { words: t.keyNow, tone: 'good', proves } as const;
  const day = both(lang => show.date(localDay(since, 'Europe/Paris'), lang));
  const words = statusOf(key) === 'revoked' ? t.keyRevoked(day) : t.keyRetired(day);
  return { words, tone: proves ? 'plain' : 'bad', proves } as const;
}

/** The key in full, how it stands today, and what that means for this batch. */
const BatchKey = ({ page: { key, batch }, lang }: { page: BatchLines; lang: Lang }) => {
  const { words, tone, proves } = standingOf(key, batch);
  const meaning = proves ? t.keyStillProves : t.keyProvesNothing;
  return (
    <Stack gap="tight">
      <code>{key.vkey}</code>
      <Cluster>
        <Tag tone={tone}>{words[lang]}</Tag>
        {tone !== 'good' && <span>{meaning[lang]}</span>}
      </Cluster>
    </Stack>
  );
};

const Command = ({ batch, vkey, lang }: { batch: Batch | undefined; vkey: string; lang: Lang }) => (
  <Section title={t.verify[lang]} lead={t.verifyLead[lang]}>
    <Prose>
      <pre>
        <code>{`node verifier/verify.mjs ${batch ? dossierName({ kind: 'month', period: batch.month, id: batch.id }) : 'dossier.zip'} --key "${vkey}"`}</code>
      </pre>
      <p>{t.verifySource[lang]}</p>
    </Prose>
  </Section>
);

const Log = ({ desk: { log }, lang }: { desk: AuditDesk; lang: Lang }) =>
  log === null ? null : (
    <Section title={t.log[lang]} lead={t.logLead[lang]}>
      <DescriptionList
        items={[
          { term: t.size[lang], value: show.count(log.size, lang) },
          { term: t.key[lang], value: <code>{log.vkey}</code> },
          { term: t.checkpoint[lang], value: <a href="/log/checkpoint">/log/checkpoint</a> },
          { term: t.log[lang], value: <a href="/journal">/journal</a> },
        ]}
      />
    </Section>
  );

/** The auditor's desk: the sealed months, the log, and how to check all of it without us. */
export function AuditPage({ visit, desk }: { visit: Visit; desk: AuditDesk }) {
  const { lang } = visit;
  const { batches, log, keys } = desk;
  return (
    <Layout visit={visit} title={t.title[lang]}>
      <PageHead title={t.title[lang]} lead={t.lead[lang]} />
      <Stack gap="loose">
        <Unofficial visit={visit} />
        {batches.length === 0 ? (
          <EmptyState title={t.none[lang]}>{t.noneDetail[lang]}</EmptyState>
        ) : (
          <DataTable
            caption={t.closed[lang]}
            rows={batches}
            columns={[
              {
                label: pageWords.month[lang],
                cell: one => <a href={`/audit/lots/${one.id}`}>{show.month(one.month, lang)}</a>,
              },
              { label: t.batch[lang], cell: one => <code>{one.id.slice(0, 12)}</code> },
              { label: t.linesCount[lang], numeric: true, cell: one => show.count(one.lines, lang) },
              { label: t.credited[lang], numeric: true, cell: one => show.count(one.totals.credited, lang) },
              {
                label: pageWords.avoided[lang],
                numeric: true,
                cell: one => show.km(BigInt(one.totals.avoided_m), lang),
              },
              { label: pageWords.net[lang], numeric: true, cell: one => mass(one.totals.net_mg, lang) },
              {
                label: t.key[lang],
                cell: one => {
                  const { words, tone } = standingOf(keys.get(one.id)!, one);
                  return <Tag tone={tone}>{words[lang]}</Tag>;
                },
              },
              {
                label: t.dossier[lang],
                cell: one => (
                  <a
                    href={`/audit/lots/${one.id}/dossier.zip`}
                    aria-label={`${t.download[lang]}, ${show.month(one.month, lang)}`}
                    download
                  >
                    {t.download[lang]}
                  </a>
                ),
              },
            ]}
          />
        )}
        {log && <Command batch={batches[0]} vkey={keys.get(batches[0]?.id ?? '')?.vkey ?? log.vkey} lang={lang} />}
        <Log desk={desk} lang={lang} />
      </Stack>
    </Layout>
  );
}

type Row = BatchLines['lines'][number];

/** What a line shows of what it commits to; nothing once the person is erased. */
const told = ({ content }: Row): { day: Day; site: string; evidence: string } | null =>
  'erased' in content ? null : content;

/** A day on one line, or that there is nothing left to show. */
const dayShown = (row: Row, lang: Lang): string => {
  const line = told(row);
  return line ? show.date(line.day, lang).replaceAll(' ', '\u00a0') : t.erased[lang];
};

const Lines = ({ page, lang }: { page: BatchLines; lang: Lang }) => (
  <DataTable
    caption={t.lines[lang]}
    rows={page.lines}
    tall
    columns={[
      { label: t.seq[lang], cell: row => show.count(row.seq, lang) },
      { label: t.day[lang], cell: row => dayShown(row, lang) },
      { label: t.site[lang], cell: row => page.sites.get(told(row)?.site ?? '') ?? told(row)?.site ?? '' },
      { label: t.evidence[lang], cell: row => told(row)?.evidence ?? '' },
      { label: t.counted[lang], cell: row => reasonWords[row.reason][lang] },
      { label: t.metres[lang], numeric: true, cell: row => show.count(row.avoided_m, lang) },
      { label: t.milligrams[lang], numeric: true, cell: row => row.net_mg },
      { label: t.leaf[lang], cell: row => <a href={`/log/proof/${row.leaf}`}>{row.leaf.slice(0, 12)}</a> },
    ]}
  />
);

const Facts = ({ page, page: { batch, checkpoint }, lang }: { page: BatchLines; lang: Lang }) => (
  <DescriptionList
    items={[
      { term: t.batch[lang], value: <code>{batch.id}</code> },
      { term: t.linesCount[lang], value: show.count(batch.lines, lang) },
      { term: t.credited[lang], value: show.count(batch.totals.credited, lang) },
      { term: pageWords.avoided[lang], value: show.km(BigInt(batch.totals.avoided_m), lang) },
      { term: t.gross[lang], value: `${mass(batch.totals.gross_mg, lang)} CO₂e` },
      { term: pageWords.net[lang], value: `${mass(batch.totals.net_mg, lang)} CO₂e` },
      { term: t.waiting[lang], value: show.count(batch.waiting, lang) },
      { term: t.checkpoint[lang], value: <pre>{checkpoint.trim()}</pre> },
      { term: t.batchKey[lang], value: <BatchKey page={page} lang={lang} /> },
    ]}
  />
);

const Readings = ({ page: { readings, readers }, lang }: { page: BatchLines; lang: Lang }) => (
  <Section title={t.readings[lang]} lead={t.readingsLead[lang]}>
    <DataTable
      caption={t.readings[lang]}
      captionHidden
      rows={readings}
      columns={[
        { label: t.when[lang], cell: one => one.readAt.toString().slice(0, 16).replace('T', ' ') },
        { label: t.who[lang], cell: one => readers.get(one.personId) ?? <code>{one.personId}</code> },
        { label: t.what[lang], cell: one => (one.what === 'dossier' ? t.dossier : t.lines)[lang] },
      ]}
    />
  </Section>
);

/** One batch before an auditor: its facts, its lines without identity, who read them. */
export function AuditBatchPage({ visit, page }: { visit: Visit; page: BatchLines }) {
  const { lang } = visit;
  const { batch, lines } = page;
  const title = show.month(batch.month, lang);
  const last = lines.at(-1);
  return (
    <Layout visit={visit} title={title} wide>
      <PageHead
        above={<Breadcrumb places={[{ label: t.title[lang], href: '/audit' }, { label: title }]} />}
        title={`${t.batchOf[lang]} ${title}`}
        actions={
          <ButtonLink href={`/audit/lots/${batch.id}/dossier.zip`} download>
            {pageWords.dossier[lang]}
          </ButtonLink>
        }
      />
      <Stack gap="loose">
        <Unofficial visit={visit} />
        <Facts page={page} lang={lang} />
        <Section title={t.lines[lang]} lead={t.linesLead[lang]}>
          <Lines page={page} lang={lang} />
          <Cluster>
            <ButtonLink kind="secondary" href={`/audit/lots/${batch.id}`}>
              {t.firstLines[lang]}
            </ButtonLink>
            {last && lines.length === pageLength && (
              <ButtonLink kind="secondary" href={`/audit/lots/${batch.id}?apres=${last.seq}`}>
                {t.nextLines[lang]}
              </ButtonLink>
            )}
          </Cluster>
        </Section>
        <Command batch={batch} vkey={page.key.vkey} lang={lang} />
        <Readings page={page} lang={lang} />
      </Stack>
    </Layout>
  );
}
