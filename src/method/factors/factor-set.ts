import type { Bilingual } from '../../kernel/bilingual.ts';
import { hashOf } from '../../kernel/canonical.ts';
import type { EmissionFactor, FactorSet as FrozenSet } from '../lbc-tiers-lieux/2026-1/factors.ts';

/** What a value covers. Masses of two boundaries are never added up. */
export type Boundary = 'use_phase' | 'use_and_construction' | 'life_cycle';

/** A value of a set; `ug_per_m` is all that its boundary covers. */
export type SetFactor = EmissionFactor & {
  /** The share of `ug_per_m` that comes from making the vehicle, where the source tells it apart. */
  readonly construction_ug_per_m?: number;
  /** Where the value is younger than its set. */
  readonly vintage?: string;
  /** ADEME's own number of the value. */
  readonly source_id?: string;
  readonly caution?: Bilingual;
};

export type SetId = 'A' | 'B' | 'C' | 'D';

/** One source, one boundary, one vintage: what a version may compute with. */
export interface FactorSet extends Omit<FrozenSet, 'id' | 'boundary' | 'factors'> {
  readonly id: SetId;
  readonly boundary: Boundary;
  /** What to know before using the set. */
  readonly cautions?: readonly Bilingual[];
  readonly factors: readonly SetFactor[];
}

/** SHA-256 over everything in a set that can move a figure; its labels and cautions may be reworded freely. */
export const contentHash = (set: FactorSet): string =>
  hashOf({
    id: set.id,
    boundary: set.boundary,
    vintage: set.vintage,
    source: set.source,
    valid_from: set.valid_from,
    best_before: set.best_before,
    factors: set.factors.map(({ label: _label, caution: _caution, ...content }) => content),
  });
