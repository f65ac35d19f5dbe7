import fc from 'fast-check';
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import type { Day } from '../kernel/time.ts';
import {
  charge,
  chargeMany,
  forgetPerson,
  halfDaysByContract,
  halfDaysByPerson,
  type NewCharge,
  reverse,
  statement,
} from './billing.ts';

let net: TestNetwork;
beforeAll(async () => {
  net = await freshNetwork();
});

const desk = (reference: string, over: Partial<NewCharge> = {}): NewCharge => ({
  reference,
  payerId: 'org_employer1',
  payeeId: 'org_commune1',
  contractId: 'sub_contract1',
  spaceId: 'spc_ganges01',
  personId: 'per_camille1',
  day: '2026-06-16',
  half_days: 2,
  amount_eur_cents: 1250n,
  label: { fr: 'Bureau, journée', en: 'Desk, day' },
  ...over,
});
const inMonth = (payerId: 'org_employer1' | `org_${string}`, month: '2026-06' | '2026-07' = '2026-06') =>
  net.work(work => statement(work, { payerId, month }));

describe('a booking is charged once', () => {
  test('asked by twenty connections at once, it is one line and one answer', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => net.work(work => charge(work, desk('bkg_race0001')))),
    );
    const ids = new Set(answers.map(answer => (answer.ok ? answer.value.chargeId : answer.refusal.code)));
    expect([...ids]).toHaveLength(1);
    expect([...ids][0]).toMatch(/^chg_/);
  });

  test('another amount under the same reference is refused and nothing is written', async () => {
    const other = await net.work(work =>
      chargeMany(work, [
        desk('bkg_unseen01', { payerId: 'org_employer2' }),
        desk('bkg_race0001', { amount_eur_cents: 1n }),
      ]),
    );
    expect(other).toMatchObject({ ok: false, refusal: { code: 'billing.already_charged', status: 409 } });
    expect((await inMonth('org_employer2')).lines).toEqual([]);
  });
});

describe('a charge is reversed at most once', () => {
  test('by twenty connections at once, the total comes back to zero and no lower', async () => {
    await net.work(work => charge(work, desk('bkg_back0001', { payerId: 'org_employer3' })));
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => net.work(work => reverse(work, 'bkg_back0001'))),
    );
    expect(new Set(answers.map(answer => answer.ok && answer.value.chargeId)).size).toBe(1);
    const after = await inMonth('org_employer3');
    expect(after).toMatchObject({ half_days: 0, amount_eur_cents: 0n });
    expect(after.lines.map(line => line.amount_eur_cents)).toEqual([1250n, -1250n]);
    expect(after.lines[1]!.label.fr).toBe('Annulation : Bureau, journée');
  });

  test('what was never charged cannot be reversed', async () => {
    const answer = await net.work(work => reverse(work, 'bkg_nothing1'));
    expect(answer).toMatchObject({ ok: false, refusal: { code: 'billing.nothing_to_reverse' } });
  });
});

describe('the database refuses what the door would never write', () => {
  const insert = (amount: number, of: string | null, reference = 'bkg_race0001') =>
    net.work(work =>
      sql`insert into billing.charge (network_id, charge_id, reference, reversal_of, payer_id, payee_id, space_id, day,
        half_days, amount_eur_cents, label_fr, label_en, statement_month, happened_at, recorded_at)
        values (${work.networkId}, ${work.newId('chg')}, ${reference}, ${of}, 'org_employer1', 'org_commune1', 'spc_ganges01',
          '2026-06-16', ${of === null ? 0 : -2}, ${amount}, 'x', 'x', '2026-06', now(), now())`.execute(work.tx),
    );
  const chargeId = () =>
    net.work(async work => (await charge(work, desk('bkg_race0001'))) as { value: { chargeId: string } });

  test('a second charge of one booking', async () => {
    await expect(insert(1250, null)).rejects.toThrow('one_charge_per_booking');
  });
  test('a negative charge that reverses nothing', async () => {
    await expect(insert(-1, null, 'bkg_negative')).rejects.toThrow('a_charge_is_positive_and_its_reversal_negative');
  });
  test('a reversal of part of the amount', async () => {
    const { value } = await chargeId();
    await expect(insert(-1249, value.chargeId)).rejects.toThrow('a_reversal_turns_the_whole_charge');
  });
  test.each([
    'update billing.charge set amount_eur_cents = 0',
    `update billing.charge set person_id = 'per_another01'`,
    `update billing.charge set person_id = null, payer_id = 'org_another01'`,
    'delete from billing.charge',
    'truncate billing.charge',
  ])('%s', async statementText => {
    await expect(sql.raw(statementText).execute(net.database.db)).rejects.toThrow(/post a reversing entry instead/);
  });
});

describe('I-41: someone who is forgotten leaves their lines, to the cent', () => {
  test('without them, under one payer that names nobody when they paid themself; those of others stay as they are', async () => {
    const own = { payerId: 'per_noemie001', personId: 'per_noemie001' } as const;
    await net.work(work => charge(work, desk('bkg_forgot01', own)));
    await net.work(work => charge(work, desk('bkg_forgot02', own)));
    await net.work(work => reverse(work, 'bkg_forgot02'));
    await net.work(work => charge(work, desk('bkg_forgot03', { payerId: 'org_employer9', personId: own.personId })));
    await net.work(work => charge(work, desk('bkg_forgot04', { payerId: 'org_employer9' })));
    expect(await net.work(work => forgetPerson(work, own.personId))).toBe(4);
    expect(await net.work(work => forgetPerson(work, own.personId))).toBe(0);
    const { lines, amount_eur_cents } = await inMonth('org_employer9');
    expect([amount_eur_cents, ...lines.map(line => line.personId)]).toEqual([2500n, null, 'per_camille1']);
    const back = await net.work(work => reverse(work, 'bkg_forgot01'));
    const payerId = back.ok ? back.value.payerId : own.payerId;
    expect(payerId).toMatch(/^per_(?!noemie)/);
    expect(await net.work(work => statement(work, { payerId, month: '2026-06' }))).toMatchObject({
      amount_eur_cents: 0n,
    });
  });
});

describe('a statement', () => {
  test('of a month that is over never changes: a late correction is a signed line of the next one', async () => {
    const payerId = 'org_employer4';
    net.at('2026-05-20T08:00:00Z');
    await net.work(work => charge(work, desk('bkg_early001', { payerId })));
    const june = await inMonth(payerId);
    net.at('2026-07-03T08:00:00Z');
    await net.work(work => reverse(work, 'bkg_early001'));
    expect(await inMonth(payerId)).toEqual(june);
    expect(await inMonth(payerId, '2026-07')).toMatchObject({ half_days: -2, amount_eur_cents: -1250n });
    net.at('2026-06-15T08:00:00Z');
  });

  test('shows one network only', async () => {
    await sql`insert into people.network values ('net_neighbour', 'Autre', null, 'demo', true, now())`.execute(
      net.database.db,
    );
    const count = await net.database.db.transaction().execute(async tx => {
      await sql`select set_config('app.network', 'net_neighbour', true), platform.step_down()`.execute(tx);
      return (await sql<{ n: bigint }>`select count(*) as n from billing.charge`.execute(tx)).rows[0]!.n;
    });
    expect(count).toBe(0n);
  });

  test('adds up to the cent, by space and in all, whatever was charged and taken back', async () => {
    let run = 0;
    const entry = fc.record({
      space: fc.constantFrom('spc_ganges01', 'spc_vouziers' as const),
      halves: fc.constantFrom(0, 1, 2),
      cents: fc.bigInt({ min: 0n, max: 10n ** 15n }),
      back: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(entry, { maxLength: 12 }), async entries => {
        const payerId = `org_property${++run}` as const;
        const charges = entries.map((e, i) =>
          desk(`bkg_p${run}x${i}`, {
            payerId,
            spaceId: e.space as `spc_${string}`,
            half_days: e.halves as 0 | 1 | 2,
            amount_eur_cents: e.cents,
            contractId: `sub_property${run}`,
            day: `2026-06-${String(i + 1).padStart(2, '0')}` as Day,
          }),
        );
        await net.work(work => chargeMany(work, charges));
        for (const [i, e] of entries.entries()) if (e.back) await net.work(work => reverse(work, `bkg_p${run}x${i}`));
        const kept = entries.filter(e => !e.back);
        const month = await inMonth(payerId);
        const cents = kept.reduce((sum, e) => sum + e.cents, 0n);
        const halves = kept.reduce((sum, e) => sum + e.halves, 0);
        expect(month.amount_eur_cents).toBe(cents);
        expect(month.spaces.reduce((sum, s) => sum + s.amount_eur_cents, 0n)).toBe(cents);
        expect(month.half_days).toBe(halves);
        const used = await net.work(work => halfDaysByContract(work, [`sub_property${run}`]));
        expect(used[0]?.half_days ?? 0).toBe(halves);
      }),
      { numRuns: 25 },
    );
  });

  test('half-days of a person are counted by the month of the day, not by the month of writing', async () => {
    net.at('2026-05-31T08:00:00Z');
    await net.work(work =>
      charge(work, desk('bkg_month001', { personId: 'per_month001', day: '2026-06-02', half_days: 1 })),
    );
    net.at('2026-06-15T08:00:00Z');
    const used = await net.work(work =>
      halfDaysByPerson(work, { personIds: ['per_month001'], from: '2026-05-01', to: '2026-07-01' }),
    );
    expect(used).toEqual([{ payerId: 'org_employer1', personId: 'per_month001', month: '2026-06', half_days: 1 }]);
  });
});
