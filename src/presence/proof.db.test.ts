import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { type AttendedSpaces, actorAs, openAttendedSpaces, operator, secrets } from '../../tools/attended-spaces.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import { straightRoads } from '../../tools/straight-roads.ts';
import { accept } from '../kernel/outcome.ts';
import { addDays, type Day, weekday } from '../kernel/time.ts';
import { grant } from '../people/people.ts';
import { setParameter } from '../platform/parameters/parameters.ts';
import { noRoads } from '../platform/roads/no-roads.ts';
import type { RoadRouter } from '../platform/roads/roads.ts';
import {
  anomalyQueue,
  attestationsOf,
  checkDue,
  closingOf,
  confirm,
  declareRelative,
  exempt,
  markPresences,
  parameters,
  presenceFile,
  recordJudgements,
} from './presence.ts';
import { benchWith } from './rules/catalogue.ts';
import { catalogueHash, type Facts, type Finding, judging } from './rules/rule.ts';
import { thresholdsOn } from './store/thresholds.ts';

/** Monday 1 June 2026: ten in the morning in Ganges is 08:00 UTC. */
const monday: Day = '2026-06-01';

let town: AttendedSpaces;
beforeEach(async () => {
  town = await openAttendedSpaces();
});

/** Standing presences of someone's day, with what was found of each. */
const filesOf = async (person: number, day: Day = monday) => {
  const own = (await town.of(person, day)).filter(one => one.finality !== 'reversed');
  return Promise.all(own.map(one => town.work(w => presenceFile(w, operator, one.attestationId)).then(done)));
};
const found = async (person: number, day: Day = monday): Promise<string[]> =>
  (await filesOf(person, day)).flatMap(file => file.findings.map(one => `${one.rule} ${one.status}`));
const night = (day: Day = monday) => town.attest(day, addDays(day, 1));
const twoDaysAfter = (day: Day = monday, time = '02:00') => `${addDays(day, 2)}T${time}:00Z`;
const checks = (day: Day = monday) => town.check(twoDaysAfter(day));

/** Every road takes this long; null is an engine that is away. */
const roadsOf = (seconds: number, heard: () => unknown = () => {}): RoadRouter => ({
  ...straightRoads(),
  route: async (...asked) => {
    await heard();
    const answer = await straightRoads().route(...asked);
    return answer.ok ? accept({ ...answer.value, seconds }) : answer;
  },
});

describe('what check-ins show', () => {
  test('F01: stays that overlap in two spaces block both presences, and each names the other', async () => {
    for (const [at, space] of [
      ['07:00', 0],
      ['08:30', 1],
      ['09:30', 0],
      ['14:00', 1],
    ] as const)
      await town.come(0, `${monday}T${at}:00Z`, { space });
    await night();
    town.at(twoDaysAfter());
    await town.work(w => checkDue(w, async () => roadsOf(1_200)));
    const [one, other] = await filesOf(0);
    expect(await found(0)).toEqual(['F01 blocked', 'F01 blocked']);
    expect(one!.findings[0]!.with).toEqual([other!.attestation.attestationId]);
    expect(other!.findings[0]!.with).toEqual([one!.attestation.attestationId]);
  });

  test('F02: a road too fast blocks; without an answer the presences wait, and the road is asked once', async () => {
    await town.come(0, `${monday}T07:00:00Z`);
    await town.come(0, `${monday}T07:10:00Z`, { space: 1 });
    await town.come(0, `${monday}T14:00:00Z`, { space: 1 });
    await town.come(1, `${monday}T07:00:00Z`);
    await night();
    town.at(twoDaysAfter());
    const check = (roads: RoadRouter | null) => town.work(w => checkDue(w, roads === null ? null : async () => roads));
    expect(await check(noRoads(null))).toEqual({ checked: 3 });
    expect(await check(noRoads(null))).toEqual({ checked: 0 });
    expect([await found(0), await found(1)]).toEqual([['F02 pending', 'F02 pending'], []]);
    await town.tripsPass();
    town.at(`${addDays(monday, 30)}T02:00:00Z`);
    expect((await town.of(0, monday)).map(one => one.finality)).toEqual(['checking', 'checking']);
    let asked = 0;
    const slow = roadsOf(1_500, () => asked++);
    expect(await check(slow)).toEqual({ checked: 2 });
    expect([asked, await found(0)]).toEqual([1, ['F02 blocked', 'F02 blocked']]);
    const { rows } = await sql`select seconds, engine, data_sha256 from presence.space_road`.execute(town.database.db);
    expect(rows).toEqual([{ seconds: 1_500, engine: 'straight', data_sha256: 'a'.repeat(64) }]);
    await town.come(2, `${addDays(monday, 31)}T07:00:00Z`);
    await town.come(2, `${addDays(monday, 31)}T07:40:00Z`, { space: 1 });
    await night(addDays(monday, 31));
    town.at(twoDaysAfter(addDays(monday, 31)));
    await check(slow);
    expect([asked, await found(2, addDays(monday, 31))]).toEqual([1, []]);
  });

  test('F05 and F06: one phone for two people, a phone whose clock is off', async () => {
    const at = Date.parse(`${monday}T07:00:00Z`);
    await town.come(0, `${monday}T07:00:00Z`, { device: 'phone', clock_ms: at });
    await town.come(1, `${monday}T07:10:00Z`, { device: 'phone', clock_ms: at + 600_000 });
    await town.come(2, `${monday}T07:00:00Z`, { device: 'other', clock_ms: at - 121_000 });
    await town.come(3, `${monday}T07:00:30Z`, { device: 'third', clock_ms: at + 150_000 });
    await night();
    await checks();
    expect([await found(0), await found(1), await found(2), await found(3)]).toEqual([
      ['F05 review'],
      ['F05 review'],
      ['F06 review'],
      [],
    ]);
    const [file] = await filesOf(0);
    expect(file!.findings[0]!.with).toEqual((await town.of(1, monday)).map(one => one.attestationId));
    const kept = await sql<{
      device: string;
    }>`select device from presence.access_event where device is not null`.execute(town.database.db);
    expect(kept.rows.every(({ device }) => /^[0-9a-f]{32}$/.test(device))).toBe(true);
  });

  test('F09: three people within two seconds, not the one who comes next', async () => {
    for (const [person, seconds] of [
      [0, '00'],
      [1, '01'],
      [2, '02'],
      [3, '05'],
    ] as const)
      await town.come(person, `${monday}T07:00:${seconds}Z`);
    await night();
    await checks();
    expect([await found(0), await found(1), await found(2), await found(3)]).toEqual([
      ['F09 review'],
      ['F09 review'],
      ['F09 review'],
      [],
    ]);
  });

  test('F10: fifteen arrivals within seconds of one another are not a person’s', async () => {
    const days = Array.from({ length: 19 }, (_, n) => addDays(monday, n)).filter(day => weekday(day) < 6);
    expect(days).toHaveLength(15);
    for (const [n, day] of days.entries()) {
      await town.come(0, `${day}T07:00:${String((n * 7) % 60).padStart(2, '0')}Z`);
      await town.come(1, `${day}T07:${String((n * 11) % 40).padStart(2, '0')}:30Z`);
      await night(day);
    }
    await checks(days.at(-1));
    expect([await found(0, days.at(-1)), await found(0, days.at(-2)), await found(1, days.at(-1))]).toEqual([
      ['F10 review'],
      [],
      [],
    ]);
  });

  test('F04: a late line of the host waits for the person’s word', async () => {
    const list = (day: Day) => ({
      spaceId: town.spaces[0]!.spaceId,
      day,
      marks: [{ personId: town.people[0]!, part: 'day' as const, present: true }],
    });
    town.at(`${addDays(monday, 2)}T09:00:00Z`);
    done(await town.work(w => markPresences(w, operator, [list(monday), list(addDays(monday, 1))])));
    await town.attest(monday, addDays(monday, 3));
    await town.attest(addDays(monday, 1), addDays(monday, 3));
    await town.check(`${addDays(monday, 5)}T02:00:00Z`);
    expect([await found(0), await found(0, addDays(monday, 1))]).toEqual([['F04 review'], []]);
    const [{ attestation }] = (await filesOf(0)) as [Awaited<ReturnType<typeof filesOf>>[number]];
    done(await town.work(w => confirm(w, actorAs(town.people[0]!), attestation)));
    await town.check(`${addDays(monday, 5)}T03:00:00Z`);
    expect(await found(0)).toEqual([]);
    expect((await filesOf(0))[0]!.history.map(one => [one.what, one.by])).toEqual([
      ['attested', 'clock'],
      ['confirmed', 'worker'],
    ]);
  });
});

describe('people who run a space, or are close to it (F15)', () => {
  test('are not counted there, on the days of their role alone', async () => {
    const { spaceId } = town.spaces[0]!;
    const host = { personId: town.people[0]!, role: 'host' as const, scope: spaceId };
    done(await town.work(w => grant(w, operator, [host])));
    const kin = { personId: town.people[1]!, spaceId, from: monday, until: addDays(monday, 1), secrets };
    expect(codeOf(await town.work(w => declareRelative(w, actorAs(town.people[2]!), kin)))).toBe(
      'presence.not_operator',
    );
    done(await town.work(w => declareRelative(w, actorAs(town.people[1]!), kin)));
    const tuesday = addDays(monday, 1);
    for (const day of [monday, tuesday]) {
      for (const [n, space] of [
        [0, 0],
        [1, 0],
        [2, 0],
      ] as const)
        await town.come(n, `${day}T07:0${n}:00Z`, { space });
      await night(day);
    }
    await town.come(0, `${addDays(monday, 2)}T07:00:00Z`, { space: 1 });
    await night(addDays(monday, 2));
    await checks(addDays(monday, 2));
    expect([await found(0), await found(1), await found(2)]).toEqual([['F15 blocked'], ['F15 blocked'], []]);
    expect([await found(0, tuesday), await found(1, tuesday)]).toEqual([['F15 blocked'], []]);
    expect(await found(0, addDays(monday, 2))).toEqual([]);
  });
});

describe('a space out of its usual', () => {
  test('F16: beyond what a month allows by hand, the excess is looked at, and the space is told once', async () => {
    for (const n of [0, 1, 2, 3, 4]) await town.come(n, `${monday}T07:0${n}:00Z`);
    const marks = [5, 6, 7].map(n => ({ personId: town.people[n]!, part: 'day' as const, present: true }));
    done(await town.work(w => markPresences(w, operator, [{ spaceId: town.spaces[0]!.spaceId, day: monday, marks }])));
    await night();
    await checks();
    const byHand = [await found(5), await found(6), await found(7)].flat();
    expect([byHand, await found(0)]).toEqual([['F16 review'], []]);
    const { sites } = done(await town.work(w => anomalyQueue(w, operator)));
    expect(sites).toEqual([{ spaceId: town.spaces[0]!.spaceId, ruleId: 'F16', periodFrom: monday }]);
  });

  test('F17: a week that jumps is looked at whole, days judged before included', async () => {
    const { spaceId } = town.spaces[0]!;
    await sql`insert into presence.space_day select ${town.networkId}, ${spaceId}, d::date, 2, 0, 4
      from generate_series('2026-04-06'::date, '2026-05-25', '1 week') d`.execute(town.database.db);
    const [tuesday, wednesday] = [addDays(monday, 1), addDays(monday, 2)];
    for (const [day, n] of [
      [monday, 0],
      [monday, 1],
      [tuesday, 2],
    ] as const)
      await town.book(n, day);
    const lived = async (day: Day, people: readonly number[]) => {
      for (const n of people) await town.come(n, `${day}T07:${String(n * 3).padStart(2, '0')}:00Z`);
      await night(day);
    };
    await lived(monday, [0, 1]);
    await lived(tuesday, [2]);
    await checks(tuesday);
    expect([await found(0), await found(2, tuesday)]).toEqual([[], []]);
    town.at(`${wednesday}T06:00:00Z`);
    for (const n of [3, 4, 5, 6, 7, 8]) await town.book(n, wednesday);
    await lived(wednesday, [3, 4, 5, 6, 7, 8]);
    await checks(wednesday);
    expect([await found(3, wednesday), await found(0), await found(2, tuesday)]).toEqual([
      ['F17 review'],
      ['F17 review'],
      ['F17 review'],
    ]);
    expect((await town.work(w => checkDue(w))).checked).toBe(0);
  });
});

describe('thresholds', () => {
  test('are those of the presence’s day: a stricter week binds from its first day on (F19)', async () => {
    const change = {
      parameterId: 'presence.week_days',
      value: '2',
      source: 'décision d’essai',
      validFrom: '2026-06-08' as Day,
    };
    done(await town.work(w => setParameter(w, operator, { ...change, lists: [parameters] })));
    const weeks = [monday, addDays(monday, 7)].map(first => [0, 1, 2].map(n => addDays(first, n)));
    for (const day of weeks.flat()) {
      await town.come(0, `${day}T07:00:00Z`);
      await night(day);
    }
    await checks(weeks[1]![2]);
    expect(await Promise.all(weeks.flat().map(day => found(0, day)))).toEqual([[], [], [], [], [], ['F19 blocked']]);
  });

  test('an exemption sets a rule aside for its space and its days, and what was judged is judged again', async () => {
    for (const n of [0, 1, 2]) await town.come(n, `${monday}T07:00:00Z`);
    await night();
    await checks();
    expect(await found(0)).toEqual(['F09 review']);
    const of = { spaceId: town.spaces[0]!.spaceId };
    const asked = { ruleId: 'F09', of, from: monday, until: addDays(monday, 1), reason: 'usual' as const, secrets };
    const grantIt = (by = operator, more = {}) => town.work(w => exempt(w, by, { ...asked, ...more }));
    expect(codeOf(await grantIt(actorAs(town.people[0]!)))).toBe('presence.not_operator');
    expect(codeOf(await grantIt(operator, { ruleId: 'F99' }))).toBe('presence.unknown_rule');
    expect(codeOf(await grantIt(operator, { until: monday }))).toBe('presence.bad_term');
    expect(codeOf(await grantIt(operator, { until: addDays(monday, 400) }))).toBe('presence.bad_term');
    done(await grantIt());
    await town.check(twoDaysAfter(monday, '03:00'));
    expect([await found(0), (await filesOf(0))[0]!.attestation.axes.anomaly]).toEqual([['F09 noted'], 'passed']);
  });
});

describe('fails closed (I-20)', () => {
  const lived = async () => {
    await town.book(0, monday);
    await town.come(0, `${monday}T07:00:00Z`);
    await town.come(0, `${monday}T09:00:00Z`, { space: 1 });
    await night();
    town.at(twoDaysAfter());
  };
  const judgements = async () =>
    (await sql<{ n: number }>`select count(*)::integer as n from presence.judgement`.execute(town.database.db)).rows[0]!
      .n;

  test('when the road engine fails, nothing is judged; when it is back, all is', async () => {
    await lived();
    const failing = roadsOf(600, () => Promise.reject(new Error('the engine broke')));
    await expect(town.work(w => checkDue(w, async () => failing))).rejects.toThrow('the engine broke');
    expect(await judgements()).toBe(0);
    expect((await town.work(w => checkDue(w, async () => roadsOf(600)))).checked).toBeGreaterThan(0);
  });

  test('when the database cuts the connection in the middle, nothing is judged', async () => {
    await lived();
    const cut = town.work(async w => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(w.tx);
      const roads = roadsOf(600, () => sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(town.database.db));
      return checkDue(w, async () => roads);
    });
    await expect(cut).rejects.toThrow();
    expect(await judgements()).toBe(0);
  });

  test('when the room of trips has not spoken, or has left out a rule, the presence waits however long', async () => {
    await town.book(0, monday);
    await town.come(0, `${monday}T07:00:00Z`);
    await night();
    town.at(twoDaysAfter());
    await town.work(w => checkDue(w));
    const [{ attestationId }] = (await town.of(0, monday)) as unknown as [{ attestationId: `prs_${string}` }];
    const finality = async () => {
      town.at('2027-06-01T00:00:00Z');
      return (await town.of(0, monday))[0]!.finality;
    };
    expect(await finality()).toBe('checking');
    const told = [{ attestationId, facts: {}, factsSha256: 'a'.repeat(64), findings: [] }];
    const say = (rules: readonly string[]) =>
      town.work(w => recordJudgements(w, { catalogue: 'b'.repeat(64), rules, told }));
    await say(['F12', 'F13', 'F14', 'F18', 'R01', 'R02']);
    expect(await finality()).toBe('checking');
    await town.tripsPass();
    expect(await finality()).toBe('checking');
  });

  test('when its check-ins were destroyed before anyone judged them, the presence waits', async () => {
    await town.book(0, monday);
    await town.come(0, `${monday}T07:00:00Z`);
    await night();
    await sql`delete from presence.access_event`.execute(town.database.db);
    await checks();
    expect(await found(0)).toEqual([
      'F01 pending',
      'F02 pending',
      'F04 pending',
      'F05 pending',
      'F06 pending',
      'F07 pending',
      'F09 pending',
      'F10 pending',
    ]);
  });
});

/** A network with a bit of everything, checked. */
async function busyMonday(): Promise<void> {
  for (const n of [0, 1, 2, 3]) await town.book(n, monday);
  for (const n of [0, 1, 2]) await town.come(n, `${monday}T07:00:00Z`, { device: n === 2 ? 'x' : 'y' });
  await town.come(3, `${monday}T07:30:00Z`);
  await town.come(4, `${monday}T08:00:00Z`, { space: 1 });
  await night();
  town.at(twoDaysAfter());
}

describe('what is written', () => {
  test('64 checks at once judge each presence once', async () => {
    await busyMonday();
    const runs = await Promise.all(Array.from({ length: 64 }, () => town.work(w => checkDue(w))));
    expect(runs.reduce((sum, run) => sum + run.checked, 0)).toBe(5);
    const { rows } = await sql<{ n: number; most: number }>`
      select count(*)::integer as n, max(revision)::integer as most from presence.judgement`.execute(town.database.db);
    expect(rows).toEqual([{ n: 5, most: 1 }]);
  });

  test('replays: same catalogue and facts, same judgement (I-21)', async () => {
    await busyMonday();
    await checks();
    const { rows } = await sql<{ facts: Facts; findings: Finding[]; sha: string; catalogue: string }>`
      select facts, findings, encode(facts_sha256, 'hex') as sha, encode(catalogue, 'hex') as catalogue
      from presence.judgement where judge = 'presence'`.execute(town.database.db);
    const values = (await town.work(w => thresholdsOn(w, [monday])))(monday);
    const judge = judging(benchWith(values));
    expect(rows).toHaveLength(5);
    for (const row of rows) {
      expect(row.catalogue).toBe(catalogueHash(benchWith(values)));
      const again = judge(row.facts);
      expect(again.factsSha256).toBe(row.sha);
      expect(row.findings.map(({ with: _, ...finding }) => finding)).toEqual(again.findings);
    }
    expect(JSON.stringify(rows)).not.toMatch(/07:|08:|per_|spc_/);
  });

  test('cannot be rewritten, and says the same once more only when something changes', async () => {
    await busyMonday();
    await checks();
    await sql`update presence.standing set due_at = 'epoch'`.execute(town.database.db);
    expect(await town.work(w => checkDue(w))).toEqual({ checked: 5 });
    const { rows } = await sql`select 1 from presence.judgement where revision > 1`.execute(town.database.db);
    expect(rows).toEqual([]);
    for (const statement of [sql`update presence.judgement set fraud = 'passed'`, sql`delete from presence.judgement`])
      await expect(statement.execute(town.database.db)).rejects.toThrow(/reversing entry/);
  });

  test('where presences stand is what the rows come to (I-07)', async () => {
    await busyMonday();
    await checks();
    const { rows } = await sql<{ id: string; own: string; trip: string }>`
      select s.attestation_id as id, s.own, s.trip, string_agg(left(j.acquisition, 1) || left(j.fraud, 1) || left(j.anomaly, 1),
        ' ' order by j.judge desc) as said
      from presence.standing s join presence.judgement j using (network_id, attestation_id)
      group by s.attestation_id, s.own, s.trip`.execute(town.database.db);
    expect(rows).toHaveLength(5);
    for (const row of rows as unknown as { own: string; trip: string; said: string }[])
      expect(`${row.own} ${row.trip}`).toBe(row.said);
    const counted = sql`select space_id, local_day, count(*)::integer as presences, sum(halves)::integer as halves
      from presence.day_attestation where reverses is null group by 1, 2 order by 1`;
    const kept = sql`select space_id, local_day, presences, halves from presence.space_day order by 1`;
    expect((await kept.execute(town.database.db)).rows).toEqual((await counted.execute(town.database.db)).rows);
  });

  test('is read for the accounts of a month in the order of ids, with who blocks what', async () => {
    await busyMonday();
    await checks();
    town.at(`${addDays(monday, 20)}T02:00:00Z`);
    const rows = await town.work(w => closingOf(w, { days: [monday] }));
    expect(rows.map(one => one.attestationId)).toEqual(rows.map(one => one.attestationId).toSorted());
    const all = await town.work(w => attestationsOf(w, { days: [monday] }));
    expect(rows).toHaveLength(all.length);
    for (const row of rows) {
      const one = all.find(a => a.attestationId === row.attestationId)!;
      expect(row).toMatchObject({ pseudonym: one.pseudonym, personCommit: one.personCommit, halves: one.halves });
      const expected = {
        creditable: 'settled',
        provisional: one.evidenceClass === 'C' ? 'waiting' : 'settled',
        blocked: 'blocked',
      };
      const review = Object.values(one.axes).includes('review');
      expect(row.standing).toBe(review ? 'waiting' : expected[one.finality as 'creditable']);
    }
    expect(await town.work(w => closingOf(w, { days: [addDays(monday, 1)] }))).toEqual([]);
  });
});
