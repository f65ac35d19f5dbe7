import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { codeOf, done } from '../../tools/small-network.ts';
import type { Outcome } from '../kernel/outcome.ts';
import { rational } from '../kernel/rational.ts';
import { balanceOf, type RangeState, unitsIn } from './range.ts';
import {
  cancel,
  clawBack,
  type Holding,
  holdings,
  issue,
  meetDuty,
  retire,
  sendOut,
  splitRange,
  transfer,
} from './registry.ts';
import { operator, sampleIssue, sampleTransfer, sampleUse } from './sample.ts';
import { countOf } from './serial.ts';
import { type DutyRow, selectDuties } from './store/duty.ts';

let net: TestNetwork;
beforeAll(async () => {
  net = await freshNetwork();
});
afterAll(() => net.database.db.destroy());

/** What the model knows: units issued by each batch of one project, and what was wrongly issued and answered for. */
interface Model {
  readonly project: string;
  readonly issued: Map<string, bigint>;
  retired: bigint;
  cancelled: bigint;
  sentOut: bigint;
  clawed: bigint;
  owed: bigint;
  replaced: bigint;
}

interface Books {
  readonly open: readonly Holding[];
  readonly duties: readonly DutyRow[];
}

const booksOf = (project: string): Promise<Books> =>
  net.work(async work => {
    const open = (await holdings(work)).filter(one => one.project === project);
    const batches = new Set(open.map(one => one.batchId));
    return { open, duties: (await selectDuties(work)).filter(duty => batches.has(duty.batchId)) };
  });

const inState = (open: readonly Holding[], ...states: RangeState[]) => open.filter(one => states.includes(one.state));
const nth = <T>(list: readonly T[], n: number): T | undefined => list[n % list.length];

/** I-02 and I-06, after every command: each batch balances, and each series is one run without gap or overlap. */
async function check(model: Model): Promise<void> {
  const { open, duties } = await booksOf(model.project);
  for (const [batchId, issued] of model.issued) {
    const { active, sent_out, retired, cancelled, reserve } = balanceOf(open.filter(one => one.batchId === batchId));
    expect(active + sent_out + retired + cancelled + reserve).toBe(issued);
  }
  const sorted = [...open].sort((a, b) => (a.first < b.first ? -1 : 1));
  expect(sorted.map(one => one.first)).toEqual([1n, ...sorted.map(one => one.beyond)].slice(0, sorted.length));
  const { retired, cancelled, sent_out } = balanceOf(open);
  expect({ retired, cancelled, sent_out }).toEqual({
    retired: model.retired,
    cancelled: model.cancelled,
    sent_out: model.sentOut,
  });
  // I-30: what was clawed back was struck off or is owed, and what is owed is struck off elsewhere as it is met.
  expect(duties.reduce((sum, duty) => sum + duty.quantity, 0n)).toBe(model.owed);
  expect(duties.reduce((sum, duty) => sum + duty.met, 0n)).toBe(model.replaced);
}

type Command = fc.AsyncCommand<Model, null>;

interface Drawn {
  readonly pick: number;
  readonly count: number;
}

const least = (a: bigint, b: bigint) => (a < b ? a : b);

/** Half of the time no more than there is, so that commands go deep; otherwise as drawn, be it too many. */
const upTo = (most: bigint, { pick, count }: Drawn): bigint =>
  pick % 2 === 0 && most > 0n ? least(most, BigInt(count)) : BigInt(count);

const names = ['Acheteur SA', 'Fondation B'];

/** A command on some open range: the verb's answer says whether it was possible, the model says whether it should be. */
const onRange = (
  name: string,
  {
    from,
    act,
    ...drawn
  }: Drawn & {
    from: readonly RangeState[];
    act: (range: Holding, quantity: bigint, model: Model) => Promise<boolean>;
  },
): Command => ({
  check: () => true,
  toString: () => `${name} ${drawn.count} of ${drawn.pick}`,
  run: async model => {
    const range = nth((await booksOf(model.project)).open, drawn.pick);
    if (range) {
      const quantity = upTo(countOf(range), drawn);
      const possible = from.includes(range.state) && quantity <= countOf(range);
      expect(await act(range, quantity, model)).toBe(possible);
    }
    await check(model);
  },
});

const accepted = async (outcome: Promise<Outcome<unknown>>): Promise<boolean> => (await outcome).ok;
const units = (range: Holding, quantity: bigint) => ({ rangeId: range.rangeId, quantity });

const issuing = ({ pick, count }: Drawn): Command => ({
  check: () => true,
  toString: () => `issue ${count} as batch ${pick % 4}`,
  run: async model => {
    const [batchId, quantity] = [`${model.project} ${pick % 4}`, BigInt(count)];
    const before = model.issued.get(batchId);
    const asked = sampleIssue({ project: model.project, batchId, quantity, reserve_share: rational(1n, 5n) });
    const outcome = await net.work(work => issue(work, operator, asked));
    expect(outcome.ok).toBe(before === undefined || before === quantity);
    if (before === undefined) model.issued.set(batchId, quantity);
    await check(model);
  },
});

const splitting = ({ pick, count }: Drawn): Command => ({
  check: () => true,
  toString: () => `split ${count} of ${pick}`,
  run: async model => {
    const range = nth((await booksOf(model.project)).open, pick);
    if (range) {
      const split = await net.work(work => splitRange(work, operator, units(range, BigInt(count))));
      expect(split.ok).toBe(range.state === 'active' && BigInt(count) < countOf(range));
    }
    await check(model);
  },
});

const transferring = ({ pick, count }: Drawn): Command =>
  onRange('transfer', {
    pick,
    count,
    from: ['active'],
    act: async (range, quantity) => {
      const to = { name: names[pick % 2]! };
      const outcome = await net.work(work => transfer(work, operator, sampleTransfer(range.rangeId, quantity, { to })));
      // Whoever holds units already cannot buy them.
      return codeOf(outcome) === 'registry.same_holder' ? quantity <= countOf(range) : outcome.ok;
    },
  });

const retiring = ({ pick, count }: Drawn): Command =>
  onRange('retire', {
    pick,
    count,
    from: ['active'],
    act: async (range, quantity, model) => {
      const retired = await accepted(
        net.work(work => retire(work, operator, { ...units(range, quantity), ...sampleUse })),
      );
      if (retired) model.retired += quantity;
      return retired;
    },
  });

const cancelling = ({ pick, count }: Drawn): Command =>
  onRange('cancel', {
    pick,
    count,
    from: ['active', 'reserve'],
    act: async (range, quantity, model) => {
      const asked = { ...units(range, quantity), reason: 'state_decision' } as const;
      const cancelled = await accepted(net.work(work => cancel(work, operator, asked)));
      if (cancelled) model.cancelled += quantity;
      return cancelled;
    },
  });

const sending = ({ pick, count }: Drawn): Command =>
  onRange('send out', {
    pick,
    count,
    from: ['active'],
    act: async (range, quantity, model) => {
      const asked = { ...units(range, quantity), register: 'Registre X', reference: 'X' };
      const sent = await accepted(net.work(work => sendOut(work, operator, asked)));
      if (sent) model.sentOut += quantity;
      return sent;
    },
  });

/** I-30: reserve, then unsold, then a duty; never more than still stands. */
const clawing = ({ pick, count }: Drawn): Command => ({
  check: model => model.issued.size > 0,
  toString: () => `claw back ${count} of batch ${pick}`,
  run: async model => {
    const batchId = nth([...model.issued.keys()], pick)!;
    const { open, duties } = await booksOf(model.project);
    const own = open.filter(one => one.batchId === batchId);
    const owed = duties.filter(duty => duty.batchId === batchId).reduce((sum, duty) => sum + duty.quantity, 0n);
    const standing = unitsIn(inState(own, 'active', 'reserve', 'retired', 'sent_out')) - owed;
    const asked = { batchId, quantity: upTo(standing, { pick, count }), reason: 'présences inventées' };
    const outcome = await net.work(work => clawBack(work, operator, asked));
    expect(outcome.ok).toBe(asked.quantity <= standing);
    if (outcome.ok) {
      const reserve = unitsIn(inState(own, 'reserve'));
      const unsold = unitsIn(inState(own, 'active').filter(one => one.holderId === 'org_holder01'));
      const from_reserve = least(asked.quantity, reserve);
      const from_unsold = least(asked.quantity - from_reserve, unsold);
      expect(outcome.value).toMatchObject({ from_reserve, from_unsold });
      model.cancelled += from_reserve + from_unsold;
      model.owed += asked.quantity - from_reserve - from_unsold;
      model.clawed += asked.quantity;
    }
    await check(model);
  },
});

const meeting = ({ pick, count }: Drawn): Command => ({
  check: model => model.owed > 0n,
  toString: () => `meet a duty with ${count} of ${pick}`,
  run: async model => {
    const { open, duties } = await booksOf(model.project);
    const duty = nth(duties, pick)!;
    const theirs = inState(open, 'active', 'reserve').filter(one => one.holderId === duty.holderId);
    const range = nth(pick % 3 > 0 ? theirs : open, pick + count) ?? open[0]!;
    const quantity = upTo(least(countOf(range), duty.quantity - duty.met), { pick, count });
    const outcome = await net.work(work =>
      meetDuty(work, operator, { dutyId: duty.dutyId, ...units(range, quantity) }),
    );
    const fits =
      inState([range], 'active', 'reserve').length > 0 &&
      range.holderId === duty.holderId &&
      range.batchId !== duty.batchId &&
      quantity <= countOf(range) &&
      quantity <= duty.quantity - duty.met;
    expect(outcome.ok).toBe(fits);
    if (outcome.ok) {
      model.cancelled += quantity;
      model.replaced += quantity;
    }
    await check(model);
  },
});

const drawn = fc.record({ pick: fc.nat(40), count: fc.integer({ min: 1, max: 12 }) });
const of = (make: (one: Drawn) => Command) => drawn.map(make);

let run = 0;
describe('I-02, I-06, I-30: whatever is asked, in whatever order', () => {
  test('each batch balances, no number is missing or twice, and what was wrongly issued is answered for', async () => {
    const reached = { clawed: 0n, owed: 0n, replaced: 0n };
    const commands = [issuing, splitting, transferring, retiring, cancelling, sending, clawing, meeting].map(of);
    await fc.assert(
      fc.asyncProperty(
        fc.commands([...commands, ...[clawing, meeting].map(of)], {
          maxCommands: 40,
          size: 'medium',
        }),
        async list => {
          const project = `m${run++}`;
          const none = { retired: 0n, cancelled: 0n, sentOut: 0n, clawed: 0n, owed: 0n, replaced: 0n };
          const model: Model = { project, issued: new Map(), ...none };
          const begun = [
            issuing({ pick: 0, count: 12 }),
            issuing({ pick: 1, count: 12 }),
            retiring({ pick: 1, count: 8 }),
          ];
          for (const command of begun) await command.run(model, null);
          await fc.asyncModelRun(() => ({ model, real: null }), list);
          for (const name of ['clawed', 'owed', 'replaced'] as const) reached[name] += model[name];
        },
      ),
      { numRuns: 40 },
    );
    // The commands went where they had to: a test that never owes anything would prove nothing.
    expect(reached.clawed > 0n && reached.owed > 0n && reached.replaced > 0n).toBe(true);
  }, 240_000);

  test('retired units stay retired and flagged after a fraud that nobody can pay for', async () => {
    const asked = sampleIssue({ project: 'fraud', batchId: 'fraud', quantity: 10n, reserve_share: rational(1n, 10n) });
    done(await net.work(work => issue(work, operator, asked)));
    const active = async () => (await booksOf('fraud')).open.find(one => one.state === 'active')!;
    done(await net.work(async work => retire(work, operator, { ...units(await active(), 6n), ...sampleUse })));
    const taken = done(
      await net.work(work =>
        clawBack(work, operator, { batchId: 'fraud', quantity: 8n, reason: 'présences inventées' }),
      ),
    );
    expect(taken).toMatchObject({ from_reserve: 1n, from_unsold: 3n, owed: 4n });
    const { open, duties } = await booksOf('fraud');
    expect(balanceOf(open)).toEqual({ active: 0n, reserve: 0n, sent_out: 0n, retired: 6n, cancelled: 4n });
    expect(duties).toMatchObject([{ quantity: 4n, met: 0n, holderId: 'org_holder01' }]);
    const beyond = net.work(({ tx, networkId }) =>
      sql`insert into registry.replacement_duty select ${networkId}, 'dut_byhand001', claw_back_id, batch_id, scheme,
        holder_id, 3, now() from registry.replacement_duty where batch_id = 'fraud'`.execute(tx),
    );
    await expect(beyond).rejects.toThrow(/than still stand/);
  });
});
