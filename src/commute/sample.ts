import type { Declaration } from './baseline.ts';

/** Forty kilometres to the office alone in a petrol car, five to the space in the same car: for tests and examples. */
export const sampleDeclaration = (changes: Partial<Declaration> = {}): Declaration => ({
  validFrom: '2026-01-05',
  home: {
    communeCode: '34111',
    communeName: 'Ganges',
    precision: 'address',
    exact: { lon_udeg: 3_700_000, lat_udeg: 43_930_000 },
  },
  office: { mode: 'car', energy: 'petrol', occupancy: '1' },
  space: { mode: 'car', energy: 'petrol', occupancy: '1' },
  officeWeekdays: [1, 2, 4],
  usual: 'office',
  declaredOffice_m: null,
  spaceIds: [],
  ...changes,
});
