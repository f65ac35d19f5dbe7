import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { done } from '../../tools/small-network.ts';
import { statement } from '../billing/billing.ts';
import { listeners as everyone } from '../events.ts';
import type { Id } from '../kernel/ids.ts';
import { type Day, type DayPart, instant } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { addPersons } from '../people/people.ts';
import { randomId } from '../platform/clock.ts';
import type { Shell } from '../platform/http.ts';
import { hearAll } from '../platform/jobs.ts';
import { silentLog } from '../platform/log.ts';
import type { Mail } from '../platform/mail.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, close, hoursFrom, reopen, resourcesOf, type Space, setHours } from '../spaces/spaces.ts';
import { book, bookingsOf, freeClosed, invite, withdraw } from './booking.ts';

const operator: Actor = {
  personId: 'per_operator0',
  firstName: 'Ada',
  memberships: [{ role: 'network_operator', scope: null }],
};
let net: TestNetwork;
let space: Space;
let maya: Id<'per'>;
let mails: Mail[];
const [wednesday, thursday, friday]: readonly [Day, Day, Day] = ['2026-06-17', '2026-06-18', '2026-06-19'];

beforeEach(async () => {
  net = await freshNetwork('2026-06-15T08:00:00Z');
  [space] = done(await net.work(w => addSpaces(w, operator, [sampleSpace()]))) as [Space];
  const sheet = { email: 'maya@example.org', firstName: 'Maya', lastName: 'Essai', locale: 'fr' as const };
  maya = done(await net.work(w => addPersons(w, operator, [sheet])))[0]!.personId;
  mails = [];
});

const books = async (day: Day, part: DayPart) => {
  const actor: Actor = { personId: maya, firstName: 'Maya', memberships: [] };
  return done(await net.work(w => book(w, actor, { spaceId: space.spaceId, day, part })));
};
const stand = async () =>
  (await net.work(w => bookingsOf(w, { personId: maya, from: '2026-06-01', to: '2026-12-31' }))).map(
    one => `${one.day} ${one.part}`,
  );
const heard = async () => {
  const shell = {
    settings: { publicUrl: 'https://parvis.example', mailFrom: 'Parvis <parvis@example.org>' },
    post: async (mail: Mail) => {
      mails.push(mail);
    },
    db: net.database.db,
    clock: () => instant('2026-06-15T08:01:00Z'),
    newId: randomId,
  } as unknown as Shell;
  await hearAll(net.database, { listeners: everyone(shell), log: silentLog });
};
const closes = async (firstDay: Day, lastDay: Day) =>
  done(await net.work(w => close(w, operator, { spaceId: space.spaceId, firstDay, lastDay, reason: 'works' })));

describe('a space that closes', () => {
  test('gives back what was booked on those days, charges included, and tells each holder once', async () => {
    const kept = await books(wednesday, 'day');
    await books(thursday, 'morning');
    await closes(thursday, friday);
    await heard();
    await heard();
    expect(await stand()).toEqual([`${wednesday} day`]);
    const owed = await net.work(w => statement(w, { payerId: maya, month: '2026-06' }));
    expect(owed.amount_eur_cents).toBe(kept.price_eur_cents);
    expect(mails.map(mail => [mail.to, mail.subject])).toEqual([
      ['maya@example.org', `${space.name} sera fermé : jeudi 18 juin matin`],
    ]);
    expect(mails[0]!.text).toContain(`https://parvis.example/reserver?espace=${space.slug}`);
    expect(mails[0]!.attachments![0]!.content).toContain('METHOD:CANCEL');
  });

  test('and opens again before anyone was told keeps its bookings', async () => {
    await books(thursday, 'day');
    const { closureId } = await closes(thursday, thursday);
    done(await net.work(w => reopen(w, operator, closureId)));
    await heard();
    expect([await stand(), mails]).toEqual([[`${thursday} day`], []]);
  });

  test('what has begun stays', async () => {
    await books('2026-06-15', 'day');
    await closes('2026-06-15', '2026-06-15');
    const days = { spaceId: space.spaceId, from: '2026-06-15', to: '2026-06-15' } as const;
    expect(await net.work(w => freeClosed(w, days))).toEqual([]);
  });

  test('in the afternoon only gives back what needs the afternoon', async () => {
    await books(wednesday, 'morning');
    await books(thursday, 'afternoon');
    await books(friday, 'day');
    const hours = await net.work(w => hoursFrom(w, { spaceId: space.spaceId, day: '2026-06-15' }));
    const mornings = hours
      .filter(one => one.opens_min < 720)
      .map(({ weekday, opens_min }) => ({ weekday, opens_min, closes_min: 720 }));
    done(await net.work(w => setHours(w, operator, { spaceId: space.spaceId, hours: mornings, from: '2026-06-16' })));
    await heard();
    expect(await stand()).toEqual([`${wednesday} morning`]);
    expect(mails).toHaveLength(2);
  });
});

describe('a place that is withdrawn', () => {
  const gone = async (displace: 'refuse' | 'cancel', resourceId: Id<'res'>) =>
    done(await net.work(w => withdraw(w, operator, { resourceId, from: thursday, displace })));

  test('tells whoever gets another one, once, and only when it is done', async () => {
    const booked = await books(thursday, 'morning');
    await heard();
    expect(mails).toEqual([]);
    await gone('refuse', booked.resourceId);
    await heard();
    await heard();
    expect(mails).toHaveLength(1);
    expect(mails[0]!.subject).toMatch(/^Autre place : Bureau \d, jeudi 18 juin matin$/);
    expect(mails[0]!.attachments![0]!.content).toContain('SEQUENCE:4');
    expect(await stand()).toEqual([`${thursday} morning`]);
  });

  test('tells whoever gets none that nothing is due', async () => {
    const desks = (await net.work(w => resourcesOf(w, [space.spaceId]))).filter(one => one.kind === 'desk');
    const booked = await books(thursday, 'morning');
    const others = desks.filter(one => one.resourceId !== booked.resourceId);
    for (const { resourceId } of others) await gone('refuse', resourceId);
    await gone('cancel', booked.resourceId);
    await heard();
    expect(mails.map(mail => mail.subject)).toEqual(['Votre place est retirée : jeudi 18 juin matin']);
    expect(mails[0]!.text).toContain('rien n’est dû');
    expect(mails[0]!.attachments![0]!.content).toContain('METHOD:CANCEL');
  });

  test('takes the guest along with whoever brought them, free of charge', async () => {
    const desks = (await net.work(w => resourcesOf(w, [space.spaceId]))).filter(one => one.kind === 'desk');
    const booked = await books(thursday, 'morning');
    const actor: Actor = { personId: maya, firstName: 'Maya', memberships: [] };
    const guest = { bookingId: booked.bookingId, name: 'Zoé', email: '' };
    const beside = done(await net.work(w => invite(w, actor, guest)));
    const kept = new Set<string>([booked.resourceId, beside.resourceId]);
    for (const { resourceId } of desks.filter(one => !kept.has(one.resourceId))) await gone('refuse', resourceId);
    const { cancelled } = await gone('cancel', booked.resourceId);
    expect(cancelled.map(one => one.bookingId)).toEqual([booked.bookingId, beside.bookingId]);
    expect(await stand()).toEqual([]);
    const owed = await net.work(w => statement(w, { payerId: maya, month: '2026-06' }));
    expect(owed.amount_eur_cents).toBe(0n);
  });
});
