import { describe, expect, it } from 'vitest';
import { sampleTransfer } from './sample.ts';
import { type Terms, termsRefusal } from './transfer.ts';

const code = (over: Partial<Terms>) =>
  termsRefusal({ ...sampleTransfer('rng_any00001', 1n), ...over }, '2026-06-15')?.code ?? null;

describe('the terms of a transfer', () => {
  it.each([
    ['signed today', { signedOn: '2026-06-15' }, null],
    ['signed tomorrow', { signedOn: '2026-06-16' }, 'registry.not_signed_yet'],
    ['without a contract', { contract: ' ' }, 'registry.contract_missing'],
    ['for another use', { purpose: 'resale' as Terms['purpose'] }, 'registry.purpose_missing'],
    ['for nothing', { price_eur_cents: 0n, project_holder_eur_cents: 0n }, null],
    ['below nothing', { price_eur_cents: -1n }, 'registry.wrong_price'],
    ['with less than nothing for the project', { project_holder_eur_cents: -1n }, 'registry.wrong_price'],
    ['for more than a column holds', { price_eur_cents: 10n ** 19n }, 'registry.wrong_price'],
  ] as const)('%s', (_, over, expected) => {
    expect(code(over)).toBe(expected);
  });
});
