import type { ComponentChildren } from 'preact';
import type { ActSpec, FieldSpec } from '../../kernel/act.ts';
import type { Lang } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { Button } from '../button/button.tsx';
import { CheckField, type Choice, DateField, SelectField, TextArea, TextField } from '../form/field.tsx';
import { Form, problemAt, problemsOf } from '../form/form.tsx';
import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';

/** What the form of an act needs besides its own fields. */
export interface FormFacts {
  readonly lang: Lang;
  readonly requestId: string;
  /** What was typed in the form that came back, or what it starts with; and why it came back. */
  readonly typed: Readonly<Record<string, string>>;
  readonly refusal: Refusal | null;
  /** Choices that only the page knows, by field. */
  readonly choices?: Readonly<Record<string, readonly Choice[]>>;
  /** Texts to suggest, by field. */
  readonly named?: Readonly<Record<string, readonly string[]>>;
}

const sizes = { count: 8, euros: 8, fraction: 12, text: 40, named: 40 } as const;
const modes = { count: 'numeric', euros: 'decimal' } as const;

function ActField({ field, facts, own }: { field: FieldSpec; facts: FormFacts; own: string }) {
  const t = useWords();
  const { lang, typed, refusal } = facts;
  const { name, kind, optional } = field;
  const common = {
    ...{ name, optional, id: `${own}${name}`, label: field.label[lang], hint: field.hint?.[lang] },
    error: problemAt(problemsOf(refusal, lang), name),
  };
  if (kind === 'day') return <DateField {...common} value={typed[name]} />;
  if (kind === 'check') return <CheckField {...common} checked={typed[name] !== undefined} />;
  if (kind === 'long') return <TextArea {...common} value={typed[name]} rows={5} />;
  if (kind === 'choice') {
    const fixed = Object.entries(field.choices ?? {}).map(([value, label]) => ({ value, label: label[lang] }));
    const empty = optional ? { empty: t(words.chooseNone) } : {};
    return <SelectField {...common} {...empty} value={typed[name]} choices={facts.choices?.[name] ?? fixed} />;
  }
  const unit = kind === 'euros' ? { unit: '€' } : {};
  const inputMode = kind === 'count' || kind === 'euros' ? { inputMode: modes[kind] } : {};
  const list = kind === 'named' ? { list: facts.named?.[name] ?? [] } : {};
  return <TextField {...common} {...unit} {...inputMode} {...list} value={typed[name]} size={sizes[kind]} />;
}

/**
 * The form of one act, drawn from its data. `own` keeps ids apart when a page has several forms; `children` stand above its
 * fields: rows to tick.
 */
export const ActForm = ({
  spec,
  action,
  facts,
  hidden = {},
  own = '',
  children,
}: {
  spec: ActSpec;
  action: string;
  facts: FormFacts;
  hidden?: Readonly<Record<string, string>>;
  own?: string;
  children?: ComponentChildren;
}) => (
  <Form action={action} requestId={facts.requestId} hidden={hidden} label={spec.title[facts.lang]}>
    {children}
    {spec.fields.map(field => (
      <ActField field={field} facts={facts} own={own} />
    ))}
    <Button kind={spec.final ? 'danger' : 'primary'}>{spec.button[facts.lang]}</Button>
  </Form>
);
