import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { bookMany } from '../booking/booking.ts';
import type { Id } from '../kernel/ids.ts';
import { addSeconds, instant } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { addPersons } from '../people/people.ts';
import type { Mount } from '../platform/http.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import type { KeptArrival } from './kept.ts';
import { signatureOf } from './pass.ts';
import {
  attestationsOf,
  attestDay,
  checkIn,
  codeAt,
  type KeptBatch,
  type Kiosk,
  kioskKey,
  markPresence,
  noteKept,
  type OpenedKiosk,
  openKiosk,
  passFor,
  syncKiosk,
} from './presence.ts';
import { routes } from './routes.ts';

const secrets = openSecretsOf('kept arrivals');
const withSecrets = (mount: Mount) => routes({ ...mount, shell: { ...mount.shell, secrets } });
const actorOf = (personId: Id<'per'>, role: Role = 'worker', scope: Id | null = null): Actor => ({
  personId,
  firstName: 'Ada',
  memberships: [{ role, scope }],
});
const operator = actorOf('per_operator0', 'network_operator');

/** Monday 15 June 2026 in Ganges: the page is seen at 8:00, someone arrives at 10:00, the network is back at 18:00. */
const seen = '2026-06-15T06:00:00Z';
const arrived = '2026-06-15T08:00:00Z';
const back = '2026-06-15T16:00:00Z';
const hour_ms = 3_600_000;
const ms = (at: string): number => instant(at).epochMilliseconds;

let net: TestNetwork;
let space: Space;
let entrance: OpenedKiosk;
let garden: OpenedKiosk;
let people: readonly Id<'per'>[];
let bookingId: string;

beforeEach(async () => {
  net = await freshNetwork(seen);
  const names = ['Claire', 'Yanis'].map(firstName => ({
    email: `${firstName}@example.org`,
    firstName,
    lastName: 'Nom',
  }));
  people = done(await net.work(w => addPersons(w, operator, names))).map(p => p.personId);
  space = done(await net.work(w => addSpaces(w, operator, [sampleSpace()])))[0]!;
  const { spaceId } = space;
  entrance = done(await net.work(w => openKiosk(w, operator, { spaceId, name: 'Entrée', secrets })));
  garden = done(await net.work(w => openKiosk(w, operator, { spaceId, name: 'Jardin', secrets })));
  const asked = { spaceId, day: '2026-06-15', part: 'day', personId: people[0]! } as const;
  bookingId = (await net.work(w => bookMany(w, [asked]))).map(done)[0]!.bookingId;
});

const shown = (at = arrived, kiosk: Kiosk = entrance.kiosk) => codeAt(kiosk, { at: instant(at), secrets }).code;

interface Phone {
  /** By how much its clock is ahead: when the page was seen, at the arrival, at the sending. */
  readonly ahead_ms?: readonly [number, number, number];
  readonly who?: number;
  readonly at?: string;
}
type Told = Partial<Pick<KeptArrival, 'event_id' | 'code' | 'kiosk_id' | 'booking_id'>>;

/** What a phone sends of one arrival. */
function letter(told: Told, { ahead_ms: [then, when, now] = [0, 0, 0], who = 0, at = arrived }: Phone = {}): KeptBatch {
  const { pass, key } = passFor({ now: instant(seen) }, { personId: people[who]!, cookie: 'phone', secrets });
  const bare = { event_id: 'acc_kept00001', code: null, kiosk_id: null, booking_id: null };
  const arrival = { ...bare, ...told, captured_ms: ms(at) + when, ahead_ms: then };
  const signed = { ...arrival, event_id: arrival.event_id as Id<'acc'>, signature: signatureOf(key, arrival) };
  return { pass, sent_ms: ms(back) + now, arrivals: [signed] };
}
const send = async (batch: KeptBatch, at = back) => {
  net.at(at);
  return net.work(w => noteKept(w, { ...batch, sent_ms: batch.sent_ms + ms(at) - ms(back), secrets }));
};
const sendOne = async (batch: KeptBatch, at = back) => done(await send(batch, at))[0]!;
const events = async () =>
  (
    await sql<{ person_id: string; method: string; half: string; happened_at: unknown }>`
      select person_id, method, half, happened_at from presence.access_event order by happened_at, event_id`.execute(
      net.database.db,
    )
  ).rows;
const proofs = async () => {
  net.at('2026-06-16T01:00:00Z');
  done(await net.work(w => attestDay(w, { day: '2026-06-15', secrets })));
  const all = await net.work(w => attestationsOf(w, { month: '2026-06' }));
  return all.map(one => `${one.halves} ${one.evidenceClass}`);
};

describe('a phone eight hours without a network', () => {
  test('sends its arrival when it is back, dated by the kiosk', async () => {
    const noted = done(await sendOne(letter({ code: shown() }), back));
    expect(noted).toMatchObject({ spaceId: space.spaceId, day: '2026-06-15', half: 'morning' });
    expect(noted.happened_at.toString()).toBe(arrived);
    expect(noted.booking?.bookingId).toBe(bookingId);
  });

  test('sent again, at once, in a crowd and a day later: one arrival, the same answer', async () => {
    const batch = letter({ code: shown() });
    net.at(back);
    const crowd = await Promise.all(
      Array.from({ length: 16 }, () => net.work(w => noteKept(w, { ...batch, secrets }))),
    );
    const later = await send(batch, '2026-06-16T16:00:00Z');
    const answers = [...crowd, later].map(one => done(done(one)[0]!));
    expect(new Set(answers.map(one => `${one.eventId} ${one.happened_at}`)).size).toBe(1);
    expect(await events()).toHaveLength(1);
  });

  test('an arrival whose answer was lost on the way is not noted twice', async () => {
    net.at(arrived);
    const first = done(await net.work(w => checkIn(w, actorOf(people[0]!), { code: shown(), secrets })));
    const again = done(await sendOne(letter({ code: shown() })));
    expect(again.eventId).toBe(first.eventId);
    expect(await events()).toHaveLength(1);
  });

  test('its code is one proof; with the host’s list and a booking it is as good as a code typed at once', async () => {
    done(await sendOne(letter({ code: shown() })));
    expect(await proofs()).toEqual(['2 B']);
    net.at('2026-06-16T08:00:00Z');
    const marks = [{ personId: people[0]!, part: 'morning', present: true }] as const;
    const host = actorOf('per_host00000', 'host', space.spaceId);
    done(await net.work(w => markPresence(w, host, { spaceId: space.spaceId, day: '2026-06-15', marks })));
    await net.work(w => attestDay(w, { day: '2026-06-15', secrets }));
    const standing = (await net.work(w => attestationsOf(w, { month: '2026-06' }))).filter(
      one => one.finality !== 'reversed',
    );
    expect(standing.map(one => `${one.halves} ${one.evidenceClass}`)).toEqual(['2 C']);
  });

  test('by the button: declared once, both halves, whatever the retries', async () => {
    const batch = letter({ booking_id: bookingId });
    const first = done(await sendOne(batch));
    const again = done(await sendOne(batch, '2026-06-15T16:30:00Z'));
    expect(again.eventId).toBe(first.eventId);
    const other = done(await sendOne(letter({ booking_id: bookingId, event_id: 'acc_kept00002' })));
    expect(other.eventId).toBe(first.eventId);
    expect((await events()).map(one => `${one.method} ${one.half}`).toSorted()).toEqual([
      'own_declaration afternoon',
      'own_declaration morning',
    ]);
  });
});

describe('someone who came without a booking', () => {
  test.each([
    ['30 s', 'accepted'],
    ['90 s', 'presence.kept_code_not_shown'],
  ])('types a code shown %s before: %s', async (before, answer) => {
    const at = addSeconds(instant(arrived), -Number.parseInt(before, 10)).toString();
    expect(codeOf(await sendOne(letter({ code: shown(at) }, { who: 1 })))).toBe(answer);
    // A scan names the kiosk, a booking its space: there the code is looked for further.
    const { kioskId } = entrance.kiosk;
    const scanned = letter({ code: shown(at), kiosk_id: kioskId, event_id: 'acc_kept00002' }, { who: 1 });
    expect(codeOf(await sendOne(scanned))).toBe('accepted');
    expect(codeOf(await sendOne(letter({ code: shown(at), event_id: 'acc_kept00003' })))).toBe('accepted');
  });
});

describe('a phone whose clock is wrong', () => {
  const days = (n: number) => n * 24 * hour_ms;
  test.each<[what: string, ahead: [number, number, number], answer: string]>([
    ['three days slow, all along', [days(-3), days(-3), days(-3)], 'accepted'],
    ['two years slow', [days(-730), days(-730), days(-730)], 'accepted'],
    ['five days fast', [days(5), days(5), days(5)], 'accepted'],
    ['slow, and set right before it sends', [days(-3), days(-3), 0], 'accepted'],
    ['right, and set wrong before it sends', [0, 0, days(-2)], 'accepted'],
    ['set wrong between the page and the arrival, for good', [0, days(-3), days(-3)], 'accepted'],
    ['wrong only at the arrival', [0, days(-3), 0], 'presence.kept_code_not_shown'],
  ])('%s: %s', async (_what, ahead_ms, answer) => {
    expect(codeOf(await sendOne(letter({ code: shown() }, { ahead_ms })))).toBe(answer);
    const noted = await events();
    expect(noted).toHaveLength(answer === 'accepted' ? 1 : 0);
    if (answer === 'accepted') expect(String(noted[0]!.happened_at)).toBe(arrived);
  });
});

describe('a kept arrival that cannot be', () => {
  test.each<[what: string, told: () => Told, phone: Phone, answer: string]>([
    ['a code that no kiosk showed', () => ({ code: '000000' }), {}, 'presence.kept_code_not_shown'],
    ['no code at all', () => ({ code: '' }), {}, 'presence.kept_code_not_shown'],
    ['a code of an hour before', () => ({ code: shown('2026-06-15T07:00:00Z') }), {}, 'presence.kept_code_not_shown'],
    [
      'a code of another kiosk than the one scanned',
      () => ({ code: shown(), kiosk_id: garden.kiosk.kioskId }),
      {},
      'presence.kept_code_not_shown',
    ],
    ['a kiosk that does not exist', () => ({ code: shown(), kiosk_id: 'ksk_nowhere00' }), {}, 'presence.unknown_kiosk'],
    ['a moment to come', () => ({ code: shown() }), { at: '2026-06-15T17:00:00Z' }, 'presence.captured_in_the_future'],
    ['a booking that does not exist', () => ({ booking_id: 'bkg_nowhere00' }), {}, 'booking.unknown_booking'],
    ['someone else’s booking', () => ({ booking_id: bookingId }), { who: 1 }, 'booking.not_yours'],
    [
      'a booking declared on another day',
      () => ({ booking_id: bookingId }),
      { at: '2026-06-14T08:00:00Z' },
      'presence.declared_another_day',
    ],
  ])('%s is refused, with why', async (_what, told, phone, answer) => {
    expect(codeOf(await sendOne(letter(told(), phone)))).toBe(answer);
    expect(await events()).toEqual([]);
  });

  test('after a week it comes too late', async () => {
    expect(codeOf(await sendOne(letter({ code: shown() }), '2026-06-22T08:00:16Z'))).toBe('presence.kept_too_long');
  });

  test('changed after it was signed, it is refused alone; what was right in the same letter is noted', async () => {
    const right = letter({ code: shown() });
    const changed = {
      ...letter({ code: shown(), event_id: 'acc_kept00002' }).arrivals[0]!,
      captured_ms: ms(arrived) + 1,
    };
    const answers = done(await send({ ...right, arrivals: [changed, ...right.arrivals] }));
    expect(answers.map(codeOf)).toEqual(['presence.kept_not_signed', 'accepted']);
  });

  test.each([
    ['no pass', () => 'nothing'],
    ['a pass for no one', () => letter({}).pass.replace(people[0]!, 'per_nobody0000')],
  ])('%s opens nothing', async (_what, pass) => {
    expect(codeOf(await send({ ...letter({ code: shown() }), pass: pass() }))).toBe('presence.not_a_pass');
  });

  test('a pass made out for someone else signs nothing', async () => {
    const pass = letter({}).pass.replace(people[0]!, people[1]!);
    expect(codeOf(await sendOne({ ...letter({ code: shown() }), pass }))).toBe('presence.kept_not_signed');
    const longer = letter({}).pass.replace(/\d+$/, until => String(Number(until) + 1));
    expect(codeOf(await sendOne({ ...letter({ code: shown() }), pass: longer }))).toBe('presence.kept_not_signed');
  });

  test('an id that names someone else’s arrival is refused', async () => {
    done(await sendOne(letter({ code: shown() })));
    expect(codeOf(await sendOne(letter({ code: shown() }, { who: 1 })))).toBe('presence.event_id_reused');
  });
});

describe('two kiosks for one space', () => {
  test('each shows its own codes: either notes, and both together are one day', async () => {
    done(await sendOne(letter({ code: shown(arrived, entrance.kiosk) })));
    const second = { code: shown(arrived, garden.kiosk), kiosk_id: garden.kiosk.kioskId, event_id: 'acc_kept00002' };
    done(await sendOne(letter(second)));
    expect(await events()).toHaveLength(2);
    expect(await proofs()).toEqual(['2 B']);
  });

  test('the same name touched on both, each alone for a week, is one day as well', async () => {
    const captured_at = instant(arrived);
    net.at('2026-06-15T20:00:00Z');
    for (const [n, { kiosk }] of [entrance, garden].entries()) {
      const event = { eventId: `acc_touched0${n}`, personId: people[0]!, method: 'kiosk_name', captured_at } as const;
      const sync = () => net.work(w => syncKiosk(w, { kioskId: kiosk.kioskId, events: [event], secrets }));
      expect([...done(await sync()), ...done(await sync())].map(codeOf)).toEqual(['accepted', 'accepted']);
    }
    expect(await events()).toHaveLength(2);
    expect(await proofs()).toEqual(['2 A']);
  });
});

describe('a stolen kiosk whose key was changed', () => {
  const renew = () => net.work(w => kioskKey(w, operator, { kioskId: entrance.kiosk.kioskId, secrets, renew: true }));

  test('its codes note no one any more, and the person is told what to do', async () => {
    done(await renew());
    const answer = await sendOne(letter({ code: shown() }));
    expect(codeOf(answer)).toBe('presence.kept_code_not_shown');
    expect(answer.ok ? '' : answer.refusal.message.fr).toContain('changé de clé');
    expect(codeOf(await sendOne(letter({ booking_id: bookingId, event_id: 'acc_kept00002' })))).toBe('accepted');
  });

  test('it gets neither week nor hour; found again, it sends what it had noted', async () => {
    const ask = (verb: string, body: object) =>
      roomApp(net, [withSecrets], { now: back }).request(
        `/api/v1/kiosks/${entrance.kiosk.kioskId}/${verb}`,
        json('POST', body),
      );
    const { key } = done(await renew());
    const touched = { event_id: 'acc_touched00', person_id: people[0], method: 'kiosk_name', captured_at: arrived };
    const letterOf = (opening: string) => ({ key: opening, kiosk_time: back, events: [touched] });
    for (const verb of ['week', 'sync']) {
      const shut = await ask(verb, letterOf(entrance.key));
      expect([shut.status, await shut.json()]).toMatchObject([403, { code: 'presence.wrong_kiosk_key' }]);
    }
    expect(await events()).toEqual([]);
    expect(await (await ask('sync', letterOf(key))).json()).toMatchObject({ events: [{ accepted: true }] });
    expect(await events()).toHaveLength(1);
  });
});

describe('by HTTP', () => {
  const visitor = (lang: 'fr' | 'en' = 'fr') => roomApp(net, [withSecrets], { now: back, lang });
  const worker = (now = seen) => roomApp(net, [withSecrets], { actor: actorOf(people[0]!), now });

  test('a phone gets its pass where it is signed in, and sends under it wherever it is', async () => {
    expect((await visitor().request('/mon-espace/laissez-passer', { method: 'POST' })).status).toBe(401);
    const answer = await worker().request('/mon-espace/laissez-passer', { method: 'POST' });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const given = (await answer.json()) as { pass: string; key: string; person_id: string };
    expect(given.person_id).toBe(people[0]);
    const arrival = { ...letter({ code: shown() }).arrivals[0]! };
    const arrivals = [{ ...arrival, signature: signatureOf(Buffer.from(given.key, 'hex'), arrival) }];
    const sent = (body: object) => visitor('en').request('/api/v1/check-ins/kept', json('POST', body));
    const noted = await sent({ pass: given.pass, sent_ms: ms(back), arrivals });
    expect(await noted.json()).toEqual({
      arrivals: [{ accepted: true, event_id: arrival.event_id, space: space.name, happened_at: arrived }],
    });
    const refused = await sent({ pass: given.pass, sent_ms: ms(back), arrivals: [arrival] });
    expect(await refused.json()).toMatchObject({
      arrivals: [{ accepted: false, message: expect.stringMatching(/[a-z]/) }],
    });
    for (const body of [{}, { pass: 'x', sent_ms: -1, arrivals }, { pass: 'x', sent_ms: 1e300, arrivals: [] }]) {
      expect((await sent(body)).status).toBe(422);
    }
  });

  test('a kiosk gets seven days of codes once, then only what follows, and who comes each day', async () => {
    const ask = async (at: string, from_counter?: number) => {
      const path = `/api/v1/kiosks/${entrance.kiosk.kioskId}/week`;
      const body = json('POST', { key: entrance.key, ...(from_counter !== undefined && { from_counter }) });
      const answer = await roomApp(net, [withSecrets], { now: at }).request(path, body);
      return (await answer.json()) as {
        first_counter: number;
        codes: string;
        days: { day: string; people: object[] }[];
      };
    };
    const week = await ask(seen);
    expect(week.codes).toHaveLength(6 * 7 * 5_760);
    const last = codeAt(entrance.kiosk, { at: addSeconds(instant(seen), 7 * 86_400 - 30), secrets });
    expect(week.codes.slice(-6)).toBe(last.code);
    expect(week.days.map(({ day, people: who }) => `${day} ${who.length}`).slice(0, 2)).toEqual([
      '2026-06-15 1',
      '2026-06-16 0',
    ]);
    expect(JSON.stringify(week.days)).toContain('Claire N.');
    const end = week.first_counter + week.codes.length / 6;
    const hour = await ask('2026-06-15T07:00:00Z', end);
    expect([hour.first_counter, hour.codes.length]).toEqual([end, 6 * 240]);
    expect((await ask(seen, 9e15)).codes).toBe('');
  });

  test('each page that installs has its manifest, in the visitor’s language', async () => {
    const day = await worker().request('/mon-espace/application.webmanifest');
    expect(day.headers.get('content-type')).toContain('application/manifest+json');
    expect(await day.json()).toMatchObject({
      start_url: '/mon-espace',
      display: 'standalone',
      lang: 'fr',
      short_name: 'Ma journée',
    });
    const english = await visitor('en').request('/mon-espace/application.webmanifest');
    expect(await english.json()).toMatchObject({ short_name: 'My day', lang: 'en' });
    const path = `/kiosque/${entrance.kiosk.kioskId}`;
    const cookie = `parvis_kiosk=${entrance.kiosk.kioskId}.${entrance.key}`;
    const kiosk = await visitor().request(`${path}/application.webmanifest`, { headers: { cookie } });
    expect(await kiosk.json()).toMatchObject({
      id: path,
      start_url: path,
      display: 'fullscreen',
      name: expect.stringContaining('L’Atelier'),
    });
    expect((await visitor().request(`${path}/application.webmanifest`)).status).toBe(403);
  });

  test('the page shown in place of those not kept names no one', async () => {
    const page = await (await worker().request('/hors-ligne')).text();
    expect(page).toContain('Sans réseau');
    expect(page).not.toMatch(/per_|Ada/);
  });
});
