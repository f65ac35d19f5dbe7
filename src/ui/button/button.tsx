import type { ComponentChildren } from 'preact';

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger';

interface Common {
  /** What happens, verb first: "Réserver mardi matin". */
  children: ComponentChildren;
  kind?: ButtonKind;
  small?: boolean;
  /** Full words for a screen reader when the visible words need their neighbours to be understood. */
  describe?: string | undefined;
}

const look = ({ kind = 'primary', small = false }: Common) => `button button-${kind}${small ? ' button-small' : ''}`;

/** Sends the form it stands in. `name` and `value` tell which of several buttons was pressed. */
export function Button(
  props: Common & {
    type?: 'submit' | 'button';
    name?: string | undefined;
    value?: string | undefined;
    formAction?: string | undefined;
    disabled?: boolean | undefined;
  },
) {
  return (
    <button
      class={look(props)}
      type={props.type ?? 'submit'}
      name={props.name}
      value={props.value}
      formAction={props.formAction}
      disabled={props.disabled}
      aria-label={props.describe}
    >
      {props.children}
    </button>
  );
}

/** A link that looks like a button: it goes somewhere and changes nothing. */
export function ButtonLink(props: Common & { href: string; download?: boolean }) {
  return (
    <a class={look(props)} href={props.href} download={props.download} aria-label={props.describe}>
      {props.children}
    </a>
  );
}
