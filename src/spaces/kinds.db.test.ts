import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { freshDatabase } from '../../tools/fresh-database.ts';
import { hourlyKinds, resourceKinds, tariffParts, termKinds } from './kinds.ts';

test('the database and the program know the same kinds of place and units of time', async () => {
  const { db } = await freshDatabase(1);
  const { rows } = await sql<{ name: string; text: string }>`
    select conrelid::regclass || '.' || conname as name, pg_get_constraintdef(oid) as text from pg_constraint
    where conname ~ '(kind_check|by_host_check|tariff_part_check|by_the_hour|by_the_term)$'
      and conname !~ 'payer' and connamespace::regnamespace::text in ('spaces', 'booking')`.execute(db);
  const said = Object.fromEntries(
    rows.map(row => [row.name, [...row.text.matchAll(/'([a-z_]+)'::text/g)].map(match => match[1])]),
  );
  expect(said).toEqual({
    'spaces.resource.resource_kind_check': resourceKinds,
    'spaces.tariff.tariff_kind_check': resourceKinds,
    'spaces.tariff.tariff_part_check': tariffParts,
    'spaces.tariff.only_some_places_go_by_the_hour': ['hour', ...hourlyKinds],
    'spaces.tariff.only_some_places_go_by_the_term': ['week', 'month', ...termKinds],
    'booking.booking.booking_kind_check': resourceKinds,
    'booking.booking.only_some_places_are_booked_by_the_hour': hourlyKinds,
    'booking.wait.wait_kind_check': resourceKinds,
    'booking.wait.only_some_places_are_waited_for_by_the_hour': hourlyKinds,
    'booking.policy.policy_by_host_check': resourceKinds,
  });
  await db.destroy();
});
