import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { codeOf, done, foundSmallNetwork, liveDay, type SmallNetwork } from '../../tools/small-network.ts';
import { straightRoads } from '../../tools/straight-roads.ts';
import { verify } from '../../verifier/verify.mjs';
import { computeDistances, declareBaseline } from '../commute/commute.ts';
import { sampleDeclaration } from '../commute/sample.ts';
import type { Id } from '../kernel/ids.ts';
import { addDays, daysOfMonth, type Month, nextMonth, weekday } from '../kernel/time.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { reverse } from '../presence/presence.ts';
import {
  accountOf,
  batches,
  buildDossier,
  claimableLines,
  claimLines,
  closePeriod,
  reallocate,
  releaseLines,
} from './mrv.ts';

const keyring = { secrets: openSecretsOf('allocation'), host: 'log.example' };
const contract = { scheme: 'cee', claimant: 'con_sample0001' } as const;

let net: SmallNetwork;
let project: string;

beforeAll(async () => {
  net = await foundSmallNetwork({
    foundedOn: '2026-01-05',
    keyring,
    space: { opensOnPublicHolidays: true },
    office: { communeCode: '34172', place: { lon_udeg: 3_876_000, lat_udeg: 43_611_000 } },
    workers: 3,
  });
  for (const worker of net.workers) {
    const declared = sampleDeclaration({ spaceIds: [net.space.spaceId], validFrom: '2026-01-05' });
    const { baselineId } = done(await net.work(work => declareBaseline(work, worker, declared)));
    done(await net.work(work => computeDistances(work, straightRoads(), baselineId)));
  }
}, 60_000);
afterAll(() => net.database.db.destroy());

/** One month lived: a few days from its second Tuesday on, closed on the ninth of the next. */
async function liveMonth(month: Month, days: number): Promise<readonly Id<'prs'>[]> {
  const ids: Id<'prs'>[] = [];
  const tuesday = daysOfMonth(month).filter(day => weekday(day) === 2)[1]!;
  for (let n = 0; n < days; n++) ids.push(...(await liveDay(net, addDays(tuesday, n))));
  return ids;
}
const close = async (month: Month) => {
  net.at(`${nextMonth(month)}-09T08:00:00Z`);
  const batch = done(await net.work(work => closePeriod(work, net.operator, { month, keyring })));
  const dossier = done(await net.work(work => buildDossier(work, { batchId: batch.id, keyring })));
  expect(verify(Buffer.from(dossier.bytes)).batch.id).toBe(batch.id);
  return batch;
};
const undo = (attestationId: string) =>
  net.work(work => reverse(work, net.operator, { attestationId, secrets: keyring.secrets }));
const move = (presenceId: string, to: { scheme: 'cee' | 'lbc' | 'none'; claimant: string } = contract) =>
  net.work(work => reallocate(work, net.operator, { presenceId, ...to, reason: 'décision du 3 février' }));
const linesOf = async (presenceId: string) =>
  (await net.work(work => accountOf(work, presenceId))).lines.map(
    line => `${line.month} ${line.scheme} ${line.reason} ${line.avoided_m}`,
  );
/** All that the books hold, by scheme: sums over every line ever written. */
const books = async () => {
  const all = await net.work(batches);
  return (['cee', 'lbc', 'none'] as const).map(scheme =>
    all.reduce((sum, batch) => sum + BigInt(batch.allocation[scheme].avoided_m), 0n),
  );
};

describe('what a presence serves', () => {
  let ids: readonly Id<'prs'>[];
  beforeAll(async () => {
    ids = await liveMonth('2026-01', 2);
    const batch = await close('2026-01');
    project = batch.claimable[0]!.claimant;
    expect(batch).toMatchObject({ lines: 6, totals: { credited: 6 }, allocation: { lbc: { lines: 6 } } });
  }, 60_000);

  test('I-31: a presence reversed after its month is a negative line of the next, and the sum is that of the truth', async () => {
    const before = await books();
    done(await undo(ids[0]!));
    const batch = await close('2026-02');
    expect(batch).toMatchObject({ lines: 1, reasons: { reversed: { lines: 1 } } });
    const [original, back] = (await net.work(work => accountOf(work, ids[0]!))).lines;
    expect(back!.avoided_m).toBe(-original!.avoided_m);
    expect(back!.reverses).toEqual({ seq: original!.seq, lineId: original!.lineId });
    const after = await books();
    expect(after[1]).toBe(before[1]! - original!.avoided_m);
  });

  test('I-11: another scheme takes a reversing line, and both months say so', async () => {
    const before = await books();
    expect(codeOf(await move(ids[1]!))).toBe('accepted');
    expect(codeOf(await move(ids[1]!))).toBe('mrv.reallocation_waiting');
    const batch = await close('2026-03');
    expect(batch.lines).toBe(2);
    expect(batch.claimable.map(one => `${one.scheme} ${one.lines}`)).toEqual(['cee 1', 'lbc 1']);
    const [{ avoided_m }] = (await net.work(work => accountOf(work, ids[1]!))).lines as unknown as [
      { avoided_m: bigint },
    ];
    expect(await linesOf(ids[1]!)).toEqual([
      `2026-01 lbc credited ${avoided_m}`,
      `2026-03 lbc reallocated -${avoided_m}`,
      `2026-03 cee credited ${avoided_m}`,
    ]);
    const after = await books();
    expect(after[0]! + after[1]!).toBe(before[0]! + before[1]!);
  });

  test.each([
    [
      'by someone else',
      () => net.work(work => reallocate(work, net.workers[0]!, { presenceId: ids[2]!, ...contract, reason: 'x' })),
      'mrv.operator_only',
    ],
    [
      'without a reason',
      () => net.work(work => reallocate(work, net.operator, { presenceId: ids[2]!, ...contract, reason: ' ' })),
      'mrv.reason_missing',
    ],
    ['of a presence without a line', () => move('prs_unknown0001'), 'mrv.no_line'],
    ['of a presence reversed since', () => move(ids[0]!), 'mrv.no_line'],
    ['to the scheme that it serves', () => move(ids[2]!, { scheme: 'lbc', claimant: project }), 'mrv.same_scheme'],
    ['to a scheme without a claimant', () => move(ids[2]!, { scheme: 'cee', claimant: '' }), 'mrv.claimant_missing'],
  ])('a change is refused %s', async (_, ask, code) => {
    expect(codeOf(await ask())).toBe(code);
  });

  test('a claim holds its lines: once, whoever asks at once, and no scheme can take them meanwhile', async () => {
    const [countable] = await net.work(work => claimableLines(work, { scheme: 'lbc', claimant: project }));
    const { lines } = countable!;
    expect(lines.map(line => line.reason).sort()).toEqual([
      ...Array.from({ length: 6 }, () => 'credited'),
      'reallocated',
      'reversed',
    ]);
    const seqs = lines.map(line => line.seq);
    const claims = await Promise.all(
      Array.from({ length: 64 }, (_, n) => net.work(work => claimLines(work, `clm_${n}`, seqs))),
    );
    expect(claims.filter(claim => claim.ok)).toHaveLength(1);
    expect(codeOf(await move(ids[2]!))).toBe('mrv.already_claimed');
    const winner = `clm_${claims.findIndex(claim => claim.ok)}`;
    await net.work(work => releaseLines(work, winner, seqs));
    expect(codeOf(await move(ids[2]!))).toBe('accepted');
  });
});

describe('I-01: whatever is reversed, moved and lived, the books close exactly', () => {
  test('0 m and 0 mg are lost over the months of a year', { timeout: 120_000 }, async () => {
    let month: Month = '2026-04';
    const alive = new Set<Id<'prs'>>();
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          days: fc.integer({ min: 0, max: 2 }),
          undo: fc.nat(3),
          move: fc.nat(3),
          to: fc.constantFrom('cee', 'lbc', 'none'),
        }),
        async ({ days, undo: undone, move: moved, to }) => {
          for (const id of await liveMonth(month, days)) alive.add(id);
          const known = [...alive];
          for (const id of known.slice(0, undone)) {
            done(await undo(id));
            alive.delete(id);
          }
          for (const id of known.slice(undone, undone + moved))
            await move(
              id,
              to === 'none'
                ? { scheme: 'none', claimant: '' }
                : { scheme: to, claimant: to === 'cee' ? 'con_sample0001' : project },
            );
          await close(month);
          month = nextMonth(month);
          const { rows } = await net.work(work =>
            sql<{ standing: string; all: string; accepted: string }>`
              select (select coalesce(sum(avoided_m + unallocated_m), 0)::text from mrv.line l
                  join mrv.account a using (network_id, account_no) where l.standing) as standing,
                (select coalesce(sum(avoided_m + unallocated_m), 0)::text from mrv.line l
                  join mrv.account a using (network_id, account_no)) as all,
                (select coalesce(sum(t.avoided_m), 0)::text from commute.trip t
                  where not exists (select from commute.trip u where u.attestation_id = t.attestation_id and u.revision > t.revision)
                    and t.attestation_id in (select presence_id from mrv.line where standing)) as accepted`.execute(
              work.tx,
            ),
          );
          expect(rows[0]!.all).toBe(rows[0]!.standing);
          expect(rows[0]!.accepted).toBe(rows[0]!.standing);
        },
      ),
      { numRuns: 6, seed: 7, endOnFailure: true },
    );
  });
});
