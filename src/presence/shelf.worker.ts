import { type KeptArrival, signedText } from './kept.ts';

// What a browser keeps of arrivals until it has a network. Used by the page and by the service worker alike.

/** An arrival on its shelf: no name and no place as long as nobody has answered. */
export interface Shelved extends KeptArrival {
  readonly person_id: string;
  readonly pass: string;
  readonly signature: string;
  readonly state: 'waiting' | 'noted' | 'refused';
  readonly space: string | null;
  readonly noted_at: string | null;
  readonly why: string | null;
}

interface Pass {
  readonly person_id: string;
  readonly pass: string;
  /** Not extractable: it signs, and nobody reads it again. */
  readonly key: CryptoKey;
  readonly ahead_ms: number;
}

/** Rings when the shelf changes. */
export const shelfChannel = 'parvis-arrivals';

const answered = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, failed) => {
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
  });

async function opened(): Promise<IDBDatabase> {
  const request = indexedDB.open('parvis-offline', 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore('arrivals', { keyPath: 'event_id' });
    request.result.createObjectStore('device');
  };
  return answered(request);
}

async function on<T>(
  store: 'arrivals' | 'device',
  mode: IDBTransactionMode,
  ask: (o: IDBObjectStore) => IDBRequest<T>,
) {
  const db = await opened();
  const transaction = db.transaction(store, mode);
  const written = new Promise<void>((done, failed) => {
    transaction.oncomplete = () => done();
    transaction.onabort = () => failed(transaction.error);
  });
  const answer = await answered(ask(transaction.objectStore(store)));
  await written;
  db.close();
  return answer;
}

const told = (): void => {
  const channel = new BroadcastChannel(shelfChannel);
  channel.postMessage('changed');
  channel.close();
};

/** Everything on the shelf, the oldest first. */
export const shelved = async (): Promise<readonly Shelved[]> =>
  ((await on('arrivals', 'readonly', store => store.getAll())) as readonly Shelved[]).toSorted(
    (a, b) => a.captured_ms - b.captured_ms,
  );

const put = (one: Shelved) => on('arrivals', 'readwrite', store => store.put(one));

/** Takes an answered arrival off the shelf. */
export async function discard(eventId: string): Promise<void> {
  await on('arrivals', 'readwrite', store => store.delete(eventId));
  told();
}

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], pair => Number.parseInt(pair, 16));
const hexOf = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), byte => byte.toString(16).padStart(2, '0')).join('');

/** Asks for the pass of whoever is signed in; without a network the one that is there stays. */
export async function renewPass(): Promise<void> {
  const answer = await fetch('/mon-espace/laissez-passer', { method: 'POST' });
  if (!answer.ok || answer.redirected) return;
  const given = (await answer.json()) as { person_id: string; pass: string; key: string; now_ms: number };
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await crypto.subtle.importKey('raw', bytesOf(given.key), algorithm, false, ['sign']);
  const pass: Pass = { person_id: given.person_id, pass: given.pass, key, ahead_ms: Date.now() - given.now_ms };
  await on('device', 'readwrite', store => store.put(pass, 'pass'));
}

const letters = '0123456789abcdefghjkmnpqrstvwxyz';
/** An id made here, so that an arrival sent twice is one arrival. */
export const newEventId = (): string =>
  `acc_${Array.from(crypto.getRandomValues(new Uint8Array(26)), byte => letters[byte % 32]).join('')}`;

/** Puts an arrival on the shelf, signed. False when nobody is known here, and nothing could be kept. */
export async function keepArrival(what: Pick<KeptArrival, 'code' | 'kiosk_id' | 'booking_id'>): Promise<boolean> {
  const pass = (await on('device', 'readonly', store => store.get('pass'))) as Pass | undefined;
  if (pass === undefined) return false;
  const { person_id, ahead_ms } = pass;
  const same = (one: Shelved) =>
    one.state === 'waiting' &&
    one.person_id === person_id &&
    one.code === what.code &&
    one.booking_id === what.booking_id;
  if ((await shelved()).some(same)) return true;
  const arrival: KeptArrival = { event_id: newEventId(), captured_ms: Date.now(), ahead_ms, ...what };
  const signature = hexOf(await crypto.subtle.sign('HMAC', pass.key, new TextEncoder().encode(signedText(arrival))));
  const fresh = { state: 'waiting' as const, space: null, noted_at: null, why: null };
  await put({ ...arrival, ...fresh, person_id, pass: pass.pass, signature });
  told();
  return true;
}

interface Answer {
  readonly accepted: boolean;
  readonly space?: string;
  readonly happened_at?: string;
  readonly message?: string;
}

const patience_ms = 8_000;

/** A refusal of the whole letter; what passes by itself is left for later. */
const isFinal = (status: number): boolean => status >= 400 && status < 500 && ![401, 408, 429].includes(status);

async function answersTo(pass: string, sent: readonly Shelved[]): Promise<readonly Answer[]> {
  const arrivals = sent.map(({ event_id, captured_ms, ahead_ms, code, kiosk_id, booking_id, signature }) => ({
    event_id,
    captured_ms,
    ahead_ms,
    code,
    kiosk_id,
    booking_id,
    signature,
  }));
  const answer = await fetch('/api/v1/check-ins/kept', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pass, sent_ms: Date.now(), arrivals }),
    // A network that stays silent must not hold back those who try again.
    signal: AbortSignal.timeout(patience_ms),
  });
  if (answer.ok) return ((await answer.json()) as { arrivals: readonly Answer[] }).arrivals;
  if (!isFinal(answer.status)) throw new Error(String(answer.status));
  const { detail } = (await answer.json()) as { detail?: string };
  return sent.map(() => ({ accepted: false, message: detail ?? String(answer.status) }));
}

const settled = (one: Shelved, answer: Answer): Shelved => ({
  ...one,
  state: answer.accepted ? 'noted' : 'refused',
  space: answer.space ?? null,
  noted_at: answer.happened_at ?? null,
  why: answer.message ?? null,
});

const mostAtOnce = 20;

async function sendAll(): Promise<void> {
  for (;;) {
    const waiting = (await shelved()).filter(one => one.state === 'waiting');
    const pass = waiting[0]?.pass;
    if (pass === undefined) return;
    const sent = waiting.filter(one => one.pass === pass).slice(0, mostAtOnce);
    const answers = await answersTo(pass, sent);
    for (const [n, one] of sent.entries()) await put(settled(one, answers[n]!));
    told();
  }
}

/** Sends what waits; throws as long as there is no network, and then all of it still waits. */
export const sendKept = (): Promise<void> => navigator.locks.request('parvis-arrivals', sendAll);

/** Erases what tells of a person: the pass, and arrivals answered well. What waits holds no name, and still leaves. */
export async function forgetPerson(): Promise<void> {
  await on('device', 'readwrite', store => store.delete('pass'));
  for (const one of await shelved()) if (one.state === 'noted') await discard(one.event_id);
}

/** A sign-out asked for without a network, to be done before anything else when it is back. */
export const leaving = {
  ask: () => on('device', 'readwrite', store => store.put(true, 'leaving')),
  isAsked: async () => (await on('device', 'readonly', store => store.get('leaving'))) === true,
  done: () => on('device', 'readwrite', store => store.delete('leaving')),
};
