import { useEffect, useRef, useState } from 'preact/hooks';
import type { KioskProps, KioskScreen } from './kiosk.island.tsx';
import { endOf, heard, prolonged, refusals, type Touched, touches, type Week, weeks } from './kiosk-shelf.worker.ts';
import { copiedAt_ms, dropCopy, installWorker, keepPage, kioskCopy } from './page-copy.worker.ts';

// How a kiosk goes on alone: its time, its codes and what it noted, over a closed tab and a restart.

/** A network that stays silent for that long counts as none. */
const patience_ms = 15_000;
const prolongEvery_ms = 3_600_000;
/** Beyond this the tablet's own clock is said to be wrong. */
const clockTolerance_ms = 60_000;
/** How often the time that passed is written down, so that a restart knows what is past. */
const heartbeat_ms = 30_000;

/** What the kiosk noted and has not sent yet, and what was refused, survive a closed tab. */
export function useShelf(kioskId: string) {
  const read = () => ({ waiting: touches.read(kioskId), refused: refusals.read(kioskId) });
  const [shelf, setShelf] = useState<ReturnType<typeof read>>({ waiting: [], refused: [] });
  const refresh = () => setShelf(read());
  useEffect(refresh, [kioskId]);
  return { ...shelf, refresh };
}

/** The server's time, kept between two answers, and over a restart, by the tablet's own clock. */
export function useServerClock({ kioskId, screen }: KioskProps) {
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
    const timer = setInterval(() => {
      const now = Date.now() + ahead.current;
      setNow(now);
      if (now < last.current + heartbeat_ms) return;
      last.current = now;
      heard.write(kioskId, { ahead_ms: ahead.current, now_ms: now });
    }, 500);
    return () => clearInterval(timer);
  }, []);
  const read = () => Date.now() + ahead.current;
  // Time does not run backwards: a tablet that says so has lost it, and can date nothing.
  return { now_ms, wrong, lost: now_ms < last.current - clockTolerance_ms, set, read };
}

export const post = (address: string, body: object): Promise<Response> =>
  fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(patience_ms),
  });

export interface Synced extends KioskScreen {
  readonly events: readonly { readonly accepted: boolean; readonly message?: string }[];
}

/** Answered touches leave the shelf: what was refused is told, what was touched meanwhile stays. */
export function settle(kioskId: string, sent: readonly Touched[], answers: Synced['events']): void {
  const refused = sent.flatMap(({ event_id, name, captured_at }, n) =>
    answers[n]?.accepted ? [] : [{ event_id, name, captured_at, why: answers[n]?.message ?? '' }],
  );
  if (refused.length > 0) refusals.write(kioskId, [...refusals.read(kioskId), ...refused]);
  touches.write(
    kioskId,
    touches.read(kioskId).filter(one => !sent.some(s => s.event_id === one.event_id)),
  );
}

/** Keeps the page and a week of codes on the tablet, and renews both every hour. */
export function useWeek({ kioskId, opening, step_s }: KioskProps, read: () => number) {
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
    if (!(await installWorker())) return;
    const keeping = await keepPage(kioskCopy(kioskId), `/kiosque/${kioskId}`);
    if (keeping === 'outdated') location.reload();
    document.documentElement.dataset['offline'] = 'ready';
    await navigator.storage?.persist?.();
  };
  useEffect(() => {
    const kept = weeks.read(kioskId);
    if (kept?.opening === opening) setWeek(kept);
    const ask = () => {
      // Without a network both wait for the next hour.
      void prolong().catch(() => {});
      void install().catch(() => {});
    };
    ask();
    const timer = setInterval(ask, prolongEvery_ms);
    return () => clearInterval(timer);
  }, []);
  return { week, forget: () => setWeek(null) };
}

/** A key that opens nothing any more: codes go, what was noted stays until the host opens the kiosk again. */
export async function shutOut(kioskId: string): Promise<void> {
  weeks.clear(kioskId);
  await dropCopy(kioskCopy(kioskId));
}
