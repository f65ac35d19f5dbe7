import { type Lang, show } from '../../kernel/bilingual.ts';
import { holds } from '../../kernel/visit.ts';
import { families } from '../../method/method.ts';
import type { Offer } from '../../schemes/schemes.ts';
import { Section } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { Form } from '../../ui/form/form.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { ContractView } from '../routes/views.ts';
import { texts as t } from '../texts.ts';
import { ClaimTable, Frame, type Said, schemesPlace } from './parts.tsx';

type Props = Said & { readonly view: ContractView };

const textOf = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(textOf).join(', ');
  if (value === null) return '–';
  return typeof value === 'object'
    ? Object.values(value as object)
        .map(textOf)
        .join(' ')
    : String(value);
};

/** The parameters that a contract must fill, as the energy method names them. */
const asked = () => families().find(({ version }) => version.method === 'cee-relais-edf')?.parameters ?? [];

const Terms = ({ view: { contract }, lang }: { view: ContractView; lang: Lang }) => {
  const terms = contract.terms as { readonly [name: string]: unknown };
  const rows = asked().map(({ symbol, label }) => ({ label, value: terms[symbol] }));
  return (
    <Section title={t.terms[lang]}>
      <DataTable
        caption={t.terms[lang]}
        captionHidden
        rows={rows}
        columns={[
          { label: t.term[lang], cell: one => one.label[lang] },
          {
            label: t.value[lang],
            cell: one => (one.value === undefined ? <Tag tone="pending">{t.missing[lang]}</Tag> : textOf(one.value)),
          },
        ]}
      />
    </Section>
  );
};

const Offers = ({ offers, nameOf, lang }: Pick<ContractView, 'offers' | 'nameOf'> & { lang: Lang }) => (
  <Section title={t.offers[lang]}>
    <DataTable<Offer>
      caption={t.offers[lang]}
      captionHidden
      rows={offers}
      empty={t.noOffer[lang]}
      columns={[
        { label: t.employer[lang], cell: one => nameOf(one.employerId) },
        { label: t.signatory[lang], cell: one => one.signatory },
        { label: t.countsFrom[lang], cell: one => show.date(one.from, lang) },
        { label: t.countsUntil[lang], cell: one => (one.until ? show.date(one.until, lang) : '–') },
      ]}
    />
  </Section>
);

/** One contract version: its terms, its wording, who accepted it, what was claimed under it. */
export function ContractPage(props: Props) {
  const { view, visit, facts } = props;
  const { lang } = visit;
  const { contract, nameOf } = view;
  const fictitious = (contract.terms as { readonly fictitious?: boolean }).fictitious === true;
  return (
    <Frame said={props} title={contract.label} lead={nameOf(contract.obligatedPartyId)} above={[schemesPlace(lang)]}>
      {fictitious && <Notice kind="warning">{t.fictitiousContract[lang]}</Notice>}
      <Section title={t.claims[lang]}>
        <ClaimTable rows={view.claims} nameOf={nameOf} lang={lang} />
      </Section>
      {holds(visit.actor, 'network_operator') && (
        <Section title={t.sealClaim[lang]} lead={t.sealLead[lang]}>
          <Form action={`/programmes/contrats/${contract.contractId}`} requestId={facts.requestId}>
            <Button>{t.sealClaim[lang]}</Button>
          </Form>
        </Section>
      )}
      <Offers offers={view.offers} nameOf={nameOf} lang={lang} />
      <Terms view={view} lang={lang} />
      <Section title={t.wording[lang]}>
        {contract.statementText ? <blockquote>{contract.statementText}</blockquote> : <p>{t.noWording[lang]}</p>}
      </Section>
    </Frame>
  );
}
