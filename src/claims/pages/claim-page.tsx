import { type Lang, show } from '../../kernel/bilingual.ts';
import { holds } from '../../kernel/visit.ts';
import { Cluster, Section } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { Form } from '../../ui/form/form.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { answerSpec, claimStepSpec, findingSpec, sampleSpec } from '../acts.ts';
import type { Rerun } from '../claims.ts';
import { commandsFrom } from '../life.ts';
import type { ClaimView } from '../routes/views.ts';
import { texts as t } from '../texts.ts';
import { commandNames, kindNames, periodText } from '../words.ts';
import { Answers, Employers, Figures, Life, Lines, Readings, Sample } from './claim-parts.tsx';
import { ActSection, ClaimTag, Frame, mass, type Said, schemesPlace } from './parts.tsx';

type Props = Said & { readonly view: ClaimView; readonly again: Rerun | null };

const base = ({ view }: Props): string => `/programmes/demandes/${view.claim.row.claimId}`;

const Again = ({ again, lang }: { again: Rerun; lang: Lang }) => {
  const differs = again.same === false || again.differing.length > 0;
  if (differs) return <Notice kind="warning" live title={t.rerunOther[lang]} />;
  return <Notice kind="success" live title={(again.same === null ? t.rerunErased : t.rerunSame)[lang]} />;
};

/** What proved false since units were issued, and how much of it has to be given back. */
const TakenBack = ({ view: { takenBack: back }, lang }: { view: ClaimView; lang: Lang }) =>
  back === null ? null : (
    <Notice kind="warning" title={t.takenBack[lang]}>
      {`${show.count(back.lines, lang)} ${t.lines[lang].toLowerCase()}, ${mass(back.recognised_mg, lang)} CO2e, ${show.count(back.units, lang)} t`}
    </Notice>
  );

/** Steps that the operator may take from here, each form on demand. */
function Steps(props: Props) {
  const { view, visit, act } = props;
  const { lang } = visit;
  const { claim, takenBack } = view;
  const next = commandsFrom(claim.row.kind, claim.state).filter(one => one !== 'take_back' || takenBack !== null);
  const shown = next.find(one => one === act);
  if (next.length === 0) return null;
  return (
    <>
      <Section title={t.nextStep[lang]}>
        <Cluster>
          {next.map(command => (
            <ButtonLink kind="secondary" href={`${base(props)}?faire=${command}#${command}`}>
              {commandNames[command][lang]}
            </ButtonLink>
          ))}
        </Cluster>
      </Section>
      {shown && <ActSection said={props} name={shown} spec={claimStepSpec(shown)} action={`${base(props)}/${shown}`} />}
    </>
  );
}

/** The sample and its findings; the auditor draws and notes. */
function Control(props: Props) {
  const { view, visit } = props;
  const { lang } = visit;
  const { sample, row, state } = view.claim;
  const open = holds(visit.actor, 'auditor') && (state === 'sealed' || state === 'requested');
  const drawn = (sample?.seqs ?? []).map(seq => ({ value: String(seq), label: show.count(seq, lang) }));
  return (
    <>
      <Section title={t.control[lang]} lead={t.controlLead[lang]}>
        <Sample claim={view.claim} lang={lang} />
      </Section>
      {open && sample === null && row.result.lines.length > 0 && (
        <ActSection said={props} name="echantillon" spec={sampleSpec} action={`${base(props)}/echantillon`} />
      )}
      {open && sample !== null && (
        <ActSection
          said={props}
          name="constat"
          spec={findingSpec}
          action={`${base(props)}/constat`}
          choices={{ seq: drawn }}
        />
      )}
    </>
  );
}

/** Line by line, what the obligated party says; it answers here. */
function Answering(props: Props) {
  const { view, visit, facts } = props;
  const { lang } = visit;
  const { contract, state, row } = view.claim;
  if (row.kind !== 'cee' || state === 'sealed' || state === 'withdrawn') return null;
  const answers = state === 'submitted' && holds(visit.actor, 'obligated_party', contract?.obligatedPartyId);
  return (
    <>
      <Section title={t.answers[lang]}>
        <Answers claim={view.claim} lang={lang} />
        {answers && (
          <Form action={`${base(props)}/acceptation`} requestId={facts.requestId}>
            <Button>{t.acceptRest[lang]}</Button>
          </Form>
        )}
      </Section>
      {answers && <ActSection said={props} name="refus" spec={answerSpec} action={`${base(props)}/refus`} />}
    </>
  );
}

const Downloads = (props: Props) => (
  <Cluster>
    <ButtonLink href={`${base(props)}/dossier.zip`} download>
      {t.dossier[props.visit.lang]}
    </ButtonLink>
    <ButtonLink kind="secondary" href={`${base(props)}?recalcul=oui`}>
      {t.rerun[props.visit.lang]}
    </ButtonLink>
  </Cluster>
);

/** One claim for its three readers: operator, auditor and, once it was sent, the obligated party. */
export function ClaimPage(props: Props) {
  const { view, visit, again } = props;
  const { lang } = visit;
  const { claim, nameOf } = view;
  const { row, result, state } = claim;
  const fictitious = row.result.kind === 'cee' && row.result.fictitious;
  const lead = (
    <>
      {kindNames[row.kind][lang]}, {nameOf(row.claimant)} <ClaimTag state={state} lang={lang} />
    </>
  );
  return (
    <Frame
      said={props}
      title={`${t.claim[lang]}, ${periodText(row.period, lang)}`}
      lead={lead}
      above={[schemesPlace(lang)]}
      actions={<Downloads {...props} />}
    >
      {again && <Again again={again} lang={lang} />}
      {fictitious && <Notice kind="warning">{t.fictitiousContract[lang]}</Notice>}
      <TakenBack view={view} lang={lang} />
      <Section title={t.figures[lang]} lead={result === row.result ? undefined : t.grantedLead[lang]}>
        <Figures result={result} lang={lang} />
      </Section>
      {holds(visit.actor, 'network_operator') && <Steps {...props} />}
      {result.kind === 'cee' && <Employers claim={claim} result={result} nameOf={nameOf} lang={lang} />}
      <Answering {...props} />
      <Control {...props} />
      <Life claim={claim} lang={lang} />
      <Lines view={view} lang={lang} />
      {!holds(visit.actor, 'obligated_party') && <Readings view={view} lang={lang} />}
    </Frame>
  );
}
