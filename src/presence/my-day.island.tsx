import { useEffect, useState } from 'preact/hooks';
import { Notice } from '../ui/notice/notice.tsx';
import { copiedAt_ms, dayCopy, dayPath, installWorker, keepPage } from './page-copy.worker.ts';
import { discard, renewPass, type Shelved, sendKept, shelfChannel, shelved } from './shelf.worker.ts';

export interface KeptArrivalsProps {
  /** Whose page this is: what others left on this device is not shown. */
  readonly personId: string;
  readonly zone: string;
  /** The day that the page shows. */
  readonly today: string;
  /** When it was made, on the server's clock. */
  readonly now_ms: number;
  readonly locale: string;
  /** `{when}`, `{what}`, `{why}`, `{code}` and `{space}` go where they are known. */
  readonly texts: Readonly<
    Record<
      | 'copyTitle'
      | 'copyText'
      | 'copyOld'
      | 'title'
      | 'waitingTitle'
      | 'waitingText'
      | 'waitingOne'
      | 'notedTitle'
      | 'notedText'
      | 'refusedTitle'
      | 'refusedText'
      | 'byCode'
      | 'byWord'
      | 'read'
      | 'sendNow'
      | 'notKept'
      | 'notKeptText'
      | 'scanned',
      string
    >
  >;
}

const tryEvery_ms = 20_000;
const patience_ms = 8_000;
const settle_ms = 15_000;

const fill = (text: string, values: Readonly<Record<string, string>>): string =>
  text.replaceAll(/\{(\w+)\}/g, (_all, name: string) => values[name] ?? '');

const momentText = (at_ms: number, { zone, locale }: KeptArrivalsProps): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone: zone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    hour: 'numeric',
    minute: '2-digit',
  }).format(at_ms);

/** What to say of a copy: once its day is over, its buttons are not those of today. */
function copyText(props: KeptArrivalsProps, copied_ms: number): string {
  const { today, zone, now_ms, texts } = props;
  // Made and copied at the same moment: the device's clock then ran ahead by as much.
  const ahead_ms = copied_ms - now_ms;
  const day = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(Date.now() - ahead_ms);
  return fill(day === today ? texts.copyText : texts.copyOld, { when: momentText(now_ms, props) });
}

const codeField = () => document.querySelector<HTMLInputElement>(`form[action="${dayPath}"] input[name="code"]`);

/** A code scanned without a network came in the address: it goes into the form, with the kiosk that showed it. */
function fillScanned(): boolean {
  const asked = new URLSearchParams(location.search);
  const [code, kiosk, field] = [asked.get('code'), asked.get('borne'), codeField()];
  if (!code || !field?.form) return false;
  field.value = code;
  if (kiosk) {
    const hidden = Object.assign(document.createElement('input'), { type: 'hidden', name: 'borne', value: kiosk });
    field.form.append(hidden);
    // Typed over, the code may be that of another kiosk.
    field.addEventListener('input', () => hidden.remove(), { once: true });
  }
  field.focus();
  return true;
}

/** Sends what waits; a page that is a copy gives way to a fresh one as soon as there is a network. */
async function tryNetwork(asked: boolean): Promise<void> {
  const answer = await fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(patience_ms) });
  if (!answer.ok) return;
  await sendKept();
  // A network too slow for the page would only give the copy again, and again.
  const settled = asked || performance.now() > settle_ms;
  if (copiedAt_ms() !== null && settled && !codeField()?.value) location.replace(dayPath);
}

function useShelf(personId: string) {
  const [rows, setRows] = useState<readonly Shelved[]>([]);
  const [copied_ms, setCopied] = useState<number | null>(null);
  const [scanned, setScanned] = useState(false);
  const [notKept, setNotKept] = useState(false);
  const attempt = (asked: boolean) => void tryNetwork(asked).catch(() => {});
  const attemptNow = () => attempt(true);
  useEffect(() => {
    const refresh = async () => setRows((await shelved()).filter(one => one.person_id === personId));
    const channel = new BroadcastChannel(shelfChannel);
    channel.onmessage = () => void refresh();
    setCopied(copiedAt_ms());
    setScanned(fillScanned());
    setNotKept(new URLSearchParams(location.search).get('garde') === 'non');
    void refresh().catch(console.error);
    const install = async () => {
      if (!(await installWorker()) || copiedAt_ms() !== null) return;
      await renewPass();
      await keepPage(dayCopy, dayPath);
      await navigator.storage?.persist?.();
      document.documentElement.dataset['offline'] = 'ready';
    };
    void install().catch(console.error);
    attempt(false);
    const timer = setInterval(() => attempt(false), tryEvery_ms);
    addEventListener('online', attemptNow);
    return () => {
      clearInterval(timer);
      removeEventListener('online', attemptNow);
      channel.close();
    };
  }, [personId]);
  return { rows, copied_ms, scanned, notKept, attempt: attemptNow };
}

const whatOf = (one: Shelved, { texts }: KeptArrivalsProps): string =>
  one.code === null ? texts.byWord : fill(texts.byCode, { code: one.code });
const whenOf = (one: Shelved, props: KeptArrivalsProps): string =>
  momentText(one.noted_at === null ? one.captured_ms - one.ahead_ms : Date.parse(one.noted_at), props);

/** What waits, and since when. */
function Waiting({
  rows,
  attempt,
  props,
}: {
  rows: readonly Shelved[];
  attempt: () => void;
  props: KeptArrivalsProps;
}) {
  const { texts } = props;
  return (
    <Notice
      kind="pending"
      title={texts.waitingTitle}
      live
      actions={
        <button class="button button-secondary" type="button" onClick={attempt}>
          {texts.sendNow}
        </button>
      }
    >
      <ul>
        {rows.map(one => (
          <li key={one.event_id}>{fill(texts.waitingOne, { what: whatOf(one, props), when: whenOf(one, props) })}</li>
        ))}
      </ul>
      <p>{texts.waitingText}</p>
    </Notice>
  );
}

/** One arrival answered: received where and when, or refused and why. */
function Answered({ one, props }: { one: Shelved; props: KeptArrivalsProps }) {
  const { texts } = props;
  const noted = one.state === 'noted';
  const values = { what: whatOf(one, props), when: whenOf(one, props), why: one.why ?? '', space: one.space ?? '' };
  return (
    <Notice
      kind={noted ? 'success' : 'warning'}
      title={noted ? texts.notedTitle : texts.refusedTitle}
      live
      actions={
        <button class="button button-secondary" type="button" onClick={() => void discard(one.event_id)}>
          {texts.read}
        </button>
      }
    >
      {fill(noted ? texts.notedText : texts.refusedText, values)}
    </Notice>
  );
}

/** What this device keeps of a person's arrivals. Without script there is none, and the page says nothing of it. */
export default function KeptArrivals(props: KeptArrivalsProps) {
  const { texts } = props;
  const { rows, copied_ms, scanned, notKept, attempt } = useShelf(props.personId);
  const waiting = rows.filter(one => one.state === 'waiting');
  if (copied_ms === null && rows.length === 0 && !notKept) return null;
  return (
    <section class="stack" aria-label={texts.title}>
      {copied_ms !== null && (
        <Notice kind="info" title={texts.copyTitle} live>
          {copyText(props, copied_ms)}
          {scanned && ` ${texts.scanned}`}
        </Notice>
      )}
      {notKept && (
        <Notice kind="warning" title={texts.notKept} live>
          {texts.notKeptText}
        </Notice>
      )}
      {waiting.length > 0 && <Waiting rows={waiting} attempt={attempt} props={props} />}
      {rows
        .filter(one => one.state !== 'waiting')
        .map(one => (
          <Answered key={one.event_id} one={one} props={props} />
        ))}
    </section>
  );
}
