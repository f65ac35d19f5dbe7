import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { sealLeaves } from '../../tools/sealed-leaves.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import type { Id } from '../kernel/ids.ts';
import { rational } from '../kernel/rational.ts';
import type { Actor } from '../kernel/visit.ts';
import { type Keyring, leafHash, published } from '../notary/notary.ts';
import { openNote } from '../notary/note.ts';
import { addOrganisations } from '../people/people.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { announceDue, reconcile } from './jobs.ts';
import {
  cancel,
  certificate,
  clawBack,
  declare,
  type Holding,
  holdings,
  issue,
  meetDuty,
  readExternal,
  recordExternal,
  retire,
  sendOut,
  serialText,
  statusList,
  transfer,
  transfersMade,
} from './registry.ts';
import { operator, sampleIssue, sampleTransfer, sampleUse } from './sample.ts';
import { parseSerial } from './serial.ts';
import { compareAll, selectFound } from './store/external.ts';
import type { TransferAsked } from './transfer.ts';

let net: TestNetwork;
let organisationId: Id<'org'>;
let holderId: Id<'org'>;
beforeAll(async () => {
  net = await freshNetwork();
  const named = ['Porteur', 'Employeur voisin'].map(name => ({ kind: 'employer' as const, name }));
  const [holder, other] = done(await net.work(work => addOrganisations(work, operator, named)));
  [holderId, organisationId] = [holder!.organisationId, other!.organisationId];
});
afterAll(() => net.database.db.destroy());

const stranger: Actor = { ...operator, memberships: [] };
const issued = async (project: string, quantity: bigint, over = {}) =>
  done(
    await net.work(work =>
      issue(work, operator, sampleIssue({ project, batchId: project, quantity, holderId, ...over })),
    ),
  );
const open = async (project: string) => (await net.work(holdings)).filter(one => one.project === project);
const sold = async (range: Holding, quantity: bigint, over: Partial<TransferAsked> = {}) =>
  net.work(work => transfer(work, operator, sampleTransfer(range.rangeId, quantity, over)));
const read = async (serial: string) => done(await net.work(work => certificate(work, serial)));

describe('a transfer', () => {
  test('changes the holder of the first units and nothing else; prices are kept', async () => {
    const range = await issued('sale', 10n);
    const made = done(await sold(range, 4n, { to: { organisationId } }));
    expect((await open('sale')).map(one => [one.first, one.holderId, one.state])).toEqual([
      [1n, organisationId, 'active'],
      [5n, holderId, 'active'],
    ]);
    const [kept] = await net.work(work => transfersMade(work, made.transferId));
    expect(kept).toMatchObject({
      price_eur_cents: 3500n,
      project_holder_eur_cents: 3000n,
      fromId: holderId,
      beyond: 5n,
    });
  });

  test('to the same outside name twice is to one party', async () => {
    const [, rest] = await open('sale');
    const first = done(await sold(rest!, 1n, { to: { name: ' Acheteur SA ' } }));
    const [, , after] = await open('sale');
    expect(done(await sold(after!, 1n)).toId).toBe(first.toId);
  });

  test.each<[string, Partial<TransferAsked>, Actor, string]>([
    ['by someone else', {}, stranger, 'registry.operator_only'],
    ['of a range that does not exist', { rangeId: 'rng_nowhere01' }, operator, 'registry.no_range'],
    ['to nobody', { to: { name: ' ' } }, operator, 'registry.holder_missing'],
    [
      'to an organisation of another network',
      { to: { organisationId: 'org_elsewhere1' } },
      operator,
      'registry.unknown_holder',
    ],
    ['of no unit', { quantity: 0n }, operator, 'registry.not_that_many'],
    ['of more than there is', { quantity: 99n }, operator, 'registry.not_that_many'],
    ['signed tomorrow', { signedOn: '2026-06-16' }, operator, 'registry.not_signed_yet'],
  ])('%s is refused', async (_, over, by, code) => {
    const range = (await open('sale')).at(-1)!;
    const asked = { ...sampleTransfer(range.rangeId, 1n), ...over };
    expect(codeOf(await net.work(work => transfer(work, by, asked)))).toBe(code);
  });

  test('to whoever holds the units already is refused', async () => {
    const range = (await open('sale')).at(-1)!;
    expect(codeOf(await sold(range, 1n, { to: { organisationId: holderId } }))).toBe('registry.same_holder');
  });

  test('is kept as it was made', async () => {
    const change = net.work(({ tx }) => sql`update registry.transfer set price_eur_cents = 1`.execute(tx));
    await expect(change).rejects.toThrow(/reversing entry/);
    const negative = net.work(({ tx }) =>
      sql`insert into registry.transfer select network_id, 'trf_byhand0001', range_id || 'x', from_id, to_id, contract,
        signed_on, purpose, -1, 0, null, false, now() from registry.transfer limit 1`.execute(tx),
    );
    await expect(negative).rejects.toThrow(/price_eur_cents_check/);
  });
});

describe('the declaration of a transfer', () => {
  const jobs = async () => {
    const { rows } = await sql<{ payload: { event: string; payload: { threshold: string } } }>`
      select payload from graphile_worker._private_jobs order by id`.execute(net.database.db);
    const due = rows.filter(({ payload }) => payload.event === 'registry.declaration_due');
    return due.map(({ payload }) => payload.payload.threshold);
  };

  test('is announced once a threshold, and never once declared', async () => {
    const made = done(await sold(await issued('clock', 5n), 5n));
    for (const [day, told] of [
      ['2026-07-30', []],
      ['2026-07-31', ['alarm']],
      ['2026-08-01', ['alarm']],
      ['2026-08-20', ['alarm', 'red']],
      ['2026-09-02', ['alarm', 'red', 'late']],
      ['2026-09-03', ['alarm', 'red', 'late']],
    ] as const) {
      net.at(`${day}T04:12:00Z`);
      await Promise.all([net.work(announceDue), net.work(announceDue)]);
      const own = await jobs();
      expect([day, [...new Set(own)]]).toEqual([day, told]);
    }
    const asked = { transferId: made.transferId, declaredOn: '2026-09-02', reference: 'LBC-D-1' } as const;
    const attempt = (over: object, by = operator) => net.work(work => declare(work, by, { ...asked, ...over }));
    expect(codeOf(await attempt({}, stranger))).toBe('registry.operator_only');
    expect(codeOf(await attempt({ transferId: 'trf_nowhere01' }))).toBe('registry.no_transfer');
    expect(codeOf(await attempt({ declaredOn: '2026-05-31' }))).toBe('registry.wrong_day');
    expect(codeOf(await attempt({ declaredOn: '2026-09-04' }))).toBe('registry.wrong_day');
    expect(codeOf(await attempt({ reference: ' ' }))).toBe('registry.reference_missing');
    done(await attempt({}));
    expect(codeOf(await attempt({}))).toBe('registry.already_declared');
    const [after] = await net.work(work => transfersMade(work, made.transferId));
    expect(after?.clock?.state).toBe('declared');
  });

  test('each transfer crosses each threshold once, whoever else asks', async () => {
    const { rows } = await sql<{ n: bigint }>`select count(*) as n from registry.declaration_alarm a
      join registry.transfer t using (network_id, transfer_id) where t.contract = 'C-2026-1'`.execute(net.database.db);
    expect(BigInt((await jobs()).length)).toBe(rows[0]!.n);
  });

  test('does not concern energy-saving certificates', async () => {
    const made = done(await sold(await issued('cee', 5n, { scheme: 'cee' }), 5n));
    expect((await net.work(work => transfersMade(work, made.transferId)))[0]?.clock).toBeNull();
    const asked = { transferId: made.transferId, declaredOn: '2026-06-15', reference: 'x' } as const;
    expect(codeOf(await net.work(work => declare(work, operator, asked)))).toBe('registry.no_transfer');
  });
});

describe('I-15: the State’s references', () => {
  const tie = (rangeId: string, reference: string, quantity: bigint) =>
    net.work(work => recordExternal(work, operator, { rangeId, reference, quantity }));

  test('an alarm stands from the first comparison that differs until one that does not', async () => {
    const range = await issued('books', 10n);
    expect(codeOf(await tie(range.rangeId, 'LBC-9', 9n))).toBe('registry.more_than_external');
    expect(codeOf(await tie(range.rangeId, ' ', 10n))).toBe('registry.reference_missing');
    const { referenceId } = done(await tie(range.rangeId, 'LBC-10', 10n));
    expect(codeOf(await tie(range.rangeId, 'LBC-10', 11n))).toBe('registry.other_external_quantity');
    const own = async () => {
      const found = (await net.work(selectFound)).filter(one => one.referenceId === referenceId);
      return found.map(one => `${one.external} ${one.ours}`);
    };
    const compare = async (day: string) => {
      net.at(`2026-10-${day}T04:22:00Z`);
      return net.work(reconcile);
    };
    expect(await compare('01')).toEqual({ disagreeing: 0 });
    const units = { rangeId: (await open('books'))[0]!.rangeId, quantity: 3n };
    done(await net.work(work => cancel(work, operator, { ...units, reason: 'state_decision' })));
    expect(await compare('02')).toEqual({ disagreeing: 1 });
    expect(await compare('03')).toEqual({ disagreeing: 1 });
    expect(await own()).toEqual(['10 7', '10 10']);
    const reading = { referenceId, quantity: 7n, readOn: '2026-10-03' } as const;
    const readAs = (over: object) => net.work(work => readExternal(work, operator, { ...reading, ...over }));
    expect(codeOf(await readAs({ referenceId: 'ext_nowhere01' }))).toBe('registry.no_reference');
    expect(codeOf(await readAs({ readOn: '2026-10-04' }))).toBe('registry.wrong_day');
    done(await readAs({}));
    expect(await compare('04')).toEqual({ disagreeing: 0 });
    expect(await own()).toEqual(['7 7', '10 7', '10 10']);
    // An older reading, entered later, changes nothing.
    done(await readAs({ quantity: 10n, readOn: '2026-10-01' }));
    expect((await net.work(compareAll)).find(one => one.referenceId === referenceId)?.external).toBe(7n);
  });

  test('whatever is tied in whatever order, no reference holds more than its own and no unit is under two', async () => {
    let run = 0;
    const asked = fc.record({ unit: fc.nat(7), reference: fc.nat(2), quantity: fc.integer({ min: 1, max: 4 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(asked, { maxLength: 16 }), async list => {
        const project = `p${run++}`;
        const [units, tied]: [Holding[], Set<number>] = [[], new Set()];
        for (let n = 0; n < 8; n++) units.push(await issued(project, 1n, { batchId: `${project} ${n}` }));
        for (const { unit, reference, quantity } of list) {
          const outcome = await tie(units[unit]!.rangeId, `${project} ${reference}`, BigInt(quantity));
          if (outcome.ok) tied.add(unit);
        }
        const compared = (await net.work(compareAll)).filter(one => one.reference.startsWith(`${project} `));
        expect(compared.filter(one => one.ours > one.quantity)).toEqual([]);
        expect(compared.reduce((sum, one) => sum + one.ours, 0n)).toBe(BigInt(tied.size));
      }),
      { numRuns: 30 },
    );
  }, 60_000);
});

describe('a certificate', () => {
  test('of what was issued shows what each part became, without price, contract or hidden buyer', async () => {
    net.at('2026-11-01T08:00:00Z');
    const range = await issued('paper', 20n, { reserve_share: rational(1n, 10n) });
    const serial = serialText(range);
    expect(await read(serial)).toMatchObject({ status: 'valid', parts: [{ state: 'reserve' }, { state: 'active' }] });
    const active = async () => (await open('paper')).filter(one => one.state === 'active').at(-1)!;
    net.at('2026-11-02T08:00:00Z');
    const hidden = done(await sold(await active(), 6n, { to: { name: 'Discret SARL' }, anonymous: true }));
    expect(await read(serial)).toMatchObject({ status: 'valid', since: range.openedAt });
    done(
      await net.work(work =>
        retire(work, operator, {
          ...{ rangeId: hidden.rangeId, quantity: 2n, ...sampleUse },
          ...{ beneficiary: 'Discret SARL', mention: 'Discret SARL contribue' },
        }),
      ),
    );
    done(
      await net.work(async work =>
        retire(work, operator, { rangeId: (await active()).rangeId, quantity: 3n, ...sampleUse }),
      ),
    );
    const shown = await read(serial);
    expect(shown.status).toBe('amended');
    expect(shown.parts.map(one => [one.state, one.holder, one.end?.beneficiary])).toEqual([
      ['reserve', 'Porteur', undefined],
      ['retired', null, null],
      ['active', null, undefined],
      ['retired', 'Porteur', 'Commune de Ganges'],
      ['active', 'Porteur', undefined],
    ]);
    const text = JSON.stringify(shown, (_key, value: unknown) => (typeof value === 'bigint' ? String(value) : value));
    expect(text).not.toMatch(/Discret|3500|3000|C-2026-1|cents/);
  });

  test('bears the State’s number once there is one', async () => {
    const [one] = await open('paper');
    done(
      await net.work(work =>
        recordExternal(work, operator, { rangeId: one!.parentId!, reference: 'LBC-77', quantity: 20n }),
      ),
    );
    expect((await read(serialText(one!))).references).toEqual(['LBC-77']);
  });

  test('tells of fraud in its batch, and of what was replaced', async () => {
    const asked = { batchId: 'paper', quantity: 15n, reason: 'présences inventées' };
    const attempt = (over: object, by = operator) => net.work(work => clawBack(work, by, { ...asked, ...over }));
    expect(codeOf(await attempt({}, stranger))).toBe('registry.operator_only');
    expect(codeOf(await attempt({ reason: ' ' }))).toBe('registry.reason_missing');
    expect(codeOf(await attempt({ batchId: 'nowhere' }))).toBe('registry.no_batch');
    expect(codeOf(await attempt({ quantity: 21n }))).toBe('registry.not_that_many');
    expect(done(await attempt({}))).toMatchObject({ from_reserve: 2n, from_unsold: 9n, owed: 4n });
    const buyers = (await open('paper')).find(one => one.anonymous && one.state === 'active')!;
    expect(await read(serialText(buyers))).toMatchObject({ status: 'amended', flag: { owed: 4n, met: 0n } });
    const used = (await open('paper')).find(one => one.state === 'retired')!;
    expect(await read(serialText(used))).toMatchObject({ status: 'retired', flag: { owed: 4n, met: 0n } });
    const struck = (await open('paper')).find(one => one.state === 'cancelled')!;
    expect(await read(serialText(struck))).toMatchObject({
      status: 'revoked',
      parts: [{ end: { reason: 'late_fraud' } }],
    });

    const { rows } = await net.work(({ tx }) =>
      sql<{ id: string }>`select duty_id as id from registry.replacement_duty where batch_id = 'paper'`.execute(tx),
    );
    const meet = (rangeId: string, quantity: bigint, dutyId = rows[0]!.id) =>
      net.work(work => meetDuty(work, operator, { dutyId, rangeId, quantity }));
    const other = await issued('sound', 5n);
    const foreign = await issued('foreign', 5n, { holderId: organisationId });
    expect(codeOf(await meet(other.rangeId, 1n, 'dut_nowhere01'))).toBe('registry.no_duty');
    expect(codeOf(await meet(buyers.rangeId, 1n))).toBe('registry.not_for_this_duty');
    expect(codeOf(await meet(foreign.rangeId, 1n))).toBe('registry.not_for_this_duty');
    expect(codeOf(await meet(used.rangeId, 1n))).toBe('registry.range_retired');
    expect(codeOf(await meet(other.rangeId, 5n))).toBe('registry.not_that_many');
    const back = done(await sold(buyers, 1n, { to: { organisationId: holderId } }));
    expect(codeOf(await meet(back.rangeId, 1n))).toBe('registry.not_for_this_duty');
    done(await meet(other.rangeId, 3n));
    expect(await read(serialText(buyers))).toMatchObject({ status: 'amended', flag: { owed: 4n, met: 3n } });
  });

  test('of numbers that never were a range, or of another spelling, is refused', async () => {
    for (const serial of [
      'PV-LBC-paper-2026-000002-000004',
      'PV-LBC-none-2026-000001-000020',
      'pv-lbc-paper-2026-000001-000020',
      '',
    ]) {
      expect(codeOf(await net.work(work => certificate(work, serial)))).toBe('registry.no_serial');
    }
  });
});

describe('I-32: the list of statuses', () => {
  const keyring: Keyring = { secrets: openSecretsOf('test'), host: 'log.example' };

  test('is signed by the log’s key, and says of each serial what its certificate says', async () => {
    net.at('2026-12-01T08:00:00Z');
    const [last] = await open('sale');
    done(
      await net.work(work =>
        sendOut(work, operator, { rangeId: last!.rangeId, quantity: 1n, register: 'R', reference: 'r' }),
      ),
    );
    const note = done(await net.work(work => statusList(work, keyring)));
    const log = await net.work(work => sealLeaves(work, keyring, [leafHash(Buffer.from('entry'))]));
    done(log);
    const { key } = done(await net.work(published));
    const opened = openNote(note, [key])!.text;
    expect(openNote(note.replace(' revoked ', ' valid '), [key])).toBeNull();
    const [name, at, ...lines] = opened.trimEnd().split('\n');
    expect([name, at]).toEqual(['parvis-unit-statuses/1', '2026-12-01T08:00:00Z']);
    expect(lines).toEqual([...lines].sort());
    expect(new Set(lines.map(line => line.split(' ')[0])).size).toBe(lines.length);
    const sample = lines.filter(line => /-(paper|sale|sound)-/.test(line));
    expect(sample.length).toBeGreaterThan(10);
    for (const line of sample) {
      const [serial, status, since] = line.split(' ') as [string, string, string];
      expect(parseSerial(serial)).not.toBeNull();
      const shown = await read(serial);
      expect([status, since]).toEqual([shown.status, shown.since.toString()]);
    }
    expect(new Set(sample.map(line => line.split(' ')[1]))).toEqual(
      new Set(['valid', 'amended', 'retired', 'revoked']),
    );
  });
});
