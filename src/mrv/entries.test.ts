import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { canonical } from '../kernel/canonical.ts';
import { leafHash } from '../notary/notary.ts';
import { reversalOf } from './account.ts';
import { entryText, payloadCommit, payloadOf, sealer, tripTold } from './entries.ts';
import { personDayOf } from './line.ts';
import {
  erasedRow,
  rowOf,
  sampleCounted,
  sampleLeg,
  sampleLines,
  sampleMonth,
  samplePresence,
  sampleTrip,
} from './sample.ts';
import { sealedLineOf } from './sealed-line.ts';

const seed = Buffer.alloc(32, 5);
const long = sampleTrip({ reference: Array.from({ length: 40 }, (_, i) => sampleLeg('out', i)) });
const longer = sampleTrip({ reference: Array.from({ length: 200 }, (_, i) => sampleLeg('out', i)) });

describe('a line placed in the log', () => {
  it('has the leaf that the dossier’s page says, whatever the length of what it commits to', () => {
    const presences = [
      ...sampleMonth,
      ...[long, longer, sampleTrip(), long].map((trip, i) => samplePresence(20 + i, { trip })),
    ];
    const counted = sampleCounted(presences);
    const lines = sealer(seed)(counted, 7);
    expect(lines.map(({ seq }) => seq)).toEqual(counted.map((_, i) => 7 + i));
    for (const [i, line] of lines.entries()) {
      const blocks = [0, 1, 2].map(n => (3 * line.seq + n).toString(16).padStart(32, '0'));
      const chance = createCipheriv('aes-256-ecb', seed, null).update(Buffer.from(blocks.join(''), 'hex'));
      expect(line.lineId).toBe(`lin_${chance.subarray(32, 45).toString('hex')}`);
      expect(Buffer.from(line.salt)).toEqual(chance.subarray(0, 32));
      const { account } = line;
      const payload = canonical(payloadOf({ ...account, lineId: line.lineId, trip: tripTold(account.trip) }));
      const commit = createHash('sha256').update(line.salt).update(payload).digest('hex');
      expect(payloadCommit(line.salt, payload)).toBe(commit);
      const entry = canonical({
        ...{ type: 'presence', seq: line.seq, day: line.day, site: line.site },
        ...{ person_commit: line.personCommit, payload_commit: commit },
      });
      expect(entryText(line, { seq: line.seq, payloadCommit: commit })).toBe(entry);
      expect(line.leaf).toEqual(leafHash(Buffer.from(entry)));
      expect(line).toMatchObject(counted[i]!);
    }
  });

  it('takes its person’s day when it is credited, and only then', () => {
    const lines = sampleLines(sampleMonth, 0);
    expect(new Set(lines.map(({ personDay }) => personDay === null))).toEqual(new Set([true, false]));
    for (const line of lines) {
      expect(line.personDay).toBe(line.account.reason === 'credited' ? personDayOf(line) : null);
    }
  });

  it('commits to each figure under its name', () => {
    const [line] = sampleLines([samplePresence(1, { employerId: 'org_1' })], 0);
    const { account, lineId } = line!;
    expect(payloadOf({ ...account, lineId, trip: { x: 1 } })).toEqual({
      ...{ x: 1, line: lineId, vintage: 2026, share: '1', evidence: 'C', scheme: 'lbc', claimant: 'prj_sample0001' },
      ...{ employer: 'org_1', credited: true, reason: 'credited', reverses: null, under: null },
      ...{ gross_mg: account.gross_mg, net_mg: account.net_mg, avoided_m: '69680', unallocated_m: '0' },
    });
    const back = reversalOf(line!, 'reversed').account;
    expect(payloadOf({ ...back, halves: 1, under: 'key', lineId: 'lin_2', trip: {} })).toMatchObject({
      ...{ line: 'lin_2', share: '1/2', reverses: lineId, under: 'key', credited: false, avoided_m: '-69680' },
    });
    expect(JSON.parse(entryText({ ...line!, account: back }, { seq: 1, payloadCommit: 'c' }))).toMatchObject({
      type: 'reversal',
    });
  });

  it('tells a trip that nobody declared as one without legs', () => {
    expect(tripTold(null)).toEqual({
      ...{ x: 1, replaced: 'unknown', replaced_source: 'none', reference: [], actual: [], space_energy_mg: '0' },
    });
    const trip = sampleTrip({ x: 0, replaced: 'home', replaced_source: 'employer', space_energy_mg: '7' });
    expect(tripTold(trip)).toEqual(trip);
  });
});

describe('a line read back', () => {
  it('is the one that was sealed', () => {
    for (const line of sampleLines(sampleMonth, 3)) {
      const { salt: _s, leaf: _l, personDay: _p, ...rest } = line;
      expect(sealedLineOf(rowOf(line))).toEqual(rest);
    }
  });

  it('is nothing once it was erased', () => {
    const [line] = sampleLines([samplePresence(1)], 0);
    expect(sealedLineOf(erasedRow(rowOf(line!)))).toBeNull();
  });
});
