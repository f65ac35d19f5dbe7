import { afterAll, beforeAll, expect, test } from 'vitest';
import { done, foundSmallNetwork, liveDay, type SmallNetwork } from '../../tools/small-network.ts';
import type { Id } from '../kernel/ids.ts';
import { type Day, type Month, nextMonth } from '../kernel/time.ts';
import { closePeriod } from '../mrv/mrv.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { decideReviews, reverse } from '../presence/presence.ts';
import { editions, publish } from './observatory.ts';

const keyring = { secrets: openSecretsOf('observatory'), host: 'log.example' };
const months = [
  ['2026-01', '2026-01-13'],
  ['2026-04', '2026-04-14'],
] as const satisfies readonly (readonly [Month, Day])[];

let net: SmallNetwork;

/** Half of the people were not there in January: what is taken back is nobody's first time. */
async function takeBack(attestationIds: readonly Id<'prs'>[]): Promise<void> {
  for (const attestationId of attestationIds) {
    done(await net.work(work => reverse(work, net.operator, { attestationId, secrets: keyring.secrets })));
  }
}

/** A space that was empty for weeks and fills in a day is looked at: the operator knows why. */
const letPass = async (attestationIds: readonly Id<'prs'>[]) =>
  done(
    await net.work(work =>
      decideReviews(work, net.operator, { attestationIds, ruleId: 'F17', kind: 'let_pass', reason: 'usual' }),
    ),
  );

beforeAll(async () => {
  net = await foundSmallNetwork({
    foundedOn: '2026-01-05',
    keyring,
    space: {
      resources: Array.from({ length: 12 }, (_, n) => ({ kind: 'desk', name: `Bureau ${n}`, capacity: 1 })),
    },
    office: { communeCode: '34172', place: { lon_udeg: 3_876_000, lat_udeg: 43_611_000 } },
    workers: 12,
  });
  for (const [month, day] of months) {
    const lived = await liveDay(net, day);
    if (month === '2026-01') await takeBack(lived.slice(6));
    else await letPass(lived);
    net.at(`${nextMonth(month)}-20T08:00:00Z`);
    done(await net.work(work => closePeriod(work, net.operator, { month, keyring })));
    done(await net.work(work => publish(work, month)));
  }
}, 60_000);
afterAll(() => net.database.db.destroy());

test('I-52: the share who came again is published from presences that passed, read back as it was, with no one in it', async () => {
  const [january, april] = (await net.work(editions)).map(one => one.edition);
  expect(january).toMatchObject({ people: 6, persistence: [] });
  expect(april).toMatchObject({ people: 12 });
  expect(april!.persistence).toEqual([{ after_months: 3, cohort: '2026-01', people: 6, active: 6 }]);
  expect(JSON.stringify([january, april])).not.toMatch(/per_|prs_/);
});
