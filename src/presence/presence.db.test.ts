import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { countingIds, freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { bookMany } from '../booking/booking.ts';
import { canonical, sha256 } from '../kernel/canonical.ts';
import type { Id } from '../kernel/ids.ts';
import { addSeconds, type Day, type Instant, instant } from '../kernel/time.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { addPersons, hold } from '../people/people.ts';
import { destructions } from '../platform/destruction.ts';
import type { Shell } from '../platform/http.ts';
import { noRoads } from '../platform/roads/no-roads.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { sampleSpace } from '../spaces/sample.ts';
import { addSpaces, type Space } from '../spaces/spaces.ts';
import { timetable } from './jobs.ts';
import {
  attendance,
  attestationsOf,
  attestDay,
  attestDays,
  checkDue,
  checkIn,
  codeAt,
  contest,
  decideContest,
  forgetPerson,
  type Kiosk,
  kioskKey,
  kioskOpenedBy,
  markPresence,
  openKiosk,
  payloadOf,
  personsOf,
  presencesOf,
  purgeAccessEvents,
  purgeEvidence,
  recordJudgements,
  reportClock,
  reverse,
  rulesOfTrips,
  saltsOf,
  syncKiosk,
  syncKiosks,
  walkIn,
} from './presence.ts';

const secrets = openSecretsOf('presence tests');
const actorOf = (personId: Id<'per'>, role: Role = 'worker', scope: Id | null = null): Actor => ({
  personId,
  firstName: 'Ada',
  memberships: [{ role, scope }],
});
const operator = actorOf('per_operator0', 'network_operator');

/** Monday 15 June 2026, 10:00 on the wall in Ganges. */
const monday: Day = '2026-06-15';
const morning = '2026-06-15T08:00:00Z';

let net: TestNetwork;
let space: Space;
let other: Space;
let kiosk: Kiosk;
let otherKiosk: Kiosk;
let people: readonly Id<'per'>[];

beforeEach(async () => {
  net = await freshNetwork(morning);
  const names = Array.from({ length: 12 }, (_, n) => ({
    email: `p${n}@example.org`,
    firstName: `Prénom${n}`,
    lastName: 'Nom',
  }));
  people = done(await net.work(w => addPersons(w, operator, names))).map(p => p.personId);
  [space, other] = done(
    await net.work(w => addSpaces(w, operator, [sampleSpace(), sampleSpace({ name: 'La Halle' })])),
  ) as [Space, Space];
  const open = (where: Space) =>
    net.work(w => openKiosk(w, operator, { spaceId: where.spaceId, name: 'Entrée', secrets }));
  kiosk = done(await open(space)).kiosk;
  otherKiosk = done(await open(other)).kiosk;
});

const worker = (n: number) => actorOf(people[n]!);
const shown = (at: string, by = kiosk) => codeAt(by, { at: instant(at), secrets });
const come = (n: number, at: string, by = kiosk) => {
  net.at(at);
  return net.work(w => checkIn(w, worker(n), { code: shown(at, by).code, secrets }));
};
const bookDay = (n: number, part: 'morning' | 'afternoon' | 'day' = 'day', where = space) =>
  net.work(w => bookMany(w, [{ spaceId: where.spaceId, day: monday, part, personId: people[n]! }]));
const attest = async (at = '2026-06-16T01:00:00Z', day = monday) => {
  net.at(at);
  return done(await net.work(w => attestDay(w, { day, secrets })));
};
const ledger = () => net.work(w => attestationsOf(w, { month: '2026-06' }));
/** What the room of trips says when it has nothing to say. */
const tripsPass = async () => {
  const facts = { facts: {}, factsSha256: sha256('{}'), findings: [] };
  const told = (await ledger()).map(one => ({ attestationId: one.attestationId, ...facts }));
  await net.work(w => recordJudgements(w, { catalogue: sha256('c'), rules: rulesOfTrips.map(r => r.id), told }));
};

describe('checking in', () => {
  test('the code on the kiosk notes who typed it, once', async () => {
    const first = done(await come(0, morning));
    expect(first).toMatchObject({ spaceId: space.spaceId, day: monday, half: 'morning', method: 'rotating_code' });
    expect(codeOf(await come(0, '2026-06-15T08:00:05Z'))).toBe('presence.code_already_used');
    expect(codeOf(await come(1, '2026-06-15T08:00:06Z'))).toBe('accepted');
  });

  test.each([
    ['typed with a space, in lower case', (c: string) => `${c.slice(0, 3)} ${c.slice(3)}`.toLowerCase(), 0, 'accepted'],
    ['as shown 15 s before', (c: string) => c, 15, 'accepted'],
    ['as shown 45 s before', (c: string) => c, 45, 'presence.code_expired'],
    ['as shown an hour before', (c: string) => c, 3600, 'presence.wrong_code'],
    ['made up', () => '000000', 0, 'presence.wrong_code'],
    ['empty', () => '', 0, 'presence.wrong_code'],
  ])('a code %s is %s', async (_case, typed, after_s, answer) => {
    const shownAt = instant(morning);
    net.at(addSeconds(shownAt, after_s).toString());
    const { code: text } = codeAt(kiosk, { at: shownAt, secrets });
    expect(codeOf(await net.work(w => checkIn(w, worker(0), { code: typed(text), secrets })))).toBe(answer);
  });

  test('the code of one kiosk does not open another', async () => {
    const { code: text } = shown(morning);
    const asked = { code: text, kioskId: otherKiosk.kioskId, secrets };
    expect(codeOf(await net.work(w => checkIn(w, worker(0), asked)))).toBe('presence.wrong_code');
  });

  test('64 times the same code by the same person at once: noted once', async () => {
    const { code: text } = shown(morning);
    const all = await Promise.all(
      Array.from({ length: 64 }, () => net.work(w => checkIn(w, worker(0), { code: text, secrets }))),
    );
    const codes = all.map(codeOf);
    expect(codes.filter(c => c === 'accepted')).toHaveLength(1);
    expect(codes.filter(c => c === 'presence.code_already_used')).toHaveLength(63);
  });

  test('a stolen kiosk is shut out by a new key, and its codes with it', async () => {
    const { key } = done(await net.work(w => kioskKey(w, operator, { kioskId: kiosk.kioskId, secrets })));
    const open = (given: string) => net.work(w => kioskOpenedBy(w, { kioskId: kiosk.kioskId, key: given, secrets }));
    expect(codeOf(await open(key))).toBe('accepted');
    done(await net.work(w => kioskKey(w, operator, { kioskId: kiosk.kioskId, secrets, renew: true })));
    expect(codeOf(await open(key))).toBe('presence.wrong_kiosk_key');
    expect(codeOf(await come(0, morning))).toBe('presence.wrong_code');
  });

  test('a kiosk whose clock is a little off is judged by its own clock; too far off, it is told so', async () => {
    const report = (says: string) =>
      net.work(w => reportClock(w, { kioskId: kiosk.kioskId, kioskSays: instant(says) }));
    expect(codeOf(await report('2026-06-15T08:02:00Z'))).toBe('presence.kiosk_clock_off');
    expect(done(await report('2026-06-15T08:00:50Z'))).toEqual({ offset_s: 50 });
    const { code: text } = shown('2026-06-15T08:00:50Z');
    expect(codeOf(await net.work(w => checkIn(w, worker(0), { code: text, secrets })))).toBe('accepted');
  });
});

describe('a kiosk that was offline', () => {
  const caught = (n: number, at: string, more = {}) => {
    const { code: text, counter } = shown(at);
    const captured_at: Instant = instant(at);
    return { personId: people[n]!, method: 'rotating_code' as const, code: text, counter, captured_at, ...more };
  };
  const send = async (events: Parameters<typeof syncKiosk>[1]['events']) =>
    done(await net.work(w => syncKiosk(w, { kioskId: kiosk.kioskId, events, secrets })));

  test('sends a week of events once, whatever the retries', async () => {
    const sent = Array.from({ length: 12 }, (_, n) =>
      caught(n, addSeconds(instant(morning), n * 900).toString(), {
        eventId: `acc_offline${String(n).padStart(2, '0')}`,
      }),
    );
    net.at('2026-06-21T20:00:00Z');
    const first = await send(sent);
    expect(first.map(codeOf)).toEqual(sent.map(() => 'accepted'));
    const again = await Promise.all([send(sent), send(sent.toReversed()), send([...sent, ...sent])]);
    expect(again.flat().map(codeOf)).toEqual(Array.from({ length: 48 }, () => 'accepted'));
    const kept = await sql<{ n: number }>`select count(*)::integer as n from presence.access_event`.execute(
      net.database.db,
    );
    expect(kept.rows[0]!.n).toBe(12);
    expect(done(first[3]!)).toMatchObject({ day: monday, half: 'morning' });
  });

  test('cannot invent codes, futures, strangers or a distant past', async () => {
    net.at('2026-06-16T08:00:00Z');
    const at = morning;
    const outcomes = await send([
      caught(0, at, { code: '123456' }),
      caught(0, at, { counter: shown(at).counter + 2n }),
      caught(0, at, { captured_at: instant('2026-06-15T09:00:00Z') }),
      caught(0, '2026-06-16T09:00:00Z'),
      caught(0, '2026-05-15T08:00:00Z'),
      caught(0, at, { personId: 'per_nobody000' }),
      caught(0, at),
    ]);
    expect(outcomes.map(codeOf)).toEqual([
      'presence.code_not_shown',
      'presence.code_not_shown',
      'presence.code_not_shown',
      'presence.captured_in_the_future',
      'presence.captured_too_long_ago',
      'presence.unknown_person',
      'accepted',
    ]);
  });

  test('several kiosks send at once: each is judged by its own codes, and an unknown one hinders no other', async () => {
    const there = { ...caught(1, morning), ...shown(morning, otherKiosk) };
    const [own, stolen, unknown, foreign] = await net.work(w =>
      syncKiosks(w, {
        secrets,
        batches: [
          { kioskId: kiosk.kioskId, events: [caught(0, morning, { eventId: 'acc_twice000' })] },
          { kioskId: otherKiosk.kioskId, events: [{ ...there, eventId: 'acc_twice000' }, there] },
          { kioskId: 'ksk_nowhere00', events: [caught(2, morning)] },
          { kioskId: otherKiosk.kioskId, events: [caught(3, morning)] },
        ],
      }),
    );
    expect(done(own!).map(one => done(one).spaceId)).toEqual([space.spaceId]);
    expect(done(stolen!).map(codeOf)).toEqual(['presence.event_id_reused', 'accepted']);
    expect(codeOf(unknown!)).toBe('presence.unknown_kiosk');
    expect(done(foreign!).map(codeOf)).toEqual(['presence.code_not_shown']);
  });
});

describe('the host’s list', () => {
  const host = () => actorOf(people[11]!, 'host', space.spaceId);

  test('shows who is expected and who came, and is written by the host alone', async () => {
    await bookDay(0);
    await come(1, morning);
    const list = () => net.work(w => attendance(w, host(), { spaceId: space.spaceId, day: monday }));
    const lines = done(await list()).lines;
    expect(lines.map(l => [l.firstName, l.booked, l.morning.methods])).toEqual([
      ['Prénom0', 'day', []],
      ['Prénom1', null, ['rotating_code']],
    ]);
    const marks = [{ personId: people[0]!, part: 'day' as const, present: true }];
    const write = (who: Actor) => net.work(w => markPresence(w, who, { spaceId: space.spaceId, day: monday, marks }));
    expect(codeOf(await write(worker(2)))).toBe('presence.not_host');
    expect(codeOf(await write(host()))).toBe('accepted');
    expect(done(await list()).lines[0]!.afternoon.methods).toEqual(['host_list']);
  });

  test('a walk-in gets a desk and is noted', async () => {
    const asked = { spaceId: space.spaceId, email: 'p3@example.org', part: 'day' as const };
    expect(done(await net.work(w => walkIn(w, host(), asked))).booking).toMatchObject({ part: 'day' });
    const stranger = { ...asked, email: 'nobody@example.org' };
    expect(codeOf(await net.work(w => walkIn(w, host(), stranger)))).toBe('presence.unknown_person');
  });

  test('closes a week after the day', async () => {
    const marks = [{ personId: people[0]!, part: 'day' as const, present: true }];
    const write = (day: Day) => net.work(w => markPresence(w, host(), { spaceId: space.spaceId, day, marks }));
    expect(codeOf(await write('2026-06-07'))).toBe('presence.day_not_open');
    expect(codeOf(await write('2026-06-16'))).toBe('presence.day_not_open');
  });
});

describe('attesting a day', () => {
  test('gives each what was proved: C, B or A, half or whole, with no hour kept', async () => {
    await bookDay(0);
    await come(0, morning);
    await come(1, morning);
    await bookDay(2, 'afternoon');
    await come(2, '2026-06-15T12:00:00Z');
    const marks = [{ personId: people[3]!, part: 'day' as const, present: true }];
    const host = actorOf(people[11]!, 'host', space.spaceId);
    done(await net.work(w => markPresence(w, host, { spaceId: space.spaceId, day: monday, marks })));
    await attest();
    const kept = await ledger();
    const who = await net.work(w =>
      personsOf(
        w,
        kept.map(a => a.pseudonym),
      ),
    );
    const lines = kept.map(a => [
      people.indexOf(who.get(a.pseudonym)!),
      a.halves,
      a.evidenceClass,
      a.bookingSha256 !== null,
    ]);
    expect(lines.toSorted()).toEqual([
      [0, 2, 'C', true],
      [1, 1, 'B', false],
      [2, 1, 'C', true],
      [3, 2, 'A', false],
    ]);
    const columns = await sql<{ row: string }>`select a::text as row from presence.day_attestation a`.execute(
      net.database.db,
    );
    expect(columns.rows.some(({ row }) => row.includes('per_') || /08:00|12:00|10:00|14:00/.test(row))).toBe(false);
  });

  test('waits until the day is over on the wall', async () => {
    await come(0, morning);
    net.at('2026-06-15T21:30:00Z');
    expect(codeOf(await net.work(w => attestDay(w, { day: monday, secrets })))).toBe('presence.day_not_over');
    net.at('2026-06-15T22:00:00Z');
    expect(done(await net.work(w => attestDay(w, { day: monday, secrets }))).attestationIds).toHaveLength(1);
  });

  test('run again it adds nothing; run again after late evidence it reverses and replaces', async () => {
    await come(0, morning);
    expect((await attest()).attestationIds).toHaveLength(1);
    expect(await attest()).toMatchObject({ attestationIds: [], reversedIds: [] });
    const at = '2026-06-15T13:00:00Z';
    const { code: text, counter } = shown(at);
    const late = {
      personId: people[0]!,
      method: 'rotating_code' as const,
      code: text,
      counter,
      captured_at: instant(at),
    };
    await net.work(w => syncKiosk(w, { kioskId: kiosk.kioskId, events: [late], secrets }));
    expect(await attest('2026-06-17T01:00:00Z')).toMatchObject({ reversedIds: [expect.any(String)] });
    expect((await ledger()).map(a => [a.halves, a.finality === 'reversed'])).toEqual([
      [1, true],
      [2, false],
    ]);
  });

  test('several days at once give what each gives alone; one that is not over waits and hinders no other', async () => {
    await bookDay(0);
    await come(0, morning);
    await come(1, morning, otherKiosk);
    await come(0, '2026-06-16T08:00:00Z', otherKiosk);
    await come(2, '2026-06-17T08:00:00Z');
    net.at('2026-06-17T09:00:00Z');
    const days = ['2026-06-17', '2026-06-15', '2026-06-14', '2026-06-16'] as const;
    const together = await net.work(w => attestDays(w, { days, secrets }));
    expect(together.map(codeOf)).toEqual(['presence.day_not_over', 'accepted', 'accepted', 'accepted']);
    expect(together.map(one => (one.ok ? one.value.attestationIds.length : null))).toEqual([null, 2, 0, 1]);
    expect(await attest('2026-06-17T10:00:00Z')).toMatchObject({ attestationIds: [], reversedIds: [] });
    expect((await ledger()).map(a => [a.day, a.spaceId, a.halves, a.evidenceClass])).toEqual([
      [monday, space.spaceId, 2, 'C'],
      [monday, other.spaceId, 1, 'B'],
      ['2026-06-16', other.spaceId, 1, 'B'],
    ]);
  });

  test('64 runs at once write each presence once', async () => {
    for (const n of [0, 1, 2, 3]) await come(n, morning);
    net.at('2026-06-16T01:00:00Z');
    const runs = await Promise.all(
      Array.from({ length: 64 }, () => net.work(w => attestDay(w, { day: monday, secrets }))),
    );
    expect(runs.flatMap(run => done(run).attestationIds)).toHaveLength(4);
    expect(await ledger()).toHaveLength(4);
  });

  test('a person noted in two spaces all day has one day in all', async () => {
    await bookDay(0, 'morning');
    await come(0, morning);
    await come(0, '2026-06-15T08:20:00Z', otherKiosk);
    await come(0, '2026-06-15T13:20:00Z', otherKiosk);
    await attest();
    expect((await ledger()).map(a => [a.spaceId, a.halves, a.evidenceClass])).toEqual([
      [space.spaceId, 1, 'C'],
      [other.spaceId, 1, 'B'],
    ]);
  });
});

describe('I-10: a person-day is at most one day', () => {
  test('640 rivals want both halves of one person-day: two halves exist', async () => {
    const { takeHalves } = await import('./store/attestation.ts');
    const pseudonym = 'a'.repeat(64);
    const want = (n: number) =>
      net.work(w =>
        takeHalves(w, [
          { pseudonym, day: monday, half: 1, attestationId: `prs_attack${String(n).padStart(4, '0')}` },
          { pseudonym, day: monday, half: 2, attestationId: `prs_attack${String(n).padStart(4, '0')}` },
        ]),
      );
    const got = await Promise.all(Array.from({ length: 640 }, (_, n) => want(n)));
    expect(got.flat()).toHaveLength(2);
    await expect(
      sql`insert into presence.person_day_half values (${net.networkId}, ${pseudonym}, ${monday}, 3, 'prs_byhand000')`.execute(
        net.database.db,
      ),
    ).rejects.toThrow(/check constraint/);
    await expect(
      sql`insert into presence.person_day_half values (${net.networkId}, ${pseudonym}, ${monday}, 2, 'prs_byhand000')`.execute(
        net.database.db,
      ),
    ).rejects.toMatchObject({ constraint: 'a_person_day_is_at_most_one_day' });
  });
});

describe('the clock’s tasks', () => {
  test('attest and judge what came in, even when the server was away for days; and nothing twice', async () => {
    await bookDay(0);
    await come(0, morning);
    const at = (moment: string) => ({
      db: net.database.db,
      clock: () => instant(moment),
      newId: countingIds(),
      secrets,
      roads: async () => noRoads(null),
    });
    const settle = (moment: string) => timetable(at(moment) as unknown as Shell)[0]!.task();
    await settle('2026-06-15T20:20:00Z');
    expect(await ledger()).toEqual([]);
    await settle('2026-06-20T01:20:00Z');
    await settle('2026-06-21T01:20:00Z');
    await settle('2026-06-22T01:20:00Z');
    await tripsPass();
    net.at('2026-06-27T02:00:00Z');
    expect((await ledger()).map(a => a.finality)).toEqual(['creditable']);
  });
});

describe('the published clock', () => {
  const stateAt = async (at: string) => {
    net.at(at);
    return (await ledger()).map(a => a.finality);
  };

  test('captured, checking, provisional, creditable at seven days, when every rule has spoken', async () => {
    await bookDay(0);
    await come(0, morning);
    await attest('2026-06-16T01:00:00Z');
    expect(await stateAt('2026-06-16T02:00:00Z')).toEqual(['captured']);
    expect(await net.work(checkDue)).toEqual({ checked: 0 });
    expect(await stateAt('2026-06-17T01:00:00Z')).toEqual(['checking']);
    expect(await net.work(checkDue)).toEqual({ checked: 1 });
    expect(await net.work(checkDue)).toEqual({ checked: 0 });
    expect(await stateAt('2026-06-18T01:00:00Z')).toEqual(['checking']);
    await tripsPass();
    expect(await stateAt('2026-06-18T01:00:00Z')).toEqual(['provisional']);
    expect(await stateAt('2026-06-23T00:59:00Z')).toEqual(['provisional']);
    expect(await stateAt('2026-06-23T01:00:00Z')).toEqual(['creditable']);
  });

  test('without its checks a presence waits, however long', async () => {
    await bookDay(0);
    await come(0, morning);
    await attest();
    expect(await stateAt('2027-06-16T02:00:00Z')).toEqual(['checking']);
  });

  test('people above the places of a space are blocked, the excess only; so is a day of closure', async () => {
    for (const n of people.keys()) {
      await come(n, '2026-06-15T08:00:00Z');
      await come(n, '2026-06-15T13:00:00Z');
    }
    await come(0, '2026-06-21T08:00:00Z');
    await attest('2026-06-22T01:00:00Z');
    await attest('2026-06-22T01:00:00Z', '2026-06-21');
    net.at('2026-06-24T02:00:00Z');
    await net.work(checkDue);
    await tripsPass();
    const states = (await ledger()).map(a => `${a.day} ${a.finality}`);
    expect(states.filter(s => s === '2026-06-15 provisional')).toHaveLength(5);
    expect(states.filter(s => s === '2026-06-15 blocked')).toHaveLength(7);
    expect(states.filter(s => s === '2026-06-21 blocked')).toHaveLength(1);
  });
});

describe('people and their days', () => {
  const contested = async (n: number) => {
    const [own] = await net.work(w => presencesOf(w, { personId: people[n]!, from: monday, to: monday }));
    return own!;
  };

  test('I-44: a contest freezes a day until it is withdrawn or decided', async () => {
    await bookDay(0);
    await come(0, morning);
    await attest();
    net.at('2026-06-17T02:00:00Z');
    await net.work(checkDue);
    await tripsPass();
    const { attestationId } = await contested(0);
    const say = (who: Actor, reason: 'not_there' | null) => net.work(w => contest(w, who, { attestationId, reason }));
    expect(codeOf(await say(worker(1), 'not_there'))).toBe('presence.not_yours');
    expect(codeOf(await say(worker(0), 'not_there'))).toBe('accepted');
    expect(codeOf(await say(worker(0), 'not_there'))).toBe('presence.already_contested');
    net.at('2026-07-01T02:00:00Z');
    expect(await contested(0)).toMatchObject({ contested: true, finality: 'provisional' });
    expect(codeOf(await say(worker(0), null))).toBe('accepted');
    expect((await contested(0)).finality).toBe('creditable');
    done(await say(worker(0), 'not_there'));
    const decide = (who: Actor) => net.work(w => decideContest(w, who, { attestationId, upheld: true, secrets }));
    expect(codeOf(await decide(worker(0)))).toBe('presence.not_operator');
    expect(codeOf(await decide(operator))).toBe('accepted');
    expect((await contested(0)).finality).toBe('reversed');
    expect(codeOf(await net.work(w => reverse(w, operator, { attestationId, secrets })))).toBe(
      'presence.already_reversed',
    );
  });

  test('I-42: raw events are destroyed at three months, and the destruction is recorded; what they proved stays', async () => {
    await come(0, morning);
    await attest();
    net.at('2026-09-15T07:59:59Z');
    expect(await net.work(purgeAccessEvents)).toEqual({ destroyed: 0 });
    net.at('2026-09-15T08:00:01Z');
    expect(await net.work(purgeAccessEvents)).toEqual({ destroyed: 1 });
    expect(await net.work(destructions)).toMatchObject([{ record: 'access_event', destroyed: 1 }]);
    expect(await attest('2026-09-16T08:00:01Z')).toMatchObject({ attestationIds: [], reversedIds: [] });
    expect(await ledger()).toHaveLength(1);
  });

  test('I-42: check-ins of someone whose data are held wait for the end of the hold', async () => {
    await come(0, morning);
    await come(1, morning);
    await attest();
    const held = { personId: people[0]!, reason: 'incident', until: '2026-12-01' as Day };
    done(await net.work(w => hold(w, operator, held)));
    net.at('2026-09-20T08:00:00Z');
    expect(await net.work(purgeAccessEvents)).toEqual({ destroyed: 1 });
    net.at('2026-12-01T08:00:00Z');
    expect(await net.work(purgeAccessEvents)).toEqual({ destroyed: 1 });
  });

  test('I-42: what opens a day is destroyed ten years later, with the link of whoever has no younger day', async () => {
    await come(0, morning);
    await attest();
    const [kept] = await ledger();
    const left = async () => [
      (await net.work(w => saltsOf(w, [kept!.attestationId]))).size,
      (await net.work(w => personsOf(w, [kept!.pseudonym]))).size,
    ];
    net.at('2036-06-15T08:00:00Z');
    expect(await net.work(purgeEvidence)).toEqual({ destroyed: 0 });
    expect(await left()).toEqual([1, 1]);
    net.at('2036-06-16T08:00:00Z');
    const held = { personId: people[0]!, reason: 'contrôle en cours', until: '2037-01-01' as Day };
    done(await net.work(w => hold(w, operator, held)));
    expect(await net.work(purgeEvidence)).toEqual({ destroyed: 0 });
    net.at('2037-01-01T08:00:00Z');
    expect(await net.work(purgeEvidence)).toEqual({ destroyed: 1 });
    expect(await left()).toEqual([0, 0]);
    expect(await ledger()).toHaveLength(1);
    expect(await net.work(destructions)).toMatchObject([
      { record: 'person_link', destroyed: 1 },
      { record: 'attestation_salt', destroyed: 1 },
    ]);
  });

  test('a person forgotten leaves their days, and nothing that leads back', async () => {
    await bookDay(0);
    await come(0, morning);
    await attest();
    const before = await ledger();
    await net.work(w => forgetPerson(w, { personId: people[0]! }));
    expect(await ledger()).toEqual(before);
    expect(
      (
        await net.work(w =>
          personsOf(
            w,
            before.map(a => a.pseudonym),
          ),
        )
      ).size,
    ).toBe(0);
    const traces = await sql<{ n: number }>`select (select count(*) from presence.person_link)
      + (select count(*) from presence.access_event) + (select count(*) from presence.attestation_salt) as n`.execute(
      net.database.db,
    );
    expect(Number(traces.rows[0]!.n)).toBe(0);
  });

  test('a commitment opens with its salt, and with nothing once the salt is gone', async () => {
    await come(0, morning);
    await attest();
    const [kept] = await ledger();
    const salts = () => net.work(w => saltsOf(w, [kept!.attestationId]));
    const salt = (await salts()).get(kept!.attestationId)!;
    const opened = sha256(Buffer.concat([salt, Buffer.from(canonical(payloadOf({ ...kept!, reverses: null })))]));
    expect(opened).toBe(kept!.payloadCommit);
    await net.work(w => forgetPerson(w, { personId: people[0]! }));
    expect((await salts()).size).toBe(0);
  });

  test('the ledger refuses to be rewritten', async () => {
    await come(0, morning);
    await attest();
    await expect(sql`update presence.day_attestation set halves = 2`.execute(net.database.db)).rejects.toMatchObject({
      constraint: 'evidence_is_append_only',
    });
    await expect(sql`delete from presence.day_attestation`.execute(net.database.db)).rejects.toThrow(/reversing entry/);
  });
});
