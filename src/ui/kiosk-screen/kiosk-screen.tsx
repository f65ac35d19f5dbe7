import type { ComponentChildren } from 'preact';

/** The head of a kiosk: where we are, what time it is. */
export function KioskHead({ title, clock, day }: { title: string; clock: string; day: string }) {
  return (
    <header class="kiosk-head">
      <h1>{title}</h1>
      <p>
        <span class="kiosk-clock">{clock}</span> {day}
      </p>
    </header>
  );
}

interface KioskCodeProps {
  /** What to do with the code, in one sentence. */
  label: ComponentChildren;
  /** "K7M 204" */
  code: string;
  /** The code letter by letter for a screen reader. */
  spelled: string;
  /** Seconds left to this code, out of `of`. */
  left_s: number;
  of_s: number;
  /** "Nouveau code dans 9 s" */
  leftText: string;
  qr?: { readonly path: string; readonly size: number; readonly label: string } | undefined;
}

/** The code, as large as the screen allows, with the time it has left and the same thing to scan. */
export function KioskCode({ label, code, spelled, left_s, of_s, leftText, qr }: KioskCodeProps) {
  return (
    <div class="kiosk-code-block">
      <div class="kiosk-code-text">
        <p class="kiosk-label">{label}</p>
        <p class="kiosk-code">
          <span aria-hidden="true">{code}</span>
          <span class="visually-hidden">{spelled}</span>
        </p>
        <p class="kiosk-time">
          <svg viewBox="0 0 120 8" width="120" height="8" aria-hidden="true">
            <rect class="kiosk-rail" width="120" height="8" rx="2" />
            <rect class="kiosk-left" width={Math.round((120 * left_s) / of_s)} height="8" rx="2" />
          </svg>
          {leftText}
        </p>
      </div>
      {qr && (
        <div class="kiosk-qr">
          <svg viewBox={`0 0 ${qr.size} ${qr.size}`} role="img" aria-label={qr.label} shape-rendering="crispEdges">
            <path d={qr.path} />
          </svg>
        </div>
      )}
    </div>
  );
}

export interface KioskPerson {
  readonly name: string;
  readonly here: boolean;
  /** "Claire D. est là" or "Claire D. est attendue", for who cannot see the mark. */
  readonly describe: string;
}

/** Today's people, first name and initial: who is here bears a mark. */
export function KioskNames({ people }: { people: readonly KioskPerson[] }) {
  return (
    <ul class="kiosk-names">
      {people.map(({ name, here, describe }) => (
        <li class={here ? 'kiosk-name kiosk-name-here' : 'kiosk-name'}>
          {here && (
            <svg viewBox="0 0 16 16" width="20" height="20" aria-hidden="true">
              <path d="M2.5 8.5l3.5 3.5 7.5-8" />
            </svg>
          )}
          <span aria-hidden="true">{name}</span>
          <span class="visually-hidden">{describe}</span>
        </li>
      ))}
    </ul>
  );
}
