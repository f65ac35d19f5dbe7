import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Visit } from '../../kernel/visit.ts';
import { Cluster, PageHead, Section, Split, Stack } from '../../ui/arrange/arrange.tsx';
import { ButtonLink } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Seal, type SealTone } from '../../ui/seal/seal.tsx';
import { purposeNames, reasonNames } from '../acts.ts';
import type { Certificate, CertificatePart } from '../certificate.ts';
import { countOf, serialShort, serialText } from '../serial.ts';
import type { CertificateStatus } from '../status.ts';
import { numbersText, schemeNames, statusMeanings, statusNames, texts as t, unitsText, wordingFor } from '../texts.ts';
import { dayOf, StateTag, WhereChart } from './parts.tsx';

const tones: Readonly<Record<CertificateStatus, SealTone>> = {
  valid: 'good',
  retired: 'good',
  amended: 'pending',
  revoked: 'bad',
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

interface Props {
  readonly visit: Visit;
  readonly certificate: Certificate;
}

/** Whose they are or were used for; a name that is not public is said to be so. */
const nameOf = ({ end, holder }: CertificatePart, lang: Lang): string => end?.beneficiary ?? holder ?? t.unnamed[lang];

function detailOf({ end }: CertificatePart, lang: Lang): string {
  if (end?.purpose) return [purposeNames[end.purpose][lang], end.year, end.mention].filter(Boolean).join(', ');
  if (end?.reason) return reasonNames[end.reason][lang];
  return end?.register ? `${end.register}, ${end.reference}` : '';
}

const Parts = ({ visit: { lang }, certificate: { parts } }: Props) => (
  <Section title={t.parts[lang]}>
    {parts.length > 1 && <WhereChart open={parts.map(({ range, state }) => ({ ...range, state }))} lang={lang} />}
    <DataTable
      caption={t.parts[lang]}
      captionHidden
      tall
      rows={parts}
      columns={[
        {
          label: t.numbers[lang],
          cell: one => <a href={`/certificats/${serialText(one.range)}`}>{numbersText(one.range, lang)}</a>,
        },
        { label: t.units[lang], numeric: true, cell: one => show.count(countOf(one.range), lang) },
        { label: t.state[lang], cell: one => <StateTag state={one.state} lang={lang} /> },
        { label: t.since[lang], cell: one => dayOf(one.since, lang) },
        { label: t.inName[lang], cell: one => nameOf(one, lang) },
        { label: t.details[lang], cell: one => detailOf(one, lang) },
      ]}
    />
  </Section>
);

/** Sentences for the parts of a carbon certificate that were used; energy savings have none. */
function Wording({ visit: { lang }, certificate: { range, parts } }: Props) {
  if (range.scheme !== 'lbc') return null;
  const used = parts.flatMap(({ end, range: one }) =>
    end?.purpose && end.year !== null ? [wordingFor[end.purpose](countOf(one), end.year)[lang]] : [],
  );
  return (
    <Section title={t.sayTitle[lang]} lead={used.length > 0 ? t.sayLead[lang] : t.sayNothing[lang]}>
      <Stack gap="tight">
        {[...new Set(used)].map(sentence => (
          <blockquote>{sentence}</blockquote>
        ))}
        <p>{t.sayNever[lang]}</p>
      </Stack>
    </Section>
  );
}

const Facts = ({ visit: { lang }, certificate: one }: Props) => (
  <DescriptionList
    items={[
      { term: t.stateReference[lang], value: one.references.join(', ') || t.noStateNumber[lang] },
      { term: t.scheme[lang], value: schemeNames[one.range.scheme][lang] },
      { term: t.fullSerial[lang], value: <code>{serialText(one.range)}</code> },
      { term: t.vintage[lang], value: String(one.range.vintage) },
      { term: t.units[lang], value: show.count(countOf(one.range), lang) },
      { term: t.issuedOn[lang], value: dayOf(one.issuedAt, lang) },
      { term: t.batch[lang], value: <code>{one.batchId.slice(0, 12)}</code> },
    ]}
  />
);

const Check = ({ visit: { lang } }: Props) => (
  <Section title={t.check[lang]} lead={t.checkLead[lang]}>
    <Cluster>
      <ButtonLink kind="secondary" href="/certificats/statuts">
        {t.statusList[lang]}
      </ButtonLink>
      <ButtonLink kind="quiet" href="/log/vkey">
        {t.logKey[lang]}
      </ButtonLink>
      <ButtonLink kind="quiet" href="/methode">
        {t.counted[lang]}
      </ButtonLink>
    </Cluster>
  </Section>
);

/** What anyone may read of a run of units: its status first, then each part, and what may be said of it. */
export function CertificatePage(props: Props) {
  const { visit, certificate: one } = props;
  const { lang } = visit;
  const serial = serialShort(one.range);
  return (
    <Layout visit={visit} title={serial} description={`${serial} : ${statusNames[one.status][lang]}`}>
      <PageHead title={t.subLedger[lang]} lead={t.subLedgerNote[lang]} />
      <Stack gap="loose">
        <Seal
          tone={tones[one.status]}
          name={serial}
          state={capital(statusNames[one.status][lang])}
          lines={[
            statusMeanings[one.status][lang],
            `${unitsText(countOf(one.range), lang)}, ${t.since[lang].toLowerCase()} ${dayOf(one.since, lang)}`,
          ]}
        />
        {one.flag && (
          <Notice kind="warning" title={t.flagged[lang]}>
            {t.flaggedDetail(one.flag.owed, one.flag.met)[lang]}
          </Notice>
        )}
        <Parts {...props} />
        <Split aside={<Facts {...props} />}>
          <Stack gap="loose">
            <Wording {...props} />
            <Check {...props} />
          </Stack>
        </Split>
      </Stack>
    </Layout>
  );
}
