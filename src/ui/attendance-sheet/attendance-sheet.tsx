import { Scroll } from '../scroll/scroll.tsx';

/** One line of a sheet: someone expected, with the halves for which they booked. */
export interface PaperLine {
  readonly name: string;
  readonly desk: string;
  readonly morning: boolean;
  readonly afternoon: boolean;
}

interface AttendanceSheetProps {
  title: string;
  place: string;
  /** "Numéro sht_…": what it is entered under. */
  number: string;
  lines: readonly PaperLine[];
  /** Empty lines for whoever comes unannounced. */
  blanks: number;
  qr?: { readonly path: string; readonly size: number; readonly label: string } | undefined;
  texts: Readonly<
    Record<'person' | 'desk' | 'morning' | 'afternoon' | 'arrived' | 'left' | 'blank' | 'host' | 'why', string>
  >;
}

const box = (expected: boolean) => (expected ? undefined : 'paper-open');

/** A day's attendance sheet to print and have signed. */
export function AttendanceSheet({ title, place, number, lines, blanks, qr, texts }: AttendanceSheetProps) {
  return (
    <article class="paper-sheet">
      <div class="paper-head">
        <div>
          <h2>{title}</h2>
          <p>{place}</p>
          <p class="paper-number">{number}</p>
        </div>
        {qr && (
          <svg
            class="paper-qr"
            viewBox={`0 0 ${qr.size} ${qr.size}`}
            role="img"
            aria-label={qr.label}
            shape-rendering="crispEdges"
          >
            <path d={qr.path} />
          </svg>
        )}
      </div>
      <Scroll label={title} look="paper-scroll">
        <table class="paper-lines">
          <thead>
            <tr>
              <th scope="col" class="paper-name">
                {texts.person}
              </th>
              <th scope="col">{texts.desk}</th>
              <th scope="col">{texts.morning}</th>
              <th scope="col">{texts.afternoon}</th>
              <th scope="col" class="paper-hour">
                {texts.arrived}
              </th>
              <th scope="col" class="paper-hour">
                {texts.left}
              </th>
            </tr>
          </thead>
          <tbody>
            {lines.map(line => (
              <tr>
                <th scope="row">{line.name}</th>
                <td>{line.desk}</td>
                <td class={box(line.morning)} />
                <td class={box(line.afternoon)} />
                <td />
                <td />
              </tr>
            ))}
            {Array.from({ length: blanks }, (_, n) => (
              <tr>
                {n === 0 ? (
                  <th scope="row">
                    <small>{texts.blank}</small>
                  </th>
                ) : (
                  <td />
                )}
                <td />
                <td />
                <td />
                <td />
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      <div class="paper-foot">
        <p>{texts.why}</p>
        <p class="paper-sign">{texts.host}</p>
      </div>
    </article>
  );
}
