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

/**
 * A link that looks like a button: it goes somewhere and changes nothing. Among several views of one thing, `current` marks
 * the one shown, for the eye and for a screen reader.
 */
export function ButtonLink(props: Common & { href: string; download?: boolean; current?: boolean }) {
  const { href, download, describe, current } = props;
  const kind = current === undefined ? props.kind : current ? 'primary' : 'secondary';
  return (
    <a
      class={look({ ...props, ...(kind && { kind }) })}
      href={href}
      download={download}
      aria-label={describe}
      aria-current={current ? 'true' : undefined}
    >
      {props.children}
    </a>
  );
}
