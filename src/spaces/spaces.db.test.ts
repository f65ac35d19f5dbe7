import { sql } from 'kysely';
import { beforeEach, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import type { Actor, Role } from '../kernel/visit.ts';
import { sampleSpace } from './sample.ts';
import {
  addSpaces,
  close,
  listSpaces,
  openIntervals,
  reopen,
  resourcesOf,
  type Space,
  setHours,
  setTariff,
  spaceBySlug,
  spacesByIds,
  tariffFor,
} from './spaces.ts';

const actor = (role: Role, scope: Actor['memberships'][number]['scope'] = null): Actor => ({
  personId: 'per_00000001',
  firstName: 'Ada',
  memberships: [{ role, scope }],
});
const operator = actor('network_operator');

let net: TestNetwork;
let space: Space;
beforeEach(async () => {
  net = await freshNetwork();
  space = done(await net.work(w => addSpaces(w, operator, [sampleSpace()])))[0]!;
});

describe('adding spaces', () => {
  test('a space added is found by its slug with all that it was given', async () => {
    const { resources, hours, tariffs, ...sheet } = sampleSpace();
    expect(done(await net.work(w => spaceBySlug(w, 'ganges-l-atelier')))).toEqual({
      ...sheet,
      spaceId: space.spaceId,
      slug: 'ganges-l-atelier',
    });
    const found = await net.work(w => resourcesOf(w, [space.spaceId]));
    expect(found.map(({ kind, name, capacity }) => ({ kind, name, capacity }))).toEqual(resources);
    expect(hours.length + tariffs.length).toBe(12);
  });

  test('all spaces of a list are added, or none', async () => {
    const twice = [sampleSpace({ name: 'La Halle' }), sampleSpace({ name: 'la halle' })];
    expect(codeOf(await net.work(w => addSpaces(w, operator, twice)))).toBe('spaces.name_taken');
    expect(await net.work(listSpaces)).toHaveLength(1);
  });

  test.each([
    ['a worker', actor('worker'), {}, 'spaces.not_operator'],
    ['an impossible zone', operator, { zone: 'Europe/Ganges' }, 'spaces.unknown_zone'],
    ['the same name in the same town', operator, { name: 'L’atelier' }, 'spaces.name_taken'],
    ['reversed hours', operator, { hours: [{ weekday: 2, opens_min: 600, closes_min: 600 }] }, 'spaces.hours_reversed'],
  ])('%s is refused', async (_case, who, changes, refused) => {
    const added = await net.work(w => addSpaces(w, who, [sampleSpace({ name: 'La Halle', ...changes })]));
    expect(codeOf(added)).toBe(refused);
  });

  test('another network sees nothing of it', async () => {
    await sql`insert into people.network values ('net_another0', 'Autre', null, 'demo', true, now())`.execute(
      net.database.db,
    );
    const seen = await net.work(async w => {
      await sql`select set_config('app.network', 'net_another0', true)`.execute(w.tx);
      return spacesByIds(w, [space.spaceId]);
    });
    expect(seen).toEqual([]);
  });
});

describe('hours', () => {
  const tuesday = '2026-06-16';
  const week = [{ weekday: 2, opens_min: 600, closes_min: 840 }];

  test('new hours hold from their day on, and the days before keep theirs', async () => {
    done(await net.work(w => setHours(w, operator, { spaceId: space.spaceId, hours: week, from: '2026-06-20' })));
    const days = ['2026-06-16', '2026-06-23', '2026-06-24'] as const;
    const open = await net.work(w => openIntervals(w, { spaceIds: [space.spaceId], days }));
    expect(open.map(day => day.open.map(i => `${i.from} ${i.to}`))).toEqual([
      ['2026-06-16T06:30:00Z 2026-06-16T10:30:00Z', '2026-06-16T11:30:00Z 2026-06-16T16:00:00Z'],
      ['2026-06-23T08:00:00Z 2026-06-23T12:00:00Z'],
      [],
    ]);
  });

  test('setting the same hours twice changes nothing more', async () => {
    const set = () => net.work(w => setHours(w, operator, { spaceId: space.spaceId, hours: week, from: tuesday }));
    done(await set());
    done(await set());
    const [open] = await net.work(w => openIntervals(w, { spaceIds: [space.spaceId], days: [tuesday] }));
    expect(open!.open).toHaveLength(1);
  });

  test.each([
    ['a manager of another space', actor('space_manager', 'spc_99999999'), {}, 'spaces.not_manager'],
    ['a change from yesterday', operator, { from: '2026-06-14' as const }, 'spaces.from_the_past'],
    [
      'overlapping hours',
      operator,
      { hours: [...week, { weekday: 2, opens_min: 800, closes_min: 900 }] },
      'spaces.hours_overlap',
    ],
    ['an unknown space', operator, { spaceId: 'spc_99999999' as const }, 'spaces.unknown_space'],
  ])('%s is refused', async (_case, who, changes, refused) => {
    const change = { spaceId: space.spaceId, hours: week, from: tuesday, ...changes } as const;
    expect(codeOf(await net.work(w => setHours(w, who, change)))).toBe(refused);
  });

  test('the manager of the organisation that runs the space may change them', async () => {
    const manager = actor('space_manager', space.managerId);
    expect(
      codeOf(await net.work(w => setHours(w, manager, { spaceId: space.spaceId, hours: week, from: tuesday }))),
    ).toBe('accepted');
  });

  test('the database itself refuses two periods that overlap', async () => {
    const overlapping = net.work(w =>
      sql`insert into spaces.weekly_hours (network_id, space_id, weekday, opens_min, closes_min, valid_from)
        values (${w.networkId}, ${space.spaceId}, 1, 700, 760, '2026-06-20')`.execute(w.tx),
    );
    await expect(overlapping).rejects.toMatchObject({ constraint: 'hours_of_a_day_never_overlap' });
  });

  test('twenty managers who set hours at once leave one week, not twenty', async () => {
    const all = Array.from({ length: 20 }, (_, n) => [{ weekday: 2, opens_min: 480 + n, closes_min: 720 + n }]);
    const outcomes = await Promise.all(
      all.map(hours => net.work(w => setHours(w, operator, { spaceId: space.spaceId, hours, from: tuesday }))),
    );
    expect(outcomes.map(codeOf)).toEqual(all.map(() => 'accepted'));
    const [open] = await net.work(w => openIntervals(w, { spaceIds: [space.spaceId], days: [tuesday] }));
    expect(open!.open).toHaveLength(1);
  });
});

describe('closures', () => {
  const summer = () =>
    ({ spaceId: space.spaceId, firstDay: '2026-08-03', lastDay: '2026-08-14', reason: 'holidays' }) as const;
  const on = async (day: '2026-08-14' | '2026-08-17') =>
    (await net.work(w => openIntervals(w, { spaceIds: [space.spaceId], days: [day] })))[0]!;

  test('a closure closes its first day, its last day and no other', async () => {
    done(await net.work(w => close(w, operator, summer())));
    expect((await on('2026-08-14')).closed?.fr).toBe('fermé : congés');
    expect((await on('2026-08-14')).parts).toEqual({ morning: null, afternoon: null, day: null });
    expect((await on('2026-08-17')).closed).toBeNull();
  });

  test('ten closures of the same days at once: one holds, nine are refused', async () => {
    const outcomes = await Promise.all(Array.from({ length: 10 }, () => net.work(w => close(w, operator, summer()))));
    expect(outcomes.filter(o => o.ok)).toHaveLength(1);
    expect(new Set(outcomes.filter(o => !o.ok).map(codeOf))).toEqual(new Set(['spaces.already_closed']));
  });

  test('a cancelled closure opens the days again; once over it stays', async () => {
    const first = done(await net.work(w => close(w, operator, summer())));
    done(await net.work(w => reopen(w, operator, first.closureId)));
    expect((await on('2026-08-14')).closed).toBeNull();
    expect(codeOf(await net.work(w => reopen(w, operator, first.closureId)))).toBe('spaces.unknown_closure');
    const second = done(await net.work(w => close(w, operator, summer())));
    net.at('2026-09-01T08:00:00Z');
    expect(codeOf(await net.work(w => reopen(w, operator, second.closureId)))).toBe('spaces.closure_is_past');
  });

  test('a closure that ends before it begins is refused', async () => {
    const reversed = { ...summer(), lastDay: '2026-08-02' } as const;
    expect(codeOf(await net.work(w => close(w, operator, reversed)))).toBe('spaces.closure_reversed');
  });
});

describe('tariffs', () => {
  const desk = () => ({ spaceId: space.spaceId, kind: 'desk', part: 'half_day' }) as const;
  const priceOn = async (day: '2026-06-30' | '2026-07-01') =>
    done(await net.work(w => tariffFor(w, { ...desk(), day }))).amount_eur_cents;

  test('a new price holds from its day on', async () => {
    const change = { ...desk(), amount_eur_cents: 950n, deliberation: '2026-031', from: '2026-07-01' } as const;
    done(await net.work(w => setTariff(w, operator, change)));
    expect([await priceOn('2026-06-30'), await priceOn('2026-07-01')]).toEqual([800n, 950n]);
  });

  test('a price that no council has set is a refusal that names it', async () => {
    const room = { ...desk(), kind: 'meeting_room', day: '2026-07-01' } as const;
    const outcome = await net.work(w => tariffFor(w, room));
    expect(outcome.ok ? '' : outcome.refusal.message.fr).toContain('salle de réunion, demi-journée');
  });

  test.each([
    [{ deliberation: ' ' }, 'spaces.no_deliberation'],
    [{ amount_eur_cents: -1n }, 'spaces.negative_amount'],
    [{ from: '2026-06-01' as const }, 'spaces.from_the_past'],
  ])('%o is refused', async (changes, refused) => {
    const change = { ...desk(), amount_eur_cents: 950n, deliberation: 'D1', from: '2026-07-01', ...changes } as const;
    expect(codeOf(await net.work(w => setTariff(w, operator, change)))).toBe(refused);
  });

  test('the database itself refuses two prices for one day', async () => {
    const second = net.work(w =>
      sql`insert into spaces.tariff (network_id, space_id, kind, part, amount_eur_cents, deliberation, valid_from)
        values (${w.networkId}, ${space.spaceId}, 'desk', 'day', 1, 'D', '2026-06-20')`.execute(w.tx),
    );
    await expect(second).rejects.toMatchObject({ constraint: 'one_tariff_at_a_time' });
  });
});
