import { useEffect, useRef, useState } from 'preact/hooks';
import { KioskCode, KioskHead, KioskNames } from '../ui/kiosk-screen/kiosk-screen.tsx';
import { Notice } from '../ui/notice/notice.tsx';
import {
  codeIn,
  endOf,
  heard,
  prolonged,
  refusals,
  type Touched,
  touches,
  type Week,
  weeks,
} from './kiosk-shelf.worker.ts';
import { copiedAt_ms, dropCopy, installWorker, keepPage, kioskCopy } from './page-copy.worker.ts';
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
      | 'since'
      | 'refused'
      | 'read'
      | 'clockOff',
      string
    >
  >;
}

const syncEvery_ms = 20_000;
const prolongEvery_ms = 3_600_000;
/** Touches that the server takes in one letter. */
const mostAtOnce = 2_000;
/** Beyond this the tablet's own clock is said to be wrong. */
const clockTolerance_ms = 60_000;

const clockText = (now_ms: number, { zone, locale }: KioskProps) => ({
  clock: new Intl.DateTimeFormat(locale, { timeZone: zone, hour: 'numeric', minute: '2-digit' }).format(now_ms),
  day: new Intl.DateTimeFormat(locale, { timeZone: zone, weekday: 'long', day: 'numeric', month: 'long' }).format(
    now_ms,
  ),
});

/** What the kiosk noted and has not sent yet, and what was refused, survive a closed tab. */
function useShelf(kioskId: string) {
  const read = () => ({ waiting: touches.read(kioskId), refused: refusals.read(kioskId) });
  const [shelf, setShelf] = useState<ReturnType<typeof read>>({ waiting: [], refused: [] });
  const refresh = () => setShelf(read());
  useEffect(refresh, [kioskId]);
  return { ...shelf, refresh };
}

/** The server's time, kept between two answers, and over a restart, by the tablet's own clock. */
function useServerClock({ kioskId, screen }: KioskProps) {
  const ahead = useRef(0);
  const last = useRef(screen.now_ms);
  const [now_ms, setNow] = useState(screen.now_ms);
  const [wrong, setWrong] = useState(false);
  const follow = (ahead_ms: number, now_ms: number) => {
    ahead.current = ahead_ms;
    last.current = now_ms;
    setNow(Date.now() + ahead_ms);
    setWrong(Math.abs(ahead_ms) > clockTolerance_ms);
  };
  const set = (server_ms: number) => {
    follow(server_ms - Date.now(), server_ms);
    heard.write(kioskId, { ahead_ms: ahead.current, now_ms: server_ms });
  };
  useEffect(() => {
    const known = heard.read(kioskId);
    // A page kept here is as old as its copy: what was heard last tells the time better.
    if (copiedAt_ms() !== null && known !== null) follow(known.ahead_ms, known.now_ms);
    else set(screen.now_ms);
    const timer = setInterval(() => setNow(Date.now() + ahead.current), 500);
    return () => clearInterval(timer);
  }, []);
  const read = () => Date.now() + ahead.current;
  // Time does not run backwards: a tablet that says so has lost its clock, and any code it would show is an old one.
  return { now_ms, wrong, lost: now_ms < last.current - clockTolerance_ms, set, read };
}

const post = (address: string, body: object): Promise<Response> =>
  fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

interface Synced extends KioskScreen {
  readonly events: readonly { readonly accepted: boolean; readonly message?: string }[];
}

/** Answered touches leave the shelf: what was refused is told, what was touched meanwhile stays. */
function settle(kioskId: string, sent: readonly Touched[], answers: Synced['events']): void {
  const refused = sent.flatMap(({ event_id, name, captured_at }, n) =>
    answers[n]?.accepted ? [] : [{ event_id, name, captured_at, why: answers[n]?.message ?? '' }],
  );
  if (refused.length > 0) refusals.write(kioskId, [...refusals.read(kioskId), ...refused]);
  touches.write(
    kioskId,
    touches.read(kioskId).filter(one => !sent.some(s => s.event_id === one.event_id)),
  );
}

/** Keeps the page and a week of codes on the tablet, and asks for more every hour. */
function useWeek({ kioskId, opening, step_s }: KioskProps, read: () => number) {
  const [week, setWeek] = useState<Week | null>(null);
  const prolong = async () => {
    const kept = weeks.read(kioskId);
    const answer = await post(`/api/v1/kiosks/${kioskId}/week`, { key: opening, from_counter: endOf(kept, opening) });
    if (!answer.ok) return;
    const next: Week = { ...((await answer.json()) as Omit<Week, 'opening'>), opening };
    weeks.write(kioskId, prolonged(kept, next, Math.floor(read() / 1000 / step_s)));
    setWeek(weeks.read(kioskId));
  };
  const install = async () => {
    const installed = await installWorker();
    if (installed && copiedAt_ms() === null) await keepPage(kioskCopy(kioskId), `/kiosque/${kioskId}`);
    document.documentElement.dataset['offline'] = 'ready';
    await navigator.storage?.persist?.();
  };
  useEffect(() => {
    const kept = weeks.read(kioskId);
    if (kept?.opening === opening) setWeek(kept);
    const ask = () => void prolong().catch(() => {});
    ask();
    void install().catch(console.error);
    const timer = setInterval(ask, prolongEvery_ms);
    return () => clearInterval(timer);
  }, []);
  return { week, forget: () => setWeek(null) };
}

/** A key that opens nothing any more: codes go, what was noted stays until the host opens the kiosk again. */
async function shutOut(kioskId: string): Promise<void> {
  weeks.clear(kioskId);
  await dropCopy(kioskCopy(kioskId));
}

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
      {(time.wrong || time.lost) && <Notice kind="warning">{texts.clockOff}</Notice>}
      {shut !== null && (
        <Notice kind="warning" live>
          {shut + waiting}
        </Notice>
      )}
      {offline && shut === null && (
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
