import { expect, test } from 'vitest';
import type { Id } from '../kernel/ids.ts';
import { subscriptionRefusal } from './employer.ts';

test.each([
  [1, undefined],
  [2_147_483_647, undefined],
  [2_147_483_648, 'employers.bad_price'],
  [0, 'employers.bad_price'],
])('a cap of %d half-days is kept, or refused in words', (cap, code) => {
  const asked = {
    employerId: 'org_00000000' as Id<'org'>,
    plan: { kind: 'per_day', day_eur_cents: 1n, half_day_eur_cents: 1n },
    cap_half_days: cap,
    from: '2026-01-01',
    until: null,
  } as const;
  expect(subscriptionRefusal(asked)?.code).toBe(code);
});
