import type { Bilingual } from '../kernel/bilingual.ts';
import type { Place } from '../kernel/place.ts';

export interface Town {
  readonly code: string;
  readonly name: string;
  readonly population: number;
  readonly place: Place;
}

/** People who live in one commune and work in another. */
export interface Flow {
  readonly homeCode: string;
  readonly workCode: string;
  readonly commuters: number;
}

/** What a siting study assumes; printed with its results. */
export interface Terms {
  /** A space attracts people who live within this road distance. */
  readonly reach_m: number;
  /** Share of their working days that commuters within reach would spend there. */
  readonly uptakePercent: number;
  /** Desks that a new space would have: more people than that cannot come on one day. */
  readonly desks: number;
}

/** A study as it is loaded: the towns, who commutes, which towns could hold a space. */
export interface NewStudy extends Terms {
  readonly source: Bilingual;
  readonly fictitious: boolean;
  readonly towns: readonly Town[];
  readonly flows: readonly Flow[];
  readonly candidateCodes: readonly string[];
}
