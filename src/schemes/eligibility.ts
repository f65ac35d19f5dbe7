import type { Bilingual } from '../kernel/bilingual.ts';
import { eligibilityWords as words } from './words.ts';

/** What is declared of a space when it enters a carbon project, frozen with its mandate. */
export interface Eligibility {
  /** INSEE density level of its commune, 1 (dense) to 7; never population divided by area. */
  readonly densityLevel: number;
  /** Vintage of the density grid, as its source names it: `2021`. */
  readonly densityVintage: string;
  readonly individualOffices: boolean;
  readonly exchangeArea: boolean;
  readonly forEmployees: boolean;
  /** Declared by the space: its identity in public texts is not settled. */
  readonly nouveauxLiens: boolean;
  /** A Fabrique de territoire raises a warning, and refuses nothing. */
  readonly fabrique: boolean;
}

/** The first condition that a space does not meet, in words; null when it meets all that are known. */
export function ineligible(space: Eligibility): Bilingual | null {
  const { densityLevel, densityVintage } = space;
  if (!Number.isInteger(densityLevel) || densityLevel < 1 || densityLevel > 7) return words.noGrid;
  if (densityVintage.trim() === '') return words.noGrid;
  if (densityLevel === 1) return words.dense;
  if (!space.individualOffices) return words.noOffices;
  if (!space.exchangeArea) return words.noExchangeArea;
  if (!space.forEmployees) return words.notForEmployees;
  return space.nouveauxLiens ? words.newLinks : null;
}
