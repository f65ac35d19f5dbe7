import { describe, expect, it } from 'vitest';
import { sampleTransfer } from './sample.ts';
import { type Terms, termsRefusal } from './transfer.ts';

const code = (over: Partial<Terms>) => {
  const refusal = termsRefusal({ ...sampleTransfer('rng_any00001', 1n), ...over }, '2026-06-15');
  return refusal && [refusal.code, refusal.field].join(' ');
};

describe('the terms of a transfer', () => {
  it.each([
    ['signed today', { signedOn: '2026-06-15' }, null],
    ['signed tomorrow', { signedOn: '2026-06-16' }, 'registry.not_signed_yet signed_on'],
    ['without a contract', { contract: ' ' }, 'registry.contract_missing contract'],
    ['for another use', { purpose: 'resale' as Terms['purpose'] }, 'registry.purpose_missing purpose'],
    ['for nothing', { price_eur_cents: 0n, project_holder_eur_cents: 0n }, null],
    ['below nothing', { price_eur_cents: -1n }, 'registry.wrong_price price_eur_cents'],
    [
      'with less than nothing for the project',
      { project_holder_eur_cents: -1n },
      'registry.wrong_price project_holder_eur_cents',
    ],
    ['for ten million euros a unit', { price_eur_cents: 1_000_000_000n }, null],
    ['for one cent more', { price_eur_cents: 1_000_000_001n }, 'registry.wrong_price price_eur_cents'],
    ['for more than a column holds', { price_eur_cents: 10n ** 19n }, 'registry.wrong_price price_eur_cents'],
    [
      'with more than a column holds for the project',
      { project_holder_eur_cents: 10n ** 19n },
      'registry.wrong_price project_holder_eur_cents',
    ],
  ] as const)('%s', (_, over, expected) => {
    expect(code(over)).toBe(expected);
  });
});
