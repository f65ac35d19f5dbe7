import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type EveryRoom, everyRoom } from '../../tools/every-room.ts';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { type Receivers, startReceivers, vouchedFor } from '../../tools/receivers.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { listeners, timetable } from '../events.ts';
import type { Id } from '../kernel/ids.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { addSeconds, instant } from '../kernel/time.ts';
import type { Actor } from '../kernel/visit.ts';
import { addPersons, appointFirstOperator, erase, grant } from '../people/people.ts';
import { type Courier, openCourier } from '../platform/courier.ts';
import type { Shell } from '../platform/http.ts';
import { hearAll } from '../platform/jobs.ts';
import { silentLog } from '../platform/log.ts';
import type { Mail } from '../platform/mail.ts';
import { announce } from '../platform/outbox.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, close } from '../spaces/spaces.ts';
import { delays_s } from './attempts.ts';
import {
  deliverDue,
  type House,
  hear,
  logOf,
  replay,
  rotateSecret,
  setRunning,
  subscribe,
  subscriptionsFor,
  tryOut,
  unsubscribe,
} from './integrations.ts';

const start = '2026-06-15T08:00:00Z';
const secrets = openSecretsOf('webhooks');
const house: House = { secrets, privately: true };
let net: TestNetwork;
let rooms: EveryRoom;
let receivers: Receivers;
let operator: Actor;
let manager: Actor;
let spaces: readonly Id<'spc'>[];
let now = instant(start);
const mails: Mail[] = [];

const world = (privately = true): Shell => {
  const shell = rooms.at(now.toString());
  const settings = { ...shell.settings, privateWebhooks: privately, publicUrl: 'https://reseau.example' };
  return { ...shell, secrets, settings, clock: () => now, post: async mail => void mails.push(mail) };
};
const at = (moment: typeof now) => {
  now = moment;
  net.at(moment.toString());
};
const everyoneHears = () => hearAll(net.database, { listeners: listeners(world()), log: silentLog });
const minutePasses = async (seconds: number) => {
  at(addSeconds(now, seconds));
  await timetable(world())
    .find(one => one.name === 'integrations.deliver')!
    .task();
  await everyoneHears();
};

beforeAll(async () => {
  net = await freshNetwork(start);
  [rooms, receivers] = await Promise.all([everyRoom(net), startReceivers()]);
  const olga = { email: 'olga@exemple.invalid', firstName: 'Olga', lastName: 'Essai' };
  operator = done(await net.work(work => appointFirstOperator(work, olga)));
  const sheets = [0, 1].map(n => sampleSpace({ name: `Espace ${n}` }));
  spaces = done(await net.work(work => addSpaces(work, operator, sheets))).map(one => one.spaceId);
  manager = await managerOf(spaces[0]!, 'manon@exemple.invalid');
});
afterAll(async () => {
  await Promise.all([rooms.close(), receivers.close()]);
  await net.database.db.destroy();
});
afterEach(async () => {
  await sql`delete from integrations.subscription`.execute(net.database.db);
  receivers.received.length = 0;
  mails.length = 0;
});

async function managerOf(spaceId: Id<'spc'>, email: string): Promise<Actor> {
  const [added] = done(
    await net.work(work => addPersons(work, operator, [{ email, firstName: 'Manon', lastName: 'Essai' }])),
  );
  const { personId, firstName } = added!;
  done(await net.work(work => grant(work, operator, [{ personId, role: 'space_manager', scope: spaceId }])));
  return { personId, firstName, memberships: [{ role: 'space_manager', scope: spaceId }] };
}

const subscribed = async (path: string, events: readonly string[], more: { actor?: Actor; spaceId?: string } = {}) => {
  const asked = { url: receivers.url(path), events, spaceId: more.spaceId ?? null, house };
  return done(await net.work(work => subscribe(work, more.actor ?? operator, asked)));
};
const monthCloses = (month: string) =>
  net.work(work => announce(work, { event: 'mrv.period_closed', payload: { month, batch_id: 'bat_00000001' } }));
const log = async (id: string) => done(await net.work(work => logOf(work, operator, id)));
const codeIn = async (id: string) => (await log(id)).deliveries.map(({ status, attempts }) => [status, attempts]);

describe('a delivery', () => {
  test('leaves after commit, signed, and tells ids alone', async () => {
    const { subscriptionId, secret } = await subscribed('/signed', ['spaces.closed', 'mrv.period_closed']);
    const closure = { spaceId: spaces[0]!, firstDay: '2026-08-03', lastDay: '2026-08-07', reason: 'holidays' } as const;
    done(await net.work(work => close(work, operator, { ...closure, note: 'Ana est en congé' })));
    expect(receivers.received).toEqual([]);
    await everyoneHears();
    const [call] = receivers.on('/signed');
    expect(vouchedFor(call!, secret)).toBe(1);
    expect(call!.headers).toMatchObject({
      ...{ 'content-type': 'application/json', 'user-agent': 'Parvis' },
      'webhook-timestamp': String(now.epochMilliseconds / 1000),
    });
    expect(JSON.parse(call!.body)).toEqual({
      ...{ type: 'spaces.closed', timestamp: start },
      data: { network_id: net.networkId, space_id: spaces[0], first_day: '2026-08-03', last_day: '2026-08-07' },
    });
    const { deliveries } = await log(subscriptionId);
    expect(deliveries).toMatchObject([
      { deliveryId: call!.headers['webhook-id'], status: 'delivered', attempts: 1, answerStatus: 204, error: null },
    ]);
    expect(deliveries[0]!.response_ms).toBeGreaterThanOrEqual(0);
  });

  test('of an announcement told twice leaves once', async () => {
    const { subscriptionId } = await subscribed('/twice', ['mrv.period_closed']);
    const payload = { month: '2026-05', announcement_id: '77' };
    for (const _time of [1, 2]) await net.work(work => hear(work, 'mrv.period_closed', payload));
    await everyoneHears();
    expect(await codeIn(subscriptionId)).toEqual([['delivered', 1]]);
    expect(receivers.on('/twice')).toHaveLength(1);
  });

  test('is nothing without its commit', async () => {
    const { subscriptionId } = await subscribed('/undone', ['mrv.period_closed']);
    const undone = net.work(async work => {
      await announce(work, { event: 'mrv.period_closed', payload: { month: '2026-05' } });
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    await everyoneHears();
    expect(await codeIn(subscriptionId)).toEqual([]);
  });

  test('leaves once, however many send', async () => {
    const { subscriptionId } = await subscribed('/rush', ['mrv.period_closed']);
    for (let n = 0; n < 30; n++)
      await net.work(work => hear(work, 'mrv.period_closed', { month: '2026-05', announcement_id: `rush ${n}` }));
    const sender = { ...world(), courier: openCourier({ privately: true }) };
    await Promise.all(Array.from({ length: 8 }, () => deliverDue(sender, net.networkId)));
    await everyoneHears();
    expect(receivers.on('/rush')).toHaveLength(30);
    expect(new Set(receivers.on('/rush').map(one => one.headers['webhook-id'])).size).toBe(30);
    expect((await codeIn(subscriptionId)).every(([status]) => status === 'delivered')).toBe(true);
  });

  test('shares its receiver with four others at most, and with none once it has failed', async () => {
    const { subscriptionId } = await subscribed('/shared', ['mrv.period_closed']);
    for (const [status, most] of [
      [204, 5],
      [500, 1],
    ] as const) {
      await sql`update integrations.subscription set failing_since = ${status === 500 ? start : null}`.execute(
        net.database.db,
      );
      for (let n = 0; n < 12; n++)
        await net.work(work =>
          hear(work, 'mrv.period_closed', { month: '2026-05', announcement_id: `${status} ${n}` }),
        );
      let [now_calling, peak, calls] = [0, 0, 0];
      const courier: Courier = async () => {
        peak = Math.max(peak, ++now_calling);
        await new Promise(wait => setTimeout(wait, 5 + (calls++ % 5) * 10));
        now_calling--;
        return { status, failure: null, response_ms: 1 };
      };
      await Promise.all(Array.from({ length: 8 }, () => deliverDue({ ...world(), courier }, net.networkId)));
      expect([peak, calls], `${status}`).toEqual([most, status === 204 ? 12 : 1]);
    }
    expect((await codeIn(subscriptionId)).filter(([status]) => status === 'delivered')).toHaveLength(12);
  });

  test('that its sender never ended is sent again by another, under the same id', async () => {
    const { subscriptionId } = await subscribed('/killed', ['mrv.period_closed']);
    await monthCloses('2026-05');
    const killed = { ...world(), courier: () => Promise.reject(new Error('killed')) };
    await hearAll(net.database, { listeners: { ...listeners(world()), 'integrations.due': [] }, log: silentLog });
    await expect(deliverDue(killed, net.networkId)).rejects.toThrow('killed');
    await minutePasses(10);
    expect(receivers.on('/killed')).toHaveLength(0);
    await minutePasses(25);
    expect(await codeIn(subscriptionId)).toEqual([['delivered', 1]]);
  });
});

describe('the log', () => {
  test('is forgotten after thirty days', async () => {
    const { subscriptionId } = await subscribed('/old', ['mrv.period_closed']);
    await monthCloses('2026-05');
    await everyoneHears();
    for (const [days, kept] of [
      [30, 1],
      [1, 0],
    ] as const) {
      at(addSeconds(now, days * 24 * 3_600));
      await timetable(world())
        .find(one => one.name === 'integrations.forget')!
        .task();
      expect(await codeIn(subscriptionId)).toHaveLength(kept);
    }
  });
});

describe('a receiver that hangs', () => {
  test('keeps no other waiting, at the first event or at the next', async () => {
    receivers.answer('/hang', 0);
    const hung = await subscribed('/hang', ['mrv.period_closed']);
    const well = await subscribed('/well', ['mrv.period_closed']);
    const began_ms = performance.now();
    await monthCloses('2026-05');
    const first = everyoneHears();
    await new Promise(wait => setTimeout(wait, 700));
    expect(receivers.on('/well')).toHaveLength(1);
    await monthCloses('2026-06');
    const second = everyoneHears();
    await second;
    expect(performance.now() - began_ms).toBeLessThan(4_000);
    expect(receivers.on('/well')).toHaveLength(2);
    await first;
    const [later, earlier] = (await log(hung.subscriptionId)).deliveries;
    expect(earlier).toMatchObject({ status: 'waiting', attempts: 1, answerStatus: null, error: 'timeout' });
    expect(earlier!.response_ms).toBeGreaterThanOrEqual(4_900);
    expect(later).toMatchObject({ status: 'waiting', attempts: 0 });
    expect(await codeIn(well.subscriptionId)).toEqual(Array(2).fill(['delivered', 1]));
  });
});

describe('a receiver that fails', () => {
  test('is tried seven times in a day, then stopped, and its people are mailed', async () => {
    receivers.answer('/down', 500);
    const { subscriptionId } = await subscribed('/down', ['mrv.period_closed']);
    await monthCloses('2026-05');
    await everyoneHears();
    for (const [n, delay_s] of delays_s.entries()) {
      await minutePasses(delay_s - 1);
      expect(receivers.on('/down')).toHaveLength(n + 1);
      await minutePasses(1);
      expect(receivers.on('/down')).toHaveLength(n + 2);
    }
    const { subscription, deliveries } = await log(subscriptionId);
    expect(deliveries).toMatchObject([{ status: 'failed', attempts: 7, answerStatus: 500, error: 'bad_answer' }]);
    expect(subscription).toMatchObject({ disabledWhy: 'failing' });
    expect(mails.map(({ to, subject }) => [to, subject.slice(0, 15)])).toEqual([
      ['olga@exemple.invalid', 'Webhook arrêté '],
    ]);
    expect(mails[0]!.text).toContain(`https://reseau.example/integrations/${subscriptionId}`);
    await monthCloses('2026-06');
    await minutePasses(3_600);
    expect(receivers.on('/down')).toHaveLength(7);
    expect(new Set(receivers.on('/down').map(one => one.headers['webhook-id'])).size).toBe(1);
    expect(new Set(receivers.on('/down').map(one => one.headers['webhook-timestamp'])).size).toBe(7);
  });

  test('and works again gets what waited; a lost delivery is sent again by hand', async () => {
    receivers.answer('/ill', 503);
    const { subscriptionId } = await subscribed('/ill', ['mrv.period_closed']);
    for (const month of ['2026-03', '2026-04', '2026-05']) await monthCloses(month);
    await everyoneHears();
    expect(await codeIn(subscriptionId)).toEqual(Array(3).fill(['waiting', 1]));
    const oldest = (await log(subscriptionId)).deliveries.at(-1)!.deliveryId;
    await sql`update integrations.delivery set status = 'failed', next_attempt_at = null, step = 7
      where delivery_id = ${oldest}`.execute(net.database.db);
    receivers.answer('/ill', 204);
    await minutePasses(60);
    expect((await codeIn(subscriptionId)).map(([status]) => status)).toEqual(['delivered', 'delivered', 'failed']);
    const lost = (await log(subscriptionId)).deliveries.at(-1)!;
    done(await net.work(work => replay(work, operator, lost.deliveryId)));
    await everyoneHears();
    expect((await log(subscriptionId)).deliveries.at(-1)).toMatchObject({ status: 'delivered', attempts: 2 });
    expect(receivers.received.at(-1)!.headers['webhook-id']).toBe(lost.deliveryId);
    done(await net.work(work => replay(work, operator, lost.deliveryId)));
    await everyoneHears();
    expect(receivers.received.at(-1)!.headers['webhook-id']).toBe(lost.deliveryId);
    expect((await log(subscriptionId)).subscription.failingSince).toBeNull();
  });

  test('with a redirection is not followed; with 410 is stopped at once; started again, it hears again', async () => {
    receivers.answer('/moved', 302);
    receivers.answer('/gone', 410);
    const moved = await subscribed('/moved', ['mrv.period_closed']);
    const gone = await subscribed('/gone', ['mrv.period_closed']);
    await monthCloses('2026-05');
    await everyoneHears();
    expect(receivers.on('/elsewhere')).toEqual([]);
    expect((await log(moved.subscriptionId)).deliveries).toMatchObject([{ status: 'waiting', answerStatus: 302 }]);
    expect((await log(gone.subscriptionId)).subscription.disabledWhy).toBe('gone');
    const trial = () => net.work(work => tryOut(work, operator, gone.subscriptionId));
    expect(codeOf(await trial())).toBe('integrations.disabled');
    receivers.answer('/gone', 200);
    done(await net.work(work => setRunning(work, operator, { id: gone.subscriptionId, running: true })));
    done(await trial());
    await everyoneHears();
    expect(JSON.parse(receivers.on('/gone').at(-1)!.body)).toMatchObject({ type: 'integrations.tested' });
  });

  test('because it leads to a private network is told nothing', async () => {
    const { subscriptionId } = await subscribed('/inside', ['mrv.period_closed']);
    await monthCloses('2026-05');
    await hearAll(net.database, { listeners: listeners(world(false)), log: silentLog });
    expect(receivers.received).toEqual([]);
    expect((await log(subscriptionId)).deliveries).toMatchObject([{ status: 'waiting', error: 'private_address' }]);
  });
});

describe('a secret', () => {
  test('changes without a gap: both sign for a day, then the new one alone', async () => {
    const { subscriptionId, secret } = await subscribed('/rotated', ['mrv.period_closed']);
    const changed = done(await net.work(work => rotateSecret(work, operator, { id: subscriptionId, house })));
    expect(changed.secret).not.toBe(secret);
    for (const [seconds, old] of [
      [0, 1],
      [24 * 3_600, 0],
    ] as const) {
      at(addSeconds(now, seconds));
      done(await net.work(work => tryOut(work, operator, subscriptionId)));
      await everyoneHears();
      const call = receivers.on('/rotated').at(-1)!;
      expect([vouchedFor(call, changed.secret), vouchedFor(call, secret)]).toEqual([1, old]);
    }
  });

  test('is nowhere in the database', async () => {
    const { secret } = await subscribed('/kept', ['mrv.period_closed']);
    const tables = await sql<{ name: string }>`select table_schema || '.' || table_name as name
      from information_schema.tables where table_schema in ('integrations', 'platform', 'graphile_worker')
        and table_type = 'BASE TABLE'`.execute(net.database.db);
    for (const { name } of tables.rows) {
      const held = `%${secret.slice(6, 30)}%`;
      const found = await sql`select from ${sql.table(name)} t where t::text like ${held}`.execute(net.database.db);
      expect(found.rows, name).toEqual([]);
    }
  });
});

describe('who settles', () => {
  const asked = (spaceId: string | null, events: readonly string[], url = 'https://hooks.example.org/') => ({
    ...{ url, events, spaceId },
    house: { ...house, privately: false },
  });
  test.each([
    ['a manager, the network', () => [manager, asked(null, ['booking.freed'])], 'integrations.may_not'],
    ['a manager, another space', () => [manager, asked(spaces[1]!, ['booking.freed'])], 'integrations.may_not'],
    ['a manager, no space', () => [manager, asked('spc_nowhere00', ['booking.freed'])], 'integrations.may_not'],
    [
      'an operator, no space',
      () => [operator, asked('spc_nowhere00', ['booking.freed'])],
      'integrations.unknown_space',
    ],
    ['a month, for a space', () => [manager, asked(spaces[0]!, ['claims.sealed'])], 'integrations.not_of_a_space'],
    ['nothing', () => [operator, asked(null, [])], 'integrations.no_event'],
    ['what is about people', () => [operator, asked(null, ['people.erased'])], 'integrations.unknown_event'],
    ['a page', () => [operator, asked(null, ['booking.freed'], 'http://example.org/')], 'integrations.bad_url'],
    ['us', () => [operator, asked(null, ['booking.freed'], 'https://127.0.0.1/')], 'integrations.private_target'],
    ['their own space', () => [manager, asked(spaces[0]!, ['booking.freed'])], 'accepted'],
  ] as readonly [string, () => [Actor, ReturnType<typeof asked>], string][])('%s', async (_name, given, code) => {
    const [actor, request] = given();
    expect(codeOf(await net.work(work => subscribe(work, actor, request)))).toBe(code);
  });

  test('a manager hears of their space alone, and sees nothing of the others’', async () => {
    const own = await subscribed('/own', ['booking.freed'], { actor: manager, spaceId: spaces[0]! });
    const other = await subscribed('/other', ['booking.freed'], { spaceId: spaces[1]! });
    const all = await subscribed('/all', ['booking.freed']);
    const freed = { space_ids: [...spaces], days: ['2026-06-20'] };
    await net.work(work => announce(work, { event: 'booking.freed', payload: freed }));
    await net.work(work => announce(work, { event: 'booking.freed', payload: { ...freed, space_ids: [spaces[1]!] } }));
    await everyoneHears();
    const told = (path: string) => receivers.on(path).map(one => JSON.parse(one.body).data.space_ids);
    expect(told('/own')).toEqual([[spaces[0]]]);
    expect(told('/other')).toEqual([[spaces[1]], [spaces[1]]]);
    expect(told('/all')).toEqual([spaces, [spaces[1]]]);
    expect((await net.work(work => subscriptionsFor(work, manager))).map(one => one.subscriptionId)).toEqual([
      own.subscriptionId,
    ]);
    for (const id of [other.subscriptionId, all.subscriptionId, 'whk_nowhere00']) {
      const acts: readonly ((...asked: Parameters<typeof logOf>) => Promise<Outcome<unknown>>)[] = [
        ...[logOf, tryOut, unsubscribe],
      ];
      for (const act of acts)
        expect(codeOf(await net.work(work => act(work, manager, id)))).toBe('integrations.unknown_subscription');
    }
    const [strange] = (await log(all.subscriptionId)).deliveries;
    expect(codeOf(await net.work(work => replay(work, manager, strange!.deliveryId)))).toBe(
      'integrations.unknown_delivery',
    );
    done(await net.work(work => unsubscribe(work, manager, own.subscriptionId)));
    const left = await sql`select from integrations.delivery
      where subscription_id = ${own.subscriptionId}`.execute(net.database.db);
    expect(left.rows).toEqual([]);
  });

  test('whose right has ended is heard no more, what waited included; another takes it over', async () => {
    const leaving = await managerOf(spaces[0]!, 'leaving@exemple.invalid');
    receivers.answer('/left', 500);
    const { subscriptionId } = await subscribed('/left', ['booking.freed'], { actor: leaving, spaceId: spaces[0]! });
    const free = () =>
      net.work(work => announce(work, { event: 'booking.freed', payload: { space_ids: [spaces[0]!], days: [] } }));
    await free();
    await everyoneHears();
    at(addSeconds(now, 1));
    await sql`update people.membership set valid = tstzrange(lower(valid), ${now.toString()})
      where person_id = ${leaving.personId}`.execute(net.database.db);
    receivers.answer('/left', 204);
    await free();
    await minutePasses(61);
    expect(receivers.on('/left')).toHaveLength(1);
    expect((await log(subscriptionId)).subscription.disabledWhy).toBe('right_ended');
    expect(mails.map(one => one.to)).toEqual(['manon@exemple.invalid']);
    done(await net.work(work => setRunning(work, manager, { id: subscriptionId, running: true })));
    await everyoneHears();
    expect(receivers.on('/left')).toHaveLength(2);
  });

  test('and is erased leaves no name on it', async () => {
    const gone = await managerOf(spaces[0]!, 'gone@exemple.invalid');
    const { subscriptionId } = await subscribed('/erased', ['booking.freed'], { actor: gone, spaceId: spaces[0]! });
    done(await net.work(work => erase(work, gone, { personId: gone.personId, reason: '' })));
    await everyoneHears();
    expect((await log(subscriptionId)).subscription).toMatchObject({
      ...{ responsibleId: null, disabledWhy: 'right_ended' },
    });
  });

  test('twenty webhooks at most in one place', async () => {
    for (let n = 0; n < 20; n++) await subscribed(`/many/${n}`, ['booking.freed']);
    const more = asked(null, ['booking.freed']);
    expect(codeOf(await net.work(work => subscribe(work, operator, more)))).toBe('integrations.too_many');
    expect(codeOf(await net.work(work => subscribe(work, manager, { ...more, spaceId: spaces[0]! })))).toBe('accepted');
  });
});

describe('the database refuses', () => {
  const row = { network_id: 'net_testnetwork', subscription_id: 'whk_planted00' };
  const plant = (set: Record<string, unknown>) => {
    const given = { ...row, url: 'https://a.example/', events: ['booking.freed'], responsible_id: 'per_1', ...set };
    const columns = sql.join(Object.keys({ ...given, made_at: 0 }).map(name => sql.ref(name)));
    return net.work(({ tx }) =>
      sql`insert into integrations.subscription (${columns}) values (${sql.join(Object.values(given))}, ${start})`.execute(
        tx,
      ),
    );
  };
  test.each([
    ['an address that is none', { url: 'ftp://a' }, 'a_subscription_has_a_web_address'],
    ['one that hears nothing', { events: [] }, 'a_subscription_hears_something'],
    ['one that nobody answers for', { responsible_id: null }, 'someone_answers_for_what_leaves'],
    ['one stopped without a reason', { disabled_at: start }, 'a_disabled_subscription_says_why'],
  ])('%s', async (_name, set, rule) => {
    await expect(plant(set)).rejects.toThrow(rule);
  });

  test('the same announcement twice for one subscription, and a delivery that waits for nothing', async () => {
    await plant({});
    const deliver = (id: string, next: string | null) =>
      net.work(({ tx }) =>
        sql`insert into integrations.delivery (network_id, delivery_id, subscription_id, announcement, event, body,
          next_attempt_at, recorded_at) values ('net_testnetwork', ${id}, 'whk_planted00', '1', 'e', '{}', ${next}, ${start})`.execute(
          tx,
        ),
      );
    await deliver('whd_00000aaa', start);
    await expect(deliver('whd_00000bbb', start)).rejects.toThrow('one_delivery_per_announcement');
    await expect(deliver('whd_00000ccc', null)).rejects.toThrow('a_waiting_delivery_has_a_next_attempt');
  });
});
