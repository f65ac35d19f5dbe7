import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { book, bookingsOf } from '../src/booking/booking.ts';
import { computeDistances, declareBaseline } from '../src/commute/commute.ts';
import { sampleDeclaration } from '../src/commute/sample.ts';
import { employmentsOn } from '../src/employers/employers.ts';
import { type Day, instant } from '../src/kernel/time.ts';
import type { Actor } from '../src/kernel/visit.ts';
import { batches, buildDossier, closePeriod } from '../src/mrv/mrv.ts';
import { erase, eraseDue, heldPersons, hold, legalHolds, lift, visitorOf } from '../src/people/people.ts';
import { destructions } from '../src/platform/destruction.ts';
import { openSecretsOf } from '../src/platform/secrets.ts';
import { presencesOf } from '../src/presence/presence.ts';
import { verify } from '../verifier/verify.mjs';
import { type EveryRoom, everyRoom } from './every-room.ts';
import { everyRow, joinedTables } from './joined-rows.ts';
import { codeOf, done, foundSmallNetwork, liveDay, type SmallNetwork } from './small-network.ts';
import { straightRoads } from './straight-roads.ts';

const days: readonly Day[] = ['2026-06-02', '2026-06-03'];
let net: SmallNetwork;
let rooms: EveryRoom;
const everyoneHears = (moment: string): Promise<void> => rooms.hear(moment);

/** Tables of which a row holds this text. */
const tablesWith = async (text: string): Promise<readonly string[]> => {
  const { db } = net.database;
  const tables = await sql<{ name: string }>`select table_schema || '.' || table_name as name
    from information_schema.tables where table_type = 'BASE TABLE'
      and table_schema not in ('pg_catalog', 'information_schema', 'graphile_worker')`.execute(db);
  const holding: string[] = [];
  for (const { name } of tables.rows) {
    const found = await sql`select from ${sql.table(name)} t where t::text like ${`%${text}%`} limit 1`.execute(db);
    if (found.rows.length > 0) holding.push(name);
  }
  return holding.toSorted();
};

const dossierNow = async () => {
  const [june] = await net.work(batches);
  const dossier = done(await net.work(work => buildDossier(work, { batchId: june!.id, keyring: net.keyring })));
  const told: string[] = [];
  verify(Buffer.from(dossier.bytes), { say: (...said: unknown[]) => told.push(said.join(' ')) });
  return { june: june!, told };
};

beforeAll(async () => {
  net = await foundSmallNetwork({
    foundedOn: '2026-05-04',
    keyring: { secrets: openSecretsOf('erasure'), host: 'log.example' },
    space: { resources: [0, 1, 2, 3].map(n => ({ kind: 'desk', name: `Bureau ${n}`, capacity: 1 })) },
    office: { communeCode: '34172', place: { lon_udeg: 3_876_000, lat_udeg: 43_611_000 } },
    workers: 4,
  });
  rooms = await everyRoom(net);
  for (const worker of net.workers) {
    const declared = sampleDeclaration({ spaceIds: [net.space.spaceId], validFrom: '2026-05-04' });
    const { baselineId } = done(await net.work(work => declareBaseline(work, worker, declared)));
    done(await net.work(work => computeDistances(work, straightRoads(), baselineId)));
  }
  for (const day of days) await liveDay(net, day);
  net.at('2026-07-09T08:00:00Z');
  done(await net.work(work => closePeriod(work, net.operator, { month: '2026-06', keyring: net.keyring })));
}, 90_000);
afterAll(async () => {
  await rooms.close();
  await net.database.db.destroy();
});

const self = (actor: Actor) => net.work(work => erase(work, actor, { personId: actor.personId, reason: '' }));

describe('asking to be erased', () => {
  test.each<[string, string, () => readonly [Actor, string, string]]>([
    ['of someone else', 'people.may_not', () => [net.workers[0]!, net.workers[1]!.personId, 'parce que']],
    ['by an operator without a reason', 'people.reason_missing', () => [net.operator, net.workers[1]!.personId, ' ']],
    ['of nobody', 'people.unknown_person', () => [net.operator, 'per_nobody00', 'demande écrite']],
    ['of the only one who runs the network', 'people.last_operator', () => [net.operator, net.operator.personId, '']],
  ])('%s is refused', async (_, code, asked) => {
    const [actor, personId, reason] = asked();
    expect(codeOf(await net.work(work => erase(work, actor, { personId, reason })))).toBe(code);
  });

  test.each([
    ['without a reason', '', '2026-12-31', 'people.reason_missing'],
    ['until a day that is over', 'incident', '2026-07-09', 'people.bad_hold'],
    ['for longer than ten years', 'incident', '2037-01-01', 'people.bad_hold'],
  ] as const)('holding someone %s is refused', async (_, reason, until, code) => {
    const asked = { personId: net.workers[3]!.personId, reason, until: until as Day };
    expect(codeOf(await net.work(work => hold(work, net.operator, asked)))).toBe(code);
  });
});

describe('I-41: once erased, a person leaves proofs and totals as they were', () => {
  test('and nothing that leads from one to the other', async () => {
    const gone = net.workers[0]!;
    const { personId } = gone;
    const lived = await net.work(work => presencesOf(work, { personId, from: days[0]!, to: days[1]! }));
    expect(lived).toHaveLength(2);
    const before = await dossierNow();
    expect(await self(gone)).toEqual({ ok: true, value: { personId, state: 'erased' } });
    await everyoneHears('2026-07-10T08:00:00Z');
    const after = await dossierNow();
    expect(after.june).toEqual(before.june);
    expect(after.told.at(-1)).toBe(before.told.at(-1));
    expect(before.told).toContain('recomputed 8 0');
    expect(after.told).toContain('recomputed 6 2');
    expect(await tablesWith(personId)).toEqual(['people.erasure', 'people.membership', 'people.person']);
    const attested = await Promise.all(lived.map(one => tablesWith(one.attestationId)));
    expect(attested.flat().filter(name => /^(people|billing|employers|booking)\./.test(name))).toEqual([]);
    expect(await tablesWith('personne.0@')).toEqual([]);
    const at = instant('2026-07-10T08:00:00Z');
    expect(await visitorOf({ db: net.database.db, clock: () => at }, net.networkId, 'any')).toBeNull();
  });

  test('whoever has the whole database joins nobody erased to a line, from column to column; of others it can', async () => {
    const rows = await everyRow(net.database.db);
    const others = (n: number) =>
      new Set([net.operator, ...net.workers].flatMap((one, at) => (at === n + 1 ? [] : [one.personId as string])));
    const joined = (n: number) => joinedTables(rows, net.workers[n]!.personId, others(n));
    expect(joined(0)).toEqual(['people.erasure', 'people.membership', 'people.person']);
    expect(joined(1)).toEqual(
      expect.arrayContaining([
        'billing.charge',
        'booking.booking',
        'commute.trip',
        'mrv.line',
        'presence.day_attestation',
      ]),
    );
  });

  test('I-42: what was destroyed is recorded: what, how many, when; never who', async () => {
    const gone = (await net.work(destructions)).map(({ record, destroyed }) => [record, destroyed]);
    expect(Object.fromEntries(gone)).toEqual({
      ...{ access_event: 2, attestation_salt: 2, person_link: 1, line_content: 2, person: 1, staff_link: 1 },
      ...{ booking_person: 2, charge_person: 2, answer: 2, baseline_person: 1, route_salt: 1 },
    });
  });

  test('asked twice, and heard twice, it is where it was', async () => {
    const { personId } = net.workers[0]!;
    const again = await net.work(work => erase(work, net.operator, { personId, reason: 'demande écrite' }));
    expect(again).toEqual({ ok: true, value: { personId, state: 'erased' } });
    await everyoneHears('2026-07-10T09:00:00Z');
    expect((await dossierNow()).told).toContain('recomputed 6 2');
    const held = { personId, reason: 'incident', until: '2026-12-31' as Day };
    expect(codeOf(await net.work(work => hold(work, net.operator, held)))).toBe('people.already_erased');
  });

  test('everyone else is as they were', async () => {
    const { personId } = net.workers[1]!;
    expect(await net.work(work => presencesOf(work, { personId, from: days[0]!, to: days[1]! }))).toHaveLength(2);
    expect(await tablesWith('personne.1@')).toEqual(['people.person']);
  });
});

describe('I-41: a hold restricts instead, until its day', () => {
  test('nobody sees the person; the clock erases them afterwards', async () => {
    const held = net.workers[2]!;
    const { personId } = held;
    const ahead = { personId, from: '2026-07-20', to: '2026-07-20' } as const;
    done(await net.work(work => book(work, held, { spaceId: net.space.spaceId, day: ahead.from, part: 'day' })));
    const asked = { personId, reason: 'incident déclaré le 2 juin', until: '2026-09-01' as Day };
    done(await net.work(work => hold(work, net.operator, asked)));
    expect(await self(held)).toEqual({ ok: true, value: { personId, state: 'restricted', until: '2026-09-01' } });
    expect(await tablesWith('personne.2@')).toEqual(['people.identity_aside']);
    await everyoneHears('2026-07-10T08:00:00Z');
    expect(await net.work(work => bookingsOf(work, ahead))).toEqual([]);
    expect(await net.work(work => employmentsOn(work, { personIds: [personId], day: '2026-07-10' }))).toEqual([]);
    net.at('2026-08-31T12:00:00Z');
    await net.work(eraseDue);
    await everyoneHears('2026-08-31T13:00:00Z');
    expect((await dossierNow()).told).toContain('recomputed 6 2');
    net.at('2026-09-01T12:00:00Z');
    await net.work(eraseDue);
    await everyoneHears('2026-09-01T13:00:00Z');
    expect(await tablesWith('personne.2@')).toEqual([]);
    expect(await tablesWith('incident déclaré')).toEqual([]);
    expect((await dossierNow()).told).toContain('recomputed 4 4');
    expect(await self(held)).toEqual({ ok: true, value: { personId, state: 'erased' } });
  });

  test('or until it is lifted, once, by the operator who says why; the longest hold prevails', async () => {
    const { personId } = net.workers[3]!;
    const place = async (until: Day) => {
      const asked = { personId, reason: 'enquête', until };
      return done(await net.work(work => hold(work, net.operator, asked))).holdId;
    };
    const [short, long] = [await place('2026-10-01'), await place('2026-12-01')];
    expect((await self(net.workers[3]!)).ok && (await net.work(heldPersons))).toEqual([personId]);
    const lifting = (holdId: string, reason = 'classée sans suite', actor = net.operator) =>
      net.work(work => lift(work, actor, { holdId, reason }));
    expect(codeOf(await lifting(long, 'non', net.workers[1]))).toBe('people.may_not');
    expect(codeOf(await lifting(long, ' '))).toBe('people.reason_missing');
    expect(codeOf(await lifting('hld_nowhere01'))).toBe('people.unknown_hold');
    const answers = await Promise.all([lifting(long), lifting(long), lifting(long)]);
    expect(answers.map(codeOf).sort()).toEqual(['accepted', 'people.hold_over', 'people.hold_over']);
    await net.work(eraseDue);
    expect(await tablesWith('personne.3@')).toEqual(['people.identity_aside']);
    done(await lifting(short));
    expect(await net.work(heldPersons)).toEqual([]);
    await net.work(eraseDue);
    await everyoneHears('2026-09-01T14:00:00Z');
    expect(await tablesWith('personne.3@')).toEqual([]);
    expect(await tablesWith('classée sans suite')).toEqual([]);
    const { standing, over } = done(await net.work(work => legalHolds(work, net.operator)));
    expect([standing, over.map(one => [one.reason, one.liftReason, one.liftedBy])]).toEqual([
      [],
      [
        ['–', null, null],
        ['–', '–', net.operator.personId],
        ['–', '–', net.operator.personId],
      ],
    ]);
  });

  test('and the database has the last word on what was written of it', async () => {
    const change = (set: ReturnType<typeof sql>) =>
      net.work(({ tx }) => sql`update people.legal_hold set ${set}`.execute(tx));
    await expect(change(sql`until = '2030-01-01'`)).rejects.toThrow(/rows are evidence/);
    await expect(change(sql`reason = 'autre'`)).rejects.toThrow(/rows are evidence/);
    await expect(change(sql`lifted_by = 'per_someone01'`)).rejects.toThrow(/rows are evidence|says_when_and_why/);
    await expect(net.work(({ tx }) => sql`delete from people.legal_hold`.execute(tx))).rejects.toThrow(/evidence/);
  });
});
