import { expect, test } from 'vitest';
import { fictitiousContract } from '../method/method.ts';
import { termText } from './terms.ts';

const plain = (text: string | null) => text?.replaceAll(/[\u00a0\u202f]/g, ' ') ?? null;

test.each([
  ['price_per_unit_eur_cents', {}, '0,05 € par kilomètre évité'],
  ['price_per_unit_eur_cents', { price_per_unit_eur_cents: '31/10', unit: 'kWh' }, '31/10 centime(s) par kWh cumac'],
  ['valid_from', {}, '1er janvier 2026'],
  ['max_share_of_rent', {}, '50 %'],
  ['max_share_of_rent', { max_share_of_rent: '1/3' }, '1/3'],
  ['eligible_energies', { eligible_energies: ['petrol', 'hydrogen'] }, 'essence, hydrogen'],
  ['min_distance_m', {}, '10 km'],
  ['min_residual_cost_eur_cents', {}, '10,00 €'],
  ['cooldown_rules', {}, 'covoiturage, 1 095 jours'],
  ['cooldown_rules', { cooldown_rules: [] }, 'aucune'],
  ['archive_years', { archive_years: 10 }, '10 ans'],
  ['wh_cumac_per_m', {}, '1/2'],
  ['claim_window_days', {}, null],
  ['anything_else', { anything_else: 3 }, '3'],
] as const)('%s with %o reads %s', (symbol, over, expected) => {
  expect(plain(termText(symbol, { ...fictitiousContract, ...over }, 'fr'))).toBe(expected);
});
