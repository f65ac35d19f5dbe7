import { afterAll, beforeAll, expect, test } from 'vitest';
import { roomApp } from '../../tools/room-app.ts';
import { done, foundSmallNetwork, liveDay, type SmallNetwork } from '../../tools/small-network.ts';
import { straightRoads } from '../../tools/straight-roads.ts';
import { computeDistances, declareBaseline } from '../commute/commute.ts';
import { sampleDeclaration } from '../commute/sample.ts';
import { type Day, type Month, nextMonth } from '../kernel/time.ts';
import { claimableLines, claimLines, closePeriod } from '../mrv/mrv.ts';
import { openSecretsOf } from '../platform/secrets.ts';
import { editions, publish } from './observatory.ts';
import { routes } from './routes.ts';

const keyring = { secrets: openSecretsOf('observatory'), host: 'log.example' };

let net: SmallNetwork;
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
  for (const worker of net.workers) {
    const declared = sampleDeclaration({ spaceIds: [net.space.spaceId], validFrom: '2026-01-05' });
    const { baselineId } = done(await net.work(work => declareBaseline(work, worker, declared)));
    done(await net.work(work => computeDistances(work, straightRoads(), baselineId)));
  }
}, 60_000);
afterAll(() => net.database.db.destroy());

async function publishMonth(month: Month, day: Day) {
  await liveDay(net, day);
  net.at(`${nextMonth(month)}-20T08:00:00Z`);
  done(await net.work(work => closePeriod(work, net.operator, { month, keyring })));
  return done(await net.work(work => publish(work, month))).edition;
}

const page = async () => (await roomApp(net, [routes]).request('/observatoire/demandes')).text();

test('I-51: before any claim the page says that there is no ratio; once lines are claimed the next edition compares them', async () => {
  const january = await publishMonth('2026-01', '2026-01-13');
  expect(january).toMatchObject({ withheld: false, people: 12, credited: 12, comparison: [] });
  expect(await page()).toContain('Aucun rapport à montrer');

  const [lines] = await net.work(work => claimableLines(work, { scheme: 'lbc', claimant: net.projectId }));
  const seqs = lines!.lines.slice(0, 6).map(line => line.seq);
  done(await net.work(work => claimLines(work, 'clm_observed', seqs)));
  const february = await publishMonth('2026-02', '2026-02-10');
  const half = String(BigInt(january.net_mg) / 2n);
  expect(february.comparison).toMatchObject([
    { month: '2026-01', told_in: '2026-02', claimed_mg: half, measured_mg: january.net_mg, people: 6, others: 6 },
  ]);
  const html = await page();
  expect(html).toContain('Demandé sur mesuré, pour janvier 2026');
  expect(html).toContain('Pas encore demandé, ou trop peu de personnes');
  expect((await net.work(editions)).map(one => one.edition.comparison.length)).toEqual([0, 1]);
}, 60_000);

test('I-43: days are told between the homes and offices that people declared, under the State’s names', async () => {
  const [january] = (await net.work(editions)).map(one => one.edition);
  const home = { code: '243400736', name: 'CC des Cévennes Gangeoises et Suménoises' };
  const work = { code: '243400017', name: 'Montpellier Méditerranée Métropole' };
  expect(january).toMatchObject({ pairs: [{ home, work, halves: 24 }], otherPairs: { halves: 0 } });
});

test('I-51: the file and the API tell the ratio, and not how many people are on each side', async () => {
  const app = roomApp(net, [routes]);
  const csv = await (await app.request('/observatoire/demandes.csv')).text();
  // Half of an odd number of milligrams, floored, then again as a ratio.
  expect(csv.split('\r\n')[1]).toMatch(/^"2026-02","2026-01","2026-02",\d+,\d+,499,/);
  const body = (await (await app.request('/api/v1/observatory/editions')).json()) as {
    editions: { comparison: object[] }[];
  };
  expect(Object.keys(body.editions[1]!.comparison[0]!)).toEqual([
    'month',
    'told_in',
    'claimed_mg',
    'measured_mg',
    'ratio_permille',
  ]);
});
