import { useEffect, useState } from 'preact/hooks';
import { KioskCode } from '../ui/kiosk-screen/kiosk-screen.tsx';
import { qrOf } from './qr.ts';

export interface MyCodeProps {
  /** The server's time when the page was made. */
  readonly now_ms: number;
  readonly first_counter: number;
  readonly codes: readonly string[];
  readonly step_s: number;
  /** `left` holds `{s}` where the seconds go. */
  readonly texts: Readonly<Record<'hold' | 'qr' | 'left' | 'over', string>>;
}

/** A person's own code, turning by itself on the server's time, whatever the phone's clock says. */
export default function MyCode({ now_ms, first_counter, codes, step_s, texts }: MyCodeProps) {
  const [passed_ms, setPassed] = useState(0);
  useEffect(() => {
    const from = performance.now();
    const timer = setInterval(() => setPassed(performance.now() - from), 500);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.floor((now_ms + passed_ms) / 1_000);
  const code = codes[Math.floor(seconds / step_s) - first_counter];
  const left_s = step_s - (seconds % step_s);
  if (code === undefined) return <p role="status">{texts.over}</p>;
  const half = code.length / 2;
  return (
    <KioskCode
      label={texts.hold}
      code={`${code.slice(0, half)} ${code.slice(half)}`}
      spelled={[...code].join(', ')}
      left_s={left_s}
      of_s={step_s}
      leftText={texts.left.replace('{s}', String(left_s))}
      qr={{ ...qrOf(code), label: texts.qr }}
    />
  );
}
