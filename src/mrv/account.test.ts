import { describe, expect, it } from 'vitest';
import { accept, refusal, refuse } from '../kernel/outcome.ts';
import { rational } from '../kernel/rational.ts';
import type { DayQuantity, DayRequest } from '../method/method.ts';
import type { Allocation } from '../schemes/schemes.ts';
import { counter, negated, type Policy, reallocated, reversalOf } from './account.ts';
import type { MonthPresence } from './line.ts';
import { sampleLeg, sampleLines, samplePresence, sampleTrip } from './sample.ts';

const day: DayQuantity = {
  ...{ credited: true, reason: 'credited', avoided_m: 60n, unallocated_m: 7n },
  ...{ gross_mg: rational(9n, 2n), net_mg: rational(-3n), reference_mg: rational(1n), actual_mg: rational(1n) },
  ...{ substituted_mg: rational(1n), rebound_mg: rational(1n) },
};
const lbc: Allocation = { scheme: 'lbc', claimant: 'prj_1' };

/** Counts presences and notes what the method was asked. */
function counted(presences: readonly MonthPresence[], policy: Partial<Policy> = {}) {
  const asked: DayRequest[] = [];
  const quantify: Policy['quantify'] = request => {
    asked.push(request);
    return accept(day);
  };
  const outcome = counter({ allocate: () => lbc, quantify, ...policy })(presences, new Set());
  if (!outcome.ok) throw new Error(outcome.refusal.code);
  return { asked, lines: outcome.value, accounts: outcome.value.map(({ account }) => account) };
}

describe('a credited line', () => {
  it('is worth what the method says of its trip, under the scheme that may use the day', () => {
    const presence = samplePresence(1, { employerId: 'org_1', halves: 1 });
    expect(counted([presence]).lines).toEqual([
      {
        ...{ presenceId: presence.presenceId, personCommit: presence.personCommit },
        ...{ site: presence.spaceId, day: presence.day },
        account: {
          ...{ scheme: 'lbc', claimant: 'prj_1', reason: 'credited', vintage: 2026, reverses: null, under: null },
          ...{ gross_mg: '9/2', net_mg: '-3', avoided_m: 60n, unallocated_m: 7n },
          ...{ trip: presence.trip, evidence: 'C', halves: 1, employerId: 'org_1' },
        },
      },
    ]);
  });

  it('gives the method its legs alone, with the people aboard when the vehicle is shared', () => {
    const { occupancy: _, ...bike } = sampleLeg('back', 5, { factor: 'e_bike' });
    const trip = sampleTrip({ x: 0, replaced: 'home', reference: [sampleLeg('out', 9)], actual: [bike] });
    expect(counted([samplePresence(1, { trip: { ...trip, space_energy_mg: '4' } })]).asked).toEqual([
      {
        ...{ x: 0, replaced: 'home', space_energy_mg: '4' },
        reference: [{ metres: 9, factor: 'car', occupancy: '1' }],
        actual: [{ metres: 5, factor: 'e_bike' }],
      },
    ]);
    expect(counted([samplePresence(1, { trip })]).asked[0]!.actual[0]).not.toHaveProperty('occupancy');
  });

  it('is refused as the method refuses it, and with it every line', () => {
    const why = refusal('method.unknown_factor', 422, { fr: 'Non.', en: 'No.' });
    const count = counter({ allocate: () => lbc, quantify: () => refuse(why) });
    expect(count([samplePresence(1)], new Set())).toEqual(refuse(why));
  });

  it('is a bug when the method does not credit it', () => {
    const quantify = () => accept({ ...day, credited: false, reason: 'replaced_other' } as const);
    expect(() => counted([samplePresence(1)], { quantify })).toThrow(/does not credit .*: replaced_other$/);
  });
});

describe('a line that is not credited', () => {
  it('has its metres said, no mass and no scheme, and asks the method nothing', () => {
    const { asked, accounts } = counted([samplePresence(1, { evidence: 'A' })]);
    expect(asked).toEqual([]);
    expect(accounts).toMatchObject([
      {
        ...{ scheme: 'none', claimant: '', reason: 'evidence_too_weak', gross_mg: '0', net_mg: '0' },
        ...{ avoided_m: 0n, unallocated_m: 69_680n },
      },
    ]);
  });

  it('because no scheme may use its day says so; a day that is not credited looks for none', () => {
    const asked: string[] = [];
    const allocate: Policy['allocate'] = ({ day: on }) => {
      asked.push(on);
      return { scheme: 'none', claimant: '' };
    };
    const some = [samplePresence(1), samplePresence(2, { standing: 'blocked' })];
    expect(counted(some, { allocate }).accounts.map(({ reason }) => reason)).toEqual(['no_scheme', 'blocked']);
    expect(asked).toEqual([some[0]!.day]);
  });
});

describe('accounts', () => {
  it('are made once for the same trip, and the method is asked once', () => {
    const trip = sampleTrip();
    const { asked, accounts } = counted([1, 2, 3].map(id => samplePresence(id, { trip })));
    expect(asked).toHaveLength(1);
    expect(new Set(accounts).size).toBe(1);
    expect(new Set(counted([1, 2].map(id => samplePresence(id, { trip: null }))).accounts).size).toBe(1);
  });

  it('are never shared by lines of which a figure differs', () => {
    const trip = sampleTrip();
    const claimants: Readonly<Record<string, Allocation>> = { spc_other001: { scheme: 'cee', claimant: 'con_1' } };
    const overs: readonly Partial<MonthPresence>[] = [
      {},
      { evidence: 'B' },
      { evidence: 'A' },
      { halves: 1 },
      { day: '2027-01-04' },
      { standing: 'blocked' },
      { employerId: 'org_1' },
      { employerId: 'org_2' },
      { spaceId: 'spc_other001' },
      { trip: sampleTrip() },
      { trip: null },
    ];
    const presences = overs.map((over, i) =>
      samplePresence(i, { day: '2026-10-05', personCommit: `${i}`, trip, ...over }),
    );
    const { lines } = counted(presences, { allocate: ({ spaceId }) => claimants[spaceId] ?? lbc });
    expect(new Set(lines.map(({ account }) => account)).size).toBe(overs.length);
    for (const { account, presenceId } of lines) {
      const {
        evidence,
        halves,
        employerId,
        trip: own,
        day: on,
      } = presences.find(one => one.presenceId === presenceId)!;
      expect(account).toMatchObject({ evidence, halves, employerId, vintage: Number(on.slice(0, 4)) });
      expect(account.trip).toBe(own);
    }
  });

  it('come by day, then by presence', () => {
    const on = (id: number, date: MonthPresence['day']) => samplePresence(id, { day: date, personCommit: `${id}` });
    const { lines } = counted([on(3, '2026-10-02'), on(1, '2026-10-02'), on(2, '2026-10-01')]);
    expect(lines.map(({ presenceId }) => presenceId.slice(-1))).toEqual(['2', '1', '3']);
  });
});

describe('a line taken back', () => {
  const sealed = () => {
    const { salt: _s, leaf: _l, personDay: _p, ...line } = sampleLines([samplePresence(1)], 4)[0]!;
    return line;
  };

  it.each([
    ['0', '0'],
    ['7/5', '-7/5'],
    ['-7/5', '7/5'],
  ])('has %s mg as %s', (mass, other) => {
    expect(negated(mass)).toBe(other);
  });

  it('bears the same figures with the other sign, and names the line', () => {
    const { seq, lineId, account, ...place } = sealed();
    const odd = { ...account, unallocated_m: 5n };
    expect(reversalOf({ ...sealed(), account: odd }, 'reallocated')).toEqual({
      ...place,
      account: {
        ...{ ...account, reason: 'reallocated', gross_mg: `-${account.gross_mg}`, net_mg: `-${account.net_mg}` },
        ...{ avoided_m: -account.avoided_m, unallocated_m: -5n, reverses: { seq, lineId } },
      },
    });
  });

  it('serves another scheme with its figures, or none with its metres', () => {
    const { seq, lineId, account, ...place } = sealed();
    const again = { ...sealed(), account: { ...account, reverses: { seq, lineId } } };
    const cee = { scheme: 'cee', claimant: 'con_1' } as const;
    expect(reallocated(again, cee)).toEqual({ ...place, account: { ...account, ...cee } });
    expect(reallocated(again, { scheme: 'none', claimant: '' })).toEqual({
      ...place,
      account: {
        ...{ ...account, scheme: 'none', claimant: '', reason: 'no_scheme', gross_mg: '0', net_mg: '0' },
        ...{ avoided_m: 0n, unallocated_m: 69_680n },
      },
    });
  });
});
