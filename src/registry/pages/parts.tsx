import { type Lang, show } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { type Instant, localDay } from '../../kernel/time.ts';
import type { Organisation } from '../../people/people.ts';
import { Button } from '../../ui/button/button.tsx';
import { type Branch, FlowChart } from '../../ui/flow-chart/flow-chart.tsx';
import { CheckField, type Choice, DateField, SelectField, TextField } from '../../ui/form/field.tsx';
import { Form, problemAt, problemsOf } from '../../ui/form/form.tsx';
import { Tag, type Tone } from '../../ui/tag/tag.tsx';
import type { ActSpec, FieldSpec } from '../acts.ts';
import { balanceOf, type Holding, type RangeState } from '../range.ts';
import { serialText } from '../serial.ts';
import { stateNames, texts as t, unitsText } from '../texts.ts';

/** The day of a moment, as registers of France count it. */
export const dayOf = (at: Instant, lang: Lang): string => show.date(localDay(at, 'Europe/Paris'), lang);

export const rangeHref = (rangeId: string): string => `/registre/series/${rangeId}`;

/** What a flow shows of a state: used for good, still to be used, or out of it. */
export const flowTones: Readonly<Record<RangeState, Branch['tone']>> = {
  active: 'waiting',
  reserve: 'waiting',
  sent_out: 'lost',
  cancelled: 'lost',
  retired: 'claim',
};

const tagTones: Readonly<Record<RangeState, Tone>> = {
  active: 'info',
  reserve: 'pending',
  sent_out: 'plain',
  cancelled: 'bad',
  retired: 'good',
};

export const StateTag = ({ state, lang }: { state: RangeState; lang: Lang }) => (
  <Tag tone={tagTones[state]}>{stateNames[state][lang]}</Tag>
);

/** Units by what became of them, those that served last. */
export function WhereChart({ open, note, lang }: { open: Parameters<typeof balanceOf>[0]; note?: string; lang: Lang }) {
  const balance = balanceOf(open);
  const all = Object.values(balance).reduce((sum, units) => sum + units, 0n);
  const order = ['cancelled', 'sent_out', 'reserve', 'active', 'retired'] as const;
  return (
    <FlowChart
      finding={t.whereFinding(all, balance.retired)[lang]}
      note={note}
      columns={[t.step[lang], t.units[lang]]}
      show={value => unitsText(BigInt(value), lang)}
      start={{ label: t.issued[lang], value: Number(all), shown: unitsText(all, lang) }}
      branches={order
        .filter(state => balance[state] > 0n)
        .map(state => ({
          label: stateNames[state][lang],
          value: Number(balance[state]),
          shown: unitsText(balance[state], lang),
          tone: flowTones[state],
        }))}
    />
  );
}

/** What a form needs besides its own fields. */
export interface FormFacts {
  readonly lang: Lang;
  readonly requestId: string;
  /** What was typed in the form that came back, and why. */
  readonly typed: Readonly<Record<string, string>>;
  readonly refusal: Refusal | null;
  readonly organisations?: readonly Organisation[];
  readonly parties?: readonly string[];
  readonly ranges?: readonly Holding[];
}

function choicesOf({ kind, choices }: FieldSpec, { lang, organisations, ranges }: FormFacts): readonly Choice[] {
  if (kind === 'organisation')
    return (organisations ?? []).map(({ organisationId: value, name: label }) => ({ value, label }));
  if (kind === 'range') {
    return (ranges ?? []).map(one => ({
      value: one.rangeId,
      label: `${serialText(one)} (${stateNames[one.state][lang]})`,
    }));
  }
  return Object.entries(choices ?? {}).map(([value, label]) => ({ value, label: label[lang] }));
}

function ActField({ field, facts }: { field: FieldSpec; facts: FormFacts }) {
  const { lang, typed, refusal, parties } = facts;
  const { name, kind, optional } = field;
  const common = {
    ...{ name, optional, label: field.label[lang], hint: field.hint?.[lang] },
    error: problemAt(problemsOf(refusal, lang), name),
  };
  if (kind === 'day') return <DateField {...common} value={typed[name]} />;
  if (kind === 'check') return <CheckField {...common} checked={typed[name] !== undefined} />;
  if (kind === 'count') return <TextField {...common} value={typed[name]} size={8} inputMode="numeric" />;
  if (kind === 'euros') return <TextField {...common} value={typed[name]} size={8} inputMode="decimal" unit="€" />;
  if (kind === 'text') return <TextField {...common} value={typed[name]} size={40} />;
  if (kind === 'party') return <TextField {...common} value={typed[name]} size={40} list={parties ?? []} />;
  const empty = optional ? { empty: t.chooseNone[lang] } : {};
  return <SelectField {...common} {...empty} value={typed[name]} choices={choicesOf(field, facts)} />;
}

/** The form of one act, drawn from its data. */
export const ActForm = ({ spec, action, facts }: { spec: ActSpec; action: string; facts: FormFacts }) => (
  <Form action={action} requestId={facts.requestId} label={spec.title[facts.lang]}>
    {spec.fields.map(field => (
      <ActField field={field} facts={facts} />
    ))}
    <Button kind={spec.final ? 'danger' : 'primary'}>{spec.button[facts.lang]}</Button>
  </Form>
);
