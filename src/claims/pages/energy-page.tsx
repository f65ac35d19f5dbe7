import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Contract } from '../../schemes/schemes.ts';
import { Section } from '../../ui/arrange/arrange.tsx';
import { DescriptionList } from '../../ui/description-list/description-list.tsx';
import { EmptyState } from '../../ui/empty-state/empty-state.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import { acceptSpec, signSpec } from '../acts.ts';
import type { StatementAsked } from '../claims.ts';
import type { EnergyView } from '../routes/views.ts';
import { texts as t } from '../texts.ts';
import { periodText } from '../words.ts';
import { Act, daysShown, Frame, type Said, Wording } from './parts.tsx';

type Props = Said & { readonly view: EnergyView };

function Offer({ contract, ...props }: Props & { contract: Contract }) {
  const { view, visit } = props;
  const { lang } = visit;
  const accepted = view.offers.find(one => one.contractId === contract.contractId);
  return (
    <Section title={`${t.offer[lang]} ${contract.label}`}>
      <DescriptionList
        items={[
          { term: t.party[lang], value: view.nameOf(contract.obligatedPartyId) },
          { term: t.inForce[lang], value: `${t.from[lang]} ${show.date(contract.validFrom, lang)}` },
          { term: t.countsFrom[lang], value: accepted && show.date(accepted.from, lang) },
          { term: t.signatory[lang], value: accepted?.signatory },
        ]}
      />
      {(contract.terms as { readonly fictitious?: boolean }).fictitious === true && (
        <Notice>{t.fictitiousContract[lang]}</Notice>
      )}
      {view.offers.length === 0 && (
        <>
          <p>{acceptSpec.lead[lang]}</p>
          <Act
            said={props}
            name={contract.contractId}
            spec={acceptSpec}
            action={`/employeur/energie/contrats/${contract.contractId}`}
            hidden={{ employer_id: view.employer.organisationId }}
          />
        </>
      )}
    </Section>
  );
}

const Figures = ({ asked: { employer: one }, lang }: { asked: StatementAsked; lang: Lang }) => (
  <DescriptionList
    items={[
      { term: t.days[lang], value: daysShown(one.days, lang) },
      { term: t.kilometres[lang], value: show.km(BigInt(one.avoided_m), lang) },
      { term: t.rent[lang], value: show.euros(BigInt(one.rent_eur_cents), lang) },
      { term: t.incentive[lang], value: show.euros(BigInt(one.incentive_eur_cents), lang) },
      { term: t.residual[lang], value: show.euros(BigInt(one.residual_cost_eur_cents), lang) },
    ]}
  />
);

function Statement({ asked, ...props }: Props & { asked: StatementAsked }) {
  const { view, visit } = props;
  const { lang } = visit;
  const { contract, signed, claimId } = asked;
  const open = signed === null && asked.state === 'sealed' && contract.statementText !== null;
  return (
    <Section
      title={`${t.statement[lang]}, ${periodText(asked.period, lang)}`}
      actions={<Tag tone={signed ? 'good' : 'pending'}>{(signed ? t.signed : t.notSigned)[lang]}</Tag>}
    >
      <Figures asked={asked} lang={lang} />
      {open && (
        <>
          <p>{t.wordForWord[lang]}</p>
          <Wording text={contract.statementText ?? ''} />
          <Act
            said={props}
            name={claimId}
            spec={signSpec}
            action={`/employeur/energie/demandes/${claimId}`}
            hidden={{ employer_id: view.employer.organisationId, text: contract.statementText! }}
          />
        </>
      )}
    </Section>
  );
}

/** What an employer may accept, and what it is asked to sign: figures of its own, and no line. */
export function EnergyPage(props: Props) {
  const { view, visit } = props;
  const { lang } = visit;
  return (
    <Frame
      said={props}
      title={t.mine[lang]}
      lead={t.mineLead[lang]}
      above={[{ label: view.employer.name, href: '/employeur' }]}
    >
      {view.statements.map(asked => (
        <Statement {...props} asked={asked} />
      ))}
      {view.contracts.map(contract => (
        <Offer {...props} contract={contract} />
      ))}
      {view.contracts.length === 0 && <EmptyState title={t.noOfferYet[lang]} />}
    </Frame>
  );
}
