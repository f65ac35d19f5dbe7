import type { NoShowPolicy, StrikeTold } from '../../booking/booking.ts';
import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { type Day, localDay } from '../../kernel/time.ts';
import type { Visit } from '../../kernel/visit.ts';
import type { Space } from '../../spaces/spaces.ts';
import { PageHead, Section, Stack } from '../../ui/arrange/arrange.tsx';
import { Button } from '../../ui/button/button.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { DateField, SelectField, TextField } from '../../ui/form/field.tsx';
import { ErrorSummary, Form, type Problem, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Layout } from '../../ui/layout/layout.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { Tag } from '../../ui/tag/tag.tsx';
import type { Kiosk } from '../kiosk.ts';
import { releaseLabels as t } from '../release-words.ts';
import { type Level, levels, strictnessLabels as s } from '../strictness.ts';

export interface ArrivalRulesProps {
  visit: Visit;
  space: Space;
  today: Day;
  policy: NoShowPolicy;
  level: Level;
  strikes: readonly StrikeTold[];
  /** Kiosks that may hold arrivals which have not reached us. */
  silent: readonly Kiosk[];
  /** Whoever looks may change the rules. */
  manages: boolean;
  done: boolean;
  typed: Readonly<Record<string, string>>;
  refusal?: Refusal | undefined;
  requestId: string;
}

const silentText = (silent: readonly Kiosk[], zone: string, lang: Lang): string => {
  const names = silent.map(({ name, clockSeenAt }) => {
    if (clockSeenAt === null) return lang === 'fr' ? `${name} (jamais vue)` : `${name} (never seen)`;
    const at = `${show.date(localDay(clockSeenAt, zone), lang)}, ${show.clock(clockSeenAt, zone)}`;
    return lang === 'fr' ? `${name} (depuis ${at})` : `${name} (since ${at})`;
  });
  return lang === 'fr'
    ? `Borne sans nouvelles : ${names.join(', ')}. Des arrivées y attendent peut-être.`
    : `No news from a kiosk: ${names.join(', ')}. Arrivals may be waiting there.`;
};

const LevelForm = ({ props, problems }: { props: ArrivalRulesProps; problems: readonly Problem[] }) => {
  const { visit, space, level, today, typed, requestId } = props;
  const { lang } = visit;
  return (
    <Form action={`/accueil/${space.slug}/regles/niveau`} requestId={`${requestId}-niveau`} label={s.title[lang]}>
      <SelectField
        name="niveau"
        label={s.level[lang]}
        value={typed['niveau'] ?? level}
        choices={levels.map(value => ({ value, label: s[value][lang] }))}
      />
      <DateField
        name="niveau_du"
        label={t.from[lang]}
        value={typed['niveau_du'] ?? today}
        min={today}
        error={problemAt(problems, 'niveau_du')}
      />
      <Button>{t.save[lang]}</Button>
    </Form>
  );
};

const ReleaseForm = ({ props, problems }: { props: ArrivalRulesProps; problems: readonly Problem[] }) => {
  const { visit, space, policy, today, typed, requestId } = props;
  const { lang } = visit;
  return (
    <Form
      action={`/accueil/${space.slug}/regles/absences`}
      requestId={`${requestId}-absences`}
      label={t.releaseTitle[lang]}
    >
      <TextField
        name="minutes"
        label={t.minutes[lang]}
        hint={t.minutesHint[lang]}
        unit={t.minutesUnit[lang]}
        inputMode="numeric"
        size={5}
        value={typed['minutes'] ?? policy.release_after_minutes?.toString() ?? ''}
        error={problemAt(problems, 'minutes')}
        optional
      />
      <TextField
        name="admises"
        label={t.allowed[lang]}
        hint={t.allowedHint[lang]}
        inputMode="numeric"
        size={5}
        value={typed['admises'] ?? String(policy.strikes_allowed)}
        error={problemAt(problems, 'admises')}
      />
      <TextField
        name="jours"
        label={t.window[lang]}
        hint={t.windowHint[lang]}
        unit={t.windowUnit[lang]}
        inputMode="numeric"
        size={5}
        value={typed['jours'] ?? String(policy.strike_window_days)}
        error={problemAt(problems, 'jours')}
      />
      <DateField
        name="du"
        label={t.from[lang]}
        value={typed['du'] ?? today}
        min={today}
        error={problemAt(problems, 'du')}
      />
      <Button>{t.save[lang]}</Button>
    </Form>
  );
};

/** The rules in words, for a host who may not change them. */
const RulesTold = ({ visit: { lang }, policy, level }: ArrivalRulesProps) => (
  <ul>
    <li>{`${s.level[lang]} : ${s[level][lang]}`}</li>
    <li>
      {`${t.minutes[lang]} : ${policy.release_after_minutes === null ? t.never[lang] : `${policy.release_after_minutes} ${t.minutesUnit[lang]}`}`}
    </li>
    <li>{`${t.allowed[lang]} : ${policy.strikes_allowed}`}</li>
    <li>{`${t.window[lang]} : ${policy.strike_window_days} ${t.windowUnit[lang]}`}</li>
    <li>{t.managersOnly[lang]}</li>
  </ul>
);

const nameOf = ({ person }: StrikeTold, lang: Lang): string =>
  person ? `${person.firstName} ${person.lastName}`.trim() : t.erased[lang];

const StrikeState = ({ strike, props }: { strike: StrikeTold; props: ArrivalRulesProps }) => {
  const { visit, space, requestId, typed, refusal } = props;
  const { lang } = visit;
  if (strike.liftedAt !== null)
    return <>{strike.liftedBy === 'arrival' ? t.liftedByArrival[lang] : strike.liftReason}</>;
  const mine = typed['absence'] === strike.bookingId;
  return (
    <Form
      action={`/accueil/${space.slug}/regles/lever`}
      requestId={`${requestId}-${strike.bookingId}`}
      hidden={{ absence: strike.bookingId }}
      label={`${t.lift[lang]}, ${nameOf(strike, lang)}, ${show.date(strike.day, lang)}`}
      inline
    >
      <TextField
        name="pourquoi"
        id={`pourquoi-${strike.bookingId}`}
        label={t.reason[lang]}
        size={20}
        value={mine ? typed['pourquoi'] : undefined}
        error={mine ? refusal?.message[lang] : undefined}
      />
      <Button kind="secondary" small>
        {t.lift[lang]}
      </Button>
    </Form>
  );
};

const Strikes = (props: ArrivalRulesProps) => {
  const { strikes, visit } = props;
  const { lang } = visit;
  return (
    <Section title={t.strikes[lang]} lead={t.strikesLead[lang]} id="absences">
      <DataTable<StrikeTold>
        caption={t.strikes[lang]}
        captionHidden
        rows={strikes}
        empty={t.noStrikes[lang]}
        columns={[
          {
            label: t.person[lang],
            cell: one => (
              <>
                {nameOf(one, lang)} {one.liftedAt === null && <Tag tone="pending">{t.counts[lang]}</Tag>}
              </>
            ),
          },
          { label: t.day[lang], cell: one => show.date(one.day, lang) },
          { label: t.state[lang], cell: one => <StrikeState strike={one} props={props} /> },
        ]}
      />
    </Section>
  );
};

/** Names of the fields that a refusal is about, as this page writes them. */
const fields: Readonly<Record<string, string>> = {
  release_after_minutes: 'minutes',
  strikes_allowed: 'admises',
  strike_window_days: 'jours',
};

/** What it takes to be noted present in a space, what becomes of empty places, and who left them. */
export function ArrivalRulesPage(props: ArrivalRulesProps) {
  const { visit, space, today, policy, silent, manages, done, refusal, typed } = props;
  const { lang } = visit;
  const strike = typed['absence'];
  const fromField = typed['niveau'] === undefined ? 'du' : 'niveau_du';
  const problems = problemsOf(refusal, lang).map(one => {
    if (strike !== undefined) return { ...one, field: `pourquoi-${strike}` };
    if (one.field === undefined) return one;
    return { ...one, field: one.field === 'from' ? fromField : (fields[one.field] ?? one.field) };
  });
  return (
    <Layout visit={visit} title={`${t.rules[lang]}, ${space.name}`}>
      <PageHead
        title={t.rules[lang]}
        lead={t.rulesLead[lang]}
        above={<a href={`/accueil/${space.slug}/${today}`}>{space.name}</a>}
      />
      <Stack gap="loose">
        <ErrorSummary problems={problems} />
        {done && (
          <Notice kind="success" live>
            {t.saved[lang]}
          </Notice>
        )}
        {policy.release_after_minutes !== null && silent.length > 0 && (
          <Notice kind="warning" title={t.silentTitle[lang]}>
            {silentText(silent, space.zone, lang)}
          </Notice>
        )}
        {manages ? (
          <>
            <Section title={s.title[lang]} lead={s.lead[lang]}>
              <LevelForm props={props} problems={problems} />
            </Section>
            <Section title={t.releaseTitle[lang]} lead={t.releaseLead[lang]}>
              <ReleaseForm props={props} problems={problems} />
            </Section>
          </>
        ) : (
          <RulesTold {...props} />
        )}
        <Strikes {...props} />
      </Stack>
    </Layout>
  );
}
