import { type Lang, show } from '../../kernel/bilingual.ts';
import { holds } from '../../kernel/visit.ts';
import { Cluster, Section } from '../../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../../ui/button/button.tsx';
import { Form } from '../../ui/form/form.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Steps } from '../../ui/steps/steps.tsx';
import { answerSpec, claimStepSpec, findingSpec, sampleSpec } from '../acts.ts';
import type { Rerun } from '../claims.ts';
import { commandsFrom } from '../life.ts';
import type { Stage } from '../progress.ts';
import type { ClaimView } from '../routes/views.ts';
import { stageNames, texts as t, whoActs } from '../texts.ts';
import { commandNames, kindNames, periodText } from '../words.ts';
import {
  Answers,
  Employers,
  Figures,
  Life,
  LinePages,
  LineTable,
  Readings,
  Sample,
  type Ticking,
} from './claim-parts.tsx';
import { Act, ActSection, ClaimTag, Frame, mass, type Said, schemesPlace } from './parts.tsx';

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
      {`${show.count(back.lines, lang)} ${t.lines[lang].toLowerCase()}, ${mass(back.recognised_mg, lang)} CO₂e, ${show.count(back.units, lang)} t`}
    </Notice>
  );

const controlOpen = ({ claim: { state } }: ClaimView): boolean => state === 'sealed' || state === 'requested';

const mayAnswer = ({ visit, view: { claim } }: Props): boolean =>
  claim.row.kind === 'cee' &&
  claim.state === 'submitted' &&
  holds(visit.actor, 'obligated_party', claim.contract?.obligatedPartyId);

/** Where the visitor acts on a stage of theirs; null when it is not their turn. */
function placeOf(props: Props, { name, whose, state }: Stage): string | null {
  const { view, visit } = props;
  const due = state === 'current' || (name === 'control' && state === 'toDo' && controlOpen(view));
  if (!due || name === 'sign') return null;
  if (name === 'answer') return mayAnswer(props) ? '#lignes' : null;
  if (!holds(visit.actor, whose)) return null;
  if (name === 'control') return view.claim.sample === null ? '#echantillon' : '#constat';
  return `${base(props)}?faire=${name}#${name}`;
}

const StageDetail = ({ stage, href, lang }: { stage: Stage; href: string | null; lang: Lang }) => {
  const { whose, count, name, state } = stage;
  if (href !== null)
    return <ButtonLink href={href}>{`${t.yourTurn[lang]} : ${lowered(stageNames[name][lang])}`}</ButtonLink>;
  const told = count && `${show.count(count.done, lang)} ${t.outOf[lang]} ${show.count(count.of, lang)}`;
  return state === 'done' ? told : [whoActs[whose]?.[lang], told].filter(Boolean).join(', ');
};

const lowered = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** Where the claim stands, whose turn it is, and what the visitor may do about it. */
function Progress(props: Props) {
  const { view, visit, act } = props;
  const { lang } = visit;
  const { claim, takenBack, progress } = view;
  const operator = holds(visit.actor, 'network_operator');
  const steps = progress.map(stage => ({ stage, href: placeOf(props, stage) }));
  const open = commandsFrom(claim.row.kind, claim.state).filter(one => one !== 'take_back' || takenBack !== null);
  const shown = operator ? open.find(one => one === act) : undefined;
  const others = open.filter(one => !progress.some(({ name }) => name === one));
  return (
    <>
      {steps.length > 0 && (
        <Section title={t.where[lang]}>
          <Steps
            label={t.where[lang]}
            steps={steps.map(({ stage, href }) => ({
              title: stageNames[stage.name][lang],
              state: stage.state,
              detail: <StageDetail stage={stage} href={href} lang={lang} />,
            }))}
          />
        </Section>
      )}
      {shown && (
        <ActSection
          said={props}
          name={shown}
          spec={claimStepSpec(shown)}
          action={`${base(props)}/${shown}`}
          typed={{ happened_on: view.today }}
        />
      )}
      {operator && others.length > 0 && (
        <Section title={t.otherSteps[lang]}>
          <Cluster>
            {others.map(command => (
              <ButtonLink kind="secondary" href={`${base(props)}?faire=${command}#${command}`}>
                {commandNames[command][lang]}
              </ButtonLink>
            ))}
          </Cluster>
        </Section>
      )}
    </>
  );
}

/** Lines typed in the form that came back are ticked again. */
const tickedIn = ({ act, facts }: Props, name: string, seq: number): boolean =>
  act === name && (facts.typed['seqs'] ?? '').split(',').includes(String(seq));

/** The sample and its findings; the auditor draws, ticks and notes. */
function Control(props: Props) {
  const { view, visit, act } = props;
  const { lang } = visit;
  const { sample, row, findings } = view.claim;
  const open = holds(visit.actor, 'auditor') && controlOpen(view);
  const sound = new Map(findings.map(one => [one.seq, one.conforms]));
  const ticking: Ticking = {
    may: () => true,
    ticked: seq => (act === 'tout' && sound.get(seq) !== true) || tickedIn(props, 'constat', seq),
  };
  if (sample === null)
    return open && row.result.lines.length > 0 ? (
      <ActSection said={props} name="echantillon" spec={sampleSpec} action={`${base(props)}/echantillon`} />
    ) : null;
  if (!open)
    return (
      <Section title={t.control[lang]} lead={t.controlLead[lang]}>
        <Sample view={view} lang={lang} />
      </Section>
    );
  return (
    <Section id="constat" title={t.control[lang]} lead={findingSpec.lead[lang]}>
      <p>
        <a href={`${base(props)}?faire=tout#constat`}>{t.tickAll[lang]}</a>
      </p>
      <Act said={props} name="constat" spec={findingSpec} action={`${base(props)}/constat`}>
        <Sample view={view} lang={lang} ticking={ticking} />
      </Act>
    </Section>
  );
}

/** Line by line, what the obligated party says; it accepts here all that it has not refused. */
function Answering(props: Props) {
  const { view, visit, facts } = props;
  const { lang } = visit;
  const { state, row } = view.claim;
  if (row.kind !== 'cee' || state === 'sealed' || state === 'withdrawn') return null;
  return (
    <Section title={t.answers[lang]}>
      <Answers claim={view.claim} lang={lang} />
      {mayAnswer(props) && (
        <Form action={`${base(props)}/acceptation`} requestId={facts.requestId}>
          <Button>{t.acceptRest[lang]}</Button>
        </Form>
      )}
    </Section>
  );
}

/** The sealed lines, page by page; the obligated party ticks there those that it refuses. */
function Lines(props: Props) {
  const { view, visit } = props;
  const { lang } = visit;
  const answered = new Set(view.claim.answers.map(one => one.seq));
  const ticking: Ticking = { may: seq => !answered.has(seq), ticked: seq => tickedIn(props, 'refus', seq) };
  return (
    <Section id="lignes" title={t.lines[lang]} lead={mayAnswer(props) ? answerSpec.lead[lang] : t.linesLead[lang]}>
      {mayAnswer(props) ? (
        <Act said={props} name="refus" spec={answerSpec} action={`${base(props)}/refus`}>
          <LineTable view={view} lang={lang} ticking={ticking} />
        </Act>
      ) : (
        <LineTable view={view} lang={lang} />
      )}
      <LinePages view={view} lang={lang} />
    </Section>
  );
}

const Downloads = (props: Props) => (
  <Cluster>
    <ButtonLink kind="secondary" href={`${base(props)}/dossier.zip`} download>
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
      {fictitious && <Notice>{t.fictitiousContract[lang]}</Notice>}
      <TakenBack view={view} lang={lang} />
      <Section title={t.figures[lang]} lead={result === row.result ? undefined : t.grantedLead[lang]}>
        <Figures result={result} lang={lang} />
      </Section>
      <Progress {...props} />
      {result.kind === 'cee' && <Employers claim={claim} result={result} nameOf={nameOf} lang={lang} />}
      <Answering {...props} />
      <Control {...props} />
      <Lines {...props} />
      <Life claim={claim} lang={lang} />
      {!holds(visit.actor, 'obligated_party') && <Readings view={view} lang={lang} />}
    </Frame>
  );
}
