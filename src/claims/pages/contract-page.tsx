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
import { isOver } from '../life.ts';
import type { ContractView } from '../routes/views.ts';
import { termText } from '../terms.ts';
import { texts as t } from '../texts.ts';
import { ClaimTable, Frame, type Said, schemesPlace, Wording } from './parts.tsx';

type Props = Said & { readonly view: ContractView };

/** The parameters that a contract must fill, as the energy method names them. */
const asked = () => families().find(({ version }) => version.method === 'cee-relais-edf')?.parameters ?? [];

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const Terms = ({ view: { contract }, lang }: { view: ContractView; lang: Lang }) => {
  const terms = contract.terms as { readonly [name: string]: unknown };
  return (
    <Section title={t.terms[lang]} lead={t.termsLead[lang]}>
      <DataTable
        caption={t.terms[lang]}
        captionHidden
        rows={asked()}
        columns={[
          { label: t.term[lang], cell: one => capital(one.label[lang]) },
          {
            label: t.value[lang],
            cell: one => termText(one.symbol, terms, lang) ?? <Tag>{t.notSaid[lang]}</Tag>,
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
  const waiting = view.open.reduce((sum, one) => sum + one.lines, 0);
  const busy = view.claims.some(one => !isOver(one.state));
  return (
    <Frame said={props} title={contract.label} lead={nameOf(contract.obligatedPartyId)} above={[schemesPlace(lang)]}>
      {fictitious && <Notice>{t.fictitiousContract[lang]}</Notice>}
      {holds(visit.actor, 'network_operator') && (
        <Section
          title={t.sealClaim[lang]}
          lead={(busy ? t.sealBusy : waiting === 0 ? t.sealNothing : t.sealLead)[lang]}
        >
          {!busy && waiting > 0 && (
            <Form action={`/programmes/contrats/${contract.contractId}`} requestId={facts.requestId}>
              <Button>{`${t.sealOf[lang]} ${show.count(waiting, lang)} ${t.daysWaiting[lang]}`}</Button>
            </Form>
          )}
        </Section>
      )}
      <Section title={t.claims[lang]}>
        <ClaimTable rows={view.claims} nameOf={nameOf} lang={lang} />
      </Section>
      <Offers offers={view.offers} nameOf={nameOf} lang={lang} />
      <Terms view={view} lang={lang} />
      <Section title={t.wording[lang]}>
        {contract.statementText ? <Wording text={contract.statementText} /> : <p>{t.noWording[lang]}</p>}
      </Section>
    </Frame>
  );
}
