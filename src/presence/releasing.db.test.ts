import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { form, json, roomApp } from '../../tools/room-app.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { statement } from '../billing/billing.ts';
import {
  type Booking,
  book,
  bookingsNamed,
  bookMany,
  dueForRelease,
  invite,
  liftStrike,
  noShowPolicyFor,
  release,
  restore,
  setNoShowPolicy,
  strikeOf,
  strikesAt,
  wait,
} from '../booking/booking.ts';
import { routes as bookingRoutes } from '../booking/routes.ts';
import { listeners as everyone } from '../events.ts';
import type { Id } from '../kernel/ids.ts';
import { type Day, instant } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { addPersons } from '../people/people.ts';
import { randomId } from '../platform/clock.ts';
import type { Mount, Shell } from '../platform/http.ts';
import { hearAll } from '../platform/jobs.ts';
import { silentLog } from '../platform/log.ts';
import type { Mail } from '../platform/mail.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { releaseAbsent } from './jobs/releasing.ts';
import { checkIn, codeAt, comeBack, markPresence, type OpenedKiosk, openKiosk, reportClock } from './presence.ts';
import { routes } from './routes.ts';

const secrets = openSecretsOf('releasing tests');
const withSecrets = (mount: Mount) => {
  bookingRoutes(mount);
  routes({ ...mount, shell: { ...mount.shell, secrets } });
};
const actorOf = (personId: Id<'per'>, role: Role = 'worker', scope: Id | null = null): Actor => ({
  personId,
  firstName: 'Ada',
  memberships: [{ role, scope }],
});
const operator = actorOf('per_operator0', 'network_operator');
const day: Day = '2026-06-15';

let net: TestNetwork;
let space: Space;
let people: readonly Id<'per'>[];

beforeEach(async () => {
  // Monday 15 June 2026, 8:00 on the wall in Ganges; the morning begins at 8:30.
  net = await freshNetwork('2026-06-15T06:00:00Z');
  const names = Array.from({ length: 5 }, (_, n) => ({
    ...{ email: `p${n}@exemple.invalid`, firstName: `Prénom${n}`, lastName: 'Nom' },
  }));
  people = done(await net.work(w => addPersons(w, operator, names))).map(p => p.personId);
  const resources = [{ kind: 'desk' as const, name: 'Bureau 1', capacity: 1 }];
  space = done(await net.work(w => addSpaces(w, operator, [sampleSpace({ resources })])))[0]!;
});

const worker = (n: number) => actorOf(people[n]!);
const host = () => actorOf(people[4]!, 'host', space.spaceId);
const policy = { release_after_minutes: 30, strikes_allowed: 1, strike_window_days: 30 };
const sets = (more: Partial<typeof policy> & { from?: Day } = {}, who = operator) =>
  net.work(w => setNoShowPolicy(w, who, { spaceId: space.spaceId, from: day, ...policy, ...more }));
const books = async (n: number, on: Day = day) =>
  done(await net.work(w => book(w, worker(n), { spaceId: space.spaceId, day: on, part: 'day' })));
const releases = (at: string) => {
  net.at(at);
  return net.work(releaseAbsent);
};
const marks = (n: number, present = true) =>
  net.work(w =>
    markPresence(w, host(), {
      ...{ spaceId: space.spaceId, day },
      marks: [{ personId: people[n]!, part: 'morning', present }],
    }),
  );
const now = async ({ bookingId }: Booking) => (await net.work(w => bookingsNamed(w, [bookingId])))[0]!;
const strike = ({ bookingId }: Booking) => net.work(w => strikeOf(w, bookingId));
const owed = async (n: number) =>
  (await net.work(w => statement(w, { payerId: people[n]!, month: '2026-06' }))).amount_eur_cents;

describe('a place for which nobody comes', () => {
  test('is given back after the minutes that the space leaves, and stays due', async () => {
    done(await sets());
    const booking = await books(0);
    expect(await releases('2026-06-15T06:59:59Z')).toEqual([]);
    expect(await releases('2026-06-15T07:00:00Z')).toHaveLength(1);
    expect([(await now(booking)).status, await owed(0)]).toEqual(['cancelled', booking.price_eur_cents]);
    expect(await strike(booking)).toMatchObject({ personId: people[0], day, liftedAt: null });
    expect(await releases('2026-06-15T07:05:00Z')).toEqual([]);
  });

  test('is left alone where nobody decided anything, and before the policy’s first day', async () => {
    const booking = await books(0);
    expect(await releases('2026-06-15T09:00:00Z')).toEqual([]);
    done(await sets({ from: '2026-06-16' }));
    expect(await releases('2026-06-15T10:00:00Z')).toEqual([]);
    expect((await now(booking)).status).toBe('confirmed');
  });

  test('booked once it had begun, it is kept as long from then', async () => {
    done(await sets());
    net.at('2026-06-15T08:00:00Z');
    await books(0);
    expect(await releases('2026-06-15T08:29:00Z')).toEqual([]);
    expect(await releases('2026-06-15T08:30:00Z')).toHaveLength(1);
  });

  test('is kept for whoever was noted, by any means, unless the host said they are absent', async () => {
    done(await sets());
    await books(0);
    done(await marks(0));
    expect(await releases('2026-06-15T07:00:00Z')).toEqual([]);
    done(await marks(0, false));
    expect(await releases('2026-06-15T07:05:00Z')).toHaveLength(1);
  });

  test('that a guest holds is left alone: nobody notes a guest', async () => {
    const resources = [1, 2].map(n => ({ kind: 'desk' as const, name: `Bureau ${n}`, capacity: 1 }));
    space = done(await net.work(w => addSpaces(w, operator, [sampleSpace({ name: 'La Halle', resources })])))[0]!;
    done(await sets());
    const own = await books(0);
    done(await net.work(w => invite(w, worker(0), { bookingId: own.bookingId, name: 'Ana', email: '' })));
    const released = await releases('2026-06-15T08:00:00Z');
    expect(released.map(one => one.bookingId)).toEqual([own.bookingId]);
  });

  test('two jobs at the same time give it back once, and whoever waits has it', async () => {
    done(await sets());
    const booking = await books(0);
    done(await net.work(w => wait(w, worker(1), { spaceId: space.spaceId, day, part: 'day' })));
    const twice = await Promise.all([releases('2026-06-15T07:00:00Z'), releases('2026-06-15T07:00:00Z')]);
    expect(twice.flat()).toHaveLength(1);
    const mails = await hears();
    expect(mails.map(mail => mail.to).toSorted()).toEqual(['p0@exemple.invalid', 'p1@exemple.invalid']);
    const told = mails.find(mail => mail.to === 'p0@exemple.invalid')!;
    expect(told.subject).toBe('Votre place est rendue : lundi 15 juin, toute la journée');
    expect(told.text).toContain(`https://parvis.exemple/reservations/${booking.bookingId}/retour`);
    expect(told.text).toContain('Absences comptées : 1. Au-delà de 1');
    expect(codeOf(await net.work(w => restore(w, booking.bookingId)))).toBe('booking.place_gone');
  });

  test('is never given back while a kiosk of the space is silent: arrivals may be waiting there', async () => {
    done(await sets());
    await books(0);
    const { kiosk } = await opensKiosk();
    expect(await releases('2026-06-15T07:00:00Z')).toEqual([]);
    const heard = (at: string) => net.work(w => reportClock(w, { kioskId: kiosk.kioskId, kioskSays: instant(at) }));
    done(await heard('2026-06-15T07:00:00Z'));
    expect(await releases('2026-06-15T07:02:01Z')).toEqual([]);
    done(await heard('2026-06-15T07:02:01Z'));
    expect(await releases('2026-06-15T07:03:00Z')).toHaveLength(1);
  });
});

const opensKiosk = async (): Promise<OpenedKiosk> =>
  done(await net.work(w => openKiosk(w, operator, { spaceId: space.spaceId, name: 'Entrée', secrets })));

async function hears(): Promise<readonly Mail[]> {
  const mails: Mail[] = [];
  const shell = {
    ...{ db: net.database.db, database: net.database, newId: randomId, secrets, log: silentLog },
    clock: () => instant('2026-06-15T07:00:00Z'),
    settings: { publicUrl: 'https://parvis.exemple', mailFrom: 'Parvis <parvis@example.org>' },
    post: async (mail: Mail) => {
      mails.push(mail);
    },
  } as unknown as Shell;
  await hearAll(net.database, { listeners: everyone(shell), log: silentLog });
  return mails;
}

describe('who comes after all', () => {
  let booking: Booking;
  let kiosk: OpenedKiosk;
  const shown = (at: string) => codeAt(kiosk.kiosk, { at: instant(at), secrets }).code;
  const returns = (who: Actor, code?: string) =>
    net.work(w => comeBack(w, who, { bookingId: booking.bookingId, code, secrets }));

  beforeEach(async () => {
    done(await sets());
    booking = await books(0);
    await releases('2026-06-15T07:00:00Z');
    kiosk = await opensKiosk();
    net.at('2026-06-15T07:10:00Z');
  });

  test('has the place again by the kiosk’s code; the absence does not count, and it is not given back twice', async () => {
    const back = done(await returns(worker(0), shown('2026-06-15T07:10:00Z')));
    expect([back.why, back.booking.status]).toEqual([null, 'confirmed']);
    expect(await strike(booking)).toMatchObject({ liftedBy: 'arrival' });
    expect(await owed(0)).toBe(booking.price_eur_cents);
    expect(done(await returns(worker(0))).booking.status).toBe('confirmed');
    expect(await net.work(dueForRelease)).toEqual([]);
  });

  test('by a code typed on “My day”, or by the host’s list, without asking', async () => {
    const noted = await net.work(w => checkIn(w, worker(0), { code: shown('2026-06-15T07:10:00Z'), secrets }));
    expect(done(noted).booking?.bookingId).toBe(booking.bookingId);
    const again = await books(1, '2026-06-16');
    net.at('2026-06-16T07:00:00Z');
    await net.work(w => release(w, [again.bookingId]));
    const mark = { spaceId: space.spaceId, day: '2026-06-16' as Day };
    const own = [{ personId: people[1]!, part: 'day' as const, present: true }];
    // A person's own word, alone, gives nothing again.
    done(await net.work(w => markPresence(w, worker(1), { ...mark, marks: own })));
    expect((await now(again)).status).toBe('cancelled');
    done(await net.work(w => markPresence(w, host(), { ...mark, marks: own })));
    expect((await now(again)).status).toBe('confirmed');
  });

  test('is told when the place is taken: noted all the same, and the absence does not count', async () => {
    const rival = await books(1);
    const back = done(await returns(worker(0), shown('2026-06-15T07:10:00Z')));
    expect(back.why?.code).toBe('booking.place_gone');
    expect([(await now(booking)).status, (await now(rival)).status]).toEqual(['cancelled', 'confirmed']);
    expect((await strike(booking))?.liftedBy).toBe('arrival');
  });

  test('is not believed on their word, nor by another’s', async () => {
    expect(codeOf(await returns(worker(0)))).toBe('presence.return_not_noted');
    expect(codeOf(await returns(worker(0), 'ABC123'))).toBe('presence.wrong_code');
    expect(codeOf(await returns(worker(1), shown('2026-06-15T07:10:00Z')))).toBe('booking.not_yours');
    const other = await books(1, '2026-06-17');
    const asked = { bookingId: other.bookingId, secrets };
    expect(codeOf(await net.work(w => comeBack(w, worker(1), asked)))).toBe('presence.place_not_released');
    expect(await strike(booking)).toMatchObject({ liftedAt: null });
  });

  test('through the page of the mail', async () => {
    const now = '2026-06-15T07:10:00Z';
    const app = roomApp(net, [withSecrets], { actor: worker(0), now });
    const address = `/reservations/${booking.bookingId}/retour`;
    expect(await (await app.request(address)).text()).toContain('Je suis là');
    expect(await (await app.request('/mon-espace')).text()).toContain(`href="${address}"`);
    const early = await app.request(address, form({ request_id: 'early' }));
    expect([early.status, (await early.text()).includes('pas encore notée')]).toEqual([409, true]);
    const back = await app.request(address, form({ code: shown(now), request_id: 'back' }));
    expect(await back.text()).toContain('Votre place vous est rendue');
    const again = await app.request(`/api/v1/bookings/${booking.bookingId}/return`, json('POST', {}));
    expect(await again.json()).toEqual({ restored: true, why_not: null });
  });
});

describe('strikes', () => {
  const misses = async (n: number, on: Day) => {
    const booking = await books(n, on);
    await releases(`${on}T07:00:00Z`);
    return booking;
  };

  test('beyond those allowed, the space accepts each request; lifted, or too old, they count no more', async () => {
    done(await sets());
    const first = await misses(0, '2026-06-15');
    expect((await books(0, '2026-06-22')).status).toBe('confirmed');
    const second = await misses(0, '2026-06-16');
    expect((await books(0, '2026-06-23')).status).toBe('requested');
    expect((await books(1, '2026-06-24')).status).toBe('confirmed');
    const byHost = { spaceId: space.spaceId, day: '2026-06-25' as Day, part: 'day' as const, personId: people[0]! };
    expect(done(await net.work(w => book(w, host(), byHost))).status).toBe('confirmed');
    const lift = (who: Actor, reason: string, { bookingId }: Booking = second) =>
      net.work(w => liftStrike(w, who, { bookingId, reason }));
    expect(codeOf(await lift(worker(0), 'Non'))).toBe('booking.not_yours');
    expect(codeOf(await lift(host(), '  '))).toBe('booking.strike_lifted_without_reason');
    expect(codeOf(await net.work(w => liftStrike(w, host(), { bookingId: 'bkg_00000000', reason: 'x' })))).toBe(
      'booking.unknown_strike',
    );
    expect(done(await lift(host(), 'Train supprimé')).liftReason).toBe('Train supprimé');
    expect(done(await lift(host(), 'Autre chose')).liftReason).toBe('Train supprimé');
    expect((await books(0, '2026-06-26')).status).toBe('confirmed');
    expect(done(await net.work(w => strikesAt(w, host(), space.spaceId))).map(one => one.bookingId)).toEqual([
      second.bookingId,
      first.bookingId,
    ]);
  });

  test('count for the days of the window, no more', async () => {
    done(await sets({ strike_window_days: 7 }));
    await misses(0, '2026-06-15');
    await misses(0, '2026-06-16');
    net.at('2026-06-21T08:00:00Z');
    expect((await books(0, '2026-06-29')).status).toBe('requested');
    net.at('2026-06-22T08:00:00Z');
    expect((await books(0, '2026-06-30')).status).toBe('confirmed');
  });

  test('the policy is written by who manages, within its bounds, for today at the earliest', async () => {
    const codes = [
      codeOf(await sets({}, host())),
      codeOf(await sets({ release_after_minutes: 14 })),
      codeOf(await sets({ release_after_minutes: 241 })),
      codeOf(await sets({ strikes_allowed: 0 })),
      codeOf(await sets({ strike_window_days: 400 })),
      codeOf(await sets({ from: '2026-06-14' })),
    ];
    expect(codes).toEqual([
      'booking.not_manager',
      'booking.release_delay_out_of_range',
      'booking.release_delay_out_of_range',
      'booking.strikes_out_of_range',
      'booking.strike_window_out_of_range',
      'booking.policy_in_the_past',
    ]);
    const asked = { spaceId: space.spaceId, day };
    expect(await net.work(w => noShowPolicyFor(w, asked))).toMatchObject({ release_after_minutes: null });
  });

  test('a release that names what is no longer booked does nothing', async () => {
    const booking = await books(0);
    await net.work(w => release(w, [booking.bookingId]));
    expect(await net.work(w => release(w, [booking.bookingId, 'bkg_00000000']))).toEqual([]);
    const [again] = await net.work(w =>
      bookMany(w, [{ spaceId: space.spaceId, day, part: 'day', personId: people[0]! }]),
    );
    expect(codeOf(again!)).toBe('accepted');
    expect(codeOf(await net.work(w => restore(w, booking.bookingId)))).toBe('booking.place_gone');
  });

  test('the page: a manager sets the rules, a host reads them and lifts an absence', async () => {
    const manager = roomApp(net, [withSecrets], { actor: operator, now: '2026-06-15T06:00:00Z' });
    const rules = `/accueil/${space.slug}/regles`;
    const set = form({ minutes: '30', admises: '1', jours: '30', du: day, request_id: 'a' });
    expect((await manager.request(`${rules}/absences`, set)).headers.get('location')).toBe(`${rules}?fait=oui`);
    const bad = await manager.request(`${rules}/absences`, form({ minutes: '5', admises: '1', jours: '30', du: day }));
    expect([bad.status, (await bad.text()).includes('href="#minutes"')]).toEqual([422, true]);
    const missed = await misses(0, day);
    await opensKiosk();
    const desk = roomApp(net, [withSecrets], { actor: host(), now: '2026-06-15T07:00:00Z' });
    const page = await (await desk.request(rules)).text();
    expect(page).toContain('Prénom0 Nom');
    expect(page).toContain('Entrée (jamais vue)');
    expect(page).not.toContain('name="minutes"');
    expect((await desk.request(`${rules}/absences`, set)).status).toBe(403);
    const lift = form({ absence: missed.bookingId, pourquoi: 'Malade', request_id: 'b' });
    expect((await desk.request(`${rules}/lever`, lift)).status).toBe(303);
    expect(await (await desk.request(rules)).text()).toContain('Malade');
    const stranger = roomApp(net, [withSecrets], { actor: worker(1), now: '2026-06-15T07:00:00Z' });
    expect((await stranger.request(rules)).status).toBe(403);
    const listed = await desk.request(`/api/v1/spaces/${space.spaceId}/strikes`);
    expect(await listed.json()).toMatchObject({ strikes: [{ lifted: true, lift_reason: 'Malade' }] });
  });
});
