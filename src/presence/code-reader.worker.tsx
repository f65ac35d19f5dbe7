import { useEffect, useRef, useState } from 'preact/hooks';
import { Notice } from '../ui/notice/notice.tsx';
import { post } from './kiosk-alone.worker.ts';

// At the kiosk: someone's own code, typed, or read by the camera where the browser knows how to.

export interface CodeReaderProps {
  readonly kioskId: string;
  readonly opening: string;
  /** `noted` holds `{name}`. */
  readonly texts: Readonly<
    Record<'mine' | 'digits' | 'note' | 'scan' | 'stop' | 'camera' | 'noCamera' | 'noNetwork' | 'noted', string>
  >;
}

interface Detector {
  readonly detect: (image: HTMLVideoElement) => Promise<readonly { readonly rawValue: string }[]>;
}
type DetectorMaker = new (asked: { readonly formats: readonly string[] }) => Detector;

const detectorMaker = (): DetectorMaker | undefined =>
  (globalThis as unknown as { readonly BarcodeDetector?: DetectorMaker }).BarcodeDetector;

const lookEvery_ms = 300;
/** How long an answer stays on the screen, for the next person not to read it. */
const told_ms = 12_000;

/** Watches the camera until it shows eight digits. */
function useCamera(reading: boolean, found: (code: string) => void, failed: () => void) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const Maker = detectorMaker();
    if (!reading || Maker === undefined) return;
    let stream: MediaStream | null = null;
    let over = false;
    const close = () => {
      for (const track of stream?.getTracks() ?? []) track.stop();
    };
    const detector = new Maker({ formats: ['qr_code'] });
    const open = async () => {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'user' } });
      if (over) return close();
      video.current!.srcObject = stream;
      await video.current!.play();
      const look = async (): Promise<void> => {
        if (over || !video.current) return;
        const seen = await detector.detect(video.current).catch(() => []);
        const code = seen.map(one => one.rawValue).find(text => /^\d{8}$/.test(text));
        if (code !== undefined) return found(code);
        setTimeout(look, lookEvery_ms);
      };
      await look();
    };
    open().catch(failed);
    return () => {
      over = true;
      close();
    };
  }, [reading]);
  return video;
}

interface Told {
  readonly kind: 'success' | 'warning';
  readonly text: string;
}

/** A plain form first: without script it is posted, and answered with a page. */
export function CodeReader({ kioskId, opening, texts }: CodeReaderProps) {
  const [told, setTold] = useState<Told | null>(null);
  const [camera, setCamera] = useState(false);
  const [reading, setReading] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => setCamera(detectorMaker() !== undefined && Boolean(navigator.mediaDevices)), []);
  useEffect(() => {
    if (told === null) return;
    const timer = setTimeout(() => setTold(null), told_ms);
    return () => clearTimeout(timer);
  }, [told]);
  const send = async (code: string) => {
    setReading(false);
    try {
      const answer = await post(`/api/v1/kiosks/${kioskId}/personal-codes`, { key: opening, code });
      const { name, detail } = (await answer.json()) as { name?: string; detail?: string };
      setTold(
        answer.ok
          ? { kind: 'success', text: texts.noted.replace('{name}', name ?? '') }
          : { kind: 'warning', text: detail ?? texts.noNetwork },
      );
      if (answer.ok && input.current) input.current.value = '';
    } catch {
      setTold({ kind: 'warning', text: texts.noNetwork });
    }
  };
  const failed = () => {
    setReading(false);
    setTold({ kind: 'warning', text: texts.noCamera });
  };
  const video = useCamera(reading, code => void send(code), failed);
  return (
    <details>
      <summary>{texts.mine}</summary>
      <div class="stack">
        {told && (
          <Notice kind={told.kind} live>
            {told.text}
          </Notice>
        )}
        <form
          class="form form-inline"
          method="post"
          action={`/kiosque/${kioskId}/code`}
          aria-label={texts.mine}
          onSubmit={event => {
            event.preventDefault();
            void send(input.current?.value ?? '');
          }}
        >
          <div class="field">
            <label class="field-label" for="code-personnel">
              {texts.digits}
            </label>
            <input
              class="input"
              id="code-personnel"
              name="code"
              ref={input}
              inputMode="numeric"
              autocomplete="off"
              size={10}
              required
            />
          </div>
          <button class="button button-primary" type="submit">
            {texts.note}
          </button>
          {camera && (
            <button class="button button-secondary" type="button" onClick={() => setReading(!reading)}>
              {reading ? texts.stop : texts.scan}
            </button>
          )}
        </form>
        {reading && (
          <video ref={video} class="kiosk-camera" aria-label={texts.camera} muted playsInline>
            <track kind="captions" />
          </video>
        )}
      </div>
    </details>
  );
}
