import type { ComponentChildren } from 'preact';
import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';

export interface FieldProps {
  /** Name sent with the form; also the element's id unless `id` says otherwise (two forms on one page). */
  name: string;
  label: string;
  id?: string | undefined;
  hint?: string | undefined;
  error?: string | undefined;
  optional?: boolean | undefined;
  /** Keeps the label for screen readers only: a lone search field under a title that already asks. */
  labelHidden?: boolean | undefined;
}

/** Attributes that tie a control to its label, hint and error. */
const ties = ({ id, name, hint, error, optional }: FieldProps) => {
  const own = id ?? name;
  const described = [hint && `${own}-hint`, error && `${own}-error`].filter(Boolean).join(' ');
  return {
    id: own,
    name,
    required: !optional,
    ...(described !== '' && { 'aria-describedby': described }),
    ...(error !== undefined && { 'aria-invalid': 'true' as const }),
  };
};

const Optional = () => <span class="field-optional"> ({useWords()(words.optional)})</span>;

const Hint = ({ of: { id, name, hint } }: { of: FieldProps }) =>
  hint ? (
    <p class="field-hint" id={`${id ?? name}-hint`}>
      {hint}
    </p>
  ) : null;

const Mistake = ({ of: { id, name, error } }: { of: FieldProps }) => {
  const t = useWords();
  return error ? (
    <p class="field-error" id={`${id ?? name}-error`}>
      <span class="visually-hidden">{t(words.errorIn)}</span>
      {error}
    </p>
  ) : null;
};

/** Label above, hint under it, the control, then the error in words. */
const Field = ({ children, ...field }: FieldProps & { children: ComponentChildren }) => (
  <div class={`field${field.error ? ' field-wrong' : ''}`}>
    <label class={field.labelHidden ? 'visually-hidden' : 'field-label'} for={field.id ?? field.name}>
      {field.label}
      {field.optional && <Optional />}
    </label>
    <Hint of={field} />
    {children}
    <Mistake of={field} />
  </div>
);

interface TextFieldProps extends FieldProps {
  type?: 'text' | 'email' | 'tel' | 'url' | 'search' | 'number' | 'password';
  value?: string | undefined;
  /** Width in characters: the box says how long the answer is. */
  size?: number | undefined;
  /** Unit after the box: "km", "€". */
  unit?: string | undefined;
  inputMode?: 'text' | 'numeric' | 'decimal' | 'email' | 'tel' | 'search';
  autocomplete?: string | undefined;
  placeholder?: string | undefined;
  list?: readonly string[] | undefined;
}

export function TextField(props: TextFieldProps) {
  const own = props.id ?? props.name;
  // Preact types each kind of input apart; all that is set here is common to them.
  const kind = (props.type ?? 'text') as 'text';
  const input = (
    <input
      class="input"
      {...ties(props)}
      type={kind}
      value={props.value}
      size={props.size ?? 30}
      inputMode={props.inputMode}
      autocomplete={props.autocomplete}
      placeholder={props.placeholder}
      {...(props.list && { list: `${own}-list` })}
      spellcheck={false}
    />
  );
  return (
    <Field {...props}>
      {props.unit ? (
        <span class="input-with-unit">
          {input}
          <span class="input-unit">{props.unit}</span>
        </span>
      ) : (
        input
      )}
      {props.list && (
        <datalist id={`${own}-list`}>
          {props.list.map(value => (
            <option value={value} />
          ))}
        </datalist>
      )}
    </Field>
  );
}

/** A day, `2026-11-24`, or a time of day with `kind="time"`, a month with `kind="month"`. */
export function DateField(
  props: FieldProps & {
    kind?: 'date' | 'time' | 'month';
    value?: string | undefined;
    min?: string | undefined;
    max?: string | undefined;
  },
) {
  return (
    <Field {...props}>
      <input
        class="input"
        {...ties(props)}
        type={props.kind ?? 'date'}
        value={props.value}
        min={props.min}
        max={props.max}
      />
    </Field>
  );
}

export function TextArea(props: FieldProps & { value?: string | undefined; rows?: number }) {
  return (
    <Field {...props}>
      <textarea class="input" {...ties(props)} rows={props.rows ?? 4} value={props.value} />
    </Field>
  );
}

export function FileField(props: FieldProps & { accept?: string | undefined }) {
  return (
    <Field {...props}>
      <input class="input" {...ties(props)} type="file" accept={props.accept} />
    </Field>
  );
}

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: ComponentChildren;
  readonly disabled?: boolean;
}

export function SelectField(
  props: FieldProps & { choices: readonly Choice[]; value?: string | undefined; empty?: string | undefined },
) {
  return (
    <Field {...props}>
      <select class="input" {...ties(props)}>
        {props.empty !== undefined && <option value="">{props.empty}</option>}
        {props.choices.map(({ value, label, disabled }) => (
          <option value={value} selected={value === props.value} disabled={disabled}>
            {label}
          </option>
        ))}
      </select>
    </Field>
  );
}

interface ChoiceCardsProps extends FieldProps {
  choices: readonly Choice[];
  /** The value chosen so far, or the values when `many`. */
  value?: string | readonly string[] | undefined;
  many?: boolean;
  /** One under the other even where there is room for columns. */
  column?: boolean;
}

/** Radio buttons (checkboxes when `many`) as cards large enough for a thumb. `label` is the group's legend. */
export function ChoiceCards(props: ChoiceCardsProps) {
  const own = props.id ?? props.name;
  const { id: _id, required: _required, ...tied } = ties(props);
  const chosen = new Set(typeof props.value === 'string' ? [props.value] : props.value);
  return (
    <fieldset class={`field${props.error ? ' field-wrong' : ''}`} aria-describedby={tied['aria-describedby']}>
      <legend class={props.labelHidden ? 'visually-hidden' : 'field-label'}>
        {props.label}
        {props.optional && <Optional />}
      </legend>
      <Hint of={props} />
      <div class={props.column ? 'choices choices-column' : 'choices'}>
        {props.choices.map((choice, n) => (
          <label class="choice">
            <input
              id={n === 0 ? own : `${own}-${choice.value}`}
              name={props.name}
              type={props.many ? 'checkbox' : 'radio'}
              value={choice.value}
              checked={chosen.has(choice.value)}
              disabled={choice.disabled}
              aria-invalid={tied['aria-invalid']}
            />
            <span class="choice-text">
              <span class="choice-label">{choice.label}</span>
              {choice.detail !== undefined && <span class="choice-detail">{choice.detail}</span>}
            </span>
          </label>
        ))}
      </div>
      <Mistake of={props} />
    </fieldset>
  );
}

/** A row to tick: its box and what names the row. Boxes of one name are sent together. */
export const Pick = ({
  name,
  value,
  label,
  checked,
  describe,
}: {
  name: string;
  value: string;
  label: string;
  checked?: boolean;
  /** Full words for a screen reader when the visible ones need the row to be understood. */
  describe?: string;
}) => (
  <label class="check">
    <input type="checkbox" name={name} value={value} checked={checked} aria-label={describe} />
    <span>{label}</span>
  </label>
);

/** One yes-or-no question. Never ticked in advance for a consent. */
export function CheckField(props: FieldProps & { checked?: boolean | undefined; value?: string }) {
  const { required: _required, ...tied } = ties(props);
  return (
    <div class={`field${props.error ? ' field-wrong' : ''}`}>
      <label class="check">
        <input {...tied} type="checkbox" value={props.value ?? 'yes'} checked={props.checked} />
        <span>{props.label}</span>
      </label>
      <Hint of={props} />
      <Mistake of={props} />
    </div>
  );
}
