import type { CeeRequest } from './request.ts';

/** A contract that no one signed, for tests and the fictitious network. Its figures are made up, and round on purpose. */
export const fictitiousContract = {
  fictitious: true,
  obligated_party: 'Énergie Exemple (fictive)',
  contract_version: 'exemple-1',
  valid_from: '2026-01-01',
  valid_until: '2031-01-01',
  unit: 'km',
  price_per_unit_eur_cents: '5',
  wh_cumac_per_m: '1/2',
  eligible_modes: ['car'],
  eligible_energies: ['petrol', 'diesel', 'hybrid', 'plug_in', 'lpg', 'e85', 'combustion'],
  min_distance_m: 10_000,
  max_share_of_rent: '1/2',
  min_residual_cost_eur_cents: 1_000,
  min_batch_wh_cumac: 0,
  cooldown_rules: [{ operation: 'covoiturage', days: 1_095 }],
  control_rate: '1/10',
  statement_template_version: 'exemple-1',
} as const satisfies CeeRequest['contract'];
