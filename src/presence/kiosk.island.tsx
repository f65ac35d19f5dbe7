import { useEffect, useState } from 'preact/hooks';
import { KioskCode, KioskHead, KioskNames } from '../ui/kiosk-screen/kiosk-screen.tsx';
import { Notice } from '../ui/notice/notice.tsx';
import { CodeReader, type CodeReaderProps } from './code-reader.worker.tsx';
import { post, type Synced, settle, shutOut, useServerClock, useShelf, useWeek } from './kiosk-alone.worker.ts';
import { codeIn, refusals, touches } from './kiosk-shelf.worker.ts';
import { qrOf, scanAddress } from './qr.ts';
import { newEventId } from './shelf.worker.ts';

export interface KioskPerson {
  readonly person_id: string;
  readonly name: string;
  readonly here: boolean;
  readonly describe: string;
}

/** What the server gives the kiosk with each answer: an hour of codes, and today’s people. */
export interface KioskScreen {
  readonly now_ms: number;
  readonly first_counter: number;
  readonly codes: readonly string[];
  readonly people: readonly KioskPerson[];
  /** The space also notes arrivals without a code: by a name touched. */
  readonly by_name: boolean;
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
  readonly reader: CodeReaderProps['texts'];
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
      | 'since'
      | 'refused'
      | 'read'
      | 'clockOff'
      | 'clockLost',
      string
    >
  >;
}

const syncEvery_ms = 20_000;
/** Touches that the server takes in one letter. */
const mostAtOnce = 2_000;

const clockText = (now_ms: number, { zone, locale }: KioskProps) => ({
  clock: new Intl.DateTimeFormat(locale, { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(now_ms),
  day: new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long' }).format(
    now_ms,
  ),
});

function useKiosk(props: KioskProps) {
  const { kioskId, opening } = props;
  const time = useServerClock(props);
  const shelf = useShelf(kioskId);
  const { week, forget } = useWeek(props, time.read);
  const [screen, setScreen] = useState(props.screen);
  const [offline, setOffline] = useState(false);
  const [shut, setShut] = useState<string | null>(null);
  const sync = async () => {
    const sent = touches.read(kioskId).slice(0, mostAtOnce);
    try {
      const answer = await post(`/api/v1/kiosks/${kioskId}/sync`, {
        key: opening,
        kiosk_time: new Date(time.read()).toISOString(),
        events: sent.map(({ name: _name, ...event }) => event),
      });
      if (answer.status === 403 || answer.status === 404) {
        setShut(((await answer.json()) as { detail: string }).detail);
        forget();
        return shutOut(kioskId);
      }
      if (!answer.ok) throw new Error(String(answer.status));
      const next = (await answer.json()) as Synced;
      time.set(next.now_ms);
      setScreen(next);
      settle(kioskId, sent, next.events);
      setShut(null);
      setOffline(false);
    } catch {
      setOffline(true);
    }
    shelf.refresh();
  };
  useEffect(() => {
    void sync();
    const timer = setInterval(sync, syncEvery_ms);
    addEventListener('online', sync);
    return () => {
      clearInterval(timer);
      removeEventListener('online', sync);
    };
  }, []);
  const touch = ({ person_id, name }: KioskPerson) => {
    const captured_at = new Date(time.read()).toISOString();
    const touched = { event_id: newEventId(), person_id, name, method: 'kiosk_name' as const, captured_at };
    touches.write(kioskId, [...touches.read(kioskId), touched]);
    shelf.refresh();
    void sync();
  };
  const readRefusals = () => {
    refusals.clear(kioskId);
    shelf.refresh();
  };
  return { time, shelf, week, screen, offline, shut, touch, readRefusals };
}

const dayIn = (at_ms: number, zone: string): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' }).format(at_ms);

/** Today's people: as the server last said, or, once midnight has passed without it, as the week foresaw. */
function peopleOf({ zone }: KioskProps, { time, screen, week, shelf }: ReturnType<typeof useKiosk>) {
  const today = dayIn(time.now_ms, zone);
  const known = today === dayIn(screen.now_ms, zone);
  const foreseen = week?.days.find(({ day }) => day === today)?.people ?? [];
  const touched = shelf.waiting.filter(one => dayIn(Date.parse(one.captured_at), zone) === today);
  return (known ? screen.people : foreseen).map(one => ({
    ...one,
    here: one.here || touched.some(w => w.person_id === one.person_id),
  }));
}

/** What a person before the kiosk, or its host, has to know of its network and its clock. */
function KioskNotices({
  kiosk,
  code,
  props,
}: {
  kiosk: ReturnType<typeof useKiosk>;
  code: boolean;
  props: KioskProps;
}) {
  const { texts } = props;
  const { time, shelf, offline, shut, readRefusals } = kiosk;
  const at = (moment: string) => {
    const { clock, day } = clockText(Date.parse(moment), props);
    return `${day}, ${clock}`;
  };
  const oldest = shelf.waiting[0]?.captured_at;
  const waiting =
    oldest === undefined ? '' : ` (${shelf.waiting.length} ${texts.waiting}, ${texts.since} ${at(oldest)})`;
  return (
    <>
      {time.lost ? (
        <Notice kind="warning" live>
          {texts.clockLost}
        </Notice>
      ) : (
        time.wrong && <Notice kind="warning">{texts.clockOff}</Notice>
      )}
      {shut !== null && (
        <Notice kind="warning" live>
          {shut + waiting}
        </Notice>
      )}
      {offline && shut === null && !time.lost && (
        <Notice kind="pending" live>
          {(code ? texts.offline : texts.offlineTooLong) + waiting}
        </Notice>
      )}
      {shelf.refused.length > 0 && (
        <Notice
          kind="warning"
          title={texts.refused}
          actions={
            <button class="button button-secondary" type="button" onClick={readRefusals}>
              {texts.read}
            </button>
          }
        >
          <ul>
            {shelf.refused.map(one => (
              <li>{`${one.name}, ${at(one.captured_at)}. ${one.why}`}</li>
            ))}
          </ul>
        </Notice>
      )}
    </>
  );
}

/** The kiosk: on the server a page that can be printed or refreshed; live, it turns its codes by itself, network or not. */
export default function Kiosk(props: KioskProps) {
  const { texts, step_s, kioskId, origin } = props;
  const kiosk = useKiosk(props);
  const { time, week, screen, shut, touch } = kiosk;
  const seconds = Math.floor(time.now_ms / 1000);
  const counter = Math.floor(seconds / step_s);
  const known = screen.codes[counter - screen.first_counter] ?? codeIn(week, counter);
  const code = shut !== null || time.lost ? undefined : known;
  const left_s = step_s - (seconds % step_s);
  const people = peopleOf(props, kiosk);
  const absent = people.filter(one => !one.here);
  return (
    <div class="kiosk">
      <KioskHead title={props.title} {...clockText(time.now_ms, props)} />
      <KioskNotices kiosk={kiosk} code={code !== undefined} props={props} />
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
        {shut === null && !time.lost && <CodeReader kioskId={kioskId} opening={props.opening} texts={props.reader} />}
        {absent.length > 0 && !time.lost && screen.by_name && (
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
  touch: (person: KioskPerson) => void;
}) => (
  <form
    method="post"
    action={`/kiosque/${kioskId}/nom`}
    onSubmit={event => {
      event.preventDefault();
      touch(person);
    }}
  >
    <input type="hidden" name="personne" value={person.person_id} />
    <button class="button button-secondary" type="submit">
      {person.name}
    </button>
  </form>
);
