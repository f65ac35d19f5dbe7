import type { ComponentChildren } from 'preact';
import type { Lang } from '../../kernel/bilingual.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { useWords } from '../language/language.tsx';
import { words } from '../words.ts';

/** One thing to correct, and the field it is about when there is one. */
export interface Problem {
  readonly message: string;
  readonly field?: string;
}

/** The problems of a form sent back after one refusal. */
export const problemsOf = (refusal: Refusal | null | undefined, lang: Lang): readonly Problem[] =>
  refusal ? [{ message: refusal.message[lang], ...(refusal.field !== undefined && { field: refusal.field }) }] : [];

/** What to say beside a field, from the list that the error summary shows. */
export const problemAt = (problems: readonly Problem[], field: string): string | undefined =>
  problems.find(problem => problem.field === field)?.message;

interface FormProps {
  action: string;
  /** A search is a `get`: its page can be kept, shared and read again. */
  method?: 'get' | 'post';
  /** Sent back unchanged, so that a form sent twice acts once. */
  requestId?: string | undefined;
  hidden?: Readonly<Record<string, string>>;
  label?: string | undefined;
  /** Fields and button on one line while there is room: searches and filters. */
  inline?: boolean;
  upload?: boolean;
  children: ComponentChildren;
}

/** A form. The server answers in words beside each field, so the browser's own bubbles are turned off. */
export function Form({ action, method = 'post', requestId, hidden, label, inline, upload, children }: FormProps) {
  return (
    <form
      class={inline ? 'form form-inline' : 'form'}
      action={action}
      method={method}
      aria-label={label}
      encType={upload ? 'multipart/form-data' : undefined}
      noValidate
    >
      {requestId !== undefined && <input type="hidden" name="request_id" value={requestId} />}
      {Object.entries(hidden ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  );
}

/** Stands on top of a form sent back: takes the focus and leads to each field. Renders nothing when all is well. */
export function ErrorSummary({ problems }: { problems: readonly Problem[] }) {
  const t = useWords();
  if (problems.length === 0) return null;
  return (
    <div class="error-summary" role="alert" tabIndex={-1} autofocus>
      <h2 class="error-summary-title">
        {problems.length === 1 ? t(words.correctOne) : `${problems.length} ${t(words.correctMany)}`}
      </h2>
      <ul class="error-summary-list">
        {problems.map(({ field, message }) => (
          <li>{field === undefined ? message : <a href={`#${field}`}>{message}</a>}</li>
        ))}
      </ul>
    </div>
  );
}
