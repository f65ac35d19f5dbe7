import { sql } from 'kysely';
import { claims, sealCarbonClaim, sealEnergyClaim, step } from '../../src/claims/claims.ts';
import { accept, type Outcome } from '../../src/kernel/outcome.ts';
import type { Month } from '../../src/kernel/time.ts';
import { claimLines, closePeriod, reallocate, releaseLines } from '../../src/mrv/mrv.ts';
import { type OpenDatabase, openDatabase } from '../../src/platform/database.ts';
import { cancel, holdings, issue, retire, splitRange, transfer } from '../../src/registry/registry.ts';
import { sampleIssue, sampleTransfer, sampleUse } from '../../src/registry/sample.ts';
import { judged, type Row } from '../suite.ts';
import { type BenchNetwork, chanceFrom, done, foundNetwork, keyring, liveMonth, operator } from './network.ts';

const connections = 64;
const months: readonly Month[] = ['2026-09', '2026-10'];
const perMonth = 440;

interface Attacker {
  readonly net: BenchNetwork;
  readonly chance: () => number;
  readonly sight: Sight;
}

type Attempt = (attacker: Attacker) => Promise<Outcome<unknown>>;

const pick = <T>(list: readonly T[], chance: () => number): T => list[Math.floor(chance() * list.length)]!;
const presence = (chance: () => number): string => {
  const n = Math.floor(chance() * perMonth);
  return `prs_${chance() < 0.5 ? '09' : '10'}${n.toString(16).padStart(8, '0')}`;
};

const thief = (chance: () => number): string => `clm_thief${Math.floor(chance() * 8)}`;

/** The open ranges as attackers last saw them: stale on purpose, so that many act on the same units. */
interface Sight {
  ranges: readonly string[];
}

async function someRange({ net, chance, sight }: Attacker): Promise<string> {
  if (sight.ranges.length === 0 || chance() < 0.005) {
    const open = await net.work(holdings);
    sight.ranges = open.filter(one => one.state === 'active').map(one => one.rangeId);
  }
  return sight.ranges.length === 0 ? 'rng_none0000' : pick(sight.ranges, chance);
}

const attempts: Readonly<Record<string, { readonly weight: number; readonly ask: Attempt }>> = {
  close: {
    weight: 4,
    ask: ({ net, chance }) => net.work(work => closePeriod(work, operator, { month: pick(months, chance), keyring })),
  },
  carbon: {
    weight: 4,
    ask: ({ net: { work, projectId } }) => work(w => sealCarbonClaim(w, operator, { projectId, vintage: 2026 })),
  },
  energy: {
    weight: 4,
    ask: ({ net: { work, contractId } }) => work(w => sealEnergyClaim(w, operator, { contractId: contractId! })),
  },
  withdraw: {
    weight: 1,
    ask: ({ net: { work } }) =>
      work(async w => {
        const open = (await claims(w, operator)).find(({ state }) => state === 'sealed');
        const asked = { command: 'withdraw', happenedOn: '2026-11-09', reason: 'banc' } as const;
        return step(w, operator, { claimId: open?.row.claimId ?? 'clm_none', ...asked });
      }),
  },
  reallocate: {
    weight: 80,
    ask: ({ net: { work, projectId, contractId }, chance }) => {
      const [scheme, claimant] = chance() < 0.5 ? (['cee', contractId!] as const) : (['lbc', projectId] as const);
      return work(w => reallocate(w, operator, { presenceId: presence(chance), scheme, claimant, reason: 'banc' }));
    },
  },
  claim_again: {
    weight: 100,
    ask: ({ net: { work }, chance }) => {
      const first = Math.floor(chance() * (perMonth - 5));
      const seqs = Array.from({ length: 1 + Math.floor(chance() * 5) }, (_, n) => first + n);
      return work(w => claimLines(w, thief(chance), seqs));
    },
  },
  let_go: {
    weight: 20,
    ask: ({ net: { work }, chance }) => {
      const first = Math.floor(chance() * (perMonth - 20));
      const seqs = Array.from({ length: 20 }, (_, n) => first + n);
      return work(async w => accept(await releaseLines(w, thief(chance), seqs)));
    },
  },
  issue: {
    weight: 40,
    ask: ({ net: { work }, chance }) => {
      const batchId = `batch ${Math.floor(chance() * 400)}`;
      const project = pick(['0001', '0002'], chance);
      return work(w => issue(w, operator, sampleIssue({ batchId, project, quantity: 60n })));
    },
  },
  transfer: {
    weight: 45,
    ask: async attacker => {
      const { net, chance } = attacker;
      const range = await someRange(attacker);
      return net.work(w => transfer(w, operator, sampleTransfer(range, BigInt(1 + Math.floor(chance() * 3)))));
    },
  },
  retire: {
    weight: 45,
    ask: async attacker => {
      const rangeId = await someRange(attacker);
      return attacker.net.work(w => retire(w, operator, { rangeId, quantity: 1n, ...sampleUse }));
    },
  },
  cancel: {
    weight: 25,
    ask: async attacker => {
      const rangeId = await someRange(attacker);
      return attacker.net.work(w => cancel(w, operator, { rangeId, quantity: 1n, reason: 'issued_in_error' }));
    },
  },
  split: {
    weight: 25,
    ask: async attacker => {
      const rangeId = await someRange(attacker);
      return attacker.net.work(w => splitRange(w, operator, { rangeId, quantity: 1n }));
    },
  },
};

const wheel = Object.values(attempts).flatMap(({ weight, ask }) => Array.from({ length: weight }, () => ask));

/** Every way in which something could have been counted twice, told from what was written, not from what forbids it. */
const doubles = (networkId: string) => sql<{ what: string; found: number }>`
  select 'presences that stand twice' as what, count(*)::int as found from (
    select presence_id from (
      select l.presence_id, case when a.reverses is null then 1 else -1 end as sign from mrv.line l
        join mrv.account a on a.network_id = l.network_id and a.account_no = l.account_no
      where l.network_id = ${networkId}) signed
    group by presence_id having sum(sign) > 1) twice
  union all select 'person-days credited twice', count(*)::int from (
    select person_commit, day from (
      select l.person_commit, l.day,
        case when a.reverses is not null then -1 else 1 end as sign from mrv.line l
        join mrv.account a on a.network_id = l.network_id and a.account_no = l.account_no
      where l.network_id = ${networkId} and a.scheme <> 'none') signed
    group by person_commit, day having sum(sign) > 1) twice
  union all select 'lines under two claims that hold', count(*)::int from (
    select seq from claims.claim c, jsonb_array_elements_text(c.result -> 'lines') as own(seq)
    where c.network_id = ${networkId} and not exists (select from claims.step s where s.network_id = c.network_id
      and s.claim_id = c.claim_id and s.state in ('withdrawn', 'refused', 'rejected'))
    group by seq having count(*) > 1) twice
  union all select 'lines of a claim that something else holds', count(*)::int
    from claims.claim c, jsonb_array_elements_text(c.result -> 'lines') as own(seq), mrv.claimed d
    where c.network_id = ${networkId} and d.network_id = c.network_id and d.seq = own.seq::bigint
      and d.claim_id <> c.claim_id and not exists (select from claims.step s
      where s.network_id = c.network_id and s.claim_id = c.claim_id and s.state in ('withdrawn', 'refused', 'rejected'))
  union all select 'lines of a claim that moved to another scheme', count(*)::int
    from mrv.claimed d join mrv.line l on l.network_id = d.network_id and l.seq = d.seq
      join mrv.reallocation r on r.network_id = l.network_id and r.presence_id = l.presence_id and r.done_seq is not null
    where d.network_id = ${networkId} and d.claim_id !~ 'thief' and not l.standing
  union all select 'units in two open ranges', count(*)::int
    from registry.unit_range a join registry.unit_range b on a.network_id = b.network_id and a.scheme = b.scheme
      and a.project = b.project and a.vintage = b.vintage and a.range_id < b.range_id and a.numbers && b.numbers
    where a.network_id = ${networkId} and a.closed_at is null and b.closed_at is null
  union all select 'units that ended twice', count(*)::int
    from registry.ending x join registry.unit_range a on a.network_id = x.network_id and a.range_id = x.range_id
      join registry.ending y on y.network_id = x.network_id and y.range_id > x.range_id
      join registry.unit_range b on b.network_id = y.network_id and b.range_id = y.range_id
    where x.network_id = ${networkId} and a.scheme = b.scheme and a.project = b.project and a.vintage = b.vintage
      and a.numbers && b.numbers
  union all select 'batches that issued twice in a series', count(*)::int from (
    select 1 from registry.unit_range where network_id = ${networkId} and parent_id is null
    group by batch_id, scheme, project, vintage having count(*) > 1) twice
  union all select 'units left over or missing', coalesce(sum(abs(issued - open)), 0)::int from (
    select sum(upper(numbers) - lower(numbers)) filter (where parent_id is null) as issued,
      sum(upper(numbers) - lower(numbers)) filter (where closed_at is null) as open
    from registry.unit_range where network_id = ${networkId} group by scheme, project, vintage) series`;

async function attack(net: BenchNetwork, count: number): Promise<number> {
  let [left, accepted] = [count, 0];
  const sight: Sight = { ranges: [] };
  const run = async (n: number) => {
    const chance = chanceFrom(1_000 + n);
    while (left-- > 0) if ((await pick(wheel, chance)({ net, chance, sight })).ok) accepted++;
  };
  await Promise.all(Array.from({ length: connections }, (_, n) => run(n)));
  return accepted;
}

/** Everyone wants the same lines and the same units at once; then the database is asked what was counted twice. */
export async function doubleClaims({ url }: OpenDatabase, count: number): Promise<readonly Row[]> {
  const { db } = openDatabase(url, connections + 2);
  try {
    const net = await foundNetwork(db, {
      ...{ networkId: 'net_benchdoubles', profile: 'demo', spaces: 3, people: 20, contract: true },
    });
    for (const month of months) await liveMonth(net, month, { presences: perMonth, mark: month.slice(5) });
    net.at('2026-11-09T08:00:00Z');
    done(await net.work(work => closePeriod(work, operator, { month: months[0]!, keyring })));
    const accepted = await attack(net, count);
    const found = (await doubles(net.networkId).execute(db)).rows;
    for (const { what, found: times } of found) process.stderr.write(`  ${what}: ${times}\n`);
    return [
      judged({
        name: `counted twice in ${count} attempts over ${connections} connections`,
        value: found.reduce((sum, one) => sum + one.found, 0),
        unit: '',
        goal: '= 0',
      }),
      judged({ name: 'of these attempts, accepted', value: accepted, unit: '', goal: `>= ${Math.ceil(count / 100)}` }),
    ];
  } finally {
    await db.destroy();
  }
}
