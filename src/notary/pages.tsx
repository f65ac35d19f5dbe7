import { type Lang, show } from '../kernel/bilingual.ts';
import type { Refusal } from '../kernel/outcome.ts';
import { type Instant, localDay, secondsBetween } from '../kernel/time.ts';
import { holds, type Visit } from '../kernel/visit.ts';
import { PageHead, Prose, Section, Stack } from '../ui/arrange/arrange.tsx';
import { Button, ButtonLink } from '../ui/button/button.tsx';
import { DataTable } from '../ui/data-table/data-table.tsx';
import { DescriptionList } from '../ui/description-list/description-list.tsx';
import { EmptyState } from '../ui/empty-state/empty-state.tsx';
import { DateField, SelectField, TextField } from '../ui/form/field.tsx';
import { ErrorSummary, Form, type Problem, problemAt, problemsOf } from '../ui/form/form.tsx';
import { Layout } from '../ui/layout/layout.tsx';
import { Notice } from '../ui/notice/notice.tsx';
import { Stat, Stats } from '../ui/stat/stat.tsx';
import { Tag } from '../ui/tag/tag.tsx';
import { datedAt, type Journal, wordOf } from './journal.ts';
import { statusOf } from './keys.ts';
import { answers, statuses, texts } from './texts.ts';
import type { Witness, WitnessAsked } from './witnesses.ts';

/** The operator's clock; the log itself knows UTC only. */
const zone = 'Europe/Paris';
const moment = (at: Instant, lang: Lang): string => `${show.date(localDay(at, zone), lang)}, ${show.clock(at, zone)}`;

const day_s = 86_400;

/** `25 min`, `7 h 10`, then whole days: `45 jours`. */
const since = (at: Instant, now: Instant, lang: Lang): string => {
  const seconds = secondsBetween(at, now);
  if (seconds < 2 * day_s) return show.duration(seconds, lang);
  return texts.days(show.count(Math.floor(seconds / day_s), lang))[lang];
};

export interface Asking {
  /** One for each form of the page. */
  readonly requestIds: readonly [string, string, string];
  readonly refusal: Refusal | null;
  /** What was typed about a witness and could not be kept. */
  readonly typed: WitnessAsked | null;
  readonly done: boolean;
}

interface Part {
  readonly journal: Journal;
  readonly lang: Lang;
}

const Figures = ({ journal, lang }: Part) => (
  <Stats>
    <Stat value={show.count(journal.size, lang)} label={texts.entries[lang]} />
    <Stat value={since(journal.sealedAt, journal.now, lang)} label={texts.age[lang]} />
    <Stat value={since(datedAt(journal), journal.now, lang)} label={texts.dated[lang]} />
  </Stats>
);

const Latest = ({ journal, lang }: Part) => (
  <Section
    title={texts.latest[lang]}
    lead={texts.latestLead[lang]}
    actions={
      <ButtonLink href="/log/checkpoint" kind="secondary" small download>
        {texts.download[lang]}
      </ButtonLink>
    }
  >
    <Stack>
      <DescriptionList
        items={[
          { term: texts.sealedOn[lang], value: moment(journal.sealedAt, lang) },
          { term: texts.datedOn[lang], value: moment(datedAt(journal), lang) },
        ]}
      />
      <Prose>
        <pre>
          <code>{journal.checkpoint}</code>
        </pre>
        <p>
          {texts.consistency[lang]} : <code>/api/v1/log/consistency?old_size=1&size={journal.size}</code>
        </p>
      </Prose>
    </Stack>
  </Section>
);

const WitnessState = ({ answer, lang }: { answer: Witness['answer']; lang: Lang }) =>
  answer === null ? (
    <Tag tone="pending">{texts.notAsked[lang]}</Tag>
  ) : (
    <Tag tone={answers[answer].tone}>{answers[answer].label[lang]}</Tag>
  );

const Witnesses = ({ journal, lang }: Part) => {
  const lastWord = (witness: Witness) => {
    const word = wordOf(journal, witness);
    return word ? moment(word.signedAt, lang) : texts.never[lang];
  };
  const lastSize = (witness: Witness) => {
    const word = wordOf(journal, witness);
    return word ? show.count(word.size, lang) : '';
  };
  return (
    <Section id="temoins" title={texts.witnesses[lang]} lead={texts.witnessesLead[lang]}>
      {journal.witnesses.length === 0 ? (
        <Notice kind="warning" title={texts.noWitness[lang]}>
          {texts.noWitnessDetail[lang]}
        </Notice>
      ) : (
        <DataTable
          caption={texts.witnesses[lang]}
          captionHidden
          rows={journal.witnesses}
          columns={[
            { label: texts.witness[lang], cell: row => row.name },
            { label: texts.state[lang], cell: row => <WitnessState answer={row.answer} lang={lang} /> },
            { label: texts.lastWord[lang], cell: lastWord },
            { label: texts.atSize[lang], cell: lastSize, numeric: true },
            { label: texts.key[lang], cell: row => <code>{row.vkey}</code> },
          ]}
        />
      )}
    </Section>
  );
};

const Stamps = ({ journal, lang }: Part) => (
  <Section id="horodatages" title={texts.stamps[lang]} lead={texts.stampsLead[lang]}>
    <DataTable
      caption={texts.stamps[lang]}
      captionHidden
      rows={journal.stamps}
      empty={texts.noStamp[lang]}
      columns={[
        { label: texts.stampedOn[lang], cell: row => moment(row.stampedAt, lang) },
        { label: texts.authority[lang], cell: row => row.authority },
        {
          label: texts.stampedSize[lang],
          cell: row => <a href={`/log/checkpoint/${row.size}`}>{show.count(row.size, lang)}</a>,
          numeric: true,
        },
        { label: texts.proof[lang], cell: row => <a href={`/log/timestamp/${row.size}`}>{`${row.size}.tst`}</a> },
      ]}
    />
  </Section>
);

const Keys = ({ journal, lang }: Part) => (
  <Section
    id="cles"
    title={texts.keys[lang]}
    lead={texts.keysLead[lang]}
    actions={<a href="/log/keys">{texts.keyList[lang]}</a>}
  >
    <DataTable
      caption={texts.keys[lang]}
      captionHidden
      rows={[...journal.keys].reverse()}
      columns={[
        { label: texts.generation[lang], cell: row => row.generation },
        {
          label: texts.state[lang],
          cell: row => (
            <Tag tone={statuses[statusOf(row)].tone}>
              {[statuses[statusOf(row)].label[lang], row.revokedSince && moment(row.revokedSince, lang)]
                .filter(Boolean)
                .join(' · ')}
            </Tag>
          ),
        },
        { label: texts.from[lang], cell: row => moment(row.from, lang) },
        { label: texts.until[lang], cell: row => row.until && moment(row.until, lang) },
        { label: texts.key[lang], cell: row => <code>{row.vkey}</code> },
      ]}
    />
  </Section>
);

const AddWitness = ({ asking, problems, lang }: { asking: Asking; problems: readonly Problem[]; lang: Lang }) => (
  <Form action="/journal/temoins" requestId={asking.requestIds[0]} label={texts.addWitness[lang]}>
    <TextField
      name="name"
      label={texts.name[lang]}
      hint={texts.nameHint[lang]}
      value={asking.typed?.name}
      error={problemAt(problems, 'name')}
    />
    <TextField
      name="vkey"
      label={texts.vkey[lang]}
      hint={texts.vkeyHint[lang]}
      size={80}
      value={asking.typed?.vkey}
      error={problemAt(problems, 'vkey')}
    />
    <TextField
      name="url"
      type="url"
      label={texts.url[lang]}
      size={60}
      value={asking.typed?.url}
      error={problemAt(problems, 'url')}
    />
    <Button>{texts.addWitness[lang]}</Button>
  </Form>
);

const RemoveWitnesses = ({ journal, lang }: Part) => (
  <Stack gap="tight">
    {journal.witnesses.map(({ witnessId, name }) => (
      <Form action={`/journal/temoins/${witnessId}/retirer`}>
        <Button kind="danger" small describe={texts.removing(name)[lang]}>
          {texts.removing(name)[lang]}
        </Button>
      </Form>
    ))}
  </Stack>
);

const ChangeKeys = ({ journal, lang, asking }: Part & { asking: Asking }) => {
  const old = journal.keys.filter(key => statusOf(key) === 'retired').map(({ generation }) => String(generation));
  return (
    <Stack>
      <Prose>
        <h3>{texts.rotate[lang]}</h3>
        <p>{texts.rotateLead[lang]}</p>
      </Prose>
      <Form action="/journal/cles" requestId={asking.requestIds[1]} label={texts.rotate[lang]}>
        <Button kind="secondary">{texts.rotate[lang]}</Button>
      </Form>
      {old.length > 0 && (
        <>
          <Prose>
            <h3>{texts.revoke[lang]}</h3>
            <p>{texts.revokeLead[lang]}</p>
          </Prose>
          <Form action="/journal/cles/revoquer" requestId={asking.requestIds[2]} label={texts.revoke[lang]}>
            <SelectField
              name="generation"
              label={texts.generation[lang]}
              choices={old.map(value => ({ value, label: value }))}
            />
            <DateField name="since" label={texts.since[lang]} max={localDay(journal.now, zone)} />
            <Button kind="danger">{texts.revokeButton[lang]}</Button>
          </Form>
        </>
      )}
    </Stack>
  );
};

const Operator = ({ journal, lang, asking }: Part & { asking: Asking }) => (
  <Section id="operateur" title={texts.operator[lang]}>
    <Stack gap="loose">
      <AddWitness asking={asking} problems={problemsOf(asking.refusal, lang)} lang={lang} />
      <RemoveWitnesses journal={journal} lang={lang} />
      <ChangeKeys journal={journal} lang={lang} asking={asking} />
    </Stack>
  </Section>
);

/** The public page of the log: what it is, how far it is, who vouches for it. */
export const JournalPage = ({ visit, journal, asking }: { visit: Visit; journal: Journal | null; asking: Asking }) => {
  const { lang } = visit;
  const third = journal?.witnesses.length ? texts.witnessed : texts.notWitnessed;
  return (
    <Layout visit={visit} title={texts.title[lang]} description={texts.lead[lang]}>
      <ErrorSummary problems={problemsOf(asking.refusal, lang)} />
      <PageHead title={texts.title[lang]} lead={texts.lead[lang]} />
      {asking.done && <Notice kind="success" title={texts.done[lang]} live />}
      <Section title={texts.what[lang]}>
        <Prose>
          <ol>
            {[...texts.sentences, third].map(sentence => (
              <li>{sentence[lang]}</li>
            ))}
          </ol>
        </Prose>
      </Section>
      {journal === null ? (
        <EmptyState title={texts.none[lang]}>{texts.noneDetail[lang]}</EmptyState>
      ) : (
        <>
          <Figures journal={journal} lang={lang} />
          <Latest journal={journal} lang={lang} />
          <Witnesses journal={journal} lang={lang} />
          <Stamps journal={journal} lang={lang} />
          <Keys journal={journal} lang={lang} />
          {holds(visit.actor, 'network_operator') && <Operator journal={journal} lang={lang} asking={asking} />}
        </>
      )}
    </Layout>
  );
};
