import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshNetwork, type TestNetwork } from '../../tools/fresh-database.ts';
import { roomApp } from '../../tools/room-app.ts';
import { editionOf } from './edition.ts';
import { routes } from './routes.ts';
import { sampleClaimed, sampleMonth, samplePast, samplePresences, sampleSpaces } from './sample.ts';
import { slugs } from './words.ts';

const edition = editionOf(sampleMonth('2026-10'), {
  presences: samplePresences([12, 9, 8, 2]),
  spaces: sampleSpaces,
  past: samplePast,
  claimed: sampleClaimed,
});

let net: TestNetwork;
let app: ReturnType<typeof roomApp>;
beforeAll(async () => {
  net = await freshNetwork();
  app = roomApp(net, [routes]);
});
afterAll(() => net.database.db.destroy());

const publish = () =>
  sql`insert into observatory.edition (network_id, month, batch_id, content, published_at)
    values (${net.networkId}, '2026-10', ${edition.batchId}, ${JSON.stringify(edition)}::jsonb, '2026-11-08T08:00:00Z')`.execute(
    net.database.db,
  );

test('before the first publication, the page says so and offers a next step', async () => {
  const html = await (await app.request('/observatoire')).text();
  expect(html).toContain('Rien n’est encore publié');
  expect(html).toContain('href="/espaces"');
});

describe('once a month is published', () => {
  beforeAll(publish);

  test.each(slugs)('anyone reads the page of %s and downloads its figures', async slug => {
    const page = await app.request(`/observatoire/${slug}`);
    const file = await app.request(`/observatoire/${slug}.csv`);
    expect([page.status, file.status]).toEqual([200, 200]);
    expect(file.headers.get('content-disposition')).toContain('donnees-fictives.csv');
    expect((await file.text()).split('\r\n').length).toBeGreaterThan(2);
  });

  const july = {
    first_came: '2026-07',
    after_months: 3,
    people: 20,
    active: 12,
    share_permille: { value: '600', low: '386', high: '782' },
  };

  test('the editions are open data, with exact numbers and no one in them', async () => {
    const body = await (await app.request('/api/v1/observatory/editions')).json();
    expect(body).toMatchObject({
      fictitious: true,
      editions: [
        {
          month: '2026-10',
          people: 31,
          avoided_m: { value: '3100000' },
          other_spaces: { spaces: 2 },
          persistence: [july],
        },
      ],
    });
    expect(JSON.stringify(body)).not.toMatch(/person|spc_|per_/);
  });
});

test('an indicator that does not exist is refused in words', async () => {
  const answer = await app.request('/observatoire/bonheur');
  expect(answer.status).toBe(404);
  expect(await answer.json()).toMatchObject({ code: 'observatory.no_indicator' });
});
