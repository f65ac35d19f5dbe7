import { useEffect, useRef, useState } from 'preact/hooks';
import { KioskCode, KioskHead, KioskNames } from '../ui/kiosk-screen/kiosk-screen.tsx';
import { Notice } from '../ui/notice/notice.tsx';
import { qrOf, scanAddress } from './qr.ts';

export interface KioskPerson {
  readonly person_id: string;
  readonly name: string;
  readonly here: boolean;
  readonly describe: string;
}

/** What the server gives the kiosk: enough codes to go on for an hour without it. */
export interface KioskScreen {
  readonly now_ms: number;
  readonly first_counter: number;
  readonly codes: readonly string[];
  readonly people: readonly KioskPerson[];
}

export interface KioskProps {
  readonly kioskId: string;
  /** Opens the kiosk's endpoint: known to this tablet only. */
  readonly opening: string;
  readonly origin: string;
  readonly title: string;
  readonly zone: string;
  readonly locale: string;
  readonly step_s: number;
  readonly screen: KioskScreen;
  /** `left` holds `{s}` where the seconds go. */
  readonly texts: Readonly<
    Record<
      | 'label'
      | 'qr'
      | 'left'
      | 'today'
      | 'noOne'
      | 'noPhone'
      | 'noPhoneText'
      | 'offline'
      | 'offlineTooLong'
      | 'waiting'
      | 'clockOff',
      string
    >
  >;
}

interface Touched {
  readonly event_id: string;
  readonly person_id: string;
  readonly method: 'kiosk_name';
  readonly captured_at: string;
}

const syncEvery_ms = 20_000;
/** Beyond this the tablet's own clock is said to be wrong. */
const clockTolerance_ms = 60_000;

const clockText = (now_ms: number, { zone, locale }: KioskProps) => ({
  clock: new Intl.DateTimeFormat(locale, { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(now_ms),
  day: new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long' }).format(
    now_ms,
  ),
});

const letters = '0123456789abcdefghjkmnpqrstvwxyz';
const newEventId = (): string =>
  `acc_${Array.from(crypto.getRandomValues(new Uint8Array(26)), byte => letters[byte % 32]).join('')}`;

const shelf = (kioskId: string): string => `parvis-kiosk-${kioskId}`;
const kept = (kioskId: string): readonly Touched[] => {
  try {
    return JSON.parse(localStorage.getItem(shelf(kioskId)) ?? '[]') as Touched[];
  } catch {
    return [];
  }
};

/** What the kiosk noted and has not sent yet survives a closed tab. */
function useShelf(kioskId: string) {
  const [waiting, setWaiting] = useState<readonly Touched[]>([]);
  useEffect(() => setWaiting(kept(kioskId)), [kioskId]);
  const put = (next: readonly Touched[]) => {
    localStorage.setItem(shelf(kioskId), JSON.stringify(next));
    setWaiting(next);
  };
  return { waiting, put };
}

/** The server's time, kept between two answers by the tablet's own clock. */
function useServerClock(first_ms: number) {
  const ahead = useRef(0);
  const [now_ms, setNow] = useState(first_ms);
  const [wrong, setWrong] = useState(false);
  const set = (server_ms: number) => {
    ahead.current = server_ms - Date.now();
    setWrong(Math.abs(ahead.current) > clockTolerance_ms);
  };
  useEffect(() => {
    set(first_ms);
    const timer = setInterval(() => setNow(Date.now() + ahead.current), 500);
    return () => clearInterval(timer);
  }, [first_ms]);
  return { now_ms, wrong, set, read: () => Date.now() + ahead.current };
}

function useKiosk(props: KioskProps) {
  const { kioskId, opening } = props;
  const time = useServerClock(props.screen.now_ms);
  const { waiting, put } = useShelf(kioskId);
  const [screen, setScreen] = useState(props.screen);
  const [offline, setOffline] = useState(false);
  const sync = async () => {
    const sent = kept(kioskId);
    try {
      const answer = await fetch(`/api/v1/kiosks/${kioskId}/sync`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ key: opening, kiosk_time: new Date(time.read()).toISOString(), events: sent }),
      });
      if (!answer.ok) throw new Error(String(answer.status));
      const next = (await answer.json()) as KioskScreen;
      time.set(next.now_ms);
      setScreen(next);
      // Answered events are settled, kept or refused: only what was touched meanwhile stays.
      put(kept(kioskId).filter(one => !sent.some(s => s.event_id === one.event_id)));
      setOffline(false);
    } catch {
      setOffline(true);
    }
  };
  useEffect(() => {
    const timer = setInterval(sync, syncEvery_ms);
    return () => clearInterval(timer);
  }, []);
  const touch = (person_id: string) => {
    const captured_at = new Date(time.read()).toISOString();
    put([...kept(kioskId), { event_id: newEventId(), person_id, method: 'kiosk_name', captured_at }]);
    void sync();
  };
  return { time, waiting, screen, offline, touch };
}

/** The kiosk: on the server a page that can be printed or refreshed; live, it turns its codes by itself, network or not. */
export default function Kiosk(props: KioskProps) {
  const { texts, step_s, kioskId, origin } = props;
  const { time, waiting, screen, offline, touch } = useKiosk(props);
  const seconds = Math.floor(time.now_ms / 1000);
  const code = screen.codes[Math.floor(seconds / step_s) - screen.first_counter];
  const left_s = step_s - (seconds % step_s);
  const people = screen.people.map(one => ({
    ...one,
    here: one.here || waiting.some(w => w.person_id === one.person_id),
  }));
  const absent = people.filter(one => !one.here);
  return (
    <div class="kiosk">
      <KioskHead title={props.title} {...clockText(time.now_ms, props)} />
      {time.wrong && <Notice kind="warning">{texts.clockOff}</Notice>}
      {offline && (
        <Notice kind="pending" live>
          {code === undefined ? texts.offlineTooLong : texts.offline}
          {waiting.length > 0 && ` (${waiting.length} ${texts.waiting})`}
        </Notice>
      )}
      {code !== undefined && (
        <KioskCode
          label={texts.label}
          code={`${code.slice(0, 3)} ${code.slice(3)}`}
          spelled={[...code].join(', ')}
          left_s={left_s}
          of_s={step_s}
          leftText={texts.left.replace('{s}', String(left_s))}
          qr={{ ...qrOf(scanAddress(origin, kioskId, code)), label: texts.qr }}
        />
      )}
      <section class="section">
        <h2>{texts.today}</h2>
        {people.length === 0 ? <p>{texts.noOne}</p> : <KioskNames people={people} />}
        {absent.length > 0 && (
          <details>
            <summary>{texts.noPhone}</summary>
            <p>{texts.noPhoneText}</p>
            <div class="cluster">
              {absent.map(one => (
                <NameButton kioskId={kioskId} person={one} touch={touch} />
              ))}
            </div>
          </details>
        )}
      </section>
    </div>
  );
}

/** A plain form first; live, the touch is kept on the tablet and sent when there is a network. */
const NameButton = ({
  kioskId,
  person,
  touch,
}: {
  kioskId: string;
  person: KioskPerson;
  touch: (personId: string) => void;
}) => (
  <form
    method="post"
    action={`/kiosque/${kioskId}/nom`}
    onSubmit={event => {
      event.preventDefault();
      touch(person.person_id);
    }}
  >
    <input type="hidden" name="personne" value={person.person_id} />
    <button class="button button-secondary" type="submit">
      {person.name}
    </button>
  </form>
);
